//! The seven states of a criterion. See design: status (criterion state at D).

use chrono::NaiveDate;

use crate::model::Words;
use crate::model::decision::Waiver;
use crate::model::evidence::{Evidence, Verdict};
use crate::model::id::Id;
use crate::model::milestone::{Criterion, Extent, Milestone, NamedMilestones, Side, Tailoring};
use crate::model::reference::{Kind, Reference};
use crate::model::settings::names_nobody;
use crate::status::decision;
use crate::status::evidence::{self, Obstacle};
use crate::status::facts::{Facts, Moment, day, listed};
use crate::status::passage;
use crate::status::{Colour, CriterionStanding, CriterionState, GateState, Reason};

/// The state of a criterion at a moment.
pub fn state<'a>(
    facts: &Facts<'a>,
    milestone: &'a Milestone,
    side: Side,
    criterion: &'a Criterion,
    moment: Moment,
) -> CriterionState {
    ground(facts, milestone, side, criterion, moment).state()
}

/// What decides the state of a criterion. Put into words only where somebody reads them: a state is asked for at many
/// moments, and told once.
enum Ground<'a> {
    Tailored(&'a Tailoring),
    /// By other milestones, in words.
    Predecessors(CriterionState, Reason),
    /// Rejected or failed on a day.
    Fails(&'a Evidence, NaiveDate),
    Counts(&'a Evidence),
    Waived(&'a Waiver),
    NoLongerCounts(&'a Evidence, Obstacle),
    WaiverEnded(&'a Waiver),
    NoEvidence,
    Awaits(&'a Evidence, Obstacle),
}

fn ground<'a>(
    facts: &Facts<'a>,
    milestone: &'a Milestone,
    side: Side,
    criterion: &'a Criterion,
    moment: Moment,
) -> Ground<'a> {
    if let Some(tailoring) =
        criterion.not_applicable.as_ref().filter(|tailoring| is_tailored(facts, milestone, tailoring, moment))
    {
        return Ground::Tailored(tailoring);
    }
    let by_gate = criterion.dependency.as_ref().filter(|_| side == Side::Entry).map(|dependency| {
        let named = dependency.milestones.iter().filter_map(|id| facts.milestones.get(&id.value).copied());
        (dependency.extent, by_predecessors(facts, criterion, named, dependency, moment))
    });
    match by_gate {
        Some((Extent::Whole, by_gate)) if by_gate.state() == CriterionState::Open => {
            let waived = waived(facts, criterion, moment).map(Ground::Waived);
            waived.or_else(|| waiver_ended(facts, criterion, moment).map(Ground::WaiverEnded)).unwrap_or(by_gate)
        }
        Some((Extent::Whole, by_gate)) => by_gate,
        None => by_evidence(facts, milestone, side, criterion, moment),
        Some((Extent::Part, by_gate)) => {
            let by_evidence = by_evidence(facts, milestone, side, criterion, moment);
            // The first of the two in the order of the seven states, failed before met.
            if by_gate.state() <= by_evidence.state() { by_gate } else { by_evidence }
        }
    }
}

impl Ground<'_> {
    fn state(&self) -> CriterionState {
        match self {
            Ground::Tailored(_) => CriterionState::NotApplicable,
            Ground::Predecessors(state, _) => *state,
            Ground::Fails(..) => CriterionState::Failed,
            Ground::Counts(_) => CriterionState::Met,
            Ground::Waived(_) => CriterionState::Waived,
            Ground::NoLongerCounts(..) | Ground::WaiverEnded(_) => CriterionState::Lapsed,
            Ground::NoEvidence => CriterionState::Open,
            Ground::Awaits(..) => CriterionState::Submitted,
        }
    }

    fn reason(self, facts: &Facts, criterion: &Criterion) -> Reason {
        let by_item = |code: &str, item: &Evidence, sentence: String| {
            Reason::new(code, sentence, vec![own(criterion), Reference::new(Kind::Evidence, &item.record.id)])
        };
        let by_waiver = |code: &str, waiver: &Waiver, sentence: String| {
            Reason::new(code, sentence, vec![own(criterion), Reference::new(Kind::Waiver, &waiver.record.id)])
        };
        match self {
            Ground::Tailored(tailoring) => {
                Reason::new("tailored", tailored_sentence(facts, tailoring), vec![own(criterion)])
            }
            Ground::Predecessors(_, reason) => reason,
            Ground::Fails(item, _) if evidence::may_have_failed(item) => {
                let sentence = format!(
                    "{} was judged, and nobody can tell how: its result or a date is not understood",
                    item.record.id
                );
                by_item("failed", item, sentence)
            }
            Ground::Fails(item, date) => {
                by_item("failed", item, format!("{} was rejected or failed on {}", item.record.id, day(date)))
            }
            Ground::Counts(item) => by_item("met", item, met_sentence(facts, item)),
            Ground::Waived(waiver) => {
                let until =
                    waiver.expires_on.as_ref().map_or(String::new(), |date| format!(" until {}", day(date.value)));
                by_waiver("waived", waiver, format!("Not met; waiver {} accepts that{until}", waiver.record.id))
            }
            Ground::NoLongerCounts(item, why) => {
                let why = lowered(&evidence::sentence_of(facts, item, why));
                by_item("lapsed", item, format!("{} no longer counts: {why}", item.record.id))
            }
            Ground::WaiverEnded(waiver) => {
                let ended = match &waiver.expires_on {
                    Some(_) if !waiver.record.is_unread("date", &waiver.date) => "has expired",
                    _ => "has a date that is not understood",
                };
                by_waiver("waiver_lapsed", waiver, format!("Waiver {} {ended}", waiver.record.id))
            }
            Ground::NoEvidence => Reason::new("open", "No evidence yet", vec![own(criterion)]),
            Ground::Awaits(item, Obstacle::NotJudged) => {
                by_item("submitted", item, format!("{} is submitted and awaits acceptance", item.record.id))
            }
            Ground::Awaits(item, why) => {
                let why = lowered(&evidence::sentence_of(facts, item, why));
                by_item("submitted", item, format!("{} awaits acceptance: {why}", item.record.id))
            }
        }
    }
}

fn own(criterion: &Criterion) -> Reference {
    Reference::new(Kind::Criterion, &criterion.id)
}

/// A ruling is valid with another's approval, a date and a reason.
fn is_tailored(facts: &Facts, milestone: &Milestone, tailoring: &Tailoring, moment: Moment) -> bool {
    let dated = tailoring.date.as_ref().is_some_and(|date| date.value <= moment.date);
    dated && approves(facts, Some(milestone), &tailoring.approver) && tailoring.reason.is_some()
}

/// Does somebody approve who is not the owner of the milestone that is let off? Where the people of the programme are
/// listed, it is one of them, a role, or who decides the milestone's gates: of any other name nobody could tell whose it is.
pub fn approves(facts: &Facts, milestone: Option<&Milestone>, approver: &Words) -> bool {
    let Some(approver) = approver.as_ref().filter(|approver| !names_nobody(&approver.value)) else { return false };
    let owner = milestone.and_then(|milestone| milestone.owner.as_ref());
    let is_owner = owner.map_or_else(
        || milestone.is_some_and(|milestone| !milestone.record.lacks("owner", &milestone.owner)),
        |owner| facts.may_be_one(&approver.value, &owner.value),
    );
    !is_owner && is_known(facts, milestone, &approver.value)
}

/// Is it one of the programme's people or roles, or an authority of the milestone? Anybody is where no people are listed.
pub fn is_known(facts: &Facts, milestone: Option<&Milestone>, words: &str) -> bool {
    let authorities = || milestone.into_iter().flat_map(|one| Side::BOTH.map(|side| one.gate(side).authority.as_ref()));
    facts.programme.settings.people.is_empty()
        || facts.names.named(words).names_somebody()
        || authorities().flatten().any(|authority| facts.holds(words, &authority.value))
}

fn tailored_sentence(facts: &Facts, tailoring: &Tailoring) -> String {
    let approver = tailoring.approver.as_ref().map_or("", |approver| facts.called(&approver.value));
    let on = tailoring.date.as_ref().map_or(String::new(), |date| format!(" on {}", day(date.value)));
    let reason = tailoring.reason.as_ref().map_or("", |reason| reason.value.as_str());
    format!("Ruled not applicable by {approver}{on}: {reason}")
}

fn by_evidence<'a>(
    facts: &Facts<'a>,
    milestone: &Milestone,
    side: Side,
    criterion: &Criterion,
    moment: Moment,
) -> Ground<'a> {
    let items = facts.evidence_for(&criterion.id);
    let role = criterion.acceptor.as_ref().map(|role| role.value.as_str());
    // On one day a fail is the later word: worst wins.
    let judged = items.iter().filter_map(|item| {
        let (date, verdict) = evidence::valid_judgement(facts, item, role, moment)?;
        Some((date, verdict == Verdict::Fail, &item.record.id, *item))
    });
    if let Some((date, true, _, item)) = judged.max_by_key(|(date, fails, id, _)| (*date, *fails, *id)) {
        return Ground::Fails(item, date);
    }
    let decided_on = || decision::go_date(facts, milestone, side, moment.date);
    let obstacle = |item: &Evidence| evidence::obstacle(facts, item, Some(criterion), decided_on, moment);
    if let Some(item) = items.iter().find(|item| obstacle(item).is_none()) {
        return Ground::Counts(item);
    }
    if let Some(waiver) = waived(facts, criterion, moment) {
        return Ground::Waived(waiver);
    }
    let counted = items.iter().find(|item| evidence::counted_once(facts, item, criterion, moment));
    if let Some((item, why)) = counted.and_then(|item| Some((item, obstacle(item)?))) {
        return Ground::NoLongerCounts(item, why);
    }
    if let Some(waiver) = waiver_ended(facts, criterion, moment) {
        return Ground::WaiverEnded(waiver);
    }
    match items.iter().find(|item| is_present(item, moment.date)) {
        Some(item) => Ground::Awaits(item, obstacle(item).unwrap_or(Obstacle::NotJudged)),
        None => Ground::NoEvidence,
    }
}

fn met_sentence(facts: &Facts, item: &Evidence) -> String {
    let acceptor = item.acceptor.as_ref().map_or("", |acceptor| facts.called(&acceptor.value));
    let on = item.accepted_on.as_ref().map_or(String::new(), |date| format!(" on {}", day(date.value)));
    let until = item.expires_on.as_ref().map_or(String::new(), |date| format!(", until {}", day(date.value)));
    let seal = if evidence::is_unsealed(item) { "; not sealed" } else { "" };
    format!("{} counts: accepted by {acceptor}{on}{until}{seal}", item.record.id)
}

/// There, and not taken back.
fn is_present(item: &Evidence, at: NaiveDate) -> bool {
    let later = |date: &crate::model::Date| date.as_ref().is_some_and(|date| date.value > at);
    !later(&item.produced_on) && item.withdrawn_on.as_ref().is_none_or(|date| date.value > at)
}

fn waived<'a>(facts: &Facts<'a>, criterion: &Criterion, moment: Moment) -> Option<&'a Waiver> {
    facts.waivers_for(&criterion.id).iter().copied().find(|waiver| waiver_in_force(facts, waiver, moment.date))
}

fn waiver_ended<'a>(facts: &Facts<'a>, criterion: &Criterion, moment: Moment) -> Option<&'a Waiver> {
    facts.waivers_for(&criterion.id).iter().copied().find(|waiver| expired_before(waiver, moment.date))
}

/// A waiver is valid with a reason, another's approval, a date and an end.
pub fn waiver_in_force(facts: &Facts, waiver: &Waiver, at: NaiveDate) -> bool {
    is_granted(facts, waiver)
        && waiver.date.as_ref().is_some_and(|date| date.value <= at)
        && waiver.expires_on.as_ref().is_some_and(|date| date.value >= at)
}

fn is_granted(facts: &Facts, waiver: &Waiver) -> bool {
    let criterion = waiver.criterion.as_ref().and_then(|id| facts.criterion(&id.value));
    waiver.reason.is_some() && approves(facts, criterion.map(|(milestone, _, _)| milestone), &waiver.approver)
}

/// Was it in force, and is no longer? A date that is not understood may have been any.
fn expired_before(waiver: &Waiver, at: NaiveDate) -> bool {
    let (date, expires) = (&waiver.date, &waiver.expires_on);
    let unread = (waiver.record.is_unread("date", date), waiver.record.is_unread("expires_on", expires));
    let begun = |by: NaiveDate| date.as_ref().is_some_and(|date| date.value <= by);
    let ended = match (expires, unread) {
        (_, (true, _)) | (None, (_, true)) => true,
        (Some(expires), _) => expires.value < at && begun(expires.value),
        (None, _) => false,
    };
    // Whoever granted it: one that should not have been is no better for having ended.
    ended && waiver.reason.is_some() && waiver.approver.is_some()
}

fn by_predecessors<'a>(
    facts: &Facts<'a>,
    criterion: &Criterion,
    predecessors: impl Iterator<Item = &'a Milestone>,
    dependency: &NamedMilestones,
    moment: Moment,
) -> Ground<'a> {
    let mut rests_on = vec![own(criterion)];
    let unknown = dependency.unknown.iter().map(|id| format!("It names a milestone that is not known: {}", id.value));
    let mut told: Vec<(CriterionState, String)> = unknown.map(|sentence| (CriterionState::Open, sentence)).collect();
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
        return Ground::Predecessors(CriterionState::Open, Reason::new("open", "Names no known milestone", rests_on));
    };
    let sentences = told.iter().filter(|(state, _)| *state == worst).map(|(_, sentence)| sentence.as_str());
    let code = match worst {
        CriterionState::Failed => "predecessor_stopped",
        CriterionState::Open => "predecessor_not_passed",
        CriterionState::Waived => "subject_to_conditions",
        _ => "predecessor_passed",
    };
    Ground::Predecessors(worst, Reason::new(code, listed(sentences), rests_on))
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
    /// The gate's date is written and not understood.
    pub date_unread: bool,
    /// Working days before a due date in which an unmet criterion is amber.
    pub lead_days: i64,
    /// Criteria that a condition of the counting decision names, and when it is due: the decision has moved their date.
    pub under_condition: &'a [(&'a Id, Option<NaiveDate>)],
    /// True while the whole programme is a plan, which is said calmly.
    pub is_plan: bool,
}

/// Where a criterion stands today.
pub fn standing<'a>(
    facts: &Facts<'a>,
    milestone: &'a Milestone,
    side: Side,
    criterion: &'a Criterion,
    setting: &Setting,
) -> CriterionStanding {
    let ground = ground(facts, milestone, side, criterion, facts.now());
    let (state, reason) = (ground.state(), ground.reason(facts, criterion));
    let condition = setting.under_condition.iter().find(|(id, _)| **id == criterion.id);
    let moved = condition.and_then(|(_, due)| *due);
    let own = criterion.due.as_ref().map(|date| date.value);
    let unread = match condition {
        Some((_, due)) => due.is_none(),
        None => criterion.due_unread || own.is_none() && setting.date_unread,
    };
    let due = moved.or(own).or(setting.gate_date).filter(|_| !unread);
    let settled = matches!(state, CriterionState::Met | CriterionState::Waived | CriterionState::NotApplicable);
    let (overdue, undated) = (!settled && due.is_some_and(|due| due < facts.today), !settled && unread);
    let near = due.is_some_and(|due| facts.working_days(facts.today, due) <= setting.lead_days);
    let mark = match state {
        CriterionState::Met => Colour::Green,
        CriterionState::NotApplicable => Colour::Stopped,
        _ if setting.is_plan => Colour::Unknown,
        CriterionState::Waived => Colour::Amber,
        CriterionState::Failed | CriterionState::Lapsed => Colour::Red,
        _ if overdue => Colour::Red,
        _ if undated => Colour::Unknown,
        _ if near || condition.is_some() => Colour::Amber,
        _ => Colour::OnPlan,
    };
    let of_kind = |kind: Kind| reason.rests_on.iter().find(|rest| rest.kind == kind).map(|rest| rest.id.clone());
    let owner = criterion.owner.as_ref().or(milestone.owner.as_ref()).map(|owner| owner.value.clone());
    CriterionStanding {
        state,
        overdue,
        undated,
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
