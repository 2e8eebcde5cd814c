//! Finds criteria that stand twice at one gate.

use std::collections::BTreeMap;

use crate::finding::{Finding, Severity};
use crate::model::milestone::{Criterion, Side};
use crate::model::settings::fold;
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "duplicate-criterion",
    family: Family::Completeness,
    severity: Severity::Warning,
    documentation: include_str!("duplicate_criterion.md"),
    several: Some("{n} criteria stand twice at their gate: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for milestone in &programme.milestones {
        for side in Side::BOTH {
            let mut seen: BTreeMap<String, &Criterion> = BTreeMap::new();
            for criterion in &milestone.gate(side).criteria {
                let Some(first) = seen.insert(fold(&criterion.text.value), criterion) else { continue };
                findings.push(told(criterion, first));
            }
        }
    }
    findings
}

fn told(criterion: &Criterion, first: &Criterion) -> Finding {
    let message = format!("criterion `{}` says the same as `{}`", criterion.id, first.id);
    Finding::new("duplicate-criterion", criterion.text.at.clone(), message)
        .label("said before")
        .related(first.text.at.clone(), "here")
        .help("take one of them away, or say what is different")
        .about(criterion.id.as_str())
}
