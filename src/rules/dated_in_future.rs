//! Finds records of what cannot have happened yet.

use crate::finding::{Finding, Severity};
use crate::model::Date;
use crate::model::Programme;
use crate::model::id::Id;
use crate::model::reference::Kind;
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "dated-in-future",
    family: Family::Time,
    severity: Severity::Error,
    documentation: include_str!("dated_in_future.md"),
    several: Some("{n} records are dated after the data date: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let today = programme.settings.data_date.date;
    let future = happened(programme).into_iter().filter_map(|(kind, id, verb, date)| {
        let date = date.as_ref().filter(|date| date.value > today)?;
        let message = format!("{} `{id}` is {verb} on {}, after the data date {today}", kind.word(), date.value);
        let finding = Finding::new("dated-in-future", date.at.clone(), message)
            .label("has not happened at the data date")
            .help("correct the date, or move `data_date` of programme.yaml on; until then it does not count");
        Some(finding.about(id.as_str()))
    });
    future.collect()
}

/// Every date at which something happened: the kind of its record, its id, what happened, and when.
fn happened(programme: &Programme) -> Vec<(Kind, &Id, &'static str, &Date)> {
    let mut dates: Vec<(Kind, &Id, &'static str, &Date)> = Vec::new();
    for milestone in &programme.milestones {
        dates.push((Kind::Milestone, &milestone.record.id, "achieved", &milestone.actual));
        dates.push((Kind::Milestone, &milestone.record.id, "reviewed", &milestone.reviewed_on));
    }
    for evidence in &programme.evidence {
        let id = &evidence.record.id;
        dates.push((Kind::Evidence, id, "produced", &evidence.produced_on));
        dates.push((Kind::Evidence, id, "accepted", &evidence.accepted_on));
        dates.push((Kind::Evidence, id, "rejected", &evidence.rejected_on));
        dates.push((Kind::Evidence, id, "withdrawn", &evidence.withdrawn_on));
    }
    for decision in &programme.decisions {
        dates.push((Kind::Decision, &decision.record.id, "taken", &decision.date));
        let conditions = decision.conditions.iter();
        dates.extend(conditions.map(|condition| (Kind::Condition, &condition.id, "closed", &condition.closed_on)));
    }
    for risk in &programme.risks {
        dates.push((Kind::Risk, &risk.record.id, "raised", &risk.raised_on));
        dates.push((Kind::Risk, &risk.record.id, "reviewed", &risk.reviewed_on));
        dates.extend(risk.actions.iter().map(|action| (Kind::Risk, &risk.record.id, "acted on", &action.done_on)));
    }
    dates.extend(programme.waivers.iter().map(|waiver| (Kind::Waiver, &waiver.record.id, "approved", &waiver.date)));
    dates.extend(
        programme.concerns.iter().map(|concern| (concern.kind, &concern.record.id, "raised", &concern.raised_on)),
    );
    dates.extend(programme.reviews.iter().map(|review| (Kind::Review, &review.record.id, "held", &review.date)));
    dates.extend(programme.changes.iter().map(|change| (Kind::Change, &change.record.id, "approved", &change.date)));
    let confidences = programme.confidences.iter();
    dates.extend(confidences.map(|confidence| (Kind::Confidence, &confidence.record.id, "signed", &confidence.date)));
    dates
}
