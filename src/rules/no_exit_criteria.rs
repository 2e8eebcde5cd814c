//! Finds milestones of which nobody can say when they are reached.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "no-exit-criteria",
    family: Family::Completeness,
    severity: Severity::Error,
    documentation: include_str!("no_exit_criteria.md"),
    several: Some("{n} milestones have no exit criteria: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let lacking = programme.milestones.iter().filter(|milestone| milestone.exit.criteria.is_empty());
    let findings = lacking.map(|milestone| {
        let id = &milestone.record.id;
        Finding::new("no-exit-criteria", milestone.name.at.clone(), format!("milestone `{id}` has no exit criteria"))
            .label("when is it reached?")
            .help("say what must be so when it is reached, each thing one that can be proved")
            .about(id.as_str())
    });
    findings.collect()
}
