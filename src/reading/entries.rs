//! A document to entries: one for each row, file and YAML entry that is a record, or a part of one.
//!
//! The three forms come out alike: a kind, an id where there is one, values by field name. What the values mean is
//! for the model. Nothing is dropped: what is no field is an extra, what is no record is a piece of a narrative.

mod body;
mod cards;
mod headings;
mod labels;
mod listed;
mod loose;
mod rows;
mod tree;

use std::borrow::Cow;

use crate::finding::Finding;
use crate::reading::fields::{self, Kind, PROGRAMME};
use crate::reading::legend::Legend;
use crate::reading::near;
use crate::reading::vocabulary::Vocabulary;
use crate::source::{Html, Span, is_settings_name};
use crate::syntax::{Block, Document, Item, Node, Text, Tree};

/// What was read from one document.
#[derive(Debug, Default)]
pub struct Reading<'a> {
    pub entries: Vec<Entry<'a>>,
    pub accounts: Vec<Account>,
    /// The body as a page, tables in place; empty where the file says no more than its records.
    pub pieces: Vec<Piece<'a>>,
    pub title: Option<&'a Text>,
    /// The map of `programme.yaml`.
    pub settings: Option<&'a Node>,
    /// What the file says of its marks.
    pub legend: Legend,
}

/// One record, or a part of one.
#[derive(Debug)]
pub struct Entry<'a> {
    pub kind: Kind,
    pub id: Option<Cow<'a, Text>>,
    /// By field name, in the author's order; no value is empty.
    pub fields: Vec<(&'static str, Value<'a>)>,
    pub extras: Vec<(&'a str, Value<'a>)>,
    pub at: Span,
    /// Which table or list of the document it stands in; an id is once in each.
    pub list: usize,
    /// The body of its own file or section.
    pub narrative: Html,
}

/// A value as it was written.
#[derive(Debug, Clone)]
pub enum Value<'a> {
    /// A cell, a scalar, a line.
    Text(Cow<'a, Text>),
    /// A YAML list or map.
    Node(&'a Node),
    /// The items of Markdown lists.
    Items(Vec<&'a Item>),
    /// What stands in several places, in their order.
    Several(Vec<Value<'a>>),
    /// What disagrees, given twice where one is asked for: no text can be read of it, but a list is all of them.
    Disputed(Vec<Value<'a>>),
}

/// What a table, list or file was taken for.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    pub at: Span,
    pub kind: Option<Kind>,
    pub why: String,
    /// Author's column or key → field.
    pub columns: Vec<(String, &'static str)>,
    pub extras: Vec<String>,
    pub records: usize,
}

/// A part of a narrative. Entries are named by their position in `Reading::entries`.
#[derive(Debug)]
pub enum Piece<'a> {
    Prose(&'a Html),
    Table { header: &'a [Text], rows: Vec<(&'a [Text], Option<usize>)> },
    Records(Vec<(&'a str, Option<usize>)>),
}

impl<'a> Value<'a> {
    /// A YAML value; None where it is empty.
    pub fn of(node: &'a Node) -> Option<Value<'a>> {
        match &node.tree {
            Tree::Null => None,
            Tree::Scalar(text) if text.is_empty() => None,
            Tree::Scalar(text) => Some(Value::Text(Cow::Borrowed(text))),
            Tree::List(_) | Tree::Map(_) => Some(Value::Node(node)),
        }
    }

    pub fn at(&self) -> Span {
        match self {
            Value::Text(text) => text.at.clone(),
            Value::Node(node) => node.at.clone(),
            Value::Items(items) => items.first().map_or_else(Span::nowhere, |item| item.text.at.clone()),
            Value::Several(values) | Value::Disputed(values) => values.first().map_or_else(Span::nowhere, Value::at),
        }
    }

    /// The words of a value that is one text.
    pub fn text(&self) -> Option<&Text> {
        match self {
            Value::Text(text) => Some(text),
            Value::Node(_) | Value::Items(_) | Value::Several(_) | Value::Disputed(_) => None,
        }
    }

    /// All its words in one line, to compare and to show.
    pub fn flat(&self) -> Cow<'_, str> {
        match self {
            Value::Text(text) => Cow::Borrowed(text.plain.trim()),
            Value::Node(node) => Cow::Owned(flat(node)),
            Value::Items(items) => {
                let texts: Vec<&str> = items.iter().map(|item| item.text.plain.trim()).collect();
                Cow::Owned(texts.join("; "))
            }
            Value::Several(values) | Value::Disputed(values) => {
                let texts: Vec<Cow<str>> = values.iter().map(Value::flat).collect();
                Cow::Owned(texts.join("; "))
            }
        }
    }
}

fn flat(node: &Node) -> String {
    match &node.tree {
        Tree::Null => String::new(),
        Tree::Scalar(text) => text.plain.trim().to_string(),
        Tree::List(nodes) => nodes.iter().map(flat).collect::<Vec<_>>().join("; "),
        Tree::Map(entries) => {
            let pairs = entries.iter().map(|(key, value)| format!("{}: {}", key.plain, flat(value)));
            pairs.collect::<Vec<_>>().join("; ")
        }
    }
}

/// What the path of a file says of it.
#[derive(Debug, Clone, Copy)]
struct Location<'a> {
    /// The kind that its folder names.
    folder: Option<Kind>,
    /// The kind that its own name names (`risks.yaml`).
    named: Option<Kind>,
    stem: &'a str,
    is_settings: bool,
}

impl<'a> Location<'a> {
    fn of(path: &'a str, root: &str) -> Location<'a> {
        let inner = path.strip_prefix(root).unwrap_or(path).trim_start_matches('/');
        let (folders, name) = inner.rsplit_once('/').unwrap_or(("", inner));
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let folder = folders.split('/').next().filter(|folder| !folder.is_empty());
        let is_settings = folders.is_empty() && is_settings_name(name);
        Location { folder: folder.and_then(Kind::named), named: Kind::named(stem), stem, is_settings }
    }

    /// Is the file an entrance to its folder, and no record?
    fn is_index(&self) -> bool {
        matches!(self.stem.to_lowercase().as_str(), "readme" | "index" | "_index") || self.named.is_some()
    }
}

/// Takes one document apart. `root` is what paths begin with: the content root. Findings: `unknown-key`,
/// `column-not-understood`, `unknown-value` (of `kind:`), `wrong-type`.
pub fn read<'a>(document: &'a Document, root: &str, own: &Vocabulary, findings: &mut Vec<Finding>) -> Reading<'a> {
    let location = Location::of(&document.path, root);
    let mut reading = Reading::default();
    let mut reader = Reader { reading: &mut reading, findings, own, lists: 0 };
    if location.is_settings {
        reader.settings(document);
    } else if is_yaml(&document.path) {
        reader.yaml_file(document, location);
    } else {
        reader.markdown_file(document, location);
    }
    reading
}

/// What the document says as `programme.yaml`, if it is one.
pub fn settings<'a>(document: &'a Document, root: &str) -> Option<&'a Node> {
    document.data.as_ref().filter(|_| is_settings(&document.path, root))
}

/// Is this the name of the file of settings?
pub fn is_settings(path: &str, root: &str) -> bool {
    Location::of(path, root).is_settings
}

fn is_yaml(path: &str) -> bool {
    let extension = path.rsplit('.').next().unwrap_or_default();
    extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml")
}

/// What reading one document adds to.
struct Reader<'r, 'a> {
    reading: &'r mut Reading<'a>,
    findings: &'r mut Vec<Finding>,
    own: &'r Vocabulary,
    /// How many tables and lists were met so far.
    lists: usize,
}

impl<'a> Reader<'_, 'a> {
    fn next_list(&mut self) -> usize {
        self.lists += 1;
        self.lists
    }

    fn settings(&mut self, document: &'a Document) {
        let Some(node) = &document.data else { return };
        self.reading.settings = Some(node);
        let Tree::Map(entries) = &node.tree else { return };
        for (key, value) in entries {
            if fields::find(PROGRAMME, &key.plain).is_none()
                && let Some(kind) = Kind::named(&key.plain)
            {
                self.records(kind, value, format!("the key `{}`", key.plain));
            }
        }
    }

    fn yaml_file(&mut self, document: &'a Document, location: Location) {
        let Some(node) = &document.data else { return };
        self.reading.title = None;
        if let Some(kind) = self.kind_key(node, location.folder) {
            self.record_file(kind, node, location, Html::default(), Vec::new(), "the key `kind`");
            return;
        }
        if let Some(kind) = location.folder {
            self.yaml_of_kind(kind, node, location, &format!("the folder `{}`", kind.folder()));
            return;
        }
        if self.kinds_by_key(node) {
            return;
        }
        match location.named {
            Some(kind) => self.yaml_of_kind(kind, node, location, &format!("the file is named `{}`", location.stem)),
            None => self.guess(node),
        }
    }

    /// One record, a list or a map from ids, where the kind is known.
    fn yaml_of_kind(&mut self, kind: Kind, node: &'a Node, location: Location, why: &str) {
        if is_one_record(kind, node, self.own) {
            self.record_file(kind, node, location, Html::default(), Vec::new(), why);
        } else if !self.kinds_by_key(node) {
            self.records(kind, node, why.to_string());
        }
    }

    fn markdown_file(&mut self, document: &'a Document, location: Location) {
        self.reading.title = document.blocks.iter().find_map(|block| match block {
            Block::Heading { level: 1, text, .. } => Some(text),
            _ => None,
        });
        self.legend(&document.blocks);
        let front = document.data.as_ref();
        let said = front.and_then(|front| self.kind_key(front, location.folder));
        let why = if said.is_some() { "the key `kind`".to_string() } else { String::new() };
        let why =
            location.folder.filter(|_| said.is_none()).map_or(why, |kind| format!("the folder `{}`", kind.folder()));
        let kind = said.or(location.folder);
        match kind {
            Some(kind) if self.is_record_file(document, kind, location) => {
                self.markdown_record(document, kind, location, &why)
            }
            _ => self.body(&document.blocks, kind.map(|kind| (kind, why.as_str()))),
        }
    }

    /// Is a Markdown file one record? With front matter of the kind it is; without, where it holds no register.
    fn is_record_file(&self, document: &Document, kind: Kind, location: Location) -> bool {
        let keyed = document.data.as_ref().is_some_and(|front| {
            let Tree::Map(entries) = &front.tree else { return false };
            entries.iter().any(|(key, _)| key.plain != "kind" && self.own.field(kind, &key.plain).is_some())
        });
        if keyed {
            return true;
        }
        let holds_register = document.blocks.iter().any(|block| match block {
            Block::Table(table) => rows::columns(table, Some((kind, "")), "", self.own).is_some(),
            _ => false,
        });
        !holds_register && !location.is_index() && !document.blocks.is_empty()
    }

    fn legend(&mut self, blocks: &[Block]) {
        let legend = Legend::of(blocks);
        if let Some(at) = legend.at.clone() {
            let (mut columns, mut extras) = (Vec::new(), Vec::new());
            for (mark, said, taken) in legend.taken_for() {
                match taken {
                    Some(taken) => columns.push((format!("{mark} {said}"), taken)),
                    None => extras.push(format!("{mark} {said}")),
                }
            }
            let why = "it says what marks mean in this file".to_string();
            self.reading.accounts.push(Account { at, kind: None, why, columns, extras, records: 0 });
        }
        self.reading.legend = legend;
    }

    /// The kind that a `kind:` key names.
    fn kind_key(&mut self, node: &'a Node, folder: Option<Kind>) -> Option<Kind> {
        let value = node.get("kind")?;
        let Tree::Scalar(text) = &value.tree else { return None };
        let kind = Kind::named(&text.plain);
        // A review has a kind of its own, and pages are no records.
        if kind.is_none()
            && folder != Some(Kind::Review)
            && !matches!(fields::fold(&text.plain).as_str(), "page" | "pages")
        {
            let words = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Condition).map(Kind::word);
            let near = near::nearest(&text.plain, words.clone());
            let allowed = words.collect::<Vec<_>>().join(", ");
            let help = near.map_or(format!("write one of {allowed}"), |near| format!("did you mean `{near}`?"));
            let message = format!("`{}` is no kind of record", text.plain);
            self.findings.push(Finding::new("unknown-value", text.at.clone(), message).help(help));
        }
        kind
    }
}

/// Is a YAML map one record of a kind, and not a map from ids? It is where a key is a field with a value that is not a map.
fn is_one_record(kind: Kind, node: &Node, own: &Vocabulary) -> bool {
    let Tree::Map(entries) = &node.tree else { return false };
    entries
        .iter()
        .any(|(key, value)| own.field(kind, &key.plain).is_some() && !matches!(value.tree, Tree::Map(_) | Tree::Null))
}

#[cfg(test)]
mod tests;
