//! When, and what depends on what?

pub mod axis;
mod drawing;
mod network;

use serde::Serialize;

use crate::chart::mini::{self, Mini};
use crate::chart::scale;
use crate::model::milestone::Milestone;
use crate::model::reference::Kind;
use crate::site::View;
use crate::site::material::{Day, Link, Mark, Material, Sentence};
use crate::site::timeline::axis::Scale;
use crate::site::timeline::network::NetworkView;
use crate::source::Html;
use crate::status::{Colour, MilestoneStanding, Schedule};

#[derive(Debug, Clone, Serialize)]
pub struct TimelineView {
    pub lede: Sentence,
    /// Empty where no window is understood.
    pub chart: Html,
    /// What the chart leaves to the table; empty where it has all.
    pub folded: String,
    /// None where nothing waits for anything.
    pub network: Option<NetworkView>,
    pub is_anchored: bool,
    pub has_actual: bool,
    pub has_critical: bool,
    pub has_condition: bool,
    /// The states that stand on bars, for the key.
    pub key: Vec<Mark>,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Whose it is, as the filters take it; see `Material::whose`.
    pub whose: String,
    pub id: Link,
    pub name: String,
    pub mark: Mark,
    pub window: String,
    pub understood: String,
    pub baseline: Day,
    pub forecast: Day,
    pub actual: Day,
    pub moved: String,
    pub is_moved: bool,
    pub float: String,
    pub is_critical: bool,
    pub needs: Vec<Link>,
    pub needed_by: Vec<Link>,
}

pub fn page(material: &Material) -> (&'static str, String, View) {
    let scale = axis::of(material);
    let chart = scale.as_ref().map(|scale| drawing::draw(material, scale)).unwrap_or_default();
    let standings = || material.standing.milestones.values();
    let view = TimelineView {
        lede: lede(material),
        chart,
        folded: drawing::folded(material),
        network: network::of(material),
        is_anchored: material.programme.settings.calendar.week_1.is_some() || matches!(scale, Some(Scale::Calendar(_))),
        has_actual: standings().any(|standing| standing.schedule.actual.is_some()),
        has_critical: standings().any(|standing| material.is_on_critical_path(&standing.schedule)),
        has_condition: drawing::has_condition(material),
        key: key(material),
        rows: rows(material),
    };
    ("timeline.html", material.words.say("nav.timeline"), View::Timeline(Box::new(view)))
}

/// The small bars of a table row, on the range of the whole programme; empty where there are no dates.
pub fn bars(material: &Material, schedule: &Schedule) -> Html {
    let Some(scale) = axis::of(material) else { return Html::default() };
    let axis = scale.axis();
    let window = |window: Option<&crate::model::window::Window>| window.and_then(|window| scale.window(window));
    let (baseline, forecast) = (window(schedule.baseline.as_ref()), scale.forecast(schedule));
    if baseline.is_none() && forecast.is_none() {
        return Html::default();
    }
    let range = crate::chart::Window { start: axis.start, end: axis.end };
    let today = matches!(scale, Scale::Calendar(_)).then(|| scale::end_of(material.data_date()));
    mini::draw(&Mini { range, baseline, forecast, critical: material.is_on_critical_path(schedule), today })
}

fn lede(material: &Material) -> Sentence {
    let words = material.words;
    let programme = &material.standing.programme;
    if material.programme.milestones.is_empty() {
        return Sentence::plain(words.say("timeline.empty"));
    }
    let Some(finish) = programme.finish else { return Sentence::plain(words.say("timeline.lede_weeks")) };
    let finish = material.full_date_text(finish);
    let moved = material.standing.milestones.values().filter(|standing| standing.schedule.slip > Some(0)).count();
    let key = if moved == 0 { "timeline.lede_on_baseline" } else { "timeline.lede" };
    if moved == 0 {
        return Sentence::plain(words.fill(key, &[("finish", &finish)]));
    }
    Sentence::plain(words.count_with(key, moved as i64, &[("finish", &finish)]))
}

fn key(material: &Material) -> Vec<Mark> {
    let gates = material.standing.milestones.values().flat_map(|standing| [&standing.entry, &standing.exit]);
    let used: std::collections::BTreeSet<Colour> = gates.filter(|gate| gate.exists).map(|gate| gate.colour).collect();
    used.into_iter().map(|colour| material.state(colour, material.words.of("gate_key", colour.code()))).collect()
}

fn rows(material: &Material) -> Vec<Row> {
    let milestones = material.programme.milestones.iter();
    milestones
        .filter_map(|milestone| {
            let standing = material.standing.milestones.get(&milestone.record.id)?;
            Some(row(material, milestone, standing))
        })
        .collect()
}

fn row(material: &Material, milestone: &Milestone, standing: &MilestoneStanding) -> Row {
    let id = &milestone.record.id;
    let schedule = &standing.schedule;
    let needed_by = material.index.dependents.of(id);
    Row {
        whose: material.whose([&milestone.owner]),
        id: material.link(Kind::Milestone, id),
        name: milestone.name.value.clone(),
        mark: material.mark(standing.colour).told_at(material.why(id)),
        window: milestone.window.as_ref().map_or_else(|| "–".to_string(), |window| window.value.text.clone()),
        understood: milestone.window.as_ref().map(|window| material.understood(&window.value)).unwrap_or_default(),
        baseline: material.window_day(schedule.baseline.as_ref()),
        forecast: schedule
            .effective_forecast
            .map_or_else(|| material.window_day(schedule.forecast.as_ref()), |date| material.day(date)),
        actual: material.day_or(schedule.actual, "–"),
        moved: material.slip(schedule),
        is_moved: schedule.slip > Some(0),
        float: schedule.total_float.map_or_else(|| "–".to_string(), |days| material.signed(days)),
        is_critical: material.is_on_critical_path(schedule),
        needs: material.links(Kind::Milestone, milestone.depends_on.iter().map(|id| &id.value)),
        needed_by: material.links(Kind::Milestone, needed_by.map(|other| &other.record.id)),
    }
}
