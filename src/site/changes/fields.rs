//! Field by field, in words: everything else that differs.

use serde::Serialize;

use crate::model::reference::Kind;
use crate::site::changes::{Group, group};
use crate::site::material::{Link, Material};
use crate::version::diff::wording::{self, Fate, Part};
use crate::version::diff::{Diff, Field, FieldChange, Said};

#[derive(Debug, Clone, Serialize)]
pub struct FieldsView {
    pub title: String,
    pub rows: Vec<Row>,
    /// Records that were looked at again and say no other day of it.
    pub reviewed: Option<Group>,
    /// Too many to stand open on the page.
    pub is_long: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// None for what programme.yaml says.
    pub record: Option<Link>,
    pub field: String,
    /// What stayed and what went; what stayed and what came.
    pub from: Vec<Part>,
    pub to: Vec<Part>,
}

/// More rows than this are folded away.
const LONG: usize = 12;

pub fn of(material: &Material, diff: &Diff) -> FieldsView {
    let is_review = |change: &&FieldChange| change.field == Field::Known("reviewed_on".to_string());
    let (reviewed, others): (Vec<&FieldChange>, Vec<&FieldChange>) = diff.fields.iter().partition(is_review);
    let rows: Vec<Row> = others.into_iter().map(|change| row(material, change)).collect();
    let links: Vec<Link> = reviewed.iter().filter_map(|change| link(material, change)).collect();
    let title = material.words.fill("changes.reviewed", &[("n", &links.len().to_string())]);
    FieldsView {
        title: material.words.count("changes.fields_count", rows.len() as i64),
        is_long: rows.len() > LONG,
        reviewed: (!links.is_empty()).then(|| group(material, None, title, links)),
        rows,
    }
}

fn link(material: &Material, change: &FieldChange) -> Option<Link> {
    change.record.as_ref().map(|record| material.link(record.kind, &record.id))
}

fn row(material: &Material, change: &FieldChange) -> Row {
    let kind = change.record.as_ref().map(|record| record.kind);
    let (from, to) = values(material, change);
    Row { record: link(material, change), field: label(material, kind, &change.field), from, to }
}

/// "Outcome: hold → go".
pub fn moved(material: &Material, change: &FieldChange) -> String {
    let field = label(material, change.record.as_ref().map(|record| record.kind), &change.field);
    let (from, to) = (text(material, &change.from), text(material, &change.to));
    material.words.fill("changes.rewritten_field", &[("field", &field), ("from", &from), ("to", &to)])
}

/// The field's name in the portal's words; one without such a word, and an author's own column, under its own name.
fn label(material: &Material, kind: Option<Kind>, field: &Field) -> String {
    let name = match field {
        Field::Known(name) => name,
        Field::Extra(name) => return name.clone(),
    };
    let key = if kind.is_none() { format!("setting.{name}") } else { format!("field.{name}") };
    let label = material.words.say(&key);
    if label == key { name.replace(['_', '.'], " ") } else { label }
}

fn values(material: &Material, change: &FieldChange) -> (Vec<Part>, Vec<Part>) {
    match (&change.from, &change.to) {
        (Said::List(from), Said::List(to)) => (items(from, to, Fate::Lost), items(to, from, Fate::Gained)),
        (Said::Text(from), Said::Text(to))
            if from.split_whitespace().count().min(to.split_whitespace().count()) > 3 =>
        {
            let parts = wording::compare(from, to);
            // Two texts with no word in common are told whole: marking every word would mark nothing.
            if parts.iter().all(|part| part.fate != Fate::Stayed) {
                return (plain(from), plain(to));
            }
            let side = |fate| parts.iter().filter(move |part| part.fate == Fate::Stayed || part.fate == fate).cloned();
            (side(Fate::Lost).collect(), side(Fate::Gained).collect())
        }
        (from, to) => (whole(material, from), whole(material, to)),
    }
}

fn whole(material: &Material, said: &Said) -> Vec<Part> {
    plain(&text(material, said))
}

fn plain(text: &str) -> Vec<Part> {
    vec![Part { fate: Fate::Stayed, text: text.to_string() }]
}

/// The items of a list that are in it alone.
fn items(list: &[String], other: &[String], fate: Fate) -> Vec<Part> {
    let alone = list.iter().filter(|item| !other.contains(item));
    let parts: Vec<Part> = alone.map(|item| Part { fate, text: item.clone() }).collect();
    if parts.is_empty() { vec![Part { fate: Fate::Stayed, text: "–".to_string() }] } else { parts }
}

fn text(material: &Material, said: &Said) -> String {
    let words = material.words;
    match said {
        Said::Nothing => words.say("nothing"),
        Said::Text(text) => text.clone(),
        Said::Date(date) => material.date_text(*date),
        Said::Word(word) => {
            let key = format!("value.{word}");
            let said = words.say(&key);
            if said == key { word.replace('_', " ") } else { said }
        }
        Said::List(items) => items.join("; "),
        Said::Prose => words.say("changes.prose"),
    }
}
