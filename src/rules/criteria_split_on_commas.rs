//! Tells of cells that were split at their commas; raised by `model::assemble`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "criteria-split-on-commas",
    family: Family::Completeness,
    severity: Severity::Note,
    documentation: include_str!("criteria_split_on_commas.md"),
    several: Some("{n} cells were split into criteria at their commas: {subjects}"),
    check: None,
};
