//! Finds windows in weeks where no calendar says when week 1 is.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "no-calendar-anchor",
    family: Family::Time,
    severity: Severity::Warning,
    documentation: include_str!("no_calendar_anchor.md"),
    several: None,
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    if programme.settings.calendar.week_1.is_some() {
        return Vec::new();
    }
    let windows = programme.milestones.iter().filter_map(|milestone| milestone.forecast_window());
    let mut floating = windows.filter(|window| window.value.grain.is_some() && window.value.end.is_none());
    let Some(first) = floating.next() else { return Vec::new() };
    let others = floating.count();
    let more = if others == 0 { String::new() } else { format!(", as have {others} more") };
    let message = format!("`{}` has no dates{more}: nothing says when week 1 is", first.value.text);
    let finding = Finding::new("no-calendar-anchor", first.at.clone(), message)
        .label("which days are these?")
        .help("add `calendar: { week_1: 2026-02-02 }` to programme.yaml, with the Monday of your first week");
    vec![finding]
}
