//! The programme by what is asked of it: which evidence names a criterion, which decisions name a gate, who follows whom.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, NaiveDate};

use crate::model::Programme;
use crate::model::decision::{Decision, Outcome, Waiver};
use crate::model::evidence::Evidence;
use crate::model::id::Id;
use crate::model::milestone::{Criterion, Milestone, Side};
use crate::model::names::Names;
use crate::status::schedule::{self, Dates};

/// Borrowed indexes over a programme. Built once, for its standing and for the rules.
pub struct Facts<'a> {
    pub programme: &'a Programme,
    /// The data date.
    pub today: NaiveDate,
    /// The programme's first day.
    pub start: Option<NaiveDate>,
    /// Of every milestone, as windows and decisions give them.
    pub dates: HashMap<&'a Id, Dates>,
    pub milestones: HashMap<&'a Id, &'a Milestone>,
    pub evidence: HashMap<&'a Id, &'a Evidence>,
    evidence_for: HashMap<&'a Id, Vec<&'a Evidence>>,
    successors_in_supersession: HashMap<&'a Id, Vec<&'a Evidence>>,
    waivers_for: HashMap<&'a Id, Vec<&'a Waiver>>,
    /// Of the entry gates, and of the exit gates.
    decisions_for: [HashMap<&'a Id, Vec<&'a Decision>>; 2],
    successors: HashMap<&'a Id, Vec<&'a Milestone>>,
    criteria: HashMap<&'a Id, (&'a Milestone, Side, &'a Criterion)>,
    /// Whom the words of records name.
    pub names: Names<'a>,
}

/// A moment at which records are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    pub date: NaiveDate,
    pub files: Files,
}

/// Whether files are compared with the hash recorded at acceptance. See design: status (at decision).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Files {
    AsTheyAre,
    AsAccepted,
}

impl<'a> Facts<'a> {
    pub fn new(programme: &'a Programme) -> Facts<'a> {
        let (facts, names) = rayon::join(|| Facts::linked(programme), || Names::of(programme));
        let mut facts = Facts { names, ..facts };
        facts.dates = schedule::dates(&facts);
        facts.start = schedule::programme_start(&facts);
        facts
    }

    /// What names what, without the names of people and without dates.
    fn linked(programme: &'a Programme) -> Facts<'a> {
        let mut facts = Facts {
            programme,
            today: programme.settings.data_date.date,
            start: None,
            dates: HashMap::new(),
            milestones: HashMap::with_capacity(programme.milestones.len()),
            evidence: HashMap::with_capacity(programme.evidence.len()),
            evidence_for: HashMap::with_capacity(programme.evidence.len()),
            successors_in_supersession: HashMap::new(),
            waivers_for: HashMap::new(),
            decisions_for: Side::BOTH.map(|_| HashMap::new()),
            successors: HashMap::new(),
            criteria: HashMap::with_capacity(programme.criteria().count()),
            names: Names::none(&programme.settings),
        };
        for milestone in &programme.milestones {
            facts.milestones.insert(&milestone.record.id, milestone);
            for side in Side::BOTH {
                for criterion in &milestone.gate(side).criteria {
                    facts.criteria.insert(&criterion.id, (milestone, side, criterion));
                }
            }
            for predecessor in &milestone.depends_on {
                facts.successors.entry(&predecessor.value).or_default().push(milestone);
            }
        }
        for item in &programme.evidence {
            facts.evidence.insert(&item.record.id, item);
            for proof in &item.proves {
                facts.evidence_for.entry(&proof.criterion.value).or_default().push(item);
            }
            for older in &item.supersedes {
                facts.successors_in_supersession.entry(&older.value).or_default().push(item);
            }
        }
        for waiver in &programme.waivers {
            if let Some(criterion) = &waiver.criterion {
                facts.waivers_for.entry(&criterion.value).or_default().push(waiver);
            }
        }
        for decision in &programme.decisions {
            if let Some(gate) = &decision.gate {
                let of_side = &mut facts.decisions_for[gate.value.side as usize];
                of_side.entry(&gate.value.milestone).or_default().push(decision);
            }
        }
        facts
    }

    /// Today, with files as they are.
    pub fn now(&self) -> Moment {
        Moment { date: self.today, files: Files::AsTheyAre }
    }

    pub fn criterion(&self, id: &Id) -> Option<(&'a Milestone, Side, &'a Criterion)> {
        self.criteria.get(id).copied()
    }

    pub fn evidence_for(&self, criterion: &Id) -> &[&'a Evidence] {
        self.evidence_for.get(criterion).map_or(&[], Vec::as_slice)
    }

    /// Evidence that says it supersedes this one.
    pub fn superseding(&self, evidence: &Id) -> &[&'a Evidence] {
        self.successors_in_supersession.get(evidence).map_or(&[], Vec::as_slice)
    }

    pub fn waivers_for(&self, criterion: &Id) -> &[&'a Waiver] {
        self.waivers_for.get(criterion).map_or(&[], Vec::as_slice)
    }

    /// All decisions that name the gate, counting or not.
    pub fn decisions_for(&self, milestone: &Id, side: Side) -> &[&'a Decision] {
        self.decisions_for[side as usize].get(milestone).map_or(&[], Vec::as_slice)
    }

    /// Milestones that depend on this one.
    pub fn successors(&self, milestone: &Id) -> &[&'a Milestone] {
        self.successors.get(milestone).map_or(&[], Vec::as_slice)
    }

    /// Milestones it depends on, but for itself.
    pub fn predecessors(&self, milestone: &'a Milestone) -> impl Iterator<Item = &'a Milestone> {
        let own = &milestone.record.id;
        let others = milestone.depends_on.iter().filter(move |id| id.value != *own);
        others.filter_map(|id| self.milestones.get(&id.value).copied())
    }

    /// Does it wait, over others, for itself?
    pub fn is_in_ring(&self, milestone: &'a Milestone) -> bool {
        let mut ahead: Vec<&Milestone> = self.predecessors(milestone).collect();
        let mut seen: HashSet<&Id> = HashSet::new();
        while let Some(next) = ahead.pop() {
            if next.record.id == milestone.record.id {
                return true;
            }
            if seen.insert(&next.record.id) {
                ahead.extend(self.predecessors(next));
            }
        }
        false
    }

    pub fn working_days(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        self.programme.settings.calendar.working_days(from, to)
    }

    /// Does whoever these words name count as holding the role?
    pub fn holds(&self, words: &str, role: &str) -> bool {
        self.names.named(words).holds(&self.names.named(role))
    }

    /// May this acceptor be the producer? See `Named::may_be`.
    pub fn may_be_one(&self, acceptor: &str, producer: &str) -> bool {
        self.names.named(acceptor).may_be(&self.names.named(producer))
    }

    /// What people call whoever these words name.
    pub fn called<'b>(&'b self, words: &'b str) -> &'b str {
        self.names.named(words).called()
    }
}

/// A go of either sort.
pub fn is_go(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Go | Outcome::ConditionalGo)
}

/// "Fri 20 Feb", with no-break spaces.
pub fn day(date: NaiveDate) -> String {
    const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let weekday = WEEKDAYS[date.weekday().num_days_from_monday() as usize];
    format!("{weekday}\u{a0}{}\u{a0}{}", date.day(), MONTHS[date.month0() as usize])
}

/// "1 working day", "3 working days".
pub fn working_days(days: i64) -> String {
    if days.abs() == 1 { format!("{days} working day") } else { format!("{days} working days") }
}

/// "M1, M2 and M3".
pub fn listed<'b>(names: impl IntoIterator<Item = &'b str>) -> String {
    joined(&names.into_iter().collect::<Vec<_>>(), "and")
}

/// Words in a row: "a, b and c", with the last joined by `word`.
pub fn joined(words: &[&str], word: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.to_string(),
        [most @ .., last] => format!("{} {word} {last}", most.join(", ")),
    }
}

/// The mandatory criteria of a gate.
pub fn mandatory(criteria: &[Criterion]) -> impl Iterator<Item = &Criterion> {
    criteria.iter().filter(|criterion| criterion.mandatory)
}
