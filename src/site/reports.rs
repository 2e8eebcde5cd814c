//! What successive versions say in turn: the frozen ones before this one, oldest first, and this one as the last.

use chrono::NaiveDate;

use crate::chart::scale::{self, Axis, Tick};
use crate::site::material::Material;
use crate::site::timeline::axis;
use crate::version::diff::State;
use crate::version::trend::spaced;

/// This version and those before it whose data dates increase; at least this one.
pub fn of<'a>(material: &'a Material) -> Vec<State<'a>> {
    let earlier = material.versions.earlier.iter().map(State::of);
    let this = State { programme: material.programme, standing: material.standing };
    spaced(&earlier.chain([this]).collect::<Vec<_>>())
}

pub fn data_date(state: &State) -> NaiveDate {
    state.programme.settings.data_date.date
}

pub fn version<'a>(state: &State<'a>) -> &'a str {
    &state.programme.settings.version
}

/// From the first report to the last, each named.
pub fn axis(material: &Material, reports: &[State]) -> Axis {
    let words = axis::words(material.words);
    let ticks: Vec<Tick> = reports
        .iter()
        .map(|report| Tick {
            position: scale::end_of(data_date(report)),
            label: version(report).to_string(),
            sublabel: scale::day(data_date(report), &words),
        })
        .collect();
    let start = ticks.first().map_or(0.0, |tick| tick.position);
    Axis { start, end: ticks.last().map_or(start, |tick| tick.position), ticks, majors: Vec::new() }
}
