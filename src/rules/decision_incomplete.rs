//! Finds decisions that cannot count, since something of them is missing.

use crate::finding::{Finding, Severity};
use crate::model::decision::{Decision, Outcome};
use crate::rules::listed;
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "decision-incomplete",
    family: Family::Governance,
    severity: Severity::Error,
    documentation: include_str!("decision_incomplete.md"),
    several: Some("{n} decisions are incomplete: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let findings = programme.decisions.iter().filter_map(|decision| {
        let (missing, help): (Vec<&str>, Vec<&str>) = missing(decision).into_iter().unzip();
        if missing.is_empty() {
            return None;
        }
        let id = &decision.record.id;
        let at = decision.gate.as_ref().map_or_else(|| decision.record.at(), |gate| gate.at.clone());
        let finding =
            Finding::new("decision-incomplete", at, format!("decision `{id}` has no {}", listed(&missing, "or")));
        let finding = finding.label("incomplete").help(format!("add {}", listed(&help, "and")));
        Some(finding.about(id.as_str()))
    });
    findings.collect()
}

/// What is missing, and how it is written.
fn missing(decision: &Decision) -> Vec<(&'static str, &'static str)> {
    let outcome = decision.outcome.as_ref().map(|outcome| outcome.value);
    let record = &decision.record;
    let fields = [
        (record.lacks("gate", &decision.gate), ("`gate`", "the gate, such as `gate: M2 exit`")),
        (
            record.lacks("outcome", &decision.outcome),
            ("`outcome`", "the `outcome`: go, conditional go, hold, recycle or kill"),
        ),
        (record.lacks("by", &decision.by), ("`by`", "who decided: `by: …`")),
        (record.lacks("date", &decision.date), ("`date`", "the `date` on which it was taken")),
        (
            outcome == Some(Outcome::Hold) && record.lacks("resume_on", &decision.resume_on),
            ("`resume_on`", "the date `resume_on`"),
        ),
        (
            outcome == Some(Outcome::Recycle) && record.lacks("new_gate_date", &decision.new_gate_date),
            ("`new_gate_date`", "the `new_gate_date`"),
        ),
    ];
    fields.into_iter().filter_map(|(is_missing, field)| is_missing.then_some(field)).collect()
}
