//! Tells of gates on a weekend or a holiday.

use crate::finding::{Finding, Severity};
use crate::model::milestone::Side;
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "gate-on-non-working-day",
    family: Family::Time,
    severity: Severity::Note,
    documentation: include_str!("gate_on_non_working_day.md"),
    several: Some("{n} gates fall on a day off: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let calendar = &programme.settings.calendar;
    let mut findings = Vec::new();
    for milestone in &programme.milestones {
        let Some(state) = standing.milestones.get(&milestone.record.id) else { continue };
        for side in Side::BOTH {
            let gate = state.gate(side);
            let Some(date) = gate.date.filter(|date| gate.exists && !calendar.is_working(*date)) else { continue };
            let written = milestone.gate(side).date.as_ref().map(|date| &date.at);
            let at = written.or(milestone.forecast_window().map(|window| &window.at)).unwrap_or(&milestone.name.at);
            let name = format!("{} {}", milestone.record.id, side.word());
            let message = format!("the gate `{name}` is on {date}, when nobody works");
            findings.push(
                Finding::new("gate-on-non-working-day", at.clone(), message)
                    .label("a day off")
                    .help(format!("the last working day before it is {}", calendar.working_until(date)))
                    .about(name),
            );
        }
    }
    findings
}
