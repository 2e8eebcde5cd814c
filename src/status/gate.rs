//! Where a gate stands: by its decision, its readiness and its date. See design: status (gate state).

use chrono::NaiveDate;

use crate::model::decision::Decision;
use crate::model::milestone::{Criterion, Milestone, Side, Validity};
use crate::model::reference::{Kind, Reference};
use crate::status::criterion::lowered;
use crate::status::facts::{Facts, Files, Moment, day};
use crate::status::passage::{Passage, held_to, passage};
use crate::status::readiness::{Situation, ceiling, permitted, readiness, short_list};
use crate::status::{
    Colour, CriterionState, GateStanding, GateState, Judgement, Readiness, Reason, criterion, decision,
};

/// Where a gate stands today, given what its decision makes of it.
pub fn standing(facts: &Facts, situation: &Situation, passage: Passage) -> GateStanding {
    let readiness = readiness(situation);
    let ceiling = ceiling(facts, situation, readiness);
    let is_late = situation.date.is_some_and(|date| date < facts.today);
    let is_due = situation.date.is_some_and(|date| facts.working_days(facts.today, date) <= situation.lead_days);
    let mended = passage.is_mended();
    let gate = vec![Reference::new(Kind::Milestone, &situation.milestone.record.id)];
    let (state, mut colour, mut reason) = match passage.state {
        Some(state) => (state, passage.colour, passage.reason),
        None if situation.is_plan => (GateState::Pending, Colour::Unknown, plan_reason(situation.date, facts.today)),
        None if passage.is_unread => (GateState::Pending, Colour::Unknown, passage.reason),
        None if situation.date_unread => {
            let sentence = format!("Its date is not understood; {}", lowered(&ceiling.reason.sentence));
            (GateState::Pending, Colour::Unknown, Reason::new("date_unread", sentence, gate))
        }
        None if is_late => {
            let date = situation.date.map_or(String::new(), day);
            let sentence =
                format!("The gate date of {date} has passed without a decision; {}", lowered(&ceiling.reason.sentence));
            (GateState::OverdueDecision, Colour::Red, Reason::new("overdue_decision", sentence, gate))
        }
        None => (GateState::Pending, ceiling.colour, ceiling.reason.clone()),
    };
    let lapsed = lapsed_standing(facts, situation, state);
    if let Some(lapse) = &lapsed
        && lapse.colour > colour
    {
        (colour, reason) = (lapse.colour, lapse.reason.clone());
    }
    let done = |state: CriterionState| matches!(state, CriterionState::Met | CriterionState::NotApplicable);
    GateStanding {
        date: situation.date,
        exists: situation.side == Side::Exit || !situation.milestone.entry.criteria.is_empty(),
        readiness,
        ceiling,
        state,
        colour,
        reason,
        decision: passage.decision.map(|decision| decision.record.id.clone()),
        met: situation.criteria.iter().filter(|(_, state, _)| done(*state)).count(),
        mandatory: situation.criteria.len(),
        evidence_lapsed: lapsed.is_some(),
        mended,
        attempt: decision::recycled(facts, situation.milestone, situation.side) + 1,
        is_due,
        permitted: permitted(readiness),
    }
}

/// How a gate stood on the day of a decision, files taken as accepted.
pub struct AtDecision<'a> {
    pub readiness: Readiness,
    /// Mandatory, and neither met, waived, not applicable nor named by a condition.
    pub unmet: Vec<&'a Criterion>,
}

/// See design: status (which decision counts: at decision). None for a decision without a date.
pub fn at_decision<'a>(
    facts: &Facts<'a>,
    milestone: &'a Milestone,
    side: Side,
    decision: &Decision,
) -> Option<AtDecision<'a>> {
    let then = Moment { date: decision.date.as_ref()?.value, files: Files::AsAccepted };
    let (criteria, _) = held_to(facts, milestone, side, decision);
    let state = |criterion| criterion::state(facts, milestone, side, criterion, then);
    let situation = Situation {
        milestone,
        side,
        date: None,
        date_unread: false,
        lead_days: 0,
        criteria: criteria.into_iter().map(|criterion| (criterion, state(criterion), false)).collect(),
        open_pre_condition: side == Side::Exit && !decision::open_pre_conditions(facts, milestone, then).is_empty(),
        is_plan: false,
    };
    let conditioned = |criterion: &Criterion| {
        let mut named = decision.conditions.iter().filter_map(|condition| condition.criterion.as_ref());
        named.any(|named| named.value == criterion.id)
    };
    let settled = [CriterionState::Met, CriterionState::Waived, CriterionState::NotApplicable];
    let unmet = situation.criteria.iter().filter(|(_, state, _)| !settled.contains(state));
    let unmet = unmet.map(|(criterion, _, _)| *criterion).filter(|criterion| !conditioned(criterion)).collect();
    Some(AtDecision { readiness: readiness(&situation), unmet })
}

/// What a plan says of itself, calmly.
pub fn plan_reason(date: Option<NaiveDate>, today: NaiveDate) -> Reason {
    let ended = date.filter(|date| *date < today).map_or(String::new(), |date| format!("; window ended {}", day(date)));
    Reason::new("plan", format!("A plan: nothing recorded yet{ended}"), Vec::new())
}

/// The overlay on a passed gate whose standing criteria no longer hold. See design: status (overlay).
fn lapsed_standing(facts: &Facts, situation: &Situation, state: GateState) -> Option<Judgement> {
    if !state.is_decided_go() {
        return None;
    }
    let no_longer = |state: CriterionState| matches!(state, CriterionState::Lapsed | CriterionState::Failed);
    let lapsed = situation
        .criteria
        .iter()
        .filter(|(criterion, state, _)| criterion.validity == Validity::Standing && no_longer(*state));
    let lapsed: Vec<&Criterion> = lapsed.map(|(criterion, _, _)| *criterion).collect();
    if lapsed.is_empty() {
        return None;
    }
    let successors = facts.successors(&situation.milestone.record.id).iter();
    let undecided = situation.side == Side::Exit
        && successors.into_iter().any(|successor| {
            let state = |side: Side| passage(facts, successor, side, facts.now()).state;
            let is_stopped = Side::BOTH.into_iter().any(|side| state(side) == Some(GateState::Stopped));
            !is_stopped && !state(Side::Entry).is_some_and(GateState::is_decided_go)
        });
    let colour = if undecided { Colour::Red } else { Colour::Amber };
    let after = if undecided { ", while the entry of a successor is undecided" } else { "" };
    let sentence = format!("Passed, but {} no longer holds{after}", short_list(&lapsed));
    let mut rests_on = vec![Reference::new(Kind::Milestone, &situation.milestone.record.id)];
    rests_on.extend(lapsed.iter().map(|criterion| Reference::new(Kind::Criterion, &criterion.id)));
    Some(Judgement { colour, reason: Reason::new("evidence_lapsed", sentence, rests_on) })
}
