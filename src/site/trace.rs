//! Criteria and evidence, each by the other: is anything unproven or orphaned?

use serde::Serialize;

use crate::model::Programme;
use crate::model::evidence::Evidence;
use crate::model::milestone::{Criterion, Extent, Milestone};
use crate::model::reference::Kind;
use crate::site::View;
use crate::site::evidence;
use crate::site::material::{Link, Mark, Material, Sentence};
use crate::site::record;
use crate::status::{CriterionStanding, CriterionState, EvidenceStanding};

#[derive(Debug, Clone, Serialize)]
pub struct TraceView {
    pub lede: String,
    /// Gaps first.
    pub criteria: Vec<CriterionRow>,
    /// Orphans first.
    pub evidence: Vec<EvidenceRow>,
    pub criteria_caption: String,
    pub evidence_caption: String,
}

/// A criterion, and what is offered for it.
#[derive(Debug, Clone, Serialize)]
pub struct CriterionRow {
    /// Whose it is, as the filters take it; see `Material::whose`.
    pub whose: String,
    pub id: Link,
    pub text: String,
    pub milestone: Link,
    pub mark: Mark,
    pub reason: Sentence,
    pub evidence: Vec<Offered>,
    pub waiver: Option<Link>,
    /// Nothing is offered for it and nothing stands in for proof.
    pub is_gap: bool,
}

/// One side of a pair: the other record, and whether the pair holds.
#[derive(Debug, Clone, Serialize)]
pub struct Offered {
    pub id: Link,
    pub name: String,
    pub note: String,
    pub counts: bool,
}

/// An item, and what it is offered for.
#[derive(Debug, Clone, Serialize)]
pub struct EvidenceRow {
    /// Whose it is, as the filters take it; see `Material::whose`.
    pub whose: String,
    pub id: Link,
    pub title: String,
    pub mark: Mark,
    pub criteria: Vec<Offered>,
    /// Conditions that it closes.
    pub conditions: Sentence,
    pub is_orphan: bool,
}

pub const ADDRESS: &str = "trace.html";

/// Is there anything to trace?
pub fn is_used(programme: &Programme) -> bool {
    !programme.evidence.is_empty() || programme.count(Kind::Criterion) > 0
}

pub fn page(material: &Material) -> (&'static str, String, View) {
    let view = view(material);
    ("trace.html", material.words.say("nav.trace"), View::Trace(Box::new(view)))
}

fn view(material: &Material) -> TraceView {
    let programme = material.programme;
    let mut criteria: Vec<(u8, CriterionRow)> =
        programme.criteria().filter_map(|(milestone, it)| criterion_row(material, milestone, it)).collect();
    criteria.sort_by_key(|(rank, _)| *rank);
    let mut evidence: Vec<(u8, EvidenceRow)> =
        programme.evidence.iter().filter_map(|item| evidence_row(material, item)).collect();
    evidence.sort_by_key(|(rank, _)| *rank);
    let gaps = criteria.iter().filter(|(_, row)| row.is_gap).count();
    let orphans = evidence.iter().filter(|(_, row)| row.is_orphan).count();
    let words = material.words;
    TraceView {
        lede: lede(material, gaps, orphans),
        criteria: criteria.into_iter().map(|(_, row)| row).collect(),
        evidence: evidence.into_iter().map(|(_, row)| row).collect(),
        criteria_caption: record::join(&[
            words.say("trace.criteria_caption"),
            record::withheld(material, &[Kind::Milestone]),
        ]),
        evidence_caption: record::join(&[
            words.say("trace.evidence_caption"),
            record::withheld(material, &[Kind::Evidence]),
        ]),
    }
}

fn lede(material: &Material, gaps: usize, orphans: usize) -> String {
    let words = material.words;
    let criteria = words.count("kind.criterion", material.programme.count(Kind::Criterion) as i64);
    if material.programme.evidence.is_empty() {
        return words.fill("trace.no_evidence", &[("criteria", &criteria)]);
    }
    let gaps = match gaps {
        0 => words.say("trace.no_gaps"),
        gaps => words.count_with("trace.gaps", gaps as i64, &[("criteria", &criteria)]),
    };
    let orphans = match orphans {
        0 => words.say("trace.no_orphans"),
        orphans => words.count("trace.orphans", orphans as i64),
    };
    record::join(&[gaps, orphans])
}

/// The row, and how far up it belongs: gaps, then what has proof that does not count, then the rest.
fn criterion_row(material: &Material, milestone: &Milestone, criterion: &Criterion) -> Option<(u8, CriterionRow)> {
    let standing = material.standing.criteria.get(&criterion.id)?;
    let offered = standing.evidence.iter().filter_map(|id| material.index.evidence.get(id).copied());
    let evidence: Vec<Offered> = offered.map(|item| offered_item(material, criterion, item)).collect();
    let is_gap = is_gap(criterion, standing);
    let rank = match standing.state {
        _ if is_gap => 0,
        CriterionState::Failed | CriterionState::Lapsed => 1,
        CriterionState::Submitted | CriterionState::Open => 2,
        CriterionState::Waived => 3,
        CriterionState::Met | CriterionState::NotApplicable => 4,
    };
    let row = CriterionRow {
        whose: material.whose([&milestone.owner, &criterion.owner, &criterion.acceptor]),
        id: material.link(Kind::Criterion, &criterion.id),
        text: criterion.text.value.clone(),
        milestone: material.link(Kind::Milestone, &milestone.record.id),
        mark: record::criterion_state(material, standing),
        reason: material.reason_without(&standing.reason, &criterion.id),
        evidence,
        waiver: standing.waiver.as_ref().map(|id| material.link(Kind::Waiver, id)),
        is_gap,
    };
    Some((rank, row))
}

/// Nothing is offered and nothing stands in for it. Another milestone's gate proves a dependency, and takes no evidence.
fn is_gap(criterion: &Criterion, standing: &CriterionStanding) -> bool {
    let by_gate = criterion.dependency.as_ref().is_some_and(|named| named.extent == Extent::Whole);
    standing.state == CriterionState::Open && standing.evidence.is_empty() && !by_gate
}

fn offered_item(material: &Material, criterion: &Criterion, item: &Evidence) -> Offered {
    let standing = material.standing.evidence.get(&item.record.id);
    let counts = standing.is_some_and(|standing| standing.counts_for.contains(&criterion.id));
    Offered {
        id: material.link(Kind::Evidence, &item.record.id),
        name: item.title.value.clone(),
        note: standing.map(|standing| pair_note(material, criterion, standing)).unwrap_or_default(),
        counts,
    }
}

/// Why the pair holds or does not, in a few words.
fn pair_note(material: &Material, criterion: &Criterion, standing: &EvidenceStanding) -> String {
    if standing.counts_for.contains(&criterion.id) {
        return material.words.say("trace.counts");
    }
    standing.obstacles.get(&criterion.id).unwrap_or(&standing.reason.sentence).clone()
}

fn evidence_row(material: &Material, item: &Evidence) -> Option<(u8, EvidenceRow)> {
    let standing = material.standing.evidence.get(&item.record.id)?;
    let named = evidence::criteria(item).filter_map(|id| material.index.criterion(id));
    let criteria: Vec<Offered> = named
        .map(|criterion| Offered {
            id: material.link(Kind::Criterion, &criterion.id),
            name: criterion.text.value.clone(),
            note: pair_note(material, criterion, standing),
            counts: standing.counts_for.contains(&criterion.id),
        })
        .collect();
    let conditions: Vec<_> = material.index.conditions_of.of(&item.record.id).map(|condition| &condition.id).collect();
    let is_orphan = criteria.is_empty() && conditions.is_empty();
    let rank = match criteria.iter().filter(|pair| pair.counts).count() {
        _ if is_orphan => 0,
        0 => 1,
        counting if counting < criteria.len() => 2,
        _ => 3,
    };
    let row = EvidenceRow {
        whose: material.whose([&item.producer, &item.acceptor]),
        id: material.link(Kind::Evidence, &item.record.id),
        title: item.title.value.clone(),
        mark: evidence::state(material, item, standing),
        criteria,
        conditions: record::id_list(material, Kind::Condition, conditions),
        is_orphan,
    };
    Some((rank, row))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::TraceView;
    use crate::model::Programme;
    use crate::site::register_sample::{programme, with_material};

    fn trace(change: impl FnOnce(&mut Programme)) -> TraceView {
        let mut programme = programme();
        change(&mut programme);
        with_material(programme, super::view)
    }

    fn check(view: &TraceView, expected: Expect) {
        let pair = |pair: &super::Offered| format!("{}{}", pair.id.text, if pair.counts { " counts" } else { "" });
        let criteria = view.criteria.iter().filter(|row| !row.is_gap).map(|row| {
            let pairs: Vec<String> = row.evidence.iter().map(pair).collect();
            format!("{} {}: {}\n", row.id.text, row.mark.word, pairs.join(", "))
        });
        let evidence = view.evidence.iter().map(|row| {
            let pairs: Vec<String> = row.criteria.iter().map(pair).collect();
            format!("{}: {}\n", row.id.text, if row.is_orphan { "orphan".into() } else { pairs.join(", ") })
        });
        let told = format!("{}\n{}{}", view.lede, criteria.collect::<String>(), evidence.collect::<String>());
        expected.assert_eq(&told);
    }

    #[test]
    fn gaps_and_orphans_come_first() {
        let view = trace(|programme| programme.evidence[3].proves.clear());
        assert!(view.criteria[0].is_gap && view.evidence[0].is_orphan);
        check(
            &view,
            expect![[r#"
            9 of 18 criteria have nothing offered for them. 1 item of evidence proves nothing here.
            M2-E2 Failed, overdue: E-018
            M2-X2 Lapsed: E-015
            M2-E1 Open, overdue: 
            M2-X3 Awaiting acceptance: E-014
            M3-E1 Open: 
            M4-E1 Open: 
            M5-E1 Open: 
            M2-X1 Met: E-009 counts, E-017, E-019
            M2-X5 Met: E-017 counts
            E-016: orphan
            E-014: M2-X3
            E-015: M2-X2
            E-018: M2-E2
            E-019: M2-X1
            E-017: M2-X5 counts, M2-X1
            E-009: M2-X1 counts
        "#]],
        );
    }

    #[test]
    fn without_evidence_nothing_is_proved() {
        let view = trace(|programme| programme.evidence.clear());
        assert!(view.lede.starts_with("No evidence is recorded, so nothing proves "), "{}", view.lede);
    }
}
