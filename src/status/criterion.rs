//! The seven states of a criterion. See design: status (criterion state at D).

use chrono::NaiveDate;

use crate::model::evidence::{Evidence, Verdict};
use crate::model::id::Id;
use crate::model::milestone::{Criterion, Extent, Milestone, Side};
use crate::model::reference::{Kind, Reference};
use crate::status::decision;
use crate::status::evidence::{self, Obstacle};
use crate::status::facts::{Facts, Moment, day, listed};
use crate::status::passage;
use crate::status::{Colour, CriterionStanding, CriterionState, GateState, Reason};

/// The state of a criterion at a moment, and why.
pub fn state(
    facts: &Facts,
    milestone: &Milestone,
    side: Side,
    criterion: &Criterion,
    moment: Moment,
) -> (CriterionState, Reason) {
    if let Some(reason) = tailored(facts, criterion, moment) {
        return (CriterionState::NotApplicable, reason);
    }
    let by_gate = criterion.dependency.as_ref().filter(|_| side == Side::Entry).map(|dependency| {
        let named = dependency.milestones.iter().filter_map(|id| facts.milestones.get(&id.value).copied());
        (dependency.extent, by_predecessors(facts, criterion, named, moment))
    });
    match by_gate {
        Some((Extent::Whole, (CriterionState::Open, reason))) => {
            let waived = waived(facts, criterion, moment).map(|reason| (CriterionState::Waived, reason));
            waived.or_else(|| waiver_ended(facts, criterion, moment)).unwrap_or((CriterionState::Open, reason))
        }
        Some((Extent::Whole, standing)) => standing,
        None => by_evidence(facts, milestone, side, criterion, moment),
        Some((Extent::Part, by_gate)) => {
            let by_evidence = by_evidence(facts, milestone, side, criterion, moment);
            // The first of the two in the order of the seven states, failed before met.
            if by_gate.0 <= by_evidence.0 { by_gate } else { by_evidence }
        }
    }
}

fn own(criterion: &Criterion) -> Reference {
    Reference::new(Kind::Criterion, &criterion.id)
}

fn tailored(facts: &Facts, criterion: &Criterion, moment: Moment) -> Option<Reason> {
    let tailoring = criterion.not_applicable.as_ref()?;
    let approver = tailoring.approver.as_ref()?;
    let date = tailoring.date.as_ref().filter(|date| date.value <= moment.date)?;
    let reason = tailoring.reason.as_ref()?;
    let approver = facts.called(&approver.value);
    let sentence = format!("Ruled not applicable by {approver} on {}: {}", day(date.value), reason.value);
    Some(Reason::new("tailored", sentence, vec![own(criterion)]))
}

fn by_evidence(
    facts: &Facts,
    milestone: &Milestone,
    side: Side,
    criterion: &Criterion,
    moment: Moment,
) -> (CriterionState, Reason) {
    let items = facts.evidence_for(&criterion.id);
    let role = criterion.acceptor.as_ref().map(|role| role.value.as_str());
    let rests_on = |item: &Evidence| vec![own(criterion), Reference::new(Kind::Evidence, &item.record.id)];
    // On one day a fail is the later word: worst wins.
    let judged = items.iter().filter_map(|item| {
        let (date, verdict) = evidence::valid_judgement(facts, item, role, moment)?;
        Some((date, verdict == Verdict::Fail, &item.record.id, *item))
    });
    if let Some((date, true, id, item)) = judged.max_by_key(|(date, fails, id, _)| (*date, *fails, *id)) {
        let sentence = format!("{id} was rejected or failed on {}", day(date));
        return (CriterionState::Failed, Reason::new("failed", sentence, rests_on(item)));
    }
    let decided_on = decision::go_date(facts, milestone, side, moment.date);
    let obstacle = |item: &Evidence| evidence::obstacle(facts, item, Some(criterion), decided_on, moment);
    if let Some(item) = items.iter().find(|item| obstacle(item).is_none()) {
        return (CriterionState::Met, met_reason(facts, item, rests_on(item)));
    }
    if let Some(reason) = waived(facts, criterion, moment) {
        return (CriterionState::Waived, reason);
    }
    if let Some(item) = items.iter().find(|item| evidence::counted_once(facts, item, criterion, moment)) {
        let why = obstacle(item).map_or(String::new(), |obstacle| evidence::sentence_of(facts, item, obstacle));
        let sentence = format!("{} no longer counts: {}", item.record.id, lowered(&why));
        return (CriterionState::Lapsed, Reason::new("lapsed", sentence, rests_on(item)));
    }
    if let Some(ended) = waiver_ended(facts, criterion, moment) {
        return ended;
    }
    let present = items.iter().find(|item| is_present(item, moment.date));
    let Some(item) = present else {
        let open = Reason::new("open", "No evidence yet", vec![own(criterion)]);
        return (CriterionState::Open, open);
    };
    let why = obstacle(item).unwrap_or(Obstacle::NotJudged);
    let sentence = match why {
        Obstacle::NotJudged => format!("{} is submitted and awaits acceptance", item.record.id),
        why => format!("{} awaits acceptance: {}", item.record.id, lowered(&evidence::sentence_of(facts, item, why))),
    };
    (CriterionState::Submitted, Reason::new("submitted", sentence, rests_on(item)))
}

fn met_reason(facts: &Facts, item: &Evidence, rests_on: Vec<Reference>) -> Reason {
    let acceptor = item.acceptor.as_ref().map_or("", |acceptor| facts.called(&acceptor.value));
    let on = item.accepted_on.as_ref().map_or(String::new(), |date| format!(" on {}", day(date.value)));
    let until = item.expires_on.as_ref().map_or(String::new(), |date| format!(", until {}", day(date.value)));
    let sealed = evidence::sealed(item).is_none() && item.asset_sha256.is_some();
    let seal = if sealed { "; not sealed" } else { "" };
    Reason::new("met", format!("{} counts: accepted by {acceptor}{on}{until}{seal}", item.record.id), rests_on)
}

/// There, and not taken back.
fn is_present(item: &Evidence, at: NaiveDate) -> bool {
    let later = |date: &crate::model::Date| date.as_ref().is_some_and(|date| date.value > at);
    !later(&item.produced_on) && item.withdrawn_on.as_ref().is_none_or(|date| date.value > at)
}

fn waived(facts: &Facts, criterion: &Criterion, moment: Moment) -> Option<Reason> {
    let in_force = facts.waivers_for(&criterion.id).iter().find(|waiver| waiver_in_force(waiver, moment.date))?;
    let until = in_force.expires_on.as_ref().map_or(String::new(), |date| format!(" until {}", day(date.value)));
    let sentence = format!("Not met; waiver {} accepts that{until}", in_force.record.id);
    let rests_on = vec![own(criterion), Reference::new(Kind::Waiver, &in_force.record.id)];
    Some(Reason::new("waived", sentence, rests_on))
}

fn waiver_ended(facts: &Facts, criterion: &Criterion, moment: Moment) -> Option<(CriterionState, Reason)> {
    let waiver = facts.waivers_for(&criterion.id).iter().find(|waiver| expired_before(waiver, moment.date))?;
    let sentence = format!("Waiver {} has expired", waiver.record.id);
    let rests_on = vec![own(criterion), Reference::new(Kind::Waiver, &waiver.record.id)];
    Some((CriterionState::Lapsed, Reason::new("waiver_lapsed", sentence, rests_on)))
}

/// A waiver is valid with a reason, an approver, a date and an end.
pub fn waiver_in_force(waiver: &crate::model::decision::Waiver, at: NaiveDate) -> bool {
    waiver.reason.is_some()
        && waiver.approver.is_some()
        && waiver.date.as_ref().is_some_and(|date| date.value <= at)
        && waiver.expires_on.as_ref().is_some_and(|date| date.value >= at)
}

fn expired_before(waiver: &crate::model::decision::Waiver, at: NaiveDate) -> bool {
    let Some(expires) = &waiver.expires_on else { return false };
    expires.value < at && waiver_in_force(waiver, expires.value)
}

fn by_predecessors<'a>(
    facts: &Facts<'a>,
    criterion: &Criterion,
    predecessors: impl Iterator<Item = &'a Milestone>,
    moment: Moment,
) -> (CriterionState, Reason) {
    let mut rests_on = vec![own(criterion)];
    let mut told: Vec<(CriterionState, String)> = Vec::new();
    for predecessor in predecessors {
        let (state, sentence) = by_predecessor(facts, predecessor, moment);
        rests_on.push(Reference::new(Kind::Milestone, &predecessor.record.id));
        let exit = decision::counting(facts, predecessor, Side::Exit, moment.date);
        rests_on.extend(exit.map(|decision| Reference::new(Kind::Decision, &decision.record.id)));
        told.push((state, sentence));
    }
    let rank = |state: &CriterionState| match state {
        CriterionState::Failed => 0,
        CriterionState::Open => 1,
        CriterionState::Waived => 2,
        _ => 3,
    };
    let Some(worst) = told.iter().map(|(state, _)| *state).min_by_key(rank) else {
        return (CriterionState::Open, Reason::new("open", "Names no known milestone", rests_on));
    };
    let sentences = told.iter().filter(|(state, _)| *state == worst).map(|(_, sentence)| sentence.as_str());
    let code = match worst {
        CriterionState::Failed => "predecessor_stopped",
        CriterionState::Open => "predecessor_not_passed",
        CriterionState::Waived => "subject_to_conditions",
        _ => "predecessor_passed",
    };
    (worst, Reason::new(code, listed(sentences), rests_on))
}

/// See design: status (dependency criteria).
fn by_predecessor(facts: &Facts, predecessor: &Milestone, moment: Moment) -> (CriterionState, String) {
    let passage = passage::passage(facts, predecessor, Side::Exit, moment);
    let id = &predecessor.record.id;
    let on = passage.decided_on.map_or(String::new(), |date| format!(" on {}", day(date)));
    match passage.state {
        Some(GateState::Passed | GateState::PassedWithWaivers) => {
            (CriterionState::Met, format!("{id} passed its exit gate{on}"))
        }
        Some(GateState::PassedByOverride) if passage.unmet.is_empty() && !passage.is_undefined => (
            CriterionState::Met,
            format!("{id} passed its exit gate by override{on}, and its criteria have since been met"),
        ),
        Some(GateState::PassedByOverride) => {
            (CriterionState::Open, format!("{id} passed its exit gate by override{on}, with criteria that are not met"))
        }
        Some(GateState::ConditionallyPassed) if !passage.open_pre_condition => {
            (CriterionState::Waived, format!("{id} passed its exit gate{on} subject to conditions"))
        }
        Some(GateState::ConditionallyPassed) => {
            (CriterionState::Open, format!("{id} has an open condition that comes first"))
        }
        Some(GateState::ConditionBreached) => (CriterionState::Open, format!("{id} has breached a condition")),
        Some(GateState::Stopped) => (CriterionState::Failed, format!("{id} was stopped{on}")),
        _ => (CriterionState::Open, format!("{id} has not passed its exit gate")),
    }
}

/// What a gate tells its criteria: when it is, whether it is near, and whether a condition stands on one of them.
pub struct Setting<'a> {
    pub gate_date: Option<NaiveDate>,
    /// Working days before a due date in which an unmet criterion is amber.
    pub lead_days: i64,
    /// Criteria that a condition of the counting decision names, and when it is due: the decision has moved their date.
    pub under_condition: &'a [(&'a Id, Option<NaiveDate>)],
    /// True while the whole programme is a plan, which is said calmly.
    pub is_plan: bool,
}

/// Where a criterion stands today.
pub fn standing(
    facts: &Facts,
    milestone: &Milestone,
    side: Side,
    criterion: &Criterion,
    setting: &Setting,
) -> CriterionStanding {
    let (state, reason) = state(facts, milestone, side, criterion, facts.now());
    let condition = setting.under_condition.iter().find(|(id, _)| **id == criterion.id);
    let moved = condition.and_then(|(_, due)| *due);
    let due = moved.or(criterion.due.as_ref().map(|date| date.value)).or(setting.gate_date);
    let settled = matches!(state, CriterionState::Met | CriterionState::Waived | CriterionState::NotApplicable);
    let overdue = !settled && due.is_some_and(|due| due < facts.today);
    let near = due.is_some_and(|due| facts.working_days(facts.today, due) <= setting.lead_days);
    let mark = match state {
        CriterionState::Met => Colour::Green,
        CriterionState::NotApplicable => Colour::Stopped,
        _ if setting.is_plan => Colour::Unknown,
        CriterionState::Waived => Colour::Amber,
        CriterionState::Failed | CriterionState::Lapsed => Colour::Red,
        _ if overdue => Colour::Red,
        _ if near || condition.is_some() => Colour::Amber,
        _ => Colour::OnPlan,
    };
    let of_kind = |kind: Kind| reason.rests_on.iter().find(|rest| rest.kind == kind).map(|rest| rest.id.clone());
    let owner = criterion.owner.as_ref().or(milestone.owner.as_ref()).map(|owner| owner.value.clone());
    CriterionStanding {
        state,
        overdue,
        mark,
        due,
        owner,
        evidence: facts.evidence_for(&criterion.id).iter().map(|item| item.record.id.clone()).collect(),
        counting: (state == CriterionState::Met).then(|| of_kind(Kind::Evidence)).flatten(),
        waiver: of_kind(Kind::Waiver),
        reason,
    }
}

/// A sentence inside another.
pub fn lowered(sentence: &str) -> String {
    let mut characters = sentence.chars();
    let first = characters.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
    // An id or an abbreviation keeps its capitals.
    let second = characters.clone().next();
    let is_name = second.is_some_and(|second| !second.is_lowercase() && second != ' ');
    if is_name { sentence.to_string() } else { first + characters.as_str() }
}
