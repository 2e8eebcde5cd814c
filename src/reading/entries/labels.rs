//! Labelled fields among blocks: "Entry criteria" over a list, `Owner: Ana`, **Impact:** and **Mitigation:** lines.

use std::borrow::Cow;

use crate::reading::entries::tree::items;
use crate::reading::entries::{Value, cards};
use crate::reading::fields::{Field, Kind, Sort};
use crate::reading::scales;
use crate::reading::vocabulary::Vocabulary;
use crate::syntax::{Block, Item, MarkKind, Text};

/// What a record says under its heading.
#[derive(Debug, Default)]
pub(super) struct Labelled<'a> {
    pub fields: Vec<(&'static str, Value<'a>)>,
    /// Author's label → field, for the account.
    pub columns: Vec<(String, &'static str)>,
    pub extras: Vec<(&'a str, Value<'a>)>,
    /// The blocks that are no fields.
    pub rest: Vec<&'a Block>,
}

impl<'a> Labelled<'a> {
    pub fn has(&self, names: &[&str]) -> bool {
        self.fields.iter().any(|(field, _)| names.contains(field))
    }

    /// Adds a value; where its field is taken, it is the second meaning of the label, or an extra.
    pub fn add(
        &mut self,
        kind: Kind,
        label: &'a str,
        field: Option<&'static Field>,
        value: Value<'a>,
        own: &Vocabulary,
    ) {
        let Some(field) = field else {
            self.extras.push((label, value));
            return;
        };
        let free = |name: &&'static str| !self.fields.iter().any(|(taken, _)| taken == name);
        let name = said_by(kind, field.name, &value, own);
        let Some(name) = [name, second(kind, name)].into_iter().find(free) else {
            self.extras.push((label, value));
            return;
        };
        self.columns.push((label.to_string(), name));
        self.fields.push((name, value));
    }
}

/// An impact in sentences is what would follow, and no step of a scale.
fn said_by(kind: Kind, name: &'static str, value: &Value, own: &Vocabulary) -> &'static str {
    let said = value.flat();
    let is_sentence = || {
        let is_step = own.step(name, &said).or_else(|| scales::impact(&said)).is_some();
        said.trim().contains(char::is_whitespace) && !is_step
    };
    if kind == Kind::Risk && name == "impact" && is_sentence() { "effect" } else { name }
}

/// What a label means where the heading or another label has said the first already.
pub(super) fn second(kind: Kind, name: &'static str) -> &'static str {
    match (kind, name) {
        (Kind::Risk, "title") => "event",
        (Kind::Milestone, "name") => "description",
        (_, name) => name,
    }
}

/// Takes the labelled fields of a kind from blocks.
pub(super) fn read<'a>(kind: Kind, blocks: &[&'a Block], own: &Vocabulary) -> Labelled<'a> {
    let mut found = Labelled::default();
    let mut next = 0;
    while let Some(block) = blocks.get(next).copied() {
        next += 1;
        let following = blocks.get(next).copied();
        match block {
            Block::Heading { text, .. } | Block::Paragraph { text, .. } => {
                let field = own.field(kind, words_of(text));
                if let (Some(field), Some(Block::List { items: list, .. })) = (field, following)
                    && takes_list(kind, field)
                {
                    found.add(kind, words_of(text), Some(field), items(list), own);
                    next += 1;
                } else if !matches!(block, Block::Paragraph { .. }) || !lines(kind, text, own, &mut found) {
                    found.rest.push(block);
                }
            }
            Block::List { items: list, .. } => {
                if !labelled_items(kind, list, own, &mut found) {
                    found.rest.push(block);
                }
            }
            Block::Table(table) if cards::read(kind, table, own, &mut found) => {}
            other => found.rest.push(other),
        }
    }
    found
}

/// May a list under this label be its value? Criteria are; a risk's response and effect often are.
fn takes_list(kind: Kind, field: &Field) -> bool {
    field.sort == Sort::Criteria || kind == Kind::Risk && matches!(field.sort, Sort::Words | Sort::Level)
}

/// The words of a label, without its colon and what stands in brackets behind it.
pub(super) fn words_of(text: &Text) -> &str {
    bare(&text.plain)
}

fn bare(label: &str) -> &str {
    let label = label.trim().trim_end_matches([':', ' ']);
    match label.find(" (") {
        Some(bracket) if label.ends_with(')') => label[..bracket].trim_end(),
        _ => label,
    }
}

/// A paragraph of `Label: value` lines. Lines that are only soft begin with a bold label. False where a line has no
/// label, or none of them is a field of the kind.
fn lines<'a>(kind: Kind, text: &'a Text, own: &Vocabulary, found: &mut Labelled<'a>) -> bool {
    let mut starts: Vec<usize> = vec![0];
    starts.extend(text.plain.match_indices('\n').map(|(at, _)| at + 1));
    for mark in &text.marks {
        let closed = text.plain[mark.range.clone()].ends_with(':') || text.plain[mark.range.end..].starts_with(':');
        if mark.kind == MarkKind::Strong && closed {
            starts.push(mark.range.start);
        }
    }
    starts.sort_unstable();
    starts.dedup();
    let ends = starts.iter().skip(1).copied().chain([text.plain.len()]);
    let mut pairs = Vec::new();
    for (start, end) in starts.iter().copied().zip(ends) {
        let Some(pair) = pair(text, start, end) else { return false };
        pairs.push(pair);
    }
    keep(kind, pairs, own, found)
}

/// Adds the pairs, where at least one is a field of the kind.
fn keep<'a>(kind: Kind, pairs: Vec<(&'a str, Value<'a>)>, own: &Vocabulary, found: &mut Labelled<'a>) -> bool {
    let field = |label: &str| own.field(kind, label).filter(|field| field.name != "id");
    if !pairs.iter().any(|(label, _)| field(label).is_some()) {
        return false;
    }
    for (label, value) in pairs {
        found.add(kind, label, field(label), value, own);
    }
    true
}

/// `Label: value` in a part of a text. A label is short; a sentence with a colon in it is none.
fn pair<'a>(text: &'a Text, start: usize, end: usize) -> Option<(&'a str, Value<'a>)> {
    let part = &text.plain[start..end];
    let colon = part.find(':')?;
    let (label, value) = (&part[..colon], &part[colon + 1..]);
    if value.trim().is_empty() || label.trim().is_empty() || label.split_whitespace().count() > LONGEST_LABEL {
        return None;
    }
    Some((bare(label), Value::Text(Cow::Owned(text.slice(start + colon + 1..end)))))
}

/// A list whose items are all `Label: value`, or a label with a list of its own.
pub(super) fn labelled_items<'a>(kind: Kind, list: &'a [Item], own: &Vocabulary, found: &mut Labelled<'a>) -> bool {
    let mut pairs = Vec::new();
    for item in list {
        let nested = item.children.iter().find_map(|block| match block {
            Block::List { items, .. } => Some(items),
            _ => None,
        });
        match nested {
            Some(nested) if item.text.plain.ends_with(':') || own.field(kind, words_of(&item.text)).is_some() => {
                pairs.push((words_of(&item.text), items(nested)));
            }
            Some(_) => return false,
            None => match pair(&item.text, 0, item.text.plain.len()) {
                Some(pair) => pairs.push(pair),
                None => return false,
            },
        }
    }
    keep(kind, pairs, own, found)
}

/// In words.
const LONGEST_LABEL: usize = 5;
