//! Records written as headings: milestones with their criteria under them, risks with their impact and response.

use std::borrow::Cow;

use crate::reading::entries::labels::{self, Labelled};
use crate::reading::entries::{Account, Entry, Value};
use crate::reading::fields::{self, Kind};
use crate::reading::ids;
use crate::reading::vocabulary::Vocabulary;
use crate::reading::windows::{self, Notation};
use crate::reading::words::{self, is_listed, tables};
use crate::source::{Html, Span};
use crate::syntax::{Block, Item, MarkKind, Text, body};

/// A heading that is a record, and what stands under it up to the next heading of its level.
pub(super) struct Section<'a> {
    pub kind: Kind,
    pub title: &'a Text,
    why: String,
    id: Option<Text>,
    name: Text,
    labelled: Labelled<'a>,
    /// How many blocks follow the heading.
    pub length: usize,
    end: u32,
}

/// A heading that heads a list of records: "Milestones", "Key risks and mitigations".
#[derive(Debug, Clone, Copy)]
pub(super) struct Listing<'a> {
    pub kind: Kind,
    pub title: &'a Text,
    /// Its own level, and that of the headings right under it.
    pub level: u8,
    below: Option<u8>,
    /// Whether those are numbered, or all of them head task boxes.
    numbered: bool,
    boxed: bool,
    /// A table stands under it: what is beside that are notes on it.
    pub tabled: bool,
    /// "… and mitigations": what stands behind a risk is its response.
    pub answers: bool,
}

/// The depth of a bold line of its own that heads what follows it.
pub(super) const BOLD_LINE: u8 = 7;

/// The level and the words of a heading, or of a bold line that stands for one.
pub(super) fn heading(block: &Block) -> Option<(u8, &Text)> {
    match block {
        Block::Heading { level, text, .. } => Some((*level, text)),
        Block::Paragraph { text, .. } if is_bold(text) && record_number(text).is_some() => Some((BOLD_LINE, text)),
        _ => None,
    }
}

pub(super) fn is_bold(text: &Text) -> bool {
    text.marks.iter().any(|mark| mark.kind == MarkKind::Strong && mark.range == (0..text.plain.len()))
}

/// Does this heading head a list of records, and how are they headed?
pub(super) fn listing<'a>(level: u8, title: &'a Text, after: &'a [Block]) -> Option<Listing<'a>> {
    let folded = fields::fold(&title.plain);
    let (mut kind, mut answers) = (None, false);
    for word in folded.split(' ') {
        answers |= is_listed(tables::ANSWERS, word);
        if let Some(named) = Kind::named(word) {
            if kind.is_some_and(|kind| kind != named) {
                return None;
            }
            kind = Some(named);
        } else if !is_listed(tables::LISTING_FILLERS, word)
            && !is_listed(tables::ANSWERS, word)
            && !word.bytes().all(|byte| byte.is_ascii_digit())
        {
            return None;
        }
    }
    let kind = kind.filter(|kind| matches!(kind, Kind::Milestone | Kind::Risk | Kind::Evidence))?;
    let inside = &after[..length(level, after)];
    let below = inside.iter().find_map(|block| match block {
        Block::Heading { level, .. } => Some(*level),
        _ => None,
    });
    let headings = inside.iter().enumerate().filter_map(|(index, block)| match block {
        Block::Heading { level, text, .. } if Some(*level) == below => Some((text, &inside[index + 1..])),
        _ => None,
    });
    let headings: Vec<(&Text, &[Block])> = headings.collect();
    let numbered = headings.iter().filter(|(text, _)| ordinal(text).is_some()).count() >= LEAST_LISTED;
    let boxed = headings.len() >= LEAST_LISTED
        && headings.iter().all(|(_, after)| {
            let inside = &after[..length(below.unwrap_or(level), after)];
            inside.iter().any(|block| matches!(block, Block::List { items, .. } if is_boxed(items)))
        });
    let tabled = inside.iter().any(|block| matches!(block, Block::Table(_)));
    Some(Listing { kind, title, level, below, numbered, boxed, tabled, answers })
}

/// How many blocks stand under a heading of this level.
fn length(level: u8, after: &[Block]) -> usize {
    let ends = |block: &Block| heading(block).is_some_and(|(other, _)| other <= level);
    after.iter().position(ends).unwrap_or(after.len())
}

/// Is every item of a list a task box?
fn is_boxed(items: &[Item]) -> bool {
    !items.is_empty() && items.iter().all(|item| item.ticked.is_some())
}

/// Is this heading a record? `Milestone 2: …` and `Risk 2: …` are; `M2 – …`, `Phase 2 – …` and `R2 – …` are where
/// criteria, a window or an assessment stand under them; under "Milestones" so are numbered headings, and those that
/// all head task boxes.
pub(super) fn section<'a>(
    level: u8,
    title: &'a Text,
    after: &'a [Block],
    listing: Option<&Listing>,
    wanted: Option<Kind>,
    own: &Vocabulary,
) -> Option<Section<'a>> {
    let length = length(level, after);
    let blocks: Vec<&Block> = after[..length].iter().collect();
    // A heading over records of their own is no record.
    let groups = blocks.iter().any(|block| heading(block).is_some_and(|(_, text)| record_number(text).is_some()));
    let listing = listing.filter(|listing| listing.below == Some(level) && !groups);
    // A record with a number of its own is not a part of the one above it.
    let of_it = |block: &&Block| heading(block).is_none_or(|(_, text)| record_number(text).is_none());
    let length = blocks.iter().take_while(|block| of_it(block)).count();
    let blocks = &blocks[..length];
    let mut candidates = candidates(level, title, listing);
    candidates.retain(|candidate| wanted.is_none_or(|wanted| wanted == candidate.kind));
    candidates.into_iter().find_map(|candidate| {
        let mut labelled = labels::read(candidate.kind, blocks, own);
        if !candidate.wants.is_empty() && !labelled.has(candidate.wants) {
            return None;
        }
        if candidate.kind == Kind::Milestone && !labelled.has(&["exit"]) {
            take_boxes(&mut labelled);
        }
        let why = match candidate.below {
            Some(above) => format!("the heading `{}` under `{}`", title.plain, above.plain.trim()),
            None => format!("the heading `{}`", title.plain),
        };
        let end = after[..length].last().map_or(title.at.end, |block| at(block).end);
        let (id, name) = (candidate.id, candidate.name);
        Some(Section { kind: candidate.kind, title, why, id, name, labelled, length, end })
    })
}

/// What a heading may be, and the fields of which it must have one to be it.
struct Candidate<'l> {
    kind: Kind,
    id: Option<Text>,
    name: Text,
    wants: &'static [&'static str],
    below: Option<&'l Text>,
}

fn candidates<'l>(level: u8, title: &Text, listing: Option<&Listing<'l>>) -> Vec<Candidate<'l>> {
    let mut found = Vec::new();
    let mut add = |kind, id, name, wants, below| found.push(Candidate { kind, id, name, wants, below });
    if let Some((kind, id, name)) = record_number(title) {
        // What is no milestone and no risk has a word for its kind in many headings that are none.
        let wants: &[&str] = if matches!(kind, Kind::Milestone | Kind::Risk) { &[] } else { CONCERNED };
        add(kind, Some(id), name, wants, None);
        return found;
    }
    // The first heading names the document, and the plan of a phase is not that phase.
    if let Some((id, name)) = step_number(title).filter(|_| level > 1) {
        add(Kind::Milestone, Some(id), name, &["entry", "exit"], None);
    }
    if let Some((id, name)) = ids::in_name(title) {
        if id.plain.starts_with(['R', 'r']) {
            add(Kind::Risk, Some(id.clone()), name.clone(), ASSESSED, None);
        }
        add(Kind::Milestone, Some(id), name, &["entry", "exit", "window"], None);
    }
    if let Some(listing) = listing.filter(|listing| listing.kind != Kind::Evidence) {
        let number = ordinal(title);
        let (wants, listed): (&[&str], bool) = match listing.kind {
            Kind::Milestone if listing.numbered => (&[], number.is_some()),
            Kind::Milestone if listing.boxed => (&[], true),
            Kind::Milestone => (&["entry", "exit", "window"], true),
            _ => (ASSESSED, true),
        };
        if listed {
            let name = number.unwrap_or_else(|| title.clone());
            let (id, name) = ids::in_name(&name).map_or((None, name), |(id, name)| (Some(id), name));
            add(listing.kind, id, name, wants, Some(listing.title));
        }
    }
    found
}

/// Task boxes without a label under a milestone are what must be done before it is reached.
fn take_boxes(labelled: &mut Labelled) {
    let boxed = |block: &&Block| matches!(block, Block::List { items, .. } if is_boxed(items));
    let mut found = Vec::new();
    labelled.rest.retain(|block| {
        if let (true, Block::List { items, .. }) = (boxed(block), block) {
            found.extend(items);
            return false;
        }
        true
    });
    if !found.is_empty() {
        labelled.columns.push(("task boxes".to_string(), "exit"));
        labelled.fields.push(("exit", Value::Items(found)));
    }
}

impl<'a> Section<'a> {
    /// The lists under it that a label calls evidence, each with its label.
    pub(super) fn take_evidence(&mut self) -> Vec<(&'a Text, &'a [Item])> {
        let mut found = Vec::new();
        let mut rest = Vec::with_capacity(self.labelled.rest.len());
        let mut blocks = std::mem::take(&mut self.labelled.rest).into_iter().peekable();
        while let Some(block) = blocks.next() {
            if let Block::Heading { text, .. } | Block::Paragraph { text, .. } = block
                && is_listed(tables::EVIDENCE_LABELS, &fields::fold(labels::words_of(text)))
                && let Some(Block::List { items, .. }) = blocks.peek()
            {
                found.push((text, items.as_slice()));
                blocks.next();
                continue;
            }
            rest.push(block);
        }
        self.labelled.rest = rest;
        found
    }

    /// What a label beside its fields calls evidence: a text, or a list under it.
    pub(super) fn take_labelled_evidence(&mut self) -> Vec<(&'a str, Value<'a>)> {
        let is_evidence = |label: &str| is_listed(tables::EVIDENCE_LABELS, &fields::fold(label));
        let (found, rest) =
            std::mem::take(&mut self.labelled.extras).into_iter().partition(|(label, _)| is_evidence(label));
        self.labelled.extras = rest;
        found
    }

    /// The tables that a register may be; the others stay among its words.
    pub(super) fn take_tables(
        &mut self,
        is_register: impl Fn(&crate::syntax::Table) -> bool,
    ) -> Vec<&'a crate::syntax::Table> {
        let mut registers = Vec::new();
        self.labelled.rest.retain(|block| match block {
            Block::Table(table) if is_register(table) => {
                registers.push(table);
                false
            }
            _ => true,
        });
        registers
    }

    pub(super) fn into_entry(self, list: usize) -> (Entry<'a>, Account) {
        let at = Span { path: self.title.at.path.clone(), start: self.title.at.start, end: self.end };
        let Labelled { mut fields, columns, extras, rest } = self.labelled;
        let account = Account {
            at: at.clone(),
            kind: Some(self.kind),
            why: self.why,
            columns,
            extras: extras.iter().map(|(label, _)| label.to_string()).collect(),
            records: 1,
        };
        let mut id = self.id.map(Cow::Owned);
        let own = fields.iter().position(|(name, _)| *name == "id").map(|position| fields.remove(position));
        if let (None, Some((_, Value::Text(own)))) = (&id, own) {
            id = Some(own);
        }
        let (name, status) = match self.kind {
            Kind::Milestone => without_status(self.name),
            _ => (self.name, None),
        };
        let (name, window) = match self.kind {
            Kind::Milestone if !fields.iter().any(|(name, _)| *name == "window") => without_window(name),
            _ => (name, None),
        };
        fields.extend(window.map(|window| ("window", Value::Text(Cow::Owned(window)))));
        if !name.is_empty() {
            let main = self.kind.main_field();
            if let Some(said) = fields.iter_mut().find(|(field, _)| *field == main) {
                said.0 = labels::second(self.kind, main);
            }
            fields.insert(0, (main, Value::Text(Cow::Owned(name))));
        }
        if let Some(status) = status
            && !fields.iter().any(|(name, _)| *name == "declared")
        {
            fields.push(("declared", Value::Text(Cow::Owned(status))));
        }
        let narrative = if rest.is_empty() { Html::default() } else { body::html(rest) };
        (Entry { kind: self.kind, id, fields, extras, at, list, narrative }, account)
    }
}

/// `Beta · IN PROGRESS` → `Beta`, and the status that somebody says.
fn without_status(name: Text) -> (Text, Option<Text>) {
    let divider =
        [" · ", " — ", " – ", " | "].iter().filter_map(|sign| name.plain.rfind(sign).map(|at| (at, sign.len())));
    let Some((at, length)) = divider.max() else { return (name, None) };
    if words::status(&name.plain[at + length..]).is_none() {
        return (name, None);
    }
    let status = name.slice(at + length..name.plain.len());
    (name.slice(0..at), Some(status))
}

/// `Beta (Weeks 3–4)`, `Beta (Target: Q3 2026)` → `Beta`, and its window.
fn without_window(name: Text) -> (Text, Option<Text>) {
    let Some((open, inner)) =
        name.plain.strip_suffix(')').and_then(|inner| inner.rfind('(').map(|open| (open, &inner[open + 1..])))
    else {
        return (name, None);
    };
    let labelled = inner
        .split_once(':')
        .filter(|(label, _)| fields::find(Kind::Milestone.fields(), label).is_some_and(|field| field.name == "window"));
    let words = labelled.map_or(inner, |(_, words)| words);
    if open == 0
        || !matches!(windows::read(words, windows::Habits::default()), Some(notation) if notation != Notation::Open)
    {
        return (name, None);
    }
    let end = name.plain.len() - 1;
    let window = name.slice(end - words.len()..end);
    (name.slice(0..open), Some(window))
}

/// `Milestone 2: Beta` → `M2`, `Beta`; `Risk 1: …` → `R1`; `RISK-001: …` → `RISK-001`.
fn record_number(title: &Text) -> Option<(Kind, Text, Text)> {
    if let Some((id, name)) = ids::in_name(title) {
        let letters = id.plain.split(|letter: char| !letter.is_alphabetic()).next()?.to_lowercase();
        let kind = tables::ID_WORDS.iter().find(|(_, words)| is_listed(words, &letters)).map(|(kind, _)| *kind)?;
        return Some((kind, id, name));
    }
    let plain = &title.plain;
    let word = plain.split_whitespace().next()?;
    let kind = Kind::named(word).filter(|kind| matches!(kind, Kind::Milestone | Kind::Risk))?;
    let (number, rest) = number_after(title, word)?;
    let text = &title.plain[number.clone()];
    let bare = text.bytes().all(|byte| byte.is_ascii_digit());
    let id = if bare { format!("{}{text}", kind.prefix()) } else { text.to_string() };
    Some((kind, Text::literal(id, title.span(plain.find(word)?..number.end)), rest))
}

/// `Phase 2 – Beta` → `Phase 2`, `Beta`.
fn step_number(title: &Text) -> Option<(Text, Text)> {
    let word = title.plain.split_whitespace().next()?;
    if !is_listed(tables::STEPS, &fields::fold(word)) {
        return None;
    }
    let (number, rest) = number_after(title, word)?;
    Some((title.slice(title.plain.find(word)?..number.end), rest))
}

/// The number behind the first word of a heading, and what follows it.
fn number_after(title: &Text, word: &str) -> Option<(std::ops::Range<usize>, Text)> {
    let plain = &title.plain;
    let start = plain.find(word)? + word.len();
    let after = plain[start..].trim_start_matches([' ', '#', '\u{a0}']);
    let start = plain.len() - after.len();
    let length =
        after.find(|letter: char| !letter.is_alphanumeric() && letter != '.' && letter != '-').unwrap_or(after.len());
    let number = after[..length].trim_end_matches(['.', '-']);
    if !number.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let end = start + number.len();
    let rest = plain[end..].trim_start_matches([' ', ':', '.', '-', '–', '—', ')']);
    Some((start..end, title.slice(plain.len() - rest.len()..plain.len())))
}

/// `2. Beta`, `2) Beta` → `Beta`.
fn ordinal(title: &Text) -> Option<Text> {
    let plain = &title.plain;
    let digits = plain.bytes().take_while(u8::is_ascii_digit).count();
    let rest = plain[digits..].strip_prefix(['.', ')'])?;
    let numbered = (1..=2).contains(&digits) && rest.starts_with(char::is_whitespace) && !rest.trim().is_empty();
    numbered.then(|| title.slice(plain.len() - rest.len()..plain.len()))
}

pub(super) fn at(block: &Block) -> &Span {
    match block {
        Block::Heading { text, .. } | Block::Paragraph { text, .. } => &text.at,
        Block::List { at, .. } | Block::Other { at, .. } => at,
        Block::Table(table) => &table.at,
    }
}

/// Headings under "Milestones" that are needed to see a list in them.
const LEAST_LISTED: usize = 2;
/// What is said of a risk and of little else.
const ASSESSED: &[&str] = &["probability", "impact", "effect", "response"];
/// What is said of an issue, an assumption or a dependency.
const CONCERNED: &[&str] = &["owner", "status", "severity", "due", "raised_on", "resolution"];
