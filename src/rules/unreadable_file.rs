//! Finds files that cannot be read as what their name says; raised where sources are taken in.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "unreadable-file",
    family: Family::Structure,
    severity: Severity::Error,
    documentation: include_str!("unreadable_file.md"),
    several: Some("{n} files cannot be read: {subjects}"),
    check: None,
};
