//! Finds themes that are made for a later milepost; raised by `render`.

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
