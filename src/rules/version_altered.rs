//! Finds frozen versions that are no longer what was frozen; raised by `version`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "version-altered",
    family: Family::Versions,
    severity: Severity::Error,
    documentation: include_str!("version_altered.md"),
    several: None,
    check: None,
};
