//! Criteria that came, went or read otherwise, and what became of their states.

use serde::Serialize;

use crate::model::reference::Kind;
use crate::site::changes::{Group, group};
use crate::site::material::{Link, Mark, Material, Sentence, capital, code};
use crate::status::Colour;
use crate::version::diff::wording::Part;
use crate::version::diff::{CriterionChange, CriterionChangeKind, Diff, Easing};

#[derive(Debug, Clone, Serialize)]
pub struct CriteriaView {
    pub note: String,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// With the amber triangle where the gate became easier to pass.
    pub mark: Option<Mark>,
    pub change: String,
    pub how: String,
    pub id: Link,
    pub words: Vec<Part>,
    pub days: String,
    pub reason: Sentence,
}

pub fn of(material: &Material, diff: &Diff) -> CriteriaView {
    let numbers = [("then", diff.from.criteria.to_string()), ("now", diff.to.criteria.to_string())];
    let numbers: Vec<(&str, &str)> = numbers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut note = material.words.fill("changes.criteria_count", &numbers);
    if diff.criteria.iter().any(|change| change.kind.eases()) {
        note = format!("{note} {}", material.words.say("changes.criteria_note"));
    }
    CriteriaView { note, rows: diff.criteria.iter().map(|change| row(material, change)).collect() }
}

fn row(material: &Material, change: &CriterionChange) -> Row {
    let words = material.words;
    let kind = match &change.kind {
        CriterionChangeKind::Removed => "removed",
        CriterionChangeKind::Weakened(_) => "weakened",
        CriterionChangeKind::Added => "added",
        CriterionChangeKind::Reworded => "reworded",
        CriterionChangeKind::Renumbered => "renumbered",
    };
    let change_word = words.of("changes.kind", kind);
    let is_gone = change.kind == CriterionChangeKind::Removed;
    let id = match is_gone {
        // Another criterion may have its name now.
        true => Link { href: String::new(), text: change.id.to_string() },
        false => material.link(Kind::Criterion, &change.id),
    };
    Row {
        mark: change.kind.eases().then(|| material.state(Colour::Amber, change_word.clone())),
        change: change_word,
        how: how(material, change),
        id,
        words: change.words.clone(),
        days: days(material, change),
        reason: reason(material, change),
    }
}

fn how(material: &Material, change: &CriterionChange) -> String {
    let words = material.words;
    let mut how: Vec<String> = match &change.kind {
        CriterionChangeKind::Weakened(easings) => {
            easings.iter().map(|easing| words.of("changes.easing", easing_code(*easing))).collect()
        }
        _ => Vec::new(),
    };
    how.extend(change.former.as_ref().map(|former| words.fill("changes.former", &[("id", former.as_str())])));
    how.join(", ")
}

fn easing_code(easing: Easing) -> &'static str {
    match easing {
        Easing::MadeAdvisory => "advisory",
        Easing::AcceptorDropped => "acceptor",
        Easing::AcceptorLowered => "lowered",
        Easing::NoLongerStanding => "standing",
        Easing::WordsLost => "words",
        Easing::WordsSoftened => "softened",
        Easing::LimitEased => "limit",
    }
}

fn days(material: &Material, change: &CriterionChange) -> String {
    match change.days_to_gate {
        None => material.words.say("changes.no_date"),
        Some(days) if days < 0 => material.words.say("changes.gate_past"),
        Some(days) => material.words.count_with("days", days, &[("days", &days.to_string())]),
    }
}

/// The reason that was given; for what eases a gate, that none was; and whether the words had been proven.
fn reason(material: &Material, change: &CriterionChange) -> Sentence {
    let is_new = change.kind == CriterionChangeKind::Added;
    let is_same = change.kind == CriterionChangeKind::Renumbered;
    let mut parts = Vec::new();
    match &change.reason {
        Some(reason) => parts.push(material.reason(reason)),
        None if change.kind.eases() => parts.push(Sentence::plain(material.words.say("changes.no_reason"))),
        None => {}
    }
    if !is_new && !is_same {
        let key = if change.was_proven { "changes.was_proven" } else { "changes.not_proven" };
        let text = material.words.say(key);
        parts.push(Sentence::plain(if parts.is_empty() { capital(&text) } else { text }));
    }
    let mut sentence = Sentence::default();
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            sentence.0.extend(Sentence::plain("; ").0);
        }
        sentence.0.extend(part.0);
    }
    sentence
}

/// Bad news first, then what is overdue now.
pub fn states(material: &Material, diff: &Diff) -> Vec<Group> {
    let words = material.words;
    let moved = diff.states.iter().map(|moved| {
        let (from, to) =
            (words.of("criterion_state", &code(&moved.from)), words.of("criterion_state", &code(&moved.to)));
        let number = moved.ids.len().to_string();
        let title = words.fill("changes.state", &[("from", &capital(&from)), ("to", &to), ("n", &number)]);
        let links = material.links(Kind::Criterion, &moved.ids);
        group(material, Some(material.state(moved.mark, title.clone())), title, links)
    });
    let overdue = (!diff.overdue.is_empty()).then(|| {
        let title = words.fill("changes.overdue", &[("n", &diff.overdue.len().to_string())]);
        let mark = material.state(Colour::Red, title.clone());
        group(material, Some(mark), title, material.links(Kind::Criterion, &diff.overdue))
    });
    moved.chain(overdue).collect()
}
