//! Finds milestones whose forecast keeps its distance, version after version.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::criterion::lowered;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "drifting",
    family: Family::Time,
    severity: Severity::Warning,
    documentation: include_str!("drifting.md"),
    several: Some("{n} milestones drift: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for milestone in &programme.milestones {
        let id = &milestone.record.id;
        let drift = standing.milestones.get(id).and_then(|standing| standing.schedule.drift.as_ref());
        let (Some(drift), Some(window)) = (drift, milestone.forecast_window()) else { continue };
        let message = format!("milestone `{id}` drifts: {}", lowered(&drift.sentence));
        findings.push(
            Finding::new("drifting", window.at.clone(), message)
                .label("a pattern, not one slip")
                .help("plan what is left again from its criteria, and say in `reason` what is different this time")
                .about(id.as_str()),
        );
    }
    findings
}
