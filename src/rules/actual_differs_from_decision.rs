//! Finds actual dates that are not the day of the go.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "actual-differs-from-decision",
    family: Family::Time,
    severity: Severity::Error,
    documentation: include_str!("actual_differs_from_decision.md"),
    several: Some("{n} actual dates are not those of the decision: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for milestone in &programme.milestones {
        let id = &milestone.record.id;
        let decided = standing.milestones.get(id).and_then(|state| state.schedule.actual);
        let (Some(actual), Some(decided)) = (&milestone.actual, decided) else { continue };
        if actual.value == decided {
            continue;
        }
        findings.push(
            Finding::new(
                "actual-differs-from-decision",
                actual.at.clone(),
                format!("milestone `{id}` is achieved on {} here, and on {decided} by its decision", actual.value),
            )
            .label(format!("{decided}, says the decision"))
            .help("leave `actual` out: it is the day of the decision, or of the last closed condition")
            .about(id.as_str()),
        );
    }
    findings
}
