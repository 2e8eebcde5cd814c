//! Finds conditions of a go that were not kept in time.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::ConditionState;
use crate::status::Standing;
use crate::status::decision::due;
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
    // One that another decision has followed, or that does not count, asks for nothing any more.
    let counts = |id| standing.decisions.get(id).is_some_and(|state| state.counts);
    let decisions = programme.decisions.iter().filter(|decision| counts(&decision.record.id));
    let conditions = decisions.flat_map(|decision| decision.conditions.iter().map(move |one| (decision, one)));
    let findings = conditions.filter_map(|(decision, condition)| {
        let id = &condition.id;
        standing.conditions.get(id).filter(|state| state.state == ConditionState::Overdue)?;
        let day = due(decision, condition)?;
        let at = condition.due.as_ref().map_or(&condition.at, |written| &written.at);
        let decision = &decision.record.id;
        let message = format!("condition `{id}` of decision `{decision}` was due on {day} and is not closed");
        let finding = Finding::new("condition-overdue", at.clone(), message)
            .label("not closed by then")
            .help("record `closed_on` and its evidence, or take the decision again");
        Some(finding.about(id.as_str()))
    });
    findings.collect()
}
