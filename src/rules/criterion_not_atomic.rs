//! Finds criteria that are several, and proposes how to split them.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "criterion-not-atomic",
    family: Family::Completeness,
    severity: Severity::Warning,
    documentation: include_str!("criterion_not_atomic.md"),
    several: Some("{n} criteria are several in one: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for (_, criterion) in programme.criteria().filter(|(_, criterion)| !criterion.implied) {
        let parts = criterion.parts();
        if parts.len() < 2 {
            continue;
        }
        let id = &criterion.id;
        let message = format!("criterion `{id}` is {} criteria in one", parts.len());
        findings.push(
            Finding::new("criterion-not-atomic", criterion.text.at.clone(), message)
                .label("met in part is not met")
                .help(format!("write {} criteria: `{}`", parts.len(), parts.join("`; `")))
                .about(id.as_str()),
        );
    }
    findings
}
