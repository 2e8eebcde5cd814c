//! The order in which standing is derived: dates, criteria, gates, schedule, milestones, programme.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::model::Programme;
use crate::model::decision::Condition;
use crate::model::id::Id;
use crate::model::milestone::{Criterion, Milestone, Side};
use crate::model::reference::{Kind, Reference};
use crate::status::criterion::{self, Setting};
use crate::status::drift::{self, Drift};
use crate::status::facts::{Facts, day, is_go};
use crate::status::gate;
use crate::status::milestone::{self as milestones, Case};
use crate::status::readiness::{self, Situation};
use crate::status::schedule::{self, Dates};
use crate::status::{
    Colour, CriterionStanding, GateStanding, GateState, Lifecycle, MilestoneStanding, Reason, Schedule, Standing,
    WaiverStanding, decision, evidence, passage, path_to_green, programme, risk,
};

/// Derives everything. Pure: the same programme gives the same standing.
pub fn derive(of: &Programme) -> Standing {
    let mut facts = Facts::new(of);
    let dates = schedule::dates(&facts);
    facts.start = programme_start(&facts, &dates);
    let facts = facts;
    let is_plan = is_plan(&facts);

    let risks: BTreeMap<Id, _> =
        of.risks.iter().map(|risk| (risk.record.id.clone(), risk::standing(&facts, risk))).collect();
    let both: Vec<BothGates> = of
        .milestones
        .par_iter()
        .map(|milestone| both_gates(&facts, milestone, &dates[&milestone.record.id], is_plan))
        .collect();
    let mut criteria = BTreeMap::new();
    let mut gates: HashMap<&Id, [GateStanding; 2]> = HashMap::new();
    for (milestone, both) in of.milestones.iter().zip(both) {
        criteria.extend(both.criteria);
        gates.insert(&milestone.record.id, both.gates);
    }
    let effective: HashMap<&Id, Option<NaiveDate>> = of
        .milestones
        .par_iter()
        .map(|milestone| {
            let id = &milestone.record.id;
            (id, effective_forecast(&facts, milestone, &gates[id][1], dates[id].forecast_end))
        })
        .collect();
    let floats = schedule::floats(&facts, &dates, &effective);
    let links = milestones::links(&facts);
    let no_issues = milestones::Issues::default();

    let mut colours: HashMap<&Id, Colour> = HashMap::new();
    let mut standings = BTreeMap::new();
    for milestone in schedule::earliest_first(&facts) {
        let id = &milestone.record.id;
        let [entry, exit] = &gates[id];
        let schedule = Schedule {
            drift: drift_of(&facts, milestone, &dates[id], exit),
            ..schedule_of(&facts, &dates[id], exit, &facts.passed_on(milestone), effective[id], floats[id])
        };
        let (linked_risks, issues) = links.get(id).map_or((&[][..], &no_issues), |(risks, issues)| (risks, issues));
        let case = Case {
            facts: &facts,
            milestone,
            entry,
            exit,
            criteria: &criteria,
            schedule: &schedule,
            lead_days: readiness::lead_days(&facts, milestone),
            effective: &effective,
            colours: &colours,
            risks: &risks,
            linked_risks,
            issues,
            overdue_pre_condition: overdue_pre_condition(&facts, milestone, entry),
        };
        let standing = milestone_standing(&case, is_plan);
        colours.insert(id, standing.colour);
        standings.insert(id.clone(), standing);
    }
    records(&facts, standings, criteria, risks, is_plan)
}

/// What is left once milestones stand: the registers and the programme.
fn records(
    facts: &Facts,
    milestones: BTreeMap<Id, MilestoneStanding>,
    criteria: BTreeMap<Id, CriterionStanding>,
    risks: BTreeMap<Id, crate::status::RiskStanding>,
    is_plan: bool,
) -> Standing {
    let of = facts.programme;
    let all: HashMap<&Id, &Criterion> = of.criteria().map(|(_, criterion)| (&criterion.id, criterion)).collect();
    let decided_on = |id: &Id| {
        let (milestone, side, _) = facts.criterion(id)?;
        decision::go_date(facts, milestone, side, facts.today)
    };
    let conditions =
        of.decisions.iter().flat_map(|decision| decision.conditions.iter().map(move |condition| (decision, condition)));
    let conditions: BTreeMap<Id, _> = conditions
        .map(|(decision, condition)| (condition.id.clone(), decision::condition_standing(facts, decision, condition)))
        .collect();
    let decisions: BTreeMap<Id, _> =
        of.decisions.iter().map(|decision| (decision.record.id.clone(), decision::standing(facts, decision))).collect();
    let counted = |id: &Id| decisions.get(id).is_some_and(|standing| standing.counts);
    let of_counting: BTreeMap<Id, _> = conditions
        .iter()
        .filter(|(_, condition)| counted(&condition.decision))
        .map(|(id, condition)| (id.clone(), condition.clone()))
        .collect();
    Standing {
        programme: programme::standing(facts, &milestones, &of_counting, is_plan),
        milestones,
        criteria,
        evidence: of
            .evidence
            .par_iter()
            .map(|item| (item.record.id.clone(), evidence::standing(facts, item, &all, decided_on)))
            .collect(),
        decisions,
        conditions,
        waivers: of.waivers.iter().map(|waiver| (waiver.record.id.clone(), waiver_standing(facts, waiver))).collect(),
        risks,
    }
}

fn waiver_standing(facts: &Facts, waiver: &crate::model::decision::Waiver) -> WaiverStanding {
    let in_force = criterion::waiver_in_force(waiver, facts.today);
    let (code, sentence) = match &waiver.expires_on {
        Some(date) if in_force => ("in_force", format!("In force until {}", day(date.value))),
        Some(date) if date.value < facts.today => ("expired", format!("Expired {}", day(date.value))),
        _ => ("incomplete", "Not in force: it needs a reason, an approver, a date and an end".to_string()),
    };
    let mut rests_on = vec![Reference::new(Kind::Waiver, &waiver.record.id)];
    rests_on.extend(waiver.criterion.iter().map(|id| Reference::new(Kind::Criterion, &id.value)));
    WaiverStanding { in_force, reason: Reason::new(code, sentence, rests_on) }
}

/// Week 1, else the earliest start of a first baseline.
fn programme_start(facts: &Facts, dates: &HashMap<&Id, Dates>) -> Option<NaiveDate> {
    let earliest =
        dates.values().filter_map(|dates| dates.first_baseline.as_ref().and_then(|window| window.start)).min();
    facts.programme.settings.calendar.week_1.or(earliest)
}

/// Does no evidence and no decision count anywhere? See design: status (a plan).
fn is_plan(facts: &Facts) -> bool {
    let sides = || facts.programme.milestones.iter().flat_map(|milestone| Side::BOTH.map(|side| (milestone, side)));
    let decided = sides().any(|(milestone, side)| decision::counting(facts, milestone, side, facts.today).is_some());
    let proven = || {
        sides().any(|(milestone, side)| {
            let decided_on = decision::go_date(facts, milestone, side, facts.today);
            milestone.gate(side).criteria.iter().any(|criterion| {
                let items = facts.evidence_for(&criterion.id).iter();
                let mut counting = items
                    .filter(|item| evidence::obstacle(facts, item, Some(criterion), decided_on, facts.now()).is_none());
                counting.next().is_some()
            })
        })
    };
    !decided && !proven()
}

struct BothGates {
    /// Entry and exit.
    gates: [GateStanding; 2],
    /// Of both.
    criteria: Vec<(Id, CriterionStanding)>,
}

fn both_gates(facts: &Facts, milestone: &Milestone, dates: &Dates, is_plan: bool) -> BothGates {
    let lead_days = readiness::lead_days(facts, milestone);
    let mut criteria = Vec::new();
    let gates = Side::BOTH.map(|side| {
        let date = if side == Side::Entry { dates.entry } else { dates.exit };
        let counting = decision::counting(facts, milestone, side, facts.today);
        let go = counting.filter(|decision| decision.outcome.as_ref().is_some_and(|outcome| is_go(outcome.value)));
        let conditions =
            go.into_iter().flat_map(|decision| decision.conditions.iter().map(move |condition| (decision, condition)));
        let under_condition = conditions.filter_map(|(decision, condition)| {
            Some((&condition.criterion.as_ref()?.value, decision::due(decision, condition)))
        });
        let under_condition: Vec<(&Id, Option<NaiveDate>)> = under_condition.collect();
        let setting = Setting { gate_date: date, lead_days, under_condition: &under_condition, is_plan };
        let mut states = Vec::new();
        for criterion in &milestone.gate(side).criteria {
            let standing = criterion::standing(facts, milestone, side, criterion, &setting);
            if criterion.mandatory {
                states.push((criterion, standing.state, standing.overdue));
            }
            criteria.push((criterion.id.clone(), standing));
        }
        let situation = Situation {
            milestone,
            side,
            date,
            lead_days,
            criteria: states,
            open_pre_condition: side == Side::Exit
                && !decision::open_pre_conditions(facts, milestone, facts.now()).is_empty(),
            is_plan,
        };
        gate::standing(facts, &situation)
    });
    BothGates { gates, criteria }
}

/// See design: content (effective forecast).
fn effective_forecast(
    facts: &Facts,
    milestone: &Milestone,
    exit: &GateStanding,
    forecast_end: Option<NaiveDate>,
) -> Option<NaiveDate> {
    let passage = passage::passage(facts, milestone, Side::Exit, facts.now());
    match exit.state {
        GateState::Passed | GateState::PassedWithWaivers => passage.decided_on,
        // A go over criteria that are still not met is no arrival.
        GateState::PassedByOverride if passage.unmet.is_empty() && !passage.is_undefined => passage.decided_on,
        GateState::ConditionallyPassed if !passage.open_pre_condition => passage.decided_on,
        _ => forecast_end.map(|end| end.max(facts.today)),
    }
}

fn schedule_of(
    facts: &Facts,
    dates: &Dates,
    exit: &GateStanding,
    passed_on: &Option<NaiveDate>,
    effective: Option<NaiveDate>,
    (total_float, critical): (Option<i64>, bool),
) -> Schedule {
    let slip_from = |window: &Option<crate::model::window::Window>| {
        let end = window.as_ref().and_then(|window| window.end)?;
        Some(facts.working_days(end, effective?))
    };
    let weeks = |window: &Option<crate::model::window::Window>| {
        window.as_ref().filter(|window| window.end.is_none()).and_then(|window| window.weeks).map(|(_, last)| last)
    };
    let since_met = exit.state == GateState::PassedByOverride && exit.colour < Colour::Unknown;
    let passed = matches!(exit.state, GateState::Passed | GateState::PassedWithWaivers) || since_met;
    Schedule {
        slip: slip_from(&dates.baseline),
        first_slip: slip_from(&dates.first_baseline),
        slip_weeks: weeks(&dates.baseline).zip(weeks(&dates.forecast)).map(|(baseline, forecast)| forecast - baseline),
        first_baseline: dates.first_baseline.clone(),
        baseline: dates.baseline.clone(),
        forecast: dates.forecast.clone(),
        entry_gate_date: dates.entry,
        exit_gate_date: dates.exit,
        forecast_end: dates.forecast_end,
        effective_forecast: effective,
        actual: passed_on.filter(|_| passed),
        rebaselined: dates.rebaselined,
        drift: None,
        total_float,
        critical,
    }
}

/// What was decided has no forecast to drift.
fn drift_of(facts: &Facts, milestone: &Milestone, dates: &Dates, exit: &GateStanding) -> Option<Drift> {
    let is_over = exit.state.is_decided_go() || exit.state == GateState::Stopped;
    drift::drift(&drift::reports(facts, milestone, dates)).filter(|_| !is_over)
}

fn overdue_pre_condition(facts: &Facts, milestone: &Milestone, entry: &GateStanding) -> bool {
    let go = decision::counting(facts, milestone, Side::Entry, facts.today).filter(|_| entry.state.is_decided_go());
    let late =
        |condition: &&Condition| go.and_then(|go| decision::due(go, condition)).is_some_and(|due| due < facts.today);
    decision::open_pre_conditions(facts, milestone, facts.now()).iter().any(late)
}

fn milestone_standing(case: &Case, is_plan: bool) -> MilestoneStanding {
    let milestone = case.milestone;
    let lifecycle = milestones::lifecycle(case.entry, case.exit);
    let mut dimensions = case.dimensions();
    if is_plan {
        // A plan is said calmly: what would be late or missing is not judged before anything was recorded.
        for dimension in &mut dimensions {
            (dimension.colour, dimension.counts) = (Colour::Unknown, false);
        }
    }
    let own = Reference::new(Kind::Milestone, &milestone.record.id);
    let (derived, mut reason) = if lifecycle == Lifecycle::Stopped {
        let gate = if case.exit.state == GateState::Stopped { case.exit } else { case.entry };
        (Colour::Stopped, gate.reason.clone())
    } else if is_plan {
        (Colour::Unknown, gate::plan_reason(case.schedule.exit_gate_date, case.facts.today))
    } else if case.is_achieved() {
        (case.exit.colour, case.exit.reason.clone())
    } else {
        worst(&dimensions)
    };
    if !reason.rests_on.contains(&own) {
        reason.rests_on.insert(0, own);
    }
    let declared = milestones::declared_colour(milestone).filter(|_| !is_plan && derived != Colour::Stopped);
    let mut colour = derived;
    if let Some(declared) = declared.filter(|declared| *declared > derived) {
        colour = declared;
        let because = milestone.declared_reason.as_ref().map_or(String::new(), |reason| format!(": {}", reason.value));
        let sentence = format!("Declared {} by its office{because}", declared.word());
        reason = Reason::new("declared", sentence, reason.rests_on);
    }
    let gates = [(case.entry, Side::Entry), (case.exit, Side::Exit)];
    MilestoneStanding {
        lifecycle,
        colour,
        derived,
        reason,
        path_to_green: path_to_green::steps(case.facts, milestone, gates, case.criteria),
        dimensions,
        schedule: case.schedule.clone(),
        entry: case.entry.clone(),
        exit: case.exit.clone(),
    }
}

/// The worst of the six. Of several as bad the first but the gate's says most: it names the criteria.
fn worst(dimensions: &[crate::status::Dimension]) -> (Colour, Reason) {
    let colour = dimensions.iter().map(|dimension| dimension.colour).max().unwrap_or(Colour::Unknown);
    let order = [2, 0, 3, 1, 4, 5];
    let mut as_bad =
        order.iter().filter_map(|index| dimensions.get(*index)).filter(|dimension| dimension.colour == colour);
    let Some(first) = as_bad.next() else {
        return (colour, Reason::new("", "", Vec::new()));
    };
    let mut reason = first.reason.clone();
    if matches!(colour, Colour::OnPlan | Colour::Green) {
        return (colour, reason);
    }
    // The criteria dimension says again what the gate's has said.
    let more: Vec<&crate::status::Dimension> = as_bad
        .filter(|dimension| {
            let said = first.name == crate::status::DimensionName::Gate
                && dimension.name == crate::status::DimensionName::Criteria;
            !said
        })
        .collect();
    for dimension in more {
        reason.sentence = format!("{}; {}", reason.sentence, criterion::lowered(&dimension.reason.sentence));
        reason.rests_on.extend(dimension.reason.rests_on.iter().cloned());
    }
    reason.rests_on.sort();
    reason.rests_on.dedup();
    (colour, reason)
}
