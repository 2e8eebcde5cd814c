//! Finds actions against risks that should have been done.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "action-overdue",
    family: Family::Risk,
    severity: Severity::Warning,
    documentation: include_str!("action_overdue.md"),
    several: Some("{n} actions are overdue: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let today = programme.settings.data_date.date;
    let open = programme.risks.iter().filter(|risk| risk.is_open());
    let actions = open.flat_map(|risk| risk.actions.iter().map(move |action| (risk, action)));
    let overdue = actions.filter_map(|(risk, action)| {
        let due = action.due.as_ref().filter(|due| action.done_on.is_none() && due.value < today)?;
        let id = &risk.record.id;
        let days = (today - due.value).num_days();
        let message = format!("an action of risk `{id}` was due on {}: {}", due.value, action.text.value);
        let finding = Finding::new("action-overdue", due.at.clone(), message)
            .label(format!("{days} days ago"))
            .help("record `done_on`, or agree a new date with its actionee");
        Some(finding.about(id.as_str()))
    });
    overdue.collect()
}
