//! Finds conditional decisions that name no condition.

use crate::finding::{Finding, Severity};
use crate::model::decision::Outcome;
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "conditional-go-without-conditions",
    family: Family::Governance,
    severity: Severity::Error,
    documentation: include_str!("conditional_go_without_conditions.md"),
    several: Some("{n} conditional decisions name no condition: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for decision in programme.decisions.iter().filter(|decision| decision.conditions.is_empty()) {
        let conditional = decision.outcome.as_ref().filter(|outcome| outcome.value == Outcome::ConditionalGo);
        let Some(outcome) = conditional else { continue };
        let id = &decision.record.id;
        findings.push(
            Finding::new(
                "conditional-go-without-conditions",
                outcome.at.clone(),
                format!("decision `{id}` is a conditional go without a condition"),
            )
            .label("on what condition?")
            .help("add `conditions: [{ id: …, text: …, owner: …, due: … }]`, or make it a `go`")
            .about(id.as_str()),
        );
    }
    findings
}
