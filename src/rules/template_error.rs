//! Finds templates that cannot be rendered; raised by `render`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "template-error",
    family: Family::Theme,
    severity: Severity::Error,
    documentation: include_str!("template_error.md"),
    several: None,
    check: None,
};
