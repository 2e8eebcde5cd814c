//! Finds a signed confidence that the records do not bear out.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::criterion::lowered;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "confidence-greener-than-derived",
    family: Family::Governance,
    severity: Severity::Warning,
    documentation: include_str!("confidence_greener_than_derived.md"),
    several: None,
    check: Some(check),
};

fn check(facts: &Facts, standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let Some(state) = &standing.programme.confidence else { return Vec::new() };
    let confidence = programme.confidences.iter().find(|confidence| confidence.record.id == state.id);
    let (Some(divergence), Some(confidence)) = (&state.divergence, confidence) else { return Vec::new() };
    let at = confidence.level.as_ref().map_or_else(|| confidence.record.at(), |level| level.at.clone());
    let id = &state.id;
    let message = format!("the signed confidence `{id}` diverges from the records: {}", lowered(divergence));
    let finding = Finding::new("confidence-greener-than-derived", at, message)
        .label("an opinion")
        .help("sign a new one, or record what makes the records greener: both are shown side by side");
    vec![finding.about(id.as_str())]
}
