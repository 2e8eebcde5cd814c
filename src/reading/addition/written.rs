//! The words of a new record, as a row, an entry, a section or a file. What is to be filled in says `TBD`.

use crate::reading::addition::{Addition, Form, Record};
use crate::reading::entries::Account;
use crate::reading::fields::{Field, Kind};
use crate::source::Source;
use crate::syntax::notation::{line_start, newline, scalar};
use crate::syntax::{Node, Table, Tree};

const TO_FILL: &str = "TBD";

/// The file with the record in a place of this form; None where it goes into a file of its own.
pub(super) fn into(source: &Source, form: &Form, record: &Record, id: &str) -> Option<Addition> {
    match form {
        Form::Table { table, account } => Some(row(source, table, account, record, id)),
        Form::Register(node) => entry(source, node, record, id),
        Form::Headings { level, end } => Some(section(source, *level, *end, record, id)),
        Form::Files { .. } => None,
    }
}

/// The text of a file that is one record.
pub(super) fn file(record: &Record, id: &str, extension: &str, says_kind: bool) -> String {
    let kind = if says_kind { format!("kind: {}\n", record.kind.word()) } else { String::new() };
    let keys = format!("{kind}id: {}\n{}", scalar(id), keys(record, "", "\n"));
    match extension.to_lowercase().as_str() {
        "yaml" | "yml" => keys,
        _ => format!("---\n{keys}---\n"),
    }
}

/// What a field of a new record says: a new risk is open, the rest is to be filled in.
fn value(record: &Record, field: &Field) -> Option<String> {
    if field.name == record.kind.main_field() {
        return Some(record.title.unwrap_or(TO_FILL).to_string());
    }
    let value = if record.kind == Kind::Risk && field.name == "status" { "Open" } else { TO_FILL };
    field.controlled.then(|| value.to_string())
}

fn row(source: &Source, table: &Table, account: &Account, record: &Record, id: &str) -> Addition {
    let field = |header: &str| account.columns.iter().find(|(column, _)| column == header).map(|(_, field)| *field);
    let has_ids = table.header.iter().any(|cell| field(&cell.plain) == Some("id"));
    let mut row = String::from("|");
    for cell in &table.header {
        let name = field(&cell.plain);
        let known = record.kind.fields().iter().find(|field| Some(field.name) == name);
        let words = match known {
            Some(field) if field.name == "id" => id.to_string(),
            Some(field) if field.name == record.kind.main_field() && !has_ids => {
                format!("{id}: {}", record.title.unwrap_or(TO_FILL))
            }
            Some(field) => value(record, field).unwrap_or_default(),
            None => String::new(),
        };
        let words = words.replace('|', "\\|").replace(['\n', '\r'], " ");
        row.push_str(if words.is_empty() { " |" } else { " " });
        row.push_str(&words);
        row.push_str(if words.is_empty() { "" } else { " |" });
    }
    let header = line_start(&source.text, table.at.start as usize);
    let indent: String = source.text[header..].chars().take_while(|letter| *letter == ' ').collect();
    after_line(source, table.at.end as usize, &format!("{indent}{row}"), indent.len(), id)
}

fn section(source: &Source, level: u8, end: u32, record: &Record, id: &str) -> Addition {
    let mut lines = format!("\n{} {id}: {}\n", "#".repeat(level.into()), record.title.unwrap_or(TO_FILL));
    for field in record.kind.fields() {
        if field.name == "id" || field.name == record.kind.main_field() {
            continue;
        }
        if let Some(value) = value(record, field) {
            lines.push_str(&format!("\n- {}: {value}", field.label()));
        }
    }
    after_line(source, end as usize, &lines, 1, id)
}

fn entry(source: &Source, register: &Node, record: &Record, id: &str) -> Option<Addition> {
    let text = &*source.text;
    let (start, end) = (register.at.start as usize, register.at.end as usize);
    let written = text.get(start..end)?.trim_end();
    let end = start + written.len();
    if written.starts_with(['[', '{']) {
        return flow_entry(source, register, start..end, record, id);
    }
    // The line of the last record says how far all are indented, and whether each has a dash.
    let (is_list, first) = match &register.tree {
        Tree::List(nodes) => (true, nodes.last()?.at.start as usize),
        Tree::Map(entries) => (false, entries.last()?.0.at.start as usize),
        _ => return None,
    };
    let before = &text[line_start(text, first)..first];
    let indent = if is_list { before.trim_end().strip_suffix('-')? } else { before };
    if !indent.chars().all(|letter| letter == ' ') {
        return None;
    }
    Some(after_line(source, end, &block_entry(record, id, indent, is_list), indent.len(), id))
}

fn block_entry(record: &Record, id: &str, indent: &str, is_list: bool) -> String {
    let inner = format!("{indent}  ");
    let keys = keys(record, &inner, "\n");
    let keys = keys.trim_end_matches('\n');
    match is_list {
        true => format!("{indent}- id: {}\n{keys}", scalar(id)),
        false => format!("{indent}{}:\n{keys}", scalar(id)),
    }
}

/// Into `[…]` or `{…}`; an empty one becomes lines.
fn flow_entry(
    source: &Source,
    register: &Node,
    range: std::ops::Range<usize>,
    record: &Record,
    id: &str,
) -> Option<Addition> {
    let text = &*source.text;
    let is_list = matches!(register.tree, Tree::List(_));
    let inside = text[range.start + 1..range.end - 1].trim_end();
    let newline = newline(text);
    if inside.is_empty() {
        let line = &text[line_start(text, range.start)..range.start];
        let key = line.trim_end();
        let indent = if key.is_empty() { String::new() } else { " ".repeat(leading(line) + 2) };
        let entry = block_entry(record, id, &indent, is_list).replace('\n', newline);
        let front = &text[..range.start - (line.len() - key.len())];
        let break_line = if key.is_empty() { "" } else { newline };
        let at = front.len() + break_line.len() + indent.len();
        let text = format!("{front}{break_line}{entry}{}", &text[range.end..]);
        return Some(addition(source, text, at, id));
    }
    let keys = keys(record, "", ", ");
    let keys = keys.trim_end_matches(", ");
    let entry = match is_list {
        true => format!("{{ id: {}, {keys} }}", scalar(id)),
        false => format!("{}: {{ {keys} }}", scalar(id)),
    };
    let end = range.start + 1 + inside.len();
    let comma = if inside.ends_with(',') { " " } else { ", " };
    let changed = format!("{}{comma}{entry}{}", &text[..end], &text[end..]);
    Some(addition(source, changed, end + comma.len(), id))
}

/// `key: value` for what a new record says beside its id, each with `end` after it.
fn keys(record: &Record, indent: &str, end: &str) -> String {
    let mut keys = String::new();
    for field in record.kind.fields().iter().filter(|field| field.name != "id") {
        if let Some(value) = value(record, field) {
            keys.push_str(&format!("{indent}{}: {}{end}", field.name, scalar(&value)));
        }
    }
    keys
}

/// `lines` after the line that holds the byte before `end`; the record begins `skip` bytes into them.
fn after_line(source: &Source, end: usize, lines: &str, skip: usize, id: &str) -> Addition {
    let text = &*source.text;
    let newline = newline(text);
    let end = text[..end].trim_end().len();
    let line_end = text[end..].find('\n').map_or(text.len(), |found| end + found + 1);
    let front = &text[..line_end];
    let gap = if front.ends_with('\n') || front.is_empty() { "" } else { newline };
    let at = front.len() + gap.len() + if skip == 1 && lines.starts_with('\n') { newline.len() } else { skip };
    let lines = lines.replace('\n', newline);
    let changed = format!("{front}{gap}{lines}{newline}{}", &text[line_end..]);
    addition(source, changed, at, id)
}

fn addition(source: &Source, text: String, at: usize, id: &str) -> Addition {
    Addition { path: source.path.to_string(), is_new_file: false, text, at: at as u32, id: id.to_string() }
}

fn leading(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}
