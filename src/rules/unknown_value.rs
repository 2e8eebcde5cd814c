//! Finds values outside the list of those that are allowed; raised where fields are read, and by `judge`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "unknown-value",
    family: Family::Structure,
    severity: Severity::Error,
    documentation: include_str!("unknown_value.md"),
    several: Some("{n} values are not known: {subjects}"),
    check: None,
};
