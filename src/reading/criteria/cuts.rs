//! Where a cell of criteria is cut, and what stands around the words of each part.

use std::ops::Range;

use crate::reading::criteria::clause;
use crate::syntax::{MarkKind, Text};

/// A cell and which of its bytes are inside brackets, quotes, code or a link, where nothing is cut.
pub(crate) struct Cuts<'a> {
    plain: &'a str,
    /// Ascending, apart.
    guarded: Vec<Range<usize>>,
}

/// What is taken off one end of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) length: usize,
    pub(crate) claims: bool,
    pub(crate) advisory: bool,
}

impl<'a> Cuts<'a> {
    pub(crate) fn new(text: &'a Text) -> Cuts<'a> {
        let marks = text
            .marks
            .iter()
            .filter(|mark| matches!(mark.kind, MarkKind::Code | MarkKind::Link(_) | MarkKind::Image(_)));
        let mut guarded: Vec<Range<usize>> = marks.map(|mark| mark.range.clone()).collect();
        guarded.extend(enclosed(&text.plain));
        guarded.sort_by_key(|range| (range.start, range.end));
        let mut apart: Vec<Range<usize>> = Vec::new();
        for range in guarded {
            match apart.last_mut() {
                Some(last) if range.start < last.end => last.end = last.end.max(range.end),
                _ => apart.push(range),
            }
        }
        Cuts { plain: &text.plain, guarded: apart }
    }

    /// Lines, then boxes, marks and bullets within a line, then numbers, then semicolons.
    pub(crate) fn strong(&self) -> Vec<Range<usize>> {
        let lines = self.at_sign(0..self.plain.len(), '\n');
        let marked = lines.into_iter().flat_map(|line| self.at_marks(line));
        let numbered = marked.flat_map(|part| self.at_numbers(part));
        let parts = numbered.flat_map(|part| {
            let mut parts = self.at_sign(part, ';');
            self.drop_joiners(&mut parts);
            parts
        });
        parts.filter(|part| self.plain[part.clone()].contains(char::is_alphanumeric)).collect()
    }

    /// The parts between commas where each can stand alone, the last one without its "and"; else the range itself.
    pub(crate) fn commas(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut parts = self.at_commas(range.clone());
        if parts.len() < 2 {
            return vec![range];
        }
        self.drop_joiners(&mut parts);
        if let Some(last) = parts.last().cloned()
            && let Some((before, after)) = self.at_last_joiner(last, JOINERS)
        {
            parts.pop();
            parts.extend([before, after]);
        }
        let told: Vec<String> = parts.iter().map(|part| self.open(part.clone())).collect();
        if clause::all_stand(&told) { parts } else { vec![range] }
    }

    /// The parts between commas and joining words where something is said of a subject in each; else the whole.
    pub(crate) fn told_apart(&self) -> Vec<Range<usize>> {
        let whole = 0..self.plain.len();
        let mut parts = Vec::new();
        for mut part in self.at_commas(whole.clone()) {
            while let Some((before, after)) = self.at_last_joiner(part.clone(), JOINERS_AND_PLUS) {
                parts.push(after);
                part = before;
            }
            parts.push(part);
        }
        if parts.len() < 2 {
            return vec![whole];
        }
        parts.sort_by_key(|part| part.start);
        self.drop_joiners(&mut parts);
        let told: Vec<String> = parts.iter().map(|part| self.open(part.clone())).collect();
        if clause::each_is_a_sentence(&told) { parts } else { vec![whole] }
    }

    /// Takes the "and" off the parts behind the first.
    fn drop_joiners(&self, parts: &mut [Range<usize>]) {
        for part in parts.iter_mut().skip(1) {
            let told = &self.plain[part.clone()];
            let words = told.trim_start();
            let joined = JOINERS.iter().find(|joiner| words.starts_with(**joiner)).map_or(0, |joiner| joiner.len());
            part.start += told.len() - words.len() + joined;
        }
    }

    /// The words of a part with those that are guarded as one sign, so that nothing inside counts as its verb.
    fn open(&self, range: Range<usize>) -> String {
        let mut words = String::new();
        let mut start = range.start;
        let first = self.guarded.partition_point(|guarded| guarded.end <= range.start);
        for guarded in self.guarded[first..].iter().take_while(|guarded| guarded.start < range.end) {
            words.push_str(&self.plain[start..guarded.start.max(start)]);
            words.push_str(clause::GUARDED);
            start = guarded.end.min(range.end);
        }
        words.push_str(&self.plain[start..range.end]);
        words
    }

    /// "backlog groomed and register initiated", the last part of a list, where both sides can stand.
    fn at_last_joiner(&self, range: Range<usize>, joiners: &[&str]) -> Option<(Range<usize>, Range<usize>)> {
        let told = &self.plain[range.clone()];
        joiners.iter().find_map(|joiner| {
            let spaced = format!(" {joiner}");
            let places = told.match_indices(&spaced).map(|(index, _)| range.start + index);
            let last = places.collect::<Vec<_>>().into_iter().rev().take(MOST_JOINERS);
            last.filter(|place| self.is_free(*place)).find_map(|place| {
                let (before, after) = (range.start..place, place + spaced.len()..range.end);
                let sides = [self.open(before.clone()), self.open(after.clone())];
                clause::each_is_told(&sides).then_some((before, after))
            })
        })
    }

    fn is_free(&self, place: usize) -> bool {
        let after = self.guarded.partition_point(|range| range.end <= place);
        self.guarded.get(after).is_none_or(|range| place < range.start)
    }

    fn at(&self, range: Range<usize>, places: impl IntoIterator<Item = (usize, usize)>) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut start = range.start;
        for (place, length) in places {
            parts.push(start..place);
            start = place + length;
        }
        parts.push(start..range.end);
        parts
    }

    fn at_sign(&self, range: Range<usize>, sign: char) -> Vec<Range<usize>> {
        let places = self.plain[range.clone()].match_indices(sign).map(|(index, _)| range.start + index);
        let places: Vec<_> =
            places.filter(|place| self.is_free(*place)).map(|place| (place, sign.len_utf8())).collect();
        self.at(range, places)
    }

    /// A comma with white space behind it: `1,000` is one number.
    fn at_commas(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let places = self.plain[range.clone()].match_indices(',').map(|(index, _)| range.start + index);
        let places =
            places.filter(|place| self.is_free(*place) && self.plain[place + 1..].starts_with(char::is_whitespace));
        let places: Vec<_> = places.map(|place| (place, 1)).collect();
        self.at(range, places)
    }

    /// `[x] a [ ] b`, `✅ a ❌ b`, `• a • b`: a line that begins with such a sign is cut at each of them.
    fn at_marks(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let line = &self.plain[range.clone()];
        let begins = |part: &str| part.starts_with(BULLETS) || box_or_mark(part).is_some();
        let begin = line.trim_start();
        let begin = begin.strip_prefix(['-', '*', '+']).map_or(begin, str::trim_start);
        if !begins(begin) {
            return vec![range];
        }
        let starts = line.char_indices().map(|(index, _)| index).filter(|index| {
            let before = line[..*index].chars().next_back();
            before.is_none_or(char::is_whitespace) && begins(&line[*index..])
        });
        let places: Vec<_> = starts.map(|index| (range.start + index, 0)).collect();
        self.at(range, places)
    }

    /// `1. a 2. b`, `(1) a (2) b`, `a) a b) b`: only where the part begins with the first of at least two in order.
    fn at_numbers(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let part = &self.plain[range.clone()];
        let mut starts = Vec::new();
        let mut style = None;
        let words = part.char_indices().filter(|(index, letter)| {
            !letter.is_whitespace() && part[..*index].chars().next_back().is_none_or(char::is_whitespace)
        });
        for (index, _) in words {
            let found = ordinal(&part[index..]);
            let Some(found) = found.filter(|found| style.is_none_or(|style| style == found.style)) else {
                if starts.is_empty() {
                    return vec![range];
                }
                continue;
            };
            if found.number == starts.len() as u32 + 1 {
                style = Some(found.style);
                starts.push(range.start + index);
            } else if starts.is_empty() {
                return vec![range];
            }
        }
        if starts.len() < 2 {
            return vec![range];
        }
        self.at(range, starts.into_iter().map(|start| (start, 0)))
    }
}

/// A bullet, a number, a box or a mark at the start of a part.
pub(crate) fn head(part: &str) -> Option<Taken> {
    if let Some((length, claims)) = box_or_mark(part) {
        return Some(Taken { length, claims, advisory: false });
    }
    let first = part.chars().next()?;
    let bullet = BULLETS.contains(&first) || "-–—*+".contains(first) && part[first.len_utf8()..].starts_with(' ');
    let length = if bullet { first.len_utf8() } else { ordinal(part)?.length };
    Some(Taken { length, claims: false, advisory: false })
}

/// A box, a mark, "(advisory)" or a closing sign at the end of a part.
pub(crate) fn tail(part: &str) -> Option<Taken> {
    if let Some((length, claims)) = closing_box_or_mark(part) {
        return Some(Taken { length, claims, advisory: false });
    }
    if let Some(open) = part.rfind(['(', '[']).filter(|_| part.ends_with([')', ']'])) {
        let word = part[open + 1..part.len() - 1].trim().to_lowercase();
        let advisory = ADVISORY.contains(&word.as_str());
        return advisory.then_some(Taken { length: part.len() - open, claims: false, advisory });
    }
    let closes = part.ends_with([',', ';']) || part.ends_with('.') && !part.ends_with("..") && !ends_short(part);
    closes.then_some(Taken { length: 1, claims: false, advisory: false })
}

/// Whether the full stop belongs to an abbreviation.
fn ends_short(part: &str) -> bool {
    let word = part.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
    ABBREVIATIONS.contains(&word.as_str())
}

/// The length of a task box or a mark and whether it claims that the thing is done.
fn box_or_mark(part: &str) -> Option<(usize, bool)> {
    if let Some((sign, claims)) = BOXES.iter().find(|(sign, _)| part.starts_with(sign)) {
        return Some((sign.len(), *claims));
    }
    let mark = part.chars().next()?;
    let (_, claims) = MARKS.iter().find(|(marks, _)| marks.contains(mark))?;
    let length = mark.len_utf8();
    let variant = if part[length..].starts_with(VARIANT) { VARIANT.len_utf8() } else { 0 };
    Some((length + variant, *claims))
}

fn closing_box_or_mark(part: &str) -> Option<(usize, bool)> {
    if let Some((sign, claims)) = BOXES.iter().find(|(sign, _)| part.ends_with(sign)) {
        return Some((sign.len(), *claims));
    }
    let bare = part.trim_end_matches(VARIANT);
    let mark = bare.chars().next_back()?;
    let (_, claims) = MARKS.iter().find(|(marks, _)| marks.contains(mark))?;
    Some((part.len() - bare.len() + mark.len_utf8(), *claims))
}

#[derive(Debug, Clone, Copy)]
struct Ordinal {
    number: u32,
    length: usize,
    style: Style,
}

/// How a numbered list is written: the sign before, digits or letters, the sign behind.
type Style = (bool, bool, char);

/// `1. `, `(2) `, `c) ` at the start, with white space behind.
fn ordinal(part: &str) -> Option<Ordinal> {
    let opened = part.starts_with('(');
    let rest = &part[usize::from(opened)..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let letter = rest.bytes().next().filter(u8::is_ascii_lowercase);
    let (number, length) = match (digits, letter) {
        (1 | 2, _) => (rest[..digits].parse().ok()?, digits),
        (0, Some(letter)) => (u32::from(letter - b'a') + 1, 1),
        _ => return None,
    };
    let sign = rest[length..].chars().next()?;
    let closes = sign == ')' || sign == '.' && digits > 0 && !opened;
    let spaced = closes && rest[length + 1..].starts_with(char::is_whitespace);
    let length = usize::from(opened) + length + 1;
    spaced.then_some(Ordinal { number, length, style: (opened, digits > 0, sign) })
}

/// What stands between brackets and quotes; a bracket that nothing closes, or nothing opened, encloses nothing.
fn enclosed(plain: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Vec<(usize, char)> = Vec::new();
    for (index, letter) in plain.char_indices() {
        let end = index + letter.len_utf8();
        if let Some(place) = open.iter().rposition(|(_, close)| *close == letter) {
            found.push(open[place].0..end);
            open.truncate(place);
        } else if let Some((_, close)) = PAIRS.iter().find(|(opening, _)| *opening == letter) {
            open.push((index, *close));
        }
        // Cells full of opening brackets are bounded in time.
        if open.len() > DEEPEST {
            open.remove(0);
        }
    }
    found
}

const PAIRS: &[(char, char)] =
    &[('(', ')'), ('[', ']'), ('{', '}'), ('"', '"'), ('“', '”'), ('„', '“'), ('«', '»'), ('‘', '’'), ('`', '`')];
const DEEPEST: usize = 32;
/// How many words such as "and" are tried as the last of a list.
const MOST_JOINERS: usize = 3;

const BULLETS: &[char] = &['•', '◦', '▪', '‣', '●', '∙', '·', '➤', '►'];
const BOXES: &[(&str, bool)] =
    &[("[x]", true), ("[X]", true), ("[✓]", true), ("[ ]", false), ("[]", false), ("[-]", false)];
const MARKS: &[(&str, bool)] = &[("✅☑✔✓", true), ("❌☐⬜⏳⌛🔲✗✘🚧⭕◻", false)];
const VARIANT: char = '\u{fe0f}';

const ADVISORY: &[&str] = &[
    "advisory",
    "optional",
    "nice to have",
    "empfohlen",
    "optional erwünscht",
    "wünschenswert",
    "indicatif",
    "facultatif",
    "optionnel",
    "opcional",
    "recomendado",
];
const ABBREVIATIONS: &[&str] = &["etc.", "e.g.", "i.e.", "usw.", "inc.", "ltd.", "no.", "al."];
/// Words that join the last part of a list to the others.
const JOINERS: &[&str] = &["and ", "und ", "et ", "y ", "& "];
/// Those, and the sign between two things that an author keeps together.
const JOINERS_AND_PLUS: &[&str] = &["and ", "und ", "et ", "y ", "& ", "+ "];
