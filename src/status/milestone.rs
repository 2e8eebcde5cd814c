//! A milestone's lifecycle, its six dimensions, and its colour. See design: status (milestone).

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use crate::model::id::Id;
use crate::model::milestone::{Criterion, DeclaredColour, Milestone, Side};
use crate::model::reference::{Kind, Reference};
use crate::model::risk::Gravity;
use crate::model::settings::{Settings, Tolerance};
use crate::model::window::Window;
use crate::status::criterion::lowered;
use crate::status::facts::{Facts, day, listed, working_days};
use crate::status::risk;
use crate::status::{
    Colour, CriterionStanding, CriterionState, Dimension, DimensionName, GateStanding, GateState, Lifecycle, Reason,
    RiskStanding, Schedule,
};

/// All that a milestone's colour is made of.
pub struct Case<'a, 'b> {
    pub facts: &'b Facts<'a>,
    pub milestone: &'a Milestone,
    pub entry: GateStanding,
    pub exit: GateStanding,
    pub criteria: &'b BTreeMap<Id, CriterionStanding>,
    pub schedule: Schedule,
    pub lead_days: i64,
    /// The date of its entry gate is written and not understood; of its exit gate.
    pub dates_unread: [bool; 2],
    /// The effective forecast of every milestone.
    pub effective: &'b HashMap<&'a Id, Option<NaiveDate>>,
    pub risks: &'b BTreeMap<Id, RiskStanding>,
    /// Linked risks that are current, and what weighs of the linked issues.
    pub linked_risks: &'b [&'a Id],
    pub issues: &'b Issues,
    /// An open condition of the entry gate that comes first is overdue.
    pub overdue_pre_condition: bool,
}

/// See design: status (lifecycle).
pub fn lifecycle(entry: &GateStanding, exit: &GateStanding) -> Lifecycle {
    let entry_passed = has_entered(entry);
    let current = if entry_passed { exit } else { entry };
    if entry.state == GateState::Stopped || exit.state == GateState::Stopped {
        Lifecycle::Stopped
    } else if current.state == GateState::Held {
        Lifecycle::Held
    } else if matches!(exit.state, GateState::Passed | GateState::PassedWithWaivers) || exit.mended {
        Lifecycle::Achieved
    } else if exit.state.is_decided_go() {
        Lifecycle::ConditionallyAchieved
    } else if current.is_due {
        if entry_passed { Lifecycle::ExitReview } else { Lifecycle::EntryReview }
    } else if entry.exists && entry_passed {
        Lifecycle::InProgress
    } else {
        Lifecycle::Planned
    }
}

/// Is the entry gate behind it? Not while a go over unmet criteria or a breached condition stands on it: the entry is
/// then still the current gate.
fn has_entered(entry: &GateStanding) -> bool {
    let holds = match entry.state {
        GateState::PassedByOverride => entry.mended,
        state => state.is_decided_go() && state != GateState::ConditionBreached,
    };
    !entry.exists || holds
}

impl Case<'_, '_> {
    fn id(&self) -> &Id {
        &self.milestone.record.id
    }

    fn settings(&self) -> &Settings {
        &self.facts.programme.settings
    }

    /// Whether the exit is decided: the colour is then the exit gate's alone.
    pub fn is_achieved(&self) -> bool {
        self.exit.state.is_decided_go()
    }

    fn entry_passed(&self) -> bool {
        has_entered(&self.entry)
    }

    fn current_gate(&self) -> (Side, &GateStanding) {
        if self.entry_passed() { (Side::Exit, &self.exit) } else { (Side::Entry, &self.entry) }
    }

    /// What a dimension without fault is worth: green only where every mandatory criterion is met.
    fn fine(&self) -> Colour {
        let met = |gate: &GateStanding| gate.met == gate.mandatory;
        let any = self.entry.mandatory + self.exit.mandatory > 0;
        if any && met(&self.entry) && met(&self.exit) { Colour::Green } else { Colour::OnPlan }
    }

    fn told(&self, name: DimensionName, colour: Colour, code: &str, sentence: impl Into<String>) -> Dimension {
        let rests_on = vec![Reference::new(Kind::Milestone, self.id())];
        Dimension { name, colour, reason: Reason::new(code, sentence, rests_on), counts: !self.is_achieved() }
    }

    fn resting_on(mut dimension: Dimension, rests_on: impl IntoIterator<Item = Reference>) -> Dimension {
        dimension.reason.rests_on.extend(rests_on);
        dimension
    }

    /// Those that look at no other milestone's colour, in the order of status.md: time, criteria, gate, risk, data
    /// quality.
    pub fn own_dimensions(&self) -> [Dimension; 5] {
        [self.time(), self.criteria(), self.gate(), self.risk(), self.data_quality()]
    }

    fn time(&self) -> Dimension {
        let name = DimensionName::Time;
        if let Some(date) = self.schedule.forecast_end.filter(|date| *date < self.facts.today)
            && !self.exit.state.is_decided_go()
        {
            let sentence = format!("The forecast of {} has passed", day(date));
            return self.told(name, Colour::Red, "forecast_in_past", sentence);
        }
        if let Some(what) = self.undated() {
            let sentence = format!("Nobody can tell whether it is late: {what} is not understood");
            return self.told(name, Colour::Unknown, "dates_unread", sentence);
        }
        if let Some(weeks) = self.schedule.slip_weeks {
            let unit = if weeks.abs() == 1 { "week" } else { "weeks" };
            let sentence = format!("{weeks:+} {unit} against the baseline, not anchored in a calendar");
            return self.told(name, self.fine(), "not_anchored", sentence);
        }
        let Some(slip) = self.schedule.slip else {
            return self.told(name, self.fine(), "not_anchored", "Not anchored in a calendar");
        };
        let tolerance = self.milestone.tolerance.unwrap_or(self.settings().tolerance);
        let amber = i64::from(tolerance.amber_days);
        let red = red_days(self.facts, self.milestone, &self.schedule);
        let float = self.schedule.total_float.unwrap_or(0);
        let slipped = format!("{} after baseline", working_days(slip));
        let short = format!("{} short of float", working_days(-float));
        // What is late and drifts says both: the one is how far, the other that it goes on.
        let drifts = self.schedule.drift.as_ref().map_or(String::new(), |it| format!("; {}", lowered(&it.sentence)));
        match () {
            () if slip > red => {
                let sentence = format!("{slipped}; red begins after {red}{drifts}");
                self.told(name, Colour::Red, "slip_beyond_tolerance", sentence)
            }
            () if -float > red => {
                let sentence = format!("{short}; red begins after {red}{drifts}");
                self.told(name, Colour::Red, "float_beyond_tolerance", sentence)
            }
            () if slip > amber => {
                let limit = if slip == red { "at" } else { "within" };
                let sentence = format!("{slipped}, {limit} the tolerance of {red}{drifts}");
                self.told(name, Colour::Amber, "slip_within_tolerance", sentence)
            }
            () if -float > amber => {
                let sentence = format!("{short}, within the tolerance of {red}{drifts}");
                self.told(name, Colour::Amber, "negative_float", sentence)
            }
            () if self.schedule.drift.is_some() => self.told(name, Colour::Amber, "drifting", self.drift()),
            () if slip < 0 => self.told(name, self.fine(), "early", format!("{} before baseline", working_days(-slip))),
            () if slip == 0 => self.told(name, self.fine(), "on_baseline", "On its baseline"),
            () => self.told(name, self.fine(), "within_amber_tolerance", slipped),
        }
    }

    /// What is written of its dates and not understood.
    fn undated(&self) -> Option<&'static str> {
        let Schedule { forecast, baseline, .. } = &self.schedule;
        let is_unread = |window: &Option<Window>| window.as_ref().is_some_and(|window| !window.is_understood());
        match () {
            () if is_unread(forecast) => Some("its window"),
            () if is_unread(baseline) => Some("its baseline"),
            () if self.dates_unread[Side::Exit as usize] => Some("the date of its exit gate"),
            () => None,
        }
    }

    fn drift(&self) -> &str {
        self.schedule.drift.as_ref().map_or("", |drift| &drift.sentence)
    }

    fn criteria(&self) -> Dimension {
        let name = DimensionName::Criteria;
        let today = self.facts.today;
        let open_gates = [(Side::Entry, &self.entry), (Side::Exit, &self.exit)];
        let open_gates = open_gates.into_iter().filter(|(_, gate)| gate.exists && !gate.state.is_decided_go());
        let mut late: Vec<(&Criterion, i64)> = Vec::new();
        let mut near: Vec<&Criterion> = Vec::new();
        let mut bad: Vec<&Criterion> = Vec::new();
        let mut undated: Vec<&Criterion> = Vec::new();
        for (side, gate) in open_gates {
            let gate_near = gate.date.is_some_and(|date| (date - today).num_days() <= 30);
            for criterion in &self.milestone.gate(side).criteria {
                let Some(standing) = self.criteria.get(&criterion.id) else { continue };
                let unmet = matches!(
                    standing.state,
                    CriterionState::Open | CriterionState::Submitted | CriterionState::Failed | CriterionState::Lapsed
                );
                let fell = matches!(standing.state, CriterionState::Failed | CriterionState::Lapsed);
                if fell && gate_near && criterion.mandatory {
                    bad.push(criterion);
                } else if standing.undated || fell && criterion.mandatory && self.dates_unread[side as usize] {
                    undated.push(criterion);
                } else if let (true, Some(due)) = (standing.overdue, standing.due) {
                    late.push((criterion, (today - due).num_days()));
                } else if unmet && standing.due.is_some_and(|due| self.facts.working_days(today, due) <= self.lead_days)
                {
                    near.push(criterion);
                }
            }
        }
        let refer = |criterion: &&Criterion| Reference::new(Kind::Criterion, &criterion.id);
        let names = |criteria: &[&Criterion]| listed(criteria.iter().take(3).map(|criterion| criterion.id.as_str()));
        let very_late: Vec<&Criterion> = late
            .iter()
            .filter(|(criterion, days)| criterion.mandatory && *days > 10)
            .map(|(criterion, _)| *criterion)
            .collect();
        let late: Vec<&Criterion> = late.into_iter().map(|(criterion, _)| criterion).collect();
        let (colour, code, sentence, found) = if !bad.is_empty() {
            (
                Colour::Red,
                "failed_or_lapsed",
                format!("{} failed or lapsed with the gate within 30 days", names(&bad)),
                bad,
            )
        } else if !very_late.is_empty() {
            (Colour::Red, "long_overdue", format!("{} overdue by more than 10 days", names(&very_late)), very_late)
        } else if !undated.is_empty() {
            let sentence = format!("Nobody can tell when it is due: {}", names(&undated));
            (Colour::Unknown, "due_unread", sentence, undated)
        } else if !late.is_empty() {
            (Colour::Amber, "overdue", format!("{} overdue: {}", late.len(), names(&late)), late)
        } else if !near.is_empty() {
            (Colour::Amber, "near_and_unmet", format!("Due soon and not met: {}", names(&near)), near)
        } else {
            (self.fine(), "none_overdue", "No criterion is overdue".to_string(), Vec::new())
        };
        Self::resting_on(self.told(name, colour, code, sentence), found.iter().map(refer))
    }

    fn gate(&self) -> Dimension {
        let (side, gate) = self.current_gate();
        let sentence =
            format!("{} gate: {}", if side == Side::Entry { "Entry" } else { "Exit" }, lowered(&gate.reason.sentence));
        let dimension = self.told(DimensionName::Gate, gate.colour, &gate.reason.code, sentence);
        Self::resting_on(dimension, gate.reason.rests_on.iter().filter(|rest| rest.kind != Kind::Milestone).cloned())
    }

    /// `colours` are those of the milestones derived before this one: its predecessors, but in a ring.
    pub fn dependency(&self, colours: &HashMap<&Id, Colour>) -> Dimension {
        let name = DimensionName::Dependency;
        if self.overdue_pre_condition {
            return self.told(
                name,
                Colour::Red,
                "pre_condition_overdue",
                "A condition of its entry that comes first is overdue",
            );
        }
        if self.entry_passed() && self.entry.exists {
            let sentence = match self.entry.state {
                GateState::ConditionallyPassed => "Its entry gate is conditionally passed",
                GateState::PassedWithWaivers => "Its entry gate is passed with waivers",
                GateState::PassedByOverride => "Its entry gate is passed by override",
                _ => "Its entry gate is passed",
            };
            return self.told(name, self.fine(), "entered", sentence);
        }
        let named = self.milestone.entry.criteria.iter().filter_map(|criterion| criterion.dependency.as_ref());
        let unknown: Vec<&str> = named.flat_map(|named| &named.unknown).map(|id| id.value.as_str()).collect();
        let mut late = Vec::new();
        let mut red = Vec::new();
        let mut undated = Vec::new();
        for predecessor in self.facts.predecessors(self.milestone) {
            let id = &predecessor.record.id;
            let effective = self.effective.get(id).copied().flatten();
            if let (Some(effective), Some(entry)) = (effective, self.schedule.entry_gate_date)
                && effective > entry
            {
                late.push((id, effective, entry));
            } else if effective.is_none() && self.schedule.entry_gate_date.is_some()
                || self.dates_unread[Side::Entry as usize]
            {
                undated.push(id);
            } else if colours.get(id).is_some_and(|colour| *colour >= Colour::Unknown) {
                red.push(id);
            }
        }
        if let Some((id, effective, entry)) = late.first() {
            let sentence = format!("{id} is forecast for {}, after the entry gate of {}", day(*effective), day(*entry));
            let dimension = self.told(name, Colour::Red, "predecessor_does_not_fit", sentence);
            return Self::resting_on(dimension, late.iter().map(|(id, _, _)| Reference::new(Kind::Milestone, id)));
        }
        if !unknown.is_empty() {
            let sentence = format!("It waits for a milestone that is not known: {}", listed(unknown));
            return self.told(name, Colour::Unknown, "predecessor_unknown", sentence);
        }
        if !undated.is_empty() {
            let names = listed(undated.iter().map(|id| id.as_str()));
            let sentence = format!("Nobody can tell whether it fits, since no date is known: {names}");
            let dimension = self.told(name, Colour::Unknown, "predecessor_undated", sentence);
            return Self::resting_on(dimension, undated.iter().map(|id| Reference::new(Kind::Milestone, id)));
        }
        if !red.is_empty() {
            let names = listed(red.iter().map(|id| id.as_str()));
            let dimension = self.told(
                name,
                Colour::Amber,
                "predecessor_red",
                format!("Red, unknown or stopped, with a date that still fits: {names}"),
            );
            return Self::resting_on(dimension, red.iter().map(|id| Reference::new(Kind::Milestone, id)));
        }
        self.told(name, self.fine(), "predecessors_fit", "What it depends on fits")
    }

    fn risk(&self) -> Dimension {
        let name = DimensionName::Risk;
        if let Some(issue) = self.issues.critical.first() {
            let dimension =
                self.told(name, Colour::Red, "critical_issue", format!("{} is a critical issue and open", issue.id));
            return Self::resting_on(dimension, self.issues.critical.iter().cloned());
        }
        let standings = self.linked_risks.iter().filter_map(|id| self.risks.get(*id).map(|standing| (*id, standing)));
        let above = standings.filter(|(_, standing)| standing.above_appetite);
        let worst = above.max_by_key(|(_, standing)| (standing.colour, standing.score));
        let unread = self.issues.unread.first().filter(|_| worst.is_none_or(|(_, risk)| risk.colour < Colour::Unknown));
        if let Some(issue) = unread {
            let sentence = format!("{} is open, with a severity that is not understood", issue.id);
            let dimension = self.told(name, Colour::Unknown, "severity_unread", sentence);
            return Self::resting_on(dimension, self.issues.unread.iter().cloned());
        }
        if let Some((id, worst)) = worst {
            let dimension = self.told(name, worst.colour, &worst.reason.code, worst.reason.sentence.clone());
            return Self::resting_on(dimension, [Reference::new(Kind::Risk, id)]);
        }
        if let Some(id) =
            self.linked_risks.iter().find(|id| self.risks.get(**id).is_some_and(|risk| risk.score.is_none()))
        {
            let dimension =
                self.told(name, Colour::Unknown, &self.risks[*id].reason.code, self.risks[*id].reason.sentence.clone());
            return Self::resting_on(dimension, [Reference::new(Kind::Risk, id)]);
        }
        match self.linked_risks.len() {
            0 => self.told(name, self.fine(), "no_risk_linked", "No open risk is linked to it"),
            // Without their number, and not even whether it is one: some of them may be withheld from the reader.
            _ => self.told(name, self.fine(), "within_appetite", "Every linked risk is within appetite"),
        }
    }

    fn data_quality(&self) -> Dimension {
        let name = DimensionName::DataQuality;
        let settings = self.settings();
        let reviewed =
            self.milestone.reviewed_on.as_ref().map(|date| date.value).filter(|date| *date <= self.facts.today);
        let age = reviewed.map_or(0, |date| (self.facts.today - date).num_days());
        let cadence = i64::from(settings.cadence_days.max(1));
        if self.facts.programme.history.is_broken {
            let sentence = "A frozen version was altered or is gone, so nobody can tell the baseline";
            return self.told(name, Colour::Unknown, "baseline_lost", sentence);
        }
        if self.schedule.forecast.as_ref().is_none_or(|window| !window.is_understood()) {
            return self.told(name, Colour::Unknown, "no_window", "No target window is understood");
        }
        if self.schedule.baseline.as_ref().is_some_and(|baseline| !baseline.is_understood()) {
            let sentence = "Its baseline is not understood as dates or weeks";
            return self.told(name, Colour::Unknown, "baseline_unread", sentence);
        }
        if self.milestone.review_unread {
            let sentence = "The date of its last review is not understood";
            return self.told(name, Colour::Unknown, "review_unread", sentence);
        }
        if let Some(date) = self.milestone.reviewed_on.as_ref().filter(|date| date.value > self.facts.today) {
            let sentence = format!("Its review is dated {}, after the data date", day(date.value));
            return self.told(name, Colour::Unknown, "review_in_future", sentence);
        }
        if age > 2 * cadence {
            return self.told(name, Colour::Unknown, "not_reviewed", format!("Not reviewed for {age} days"));
        }
        if age > cadence {
            return self.told(name, Colour::Amber, "review_late", format!("Last reviewed {age} days ago"));
        }
        if self.milestone.owner.is_none() {
            return self.told(name, Colour::Amber, "no_owner", "Nobody is named as its owner");
        }
        if !settings.data_date.written {
            return self.told(name, Colour::Amber, "data_date_assumed", "The data date is assumed, not written");
        }
        let sentence = match reviewed {
            Some(date) => format!("Reviewed {}", day(date)),
            None => "As fresh as the data date".to_string(),
        };
        self.told(name, self.fine(), "fresh", sentence)
    }
}

/// The working days after which lateness is red. See design: status (tolerance).
pub fn red_days(facts: &Facts, milestone: &Milestone, schedule: &Schedule) -> i64 {
    let end = schedule.first_baseline.as_ref().and_then(|window| window.end);
    let tolerance = milestone.tolerance.unwrap_or(facts.programme.settings.tolerance);
    red_days_until(facts, tolerance, end)
}

/// The same for any end.
pub fn red_days_until(facts: &Facts, tolerance: Tolerance, end: Option<NaiveDate>) -> i64 {
    let length = facts.start.zip(end).map_or(0, |(start, end)| facts.working_days(start, end).max(0) + 1);
    let percent = (length * i64::from(tolerance.red_percent) + 99) / 100;
    i64::from(tolerance.red_days).max(percent)
}

/// What the author's declared status is as a colour; only worse ones are ever shown.
pub fn declared_colour(milestone: &Milestone) -> Option<Colour> {
    match milestone.declared.as_ref()?.value.colour? {
        DeclaredColour::Complete => Some(Colour::Complete),
        DeclaredColour::Green => Some(Colour::Green),
        DeclaredColour::OnPlan => Some(Colour::OnPlan),
        DeclaredColour::Amber => Some(Colour::Amber),
        DeclaredColour::Red => Some(Colour::Red),
        // Only a decision stops a milestone.
        DeclaredColour::Stopped => None,
    }
}

/// The open issues that are linked to a milestone and weigh on it.
#[derive(Debug, Default)]
pub struct Issues {
    pub critical: Vec<Reference>,
    /// How bad it is, is written and not understood.
    pub unread: Vec<Reference>,
}

/// Risks and issues by the milestone they are linked to.
pub fn links<'a>(facts: &Facts<'a>) -> HashMap<&'a Id, (Vec<&'a Id>, Issues)> {
    let mut links: HashMap<&Id, (Vec<&Id>, Issues)> = HashMap::new();
    for risk in facts.programme.risks.iter().filter(|risk| risk::is_current(facts, risk)) {
        for milestone in &risk.milestones {
            links.entry(&milestone.value).or_default().0.push(&risk.record.id);
        }
    }
    for concern in &facts.programme.concerns {
        let open = concern.status.as_ref().is_none_or(|status| status.value.open);
        let raised = concern.raised_on.as_ref().is_none_or(|date| date.value <= facts.today);
        let Some(gravity) = concern.gravity().filter(|_| concern.kind == Kind::Issue && open && raised) else {
            continue;
        };
        for milestone in &concern.milestones {
            let issues = &mut links.entry(&milestone.value).or_default().1;
            let issue = Reference::new(Kind::Issue, &concern.record.id);
            match gravity {
                Gravity::Critical => issues.critical.push(issue),
                Gravity::Unread => issues.unread.push(issue),
                Gravity::Bearable => {}
            }
        }
    }
    links
}
