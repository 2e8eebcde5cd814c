//! Tells of columns that no field has; raised where fields are read.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "column-not-understood",
    family: Family::Completeness,
    severity: Severity::Note,
    documentation: include_str!("column_not_understood.md"),
    several: Some("{n} columns are kept as they are: {subjects}"),
    check: None,
};
