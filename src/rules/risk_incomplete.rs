//! Finds risks of which something is missing that a board asks for.

use crate::finding::{Finding, Severity};
use crate::model::risk::Risk;
use crate::rules::listed;
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "risk-incomplete",
    family: Family::Risk,
    severity: Severity::Error,
    documentation: include_str!("risk_incomplete.md"),
    several: Some("{n} risks are incomplete: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let findings = programme.risks.iter().filter(|risk| risk.is_open()).filter_map(|risk| {
        let missing = missing(risk);
        if missing.is_empty() {
            return None;
        }
        let id = &risk.record.id;
        let finding = Finding::new(
            "risk-incomplete",
            risk.title.at.clone(),
            format!("risk `{id}` has no {}", listed(&missing, "or")),
        );
        let finding = finding.label("incomplete").help(format!("add {}", listed(&missing, "and")));
        Some(finding.about(id.as_str()))
    });
    findings.collect()
}

/// The response is asked for by `above-appetite-without-response`, where it matters.
fn missing(risk: &Risk) -> Vec<&'static str> {
    let scored = risk.score_now().is_some();
    let fields = [
        (risk.record.lacks("owner", &risk.owner), "`owner`"),
        (risk.record.lacks("probability", &risk.probability) && !scored, "`probability`"),
        (risk.record.lacks("impact", &risk.impact) && !scored, "`impact`"),
        (risk.record.lacks("status", &risk.status), "`status`"),
        (risk.record.lacks("milestones", &risk.milestones.first()), "`milestones`"),
    ];
    fields.into_iter().filter_map(|(is_missing, field)| is_missing.then_some(field)).collect()
}
