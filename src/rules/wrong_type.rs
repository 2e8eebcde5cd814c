//! Finds a list where one value belongs, or a word where a number does; raised where fields are read.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "wrong-type",
    family: Family::Structure,
    severity: Severity::Error,
    documentation: include_str!("wrong_type.md"),
    several: Some("{n} values are of the wrong type: {subjects}"),
    check: None,
};
