//! Finds decisions by the one who accepted the evidence they rest on.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "decider-accepted-the-evidence",
    family: Family::Governance,
    severity: Severity::Warning,
    documentation: include_str!("decider_accepted_the_evidence.md"),
    several: Some("{n} decisions were taken by who accepted the evidence: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for decision in &programme.decisions {
        let (Some(gate), Some(by)) = (&decision.gate, &decision.by) else { continue };
        let Some(milestone) = facts.milestones.get(&gate.value.milestone) else { continue };
        let criteria = &milestone.gate(gate.value.side).criteria;
        let decider = facts.names.named(&by.value);
        let offered = criteria.iter().flat_map(|criterion| facts.evidence_for(&criterion.id));
        let own = offered.filter_map(|evidence| {
            let acceptor = evidence.acceptor.as_ref()?;
            facts.names.named(&acceptor.value).is(&decider).then_some((evidence, acceptor))
        });
        let own = own.min_by_key(|(evidence, _)| evidence.record.at());
        let Some((evidence, acceptor)) = own else { continue };
        let (id, item) = (&decision.record.id, &evidence.record.id);
        let message = format!("decision `{id}` was taken by `{}`, who accepted evidence `{item}` for it", by.value);
        findings.push(
            Finding::new("decider-accepted-the-evidence", by.at.clone(), message)
                .label("decided and accepted")
                .related(acceptor.at.clone(), "accepted by the same")
                .help("have the evidence accepted by somebody else")
                .about(id.as_str()),
        );
    }
    findings
}
