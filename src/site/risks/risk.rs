//! The page of one risk.

use serde::Serialize;

use crate::model::id::Id;
use crate::model::reference::{Kind, Reference};
use crate::model::risk::{Action, Level, Risk};
use crate::site::View;
use crate::site::evidence::item::or_missing;
use crate::site::material::{Mark, Material};
use crate::site::record::{self, Fact, Foot, Head, Named, Related};
use crate::site::risks::state;
use crate::source::Spanned;
use crate::status::{Colour, RiskStanding};

#[derive(Debug, Clone, Serialize)]
pub struct RiskView {
    pub head: Head,
    pub scores: Vec<Score>,
    pub facts: Vec<Fact>,
    pub actions: Vec<ActionRow>,
    pub related: Vec<Related>,
    pub foot: Foot,
}

/// One step of the way from what it was to what it should be.
#[derive(Debug, Clone, Serialize)]
pub struct Score {
    pub name: String,
    pub score: String,
    pub note: String,
    pub is_above: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct ActionRow {
    pub text: String,
    pub who: String,
    pub due: String,
    pub done: String,
    pub mark: Mark,
}

pub fn page(material: &Material, id: &Id) -> (&'static str, String, View) {
    let risk = material.index.risks.get(id).expect("the outline names risks of this programme");
    let standing = &material.standing.risks[id];
    let address = material.link(Kind::Risk, id).href;
    let reason = material.reason_without(&standing.reason, id);
    let view = RiskView {
        head: record::head(material, (Kind::Risk, id), &risk.title.value, (state(material, risk, standing), reason)),
        scores: scores(material, risk, standing),
        facts: facts(material, risk),
        actions: risk.actions.iter().map(|action| action_row(material, action)).collect(),
        related: related(material, risk),
        foot: record::foot(material, &risk.record, &address),
    };
    ("risk.html", format!("{id} {}", risk.title.value), View::Risk(Box::new(view)))
}

fn scores(material: &Material, risk: &Risk, standing: &RiskStanding) -> Vec<Score> {
    let words = material.words;
    let of = |key: &str, score: Option<u8>, note: String| Score {
        name: words.of("field", key),
        score: score.map_or_else(|| "–".to_string(), |score| score.to_string()),
        note,
        is_above: risk.is_open() && score.is_some_and(|score| score > standing.appetite),
    };
    let written = |score: &Option<Spanned<u8>>| score.as_ref().map(|score| score.value);
    let note = match (written(&risk.residual), &risk.probability, &risk.impact) {
        (Some(_), _, _) => words.say("risks.now_residual"),
        (None, Some(_), Some(_)) => words.say("risks.now_product"),
        (None, _, _) if written(&risk.score).is_some() => words.say("risks.now_score"),
        _ if standing.score.is_some() => words.say("risks.now_inherent"),
        _ => words.say("risks.now_none"),
    };
    let category = risk.category.as_ref().map(|category| category.value.as_str());
    let own = category.filter(|_| standing.appetite != material.programme.settings.appetite.default);
    let appetite_note = own.map(|category| words.fill("risks.appetite_of", &[("category", category)]));
    vec![
        of("inherent", written(&risk.inherent), String::new()),
        of("now", standing.score, note),
        of("target", written(&risk.target), String::new()),
        Score { is_above: false, ..of("appetite", Some(standing.appetite), appetite_note.unwrap_or_default()) },
    ]
}

fn facts(material: &Material, risk: &Risk) -> Vec<Fact> {
    let level = |key: &str, level: &Option<Spanned<Level>>| {
        let level = &level.as_ref()?.value;
        let step = level.step.to_string();
        let note = if level.said == step { String::new() } else { material.words.fill("record.step", &[("n", &step)]) };
        Some(record::text(material, key, level.said.clone()).with_note(note))
    };
    let status = risk.status.as_ref().map(|status| record::text(material, "status", status.value.said.clone()));
    let written = risk.score.as_ref().map(|score| record::text(material, "score", score.value.to_string()));
    let accepted = risk.acceptance.as_ref();
    let facts = [
        record::words(material, "cause", &risk.cause),
        record::words(material, "event", &risk.event),
        record::words(material, "effect", &risk.effect),
        or_missing(material, "owner", record::person(material, "owner", &risk.owner)),
        record::words(material, "category", &risk.category),
        level("probability", &risk.probability),
        level("impact", &risk.impact),
        written,
        record::words(material, "proximity", &risk.proximity),
        or_missing(material, "response", record::words(material, "response", &risk.response)),
        accepted.and_then(|acceptance| record::person(material, "accepted_by", &acceptance.by)),
        accepted.and_then(|acceptance| record::due(material, "accepted_until", &acceptance.until)),
        status,
        record::date(material, "raised_on", &risk.raised_on),
        record::due(material, "reviewed_on", &risk.reviewed_on),
    ];
    facts.into_iter().flatten().collect()
}

fn action_row(material: &Material, action: &Action) -> ActionRow {
    let today = material.data_date();
    let date = |date: &crate::model::Date| date.as_ref().map(|date| date.value);
    let is_done = date(&action.done_on).is_some_and(|done| done <= today);
    let is_late = date(&action.due).is_some_and(|due| due < today);
    let (colour, code) = match (is_done, is_late) {
        (true, _) => (Colour::Complete, "done"),
        (false, true) => (Colour::Red, "overdue"),
        (false, false) => (Colour::OnPlan, "open"),
    };
    let text = |shown: Option<chrono::NaiveDate>| shown.map(|date| material.date_text(date)).unwrap_or_default();
    ActionRow {
        text: action.text.value.clone(),
        who: material.called(&action.actionee).unwrap_or_else(|| material.words.say("nobody")),
        due: text(date(&action.due)),
        done: text(date(&action.done_on)),
        mark: material.state(colour, material.words.of("action_state", code)),
    }
}

fn related(material: &Material, risk: &Risk) -> Vec<Related> {
    let id = &risk.record.id;
    let concerns = material.index.concerns_of.of(id).map(|concern| Named {
        id: material.link(concern.kind, &concern.record.id),
        name: concern.title.value.clone(),
        mark: None,
        note: Default::default(),
    });
    record::used([
        record::milestones(material, risk.milestones.iter().map(|id| &id.value)),
        Related { title: material.words.say("risks.concerns"), items: concerns.collect() },
        record::changes(material, &Reference::new(Kind::Risk, id)),
    ])
}
