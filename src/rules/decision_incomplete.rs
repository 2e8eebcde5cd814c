//! Finds decisions that cannot count, since something of them is missing.

use crate::finding::{Finding, Severity};
use crate::model::Programme;
use crate::model::decision::{Decision, Outcome};
use crate::rules::listed;
use crate::rules::{Family, Rule};
use crate::status::Standing;

pub const RULE: Rule = Rule {
    name: "decision-incomplete",
    family: Family::Governance,
    severity: Severity::Error,
    documentation: include_str!("decision_incomplete.md"),
    several: Some("{n} decisions are incomplete: {subjects}"),
    check: Some(check),
};

fn check(programme: &Programme, _standing: &Standing) -> Vec<Finding> {
    let findings = programme.decisions.iter().filter_map(|decision| {
        let missing = missing(decision);
        if missing.is_empty() {
            return None;
        }
        let id = &decision.record.id;
        let at = decision.gate.as_ref().map_or_else(|| decision.record.at(), |gate| gate.at.clone());
        let finding =
            Finding::new("decision-incomplete", at, format!("decision `{id}` has no {}", listed(&missing, "or")));
        let finding = finding.label("incomplete").help(format!("add {}", listed(&missing, "and")));
        Some(finding.about(id.as_str()))
    });
    findings.collect()
}

fn missing(decision: &Decision) -> Vec<&'static str> {
    let outcome = decision.outcome.as_ref().map(|outcome| outcome.value);
    let fields = [
        (decision.gate.is_none(), "`gate` of a known milestone"),
        (outcome.is_none(), "`outcome` that is understood"),
        (decision.by.is_none(), "`by`"),
        (decision.date.is_none(), "`date`"),
        (outcome == Some(Outcome::Hold) && decision.resume_on.is_none(), "`resume_on`"),
        (outcome == Some(Outcome::Recycle) && decision.new_gate_date.is_none(), "`new_gate_date`"),
    ];
    fields.into_iter().filter_map(|(is_missing, field)| is_missing.then_some(field)).collect()
}
