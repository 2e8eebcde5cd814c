//! Finds programmes in whose files no milestone is understood.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::source::Span;
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "no-milestone-found",
    family: Family::Completeness,
    severity: Severity::Warning,
    documentation: include_str!("no_milestone_found.md"),
    several: None,
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    if !programme.milestones.is_empty() {
        return Vec::new();
    }
    let help = "put the milestone list into a Markdown file as a table with `|` between its columns and a line of dashes \
                under its header, for instance `| ID | Milestone | Target window | Exit criteria |`; `milepost init` writes one";
    vec![
        Finding::new("no-milestone-found", Span::nowhere(), "no milestone was found in the programme's files")
            .help(help),
    ]
}
