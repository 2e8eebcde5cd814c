//! Finds decisions to go that were taken against readiness and do not say why.

use crate::finding::{Finding, Severity};
use crate::model::id::Id;
use crate::model::milestone::Criterion;
use crate::rules::{Family, Rule, listed};
use crate::source::Span;
use crate::status::facts::Facts;
use crate::status::{GateState, Standing, gate};

pub const RULE: Rule = Rule {
    name: "override-unexplained",
    family: Family::Governance,
    severity: Severity::Error,
    documentation: include_str!("override_unexplained.md"),
    several: Some("{n} decisions to go against readiness do not say why: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for decision in &programme.decisions {
        let id = &decision.record.id;
        for unexplained in decision.overrides.iter().filter(|taken| taken.reason.is_none()) {
            let message = format!("decision `{id}` overrides `{}` and does not say why", unexplained.criterion.value);
            let help = format!("add `reason` beside `criterion: {}`", unexplained.criterion.value);
            findings.push(told(unexplained.criterion.at.clone(), message, help, id));
        }
        let Some(gate) = decision.gate.as_ref().filter(|_| decision.overrides.is_empty()) else { continue };
        let state = standing.milestones.get(&gate.value.milestone).map(|state| state.gate(gate.value.side));
        let overridden = state
            .is_some_and(|state| state.decision.as_ref() == Some(id) && state.state == GateState::PassedByOverride);
        let Some(milestone) = facts.milestones.get(&gate.value.milestone).filter(|_| overridden) else { continue };
        let at = decision.outcome.as_ref().map_or_else(|| gate.at.clone(), |outcome| outcome.at.clone());
        let then = gate::at_decision(facts, milestone, gate.value.side, decision);
        let unmet = then.map(|then| then.unmet).unwrap_or_default();
        findings.push(told(at, format!("decision `{id}` {}", against(&unmet)), help(&unmet), id));
    }
    findings
}

fn against(unmet: &[&Criterion]) -> String {
    let names: Vec<String> = unmet.iter().map(|criterion| format!("`{}`", criterion.id)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    match names.len() {
        0 => "was taken where no mandatory criterion says when the gate is ready, and does not say why".to_string(),
        1 => format!("goes against readiness and does not say why: {} was not met", names[0]),
        _ => format!("goes against readiness and does not say why: {} were not met", listed(&names, "and")),
    }
}

/// The lines to write, one criterion each.
fn help(unmet: &[&Criterion]) -> String {
    let lines = unmet.iter().map(|criterion| format!("{{ criterion: {}, reason: … }}", criterion.id));
    match unmet {
        [] => "add `overrides: [{ criterion: …, reason: … }]`, and give the gate a mandatory criterion".to_string(),
        _ => format!("add `overrides: [{}]`", lines.collect::<Vec<_>>().join(", ")),
    }
}

fn told(at: Span, message: String, help: String, id: &Id) -> Finding {
    Finding::new("override-unexplained", at, message).label("why?").help(help).about(id.as_str())
}
