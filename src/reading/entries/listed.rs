//! Risks and evidence written as the items of a list, or as lines, under a heading that names them.

use std::borrow::Cow;
use std::ops::Range;

use crate::reading::entries::headings::Listing;
use crate::reading::entries::labels::{self, Labelled};
use crate::reading::entries::rows;
use crate::reading::entries::tree::id_from_name;
use crate::reading::entries::{Account, Entry, Piece, Reader, Value};
use crate::reading::fields::{self, Kind};
use crate::reading::vocabulary::Vocabulary;
use crate::reading::{ids, words};
use crate::source::{Html, Span};
use crate::syntax::{Block, Item, Mark, MarkKind, Text, body};

impl<'a> Reader<'_, 'a> {
    /// A list right under a heading that names risks or evidence. None where its items are neither.
    pub(super) fn record_list(&mut self, items: &'a [Item], listing: &Listing, at: &Span) -> Option<Piece<'a>> {
        match listing.kind {
            Kind::Evidence => {
                let why = format!("a list under the heading `{}`", words(listing));
                Some(self.evidence_list(items, why, at))
            }
            _ => self.risk_list(items, listing, at),
        }
    }

    /// A list of what is shown; a link or a path is also where it is.
    pub(super) fn evidence_list(&mut self, items: &'a [Item], why: String, at: &Span) -> Piece<'a> {
        let list = self.next_list();
        let shown = |item: &'a Item| {
            let entry = shown(Cow::Borrowed(&item.text), &item.children, item.at.clone(), list);
            (item.text.plain.as_str(), entry)
        };
        self.keep(Kind::Evidence, items.iter().map(shown).collect(), why, at)
    }

    /// Evidence behind a label: each item of a list, or the text.
    pub(super) fn labelled_evidence(&mut self, value: Value<'a>, why: String) {
        let (list, at) = (self.next_list(), value.at());
        let mut found = Vec::new();
        match value {
            Value::Text(text) => found.push(shown(text, &[], at.clone(), list)),
            Value::Items(items) => {
                let items = items.into_iter();
                found.extend(items.map(|item| shown(Cow::Borrowed(&item.text), &item.children, item.at.clone(), list)));
            }
            Value::Node(_) | Value::Several(_) | Value::Disputed(_) => {}
        }
        found.retain(|entry| rows::says(entry, "title"));
        let records = found.len();
        self.reading.entries.extend(found);
        let (columns, extras) = (Vec::new(), Vec::new());
        self.reading.accounts.push(Account { at, kind: Some(Kind::Evidence), why, columns, extras, records });
    }

    fn risk_list(&mut self, items: &'a [Item], listing: &Listing, at: &Span) -> Option<Piece<'a>> {
        if listing.kind != Kind::Risk || items.iter().any(|item| says_something_else(&item.text)) {
            return None;
        }
        let (list, own) = (self.next_list(), self.own);
        let entry = |item: &'a Item| of_words(&item.text, &item.children, item.at.clone(), listing.answers, list, own);
        let items = items.iter().map(|item| (item.text.plain.as_str(), entry(item)));
        Some(self.keep(Kind::Risk, items.collect(), format!("a list under the heading `{}`", words(listing)), at))
    }

    /// A paragraph right under a heading that names risks, one a line. None where its lines are those of prose.
    pub(super) fn risk_lines(&mut self, text: &'a Text, listing: &Listing) -> Option<Piece<'a>> {
        let lines = lines_by_hand(text).filter(|_| listing.kind == Kind::Risk)?;
        let (list, own) = (self.next_list(), self.own);
        let entry = |line: &Text| of_words(line, &[], line.at.clone(), listing.answers, list, own);
        let lines = lines.into_iter().map(|line| (text.plain[line.clone()].trim(), entry(&text.slice(line))));
        Some(self.keep(Kind::Risk, lines.collect(), format!("lines under the heading `{}`", words(listing)), &text.at))
    }

    fn keep(&mut self, kind: Kind, found: Vec<(&'a str, Entry<'a>)>, why: String, at: &Span) -> Piece<'a> {
        let mut records = Vec::with_capacity(found.len());
        let mut count = 0;
        for (words, entry) in found {
            let says = !words::is_nothing(words) && !words::is_placeholder(words);
            records.push((words, says.then_some(self.reading.entries.len())));
            count += usize::from(says);
            self.reading.entries.extend(says.then_some(entry));
        }
        let (kind, at) = (Some(kind), at.clone());
        let account = Account { at, kind, why, columns: Vec::new(), extras: Vec::new(), records: count };
        self.reading.accounts.push(account);
        Piece::Records(records)
    }
}

/// One item of evidence in words; where all of them are a link or a path, that is also where it is.
fn shown<'a>(text: Cow<'a, Text>, children: &'a [Block], at: Span, list: usize) -> Entry<'a> {
    let is_path = !text.plain.contains(char::is_whitespace) && text.plain.contains(['/', '.']);
    let leads = |mark: &Mark| matches!(mark.kind, MarkKind::Link(_)) || mark.kind == MarkKind::Code && is_path;
    let leads = text.marks.iter().any(|mark| leads(mark) && mark.range == (0..text.plain.len()));
    let location = leads.then(|| ("location", Value::Text(text.clone())));
    let fields = [("title", Value::Text(text))].into_iter().chain(location).collect();
    let children: Vec<&Block> = children.iter().collect();
    let narrative = if children.is_empty() { Html::default() } else { body::html(children) };
    let mut entry = Entry { kind: Kind::Evidence, id: None, fields, extras: Vec::new(), at, list, narrative };
    id_from_name(&mut entry);
    entry
}

fn words<'t>(listing: &Listing<'t>) -> &'t str {
    listing.title.plain.trim()
}

/// The lines of a paragraph that its author ended by hand: each begins as a sentence does, not all end as one, and the
/// next word would still have had room. None where they are those of wrapped prose.
fn lines_by_hand(text: &Text) -> Option<Vec<Range<usize>>> {
    let ends = text.marks.iter().filter(|mark| mark.kind == MarkKind::LineEnd).map(|mark| mark.range.start);
    let mut ends: Vec<usize> = ends.chain(text.plain.match_indices('\n').map(|(at, _)| at)).collect();
    ends.sort_unstable();
    if ends.len() + 1 < LEAST_LINES {
        return None;
    }
    let starts = std::iter::once(0).chain(ends.iter().map(|end| end + 1));
    let lines: Vec<Range<usize>> =
        starts.zip(ends.iter().copied().chain([text.plain.len()])).map(|(a, b)| a..b).collect();
    let words = |line: &Range<usize>| text.plain[line.clone()].trim();
    let begins =
        |line: &Range<usize>| words(line).starts_with(|letter: char| letter.is_uppercase() || letter.is_numeric());
    let ends = |line: &Range<usize>| words(line).ends_with(['.', '!', '?', ':', ',']);
    // `Owner: Ana` lines tell of the page and not of risks.
    let told = |line: &Range<usize>| {
        words(line).split_once(':').is_some_and(|(label, _)| label.split_whitespace().count() <= LONGEST_LABEL)
    };
    if !lines.iter().all(begins) || lines.iter().all(ends) || lines.iter().any(told) {
        return None;
    }
    let length = |words: &str| words.chars().count();
    let longest = lines.iter().map(|line| length(words(line))).max().unwrap_or_default();
    let had_room = lines.windows(2).any(|pair| {
        let next = words(&pair[1]).split(' ').next().unwrap_or_default();
        length(words(&pair[0])) + 1 + length(next) <= longest
    });
    had_room.then_some(lines)
}

/// An item that begins with the label of another field of a risk ("Mitigation: …") belongs to a risk above it.
fn says_something_else(text: &Text) -> bool {
    let Some((label, _)) = text.plain.split_once(':') else { return false };
    let field = fields::find(Kind::Risk.fields(), label);
    field.is_some_and(|field| field.name != "title")
}

fn of_words<'a>(
    text: &Text,
    children: &'a [Block],
    at: Span,
    answers: bool,
    list: usize,
    own: &Vocabulary,
) -> Entry<'a> {
    let blocks: Vec<&Block> = children.iter().collect();
    let mut found: Labelled = labels::read(Kind::Risk, &blocks, own);
    let (title, rest) = parts(text);
    let (id, title) = match ids::in_name(&title) {
        Some((id, name)) if !name.is_empty() => (Some(Cow::Owned(id)), name),
        _ => (None, title),
    };
    found.fields.retain(|(name, _)| *name != "id");
    if let Some(said) = found.fields.iter_mut().find(|(name, _)| *name == "title") {
        said.0 = "event";
    }
    found.fields.insert(0, ("title", Value::Text(Cow::Owned(title))));
    for (name, text) in rest.into_iter().flat_map(|rest| behind(rest, answers)) {
        if !found.fields.iter().any(|(taken, _)| *taken == name) {
            found.fields.push((name, Value::Text(Cow::Owned(text))));
        }
    }
    Entry {
        kind: Kind::Risk,
        id,
        fields: found.fields,
        extras: found.extras,
        at,
        list,
        narrative: if found.rest.is_empty() { Html::default() } else { body::html(found.rest) },
    }
}

/// `**Name** – words`, `Risk: name → words`: the name of the risk, and what is said behind it.
fn parts(text: &Text) -> (Text, Option<Text>) {
    let plain = text.plain.as_str();
    let whole = plain.len();
    let label = plain.split_once(':').filter(|(label, _)| fields::find(Kind::Risk.fields(), label).is_some());
    let start = label.map_or(0, |(label, _)| label.len() + 1);
    let strong = text.marks.iter().find(|mark| mark.kind == MarkKind::Strong && mark.range.start == start);
    if let Some(mark) = strong {
        let title = plain[mark.range.clone()].trim_end_matches([':', '.', ' ']).len();
        let rest = plain[mark.range.end..].trim_start_matches([' ', ':', '–', '—', '-', '.']);
        let rest = (!rest.is_empty()).then(|| text.slice(whole - rest.len()..whole));
        return (text.slice(mark.range.start..mark.range.start + title), rest);
    }
    let signs = SIGNS.iter().filter_map(|sign| plain[start..].find(sign).map(|at| (start + at, *sign)));
    match signs.min() {
        Some((at, sign)) if at > start => {
            let from = if sign.starts_with(ARROW) { at } else { at + sign.len() };
            (text.slice(start..at), Some(text.slice(from..whole)))
        }
        _ => (text.slice(start..whole), None),
    }
}

/// What stands behind the name: up to an arrow or the word mitigation it is what may happen, behind that the response.
fn behind(rest: Text, answers: bool) -> Vec<(&'static str, Text)> {
    let whole = rest.plain.len();
    let lower = rest.plain.to_ascii_lowercase();
    let signs = ANSWER_SIGNS.iter().filter_map(|sign| lower.find(sign).map(|at| (at, sign.len())));
    let mut found = Vec::new();
    match signs.min() {
        Some((at, length)) if !answers || at == 0 => {
            found.push(("event", rest.slice(0..at)));
            found.push(("response", rest.slice(at + length..whole)));
        }
        _ => found.push((if answers { "response" } else { "event" }, rest)),
    }
    found.retain(|(_, text)| !text.is_empty());
    found
}

/// In words.
const LONGEST_LABEL: usize = 3;
/// Lines that are needed to see a list in them.
const LEAST_LINES: usize = 3;
const ARROW: char = '→';
/// What parts the name of a risk from what is said of it.
const SIGNS: &[&str] = &["→", " — ", " – "];
/// What stands before a response.
const ANSWER_SIGNS: &[&str] = &["→", "mitigation:", "mitigated by", "response:"];
