//! Finds a data date before that of the version before; raised by `version`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "data-date-not-increasing",
    family: Family::Versions,
    severity: Severity::Error,
    documentation: include_str!("data_date_not_increasing.md"),
    several: None,
    check: None,
};
