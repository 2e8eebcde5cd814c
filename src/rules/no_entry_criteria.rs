//! Finds milestones that may be started by anybody at any time.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "no-entry-criteria",
    family: Family::Completeness,
    severity: Severity::Error,
    documentation: include_str!("no_entry_criteria.md"),
    several: Some("{n} milestones have no entry criteria: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let lacking = programme.milestones.iter().filter(|milestone| milestone.entry.criteria.is_empty());
    let findings = lacking.map(|milestone| {
        let id = &milestone.record.id;
        Finding::new("no-entry-criteria", milestone.name.at.clone(), format!("milestone `{id}` has no entry criteria"))
            .label("what must be so before it starts?")
            .help("say what must be so before it starts, `M1 complete` at least")
            .about(id.as_str())
    });
    findings.collect()
}
