//! Tables in columns: cells padded to the width at which they are shown, or one space around them where a table is wide.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use crate::rewriting::{Change, Done, Edit, Plan, State};
use crate::source::Source;
use crate::syntax::{Block, Row, Table, Text};

/// A table whose lines would be longer is not padded: no screen shows its columns one below the other.
const WIDEST: usize = 160;
/// `---` is the shortest rule that every reader of Markdown takes for one.
const NARROWEST_COLUMN: usize = 3;

/// A change for each table that does not stand as it should.
pub fn plan(state: &State) -> Plan {
    let mut plan = Plan::default();
    for (file, (source, document)) in state.inputs.sources.iter().zip(&state.documents).enumerate() {
        for block in &document.blocks {
            let Block::Table(table) = block else { continue };
            let edits = edits(source, table);
            if !edits.is_empty() {
                let subject = String::new();
                plan.changes.push(Change { file, edits, done: Done::Aligned, subject, series: None });
            }
        }
    }
    plan
}

/// A line of a table as it is written.
struct Line<'s> {
    /// Without outer white space.
    range: Range<usize>,
    cells: Vec<&'s str>,
    /// Where each cell stands, without white space.
    places: Vec<Range<usize>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Unsaid,
    Left,
    Right,
    Middle,
}

/// What is to be changed in the lines of a table; nothing where its cells are not told apart as they were read.
fn edits(source: &Source, table: &Table) -> Vec<Edit> {
    let lines = lines(source, table);
    let [header, rule, rows @ ..] = lines.as_slice() else { return Vec::new() };
    // A stray line with bars of its own would be a row.
    let is_row = |line: &&Line| row(line, table).is_none_or(|row| !row.is_stray);
    let rows: Vec<&Line> = rows.iter().filter(is_row).collect();
    let columns = table.header.len();
    let is_rule = rule.cells.iter().all(|cell| !cell.is_empty() && cell.bytes().all(|byte| b"-:".contains(&byte)));
    if columns == 0 || !is_rule || header.cells.len() != columns || !agrees(header, &table.header) {
        return Vec::new();
    }
    if rows.iter().any(|line| row(line, table).is_some_and(|row| !agrees(line, &row.cells))) {
        return Vec::new();
    }
    let sides: Vec<Side> =
        (0..columns).map(|column| rule.cells.get(column).map_or(Side::Unsaid, |it| side(it))).collect();
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            let cells = rows.iter().copied().chain([header]).filter_map(|line| line.cells.get(column));
            cells.map(|cell| cell.width()).max().unwrap_or_default().max(NARROWEST_COLUMN)
        })
        .collect();
    let whole: usize = widths.iter().map(|width| width + 3).sum::<usize>() + 1;
    let widths = if whole <= WIDEST { Some(widths.as_slice()) } else { None };

    let rule = (rule, written_rule(&sides, widths));
    let rest = rows.iter().copied().chain([header]).map(|line| (line, written(&line.cells, &sides, widths)));
    let mut edits: Vec<Edit> = [rule]
        .into_iter()
        .chain(rest)
        .filter(|(line, text)| source.text[line.range.clone()] != **text)
        .map(|(line, text)| Edit { range: line.range.clone(), text })
        .collect();
    edits.sort_by_key(|edit| edit.range.start);
    edits
}

/// The row that was read of a line.
fn row<'t>(line: &Line, table: &'t Table) -> Option<&'t Row> {
    let first = table.rows.partition_point(|row| (row.at.start as usize) < line.range.start);
    table.rows.get(first).filter(|row| line.range.contains(&(row.at.start as usize)))
}

/// The lines of a table that have a bar: prose right under a table, and what is blank in it, stay as they are.
fn lines<'s>(source: &'s Source, table: &Table) -> Vec<Line<'s>> {
    let (start, end) = (table.at.start as usize, table.at.end as usize);
    let text = &*source.text;
    let end = text[end..].find('\n').map_or(text.len(), |found| end + found);
    let mut lines = Vec::new();
    let mut from = start;
    for line in text[start..end].split_inclusive('\n') {
        let trimmed = line.trim();
        let place = from + (line.len() - line.trim_start().len());
        from += line.len();
        if !trimmed.contains('|') {
            continue;
        }
        let places = cells(text, place..place + trimmed.len());
        let cells = places.iter().map(|place| &text[place.clone()]).collect();
        lines.push(Line { range: place..place + trimmed.len(), cells, places });
    }
    lines
}

/// Where the cells of a line stand: between bars that no backslash stands before.
fn cells(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let written = &text[line.clone()];
    let bars = written.match_indices('|').map(|(at, _)| at).filter(|at| !written[..*at].ends_with('\\'));
    let mut cells = Vec::new();
    let mut from = usize::from(written.starts_with('|'));
    for bar in bars.filter(|bar| *bar > 0) {
        cells.push(trimmed(text, line.start + from..line.start + bar));
        from = bar + 1;
    }
    if from < written.len() {
        cells.push(trimmed(text, line.start + from..line.end));
    }
    cells
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}

/// Do the cells stand where they were read?
fn agrees(line: &Line, read: &[Text]) -> bool {
    read.iter().enumerate().all(|(column, cell)| match line.places.get(column) {
        Some(_) | None if cell.is_empty() => true,
        Some(place) => (cell.at.start as usize, cell.at.end as usize) == (place.start, place.end),
        None => false,
    })
}

fn side(rule: &str) -> Side {
    match (rule.starts_with(':'), rule.len() > 1 && rule.ends_with(':')) {
        (true, true) => Side::Middle,
        (true, false) => Side::Left,
        (false, true) => Side::Right,
        (false, false) => Side::Unsaid,
    }
}

/// A line of cells; without widths, each has one space around it. Cells beyond the columns stand behind them.
fn written(cells: &[&str], sides: &[Side], widths: Option<&[usize]>) -> String {
    let mut line = String::from("|");
    for (column, side) in sides.iter().enumerate() {
        let cell = cells.get(column).copied().unwrap_or_default();
        let room = widths.map_or(0, |widths| widths[column].saturating_sub(cell.width()));
        let before = match side {
            Side::Right => room,
            Side::Middle => room / 2,
            Side::Left | Side::Unsaid => 0,
        };
        line.push_str(&" ".repeat(before));
        push_cell(&mut line, cell, widths.is_none());
        line.insert_str(line.len() - 1, &" ".repeat(room - before));
    }
    for cell in cells.iter().skip(sides.len()) {
        push_cell(&mut line, cell, true);
    }
    line
}

/// ` cell |`; an empty one takes one space where nothing is padded.
fn push_cell(line: &mut String, cell: &str, is_tight: bool) {
    line.push(' ');
    line.push_str(cell);
    if !(is_tight && cell.is_empty()) {
        line.push(' ');
    }
    line.push('|');
}

fn written_rule(sides: &[Side], widths: Option<&[usize]>) -> String {
    let mut line = String::from("|");
    for (column, side) in sides.iter().enumerate() {
        let (before, after) = match side {
            Side::Unsaid => ("", ""),
            Side::Left => (":", ""),
            Side::Right => ("", ":"),
            Side::Middle => (":", ":"),
        };
        let signs = before.len() + after.len();
        let dashes = widths.map_or(NARROWEST_COLUMN, |widths| widths[column] - signs);
        line.push_str(&format!(" {before}{}{after} |", "-".repeat(dashes)));
    }
    line
}
