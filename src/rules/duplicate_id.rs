//! Finds one id twice in one table or list; raised by `model::assemble`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "duplicate-id",
    family: Family::Structure,
    severity: Severity::Error,
    documentation: include_str!("duplicate_id.md"),
    several: Some("{n} ids are given twice: {subjects}"),
    check: None,
};
