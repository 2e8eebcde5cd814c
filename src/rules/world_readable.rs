//! Tells that the portal will be for everybody.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::source::Span;
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "world-readable",
    family: Family::Publication,
    severity: Severity::Note,
    documentation: include_str!("world_readable.md"),
    several: None,
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    if programme.settings.visibility_written || programme.milestones.is_empty() {
        return Vec::new();
    }
    let message = "everybody will be able to read this portal: nothing says who may";
    let finding = Finding::new("world-readable", Span::nowhere(), message)
        .help("add `visibility: public` to programme.yaml if that is meant, else `stakeholder` or `restricted`");
    vec![finding]
}
