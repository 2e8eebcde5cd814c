//! Tells of dependencies that no entry criterion says.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "dependency-missing-in-prose",
    family: Family::Consistency,
    severity: Severity::Note,
    documentation: include_str!("dependency_missing_in_prose.md"),
    several: Some("{n} dependencies stand in no entry criterion: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for (milestone, criterion) in programme.criteria().filter(|(_, criterion)| criterion.implied) {
        let Some(named) = criterion.dependency.as_ref().and_then(|dependency| dependency.milestones.first()) else {
            continue;
        };
        let (id, predecessor) = (&milestone.record.id, &named.value);
        let message = format!("milestone `{id}` depends on `{predecessor}`, and no entry criterion says so");
        findings.push(
            Finding::new("dependency-missing-in-prose", named.at.clone(), message)
                .label(format!("taken as the criterion `{}`", criterion.id))
                .help(format!("add the entry criterion `{predecessor} complete`, or say what of it is needed"))
                .about(id.as_str()),
        );
    }
    findings
}
