//! Finds baselines that were written over after a freeze.

use crate::finding::{Finding, Severity};
use crate::model::Programme;
use crate::model::id::Id;
use crate::model::reference::Kind;
use crate::model::window::Window;
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "baseline-changed-without-change-record",
    family: Family::Versions,
    severity: Severity::Error,
    documentation: include_str!("baseline_changed_without_change_record.md"),
    several: Some("{n} baselines were changed without a change record: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let calendar = &programme.settings.calendar;
    let mut findings = Vec::new();
    for milestone in &programme.milestones {
        let id = &milestone.record.id;
        let written = milestone.baseline.as_ref().filter(|baseline| baseline.value.is_understood());
        let frozen = programme.history.first_baseline(id);
        let (Some(written), Some((version, first))) = (written, frozen) else { continue };
        let is_first = is_same(&written.value, &first.anchored(calendar));
        if is_first || approved(programme, id).any(|window| is_same(&written.value, window)) {
            continue;
        }
        let (first, version) = (&first.text, &version.version);
        let message = format!(
            "the baseline of milestone `{id}` was `{first}` in version `{version}`, and no approved change record moves it"
        );
        findings.push(
            Finding::new("baseline-changed-without-change-record", written.at.clone(), message)
                .label(format!("slip still counts from `{first}`"))
                .help(format!(
                    "write `{first}` again, and a change record with `record: {id}`, `field: baseline`, `to`, `reason`, `approver` and `date`"
                ))
                .about(id.as_str()),
        );
    }
    findings
}

/// The baselines that somebody approved for it.
fn approved<'a>(programme: &'a Programme, milestone: &'a Id) -> impl Iterator<Item = &'a Window> {
    let today = programme.settings.data_date.date;
    let changes = programme.changes.iter().filter(move |change| {
        let of = change.of.as_ref().map(|of| &of.value);
        let is_approved = change.approver.is_some() && change.date.as_ref().is_some_and(|date| date.value <= today);
        is_approved && of.is_some_and(|of| of.kind == Kind::Milestone && of.id == *milestone)
    });
    changes.filter_map(|change| change.to_window.as_ref())
}

fn is_same(one: &Window, other: &Window) -> bool {
    (one.start, one.end) == (other.start, other.end) && (one.end.is_some() || one.weeks == other.weeks)
}
