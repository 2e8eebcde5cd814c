//! Finds criteria in words that everybody reads as he likes.

use crate::finding::{Finding, Severity};
use crate::model::milestone::Criterion;
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "criterion-not-verifiable",
    family: Family::Completeness,
    severity: Severity::Warning,
    documentation: include_str!("criterion_not_verifiable.md"),
    several: Some("{n} criteria cannot be verified as they are worded: {subjects}"),
    check: Some(check),
};

/// Words that leave open when they are true.
const VAGUE: &[&[&str]] = &[
    &["appropriate"],
    &["appropriately"],
    &["adequate"],
    &["adequately"],
    &["robust"],
    &["sufficient"],
    &["sufficiently"],
    &["substantially"],
    &["as", "needed"],
    &["as", "required"],
    &["reasonable"],
    &["reasonably"],
    &["satisfactory"],
    &["mostly"],
    &["largely"],
];

fn check(facts: &Facts, standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for (_, criterion) in programme.criteria().filter(|(_, criterion)| !criterion.implied) {
        let id = &criterion.id;
        let told = |message: String, label: &str, help: String| {
            let finding = Finding::new("criterion-not-verifiable", criterion.text.at.clone(), message);
            finding.label(label).help(help).about(id.as_str())
        };
        if let Some(word) = vague_words(&criterion.text.value) {
            let help = format!("replace `{word}` by a number, a document, or the name of who signs");
            let message = format!("criterion `{id}` says `{word}`, and not when that is so");
            findings.push(told(message, "how would one see it?", help));
        }
        if is_signed_by_nobody(criterion, standing) {
            let message = format!("criterion `{id}` is to be signed off, and nobody is named who could");
            let help = "say by whom, `signed off by …`, or name an `acceptor` or an owner".to_string();
            findings.push(told(message, "by whom?", help));
        }
    }
    findings
}

/// "Signed off", with nobody behind it, no role that must accept and no owner to ask.
fn is_signed_by_nobody(criterion: &Criterion, standing: &Standing) -> bool {
    let has_owner = || standing.criteria.get(&criterion.id).is_some_and(|standing| standing.owner.is_some());
    if criterion.acceptor.is_some() || has_owner() {
        return false;
    }
    let text = criterion.text.value.to_lowercase();
    text.split("signed off").skip(1).any(|behind| !behind.trim_start().starts_with("by "))
}

/// The first of the vague words that the text has, as whole words.
fn vague_words(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    let words = text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    let found = VAGUE.iter().find(|vague| words.windows(vague.len()).any(|some| some == **vague));
    found.map(|vague| vague.join(" "))
}
