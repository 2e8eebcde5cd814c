//! Finds a working version whose number lies before the last frozen one.

use crate::finding::{Finding, Severity};
use crate::model::Programme;
use crate::model::id::Id;
use crate::rules::{Family, Rule};
use crate::source::Span;
use crate::status::Standing;

pub const RULE: Rule = Rule {
    name: "version-number-not-increasing",
    family: Family::Versions,
    severity: Severity::Error,
    documentation: include_str!("version_number_not_increasing.md"),
    several: None,
    check: Some(check),
};

fn check(programme: &Programme, _standing: &Standing) -> Vec<Finding> {
    let version = &programme.settings.version;
    let Some(last) = programme.history.versions.last() else { return Vec::new() };
    // Compared as ids are: 0.10 comes after 0.9.
    if Id::new(version) >= Id::new(&last.version) {
        return Vec::new();
    }
    let message = format!("version `{version}` comes before `{}`, which is frozen", last.version);
    let finding = Finding::new("version-number-not-increasing", Span::nowhere(), message)
        .label("the version here")
        .help("raise `version` in programme.yaml");
    vec![finding]
}
