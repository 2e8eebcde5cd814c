//! What was promised or let pass: conditions, waivers, criteria ruled not applicable.

use serde::Serialize;

use crate::model::decision::{Condition, Decision, Timing, Waiver};
use crate::model::reference::{Kind, Reference};
use crate::site::decisions::condition_state;
use crate::site::material::{Day, Link, Mark, Material, Sentence};
use crate::site::record::{self, Extra};
use crate::status::{Colour, ConditionState, CriterionState};

#[derive(Debug, Clone, Serialize)]
pub struct ConditionRow {
    pub id: Link,
    /// The id of its element, where its address leads to this row.
    pub anchor: String,
    pub text: String,
    pub decision: Link,
    pub criterion: Sentence,
    pub evidence: Sentence,
    pub owner: String,
    /// Whose it is, as the filters take it; see `Material::whose`.
    pub whose: String,
    pub due: Day,
    pub distance: String,
    pub is_overdue: bool,
    pub timing: String,
    pub mark: Option<Mark>,
    pub reason: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct WaiverRow {
    pub id: String,
    pub anchor: String,
    pub criterion: Sentence,
    pub text: String,
    pub reason: String,
    pub approver: String,
    /// Whose it is, as the filters take it; see `Material::whose`.
    pub whose: String,
    pub date: String,
    pub expires: Day,
    pub distance: String,
    pub is_expired: bool,
    pub mark: Mark,
    pub why: String,
    pub extras: Vec<Extra>,
    pub edit: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Tailored {
    pub criterion: Sentence,
    pub text: String,
    pub reason: String,
    pub approver: String,
    pub date: String,
}

/// Of all decisions: overdue first, then open by due date, then what is closed.
pub fn conditions(material: &Material) -> Vec<ConditionRow> {
    let all = material.programme.decisions.iter();
    let all = all.flat_map(|decision| decision.conditions.iter().map(move |condition| (decision, condition)));
    let mut all: Vec<(&Decision, &Condition)> = all.collect();
    all.sort_by_key(|(_, condition)| {
        let rank = match material.standing.conditions.get(&condition.id).map(|standing| standing.state) {
            Some(ConditionState::Overdue) => 0,
            Some(ConditionState::ClosedUnproven) => 1,
            Some(ConditionState::Open) | None => 2,
            Some(ConditionState::Closed) => 3,
        };
        let due = condition.due.as_ref().map(|date| date.value);
        (rank, due.is_none(), due)
    });
    all.into_iter().map(|(decision, condition)| condition_row(material, decision, condition)).collect()
}

pub fn condition_row(material: &Material, decision: &Decision, condition: &Condition) -> ConditionRow {
    let standing = material.standing.conditions.get(&condition.id);
    let is_overdue = standing.is_some_and(|standing| standing.state == ConditionState::Overdue);
    let is_closed = standing.is_some_and(|standing| standing.state == ConditionState::Closed);
    let due = condition.due.as_ref().map(|date| date.value);
    let timing = match condition.timing.as_ref().map(|timing| timing.value) {
        Some(Timing::Pre) => "pre",
        Some(Timing::Post) => "post",
        // Taken as the stricter of the two: see status, `is_pre`.
        None => "pre_assumed",
    };
    let reference = Reference::new(Kind::Condition, &condition.id);
    ConditionRow {
        id: material.link(Kind::Condition, &condition.id),
        anchor: material.addresses.anchor_of(&reference).unwrap_or_default().to_string(),
        text: condition.text.as_ref().map(|text| text.value.clone()).unwrap_or_default(),
        decision: material.link(Kind::Decision, &decision.record.id),
        criterion: record::id_list(material, Kind::Criterion, condition.criterion.iter().map(|id| &id.value)),
        evidence: record::id_list(material, Kind::Evidence, condition.evidence.iter().map(|id| &id.value)),
        whose: material.whose([&condition.owner]),
        owner: material.called(&condition.owner).unwrap_or_else(|| material.words.say("nobody")),
        due: material.day_or(due, &material.words.say("decisions.no_date")),
        distance: due.filter(|_| !is_closed).map(|date| material.distance(date)).unwrap_or_default(),
        is_overdue,
        timing: material.words.of("timing", timing),
        mark: condition_state(material, condition)
            .map(|mark| mark.told_at(material.reason_of(Kind::Condition, &condition.id))),
        reason: standing.map(|standing| standing.reason.sentence.clone()).unwrap_or_default(),
    }
}

/// Those that are over and still needed first, then those in force by their end, then those nobody needs now.
pub fn waivers(material: &Material) -> Vec<WaiverRow> {
    let mut waivers: Vec<&Waiver> = material.programme.waivers.iter().collect();
    waivers.sort_by_key(|waiver| {
        let rank = match waiver_colour(material, waiver) {
            Colour::Red => 0,
            Colour::Amber => 1,
            _ => 2,
        };
        let expires = waiver.expires_on.as_ref().map(|date| date.value);
        (rank, expires.is_none(), expires)
    });
    waivers.into_iter().map(|waiver| waiver_row(material, waiver)).collect()
}

/// In force: amber, as its criterion. Over: red, unless the criterion is met or ruled out by now.
fn waiver_colour(material: &Material, waiver: &Waiver) -> Colour {
    let criterion = waiver.criterion.as_ref().and_then(|id| material.standing.criteria.get(&id.value));
    let settled = |state| matches!(state, CriterionState::Met | CriterionState::NotApplicable);
    let in_force = material.standing.waivers.get(&waiver.record.id).is_some_and(|standing| standing.in_force);
    match criterion {
        Some(criterion) if settled(criterion.state) => Colour::Complete,
        _ if in_force => Colour::Amber,
        // Another waiver, a newer one, may stand in for it.
        Some(criterion) if criterion.state == CriterionState::Waived => Colour::Stopped,
        _ => Colour::Red,
    }
}

fn waiver_row(material: &Material, waiver: &Waiver) -> WaiverRow {
    let words = material.words;
    let colour = waiver_colour(material, waiver);
    let standing = material.standing.waivers.get(&waiver.record.id);
    let code = match colour {
        Colour::Complete => "settled",
        Colour::Amber => "in_force",
        Colour::Stopped => "replaced",
        _ if standing.is_some_and(|standing| standing.reason.code == "expired") => "expired",
        _ => "not_in_force",
    };
    let criterion = waiver.criterion.as_ref().map(|id| &id.value);
    let text = criterion.and_then(|id| material.index.criterion(id));
    let expires = waiver.expires_on.as_ref().map(|date| date.value);
    let reference = Reference::new(Kind::Waiver, &waiver.record.id);
    let given = |said: Option<String>| said.unwrap_or_else(|| words.say("record.not_given"));
    WaiverRow {
        whose: material.whose([&waiver.approver]),
        id: waiver.record.id.to_string(),
        anchor: material.addresses.anchor_of(&reference).unwrap_or_default().to_string(),
        criterion: record::id_list(material, Kind::Criterion, criterion),
        text: text.map(|criterion| criterion.text.value.clone()).unwrap_or_default(),
        reason: given(waiver.reason.as_ref().map(|reason| reason.value.clone())),
        approver: given(material.called(&waiver.approver)),
        date: given(waiver.date.as_ref().map(|date| material.date_text(date.value))),
        expires: material.day_or(expires, &words.say("record.not_given")),
        distance: expires.filter(|_| colour == Colour::Amber).map(|date| material.distance(date)).unwrap_or_default(),
        is_expired: expires.is_some_and(|date| date < material.data_date()),
        mark: material.state(colour, words.of("waiver_state", code)),
        why: standing.map(|standing| standing.reason.sentence.clone()).unwrap_or_default(),
        extras: extras(&waiver.record),
        edit: material.edit(&waiver.record),
    }
}

pub fn extras(record: &crate::model::Record) -> Vec<Extra> {
    record.extras.iter().map(|(name, text)| Extra { name: name.clone(), text: text.clone() }).collect()
}

pub fn tailored(material: &Material) -> Vec<Tailored> {
    let given = |said: Option<String>| said.unwrap_or_else(|| material.words.say("record.not_given"));
    let all = material.programme.criteria().filter_map(|(_, criterion)| {
        let ruling = criterion.not_applicable.as_ref()?;
        Some(Tailored {
            criterion: record::id_list(material, Kind::Criterion, [&criterion.id]),
            text: criterion.text.value.clone(),
            reason: given(ruling.reason.as_ref().map(|reason| reason.value.clone())),
            approver: given(material.called(&ruling.approver)),
            date: given(ruling.date.as_ref().map(|date| material.date_text(date.value))),
        })
    });
    all.collect()
}
