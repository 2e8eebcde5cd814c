//! Finds a key given twice in one map; raised by `syntax`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "duplicate-key",
    family: Family::Structure,
    severity: Severity::Error,
    documentation: include_str!("duplicate_key.md"),
    several: Some("{n} keys are given twice: {subjects}"),
    check: None,
};
