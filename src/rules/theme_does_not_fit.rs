//! Finds themes that are written for another interface; raised by `render`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "theme-does-not-fit",
    family: Family::Theme,
    severity: Severity::Error,
    documentation: include_str!("theme_does_not_fit.md"),
    several: None,
    check: None,
};
