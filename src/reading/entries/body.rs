//! The body of a Markdown file: registers, headings that are milestones, and the prose between.

use std::borrow::Cow;

use crate::reading::entries::headings::{self, Section};
use crate::reading::entries::{Location, Piece, Reader, Value};
use crate::reading::fields::{Field, Kind};
use crate::source::{Html, Span};
use crate::syntax::{Block, Document, Text, body};

impl<'a> Reader<'_, 'a> {
    /// Reads a body that is no record of its own.
    pub(super) fn body(&mut self, blocks: &'a [Block], kind: Option<(Kind, &str)>) {
        let mut heading = String::new();
        let mut prose = false;
        let mut pieces = Vec::new();
        let mut next = 0;
        while let Some(block) = blocks.get(next) {
            next += 1;
            if let Block::Heading { level, text, html, .. } = block {
                let section = headings::section(*level, text, &blocks[next..]);
                if kind.is_none_or(|(kind, _)| kind == Kind::Milestone)
                    && let Some(section) = section
                {
                    next += section.length;
                    pieces.push(self.section(section));
                    continue;
                }
                if *level == 1 {
                    heading.clear();
                }
                heading.push(' ');
                heading.push_str(&text.plain);
                pieces.push(Piece::Prose(html));
                continue;
            }
            match block {
                Block::Table(table) => {
                    let piece = self.table(table, kind, &heading);
                    // A table of no records is something said, too.
                    prose |=
                        matches!(&piece, Piece::Table { rows, .. } if rows.iter().all(|(_, entry)| entry.is_none()));
                    pieces.push(piece);
                }
                Block::Paragraph { html, .. } | Block::List { html, .. } | Block::Other { html, .. } => {
                    prose = true;
                    pieces.push(Piece::Prose(html));
                }
                Block::Heading { .. } => {}
            }
        }
        if prose {
            self.reading.pieces = pieces;
        }
    }

    /// A heading that is a milestone, with what stands under it.
    fn section(&mut self, section: Section<'a>) -> Piece<'a> {
        let list = self.next_list();
        let position = self.reading.entries.len();
        let title = section.title;
        let tables = section.rest.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        let tables: Vec<_> = tables.collect();
        let (entry, account) = section.into_entry(list);
        self.reading.entries.push(entry);
        self.reading.accounts.push(account);
        for table in tables {
            self.table(table, None, &title.plain);
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
            let (labelled, left) = headings::labelled(&rest);
            fields.extend(labelled);
            rest = left;
        }
        if let Some(title) = title {
            let main = main_field_for_title(kind);
            fields.extend(main.map(|field| (field.name, Value::Text(Cow::Borrowed(title)))));
        }
        for block in rest {
            match block {
                // A register of another kind in a record's file is that register.
                Block::Table(table) if super::rows::columns(table, None, "").is_some() => {
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

/// The words of a label without its colon.
pub(super) fn label(text: &Text) -> &str {
    text.plain.trim_end_matches([':', ' '])
}
