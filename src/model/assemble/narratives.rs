//! Pages of prose, with every row tied to the record that was read from it.

use crate::model::assemble::join::Records;
use crate::model::assemble::sheet::scalar;
use crate::model::narrative::{Narrative, NarrativeRow, Piece};
use crate::reading::entries::{self, Reading};
use crate::syntax::Document;

/// The Markdown files that say more than their records, in path order.
pub fn build(documents: &[&Document], readings: &[Reading], records: &Records, root: &str) -> Vec<Narrative> {
    let mut narratives = Vec::new();
    for (index, (document, reading)) in documents.iter().zip(readings).enumerate() {
        if reading.pieces.is_empty() {
            continue;
        }
        let row = |cells: Vec<String>, entry: Option<usize>| {
            let record = entry.and_then(|entry| records.reference(index, entry)).cloned();
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
            title: title(document, reading, root),
            pieces: pieces.collect(),
        });
    }
    narratives
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
