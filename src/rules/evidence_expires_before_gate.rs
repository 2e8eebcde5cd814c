//! Finds evidence that will have expired when its gate is decided.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::finding::{Finding, Severity};
use crate::model::Programme;
use crate::model::evidence::Evidence;
use crate::model::id::Id;
use crate::model::milestone::{Milestone, Side};
use crate::rules::{Family, Rule};
use crate::source::Spanned;
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "evidence-expires-before-gate",
    family: Family::Evidence,
    severity: Severity::Warning,
    documentation: include_str!("evidence_expires_before_gate.md"),
    several: Some("{n} items of evidence expire before their gate: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let today = programme.settings.data_date.date;
    let mut findings = Vec::new();
    let gates = gates(programme, standing);
    for evidence in &programme.evidence {
        let Some(expires) = evidence.expires_on.as_ref().filter(|expires| expires.value >= today) else { continue };
        for (milestone, side, date) in evidence.proves.iter().filter_map(|proof| gates.get(&proof.criterion.value)) {
            if expires.value < *date {
                findings.push(told(evidence, expires, &format!("{} {}", milestone.record.id, side.word())));
            }
        }
    }
    findings
}

/// The gates that have a date and are not passed, by criterion. A gate that is found twice is told once: see `judge`.
fn gates<'a>(programme: &'a Programme, standing: &Standing) -> HashMap<&'a Id, (&'a Milestone, Side, NaiveDate)> {
    let mut gates = HashMap::new();
    for milestone in &programme.milestones {
        for side in Side::BOTH {
            let gate = standing.milestones.get(&milestone.record.id).map(|state| state.gate(side));
            let Some(date) = gate.filter(|gate| !gate.state.is_decided_go()).and_then(|gate| gate.date) else {
                continue;
            };
            gates
                .extend(milestone.gate(side).criteria.iter().map(|criterion| (&criterion.id, (milestone, side, date))));
        }
    }
    gates
}

fn told(evidence: &Evidence, expires: &Spanned<NaiveDate>, gate: &str) -> Finding {
    let id = &evidence.record.id;
    let message = format!("evidence `{id}` expires on {}, before the gate `{gate}`", expires.value);
    Finding::new("evidence-expires-before-gate", expires.at.clone(), message)
        .label("over before the gate")
        .help("plan to renew it: at the gate it will not count")
        .about(id.as_str())
}
