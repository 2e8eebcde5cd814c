//! Finds evidence that was judged before it was there.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "evidence-out-of-order",
    family: Family::Evidence,
    severity: Severity::Error,
    documentation: include_str!("evidence_out_of_order.md"),
    several: Some("{n} items of evidence were judged before they were produced: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for evidence in &programme.evidence {
        let Some(produced) = &evidence.produced_on else { continue };
        let judged = [(&evidence.accepted_on, "accepted"), (&evidence.rejected_on, "rejected")];
        for (date, verb) in judged {
            let Some(date) = date.as_ref().filter(|date| date.value < produced.value) else { continue };
            let id = &evidence.record.id;
            findings.push(
                Finding::new(
                    "evidence-out-of-order",
                    date.at.clone(),
                    format!("evidence `{id}` was {verb} on {}, before it was produced", date.value),
                )
                .label(format!("{verb} before it was there"))
                .related(produced.at.clone(), "produced here")
                .help("correct one of the two dates; until then it does not count")
                .about(id.as_str()),
            );
        }
    }
    findings
}
