//! Records in YAML: one, a list, a map from ids, or lists under the names of kinds.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::finding::Finding;
use crate::reading::columns::{self, Around};
use crate::reading::entries::{Account, Entry, Location, Reader, Value};
use crate::reading::fields::{self, Field, Kind};
use crate::reading::vocabulary::Vocabulary;
use crate::reading::words::{is_listed, tables};
use crate::reading::{ids, near};
use crate::source::{Html, Span};
use crate::syntax::{Item, Node, Text, Tree};

impl<'a> Reader<'_, 'a> {
    /// `milestones: …`, `risks: …` at the top of a file. False where no key is a kind with records.
    pub(super) fn kinds_by_key(&mut self, node: &'a Node) -> bool {
        let Tree::Map(entries) = &node.tree else { return false };
        let holds_records = |value: &Node| matches!(value.tree, Tree::List(_) | Tree::Map(_));
        // A record may have fields that are called as kinds are; it has an id, too.
        let is_record = entries.iter().any(|(key, value)| key.plain == "id" && !holds_records(value));
        let holds = |(key, value): &(Text, Node)| Kind::named(&key.plain).is_some() && holds_records(value);
        if is_record || !entries.iter().any(holds) {
            return false;
        }
        let mut extras = Vec::new();
        for (key, value) in entries {
            match Kind::named(&key.plain) {
                Some(kind) => self.records(kind, value, format!("the key `{}`", key.plain)),
                None => {
                    self.findings.push(not_understood(key, "key"));
                    extras.push(key.plain.clone());
                }
            }
        }
        if !extras.is_empty() {
            let why = "keys beside the lists of records".to_string();
            let account = Account { at: node.at.clone(), kind: None, why, columns: Vec::new(), extras, records: 0 };
            self.reading.accounts.push(account);
        }
        true
    }

    /// A list of records, or a map from their ids.
    pub(super) fn records(&mut self, kind: Kind, node: &'a Node, why: String) {
        let mut keys = Keys::new(kind, why, node.at.clone(), self.next_list());
        match &node.tree {
            Tree::List(nodes) => {
                for record in nodes {
                    self.list_entry(&mut keys, record);
                }
            }
            Tree::Map(_) if super::is_one_record(kind, node, self.own) => self.list_entry(&mut keys, node),
            Tree::Map(entries) => {
                for (id, value) in entries {
                    self.map_entry(&mut keys, id, value);
                }
            }
            Tree::Scalar(text) => {
                let message = format!("`{}` is words, and should be a list of {}", text.plain, kind.folder());
                let help = format!("write one {} a line, each beginning with `- `", kind.word());
                self.findings.push(Finding::new("wrong-type", text.at.clone(), message).help(help));
            }
            Tree::Null => {}
        }
        self.reading.accounts.push(keys.account);
    }

    fn list_entry(&mut self, keys: &mut Keys<'a>, node: &'a Node) {
        match &node.tree {
            Tree::Map(entries) => {
                // `- M2: {…}`: a list of maps from one id each.
                if let [(id, value)] = entries.as_slice()
                    && self.own.field(keys.kind, &id.plain).is_none()
                {
                    self.map_entry(keys, id, value);
                    return;
                }
                let mut entry = keys.entry(node.at.clone());
                self.fill(keys, &mut entry, entries);
                self.push(keys, entry);
            }
            Tree::Scalar(text) => {
                let mut entry = keys.entry(node.at.clone());
                entry.fields.push((keys.kind.main_field(), Value::Text(Cow::Borrowed(text))));
                self.push(keys, entry);
            }
            Tree::List(_) => {
                let message = format!("a list stands where a {} should be", keys.kind.word());
                self.findings
                    .push(Finding::new("wrong-type", node.at.clone(), message).help("give it keys, such as `id`"));
            }
            Tree::Null => {}
        }
    }

    fn map_entry(&mut self, keys: &mut Keys<'a>, id: &'a Text, value: &'a Node) {
        let end = value.at.end.max(id.at.end);
        let mut entry = keys.entry(Span { path: id.at.path.clone(), start: id.at.start, end });
        entry.id = Some(Cow::Borrowed(id));
        match &value.tree {
            Tree::Map(entries) => self.fill(keys, &mut entry, entries),
            Tree::Scalar(text) => entry.fields.push((keys.kind.main_field(), Value::Text(Cow::Borrowed(text)))),
            Tree::Null => {}
            Tree::List(_) => {
                let message = format!("`{}` is a list, and should have keys of its own", id.plain);
                let help = format!("write the fields of the {} as keys", keys.kind.word());
                self.findings.push(Finding::new("wrong-type", value.at.clone(), message).help(help).about(&id.plain));
            }
        }
        self.push(keys, entry);
    }

    /// A file that is one record: its front matter or the whole of its YAML, and its body.
    pub(super) fn record_file(
        &mut self,
        kind: Kind,
        node: &'a Node,
        location: Location,
        narrative: Html,
        body: Vec<(&'static str, Value<'a>)>,
        why: &str,
    ) {
        let whole = Span::new(&node.at.path, 0, node.at.end as usize);
        let mut keys = Keys::new(kind, why.to_string(), whole.clone(), self.next_list());
        let mut entry = keys.entry(whole);
        if let Tree::Map(entries) = &node.tree {
            self.fill(&mut keys, &mut entry, entries);
        }
        self.finish_file(keys, entry, location, narrative, body);
    }

    /// A Markdown file without front matter that is one record.
    pub(super) fn bare_file(
        &mut self,
        kind: Kind,
        at: Span,
        location: Location,
        narrative: Html,
        body: Vec<(&'static str, Value<'a>)>,
        why: &str,
    ) {
        let keys = Keys::new(kind, why.to_string(), at.clone(), self.next_list());
        let entry = keys.entry(at);
        self.finish_file(keys, entry, location, narrative, body);
    }

    fn finish_file(
        &mut self,
        mut keys: Keys<'a>,
        mut entry: Entry<'a>,
        location: Location,
        narrative: Html,
        body: Vec<(&'static str, Value<'a>)>,
    ) {
        for (name, value) in body {
            if !entry.fields.iter().any(|(taken, _)| *taken == name) {
                entry.fields.push((name, value));
            }
        }
        entry.narrative = narrative;
        id_from_name(&mut entry);
        if entry.id.is_none() && looks_like_id(location.stem) {
            let path = &entry.at.path;
            entry.id = Some(Cow::Owned(Text::literal(location.stem, Span::file(path))));
        }
        self.push(&mut keys, entry);
        self.reading.accounts.push(keys.account);
    }

    /// A YAML file whose records say by their keys what they are.
    pub(super) fn guess(&mut self, node: &'a Node) {
        let first = match &node.tree {
            Tree::List(nodes) => nodes.first(),
            Tree::Map(entries) if entries.iter().all(|(_, value)| matches!(value.tree, Tree::Map(_))) => {
                entries.first().map(|(_, value)| value)
            }
            _ => Some(node),
        };
        let Some(Node { tree: Tree::Map(entries), .. }) = first else { return self.not_a_register(node) };
        let mut header: Vec<&str> = entries.iter().map(|(key, _)| key.plain.as_str()).collect();
        // The ids of a map are its keys.
        if matches!(node.tree, Tree::Map(_)) && !header.contains(&"id") {
            header.push("id");
        }
        match columns::understand(&header, Around::default(), self.own) {
            Some(columns) => self.records(columns.kind, node, columns.why),
            None if self.within(node) => {}
            None => self.not_a_register(node),
        }
    }

    /// Records under a key that is called otherwise (`phases: …`), or under the key of the programme
    /// (`project: {milestones: …}`). False where there are none.
    fn within(&mut self, node: &'a Node) -> bool {
        let Tree::Map(entries) = &node.tree else { return false };
        let mut found = false;
        let mut extras = Vec::new();
        for (key, value) in entries {
            let read = match &value.tree {
                Tree::Map(_) => self.kinds_by_key(value),
                Tree::List(nodes) => self.list_by_keys(&key.plain, value, nodes),
                Tree::Scalar(_) | Tree::Null => false,
            };
            found |= read;
            if !read {
                extras.push(key.plain.clone());
            }
        }
        if found && !extras.is_empty() {
            let why = "keys beside the lists of records".to_string();
            let account = Account { at: node.at.clone(), kind: None, why, columns: Vec::new(), extras, records: 0 };
            self.reading.accounts.push(account);
        }
        found
    }

    /// A list under a key that is no kind's, whose entries say by their keys what they are.
    fn list_by_keys(&mut self, key: &str, value: &'a Node, nodes: &'a [Node]) -> bool {
        let Some(Node { tree: Tree::Map(entries), .. }) = nodes.first() else { return false };
        let header: Vec<&str> = entries.iter().map(|(key, _)| key.plain.as_str()).collect();
        // The phases of a plan are its milestones.
        let step = fields::fold(key).trim_end_matches('s').to_string();
        let planned = header.iter().find(|key| {
            let field = self.own.field(Kind::Milestone, key);
            field.is_some_and(|field| matches!(field.name, "entry" | "exit" | "window"))
        });
        if let (true, Some(planned)) = (is_listed(tables::STEPS, &step), planned) {
            self.records(Kind::Milestone, value, format!("the key `{key}`, whose entries have {planned}"));
            return true;
        }
        let around = Around { kind: None, heading: key };
        let Some(columns) = columns::understand(&header, around, self.own) else { return false };
        self.records(columns.kind, value, format!("the key `{key}`, whose entries: {}", columns.why));
        true
    }

    fn not_a_register(&mut self, node: &'a Node) {
        let extras = match &node.tree {
            Tree::Map(entries) => entries.iter().map(|(key, _)| key.plain.clone()).collect(),
            _ => Vec::new(),
        };
        let why = "its keys are those of no kind of record".to_string();
        let account = Account { at: node.at.clone(), kind: None, why, columns: Vec::new(), extras, records: 0 };
        self.reading.accounts.push(account);
    }

    fn fill(&mut self, keys: &mut Keys<'a>, entry: &mut Entry<'a>, entries: &'a [(Text, Node)]) {
        let fields: Vec<_> = entries.iter().map(|(key, _)| self.own.field(keys.kind, &key.plain)).collect();
        for ((key, node), field) in entries.iter().zip(&fields) {
            let field = *field;
            // `kind: milestone` says what the record is; a review has a kind of its own.
            if key.plain == "kind"
                && let Tree::Scalar(text) = &node.tree
                && (field.is_none() || Kind::named(&text.plain) == Some(keys.kind))
            {
                continue;
            }
            let surer = field.and_then(|field| surer(key, field, entries, &fields));
            if let (Some(field), Some(surer)) = (field, surer) {
                let second = columns::second_meaning(keys.kind, field.name, &fields::fold(&key.plain));
                let is_free = |name: &&str| {
                    let by_its_name = fields.iter().flatten().any(|taken| taken.name == *name);
                    !by_its_name && !entry.fields.iter().any(|(taken, _)| taken == name)
                };
                match second.iter().copied().find(is_free) {
                    Some(name) => {
                        keys.column(&key.plain, name);
                        entry.fields.extend(Value::of(node).map(|value| (name, value)));
                    }
                    None => {
                        if keys.extra(&key.plain) {
                            self.findings.push(said_twice(key, surer));
                        }
                        entry.extras.extend(Value::of(node).map(|value| (key.plain.as_str(), value)));
                    }
                }
                continue;
            }
            let Some(field) = field else {
                if keys.extra(&key.plain) {
                    self.findings.push(unknown_key(keys.kind, key, self.own));
                }
                entry.extras.extend(Value::of(node).map(|value| (key.plain.as_str(), value)));
                continue;
            };
            keys.column(&key.plain, field.name);
            let Some(value) = Value::of(node) else { continue };
            match (field.name, &value) {
                ("id", Value::Text(text)) => entry.id = Some(text.clone()),
                _ => entry.fields.push((field.name, value)),
            }
        }
    }

    fn push(&mut self, keys: &mut Keys<'a>, mut entry: Entry<'a>) {
        id_from_name(&mut entry);
        keys.account.records += 1;
        self.reading.entries.push(entry);
    }
}

/// An id inside a name is the id.
pub(super) fn id_from_name(entry: &mut Entry) {
    let name = entry.kind.main_field();
    if !matches!(name, "name" | "title") {
        return;
    }
    let value = entry.fields.iter_mut().find(|(field, _)| *field == name);
    let Some((_, Value::Text(text))) = value else { return };
    let Some((id, rest)) = ids::in_name(text) else { return };
    if entry.id.as_ref().is_some_and(|known| known.plain != id.plain) {
        return;
    }
    let empty = rest.is_empty();
    *text = Cow::Owned(rest);
    entry.id.get_or_insert(Cow::Owned(id));
    // A name that is an id alone says nothing more.
    if empty {
        entry.fields.retain(|(field, _)| *field != name);
    }
}

/// `M2`, `R-07`: letters and a number, no white space.
pub(super) fn looks_like_id(stem: &str) -> bool {
    let letters = stem.chars().next().is_some_and(char::is_alphabetic);
    letters
        && stem.len() <= 24
        && stem.bytes().any(|byte| byte.is_ascii_digit())
        && stem.chars().all(|character| character.is_alphanumeric() || matches!(character, '-' | '_' | '.'))
}

/// A key that is no field: a slip of the pen, or an extra.
fn unknown_key(kind: Kind, key: &Text, own: &Vocabulary) -> Finding {
    match near::nearest(&key.plain, own.names(kind)) {
        Some(near) => Finding::new("unknown-key", key.at.clone(), format!("a {} has no `{}`", kind.word(), key.plain))
            .label("not a known key")
            .help(format!("did you mean `{near}`?"))
            .about(&key.plain),
        None => not_understood(key, "key"),
    }
}

/// The key of the record that says the same field more surely than `key` does: `title` beside `description`.
fn surer<'a>(
    key: &Text,
    field: &Field,
    entries: &'a [(Text, Node)],
    fields: &[Option<&'static Field>],
) -> Option<&'a Text> {
    // Of all that is said of visibility the strictest holds.
    if field.name == "visibility" {
        return None;
    }
    // The programme's own words are the surest, and have no rank.
    let rank = |key: &Text| field.rank(&fields::fold(&key.plain));
    let own = rank(key);
    let same = entries.iter().zip(fields).filter(|(_, other)| other.is_some_and(|other| other.name == field.name));
    let written = same.filter(|((_, value), _)| Value::of(value).is_some()).map(|((other, _), _)| other);
    written.filter(|other| rank(other) < own).min_by_key(|other| rank(other))
}

/// A key that is kept as it is, for another one has its field.
fn said_twice(key: &Text, surer: &Text) -> Finding {
    let message = format!("the key `{}` is kept as it is, for `{}` is taken to say the same", key.plain, surer.plain);
    Finding::new("column-not-understood", key.at.clone(), message)
        .help(format!("if `{}` is the one that counts, leave `{}` out", key.plain, surer.plain))
        .about(&key.plain)
}

/// A column or key that is kept as it is.
pub(super) fn not_understood(key: &Text, what: &str) -> Finding {
    let message = format!("the {what} `{}` is none that milepost uses, and is kept as it is", key.plain);
    Finding::new("column-not-understood", key.at.clone(), message)
        .help("nothing need be done; `milepost guide` lists the names that are used")
        .about(&key.plain)
}

/// The keys met in one list, and the account of them.
struct Keys<'a> {
    kind: Kind,
    list: usize,
    account: Account,
    seen: HashSet<&'a str>,
}

impl<'a> Keys<'a> {
    fn new(kind: Kind, why: String, at: Span, list: usize) -> Keys<'a> {
        let account = Account { at, kind: Some(kind), why, columns: Vec::new(), extras: Vec::new(), records: 0 };
        Keys { kind, list, account, seen: HashSet::new() }
    }

    fn entry(&self, at: Span) -> Entry<'a> {
        Entry {
            kind: self.kind,
            id: None,
            fields: Vec::new(),
            extras: Vec::new(),
            at,
            list: self.list,
            narrative: Html::default(),
        }
    }

    fn column(&mut self, key: &'a str, field: &'static str) {
        if self.seen.insert(key) {
            self.account.columns.push((key.to_string(), field));
        }
    }

    /// True where the key was not met before.
    fn extra(&mut self, key: &'a str) -> bool {
        let new = self.seen.insert(key);
        if new {
            self.account.extras.push(key.to_string());
        }
        new
    }
}

/// The items of a Markdown list as one value.
pub(super) fn items(items: &[Item]) -> Value<'_> {
    Value::Items(items.iter().collect())
}
