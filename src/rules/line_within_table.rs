//! Finds lines among the rows of a table that are no rows; raised by `syntax`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "line-within-table",
    family: Family::Structure,
    severity: Severity::Warning,
    documentation: include_str!("line_within_table.md"),
    several: Some("{n} lines stand in tables and are no rows: {subjects}"),
    check: None,
};
