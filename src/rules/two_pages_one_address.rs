//! Finds two pages with one address; raised by `site`.

use crate::finding::Severity;
use crate::rules::{Family, Rule};

pub const RULE: Rule = Rule {
    name: "two-pages-one-address",
    family: Family::Publication,
    severity: Severity::Error,
    documentation: include_str!("two_pages_one_address.md"),
    several: Some("{n} addresses belong to two pages: {subjects}"),
    check: None,
};
