//! The JSON Schema of `data/programme.json`: what other programs may count on. New fields may come; none goes or changes.

use serde_json::{Map, Value, json};

use crate::export::schema;

/// Draft 2020-12, as text with a line break at its end.
pub fn text() -> String {
    schema::text(&document())
}

fn document() -> Value {
    let programme = object(&[
        ("name", string()),
        ("version", string()),
        ("data_date", date()),
        ("status", status()),
        ("finish", or_null(date())),
        ("baseline_finish", or_null(date())),
        ("slip", or_null(integer())),
    ]);
    let withheld = object(&[("kind", string()), ("count", integer())]);
    let mut schema = object(&[
        ("programme", programme),
        ("milestones", list(milestone())),
        ("risks", list(risk())),
        ("evidence", list(evidence())),
        ("decisions", list(decision())),
        ("withheld", list(withheld)),
        ("findings", list(finding())),
    ]);
    let parts = schema.as_object_mut().expect("made as a map");
    parts.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    parts.insert("title".into(), json!("data/programme.json of milepost"));
    let about = "Absent values are null, dates are ISO 8601, lengths are working days, lists keep the author's order.";
    parts.insert("description".into(), json!(about));
    schema
}

fn milestone() -> Value {
    object(&[
        ("id", string()),
        ("name", string()),
        ("description", or_null(string())),
        ("owner", or_null(string())),
        ("window", or_null(window())),
        ("baseline", or_null(window())),
        ("forecast", or_null(window())),
        ("entry_gate_date", or_null(date())),
        ("exit_gate_date", or_null(date())),
        ("actual", or_null(date())),
        ("slip", or_null(integer())),
        ("total_float", or_null(integer())),
        ("critical", or_null(boolean())),
        ("depends_on", list(string())),
        ("entry", list(criterion())),
        ("exit", list(criterion())),
        ("implied_entry", list(criterion())),
        ("entry_gate", or_null(gate())),
        ("exit_gate", or_null(gate())),
        ("lifecycle", or_null(string())),
        ("declared", or_null(string())),
        ("status", or_null(status())),
    ])
}

fn window() -> Value {
    object(&[
        ("text", string()),
        ("grain", or_null(string())),
        ("start", or_null(date())),
        ("end", or_null(date())),
        ("weeks", or_null(list(integer()))),
    ])
}

fn gate() -> Value {
    object(&[
        ("state", string()),
        ("readiness", string()),
        ("met", integer()),
        ("mandatory", integer()),
        ("decision", or_null(string())),
        ("status", status()),
    ])
}

fn criterion() -> Value {
    object(&[
        ("id", string()),
        ("text", string()),
        ("state", or_null(string())),
        ("dependency", or_null(string())),
        ("mandatory", boolean()),
        ("due", or_null(date())),
        ("evidence", list(string())),
        ("sentence", or_null(string())),
    ])
}

fn risk() -> Value {
    object(&[
        ("id", string()),
        ("title", string()),
        ("probability", or_null(integer())),
        ("impact", or_null(integer())),
        ("score", or_null(integer())),
        ("owner", or_null(string())),
        ("response", or_null(string())),
        ("milestones", list(string())),
        ("appetite", or_null(integer())),
        ("above_appetite", or_null(boolean())),
    ])
}

fn evidence() -> Value {
    object(&[
        ("id", string()),
        ("title", string()),
        ("proves", list(string())),
        ("producer", or_null(string())),
        ("acceptor", or_null(string())),
        ("accepted_on", or_null(date())),
        ("expires_on", or_null(date())),
        ("state", or_null(string())),
        ("sentence", or_null(string())),
    ])
}

fn decision() -> Value {
    let condition = object(&[
        ("id", string()),
        ("text", or_null(string())),
        ("criterion", or_null(string())),
        ("due", or_null(date())),
        ("state", or_null(string())),
    ]);
    object(&[
        ("id", string()),
        ("gate", or_null(string())),
        ("outcome", or_null(string())),
        ("by", or_null(string())),
        ("date", or_null(date())),
        ("counts", or_null(boolean())),
        ("conditions", list(condition)),
    ])
}

fn finding() -> Value {
    object(&[
        ("rule", string()),
        ("severity", string()),
        ("path", string()),
        ("line", integer()),
        ("column", integer()),
        ("message", string()),
        ("help", or_null(string())),
        ("allowed", or_null(string())),
    ])
}

fn status() -> Value {
    let colours: Vec<&str> = crate::status::Colour::ALL.iter().map(|colour| colour.code()).collect();
    object(&[("colour", json!({ "enum": colours })), ("code", string()), ("sentence", string())])
}

fn string() -> Value {
    json!({ "type": "string" })
}

fn integer() -> Value {
    json!({ "type": "integer" })
}

fn boolean() -> Value {
    json!({ "type": "boolean" })
}

fn date() -> Value {
    json!({ "type": "string", "format": "date" })
}

fn list(of: Value) -> Value {
    json!({ "type": "array", "items": of })
}

fn or_null(of: Value) -> Value {
    json!({ "anyOf": [of, { "type": "null" }] })
}

/// Every field is always there.
fn object(fields: &[(&str, Value)]) -> Value {
    let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    let properties: Map<String, Value> = fields.iter().map(|(name, of)| (name.to_string(), of.clone())).collect();
    json!({ "type": "object", "required": names, "properties": properties })
}
