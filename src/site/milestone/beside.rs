//! What stands beside a milestone: risks, conditions, waivers, decisions, and how it stood in other versions.

use serde::Serialize;

use crate::model::decision::{Condition, Decision};
use crate::model::id::Id;
use crate::model::milestone::Milestone;
use crate::model::reference::Kind;
use crate::site::material::{Link, Mark, Material, Sentence, code};
use crate::site::risks::state;
use crate::status::{Colour, ConditionState, MilestoneStanding};

#[derive(Debug, Clone, Serialize)]
pub struct RiskRow {
    pub id: Link,
    pub title: String,
    pub mark: Mark,
    pub inherent: String,
    pub residual: String,
    pub owner: String,
    pub response: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct ConditionRow {
    pub id: Link,
    pub decision: Link,
    pub text: String,
    pub mark: Mark,
    pub reason: Sentence,
    pub owner: String,
    pub due: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct WaiverRow {
    pub id: Link,
    pub criterion: Link,
    pub reason: String,
    pub state: Sentence,
    pub approver: String,
    pub expires: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct DecisionRow {
    pub id: Link,
    pub gate: String,
    pub outcome: String,
    pub by: String,
    pub date: String,
    pub counts: bool,
    pub reason: Sentence,
}

#[derive(Debug, Clone, Serialize)]
pub struct HistoryRow {
    pub version: String,
    /// Where that version tells this milestone, from the portal's root; empty where it does not.
    pub href: String,
    pub data_date: String,
    pub mark: Option<Mark>,
    pub window: String,
    pub forecast: String,
}

pub fn risks(material: &Material, id: &Id) -> Vec<RiskRow> {
    let linked = material.index.risks_of.of(id);
    let mut rows: Vec<_> = linked
        .filter_map(|risk| material.standing.risks.get(&risk.record.id).map(|standing| (risk, standing)))
        .collect();
    rows.sort_by_key(|(risk, standing)| (!risk.is_open(), std::cmp::Reverse(standing.score)));
    let row = |(risk, standing): (&crate::model::risk::Risk, &crate::status::RiskStanding)| {
        let score = |score: Option<u8>| score.map_or_else(|| "–".to_string(), |score| score.to_string());
        RiskRow {
            id: material.link(Kind::Risk, &risk.record.id),
            title: risk.title.value.clone(),
            mark: state(material, risk, standing).told_at(material.reason_of(Kind::Risk, &risk.record.id)),
            inherent: score(risk.inherent.as_ref().map(|score| score.value)),
            residual: score(standing.score),
            owner: material.called(&risk.owner).unwrap_or_else(|| material.words.say("nobody")),
            response: risk
                .response
                .as_ref()
                .map_or_else(|| material.words.say("risk.no_response"), |text| text.value.clone()),
        }
    };
    rows.into_iter().map(row).collect()
}

pub fn conditions(material: &Material, id: &Id) -> Vec<ConditionRow> {
    let conditions = material
        .index
        .decisions_of
        .of(id)
        .flat_map(|decision| decision.conditions.iter().map(move |it| (decision, it)));
    conditions.map(|(decision, it)| condition(material, decision, it)).collect()
}

fn condition(material: &Material, decision: &Decision, condition: &Condition) -> ConditionRow {
    let words = material.words;
    let standing = material.standing.conditions.get(&condition.id);
    let state = standing.map_or(ConditionState::Open, |standing| standing.state);
    let colour = match state {
        ConditionState::Closed => Colour::Complete,
        ConditionState::Overdue => Colour::Red,
        ConditionState::Open | ConditionState::ClosedUnproven => Colour::Amber,
    };
    ConditionRow {
        id: material.link(Kind::Condition, &condition.id),
        decision: material.link(Kind::Decision, &decision.record.id),
        text: condition.text.as_ref().map(|text| text.value.clone()).unwrap_or_default(),
        mark: material
            .state(colour, words.of("condition_state", &code(&state)))
            .told_at(material.reason_of(Kind::Condition, &condition.id)),
        reason: standing.map(|standing| material.reason_without(&standing.reason, &condition.id)).unwrap_or_default(),
        owner: material.called(&condition.owner).unwrap_or_else(|| words.say("nobody")),
        due: condition.due.as_ref().map(|date| material.date_text(date.value)).unwrap_or_default(),
    }
}

pub fn waivers(material: &Material, milestone: &Milestone) -> Vec<WaiverRow> {
    let criteria = milestone.entry.criteria.iter().chain(&milestone.exit.criteria);
    let waivers = material.index.waivers_of.of_any(criteria.map(|criterion| &criterion.id));
    let waivers = waivers.filter_map(|waiver| Some((waiver, &waiver.criterion.as_ref()?.value)));
    let row = |(waiver, criterion): (&crate::model::decision::Waiver, &Id)| WaiverRow {
        id: material.link(Kind::Waiver, &waiver.record.id),
        criterion: material.link(Kind::Criterion, criterion),
        reason: waiver.reason.as_ref().map(|text| text.value.clone()).unwrap_or_default(),
        state: material
            .standing
            .waivers
            .get(&waiver.record.id)
            .map(|standing| material.reason_without(&standing.reason, &waiver.record.id))
            .unwrap_or_default(),
        approver: material.called(&waiver.approver).unwrap_or_else(|| material.words.say("nobody")),
        expires: waiver.expires_on.as_ref().map(|date| material.date_text(date.value)).unwrap_or_default(),
    };
    waivers.map(row).collect()
}

pub fn decisions(material: &Material, id: &Id) -> Vec<DecisionRow> {
    let words = material.words;
    let row = |decision: &Decision| {
        let standing = material.standing.decisions.get(&decision.record.id);
        let outcome = decision.outcome.as_ref().map(|outcome| words.of("outcome", &code(&outcome.value)));
        DecisionRow {
            id: material.link(Kind::Decision, &decision.record.id),
            gate: decision.gate.as_ref().map(|gate| words.of("gate", gate.value.side.word())).unwrap_or_default(),
            outcome: outcome.unwrap_or_else(|| words.say("none")),
            by: material.called(&decision.by).unwrap_or_else(|| words.say("nobody")),
            date: decision.date.as_ref().map(|date| material.date_text(date.value)).unwrap_or_default(),
            counts: standing.is_some_and(|standing| standing.counts),
            reason: standing.map(|it| material.reason_without(&it.reason, &decision.record.id)).unwrap_or_default(),
        }
    };
    let mut decisions: Vec<&Decision> = material.index.decisions_of.of(id).collect();
    decisions.sort_by_key(|decision| std::cmp::Reverse(decision.date.as_ref().map(|date| date.value)));
    decisions.into_iter().map(row).collect()
}

/// Newest first, this version at the head; empty where nothing is frozen.
pub fn history(material: &Material, id: &Id, standing: &MilestoneStanding) -> Vec<HistoryRow> {
    let frozen = &material.programme.history.versions;
    let mut rows: Vec<HistoryRow> = frozen
        .iter()
        .rev()
        .filter_map(|frozen| {
            let then = frozen.milestones.get(id)?;
            let colour = Colour::ALL.into_iter().find(|colour| colour.code() == then.colour);
            Some(HistoryRow {
                version: frozen.version.clone(),
                href: twin(material, &frozen.version, id),
                data_date: material.full_date_text(frozen.data_date),
                mark: colour.map(|colour| material.mark(colour).told_at(why_then(material, &frozen.version, id))),
                window: then.window.as_ref().map_or_else(|| "–".to_string(), |window| window.text.clone()),
                forecast: then.forecast_end.map_or_else(|| "–".to_string(), |date| material.date_text(date)),
            })
        })
        .collect();
    if rows.is_empty() {
        return rows;
    }
    let this = &material.programme.settings.version;
    let forecast = standing.schedule.forecast.as_ref();
    rows.insert(
        0,
        HistoryRow {
            version: material.words.fill("milestone.this_version", &[("version", this)]),
            href: String::new(),
            data_date: material.full_date_text(material.data_date()),
            mark: Some(material.mark(standing.colour)),
            window: forecast.map_or_else(|| "–".to_string(), |window| window.text.clone()),
            forecast: material.window_end(forecast),
        },
    );
    rows
}

/// Where the reason of its colour in another version is told, seen from this version's root.
fn why_then(material: &Material, version: &str, id: &Id) -> Option<String> {
    let twin = Some(twin(material, version, id)).filter(|twin| !twin.is_empty())?;
    let here = material.versions.this().base.as_deref().unwrap_or_default();
    Some(format!("{}{twin}#why", "../".repeat(here.matches('/').count())))
}

/// Its page in another version, seen from the portal's root; empty where there is none.
fn twin(material: &Material, version: &str, id: &Id) -> String {
    let address = material.link(Kind::Milestone, id).href;
    let entry = material.versions.entries.iter().find(|entry| entry.info.version == version && entry.is_frozen());
    let base = entry.filter(|entry| entry.pages.contains(&address)).and_then(|entry| entry.base.as_ref());
    base.map(|base| format!("{base}{address}")).unwrap_or_default()
}
