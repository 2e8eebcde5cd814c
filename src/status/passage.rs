//! What the decision that counts makes of a gate: passed, and how; held, sent round again, stopped.
//! See design: status (gate state).

use chrono::NaiveDate;

use crate::model::decision::{Decision, Outcome};
use crate::model::id::Id;
use crate::model::milestone::{Criterion, Milestone, Side};
use crate::model::reference::{Kind, Reference};
use crate::status::facts::{Facts, Files, Moment, day, listed, mandatory};
use crate::status::{Colour, ConditionState, CriterionState, GateState, Reason, criterion, decision};

/// A gate by its decision at a moment, before its dates and readiness are looked at.
pub struct Passage<'a> {
    /// None where no decision counts.
    pub state: Option<GateState>,
    pub colour: Colour,
    pub decision: Option<&'a Decision>,
    pub decided_on: Option<NaiveDate>,
    /// Of a go by override: mandatory criteria unmet at the decision and still unmet.
    pub unmet: Vec<&'a Id>,
    /// A go on a gate without a mandatory criterion.
    pub is_undefined: bool,
    pub open_pre_condition: bool,
    /// A decision stands that nobody can tell.
    pub is_unread: bool,
    pub reason: Reason,
}

/// See design: status (gate state).
pub fn passage<'a>(facts: &Facts<'a>, milestone: &'a Milestone, side: Side, moment: Moment) -> Passage<'a> {
    let none = Passage {
        state: None,
        colour: Colour::OnPlan,
        decision: None,
        decided_on: None,
        unmet: Vec::new(),
        is_undefined: false,
        open_pre_condition: false,
        is_unread: false,
        reason: Reason::new("no_decision", "No decision counts", vec![]),
    };
    if let Some(unread) = decision::unread(facts, milestone, side, moment.date) {
        let id = &unread.record.id;
        let sentence = format!("{id} is recorded and not understood, so nobody can tell what was decided");
        let reason = Reason::new("decision_unread", sentence, vec![Reference::new(Kind::Decision, id)]);
        return Passage { is_unread: true, colour: Colour::Unknown, reason, ..none };
    }
    let Some(decision) = decision::counting(facts, milestone, side, moment.date) else { return none };
    let (Some(outcome), Some(date)) = (&decision.outcome, &decision.date) else { return none };
    let known = Passage {
        decision: Some(decision),
        decided_on: Some(date.value),
        reason: Reason::new("", "", vec![Reference::new(Kind::Decision, &decision.record.id)]),
        ..none
    };
    match outcome.value {
        Outcome::Kill => {
            known.told(GateState::Stopped, Colour::Stopped, "kill", format!("Stopped on {}", day(date.value)))
        }
        Outcome::Hold => until(known, GateState::Held, &decision.resume_on, moment, "Held", "resume"),
        Outcome::Recycle => {
            until(known, GateState::Recycled, &decision.new_gate_date, moment, "Sent round again", "gate")
        }
        Outcome::Go | Outcome::ConditionalGo => go(facts, milestone, side, decision, known, moment),
    }
}

impl<'a> Passage<'a> {
    /// A go over criteria that have all been met since.
    pub fn is_mended(&self) -> bool {
        self.state == Some(GateState::PassedByOverride) && self.unmet.is_empty() && !self.is_undefined
    }

    fn told(mut self, state: GateState, colour: Colour, code: &str, sentence: String) -> Passage<'a> {
        self.state = Some(state);
        self.colour = colour;
        self.reason.code = code.to_string();
        self.reason.sentence = sentence;
        self
    }
}

fn until<'a>(
    known: Passage<'a>,
    state: GateState,
    date: &crate::model::Date,
    moment: Moment,
    verb: &str,
    what: &str,
) -> Passage<'a> {
    let code = if state == GateState::Held { "held" } else { "recycled" };
    match date {
        Some(date) if date.value >= moment.date => {
            known.told(state, Colour::Amber, code, format!("{verb}; the new {what} date is {}", day(date.value)))
        }
        Some(date) => {
            let sentence = format!("{verb}; the new {what} date of {} has passed", day(date.value));
            known.told(state, Colour::Red, &format!("{code}_too_long"), sentence)
        }
        None => known.told(
            state,
            Colour::Red,
            &format!("{code}_without_date"),
            format!("{verb}, without a new {what} date"),
        ),
    }
}

fn go<'a>(
    facts: &Facts<'a>,
    milestone: &'a Milestone,
    side: Side,
    decision: &'a Decision,
    mut known: Passage<'a>,
    moment: Moment,
) -> Passage<'a> {
    let on = known.decided_on.map_or(String::new(), |date| format!(" on {}", day(date)));
    let then = Moment { date: known.decided_on.unwrap_or(moment.date), files: Files::AsAccepted };
    let (criteria, gone) = held_to(facts, milestone, side, decision);
    let state_at = |criterion: &Criterion, moment: Moment| criterion::state(facts, milestone, side, criterion, moment);
    let left = criteria.iter().any(|criterion| state_at(criterion, then) != CriterionState::NotApplicable);
    if !left && gone.is_empty() {
        known.is_undefined = true;
        let ruled_out = if criteria.is_empty() { "" } else { ": all are ruled not applicable" };
        let sentence = format!("Go{on} on a gate without a mandatory criterion{ruled_out}");
        return known.told(GateState::PassedByOverride, Colour::Unknown, "go_without_criteria", sentence);
    }
    let mut waived = Vec::new();
    let mut unmet = Vec::new();
    for criterion in criteria {
        let conditioned = decision
            .conditions
            .iter()
            .any(|condition| condition.criterion.as_ref().is_some_and(|named| named.value == criterion.id));
        match state_at(criterion, then) {
            CriterionState::Met | CriterionState::NotApplicable => {}
            CriterionState::Waived => waived.push(criterion),
            _ if conditioned => {}
            _ => unmet.push(criterion),
        }
    }
    let settled = |criterion: &&Criterion| {
        matches!(state_at(criterion, moment), CriterionState::Met | CriterionState::NotApplicable)
    };
    let refer = |criteria: &[&Criterion]| -> Vec<Reference> {
        criteria.iter().map(|criterion| Reference::new(Kind::Criterion, &criterion.id)).collect()
    };
    let pre = |moment: Moment| match side {
        // A condition of the entry that comes first is one more open criterion of the exit.
        Side::Exit => decision::open_pre_conditions(facts, milestone, moment),
        Side::Entry => Vec::new(),
    };
    let pre_then = pre(then);
    if !unmet.is_empty() || !gone.is_empty() || !pre_then.is_empty() {
        known.reason.rests_on.extend(refer(&unmet));
        known.reason.rests_on.extend(pre_then.iter().map(|condition| Reference::new(Kind::Condition, &condition.id)));
        let missing = unmet.iter().map(|criterion| &criterion.id).chain(gone.iter().copied());
        let missing: Vec<&Id> = missing.chain(pre_then.iter().map(|condition| &condition.id)).collect();
        let names = listed(missing.iter().map(|id| id.as_str()));
        known.unmet = unmet.iter().filter(|criterion| !settled(criterion)).map(|criterion| &criterion.id).collect();
        known.unmet.extend(gone);
        known.unmet.extend(pre(moment).into_iter().filter(|open| pre_then.contains(open)).map(|open| &open.id));
        let (colour, code, since) = match known.unmet.is_empty() {
            true => (Colour::Amber, "override_mended", "; since met"),
            false => (Colour::Red, "override", ""),
        };
        let verb = if missing.len() == 1 { "was" } else { "were" };
        let sentence = format!("Go{on} although {names} {verb} not met{since}");
        return known.told(GateState::PassedByOverride, colour, code, sentence);
    }
    // A go that names conditions is conditional, whatever it is called.
    let called = decision.outcome.as_ref().is_some_and(|outcome| outcome.value == Outcome::ConditionalGo);
    if called || !decision.conditions.is_empty() {
        match conditions(facts, decision, moment) {
            Conditions::AllClosed(last) => {
                known.decided_on = Some(last);
                if waived.is_empty() {
                    return known.told(
                        GateState::Passed,
                        Colour::Complete,
                        "via_conditions",
                        format!("Conditional go{on}, all conditions closed"),
                    );
                }
            }
            Conditions::Breached(sentence, rests_on) => {
                known.reason.rests_on.extend(rests_on);
                return known.told(GateState::ConditionBreached, Colour::Red, "condition_breached", sentence);
            }
            Conditions::Open(sentence, rests_on, pre) => {
                known.reason.rests_on.extend(rests_on);
                known.open_pre_condition = pre;
                return known.told(
                    GateState::ConditionallyPassed,
                    Colour::Amber,
                    "conditions_open",
                    format!("Conditional go{on}: {sentence}"),
                );
            }
        }
    }
    if waived.is_empty() {
        return known.told(GateState::Passed, Colour::Complete, "go", format!("Go{on}, all mandatory criteria met"));
    }
    known.reason.rests_on.extend(refer(&waived));
    let names = listed(waived.iter().map(|criterion| criterion.id.as_str()));
    let open: Vec<&&Criterion> = waived.iter().filter(|criterion| !settled(criterion)).collect();
    let expired = open.iter().any(|criterion| state_at(criterion, moment) != CriterionState::Waived);
    let (colour, code, sentence) = match (open.is_empty(), expired) {
        (true, _) => {
            (Colour::Complete, "waivers_closed", format!("Go{on}; what was waived has since been met: {names}"))
        }
        (false, false) => (Colour::Amber, "with_waivers", format!("Go{on} with {names} waived")),
        (false, true) => (
            Colour::Red,
            "waiver_expired",
            format!("Go{on}; a waiver of {names} has ended, and what it was for is not met"),
        ),
    };
    known.told(GateState::PassedWithWaivers, colour, code, sentence)
}

/// The criteria a decision is held to: today's mandatory ones; or those that were mandatory in the version it was taken
/// on, of which some may be gone. Nothing is taken on a version whose data date comes after it.
pub fn held_to<'a>(
    facts: &Facts<'a>,
    milestone: &'a Milestone,
    side: Side,
    decision: &Decision,
) -> (Vec<&'a Criterion>, Vec<&'a Id>) {
    let today = &milestone.gate(side).criteria;
    let versions = &facts.programme.history.versions;
    let named = decision.on_version.as_ref();
    let decided = decision.date.as_ref().map(|date| date.value);
    let then = named.and_then(|named| versions.iter().find(|frozen| frozen.version == named.value));
    let then = then.filter(|frozen| decided.is_some_and(|decided| frozen.data_date <= decided));
    let then = then.and_then(|frozen| frozen.milestones.get(&milestone.record.id));
    let Some(then) = then else { return (mandatory(today).collect(), Vec::new()) };
    let asked = match side {
        Side::Entry => &then.entry,
        Side::Exit => &then.exit,
    };
    let here = today.iter().filter(|criterion| asked.contains(&criterion.id)).collect();
    let gone = asked.iter().filter(|id| !today.iter().any(|criterion| criterion.id == **id)).collect();
    (here, gone)
}

enum Conditions {
    /// With the last closing date.
    AllClosed(NaiveDate),
    Breached(String, Vec<Reference>),
    /// True where one that comes first is open.
    Open(String, Vec<Reference>, bool),
}

fn conditions(facts: &Facts, decision: &Decision, moment: Moment) -> Conditions {
    if decision.conditions.is_empty() {
        return Conditions::Breached("A conditional go without any condition".to_string(), Vec::new());
    }
    let states = decision
        .conditions
        .iter()
        .map(|condition| (condition, decision::condition_state(facts, decision, condition, moment)));
    let states: Vec<_> = states.collect();
    let named = |wanted: &dyn Fn(ConditionState) -> bool| {
        let found = states.iter().filter(|(_, state)| wanted(*state)).map(|(condition, _)| *condition);
        let found: Vec<_> = found.collect();
        let rests_on = found.iter().map(|condition| Reference::new(Kind::Condition, &condition.id)).collect::<Vec<_>>();
        (listed(found.iter().map(|condition| condition.id.as_str())), rests_on, found.len())
    };
    let (names, rests_on, overdue) = named(&|state| state == ConditionState::Overdue);
    if overdue > 0 {
        let verb = if overdue == 1 { "condition is" } else { "conditions are" };
        return Conditions::Breached(format!("{overdue} {verb} overdue: {names}"), rests_on);
    }
    let (names, rests_on, open) = named(&|state| state != ConditionState::Closed);
    if open == 0 {
        let closed = |condition| decision::closed_on(facts, decision, condition, moment);
        return Conditions::AllClosed(decision.conditions.iter().filter_map(closed).max().unwrap_or(moment.date));
    }
    let pre = states.iter().any(|(condition, state)| *state != ConditionState::Closed && decision::is_pre(condition));
    let verb = if open == 1 { "condition is" } else { "conditions are" };
    Conditions::Open(format!("{open} {verb} open, none overdue: {names}"), rests_on, pre)
}
