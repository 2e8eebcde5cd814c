//! Finds decisions on one gate that are of one day and differ.

use crate::finding::{Finding, Severity};
use crate::model::milestone::Side;
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::decision;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "decisions-on-one-day",
    family: Family::Governance,
    severity: Severity::Warning,
    documentation: include_str!("decisions_on_one_day.md"),
    several: Some("{n} decisions are of one day with another on the same gate: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let mut findings = Vec::new();
    for milestone in &facts.programme.milestones {
        for side in Side::BOTH {
            let decisions = facts.decisions_for(&milestone.record.id, side).iter();
            let valid = decisions.filter(|one| decision::obstacle(facts, milestone, side, one, facts.today).is_none());
            let dated = valid.filter_map(|one| Some((one, one.date.as_ref()?, one.outcome.as_ref()?.value)));
            let dated: Vec<_> = dated.collect();
            // What a later day has decided anew needs no mending.
            let last = dated.iter().map(|(_, date, _)| date.value).max();
            for (index, (second, date, outcome)) in dated.iter().enumerate() {
                if Some(date.value) != last {
                    continue;
                }
                let other = dated[..index].iter().find(|(_, day, said)| day.value == date.value && said != outcome);
                let Some((first, day, said)) = other else { continue };
                let (one, two) = (&first.record.id, &second.record.id);
                let gate = format!("{} {}", milestone.record.id, side.word());
                let message = format!(
                    "decisions `{one}` ({}) and `{two}` ({}) on `{gate}` are of one day, so the worse counts",
                    said.word(),
                    outcome.word()
                );
                let finding = Finding::new("decisions-on-one-day", date.at.clone(), message)
                    .label("the same day")
                    .related(day.at.clone(), "the other one")
                    .help("date the one that was taken later on its own day, or remove the one that was not taken");
                findings.push(finding.about(two.as_str()));
            }
        }
    }
    findings
}
