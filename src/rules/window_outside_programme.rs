//! Finds windows that lie before week 1, or many years after it.

use chrono::{Months, NaiveDate};

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "window-outside-programme",
    family: Family::Time,
    severity: Severity::Warning,
    documentation: include_str!("window_outside_programme.md"),
    several: Some("{n} windows lie outside of the programme: {subjects}"),
    check: Some(check),
};

/// A window that begins later than this has a mistyped year.
const LONGEST: Months = Months::new(120);

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let Some(first) = programme.settings.calendar.week_1 else { return Vec::new() };
    let mut findings = Vec::new();
    for milestone in &programme.milestones {
        let windows = [&milestone.window, &milestone.baseline, &milestone.forecast].into_iter().flatten();
        for window in windows {
            let is_late = |start: NaiveDate| first.checked_add_months(LONGEST).is_some_and(|last| start > last);
            let where_it_lies = match (window.value.start, window.value.end) {
                (_, Some(end)) if end < first => "before week 1",
                (Some(start), _) if is_late(start) => "more than ten years after week 1",
                _ => continue,
            };
            let id = &milestone.record.id;
            let message = format!("the window of milestone `{id}` lies {where_it_lies}, which is on {first}");
            findings.push(
                Finding::new("window-outside-programme", window.at.clone(), message)
                    .label(where_it_lies)
                    .help("correct the year, or `week_1` in programme.yaml")
                    .about(id.as_str()),
            );
        }
    }
    findings
}
