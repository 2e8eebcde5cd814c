//! Gates that wait for a decision, and what may be decided of them today.

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::milestone::{GateName, Milestone, Side};
use crate::site::decisions::{gate_name, gate_state};
use crate::site::material::{Day, Mark, Material, Sentence, code};
use crate::status::{Colour, GateState};

#[derive(Debug, Clone, Serialize)]
pub struct Pending {
    pub gate: Sentence,
    pub name: String,
    pub due: Day,
    pub distance: String,
    pub is_late: bool,
    pub mark: Mark,
    pub reason: Sentence,
    pub who: String,
    /// Whose it is, as the filters take it; see `Material::whose`.
    pub whose: String,
    pub permitted: String,
}

/// The current gate of every milestone that is neither stopped nor through, soonest first; those without a date last.
pub fn of(material: &Material) -> Vec<Pending> {
    let gates = material.programme.milestones.iter().filter_map(|milestone| current(material, milestone));
    let mut gates: Vec<(Option<NaiveDate>, Pending)> = gates.collect();
    gates.sort_by_key(|(date, _)| (date.is_none(), *date));
    gates.into_iter().map(|(_, pending)| pending).collect()
}

fn current(material: &Material, milestone: &Milestone) -> Option<(Option<NaiveDate>, Pending)> {
    let standing = material.standing.milestones.get(&milestone.record.id)?;
    let is_through = !standing.entry.exists || standing.entry.state.is_decided_go();
    let side = if is_through { Side::Exit } else { Side::Entry };
    let gate = standing.gate(side);
    if standing.colour == Colour::Stopped || gate.state.is_decided_go() || gate.state == GateState::Stopped {
        return None;
    }
    let words = material.words;
    let outcomes: Vec<String> = gate.permitted.iter().map(|outcome| words.of("outcome", &code(outcome))).collect();
    let name = GateName { milestone: milestone.record.id.clone(), side };
    let pending = Pending {
        gate: gate_name(material, Some(&name)),
        name: milestone.name.value.clone(),
        due: material.day_or(gate.date, &words.say("decisions.no_date")),
        distance: gate.date.map(|date| material.distance(date)).unwrap_or_default(),
        is_late: gate.date.is_some_and(|date| date < material.data_date()),
        mark: gate_state(material, gate).told_at(material.gate(&milestone.record.id, side)),
        reason: material.reason_without(&gate.reason, &milestone.record.id),
        whose: material.whose([&milestone.gate(side).authority]),
        who: material.called(&milestone.gate(side).authority).unwrap_or_else(|| words.say("status.no_authority")),
        permitted: words.list(&outcomes),
    };
    Some((gate.date, pending))
}
