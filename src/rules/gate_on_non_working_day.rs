//! Tells of gates on a weekend or a holiday.

use crate::finding::{Finding, Severity};
use crate::model::Programme;
use crate::model::milestone::Side;
use crate::rules::{Family, Rule};
use crate::status::Standing;

pub const RULE: Rule = Rule {
    name: "gate-on-non-working-day",
    family: Family::Time,
    severity: Severity::Note,
    documentation: include_str!("gate_on_non_working_day.md"),
    several: Some("{n} gates fall on a day off: {subjects}"),
    check: Some(check),
};

fn check(programme: &Programme, _standing: &Standing) -> Vec<Finding> {
    let mut findings = Vec::new();
    for milestone in &programme.milestones {
        for side in Side::BOTH {
            let Some(date) = &milestone.gate(side).date else { continue };
            if programme.settings.calendar.is_working(date.value) {
                continue;
            }
            let name = format!("{} {}", milestone.record.id, side.word());
            let before = programme.settings.calendar.working_until(date.value);
            findings.push(
                Finding::new(
                    "gate-on-non-working-day",
                    date.at.clone(),
                    format!("the gate `{name}` is on {}, when nobody works", date.value),
                )
                .label("a day off")
                .help(format!("the last working day before it is {before}"))
                .about(name),
            );
        }
    }
    findings
}
