//! Finds records that are not there any more; raised by `version`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "record-disappeared",
    family: Family::Versions,
    severity: Severity::Warning,
    documentation: include_str!("record_disappeared.md"),
    several: Some("{n} records of frozen versions are not there any more: {subjects}"),
    check: None,
};
