//! Who may see a record or a page: the strictest of all that is said, and what is not understood is shown to nobody else.

use crate::finding::Finding;
use crate::model::Visibility;
use crate::model::assemble::sheet::{Desk, Sheet};
use crate::reading::entries::{Entry, Reading, Value};
use crate::reading::{fields, near};
use crate::syntax::{Document, Text, Tree};

/// What one place says of who may see something.
#[derive(Debug, Clone)]
pub enum Said<'a> {
    Written(Value<'a>),
    Known(Visibility),
}

/// All that an entry says.
pub fn said<'a>(entry: &Entry<'a>) -> Vec<Said<'a>> {
    let written = entry.fields.iter().filter(|(name, _)| *name == "visibility");
    let mut said: Vec<Said> = written.map(|(_, value)| Said::Written(value.clone())).collect();
    if entry.extras.iter().any(|(key, value)| is_near(key) && !is_empty(value)) {
        said.push(Said::Known(Visibility::Restricted));
    }
    said
}

/// The strictest; None where nothing is said. Findings: `unknown-value`, `wrong-type`, `placeholder-left`.
pub fn strictest(said: &[Said], subject: &str, desk: &mut Desk) -> Option<Visibility> {
    let each = said.iter().filter_map(|said| match said {
        Said::Written(value) => of_value(value, subject, desk),
        Said::Known(visibility) => Some(*visibility),
    });
    each.max()
}

/// Is a key that is not known meant to say who may see something?
pub fn is_near(key: &str) -> bool {
    let folded = fields::fold(key);
    folded.starts_with("visib") || near::nearest(&folded, ["visibility", "audience"]).is_some()
}

/// What the keys at the top of a file say of all that is in it. What a record of the file says too is found there.
pub fn of_file(document: &Document, reading: &Reading, desk: &mut Desk) -> Option<Visibility> {
    let Tree::Map(entries) = &document.data.as_ref()?.tree else { return None };
    // There it is what holds for a record that does not say.
    if reading.settings.is_some() {
        return None;
    }
    let mut strictest = None;
    for (key, node) in entries {
        let Some(value) = Value::of(node).filter(|_| is_near(&key.plain)) else { continue };
        let visibility = match matches!(fields::fold(&key.plain).as_str(), "visibility" | "audience") {
            true if is_of_record(&value, reading) => understood(&value),
            true => of_value(&value, "", desk),
            false => {
                misspelt(key, reading, desk);
                Some(Visibility::Restricted)
            }
        };
        strictest = strictest.max(visibility);
    }
    strictest
}

fn of_value(value: &Value, subject: &str, desk: &mut Desk) -> Option<Visibility> {
    if is_empty(value) {
        return None;
    }
    if let Some(visibility) = value.text().and_then(|text| read(&text.plain)) {
        return Some(visibility);
    }
    let before = desk.findings.len();
    let fields = [("visibility", value.clone())];
    let sheet = Sheet { fields: &fields, subject };
    let text = sheet.text(desk, "visibility");
    if desk.findings.len() == before {
        let text = text.unwrap_or_else(|| Text::literal(value.flat(), value.at()));
        sheet.unknown_value(desk, "visibility", &text, &["public", "stakeholder", "restricted"]);
    }
    Some(Visibility::Restricted)
}

/// The same, where somebody else has found what is wrong with it.
fn understood(value: &Value) -> Option<Visibility> {
    let read = value.text().and_then(|text| read(&text.plain));
    (!is_empty(value)).then(|| read.unwrap_or(Visibility::Restricted))
}

fn read(words: &str) -> Option<Visibility> {
    match fields::fold(words).as_str() {
        "public" => Some(Visibility::Public),
        "stakeholder" | "stakeholders" => Some(Visibility::Stakeholder),
        "restricted" => Some(Visibility::Restricted),
        _ => None,
    }
}

/// A dash in a table is an empty cell; a word such as `none` is not: it may mean nobody.
fn is_empty(value: &Value) -> bool {
    value.text().is_some_and(|text| !text.plain.contains(char::is_alphanumeric) && !text.plain.contains(['<', '?']))
}

fn is_of_record(value: &Value, reading: &Reading) -> bool {
    let mut fields = reading.entries.iter().flat_map(|entry| &entry.fields);
    fields.any(|(name, other)| *name == "visibility" && other.at() == value.at())
}

fn misspelt(key: &Text, reading: &Reading, desk: &mut Desk) {
    let mut extras = reading.entries.iter().flat_map(|entry| &entry.extras);
    let is_found = extras.any(|(name, _)| std::ptr::eq(*name, key.plain.as_str()))
        || desk.findings.iter().any(|finding| finding.at == key.at);
    if !is_found {
        let message = format!("a file has no key `{}`", key.plain);
        let finding = Finding::new("unknown-key", key.at.clone(), message).label("not a known key");
        desk.found(finding.help("did you mean `visibility`?"), "");
    }
}
