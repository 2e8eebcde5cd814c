//! Finds exit gates that are passed while the entry gate is not.

use crate::finding::{Finding, Severity};
use crate::model::milestone::Side;
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "later-gate-passed-before-earlier",
    family: Family::Consistency,
    severity: Severity::Warning,
    documentation: include_str!("later_gate_passed_before_earlier.md"),
    several: Some("{n} exit gates are passed before their entry gates: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for decision in &programme.decisions {
        let Some(gate) = decision.gate.as_ref().filter(|gate| gate.value.side == Side::Exit) else { continue };
        let id = &gate.value.milestone;
        let Some(state) = standing.milestones.get(id) else { continue };
        let counts = state.exit.decision.as_ref() == Some(&decision.record.id);
        let passed = state.exit.state.is_decided_go();
        if !counts || !passed || !state.entry.exists || state.entry.state.is_decided_go() {
            continue;
        }
        findings.push(
            Finding::new(
                "later-gate-passed-before-earlier",
                gate.at.clone(),
                format!("the exit gate of milestone `{id}` is passed, and its entry gate is not"),
            )
            .label("passed before the entry gate")
            .help(format!("record the decision of the gate `{id} entry` too"))
            .about(id.as_str()),
        );
    }
    findings
}
