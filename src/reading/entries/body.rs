//! The body of a Markdown file: registers, headings and lists that are records, and the prose between.

use std::borrow::Cow;

use crate::reading::entries::headings::{self, Listing, Section};
use crate::reading::entries::loose::{self, Loose};
use crate::reading::entries::{Location, Piece, Reader, Value, labels, rows};
use crate::reading::fields::{self, Field, Kind};
use crate::source::{Html, Span};
use crate::syntax::{Block, Document, Text, body};

/// Where in a body the reading stands.
#[derive(Default)]
struct Standing<'a> {
    /// The headings above, the outermost first.
    above: Vec<(u8, &'a Text)>,
    /// The innermost of them that heads a list of records.
    listing: Option<Listing<'a>>,
    /// A label over criteria whose list is to come.
    criteria: Option<loose::Label<'a>>,
    /// True behind a label that says what the next list is.
    labelled: bool,
}

impl<'a> Standing<'a> {
    fn enter(&mut self, level: u8, text: &'a Text, after: &'a [Block]) {
        self.above.retain(|(other, _)| *other < level);
        self.above.push((level, text));
        let kept = self.listing.filter(|listing| listing.level < level);
        self.listing = headings::listing(level, text, after).or(kept);
        self.criteria = loose::label(text);
        self.labelled = false;
    }

    /// A paragraph: words on what follows, or a label of its own.
    fn read(&mut self, text: &'a Text) {
        let label = loose::label(text).filter(|_| text.plain.trim_end().ends_with(':') || headings::is_bold(text));
        self.labelled = label.is_some() || text.plain.trim_end().ends_with(':') && !self.names_kind(text);
        self.criteria = label.or(self.criteria);
    }

    /// "The risks are:" says no more than the heading does.
    fn names_kind(&self, text: &Text) -> bool {
        let kind = self.listing.map(|listing| listing.kind);
        let folded = fields::fold(&text.plain);
        kind.is_some() && folded.split(' ').any(|word| Kind::named(word) == kind)
    }

    /// The heading right above, where it names records, no table holds them, and no label says that the list is
    /// something else.
    fn lists(&self) -> Option<&Listing<'a>> {
        let (level, _) = self.above.last()?;
        self.listing.as_ref().filter(|listing| listing.level == *level && !listing.tabled && !self.labelled)
    }

    fn words(&self) -> String {
        self.above.iter().map(|(_, text)| text.plain.as_str()).collect::<Vec<_>>().join(" ")
    }
}

impl<'a> Reader<'_, 'a> {
    /// Reads a body that is no record of its own.
    pub(super) fn body(&mut self, blocks: &'a [Block], kind: Option<(Kind, &str)>) {
        let first = self.reading.entries.len();
        let mut standing = Standing::default();
        let mut waiting = Vec::new();
        let mut prose = false;
        let mut pieces = Vec::new();
        let mut next = 0;
        while let Some(block) = blocks.get(next) {
            next += 1;
            if let Some((level, text)) = headings::heading(block) {
                let wanted = kind.map(|(kind, _)| kind);
                let section =
                    headings::section(level, text, &blocks[next..], standing.listing.as_ref(), wanted, self.own);
                if let Some(section) = section {
                    next += section.length;
                    pieces.push(self.section(section));
                    continue;
                }
            }
            match block {
                Block::Heading { level, text, html, .. } => {
                    standing.enter(*level, text, &blocks[next..]);
                    pieces.push(Piece::Prose(html));
                }
                Block::Table(table) => {
                    let piece = self.table(table, kind, &standing.words());
                    // A table of no records is something said, too.
                    prose |=
                        matches!(&piece, Piece::Table { rows, .. } if rows.iter().all(|(_, entry)| entry.is_none()));
                    pieces.push(piece);
                }
                Block::List { items, html, at, .. } => {
                    let criteria = standing.criteria.take();
                    waiting.extend(criteria.map(|label| Loose { label, items, at: at.clone() }));
                    let records = standing.lists().and_then(|listing| self.record_list(items, listing, at));
                    prose |= records.is_none();
                    pieces.push(records.unwrap_or(Piece::Prose(html)));
                }
                Block::Paragraph { text, html } => {
                    if let Some(risks) = standing.lists().and_then(|listing| self.risk_lines(text, listing)) {
                        pieces.push(risks);
                        continue;
                    }
                    prose = true;
                    standing.read(text);
                    pieces.push(Piece::Prose(html));
                }
                Block::Other { html, .. } => {
                    prose = true;
                    pieces.push(Piece::Prose(html));
                }
            }
        }
        self.give(waiting, first);
        if prose {
            self.reading.pieces = pieces;
        }
    }

    /// A heading that is a record, with what stands under it.
    fn section(&mut self, mut section: Section<'a>) -> Piece<'a> {
        let list = self.next_list();
        let position = self.reading.entries.len();
        let title = section.title;
        // Registers under it are read as such; other tables stay among its words.
        let lists = section.take_evidence();
        let beside = match section.kind {
            Kind::Milestone => section.take_labelled_evidence(),
            _ => Vec::new(),
        };
        let registers = section.take_tables(|table| rows::columns(table, None, &title.plain, self.own).is_some());
        let (entry, account) = section.into_entry(list);
        self.reading.entries.push(entry);
        self.reading.accounts.push(account);
        for table in registers {
            self.table(table, None, &title.plain);
        }
        for (label, value) in beside {
            self.labelled_evidence(value, format!("what `{label}` of `{}` says", title.plain.trim()));
        }
        for (label, items) in lists {
            let above = title.plain.trim();
            let why = format!("a list under `{}` of `{above}`", labels::words_of(label));
            self.evidence_list(items, why, &label.at);
        }
        Piece::Records(vec![(title.plain.as_str(), Some(position))])
    }

    /// A Markdown file that is one record: front matter, and the body as its narrative.
    pub(super) fn markdown_record(&mut self, document: &'a Document, kind: Kind, location: Location, why: &str) {
        let blocks = &document.blocks;
        let (mut fields, mut narrative) = (Vec::new(), Vec::new());
        let mut rest: Vec<&'a Block> = Vec::new();
        let mut title = None;
        for block in blocks {
            match block {
                Block::Heading { level: 1, text, .. } if title.is_none() => title = Some(text),
                other => rest.push(other),
            }
        }
        if kind == Kind::Milestone {
            let labelled = labels::read(kind, &rest, self.own);
            fields.extend(labelled.fields);
            rest = labelled.rest;
        }
        if let Some(title) = title {
            let main = main_field_for_title(kind);
            fields.extend(main.map(|field| (field.name, Value::Text(Cow::Borrowed(title)))));
        }
        for block in rest {
            match block {
                // A register of another kind in a record's file is that register.
                Block::Table(table) if rows::columns(table, None, "", self.own).is_some() => {
                    self.table(table, None, "");
                }
                other => narrative.push(other),
            }
        }
        let html = if narrative.is_empty() { Html::default() } else { body::html(narrative) };
        match &document.data {
            Some(node) => self.record_file(kind, node, location, html, fields, why),
            None => self.bare_file(kind, Span::file(&document.path), location, html, fields, why),
        }
    }
}

/// The field that the first heading of a record's file gives, where the kind has a name.
fn main_field_for_title(kind: Kind) -> Option<&'static Field> {
    let main = kind.main_field();
    let named = matches!(main, "name" | "title");
    kind.fields().iter().find(|field| named && field.name == main)
}
