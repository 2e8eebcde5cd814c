//! Finds decisions by the one who accepted the evidence they rest on.

use std::collections::{BTreeMap, HashMap};

use crate::finding::{Finding, Severity};
use crate::model::Programme;
use crate::model::evidence::Evidence;
use crate::model::id::Id;
use crate::model::milestone::Criterion;
use crate::model::names::Names;
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
    let milestones = programme.milestones_by_id();
    let evidence_for = evidence_for(programme);
    let names = Names::of(programme);
    for decision in &programme.decisions {
        let (Some(gate), Some(by)) = (&decision.gate, &decision.by) else { continue };
        let Some(milestone) = milestones.get(&gate.value.milestone) else { continue };
        let criteria = &milestone.gate(gate.value.side).criteria;
        let decider = names.named(&by.value);
        let own = in_order(criteria, &evidence_for).into_iter().find_map(|evidence| {
            let acceptor = evidence.acceptor.as_ref()?;
            names.named(&acceptor.value).is(&decider).then_some((evidence, acceptor))
        });
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

/// Evidence by criterion, each with its place in the author's order.
type EvidenceFor<'a> = HashMap<&'a Id, Vec<(usize, &'a Evidence)>>;

fn evidence_for(programme: &Programme) -> EvidenceFor<'_> {
    let mut evidence_for: EvidenceFor = HashMap::new();
    for (place, evidence) in programme.evidence.iter().enumerate() {
        for proof in &evidence.proves {
            evidence_for.entry(&proof.criterion.value).or_default().push((place, evidence));
        }
    }
    evidence_for
}

/// The evidence for any of the criteria, in the author's order.
fn in_order<'a>(criteria: &[Criterion], evidence_for: &EvidenceFor<'a>) -> Vec<&'a Evidence> {
    let own = criteria.iter().filter_map(|criterion| evidence_for.get(&criterion.id)).flatten().copied();
    own.collect::<BTreeMap<usize, &Evidence>>().into_values().collect()
}
