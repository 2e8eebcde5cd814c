//! Finds milestones that are later than what follows them bears.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "negative-float",
    family: Family::Time,
    severity: Severity::Warning,
    documentation: include_str!("negative_float.md"),
    several: Some("{n} milestones have negative float: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for milestone in &programme.milestones {
        let id = &milestone.record.id;
        let schedule = standing.milestones.get(id).map(|standing| &standing.schedule);
        // In a plan a window that is over says nothing yet, and the float after it neither.
        let over = |date: chrono::NaiveDate| standing.programme.is_plan && date < programme.settings.data_date.date;
        let open = schedule.filter(|schedule| schedule.actual.is_none() && !schedule.exit_gate_date.is_some_and(over));
        let Some(float) = open.and_then(|schedule| schedule.total_float).filter(|float| *float < 0) else { continue };
        let days = if float == -1 { "-1 working day" } else { &format!("{float} working days") };
        let at = milestone.forecast_window().map_or(&milestone.name.at, |window| &window.at);
        findings.push(
            Finding::new("negative-float", at.clone(), format!("milestone `{id}` has a float of {days}"))
                .label("too late for what follows")
                .help("bring it forward, or move what waits for it: as planned, a later gate or the end is missed")
                .about(id.as_str()),
        );
    }
    findings
}
