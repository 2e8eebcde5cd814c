//! Finds a data date before that of the last frozen version; among frozen ones it is raised by `version`.

use crate::finding::{Finding, Severity};
use crate::model::Programme;
use crate::rules::{Family, Rule};
use crate::source::Span;
use crate::status::Standing;

pub const RULE: Rule = Rule {
    name: "data-date-not-increasing",
    family: Family::Versions,
    severity: Severity::Error,
    documentation: include_str!("data_date_not_increasing.md"),
    several: None,
    check: Some(check),
};

fn check(programme: &Programme, _standing: &Standing) -> Vec<Finding> {
    let today = programme.settings.data_date.date;
    let Some(last) = programme.history.versions.last().filter(|last| today < last.data_date) else { return Vec::new() };
    let message = format!("the data date {today} is before {}, that of version `{}`", last.data_date, last.version);
    let finding = Finding::new("data-date-not-increasing", Span::nowhere(), message)
        .label("the data date here")
        .help("move `data_date` of programme.yaml on: what was known then is known now");
    vec![finding]
}
