//! Finds evidence that was accepted for other words than the criterion has now.

use crate::finding::{Finding, Severity};
use crate::model::Programme;
use crate::model::evidence::{Evidence, Proof};
use crate::model::milestone::Criterion;
use crate::rules::{Family, Rule};
use crate::source::{Span, Spanned};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "criterion-changed-since-accepted",
    family: Family::Evidence,
    severity: Severity::Warning,
    documentation: include_str!("criterion_changed_since_accepted.md"),
    several: Some("{n} criteria have changed since their evidence was accepted: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for evidence in programme.evidence.iter().filter(|evidence| evidence.accepted_on.is_some()) {
        for proof in &evidence.proves {
            let Some((_, _, criterion)) = facts.criterion(&proof.criterion.value) else { continue };
            let Some((at, before)) = changed(programme, evidence, proof, criterion) else { continue };
            let (id, item) = (&criterion.id, &evidence.record.id);
            let message = format!("criterion `{id}` has changed since evidence `{item}` was accepted for it");
            findings.push(
                Finding::new("criterion-changed-since-accepted", at, message)
                    .label(format!("it said: {before}"))
                    .related(criterion.text.at.clone(), "as it is now")
                    .help("have the evidence accepted for what the criterion says now, and give the new words in `proves`")
                    .about(id.as_str()),
            );
        }
    }
    findings
}

/// The words that the evidence was accepted for, where the criterion has others: as given with it, else as a version
/// that was frozen later still had them.
fn changed(programme: &Programme, evidence: &Evidence, proof: &Proof, now: &Criterion) -> Option<(Span, String)> {
    if let Some(words) = &proof.words {
        return (!proof.matches(&now.text.value)).then(|| (words.at.clone(), words.value.clone()));
    }
    let accepted = evidence.accepted_on.as_ref()?.value;
    let later = programme.history.versions.iter().find(|frozen| frozen.data_date >= accepted)?;
    let then = later.criteria.get(&now.id)?;
    let words = Some(Spanned::new(then.clone(), proof.criterion.at.clone()));
    let given = Proof { criterion: proof.criterion.clone(), words };
    (!given.matches(&now.text.value)).then(|| (proof.criterion.at.clone(), then.clone()))
}
