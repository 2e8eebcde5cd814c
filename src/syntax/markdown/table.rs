//! Markdown tables, also those that the standard does not quite allow: ragged headers, no blank line before them.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::finding::Finding;
use crate::source::{Span, limits};
use crate::syntax::markdown::{Fragment, OPTIONS, Piece, inline};
use crate::syntax::{Link, Row, Table, Text};

/// Columns of a table that nothing but its columns shows to be one.
pub const LEAST_COLUMNS: usize = 2;

/// What reading a table adds to beside the table itself.
pub struct Notes<'n> {
    pub links: &'n mut Vec<Link>,
    pub findings: &'n mut Vec<Finding>,
}

/// How the header of a table is written: with a bar before its first cell, or with bars between cells only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bars {
    Around,
    Between,
}

/// Reads the table whose `Start` event, with this range, was the last one taken from `events`. One with too many columns
/// is left out; of one with too many cells the first rows are read.
pub fn read<'t>(
    fragment: &Fragment,
    events: &mut impl Iterator<Item = Piece<'t>>,
    range: Range<usize>,
    notes: &mut Notes,
) -> Table {
    let at = fragment.span(inline::trimmed(fragment.text, range));
    let mut table = Table { header: Vec::new(), rows: Vec::new(), at };
    let mut unread = None;
    let mut bars = Bars::Between;
    while let Some((event, range)) = events.next() {
        match event {
            Event::Start(Tag::TableHead) => {
                bars = if fragment.text[range.clone()].trim_start().starts_with('|') {
                    Bars::Around
                } else {
                    Bars::Between
                };
                table.header = cells(fragment, events, &range, notes).0;
                if table.header.len() > limits::COLUMNS {
                    let first = table.header[0].at.clone();
                    notes.findings.push(too_many_columns(table.header.len(), first));
                    table.header.clear();
                    events.by_ref().find(|(event, _)| matches!(event, Event::End(TagEnd::Table)));
                    break;
                }
            }
            Event::Start(Tag::TableRow) if (table.rows.len() + 1) * table.header.len() <= limits::CELLS => {
                if let Some(row) = row(fragment, events, &range, bars, notes) {
                    table.rows.push(row);
                }
            }
            Event::End(TagEnd::Table) => break,
            _ => unread = unread.or(Some(range.start)),
        }
    }
    if let Some(start) = unread {
        let end = start + fragment.text[start..].lines().next().map_or(0, str::len);
        let at = fragment.span(inline::trimmed(fragment.text, start..end));
        let most = limits::told(limits::CELLS);
        let message = format!("the table is too large: of more than {most} cells, it is not read from here on");
        let finding = Finding::new("unreadable-file", at, message)
            .label("the first row that is left out")
            .help("split the table, or delete the columns that few rows fill");
        notes.findings.push(finding);
    }
    table
}

/// The finding for more columns than are read, at the first of them.
fn too_many_columns(columns: usize, first: Span) -> Finding {
    let (columns, most) = (limits::told(columns), limits::told(limits::COLUMNS));
    let message = format!("the table has {columns} columns, and they are not read: it may have {most}");
    Finding::new("unreadable-file", first, message)
        .label("the first of them")
        .help("split the table, or give each record a row of its own")
}

/// Finds a header and its line of dashes in a paragraph: the header's line and where the rows begin. The parser takes
/// such lines for a table only where both are equally wide and nothing stands before them.
pub fn find_irregular(text: &str, paragraph: Range<usize>) -> Option<(Range<usize>, usize)> {
    let mut header: Option<Range<usize>> = None;
    for line in text[paragraph.clone()].split_inclusive('\n') {
        let start = header.as_ref().map_or(paragraph.start, |header| header.end);
        let end = start + line.len();
        if let Some(header) = header
            && is_dash_line(line)
            && text[header.clone()].contains('|')
        {
            return Some((header, end));
        }
        header = Some(start..end);
    }
    None
}

/// Finds lines that begin with a bar and are a table but for the line of dashes: the first of them, its header, ends
/// with a bar too, and the next is as wide.
pub fn find_undashed(text: &str, paragraph: Range<usize>) -> Option<Range<usize>> {
    let mut header: Option<Range<usize>> = None;
    let mut end = paragraph.start;
    for line in text[paragraph.clone()].split_inclusive('\n') {
        let start = end;
        end += line.len();
        if !line.trim_start().starts_with('|') || is_dash_line(line) {
            header = None;
            continue;
        }
        if let Some(header) = &header
            && width(&text[header.clone()]) == width(line)
        {
            let after = text[end..paragraph.end].split_inclusive('\n');
            let rows = after.take_while(|line| line.trim_start().starts_with('|')).map(str::len).sum::<usize>();
            return Some(header.start..end + rows);
        }
        let is_header = line.trim_end().ends_with('|') && width(line) >= LEAST_COLUMNS;
        header = is_header.then_some(start..end);
    }
    None
}

/// Where a header with bars begins that has a line of dashes under it.
pub fn first_line(text: &str) -> Option<usize> {
    let (header, _) = find_irregular(text, 0..text.len())?;
    Some(header.start)
}

/// Whether all of it could be rows of the table above it.
pub fn is_rows_alone(lines: &str) -> bool {
    lines.trim().lines().all(|line| line.trim_start().starts_with('|'))
}

/// The number of cells in a line of a table.
pub fn width(line: &str) -> usize {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let bars = line.match_indices('|').filter(|(at, _)| !line[..*at].ends_with('\\'));
    let (count, last) = bars.fold((0, None), |(count, _), (at, _)| (count + 1, Some(at)));
    if last.is_some_and(|last| last + 1 == line.len()) { count } else { count + 1 }
}

/// Reads lines as rows of a table that is `width` wide. Returns also what follows them, as a text of its own with the
/// place where the rest begins. None are read of a table with too many columns, which is found.
pub fn rows(fragment: &Fragment, lines: Range<usize>, width: usize, notes: &mut Notes) -> (Vec<Row>, Range<usize>) {
    if width > limits::COLUMNS {
        let first = inline::trimmed(fragment.text, lines.clone()).start;
        notes.findings.push(too_many_columns(width, fragment.span(first..first)));
        return (Vec::new(), lines);
    }
    let header = format!("|{}\n|{}\n", "x|".repeat(width), "-|".repeat(width));
    let text = format!("{header}{}", &fragment.text[lines.clone()]);
    let within = Fragment {
        path: fragment.path,
        text: &text,
        shift: fragment.shift + lines.start as isize - header.len() as isize,
    };
    let mut events = Parser::new_ext(&text, OPTIONS).into_offset_iter();
    let Some((Event::Start(Tag::Table(_)), range)) = events.next() else { return (Vec::new(), lines) };
    let end = (lines.start + range.end).saturating_sub(header.len()).clamp(lines.start, lines.end);
    (read(&within, &mut events, range, notes).rows, end..lines.end)
}

fn row<'t>(
    fragment: &Fragment,
    events: &mut impl Iterator<Item = Piece<'t>>,
    range: &Range<usize>,
    bars: Bars,
    notes: &mut Notes,
) -> Option<Row> {
    let (cells, end) = cells(fragment, events, range, notes);
    let surplus = surplus(fragment, end..range.end, notes);
    let rules_off = |cell: &Text| cell.plain.len() >= 3 && cell.plain.bytes().all(|byte| matches!(byte, b'-' | b':'));
    if surplus.is_empty() && (cells.iter().all(Text::is_empty) || cells.iter().all(rules_off)) {
        return None;
    }
    let line = fragment.text[range.clone()].trim();
    let at = fragment.span(inline::trimmed(fragment.text, range.clone()));
    let written = width(line);
    let is_stray = bars == Bars::Around && !line.starts_with('|') && written < cells.len();
    let row = Row { cells, surplus, is_stray, at };
    let narrow = || match row.is_stray {
        true => Some(stray(&row)),
        false => (written < row.cells.len()).then(|| too_narrow(&row, written)),
    };
    notes.findings.extend(wider(&row).or_else(narrow));
    Some(row)
}

fn too_wide(row: &Row, place: Span) -> Finding {
    let (width, surplus) = (row.cells.len(), row.surplus.len());
    let help = if width > 1 && surplus + 1 >= width {
        r"if a second row begins in this line, begin a new line before it; if a `|` belongs to the text, write it as `\|`"
    } else {
        r"if a `|` belongs to the text, write it as `\|`; else give the header another column"
    };
    let message = format!("the row has {} cells, the header has {width}", width + surplus);
    let finding = Finding::new("row-wider-than-header", place, message).label("no column for this");
    finding.help(help).about(&*row.cells[0].plain)
}

fn too_narrow(row: &Row, written: usize) -> Finding {
    let cells = if written == 1 { "1 cell".to_string() } else { format!("{written} cells") };
    let message = format!("the row has {cells}, the header has {}", row.cells.len());
    let last = row.cells[..written].last().map_or(&row.at, |cell| &cell.at);
    let place = Span { start: last.start, ..row.at.clone() };
    Finding::new("row-narrower-than-header", place, message)
        .label("the row ends here")
        .help("put the `|` back that is missing between two cells; or, if the row goes on in the next line, join the lines; or write empty cells as `| |`")
        .about(&*row.cells[0].plain)
}

fn stray(row: &Row) -> Finding {
    Finding::new("line-within-table", row.at.clone(), "this line stands in a table and is no row of it: it does not begin with `|`")
        .label("not read")
        .help("if it goes on with the row above, join the two lines (`<br>` breaks a line within a cell); else leave a blank line before it")
        .about(&*row.cells[0].plain)
}

/// What is found of a row with cells that no column has a name for.
pub fn wider(row: &Row) -> Option<Finding> {
    let (first, last) = (row.surplus.first()?, row.surplus.last()?);
    Some(too_wide(row, Span { end: last.at.end, ..first.at.clone() }))
}

/// The cells of a row, and where the last of them ends.
fn cells<'t>(
    fragment: &Fragment,
    events: &mut impl Iterator<Item = Piece<'t>>,
    row: &Range<usize>,
    notes: &mut Notes,
) -> (Vec<Text>, usize) {
    let row_end = row.start + fragment.text[row.clone()].trim_end().len();
    let mut cells = Vec::new();
    let mut end = row.start;
    let mut cell = 0..0;
    let mut pieces: Vec<Piece> = Vec::new();
    for (event, range) in events {
        match event {
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => break,
            Event::Start(Tag::TableCell) => {
                // The parser puts cells that are missing behind the line end.
                cell = range.start.min(row_end)..range.end.min(row_end);
                pieces.clear();
            }
            Event::End(TagEnd::TableCell) => {
                inline::collect_links(fragment, &pieces, notes.links);
                let text = inline::text(fragment, &pieces, cell.clone());
                cells.push(if text.plain.len() > limits::CELL { too_long(text, notes) } else { text });
                end = end.max(cell.end);
            }
            event => pieces.push((event, range)),
        }
    }
    (cells, end)
}

/// The empty text in the place of one that is too long, which is found.
fn too_long(text: Text, notes: &mut Notes) -> Text {
    let (length, most) = (limits::told(text.plain.len()), limits::told(limits::CELL));
    let first = text.plain.chars().next().map_or(0, char::len_utf8);
    let message = format!("the cell holds {length} bytes of text, and is not read: it may hold {most}");
    let finding = Finding::new("unreadable-file", text.span(0..first), message)
        .label("begins here")
        .help("put a long text into a file of its own, and its summary here; or find the `|` that is missing");
    notes.findings.push(finding);
    Text::new(String::new(), Span { end: text.at.start, ..text.at }, Vec::new(), Vec::new())
}

/// The cells after the last that has a column; the parser drops them.
fn surplus(fragment: &Fragment, after: Range<usize>, notes: &mut Notes) -> Vec<Text> {
    let rest = fragment.text[after.clone()].trim();
    if rest.len() < 2 || !rest.starts_with('|') {
        return Vec::new();
    }
    let (rows, _) = rows(fragment, after, width(rest), notes);
    let mut cells = rows.into_iter().next().map_or_else(Vec::new, |row| row.cells);
    while cells.last().is_some_and(Text::is_empty) {
        cells.pop();
    }
    cells
}

fn is_dash_line(line: &str) -> bool {
    let line = line.trim();
    line.contains('-')
        && line.contains('|')
        && line.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t'))
}
