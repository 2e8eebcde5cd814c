//! Finds a field given twice with different values; raised by `model::assemble`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "two-sided-fields-disagree",
    family: Family::Structure,
    severity: Severity::Error,
    documentation: include_str!("two_sided_fields_disagree.md"),
    several: Some("{n} fields are given twice and disagree: {subjects}"),
    check: None,
};
