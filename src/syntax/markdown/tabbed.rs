//! Tables pasted from a spreadsheet: a tab between the cells, no line of dashes.

use std::ops::Range;

use pulldown_cmark::{Event, Parser};

use crate::finding::Finding;
use crate::source::Span;
use crate::syntax::markdown::table::{LEAST_COLUMNS, Notes};
use crate::syntax::markdown::{Fragment, OPTIONS, Piece, inline, table};
use crate::syntax::{Mark, Row, Run, Table, Text};

/// The lines of every such table: a header whose cells all say something, and rows below it.
pub fn find(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !text.contains('\t') {
        return found;
    }
    let mut fence: Option<&str> = None;
    let mut next = 0;
    while next < text.len() {
        let line = line(text, next);
        let start = next;
        next = line.end;
        let mark = ["```", "~~~"].into_iter().find(|mark| text[line.clone()].trim_start().starts_with(mark));
        if fence.is_some() || mark.is_some() {
            fence = if fence == mark { None } else { fence.or(mark) };
            continue;
        }
        if !is_header(&text[line.clone()]) {
            continue;
        }
        let mut end = line.end;
        while let Some(row) = row(text, end) {
            end = row.end;
        }
        if end > line.end {
            found.push(start..end);
            next = end;
        }
    }
    found
}

/// Reads such a table. Findings: `table-without-dash-line`, `row-wider-than-header`.
pub fn read(fragment: &Fragment, lines: Range<usize>, notes: &mut Notes) -> Table {
    let head = line(fragment.text, lines.start);
    let mut header = cells(fragment, head.clone(), notes);
    while header.last().is_some_and(Text::is_empty) {
        header.pop();
    }
    let at = fragment.span(inline::trimmed(fragment.text, head.clone()));
    let bars = format!("|{}", " --- |".repeat(header.len()));
    let finding =
        Finding::new("table-without-dash-line", at, "the table has tabs between its cells, and no line of dashes");
    let help = format!("write `|` between the cells and `{bars}` under this line, so that others see a table too");
    notes.findings.push(finding.label("taken for the header").help(help));
    let mut rows = Vec::new();
    let mut start = head.end;
    while start < lines.end
        && let Some(range) = row(fragment.text, start)
    {
        start = range.end;
        rows.extend(row_of(fragment, range, header.len(), notes));
    }
    Table { header, rows, at: fragment.span(inline::trimmed(fragment.text, lines)) }
}

fn row_of(fragment: &Fragment, range: Range<usize>, width: usize, notes: &mut Notes) -> Option<Row> {
    let mut cells = cells(fragment, range.clone(), notes);
    if cells.iter().all(Text::is_empty) {
        return None;
    }
    let place = cells.last().map_or_else(|| fragment.span(range.end..range.end), |cell| cell.at.clone());
    let missing =
        Text { plain: String::new(), at: Span { start: place.end, ..place }, marks: Vec::new(), runs: Vec::new() };
    cells.resize(width.max(cells.len()), missing);
    let mut surplus = cells.split_off(width);
    while surplus.last().is_some_and(Text::is_empty) {
        surplus.pop();
    }
    let at = fragment.span(inline::trimmed(fragment.text, range));
    let row = Row { cells, surplus, is_stray: false, at };
    notes.findings.extend(table::wider(&row));
    Some(row)
}

/// The line that begins here, with its end.
fn line(text: &str, start: usize) -> Range<usize> {
    let length = text[start..].find('\n').map_or(text.len() - start, |at| at + 1);
    start..start + length
}

/// Every cell of a header says something, and none of them is the marker of a list or a heading.
fn is_header(line: &str) -> bool {
    let cells: Vec<&str> = line.trim_end().split('\t').collect();
    let is_marker = |cell: &str| {
        let bare = cell.trim_end_matches(['.', ')']);
        matches!(cell, "-" | "*" | "+" | ">")
            || bare.len() < cell.len() && bare.bytes().all(|byte| byte.is_ascii_digit())
    };
    let heads = |cell: &str| cells.len() == LEAST_COLUMNS && cell.bytes().all(|byte| byte == b'#');
    cells.len() >= LEAST_COLUMNS
        && !line.starts_with(char::is_whitespace)
        && !line.contains('|')
        && cells.iter().all(|cell| !cell.trim().is_empty())
        && !is_marker(cells[0])
        && !heads(cells[0])
}

/// The row that begins here: a line with a tab, and more lines where a cell in quotes goes on.
fn row(text: &str, start: usize) -> Option<Range<usize>> {
    let first = line(text, start);
    if !text[first.clone()].contains('\t') {
        return None;
    }
    let mut at = start;
    loop {
        let behind = match quoted(&text[at..]) {
            Quoted::Open => return Some(first),
            Quoted::Closed(quote) => at + quote + 1,
            Quoted::Not => at,
        };
        let Some(sign) = text[behind..].find(['\t', '\n']) else { return Some(start..text.len()) };
        at = behind + sign + 1;
        if text[..at].ends_with('\n') {
            return Some(start..at);
        }
    }
}

/// Whether a cell is in quotes, as a spreadsheet gives one with line breaks.
enum Quoted {
    Not,
    /// Without an end before the next blank line.
    Open,
    /// Where its last quote is.
    Closed(usize),
}

fn quoted(cell: &str) -> Quoted {
    if !cell.starts_with('"') {
        return Quoted::Not;
    }
    let mut from = 1;
    while let Some(at) = cell[from..].find('"').map(|at| from + at) {
        if has_blank_line(&cell[from..at]) {
            return Quoted::Open;
        }
        match cell[at + 1..].chars().next() {
            // Two of them are one in the cell.
            Some('"') => from = at + 2,
            Some('\t' | '\r' | '\n') | None => return Quoted::Closed(at),
            Some(_) => return Quoted::Not,
        }
    }
    Quoted::Open
}

fn has_blank_line(text: &str) -> bool {
    let mut lines = text.split('\n');
    // What stands before the first line end and behind the last is no line of its own.
    lines.next();
    lines.next_back();
    lines.any(|line| line.trim().is_empty())
}

fn cells(fragment: &Fragment, row: Range<usize>, notes: &mut Notes) -> Vec<Text> {
    let end = row.start + fragment.text[row.clone()].trim_end_matches(['\n', '\r']).len();
    let mut cells = Vec::new();
    let mut start = row.start;
    loop {
        let rest = &fragment.text[start..end];
        let closed = if let Quoted::Closed(at) = quoted(rest) { Some(at) } else { None };
        let behind = closed.map_or(0, |at| at + 1);
        let length = rest[behind..].find('\t').map_or(rest.len(), |tab| behind + tab);
        let inner = closed.map_or(start..start + length, |at| start + 1..start + at);
        cells.push(cell(fragment, inner, notes));
        start += length + 1;
        if start > end {
            return cells;
        }
    }
}

/// The lines of a cell as one text.
fn cell(fragment: &Fragment, range: Range<usize>, notes: &mut Notes) -> Text {
    let at = fragment.span(inline::trimmed(fragment.text, range.clone()));
    let mut cell = Text { plain: String::new(), at, marks: Vec::new(), runs: Vec::new() };
    let mut start = range.start;
    for written in fragment.text[range].split('\n') {
        let words = words(fragment, start..start + written.len(), notes);
        start += written.len() + 1;
        if words.is_empty() {
            continue;
        }
        if let Some(last) = cell.runs.last() {
            let gap = Run { plain: cell.plain.len() as u32, source: last.source_end, source_end: words.at.start };
            cell.runs.push(gap);
            cell.plain.push('\n');
        }
        let shift = cell.plain.len();
        cell.plain.push_str(&words.plain);
        cell.runs.extend(words.runs.iter().map(|run| Run { plain: run.plain + shift as u32, ..*run }));
        let moved = |mark: Mark| Mark { range: mark.range.start + shift..mark.range.end + shift, ..mark };
        cell.marks.extend(words.marks.into_iter().map(moved));
    }
    cell
}

/// The words of one line of a cell. Behind a word of ours it cannot begin a list, a heading or a quotation.
fn words(fragment: &Fragment, range: Range<usize>, notes: &mut Notes) -> Text {
    const BEFORE: &str = "x ";
    let place = inline::trimmed(fragment.text, range);
    if place.is_empty() {
        return Text { plain: String::new(), at: fragment.span(place), marks: Vec::new(), runs: Vec::new() };
    }
    let text = format!("{BEFORE}{}", &fragment.text[place.clone()]);
    let shift = fragment.shift + place.start as isize - BEFORE.len() as isize;
    let within = Fragment { path: fragment.path, text: &text, shift };
    let mut pieces: Vec<Piece> = Parser::new_ext(&text, OPTIONS).into_offset_iter().collect();
    if let Some((Event::Text(words), range)) = pieces.get_mut(1) {
        *words = words.get(BEFORE.len()..).unwrap_or_default().to_string().into();
        range.start = BEFORE.len();
    }
    let inner = pieces.get(1..pieces.len().max(2) - 1).unwrap_or_default();
    inline::collect_links(&within, inner, notes.links);
    inline::text(&within, inner, BEFORE.len()..text.len())
}
