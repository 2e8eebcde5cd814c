//! Drift: a forecast that keeps its distance, version after version. See design: status (time).
//!
//! One slip is a fact, and tolerance judges it. A drift is what frozen versions tell of the forecasts themselves, so it
//! looks at what was forecast in each, never at a baseline: an approved re-baseline does not end it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::milestone::Milestone;
use crate::status::facts::{Facts, day};
use crate::status::schedule::Dates;

/// What one version forecast for a milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub version: String,
    pub data_date: NaiveDate,
    pub start: Option<NaiveDate>,
    pub end: NaiveDate,
}

/// A pattern in successive versions, the latest included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drift {
    pub pattern: Pattern,
    /// How many successive versions show it.
    pub versions: usize,
    /// The version before the first of them.
    pub since: String,
    /// What is seen, in a sentence: capital first, no full stop.
    pub sentence: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pattern {
    /// The forecast is later than in the version before.
    Later,
    /// The forecast moved on by at least as many days as the data date: it came no nearer.
    DayForDay,
    /// The forecast ends on the same day and starts later: the same work in less time.
    Squeezed,
}

impl Pattern {
    /// In the order in which the first that holds is told.
    pub const ALL: [Pattern; 3] = [Pattern::Later, Pattern::DayForDay, Pattern::Squeezed];

    /// How many successive versions make it a pattern.
    pub fn least(self) -> usize {
        match self {
            Pattern::Later => 3,
            Pattern::DayForDay | Pattern::Squeezed => 2,
        }
    }

    fn holds(self, before: &Report, after: &Report) -> bool {
        match self {
            Pattern::Later => after.end > before.end,
            Pattern::DayForDay => after.end - before.end >= after.data_date - before.data_date,
            Pattern::Squeezed => after.end == before.end && after.start > before.start && before.start.is_some(),
        }
    }

    fn sentence(self, versions: usize, first: &Report, last: &Report) -> String {
        let since = &first.version;
        match self {
            Pattern::Later => {
                format!("Later in {versions} successive versions: {} in {since}, now {}", day(first.end), day(last.end))
            }
            Pattern::DayForDay => format!(
                "No nearer in {versions} successive versions: {} days away in {since}, now {}",
                (first.end - first.data_date).num_days(),
                (last.end - last.data_date).num_days()
            ),
            Pattern::Squeezed => {
                let length = |report: &Report| report.start.map_or(0, |start| (report.end - start).num_days() + 1);
                let (before, now) = (length(first), length(last));
                format!(
                    "Still due {} with less time in {versions} successive versions: {before} days in {since}, now {now}",
                    day(last.end)
                )
            }
        }
    }
}

/// The first pattern that holds up to the last report. `reports` are oldest first, their data dates increasing.
pub fn drift(reports: &[Report]) -> Option<Drift> {
    let last = reports.last()?;
    Pattern::ALL.into_iter().find_map(|pattern| {
        let moves = reports.windows(2).rev().take_while(|pair| pattern.holds(&pair[0], &pair[1])).count();
        let first = &reports[reports.len() - 1 - moves];
        (moves >= pattern.least()).then(|| Drift {
            pattern,
            versions: moves,
            since: first.version.clone(),
            sentence: pattern.sentence(moves, first, last),
        })
    })
}

/// The forecasts of a milestone in every frozen version that has one, and today's as the last. A version that was frozen
/// as at today says what the working state says, and is left out.
pub fn reports(facts: &Facts, milestone: &Milestone, dates: &Dates) -> Vec<Report> {
    let settings = &facts.programme.settings;
    let frozen = facts.programme.history.of(&milestone.record.id).filter(|(frozen, _)| frozen.data_date < facts.today);
    let frozen = frozen.filter_map(|(frozen, then)| {
        Some(Report {
            version: frozen.version.clone(),
            data_date: frozen.data_date,
            start: then.forecast_start,
            end: then.forecast_end?,
        })
    });
    let now = dates.forecast_end.map(|end| Report {
        version: settings.version.clone(),
        data_date: facts.today,
        start: dates.forecast.as_ref().and_then(|window| window.start),
        end,
    });
    frozen.chain(now).collect()
}

#[cfg(test)]
mod tests {
    use super::{Report, drift};

    /// Versions a week apart from 2 February on, each `start..end` in days of February and March 2026 from 1 February.
    fn check(forecasts: &[(i64, i64)], expected: &str) {
        let first: chrono::NaiveDate = "2026-02-02".parse().unwrap();
        let after = |days: i64| first + chrono::TimeDelta::days(days);
        let reports = forecasts.iter().enumerate().map(|(index, (start, end))| Report {
            version: format!("0.{}", index + 1),
            data_date: after(7 * index as i64),
            start: Some(after(*start)),
            end: after(*end),
        });
        let found = drift(&reports.collect::<Vec<_>>());
        let told = found.map_or("none".to_string(), |drift| {
            assert!(drift.sentence.contains(&drift.since) && drift.sentence.contains(&drift.versions.to_string()));
            format!("{:?}: {}", drift.pattern, drift.sentence.replace('\u{a0}', " "))
        });
        assert_eq!(told, expected, "{forecasts:?}");
    }

    #[test]
    fn only_a_run_of_versions_up_to_the_last_is_a_pattern() {
        check(&[], "none");
        check(&[(0, 40)], "none");
        check(&[(0, 40), (0, 41), (0, 42)], "none");
        let later = "Later: Later in 3 successive versions: Sat 14 Mar in 0.1, now Tue 17 Mar";
        check(&[(0, 40), (0, 41), (0, 42), (0, 43)], later);
        check(&[(0, 41), (0, 40), (0, 41), (0, 42), (0, 43)], &later.replace("0.1", "0.2"));
        check(&[(0, 40), (0, 41), (0, 42), (0, 42)], "none");
        check(&[(0, 40), (0, 41), (0, 40), (0, 41)], "none");
    }

    #[test]
    fn day_for_day_is_two_moves_of_no_less_than_the_data_date() {
        check(&[(0, 40), (0, 47)], "none");
        check(&[(0, 40), (0, 47), (0, 53)], "none");
        let kept = "DayForDay: No nearer in 2 successive versions: 40 days away in 0.1, now 40";
        check(&[(0, 40), (0, 47), (0, 54)], kept);
        check(&[(0, 40), (0, 47), (0, 57)], &kept.replace("now 40", "now 43"));
        check(&[(0, 40), (0, 47), (0, 54), (0, 54)], "none");
    }

    #[test]
    fn squeezed_is_two_later_starts_with_the_same_end() {
        check(&[(10, 40), (17, 40)], "none");
        let squeezed = "Still due Sat 14 Mar with less time in 2 successive versions: 31 days in 0.1, now 17";
        check(&[(10, 40), (17, 40), (24, 40)], &format!("Squeezed: {squeezed}"));
        check(&[(10, 40), (17, 40), (24, 39)], "none");
        check(&[(10, 40), (17, 40), (17, 40)], "none");
    }

    #[test]
    fn an_unknown_start_is_no_squeeze() {
        let at = |start: Option<&str>, data_date: &str| Report {
            version: "1".to_string(),
            data_date: data_date.parse().unwrap(),
            start: start.map(|start| start.parse().unwrap()),
            end: "2026-04-01".parse().unwrap(),
        };
        let reports =
            [at(None, "2026-02-01"), at(Some("2026-02-09"), "2026-02-08"), at(Some("2026-02-16"), "2026-02-15")];
        assert_eq!(drift(&reports), None);
    }
}
