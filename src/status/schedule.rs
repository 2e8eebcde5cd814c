//! Baselines, gate dates, slip and float. See design: content (what a window means), status (float).

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, Days, NaiveDate};

use crate::model::decision::{Decision, Outcome};
use crate::model::id::Id;
use crate::model::milestone::{Milestone, Side};
use crate::model::reference::Kind;
use crate::model::window::{Grain, Window};
use crate::status::decision;
use crate::status::facts::Facts;

/// The dates of a milestone that follow from windows alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Dates {
    pub first_baseline: Option<Window>,
    pub baseline: Option<Window>,
    pub rebaselined: usize,
    pub forecast: Option<Window>,
    pub entry: Option<NaiveDate>,
    pub exit: Option<NaiveDate>,
    /// The end of the forecast, or the new date of a recycled exit.
    pub forecast_end: Option<NaiveDate>,
    /// The date of a gate is written and not understood, or a decision that would move it: no other date stands in for it.
    pub entry_unread: bool,
    pub exit_unread: bool,
}

/// The dates of every milestone.
pub fn dates<'a>(facts: &Facts<'a>) -> HashMap<&'a Id, Dates> {
    let mut changes: HashMap<&Id, Vec<(NaiveDate, bool, &Id, Window)>> = HashMap::new();
    for change in &facts.programme.changes {
        // Of a change whose date is not understood nobody can tell that it is not the latest.
        let unread = change.record.is_unread("date", &change.date).then_some(facts.today);
        let date = change.date.as_ref().map(|date| date.value).or(unread).filter(|date| *date <= facts.today);
        let approved = date.filter(|_| change.approver.is_some());
        let of = change.of.as_ref().filter(|of| of.value.kind == Kind::Milestone);
        if let (Some(date), Some(of), Some(window)) = (approved, of, &change.to_window) {
            let window = if unread.is_some() { window.unread() } else { window.clone() };
            changes.entry(&of.value.id).or_default().push((date, unread.is_some(), &change.record.id, window));
        }
    }
    let mut found: HashMap<&Id, Dates> = HashMap::new();
    for milestone in &facts.programme.milestones {
        let id = &milestone.record.id;
        let first = first_baseline(facts, milestone);
        let approved = changes.get(id);
        let latest =
            approved.and_then(|changes| changes.iter().max_by_key(|(date, unread, id, _)| (*date, *unread, *id)));
        let baseline = latest.map(|(_, _, _, window)| window.clone()).or_else(|| first.clone());
        let forecast = milestone.forecast_window().map(|window| window.value.clone());
        let end = forecast.as_ref().and_then(|window| window.end);
        let is_readable = forecast.as_ref().is_none_or(Window::is_understood);
        let said = |side: Side| said(facts, milestone, side);
        let [entry, exit] = Side::BOTH.map(said);
        let forecast_end = match moved(facts, milestone, Side::Exit) {
            Said::On(date) => Some(date),
            Said::Nothing => end,
            Said::Unread => None,
        };
        let dates = Dates {
            first_baseline: first,
            baseline,
            rebaselined: approved.map_or(0, Vec::len),
            entry: entry.or(|| None),
            exit: exit.or(|| end),
            forecast_end,
            entry_unread: entry.is_unread(is_readable),
            exit_unread: exit.is_unread(is_readable),
            forecast,
        };
        found.insert(id, dates);
    }
    let entries: Vec<_> =
        facts.programme.milestones.iter().map(|milestone| entry_date(facts, milestone, &found)).collect();
    for (milestone, entry) in facts.programme.milestones.iter().zip(entries) {
        if let Some(dates) = found.get_mut(&milestone.record.id) {
            dates.entry = entry;
        }
    }
    found
}

/// What is said of the date of a gate, beside the window.
#[derive(Clone, Copy)]
enum Said {
    On(NaiveDate),
    Nothing,
    Unread,
}

impl Said {
    fn or(self, window: impl FnOnce() -> Option<NaiveDate>) -> Option<NaiveDate> {
        match self {
            Said::On(date) => Some(date),
            Said::Nothing => window(),
            Said::Unread => None,
        }
    }

    fn is_unread(self, is_window_readable: bool) -> bool {
        match self {
            Said::On(_) => false,
            Said::Nothing => !is_window_readable,
            Said::Unread => true,
        }
    }
}

/// By the decision that sent the gate round again, else by the milestone itself.
fn said(facts: &Facts, milestone: &Milestone, side: Side) -> Said {
    let field = match side {
        Side::Entry => "entry_gate_date",
        Side::Exit => "exit_gate_date",
    };
    let written = &milestone.gate(side).date;
    match (moved(facts, milestone, side), written) {
        (Said::Nothing, Some(date)) => Said::On(date.value),
        (Said::Nothing, None) if milestone.record.is_unread(field, written) => Said::Unread,
        (moved, _) => moved,
    }
}

/// Where a recycle moves a gate. Without its date, or with a decision that may be a recycle, nobody can tell.
fn moved(facts: &Facts, milestone: &Milestone, side: Side) -> Said {
    if decision::unread(facts, milestone, side, facts.today).is_some() {
        return Said::Unread;
    }
    let decision = decision::counting(facts, milestone, side, facts.today);
    let recycles =
        |decision: &&Decision| decision.outcome.as_ref().is_some_and(|outcome| outcome.value == Outcome::Recycle);
    match decision.filter(recycles) {
        None => Said::Nothing,
        Some(recycle) => recycle.new_gate_date.as_ref().map_or(Said::Unread, |date| Said::On(date.value)),
    }
}

/// What the oldest frozen version that holds it took for the first, else what is written now: a `baseline` that is
/// written over after a freeze moves nothing, since only an approved change does.
fn first_baseline(facts: &Facts, milestone: &Milestone) -> Option<Window> {
    let calendar = &facts.programme.settings.calendar;
    let frozen = facts.programme.history.first_baseline(&milestone.record.id);
    // One that is not understood stays one: the window that would stand in for it cannot be late against itself.
    let written = milestone.baseline.as_ref();
    let frozen = frozen.map(|(_, window)| window.anchored(calendar));
    frozen.or_else(|| written.or(milestone.window.as_ref()).map(|window| window.value.clone()))
}

/// As said, else by the window and what comes before it.
fn entry_date(facts: &Facts, milestone: &Milestone, found: &HashMap<&Id, Dates>) -> Option<NaiveDate> {
    let dates = found.get(&milestone.record.id)?;
    if dates.entry.is_some() || dates.entry_unread {
        return dates.entry;
    }
    hand_over(facts, milestone, dates.forecast.as_ref()?, found)
}

/// The start of a window; or the end of a predecessor's baseline that lies inside the window's first unit.
fn hand_over(facts: &Facts, milestone: &Milestone, window: &Window, found: &HashMap<&Id, Dates>) -> Option<NaiveDate> {
    let start = window.start?;
    // The same week runs to its Sunday, whatever its deadline day.
    let unit_end = match (window.first_unit_end, window.grain) {
        (Some(end), Some(Grain::Week | Grain::Sprint)) => {
            end + Days::new(u64::from(6 - end.weekday().num_days_from_monday()))
        }
        (end, _) => end.unwrap_or(start),
    };
    let ends = facts.predecessors(milestone).filter_map(|predecessor| {
        found.get(&predecessor.record.id).and_then(|dates| dates.baseline.as_ref()).and_then(|baseline| baseline.end)
    });
    Some(ends.filter(|end| *end >= start && *end <= unit_end).max().unwrap_or(start))
}

/// Week 1, else the earliest start of a first baseline.
pub fn programme_start(facts: &Facts) -> Option<NaiveDate> {
    let starts = facts.dates.values().filter_map(|dates| dates.first_baseline.as_ref()?.start);
    facts.programme.settings.calendar.week_1.or_else(|| starts.min())
}

/// Total float in working days by forecast, by milestone, and the critical ones by forecast or by baseline. Where dates
/// are missing or dependencies run in a ring, there is no float, and all that it touches is critical.
pub fn floats<'a>(
    facts: &Facts<'a>,
    effective: &HashMap<&'a Id, Option<NaiveDate>>,
) -> HashMap<&'a Id, (Option<i64>, bool)> {
    let dates = &facts.dates;
    let finish = dates.values().filter_map(|dates| dates.baseline.as_ref().and_then(|window| window.end)).max();
    let entry_by_forecast = |milestone: &Milestone| dates.get(&milestone.record.id).and_then(|dates| dates.entry);
    let entry_by_baseline = |milestone: &Milestone| {
        let baseline = dates.get(&milestone.record.id)?.baseline.as_ref()?;
        hand_over(facts, milestone, baseline, dates)
    };
    let end_by_forecast = |milestone: &Milestone| effective.get(&milestone.record.id).copied().flatten();
    let end_by_baseline =
        |milestone: &Milestone| dates.get(&milestone.record.id)?.baseline.as_ref().and_then(|window| window.end);
    let by_forecast = total_floats(facts, finish, &end_by_forecast, &entry_by_forecast);
    let by_baseline = total_floats(facts, finish, &end_by_baseline, &entry_by_baseline);
    let milestones = facts.programme.milestones.iter().map(|milestone| {
        let id = &milestone.record.id;
        let forecast = by_forecast.get(id).copied().flatten();
        let baseline = by_baseline.get(id).copied().flatten();
        let is_critical = |float: Option<i64>| float.is_none_or(|float| float <= 0);
        (id, (forecast, is_critical(forecast) || is_critical(baseline)))
    });
    milestones.collect()
}

type DateOf<'b> = &'b dyn Fn(&Milestone) -> Option<NaiveDate>;

fn total_floats<'a>(
    facts: &Facts<'a>,
    finish: Option<NaiveDate>,
    end: DateOf,
    entry: DateOf,
) -> HashMap<&'a Id, Option<i64>> {
    let mut floats: HashMap<&Id, Option<i64>> = HashMap::new();
    for milestone in latest_first(facts) {
        let own_end = end(milestone);
        let successors = facts.successors(&milestone.record.id);
        let links = successors.iter().filter(|successor| successor.record.id != milestone.record.id).map(|successor| {
            let link = facts.working_days(own_end?, entry(successor)?);
            // A successor that has no float is in a ring, or follows one.
            Some(link + floats.get(&successor.record.id).copied().flatten()?)
        });
        let links: Option<Vec<i64>> = links.collect();
        let float = match links {
            None => None,
            Some(links) if links.is_empty() => own_end.zip(finish).map(|(end, finish)| facts.working_days(end, finish)),
            Some(links) => links.into_iter().min(),
        };
        floats.insert(&milestone.record.id, float);
    }
    floats
}

/// Milestones with every successor before its predecessors; those in a ring, and before one, come last, by id.
fn latest_first<'a>(facts: &Facts<'a>) -> Vec<&'a Milestone> {
    let after = |milestone: &'a Milestone| facts.successors(&milestone.record.id).to_vec();
    let before = |milestone: &'a Milestone| facts.predecessors(milestone).collect::<Vec<_>>();
    ordered(facts, &after, &before)
}

/// Milestones with every predecessor before its successors; those in a ring, and after one, come last, by id.
pub fn earliest_first<'a>(facts: &Facts<'a>) -> Vec<&'a Milestone> {
    let before = |milestone: &'a Milestone| facts.predecessors(milestone).collect::<Vec<_>>();
    let after = |milestone: &'a Milestone| facts.successors(&milestone.record.id).to_vec();
    ordered(facts, &before, &after)
}

type Neighbours<'a, 'b> = &'b dyn Fn(&'a Milestone) -> Vec<&'a Milestone>;

/// Every milestone after all that `first` gives for it, as far as there is such an order.
fn ordered<'a>(facts: &Facts<'a>, first: Neighbours<'a, '_>, then: Neighbours<'a, '_>) -> Vec<&'a Milestone> {
    let milestones = &facts.programme.milestones;
    let others = |milestone: &'a Milestone, neighbours: Neighbours<'a, '_>| {
        let mut neighbours = neighbours(milestone);
        neighbours.retain(|neighbour| neighbour.record.id != milestone.record.id);
        neighbours
    };
    let mut waiting: HashMap<&Id, usize> =
        milestones.iter().map(|milestone| (&milestone.record.id, others(milestone, first).len())).collect();
    let mut ready: Vec<&Milestone> = milestones.iter().filter(|milestone| waiting[&milestone.record.id] == 0).collect();
    ready.reverse();
    let mut ordered: Vec<&Milestone> = Vec::new();
    while let Some(milestone) = ready.pop() {
        ordered.push(milestone);
        for next in others(milestone, then) {
            let count = waiting.entry(&next.record.id).or_default();
            *count = count.saturating_sub(1);
            if *count == 0 {
                ready.push(next);
            }
        }
    }
    let placed: HashSet<&Id> = ordered.iter().map(|milestone| &milestone.record.id).collect();
    let mut ringed: Vec<&Milestone> =
        milestones.iter().filter(|milestone| !placed.contains(&milestone.record.id)).collect();
    // A ring has no beginning of its own, and the order of files and rows must change no colour.
    ringed.sort_by_key(|milestone| &milestone.record.id);
    ordered.extend(ringed);
    ordered
}
