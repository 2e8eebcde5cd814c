//! Finds milestones with an actual date and no passed exit gate.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "achieved-without-passed-gate",
    family: Family::Consistency,
    severity: Severity::Warning,
    documentation: include_str!("achieved_without_passed_gate.md"),
    several: Some("{n} milestones are achieved without a passed exit gate: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for milestone in &programme.milestones {
        let id = &milestone.record.id;
        let (Some(actual), Some(state)) = (&milestone.actual, standing.milestones.get(id)) else { continue };
        if state.exit.state.is_decided_go() {
            continue;
        }
        let fault = match state.exit.decision {
            Some(_) => "its exit gate is not passed",
            None => "its exit gate has no decision",
        };
        findings.push(
            Finding::new(
                "achieved-without-passed-gate",
                actual.at.clone(),
                format!("milestone `{id}` is achieved but {fault}"),
            )
            .label("achieved, it says")
            .help(format!("add a decision with `gate: {id} exit`, or remove `actual`"))
            .about(id.as_str()),
        );
    }
    findings
}
