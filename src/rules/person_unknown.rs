//! Tells of names that are not among the people of the programme.

use crate::finding::{Finding, Severity};
use crate::model::Programme;
use crate::model::Words;
use crate::reading::near;
use crate::rules::{Family, Rule};
use crate::status::Standing;

pub const RULE: Rule = Rule {
    name: "person-unknown",
    family: Family::Completeness,
    severity: Severity::Note,
    documentation: include_str!("person_unknown.md"),
    several: Some("{n} names are not among the people of programme.yaml: {subjects}"),
    check: Some(check),
};

fn check(programme: &Programme, _standing: &Standing) -> Vec<Finding> {
    let settings = &programme.settings;
    // Without a list of people nobody is missing from it.
    if settings.people.is_empty() {
        return Vec::new();
    }
    let unknown = named(programme).into_iter().filter_map(|words| words.as_ref()).filter(|words| {
        let name = words.value.as_str();
        settings.person(name).is_none() && settings.role(name).is_none()
    });
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

/// Every field that holds a person or a role.
fn named(programme: &Programme) -> Vec<&Words> {
    let mut words: Vec<&Words> = Vec::new();
    words.extend([&programme.settings.entry_authority, &programme.settings.exit_authority]);
    words.extend(programme.milestones.iter().map(|milestone| &milestone.owner));
    words.extend(programme.criteria().map(|(_, criterion)| &criterion.owner));
    words.extend(programme.evidence.iter().flat_map(|evidence| [&evidence.producer, &evidence.acceptor]));
    words.extend(programme.decisions.iter().map(|decision| &decision.by));
    words
        .extend(programme.decisions.iter().flat_map(|decision| &decision.conditions).map(|condition| &condition.owner));
    words.extend(programme.waivers.iter().map(|waiver| &waiver.approver));
    words.extend(programme.risks.iter().map(|risk| &risk.owner));
    words.extend(programme.risks.iter().flat_map(|risk| &risk.actions).map(|action| &action.actionee));
    words.extend(programme.concerns.iter().map(|concern| &concern.owner));
    words.extend(programme.confidences.iter().map(|confidence| &confidence.by));
    words.extend(programme.changes.iter().map(|change| &change.approver));
    words
}
