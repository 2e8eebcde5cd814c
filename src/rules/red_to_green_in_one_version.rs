//! Finds milestones that went from red to green at once; raised by `version`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "red-to-green-in-one-version",
    family: Family::Consistency,
    severity: Severity::Warning,
    documentation: include_str!("red_to_green_in_one_version.md"),
    several: Some("{n} milestones went from red to green in one version: {subjects}"),
    check: None,
};
