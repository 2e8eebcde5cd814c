//! Charts as inline SVG: numbers, ticks, words, class names and addresses in, safe HTML out.
//!
//! A chart knows no milestone and no finding. Every word it shows is an argument, so that translation stays outside;
//! every colour is a class of the theme's stylesheet. Charts are drawn at 1:1 with text of 13 px, hold their title
//! and description, and refer to the state shapes (`#s-amber` …) that each page carries once.

pub mod lines;
pub mod mini;
pub mod risk_matrix;
pub mod scale;
pub mod timeline;

mod spread;
mod svg;
mod text;

/// A stretch on a continuous scale of days: from the start of its first day to the end of its last.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    pub start: f64,
    pub end: f64,
}

impl Window {
    /// The window with its ends in order, or None where one of them is no number.
    fn in_order(self) -> Option<Window> {
        (self.start.is_finite() && self.end.is_finite())
            .then(|| Window { start: self.start.min(self.end), end: self.start.max(self.end) })
    }
}

/// A state: the class of its colour and shape (`amber` gives `is-amber` and `#s-amber`), and its word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    pub class: String,
    pub word: String,
}
