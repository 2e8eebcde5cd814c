//! The decisions themselves, newest first, with what was overridden and who disagreed.

use serde::Serialize;

use crate::model::decision::Decision;
use crate::model::reference::Kind;
use crate::site::decisions::{gate_name, outcome, state};
use crate::site::material::{Day, Link, Mark, Material, Sentence};
use crate::site::record;
use crate::status::GateState;

#[derive(Debug, Clone, Serialize)]
pub struct LogRow {
    pub id: Link,
    pub gate: Sentence,
    pub outcome: String,
    pub by: String,
    pub date: Day,
    pub mark: Mark,
    pub reason: Sentence,
    pub conditions: Sentence,
    pub beside: String,
    /// Whose it is, as the filters take it; see `Material::whose`.
    pub whose: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct OverrideRow {
    pub decision: Link,
    pub gate: Sentence,
    pub criterion: Sentence,
    pub reason: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Dissent {
    pub decision: Link,
    pub gate: Sentence,
    pub words: String,
}

pub fn of(material: &Material) -> Vec<LogRow> {
    newest_first(material).into_iter().map(|decision| row(material, decision)).collect()
}

fn newest_first<'a>(material: &Material<'a>) -> Vec<&'a Decision> {
    let mut decisions: Vec<&Decision> = material.programme.decisions.iter().collect();
    decisions.sort_by(|left, right| {
        let key = |decision: &Decision| decision.date.as_ref().map(|date| date.value);
        key(right).cmp(&key(left)).then_with(|| right.record.id.cmp(&left.record.id))
    });
    decisions
}

fn row(material: &Material, decision: &Decision) -> LogRow {
    let words = material.words;
    let overrides = decision.overrides.len() as i64;
    let dissent = decision.dissent.len() as i64;
    let overrides = if overrides > 0 { words.count("decisions.overrides_count", overrides) } else { String::new() };
    let dissent = if dissent > 0 { words.count("decisions.dissent_count", dissent) } else { String::new() };
    let standing = material.standing.decisions.get(&decision.record.id);
    let reason = standing.map(|standing| plain_reason(material, decision, &standing.reason)).unwrap_or_default();
    let date = decision.date.as_ref().map(|date| date.value);
    LogRow {
        id: material.link(Kind::Decision, &decision.record.id),
        gate: gate_name(material, decision.gate.as_ref().map(|gate| &gate.value)),
        outcome: outcome(material, decision),
        whose: material.whose([&decision.by]),
        by: material.called(&decision.by).unwrap_or_else(|| words.say("nobody")),
        date: material.day_or(date, &words.say("decisions.no_date")),
        mark: state(material, decision).told_at(material.reason_of(Kind::Decision, &decision.record.id)),
        reason,
        conditions: record::id_list(material, Kind::Condition, decision.conditions.iter().map(|it| &it.id)),
        beside: [overrides, dissent].into_iter().filter(|said| !said.is_empty()).collect::<Vec<_>>().join(", "),
    }
}

/// The reason without what its line says already: the decision and its gate.
pub fn plain_reason(material: &Material, decision: &Decision, reason: &crate::status::Reason) -> Sentence {
    let own = [Some(&decision.record.id), decision.gate.as_ref().map(|gate| &gate.value.milestone)];
    let others = reason.rests_on.iter().filter(|reference| !own.contains(&Some(&reference.id)));
    material.sentence(&reason.sentence, &others.cloned().collect::<Vec<_>>())
}

/// Criteria that a go was taken against: named by the decision, or found where its gate was passed by override.
pub fn overrides(material: &Material) -> Vec<OverrideRow> {
    let mut rows = Vec::new();
    for decision in newest_first(material) {
        let gate = || gate_name(material, decision.gate.as_ref().map(|gate| &gate.value));
        let link = || material.link(Kind::Decision, &decision.record.id);
        for item in &decision.overrides {
            let reason = item.reason.as_ref().map(|reason| reason.value.clone());
            rows.push(OverrideRow {
                decision: link(),
                gate: gate(),
                criterion: record::id_list(material, Kind::Criterion, [&item.criterion.value]),
                reason: reason.unwrap_or_else(|| material.words.say("decisions.no_reason")),
            });
        }
        if decision.overrides.is_empty() && is_override(material, decision) {
            let reason = material.words.say("decisions.unexplained");
            rows.push(OverrideRow { decision: link(), gate: gate(), criterion: Sentence::default(), reason });
        }
    }
    rows
}

fn is_override(material: &Material, decision: &Decision) -> bool {
    let counts = material.standing.decisions.get(&decision.record.id).is_some_and(|standing| standing.counts);
    let gate = decision.gate.as_ref().map(|gate| &gate.value);
    let gate = gate.and_then(|gate| Some(material.standing.milestones.get(&gate.milestone)?.gate(gate.side)));
    counts && gate.is_some_and(|gate| gate.state == GateState::PassedByOverride)
}

pub fn dissent(material: &Material) -> Vec<Dissent> {
    let mut said = Vec::new();
    for decision in newest_first(material) {
        said.extend(decision.dissent.iter().map(|words| Dissent {
            decision: material.link(Kind::Decision, &decision.record.id),
            gate: gate_name(material, decision.gate.as_ref().map(|gate| &gate.value)),
            words: words.value.clone(),
        }));
    }
    said
}
