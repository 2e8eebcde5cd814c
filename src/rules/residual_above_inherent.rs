//! Finds risks that are higher with their response than without.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "residual-above-inherent",
    family: Family::Risk,
    severity: Severity::Warning,
    documentation: include_str!("residual_above_inherent.md"),
    several: Some("{n} residual scores are above the inherent ones: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for risk in &programme.risks {
        let (Some(residual), Some(inherent)) = (&risk.residual, &risk.inherent) else { continue };
        if residual.value <= inherent.value {
            continue;
        }
        let id = &risk.record.id;
        findings.push(
            Finding::new(
                "residual-above-inherent",
                residual.at.clone(),
                format!(
                    "the residual score of risk `{id}` is {}, above its inherent one, {}",
                    residual.value, inherent.value
                ),
            )
            .label("higher with the response than without")
            .related(inherent.at.clone(), "inherent")
            .help("correct one of the two scores")
            .about(id.as_str()),
        );
    }
    findings
}
