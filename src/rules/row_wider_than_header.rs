//! Finds rows with more cells than the header; raised by `syntax`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "row-wider-than-header",
    family: Family::Structure,
    severity: Severity::Warning,
    documentation: include_str!("row_wider_than_header.md"),
    several: Some("{n} rows have more cells than their header: {subjects}"),
    check: None,
};
