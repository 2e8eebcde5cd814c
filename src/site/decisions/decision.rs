//! The page of one decision: what was decided, by whom, on what, and what has come of it. A decision is never
//! rewritten: later facts stand beside it.

use serde::Serialize;

use crate::model::decision::Decision;
use crate::model::id::Id;
use crate::model::milestone::GateName;
use crate::model::reference::{Kind, Reference};
use crate::site::View;
use crate::site::decisions::promises::{ConditionRow, condition_row};
use crate::site::decisions::{gate_name, gate_state, log, named, outcome, state};
use crate::site::evidence::item::or_missing;
use crate::site::material::{Link, Mark, Material, Sentence};
use crate::site::narrative;
use crate::site::record::{self, Fact, Foot, Head, Named, Related};

#[derive(Debug, Clone, Serialize)]
pub struct DecisionView {
    pub head: Head,
    pub gate: Sentence,
    pub outcome: String,
    pub facts: Vec<Fact>,
    pub minutes: Option<Minutes>,
    pub conditions: Vec<ConditionRow>,
    pub overrides: Vec<OverrideLine>,
    pub dissent: Vec<String>,
    pub day: Option<OnTheDay>,
    pub since: Since,
    pub related: Vec<Related>,
    pub foot: Foot,
}

#[derive(Debug, Clone, Serialize)]
pub struct Minutes {
    pub text: String,
    pub web: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct OverrideLine {
    pub criterion: Link,
    pub text: String,
    pub reason: String,
    /// Where the criterion stands today.
    pub mark: Option<Mark>,
}

/// What the named version said of the gate.
#[derive(Debug, Clone, Serialize)]
pub struct OnTheDay {
    pub version: String,
    /// Its page of the milestone, below the portal's root.
    pub href: Option<String>,
    pub note: String,
    pub mark: Option<Mark>,
    pub criteria: Vec<CriterionThen>,
}

#[derive(Debug, Clone, Serialize)]
pub struct CriterionThen {
    pub id: Link,
    pub then: String,
    /// Its words today where they are others; empty where they are the same.
    pub now: String,
    pub is_gone: bool,
}

/// What is known today.
#[derive(Debug, Clone, Serialize)]
pub struct Since {
    pub gate: Option<Mark>,
    pub reason: Sentence,
    pub later: Vec<Named>,
}

pub fn page(material: &Material, id: &Id) -> (&'static str, String, View) {
    let decision = material.index.decisions.get(id).expect("the outline names decisions of this programme");
    let standing = &material.standing.decisions[id];
    let address = material.link(Kind::Decision, id).href;
    let gate = decision.gate.as_ref().map(|gate| &gate.value);
    let name: String = gate_name(material, gate).0.into_iter().map(|run| run.text).collect();
    let title = format!("{name}: {}", outcome(material, decision));
    let reason = log::plain_reason(material, decision, &standing.reason);
    let view = DecisionView {
        head: record::head(material, (Kind::Decision, id), &title, (state(material, decision), reason)),
        gate: gate_name(material, gate),
        outcome: outcome(material, decision),
        facts: facts(material, decision),
        minutes: decision.minutes.as_ref().map(|minutes| Minutes {
            text: minutes.value.clone(),
            web: narrative::is_web(&minutes.value).then(|| minutes.value.clone()),
        }),
        conditions: decision.conditions.iter().map(|condition| condition_row(material, decision, condition)).collect(),
        overrides: overrides(material, decision),
        dissent: decision.dissent.iter().map(|words| words.value.clone()).collect(),
        day: on_the_day(material, decision),
        since: since(material, decision),
        related: related(material, decision),
        foot: record::foot(material, &decision.record, &address),
    };
    ("decision.html", format!("{id} {title}"), View::Decision(Box::new(view)))
}

fn facts(material: &Material, decision: &Decision) -> Vec<Fact> {
    let by = record::person(material, "by", &decision.by);
    let facts = [
        or_missing(material, "by", by),
        authority(material, decision),
        or_missing(material, "date", record::date(material, "date", &decision.date)),
        record::words(material, "on_version", &decision.on_version),
        record::due(material, "resume_on", &decision.resume_on),
        record::due(material, "new_gate_date", &decision.new_gate_date),
    ];
    facts.into_iter().flatten().collect()
}

/// Who must decide this gate, and whether the one who did holds that role.
fn authority(material: &Material, decision: &Decision) -> Option<Fact> {
    let gate = &decision.gate.as_ref()?.value;
    let milestone = material.index.milestone(&gate.milestone)?;
    let Some(authority) = &milestone.gate(gate.side).authority else {
        return Some(record::text(material, "authority", material.words.say("decisions.any_authority")));
    };
    let settings = &material.programme.settings;
    let holds = decision.by.as_ref().is_some_and(|by| settings.holds(&by.value, &authority.value));
    let key = if holds { "decisions.holds" } else { "decisions.does_not_hold" };
    let fact = record::text(material, "authority", settings.called(&authority.value));
    Some(fact.with_note(material.words.say(key)))
}

fn overrides(material: &Material, decision: &Decision) -> Vec<OverrideLine> {
    let lines = decision.overrides.iter().map(|item| {
        let id = &item.criterion.value;
        let text = material.index.criterion(id);
        let reason = item.reason.as_ref().map(|reason| reason.value.clone());
        OverrideLine {
            criterion: material.link(Kind::Criterion, id),
            text: text.map(|criterion| criterion.text.value.clone()).unwrap_or_default(),
            reason: reason.unwrap_or_else(|| material.words.say("decisions.no_reason")),
            mark: criterion_mark(material, id),
        }
    });
    lines.collect()
}

fn criterion_mark(material: &Material, id: &Id) -> Option<Mark> {
    let standing = material.standing.criteria.get(id)?;
    Some(record::criterion_state(material, standing).told_at(material.reason_of(Kind::Criterion, id)))
}

fn on_the_day(material: &Material, decision: &Decision) -> Option<OnTheDay> {
    let version = &decision.on_version.as_ref()?.value;
    let entry = material.versions.entries.iter().find(|entry| entry.info.version == *version && entry.is_frozen());
    let frozen = material.programme.history.versions.iter().find(|frozen| frozen.version == *version);
    let gate = decision.gate.as_ref().map(|gate| &gate.value);
    let page = gate.map(|gate| material.link(Kind::Milestone, &gate.milestone).href);
    let href = entry.zip(page).and_then(|(entry, page)| {
        let base = entry.base.as_ref()?;
        Some(format!("{base}{}", if entry.pages.contains(&page) { &page } else { "index.html" }))
    });
    let date = entry.map(|entry| entry.info.data_date).or(frozen.map(|frozen| frozen.data_date));
    let note = match date {
        Some(date) => material.words.fill("decisions.version_date", &[("date", &material.full_date_text(date))]),
        None => material.words.say("decisions.version_unknown"),
    };
    let then = frozen.zip(gate).and_then(|(frozen, gate)| frozen.milestones.get(&gate.milestone));
    let colour = then.and_then(|then| crate::status::Colour::ALL.into_iter().find(|it| it.code() == then.colour));
    Some(OnTheDay {
        version: version.clone(),
        href,
        note,
        mark: colour.zip(gate).map(|(colour, gate)| {
            let state = material.words.of("colour", colour.code());
            let values = [("milestone", gate.milestone.as_str()), ("state", &state)];
            material.state(colour, material.words.fill("decisions.then_state", &values))
        }),
        criteria: frozen.zip(gate).map(|(frozen, gate)| criteria_then(material, frozen, gate)).unwrap_or_default(),
    })
}

/// The criteria of the gate as they were worded then, beside those of today that are others.
fn criteria_then(material: &Material, frozen: &crate::model::history::Frozen, gate: &GateName) -> Vec<CriterionThen> {
    let Some(milestone) = material.index.milestone(&gate.milestone) else { return Vec::new() };
    let today = &milestone.gate(gate.side).criteria;
    let of_gate = format!("{}-{}", gate.milestone, gate.side.letter());
    let belongs = |id: &Id| today.iter().any(|it| it.id == *id) || id.as_str().starts_with(&of_gate);
    let then = frozen.criteria.iter().filter(|(id, _)| belongs(id)).map(|(id, words)| {
        let now = today.iter().find(|criterion| criterion.id == *id);
        CriterionThen {
            id: material.link(Kind::Criterion, id),
            then: words.clone(),
            is_gone: now.is_none(),
            now: now.map(|now| now.text.value.clone()).filter(|now| now != words).unwrap_or_default(),
        }
    });
    then.collect()
}

fn since(material: &Material, decision: &Decision) -> Since {
    let Some(gate) = decision.gate.as_ref().map(|gate| &gate.value) else {
        return Since { gate: None, reason: Sentence::default(), later: Vec::new() };
    };
    let key = |decision: &Decision| (decision.date.as_ref().map(|date| date.value), decision.record.id.clone());
    let same_gate = material.index.decisions_of.of(&gate.milestone).filter(|other| {
        other.gate.as_ref().is_some_and(|it| it.value == *gate) && other.record.id != decision.record.id
    });
    let later = same_gate.filter(|other| key(other) > key(decision)).map(|other| named(material, other)).collect();
    let standing = material.standing.milestones.get(&gate.milestone).map(|standing| standing.gate(gate.side));
    let Some(standing) = standing else { return Since { gate: None, reason: Sentence::default(), later } };
    let reason = material.reason_without(&standing.reason, &decision.record.id);
    let mark = gate_state(material, standing).told_at(material.gate(&gate.milestone, gate.side));
    Since { gate: Some(mark), reason, later }
}

fn related(material: &Material, decision: &Decision) -> Vec<Related> {
    let Some(gate) = decision.gate.as_ref().map(|gate| &gate.value) else { return Vec::new() };
    let Some(milestone) = material.index.milestone(&gate.milestone) else { return Vec::new() };
    let criteria = &milestone.gate(gate.side).criteria;
    let of_criteria = criteria.iter().map(|criterion| {
        let standing = material.standing.criteria.get(&criterion.id);
        let evidence = standing.map_or(&[][..], |standing| &standing.evidence);
        Named {
            id: material.link(Kind::Criterion, &criterion.id),
            name: criterion.text.value.clone(),
            mark: criterion_mark(material, &criterion.id),
            note: record::id_list(material, Kind::Evidence, evidence),
        }
    });
    let waivers = material.index.waivers_of.of_any(criteria.iter().map(|criterion| &criterion.id));
    let waivers = waivers.map(|waiver| Named {
        id: material.link(Kind::Waiver, &waiver.record.id),
        name: waiver.reason.as_ref().map(|reason| reason.value.clone()).unwrap_or_default(),
        mark: None,
        note: record::id_list(material, Kind::Criterion, waiver.criterion.iter().map(|id| &id.value)),
    });
    record::used([
        Related { title: material.words.say("decisions.criteria_today"), items: of_criteria.collect() },
        Related { title: material.words.say("decisions.waivers"), items: waivers.collect() },
        record::milestones(material, [&gate.milestone]),
        record::changes(material, &Reference::new(Kind::Decision, &decision.record.id)),
    ])
}

#[cfg(test)]
mod tests {
    use super::DecisionView;
    use crate::model::id::Id;
    use crate::site::View;
    use crate::site::register_sample::{programme, with_material};

    fn page(id: &str) -> DecisionView {
        with_material(programme(), |material| match super::page(material, &Id::new(id)).2 {
            View::Decision(view) => *view,
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn words_of_the_day_stand_beside_those_of_today() {
        let day = page("D-003").day.unwrap();
        let said = day.criteria.into_iter().map(|it| (it.id.text, it.now, it.is_gone));
        let expected =
            [("M2-E1", "", false), ("M2-E2", "Platform environments provisioned", false), ("M2-E7", "", true)];
        assert!(said.eq(expected.map(|(id, now, is_gone)| (id.to_string(), now.to_string(), is_gone))));
    }

    #[test]
    fn later_decision_is_shown_beside_and_not_instead() {
        let view = page("D-002");
        assert_eq!(view.outcome, "Go");
        assert_eq!(view.since.later.len(), 1);
        assert_eq!(view.since.later[0].id.text, "D-009");
    }

    #[test]
    fn authority_is_named_with_whether_it_is_held() {
        let note = |id: &str| {
            let facts = page(id).facts;
            facts.into_iter().find(|fact| fact.term == "Authority").unwrap().note
        };
        assert_eq!(note("D-003"), "held by the one who decided");
        assert_eq!(note("D-009"), "not held by the one who decided");
    }
}
