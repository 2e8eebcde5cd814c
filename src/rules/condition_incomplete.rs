//! Finds conditions that nobody can be held to.

use crate::finding::{Finding, Severity};
use crate::rules::listed;
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "condition-incomplete",
    family: Family::Governance,
    severity: Severity::Error,
    documentation: include_str!("condition_incomplete.md"),
    several: Some("{n} conditions are incomplete: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let conditions = programme.decisions.iter().flat_map(|decision| &decision.conditions);
    let findings = conditions.filter_map(|condition| {
        let fields = [
            (condition.text.is_none() && condition.criterion.is_none(), "`text`"),
            (condition.owner.is_none(), "`owner`"),
            (condition.due.is_none(), "`due`"),
        ];
        let missing: Vec<&str> = fields.into_iter().filter_map(|(missing, field)| missing.then_some(field)).collect();
        if missing.is_empty() {
            return None;
        }
        let id = &condition.id;
        let at = condition.text.as_ref().map_or(&condition.at, |text| &text.at);
        let message = format!("condition `{id}` has no {}", listed(&missing, "or"));
        let finding = Finding::new("condition-incomplete", at.clone(), message).label("incomplete");
        Some(finding.help(format!("add {}", listed(&missing, "and"))).about(id.as_str()))
    });
    findings.collect()
}
