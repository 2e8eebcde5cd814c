//! Finds open risks that nobody has looked at for longer than the cadence.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "risk-review-overdue",
    family: Family::Risk,
    severity: Severity::Warning,
    documentation: include_str!("risk_review_overdue.md"),
    several: Some("{n} risks were reviewed longer ago than the cadence asks: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let settings = &programme.settings;
    let mut findings = Vec::new();
    for risk in programme.risks.iter().filter(|risk| risk.is_open()) {
        let Some(reviewed) = &risk.reviewed_on else { continue };
        let days = (settings.data_date.date - reviewed.value).num_days();
        if days <= i64::from(settings.cadence_days) {
            continue;
        }
        let id = &risk.record.id;
        findings.push(
            Finding::new(
                "risk-review-overdue",
                reviewed.at.clone(),
                format!("risk `{id}` was last reviewed {days} days before the data date"),
            )
            .label(format!("the cadence is {} days", settings.cadence_days))
            .help("go through it with its owner and move `reviewed_on`")
            .about(id.as_str()),
        );
    }
    findings
}
