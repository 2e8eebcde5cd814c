//! Finds milestones that are due at no time.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "milestone-without-window",
    family: Family::Completeness,
    severity: Severity::Error,
    documentation: include_str!("milestone_without_window.md"),
    several: Some("{n} milestones have no target window: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let lacking = programme.milestones.iter().filter(|milestone| milestone.forecast_window().is_none());
    let findings = lacking.map(|milestone| {
        let id = &milestone.record.id;
        Finding::new(
            "milestone-without-window",
            milestone.name.at.clone(),
            format!("milestone `{id}` has no target window"),
        )
        .label("due when?")
        .help("add a `Target Window`: `Weeks 3–5`, `March 2026`, `2026-03-20`")
        .about(id.as_str())
    });
    findings.collect()
}
