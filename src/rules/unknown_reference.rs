//! Finds the names of records that do not exist; raised by `model::assemble`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "unknown-reference",
    family: Family::Structure,
    severity: Severity::Error,
    documentation: include_str!("unknown_reference.md"),
    several: Some("{n} references lead nowhere: {subjects}"),
    check: None,
};
