//! Finds evidence of which something is missing that an auditor asks for.

use crate::finding::{Finding, Severity};
use crate::model::evidence::Evidence;
use crate::rules::listed;
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "evidence-incomplete",
    family: Family::Evidence,
    severity: Severity::Error,
    documentation: include_str!("evidence_incomplete.md"),
    several: Some("{n} items of evidence are incomplete: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let findings = programme.evidence.iter().filter_map(|evidence| {
        let missing = missing(evidence);
        if missing.is_empty() {
            return None;
        }
        let id = &evidence.record.id;
        let message = format!("evidence `{id}` has no {}", listed(&missing, "or"));
        let finding = Finding::new("evidence-incomplete", evidence.title.at.clone(), message)
            .label("incomplete")
            .help(format!("add {}", listed(&missing, "and")));
        Some(finding.about(id.as_str()))
    });
    findings.collect()
}

fn missing(evidence: &Evidence) -> Vec<&'static str> {
    let record = &evidence.record;
    let judged = evidence.accepted_on.is_some() || evidence.acceptor.is_some() || evidence.rejected_on.is_some();
    let fields = [
        (record.lacks("proves", &evidence.proves.first()), "`proves` with the id of a criterion"),
        (record.lacks("type", &evidence.kind), "`type`"),
        (record.lacks("producer", &evidence.producer), "`producer`"),
        (record.lacks("produced_on", &evidence.produced_on), "`produced_on`"),
        (record.lacks("location", &evidence.location), "`location`"),
        (judged && record.lacks("acceptor", &evidence.acceptor), "`acceptor`"),
        (
            judged && record.lacks("accepted_on", &evidence.accepted_on) && evidence.rejected_on.is_none(),
            "`accepted_on`",
        ),
        (evidence.accepted_on.is_some() && record.lacks("result", &evidence.result), "`result`"),
    ];
    fields.into_iter().filter_map(|(is_missing, field)| is_missing.then_some(field)).collect()
}
