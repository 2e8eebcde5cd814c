//! Target windows: the author's words and what they mean.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::calendar::Calendar;
pub use crate::reading::windows::Grain;
use crate::reading::windows::Notation;

/// A target window. `start` and `end` are inclusive dates; None without a calendar anchor or where the words give none.
/// See design: content (what a window means).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Window {
    /// The author's words.
    pub text: String,
    /// None for words that are understood as no window (`TBD`) and those that are not understood.
    pub grain: Option<Grain>,
    /// First and last number of weeks counted from the start of the programme, 1-based, inclusive; for windows in weeks.
    pub weeks: Option<(i32, i32)>,
    pub start: Option<NaiveDate>,
    pub end: Option<NaiveDate>,
    /// The last day of the first unit of the window (its first week, month …): a predecessor that ends by then hands over.
    pub first_unit_end: Option<NaiveDate>,
}

impl Window {
    /// True where dates or weeks are known.
    pub fn is_understood(&self) -> bool {
        self.end.is_some() || self.weeks.is_some()
    }
}

/// Gives a notation its dates. `after M5` has none here.
pub fn resolve(text: &str, _notation: &Notation, _calendar: &Calendar) -> Window {
    Window { text: text.to_string(), grain: None, weeks: None, start: None, end: None, first_unit_end: None }
}
