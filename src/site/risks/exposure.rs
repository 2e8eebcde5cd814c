//! How much risk is carried, from version to version: the scores of the open risks, and of those above appetite.

use serde::Serialize;

use crate::chart::lines::{self, Course, End, Line, Lines, Point, Size};
use crate::chart::scale;
use crate::site::material::Material;
use crate::site::reports;
use crate::source::Html;
use crate::version::diff::State;

#[derive(Debug, Clone, Serialize)]
pub struct ExposureView {
    pub chart: Html,
    /// Oldest first.
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub version: String,
    pub day: String,
    pub open: usize,
    pub above: usize,
    pub exposure: u64,
    pub exposure_above: u64,
}

/// None until two versions tell of risks.
pub fn of(material: &Material) -> Option<ExposureView> {
    let reports = reports::of(material);
    let first = reports.iter().position(|report| !report.programme.risks.is_empty())?;
    let reports = &reports[first..];
    if reports.len() < 2 {
        return None;
    }
    let rows: Vec<Row> = reports.iter().map(|report| row(material, report)).collect();
    Some(ExposureView { chart: lines::draw(&chart(material, reports, &rows)), rows })
}

fn row(material: &Material, report: &State) -> Row {
    let risks = report.programme.risks.iter().filter(|risk| risk.is_open());
    let standings: Vec<_> = risks.filter_map(|risk| report.standing.risks.get(&risk.record.id)).collect();
    let above = || standings.iter().filter(|standing| standing.above_appetite);
    Row {
        version: reports::version(report).to_string(),
        day: material.full_date_text(reports::data_date(report)),
        open: standings.len(),
        above: above().count(),
        exposure: standings.iter().filter_map(|standing| standing.score).map(u64::from).sum(),
        exposure_above: above().filter_map(|standing| standing.score).map(u64::from).sum(),
    }
}

fn chart(material: &Material, reports: &[State], rows: &[Row]) -> Lines {
    let words = material.words;
    let line = |key: &str, of: fn(&Row) -> u64, is_strong: bool| Line {
        points: reports
            .iter()
            .zip(rows)
            .map(|(report, row)| Point { across: scale::end_of(reports::data_date(report)), up: of(row) as f64 })
            .collect(),
        course: Course::Straight,
        end: End::Open,
        is_strong,
        href: String::new(),
        label: rows.last().map(of).unwrap_or_default().to_string(),
        note: words.say(key),
    };
    let most = rows.iter().map(|row| row.exposure).max().unwrap_or_default();
    let told = rows.iter().last().map(|row| {
        let values = [("all", &*row.exposure.to_string()), ("above", &row.exposure_above.to_string())];
        words.fill("risks.exposure_desc", &values)
    });
    Lines {
        id: "ex",
        title: words.say("risks.exposure_title"),
        desc: told.unwrap_or_default(),
        size: Size::Half,
        across: reports::axis(material, reports),
        up: scale::counts(most),
        across_word: words.say("slippage.across"),
        up_word: words.say("risks.exposure_up"),
        has_diagonal: false,
        lines: vec![
            line("risks.exposure_all", |row| row.exposure, false),
            line("risks.exposure_above", |row| row.exposure_above, true),
        ],
    }
}
