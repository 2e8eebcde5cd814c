//! Finds criteria that are easier to meet than in a frozen version; raised by `version`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "criterion-weakened",
    family: Family::Versions,
    severity: Severity::Warning,
    documentation: include_str!("criterion_weakened.md"),
    several: Some("{n} criteria were removed or weakened: {subjects}"),
    check: None,
};
