//! Which decision counts, and how its conditions stand. See design: status (which decision counts).

use chrono::{Days, NaiveDate};

use crate::model::decision::{Condition, Decision, Outcome, Timing};
use crate::model::evidence::Evidence;
use crate::model::milestone::{Milestone, Side};
use crate::model::reference::{Kind, Reference};
use crate::model::settings;
use crate::status::criterion;
use crate::status::evidence;
use crate::status::facts::{Facts, Files, Moment, day, is_go};
use crate::status::{ConditionStanding, ConditionState, CriterionState, DecisionStanding, Reason};

/// What keeps a decision from counting at a date; None where it counts.
pub fn obstacle(
    facts: &Facts,
    milestone: &Milestone,
    side: Side,
    decision: &Decision,
    at: NaiveDate,
) -> Option<String> {
    if decision.is_unread {
        let sentence = "Recorded, and not understood: nobody can tell where the gate stands until it is mended";
        return Some(sentence.to_string());
    }
    if decision.outcome.is_none() {
        return Some("Recorded, does not count: it has no outcome".to_string());
    }
    let Some(by) = &decision.by else {
        return Some("Recorded, does not count: nobody is named as deciding".to_string());
    };
    let Some(date) = &decision.date else { return Some("Recorded, does not count: it has no date".to_string()) };
    if date.value > at {
        return Some("Recorded, does not count: it is dated after the data date".to_string());
    }
    let authority = milestone.gate(side).authority.as_ref()?;
    if facts.holds(&by.value, &authority.value) {
        return None;
    }
    if settings::names_nobody(&authority.value) {
        return Some(format!(
            "Recorded, does not count: the authority of the gate is `{}`, which names nobody who could decide",
            authority.value
        ));
    }
    let (by, authority) = (facts.called(&by.value), facts.called(&authority.value));
    Some(format!("Recorded, does not count: {by} does not hold the authority of {authority}"))
}

/// The decision on a gate that counts at a date: the latest, of two on one day the worse, then the last by id. None where
/// nobody can tell, since one that is not understood stands.
pub fn counting<'a>(facts: &Facts<'a>, milestone: &Milestone, side: Side, at: NaiveDate) -> Option<&'a Decision> {
    latest(facts, milestone, side, at).filter(|_| unread(facts, milestone, side, at).is_none())
}

fn latest<'a>(facts: &Facts<'a>, milestone: &Milestone, side: Side, at: NaiveDate) -> Option<&'a Decision> {
    let decisions = facts.decisions_for(&milestone.record.id, side).iter().copied();
    let counting = decisions.filter(|decision| obstacle(facts, milestone, side, decision, at).is_none());
    counting.max_by_key(|decision| {
        let (date, outcome) = (decision.date.as_ref(), decision.outcome.as_ref());
        let outcome = outcome.map(|outcome| match outcome.value {
            Outcome::Go if !decision.conditions.is_empty() => Outcome::ConditionalGo,
            other => other,
        });
        (date.map(|date| date.value), outcome, &decision.record.id)
    })
}

/// A decision on a gate that nobody can tell, taken by who may decide, with no other that comes after it: it may be a hold
/// or a kill, so none before it is taken to stand.
pub fn unread<'a>(facts: &Facts<'a>, milestone: &Milestone, side: Side, at: NaiveDate) -> Option<&'a Decision> {
    let decisions = facts.decisions_for(&milestone.record.id, side).iter().copied();
    let mut unread = decisions.filter(|decision| decision.is_unread).peekable();
    unread.peek()?;
    let latest = latest(facts, milestone, side, at);
    // Nothing is worse than a kill.
    if latest.and_then(|decision| decision.outcome.as_ref()).is_some_and(|outcome| outcome.value == Outcome::Kill) {
        return None;
    }
    let last = latest.and_then(|decision| decision.date.as_ref()).map(|date| date.value);
    let authority = milestone.gate(side).authority.as_ref();
    unread.find(|decision| {
        let may_decide = |by: &str| authority.is_none_or(|authority| facts.holds(by, &authority.value));
        let stands = |date: NaiveDate| date <= at && last.is_none_or(|last| date >= last);
        decision.by.as_ref().is_none_or(|by| may_decide(&by.value))
            && decision.date.as_ref().is_none_or(|date| stands(date.value))
    })
}

/// The date of the go that counts for a gate, if one does.
pub fn go_date(facts: &Facts, milestone: &Milestone, side: Side, at: NaiveDate) -> Option<NaiveDate> {
    let decision = counting(facts, milestone, side, at)?;
    let go = decision.outcome.as_ref().is_some_and(|outcome| is_go(outcome.value));
    decision.date.as_ref().filter(|_| go).map(|date| date.value)
}

/// Calendar days after its decision in which a condition without a date is to be closed.
pub const UNDATED_CONDITION_DAYS: u64 = 30;

/// When a condition is due. One without a date is not open for ever; one whose date is not understood is due at once.
pub fn due(decision: &Decision, condition: &Condition) -> Option<NaiveDate> {
    let written = condition.due.as_ref().map(|date| date.value);
    let decided = decision.date.as_ref().map(|date| date.value);
    if condition.due_unread {
        return decided;
    }
    written.or_else(|| decided?.checked_add_days(Days::new(UNDATED_CONDITION_DAYS)))
}

/// How a condition stands. A closing date without proof does not lift an overdue condition: a claim may only lower.
pub fn condition_state(facts: &Facts, decision: &Decision, condition: &Condition, moment: Moment) -> ConditionState {
    if closed_on(facts, decision, condition, moment).is_some() {
        return ConditionState::Closed;
    }
    if due(decision, condition).is_some_and(|due| due < moment.date) {
        return ConditionState::Overdue;
    }
    let said_closed = condition.closed_on.as_ref().is_some_and(|date| date.value <= moment.date);
    if said_closed { ConditionState::ClosedUnproven } else { ConditionState::Open }
}

/// The first day on which a condition was both said to be closed and proven, not before its decision. It stays closed
/// when the proof lapses later: what was closed is not opened again.
pub fn closed_on(facts: &Facts, decision: &Decision, condition: &Condition, moment: Moment) -> Option<NaiveDate> {
    let said = condition.closed_on.as_ref()?.value;
    let first = decision.date.as_ref().map_or(said, |date| date.value.max(said));
    let named = condition.evidence.iter().filter_map(|id| facts.evidence.get(&id.value).copied());
    let offered = condition.criterion.iter().flat_map(|id| facts.evidence_for(&id.value).iter().copied());
    let accepted = named.chain(offered).filter_map(|item| item.accepted_on.as_ref().map(|date| date.value));
    let mut days: Vec<NaiveDate> = accepted.chain([first, moment.date]).collect();
    days.retain(|day| *day >= first && *day <= moment.date);
    days.sort();
    days.into_iter().find(|day| is_proven(facts, decision, condition, Moment { date: *day, files: Files::AsAccepted }))
}

/// Evidence that counts for the criterion that the condition names, or that counts at all where it names none; or that
/// criterion, met. A criterion of another gate could rest on this very decision, and so could one that waits for
/// milestones in a ring with its own: neither proves anything.
fn is_proven(facts: &Facts, decision: &Decision, condition: &Condition, moment: Moment) -> bool {
    let criterion = condition.criterion.as_ref().and_then(|id| facts.criterion(&id.value));
    let mut named = condition.evidence.iter().filter_map(|id| facts.evidence.get(&id.value));
    let counts = |item: &Evidence| match &condition.criterion {
        Some(_) => criterion.is_some_and(|(_, _, asked)| evidence::counts_for(facts, item, asked, moment)),
        None => !condition.criterion_unread && evidence::counts_at_all(facts, item, moment),
    };
    if named.any(|item| counts(item)) {
        return true;
    }
    let own = criterion.filter(|(milestone, side, asked)| {
        let waits_for_itself = asked.dependency.is_some() && facts.is_in_ring(milestone);
        !waits_for_itself
            && decision
                .gate
                .as_ref()
                .is_some_and(|gate| gate.value.milestone == milestone.record.id && gate.value.side == *side)
    });
    own.is_some_and(|(milestone, side, criterion)| {
        criterion::state(facts, milestone, side, criterion, moment) == CriterionState::Met
    })
}

/// The decision whose conditions are asked for: the go that counts, or one that nobody can tell.
pub fn asking<'a>(facts: &Facts<'a>, milestone: &Milestone, side: Side, at: NaiveDate) -> Option<&'a Decision> {
    let go = |decision: &&Decision| decision.outcome.as_ref().is_some_and(|outcome| is_go(outcome.value));
    let counting = counting(facts, milestone, side, at).filter(go);
    counting.or_else(|| unread(facts, milestone, side, at))
}

/// Conditions of the go on a milestone's entry that come first and are not closed.
pub fn open_pre_conditions<'a>(facts: &Facts<'a>, milestone: &Milestone, moment: Moment) -> Vec<&'a Condition> {
    let Some(decision) = asking(facts, milestone, Side::Entry, moment.date) else { return Vec::new() };
    let open = decision.conditions.iter().filter(|condition| {
        is_pre(condition) && condition_state(facts, decision, condition, moment) != ConditionState::Closed
    });
    open.collect()
}

/// A condition that holds the next gate back while it is open. One that does not say is taken as one.
pub fn is_pre(condition: &Condition) -> bool {
    condition.timing.as_ref().is_none_or(|timing| timing.value == Timing::Pre)
}

/// Where a decision stands today.
pub fn standing(facts: &Facts, decision: &Decision) -> DecisionStanding {
    let mut rests_on = vec![Reference::new(Kind::Decision, &decision.record.id)];
    let gate = decision.gate.as_ref().and_then(|gate| {
        let milestone = facts.milestones.get(&gate.value.milestone)?;
        Some((*milestone, gate.value.side))
    });
    let Some((milestone, side)) = gate else {
        let sentence = "Recorded, does not count: it names no gate of a known milestone";
        return DecisionStanding { counts: false, reason: Reason::new("no_gate", sentence, rests_on) };
    };
    rests_on.push(Reference::new(Kind::Milestone, &milestone.record.id));
    if let Some(sentence) = obstacle(facts, milestone, side, decision, facts.today) {
        return DecisionStanding { counts: false, reason: Reason::new("does_not_count", sentence, rests_on) };
    }
    let latest = counting(facts, milestone, side, facts.today);
    let is_latest = latest.is_some_and(|latest| latest.record.id == decision.record.id);
    let (code, sentence) = match latest {
        Some(_) if is_latest => ("counts", "Counts: it is the latest valid decision on this gate".to_string()),
        Some(later) => ("followed", format!("Followed by {}, which counts", later.record.id)),
        None => (
            "unread_follows",
            "Does not count: a decision on this gate is not understood, and may follow it".to_string(),
        ),
    };
    DecisionStanding { counts: is_latest, reason: Reason::new(code, sentence, rests_on) }
}

/// Where a condition stands today.
pub fn condition_standing(facts: &Facts, decision: &Decision, condition: &Condition) -> ConditionStanding {
    let state = condition_state(facts, decision, condition, facts.now());
    let date = |date: &crate::model::Date| date.as_ref().map_or("no date".to_string(), |date| day(date.value));
    let due = due(decision, condition).map_or("no date".to_string(), |due| match condition.due {
        Some(_) => day(due),
        None if condition.due_unread => "on a date that is not understood, and so at once".to_string(),
        None => {
            format!("{}, {UNDATED_CONDITION_DAYS} days after the decision, since it has no date of its own", day(due))
        }
    });
    let (code, sentence) = match state {
        ConditionState::Closed => {
            ("closed", format!("Closed {}, with evidence that counts", date(&condition.closed_on)))
        }
        ConditionState::ClosedUnproven => {
            ("closed_unproven", format!("Said to be closed {}; no evidence for it counts", date(&condition.closed_on)))
        }
        ConditionState::Overdue => ("overdue", format!("Due {due}, and not closed with evidence that counts")),
        ConditionState::Open => ("open", format!("Open, due {due}")),
    };
    let mut rests_on =
        vec![Reference::new(Kind::Condition, &condition.id), Reference::new(Kind::Decision, &decision.record.id)];
    rests_on.extend(condition.evidence.iter().map(|id| Reference::new(Kind::Evidence, &id.value)));
    rests_on.extend(condition.criterion.iter().map(|id| Reference::new(Kind::Criterion, &id.value)));
    ConditionStanding { decision: decision.record.id.clone(), state, reason: Reason::new(code, sentence, rests_on) }
}

/// How often a gate was sent round again, by decisions that counted in their turn.
pub fn recycled(facts: &Facts, milestone: &Milestone, side: Side) -> u32 {
    let decisions = facts.decisions_for(&milestone.record.id, side).iter();
    let counting = decisions.filter(|decision| obstacle(facts, milestone, side, decision, facts.today).is_none());
    let recycles =
        counting.filter(|decision| decision.outcome.as_ref().is_some_and(|outcome| outcome.value == Outcome::Recycle));
    recycles.count() as u32
}
