//! Finds allowances that do not say why, by whom or until when; raised by `judge`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "allowance-incomplete",
    family: Family::Governance,
    severity: Severity::Error,
    documentation: include_str!("allowance_incomplete.md"),
    several: Some("{n} allowances are incomplete: {subjects}"),
    check: None,
};
