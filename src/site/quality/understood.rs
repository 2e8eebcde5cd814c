//! What was taken for what: every table, list and file, and why.

use std::collections::HashMap;

use serde::Serialize;

use crate::model::narrative::Understood;
use crate::site::coded::{self, Part};
use crate::site::material::{Material, capital};

/// One file of the author's.
#[derive(Debug, Clone, Serialize)]
pub struct Source {
    pub path: String,
    pub href: Option<String>,
    pub parts: Vec<Taken>,
}

/// A table, a list or the file itself.
#[derive(Debug, Clone, Serialize)]
pub struct Taken {
    /// "line 12".
    pub line: String,
    /// "5 milestones", or that it was taken for nothing.
    pub what: String,
    pub is_nothing: bool,
    pub why: Vec<Part>,
    /// "Target Window as window, Owner as owner".
    pub columns: Vec<Column>,
    pub extras: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Column {
    pub said: String,
    pub field: String,
}

pub fn of(material: &Material) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for understood in &material.programme.understood {
        let path = &*understood.at.path;
        let part = taken(material, understood);
        let place = *places.entry(path).or_insert_with(|| {
            sources.push(Source { path: path.to_string(), href: material.edit_file(path), parts: Vec::new() });
            sources.len() - 1
        });
        sources[place].parts.push(part);
    }
    sources
}

fn taken(material: &Material, understood: &Understood) -> Taken {
    let words = material.words;
    // What marks mean in a file is understood, and is no register.
    let is_legend = understood.kind.is_none() && !understood.columns.is_empty();
    let what = match understood.kind {
        Some(kind) => words.count(&format!("kind.{}", kind.word()), understood.records as i64),
        None if is_legend => words.say("quality.legend"),
        None => words.say("quality.nothing"),
    };
    let columns =
        understood.columns.iter().map(|(said, field)| Column { said: said.clone(), field: label(material, field) });
    Taken {
        line: words.fill("quality.line", &[("line", &understood.line.to_string())]),
        what,
        is_nothing: understood.kind.is_none() && !is_legend,
        why: coded::parts(&capital(&understood.why)),
        columns: columns.collect(),
        extras: understood.extras.clone(),
    }
}

fn label(material: &Material, field: &str) -> String {
    let key = format!("field.{field}");
    let label = material.words.say(&key);
    if label == key { field.replace('_', " ") } else { label }
}
