//! What the page of every record says beside what is its own: its name and state, its facts, what it touches, its text.

use serde::Serialize;

use crate::model::id::Id;
use crate::model::reference::{Kind, Reference};
use crate::model::{Date, Record, Visibility, Words};
use crate::site::material::{Link, Mark, Material, Run, RunKind, Sentence, capital, code};
use crate::site::narrative;
use crate::source::Html;
use crate::status::CriterionStanding;

/// The top of the page.
#[derive(Debug, Clone, Serialize)]
pub struct Head {
    /// Where all of its kind are listed.
    pub register: Link,
    pub kind: String,
    pub id: String,
    pub title: String,
    pub mark: Mark,
    pub reason: Sentence,
}

/// One field: what it is called and what the author wrote.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fact {
    pub term: String,
    pub said: Sentence,
    /// What stands beside it, quietly.
    pub note: String,
    /// True where the record should say it and does not.
    pub is_missing: bool,
}

/// Other records that this one touches.
#[derive(Debug, Clone, Serialize)]
pub struct Related {
    pub title: String,
    pub items: Vec<Named>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Named {
    pub id: Link,
    pub name: String,
    pub mark: Option<Mark>,
    pub note: Sentence,
}

/// The end of the page: the author's text, and what was kept of the rest.
#[derive(Debug, Clone, Serialize)]
pub struct Foot {
    pub text: Html,
    pub extras: Vec<Extra>,
    /// The files that it is written in; none for a frozen version.
    pub written: Vec<String>,
    pub is_id_derived: bool,
    /// Who may see it, where that is not everybody.
    pub visibility: String,
    pub edit: Option<String>,
}

/// A column or key that milepost has no use for.
#[derive(Debug, Clone, Serialize)]
pub struct Extra {
    pub name: String,
    pub text: String,
}

pub fn head(material: &Material, (kind, id): (Kind, &Id), title: &str, state: (Mark, Sentence)) -> Head {
    let (register, key) = match kind {
        Kind::Evidence => ("evidence.html", "nav.evidence"),
        Kind::Risk => ("risks.html", "nav.risks"),
        _ => ("decisions.html", "nav.decisions"),
    };
    Head {
        register: Link { href: register.to_string(), text: material.words.say(key) },
        kind: material.words.of("kind_name", kind.word()),
        id: id.to_string(),
        title: title.to_string(),
        mark: state.0,
        reason: state.1,
    }
}

/// `address` is the page that it will stand on.
pub fn foot(material: &Material, record: &Record, address: &str) -> Foot {
    let source = record.parts.first().map(|part| part.path.to_string()).filter(|path| !path.is_empty());
    let mut written: Vec<String> = record.parts.iter().map(|part| part.path.to_string()).collect();
    written.retain(|path| !path.is_empty());
    written.sort();
    written.dedup();
    let visibility = match record.visibility {
        Visibility::Public => String::new(),
        Visibility::Stakeholder => material.words.of("audience", "stakeholder"),
        Visibility::Restricted => material.words.of("audience", "restricted"),
    };
    let extras = record.extras.iter().map(|(name, text)| Extra { name: name.clone(), text: text.clone() });
    Foot {
        text: narrative::settle(material, &record.narrative, source.as_deref(), address),
        extras: extras.collect(),
        written,
        is_id_derived: record.id_derived,
        visibility,
        edit: material.edit(record),
    }
}

fn fact(material: &Material, key: &str, said: Sentence) -> Fact {
    Fact { term: material.words.of("field", key), said, note: String::new(), is_missing: false }
}

/// A field that the record should have and has not.
pub fn missing(material: &Material, key: &str) -> Fact {
    Fact { is_missing: true, ..fact(material, key, Sentence::plain(material.words.say("record.not_given"))) }
}

pub fn text(material: &Material, key: &str, said: impl Into<String>) -> Fact {
    fact(material, key, Sentence::plain(said))
}

/// A field in the author's words.
pub fn words(material: &Material, key: &str, words: &Words) -> Option<Fact> {
    words.as_ref().map(|words| text(material, key, words.value.clone()))
}

/// The person or role that a field names, by the name people use; the author's word stands beside it where it differs.
pub fn person(material: &Material, key: &str, words: &Words) -> Option<Fact> {
    let written = &words.as_ref()?.value;
    let called = material.programme.settings.called(written);
    let note =
        if called == written { String::new() } else { material.words.fill("record.said", &[("words", written)]) };
    Some(text(material, key, called).with_note(note))
}

pub fn date(material: &Material, key: &str, date: &Date) -> Option<Fact> {
    let date = date.as_ref()?.value;
    Some(text(material, key, material.full_date_text(date)))
}

/// A date that is still to come or has just gone by, and how far away it is.
pub fn due(material: &Material, key: &str, due: &Date) -> Option<Fact> {
    let distance = material.distance(due.as_ref()?.value);
    date(material, key, due).map(|fact| fact.with_note(distance))
}

/// Records of one kind as links; None where there are none.
pub fn links<'i>(material: &Material, key: &str, kind: Kind, ids: impl IntoIterator<Item = &'i Id>) -> Option<Fact> {
    let sentence = id_list(material, kind, ids);
    (!sentence.0.is_empty()).then(|| fact(material, key, sentence))
}

/// "E-009, E-014", each a link where it has a page.
pub fn id_list<'i>(material: &Material, kind: Kind, ids: impl IntoIterator<Item = &'i Id>) -> Sentence {
    let mut runs: Vec<Run> = Vec::new();
    for id in ids {
        if !runs.is_empty() {
            runs.push(Run { text: ", ".to_string(), href: None, kind: RunKind::Text });
        }
        let href = material.addresses.of(&Reference::new(kind, id)).map(str::to_string);
        runs.push(Run { text: id.to_string(), href, kind: RunKind::Id });
    }
    Sentence(runs)
}

impl Fact {
    pub fn with_note(mut self, note: impl Into<String>) -> Fact {
        self.note = note.into();
        self
    }
}

/// The shape and word of a criterion.
pub fn criterion_state(material: &Material, standing: &CriterionStanding) -> Mark {
    let word = capital(&material.words.of("criterion_state", &code(&standing.state)));
    let word = if standing.overdue { format!("{word}, {}", material.words.say("criterion.overdue")) } else { word };
    material.state(standing.mark, word)
}

/// Milestones by id, each with its colour and why.
pub fn milestones<'i>(material: &Material, ids: impl IntoIterator<Item = &'i Id>) -> Related {
    let named = ids.into_iter().filter_map(|id| {
        let milestone = material.index.milestone(id)?;
        let standing = material.standing.milestones.get(id);
        Some(Named {
            id: material.link(Kind::Milestone, id),
            name: milestone.name.value.clone(),
            mark: standing.map(|standing| material.mark(standing.colour).told_at(material.why(id))),
            note: standing.map(|standing| material.reason_without(&standing.reason, id)).unwrap_or_default(),
        })
    });
    Related { title: material.words.say("record.milestones"), items: named.collect() }
}

/// Approved changes to a record.
pub fn changes(material: &Material, of: &Reference) -> Related {
    let named = material.index.changes_of.of(of).map(|change| {
        let part = |words: &Words| words.as_ref().map_or_else(|| "–".to_string(), |words| words.value.clone());
        let date = change.date.as_ref().map(|date| material.date_text(date.value)).unwrap_or_default();
        let values = [("field", &*part(&change.field)), ("from", &part(&change.from)), ("to", &part(&change.to))];
        Named {
            id: material.link(Kind::Change, &change.record.id),
            name: material.words.fill("record.changed", &values),
            mark: None,
            note: Sentence::plain(date),
        }
    });
    Related { title: material.words.say("record.changes"), items: named.collect() }
}

/// Lists that have something in them.
pub fn used(related: impl IntoIterator<Item = Related>) -> Vec<Related> {
    related.into_iter().filter(|related| !related.items.is_empty()).collect()
}

/// "1 risk is withheld from this audience."; empty where none is.
pub fn withheld(material: &Material, kinds: &[Kind]) -> String {
    let counted = material.withheld.iter().filter(|(kind, count)| *count > 0 && kinds.contains(kind));
    let counts: Vec<String> =
        counted.map(|(kind, count)| material.words.count(&format!("kind.{}", kind.word()), *count as i64)).collect();
    if counts.is_empty() {
        return String::new();
    }
    material.words.fill("record.withheld", &[("records", &material.words.list(&counts))])
}

/// Sentences that are not empty, one after the other.
pub fn join(sentences: &[String]) -> String {
    let said = sentences.iter().filter(|sentence| !sentence.is_empty());
    said.map(String::as_str).collect::<Vec<_>>().join(" ")
}
