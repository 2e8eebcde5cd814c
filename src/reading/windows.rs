//! Target windows in the notations that people use.

use chrono::NaiveDate;

/// The size of the unit that a window is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grain {
    Day,
    Week,
    Sprint,
    Month,
    Quarter,
    Half,
    Year,
}

/// What a window says, before a calendar gives it dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notation {
    /// Units counted from the programme's start, 1-based, inclusive: `Weeks 1–3`, `Sprint 4`, `Month 2`.
    Counted { grain: Grain, first: i32, last: i32 },
    /// Dates of whole units: `Q3 2026`, `March 2026`, `2026-W07`, `2026-03-01..2026-03-20`. `first_unit_end` is the
    /// last day of its first unit.
    Dated { grain: Grain, start: NaiveDate, end: NaiveDate, first_unit_end: NaiveDate },
    /// Calendar days after the start of week 1: `T0+6 weeks`.
    Offset { days: i64 },
    /// `after M5`.
    After { milestone: String },
    /// `2 weeks`, in calendar days.
    Duration { days: i64 },
    /// `TBD`, `–`, `ongoing`: words that say there is none.
    Open,
}

/// How dates are written here: what a calendar says of notations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Habits {
    pub day_first: bool,
    /// 1–12; FY26 ends in 2026 whatever it is.
    pub fiscal_year_start: u32,
}

impl Default for Habits {
    fn default() -> Habits {
        Habits { day_first: true, fiscal_year_start: 1 }
    }
}

/// What the words mean; None where they are not understood.
pub fn read(_text: &str, _habits: Habits) -> Option<Notation> {
    None
}
