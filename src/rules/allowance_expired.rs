//! Finds allowances whose time is over; raised by `judge`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "allowance-expired",
    family: Family::Governance,
    severity: Severity::Warning,
    documentation: include_str!("allowance_expired.md"),
    several: Some("{n} allowances have ended: {subjects}"),
    check: None,
};
