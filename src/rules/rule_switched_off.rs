//! Tells how much a rule that is switched off would have found; raised by `judge`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "rule-switched-off",
    family: Family::Governance,
    severity: Severity::Note,
    documentation: include_str!("rule_switched_off.md"),
    several: Some("{n} rules are switched off: {subjects}"),
    check: None,
};
