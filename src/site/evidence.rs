//! The evidence register: what proves it?

mod horizon;
pub mod item;

use chrono::{Days, NaiveDate};
use serde::Serialize;

use crate::model::evidence::{Evidence, is_address};
use crate::model::id::Id;
use crate::model::reference::Kind;
use crate::site::View;
use crate::site::material::{Day, Link, Mark, Material, Sentence, capital};
use crate::site::record;
use crate::source::Html;
use crate::status::{Colour, CriterionState, EvidenceStanding, EvidenceState};

#[derive(Debug, Clone, Serialize)]
pub struct EvidenceView {
    pub lede: String,
    pub is_empty: bool,
    /// Empty where nothing expires that soon.
    pub chart: Html,
    /// Which of many the chart has; empty where it has all.
    pub chart_note: String,
    pub horizon: Vec<Expiry>,
    pub caption: String,
    pub rows: Vec<Row>,
}

/// An item that counts and will stop counting, or has stopped.
#[derive(Debug, Clone, Serialize)]
pub struct Expiry {
    pub id: Link,
    pub title: String,
    pub day: String,
    pub distance: String,
    pub is_past: bool,
    pub criteria: Sentence,
    /// What it means for the gates that stand on it.
    pub means: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub id: Link,
    pub title: String,
    pub kind: String,
    pub mark: Mark,
    pub reason: Sentence,
    pub criteria: Sentence,
    /// Whose it is, as the filters take it; see `Material::whose`.
    pub whose: String,
    pub producer: String,
    pub produced: Day,
    pub acceptor: String,
    pub accepted: Day,
    pub expires: Day,
    pub is_expired: bool,
    pub seal: String,
}

/// How far the expiry horizon reaches.
const HORIZON_DAYS: u64 = 365;

pub fn page(material: &Material) -> (&'static str, String, View) {
    let all = &material.programme.evidence;
    let near = near(material);
    let drawn = horizon::DRAWN as i64;
    let chart_note = material.words.count_with("evidence.drawn", drawn, &[("all", &near.len().to_string())]);
    let view = EvidenceView {
        lede: lede(material),
        is_empty: all.is_empty(),
        chart: if near.is_empty() { Html::default() } else { horizon::draw(material, &near) },
        chart_note: if near.len() > horizon::DRAWN { chart_note } else { String::new() },
        horizon: near.iter().map(|(date, evidence, _)| expiry(material, *date, evidence)).collect(),
        caption: caption(material),
        rows: all.iter().filter_map(|evidence| row(material, evidence)).collect(),
    };
    ("evidence.html", material.words.say("nav.evidence"), View::Evidence(Box::new(view)))
}

fn lede(material: &Material) -> String {
    let all = material.programme.evidence.len();
    if all == 0 {
        return material.words.say("evidence.empty");
    }
    let standings = || material.standing.evidence.values();
    let of = |state| standings().filter(|standing| standing.state == state).count() as i64;
    let counting = standings().filter(|standing| !standing.counts_for.is_empty()).count();
    let total = material.words.count("kind.evidence", all as i64);
    let counts = material.words.count_with("evidence.counting", counting as i64, &[("all", &total)]);
    let waits = of(EvidenceState::Submitted);
    let lost = of(EvidenceState::Expired) + of(EvidenceState::Rejected) + of(EvidenceState::DoesNotCount);
    let waits = if waits > 0 { material.words.count("evidence.waiting", waits) } else { String::new() };
    let lost = if lost > 0 { material.words.count("evidence.lost", lost) } else { String::new() };
    record::join(&[counts, waits, lost])
}

fn caption(material: &Material) -> String {
    let unsealed = material.programme.evidence.iter().filter(|evidence| {
        let sealed = material.standing.evidence.get(&evidence.record.id).and_then(|standing| standing.sealed);
        sealed.is_none() && evidence.asset.is_some()
    });
    let unsealed = unsealed.count() as i64;
    let unsealed = if unsealed > 0 { material.words.count("evidence.unsealed", unsealed) } else { String::new() };
    let withheld = record::withheld(material, &[Kind::Evidence]);
    record::join(&[material.words.say("evidence.caption"), unsealed, withheld])
}

fn row(material: &Material, evidence: &Evidence) -> Option<Row> {
    let standing = material.standing.evidence.get(&evidence.record.id)?;
    let date =
        |date: &crate::model::Date, otherwise: &str| material.day_or(date.as_ref().map(|date| date.value), otherwise);
    let word = |words: &crate::model::Words| material.called(words).unwrap_or_default();
    Some(Row {
        id: material.link(Kind::Evidence, &evidence.record.id),
        title: evidence.title.value.clone(),
        kind: evidence.kind.as_ref().map(|kind| kind.value.clone()).unwrap_or_default(),
        mark: state(material, evidence, standing).told_at(material.reason_of(Kind::Evidence, &evidence.record.id)),
        reason: Sentence::plain(standing.reason.sentence.clone()),
        criteria: record::id_list(material, Kind::Criterion, criteria(evidence)),
        whose: material.whose([&evidence.producer, &evidence.acceptor]),
        producer: word(&evidence.producer),
        produced: date(&evidence.produced_on, ""),
        acceptor: word(&evidence.acceptor),
        accepted: date(&evidence.accepted_on, ""),
        expires: date(&evidence.expires_on, "–"),
        is_expired: evidence.expires_on.as_ref().is_some_and(|date| date.value < material.data_date()),
        seal: material.words.of("seal_short", seal(evidence, standing).code()),
    })
}

pub fn criteria(evidence: &Evidence) -> impl Iterator<Item = &Id> {
    evidence.proves.iter().map(|proof| &proof.criterion.value)
}

/// The shape and word of an item: what it does for the criteria that it is offered for.
pub fn state(material: &Material, evidence: &Evidence, standing: &EvidenceStanding) -> Mark {
    let (offered, counting) = (evidence.proves.len(), standing.counts_for.len());
    if counting > 0 && counting < offered {
        let values = [("counting", &*counting.to_string()), ("all", &offered.to_string())];
        return material.state(Colour::Amber, capital(&material.words.fill("evidence_state.in_part", &values)));
    }
    // Submitted proof is as urgent as the criterion that waits for it.
    let waits = |id: &Id| {
        let criterion = material.standing.criteria.get(id);
        criterion.is_some_and(|it| it.state == CriterionState::Submitted && it.mark != Colour::OnPlan)
    };
    let (colour, code) = match standing.state {
        EvidenceState::Counts if offered == 0 => (Colour::Unknown, "orphan"),
        EvidenceState::Counts => (Colour::Green, "counts"),
        EvidenceState::Submitted if criteria(evidence).any(waits) => (Colour::Amber, "submitted"),
        EvidenceState::Submitted => (Colour::OnPlan, "submitted"),
        EvidenceState::Rejected => (Colour::Red, "rejected"),
        EvidenceState::Expired => (Colour::Red, "expired"),
        EvidenceState::Withdrawn => (Colour::Stopped, "withdrawn"),
        EvidenceState::Superseded => (Colour::Stopped, "superseded"),
        EvidenceState::DoesNotCount => (Colour::Red, "does_not_count"),
        EvidenceState::Future => (Colour::Unknown, "future"),
    };
    material.state(colour, capital(&material.words.of("evidence_state", code)))
}

/// How far it is known that the file is the one that was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seal {
    Sealed,
    Changed,
    /// A file is there, and no hash is recorded.
    NotSealed,
    /// A file is named, and it is not there.
    FileMissing,
    /// On the web, where no build looks.
    Elsewhere,
    NoFile,
}

impl Seal {
    pub fn code(self) -> &'static str {
        match self {
            Seal::Sealed => "sealed",
            Seal::Changed => "changed",
            Seal::NotSealed => "not_sealed",
            Seal::FileMissing => "file_missing",
            Seal::Elsewhere => "elsewhere",
            Seal::NoFile => "no_file",
        }
    }
}

pub fn seal(evidence: &Evidence, standing: &EvidenceStanding) -> Seal {
    match (standing.sealed, &evidence.asset_sha256, &evidence.location) {
        (Some(true), _, _) => Seal::Sealed,
        (Some(false), Some(_), _) => Seal::Changed,
        (Some(false), None, _) => Seal::FileMissing,
        (None, Some(_), _) => Seal::NotSealed,
        (None, None, Some(location)) if is_address(&location.value) => Seal::Elsewhere,
        (None, None, Some(_)) => Seal::FileMissing,
        (None, None, None) => Seal::NoFile,
    }
}

/// What counts and expires within the horizon, or has expired; the first to expire first.
fn near<'a>(material: &Material<'a>) -> Vec<(NaiveDate, &'a Evidence, &'a EvidenceStanding)> {
    let until = material.data_date() + Days::new(HORIZON_DAYS);
    let mut near: Vec<(NaiveDate, &Evidence, &EvidenceStanding)> = Vec::new();
    for evidence in &material.programme.evidence {
        let Some(standing) = material.standing.evidence.get(&evidence.record.id) else { continue };
        let Some(date) = evidence.expires_on.as_ref().map(|date| date.value) else { continue };
        let is_in_use = !standing.counts_for.is_empty() || standing.state == EvidenceState::Expired;
        if is_in_use && date <= until {
            near.push((date, evidence, standing));
        }
    }
    near.sort_by_key(|(date, _, _)| *date);
    near
}

fn expiry(material: &Material, date: NaiveDate, evidence: &Evidence) -> Expiry {
    let is_past = date < material.data_date();
    let means = match (is_past, next_gate(material, evidence, date)) {
        (true, _) => material.words.say("evidence.expired"),
        (false, Some(gate)) => {
            let date = material.date_text(gate.date);
            material.words.fill("evidence.expires_before", &[("gate", &gate.name), ("date", &date)])
        }
        (false, None) => String::new(),
    };
    Expiry {
        id: material.link(Kind::Evidence, &evidence.record.id),
        title: evidence.title.value.clone(),
        day: material.date_text(date),
        distance: material.distance(date),
        is_past,
        criteria: record::id_list(material, Kind::Criterion, criteria(evidence)),
        means,
    }
}

/// A gate that nobody has passed, and its day.
struct GateToCome {
    date: NaiveDate,
    name: String,
    colour: Colour,
}

/// The first gate that is still to be decided when an item has expired.
fn next_gate(material: &Material, evidence: &Evidence, expires: NaiveDate) -> Option<GateToCome> {
    gates_to_come(material, evidence).into_iter().find(|gate| gate.date > expires)
}

/// The gates that rest on an item and are still to be decided, the first first.
fn gates_to_come(material: &Material, evidence: &Evidence) -> Vec<GateToCome> {
    let mut gates: Vec<GateToCome> = criteria(evidence).filter_map(|id| gate_to_come(material, id)).collect();
    gates.sort_by(|one, other| (one.date, &one.name).cmp(&(other.date, &other.name)));
    gates
}

fn gate_to_come(material: &Material, criterion: &Id) -> Option<GateToCome> {
    let (milestone, side) = item::gate_of(material, criterion)?;
    let standing = material.standing.milestones.get(&milestone.record.id)?.gate(side);
    let name = material.words.fill(
        "gate.name",
        &[("milestone", milestone.record.id.as_str()), ("side", &material.words.of("side", side.word()))],
    );
    let date = standing.date.filter(|_| !standing.state.is_decided_go())?;
    Some(GateToCome { date, name, colour: standing.colour })
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::EvidenceView;
    use crate::model::id::Id;
    use crate::site::View;
    use crate::site::register_sample::{programme, with_material};

    fn page(change: impl FnOnce(&mut crate::model::Programme)) -> EvidenceView {
        let mut programme = programme();
        change(&mut programme);
        with_material(programme, |material| match super::page(material).2 {
            View::Evidence(view) => *view,
            other => panic!("{other:?}"),
        })
    }

    fn check(view: &EvidenceView, expected: Expect) {
        let rows = view.rows.iter().map(|row| {
            format!("{} {} {}, {}: {}\n", row.id.text, row.mark.colour, row.mark.word, row.seal, row.reason.0[0].text)
        });
        expected.assert_eq(&rows.collect::<String>());
    }

    #[test]
    fn every_item_has_its_shape_word_and_reason() {
        check(
            &page(|_| {}),
            expect![[r#"
            E-009 green Counts, not sealed: Accepted by QA lead on Thu 19 Feb; not sealed: no hash was recorded
            E-014 on_plan Awaiting acceptance, file missing: Submitted; nobody has accepted or rejected it
            E-015 red Does not count, file changed: Its file is not the one that was accepted
            E-016 on_plan Awaiting acceptance, not sealed: Accepted by Platform lead, who produced it; another person must accept it
            E-017 amber Counts for 1 of 2, elsewhere: The criterion's words have changed since it was given as proof
            E-018 red Rejected, not sealed: Rejected Thu 19 Feb
            E-019 stopped Withdrawn, not sealed: Withdrawn Thu 19 Feb
        "#]],
        );
    }

    #[test]
    fn expiry_before_a_gate_is_said() {
        let view = page(|_| {});
        let said: Vec<&str> = view.horizon.iter().map(|item| item.means.as_str()).collect();
        assert_eq!(said, ["Expires before the M2 exit gate of Fri\u{a0}27\u{a0}Feb is decided."]);
        assert!(view.chart.as_str().contains("before the M2 exit gate") && view.chart_note.is_empty());
    }

    #[test]
    fn of_many_that_expire_the_first_are_drawn() {
        let view = page(|programme| {
            let first = programme.evidence[0].clone();
            for number in 100..160 {
                let mut item = first.clone();
                item.record.id = Id::new(&format!("E-{number}"));
                programme.evidence.push(item);
            }
        });
        assert_eq!(view.chart.as_str().matches("<a class=\"name\"").count(), super::horizon::DRAWN);
        assert_eq!(view.horizon.len(), 61);
        assert_eq!(view.chart_note, "The first 40 of 61 are drawn; all are in the list.");
    }

    #[test]
    fn nothing_that_expires_is_no_chart() {
        let view = page(|programme| programme.evidence.iter_mut().for_each(|item| item.expires_on = None));
        assert!(view.chart.as_str().is_empty() && view.horizon.is_empty());
    }

    #[test]
    fn empty_register_says_how_to_fill_it() {
        let view = page(|programme| programme.evidence.clear());
        assert!(view.is_empty && view.lede.starts_with("No evidence is recorded"));
    }
}
