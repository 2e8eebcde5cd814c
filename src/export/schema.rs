//! JSON Schemas from the field tables, with which editors complete and check YAML. Never stricter than the reader.

use serde_json::{Map, Value, json};

use crate::reading::fields::{Field, Kind, PROGRAMME, Sort};

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Every schema by name: `programme`, then the kinds of records.
pub fn all() -> Vec<(&'static str, String)> {
    let kinds = Kind::ALL.into_iter().map(|kind| (kind.word(), text(&of_kind(kind))));
    [("programme", text(&programme()))].into_iter().chain(kinds).collect()
}

/// JSON as it is written into files.
pub fn text(value: &Value) -> String {
    let mut json = serde_json::to_string_pretty(value).expect("a tree of JSON values has nothing that JSON lacks");
    json.push('\n');
    json
}

/// The schema of `programme.yaml`. A key that is not known is an error there, so the other words for a key are listed.
fn programme() -> Value {
    let mut schema = closed(PROGRAMME);
    let parts = schema.as_object_mut().expect("made as a map");
    parts.insert("$schema".into(), json!(DRAFT));
    parts.insert("title".into(), json!("programme.yaml of milepost"));
    schema
}

/// The schema of a file with records of a kind: one record, a list, a map from ids, or lists under the names of kinds.
fn of_kind(kind: Kind) -> Value {
    let fields = kind.fields();
    let mut properties = properties(fields);
    if !properties.contains_key("kind") {
        properties.insert("kind".into(), json!({ "type": "string", "description": "what kind of record it is" }));
    }
    // One record is what has a field whose value has no keys of its own; an id of a map has.
    let marks: Vec<Value> = fields
        .iter()
        .map(|field| {
            let plain = json!({ field.name: { "type": ["string", "number", "boolean", "array"] } });
            json!({ "required": [field.name], "properties": plain })
        })
        .collect();
    let mut lists = Map::new();
    for other in Kind::ALL {
        let records = if other == kind { json!({ "$ref": "#/$defs/records" }) } else { json!({}) };
        lists.insert(other.folder().into(), records);
    }
    let part = json!({
        "if": { "type": "object" },
        "then": { "$ref": "#/$defs/record" },
        "else": { "type": ["string", "number", "boolean", "null"] },
    });
    json!({
        "$schema": DRAFT,
        "title": format!("{} of milepost", kind.folder()),
        "if": { "type": "object", "anyOf": marks },
        "then": { "$ref": "#/$defs/record" },
        "else": { "type": ["object", "array"], "properties": lists, "items": part, "additionalProperties": part },
        "$defs": {
            "record": { "type": "object", "properties": properties },
            "records": { "type": ["array", "object"], "items": part, "additionalProperties": part },
        },
    })
}

/// A map whose keys are known: another one is wrong.
fn closed(fields: &'static [Field]) -> Value {
    let mut properties = Map::new();
    for field in fields {
        properties.insert(field.name.into(), described(field, of_setting(field.sort)));
        for synonym in field.synonyms {
            let same = json!({ "description": format!("another word for `{}`", field.name) });
            properties.insert(synonym.replace(' ', "_"), same);
        }
    }
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn of_setting(sort: Sort) -> Value {
    match sort {
        Sort::Map(fields) => or_other(closed(fields)),
        Sort::Maps(fields) => json!({ "type": ["array", "object", "null"], "items": or_other(closed(fields)) }),
        Sort::OneOf(words) => {
            let said = words.iter().flat_map(|word| [word.to_string(), capitalised(word)]);
            json!({ "enum": said.map(Value::String).chain([Value::Null]).collect::<Vec<_>>() })
        }
        other => of_value(other),
    }
}

fn properties(fields: &'static [Field]) -> Map<String, Value> {
    fields.iter().map(|field| (field.name.to_string(), described(field, of_value(field.sort)))).collect()
}

/// What a value of a record may be. Words are read tolerantly, so suggestions stand beside what is allowed.
fn of_value(sort: Sort) -> Value {
    let suggested = |words: &[&str]| json!({ "anyOf": [{ "enum": words }, { "type": ["string", "null"] }] });
    match sort {
        // A list of words is joined; who signs may be given as `{role, person}`.
        Sort::Words => json!({ "type": ["string", "number", "boolean", "array", "object", "null"] }),
        Sort::Date => json!({ "type": ["string", "null"], "examples": ["2026-03-16"] }),
        Sort::Window => {
            json!({ "type": ["string", "number", "null"], "examples": ["Weeks 1–3", "Q3 2026", "2026-03-16"] })
        }
        Sort::Flag => json!({ "type": ["boolean", "string", "number", "null"] }),
        Sort::Number => json!({ "type": ["integer", "string", "null"], "minimum": 0 }),
        Sort::Score => json!({ "type": ["integer", "string", "object", "null"], "minimum": 1, "maximum": 25 }),
        Sort::Level => json!({ "type": ["integer", "number", "string", "null"], "minimum": 0, "maximum": 100 }),
        Sort::OneOf(words) => suggested(words),
        Sort::Status => json!({ "type": ["string", "number", "boolean", "null"] }),
        Sort::List => json!({ "type": ["array", "string", "number", "null"] }),
        Sort::References(_) => json!({ "type": ["array", "string", "number", "object", "null"] }),
        Sort::Gate => json!({ "type": ["string", "null"], "examples": ["M2 exit"] }),
        Sort::Criteria => json!({ "type": ["array", "string", "object", "null"] }),
        Sort::Map(fields) => json!({ "type": ["object", "string", "null"], "properties": properties(fields) }),
        Sort::Maps(fields) => {
            let item = json!({ "type": ["object", "string", "null"], "properties": properties(fields) });
            json!({ "type": ["array", "object", "string", "null"], "items": item })
        }
        // One number may stand for all of them, as of the appetite.
        Sort::Free => json!({ "type": ["object", "number", "null"] }),
    }
}

fn described(field: &Field, schema: Value) -> Value {
    let wanted = if field.controlled { "; wanted in the controlled profile" } else { "" };
    let mut parts = Map::new();
    parts.insert("description".into(), json!(format!("{}{wanted}", field.doc)));
    if let Value::Object(schema) = schema {
        parts.extend(schema);
    }
    Value::Object(parts)
}

/// The schema where there are keys at all: one role may stand for both gates, a name for a person.
fn or_other(schema: Value) -> Value {
    json!({ "if": { "type": ["object", "array"] }, "then": schema })
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
