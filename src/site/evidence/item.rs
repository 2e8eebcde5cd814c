//! The page of one item of evidence: for which criteria it counts, for which it does not, and why.

use serde::Serialize;

use crate::model::evidence::{Evidence, Verdict};
use crate::model::id::Id;
use crate::model::milestone::{Criterion, Milestone, Side, Validity};
use crate::model::reference::{Kind, Reference};
use crate::site::View;
use crate::site::evidence::{Seal, criteria, seal, state};
use crate::site::material::{Link, Mark, Material, Sentence, capital};
use crate::site::narrative;
use crate::site::record::{self, Fact, Foot, Head, Named, Related};
use crate::status::{Colour, EvidenceStanding, EvidenceState};

#[derive(Debug, Clone, Serialize)]
pub struct ItemView {
    pub head: Head,
    pub facts: Vec<Fact>,
    pub location: Option<Location>,
    pub offered: Vec<Offered>,
    pub seal: SealView,
    pub related: Vec<Related>,
    pub foot: Foot,
}

/// Where it lies, and the address to follow: of the web, or of a file that is published here.
#[derive(Debug, Clone, Serialize)]
pub struct Location {
    pub text: String,
    pub web: Option<String>,
    /// Relative to the version's root.
    pub file: Option<String>,
    pub note: String,
}

/// One criterion that it is offered for.
#[derive(Debug, Clone, Serialize)]
pub struct Offered {
    pub id: Link,
    pub text: String,
    pub gate: Sentence,
    /// Whether this item counts for it.
    pub here: Mark,
    pub why: String,
    /// Where the criterion stands, with all its evidence.
    pub criterion: Mark,
    pub asks: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct SealView {
    pub said: String,
    pub recorded: String,
    pub now: String,
    /// What to paste into the record; empty where it is sealed or cannot be.
    pub line: String,
}

pub fn page(material: &Material, id: &Id) -> (&'static str, String, View) {
    let evidence = material.index.evidence.get(id).expect("the outline names evidence of this programme");
    let standing = &material.standing.evidence[id];
    let address = material.link(Kind::Evidence, id).href;
    let mark = state(material, evidence, standing);
    let reason = Sentence::plain(standing.reason.sentence.clone());
    let view = ItemView {
        head: record::head(material, (Kind::Evidence, id), &evidence.title.value, (mark, reason)),
        facts: facts(material, evidence),
        location: location(material, evidence),
        offered: evidence
            .proves
            .iter()
            .filter_map(|it| offered(material, (id, standing), &it.criterion.value))
            .collect(),
        seal: seal_view(material, evidence, standing),
        related: related(material, evidence),
        foot: record::foot(material, &evidence.record, &address),
    };
    ("evidence-item.html", format!("{id} {}", evidence.title.value), View::EvidenceItem(Box::new(view)))
}

/// The milestone and side that a criterion belongs to.
pub fn gate_of<'a>(material: &Material<'a>, criterion: &Id) -> Option<(&'a Milestone, Side)> {
    material.index.criteria.get(criterion).map(|(milestone, side, _)| (*milestone, *side))
}

fn facts(material: &Material, evidence: &Evidence) -> Vec<Fact> {
    let verdict = evidence.result.as_ref().map(|result| match result.value {
        Verdict::Pass => "pass",
        Verdict::Fail => "fail",
    });
    let older = record::links(material, "supersedes", Kind::Evidence, evidence.supersedes.iter().map(|id| &id.value));
    let own = &evidence.record.id;
    let newer = material.index.newer.of(own);
    let newer = record::links(material, "superseded_by", Kind::Evidence, newer.map(|it| &it.record.id));
    let acceptor = record::person(material, "acceptor", &evidence.acceptor);
    let facts = [
        record::words(material, "type", &evidence.kind),
        or_missing(material, "producer", record::person(material, "producer", &evidence.producer)),
        or_missing(material, "produced_on", record::date(material, "produced_on", &evidence.produced_on)),
        verdict.map(|word| record::text(material, "result", material.words.of("verdict", word))),
        or_missing(material, "acceptor", acceptor),
        record::date(material, "accepted_on", &evidence.accepted_on),
        record::date(material, "rejected_on", &evidence.rejected_on),
        record::date(material, "withdrawn_on", &evidence.withdrawn_on),
        record::due(material, "expires_on", &evidence.expires_on),
        older,
        newer,
    ];
    facts.into_iter().flatten().collect()
}

pub fn or_missing(material: &Material, key: &str, fact: Option<Fact>) -> Option<Fact> {
    Some(fact.unwrap_or_else(|| record::missing(material, key)))
}

fn location(material: &Material, evidence: &Evidence) -> Option<Location> {
    let text = evidence.location.as_ref()?.value.clone();
    let web = narrative::is_web(&text).then(|| text.clone());
    let file = evidence.asset.as_ref().and_then(|asset| narrative::file_address(material, asset));
    let note = match (&web, &file, &evidence.asset) {
        (None, None, Some(_)) => material.words.say("evidence.not_published"),
        _ => String::new(),
    };
    Some(Location { text, web, file, note })
}

fn offered(material: &Material, (own, standing): (&Id, &EvidenceStanding), id: &Id) -> Option<Offered> {
    let (milestone, side, criterion) = *material.index.criteria.get(id)?;
    let of_criterion = material.standing.criteria.get(id)?;
    let (here, why) = match standing.obstacles.get(id) {
        None if standing.counts_for.contains(id) => {
            let is_it = of_criterion.counting.as_ref() == Some(own);
            let key = if is_it { "evidence.rests_on_it" } else { "evidence.counts_too" };
            (
                material.state(Colour::Green, capital(&material.words.of("evidence_state", "counts"))),
                material.words.say(key),
            )
        }
        obstacle => (not_counting(material, standing), obstacle.unwrap_or(&standing.reason.sentence).clone()),
    };
    let gate = material.words.fill(
        "gate.name",
        &[("milestone", milestone.record.id.as_str()), ("side", &material.words.of("side", side.word()))],
    );
    Some(Offered {
        id: material.link(Kind::Criterion, id),
        text: criterion.text.value.clone(),
        gate: material.sentence(&gate, &[Reference::new(Kind::Milestone, &milestone.record.id)]),
        here,
        why,
        criterion: record::criterion_state(material, of_criterion).told_at(material.reason_of(Kind::Criterion, id)),
        asks: asks(material, criterion),
    })
}

/// Proof that nobody has judged is no failure, and what was taken back is none either.
fn not_counting(material: &Material, standing: &EvidenceStanding) -> Mark {
    let (colour, code) = match standing.state {
        EvidenceState::Submitted => (Colour::OnPlan, "submitted"),
        EvidenceState::Withdrawn => (Colour::Stopped, "withdrawn"),
        EvidenceState::Superseded => (Colour::Stopped, "superseded"),
        _ => (Colour::Red, "does_not_count"),
    };
    material.state(colour, capital(&material.words.of("evidence_state", code)))
}

/// What a criterion asks of its evidence: type, acceptor, whether it must go on holding.
fn asks(material: &Material, criterion: &Criterion) -> String {
    let wants = criterion.wants.as_ref().map(|wants| wants.value.clone());
    let acceptor = material.called(&criterion.acceptor);
    let acceptor = acceptor.map(|who| material.words.fill("evidence.asks_acceptor", &[("who", &who)]));
    let standing = (criterion.validity == Validity::Standing).then(|| material.words.say("evidence.asks_standing"));
    [wants, acceptor, standing].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn seal_view(material: &Material, evidence: &Evidence, standing: &EvidenceStanding) -> SealView {
    let seal = seal(evidence, standing);
    let now = evidence.asset_sha256.as_ref().map(|hash| hash.to_string()).unwrap_or_default();
    SealView {
        said: material.words.of("seal", seal.code()),
        recorded: evidence.sha256.as_ref().map(|hash| hash.value.clone()).unwrap_or_default(),
        line: if seal == Seal::NotSealed { format!("sha256: {now}") } else { String::new() },
        now,
    }
}

fn related(material: &Material, evidence: &Evidence) -> Vec<Related> {
    let id = &evidence.record.id;
    let mut gates: Vec<(&Milestone, Side)> = Vec::new();
    for gate in criteria(evidence).filter_map(|criterion| gate_of(material, criterion)) {
        if !gates.iter().any(|(milestone, side)| milestone.record.id == gate.0.record.id && *side == gate.1) {
            gates.push(gate);
        }
    }
    let decisions = material.index.decisions_of.of_any(gates.iter().map(|(milestone, _)| &milestone.record.id));
    let decisions = decisions.filter(|decision| {
        let gate = decision.gate.as_ref().map(|gate| &gate.value);
        gate.is_some_and(|gate| gates.iter().any(|(of, side)| of.record.id == gate.milestone && *side == gate.side))
    });
    let decisions = decisions.map(|decision| crate::site::decisions::named(material, decision));
    let conditions = material.index.conditions_of.of(id).map(|condition| Named {
        id: material.link(Kind::Condition, &condition.id),
        name: condition.text.as_ref().map(|text| text.value.clone()).unwrap_or_default(),
        mark: crate::site::decisions::condition_state(material, condition),
        note: Sentence::default(),
    });
    let decisions = Related { title: material.words.say("evidence.decisions"), items: decisions.collect() };
    let conditions = Related { title: material.words.say("evidence.conditions"), items: conditions.collect() };
    let mut milestones: Vec<&Id> = gates.iter().map(|(milestone, _)| &milestone.record.id).collect();
    milestones.dedup();
    record::used([
        record::milestones(material, milestones),
        conditions,
        decisions,
        record::changes(material, &Reference::new(Kind::Evidence, id)),
    ])
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::ItemView;
    use crate::model::id::Id;
    use crate::site::View;
    use crate::site::register_sample::{programme, with_material};

    fn item(id: &str) -> ItemView {
        with_material(programme(), |material| match super::page(material, &Id::new(id)).2 {
            View::EvidenceItem(view) => *view,
            other => panic!("{other:?}"),
        })
    }

    fn check(id: &str, expected: Expect) {
        let view = item(id);
        let rows = view.offered.iter().map(|row| {
            format!("{} {}, {}; the criterion: {}\n", row.id.text, row.here.word, row.why, row.criterion.word)
        });
        let said = format!("{}{}\n{}", rows.collect::<String>(), view.seal.said, view.seal.line);
        expected.assert_eq(&said);
    }

    #[test]
    fn item_says_for_each_criterion_whether_it_counts_and_why() {
        check(
            "E-009",
            expect![[r#"
            M2-X1 Counts, The criterion rests on this item; the criterion: Met
            Not sealed: no hash was recorded, so nobody can tell whether the file is still the one that was accepted.
            sha256: 0b7e0b7e0b7e0b7e0b7e0b7e0b7e0b7e0b7e0b7e0b7e0b7e0b7e0b7e0b7e0b7e"#]],
        );
        check(
            "E-017",
            expect![[r#"
            M2-X5 Counts, The criterion rests on this item; the criterion: Met
            M2-X1 Does not count, The criterion's words have changed since it was given as proof; the criterion: Met
            Not a file of the programme: milepost does not look at it.
        "#]],
        );
        check(
            "E-015",
            expect![[r#"
            M2-X2 Does not count, Its file is not the one that was accepted; the criterion: Lapsed
            The file is not the one that was accepted: its hash is another.
        "#]],
        );
    }

    #[test]
    fn only_addresses_of_the_web_and_published_files_are_links() {
        assert_eq!(item("E-017").location.unwrap().web.as_deref(), Some("https://example.org/drills/17"));
        let file = item("E-009").location.unwrap();
        assert!(file.web.is_none() && file.file.is_none() && !file.note.is_empty());
        let mut published = programme();
        published.settings.site.publish_files = true;
        let view = with_material(published, |material| super::page(material, &Id::new("E-009")).2);
        let View::EvidenceItem(view) = view else { panic!("{view:?}") };
        assert_eq!(view.location.unwrap().file.as_deref(), Some("files/evidence/run.txt"));
    }
}
