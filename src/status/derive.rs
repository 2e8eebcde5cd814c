//! The order in which standing is derived: dates, criteria, gates, schedule, milestones, programme.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::model::decision::Condition;
use crate::model::id::Id;
use crate::model::milestone::{Milestone, Side};
use crate::model::reference::{Kind, Reference};
use crate::status::criterion::{self, Setting};
use crate::status::drift::{self, Drift};
use crate::status::facts::{Facts, day};
use crate::status::gate;
use crate::status::milestone::{self as milestones, Case};
use crate::status::passage::{self, Passage};
use crate::status::readiness::{self, Situation};
use crate::status::schedule::{self, Dates};
use crate::status::{
    Colour, ConditionStanding, ConditionState, CriterionStanding, DecisionStanding, Dimension, EvidenceStanding,
    GateStanding, GateState, Lifecycle, MilestoneStanding, Reason, RiskStanding, Schedule, Standing, Step,
    WaiverStanding, decision, evidence, path_to_green, programme, risk,
};

/// Derives everything. Pure: the same programme gives the same standing.
pub fn derive(facts: &Facts) -> Standing {
    let of = facts.programme;
    let is_plan = is_plan(facts);

    let risks = by_id(&of.risks, |risk| (risk.record.id.clone(), risk::standing(facts, risk)));
    let both: Vec<(Gates, Vec<(Id, CriterionStanding)>)> =
        of.milestones.par_iter().map(|milestone| both_gates(facts, milestone, is_plan)).collect();
    let (gates, criteria): (Vec<Gates>, Vec<_>) = both.into_iter().unzip();
    let criteria: BTreeMap<Id, CriterionStanding> = criteria.into_iter().flatten().collect();
    let ids = || of.milestones.iter().map(|milestone| &milestone.record.id);
    let effective: HashMap<&Id, Option<NaiveDate>> =
        ids().zip(&gates).map(|(id, gates)| (id, gates.effective_forecast)).collect();
    let gates: HashMap<&Id, Gates> = ids().zip(gates).collect();
    let floats = schedule::floats(facts, &effective);
    let plan = Plan { effective, floats };
    let (milestones, registers) =
        rayon::join(|| milestone_standings(facts, &plan, gates, &criteria, &risks, is_plan), || registers(facts));
    let Registers { evidence, decisions, conditions, waivers } = registers;
    let counted = |id: &Id| decisions.get(id).is_some_and(|standing| standing.counts);
    let overdue = conditions.iter().filter(|(_, condition)| condition.state == ConditionState::Overdue);
    let overdue = overdue.filter(|(_, condition)| counted(&condition.decision)).map(|(id, _)| id.clone()).collect();
    let programme = programme::standing(facts, &milestones, overdue, is_plan);
    Standing { programme, milestones, criteria, evidence, decisions, conditions, waivers, risks }
}

/// What the dates of all milestones make of each.
struct Plan<'a> {
    effective: HashMap<&'a Id, Option<NaiveDate>>,
    /// Total float, and whether the milestone is critical.
    floats: HashMap<&'a Id, (Option<i64>, bool)>,
}

/// What a milestone is by itself first, for all at once; then in the order of dependencies what it is beside those that it
/// follows, whose colours it looks at.
fn milestone_standings<'a>(
    facts: &Facts<'a>,
    plan: &Plan<'a>,
    mut gates: HashMap<&'a Id, Gates>,
    criteria: &BTreeMap<Id, CriterionStanding>,
    risks: &BTreeMap<Id, RiskStanding>,
    is_plan: bool,
) -> BTreeMap<Id, MilestoneStanding> {
    let links = milestones::links(facts);
    let no_issues = milestones::Issues::default();
    let ordered = schedule::earliest_first(facts).into_iter();
    let ordered = ordered.filter_map(|milestone| Some((milestone, gates.remove(&milestone.record.id)?)));
    let alone = ordered.collect::<Vec<_>>().into_par_iter().map(|(milestone, gates)| {
        let id = &milestone.record.id;
        let Gates { entry, exit, passed_on, .. } = gates;
        let schedule = Schedule {
            drift: drift_of(facts, milestone, &facts.dates[id], &exit),
            ..schedule_of(facts, &facts.dates[id], &exit, passed_on, plan.effective[id], plan.floats[id])
        };
        let (linked_risks, issues) = links.get(id).map_or((&[][..], &no_issues), |(risks, issues)| (risks, issues));
        let case = Case {
            facts,
            milestone,
            lead_days: readiness::lead_days(facts, milestone),
            overdue_pre_condition: overdue_pre_condition(facts, milestone),
            entry,
            exit,
            criteria,
            schedule,
            dates_unread: [facts.dates[id].entry_unread, facts.dates[id].exit_unread],
            effective: &plan.effective,
            risks,
            linked_risks,
            issues,
        };
        let gates = [(&case.entry, Side::Entry), (&case.exit, Side::Exit)];
        let path_to_green = path_to_green::steps(facts, milestone, gates, criteria);
        (case.own_dimensions(), path_to_green, case)
    });
    let mut colours: HashMap<&Id, Colour> = HashMap::new();
    let mut standings = Vec::new();
    for ([time, criteria, gate, risk, quality], path_to_green, case) in alone.collect::<Vec<_>>() {
        let id = &case.milestone.record.id;
        let dimensions = vec![time, criteria, gate, case.dependency(&colours), risk, quality];
        let standing = milestone_standing(case, dimensions, path_to_green, is_plan);
        colours.insert(id, standing.colour);
        standings.push((id.clone(), standing));
    }
    standings.into_iter().collect()
}

/// The standing of what rests on no milestone's.
struct Registers {
    evidence: BTreeMap<Id, EvidenceStanding>,
    decisions: BTreeMap<Id, DecisionStanding>,
    conditions: BTreeMap<Id, ConditionStanding>,
    waivers: BTreeMap<Id, WaiverStanding>,
}

fn registers(facts: &Facts) -> Registers {
    let of = facts.programme;
    let conditions =
        of.decisions.iter().flat_map(|decision| decision.conditions.iter().map(move |condition| (decision, condition)));
    let mut of_conditions: BTreeMap<Id, ConditionStanding> = BTreeMap::new();
    for (decision, condition) in conditions {
        let standing = decision::condition_standing(facts, decision, condition);
        // Of two with one id, which is found, the worse stands for both.
        let rank = |standing: &ConditionStanding| match standing.state {
            ConditionState::Overdue => 3,
            ConditionState::Open => 2,
            ConditionState::ClosedUnproven => 1,
            ConditionState::Closed => 0,
        };
        match of_conditions.get(&condition.id) {
            Some(known) if rank(known) >= rank(&standing) => {}
            _ => drop(of_conditions.insert(condition.id.clone(), standing)),
        }
    }
    let waivers = of.waivers.iter().map(|waiver| (waiver.record.id.clone(), waiver_standing(facts, waiver)));
    Registers {
        evidence: by_id(&of.evidence, |item| (item.record.id.clone(), evidence::standing(facts, item))),
        decisions: by_id(&of.decisions, |decision| (decision.record.id.clone(), decision::standing(facts, decision))),
        conditions: of_conditions,
        waivers: waivers.collect(),
    }
}

/// The standings of records of which none looks at another's.
fn by_id<'a, R: Sync, S: Send>(records: &'a [R], standing: impl Fn(&'a R) -> (Id, S) + Sync + Send) -> BTreeMap<Id, S> {
    records.par_iter().map(standing).collect::<Vec<_>>().into_iter().collect()
}

fn waiver_standing(facts: &Facts, waiver: &crate::model::decision::Waiver) -> WaiverStanding {
    let in_force = criterion::waiver_in_force(facts, waiver, facts.today);
    let (code, sentence) = match &waiver.expires_on {
        Some(date) if in_force => ("in_force", format!("In force until {}", day(date.value))),
        Some(date) if date.value < facts.today => ("expired", format!("Expired {}", day(date.value))),
        _ => (
            "incomplete",
            "Not in force: it needs a reason, a known approver who is not the milestone's owner, a date and an end"
                .to_string(),
        ),
    };
    let mut rests_on = vec![Reference::new(Kind::Waiver, &waiver.record.id)];
    rests_on.extend(waiver.criterion.iter().map(|id| Reference::new(Kind::Criterion, &id.value)));
    WaiverStanding { in_force, reason: Reason::new(code, sentence, rests_on) }
}

/// Does no evidence and no decision count anywhere? See design: status (a plan).
fn is_plan(facts: &Facts) -> bool {
    let sides = || facts.programme.milestones.iter().flat_map(|milestone| Side::BOTH.map(|side| (milestone, side)));
    let decided = sides().any(|(milestone, side)| decision::counting(facts, milestone, side, facts.today).is_some());
    let proven = || {
        sides().any(|(milestone, side)| {
            let decided_on = || decision::go_date(facts, milestone, side, facts.today);
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

struct Gates {
    entry: GateStanding,
    exit: GateStanding,
    /// The date of the decision that counts for the exit; via conditions, the last that was closed.
    passed_on: Option<NaiveDate>,
    effective_forecast: Option<NaiveDate>,
}

/// Where the gates of a milestone stand, and the criteria of both.
fn both_gates<'a>(facts: &Facts<'a>, milestone: &'a Milestone, is_plan: bool) -> (Gates, Vec<(Id, CriterionStanding)>) {
    let dates = &facts.dates[&milestone.record.id];
    let lead_days = readiness::lead_days(facts, milestone);
    let mut criteria = Vec::new();
    let [entry, exit] = Side::BOTH.map(|side| passage::passage(facts, milestone, side, facts.now()));
    let passed_on = exit.decided_on;
    let effective_forecast = effective_forecast(facts, &exit, dates.forecast_end);
    let [entry, exit] = [(Side::Entry, entry), (Side::Exit, exit)].map(|(side, passage)| {
        let (date, date_unread) = match side {
            Side::Entry => (dates.entry, dates.entry_unread),
            Side::Exit => (dates.exit, dates.exit_unread),
        };
        let go = decision::asking(facts, milestone, side, facts.today);
        let conditions =
            go.into_iter().flat_map(|decision| decision.conditions.iter().map(move |condition| (decision, condition)));
        let under_condition = conditions.filter_map(|(decision, condition)| {
            Some((&condition.criterion.as_ref()?.value, decision::due(decision, condition)))
        });
        let under_condition: Vec<(&Id, Option<NaiveDate>)> = under_condition.collect();
        let setting = Setting { gate_date: date, date_unread, lead_days, under_condition: &under_condition, is_plan };
        let mut states = Vec::new();
        for criterion in &milestone.gate(side).criteria {
            let standing = criterion::standing(facts, milestone, side, criterion, &setting);
            if criterion.mandatory {
                states.push((criterion, standing.state, standing.overdue || standing.undated));
            }
            criteria.push((criterion.id.clone(), standing));
        }
        let situation = Situation {
            milestone,
            side,
            date,
            date_unread,
            lead_days,
            criteria: states,
            open_pre_condition: side == Side::Exit
                && !decision::open_pre_conditions(facts, milestone, facts.now()).is_empty(),
            is_plan,
        };
        gate::standing(facts, &situation, passage)
    });
    (Gates { entry, exit, passed_on, effective_forecast }, criteria)
}

/// See design: content (effective forecast).
fn effective_forecast(facts: &Facts, exit: &Passage, forecast_end: Option<NaiveDate>) -> Option<NaiveDate> {
    match exit.state {
        Some(GateState::Passed | GateState::PassedWithWaivers) => exit.decided_on,
        // A go over criteria that are still not met is no arrival.
        Some(GateState::PassedByOverride) if exit.unmet.is_empty() && !exit.is_undefined => exit.decided_on,
        Some(GateState::ConditionallyPassed) if !exit.open_pre_condition => exit.decided_on,
        _ => forecast_end.map(|end| end.max(facts.today)),
    }
}

fn schedule_of(
    facts: &Facts,
    dates: &Dates,
    exit: &GateStanding,
    passed_on: Option<NaiveDate>,
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
    let passed = matches!(exit.state, GateState::Passed | GateState::PassedWithWaivers) || exit.mended;
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

fn overdue_pre_condition(facts: &Facts, milestone: &Milestone) -> bool {
    let go = decision::asking(facts, milestone, Side::Entry, facts.today);
    let late =
        |condition: &&Condition| go.and_then(|go| decision::due(go, condition)).is_some_and(|due| due < facts.today);
    decision::open_pre_conditions(facts, milestone, facts.now()).iter().any(late)
}

fn milestone_standing(
    case: Case,
    mut dimensions: Vec<Dimension>,
    path_to_green: Vec<Step>,
    is_plan: bool,
) -> MilestoneStanding {
    let milestone = case.milestone;
    let lifecycle = milestones::lifecycle(&case.entry, &case.exit);
    if is_plan {
        // A plan is said calmly: what would be late or missing is not judged before anything was recorded.
        for dimension in &mut dimensions {
            (dimension.colour, dimension.counts) = (Colour::Unknown, false);
        }
    }
    let own = Reference::new(Kind::Milestone, &milestone.record.id);
    let (derived, mut reason) = if lifecycle == Lifecycle::Stopped {
        let gate = if case.exit.state == GateState::Stopped { &case.exit } else { &case.entry };
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
    MilestoneStanding {
        lifecycle,
        colour,
        derived,
        reason,
        path_to_green,
        dimensions,
        schedule: case.schedule,
        entry: case.entry,
        exit: case.exit,
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
