//! Finds decisions to go that were taken against readiness and do not say why.

use crate::finding::{Finding, Severity};
use crate::model::id::Id;
use crate::rules::{Family, Rule};
use crate::source::Span;
use crate::status::GateState;
use crate::status::Standing;
use crate::status::facts::Facts;

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
            findings.push(told(unexplained.criterion.at.clone(), message, id));
        }
        let Some(gate) = decision.gate.as_ref().filter(|_| decision.overrides.is_empty()) else { continue };
        let state = standing.milestones.get(&gate.value.milestone).map(|state| state.gate(gate.value.side));
        let overridden = state
            .is_some_and(|state| state.decision.as_ref() == Some(id) && state.state == GateState::PassedByOverride);
        if overridden {
            let at = decision.outcome.as_ref().map_or_else(|| gate.at.clone(), |outcome| outcome.at.clone());
            findings.push(told(at, format!("decision `{id}` goes against readiness and does not say why"), id));
        }
    }
    findings
}

fn told(at: Span, message: String, id: &Id) -> Finding {
    Finding::new("override-unexplained", at, message)
        .label("why?")
        .help("add `overrides: [{ criterion: …, reason: … }]` for each criterion that was not met")
        .about(id.as_str())
}
