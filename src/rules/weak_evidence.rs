//! Finds proof that is easily had: a word, a picture, a mail; or one item for everything.

use crate::finding::{Finding, Severity};
use crate::model::evidence::Evidence;
use crate::model::id::Id;
use crate::rules::{Family, Rule};
use crate::status::EvidenceState;
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "weak-evidence",
    family: Family::Evidence,
    severity: Severity::Warning,
    documentation: include_str!("weak_evidence.md"),
    several: Some("{n} items of evidence are weak: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mandatory = |id: &Id| facts.criterion(id).map(|(_, _, criterion)| criterion).filter(|it| it.mandatory);
    let is_offered = |id: &Id| {
        let state = standing.evidence.get(id).map(|standing| standing.state);
        matches!(state, Some(EvidenceState::Counts | EvidenceState::Submitted))
    };
    let mut findings = Vec::new();
    for evidence in programme.evidence.iter().filter(|evidence| is_offered(&evidence.record.id)) {
        let id = &evidence.record.id;
        let served: Vec<_> =
            evidence.proves.iter().filter(|proof| mandatory(&proof.criterion.value).is_some()).collect();
        if let [_, _, third, ..] = served[..] {
            let message = format!("evidence `{id}` alone is to prove {} mandatory criteria", served.len());
            let finding = Finding::new("weak-evidence", third.criterion.at.clone(), message).label("and this too");
            findings.push(finding.help("give each criterion the record that shows it").about(id.as_str()));
        }
        let (Some(kind), Some(word)) = (&evidence.kind, weak_word(evidence)) else { continue };
        let is_sole = |criterion: &Id| {
            let others = standing.criteria.get(criterion).map_or(&[][..], |standing| standing.evidence.as_slice());
            let asked = mandatory(criterion).and_then(|criterion| criterion.method.as_ref());
            asked.is_none_or(|method| method.value != "attestation")
                && !others.iter().any(|other| other != id && is_offered(other))
        };
        let Some(proof) = served.iter().find(|proof| is_sole(&proof.criterion.value)) else { continue };
        let message = format!("{word} is the only evidence for `{}`: `{id}`", proof.criterion.value);
        let finding = Finding::new("weak-evidence", kind.at.clone(), message).label("easily had");
        findings
            .push(finding.help("add the record itself: the report, the log, the signed document").about(id.as_str()));
    }
    findings
}

fn weak_word(evidence: &Evidence) -> Option<&'static str> {
    let kind = evidence.kind.as_ref()?.value.to_lowercase().replace([' ', '-', '_'], "");
    let found = WEAK.iter().find(|(part, _)| kind.contains(part));
    found.map(|(_, word)| *word).filter(|_| !kind.contains("independent"))
}

const WEAK: &[(&str, &str)] = &[
    ("screenshot", "a screenshot"),
    ("screengrab", "a screenshot"),
    ("email", "an e-mail"),
    ("selfattestation", "self-attestation"),
    ("selfcertification", "self-attestation"),
    ("selfassessment", "self-attestation"),
    ("attestation", "an attestation"),
    ("verbal", "a spoken word"),
    ("chat", "a chat message"),
];
