//! Dates that moved: gates, and the finish of the programme.

use chrono::NaiveDate;

use crate::model::change::Change;
use crate::model::decision::{Decision, Outcome};
use crate::model::id::Id;
use crate::model::milestone::{GateName, Side};
use crate::model::reference::{Kind, Reference};
use crate::model::settings::fold;
use crate::status::{Colour, DimensionName, MilestoneStanding, Reason};
use crate::version::diff::State;
use crate::version::diff::{DateMove, Dated, Overtaken, gates};

pub fn moved(before: &State, after: &State) -> Vec<DateMove> {
    let mut moves = Vec::new();
    for milestone in &after.programme.milestones {
        let id = &milestone.record.id;
        let both = (before.standing.milestones.get(id), after.standing.milestones.get(id));
        let (Some(then), Some(now)) = both else { continue };
        for gate in gates(id) {
            let (from, to) = (gate_date(then, gate.side), gate_date(now, gate.side));
            if from != to {
                let given = given(before, after, &gate);
                let standing = time(now).filter(|_| gate.side == Side::Exit);
                let days = working_days(after, from, to);
                moves.push(DateMove { what: Dated::Gate(gate), from, to, days, given, standing });
            }
        }
    }
    moves.extend(finish(before, after));
    moves
}

/// The effective forecast counts from the data date once that has passed the forecast itself.
pub fn overtaken(before: &State, after: &State) -> Vec<Overtaken> {
    let today = after.programme.settings.data_date.date;
    let found = after.programme.milestones.iter().filter_map(|milestone| {
        let id = &milestone.record.id;
        let (then, now) = (before.standing.milestones.get(id)?, after.standing.milestones.get(id)?);
        let forecast = now.schedule.forecast_end.filter(|end| *end < today)?;
        let stayed = gate_date(then, Side::Exit) == gate_date(now, Side::Exit);
        let days = working_days(after, then.schedule.effective_forecast, now.schedule.effective_forecast)?;
        (stayed && days > 0).then(|| Overtaken { milestone: id.clone(), forecast, days })
    });
    found.collect()
}

/// None where there is no such gate.
fn gate_date(standing: &MilestoneStanding, side: Side) -> Option<NaiveDate> {
    match side {
        Side::Entry => standing.schedule.entry_gate_date.filter(|_| standing.entry.exists),
        Side::Exit => standing.schedule.exit_gate_date,
    }
}

fn working_days(after: &State, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Option<i64> {
    Some(after.programme.settings.calendar.working_days(from?, to?))
}

/// The finish is as late as the latest milestone: that one is its reason.
fn finish(before: &State, after: &State) -> Option<DateMove> {
    let (from, to) = (before.standing.programme.finish, after.standing.programme.finish);
    if from == to {
        return None;
    }
    let last = |id: &&Id| {
        let standing = after.standing.milestones.get(*id);
        to.is_some() && standing.is_some_and(|standing| standing.schedule.effective_forecast == to)
    };
    let ids: Vec<Id> = after.programme.milestones.iter().map(|one| &one.record.id).filter(last).cloned().collect();
    let names: Vec<&str> = ids.iter().map(Id::as_str).collect();
    let rests_on = ids.iter().map(|id| Reference::new(Kind::Milestone, id)).collect();
    let sentence = format!("With {}", names.join(", "));
    let standing = (!ids.is_empty()).then(|| Reason::new("finish_with", sentence, rests_on));
    Some(DateMove { what: Dated::Finish, from, to, days: working_days(after, from, to), given: None, standing })
}

/// Why somebody says it moved: the change record, else the decision, else the author's word on the milestone.
fn given(before: &State, after: &State, gate: &GateName) -> Option<Reason> {
    let change = new_change(before, after, &Reference::new(Kind::Milestone, &gate.milestone), is_about_dates);
    let decision = || new_decision(before, after, gate).map(recycled);
    change.or_else(decision).or_else(|| declared(before, after, &gate.milestone))
}

fn is_about_dates(change: &Change) -> bool {
    let field = change.field.as_ref().map(|field| fold(&field.value)).unwrap_or_default();
    ["window", "baseline", "forecast", "date", "target", "due"].iter().any(|word| field.contains(word))
}

/// The reason of the latest change record that is new and names the record.
pub fn new_change(before: &State, after: &State, record: &Reference, fits: impl Fn(&Change) -> bool) -> Option<Reason> {
    let is_old = |id: &Id| before.programme.changes.iter().any(|old| old.record.id == *id);
    let names = |change: &&Change| change.of.as_ref().is_some_and(|of| of.value == *record);
    let changes = after.programme.changes.iter().filter(names).filter(|change| fits(change));
    let change = changes.filter(|change| !is_old(&change.record.id)).max_by_key(|change| date_of(change))?;
    let reason = change.reason.as_ref()?.value.clone();
    Some(Reason::new("change_record", reason, vec![Reference::new(Kind::Change, &change.record.id)]))
}

fn date_of(change: &Change) -> Option<NaiveDate> {
    change.date.as_ref().map(|date| date.value)
}

fn new_decision<'a>(before: &State, after: &State<'a>, gate: &GateName) -> Option<&'a Decision> {
    let is_old = |id: &Id| before.programme.decisions.iter().any(|old| old.record.id == *id);
    after.programme.decisions.iter().find(|decision| {
        let is_recycle = decision.outcome.as_ref().is_some_and(|outcome| outcome.value == Outcome::Recycle);
        let is_here = decision.gate.as_ref().is_some_and(|named| named.value == *gate);
        is_recycle && is_here && !is_old(&decision.record.id)
    })
}

fn recycled(decision: &Decision) -> Reason {
    let id = &decision.record.id;
    Reason::new("recycled", format!("Recycled by {id}"), vec![Reference::new(Kind::Decision, id)])
}

/// The author's reason, where it is not the one of the version before.
fn declared(before: &State, after: &State, id: &Id) -> Option<Reason> {
    let text = |snapshot: &State| {
        let reason = snapshot.programme.milestone(id)?.declared_reason.as_ref();
        reason.map(|reason| reason.value.trim().to_string()).filter(|reason| !reason.is_empty())
    };
    let now = text(after)?;
    (text(before).as_ref() != Some(&now)).then(|| Reason::new("declared", now, Vec::new()))
}

fn time(standing: &MilestoneStanding) -> Option<Reason> {
    let time = standing.dimensions.iter().find(|dimension| dimension.name == DimensionName::Time)?;
    matches!(time.colour, Colour::Amber | Colour::Red).then(|| time.reason.clone())
}
