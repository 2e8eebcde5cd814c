//! Pages of prose, with every row tied to the record that was read from it.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Visibility;
use crate::model::assemble::join::Records;
use crate::model::assemble::sheet::scalar;
use crate::model::id::Id;
use crate::model::milestone::Milestone;
use crate::model::narrative::{Link, Narrative, NarrativeRow, Piece, Prose};
use crate::model::reference::{Kind, Reference};
use crate::reading::entries::{self, Reading};
use crate::source::Address;
use crate::syntax::{Block, Document};

/// What pages are tied to.
pub struct Pages<'p, 'a> {
    pub records: &'p Records<'a>,
    pub milestones: &'p [Milestone],
    pub root: &'p str,
}

impl Pages<'_, '_> {
    /// The Markdown files that say more than their records, in path order; who may see them is not known here.
    pub fn build(&self, documents: &[&Document], readings: &[Reading]) -> Vec<Narrative> {
        let criteria = self.milestones.iter().flat_map(|one| one.entry.criteria.iter().chain(&one.exit.criteria));
        let criteria: BTreeMap<(&str, u32), &Id> =
            criteria.map(|one| ((&*one.text.at.path, one.text.at.start), &one.id)).collect();
        let mut narratives = Vec::new();
        for (index, (document, reading)) in documents.iter().zip(readings).enumerate() {
            if reading.pieces.is_empty() {
                continue;
            }
            let row = |cells: Vec<String>, entry: Option<usize>| {
                let record = entry.and_then(|entry| self.reference(index, entry, &criteria));
                NarrativeRow { cells, record }
            };
            let pieces = reading.pieces.iter().map(|piece| match piece {
                entries::Piece::Prose(html) => Piece::Prose((*html).clone()),
                entries::Piece::Table { header, rows } => Piece::Table {
                    header: header.iter().map(|cell| cell.plain.clone()).collect(),
                    rows: rows
                        .iter()
                        .map(|(cells, entry)| row(cells.iter().map(|cell| cell.plain.clone()).collect(), *entry))
                        .collect(),
                },
                entries::Piece::Records(rows) => {
                    Piece::Records(rows.iter().map(|(words, entry)| row(vec![words.to_string()], *entry)).collect())
                }
            });
            narratives.push(Narrative {
                path: document.path.to_string(),
                title: title(document, reading, self.root),
                pieces: pieces.collect(),
                visibility: Visibility::default(),
            });
        }
        narratives
    }

    /// The record of an entry. A criterion without an id is known by its place.
    fn reference(&self, reading: usize, entry: usize, criteria: &BTreeMap<(&str, u32), &Id>) -> Option<Reference> {
        if let Some(reference) = self.records.reference(reading, entry) {
            return Some(reference.clone());
        }
        let at = self.records.unnamed(reading, entry)?;
        let (_, id) = criteria.range((&*at.path, at.start)..(&*at.path, at.end)).next()?;
        Some(Reference::new(Kind::Criterion, id))
    }
}

/// The front matter's title, else the first heading, else the file's name.
fn title(document: &Document, reading: &Reading, root: &str) -> String {
    let front = document.data.as_ref().and_then(|data| data.get("title")).and_then(scalar);
    let words = front.or(reading.title).map(|text| text.plain.trim()).filter(|text| !text.is_empty());
    words.map(str::to_string).unwrap_or_else(|| {
        let inner = document.path.strip_prefix(root).unwrap_or(&document.path).trim_start_matches('/');
        let name = inner.rsplit('/').next().unwrap_or(inner);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_string()
    })
}

/// The links of all documents, and the anchors of their headings.
pub fn prose(documents: &[&Document]) -> Prose {
    let links = documents.iter().flat_map(|document| &document.links);
    let link = |link: &crate::syntax::Link| Link {
        target: link.target.clone(),
        at: link.at.clone(),
        picture: link.image.clone(),
    };
    let anchors = documents.iter().map(|document| {
        let mut anchors = BTreeSet::new();
        document.blocks.iter().for_each(|block| add_anchors(block, &mut anchors));
        (document.path.to_string(), anchors)
    });
    Prose { links: links.map(link).collect(), anchors: anchors.collect() }
}

fn add_anchors(block: &Block, anchors: &mut BTreeSet<String>) {
    match block {
        Block::Heading { anchor, .. } => drop(anchors.insert(anchor.clone())),
        Block::List { items, .. } => {
            items.iter().flat_map(|item| &item.children).for_each(|block| add_anchors(block, anchors));
        }
        Block::Other { html, .. } => {
            // A quotation may hold headings.
            html.readdressed(|found| {
                if let Address::Anchor(anchor) = found {
                    anchors.insert(anchor.to_string());
                }
                None
            });
        }
        Block::Paragraph { .. } | Block::Table(_) => {}
    }
}
