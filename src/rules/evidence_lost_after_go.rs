//! Finds evidence that a go rested on and that was withdrawn or failed after it.

use chrono::NaiveDate;

use crate::finding::{Finding, Severity};
use crate::model::evidence::Evidence;
use crate::model::milestone::{Criterion, Side};
use crate::rules::{Family, Rule};
use crate::source::Spanned;
use crate::status::evidence::{self, Obstacle};
use crate::status::facts::{Facts, Files, Moment, day, mandatory};
use crate::status::{CriterionState, Standing, criterion as criteria, decision};

pub const RULE: Rule = Rule {
    name: "evidence-lost-after-go",
    family: Family::Evidence,
    severity: Severity::Warning,
    documentation: include_str!("evidence_lost_after_go.md"),
    several: Some("{n} criteria lost their evidence after the go: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, standing: &Standing) -> Vec<Finding> {
    let mut findings = Vec::new();
    for milestone in &facts.programme.milestones {
        for side in Side::BOTH {
            let Some(date) = decision::go_date(facts, milestone, side, facts.today) else { continue };
            for criterion in mandatory(&milestone.gate(side).criteria) {
                let state = standing.criteria.get(&criterion.id).map(|standing| standing.state);
                let settled = [CriterionState::Met, CriterionState::Waived, CriterionState::NotApplicable];
                if state.is_none_or(|state| settled.contains(&state)) {
                    continue;
                }
                let then = Moment { date, files: Files::AsAccepted };
                if criteria::state(facts, milestone, side, criterion, then) != CriterionState::Met {
                    continue;
                }
                let Some((item, verb, when)) = lost(facts, criterion, date) else { continue };
                let (id, at) = (&item.record.id, when.map_or_else(|| item.record.at(), |date| date.at.clone()));
                let message = format!("evidence `{id}` for `{}` {verb} after the go of {}", criterion.id, day(date));
                let finding = Finding::new("evidence-lost-after-go", at, message).label("after the go");
                let help =
                    format!("add evidence that counts with `proves: {}`, or decide the gate again", criterion.id);
                findings.push(finding.help(help).about(criterion.id.as_str()));
            }
        }
    }
    findings
}

/// An item that counted on the day of the go and does not for what happened since, or one that failed since; with the day.
fn lost<'a>(
    facts: &Facts<'a>,
    criterion: &Criterion,
    go: NaiveDate,
) -> Option<(&'a Evidence, &'static str, Option<&'a Spanned<NaiveDate>>)> {
    let items = facts.evidence_for(&criterion.id).iter().copied();
    let at = |date: NaiveDate, files| Moment { date, files };
    let obstacle = |item: &Evidence, moment| evidence::obstacle(facts, item, Some(criterion), || Some(go), moment);
    items.into_iter().find_map(|item| {
        let then = obstacle(item, at(go, Files::AsAccepted));
        match obstacle(item, facts.now())? {
            Obstacle::Withdrawn if then.is_none() => Some((item, "was withdrawn", item.withdrawn_on.as_ref())),
            Obstacle::Rejected if then != Some(Obstacle::Rejected) => {
                let judged = item.rejected_on.as_ref().or(item.accepted_on.as_ref());
                Some((item, "failed or was rejected", judged))
            }
            _ => None,
        }
    })
}
