//! Finds dates and windows in no known notation; raised where fields are read.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "date-not-understood",
    family: Family::Structure,
    severity: Severity::Error,
    documentation: include_str!("date_not_understood.md"),
    several: Some("{n} dates are not understood: {subjects}"),
    check: None,
};
