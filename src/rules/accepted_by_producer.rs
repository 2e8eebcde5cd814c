//! Finds evidence that was accepted by the one who made it.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "accepted-by-producer",
    family: Family::Evidence,
    severity: Severity::Warning,
    documentation: include_str!("accepted_by_producer.md"),
    several: Some("{n} items of evidence were accepted by their producer: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for evidence in &programme.evidence {
        let (Some(acceptor), Some(producer)) = (&evidence.acceptor, &evidence.producer) else { continue };
        if !facts.may_be_one(&acceptor.value, &producer.value) {
            continue;
        }
        let same = facts.names.named(&acceptor.value).is(&facts.names.named(&producer.value));
        let (who, label) = match same {
            true => ("who produced it".to_string(), "produced by the same"),
            false => (format!("who may be its producer `{}`", producer.value), "may be the same person"),
        };
        let id = &evidence.record.id;
        findings.push(
            Finding::new(
                "accepted-by-producer",
                acceptor.at.clone(),
                format!("evidence `{id}` was accepted by `{}`, {who}", acceptor.value),
            )
            .label("accepted by its producer")
            .related(producer.at.clone(), label)
            .help("have it accepted by somebody else: until then it does not count")
            .about(id.as_str()),
        );
    }
    findings
}
