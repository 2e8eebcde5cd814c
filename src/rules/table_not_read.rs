//! Finds tables in HTML and in blocks of code; raised by `syntax`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "table-not-read",
    family: Family::Structure,
    severity: Severity::Warning,
    documentation: include_str!("table_not_read.md"),
    several: Some("{n} tables are shown and not read: {subjects}"),
    check: None,
};
