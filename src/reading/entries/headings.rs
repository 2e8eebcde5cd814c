//! Milestones written as headings, with "Entry criteria" and "Exit criteria" lists under them.

use std::borrow::Cow;

use crate::reading::entries::body::label;
use crate::reading::entries::tree::items;
use crate::reading::entries::{Account, Entry, Value};
use crate::reading::fields::{self, Field, Kind, Sort};
use crate::reading::ids;
use crate::source::{Html, Span};
use crate::syntax::{Block, Item, Text, body};

/// A heading that is a milestone, and what stands under it up to the next heading of its level.
pub(super) struct Section<'a> {
    pub title: &'a Text,
    id: Text,
    name: Text,
    fields: Vec<(&'static str, Value<'a>)>,
    /// What is no field of it.
    pub rest: Vec<&'a Block>,
    /// How many blocks follow the heading.
    pub length: usize,
    end: u32,
}

/// Is this heading a milestone? `Milestone 2: …` is; `M2 – …` is where criteria or a window stand under it.
pub(super) fn section<'a>(level: u8, title: &'a Text, after: &'a [Block]) -> Option<Section<'a>> {
    let numbered = numbered(title);
    let (id, name) = numbered.clone().or_else(|| ids::in_name(title))?;
    let ends = |block: &Block| matches!(block, Block::Heading { level: other, .. } if *other <= level);
    let length = after.iter().position(ends).unwrap_or(after.len());
    let blocks: Vec<&Block> = after[..length].iter().collect();
    let (fields, rest) = labelled(&blocks);
    let gated = fields.iter().any(|(name, _)| matches!(*name, "entry" | "exit" | "window"));
    if numbered.is_none() && !gated {
        return None;
    }
    let end = after[..length].last().map_or(title.at.end, |block| at(block).end);
    Some(Section { title, id, name, fields, rest, length, end })
}

impl<'a> Section<'a> {
    pub(super) fn into_entry(self, list: usize) -> (Entry<'a>, Account) {
        let at = Span { path: self.title.at.path.clone(), start: self.title.at.start, end: self.end };
        let columns = self.fields.iter().map(|(name, _)| (name.to_string(), *name)).collect();
        let why = format!("the heading `{}`", self.title.plain);
        let account =
            Account { at: at.clone(), kind: Some(Kind::Milestone), why, columns, extras: Vec::new(), records: 1 };
        let prose: Vec<&Block> = self.rest.into_iter().filter(|block| !matches!(block, Block::Table(_))).collect();
        let mut fields = self.fields;
        if !self.name.is_empty() {
            fields.insert(0, ("name", Value::Text(Cow::Owned(self.name))));
        }
        let narrative = if prose.is_empty() { Html::default() } else { body::html(prose) };
        let id = Some(Cow::Owned(self.id));
        (Entry { kind: Kind::Milestone, id, fields, extras: Vec::new(), at, list, narrative }, account)
    }
}

/// `Milestone 2: Beta` → `M2`, `Beta`.
fn numbered(title: &Text) -> Option<(Text, Text)> {
    let plain = &title.plain;
    let word = plain.split_whitespace().next()?;
    if Kind::named(word) != Some(Kind::Milestone) {
        return None;
    }
    let start = plain.find(word)? + word.len();
    let after = plain[start..].trim_start_matches([' ', '#', '\u{a0}']);
    let start = plain.len() - after.len();
    let length =
        after.find(|letter: char| !letter.is_alphanumeric() && letter != '.' && letter != '-').unwrap_or(after.len());
    let number = after[..length].trim_end_matches(['.', '-']);
    if !number.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let id = if number.bytes().all(|byte| byte.is_ascii_digit()) { format!("M{number}") } else { number.to_string() };
    let id = Text::literal(id, title.span(plain.find(word)?..start + number.len()));
    let rest = plain[start + number.len()..].trim_start_matches([' ', ':', '.', '-', '–', '—', ')']);
    Some((id, title.slice(plain.len() - rest.len()..plain.len())))
}

/// The labelled fields among blocks ("Entry criteria" and a list, "Owner: …"), and the blocks that are none.
pub(super) fn labelled<'a>(blocks: &[&'a Block]) -> (Vec<(&'static str, Value<'a>)>, Vec<&'a Block>) {
    let (mut found, mut rest) = (Vec::new(), Vec::new());
    let mut next = 0;
    while let Some(block) = blocks.get(next).copied() {
        next += 1;
        let following = blocks.get(next).copied();
        match block {
            Block::Heading { text, .. } | Block::Paragraph { text, .. } => {
                if let (Some(field), Some(Block::List { items: list, .. })) = (criteria_label(text), following) {
                    found.push((field.name, items(list)));
                    next += 1;
                } else if let (Block::Paragraph { .. }, Some(lines)) = (block, lines(text)) {
                    found.extend(lines);
                } else {
                    rest.push(block);
                }
            }
            Block::List { items: list, .. } => match labelled_items(list) {
                Some(fields) => found.extend(fields),
                None => rest.push(block),
            },
            other => rest.push(other),
        }
    }
    (found, rest)
}

/// "Entry criteria", "Exit criteria:" and their like alone on a line.
fn criteria_label(text: &Text) -> Option<&'static Field> {
    let field = fields::find(Kind::Milestone.fields(), label(text))?;
    (field.sort == Sort::Criteria).then_some(field)
}

/// Every line of a paragraph as `Label: value`; None where one is not.
fn lines<'a>(text: &'a Text) -> Option<Vec<(&'static str, Value<'a>)>> {
    let mut start = 0;
    let mut found = Vec::new();
    for line in text.plain.split('\n') {
        found.push(line_field(text, start, line)?);
        start += line.len() + 1;
    }
    Some(found)
}

fn line_field<'a>(text: &Text, start: usize, line: &str) -> Option<(&'static str, Value<'a>)> {
    let (key, value) = line.split_once(':')?;
    let field = fields::find(Kind::Milestone.fields(), key)?;
    if value.trim().is_empty() || field.name == "id" {
        return None;
    }
    let from = start + key.len() + 1;
    Some((field.name, Value::Text(Cow::Owned(text.slice(from..start + line.len())))))
}

/// A list whose items are all `Label: value`, or a label with a list of its own.
fn labelled_items<'a>(list: &'a [Item]) -> Option<Vec<(&'static str, Value<'a>)>> {
    let mut found = Vec::new();
    for item in list {
        let nested = item.children.iter().find_map(|block| match block {
            Block::List { items, .. } => Some(items),
            _ => None,
        });
        match (nested, criteria_label(&item.text)) {
            (Some(nested), Some(field)) => found.push((field.name, items(nested))),
            (None, _) => found.push(line_field(&item.text, 0, &item.text.plain)?),
            (Some(_), None) => return None,
        }
    }
    Some(found)
}

fn at(block: &Block) -> &Span {
    match block {
        Block::Heading { text, .. } | Block::Paragraph { text, .. } => &text.at,
        Block::List { at, .. } | Block::Other { at, .. } => at,
        Block::Table(table) => &table.at,
    }
}
