//! The programme's colour from its milestones'. See design: status (programme).

use std::collections::BTreeMap;

use chrono::Months;

use crate::model::change::{Confidence, ConfidenceLevel};
use crate::model::id::Id;
use crate::model::milestone::Milestone;
use crate::model::reference::{Kind, Reference};
use crate::status::criterion::lowered;
use crate::status::facts::{Facts, day, listed, working_days};
use crate::status::milestone::red_days_until;
use crate::status::{Colour, ConfidenceStanding, Lifecycle, MilestoneStanding, ProgrammeStanding, Reason};

/// Where the programme stands today.
pub fn standing(
    facts: &Facts,
    milestones: &BTreeMap<Id, MilestoneStanding>,
    overdue_conditions: Vec<Id>,
    is_plan: bool,
) -> ProgrammeStanding {
    let counts = counts(milestones);
    let running = || milestones.values().filter(|standing| standing.lifecycle != Lifecycle::Stopped);
    let finish = running().filter_map(|standing| standing.schedule.effective_forecast).max();
    let end = |window: &Option<crate::model::window::Window>| window.as_ref().and_then(|window| window.end);
    let baseline_finish = running().filter_map(|standing| end(&standing.schedule.baseline)).max();
    let first_finish = running().filter_map(|standing| end(&standing.schedule.first_baseline)).max();
    let slip = baseline_finish.zip(finish).map(|(baseline, finish)| facts.working_days(baseline, finish));
    let red = red_days_until(facts, facts.programme.settings.tolerance, first_finish);
    let (colour, mut reason) = if is_plan {
        (Colour::Unknown, plan_reason(facts))
    } else {
        let beyond = slip.filter(|slip| *slip > red);
        roll_up(facts, milestones, &overdue_conditions, beyond)
    };
    if let (Some(slip), Some(finish), Some(baseline)) =
        (slip.filter(|slip| *slip > 0 && !is_plan), finish, baseline_finish)
    {
        let moved = format!("The finish has moved {}, from {} to {}", working_days(slip), day(baseline), day(finish));
        reason.sentence = format!("{moved}; {}", lowered(&reason.sentence));
    }
    if counts[&Colour::Stopped] > 0 {
        let stopped = facts.programme.milestones.iter().filter(|milestone| {
            milestones.get(&milestone.record.id).is_some_and(|standing| standing.lifecycle == Lifecycle::Stopped)
        });
        let stopped: Vec<&Id> = stopped.map(|milestone| &milestone.record.id).collect();
        reason.sentence = format!("{}; stopped: {}", reason.sentence, listed(stopped.iter().map(|id| id.as_str())));
        reason.rests_on.extend(stopped.iter().map(|id| Reference::new(Kind::Milestone, id)));
    }
    ProgrammeStanding {
        colour,
        reason,
        is_plan,
        counts,
        finish,
        baseline_finish,
        slip,
        overdue_conditions,
        confidence: confidence(facts, colour),
    }
}

/// How many milestones are of each colour.
pub fn counts(milestones: &BTreeMap<Id, MilestoneStanding>) -> BTreeMap<Colour, usize> {
    let mut counts: BTreeMap<Colour, usize> = Colour::ALL.into_iter().map(|colour| (colour, 0)).collect();
    for standing in milestones.values() {
        *counts.entry(standing.colour).or_default() += 1;
    }
    counts
}

fn plan_reason(facts: &Facts) -> Reason {
    if facts.programme.milestones.is_empty() {
        return Reason::new("no_milestones", "No milestone was found", Vec::new());
    }
    Reason::new("plan", "A plan: nothing recorded yet", Vec::new())
}

fn roll_up(
    facts: &Facts,
    milestones: &BTreeMap<Id, MilestoneStanding>,
    overdue: &[Id],
    beyond: Option<i64>,
) -> (Colour, Reason) {
    let running: Vec<(&Milestone, &MilestoneStanding)> = facts
        .programme
        .milestones
        .iter()
        .filter_map(|milestone| milestones.get(&milestone.record.id).map(|standing| (milestone, standing)))
        .filter(|(_, standing)| standing.lifecycle != Lifecycle::Stopped)
        .collect();
    if running.is_empty() {
        return (Colour::Unknown, Reason::new("no_milestones", "No milestone is running", Vec::new()));
    }
    let bad = |colour: Colour| matches!(colour, Colour::Red | Colour::Unknown);
    let critical = |wanted: &dyn Fn(Colour) -> bool| {
        running.iter().any(|(_, standing)| standing.schedule.critical && wanted(standing.colour))
    };
    let colour = if critical(&bad) || beyond.is_some() {
        Colour::Red
    } else if running.iter().any(|(_, standing)| bad(standing.colour))
        || critical(&|colour| colour == Colour::Amber)
        || !overdue.is_empty()
    {
        Colour::Amber
    } else if running.iter().all(|(_, standing)| matches!(standing.colour, Colour::Green | Colour::Complete)) {
        Colour::Green
    } else {
        Colour::OnPlan
    };
    (colour, worst_reason(colour, &running, overdue, beyond))
}

/// One sentence made from the worst reason: the worst milestone, critical before others, and who else is as bad.
fn worst_reason(
    colour: Colour,
    running: &[(&Milestone, &MilestoneStanding)],
    overdue: &[Id],
    beyond: Option<i64>,
) -> Reason {
    if matches!(colour, Colour::Green | Colour::OnPlan) {
        let code = if colour == Colour::Green { "all_green" } else { "nothing_late" };
        let behind = running.iter().filter(|(_, standing)| standing.colour == Colour::Amber);
        let behind: Vec<&str> = behind.map(|(milestone, _)| milestone.record.id.as_str()).collect();
        let sentence = match (colour, behind.is_empty()) {
            (Colour::Green, _) => "Every milestone is green or complete".to_string(),
            (_, true) => "Nothing is late".to_string(),
            (_, false) => format!("The finish is not at risk; amber, with time to spare: {}", listed(behind)),
        };
        let rests_on = running.iter().map(|(milestone, _)| Reference::new(Kind::Milestone, &milestone.record.id));
        return Reason::new(code, sentence, rests_on.collect());
    }
    let rank = |(_, standing): &&(&Milestone, &MilestoneStanding)| {
        let bad = matches!(standing.colour, Colour::Red | Colour::Unknown);
        (standing.schedule.critical && bad, bad, standing.schedule.critical, standing.colour)
    };
    let worst_rank = running.iter().map(|pair| rank(&pair)).max();
    let mut worst = running.iter().filter(|pair| Some(rank(pair)) == worst_rank);
    let Some((milestone, standing)) = worst.next() else {
        return Reason::new("none", "", Vec::new());
    };
    let id = &milestone.record.id;
    let mut rests_on = vec![Reference::new(Kind::Milestone, id)];
    rests_on.extend(standing.reason.rests_on.iter().filter(|rest| rest.id != *id).cloned());
    // A milestone that is amber with time to spare is not what makes the programme so.
    let decides = standing.schedule.critical || !matches!(standing.colour, Colour::Amber);
    let mut sentence = match standing.colour {
        Colour::Amber | Colour::Red | Colour::Unknown if decides => {
            format!("{id} is {}: {}", standing.colour.word(), lowered(&standing.reason.sentence))
        }
        _ if !overdue.is_empty() => format!("A condition is overdue: {}", listed(overdue.iter().map(Id::as_str))),
        _ => "The finish is beyond tolerance".to_string(),
    };
    let others: Vec<&Id> = worst.filter(|_| decides).map(|(milestone, _)| &milestone.record.id).collect();
    if !others.is_empty() {
        let verb = if others.len() == 1 { "is" } else { "are" };
        let names = if others.len() <= 4 {
            listed(others.iter().map(|id| id.as_str()))
        } else {
            let which = if standing.schedule.critical { " on the critical path" } else { "" };
            format!("{} more{which}", others.len())
        };
        sentence = format!("{sentence}; {names} {verb} {} too", standing.colour.word());
        rests_on.extend(others.iter().map(|id| Reference::new(Kind::Milestone, id)));
    }
    rests_on.extend(overdue.iter().map(|id| Reference::new(Kind::Condition, id)));
    let code = if beyond.is_some() { "finish_beyond_tolerance" } else { standing.reason.code.as_str() };
    Reason::new(code, sentence, rests_on)
}

/// The latest signed confidence, and whether it diverges from what is derived.
fn confidence(facts: &Facts, colour: Colour) -> Option<ConfidenceStanding> {
    let signed = facts.programme.confidences.iter().filter(|confidence| {
        let dated = confidence.date.as_ref().is_some_and(|date| date.value <= facts.today);
        dated && confidence.by.is_some() && confidence.level.is_some()
    });
    let latest: &Confidence =
        signed.max_by_key(|confidence| (confidence.date.as_ref().map(|date| date.value), &confidence.record.id))?;
    let level = latest.level.as_ref()?.value;
    let date = latest.date.as_ref()?.value;
    let greener = match colour {
        Colour::Complete | Colour::Green | Colour::OnPlan | Colour::Stopped => false,
        Colour::Amber => level < ConfidenceLevel::Amber,
        Colour::Unknown | Colour::Red => level < ConfidenceLevel::Red,
    };
    let old = date.checked_add_months(Months::new(6)).is_some_and(|limit| limit < facts.today);
    let divergence = match (greener, old) {
        (true, _) => Some(format!("Greener than the derived {}", colour.word())),
        (false, true) => Some("Signed more than six months ago".to_string()),
        (false, false) => None,
    };
    Some(ConfidenceStanding { id: latest.record.id.clone(), divergence })
}
