//! Are forecasts trustworthy? What each version forecast, and how far the promises of the baselines are away.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::chart::lines::{self, Course, End, Line, Lines, Point, Size};
use crate::chart::scale;
use crate::model::id::Id;
use crate::model::milestone::Milestone;
use crate::model::reference::Kind;
use crate::site::View;
use crate::site::coded::{self, Part};
use crate::site::material::{Day, Link, Mark, Material, Sentence};
use crate::site::reports;
use crate::site::timeline::axis;
use crate::source::Html;
use crate::status::MilestoneStanding;
use crate::version::diff::State;
use crate::version::trend::{Trend, trends};

#[derive(Debug, Clone, Serialize)]
pub struct SlippageView {
    pub lede: String,
    /// None until two versions tell dates; `missing` says what it takes.
    pub trend: Option<TrendView>,
    pub missing: Vec<Part>,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, Serialize)]
pub struct TrendView {
    pub chart: Html,
    /// Which of many milestones are drawn; empty where all are.
    pub note: String,
    pub has_drift: bool,
    pub has_actual: bool,
    /// The heads of the columns below the chart: the versions, oldest first.
    pub versions: Vec<Version>,
    pub rows: Vec<TrendRow>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Version {
    pub version: String,
    pub day: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct TrendRow {
    pub id: Link,
    pub name: String,
    /// A forecast for every version; a dash where it gave none.
    pub forecasts: Vec<Forecast>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Forecast {
    pub day: Day,
    /// Later than in the version before that gave one.
    pub is_later: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub id: Link,
    pub name: String,
    pub mark: Mark,
    pub first_baseline: Day,
    pub baseline: Day,
    pub forecast: Day,
    pub first_slip: String,
    pub is_first_late: bool,
    pub slip: String,
    pub is_late: bool,
    /// How often its baseline was changed by an approved change.
    pub rebaselined: usize,
    /// What its forecasts show over the versions; empty where they show nothing.
    pub drift: Sentence,
}

/// More lines than this are a thicket.
const DRAWN: usize = 15;

/// The widest table of versions that is still read: the first and the latest ones.
const COLUMNS: usize = 8;

/// Lines that the description tells one by one.
const TOLD: usize = 6;

pub fn page(material: &Material) -> (&'static str, String, View) {
    let reports = reports::of(material);
    let trends = trends(&reports);
    let has_trend = trends.iter().any(|trend| trend.points.len() > 1);
    let view = SlippageView {
        lede: lede(material),
        trend: has_trend.then(|| trend(material, &reports, &trends)),
        missing: if has_trend { Vec::new() } else { coded::parts(&missing(material, &reports, &trends)) },
        rows: standings(material).map(|(milestone, standing)| row(material, milestone, standing)).collect(),
    };
    ("slippage.html", material.words.say("nav.slippage"), View::Slippage(Box::new(view)))
}

fn standings<'a>(material: &'a Material) -> impl Iterator<Item = (&'a Milestone, &'a MilestoneStanding)> {
    let milestones = material.programme.milestones.iter();
    milestones.filter_map(|milestone| Some((milestone, material.standing.milestones.get(&milestone.record.id)?)))
}

/// Against the first promise, since an approved change moves the other one.
fn lede(material: &Material) -> String {
    let words = material.words;
    if material.programme.milestones.is_empty() {
        return words.say("timeline.empty");
    }
    let slips: Vec<i64> = standings(material).filter_map(|(_, standing)| standing.schedule.first_slip).collect();
    let drifting = standings(material).filter(|(_, standing)| standing.schedule.drift.is_some()).count();
    let late = slips.iter().filter(|days| **days > 0).count();
    let promised = match slips.iter().max() {
        None => words.say("slippage.no_dates"),
        Some(_) if late == 0 => words.count("slippage.none_late", slips.len() as i64),
        Some(worst) => {
            let (all, worst) = (slips.len().to_string(), words.count("slippage.days", *worst));
            words.count_with("slippage.late", late as i64, &[("all", &all), ("worst", &worst)])
        }
    };
    if drifting == 0 {
        return promised;
    }
    format!("{promised} {}", words.count("slippage.drifting", drifting as i64))
}

/// Why there is no trend, and what gives one.
fn missing(material: &Material, reports: &[State], trends: &[Trend]) -> String {
    let words = material.words;
    let key = match (reports.len(), trends.is_empty()) {
        _ if material.programme.milestones.is_empty() => return String::new(),
        (1, _) if material.versions.this().is_frozen() => "slippage.first_version",
        (1, _) => "slippage.one_version",
        (_, true) => "slippage.not_anchored",
        (_, false) => "slippage.no_pair",
    };
    words.fill(key, &[("version", &material.programme.settings.version)])
}

fn trend(material: &Material, reports: &[State], trends: &[Trend]) -> TrendView {
    let drawn = drawn(material, trends);
    let note = if drawn.len() < trends.len() {
        material.words.count_with("slippage.drawn", drawn.len() as i64, &[("all", &trends.len().to_string())])
    } else {
        String::new()
    };
    let columns = columns(reports);
    TrendView {
        chart: lines::draw(&chart(material, reports, &drawn)),
        note,
        has_drift: drawn.iter().any(|trend| trend.drift.is_some()),
        has_actual: drawn.iter().any(|trend| trend.actual.is_some()),
        versions: columns
            .iter()
            .map(|report| Version {
                version: reports::version(report).to_string(),
                day: material.date_text(reports::data_date(report)),
            })
            .collect(),
        rows: trends.iter().map(|trend| trend_row(material, &columns, trend)).collect(),
    }
}

/// Those that tell most, in the author's order: drifting ones, then those to come that moved furthest.
fn drawn<'t>(material: &Material, trends: &'t [Trend]) -> Vec<&'t Trend> {
    let mut ranked: Vec<(usize, &Trend)> = trends.iter().enumerate().collect();
    ranked.sort_by_key(|(place, trend)| {
        let moved = moved(material, trend).unwrap_or(0);
        (trend.drift.is_none(), trend.actual.is_some(), std::cmp::Reverse(moved.abs()), *place)
    });
    ranked.truncate(DRAWN);
    ranked.sort_by_key(|(place, _)| *place);
    ranked.into_iter().map(|(_, trend)| trend).collect()
}

/// The first version and the latest ones, where there are many.
fn columns<'a>(reports: &[State<'a>]) -> Vec<State<'a>> {
    let latest = reports.len().saturating_sub(COLUMNS - 1).max(1);
    reports[..1].iter().chain(&reports[latest..]).copied().collect()
}

fn chart(material: &Material, reports: &[State], drawn: &[&Trend]) -> Lines {
    let words = material.words;
    let across = reports::axis(material, reports);
    let dates = drawn.iter().flat_map(|trend| trend.points.iter().map(|point| point.forecast).chain(trend.actual));
    let dates: Vec<NaiveDate> = dates.collect();
    let first = dates.iter().min().copied().unwrap_or(material.data_date());
    let last = dates.iter().max().copied().unwrap_or(material.data_date());
    let lines = drawn.iter().map(|trend| line(material, trend, across.start)).collect();
    Lines {
        id: "tr",
        title: words.count("slippage.chart_title", drawn.len() as i64),
        desc: desc(material, drawn),
        size: Size::Page,
        across,
        up: scale::dates(first, last, 9, &axis::words(words)),
        across_word: words.say("slippage.across"),
        up_word: words.say("slippage.up"),
        has_diagonal: true,
        lines,
    }
}

/// Up to the day on which it was reached, and no further.
fn line(material: &Material, trend: &Trend, start: f64) -> Line {
    let before = |date: NaiveDate| trend.actual.is_none_or(|actual| date < actual);
    let told = trend.points.iter().filter(|point| before(point.data_date));
    let mut points: Vec<Point> = told.map(|point| at(point.data_date, point.forecast)).collect();
    let reached = trend.actual.map(|actual| at(actual, actual));
    points.extend(reached.map(|end| Point { across: end.across.max(start), ..end }));
    Line {
        points,
        course: Course::Straight,
        end: if trend.actual.is_some() { End::Reached } else { End::Open },
        is_strong: trend.drift.is_some(),
        href: material.link(Kind::Milestone, &trend.milestone).href,
        label: format!(
            "{} {}",
            trend.milestone,
            last_date(trend).map_or_else(String::new, |it| material.date_text(it))
        ),
        note: note(material, trend),
    }
}

fn at(report: NaiveDate, forecast: NaiveDate) -> Point {
    Point { across: scale::end_of(report), up: scale::end_of(forecast) }
}

fn last_date(trend: &Trend) -> Option<NaiveDate> {
    trend.actual.or_else(|| trend.points.last().map(|point| point.forecast))
}

/// Working days from the first forecast to the last date; None for one that was told once.
fn moved(material: &Material, trend: &Trend) -> Option<i64> {
    let first = trend.points.first().filter(|_| trend.points.len() > 1)?;
    Some(material.programme.settings.calendar.working_days(first.forecast, last_date(trend)?))
}

/// "5 working days later than in 0.9".
fn note(material: &Material, trend: &Trend) -> String {
    let Some(first) = trend.points.first() else { return String::new() };
    let since = [("version", first.version.as_str())];
    match moved(material, trend) {
        None => material.words.fill("slippage.new", &since),
        Some(0) => material.words.fill("slippage.unmoved", &since),
        Some(days) if days > 0 => material.words.count_with("slippage.later", days, &since),
        Some(days) => material.words.count_with("slippage.earlier", -days, &since),
    }
}

fn desc(material: &Material, drawn: &[&Trend]) -> String {
    let mut sentences: Vec<String> = Vec::new();
    if drawn.len() <= TOLD {
        for trend in drawn {
            let date = last_date(trend).map_or_else(String::new, |date| material.date_text(date));
            sentences.push(format!("{} {date}, {}.", trend.milestone, note(material, trend)));
        }
    }
    sentences.push(material.words.say("slippage.chart_desc"));
    sentences.join(" ")
}

fn trend_row(material: &Material, columns: &[State], trend: &Trend) -> TrendRow {
    let told: HashMap<&str, NaiveDate> =
        trend.points.iter().map(|point| (point.version.as_str(), point.forecast)).collect();
    let mut before: Option<NaiveDate> = None;
    let forecasts = columns.iter().map(|report| {
        let Some(forecast) = told.get(reports::version(report)).copied() else {
            return Forecast { day: material.day_or(None, "–"), is_later: false };
        };
        let is_later = before.is_some_and(|before| forecast > before);
        before = Some(forecast);
        Forecast { day: material.day(forecast), is_later }
    });
    TrendRow {
        id: material.link(Kind::Milestone, &trend.milestone),
        forecasts: forecasts.collect(),
        name: name(material, &trend.milestone),
    }
}

fn name(material: &Material, id: &Id) -> String {
    material.index.milestone(id).map(|milestone| milestone.name.value.clone()).unwrap_or_default()
}

fn row(material: &Material, milestone: &Milestone, standing: &MilestoneStanding) -> Row {
    let id = &milestone.record.id;
    let schedule = &standing.schedule;
    let last = schedule.actual.or(schedule.effective_forecast);
    let slip = |days: Option<i64>| days.map_or_else(|| "–".to_string(), |days| material.signed(days));
    Row {
        id: material.link(Kind::Milestone, id),
        name: milestone.name.value.clone(),
        mark: material.mark(standing.colour).told_at(material.why(id)),
        first_baseline: material.window_day(schedule.first_baseline.as_ref()),
        baseline: material.window_day(schedule.baseline.as_ref()),
        forecast: last.map_or_else(|| material.window_day(schedule.forecast.as_ref()), |date| material.day(date)),
        first_slip: slip(schedule.first_slip),
        is_first_late: schedule.first_slip > Some(0),
        slip: material.slip(schedule),
        is_late: schedule.slip > Some(0),
        rebaselined: schedule.rebaselined,
        drift: schedule.drift.as_ref().map(|drift| Sentence::plain(drift.sentence.clone())).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::Days;
    use expect_test::{Expect, expect};

    use super::{DRAWN, Part, SlippageView};
    use crate::render::theme::Theme;
    use crate::site::register_sample;
    use crate::site::sample::{self, day};
    use crate::site::{Versions, View, plan};
    use crate::version::Snapshot;

    fn said(parts: &[Part]) -> String {
        parts.iter().map(|part| part.text.as_str()).collect()
    }

    fn page(versions: &[Snapshot]) -> SlippageView {
        let (now, earlier) = versions.split_last().unwrap();
        let versions = Versions { earlier: earlier.to_vec(), ..Versions::alone(now) };
        let pages = plan(now, &versions, Theme::embedded().words());
        match pages.into_iter().find(|page| page.url == "slippage.html").unwrap().view {
            View::Slippage(view) => *view,
            other => panic!("{other:?}"),
        }
    }

    /// The sample, told so many days before its own day, with everything forecast so much earlier, and this many milestones.
    fn told(version: &str, before: u64, earlier: u64, milestones: usize) -> Snapshot {
        let mut programme = sample::programme(true);
        programme.settings.version = version.into();
        programme.settings.data_date.date = programme.settings.data_date.date - Days::new(before);
        let last = programme.milestones[4].clone();
        for number in programme.milestones.len() + 1..=milestones {
            let mut another = last.clone();
            another.record = sample::record(&format!("M{number}"));
            programme.milestones.push(another);
        }
        programme.milestones.truncate(milestones);
        let mut snapshot = sample::of(programme);
        let mut standing = (*snapshot.standing).clone();
        let like = standing.milestones.values().last().unwrap().clone();
        for milestone in &snapshot.programme.milestones {
            let standing = standing.milestones.entry(milestone.record.id.clone()).or_insert_with(|| like.clone());
            let end = standing.schedule.forecast.as_ref().and_then(|window| window.end);
            standing.schedule.forecast_end = end.map(|end| end - Days::new(earlier));
        }
        snapshot.standing = Arc::new(standing);
        snapshot
    }

    fn check(view: &SlippageView, expected: Expect) {
        let trend = view.trend.as_ref().unwrap();
        let words = trend
            .chart
            .as_str()
            .split("<text")
            .skip(1)
            .map(|text| text.split_once('>').unwrap().1.split_once('<').unwrap().0);
        let rows = trend.rows.iter().map(|row| {
            let forecasts =
                row.forecasts.iter().map(|it| format!("{}{}", it.day.text, if it.is_later { "!" } else { "" }));
            format!("{}: {}", row.id.text, forecasts.collect::<Vec<_>>().join(", "))
        });
        let words = words.collect::<Vec<_>>().join(" | ");
        expected.assert_eq(&format!("{words}\n{}", rows.collect::<Vec<_>>().join("\n")));
    }

    #[test]
    fn every_version_is_a_point_of_every_line() {
        let view = page(&[told("0.8", 14, 7, 3), told("0.9", 7, 0, 3), told("1.0", 0, 0, 3)]);
        check(
            &view,
            expect![[r#"
            2 Feb | 9 Feb | 16 Feb | 23 Feb | 2 Mar | 0.8 | 6 Feb | 0.9 | 13 Feb | 1.0 | 20 Feb | Forecast finish | Reported in | M1 Fri 6 Feb | 5 working days later than in 0.8 | M2 Fri 27 Feb | 5 working days later than in 0.8 | M3 Fri 6 Mar | 5 working days later than in 0.8
            M1: Fri 30 Jan, Fri 6 Feb!, Fri 6 Feb
            M2: Fri 20 Feb, Fri 27 Feb!, Fri 27 Feb
            M3: Fri 27 Feb, Fri 6 Mar!, Fri 6 Mar"#]],
        );
        assert!(view.missing.is_empty());
    }

    #[test]
    fn of_many_milestones_fifteen_are_drawn_and_all_are_in_the_table() {
        let view = page(&[told("0.9", 7, 7, 60), told("1.0", 0, 0, 60)]);
        let trend = view.trend.unwrap();
        assert_eq!(trend.chart.as_str().matches("<a class=\"name\"").count(), DRAWN);
        assert_eq!((trend.rows.len(), view.rows.len()), (60, 60));
        assert!(trend.note.starts_with("15 of 60 milestones are drawn"), "{}", trend.note);
    }

    #[test]
    fn of_many_versions_the_first_and_the_latest_stand_in_the_table() {
        let versions: Vec<Snapshot> = (0..60).map(|at| told(&format!("0.{at}"), 7 * (59 - at), 0, 2)).collect();
        let trend = page(&versions).trend.unwrap();
        let heads: Vec<&str> = trend.versions.iter().map(|version| version.version.as_str()).collect();
        assert_eq!(heads, ["0.0", "0.53", "0.54", "0.55", "0.56", "0.57", "0.58", "0.59"]);
    }

    #[test]
    fn one_version_says_what_a_trend_takes() {
        let view = page(&[told("1.0", 0, 0, 3)]);
        assert!(view.trend.is_none() && view.rows.len() == 3);
        expect!["A trend takes two versions, and this is the only one. Freeze it with milepost freeze 1.0; from the next data date on, this page draws what each version forecast."].assert_eq(&said(&view.missing));
    }

    #[test]
    fn a_plan_in_weeks_says_that_its_forecasts_have_no_dates() {
        let view = page(&[sample::plan()]);
        assert!(view.trend.is_none());
        assert_eq!(view.lede, "No baseline has a date yet, so that no slip can be told.");
        let mut earlier = sample::plan();
        let programme = Arc::make_mut(&mut earlier.programme);
        programme.settings.data_date.date = day("2026-01-01");
        assert!(said(&page(&[earlier, sample::plan()]).missing).contains("week_1"));
    }

    #[test]
    fn no_milestone_is_said() {
        let mut programme = register_sample::programme();
        programme.milestones.clear();
        let view = page(&[register_sample::snapshot(programme)]);
        assert_eq!((view.lede.as_str(), view.missing.is_empty()), ("There is no milestone to show.", true));
    }
}
