//! Finds scores that are not what probability and impact give.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "score-does-not-multiply",
    family: Family::Risk,
    severity: Severity::Error,
    documentation: include_str!("score_does_not_multiply.md"),
    several: Some("{n} scores are not probability times impact: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for risk in &programme.risks {
        let (Some(score), Some(probability), Some(impact)) = (&risk.score, &risk.probability, &risk.impact) else {
            continue;
        };
        let product = probability.value.step * impact.value.step;
        if score.value == product {
            continue;
        }
        let id = &risk.record.id;
        let (likely, hard) = (probability.value.step, impact.value.step);
        let message = format!("the score of risk `{id}` is {}, and {likely} × {hard} is {product}", score.value);
        findings.push(
            Finding::new("score-does-not-multiply", score.at.clone(), message)
                .label(format!("{likely} × {hard} = {product}"))
                .related(probability.at.clone(), format!("probability {likely}"))
                .related(impact.at.clone(), format!("impact {hard}"))
                .help("correct one of the three, or leave the score out: it is computed")
                .about(id.as_str()),
        );
    }
    findings
}
