//! Tells of dates that others would read the other way round; raised by `model::assemble`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "date-read-day-first",
    family: Family::Time,
    severity: Severity::Note,
    documentation: include_str!("date_read_day_first.md"),
    several: Some("{n} dates are read with the day first: {subjects}"),
    check: None,
};
