//! A theme that was made for a later milepost.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "theme-too-new",
    family: Family::Theme,
    severity: Severity::Error,
    documentation: include_str!("theme_too_new.md"),
    several: None,
    check: None,
};
