//! Finds evidence whose file is no longer the one that was accepted.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "evidence-changed-since-accepted",
    family: Family::Evidence,
    severity: Severity::Warning,
    documentation: include_str!("evidence_changed_since_accepted.md"),
    several: Some("the files of {n} items of evidence changed since they were accepted: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for evidence in &programme.evidence {
        let (Some(recorded), Some(now)) = (&evidence.sha256, &evidence.asset_sha256) else { continue };
        let sealed = recorded.value.trim().trim_start_matches("sha256:").trim();
        if sealed.eq_ignore_ascii_case(now) {
            continue;
        }
        let id = &evidence.record.id;
        findings.push(
            Finding::new(
                "evidence-changed-since-accepted",
                recorded.at.clone(),
                format!("the file of evidence `{id}` is not the one that was accepted"),
            )
            .label("the seal of another file")
            .help(format!("put the accepted file back, or have this one accepted and write `sha256: {now}`"))
            .about(id.as_str()),
        );
    }
    findings
}
