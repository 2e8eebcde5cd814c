//! Tells of accepted files that could be exchanged unnoticed.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "evidence-not-sealed",
    family: Family::Evidence,
    severity: Severity::Note,
    documentation: include_str!("evidence_not_sealed.md"),
    several: Some("{n} accepted files are not sealed: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for evidence in &programme.evidence {
        let (Some(accepted), Some(now), None) = (&evidence.accepted_on, &evidence.asset_sha256, &evidence.sha256)
        else {
            continue;
        };
        let id = &evidence.record.id;
        findings.push(
            Finding::new(
                "evidence-not-sealed",
                accepted.at.clone(),
                format!("evidence `{id}` is accepted, and nothing says which file that was"),
            )
            .label("accepted, not sealed")
            .help(format!("if the file is the accepted one, add `sha256: {now}`"))
            .about(id.as_str()),
        );
    }
    findings
}
