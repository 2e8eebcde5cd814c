//! Finds windows that end before they start.

use crate::finding::{Finding, Severity};
use crate::model::window::Window;
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "window-reversed",
    family: Family::Time,
    severity: Severity::Error,
    documentation: include_str!("window_reversed.md"),
    several: Some("{n} windows end before they start: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for milestone in &programme.milestones {
        let id = &milestone.record.id;
        let windows = [&milestone.window, &milestone.baseline, &milestone.forecast].into_iter().flatten();
        for window in windows.filter(|window| is_reversed(&window.value)) {
            findings.push(
                Finding::new(
                    "window-reversed",
                    window.at.clone(),
                    format!("the window of milestone `{id}` ends before it starts"),
                )
                .label("ends before it starts")
                .help("write the earlier one first")
                .about(id.as_str()),
            );
        }
    }
    findings
}

fn is_reversed(window: &Window) -> bool {
    let weeks = window.weeks.is_some_and(|(first, last)| last < first);
    weeks || window.start.zip(window.end).is_some_and(|(start, end)| end < start)
}
