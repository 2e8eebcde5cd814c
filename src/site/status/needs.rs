//! What the programme needs its board to decide, soonest first.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use crate::model::milestone::{Milestone, Side};
use crate::model::reference::{Kind, Reference};
use crate::site::material::{Day, Material, Sentence, code};
use crate::site::pack;
use crate::status::{Colour, GateStanding, GateState};

#[derive(Debug, Clone, Serialize)]
pub struct Need {
    pub day: Option<Day>,
    pub distance: String,
    pub what: Sentence,
    pub who: String,
    pub why: Sentence,
    /// What may be decided; left out in print, where the gate pack says it.
    pub open: String,
    /// Where the pack of the gate is.
    pub pack: Option<String>,
}

/// Gates to decide that are due or past, or come within 30 days; risks above appetite that nobody answers in time.
pub fn of(material: &Material) -> Vec<Need> {
    if material.standing.programme.is_plan {
        return Vec::new();
    }
    let mut needs: Vec<(Option<NaiveDate>, Need)> = Vec::new();
    for milestone in &material.programme.milestones {
        needs.extend(Side::BOTH.into_iter().filter_map(|side| gate(material, milestone, side)));
    }
    needs.extend(risks(material));
    needs.sort_by_key(|(date, _)| (date.is_none(), *date));
    needs.into_iter().map(|(_, need)| need).collect()
}

fn gate(material: &Material, milestone: &Milestone, side: Side) -> Option<(Option<NaiveDate>, Need)> {
    let id = &milestone.record.id;
    let standing = material.standing.milestones.get(id).filter(|standing| standing.colour != Colour::Stopped)?;
    let gate = standing.gate(side);
    let is_open =
        matches!(gate.state, GateState::Pending | GateState::OverdueDecision | GateState::Held | GateState::Recycled);
    // The exit is not asked for while the entry is undecided.
    let is_current = side == Side::Entry || !standing.entry.exists || standing.entry.state.is_decided_go();
    let until = material.data_date() + Days::new(30);
    let date = gate.date.filter(|date| *date <= until)?;
    if !gate.exists || !is_open || !is_current {
        return None;
    }
    let side_word = material.words.of("side", side.word());
    let question = material.words.fill("status.gate_question", &[("milestone", id.as_str()), ("side", &side_word)]);
    let who =
        material.called(&milestone.gate(side).authority).unwrap_or_else(|| material.words.say("status.no_authority"));
    let need = Need {
        day: Some(material.day(date)),
        distance: material.distance(date),
        what: material.sentence(&question, &[Reference::new(Kind::Milestone, id)]),
        who,
        why: material.reason_without(&gate.reason, id),
        open: open_today(material, gate),
        pack: pack::link(material, milestone, side),
    };
    Some((Some(date), need))
}

/// "Open today: conditional go, hold and kill".
fn open_today(material: &Material, gate: &GateStanding) -> String {
    let outcomes: Vec<String> =
        gate.permitted.iter().map(|outcome| material.words.of("outcome", &code(outcome))).collect();
    if outcomes.is_empty() {
        return String::new();
    }
    material.words.fill("status.permitted", &[("outcomes", &material.words.list(&outcomes))])
}

fn risks(material: &Material) -> Vec<(Option<NaiveDate>, Need)> {
    let unanswered = material.programme.risks.iter().filter(|risk| {
        let standing = material.standing.risks.get(&risk.record.id);
        risk.is_open() && standing.is_some_and(|standing| standing.above_appetite && !standing.response_in_date)
    });
    let needs = unanswered.map(|risk| {
        let id = &risk.record.id;
        let record = [Reference::new(Kind::Risk, id)];
        let question =
            material.words.fill("status.risk_question", &[("risk", id.as_str()), ("title", &risk.title.value)]);
        let why = material.standing.risks.get(id).map(|standing| material.reason(&standing.reason)).unwrap_or_default();
        let who = material.called(&risk.owner).unwrap_or_else(|| material.words.say("nobody"));
        (
            None,
            Need {
                day: None,
                distance: String::new(),
                what: material.sentence(&question, &record),
                who,
                why,
                open: String::new(),
                pack: None,
            },
        )
    });
    needs.collect()
}
