//! Dates in the notations that people use.

use chrono::NaiveDate;

/// The date that the words name (`2026-03-16`, `16 Mar 2026`, `Mon 16 March 2026`, `16/03/2026`, `16.03.2026`, an ISO
/// date-time); None where they are not one whole date that exists.
pub fn read(_text: &str, _day_first: bool) -> Option<NaiveDate> {
    None
}
