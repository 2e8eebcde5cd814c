//! Finds `TBD`, `?` and template text that nobody filled in; raised where fields are read.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "placeholder-left",
    family: Family::Completeness,
    severity: Severity::Error,
    documentation: include_str!("placeholder_left.md"),
    several: Some("{n} places are still to be filled in: {subjects}"),
    check: None,
};
