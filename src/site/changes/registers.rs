//! Decisions, conditions, waivers, risks, evidence, and records that came and went.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::reference::Kind;
use crate::site::changes::{Group, fields, group};
use crate::site::material::{Link, Material, capital, code};
use crate::status::EvidenceState;
use crate::version::diff::{
    ConditionMove, Diff, FieldChange, NewDecision, PageChange, PageChangeKind, RiskMove, Titled, WaiverMove,
    WaiverMoveKind,
};

/// A record and what became of it; the note is quieter.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    pub id: Link,
    pub text: String,
    pub note: String,
}

pub fn decided(material: &Material, diff: &Diff) -> Vec<Line> {
    let rewritten = diff.rewritten.chunk_by(|one, next| one.record == next.record);
    let rewritten = rewritten.filter_map(|changes| written_over(material, changes));
    let decisions = diff.decisions.iter().map(|new| decision(material, new));
    let conditions = diff.conditions.iter().map(|moved| condition(material, moved));
    let waivers = diff.waivers.iter().map(|moved| waiver(material, moved));
    let risks = diff.risks.iter().map(|moved| risk(material, moved));
    rewritten.chain(decisions).chain(conditions).chain(waivers).chain(risks).collect()
}

/// A record that had been decided or judged, and says something else now.
fn written_over(material: &Material, changes: &[FieldChange]) -> Option<Line> {
    let record = changes.first()?.record.as_ref()?;
    let told: Vec<String> = changes.iter().map(|change| fields::moved(material, change)).collect();
    let text = material.words.fill("changes.rewritten", &[("what", &told.join("; "))]);
    Some(Line { id: material.link(record.kind, &record.id), text, note: material.words.say("changes.rewritten_note") })
}

fn day(material: &Material, date: Option<NaiveDate>) -> String {
    date.map_or_else(|| material.words.say("changes.no_date"), |date| material.date_text(date))
}

fn decision(material: &Material, new: &NewDecision) -> Line {
    let words = material.words;
    let gate = new.gate.as_ref().map_or_else(
        || words.say("changes.no_gate"),
        |gate| format!("{} {}", gate.milestone, words.of("side", gate.side.word())),
    );
    let outcome =
        new.outcome.map_or_else(|| words.say("changes.no_outcome"), |outcome| words.of("outcome", &code(&outcome)));
    let with: Vec<String> = new.conditions.iter().map(|id| id.to_string()).collect();
    let mut note = Vec::new();
    if !with.is_empty() {
        note.push(words.fill("changes.with", &[("conditions", &words.list(&with))]));
    }
    if !new.counts {
        note.push(words.say("milestone.does_not_count"));
    }
    let text = [gate, outcome, day(material, new.date)].join(", ");
    Line { id: material.link(Kind::Decision, &new.id), text, note: note.join(" ") }
}

fn condition(material: &Material, moved: &ConditionMove) -> Line {
    let words = material.words;
    let state = |state| words.of("condition_state", &code(&state));
    let to = state(moved.to).to_lowercase();
    let text = moved.from.map_or_else(
        || words.fill("changes.new", &[("what", &to)]),
        |from| words.fill("changes.from_to", &[("from", &state(from)), ("to", &to)]),
    );
    let note = words.fill("changes.condition_of", &[("text", &moved.text), ("decision", moved.decision.as_str())]);
    Line { id: material.link(Kind::Condition, &moved.id), text, note }
}

fn waiver(material: &Material, moved: &WaiverMove) -> Line {
    let words = material.words;
    let key = match moved.kind {
        WaiverMoveKind::New => "changes.waiver_new",
        WaiverMoveKind::Ended => "changes.waiver_ended",
        WaiverMoveKind::Begun => "changes.waiver_begun",
    };
    let criterion = moved.criterion.as_ref().map_or("–", |id| id.as_str());
    let text = words.fill(key, &[("criterion", criterion), ("date", &day(material, moved.expires_on))]);
    Line { id: material.link(Kind::Waiver, &moved.id), text, note: String::new() }
}

fn risk(material: &Material, moved: &RiskMove) -> Line {
    let words = material.words;
    let score = |score: Option<u8>| score.map_or_else(|| "–".to_string(), |score| score.to_string());
    let to = score(moved.to.score);
    let mut facts = match moved.from {
        None => vec![words.fill("changes.risk_new", &[("score", &to)])],
        Some(then) if then.is_open && !moved.to.is_open => vec![words.say("changes.risk_closed")],
        Some(then) if !then.is_open && moved.to.is_open => vec![words.fill("changes.risk_reopened", &[("score", &to)])],
        Some(then) if then.score != moved.to.score => {
            vec![words.fill("changes.risk_score", &[("from", &score(then.score)), ("to", &to)])]
        }
        Some(_) => Vec::new(),
    };
    let was_above = moved.from.is_some_and(|then| then.above_appetite);
    if moved.to.is_open && moved.to.above_appetite != was_above {
        let key = if moved.to.above_appetite { "changes.risk_above" } else { "changes.risk_within" };
        facts.push(words.fill(key, &[("appetite", &moved.appetite.to_string())]));
    }
    Line { id: material.link(Kind::Risk, &moved.id), text: capital(&facts.join(", ")), note: moved.title.clone() }
}

/// By what became of it: "Awaiting acceptance to counts, 2".
pub fn evidence(material: &Material, diff: &Diff) -> Vec<Group> {
    let words = material.words;
    let mut groups: BTreeMap<String, Vec<Link>> = BTreeMap::new();
    for moved in &diff.evidence {
        let state = |state| match state {
            EvidenceState::Counts => words.say("changes.evidence_counts"),
            state => words.of("evidence_state", &code(&state)),
        };
        let title = moved.from.map_or_else(
            || words.fill("changes.new", &[("what", &state(moved.to))]),
            |from| words.fill("changes.from_to", &[("from", &capital(&state(from))), ("to", &state(moved.to))]),
        );
        groups.entry(title).or_default().push(material.link(Kind::Evidence, &moved.id));
    }
    groups.into_iter().map(|(title, links)| counted(material, title, links)).collect()
}

fn counted(material: &Material, title: String, links: Vec<Link>) -> Group {
    let title = material.words.fill("changes.counted", &[("what", &title), ("n", &links.len().to_string())]);
    group(material, None, title, links)
}

/// What came and is told in no other section, and everything that went: a closed thing remains, as closed.
pub fn records(material: &Material, diff: &Diff) -> Vec<Group> {
    let is_told = |one: &&Titled| {
        matches!(one.record.kind, Kind::Decision | Kind::Condition | Kind::Waiver | Kind::Risk | Kind::Evidence)
    };
    let came = by_kind(diff.added.iter().filter(|one| !is_told(one)));
    let went = by_kind(diff.removed.iter());
    let mut groups = told_by_kind(material, "changes.added", came);
    groups.extend(told_by_kind(material, "changes.removed", went));
    groups
}

fn told_by_kind(material: &Material, key: &str, groups: BTreeMap<Kind, Vec<&Titled>>) -> Vec<Group> {
    let words = material.words;
    let told = groups.into_iter().map(|(kind, records)| {
        let number = words.count(&format!("kind.{}", kind.word()), records.len() as i64);
        let title = words.fill(key, &[("records", &number)]);
        group(material, None, title, records.into_iter().map(|one| named(material, one)).collect())
    });
    told.collect()
}

fn by_kind<'a>(records: impl Iterator<Item = &'a Titled>) -> BTreeMap<Kind, Vec<&'a Titled>> {
    let mut groups: BTreeMap<Kind, Vec<&Titled>> = BTreeMap::new();
    for one in records {
        groups.entry(one.record.kind).or_default().push(one);
    }
    groups
}

/// A record that went has no address, but may have a name.
fn named(material: &Material, one: &Titled) -> Link {
    let link = material.link(one.record.kind, &one.record.id);
    if link.href.is_empty() && !one.title.is_empty() {
        return Link { text: format!("{} {}", link.text, one.title), ..link };
    }
    link
}

pub fn pages(material: &Material, diff: &Diff) -> Vec<Line> {
    let line = |page: &PageChange| {
        let key = match page.kind {
            PageChangeKind::Added => "changes.kind.added",
            PageChangeKind::Reworded => "changes.kind.reworded",
            PageChangeKind::Removed => "changes.kind.removed",
        };
        let id = Link { href: String::new(), text: page.title.clone() };
        Line { id, text: material.words.say(key), note: page.path.clone() }
    };
    diff.pages.iter().map(line).collect()
}
