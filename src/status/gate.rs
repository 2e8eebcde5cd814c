//! Readiness and gate states. See design: status (readiness, gate state).

use chrono::NaiveDate;

use crate::model::decision::{Decision, Outcome};
use crate::model::id::Id;
use crate::model::milestone::{Criterion, Milestone, Side, Validity};
use crate::model::reference::{Kind, Reference};
use crate::status::criterion::{self, lowered};
use crate::status::decision;
use crate::status::facts::{Facts, Files, Moment, day, listed, mandatory, working_days};
use crate::status::{Colour, ConditionState, CriterionState, GateStanding, GateState, Judgement, Readiness, Reason};

/// What the decision that counts makes of a gate at a moment, before its dates and readiness are looked at.
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
        reason: Reason::new("no_decision", "No decision counts", vec![]),
    };
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
    if criteria.is_empty() && gone.is_empty() {
        known.is_undefined = true;
        let sentence = format!("Go{on} on a gate without a mandatory criterion");
        return known.told(GateState::PassedByOverride, Colour::Unknown, "go_without_criteria", sentence);
    }
    let state_at =
        |criterion: &Criterion, moment: Moment| criterion::state(facts, milestone, side, criterion, moment).0;
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
/// on, of which some may be gone.
fn held_to<'a>(
    facts: &Facts<'a>,
    milestone: &'a Milestone,
    side: Side,
    decision: &Decision,
) -> (Vec<&'a Criterion>, Vec<&'a Id>) {
    let today = &milestone.gate(side).criteria;
    let versions = &facts.programme.history.versions;
    let named = decision.on_version.as_ref();
    let then = named.and_then(|named| versions.iter().find(|frozen| frozen.version == named.value));
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

/// Where a gate stands today.
pub fn standing(facts: &Facts, situation: &Situation) -> GateStanding {
    let passage = passage(facts, situation.milestone, situation.side, facts.now());
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
    let state = |criterion| criterion::state(facts, milestone, side, criterion, then).0;
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
            told(Colour::Green, "ready", format!("All {total} mandatory {side} criteria are met"), &met)
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
            let passage = passage(facts, successor, Side::Entry, facts.now());
            !passage.state.is_some_and(|state| state.is_decided_go() || state == GateState::Stopped)
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
