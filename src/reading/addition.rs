//! Where one more record goes: in the form that the most records of its kind have, with the next free id.
//!
//! What comes out is read again: a place that was not understood is given up for a file of its own.

mod written;

use std::sync::Arc;

use crate::reading::entries::{self, Account, Reading};
use crate::reading::fields::Kind;
use crate::reading::ids::{self, Numbering};
use crate::reading::vocabulary::Vocabulary;
use crate::source::{Inputs, Source};
use crate::syntax::{self, Block, Document, Node, Table, Text, Tree};

/// What is to be added.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    pub kind: Kind,
    /// What it is called; without it, a placeholder is.
    pub title: Option<&'a str>,
}

/// A file as it is with one more record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addition {
    /// As the paths of sources.
    pub path: String,
    pub is_new_file: bool,
    /// The whole text of the file.
    pub text: String,
    /// The byte at which the record begins.
    pub at: u32,
    pub id: String,
}

/// The form of a register: a place for one more record of a kind.
enum Form<'d> {
    Table {
        table: &'d Table,
        account: Account,
    },
    /// A YAML list or map from ids.
    Register(&'d Node),
    /// The last milestone that is a heading, and where it ends.
    Headings {
        level: u8,
        end: u32,
    },
    /// One file a record.
    Files {
        extension: String,
    },
}

struct Place<'d> {
    form: Form<'d>,
    path: Arc<str>,
    /// How many records of the kind stand there.
    count: usize,
}

/// One more record. `documents` are those of `inputs.sources`, in the same order.
pub fn of(record: &Record, inputs: &Inputs, documents: &[Document]) -> Addition {
    let own = Vocabulary::of(documents, &inputs.root, &mut Vec::new());
    let readings: Vec<Reading> =
        documents.iter().map(|document| entries::read(document, &inputs.root, &own, &mut Vec::new())).collect();
    let id = next_id(record.kind, &readings);
    let mut places: Vec<Place> = Vec::new();
    for (document, reading) in documents.iter().zip(&readings) {
        for account in reading.accounts.iter().filter(|account| account.kind == Some(record.kind)) {
            add_place(&mut places, record.kind, document, reading, account);
        }
    }
    // The first of the largest; parts of records that are named elsewhere are no register.
    places.sort_by_key(|place| std::cmp::Reverse(place.count));
    let place = places.first();
    if let Some(place) = place
        && let Some(source) = inputs.source(&place.path)
        && let Some(addition) = written::into(source, &place.form, record, &id)
        && is_understood(source, &addition, record.kind, &inputs.root, &own)
    {
        return addition;
    }
    let beside = place.and_then(|place| match &place.form {
        Form::Files { extension } => Some((place.path.rsplit_once('/').map_or("", |(folder, _)| folder), extension)),
        _ => None,
    });
    let folder = beside.map_or_else(|| format!("{}{}", inputs.root, record.kind.folder()), |(folder, _)| folder.into());
    let extension = beside.map_or("md", |(_, extension)| extension.as_str());
    let name = format!("{}.{extension}", ids::slug(&id));
    let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
    let inner = path.strip_prefix(&*inputs.root).unwrap_or(&path);
    let says_kind = inner.split_once('/').and_then(|(top, _)| Kind::named(top)) != Some(record.kind);
    let text = written::file(record, &id, extension, says_kind);
    Addition { path, is_new_file: true, text, at: 0, id }
}

/// One above the highest number of the kind, those counted in that have no id of their own.
fn next_id(kind: Kind, readings: &[Reading]) -> String {
    let entries = || readings.iter().flat_map(|reading| &reading.entries).filter(|entry| entry.kind == kind);
    let given = entries().filter_map(|entry| entry.id.as_ref().map(|id| id.plain.trim()));
    let mut numbering = Numbering::after(given, kind.prefix());
    for _ in entries().filter(|entry| entry.id.is_none()) {
        numbering.take();
    }
    numbering.take()
}

fn add_place<'d>(
    places: &mut Vec<Place<'d>>,
    kind: Kind,
    document: &'d Document,
    reading: &Reading,
    account: &Account,
) {
    let of_it = || reading.entries.iter().filter(|entry| entry.kind == kind && account.at.contains(&entry.at));
    let main = kind.main_field();
    let count = of_it().filter(|entry| entry.fields.iter().any(|(name, _)| *name == main)).count();
    if count == 0 && account.records > 0 {
        return;
    }
    // The only entry of a map from ids fills it, too; its id is where the map begins.
    let is_key = |id: &Text| id.at.start == account.at.start && id.at.end > id.at.start;
    let is_whole =
        of_it().any(|entry| entry.at == account.at && !entry.id.as_ref().is_some_and(|id| is_key(id.as_ref())));
    let Some(form) = form(document, account, is_whole) else { return };
    let folder = |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_string());
    let same = places.iter_mut().find(|place| match (&place.form, &form) {
        (Form::Files { extension }, Form::Files { extension: other }) => {
            extension == other && folder(&place.path) == folder(&document.path)
        }
        (Form::Headings { .. }, Form::Headings { .. }) => place.path == document.path,
        _ => false,
    });
    match same {
        Some(place) => {
            place.count += count;
            place.form = form;
        }
        None => places.push(Place { form, path: document.path.clone(), count }),
    }
}

fn form<'d>(document: &'d Document, account: &Account, is_whole: bool) -> Option<Form<'d>> {
    let (_, extension) = document.path.rsplit_once('.')?;
    let files = || Form::Files { extension: extension.to_string() };
    let is_yaml = extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml");
    if is_yaml {
        let node = document.data.as_ref().and_then(|root| register(root, account));
        return match node {
            Some(node) if !is_whole => Some(Form::Register(node)),
            _ => (is_whole && account.at.start == 0).then(files),
        };
    }
    for block in &document.blocks {
        match block {
            Block::Table(table) if table.at == account.at => {
                return Some(Form::Table { table, account: account.clone() });
            }
            Block::Heading { level, text, .. } if text.at.start == account.at.start => {
                return Some(Form::Headings { level: *level, end: account.at.end });
            }
            _ => {}
        }
    }
    is_whole.then(files)
}

/// The list or map of an account: the whole file, or the value of a key at its top.
fn register<'d>(root: &'d Node, account: &Account) -> Option<&'d Node> {
    if root.at == account.at {
        return Some(root);
    }
    let Tree::Map(entries) = &root.tree else { return None };
    entries.iter().map(|(_, value)| value).find(|value| value.at == account.at)
}

/// Is the file, read again, as it was and with the record?
fn is_understood(source: &Source, addition: &Addition, kind: Kind, root: &str, own: &Vocabulary) -> bool {
    let before = read(source, kind, root, own);
    let after = read(&Source { text: addition.text.as_str().into(), ..source.clone() }, kind, root, own);
    let mut left = after.clone();
    left.retain(|entry| entry.0.as_deref() != Some(&addition.id));
    after.len() == before.len() + 1 && left == before
}

/// Ids and kinds of all records of a file, and how many fields each has.
fn read(source: &Source, kind: Kind, root: &str, own: &Vocabulary) -> Vec<(Option<String>, bool, usize)> {
    let (document, _) = syntax::parse(source);
    let entries = entries::read(&document, root, own, &mut Vec::new()).entries;
    let entries = entries.iter().map(|entry| {
        let id = entry.id.as_ref().map(|id| id.plain.clone());
        (id, entry.kind == kind, entry.fields.len())
    });
    entries.collect()
}
