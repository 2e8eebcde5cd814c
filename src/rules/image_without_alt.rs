//! Finds pictures that say nothing to those who cannot see them.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "image-without-alt",
    family: Family::Publication,
    severity: Severity::Warning,
    documentation: include_str!("image_without_alt.md"),
    several: Some("{n} pictures have no words: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let bare = programme.prose.links.iter().filter(|link| link.picture.as_ref().is_some_and(|words| words.is_empty()));
    let findings = bare.map(|link| {
        let target = &link.target;
        Finding::new("image-without-alt", link.at.clone(), format!("the picture `{target}` has no words"))
            .label("what does it show?")
            .help(format!("say it between the brackets: `![what it shows]({target})`"))
            .about(target.as_str())
    });
    findings.collect()
}
