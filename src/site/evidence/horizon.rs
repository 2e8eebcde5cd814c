//! The expiry horizon as a chart: how long each item still counts, and the first gate that is decided after it.

use chrono::{Days, NaiveDate};

use crate::chart::scale;
use crate::chart::timeline::{self, Mark, Row, Timeline, Today};
use crate::chart::{State, Window};
use crate::model::evidence::Evidence;
use crate::model::reference::Kind;
use crate::site::evidence::{HORIZON_DAYS, gates_to_come, next_gate, state};
use crate::site::material::Material;
use crate::site::timeline::axis;
use crate::source::Html;
use crate::status::EvidenceStanding;

/// More rows than these are a list, and the list stands below.
pub const DRAWN: usize = 40;

/// Items with the day on which they expire, the first of them `DRAWN` at most.
pub fn draw(material: &Material, near: &[(NaiveDate, &Evidence, &EvidenceStanding)]) -> Html {
    let words = material.words;
    let first = near.first().map_or(material.data_date(), |(date, _, _)| material.data_date().min(*date));
    let last = material.data_date() + Days::new(HORIZON_DAYS);
    let axis = scale::calendar(first, last, None, &axis::words(words));
    let rows: Vec<Row> =
        near.iter().take(DRAWN).map(|(date, evidence, standing)| row(material, *date, evidence, standing)).collect();
    timeline::draw(&Timeline {
        id: "eh",
        title: words.count("evidence.chart_title", rows.len() as i64),
        desc: words.say("evidence.chart_desc"),
        axis,
        rows,
        dependencies: Vec::new(),
        today: Some(Today {
            position: scale::end_of(material.data_date()),
            word: words.fill("timeline.today", &[("date", &material.date_text(material.data_date()))]),
        }),
    })
}

/// A bar from the data date to the last day, heavy where a gate comes after it; for an item that has expired, back to the
/// day on which it did.
fn row(material: &Material, date: NaiveDate, evidence: &Evidence, standing: &EvidenceStanding) -> Row {
    let id = &evidence.record.id;
    let (today, end) = (scale::end_of(material.data_date()), scale::end_of(date));
    let mark = state(material, evidence, standing);
    let gate = next_gate(material, evidence, date);
    let note = match (&gate, date < material.data_date()) {
        (_, true) => material.words.say("evidence.has_expired"),
        (Some(gate), false) => material.words.fill("evidence.before_gate", &[("gate", &gate.name)]),
        (None, false) => String::new(),
    };
    Row {
        id: id.to_string(),
        name: evidence.title.value.clone(),
        href: material.link(Kind::Evidence, id).href,
        state: State { class: mark.colour.to_string(), word: mark.word },
        baseline: None,
        forecast: Some(Window { start: today.min(end), end: today.max(end) }),
        actual: None,
        entry: None,
        critical: gate.is_some() && date >= material.data_date(),
        // Where no gate comes after it, the first that rests on it while it counts.
        exit: gate.or_else(|| gates_to_come(material, evidence).into_iter().next()).map(|gate| Mark {
            position: scale::end_of(gate.date),
            state: State { class: gate.colour.code().to_string(), word: gate.name },
        }),
        end_label: format!("{id} {}", material.date_text(date)),
        end_note: note,
        no_window: String::new(),
    }
}
