//! Finds milestones that are nobody's.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "milestone-without-owner",
    family: Family::Completeness,
    severity: Severity::Error,
    documentation: include_str!("milestone_without_owner.md"),
    several: Some("{n} milestones have no owner: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let lacking = programme.milestones.iter().filter(|milestone| milestone.owner.is_none());
    let findings = lacking.map(|milestone| {
        let id = &milestone.record.id;
        Finding::new("milestone-without-owner", milestone.name.at.clone(), format!("milestone `{id}` has no owner"))
            .label("whose is it?")
            .help("add an `Owner` column, or `owner:` in a file of its own")
            .about(id.as_str())
    });
    findings.collect()
}
