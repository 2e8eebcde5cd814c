//! Finds criteria that are ticked and not proved.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::CriterionState;
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "met-claimed-without-evidence",
    family: Family::Consistency,
    severity: Severity::Warning,
    documentation: include_str!("met_claimed_without_evidence.md"),
    several: Some("{n} criteria are ticked and have no evidence that counts: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let claimed = programme.criteria().map(|(_, criterion)| criterion).filter(|criterion| criterion.claimed);
    let unproved = claimed.filter(|criterion| {
        let state = standing.criteria.get(&criterion.id).map(|standing| standing.state);
        state.is_some_and(|state| !matches!(state, CriterionState::Met | CriterionState::NotApplicable))
    });
    let findings = unproved.map(|criterion| {
        let id = &criterion.id;
        let message = format!("criterion `{id}` is ticked, and no evidence counts for it");
        Finding::new("met-claimed-without-evidence", criterion.text.at.clone(), message)
            .label("claimed, not proved")
            .help(format!("add evidence with `proves: {id}` and have it accepted, or take the tick away"))
            .about(id.as_str())
    });
    findings.collect()
}
