//! Markdown to spanned blocks.

mod html;
mod inline;
mod pieces;
mod tabbed;
mod table;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::finding::Finding;
use crate::source::{Source, Span, limits};
use crate::syntax::{Block, Item, Link, Row, Run, Table, Text};

const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_TASKLISTS).union(Options::ENABLE_STRIKETHROUGH);

/// An event of the parser and the bytes of the fragment that it stands for.
type Piece<'t> = (Event<'t>, Range<usize>);

/// A text for the parser, and how far it must be moved to lie in the source.
struct Fragment<'s> {
    path: &'s Arc<str>,
    text: &'s str,
    shift: isize,
}

impl Fragment<'_> {
    fn place(&self, offset: usize) -> u32 {
        (offset as isize + self.shift) as u32
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span { path: self.path.clone(), start: self.place(range.start), end: self.place(range.end) }
    }
}

/// Parses bytes `body` of the source.
pub fn parse(source: &Source, body: Range<usize>, findings: &mut Vec<Finding>) -> (Vec<Block>, Vec<Link>) {
    let mut reader = Reader { blocks: Vec::new(), links: Vec::new(), findings, anchors: HashMap::new() };
    let fragment = Fragment { path: &source.path, text: &source.text[body.clone()], shift: body.start as isize };
    let mut start = 0;
    for lines in tabbed::find(fragment.text) {
        reader.read(&part(&fragment, start..lines.start));
        start = lines.end;
        let table = tabbed::read(&fragment, lines, &mut reader.notes());
        reader.blocks.push(Block::Table(table));
    }
    reader.read(&part(&fragment, start..fragment.text.len()));
    (reader.blocks, reader.links)
}

struct Reader<'f> {
    blocks: Vec<Block>,
    links: Vec<Link>,
    findings: &'f mut Vec<Finding>,
    /// Every anchor that is taken, and how many headings have asked for it.
    anchors: HashMap<String, usize>,
}

impl Reader<'_> {
    fn read(&mut self, fragment: &Fragment) {
        let mut events = Parser::new_ext(fragment.text, OPTIONS).into_offset_iter();
        while let Some((event, range)) = events.next() {
            match &event {
                Event::Start(Tag::Table(_)) => {
                    let table = table::read(fragment, &mut events, range, &mut self.notes());
                    self.blocks.push(Block::Table(table));
                }
                Event::Start(Tag::Paragraph) if self.has_irregular_table(fragment, range.clone()) => {
                    pieces::take_block(&mut events, (event, range));
                }
                Event::Start(_) => {
                    let pieces = pieces::take_block(&mut events, (event, range));
                    self.block(fragment, pieces);
                }
                _ => self.block(fragment, vec![(event, range)]),
            }
        }
    }

    fn block(&mut self, fragment: &Fragment, mut pieces: Vec<Piece>) {
        self.findings.extend(too_deep(fragment, &pieces));
        self.find_unread_table(fragment, &pieces);
        inline::collect_links(fragment, &pieces, &mut self.links);
        self.name_headings(&mut pieces);
        let mut tables = Vec::new();
        let block = self.block_of(fragment, &pieces, 0, &mut tables);
        self.blocks.extend(block);
        self.blocks.extend(tables.into_iter().map(Block::Table));
    }

    /// Reads a paragraph that is a table after all, or goes on with the table above it after a blank line.
    fn has_irregular_table(&mut self, fragment: &Fragment, paragraph: Range<usize>) -> bool {
        let lines = &fragment.text[paragraph.clone()];
        if !lines.contains('|') {
            return false;
        }
        if let Some((header, body)) = table::find_irregular(fragment.text, paragraph.clone()) {
            self.read(&part(fragment, paragraph.start..header.start));
            let width = table::width(&fragment.text[header.clone()]);
            let at = inline::trimmed(fragment.text, header.start..paragraph.end);
            let blank = inline::text(fragment, &[], header.start..header.start);
            let (head, _) = table::rows(fragment, header, width, &mut self.notes());
            if width > limits::COLUMNS {
                return true;
            }
            let (rows, rest) = table::rows(fragment, body..paragraph.end, width, &mut self.notes());
            let header = head.into_iter().next().map_or_else(|| vec![blank; width], |row| row.cells);
            let at = fragment.span(at.start..at.end.min(rest.start));
            self.blocks.push(Block::Table(Table { header, rows, at }));
            self.read(&part(fragment, rest));
            return true;
        }
        self.has_more_rows(fragment, paragraph.clone()) || self.has_undashed_table(fragment, paragraph)
    }

    /// A table but for its line of dashes. Finding: `table-without-dash-line`.
    fn has_undashed_table(&mut self, fragment: &Fragment, paragraph: Range<usize>) -> bool {
        let Some(lines) = table::find_undashed(fragment.text, paragraph.clone()) else { return false };
        self.read(&part(fragment, paragraph.start..lines.start));
        let width = table::width(fragment.text[lines.clone()].lines().next().unwrap_or_default());
        let (mut rows, _) = table::rows(fragment, lines.clone(), width, &mut self.notes());
        // The rest must not be longer than what was read, or reading on would never end.
        if rows.is_empty() {
            return false;
        }
        let header = rows.remove(0);
        let help = format!("write `|{}` under this line, so that others see a table too", " --- |".repeat(width));
        let finding = Finding::new(
            "table-without-dash-line",
            header.at.clone(),
            "the table has no line of dashes under its header",
        );
        self.findings.push(finding.label("taken for the header").help(help));
        let at = fragment.span(inline::trimmed(fragment.text, lines.clone()));
        self.blocks.push(Block::Table(Table { header: header.cells, rows, at }));
        self.read(&part(fragment, lines.end..paragraph.end));
        true
    }

    /// Rows that a blank line parts from the table above.
    fn has_more_rows(&mut self, fragment: &Fragment, paragraph: Range<usize>) -> bool {
        let lines = &fragment.text[paragraph.clone()];
        let Some(Block::Table(above)) = self.blocks.last() else { return false };
        let (width, end) = (above.header.len(), (above.at.end as isize - fragment.shift) as usize);
        let gap = fragment.text.get(end..paragraph.start).unwrap_or("no gap");
        if !gap.trim().is_empty() || !table::is_rows_alone(lines) {
            return false;
        }
        let (rows, rest) = table::rows(fragment, paragraph, width, &mut self.notes());
        // A lone `|` looks like a row and is none; reading on from where we are would never end.
        if rows.is_empty() {
            return false;
        }
        self.extend_table(rows);
        self.read(&part(fragment, rest));
        true
    }

    /// Finding: `table-not-read`, for a table in HTML or in code that does not say in which language it is.
    fn find_unread_table(&mut self, fragment: &Fragment, pieces: &[Piece]) {
        let (first, range) = &pieces[0];
        let (message, help) = match first {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => (
                "this table stands four spaces in, which makes it code: it is shown and not read",
                "move its lines to the left",
            ),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if language.is_empty() => (
                "this table stands between lines of ```, which makes it code: it is shown and not read",
                "remove the lines of ``` around it; or leave it, if it is an example",
            ),
            Event::Start(Tag::HtmlBlock) => {
                ("this table is written in HTML, and is not read", "write it with `|` between its columns")
            }
            _ => return,
        };
        let text = &fragment.text[range.clone()];
        let at = match first {
            Event::Start(Tag::HtmlBlock) => text.to_ascii_lowercase().find("<table"),
            _ => table::first_line(text),
        };
        if let Some(at) = at {
            let start = range.start + at;
            let line = text[at..].lines().next().map_or(0, str::len);
            let at = fragment.span(inline::trimmed(fragment.text, start..start + line));
            self.findings.push(Finding::new("table-not-read", at, message).label("not read").help(help));
        }
    }

    fn extend_table(&mut self, rows: Vec<Row>) {
        let Some(Block::Table(table)) = self.blocks.last_mut() else { return };
        table.at.end = rows.last().map_or(table.at.end, |row| row.at.end);
        table.rows.extend(rows);
    }

    /// The block that the pieces make up. Tables in a list are lifted out of it into `tables`.
    fn block_of(
        &mut self,
        fragment: &Fragment,
        pieces: &[Piece],
        depth: usize,
        tables: &mut Vec<Table>,
    ) -> Option<Block> {
        let (first, range) = &pieces[0];
        let inner = &pieces[1..pieces.len().max(2) - 1];
        let html = html::safe(pieces);
        match first {
            Event::Start(Tag::Paragraph) => {
                let text = inline::text(fragment, inner, range.clone());
                Some(Block::Paragraph { text, html })
            }
            Event::Start(Tag::Heading { level, id, .. }) => {
                let text = inline::text(fragment, inner, inline::extent(inner, range.end));
                let anchor = id.as_ref().map(ToString::to_string).unwrap_or_default();
                Some(Block::Heading { level: *level as u8, text, anchor, html })
            }
            Event::Start(Tag::List(first)) if depth < limits::BLOCKS_DEEP => {
                let at = fragment.span(inline::trimmed(fragment.text, range.clone()));
                let items = pieces::split(inner).map(|item| self.item(fragment, item, depth, tables)).collect();
                Some(Block::List { items, ordered: first.is_some(), at, html })
            }
            Event::Start(Tag::HtmlBlock) => {
                raw_html_words(fragment, range.clone()).map(|text| Block::Paragraph { text, html })
            }
            _ => Some(Block::Other { at: fragment.span(inline::trimmed(fragment.text, range.clone())), html }),
        }
    }

    fn item(&mut self, fragment: &Fragment, pieces: &[Piece], depth: usize, tables: &mut Vec<Table>) -> Item {
        let range = pieces[0].1.clone();
        let at = fragment.span(inline::trimmed(fragment.text, range.clone()));
        let empty = inline::text(fragment, &[], range.end..range.end);
        let mut item = Item {
            text: Text { at: Span { start: at.end, ..at.clone() }, ..empty },
            ticked: None,
            children: Vec::new(),
            at,
        };
        let mut has_text = false;
        for part in pieces::parts(&pieces[1..pieces.len() - 1]) {
            let inner = match &part[0].0 {
                Event::Start(Tag::Paragraph) => &part[1..part.len() - 1],
                Event::Start(Tag::Table(_)) => {
                    let mut events = part[1..].iter().cloned();
                    tables.push(table::read(fragment, &mut events, part[0].1.clone(), &mut self.notes()));
                    continue;
                }
                Event::Start(tag) if !pieces::is_inline(tag) => {
                    item.children.extend(self.block_of(fragment, part, depth + 1, tables));
                    continue;
                }
                Event::Rule => {
                    item.children.extend(self.block_of(fragment, part, depth + 1, tables));
                    continue;
                }
                _ => part,
            };
            let ticked = inner.iter().take(1).find_map(|(event, _)| match event {
                Event::TaskListMarker(ticked) => Some(*ticked),
                _ => None,
            });
            item.ticked = item.ticked.or(ticked);
            let inner = if ticked.is_some() { &inner[1..] } else { inner };
            let text = inline::text(fragment, inner, inline::extent(inner, range.end));
            if !has_text && item.children.is_empty() {
                item.text = text;
                has_text = true;
            } else if !text.is_empty() {
                item.children.push(Block::Paragraph { text, html: html::safe_paragraph(inner) });
            }
        }
        item
    }

    /// Gives every heading an anchor that no other has.
    fn name_headings(&mut self, pieces: &mut [Piece]) {
        for index in 0..pieces.len() {
            if !matches!(pieces[index].0, Event::Start(Tag::Heading { .. })) {
                continue;
            }
            let mut words = String::new();
            for (event, _) in &pieces[index + 1..] {
                match event {
                    Event::Text(text) | Event::Code(text) => words.push_str(text),
                    Event::SoftBreak | Event::HardBreak => words.push(' '),
                    Event::End(TagEnd::Heading(_)) => break,
                    _ => {}
                }
            }
            let anchor = self.anchor(slug(&words));
            if let Event::Start(Tag::Heading { id, .. }) = &mut pieces[index].0 {
                *id = Some(anchor.into());
            }
        }
    }

    fn anchor(&mut self, slug: String) -> String {
        let mut count = self.anchors.get(&slug).copied().unwrap_or(0);
        let mut anchor = slug.clone();
        while self.anchors.contains_key(&anchor) {
            count += 1;
            anchor = format!("{slug}-{count}");
        }
        self.anchors.insert(slug, count);
        self.anchors.entry(anchor.clone()).or_insert(0);
        anchor
    }

    fn notes(&mut self) -> table::Notes<'_> {
        table::Notes { links: &mut self.links, findings: self.findings }
    }
}

/// The finding for lists and quotations in one another that are not read any more.
fn too_deep(fragment: &Fragment, pieces: &[Piece]) -> Option<Finding> {
    let mut depth = 0;
    let (_, range) = pieces.iter().find(|(event, _)| {
        match event {
            Event::Start(Tag::List(_) | Tag::BlockQuote(_)) => depth += 1,
            Event::End(TagEnd::List(_) | TagEnd::BlockQuote(_)) => depth -= 1,
            _ => {}
        }
        depth > limits::BLOCKS_DEEP
    })?;
    let first = fragment.text[range.start..].chars().next().map_or(0, char::len_utf8);
    let message = format!("lists and quotations are nested more than {} deep", limits::BLOCKS_DEEP);
    let finding = Finding::new("unreadable-file", fragment.span(range.start..range.start + first), message);
    Some(finding.label("not read from here on").help("begin what is deeper at the margin, under a heading of its own"))
}

/// A part of a fragment, to be parsed alone. Nothing below it sees the link definitions of the rest.
fn part<'s>(fragment: &'s Fragment, range: Range<usize>) -> Fragment<'s> {
    let shift = fragment.shift + range.start as isize;
    Fragment { path: fragment.path, text: &fragment.text[range], shift }
}

/// The words in raw HTML outside of any container; None where there are only tags.
fn raw_html_words(fragment: &Fragment, range: Range<usize>) -> Option<Text> {
    let markup = &fragment.text[range.clone()];
    let mut plain = String::new();
    let mut runs: Vec<Run> = Vec::new();
    for words in html::words_between_tags(markup) {
        let place = range.start + words.start..range.start + words.end;
        if let Some(last) = runs.last() {
            let gap =
                Run { plain: plain.len() as u32, source: last.source_end, source_end: fragment.place(place.start) };
            plain.push(' ');
            runs.push(gap);
        }
        runs.push(Run {
            plain: plain.len() as u32,
            source: fragment.place(place.start),
            source_end: fragment.place(place.end),
        });
        plain.push_str(&markup[words]);
    }
    let at = Span { path: fragment.path.clone(), start: runs.first()?.source, end: runs.last()?.source_end };
    Some(Text { plain, at, marks: Vec::new(), runs })
}

/// The words of a heading as an anchor, as code hosts do it: lower-case letters and digits of any script, `-`, `_`.
fn slug(words: &str) -> String {
    let mut slug = String::new();
    for character in words.trim().chars() {
        match character {
            '-' | '_' => slug.push(character),
            _ if character.is_alphanumeric() => slug.extend(character.to_lowercase()),
            _ if character.is_whitespace() => slug.push('-'),
            _ => {}
        }
    }
    if slug.is_empty() { "section".to_string() } else { slug }
}
