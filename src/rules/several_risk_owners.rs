//! Finds risks that belong to more than one person.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "several-risk-owners",
    family: Family::Risk,
    severity: Severity::Error,
    documentation: include_str!("several_risk_owners.md"),
    several: Some("{n} risks have several owners: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for risk in &programme.risks {
        let Some(owner) = &risk.owner else { continue };
        let owners = owners(&owner.value, facts);
        if owners.len() < 2 {
            continue;
        }
        let id = &risk.record.id;
        let message = format!("risk `{id}` has {} owners: `{}`", owners.len(), owners.join("`, `"));
        findings.push(
            Finding::new("several-risk-owners", owner.at.clone(), message)
                .label("who answers for it?")
                .help(format!("leave one, `{}` say, and name the others in its actions", owners[0]))
                .about(id.as_str()),
        );
    }
    findings
}

/// The people that the words name. What stands in `people` or `roles` as a whole is one.
fn owners<'a>(words: &'a str, facts: &Facts) -> Vec<&'a str> {
    let is_known = |words: &str| facts.names.named(words).is_known();
    if is_known(words) {
        return vec![words];
    }
    let is_sure = [";", "\n", " / ", " + "].iter().any(|sign| words.contains(sign));
    let parts = words.split([';', ',', '/', '+', '&', '\n']).flat_map(|part| part.split(" and "));
    let parts: Vec<&str> = parts.map(str::trim).filter(|part| !part.is_empty()).collect();
    // "Marlow, Ines" is one person, and "Head of Research and Development" one role, unless all parts are known.
    let all = |is: &dyn Fn(&str) -> bool| parts.iter().all(|part| is(part));
    if is_sure || all(&is_name) || all(&is_known) { parts } else { vec![words] }
}

/// First name and last name: one word alone may be half of a name or of a role.
fn is_name(part: &str) -> bool {
    let mut words = part.split_whitespace();
    let is_capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let count = words.clone().count();
    (2..=3).contains(&count) && words.all(is_capital)
}
