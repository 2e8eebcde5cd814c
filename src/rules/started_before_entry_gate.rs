//! Finds milestones that are worked on before their entry gate is passed.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::finding::{Finding, Severity};
use crate::model::id::Id;
use crate::model::milestone::Milestone;
use crate::rules::{Family, Rule};
use crate::source::Span;
use crate::status::MilestoneStanding;
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "started-before-entry-gate",
    family: Family::Consistency,
    severity: Severity::Warning,
    documentation: include_str!("started_before_entry_gate.md"),
    several: Some("{n} milestones were started before their entry gate was passed: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    // A plan is told calmly: no gate of it was decided yet.
    if standing.programme.is_plan {
        return Vec::new();
    }
    let passed: HashMap<&Id, NaiveDate> = programme
        .decisions
        .iter()
        .filter_map(|decision| Some((&decision.record.id, decision.date.as_ref()?.value)))
        .collect();
    let mut findings = Vec::new();
    for milestone in &programme.milestones {
        let id = &milestone.record.id;
        let Some(state) = standing.milestones.get(id).filter(|state| state.entry.exists) else { continue };
        let go = state.entry.decision.as_ref().filter(|_| state.entry.state.is_decided_go());
        let go = go.and_then(|decision| passed.get(decision).copied());
        let Some((at, how)) = began(milestone, state, standing, facts, go) else { continue };
        let gate = match go {
            Some(date) => format!("its entry gate was passed on {date}"),
            None => "its entry gate is not passed".to_string(),
        };
        findings.push(
            Finding::new("started-before-entry-gate", at, format!("milestone `{id}` {how}, and {gate}"))
                .label("begun")
                .help(format!("have the gate `{id} entry` decided, and record the decision"))
                .about(id.as_str()),
        );
    }
    findings
}

/// What shows that the work began before the go: somebody says so, or something was made for the exit.
fn began(
    milestone: &Milestone,
    state: &MilestoneStanding,
    standing: &Standing,
    facts: &Facts,
    go: Option<NaiveDate>,
) -> Option<(Span, String)> {
    let said = milestone.declared.as_ref().filter(|said| go.is_none() && said.value.is_under_way());
    if let Some(said) = said {
        return Some((said.at.clone(), format!("is said to be `{}`", said.value.said)));
    }
    if state.exit.state.is_decided_go() && go.is_none() {
        return None;
    }
    let criteria = milestone.exit.criteria.iter().filter_map(|criterion| standing.criteria.get(&criterion.id));
    let made = criteria.flat_map(|criterion| &criterion.evidence).filter_map(|id| facts.evidence.get(id));
    let made = made.filter_map(|item| Some((item, item.produced_on.as_ref()?)));
    let (item, produced) = made.min_by_key(|(_, produced)| produced.value)?;
    let early = go.is_none_or(|go| produced.value < go);
    early
        .then(|| (produced.at.clone(), format!("has evidence `{}` for its exit of {}", item.record.id, produced.value)))
}
