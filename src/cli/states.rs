//! States and their reasons for other programs: one of each thing that has a state, beside the findings.

use serde::Serialize;

use crate::model::id::Id;
use crate::model::milestone::Side;
use crate::status::{Colour, Reason};
use crate::version::Snapshot;

/// Where one thing stands, and why.
#[derive(Debug, Serialize)]
pub struct State<'a> {
    /// `programme`, `milestone`, `gate`, `criterion`, `evidence`, `decision`, `condition`, `waiver`, `risk`.
    kind: &'static str,
    /// A gate's is that of its milestone and its side: `M2 exit`. The programme has none.
    id: Option<String>,
    state: String,
    /// None of what has no colour.
    colour: Option<Colour>,
    reason: &'a Reason,
}

/// The programme first; then milestone by milestone its gates and their criteria; then the registers, each in the author's
/// order.
pub fn states(snapshot: &Snapshot) -> Vec<State<'_>> {
    let (programme, standing) = (&snapshot.programme, &snapshot.standing);
    let own = &standing.programme;
    let mut states =
        vec![State { id: None, ..state("programme", &Id::new(""), own.colour, Some(own.colour), &own.reason) }];
    for milestone in &programme.milestones {
        let id = &milestone.record.id;
        let Some(of_it) = standing.milestones.get(id) else { continue };
        states.push(state("milestone", id, of_it.colour, Some(of_it.colour), &of_it.reason));
        for side in Side::BOTH {
            let gate = of_it.gate(side);
            if !gate.exists {
                continue;
            }
            let name = Id::new(&format!("{id} {}", side.word()));
            states.push(state("gate", &name, gate.state, Some(gate.colour), &gate.reason));
            for criterion in &milestone.gate(side).criteria {
                let of_it = standing.criteria.get(&criterion.id);
                states.extend(of_it.map(|it| state("criterion", &criterion.id, it.state, Some(it.mark), &it.reason)));
            }
        }
    }
    states.extend(programme.evidence.iter().filter_map(|item| {
        let of_it = standing.evidence.get(&item.record.id)?;
        Some(state("evidence", &item.record.id, of_it.state, None, &of_it.reason))
    }));
    for decision in &programme.decisions {
        let id = &decision.record.id;
        let word = |counts| if counts { "counts" } else { "does_not_count" };
        let of_it = standing.decisions.get(id);
        states.extend(of_it.map(|it| state("decision", id, word(it.counts), None, &it.reason)));
        for condition in &decision.conditions {
            let of_it = standing.conditions.get(&condition.id);
            states.extend(of_it.map(|it| state("condition", &condition.id, it.state, None, &it.reason)));
        }
    }
    states.extend(programme.waivers.iter().filter_map(|waiver| {
        let of_it = standing.waivers.get(&waiver.record.id)?;
        let word = if of_it.in_force { "in_force" } else { "not_in_force" };
        Some(state("waiver", &waiver.record.id, word, None, &of_it.reason))
    }));
    states.extend(programme.risks.iter().filter_map(|risk| {
        let of_it = standing.risks.get(&risk.record.id)?;
        let word = if of_it.above_appetite { "above_appetite" } else { "within_appetite" };
        Some(state("risk", &risk.record.id, word, Some(of_it.colour), &of_it.reason))
    }));
    states
}

/// `word` is written as data has it: `awaiting_acceptance`.
fn state<'a>(
    kind: &'static str,
    id: &Id,
    word: impl Serialize,
    colour: Option<Colour>,
    reason: &'a Reason,
) -> State<'a> {
    let word = serde_json::to_value(word).expect("states are words");
    let word = word.as_str().unwrap_or_default().to_string();
    State { kind, id: Some(id.to_string()), state: word, colour, reason }
}
