//! Finds milestones that stand outside the chain.

use std::collections::BTreeSet;

use crate::finding::{Finding, Severity};
use crate::model::id::Id;
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "isolated-milestone",
    family: Family::Completeness,
    severity: Severity::Warning,
    documentation: include_str!("isolated_milestone.md"),
    several: Some("{n} milestones depend on nothing and nothing depends on them: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let named: BTreeSet<&Id> =
        programme.milestones.iter().flat_map(|milestone| &milestone.depends_on).map(|id| &id.value).collect();
    // While no milestone names another, the plan has no chain to stand outside of.
    if named.is_empty() {
        return Vec::new();
    }
    let isolated = programme
        .milestones
        .iter()
        .filter(|milestone| milestone.depends_on.is_empty() && !named.contains(&milestone.record.id));
    let findings = isolated.map(|milestone| {
        let id = &milestone.record.id;
        let message = format!("milestone `{id}` depends on nothing, and nothing depends on it");
        Finding::new("isolated-milestone", milestone.name.at.clone(), message)
            .label("stands alone")
            .help("name what it waits for in its entry criteria (`M1 complete`) or in `depends_on`")
            .about(id.as_str())
    });
    findings.collect()
}
