//! Finds decisions that the readiness of their gate did not allow.

use crate::finding::{Finding, Severity};
use crate::model::decision::{Decision, Outcome};
use crate::rules::listed;
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;
use crate::status::gate::AtDecision;
use crate::status::{Readiness, decision, gate, readiness};

pub const RULE: Rule = Rule {
    name: "outcome-does-not-fit-readiness",
    family: Family::Governance,
    severity: Severity::Warning,
    documentation: include_str!("outcome_does_not_fit_readiness.md"),
    several: Some("{n} decisions do not fit the readiness of their gate: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for decision in &programme.decisions {
        let (Some(gate), Some(outcome)) = (&decision.gate, &decision.outcome) else { continue };
        let Some(milestone) = facts.milestones.get(&gate.value.milestone).copied() else { continue };
        let side = gate.value.side;
        if decision::obstacle(facts, milestone, side, decision, facts.today).is_some() {
            continue;
        }
        let Some(then) = gate::at_decision(facts, milestone, side, decision) else { continue };
        let Some(fault) = fault(outcome.value, decision, &then) else { continue };
        let id = &decision.record.id;
        let message = format!("decision `{id}` is a {}, and {fault}", outcome.value.word());
        let offered = readiness::permitted(then.readiness);
        let offered: Vec<&str> = offered.into_iter().map(Outcome::word).collect();
        findings.push(
            Finding::new("outcome-does-not-fit-readiness", outcome.at.clone(), message)
                .label("was not on offer")
                .help(format!("what could be decided that day: {}", listed(&offered, "or")))
                .about(id.as_str()),
        );
    }
    findings
}

/// Why the outcome was not one of those that the gate pack offers. See design: status (outcomes the gate pack may offer).
fn fault(outcome: Outcome, decision: &Decision, then: &AtDecision) -> Option<String> {
    let unmet: Vec<String> = then.unmet.iter().map(|criterion| format!("`{}`", criterion.id)).collect();
    let unmet = listed(&unmet.iter().map(String::as_str).collect::<Vec<_>>(), "and");
    let readiness = match then.readiness {
        Readiness::Undefined => "the gate has no mandatory criterion",
        Readiness::NotReady => "what the gate asks for had failed or lapsed",
        Readiness::InProgress => "what the gate asks for was open",
        Readiness::AwaitingAcceptance => "what the gate asks for was not accepted",
        Readiness::ReadyWithWaivers | Readiness::Ready => "the gate was ready",
    };
    if !readiness::permitted(then.readiness).contains(&outcome) {
        return Some(if unmet.is_empty() { readiness.to_string() } else { format!("{readiness}: {unmet}") });
    }
    let uncovered = outcome == Outcome::ConditionalGo && !then.unmet.is_empty();
    (uncovered && decision.overrides.is_empty()).then(|| format!("no condition names {unmet}, which was not met"))
}
