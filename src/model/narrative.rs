//! Pages of prose with their tables in place, and the account of what was read from which table.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::model::Visibility;
use crate::model::reference::{Kind, Reference};
use crate::source::{Html, Span};

/// A Markdown file that says more than its tables.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Narrative {
    /// Its source file.
    pub path: String,
    pub title: String,
    pub pieces: Vec<Piece>,
    /// Not written where it is public, as in versions that were frozen before pages had one.
    #[serde(default, skip_serializing_if = "Visibility::is_public")]
    pub visibility: Visibility,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    Prose(Html),
    Table {
        header: Vec<String>,
        rows: Vec<NarrativeRow>,
    },
    /// A list whose items were read as records.
    Records(Vec<NarrativeRow>),
}

/// A row, and the record that was read from it, if one was: where that is withheld, the row is too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NarrativeRow {
    pub cells: Vec<String>,
    pub record: Option<Reference>,
}

/// What a table, a list or a file was taken for, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Understood {
    pub at: Span,
    /// Where it begins, counted from 1.
    pub line: u32,
    pub kind: Option<Kind>,
    /// In words: "has the columns id and target window".
    pub why: String,
    /// Author's column or key → field, for those understood.
    pub columns: Vec<(String, &'static str)>,
    /// Those kept as extras.
    pub extras: Vec<String>,
    pub records: usize,
}

/// What the author's texts link to, and where links can lead.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Prose {
    pub links: Vec<Link>,
    /// Every source that was read, by its path, and the anchors of its headings.
    pub anchors: BTreeMap<String, BTreeSet<String>>,
}

/// A link or a picture in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    pub target: String,
    pub at: Span,
    /// Of a picture, the words that stand for it; they may be empty.
    pub picture: Option<String>,
}

/// A path as seen from the content root: those in `content/` lose it. See design: content (the content root).
pub fn below_root(path: &str) -> &str {
    path.strip_prefix("content/").unwrap_or(path)
}

/// The path below the programme's folder that a target names, seen from the folder of the text; None where it climbs out.
/// A target that begins with `/` is seen from the programme's folder.
pub fn resolve(folder: &str, target: &str) -> Option<String> {
    let target = decoded(target);
    let mut parts: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    Some(parts.join("/"))
}

/// `%20` and its like as what they stand for; what is no text stays as it is.
pub fn decoded(target: &str) -> String {
    let mut bytes = Vec::with_capacity(target.len());
    let mut rest = target.as_bytes();
    while let [first, tail @ ..] = rest {
        let digit = |index: usize| tail.get(index).and_then(|byte| char::from(*byte).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| target.to_string())
}

#[cfg(test)]
mod tests {
    use super::{decoded, resolve};

    #[test]
    fn targets_are_seen_from_the_folder_of_their_text() {
        assert_eq!(resolve("content/a", "../b%20c.md").as_deref(), Some("content/b c.md"));
        assert_eq!(resolve("content/a", "/content/b.md").as_deref(), Some("content/b.md"));
        assert_eq!(resolve("a", "../../b"), None);
        assert_eq!(decoded("a%20b%zz%C3%A9"), "a b%zzé");
    }
}
