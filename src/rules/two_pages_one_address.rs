//! Finds records and pages that would have one address; the addresses are `site`'s, which hands in those that collide.

use crate::finding::{Finding, Severity};
use crate::model::Programme;
use crate::model::reference::{Kind, Reference};
use crate::rules::{Family, Rule};
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "two-pages-one-address",
    family: Family::Publication,
    severity: Severity::Error,
    documentation: include_str!("two_pages_one_address.md"),
    several: Some("{n} addresses belong to two pages: {subjects}"),
    check: None,
};

/// One finding for each record that had to be put elsewhere: (it, the one that has its address).
pub fn findings(programme: &Programme, shared: &[(Reference, Reference)]) -> Vec<Finding> {
    let findings = shared.iter().map(|(second, first)| {
        let (kind, id) = (second.kind.word(), &second.id);
        let message = format!("{kind} `{id}` would have the address of {} `{}`", first.kind.word(), first.id);
        Finding::new("two-pages-one-address", place(programme, second), message)
            .label("the address is taken")
            .related(place(programme, first), "by this one")
            .help("give one of them another id, different by more than upper and lower case or punctuation")
            .about(id.as_str())
    });
    findings.collect()
}

/// One finding for each page of prose that had to be put elsewhere: (its path, that of the one that has its address).
pub fn of_prose(shared: &[(&str, &str)]) -> Vec<Finding> {
    let findings = shared.iter().map(|(second, first)| {
        let place = |path: &str| Span::file(&path.into());
        Finding::new(
            "two-pages-one-address",
            place(second),
            format!("page `{second}` would have the address of `{first}`"),
        )
        .label("the address is taken")
        .related(place(first), "by this one")
        .help("give one of the files another name, different by more than upper and lower case or punctuation")
        .about(*second)
    });
    findings.collect()
}

/// Where the record says what it is.
fn place(programme: &Programme, reference: &Reference) -> Span {
    let id = &reference.id;
    let found = match reference.kind {
        Kind::Milestone => programme.milestone(id).map(|milestone| milestone.name.at.clone()),
        Kind::Criterion => programme
            .criteria()
            .find(|(_, criterion)| criterion.id == *id)
            .map(|(_, criterion)| criterion.text.at.clone()),
        Kind::Evidence => programme
            .evidence
            .iter()
            .find(|evidence| evidence.record.id == *id)
            .map(|evidence| evidence.title.at.clone()),
        Kind::Risk => programme.risks.iter().find(|risk| risk.record.id == *id).map(|risk| risk.title.at.clone()),
        Kind::Decision => {
            programme.decisions.iter().find(|decision| decision.record.id == *id).map(|decision| decision.record.at())
        }
        _ => None,
    };
    found.unwrap_or_else(Span::nowhere)
}
