//! Tells of names that are not among the people of the programme.

use crate::finding::{Finding, Severity};
use crate::model::names::people;
use crate::reading::near;
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "person-unknown",
    family: Family::Completeness,
    severity: Severity::Note,
    documentation: include_str!("person_unknown.md"),
    several: Some("{n} names are not among the people of programme.yaml: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let settings = &programme.settings;
    // Without a list of people nobody is missing from it.
    if settings.people.is_empty() {
        return Vec::new();
    }
    let unknown =
        people(programme).filter_map(Option::as_ref).filter(|words| !facts.names.named(&words.value).is_known());
    let findings = unknown.map(|words| {
        let name = &words.value;
        let known = settings.people.iter().map(|person| person.name.as_str()).chain(settings.roles.keys().map(String::as_str));
        let help = match near::nearest(name, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "add `{{ id: …, name: {name}, roles: […] }}` to `people` of programme.yaml, so that roles can be checked"
            ),
        };
        Finding::new("person-unknown", words.at.clone(), format!("`{name}` is not among the people"))
            .label("not in `people`, and no role")
            .help(help)
            .about(name)
    });
    findings.collect()
}
