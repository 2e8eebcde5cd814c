//! Tells of ids that were made; raised by `model::assemble`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "id-derived",
    family: Family::Completeness,
    severity: Severity::Note,
    documentation: include_str!("id_derived.md"),
    several: Some("{n} records have no id, and were given one: {subjects}"),
    check: None,
};
