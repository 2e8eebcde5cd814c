//! Finds evidence that was judged and says other than in a frozen version; raised by `version`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "acceptance-rewritten",
    family: Family::Versions,
    severity: Severity::Warning,
    documentation: include_str!("acceptance_rewritten.md"),
    several: Some("{n} judgements of evidence were rewritten: {subjects}"),
    check: None,
};
