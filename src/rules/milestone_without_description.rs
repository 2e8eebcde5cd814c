//! Finds milestones that do not say what they deliver.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "milestone-without-description",
    family: Family::Completeness,
    severity: Severity::Warning,
    documentation: include_str!("milestone_without_description.md"),
    several: Some("{n} milestones have no description: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let lacking = programme.milestones.iter().filter(|milestone| milestone.description.is_none());
    let findings = lacking.map(|milestone| {
        let id = &milestone.record.id;
        Finding::new(
            "milestone-without-description",
            milestone.name.at.clone(),
            format!("milestone `{id}` has no description"),
        )
        .label("what does it deliver?")
        .help("say in a sentence what will be there when it is reached")
        .about(id.as_str())
    });
    findings.collect()
}
