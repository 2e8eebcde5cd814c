//! Finds keys that no field has; raised where fields are read.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "unknown-key",
    family: Family::Structure,
    severity: Severity::Error,
    documentation: include_str!("unknown_key.md"),
    several: Some("{n} keys are not known: {subjects}"),
    check: None,
};
