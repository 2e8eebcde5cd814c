//! Finds files whose lines end in different ways; raised by `syntax`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "mixed-line-ends",
    family: Family::Structure,
    severity: Severity::Note,
    documentation: include_str!("mixed_line_ends.md"),
    several: None,
    check: None,
};
