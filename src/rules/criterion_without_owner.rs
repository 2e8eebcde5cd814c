//! Finds criteria that nobody has to see met.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "criterion-without-owner",
    family: Family::Completeness,
    severity: Severity::Warning,
    documentation: include_str!("criterion_without_owner.md"),
    several: Some("{n} criteria have no owner: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let lacking = programme.criteria().filter(|(milestone, criterion)| {
        !criterion.implied
            && criterion.owner.is_none()
            && milestone.owner.is_none()
            && criterion.not_applicable.is_none()
    });
    let findings = lacking.map(|(_, criterion)| {
        let id = &criterion.id;
        Finding::new("criterion-without-owner", criterion.text.at.clone(), format!("criterion `{id}` has no owner"))
            .label("who sees to it?")
            .help("give the milestone an owner, who then has its criteria too, or the criterion one of its own")
            .about(id.as_str())
    });
    findings.collect()
}
