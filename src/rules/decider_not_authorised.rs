//! Finds decisions by somebody who may not take them.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "decider-not-authorised",
    family: Family::Governance,
    severity: Severity::Warning,
    documentation: include_str!("decider_not_authorised.md"),
    several: Some("{n} decisions were taken by somebody without authority: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for decision in &programme.decisions {
        let (Some(gate), Some(by)) = (&decision.gate, &decision.by) else { continue };
        let Some(milestone) = facts.milestones.get(&gate.value.milestone) else { continue };
        let Some(authority) = &milestone.gate(gate.value.side).authority else { continue };
        if facts.holds(&by.value, &authority.value) {
            continue;
        }
        let id = &decision.record.id;
        let (who, role) = (facts.called(&by.value), facts.called(&authority.value));
        findings.push(
            Finding::new(
                "decider-not-authorised",
                by.at.clone(),
                format!("decision `{id}` does not count: `{who}` may not take it"),
            )
            .label(format!("the gate is for `{role}`"))
            .related(authority.at.clone(), "the authority")
            .help(format!("have `{role}` take it, or give the role to `{who}` in `people` of programme.yaml"))
            .about(id.as_str()),
        );
    }
    findings
}
