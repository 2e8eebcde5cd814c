//! Finds programmes that do not say at which date they speak.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::source::Span;
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "data-date-assumed",
    family: Family::Time,
    severity: Severity::Warning,
    documentation: include_str!("data_date_assumed.md"),
    several: None,
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let data_date = programme.settings.data_date;
    if data_date.written {
        return Vec::new();
    }
    // The day itself is not named: the findings of one content are the same on every day.
    let finding =
        Finding::new("data-date-assumed", Span::nowhere(), "no data date is written, so that of the build is used")
            .help("add `data_date: YYYY-MM-DD` to programme.yaml: the day at which the records are right");
    vec![finding]
}
