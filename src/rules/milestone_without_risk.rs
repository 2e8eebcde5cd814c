//! Tells of milestones that no risk names, where there is a register of risks.

use std::collections::BTreeSet;

use crate::finding::{Finding, Severity};
use crate::model::id::Id;
use crate::rules::{Family, Rule};
use crate::status::Lifecycle;
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "milestone-without-risk",
    family: Family::Risk,
    severity: Severity::Note,
    documentation: include_str!("milestone_without_risk.md"),
    several: Some("{n} milestones have no risk: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    // Without a register of risks there is nothing to be left out of.
    if programme.risks.is_empty() {
        return Vec::new();
    }
    let named: BTreeSet<&Id> = programme.risks.iter().flat_map(|risk| &risk.milestones).map(|id| &id.value).collect();
    let bare = programme.milestones.iter().filter(|milestone| {
        let lifecycle = standing.milestones.get(&milestone.record.id).map(|standing| standing.lifecycle);
        let over = matches!(lifecycle, Some(Lifecycle::Achieved | Lifecycle::Stopped));
        !over && !named.contains(&milestone.record.id)
    });
    let findings = bare.map(|milestone| {
        let id = &milestone.record.id;
        Finding::new("milestone-without-risk", milestone.name.at.clone(), format!("no risk names milestone `{id}`"))
            .label("nothing can go wrong?")
            .help(format!("add `milestones: [{id}]` to the risks that threaten it"))
            .about(id.as_str())
    });
    findings.collect()
}
