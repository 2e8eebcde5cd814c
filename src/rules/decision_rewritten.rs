//! Finds decisions, conditions and waivers that say other than in a frozen version; raised by `version`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "decision-rewritten",
    family: Family::Versions,
    severity: Severity::Error,
    documentation: include_str!("decision_rewritten.md"),
    several: Some("{n} decisions were rewritten: {subjects}"),
    check: None,
};
