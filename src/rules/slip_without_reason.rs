//! Finds milestones that slipped, and nobody says why; raised by `version`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "slip-without-reason",
    family: Family::Time,
    severity: Severity::Warning,
    documentation: include_str!("slip_without_reason.md"),
    several: Some("{n} milestones slipped without a reason: {subjects}"),
    check: None,
};
