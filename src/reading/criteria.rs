//! Criteria: a cell, a line or a list becomes separate criteria, and some of them name milestones.

use std::ops::Range;

use crate::syntax::Text;

/// One criterion as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its words, without box, mark, number, "(advisory)" and closing full stop.
    pub text: Text,
    /// `M2-X3:` in front of it.
    pub id: Option<Text>,
    /// A ticked box or ✅.
    pub claimed: bool,
    /// "(advisory)" at its end.
    pub advisory: bool,
    pub split_on_commas: bool,
}

/// The criteria of one cell or one item. See design: content (criteria): separators, what is never split.
pub fn split(_text: &Text) -> Vec<Written> {
    Vec::new()
}

/// The milestones that a criterion names, and whether it says nothing more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// True where it is nothing but ids and a word of completion.
    pub whole: bool,
    /// Milestone id and where it stands in the text; ranges such as `M1–M3` give each of them.
    pub milestones: Vec<(String, Range<usize>)>,
}

/// Finds `known` milestone ids, as whole words, in a criterion's words. None where there is none.
pub fn named_milestones(_text: &str, _known: &[&str]) -> Option<Named> {
    None
}
