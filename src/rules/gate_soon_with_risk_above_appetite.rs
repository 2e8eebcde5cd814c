//! Finds gates inside their lead time whose milestone has a risk above appetite.

use std::collections::HashMap;

use crate::finding::{Finding, Severity};
use crate::model::id::Id;
use crate::model::milestone::{Milestone, Side};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;
use crate::status::{GateStanding, GateState};

pub const RULE: Rule = Rule {
    name: "gate-soon-with-risk-above-appetite",
    family: Family::Risk,
    severity: Severity::Warning,
    documentation: include_str!("gate_soon_with_risk_above_appetite.md"),
    several: Some("{n} risks are above appetite, and a gate is soon: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    // A plan is told calmly: nobody is about to decide anything.
    if standing.programme.is_plan {
        return Vec::new();
    }
    let soon: HashMap<&Id, String> = programme.milestones.iter().filter_map(|one| soon(one, standing)).collect();
    let mut findings = Vec::new();
    for risk in &programme.risks {
        let id = &risk.record.id;
        let Some(state) = standing.risks.get(id).filter(|state| state.above_appetite) else { continue };
        let Some(score) = state.score else { continue };
        for (milestone, gate) in risk.milestones.iter().filter_map(|of| Some((of, soon.get(&of.value)?))) {
            let message = format!("risk `{id}` scores {score}, the appetite is {}, and {gate}", state.appetite);
            findings.push(
                Finding::new("gate-soon-with-risk-above-appetite", milestone.at.clone(), message)
                    .label("a gate is soon")
                    .related(risk.title.at.clone(), "the risk")
                    .help("bring it below the appetite, or take it to the board that decides the gate")
                    .about(id.as_str()),
            );
        }
    }
    findings
}

/// The gate of a milestone that is to be decided next, where it is inside its lead time.
fn soon<'a>(milestone: &'a Milestone, standing: &Standing) -> Option<(&'a Id, String)> {
    let id = &milestone.record.id;
    let state = standing.milestones.get(id)?;
    let is_open = |gate: &GateStanding| gate.exists && !gate.state.is_decided_go();
    let side = Side::BOTH.into_iter().find(|side| is_open(state.gate(*side)))?;
    let gate = state.gate(side);
    let date = gate.date.filter(|_| gate.is_due && gate.state != GateState::Stopped)?;
    Some((id, format!("the gate `{id} {}` is on {date}", side.word())))
}
