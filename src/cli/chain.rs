//! A state in words, with all that it rests on: what `explain` prints of a record, a gate or the programme.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::Programme;
use crate::model::id::Id;
use crate::model::milestone::{GateName, Side};
use crate::model::reference::{Kind, Reference};
use crate::reading::near;
use crate::source::{Inputs, Span, place};
use crate::status::{Reason, Step};
use crate::version::Snapshot;

/// What can be explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    Programme,
    Gate(GateName),
    Record(Reference),
}

/// Who or what these words name; capitals make no difference where they are the only one.
pub fn find(programme: &Programme, words: &str) -> Option<Subject> {
    let words = words.trim();
    if words.eq_ignore_ascii_case("programme") {
        return Some(Subject::Programme);
    }
    let references: Vec<Reference> = places(programme).into_keys().collect();
    let same = |reference: &&Reference| reference.id.as_str() == words;
    let alike = |reference: &&Reference| reference.id.as_str().eq_ignore_ascii_case(words);
    if let Some(found) = references.iter().find(same).or_else(|| references.iter().find(alike)) {
        return Some(Subject::Record(found.clone()));
    }
    let (milestone, side) = words.rsplit_once(' ')?;
    let side = Side::BOTH.into_iter().find(|known| known.word().eq_ignore_ascii_case(side))?;
    let named = |id: &&Id| id.as_str().eq_ignore_ascii_case(milestone.trim());
    let milestone = programme.milestones.iter().map(|milestone| &milestone.record.id).find(named)?;
    Some(Subject::Gate(GateName { milestone: milestone.clone(), side }))
}

/// The name that was meant, for one that is not known.
pub fn nearest(programme: &Programme, words: &str) -> Option<String> {
    let gates = programme
        .milestones
        .iter()
        .flat_map(|milestone| Side::BOTH.into_iter().map(|side| format!("{} {}", milestone.record.id, side.word())));
    let ids = places(programme).into_keys().map(|reference| reference.id.to_string());
    let names: Vec<String> = ids.chain(gates).chain(["programme".to_string()]).collect();
    near::nearest(words, names.iter().map(String::as_str)).map(str::to_string)
}

/// Everything that has an id, and where it is written.
fn places(programme: &Programme) -> BTreeMap<Reference, Span> {
    let records = programme.records().map(|(reference, record)| (reference, record.at()));
    let criteria = programme.criteria();
    let criteria = criteria.map(|(_, one)| (Reference::new(Kind::Criterion, &one.id), one.text.at.clone()));
    let conditions = programme.decisions.iter().flat_map(|decision| &decision.conditions);
    let conditions = conditions.map(|one| (Reference::new(Kind::Condition, &one.id), one.at.clone()));
    records.chain(criteria).chain(conditions).collect()
}

/// The state of a subject, its reason, and the same of all that it rests on.
pub fn told(snapshot: &Snapshot, inputs: &Inputs, folder: &str, subject: &Subject) -> String {
    let places = places(&snapshot.programme);
    let mut teller = Teller { snapshot, inputs, folder, places, told: BTreeSet::new(), text: String::new() };
    match subject {
        Subject::Programme => teller.programme(),
        Subject::Gate(gate) => teller.gate(gate),
        Subject::Record(reference) => teller.record(reference, 0),
    }
    teller.text
}

struct Teller<'a> {
    snapshot: &'a Snapshot,
    inputs: &'a Inputs,
    /// Put before every path.
    folder: &'a str,
    places: BTreeMap<Reference, Span>,
    /// Each record is told once; where it comes again, only its name is.
    told: BTreeSet<Reference>,
    text: String,
}

/// What is said of one record.
struct Account<'a> {
    called: &'a str,
    state: String,
    reason: Option<&'a Reason>,
    /// Further lines below the reason, and what they rest on.
    details: Vec<String>,
    more: Vec<&'a Reference>,
}

impl Teller<'_> {
    fn programme(&mut self) {
        let standing = &self.snapshot.standing.programme;
        let name = &self.snapshot.programme.settings.name;
        self.line(0, &format!("{name}: {}", standing.colour.word()));
        self.line(1, &standing.reason.sentence);
        for rest in &standing.reason.rests_on {
            // What a milestone rests on is told below it.
            if !self.told.contains(rest) {
                self.record(rest, 1);
            }
        }
    }

    fn gate(&mut self, gate: &GateName) {
        let snapshot = self.snapshot;
        let Some(standing) = snapshot.standing.milestones.get(&gate.milestone).map(|one| one.gate(gate.side)) else {
            return;
        };
        let (state, readiness) = (word(standing.state), word(standing.readiness));
        let colour = standing.colour.word();
        self.line(0, &format!("{} {}: {colour}, {state}; readiness: {readiness}", gate.milestone, gate.side.word()));
        self.line(1, &standing.reason.sentence);
        let own = Reference::new(Kind::Milestone, &gate.milestone);
        self.told.insert(own.clone());
        self.below(&standing.reason.rests_on.iter().filter(|rest| **rest != own).cloned().collect::<Vec<_>>(), 1);
        let criteria =
            snapshot.programme.milestone(&gate.milestone).map(|milestone| &milestone.gate(gate.side).criteria);
        let criteria = criteria.into_iter().flatten().map(|criterion| Reference::new(Kind::Criterion, &criterion.id));
        let untold: Vec<Reference> = criteria.filter(|criterion| !self.told.contains(criterion)).collect();
        self.below(&untold, 1);
    }

    fn record(&mut self, reference: &Reference, depth: usize) {
        let place = self.place(reference);
        if !self.told.insert(reference.clone()) {
            return self.line(depth, &format!("{}: as above", reference.id));
        }
        let snapshot = self.snapshot;
        let account = account(snapshot, reference);
        let called = if account.called.is_empty() { String::new() } else { format!(" {}", account.called) };
        self.line(depth, &format!("{}{called}{}{place}", reference.id, account.state));
        let Some(reason) = account.reason else { return };
        self.line(depth + 1, &reason.sentence);
        for detail in &account.details {
            self.line(depth + 1, detail);
        }
        // What a record is for stands above it, not below.
        let is_leaf = matches!(reference.kind, Kind::Evidence | Kind::Decision | Kind::Waiver | Kind::Risk);
        if !is_leaf {
            let mut rests_on: Vec<Reference> = Vec::new();
            for rest in reason.rests_on.iter().chain(account.more) {
                if rest != reference && !rests_on.contains(rest) {
                    rests_on.push(rest.clone());
                }
            }
            self.below(&rests_on, depth + 1);
        }
    }

    fn below(&mut self, rests_on: &[Reference], depth: usize) {
        for rest in rests_on {
            self.record(rest, depth);
        }
    }

    /// ` (milestones.md:12)`, or nothing where nobody wrote it.
    fn place(&self, reference: &Reference) -> String {
        let at = self.places.get(reference).filter(|at| !at.path.is_empty());
        let line = at.and_then(|at| Some((at, place(&self.inputs.source(&at.path)?.text, at.start).line)));
        line.map_or(String::new(), |(at, line)| format!(" ({}{}:{line})", self.folder, at.path))
    }

    fn line(&mut self, depth: usize, text: &str) {
        self.text.push_str(&format!("{}{}\n", "  ".repeat(depth), plain(text)));
    }
}

fn account<'a>(snapshot: &'a Snapshot, reference: &Reference) -> Account<'a> {
    let (standing, id) = (&snapshot.standing, &reference.id);
    let named = |called: &'a str, state: String, reason: &'a Reason| Account {
        called,
        state: format!(": {state}"),
        reason: Some(reason),
        details: Vec::new(),
        more: Vec::new(),
    };
    let found = match reference.kind {
        Kind::Milestone => standing.milestones.get(id).map(|one| {
            let name = snapshot.programme.milestone(id).map_or("", |milestone| milestone.name.value.as_str());
            let said = snapshot.programme.milestone(id).and_then(|milestone| milestone.declared.as_ref());
            let said =
                said.map(|declared| format!("declared: {}; derived: {}", declared.value.said, one.derived.word()));
            let dimensions = one.dimensions.iter().map(|dimension| {
                let counts = if dimension.counts { "" } else { " (does not count)" };
                let (name, colour) = (word(dimension.name), dimension.colour.word());
                format!("{name:<13}{colour}{counts}: {}", dimension.reason.sentence)
            });
            let details = said.into_iter().chain(dimensions).collect();
            let state = format!("{}, {}", one.colour.word(), word(one.lifecycle));
            let more = one.dimensions.iter().flat_map(|dimension| &dimension.reason.rests_on).collect();
            Account { details, more, ..named(name, state, &one.reason) }
        }),
        Kind::Criterion => standing.criteria.get(id).map(|one| {
            let text = snapshot.programme.criteria().find(|(_, criterion)| criterion.id == *id);
            let text = text.map_or("", |(_, criterion)| criterion.text.value.as_str());
            let overdue = if one.overdue { ", overdue" } else { "" };
            named(text, format!("{}, {}{overdue}", one.mark.word(), word(one.state)), &one.reason)
        }),
        Kind::Evidence => standing.evidence.get(id).map(|one| named("", word(one.state), &one.reason)),
        Kind::Decision => standing.decisions.get(id).map(|one| {
            let decision = snapshot.programme.decisions.iter().find(|decision| decision.record.id == *id);
            let outcome = decision.and_then(|decision| decision.outcome.as_ref());
            named("", outcome.map_or("no outcome".to_string(), |outcome| outcome.value.word().to_string()), &one.reason)
        }),
        Kind::Condition => standing.conditions.get(id).map(|one| named("", word(one.state), &one.reason)),
        Kind::Waiver => standing
            .waivers
            .get(id)
            .map(|one| named("", if one.in_force { "in force" } else { "not in force" }.to_string(), &one.reason)),
        Kind::Risk => standing.risks.get(id).map(|one| named("", one.colour.word().to_string(), &one.reason)),
        Kind::Issue | Kind::Assumption | Kind::Dependency | Kind::Review | Kind::Confidence | Kind::Change => None,
    };
    let plain = Account {
        called: reference.kind.word(),
        state: String::new(),
        reason: None,
        details: Vec::new(),
        more: Vec::new(),
    };
    found.unwrap_or(plain)
}

/// The least that is still missing, by person, for one milestone or for all; whoever must move first comes first.
pub fn path_to_green(snapshot: &Snapshot, milestone: Option<&Id>) -> String {
    let standings = &snapshot.standing.milestones;
    let all = standings.iter().filter(|(id, _)| milestone.is_none_or(|milestone| milestone == *id));
    let steps: Vec<(&Id, &Step)> =
        all.flat_map(|(id, one)| one.path_to_green.iter().map(move |step| (id, step))).collect();
    let settings = &snapshot.programme.settings;
    let mut people: BTreeMap<&str, Vec<(&Id, &Step)>> = BTreeMap::new();
    for (id, step) in steps {
        let who = step.who.as_deref().map_or("nobody is named", |who| settings.called(who));
        people.entry(who).or_default().push((id, step));
    }
    if people.is_empty() {
        let what = milestone.map_or("the programme", Id::as_str);
        return format!("nothing is missing for {what}\n");
    }
    let mut people: Vec<_> = people.into_iter().collect();
    let undated = |by: Option<NaiveDate>| (by.is_none(), by);
    for (_, steps) in &mut people {
        steps.sort_by_key(|(_, step)| undated(step.by));
    }
    people.sort_by_key(|(_, steps)| steps.first().map(|(_, step)| undated(step.by)));
    let mut text = String::new();
    for (who, steps) in people {
        text.push_str(&format!("{who}\n"));
        for (id, step) in steps {
            let late = step.by.is_some_and(|by| by < settings.data_date.date);
            let by = match step.by {
                Some(by) if late => format!("was possible until {by}"),
                Some(by) => format!("by {by}"),
                None => "no date is known".to_string(),
            };
            text.push_str(&plain(&format!("  {by}: {} ({id})\n", step.what)));
        }
    }
    text
}

/// The name of a state as people read it: that of the data, with spaces.
fn word(state: impl Serialize) -> String {
    let value = serde_json::to_value(state).expect("a state is a word");
    value.as_str().unwrap_or_default().replace('_', " ")
}

/// Sentences keep dates together with no-break spaces, which a terminal does not need.
fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}
