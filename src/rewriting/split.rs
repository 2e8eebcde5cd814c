//! Criteria that one cell holds between commas or semicolons, set apart: lines of a cell, items of a list.

use std::ops::Range;

use crate::reading::criteria;
use crate::reading::entries::Value;
use crate::reading::fields::Kind;
use crate::rewriting::{Change, Done, Edit, Plan, State};
use crate::source::{Source, Span};
use crate::syntax::notation::{line_start, newline, scalar};
use crate::syntax::{Block, Document, Text};

/// A change for each cell, line or YAML value that holds several criteria.
pub fn plan(state: &State) -> Plan {
    let mut plan = Plan::default();
    for (file, (source, document)) in state.inputs.sources.iter().zip(&state.documents).enumerate() {
        let reading = state.reading(file);
        for entry in reading.entries.iter().filter(|entry| entry.kind == Kind::Milestone) {
            for (name, value) in entry.fields.iter().filter(|(name, _)| matches!(*name, "entry" | "exit")) {
                let id = entry.id.as_ref().map_or("a milestone without an id", |id| &id.plain);
                let mut texts = Vec::new();
                collect(value, &mut texts);
                for text in texts {
                    let parts = criteria::places(text);
                    if has_separators(text, &parts) {
                        let edits = edits(source, document, text, &parts);
                        let (done, subject) = (Done::Split(parts.len()), format!("the {name} criteria of {id}"));
                        plan.changes.push(Change { file, edits, done, subject, series: None });
                    }
                }
            }
        }
    }
    plan
}

fn collect<'v>(value: &'v Value, texts: &mut Vec<&'v Text>) {
    match value {
        Value::Text(text) => texts.push(text),
        Value::Several(values) | Value::Disputed(values) => values.iter().for_each(|value| collect(value, texts)),
        // Their authors have set them apart.
        Value::Node(_) | Value::Items(_) => {}
    }
}

/// What stands between the parts.
fn gaps(parts: &[Range<usize>]) -> impl Iterator<Item = Range<usize>> {
    parts.windows(2).map(|pair| pair[0].end..pair[1].start)
}

fn has_separators(text: &Text, parts: &[Range<usize>]) -> bool {
    gaps(parts).any(|gap| text.plain[gap].contains([',', ';']))
}

fn edits(source: &Source, document: &Document, text: &Text, parts: &[Range<usize>]) -> Vec<Edit> {
    let within = |at: &Span| at.contains(&text.at);
    if document.data.as_ref().is_some_and(|data| within(&data.at)) {
        return vec![items_of_yaml(source, text, parts)];
    }
    let is_table = |block: &Block| matches!(block, Block::Table(table) if within(&table.at));
    if document.blocks.iter().any(is_table) {
        return lines_of_cell(source, text, parts);
    }
    vec![items_of_markdown(source, &document.blocks, text, parts)]
}

fn lines_of_cell(source: &Source, text: &Text, parts: &[Range<usize>]) -> Vec<Edit> {
    let apart = gaps(parts).filter(|gap| !text.plain[gap.clone()].contains('\n'));
    let edit = |gap: Range<usize>| {
        let at = text.span(gap.clone());
        let written = &source.text[at.start as usize..at.end as usize];
        let sign = text.plain[gap.clone()].find([',', ';']);
        // Markup between two criteria stays: only the sign goes.
        let at = match sign {
            Some(sign) if written != &text.plain[gap.clone()] => text.span(gap.start + sign..gap.start + sign + 1),
            _ => at,
        };
        Edit { range: at.start as usize..at.end as usize, text: "<br>".to_string() }
    };
    apart.map(edit).collect()
}

fn items_of_yaml(source: &Source, text: &Text, parts: &[Range<usize>]) -> Edit {
    let whole = &*source.text;
    let value = quoted(source, text);
    let before = &whole[line_start(whole, value.start)..value.start];
    let key = before.trim_start_matches([' ', '-']);
    let words = parts.iter().map(|part| &text.plain[part.clone()]);
    if !before.trim_end().ends_with(':') || key.contains(['{', '[', ',']) {
        let items: Vec<String> = words.map(|words| serde_json::Value::from(words).to_string()).collect();
        return Edit { range: value, text: format!("[{}]", items.join(", ")) };
    }
    let indent = " ".repeat(before.len() - key.len() + 2);
    let items: String = words.map(|words| format!("{}{indent}- {}", newline(whole), scalar(words))).collect();
    let start = value.start - (before.len() - before.trim_end().len());
    Edit { range: start..value.end, text: items }
}

/// Where a YAML value stands, with the quotes around it.
pub fn quoted(source: &Source, text: &Text) -> Range<usize> {
    let (start, end) = (text.at.start as usize, text.at.end as usize);
    let before = source.text[..start].chars().next_back().filter(|sign| matches!(sign, '"' | '\''));
    match before {
        Some(sign) if source.text[end..].starts_with(sign) => start - 1..end + 1,
        _ => start..end,
    }
}

/// `Exit criteria: a; b` as a label with a list under it.
fn items_of_markdown(source: &Source, blocks: &[Block], text: &Text, parts: &[Range<usize>]) -> Edit {
    let whole = &*source.text;
    let newline = newline(whole);
    let (label, is_item) = label(blocks, text).unwrap_or((text.at.clone(), false));
    let start = label.start as usize;
    let words = whole[start..text.at.start as usize].trim_end().len();
    let indent = " ".repeat(whole[line_start(whole, start)..start].chars().count());
    let mut list = if is_item { String::new() } else { newline.to_string() };
    for part in parts {
        let at = text.span(part.clone());
        list.push_str(&format!("{newline}{indent}- {}", &whole[at.start as usize..at.end as usize]));
    }
    Edit { range: start + words..text.at.end as usize, text: list }
}

/// The words that a labelled value stands in, and whether they are an item of a list.
fn label(blocks: &[Block], text: &Text) -> Option<(Span, bool)> {
    blocks.iter().find_map(|block| match block {
        Block::Paragraph { text: words, .. } if words.at.contains(&text.at) => Some((words.at.clone(), false)),
        Block::List { items, .. } => items.iter().find_map(|item| match item.text.at.contains(&text.at) {
            true => Some((item.text.at.clone(), true)),
            false => label(&item.children, text),
        }),
        _ => None,
    })
}
