//! What more is said of a record that stands there already: fields are filled in its own form, and no other byte changes.

use std::ops::Range;

use crate::reading::addition::written::{label, scalar};
use crate::reading::entries::{self, Account, Entry, Reading};
use crate::reading::fields::{self, Kind};
use crate::reading::vocabulary::Vocabulary;
use crate::reading::words;
use crate::source::{Inputs, Source, Span};
use crate::syntax::{Block, Document, Node, Row, Table, Text, Tree};

/// What is to be said of a record.
#[derive(Debug, Clone, Copy)]
pub struct Amendment<'a> {
    pub kind: Kind,
    /// Where the record stands. The part is written into that has a place for the most of the fields; the first of several.
    pub parts: &'a [Span],
    /// Values by field name. Where the record says something else already, nothing is written.
    pub fields: &'a [(&'static str, String)],
    pub words: &'a [Worded<'a>],
}

/// A reference in the record that gets words behind a colon: `M2-X3` becomes `M2-X3: rollback drills recorded`.
#[derive(Debug, Clone, Copy)]
pub struct Worded<'a> {
    pub at: &'a Span,
    pub words: &'a str,
}

/// A part of a text, and what takes its place.
type Edit = (Range<usize>, String);

/// Why nothing is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The record has words in a field that was to be filled.
    Said { field: &'static str, words: String },
    /// The record stands in a form that is read and not written.
    Form,
}

/// The file of one part as it is with the amendment, and where that part begins. `documents` are those of
/// `inputs.sources`, in the same order. Whoever writes it reads it again first: a form may be read in more ways than are
/// known here.
pub fn of(amendment: &Amendment, inputs: &Inputs, documents: &[Document]) -> Result<(Source, u32), Refusal> {
    let own = Vocabulary::of(documents, &inputs.root, &mut Vec::new());
    let read = |document| entries::read(document, &inputs.root, &own, &mut Vec::new());
    let of_record = |document: &&Document| amendment.parts.iter().any(|part| part.path == document.path);
    let readings: Vec<_> = documents.iter().filter(of_record).map(|document| (document, read(document))).collect();
    let mut best: Option<(usize, &Document, &Reading, &Entry)> = None;
    for part in amendment.parts {
        let Some((document, reading)) = readings.iter().find(|(document, _)| document.path == part.path) else {
            continue;
        };
        let entry = reading.entries.iter().find(|entry| entry.kind == amendment.kind && entry.at == *part);
        let places = places(amendment, reading, part);
        if let Some(entry) = entry
            && best.as_ref().is_none_or(|(most, ..)| places > *most)
        {
            best = Some((places, document, reading, entry));
        }
    }
    let (_, document, reading, entry) = best.ok_or(Refusal::Form)?;
    let source = inputs.source(&document.path).ok_or(Refusal::Form)?;
    if let Some(refusal) = said(amendment, entry) {
        return Err(refusal);
    }
    let row = reading.accounts.iter().find_map(|account| row(document, account, entry));
    let edits = match (row, &document.data) {
        (Some((table, row, account)), _) => row_edits(source, table, row, account, amendment),
        (None, Some(node)) => record(node, entry).and_then(|node| map_edits(source, node, amendment, &own)),
        (None, None) => (entry.at == Span::file(&source.path)).then(|| front_matter(source, amendment)),
    };
    let text = applied(&source.text, edits.ok_or(Refusal::Form)?);
    Ok((Source { path: source.path.clone(), text: text.into() }, entry.at.start))
}

/// How many of the fields have a column or a key where a part stands.
fn places(amendment: &Amendment, reading: &Reading, part: &Span) -> usize {
    let account =
        reading.accounts.iter().find(|account| account.kind == Some(amendment.kind) && account.at.contains(part));
    let has = |field: &str| account.is_some_and(|account| account.columns.iter().any(|(_, known)| *known == field));
    amendment.fields.iter().filter(|(field, _)| has(field)).count()
}

/// The first field that is filled already.
fn said(amendment: &Amendment, entry: &Entry) -> Option<Refusal> {
    let is_empty = |words: &str| words::is_nothing(words) || words::is_placeholder(words);
    amendment.fields.iter().find_map(|(field, _)| {
        let (_, value) = entry.fields.iter().find(|(name, _)| name == field)?;
        let words = value.flat();
        (!is_empty(&words)).then(|| Refusal::Said { field, words: words.into_owned() })
    })
}

/// A text with parts of it replaced; the ranges do not overlap.
fn applied(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut changed = text.to_string();
    for (range, words) in edits.into_iter().rev() {
        changed.replace_range(range, &words);
    }
    changed
}

fn range(at: &Span) -> Range<usize> {
    at.start as usize..at.end as usize
}

fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

// ---- rows

fn row<'d, 'r>(
    document: &'d Document,
    account: &'r Account,
    entry: &Entry,
) -> Option<(&'d Table, &'d Row, &'r Account)> {
    let table = document.blocks.iter().find_map(|block| match block {
        Block::Table(table) if table.at == account.at => Some(table),
        _ => None,
    })?;
    let row = table.rows.iter().find(|row| row.at == entry.at)?;
    Some((table, row, account))
}

fn row_edits(source: &Source, table: &Table, row: &Row, account: &Account, amendment: &Amendment) -> Option<Vec<Edit>> {
    let names: Vec<&str> = table.header.iter().map(|cell| cell.plain.as_str()).collect();
    // Under a header of two lines its words are no longer those of the columns.
    if account.columns.iter().any(|(column, _)| !names.contains(&column.as_str())) {
        return None;
    }
    let column = |field: &str| {
        let (name, _) = account.columns.iter().find(|(_, known)| *known == field)?;
        names.iter().position(|known| known == name)
    };
    let mut edits = Vec::new();
    let mut missing = Vec::new();
    for (field, value) in amendment.fields {
        match column(field) {
            Some(column) => edits.push(cell_edit(&source.text, &row.cells[column], &escaped(value))?),
            None => missing.push((label(fields::find(amendment.kind.fields(), field)?), escaped(value))),
        }
    }
    for cell in &row.cells {
        let words = within(amendment, &cell.at);
        if !words.is_empty() {
            edits.push((range(&cell.at), worded(&source.text[range(&cell.at)], source, &words, escaped)));
        }
    }
    if !missing.is_empty() {
        edits.extend(column_edits(source, table, row, &missing)?);
    }
    Some(edits)
}

/// A value into its cell; where the cell is as wide, its bars stay where they are.
fn cell_edit(text: &str, cell: &Text, value: &str) -> Option<Edit> {
    if cell.at.end > cell.at.start {
        return Some((range(&cell.at), value.to_string()));
    }
    let at = cell.at.start as usize;
    let is_space = |letter: char| matches!(letter, ' ' | '\t');
    let start = text[..at].trim_end_matches(is_space).len();
    let end = text.len() - text[at..].trim_start_matches(is_space).len();
    // A cell that the row does not have: nothing closes it.
    if !text[end..].starts_with('|') {
        return None;
    }
    let width = (end - start).saturating_sub(2);
    Some((start..end, format!(" {value:width$} ")))
}

/// Columns behind the last one, in every line of the table: the values stand in the row, its neighbours are empty there.
fn column_edits(source: &Source, table: &Table, row: &Row, missing: &[(String, String)]) -> Option<Vec<Edit>> {
    let text = &*source.text;
    let mut edits = Vec::new();
    let mut end = range(&table.at).start;
    let header_has_bar = text[end..].starts_with('|');
    for (number, line) in text[range(&table.at)].split_inclusive('\n').enumerate() {
        let start = end;
        end += line.len();
        let written = line.trim_end();
        // A line that stands among the rows and is none.
        if header_has_bar && !written.trim_start().starts_with('|') {
            continue;
        }
        let is_row = (start..end).contains(&range(&row.at).start);
        let is_closed = written.ends_with('|') && !written.ends_with("\\|");
        let mut cells = String::from(if is_closed { "" } else { " |" });
        for (column, value) in missing {
            let words = match number {
                0 => column.clone(),
                1 => "---".to_string(),
                _ if is_row => value.clone(),
                _ => String::new(),
            };
            cells.push_str(&if words.is_empty() { " |".to_string() } else { format!(" {words} |") });
        }
        let at = start + written.len();
        edits.push((at..at, cells));
    }
    (end > range(&row.at).start).then_some(edits)
}

/// Words as they stand in a cell: what Markdown would take for its own is shown as it is.
fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for letter in words.chars() {
        if matches!(letter, '\\' | '|' | '*' | '_' | '`' | '[' | '<' | '&' | '~') {
            escaped.push('\\');
        }
        escaped.push(if letter == '\n' { ' ' } else { letter });
    }
    escaped
}

// ---- words behind references

/// The words for references that stand in a place.
fn within<'a>(amendment: &Amendment<'a>, at: &Span) -> Vec<Worded<'a>> {
    amendment.words.iter().filter(|worded| at.contains(worded.at)).copied().collect()
}

/// `M2-X3, M2-X4` with words behind those of the ids that get some.
fn worded(list: &str, source: &Source, words: &[Worded], written: impl Fn(&str) -> String) -> String {
    let parts = list.split_inclusive([',', ';', '\n']).map(|part| {
        let id = part.trim_end_matches([',', ';', '\n']).trim();
        let of_it = words.iter().find(|worded| &source.text[range(worded.at)] == id);
        match of_it {
            Some(worded) => part.replacen(id, &format!("{id}: {}", written(worded.words)), 1),
            None => part.to_string(),
        }
    });
    parts.collect()
}

// ---- YAML

/// The map of a record: of the file, in a list, or behind its id.
fn record<'d>(root: &'d Node, entry: &Entry) -> Option<&'d Node> {
    let Tree::Map(entries) = &root.tree else {
        let Tree::List(nodes) = &root.tree else { return None };
        return nodes.iter().find_map(|node| record(node, entry));
    };
    // A map of one record ends where that record does: the inner one is meant.
    let by_id = entries.iter().find(|(key, value)| {
        key.at.start == entry.at.start && value.at.end == entry.at.end && matches!(value.tree, Tree::Map(_))
    });
    let inside = || entries.iter().find_map(|(_, value)| record(value, entry));
    let is_whole = root.at == entry.at || (entry.at.start == 0 && entry.at.end == root.at.end);
    by_id.map(|(_, value)| value).or_else(inside).or(is_whole.then_some(root))
}

fn map_edits(source: &Source, map: &Node, amendment: &Amendment, own: &Vocabulary) -> Option<Vec<Edit>> {
    let Tree::Map(entries) = &map.tree else { return None };
    let text = &*source.text;
    let mut edits = Vec::new();
    let mut missing = Vec::new();
    for (field, value) in amendment.fields {
        let known = entries
            .iter()
            .find(|(key, _)| own.field(amendment.kind, &key.plain).is_some_and(|known| known.name == *field));
        let value = yaml(value);
        match known {
            Some((_, node)) => edits.push(value_edit(text, node, &value)),
            None => missing.push(format!("{field}: {value}")),
        }
    }
    for node in scalars(map) {
        let words = within(amendment, &node.at);
        if let Tree::Scalar(list) = &node.tree
            && !words.is_empty()
        {
            let list = worded(&list.plain, source, &words, |words| words.replace('\n', " "));
            edits.push((quoted(text, range(&node.at)), yaml(&list)));
        }
    }
    if !missing.is_empty() {
        edits.push(keys_edit(text, map, entries, &missing)?);
    }
    Some(edits)
}

fn scalars(node: &Node) -> Vec<&Node> {
    match &node.tree {
        Tree::Null => Vec::new(),
        Tree::Scalar(_) => vec![node],
        Tree::List(nodes) => nodes.iter().flat_map(scalars).collect(),
        Tree::Map(entries) => entries.iter().flat_map(|(_, value)| scalars(value)).collect(),
    }
}

fn value_edit(text: &str, node: &Node, value: &str) -> Edit {
    let at = quoted(text, range(&node.at));
    let is_apart = !text[..at.start].ends_with(':');
    (at, if is_apart { value.to_string() } else { format!(" {value}") })
}

/// A place with the quotes around it.
fn quoted(text: &str, at: Range<usize>) -> Range<usize> {
    let around =
        ['"', '\''].into_iter().any(|quote| text[..at.start].ends_with(quote) && text[at.end..].starts_with(quote));
    if around { at.start - 1..at.end + 1 } else { at }
}

/// Keys behind the last one of a map, as its own are written.
fn keys_edit(text: &str, map: &Node, entries: &[(Text, Node)], keys: &[String]) -> Option<Edit> {
    let (first, _) = entries.first()?;
    let (key, value) = entries.last()?;
    let last = if value.at.end > key.at.end { quoted(text, range(&value.at)) } else { quoted(text, range(&key.at)) };
    if text[range(&map.at)].starts_with('{') {
        return Some((last.end..last.end, format!(", {}", keys.join(", "))));
    }
    let line_start = text[..first.at.start as usize].rfind('\n').map_or(0, |newline| newline + 1);
    let before = &text[line_start..first.at.start as usize];
    // A dash before the first key is a space before the others.
    if !before.chars().all(|letter| matches!(letter, ' ' | '-')) {
        return None;
    }
    let end = text[..last.end].trim_end().len();
    let newline = newline(text);
    let line_end = text[end..].find('\n').map(|found| end + found + 1);
    let mut lines: String = keys.iter().map(|key| format!("{}{key}{newline}", " ".repeat(before.len()))).collect();
    if line_end.is_none() {
        lines = format!("{newline}{}", lines.trim_end());
    }
    let at = line_end.unwrap_or(text.len());
    Some((at..at, lines))
}

fn front_matter(source: &Source, amendment: &Amendment) -> Vec<Edit> {
    let newline = newline(&source.text);
    let keys = amendment.fields.iter().map(|(field, value)| format!("{field}: {}{newline}", yaml(value)));
    vec![(0..0, format!("---{newline}{}---{newline}{newline}", keys.collect::<String>()))]
}

/// A value as authors write it in YAML: dates and seals need no quotes.
fn yaml(value: &str) -> String {
    let is_date = value.len() == 10 && value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let is_seal = value.len() == 64 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_date || is_seal { value.to_string() } else { scalar(value) }
}
