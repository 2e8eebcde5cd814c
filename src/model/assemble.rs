//! Documents to a programme.

use crate::finding::Finding;
use crate::model::Programme;
use crate::model::history::History;
use crate::model::settings::DataDate;
use crate::source::Inputs;
use crate::syntax::Document;

/// What the world outside the files says: the data date to use where none is written (`--as-of` replaces a written one).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    pub as_of: Option<chrono::NaiveDate>,
    pub fallback: chrono::NaiveDate,
}

/// Joins the parts of every record, gives them types, links them. Never fails; what is wrong is found.
pub fn assemble(
    _documents: &[std::sync::Arc<Document>],
    _inputs: &Inputs,
    _history: History,
    _clock: Clock,
) -> (Programme, Vec<Finding>) {
    let _ = |date| DataDate { date, written: false };
    unimplemented!()
}
