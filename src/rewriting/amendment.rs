//! What more is said of a record that stands there already: fields are filled in its own form, and no other byte changes.

use std::ops::Range;

use crate::reading::entries::{self, Account, Entry, Reading};
use crate::reading::fields::{self, Kind};
use crate::reading::vocabulary::Vocabulary;
use crate::reading::words;
use crate::rewriting::split::quoted;
use crate::rewriting::{Edit, applied};
use crate::source::{Inputs, Source, Span};
use crate::syntax::notation::{line_start, newline, scalar};
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
    let text = applied(&source.text, edits.ok_or(Refusal::Form)?.iter()).ok_or(Refusal::Form)?;
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

fn range(at: &Span) -> Range<usize> {
    at.start as usize..at.end as usize
}

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
            None => missing.push((fields::find(amendment.kind.fields(), field)?.label(), escaped(value))),
        }
    }
    for cell in &row.cells {
        let words = within(amendment, &cell.at);
        if !words.is_empty() {
            let text = worded(&source.text[range(&cell.at)], source, &words, escaped);
            edits.push(Edit { range: range(&cell.at), text });
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
        return Some(Edit { range: range(&cell.at), text: value.to_string() });
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
    Some(Edit { range: start..end, text: format!(" {value:width$} ") })
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
        edits.push(Edit { range: at..at, text: cells });
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
    let mut edits = Vec::new();
    let mut missing = Vec::new();
    for (field, value) in amendment.fields {
        let known = entries
            .iter()
            .find(|(key, _)| own.field(amendment.kind, &key.plain).is_some_and(|known| known.name == *field));
        let value = yaml(value);
        match known {
            Some((_, node)) => edits.push(value_edit(source, node, &value)),
            None => missing.push(format!("{field}: {value}")),
        }
    }
    for list in scalars(map) {
        let words = within(amendment, &list.at);
        if !words.is_empty() {
            let text = yaml(&worded(&list.plain, source, &words, |words| words.replace('\n', " ")));
            edits.push(Edit { range: quoted(source, list), text });
        }
    }
    if !missing.is_empty() {
        edits.push(keys_edit(source, map, entries, &missing)?);
    }
    Some(edits)
}

fn scalars(node: &Node) -> Vec<&Text> {
    match &node.tree {
        Tree::Null => Vec::new(),
        Tree::Scalar(text) => vec![text],
        Tree::List(nodes) => nodes.iter().flat_map(scalars).collect(),
        Tree::Map(entries) => entries.iter().flat_map(|(_, value)| scalars(value)).collect(),
    }
}

fn value_edit(source: &Source, node: &Node, value: &str) -> Edit {
    let range = whole(source, node);
    let is_apart = !source.text[..range.start].ends_with(':');
    Edit { range, text: if is_apart { value.to_string() } else { format!(" {value}") } }
}

/// A value with its quotes.
fn whole(source: &Source, node: &Node) -> Range<usize> {
    match &node.tree {
        Tree::Scalar(text) => quoted(source, text),
        Tree::Null | Tree::List(_) | Tree::Map(_) => range(&node.at),
    }
}

/// Keys behind the last one of a map, as its own are written.
fn keys_edit(source: &Source, map: &Node, entries: &[(Text, Node)], keys: &[String]) -> Option<Edit> {
    let text = &*source.text;
    let (first, _) = entries.first()?;
    let (key, value) = entries.last()?;
    let last = quoted(source, key).end.max(whole(source, value).end);
    if text[range(&map.at)].starts_with('{') {
        return Some(Edit { range: last..last, text: format!(", {}", keys.join(", ")) });
    }
    let start = range(&first.at).start;
    let before = &text[line_start(text, start)..start];
    // A dash before the first key is a space before the others.
    if !before.chars().all(|letter| matches!(letter, ' ' | '-')) {
        return None;
    }
    let end = text[..last].trim_end().len();
    let newline = newline(text);
    let line_end = text[end..].find('\n').map(|found| end + found + 1);
    let mut lines: String = keys.iter().map(|key| format!("{}{key}{newline}", " ".repeat(before.len()))).collect();
    if line_end.is_none() {
        lines = format!("{newline}{}", lines.trim_end());
    }
    let at = line_end.unwrap_or(text.len());
    Some(Edit { range: at..at, text: lines })
}

fn front_matter(source: &Source, amendment: &Amendment) -> Vec<Edit> {
    let newline = newline(&source.text);
    let keys = amendment.fields.iter().map(|(field, value)| format!("{field}: {}{newline}", yaml(value)));
    vec![Edit { range: 0..0, text: format!("---{newline}{}---{newline}{newline}", keys.collect::<String>()) }]
}

/// A value as authors write it in YAML: dates and seals need no quotes.
fn yaml(value: &str) -> String {
    let is_date = value.len() == 10 && value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let is_seal = value.len() == 64 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_date || is_seal { value.to_string() } else { scalar(value) }
}
