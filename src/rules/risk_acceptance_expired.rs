//! Finds risks that were accepted for a time that is over.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "risk-acceptance-expired",
    family: Family::Risk,
    severity: Severity::Warning,
    documentation: include_str!("risk_acceptance_expired.md"),
    several: Some("the acceptance of {n} risks is over: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let today = programme.settings.data_date.date;
    let open = programme.risks.iter().filter(|risk| risk.is_open());
    let expired = open.filter_map(|risk| {
        let until = risk.acceptance.as_ref()?.until.as_ref().filter(|until| until.value < today)?;
        let id = &risk.record.id;
        let message = format!("risk `{id}` was accepted until {}", until.value);
        let finding = Finding::new("risk-acceptance-expired", until.at.clone(), message)
            .label("over")
            .help("have it accepted again, or give it another response");
        Some(finding.about(id.as_str()))
    });
    expired.collect()
}
