//! Finds gates whose date is not one of their milestone's window.

use chrono::NaiveDate;

use crate::finding::{Finding, Severity};
use crate::model::milestone::{Milestone, Side};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "gate-outside-window",
    family: Family::Time,
    severity: Severity::Warning,
    documentation: include_str!("gate_outside_window.md"),
    several: Some("{n} gates lie outside of their windows: {subjects}"),
    check: Some(check),
};

/// A board meets within so many working days before the work begins, or after it ends.
const BESIDE: i64 = 10;

fn check(facts: &Facts, standing: &Standing) -> Vec<Finding> {
    let mut findings = Vec::new();
    for milestone in &facts.programme.milestones {
        let id = &milestone.record.id;
        let Some(state) = standing.milestones.get(id) else { continue };
        for side in Side::BOTH.into_iter().filter(|side| state.gate(*side).exists) {
            let Some(date) = &milestone.gate(side).date else { continue };
            let Some(where_it_lies) = outside(facts, milestone, side, date.value) else { continue };
            let name = format!("{id} {}", side.word());
            let message = format!("the gate `{name}` is on {}, {where_it_lies}", date.value);
            let finding = Finding::new("gate-outside-window", date.at.clone(), message).label("not of its window");
            let help = "correct the date, or move the window: what is decided late is shown as late";
            findings.push(finding.help(help).about(name));
        }
    }
    findings
}

/// How a date lies to the window of its milestone; None where it is one of it.
fn outside(facts: &Facts, milestone: &Milestone, side: Side, date: NaiveDate) -> Option<&'static str> {
    let window = &milestone.forecast_window()?.value;
    let exit = milestone.exit.date.as_ref().map(|exit| exit.value);
    let before = |first: Option<NaiveDate>| first.is_some_and(|first| date < first);
    let after = |last: Option<NaiveDate>| last.is_some_and(|last| date > last);
    let early = window.start.is_some_and(|start| facts.working_days(date, start) > BESIDE);
    let late = window.end.is_some_and(|end| facts.working_days(end, date) > BESIDE);
    match side {
        Side::Entry if after(exit) => Some("after its exit gate"),
        Side::Entry if after(window.end) => Some("after the end of its window"),
        Side::Entry if early => Some("long before its window begins"),
        Side::Exit if before(window.start) => Some("before its window begins"),
        Side::Exit if late => Some("long after the end of its window"),
        _ => None,
    }
}
