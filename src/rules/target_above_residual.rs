//! Finds risks whose target is above where they stand.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "target-above-residual",
    family: Family::Risk,
    severity: Severity::Warning,
    documentation: include_str!("target_above_residual.md"),
    several: Some("{n} target scores are above the residual ones: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for risk in &programme.risks {
        let (Some(target), Some(residual)) = (&risk.target, &risk.residual) else { continue };
        if target.value <= residual.value {
            continue;
        }
        let id = &risk.record.id;
        findings.push(
            Finding::new(
                "target-above-residual",
                target.at.clone(),
                format!(
                    "the target score of risk `{id}` is {}, above its residual one, {}",
                    target.value, residual.value
                ),
            )
            .label("already below")
            .related(residual.at.clone(), "residual")
            .help("correct one of the two scores")
            .about(id.as_str()),
        );
    }
    findings
}
