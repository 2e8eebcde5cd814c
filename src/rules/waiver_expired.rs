//! Finds waivers whose time is over while their criterion is not met.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::CriterionState;
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "waiver-expired",
    family: Family::Governance,
    severity: Severity::Warning,
    documentation: include_str!("waiver_expired.md"),
    several: Some("{n} waivers have expired: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let today = programme.settings.data_date.date;
    let mut findings = Vec::new();
    for waiver in &programme.waivers {
        let (Some(expires), Some(criterion)) = (&waiver.expires_on, &waiver.criterion) else { continue };
        let state = standing.criteria.get(&criterion.value).map(|standing| standing.state);
        let needed =
            !matches!(state, Some(CriterionState::Met | CriterionState::Waived | CriterionState::NotApplicable));
        if expires.value >= today || !needed {
            continue;
        }
        let id = &waiver.record.id;
        let message =
            format!("waiver `{id}` expired on {}, and criterion `{}` is not met", expires.value, criterion.value);
        findings.push(
            Finding::new("waiver-expired", expires.at.clone(), message)
                .label("over")
                .help(format!("prove `{}`, or have a new waiver approved", criterion.value))
                .about(id.as_str()),
        );
    }
    findings
}
