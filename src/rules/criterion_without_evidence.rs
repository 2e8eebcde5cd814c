//! Finds criteria without any evidence at a gate that is due or decided.

use crate::finding::{Finding, Severity};
use crate::model::milestone::{Criterion, Extent, Side};
use crate::rules::{Family, Rule};
use crate::status::CriterionState;
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "criterion-without-evidence",
    family: Family::Evidence,
    severity: Severity::Warning,
    documentation: include_str!("criterion_without_evidence.md"),
    several: Some("{n} criteria of a gate that is due have no evidence: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for milestone in &programme.milestones {
        let Some(state) = standing.milestones.get(&milestone.record.id) else { continue };
        for side in Side::BOTH {
            let gate = state.gate(side);
            let when = match &gate.decision {
                Some(_) => "is decided",
                None if gate.is_due => "is due",
                None => continue,
            };
            let bare = milestone.gate(side).criteria.iter().filter(|criterion| is_bare(criterion, standing));
            findings.extend(bare.map(|criterion| {
                let id = &criterion.id;
                let message = format!("criterion `{id}` has no evidence, and its gate {when}");
                Finding::new("criterion-without-evidence", criterion.text.at.clone(), message)
                    .label("nothing to show for it")
                    .help(format!("add evidence with `proves: {id}`"))
                    .about(id.as_str())
            }));
        }
    }
    findings
}

/// Mandatory, still open, and one that takes evidence: what waits for another milestone as a whole takes none.
fn is_bare(criterion: &Criterion, standing: &Standing) -> bool {
    let waits = criterion.dependency.as_ref().is_some_and(|named| named.extent == Extent::Whole);
    let state = standing.criteria.get(&criterion.id);
    criterion.mandatory
        && !waits
        && state.is_some_and(|state| state.state == CriterionState::Open && state.evidence.is_empty())
}
