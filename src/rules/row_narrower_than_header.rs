//! Finds rows with fewer cells than the header; raised by `syntax`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "row-narrower-than-header",
    family: Family::Structure,
    severity: Severity::Warning,
    documentation: include_str!("row_narrower_than_header.md"),
    several: Some("{n} rows have fewer cells than their header: {subjects}"),
    check: None,
};
