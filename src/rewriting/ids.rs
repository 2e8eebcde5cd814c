//! Ids that were derived, written where their records stand: in the column or key for ids, else in front of the name.
//! The ids of criteria stand in front of their words.

use std::collections::HashMap;
use std::ops::Range;

use crate::model::Programme;
use crate::model::id::Id;
use crate::model::milestone::Criterion;
use crate::reading::criteria;
use crate::reading::entries::{Account, Entry, Reading};
use crate::reading::fields::Kind;
use crate::reading::vocabulary::Vocabulary;
use crate::rewriting::split::quoted;
use crate::rewriting::{Change, Done, Edit, Left, Plan, State, Why, line};
use crate::source::{Source, Span};
use crate::syntax::notation::{line_start, newline, scalar};
use crate::syntax::{Block, Document, Node, Text, Tree};

/// A change for each record whose id was derived, but for criteria.
pub fn of_records(state: &State) -> Plan {
    let derived = state.programme.records().filter(|(_, record)| record.id_derived);
    let derived: HashMap<(Kind, Span), &Id> =
        derived.map(|(reference, record)| ((reference.kind, record.at()), &record.id)).collect();
    let mut plan = Plan::default();
    for (file, (source, document)) in state.inputs.sources.iter().zip(&state.documents).enumerate() {
        let reading = state.reading(file);
        for entry in &reading.entries {
            let Some(id) = derived.get(&(entry.kind, entry.at.clone())) else { continue };
            let subject = format!("{} {id}", entry.kind.word());
            let edit = of_record(source, document, &reading, entry, id.as_str(), &state.own).ok_or(Why::NoPlaceForId);
            plan.add(file, edit, &source.text, &entry.at, id, subject, Some(entry.kind));
        }
    }
    plan
}

/// A change for each criterion whose id is its place.
pub fn of_criteria(state: &State) -> Plan {
    let files: HashMap<&str, usize> =
        state.inputs.sources.iter().enumerate().map(|(file, source)| (&*source.path, file)).collect();
    let readings: Vec<Reading> = (0..state.documents.len()).map(|file| state.reading(file)).collect();
    let mut plan = Plan::default();
    for (criterion, has_milestone_id) in unnamed(&state.programme) {
        let at = &criterion.text.at;
        let Some(file) = files.get(&*at.path).copied() else { continue };
        let (source, document) = (&state.inputs.sources[file], &state.documents[file]);
        let subject = format!("criterion {}", criterion.id);
        let mut entries = readings[file].entries.iter().filter(|entry| entry.kind == Kind::Criterion);
        let edit = if !has_milestone_id || criterion.id.as_str().contains(char::is_whitespace) {
            Err(Why::MilestoneId)
        } else if criterion.split_on_commas {
            Err(Why::Together)
        } else if let Some(entry) = entries.find(|entry| entry.at.contains(at)) {
            of_record(source, document, &readings[file], entry, criterion.id.as_str(), &state.own)
                .ok_or(Why::NoPlaceForId)
        } else {
            of_criterion(source, document, criterion, &state.own)
        };
        plan.add(file, edit, &source.text, at, &criterion.id, subject, None);
    }
    // A milestone's criteria may stand in several files.
    plan.changes.sort_by_key(|change| (change.file, change.edits[0].range.start));
    plan
}

/// The criteria that somebody wrote and nobody named, each with whether its milestone has an id of its own.
fn unnamed(programme: &Programme) -> impl Iterator<Item = (&Criterion, bool)> {
    let criteria = programme.criteria().filter(|(_, criterion)| criterion.id_derived && !criterion.implied);
    criteria.map(|(milestone, criterion)| (criterion, !milestone.record.id_derived))
}

impl Plan {
    #[expect(clippy::too_many_arguments, reason = "one place where a change or the want of one is noted")]
    fn add(
        &mut self,
        file: usize,
        edit: Result<Edit, Why>,
        text: &str,
        at: &Span,
        id: &Id,
        subject: String,
        series: Option<Kind>,
    ) {
        match edit {
            Ok(edit) => {
                let done = Done::Named(id.to_string());
                self.changes.push(Change { file, edits: vec![edit], done, subject, series });
            }
            Err(why) => self.left.push((file, Left { line: line(text, at.start as usize), subject, why })),
        }
    }
}

/// Where the id of a record goes; None where its form has no place for one.
fn of_record(
    source: &Source,
    document: &Document,
    reading: &Reading,
    entry: &Entry,
    id: &str,
    own: &Vocabulary,
) -> Option<Edit> {
    let is_file = entry.at.start == 0;
    if let Some(data) = &document.data {
        let is_whole = |data: &Node| is_file && data.at.end == entry.at.end;
        let node = if is_whole(data) { Some(data) } else { find(data, &entry.at) };
        if let Some(node) = node {
            return in_node(source, node, entry.kind, id, own);
        }
    } else if is_file && entry.at.end == 0 {
        let newline = newline(&source.text);
        let text = format!("---{newline}id: {}{newline}---{newline}{newline}", scalar(id));
        return Some(Edit { range: 0..0, text });
    }
    in_row(document, &reading.accounts, entry, id).or_else(|| in_name(entry, id))
}

/// The node that stands at a place.
fn find<'d>(node: &'d Node, at: &Span) -> Option<&'d Node> {
    if node.at == *at {
        return Some(node);
    }
    match &node.tree {
        Tree::List(nodes) => nodes.iter().find_map(|node| find(node, at)),
        Tree::Map(entries) => entries.iter().find_map(|(_, value)| find(value, at)),
        Tree::Scalar(_) | Tree::Null => None,
    }
}

fn in_node(source: &Source, node: &Node, kind: Kind, id: &str, own: &Vocabulary) -> Option<Edit> {
    let text = &*source.text;
    let start = node.at.start as usize;
    let entries = match &node.tree {
        Tree::Map(entries) => entries,
        Tree::Scalar(words) => return Some(insertion(quoted(source, words).start, format!("{}: ", scalar(id)))),
        Tree::List(_) | Tree::Null => return None,
    };
    let keyed = entries.iter().find(|(key, _)| own.field(kind, &key.plain).is_some_and(|field| field.name == "id"));
    if let Some((key, value)) = keyed {
        return match &value.tree {
            Tree::Scalar(words) => Some(Edit { range: quoted(source, words), text: scalar(id) }),
            Tree::Null => {
                let end = key.at.end as usize;
                let colon = end + text[end..].find(':')? + 1;
                Some(Edit { range: colon..(value.at.end as usize).max(colon), text: format!(" {}", scalar(id)) })
            }
            Tree::List(_) | Tree::Map(_) => None,
        };
    }
    if text[start..].starts_with('{') {
        return Some(insertion(start + 1, format!(" id: {},", scalar(id))));
    }
    let indent = " ".repeat(text[line_start(text, start)..start].chars().count());
    Some(insertion(start, format!("id: {}{}{indent}", scalar(id), newline(text))))
}

fn insertion(at: usize, text: String) -> Edit {
    Edit { range: at..at, text }
}

/// The cell of the column for ids.
fn in_row(document: &Document, accounts: &[Account], entry: &Entry, id: &str) -> Option<Edit> {
    let tables =
        document.blocks.iter().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
    let (table, row) = tables
        .filter(|table| table.at.contains(&entry.at))
        .find_map(|table| table.rows.iter().find(|row| row.at == entry.at).map(|row| (table, row)))?;
    let account = accounts.iter().find(|account| account.at == table.at)?;
    let is_id = |cell: &Text| account.columns.iter().any(|(column, field)| *column == cell.plain && *field == "id");
    let cell = &row.cells[table.header.iter().position(is_id)?];
    let words = id.replace('|', "\\|");
    Some(match cell.is_empty() {
        true => insertion(cell.at.start as usize, format!("{words} ")),
        false => Edit { range: range(&cell.at), text: words },
    })
}

fn range(at: &Span) -> Range<usize> {
    at.start as usize..at.end as usize
}

/// `R7: ` in front of the name.
fn in_name(entry: &Entry, id: &str) -> Option<Edit> {
    let main = entry.kind.main_field();
    let named = matches!(main, "name" | "title");
    let (_, name) = entry.fields.iter().find(|(field, _)| named && *field == main)?;
    Some(insertion(name.text()?.at.start as usize, format!("{id}: ")))
}

/// `M2-X3: ` in front of a criterion's words.
fn of_criterion(source: &Source, document: &Document, criterion: &Criterion, own: &Vocabulary) -> Result<Edit, Why> {
    let at = &criterion.text.at;
    let id = criterion.id.as_str();
    let Some(data) = document.data.as_ref().filter(|data| data.at.contains(at)) else {
        // Markup around the first words goes on around them.
        let before = source.text[..at.start as usize].trim_end_matches(['*', '_', '~', '`', '[']);
        return Ok(insertion(before.len(), format!("{id}: ")));
    };
    let (parent, words) = scalar_at(data, at).ok_or(Why::NoPlaceForId)?;
    let Tree::Map(entries) = &parent.tree else {
        return Ok(insertion(quoted(source, words).start, format!("{}: ", scalar(id))));
    };
    let key = entries.iter().find(|(_, value)| value.at.contains(at)).map(|(key, _)| &key.plain);
    if key.and_then(|key| own.field(Kind::Criterion, key)).is_some_and(|field| field.name == "text") {
        return in_node(source, parent, Kind::Criterion, id, own).ok_or(Why::NoPlaceForId);
    }
    if criteria::places(words).len() > 1 {
        return Err(Why::Together);
    }
    let place = words.plain.find(criterion.text.value.as_str()).ok_or(Why::NoPlaceForId)?;
    let named = format!("{}{id}: {}", &words.plain[..place], &words.plain[place..]);
    Ok(Edit { range: quoted(source, words), text: scalar(&named) })
}

/// The scalar that holds a place, and the list or map that holds the scalar.
fn scalar_at<'d>(node: &'d Node, at: &Span) -> Option<(&'d Node, &'d Text)> {
    let children: Vec<&Node> = match &node.tree {
        Tree::List(nodes) => nodes.iter().collect(),
        Tree::Map(entries) => entries.iter().map(|(_, value)| value).collect(),
        Tree::Scalar(_) | Tree::Null => return None,
    };
    let child = children.into_iter().find(|child| child.at.contains(at))?;
    match &child.tree {
        Tree::Scalar(words) => Some((node, words)),
        _ => scalar_at(child, at),
    }
}
