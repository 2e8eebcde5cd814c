//! Finds decisions that were taken before their evidence was there.

use chrono::NaiveDate;

use crate::finding::{Finding, Severity};
use crate::model::evidence::Evidence;
use crate::rules::{Family, Rule};
use crate::source::Spanned;
use crate::status::Standing;
use crate::status::facts::{Facts, is_go};
use crate::status::{decision, gate};

pub const RULE: Rule = Rule {
    name: "decision-before-evidence",
    family: Family::Governance,
    severity: Severity::Warning,
    documentation: include_str!("decision_before_evidence.md"),
    several: Some("{n} decisions were taken before their evidence: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for decision in &programme.decisions {
        let (Some(gate), Some(date)) = (&decision.gate, &decision.date) else { continue };
        let Some(milestone) = facts.milestones.get(&gate.value.milestone).copied() else { continue };
        let is_go = decision.outcome.as_ref().is_some_and(|outcome| is_go(outcome.value));
        if !is_go || decision::obstacle(facts, milestone, gate.value.side, decision, facts.today).is_some() {
            continue;
        }
        let Some(then) = gate::at_decision(facts, milestone, gate.value.side, decision) else { continue };
        for criterion in then.unmet {
            let Some((item, late)) = first_shown(facts.evidence_for(&criterion.id)) else { continue };
            if late.value <= date.value {
                continue;
            }
            let (id, evidence) = (&decision.record.id, &item.record.id);
            let message =
                format!("decision `{id}` was taken before evidence `{evidence}` for `{}` was there", criterion.id);
            findings.push(
                Finding::new("decision-before-evidence", date.at.clone(), message)
                    .label(format!("{evidence} is of {}", late.value))
                    .related(late.at.clone(), "later")
                    .help("correct the date that is wrong, or decide again now that the evidence is there")
                    .about(id.as_str()),
            );
        }
    }
    findings
}

/// The item that was there first, and the date on which it was accepted, or made where nobody judged it.
fn first_shown<'a>(items: &[&'a Evidence]) -> Option<(&'a Evidence, &'a Spanned<NaiveDate>)> {
    let dated = items.iter().filter_map(|item| Some((*item, item.accepted_on.as_ref().or(item.produced_on.as_ref())?)));
    dated.min_by_key(|(_, date)| date.value)
}
