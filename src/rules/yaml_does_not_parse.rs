//! Finds YAML that is not YAML; raised by `syntax`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "yaml-does-not-parse",
    family: Family::Structure,
    severity: Severity::Error,
    documentation: include_str!("yaml_does_not_parse.md"),
    several: None,
    check: None,
};
