//! Finds ids that were made from positions and name another text now; raised by `version`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "id-shifted",
    family: Family::Versions,
    severity: Severity::Warning,
    documentation: include_str!("id_shifted.md"),
    several: Some("{n} ids name another text than in the last version: {subjects}"),
    check: None,
};
