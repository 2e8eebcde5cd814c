//! Finds waivers that are given for longer than a year.

use chrono::Months;

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "waiver-longer-than-12-months",
    family: Family::Governance,
    severity: Severity::Error,
    documentation: include_str!("waiver_longer_than_12_months.md"),
    several: Some("{n} waivers are for longer than 12 months: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for waiver in &programme.waivers {
        let (Some(date), Some(expires)) = (&waiver.date, &waiver.expires_on) else { continue };
        let Some(longest) = date.value.checked_add_months(Months::new(12)).filter(|longest| expires.value > *longest)
        else {
            continue;
        };
        let id = &waiver.record.id;
        findings.push(
            Finding::new(
                "waiver-longer-than-12-months",
                expires.at.clone(),
                format!("waiver `{id}` is for longer than 12 months"),
            )
            .label(format!("{longest} at the latest"))
            .related(date.at.clone(), "from here")
            .help("shorten it, or have the criterion ruled not applicable")
            .about(id.as_str()),
        );
    }
    findings
}
