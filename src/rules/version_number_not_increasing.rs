//! Finds a working version whose number lies before the last frozen one; raised by `version`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "version-number-not-increasing",
    family: Family::Versions,
    severity: Severity::Error,
    documentation: include_str!("version_number_not_increasing.md"),
    several: None,
    check: None,
};
