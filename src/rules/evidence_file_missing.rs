//! Finds evidence whose file is not in the folder.

use crate::finding::{Finding, Severity};
use crate::model::evidence::is_address;
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "evidence-file-missing",
    family: Family::Evidence,
    severity: Severity::Error,
    documentation: include_str!("evidence_file_missing.md"),
    several: Some("the files of {n} items of evidence are not there: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for evidence in &programme.evidence {
        let Some(location) = evidence.location.as_ref().filter(|_| evidence.asset.is_none()) else { continue };
        if is_address(&location.value) {
            continue;
        }
        let id = &evidence.record.id;
        let (message, label, help) = if is_own(&location.at.path, &location.value) {
            (
                format!("evidence `{id}` names the file that it is written in, which cannot hold its own hash"),
                "the record's own file",
                "put the proof into a file of its own, or give its address with `https://`",
            )
        } else {
            (
                format!("the file of evidence `{id}` is not there: `{}`", location.value),
                "no such file",
                "put the file into the content folder, or give its address with `https://`",
            )
        };
        let finding = Finding::new("evidence-file-missing", location.at.clone(), message).label(label);
        findings.push(finding.help(help).about(id.as_str()));
    }
    findings
}

/// Does the location name the file at `path`?
fn is_own(path: &str, location: &str) -> bool {
    let written = location.trim_start_matches(['.', '/']);
    let folder = path.strip_suffix(written).filter(|_| !written.is_empty());
    folder.is_some_and(|folder| folder.is_empty() || folder.ends_with('/'))
}
