//! Milestone trends: what each version forecast for each milestone, as the points of a chart.

use serde::Serialize;

use chrono::NaiveDate;

use crate::model::id::Id;
use crate::status::drift::Drift;
use crate::version::diff::State;

/// One line of the chart: report date across, forecast date up. A flat line keeps its word; one along the diagonal never
/// comes nearer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trend {
    pub milestone: Id,
    /// Oldest first; data dates increase.
    pub points: Vec<Point>,
    /// The day it was reached: the line ends there.
    pub actual: Option<NaiveDate>,
    pub drift: Option<Drift>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Point {
    pub version: String,
    pub data_date: NaiveDate,
    pub forecast: NaiveDate,
}

/// The trends of the milestones of the last of these versions, in the author's order; `versions` are oldest first. Those
/// that no version gave a date are left out, and a version that has the data date of the one after it says nothing more.
pub fn trends(versions: &[State]) -> Vec<Trend> {
    let Some(last) = versions.last() else { return Vec::new() };
    let spaced = spaced(versions);
    let trends = last.programme.milestones.iter().filter_map(|milestone| {
        let id = &milestone.record.id;
        let points = spaced.iter().filter_map(|version| {
            let schedule = &version.standing.milestones.get(id)?.schedule;
            let forecast = schedule.forecast_end.or(schedule.forecast.as_ref().and_then(|window| window.end))?;
            let settings = &version.programme.settings;
            Some(Point { version: settings.version.clone(), data_date: settings.data_date.date, forecast })
        });
        let points: Vec<Point> = points.collect();
        let schedule = &last.standing.milestones.get(id)?.schedule;
        let trend = Trend { milestone: id.clone(), actual: schedule.actual, drift: schedule.drift.clone(), points };
        (!trend.points.is_empty()).then_some(trend)
    });
    trends.collect()
}

/// Those whose data dates increase: what has the data date of the one after it was said again.
pub fn spaced<'a>(versions: &[State<'a>]) -> Vec<State<'a>> {
    let date = |state: &State| state.programme.settings.data_date.date;
    let spaced = versions.iter().enumerate();
    let spaced =
        spaced.filter(|(index, version)| versions.get(index + 1).is_none_or(|after| date(version) < date(after)));
    spaced.map(|(_, version)| *version).collect()
}
