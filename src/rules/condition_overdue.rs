//! Finds conditions of a go that were not kept in time.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::ConditionState;
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "condition-overdue",
    family: Family::Governance,
    severity: Severity::Warning,
    documentation: include_str!("condition_overdue.md"),
    several: Some("{n} conditions are overdue: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let conditions = programme.decisions.iter().flat_map(|decision| &decision.conditions);
    let findings = conditions.filter_map(|condition| {
        let id = &condition.id;
        let state = standing.conditions.get(id).filter(|state| state.state == ConditionState::Overdue)?;
        let due = condition.due.as_ref()?;
        let decision = &state.decision;
        let message = format!("condition `{id}` of decision `{decision}` was due on {} and is not closed", due.value);
        let finding = Finding::new("condition-overdue", due.at.clone(), message)
            .label("not closed by then")
            .help("record `closed_on` and its evidence, or take the decision again");
        Some(finding.about(id.as_str()))
    });
    findings.collect()
}
