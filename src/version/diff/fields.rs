//! Field by field: everything that differs and is told nowhere else.
//!
//! Records are compared as the data that a snapshot holds, so that a field which the model gains is compared from its
//! first day on.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::model::Programme;
use crate::model::reference::{Kind, Reference};
use crate::version::diff::State;
use crate::version::diff::criteria::Eased;
use crate::version::diff::pairs::GatePairs;
use crate::version::diff::{Field, FieldChange, Said};

/// Settings first, then records in the later version's order.
pub fn changed(before: &State, after: &State, gates: &[GatePairs], eased: &Eased) -> Vec<FieldChange> {
    let mut changes = compare(None, settings(before.programme), settings(after.programme));
    changes.extend(of_records(records(before.programme), records(after.programme)));
    for pair in gates.iter().flat_map(|gate| &gate.pairs) {
        let (Some(then), Some(now)) = (pair.before, pair.after) else { continue };
        let reference = Reference::new(Kind::Criterion, &now.id);
        let found = compare(Some(reference), fields(value(then)), fields(value(now)));
        let is_told = |change: &FieldChange| match &change.field {
            Field::Known(name) => eased.iter().any(|(id, field)| *id == now.id && field == name),
            Field::Extra(_) => false,
        };
        changes.extend(found.into_iter().filter(|change| !is_told(change)));
    }
    changes
}

fn value(record: &impl Serialize) -> Value {
    serde_json::to_value(record).expect("records are plain data with text keys")
}

/// Of decisions, conditions, waivers and evidence alone.
pub fn of_judgements(before: &State, after: &State) -> Vec<FieldChange> {
    of_records(identified(judgements(before.programme)), identified(judgements(after.programme)))
}

/// In the later one's order; what is in one alone has no field that changed.
fn of_records(before: Vec<(Reference, Value)>, after: Vec<(Reference, Value)>) -> Vec<FieldChange> {
    let mut old: BTreeMap<Reference, Value> = before.into_iter().collect();
    let mut changes = Vec::new();
    for (reference, now) in after {
        if let Some(then) = old.remove(&reference) {
            changes.extend(compare(Some(reference), fields(then), fields(now)));
        }
    }
    changes
}

type Values = Vec<(Kind, Value)>;

fn of(kind: Kind, values: impl Iterator<Item = Value>) -> Values {
    values.map(|value| (kind, value)).collect()
}

fn records(programme: &Programme) -> Vec<(Reference, Value)> {
    let concerns = programme.concerns.iter().map(|concern| (concern.kind, value(concern)));
    // One chain would be one type of many layers; a list of lists reads the same.
    let all = [
        of(Kind::Milestone, programme.milestones.iter().map(value)),
        judgements(programme),
        of(Kind::Risk, programme.risks.iter().map(value)),
        concerns.collect(),
        of(Kind::Review, programme.reviews.iter().map(value)),
        of(Kind::Confidence, programme.confidences.iter().map(value)),
        of(Kind::Change, programme.changes.iter().map(value)),
    ];
    identified(all.concat())
}

/// What somebody decided or judged.
fn judgements(programme: &Programme) -> Values {
    let conditions = programme.decisions.iter().flat_map(|decision| &decision.conditions);
    let all = [
        of(Kind::Evidence, programme.evidence.iter().map(value)),
        of(Kind::Decision, programme.decisions.iter().map(value)),
        of(Kind::Condition, conditions.map(value)),
        of(Kind::Waiver, programme.waivers.iter().map(value)),
    ];
    all.concat()
}

fn identified(values: Values) -> Vec<(Reference, Value)> {
    let named = values.into_iter().filter_map(|(kind, value)| {
        let id = value.pointer("/record/id").or_else(|| value.get("id"))?.as_str()?;
        Some((Reference::new(kind, &crate::model::id::Id::new(id)), value))
    });
    named.collect()
}

fn settings(programme: &Programme) -> Vec<(Field, Said)> {
    let Value::Object(mut settings) = value(&programme.settings) else { return Vec::new() };
    // The number and the data date are what two versions differ in by definition; the site is not the programme.
    for name in ["version", "data_date", "site"] {
        settings.shift_remove(name);
    }
    let mut fields = Vec::new();
    gather("", &settings, &mut fields);
    fields
}

/// Told elsewhere, or made by milepost from what is told.
const NOT_FIELDS: &[&str] = &[
    "id",
    "id_derived",
    "implied",
    "split_on_commas",
    "text",
    "dependency",
    "criteria",
    "conditions",
    "kind",
    "asset",
    "to_window",
];

/// Objects whose parts are fields of their own.
const PARTED: &[&str] =
    &["entry", "exit", "tolerance", "acceptance", "not_applicable", "calendar", "appetite", "categories", "roles"];

/// What has a fixed set of words.
const WORDS: &[&str] =
    &["outcome", "validity", "timing", "level", "result", "visibility", "profile", "deadline_day", "colour"];

fn fields(record: Value) -> Vec<(Field, Said)> {
    let Value::Object(mut record) = record else { return Vec::new() };
    let mut fields = Vec::new();
    // Conditions and criteria have no record of their own; the text of a condition is a field, that of a criterion is not.
    let is_condition = record.contains_key("timing");
    if let Some(text) = record.get("text").filter(|_| is_condition || record.contains_key("record")) {
        fields.push((Field::Known("text".to_string()), said("text", text)));
    }
    // The kind of evidence and of a review is the author's word; that of a concern is what it is.
    if let Some(kind) =
        record.get("kind").filter(|_| record.contains_key("producer") || record.contains_key("reviewer"))
    {
        fields.push((Field::Known("type".to_string()), said("type", kind)));
    }
    if let Some(Value::Object(common)) = record.shift_remove("record") {
        common_fields(&common, &mut fields);
    }
    gather("", &record, &mut fields);
    fields
}

fn common_fields(common: &Map<String, Value>, fields: &mut Vec<(Field, Said)>) {
    for name in ["visibility", "narrative"] {
        fields.push((Field::Known(name.to_string()), said(name, &common[name])));
    }
    let extras = common.get("extras").and_then(Value::as_array).into_iter().flatten();
    for extra in extras {
        if let Some(name) = extra.get(0).and_then(Value::as_str) {
            fields.push((Field::Extra(name.to_string()), said("", &extra[1])));
        }
    }
}

fn gather(prefix: &str, object: &Map<String, Value>, fields: &mut Vec<(Field, Said)>) {
    for (name, value) in object.iter().filter(|(name, _)| !NOT_FIELDS.contains(&name.as_str())) {
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        match value {
            Value::Object(parts) if PARTED.contains(&name.as_str()) => gather(&path, parts, fields),
            value => fields.push((Field::Known(path), said(name, value))),
        }
    }
}

fn said(name: &str, value: &Value) -> Said {
    match value {
        Value::Null => Said::Nothing,
        Value::String(text) if text.trim().is_empty() => Said::Nothing,
        Value::String(_) if name == "narrative" => Said::Prose,
        Value::String(word) if WORDS.contains(&name) => Said::Word(word.clone()),
        Value::String(text) => text.parse().map_or_else(|_| Said::Text(text.clone()), Said::Date),
        Value::Bool(true) => Said::Word("yes".to_string()),
        Value::Bool(false) => Said::Word("no".to_string()),
        Value::Array(items) if items.is_empty() => Said::Nothing,
        Value::Array(items) => Said::List(items.iter().map(line).collect()),
        other => Said::Text(line(other)),
    }
}

/// A value in one line, in the author's words where it holds them.
fn line(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Object(parts) => object_line(parts),
        Value::Array(items) => items.iter().map(line).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn object_line(parts: &Map<String, Value>) -> String {
    let text = |name: &str| parts.get(name).and_then(Value::as_str);
    // Windows, levels and states hold what was written beside what it was taken for.
    if let Some(written) = text("said").or_else(|| text("text").filter(|_| parts.contains_key("grain"))) {
        return written.to_string();
    }
    if let (Some(milestone), Some(side)) = (text("milestone"), text("side")) {
        return format!("{milestone} {side}");
    }
    if let (Some(_), Some(id)) = (text("kind"), text("id")) {
        return id.to_string();
    }
    if let Some(criterion) = text("criterion") {
        let words = text("words").or_else(|| text("reason"));
        return words.map_or_else(|| criterion.to_string(), |words| format!("{criterion}: {words}"));
    }
    let parts = parts.values().map(line).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(", ")
}

fn compare(record: Option<Reference>, then: Vec<(Field, Said)>, now: Vec<(Field, Said)>) -> Vec<FieldChange> {
    let mut then = then;
    let mut changes = Vec::new();
    let mut note = |field: Field, from: Said, to: Said| {
        if from != to {
            changes.push(FieldChange { record: record.clone(), field, from, to });
        }
    };
    for (field, to) in now {
        let index = then.iter().position(|(name, _)| *name == field);
        // The order of a record's fields is the same in both, so the search ends at once.
        let from = index.map_or(Said::Nothing, |index| then.remove(index).1);
        note(field, from, to);
    }
    for (field, from) in then {
        note(field, from, Said::Nothing);
    }
    changes
}
