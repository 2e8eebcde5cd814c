//! Markdown to spanned blocks.

use std::ops::Range;

use crate::finding::Finding;
use crate::source::Source;
use crate::syntax::{Block, Link};

/// Parses bytes `body` of the source.
pub fn parse(_source: &Source, _body: Range<usize>, _findings: &mut Vec<Finding>) -> (Vec<Block>, Vec<Link>) {
    (Vec::new(), Vec::new())
}
