//! Finds criteria in words that everybody reads as he likes.

use crate::finding::{Finding, Severity};
use crate::model::Programme;
use crate::rules::{Family, Rule};
use crate::status::Standing;

pub const RULE: Rule = Rule {
    name: "criterion-not-verifiable",
    family: Family::Completeness,
    severity: Severity::Warning,
    documentation: include_str!("criterion_not_verifiable.md"),
    several: Some("{n} criteria cannot be verified as they are worded: {subjects}"),
    check: Some(check),
};

/// Words that leave open when they are true.
const VAGUE: &[&str] = &[
    "appropriate",
    "appropriately",
    "adequate",
    "adequately",
    "robust",
    "sufficient",
    "sufficiently",
    "substantially",
    "as needed",
    "as required",
    "reasonable",
    "reasonably",
    "satisfactory",
    "mostly",
    "largely",
];

fn check(programme: &Programme, _standing: &Standing) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (_, criterion) in programme.criteria().filter(|(_, criterion)| !criterion.implied) {
        let Some(word) = vague_word(&criterion.text.value) else { continue };
        let id = &criterion.id;
        findings.push(
            Finding::new(
                "criterion-not-verifiable",
                criterion.text.at.clone(),
                format!("criterion `{id}` says `{word}`, and not when that is so"),
            )
            .label("how would one see it?")
            .help(format!("replace `{word}` by a number, a document, or the name of who signs"))
            .about(id.as_str()),
        );
    }
    findings
}

/// The first vague word, as a whole word.
fn vague_word(text: &str) -> Option<&'static str> {
    let spaced = text.to_lowercase().replace(|character: char| !character.is_alphanumeric(), " ");
    let words = format!(" {} ", spaced.split_whitespace().collect::<Vec<_>>().join(" "));
    VAGUE.iter().copied().find(|vague| words.contains(&format!(" {vague} ")))
}
