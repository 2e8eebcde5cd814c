//! Decisions with their conditions and overrides, and waivers.

use std::collections::HashMap;

use crate::finding::Finding;
use crate::model::assemble::evidence::references;
use crate::model::assemble::join::Joined;
use crate::model::assemble::record;
use crate::model::assemble::sheet::{Desk, Sheet};
use crate::model::decision::{Condition, Decision, Outcome, Override, Timing, Waiver};
use crate::model::id::Id;
use crate::model::reference::Kind;
use crate::reading::entries::Value;
use crate::reading::fields::{CONDITION, OVERRIDE};
use crate::reading::{ids, words};
use crate::source::{Span, Spanned};

pub fn decisions(joined: Vec<Joined>, desk: &mut Desk) -> Vec<Decision> {
    let mut conditions = HashMap::new();
    let decisions = joined.into_iter().map(|joined| decision(joined, &mut conditions, desk));
    decisions.collect()
}

fn decision(mut joined: Joined, known: &mut HashMap<Id, Span>, desk: &mut Desk) -> Decision {
    let record = record(&mut joined, desk);
    let sheet = joined.sheet();
    let gate = sheet.text(desk, "gate");
    let conditions = conditions(&sheet, desk);
    for condition in &conditions {
        if let Some(first) = known.get(&condition.id) {
            let message = format!("condition `{}` is here twice", condition.id);
            let finding = Finding::new("duplicate-id", condition.at.clone(), message).label("the second one");
            let finding = finding.related(first.clone(), "the first one").help("give one of them another id");
            desk.found(finding, condition.id.as_str());
            continue;
        }
        known.insert(condition.id.clone(), condition.at.clone());
        desk.known.add(Kind::Condition, condition.id.as_str());
    }
    let (outcome, date) = (outcome(&sheet, desk), sheet.date(desk, "date"));
    let may_stop = sheet.value("outcome").and_then(Value::text).is_some_and(|text| words::may_stop(&text.plain));
    // A go that is still to come is none; a hold may stand already.
    let lost = |name: &str| if may_stop { sheet.is_written(name) } else { sheet.says_something(name) };
    let is_unread = outcome.is_none() && lost("outcome")
        || date.is_none() && lost("date")
        || matches!(sheet.value("by"), Some(Value::Disputed(_)));
    Decision {
        gate: gate.and_then(|text| desk.gate(&text, sheet.subject)),
        outcome,
        by: sheet.signatory(desk, "by"),
        date,
        is_unread,
        minutes: sheet.words(desk, "minutes"),
        on_version: sheet.words(desk, "on_version"),
        resume_on: sheet.date(desk, "resume_on"),
        new_gate_date: sheet.date(desk, "new_gate_date"),
        conditions,
        overrides: overrides(&sheet, desk),
        dissent: texts(&sheet, "dissent", desk),
        record,
    }
}

fn outcome(sheet: &Sheet, desk: &mut Desk) -> Option<Spanned<Outcome>> {
    let text = sheet.text(desk, "outcome")?;
    let Some(outcome) = desk.meaning_of_marks(&text, words::outcome) else {
        sheet.unknown_value(desk, "outcome", &text, &["go", "conditional go", "hold", "recycle", "kill"]);
        return None;
    };
    let outcome = match outcome {
        words::Outcome::Go => Outcome::Go,
        words::Outcome::ConditionalGo => Outcome::ConditionalGo,
        words::Outcome::Hold => Outcome::Hold,
        words::Outcome::Recycle => Outcome::Recycle,
        words::Outcome::Kill => Outcome::Kill,
    };
    Some(Spanned::new(outcome, text.at))
}

/// Whole sentences of a list field: cells are cut at `;` and line breaks only.
pub fn texts(sheet: &Sheet, name: &str, desk: &mut Desk) -> Vec<Spanned<String>> {
    let parts = sheet.parts(desk, name, &[';', '\n']);
    parts.into_iter().map(|text| Spanned::new(text.plain.trim().to_string(), text.at)).collect()
}

fn conditions(decision: &Sheet, desk: &mut Desk) -> Vec<Condition> {
    let Some(value) = filled(decision, "conditions") else { return Vec::new() };
    let maps = desk.maps(value, CONDITION, "text", "a condition", decision.subject);
    let mut conditions = Vec::with_capacity(maps.len());
    for (position, (at, values)) in maps.iter().enumerate() {
        let sheet = Sheet { fields: values, subject: decision.subject };
        let named = sheet.text(desk, "text").map(|text| match ids::in_name(&text) {
            Some((id, rest)) if !rest.is_empty() => (Some(id.plain), rest),
            _ => (None, text),
        });
        let (own, text) = named.map_or((None, None), |(own, text)| (own, Some(text)));
        let id = sheet.words(desk, "id").map(|id| id.value).or(own);
        let id = Id::new(&id.unwrap_or_else(|| format!("{}-C{}", decision.subject, position + 1)));
        let sheet = Sheet { subject: id.as_str(), ..sheet };
        let timing = [
            ("pre", Timing::Pre),
            ("before", Timing::Pre),
            ("pre condition", Timing::Pre),
            ("post", Timing::Post),
            ("after", Timing::Post),
            ("post condition", Timing::Post),
        ];
        let criterion = reference(&sheet, "criterion", Kind::Criterion, desk);
        let due = sheet.date(desk, "due");
        conditions.push(Condition {
            text: text.map(|text| Spanned::new(text.plain.trim().to_string(), text.at)),
            criterion_unread: criterion.is_none() && sheet.is_written("criterion"),
            criterion,
            owner: sheet.words(desk, "owner"),
            due_unread: due.is_none() && sheet.is_written("due"),
            due,
            timing: sheet.choice(desk, "timing", &timing),
            closed_on: sheet.date(desk, "closed_on"),
            evidence: references(&sheet, "evidence", Kind::Evidence, desk),
            at: at.clone(),
            id: id.clone(),
        });
    }
    conditions
}

/// A value that does not say that there is nothing.
fn filled<'j>(sheet: &Sheet<'j>, name: &str) -> Option<&'j Value<'j>> {
    let value = sheet.value(name)?;
    let nothing = value.text().is_some_and(|text| words::is_nothing(&text.plain));
    (!nothing).then_some(value)
}

/// The one record that a field names.
pub fn reference(sheet: &Sheet, name: &str, kind: Kind, desk: &mut Desk) -> Option<Spanned<Id>> {
    let text = sheet.text(desk, name)?;
    desk.resolve(&text, &[kind], sheet.subject).map(|(_, id)| id)
}

/// `M2-X3: why` in a cell, a map from criteria, or maps with `criterion` and `reason`.
fn overrides(decision: &Sheet, desk: &mut Desk) -> Vec<Override> {
    let Some(value) = filled(decision, "overrides") else { return Vec::new() };
    let maps = desk.maps(value, OVERRIDE, "criterion", "an override", decision.subject);
    let mut overrides = Vec::new();
    for (_, values) in &maps {
        let sheet = Sheet { fields: values, subject: decision.subject };
        let Some(text) = sheet.text(desk, "criterion") else { continue };
        let colon = text.plain.find(": ");
        let (named, words) = match colon {
            Some(colon) => (text.slice(0..colon), Some(text.slice(colon + 1..text.plain.len()))),
            None => (text, None),
        };
        let Some((_, criterion)) = desk.resolve(&named, &[Kind::Criterion], decision.subject) else { continue };
        let said = words.map(|words| Spanned::new(words.plain.trim().to_string(), words.at));
        overrides.push(Override { criterion, reason: sheet.words(desk, "reason").or(said) });
    }
    overrides
}

pub fn waivers(joined: Vec<Joined>, desk: &mut Desk) -> Vec<Waiver> {
    joined.into_iter().map(|joined| waiver(joined, desk)).collect()
}

fn waiver(mut joined: Joined, desk: &mut Desk) -> Waiver {
    let record = record(&mut joined, desk);
    let sheet = joined.sheet();
    Waiver {
        criterion: reference(&sheet, "criterion", Kind::Criterion, desk),
        reason: sheet.words(desk, "reason"),
        approver: sheet.signatory(desk, "approver"),
        date: sheet.date(desk, "date"),
        expires_on: sheet.date(desk, "expires_on"),
        record,
    }
}
