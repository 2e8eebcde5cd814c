//! Pages of prose with their tables in place, and the account of what was read from which table.

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
