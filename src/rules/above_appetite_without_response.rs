//! Finds risks that are too high and that nobody does anything about.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "above-appetite-without-response",
    family: Family::Risk,
    severity: Severity::Warning,
    documentation: include_str!("above_appetite_without_response.md"),
    several: Some("{n} risks are above appetite and have no response: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for risk in programme.risks.iter().filter(|risk| risk.is_open() && risk.response.is_none()) {
        let id = &risk.record.id;
        let Some(state) = standing.risks.get(id).filter(|state| state.above_appetite) else { continue };
        let Some(score) = state.score else { continue };
        findings.push(
            Finding::new(
                "above-appetite-without-response",
                risk.title.at.clone(),
                format!("risk `{id}` scores {score}, the appetite is {}, and it has no response", state.appetite),
            )
            .label(format!("{score} is above {}", state.appetite))
            .help("add a `response`: avoid, reduce, transfer, share or accept, and who does what by when")
            .about(id.as_str()),
        );
    }
    findings
}
