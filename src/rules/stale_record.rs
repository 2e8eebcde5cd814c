//! Finds milestones that nobody has looked at for longer than the cadence.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Lifecycle;
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "stale-record",
    family: Family::Time,
    severity: Severity::Warning,
    documentation: include_str!("stale_record.md"),
    several: Some("{n} milestones were reviewed longer ago than the cadence asks: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let settings = &programme.settings;
    let mut findings = Vec::new();
    for milestone in &programme.milestones {
        let id = &milestone.record.id;
        let lifecycle = standing.milestones.get(id).map(|standing| standing.lifecycle);
        let over = matches!(lifecycle, Some(Lifecycle::Achieved | Lifecycle::Stopped));
        let Some(reviewed) = milestone.reviewed_on.as_ref().filter(|_| !over) else { continue };
        let days = (settings.data_date.date - reviewed.value).num_days();
        if days <= i64::from(settings.cadence_days) {
            continue;
        }
        findings.push(
            Finding::new(
                "stale-record",
                reviewed.at.clone(),
                format!("milestone `{id}` was last reviewed {days} days before the data date"),
            )
            .label(format!("the cadence is {} days", settings.cadence_days))
            .help("go through it with its owner and move `reviewed_on`")
            .about(id.as_str()),
        );
    }
    findings
}
