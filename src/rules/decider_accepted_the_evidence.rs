//! Finds decisions by the one who accepted the evidence they rest on.

use crate::finding::{Finding, Severity};
use crate::model::Programme;
use crate::rules::{Family, Rule};
use crate::status::Standing;

pub const RULE: Rule = Rule {
    name: "decider-accepted-the-evidence",
    family: Family::Governance,
    severity: Severity::Warning,
    documentation: include_str!("decider_accepted_the_evidence.md"),
    several: Some("{n} decisions were taken by who accepted the evidence: {subjects}"),
    check: Some(check),
};

fn check(programme: &Programme, _standing: &Standing) -> Vec<Finding> {
    let mut findings = Vec::new();
    for decision in &programme.decisions {
        let (Some(gate), Some(by)) = (&decision.gate, &decision.by) else { continue };
        let Some(milestone) = programme.milestone(&gate.value.milestone) else { continue };
        let criteria = &milestone.gate(gate.value.side).criteria;
        let own = programme.evidence.iter().filter_map(|evidence| {
            let acceptor = evidence.acceptor.as_ref()?;
            let serves = criteria
                .iter()
                .any(|criterion| evidence.proves.iter().any(|proof| proof.criterion.value == criterion.id));
            let same = programme.settings.same_person(&acceptor.value, &by.value);
            (serves && same).then_some((evidence, acceptor))
        });
        let Some((evidence, acceptor)) = own.into_iter().next() else { continue };
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
