//! Finds milestones that are planned to end before one that they wait for.

use crate::finding::{Finding, Severity};
use crate::model::window::Window;
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "successor-before-predecessor",
    family: Family::Time,
    severity: Severity::Warning,
    documentation: include_str!("successor_before_predecessor.md"),
    several: Some("{n} milestones end before one that they wait for: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    let milestones = programme.milestones_by_id();
    for successor in &programme.milestones {
        for dependency in &successor.depends_on {
            let Some(predecessor) = milestones.get(&dependency.value) else { continue };
            let windows = successor.forecast_window().zip(predecessor.forecast_window());
            let Some((own, before)) = windows.filter(|(own, before)| ends_before(&own.value, &before.value)) else {
                continue;
            };
            let (id, other) = (&successor.record.id, &predecessor.record.id);
            findings.push(
                Finding::new(
                    "successor-before-predecessor",
                    own.at.clone(),
                    format!("milestone `{id}` ends before `{other}`, for which it waits"),
                )
                .label(format!("ends before `{other}` does"))
                .related(before.at.clone(), format!("the window of `{other}`"))
                .help("move one of the two windows, or take the dependency away")
                .about(id.as_str()),
            );
        }
    }
    findings
}

/// By date where both have dates, else by week where both are in weeks.
fn ends_before(own: &Window, before: &Window) -> bool {
    if let (Some(end), Some(other)) = (own.end, before.end) {
        return end < other;
    }
    own.weeks.zip(before.weeks).is_some_and(|((_, end), (_, other))| end < other)
}
