//! How ready a gate is: what its criteria come to, what it may be at best, and what may be decided. See design: status
//! (readiness).

use chrono::NaiveDate;

use crate::model::decision::Outcome;
use crate::model::milestone::{Criterion, Milestone, Side};
use crate::model::reference::{Kind, Reference};
use crate::status::facts::{Facts, day, listed, working_days};
use crate::status::{Colour, CriterionState, Judgement, Readiness, Reason};

/// What a gate is judged by.
pub struct Situation<'a> {
    pub milestone: &'a Milestone,
    pub side: Side,
    pub date: Option<NaiveDate>,
    /// Its date is written and not understood.
    pub date_unread: bool,
    pub lead_days: i64,
    /// State of each mandatory criterion, in order; with whether it is overdue.
    pub criteria: Vec<(&'a Criterion, CriterionState, bool)>,
    /// For an exit gate: an open condition of the entry gate that comes first.
    pub open_pre_condition: bool,
    pub is_plan: bool,
}

/// Working days before a gate in which what is missing is amber: the lesser of 5 and a quarter of the window, at least 1.
/// See design: status (lead time).
pub fn lead_days(facts: &Facts, milestone: &Milestone) -> i64 {
    let window = milestone.forecast_window().map(|window| &window.value);
    let length = window.and_then(|window| {
        let (start, end) = (window.start?, window.end?);
        Some(facts.working_days(facts.programme.settings.calendar.add_working_days(start, -1), end))
    });
    length.map_or(5, |days| ((days + 3) / 4).clamp(1, 5))
}

/// See design: status (readiness).
pub fn readiness(situation: &Situation) -> Readiness {
    let any = |wanted: &[CriterionState]| situation.criteria.iter().any(|(_, state, _)| wanted.contains(state));
    let all_not_applicable = situation.criteria.iter().all(|(_, state, _)| *state == CriterionState::NotApplicable);
    if all_not_applicable {
        Readiness::Undefined
    } else if any(&[CriterionState::Failed, CriterionState::Lapsed]) {
        Readiness::NotReady
    } else if any(&[CriterionState::Open]) || situation.open_pre_condition {
        Readiness::InProgress
    } else if any(&[CriterionState::Submitted]) {
        Readiness::AwaitingAcceptance
    } else if any(&[CriterionState::Waived]) {
        Readiness::ReadyWithWaivers
    } else {
        Readiness::Ready
    }
}

/// What a gate without a decision may be at best, and why.
pub fn ceiling(facts: &Facts, situation: &Situation, readiness: Readiness) -> Judgement {
    let total = situation.criteria.len();
    let in_state = |wanted: &[CriterionState]| -> Vec<&Criterion> {
        let found = situation.criteria.iter().filter(|(_, state, _)| wanted.contains(state));
        found.map(|(criterion, _, _)| *criterion).collect()
    };
    let side = situation.side.word();
    let told = |colour: Colour, code: &str, sentence: String, criteria: &[&Criterion]| {
        let mut rests_on = vec![Reference::new(Kind::Milestone, &situation.milestone.record.id)];
        rests_on.extend(criteria.iter().map(|criterion| Reference::new(Kind::Criterion, &criterion.id)));
        Judgement { colour, reason: Reason::new(code, sentence, rests_on) }
    };
    let names = |criteria: &[&Criterion]| short_list(criteria);
    match readiness {
        Readiness::Undefined => {
            told(Colour::Unknown, "undefined", format!("The {side} gate has no mandatory criterion"), &[])
        }
        Readiness::NotReady => {
            let bad = in_state(&[CriterionState::Failed, CriterionState::Lapsed]);
            let near = situation.date.is_some_and(|date| (date - facts.today).num_days() <= 30);
            let colour = if near { Colour::Red } else { Colour::Amber };
            let sentence = format!("{} failed or lapsed: {}", of_total(bad.len(), total, side), names(&bad));
            told(colour, "not_ready", sentence, &bad)
        }
        Readiness::InProgress | Readiness::AwaitingAcceptance => {
            let waiting = readiness == Readiness::AwaitingAcceptance;
            let wanted = if waiting { CriterionState::Submitted } else { CriterionState::Open };
            let missing = in_state(&[wanted]);
            let (colour, when) = pending_colour(facts, situation);
            if !waiting && missing.len() == total && total > 1 {
                let sentence = format!("None of the {total} mandatory {side} criteria is met yet{when}");
                return told(colour, "in_progress", sentence, &[]);
            }
            let what = match (waiting, missing.is_empty()) {
                (true, _) => format!(
                    "{} {} independent acceptance",
                    of_total(missing.len(), total, side),
                    await_verb(missing.len())
                ),
                (false, true) => "An entry condition that comes first is open".to_string(),
                (false, false) => format!("{} open", of_total(missing.len(), total, side)),
            };
            let named = if missing.is_empty() { String::new() } else { format!(": {}", names(&missing)) };
            let code = if waiting { "awaiting_acceptance" } else { "in_progress" };
            told(colour, code, format!("{what}{named}{when}"), &missing)
        }
        Readiness::ReadyWithWaivers => {
            let waived = in_state(&[CriterionState::Waived]);
            let sentence = format!("Ready, with {} waived: {}", waived.len(), names(&waived));
            told(Colour::Amber, "ready_with_waivers", sentence, &waived)
        }
        Readiness::Ready => {
            let met = in_state(&[CriterionState::Met]);
            let ruled_out = if met.len() < total { " or not applicable" } else { "" };
            let sentence = match total {
                1 => format!("The mandatory {side} criterion is met"),
                total => format!("All {total} mandatory {side} criteria are met{ruled_out}"),
            };
            told(Colour::Green, "ready", sentence, &met)
        }
    }
}

/// The colour of an unready gate by its date, and the words for it.
fn pending_colour(facts: &Facts, situation: &Situation) -> (Colour, String) {
    let any_overdue = situation.criteria.iter().any(|(_, _, overdue)| *overdue);
    let Some(date) = situation.date else {
        return (if any_overdue { Colour::Amber } else { Colour::OnPlan }, String::new());
    };
    let left = facts.working_days(facts.today, date);
    if date < facts.today {
        return (Colour::Red, format!("; the gate was due {}", day(date)));
    }
    let when = match left {
        0 => "; the gate is today".to_string(),
        left => format!("; the gate is in {}", working_days(left)),
    };
    if left <= situation.lead_days || any_overdue { (Colour::Amber, when) } else { (Colour::OnPlan, when) }
}

fn of_total(count: usize, total: usize, side: &str) -> String {
    format!("{count} of {total} mandatory {side} criteria")
}

fn await_verb(count: usize) -> &'static str {
    if count == 1 { "awaits" } else { "await" }
}

/// Up to three ids, and how many more.
pub fn short_list(criteria: &[&Criterion]) -> String {
    let shown: Vec<&str> = criteria.iter().take(3).map(|criterion| criterion.id.as_str()).collect();
    match criteria.len() - shown.len() {
        0 => listed(shown),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// See design: status (outcomes the gate pack may offer).
pub fn permitted(readiness: Readiness) -> Vec<Outcome> {
    use Outcome::{ConditionalGo, Go, Hold, Kill, Recycle};
    match readiness {
        Readiness::Ready | Readiness::ReadyWithWaivers => vec![Go, ConditionalGo, Hold, Recycle, Kill],
        Readiness::AwaitingAcceptance | Readiness::InProgress | Readiness::NotReady => {
            vec![ConditionalGo, Hold, Recycle, Kill]
        }
        Readiness::Undefined => vec![Hold],
    }
}
