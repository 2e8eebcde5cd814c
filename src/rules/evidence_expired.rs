//! Finds evidence that no longer counts because its time is over.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::EvidenceState;
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "evidence-expired",
    family: Family::Evidence,
    severity: Severity::Warning,
    documentation: include_str!("evidence_expired.md"),
    several: Some("{n} items of evidence have expired: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for evidence in &programme.evidence {
        let id = &evidence.record.id;
        let state = standing.evidence.get(id).map(|standing| standing.state);
        let Some(expires) = evidence.expires_on.as_ref().filter(|_| state == Some(EvidenceState::Expired)) else {
            continue;
        };
        findings.push(
            Finding::new(
                "evidence-expired",
                expires.at.clone(),
                format!("evidence `{id}` expired on {}", expires.value),
            )
            .label("over")
            .help(format!("renew it: add new evidence with `supersedes: {id}`"))
            .about(id.as_str()),
        );
    }
    findings
}
