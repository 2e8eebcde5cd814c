//! Finds ids that were given up and name another record now; raised by `version`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "id-reused-after-retirement",
    family: Family::Structure,
    severity: Severity::Error,
    documentation: include_str!("id_reused_after_retirement.md"),
    several: None,
    check: None,
};
