//! The timeline as a chart: every milestone a row, its gates at the ends of its bar.

use std::collections::HashMap;

use crate::chart::scale;
use crate::chart::timeline::{self, Dependency, Mark, Row, Timeline, Today};
use crate::chart::{State, Window};
use crate::model::id::Id;
use crate::model::milestone::{Milestone, Side};
use crate::model::reference::Kind;
use crate::site::material::Material;
use crate::site::timeline::axis::Scale;
use crate::source::Html;
use crate::status::{GateStanding, GateState, MilestoneStanding};

/// A milestone and where it stands.
type Stands<'a> = (&'a Milestone, &'a MilestoneStanding);

/// Up to so many rows, finished ones are told with the others.
const WHOLE: usize = 60;

/// Up to so many rows, those on their baseline say so: beyond, only what moved does.
const ALL_NOTED: usize = 40;

pub fn draw(material: &Material, scale: &Scale) -> Html {
    let words = material.words;
    let shown = shown(material);
    let mut rows: Vec<Row> =
        shown.iter().map(|(milestone, standing)| row(material, scale, milestone, standing)).collect();
    if rows.len() > ALL_NOTED {
        for (row, (_, standing)) in rows.iter_mut().zip(&shown) {
            if standing.schedule.slip == Some(0) {
                row.end_note = String::new();
            }
        }
    }
    let today = matches!(scale, Scale::Calendar(_)).then(|| Today {
        position: scale::end_of(material.data_date()),
        word: words.fill("timeline.today", &[("date", &material.date_text(material.data_date()))]),
    });
    let chart = Timeline {
        id: "tl",
        title: words.count("timeline.chart_title", rows.len() as i64),
        desc: desc(material),
        axis: scale.axis().clone(),
        dependencies: dependencies(material, &shown),
        rows,
        today,
    };
    timeline::draw(&chart)
}

/// Is a milestone waited for under a condition?
pub fn has_condition(material: &Material) -> bool {
    standings(material).any(|(milestone, standing)| !milestone.depends_on.is_empty() && is_conditional(&standing.entry))
}

fn is_conditional(gate: &GateStanding) -> bool {
    matches!(gate.state, GateState::ConditionallyPassed | GateState::ConditionBreached)
}

/// The rows of the chart, in the author's order; of many milestones those to come, in the order of their finish.
fn shown<'a>(material: &'a Material) -> Vec<Stands<'a>> {
    let all: Vec<Stands> = standings(material).collect();
    if all.len() <= WHOLE {
        return all;
    }
    let is_to_come = |stands: &Stands| stands.1.schedule.actual.is_none();
    let has_to_come = all.iter().any(is_to_come);
    let mut shown: Vec<Stands> = all.into_iter().filter(|stands| is_to_come(stands) || !has_to_come).collect();
    shown.sort_by_key(|(_, standing)| {
        let end = standing.schedule.effective_forecast;
        (end.is_none(), end)
    });
    shown
}

/// What is drawn of many milestones, in a sentence; empty where it is every one in the author's order.
pub fn folded(material: &Material) -> String {
    let (all, shown) = (standings(material).count(), shown(material).len());
    if all <= WHOLE {
        return String::new();
    }
    if shown == all {
        return material.words.fill("timeline.by_finish", &[("all", &all.to_string())]);
    }
    material.words.count_with("timeline.folded", shown as i64, &[("all", &all.to_string())])
}

fn standings<'a>(material: &'a Material) -> impl Iterator<Item = Stands<'a>> {
    material.programme.milestones.iter().filter_map(|milestone| {
        material.standing.milestones.get(&milestone.record.id).map(|standing| (milestone, standing))
    })
}

fn row(material: &Material, scale: &Scale, milestone: &Milestone, standing: &MilestoneStanding) -> Row {
    let schedule = &standing.schedule;
    let id = &milestone.record.id;
    let window = |window: Option<&crate::model::window::Window>| window.and_then(|window| scale.window(window));
    let forecast = scale.forecast(schedule);
    let link = material.link(Kind::Milestone, id);
    let text = milestone.window.as_ref().map(|window| window.value.text.as_str());
    let mark = material.mark(standing.colour);
    Row {
        id: id.to_string(),
        name: milestone.name.value.clone(),
        href: link.href,
        state: State { class: mark.colour.to_string(), word: mark.word },
        baseline: window(schedule.baseline.as_ref()),
        forecast,
        actual: schedule.actual.filter(|_| matches!(scale, Scale::Calendar(_))).map(scale::end_of),
        entry: gate(material, scale, standing, Side::Entry, forecast),
        exit: gate(material, scale, standing, Side::Exit, forecast),
        critical: material.is_on_critical_path(schedule),
        end_label: end_label(material, milestone, standing),
        end_note: end_note(material, standing),
        no_window: text.map_or_else(|| material.words.say("timeline.no_window"), str::to_string),
    }
}

/// At its date; on relative weeks, at the end of the bar.
fn gate(
    material: &Material,
    scale: &Scale,
    standing: &MilestoneStanding,
    side: Side,
    forecast: Option<Window>,
) -> Option<Mark> {
    let gate = standing.gate(side);
    let position = match (scale, side) {
        (Scale::Calendar(_), Side::Entry) => gate.date.map(scale::start_of),
        (Scale::Calendar(_), Side::Exit) => gate.date.map(scale::end_of),
        (Scale::Weeks(_), Side::Entry) => forecast.map(|window| window.start),
        (Scale::Weeks(_), Side::Exit) => forecast.map(|window| window.end),
    };
    // A date of a decision that nobody took yet is as good as a date: the gate stands there.
    let position = position.filter(|_| gate.exists)?;
    let word = material.gate_word(gate);
    let side = material.words.of("gate", side.word());
    let word = material.words.fill("timeline.gate", &[("gate", &side), ("state", &word)]);
    Some(Mark { position, state: State { class: gate.colour.code().to_string(), word } })
}

fn end_label(material: &Material, milestone: &Milestone, standing: &MilestoneStanding) -> String {
    let id = milestone.record.id.as_str();
    let schedule = &standing.schedule;
    match (schedule.actual, schedule.effective_forecast) {
        (Some(date), _) => {
            material.words.fill("timeline.end_actual", &[("id", id), ("date", &material.date_text(date))])
        }
        (None, Some(date)) => format!("{id} {}", material.date_text(date)),
        (None, None) => {
            let text = schedule.forecast.as_ref().map(|window| window.text.as_str());
            text.map_or_else(|| id.to_string(), |text| format!("{id} {text}"))
        }
    }
}

fn end_note(material: &Material, standing: &MilestoneStanding) -> String {
    match standing.schedule.slip {
        Some(0) => material.words.say("timeline.on_baseline"),
        Some(days) if days > 0 => material.words.count("timeline.late", days),
        Some(days) => material.words.count("timeline.early", -days),
        None => String::new(),
    }
}

fn dependencies(material: &Material, all: &[Stands]) -> Vec<Dependency> {
    let places: HashMap<&Id, usize> = all.iter().enumerate().map(|(place, (it, _))| (&it.record.id, place)).collect();
    let mut dependencies = Vec::new();
    for (to, (milestone, standing)) in all.iter().enumerate() {
        for from in
            milestone.depends_on.iter().filter_map(|id| places.get(&id.value).copied()).filter(|from| *from != to)
        {
            let (needed, needed_standing) = all[from];
            let held = is_conditional(&needed_standing.exit) || is_conditional(&standing.entry);
            let critical = material.is_on_critical_path(&standing.schedule)
                && material.is_on_critical_path(&needed_standing.schedule);
            let names = [("id", milestone.record.id.as_str()), ("needs", needed.record.id.as_str())];
            let title = material.words.fill("timeline.dependency", &names);
            dependencies.push(Dependency { from, to, critical, held, title });
        }
    }
    dependencies
}

/// The same facts in sentences; the table has all of them, so a long programme is told in numbers.
fn desc(material: &Material) -> String {
    const TOLD: usize = 12;
    let words = material.words;
    let mut sentences: Vec<String> = Vec::new();
    if material.programme.milestones.len() <= TOLD {
        for (milestone, standing) in standings(material) {
            let end = end_label(material, milestone, standing);
            let state = words.of("colour", standing.colour.code());
            let note = end_note(material, standing);
            let parts = [end, state, note];
            let told: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            sentences.push(format!("{}.", told.join(", ")));
        }
    }
    sentences.push(words.say("timeline.chart_desc"));
    sentences.join(" ")
}

#[cfg(test)]
mod tests {
    use super::{folded, shown};
    use crate::model::id::Id;
    use crate::site::register_sample::{programme, with_material};
    use crate::site::sample::{record, spanned};

    fn check(milestones: usize, rows: usize, said: &str) {
        let mut programme = programme();
        let last = programme.milestones[4].clone();
        for number in programme.milestones.len() + 1..=milestones {
            let mut another = last.clone();
            another.record = record(&format!("M{number}"));
            another.depends_on = vec![spanned(Id::new("M4"))];
            programme.milestones.push(another);
        }
        with_material(programme, |material| {
            assert_eq!(shown(material).len(), rows);
            assert_eq!(folded(material), said);
        });
    }

    #[test]
    fn few_milestones_are_all_drawn() {
        check(5, 5, "");
        check(60, 60, "");
    }

    #[test]
    fn many_are_all_drawn_in_another_order_and_that_is_said() {
        check(300, 300, "All 300 milestones are drawn, in the order of their finish.");
    }
}
