//! Finds open risks whose time is over.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "proximity-passed-while-open",
    family: Family::Risk,
    severity: Severity::Warning,
    documentation: include_str!("proximity_passed_while_open.md"),
    several: Some("{n} risks are open after their proximity: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let settings = &programme.settings;
    let mut findings = Vec::new();
    for risk in programme.risks.iter().filter(|risk| risk.is_open()) {
        let end = risk.proximity_end(&settings.calendar).filter(|end| *end < settings.data_date.date);
        let (Some(proximity), Some(end)) = (&risk.proximity, end) else { continue };
        let id = &risk.record.id;
        let message = format!("risk `{id}` was expected by {end} and is still open");
        findings.push(
            Finding::new("proximity-passed-while-open", proximity.at.clone(), message)
                .label("over")
                .help("close it, make an issue of it if it has happened, or say until when it can happen now")
                .about(id.as_str()),
        );
    }
    findings
}
