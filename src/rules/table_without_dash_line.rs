//! Finds tables that only milepost takes for tables; raised by `syntax`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "table-without-dash-line",
    family: Family::Structure,
    severity: Severity::Note,
    documentation: include_str!("table_without_dash_line.md"),
    several: None,
    check: None,
};
