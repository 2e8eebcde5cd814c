//! How ready a gate is, and where it stands by that, its date and its decision. See design: status (readiness, gate state).

use chrono::NaiveDate;

use crate::model::decision::{Decision, Outcome};
use crate::model::milestone::{Criterion, Milestone, Side, Validity};
use crate::model::reference::{Kind, Reference};
use crate::status::criterion::lowered;
use crate::status::facts::{Facts, Files, Moment, day, listed, working_days};
use crate::status::passage::{Passage, held_to, passage};
use crate::status::{
    Colour, CriterionState, GateStanding, GateState, Judgement, Readiness, Reason, criterion, decision,
};

/// Working days before a gate in which what is missing is amber: the lesser of 5 and a quarter of the window, at least 1.
/// See design: status (lead time).
pub fn lead_days(facts: &Facts, milestone: &Milestone) -> i64 {
    let window = milestone.forecast_window().map(|window| &window.value);
    let length = window.and_then(|window| {
        let (start, end) = (window.start?, window.end?);
        Some(facts.working_days(facts.programme.settings.calendar.add_working_days(start, -1), end))
    });
    length.map_or(5, |days| ((days + 3) / 4).clamp(1, 5))
}

/// What a gate is judged by.
pub struct Situation<'a> {
    pub milestone: &'a Milestone,
    pub side: Side,
    pub date: Option<NaiveDate>,
    pub lead_days: i64,
    /// State of each mandatory criterion, in order; with whether it is overdue.
    pub criteria: Vec<(&'a Criterion, CriterionState, bool)>,
    /// For an exit gate: an open condition of the entry gate that comes first.
    pub open_pre_condition: bool,
    pub is_plan: bool,
}

/// Where a gate stands today, given what its decision makes of it.
pub fn standing(facts: &Facts, situation: &Situation, passage: Passage) -> GateStanding {
    let readiness = readiness(situation);
    let ceiling = ceiling(facts, situation, readiness);
    let is_late = situation.date.is_some_and(|date| date < facts.today);
    let is_due = situation.date.is_some_and(|date| facts.working_days(facts.today, date) <= situation.lead_days);
    let gate = vec![Reference::new(Kind::Milestone, &situation.milestone.record.id)];
    let (state, mut colour, mut reason) = match passage.state {
        Some(state) => (state, passage.colour, passage.reason),
        None if situation.is_plan => (GateState::Pending, Colour::Unknown, plan_reason(situation.date, facts.today)),
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

/// See design: status (readiness).
pub fn readiness(situation: &Situation) -> Readiness {
    let any = |wanted: &[CriterionState]| situation.criteria.iter().any(|(_, state, _)| wanted.contains(state));
    let all_not_applicable = situation.criteria.iter().all(|(_, state, _)| *state == CriterionState::NotApplicable);
    if all_not_applicable {
        Readiness::Undefined
    } else if any(&[CriterionState::Failed, CriterionState::Lapsed]) {
        Readiness::NotReady
    } else if any(&[CriterionState::Open]) || situation.open_pre_condition {
        Readiness::InProgress
    } else if any(&[CriterionState::Submitted]) {
        Readiness::AwaitingAcceptance
    } else if any(&[CriterionState::Waived]) {
        Readiness::ReadyWithWaivers
    } else {
        Readiness::Ready
    }
}

fn ceiling(facts: &Facts, situation: &Situation, readiness: Readiness) -> Judgement {
    let total = situation.criteria.len();
    let in_state = |wanted: &[CriterionState]| -> Vec<&Criterion> {
        let found = situation.criteria.iter().filter(|(_, state, _)| wanted.contains(state));
        found.map(|(criterion, _, _)| *criterion).collect()
    };
    let side = situation.side.word();
    let told = |colour: Colour, code: &str, sentence: String, criteria: &[&Criterion]| {
        let mut rests_on = vec![Reference::new(Kind::Milestone, &situation.milestone.record.id)];
        rests_on.extend(criteria.iter().map(|criterion| Reference::new(Kind::Criterion, &criterion.id)));
        Judgement { colour, reason: Reason::new(code, sentence, rests_on) }
    };
    let names = |criteria: &[&Criterion]| short_list(criteria);
    match readiness {
        Readiness::Undefined => {
            told(Colour::Unknown, "undefined", format!("The {side} gate has no mandatory criterion"), &[])
        }
        Readiness::NotReady => {
            let bad = in_state(&[CriterionState::Failed, CriterionState::Lapsed]);
            let near = situation.date.is_some_and(|date| (date - facts.today).num_days() <= 30);
            let colour = if near { Colour::Red } else { Colour::Amber };
            let sentence = format!("{} failed or lapsed: {}", of_total(bad.len(), total, side), names(&bad));
            told(colour, "not_ready", sentence, &bad)
        }
        Readiness::InProgress | Readiness::AwaitingAcceptance => {
            let waiting = readiness == Readiness::AwaitingAcceptance;
            let wanted = if waiting { CriterionState::Submitted } else { CriterionState::Open };
            let missing = in_state(&[wanted]);
            let (colour, when) = pending_colour(facts, situation);
            if !waiting && missing.len() == total && total > 1 {
                let sentence = format!("None of the {total} mandatory {side} criteria is met yet{when}");
                return told(colour, "in_progress", sentence, &[]);
            }
            let what = match (waiting, missing.is_empty()) {
                (true, _) => format!(
                    "{} {} independent acceptance",
                    of_total(missing.len(), total, side),
                    await_verb(missing.len())
                ),
                (false, true) => "An entry condition that comes first is open".to_string(),
                (false, false) => format!("{} open", of_total(missing.len(), total, side)),
            };
            let named = if missing.is_empty() { String::new() } else { format!(": {}", names(&missing)) };
            let code = if waiting { "awaiting_acceptance" } else { "in_progress" };
            told(colour, code, format!("{what}{named}{when}"), &missing)
        }
        Readiness::ReadyWithWaivers => {
            let waived = in_state(&[CriterionState::Waived]);
            let sentence = format!("Ready, with {} waived: {}", waived.len(), names(&waived));
            told(Colour::Amber, "ready_with_waivers", sentence, &waived)
        }
        Readiness::Ready => {
            let met = in_state(&[CriterionState::Met]);
            let ruled_out = if met.len() < total { " or not applicable" } else { "" };
            let sentence = match total {
                1 => format!("The mandatory {side} criterion is met"),
                total => format!("All {total} mandatory {side} criteria are met{ruled_out}"),
            };
            told(Colour::Green, "ready", sentence, &met)
        }
    }
}

/// The colour of an unready gate by its date, and the words for it.
fn pending_colour(facts: &Facts, situation: &Situation) -> (Colour, String) {
    let any_overdue = situation.criteria.iter().any(|(_, _, overdue)| *overdue);
    let Some(date) = situation.date else {
        return (if any_overdue { Colour::Amber } else { Colour::OnPlan }, String::new());
    };
    let left = facts.working_days(facts.today, date);
    if date < facts.today {
        return (Colour::Red, format!("; the gate was due {}", day(date)));
    }
    let when = match left {
        0 => "; the gate is today".to_string(),
        left => format!("; the gate is in {}", working_days(left)),
    };
    if left <= situation.lead_days || any_overdue { (Colour::Amber, when) } else { (Colour::OnPlan, when) }
}

fn of_total(count: usize, total: usize, side: &str) -> String {
    format!("{count} of {total} mandatory {side} criteria")
}

fn await_verb(count: usize) -> &'static str {
    if count == 1 { "awaits" } else { "await" }
}

/// Up to three ids, and how many more.
fn short_list(criteria: &[&Criterion]) -> String {
    let shown: Vec<&str> = criteria.iter().take(3).map(|criterion| criterion.id.as_str()).collect();
    match criteria.len() - shown.len() {
        0 => listed(shown),
        more => format!("{} and {more} more", shown.join(", ")),
    }
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

/// See design: status (outcomes the gate pack may offer).
pub fn permitted(readiness: Readiness) -> Vec<Outcome> {
    use Outcome::{ConditionalGo, Go, Hold, Kill, Recycle};
    match readiness {
        Readiness::Ready | Readiness::ReadyWithWaivers => vec![Go, ConditionalGo, Hold, Recycle, Kill],
        Readiness::AwaitingAcceptance | Readiness::InProgress | Readiness::NotReady => {
            vec![ConditionalGo, Hold, Recycle, Kill]
        }
        Readiness::Undefined => vec![Hold],
    }
}
