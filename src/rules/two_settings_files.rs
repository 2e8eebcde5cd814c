//! Finds settings that are not heard, since another file has them; raised by `model::assemble`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "two-settings-files",
    family: Family::Structure,
    severity: Severity::Error,
    documentation: include_str!("two_settings_files.md"),
    several: None,
    check: None,
};
