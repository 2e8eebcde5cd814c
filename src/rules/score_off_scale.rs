//! Finds scores off the five-step scale; raised where fields are read.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "score-off-scale",
    family: Family::Risk,
    severity: Severity::Error,
    documentation: include_str!("score_off_scale.md"),
    several: Some("{n} scores are off the scale: {subjects}"),
    check: None,
};
