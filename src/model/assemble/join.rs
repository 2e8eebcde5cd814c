//! Entries to records: parts with one kind and one id are united, ids that nobody gave are made.

use std::collections::{BTreeMap, HashMap};

use crate::finding::Finding;
use crate::model::Visibility;
use crate::model::assemble::sheet::{Sheet, is_unsaid};
use crate::model::assemble::visibility::{self, Said};
use crate::model::id::Id;
use crate::model::reference::{Kind, Reference};
use crate::reading::entries::{Entry, Reading, Value};
use crate::reading::ids::Numbering;
use crate::reading::words;
use crate::source::{Html, Span, limits};

/// One record, its parts united.
#[derive(Debug)]
pub struct Joined<'a> {
    pub kind: Kind,
    pub id: Id,
    pub id_at: Span,
    /// True where nobody gave an id. The id of a criterion that has none stays empty: its place in its gate is its id.
    pub id_derived: bool,
    pub parts: Vec<Span>,
    pub fields: Vec<(&'static str, Value<'a>)>,
    pub extras: Vec<(String, String)>,
    pub narrative: Html,
    /// What all its parts say of who may see it.
    pub visibility: Vec<Said<'a>>,
    /// The position of the entry that says what it is, else of its first.
    place: usize,
    named: bool,
    /// The lists that it stands in, each with the place of its id there.
    lists: Vec<((usize, usize), Span)>,
}

/// All records, by kind and in the author's order.
#[derive(Debug, Default)]
pub struct Records<'a> {
    kinds: BTreeMap<Kind, Vec<Joined<'a>>>,
    /// For each reading and entry, its record.
    references: Vec<Vec<Option<Reference>>>,
    /// For a reading and an entry that is a criterion without an id, its place.
    unnamed: HashMap<(usize, usize), Span>,
}

impl<'a> Records<'a> {
    /// `files`: what each file says of who may see its records. Findings: `duplicate-id`, `two-sided-fields-disagree`, `id-derived`.
    pub fn join(
        readings: &mut [Reading<'a>],
        files: &[Option<Visibility>],
        findings: &mut Vec<Finding>,
    ) -> Records<'a> {
        let mut joining = Joining { kinds: BTreeMap::new(), files, findings };
        let mut waiting = Vec::new();
        let mut references = Vec::with_capacity(readings.len());
        let mut place = 0;
        for (document, reading) in readings.iter_mut().enumerate() {
            let mut of_entries = Vec::with_capacity(reading.entries.len());
            for (position, entry) in std::mem::take(&mut reading.entries).into_iter().enumerate() {
                place += 1;
                if place > limits::RECORDS {
                    let is_first = place == limits::RECORDS + 1;
                    joining.findings.extend(is_first.then(|| too_many(entry.at)));
                    of_entries.push(None);
                    continue;
                }
                let given = entry.id.as_ref().map(|id| id.plain.trim()).filter(|id| is_id(id)).map(Id::new);
                of_entries.push(given.as_ref().map(|id| Reference::new(entry.kind, id)));
                match given {
                    Some(id) => joining.add(document, entry, id, place),
                    None => waiting.push((document, position, entry, place)),
                }
            }
            references.push(of_entries);
        }
        let mut unnamed = HashMap::new();
        for (document, position, entry, place) in waiting {
            if entry.kind == Kind::Criterion {
                unnamed.insert((document, position), entry.at.clone());
            }
            let reference = joining.derive(document, entry, place);
            references[document][position] = reference;
        }
        let kinds = joining.kinds.into_iter().map(|(kind, shelf)| (kind, shelf.in_order()));
        Records { kinds: kinds.collect(), references, unnamed }
    }

    /// The records of a kind; afterwards there are none.
    pub fn take(&mut self, kind: Kind) -> Vec<Joined<'a>> {
        self.kinds.remove(&kind).unwrap_or_default()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Joined<'a>> {
        self.kinds.values().flatten()
    }

    /// The record of an entry, by reading and position.
    pub fn reference(&self, reading: usize, entry: usize) -> Option<&Reference> {
        self.references.get(reading)?.get(entry)?.as_ref()
    }

    /// The place of a criterion without an id, by reading and position.
    pub fn unnamed(&self, reading: usize, entry: usize) -> Option<&Span> {
        self.unnamed.get(&(reading, entry))
    }
}

fn too_many(at: Span) -> Finding {
    let most = limits::told(limits::RECORDS);
    let message = format!("the programme holds more than {most} records: it is not read from here on");
    Finding::new("unreadable-file", at, message)
        .label("the first that is left out")
        .help("make programmes of its parts, each in a folder of its own")
}

impl Joined<'_> {
    pub fn sheet(&self) -> Sheet<'_> {
        Sheet { fields: &self.fields, subject: self.id.as_str() }
    }

    /// The fields in which something is written, understood or not, each with its place.
    pub fn written(&self) -> Vec<(&'static str, Span)> {
        let id = (!self.id_derived).then(|| ("id", self.id_at.clone()));
        let fields = self.fields.iter().filter(|(_, value)| !is_blank(value));
        id.into_iter().chain(fields.map(|(name, value)| (*name, value.at()))).collect()
    }

    /// The fields that say that something is still to come, or that it never will.
    pub fn unsaid(&self) -> Vec<&'static str> {
        self.fields.iter().filter(|(_, value)| is_unsaid(value)).map(|(name, _)| *name).collect()
    }
}

/// The records of one kind while they are joined.
#[derive(Default)]
struct Shelf<'a> {
    records: Vec<Joined<'a>>,
    by_id: HashMap<Id, usize>,
    /// Where the next derived id counts from, once it is asked for.
    numbering: Option<Numbering>,
}

impl<'a> Shelf<'a> {
    fn in_order(self) -> Vec<Joined<'a>> {
        let mut records = self.records;
        records.sort_by_key(|record| record.place);
        records
    }
}

struct Joining<'f, 'a> {
    kinds: BTreeMap<Kind, Shelf<'a>>,
    files: &'f [Option<Visibility>],
    findings: &'f mut Vec<Finding>,
}

impl<'a> Joining<'_, 'a> {
    fn add(&mut self, document: usize, entry: Entry<'a>, id: Id, place: usize) {
        let of_file = self.files.get(document).copied().flatten().map(Said::Known);
        let shelf = self.kinds.entry(entry.kind).or_default();
        let id_at = entry.id.as_ref().map_or_else(|| entry.at.clone(), |id| id.at.clone());
        let list = (document, entry.list);
        let Some(position) = shelf.by_id.get(&id).copied() else {
            shelf.by_id.insert(id.clone(), shelf.records.len());
            let mut record = Joined::new(entry, id, id_at, place, list);
            record.visibility.extend(of_file);
            shelf.records.push(record);
            return;
        };
        let record = &mut shelf.records[position];
        record.visibility.extend(of_file);
        let twice = record.lists.iter().find(|(other, _)| *other == list).map(|(_, at)| at.clone());
        match twice {
            Some(first) => {
                let message = format!("{} `{id}` is here twice", record.kind.word());
                let finding = Finding::new("duplicate-id", id_at, message)
                    .label("the second one")
                    .related(first, "the first one")
                    .help("give one of them another id, or make one of the two")
                    .about(id.as_str());
                self.findings.push(finding);
                record.unite(entry, place, None);
            }
            None => {
                record.lists.push((list, id_at));
                record.unite(entry, place, Some(self.findings));
            }
        }
    }

    /// Makes an id for an entry that has none. A criterion's is its place in its gate, and made there.
    fn derive(&mut self, document: usize, entry: Entry<'a>, place: usize) -> Option<Reference> {
        let kind = entry.kind;
        let shelf = self.kinds.entry(kind).or_default();
        let at = entry.at.clone();
        if kind == Kind::Criterion {
            shelf.records.push(Joined::new(entry, Id::new(""), at, place, (usize::MAX, place)));
            return None;
        }
        let ids = shelf.records.iter().map(|record| record.id.as_str());
        let text = shelf.numbering.get_or_insert_with(|| Numbering::after(ids, kind.prefix())).take();
        let id = Id::new(&text);
        let main = entry.fields.iter().find(|(name, _)| *name == kind.main_field());
        let at = main.map_or(at, |(_, value)| value.at());
        let message = format!("this {} has no id, and is called `{text}`", kind.word());
        self.findings.push(
            Finding::new("id-derived", at.clone(), message)
                .help("write an id, so that it stays the same when others come before it")
                .about(&text),
        );
        let mut record = Joined::new(entry, id.clone(), at, place, (usize::MAX, place));
        record.id_derived = true;
        record.visibility.extend(self.files.get(document).copied().flatten().map(Said::Known));
        shelf.by_id.insert(id.clone(), shelf.records.len());
        shelf.records.push(record);
        Some(Reference::new(kind, &id))
    }
}

impl<'a> Joined<'a> {
    fn new(entry: Entry<'a>, id: Id, id_at: Span, place: usize, list: (usize, usize)) -> Joined<'a> {
        let main = entry.kind.main_field();
        let named = entry.fields.iter().any(|(name, _)| *name == main);
        let visibility = visibility::said(&entry);
        let mut joined = Joined {
            visibility,
            kind: entry.kind,
            id,
            id_at: id_at.clone(),
            id_derived: false,
            parts: vec![entry.at],
            fields: Vec::with_capacity(entry.fields.len()),
            extras: extras(entry.extras),
            narrative: entry.narrative,
            place,
            named,
            lists: vec![(list, id_at)],
        };
        for (name, value) in entry.fields {
            // One key twice in one record is found where YAML is read; the last one counts there, as YAML has it.
            match joined.fields.iter_mut().find(|(taken, _)| *taken == name) {
                Some((_, taken)) => *taken = value,
                None => joined.fields.push((name, value)),
            }
        }
        joined
    }

    /// Takes in another part. What disagrees is found, where there is somebody to tell.
    fn unite(&mut self, entry: Entry<'a>, place: usize, mut findings: Option<&mut Vec<Finding>>) {
        self.visibility.extend(visibility::said(&entry));
        let main = self.kind.main_field();
        let names = entry.fields.iter().any(|(name, _)| *name == main);
        for (name, value) in entry.fields {
            let Some((_, first)) = self.fields.iter_mut().find(|(taken, _)| *taken == name) else {
                self.fields.push((name, value));
                continue;
            };
            if is_blank(first) {
                *first = value;
            } else if !is_blank(&value) && plain(first) != plain(&value) {
                if let Some(findings) = &mut findings {
                    findings.push(disagreement(self.kind, &self.id, name, first, &value));
                }
                // Neither counts: the order of files must not choose the greener.
                if is_decisive(self.kind, name) {
                    *first = Value::Disputed(vec![first.clone(), value]);
                }
            }
        }
        for extra in extras(entry.extras) {
            if !self.extras.contains(&extra) {
                self.extras.push(extra);
            }
        }
        if self.narrative.is_empty() {
            self.narrative = entry.narrative;
        }
        // The part that says what it is comes first: it is where an edit link leads.
        match names && !self.named {
            true => {
                self.parts.insert(0, entry.at);
                self.place = place;
                self.named = true;
            }
            false => self.parts.push(entry.at),
        }
    }
}

/// Does a colour hang on the field, so that of two values that disagree neither may be taken? What is read of both
/// together is then not understood.
pub fn is_decisive(kind: Kind, field: &str) -> bool {
    let fields: &[&str] = match kind {
        Kind::Milestone => &[
            "window",
            "baseline",
            "forecast",
            "entry_gate_date",
            "exit_gate_date",
            "authority",
            "declared",
            "tolerance",
            "depends_on",
        ],
        Kind::Criterion => &["mandatory", "validity", "acceptor", "due", "not_applicable"],
        Kind::Evidence => &[
            "proves",
            "supersedes",
            "produced_on",
            "accepted_on",
            "rejected_on",
            "withdrawn_on",
            "expires_on",
            "result",
            "producer",
            "acceptor",
            "sha256",
        ],
        Kind::Decision => &["gate", "outcome", "by", "date", "resume_on", "new_gate_date", "conditions"],
        Kind::Waiver => &["criterion", "approver", "date", "expires_on"],
        Kind::Risk => &[
            "category",
            "probability",
            "impact",
            "score",
            "inherent",
            "residual",
            "actions",
            "acceptance",
            "milestones",
            "raised_on",
            "status",
        ],
        Kind::Issue => &["severity", "milestones", "raised_on", "status"],
        Kind::Change => &["record", "field", "to", "approver", "date"],
        _ => &[],
    };
    fields.contains(&field)
}

/// Decisive fields that are lists: of two that disagree, all that either says weighs on the record.
const UNITED: [&str; 6] = ["proves", "supersedes", "conditions", "depends_on", "actions", "milestones"];

fn disagreement(kind: Kind, id: &Id, name: &str, first: &Value, second: &Value) -> Finding {
    let message =
        format!("`{name}` of {} `{id}` is `{}` here and `{}` elsewhere", kind.word(), short(second), short(first));
    let (label, other) = match is_decisive(kind, name) {
        true if UNITED.contains(&name) => ("used", "used as well"),
        true => ("not used", "not used either"),
        false => ("not used", "used, since it comes first"),
    };
    Finding::new("two-sided-fields-disagree", second.at(), message)
        .label(label)
        .related(first.at(), other)
        .help("write it in one place only")
        .about(id.as_str())
}

/// The words, cut where they go on for long.
fn short(value: &Value) -> String {
    let flat = value.flat();
    let mut letters = flat.chars();
    let start: String = letters.by_ref().take(40).collect();
    if letters.next().is_some() { format!("{}…", start.trim_end()) } else { start }
}

/// A value without what forms differ in: list separators, white space, a closing full stop.
fn plain(value: &Value) -> String {
    let flat = value.flat().replace([';', ',', '\n'], " ");
    flat.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches('.').to_string()
}

fn is_blank(value: &Value) -> bool {
    value.text().is_some_and(|text| words::is_nothing(&text.plain))
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && !words::is_nothing(text) && !words::is_placeholder(text)
}

fn extras(extras: Vec<(&str, Value)>) -> Vec<(String, String)> {
    extras.into_iter().map(|(key, value)| (key.to_string(), value.flat().into_owned())).collect()
}
