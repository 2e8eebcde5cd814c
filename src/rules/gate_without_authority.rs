//! Finds gates that nobody is named to decide.

use crate::finding::{Finding, Severity};
use crate::model::milestone::Side;
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "gate-without-authority",
    family: Family::Completeness,
    severity: Severity::Error,
    documentation: include_str!("gate_without_authority.md"),
    several: Some("{n} gates have nobody to decide them: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for milestone in &programme.milestones {
        for side in Side::BOTH {
            let gate = milestone.gate(side);
            if gate.criteria.is_empty() || gate.authority.is_some() {
                continue;
            }
            let name = format!("{} {}", milestone.record.id, side.word());
            findings.push(
                Finding::new(
                    "gate-without-authority",
                    milestone.name.at.clone(),
                    format!("nobody is named to decide the gate `{name}`"),
                )
                .label("who decides?")
                .help("add `authority: { entry: …, exit: … }` to programme.yaml, or `authority` to the milestone")
                .about(name),
            );
        }
    }
    findings
}
