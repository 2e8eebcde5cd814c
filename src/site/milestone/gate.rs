//! One gate of a milestone: its state, its decision, and each criterion with its proof.

use serde::Serialize;

use crate::model::evidence::Evidence;
use crate::model::id::Id;
use crate::model::milestone::{Criterion, Milestone, Side, Validity};
use crate::model::reference::{Kind, Reference};
use crate::site::material::{Link, Mark, Material, Sentence, capital, code};
use crate::site::matrix::{criterion_word, strip_mark};
use crate::site::pack;
use crate::status::{CriterionStanding, GateStanding};

#[derive(Debug, Clone, Serialize)]
pub struct GateView {
    /// "entry" or "exit": its id on the page.
    pub side: &'static str,
    pub title: String,
    pub caption: String,
    pub exists: bool,
    pub mark: Mark,
    pub note: Sentence,
    pub reason: Sentence,
    pub criteria: Vec<CriterionRow>,
    /// Where its pack is.
    pub pack: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct CriterionRow {
    pub anchor: String,
    pub code: String,
    pub id: String,
    pub text: String,
    pub notes: String,
    pub mark: Mark,
    pub reason: Sentence,
    pub evidence: Vec<EvidenceLine>,
    pub waiver: Option<Link>,
    pub acceptor: String,
    pub acceptor_note: String,
    pub owner: String,
    pub due: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct EvidenceLine {
    pub id: Link,
    pub title: String,
    /// Said where it does not count.
    pub state: String,
}

pub fn of(material: &Material, milestone: &Milestone, side: Side, standing: &GateStanding) -> GateView {
    let criteria = &milestone.gate(side).criteria;
    let rows = criteria.iter().filter_map(|criterion| {
        let standing = material.standing.criteria.get(&criterion.id)?;
        Some(row(material, milestone, criterion, standing))
    });
    let side_word = material.words.of("side", side.word());
    let names = [("side", side_word.as_str()), ("milestone", milestone.record.id.as_str())];
    GateView {
        side: side.word(),
        title: material.words.of("gate", side.word()),
        caption: material.words.fill("gate.caption", &names),
        exists: standing.exists,
        mark: material.state(standing.colour, material.gate_word(standing)),
        note: note(material, standing),
        reason: material.reason_without(&standing.reason, &milestone.record.id),
        criteria: rows.collect(),
        pack: pack::link(material, milestone, side),
    }
}

/// "3 of 5 met. Go on Mon 9 Feb, D-003." or "3 of 5 met. Decision due Fri 27 Feb."
fn note(material: &Material, gate: &GateStanding) -> Sentence {
    let words = material.words;
    let numbers = [("met", gate.met.to_string()), ("mandatory", gate.mandatory.to_string())];
    let numbers: Vec<(&str, &str)> = numbers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut sentences = vec![words.fill("gate.met", &numbers)];
    let mut records = Vec::new();
    let decision = gate.decision.as_ref();
    if let Some(decision) = decision.and_then(|id| material.index.decisions.get(id)) {
        let outcome = decision.outcome.as_ref().map(|outcome| code(&outcome.value)).unwrap_or_default();
        let outcome = capital(&words.of("outcome", &outcome));
        let date = decision.date.as_ref().map(|date| material.full_date_text(date.value)).unwrap_or_default();
        let values = [("outcome", outcome.as_str()), ("date", &date), ("decision", decision.record.id.as_str())];
        sentences.push(words.fill("gate.decided", &values));
        records.push(Reference::new(Kind::Decision, &decision.record.id));
    } else if let Some(date) = gate.date {
        sentences.push(words.fill("gate.due", &[("date", &material.full_date_text(date))]));
    } else {
        sentences.push(words.say("gate.no_date"));
    }
    if gate.attempt > 1 {
        sentences.push(words.fill("gate.attempt", &[("n", &gate.attempt.to_string())]));
    }
    material.sentence(&sentences.join(" "), &records)
}

fn row(
    material: &Material,
    milestone: &Milestone,
    criterion: &Criterion,
    standing: &CriterionStanding,
) -> CriterionRow {
    let mark = strip_mark(material, milestone, criterion, standing);
    let anchor = material.addresses.anchor_of(&Reference::new(Kind::Criterion, &criterion.id)).unwrap_or_default();
    let evidence: Vec<&Evidence> = standing.evidence.iter().filter_map(|id| find(material, id)).collect();
    let (acceptor, acceptor_note) = acceptor(material, criterion, standing);
    CriterionRow {
        anchor: anchor.to_string(),
        code: mark.code,
        id: mark.id,
        text: criterion.text.value.clone(),
        notes: notes(material, criterion),
        mark: material.state(standing.mark, capital(&criterion_word(material, criterion, standing))),
        reason: material.reason_without(&standing.reason, &criterion.id),
        evidence: evidence.iter().map(|evidence| line(material, evidence)).collect(),
        waiver: standing.waiver.as_ref().map(|id| material.link(Kind::Waiver, id)),
        acceptor,
        acceptor_note,
        owner: standing.owner.clone().map_or_else(
            || material.words.say("nobody"),
            |owner| material.programme.settings.called(&owner).to_string(),
        ),
        due: standing.due.map(|date| material.date_text(date)).unwrap_or_default(),
    }
}

fn find<'a>(material: &Material<'a>, id: &Id) -> Option<&'a Evidence> {
    material.index.evidence.get(id).copied()
}

fn line(material: &Material, evidence: &Evidence) -> EvidenceLine {
    let standing = material.standing.evidence.get(&evidence.record.id);
    let state = standing.map(|standing| code(&standing.state)).filter(|state| state != "counts");
    EvidenceLine {
        id: material.link(Kind::Evidence, &evidence.record.id),
        title: evidence.title.value.clone(),
        state: state.map(|state| material.words.of("evidence_state", &state)).unwrap_or_default(),
    }
}

/// Who accepted what counts, and when; else who must.
fn acceptor(material: &Material, criterion: &Criterion, standing: &CriterionStanding) -> (String, String) {
    let words = material.words;
    if let Some(evidence) = standing.counting.as_ref().and_then(|id| find(material, id)) {
        let who = material.called(&evidence.acceptor).unwrap_or_else(|| words.say("nobody"));
        let when = evidence.accepted_on.as_ref().map(|date| material.date_text(date.value)).unwrap_or_default();
        return (who, when);
    }
    let who = material.called(&criterion.acceptor);
    let note = if standing.evidence.is_empty() { String::new() } else { words.say("gate.not_accepted") };
    (who.unwrap_or_else(|| "–".to_string()), note)
}

/// What is unusual about it: a standing criterion, the method it asks for, a claim that is no proof.
fn notes(material: &Material, criterion: &Criterion) -> String {
    let words = material.words;
    let notes = [
        criterion.implied.then(|| words.say("criterion.implied")),
        (criterion.validity == Validity::Standing).then(|| words.say("criterion.standing")),
        criterion.method.as_ref().map(|method| words.fill("criterion.method", &[("method", &method.value)])),
        criterion.wants.as_ref().map(|wants| words.fill("criterion.wants", &[("wants", &wants.value)])),
        criterion.claimed.then(|| words.say("criterion.claimed")),
    ];
    notes.into_iter().flatten().collect::<Vec<_>>().join("; ")
}
