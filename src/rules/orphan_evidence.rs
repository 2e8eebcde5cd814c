//! Tells of evidence that nothing rests on.

use std::collections::BTreeSet;

use crate::finding::{Finding, Severity};
use crate::model::id::Id;
use crate::model::milestone::Extent;
use crate::rules::{Family, Rule};
use crate::status::CriterionState;
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "orphan-evidence",
    family: Family::Evidence,
    severity: Severity::Note,
    documentation: include_str!("orphan_evidence.md"),
    several: Some("{n} items of evidence prove nothing: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let ruled_out =
        |id: &Id| standing.criteria.get(id).is_some_and(|standing| standing.state == CriterionState::NotApplicable);
    let takes_evidence: BTreeSet<&Id> = programme
        .criteria()
        .filter(|(_, criterion)| criterion.dependency.as_ref().is_none_or(|named| named.extent != Extent::Whole))
        .map(|(_, criterion)| &criterion.id)
        .filter(|id| !ruled_out(id))
        .collect();
    let conditions = programme.decisions.iter().flat_map(|decision| &decision.conditions);
    let closing: BTreeSet<&Id> = conditions.flat_map(|condition| &condition.evidence).map(|id| &id.value).collect();
    let orphans = programme.evidence.iter().filter(|evidence| {
        let proves = evidence.proves.iter().any(|proof| takes_evidence.contains(&proof.criterion.value));
        // What it names and does not mean is told where it is read.
        let is_silent = evidence.record.lacks("proves", &evidence.proves.first()) || !evidence.proves.is_empty();
        is_silent && !proves && !closing.contains(&evidence.record.id)
    });
    let findings = orphans.map(|evidence| {
        let id = &evidence.record.id;
        let at = evidence.proves.first().map_or(&evidence.title.at, |proof| &proof.criterion.at);
        Finding::new("orphan-evidence", at.clone(), format!("nothing rests on evidence `{id}`"))
            .label("proves nothing")
            .help("name in `proves` a criterion that takes evidence, or leave the item out")
            .about(id.as_str())
    });
    findings.collect()
}
