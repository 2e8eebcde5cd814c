//! Finds evidence whose file is not in the folder.

use crate::finding::{Finding, Severity};
use crate::model::Programme;
use crate::model::evidence::is_address;
use crate::rules::{Family, Rule};
use crate::status::Standing;

pub const RULE: Rule = Rule {
    name: "evidence-file-missing",
    family: Family::Evidence,
    severity: Severity::Error,
    documentation: include_str!("evidence_file_missing.md"),
    several: Some("the files of {n} items of evidence are not there: {subjects}"),
    check: Some(check),
};

fn check(programme: &Programme, _standing: &Standing) -> Vec<Finding> {
    let mut findings = Vec::new();
    for evidence in &programme.evidence {
        let Some(location) = evidence.location.as_ref().filter(|_| evidence.asset.is_none()) else { continue };
        if is_address(&location.value) {
            continue;
        }
        let id = &evidence.record.id;
        findings.push(
            Finding::new(
                "evidence-file-missing",
                location.at.clone(),
                format!("the file of evidence `{id}` is not there: `{}`", location.value),
            )
            .label("no such file")
            .help("put the file into the content folder, or give its address with `https://`")
            .about(id.as_str()),
        );
    }
    findings
}
