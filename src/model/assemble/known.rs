//! Which ids there are, and what a word that names one means.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::finding::Finding;
use crate::model::assemble::join::Records;
use crate::model::assemble::sheet::Desk;
use crate::model::id::Id;
use crate::model::milestone::{GateName, Side};
use crate::model::reference::Kind;
use crate::model::settings::fold;
use crate::reading::criteria::called::key;
use crate::reading::{ids, near};
use crate::source::Spanned;
use crate::syntax::Text;

/// The ids of a programme, by kind.
#[derive(Debug, Default)]
pub struct Known {
    ids: BTreeMap<Kind, (HashSet<Id>, Vec<Id>)>,
    /// Milestones by what they are called, as names are compared; None where several are.
    names: HashMap<String, Option<Id>>,
    /// The same names as they are written.
    written: Vec<String>,
    /// Criteria by what they say.
    criteria: HashMap<String, Id>,
    /// Nearest words are looked for in long lists, and for so many unknown ones only.
    nearest_left: usize,
}

const MOST_NEAREST: usize = 200;
/// Of a name that may be misspelt among words.
const LEAST_LETTERS: usize = 8;
/// Ids that are named where none is near.
const MOST_NAMED: usize = 5;

impl Known {
    pub fn of(records: &Records) -> Known {
        let mut known = Known { nearest_left: MOST_NEAREST, ..Known::default() };
        for record in records.iter() {
            // A criterion is known once it stands in a gate.
            if record.kind == Kind::Criterion {
                continue;
            }
            known.add(record.kind, record.id.as_str());
            if record.kind == Kind::Milestone
                && let Some(name) = record.sheet().value("name").and_then(|name| name.text())
            {
                let own = Some(record.id.clone());
                known
                    .names
                    .entry(key(&name.plain))
                    .and_modify(|id| *id = id.take().filter(|id| *id == record.id))
                    .or_insert(own);
                known.written.push(name.plain.trim().to_string());
            }
        }
        known
    }

    pub fn add(&mut self, kind: Kind, id: &str) {
        let (set, list) = self.ids.entry(kind).or_default();
        let id = Id::new(id);
        if set.insert(id.clone()) {
            list.push(id);
        }
    }

    /// A criterion of a gate, which may be asked for by its words.
    pub fn add_criterion(&mut self, id: &Id, text: &str) {
        self.add(Kind::Criterion, id.as_str());
        self.criteria.entry(fold(text)).or_insert_with(|| id.clone());
    }

    pub fn has(&self, kind: Kind, id: &Id) -> bool {
        self.ids.get(&kind).is_some_and(|(set, _)| set.contains(id))
    }

    pub fn all(&self, kind: Kind) -> &[Id] {
        self.ids.get(&kind).map_or(&[], |(_, list)| list)
    }

    /// The id that a word means, as one of `kind`: as it is, after `#`, at the start of a name, or a milestone's name.
    fn find(&self, kind: Kind, text: &Text) -> Option<Spanned<Id>> {
        let word = text.plain.trim();
        let id = Id::new(word);
        if self.has(kind, &id) {
            return Some(Spanned::new(id, text.at.clone()));
        }
        let bare = Id::new(word.trim_start_matches('#').trim_end_matches('.'));
        if self.has(kind, &bare) {
            return Some(Spanned::new(bare, text.at.clone()));
        }
        if let Some((id, _)) = ids::in_name(text)
            && self.has(kind, &Id::new(&id.plain))
        {
            return Some(Spanned::new(Id::new(&id.plain), id.at));
        }
        let named = self.names.get(&key(word)).filter(|_| kind == Kind::Milestone)?;
        named.as_ref().map(|id| Spanned::new(id.clone(), text.at.clone()))
    }

    /// The one id that differs in capitals only.
    fn in_other_case(&self, kind: Kind, text: &Text) -> Option<Spanned<Id>> {
        let word = text.plain.trim().to_lowercase();
        let mut alike = self.all(kind).iter().filter(|id| id.as_str().to_lowercase() == word);
        let id = alike.next().filter(|_| alike.next().is_none())?;
        Some(Spanned::new(id.clone(), text.at.clone()))
    }

    fn nearest(&mut self, kind: Kind, word: &str) -> Option<String> {
        if let Some(id) = self.criteria.get(&fold(word)).filter(|_| kind == Kind::Criterion) {
            return Some(id.to_string());
        }
        self.nearest_left = self.nearest_left.checked_sub(1)?;
        let near = near::nearest(word, self.all(kind).iter().map(Id::as_str)).map(str::to_string);
        near.or_else(|| (kind == Kind::Milestone).then(|| self.near_name(word)).flatten())
    }

    /// The name of a milestone that is written a little otherwise; short names are near to too much.
    pub fn nearest_name(&mut self, word: &str) -> Option<String> {
        if word.chars().count() < LEAST_LETTERS {
            return None;
        }
        self.nearest_left = self.nearest_left.checked_sub(1)?;
        self.near_name(word).filter(|name| key(name) != key(word))
    }

    fn near_name(&self, word: &str) -> Option<String> {
        near::nearest(word, self.written.iter().map(String::as_str)).map(str::to_string)
    }
}

impl Desk<'_> {
    /// The record of one of `kinds` that a word names, with the kind. Findings: `unknown-reference`,
    /// `reference-of-wrong-kind`.
    pub fn resolve(&mut self, text: &Text, kinds: &[Kind], subject: &str) -> Option<(Kind, Spanned<Id>)> {
        if let Some(found) = self.known_as(text, kinds) {
            return Some(found);
        }
        let word = text.plain.trim();
        let wanted = kinds.first().map_or("record", |kind| kind.word());
        let wanted = if kinds.len() > 1 { "record" } else { wanted };
        if let Some(other) = Kind::ALL.into_iter().find(|kind| self.known.find(*kind, text).is_some()) {
            let (is, should) = (article(other.word()), article(wanted));
            let message = format!("`{word}` is {is}, and should be {should}");
            let help = format!("write the id of {should}");
            let finding = Finding::new("reference-of-wrong-kind", text.at.clone(), message).label(other.word());
            self.findings.push(finding.help(help).about(subject));
            return None;
        }
        let near = kinds.iter().find_map(|kind| self.known.nearest(*kind, word));
        let there = self.known.all(kinds.first().copied().unwrap_or(Kind::Milestone));
        let help = match (near, there) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, []) => format!("no {wanted} was found in the files at all: mend that first"),
            (None, ids) if ids.len() <= MOST_NAMED => {
                let ids: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
                format!("write {} that there is: {}", article(wanted), ids.join(", "))
            }
            (None, _) => format!("write the id of {} that there is, or add `{word}`", article(wanted)),
        };
        let message = format!("there is no {wanted} `{word}`");
        let finding = Finding::new("unknown-reference", text.at.clone(), message).label("not known");
        self.findings.push(finding.help(help).about(subject));
        None
    }

    /// As `resolve`, and silent where there is none.
    pub fn known_as(&self, text: &Text, kinds: &[Kind]) -> Option<(Kind, Spanned<Id>)> {
        kinds.iter().find_map(|kind| self.known.find(*kind, text).map(|id| (*kind, id)))
    }

    /// The gate that words such as `M2 exit` or `Exit gate of M2` name. Findings: `unknown-value` without a side,
    /// `unknown-reference` without a milestone.
    pub fn gate(&mut self, text: &Text, subject: &str) -> Option<Spanned<GateName>> {
        let (side, rest) = side(text);
        let Some(rest) = rest else {
            let message = format!("`{}` names no milestone", text.plain);
            let finding = Finding::new("unknown-value", text.at.clone(), message).help("write a gate as `M2 exit`");
            self.findings.push(finding.about(subject));
            return None;
        };
        // Of `M1 enter` the first word is known.
        let first = rest.slice(0..rest.plain.find(char::is_whitespace).unwrap_or(rest.plain.len()));
        let begins = self.known_as(&first, &[Kind::Milestone]).filter(|_| side.is_none());
        let (_, milestone) = match begins {
            Some(milestone) => milestone,
            None => match self.known_as(&rest, &[Kind::Milestone]) {
                Some(milestone) => milestone,
                None => match self.known.in_other_case(Kind::Milestone, &rest) {
                    Some(id) => (Kind::Milestone, id),
                    None => self.resolve(&rest, &[Kind::Milestone], subject)?,
                },
            },
        };
        let Some(side) = side else {
            let id = &milestone.value;
            let message = format!("`{}` does not say which gate", text.plain);
            let finding = Finding::new("unknown-value", text.at.clone(), message).label("entry or exit?");
            self.findings.push(finding.help(format!("write `{id} entry` or `{id} exit`")).about(subject));
            return None;
        };
        Some(Spanned::new(GateName { milestone: milestone.value, side }, text.at.clone()))
    }
}

/// "a milestone", "an issue".
fn article(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {word}")
}

/// The side of a gate in words, and the words that are left for its milestone.
fn side(text: &Text) -> (Option<Side>, Option<Text>) {
    let plain = &text.plain;
    let mut side = None;
    let mut kept: Option<(usize, usize)> = None;
    let mut start = 0;
    for word in plain.split_inclusive(|letter: char| letter.is_whitespace() || matches!(letter, '/' | ':' | ',')) {
        let end = start + word.len();
        let bare = word.trim_end_matches(|letter: char| letter.is_whitespace() || matches!(letter, '/' | ':' | ','));
        let (bare, tail) = match bare.rsplit_once('-') {
            Some((front, tail)) if side_word(tail).is_some() => (front, Some(tail)),
            _ => (bare, None),
        };
        let said = tail.and_then(side_word).or_else(|| side_word(bare));
        side = side.or(said);
        let is_id = !bare.is_empty() && (tail.is_some() || side_word(bare).is_none()) && !is_filler(bare);
        if is_id {
            let from = kept.map_or(start, |(from, _)| from);
            kept = Some((from, start + bare.len()));
        }
        start = end;
    }
    (side, kept.map(|(from, to)| text.slice(from..to)))
}

fn side_word(word: &str) -> Option<Side> {
    match word.to_lowercase().as_str() {
        "entry" | "entrance" | "e" | "eintritt" | "eingang" | "entrée" | "entree" | "entrada" => Some(Side::Entry),
        "exit" | "x" | "austritt" | "ausgang" | "sortie" | "salida" => Some(Side::Exit),
        _ => None,
    }
}

fn is_filler(word: &str) -> bool {
    let fillers = ["gate", "of", "the", "milestone", "at", "for", "–", "—", "-", "gates", "de", "von", "del"];
    fillers.contains(&word.to_lowercase().as_str())
}
