//! Finds references to a record of another kind than the field holds; raised by `model::assemble`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "reference-of-wrong-kind",
    family: Family::Structure,
    severity: Severity::Error,
    documentation: include_str!("reference_of_wrong_kind.md"),
    several: Some("{n} references are to another kind of record: {subjects}"),
    check: None,
};
