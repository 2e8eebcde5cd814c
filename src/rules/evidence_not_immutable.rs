//! Finds evidence whose address shows another thing tomorrow.

use crate::finding::{Finding, Severity};
use crate::model::evidence::is_address;
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "evidence-not-immutable",
    family: Family::Evidence,
    severity: Severity::Warning,
    documentation: include_str!("evidence_not_immutable.md"),
    several: Some("{n} items of evidence point at something that moves: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for evidence in programme.evidence.iter().filter(|evidence| evidence.sha256.is_none()) {
        let Some(location) = evidence.location.as_ref().filter(|location| is_address(&location.value)) else {
            continue;
        };
        let Some(moving) = moving(&location.value) else { continue };
        let id = &evidence.record.id;
        let message = format!("evidence `{id}` points at `{moving}`, which will be something else tomorrow");
        findings.push(
            Finding::new("evidence-not-immutable", location.at.clone(), message)
                .label("moves")
                .help("give the address of the commit, the tag or the run that was accepted, or record its `sha256`")
                .about(id.as_str()),
        );
    }
    findings
}

/// The part of an address that stands for whatever is newest: a branch, or a word such as `latest`.
fn moving(address: &str) -> Option<&str> {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let parts: Vec<&str> = path.split('/').collect();
    let branch = parts.windows(2).find(|pair| VIEWS.contains(&pair[0]) && !is_fixed(pair[1]));
    let queried = query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, value)| {
        ["ref", "branch", "at", "version"].contains(key) && NEWEST.contains(&value.to_lowercase().as_str())
    });
    let newest = parts.iter().skip(3).find(|part| NEWEST[..3].contains(&part.to_lowercase().as_str()));
    branch.map(|pair| pair[1]).or(queried.map(|(_, value)| value)).or(newest.copied())
}

/// Parts of an address behind which the name of a branch, a tag or a commit stands.
const VIEWS: &[&str] = &["blob", "tree", "raw", "blame", "branch"];
/// The first three stand for the newest wherever they are.
const NEWEST: &[&str] = &["latest", "lastsuccessfulbuild", "head", "main", "master", "trunk", "develop", "current"];

/// A commit, or a tag with a number.
fn is_fixed(name: &str) -> bool {
    let is_commit = name.len() >= 7 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_commit || name.contains(|letter: char| letter.is_ascii_digit()) && name.contains('.')
}
