//! Milestone ids in the words of a criterion.

use std::ops::Range;

use crate::reading::words::{fold, is_listed};

pub(crate) type Place = (String, Range<usize>);

/// Known ids that stand in the text as whole words, and those between the two ends of a range, in the order of the text.
pub(crate) fn find(text: &str, known: &[&str]) -> Vec<Place> {
    let mut found: Vec<Place> = Vec::new();
    let mut free = 0;
    let has_digit = text.contains(|letter: char| letter.is_ascii_digit());
    let candidates: Vec<&str> = known
        .iter()
        .copied()
        .filter(|id| !id.is_empty() && (has_digit || !id.contains(|letter: char| letter.is_ascii_digit())))
        .collect();
    if candidates.is_empty() {
        return found;
    }
    for (start, _) in text.char_indices() {
        if start < free || !begins_word(text, start, free, !found.is_empty()) {
            continue;
        }
        let Some(id) = at(text, start, &candidates) else { continue };
        let end = start + id.len();
        free = end;
        match range_end(text, end, id, &candidates) {
            Some((last, last_range)) => {
                free = last_range.end;
                found.push((id.to_string(), start..end));
                found.extend(
                    between(id, last, &candidates).into_iter().map(|id| (id.to_string(), start..last_range.end)),
                );
                found.push((last.to_string(), last_range));
            }
            None => found.push((id.to_string(), start..end)),
        }
    }
    found
}

/// Whether the text is nothing but what was found, words that join, and a word of completion.
pub(crate) fn is_whole(text: &str, found: &[Place]) -> bool {
    let mut rest = String::new();
    let mut end = 0;
    for (_, range) in found {
        if range.start > end {
            rest.push_str(&text[end..range.start]);
        }
        // What joins ids is kept; the ids themselves are not.
        rest.push(' ');
        end = end.max(range.end);
    }
    rest.push_str(&text[end..]);
    let folded = fold(&rest);
    let words = folded.split(|letter: char| letter.is_whitespace() || ",&+/-–.:;()!#→✅☑✔✓".contains(letter));
    words
        .filter(|word| !word.is_empty())
        .all(|word| [JOINERS, RANGE_WORDS, COMPLETIONS].iter().any(|row| is_listed(row, word)))
}

/// "Milestone", "gate" and their like, which may stand before or behind what is one.
pub(crate) fn is_noun(folded: &str) -> bool {
    is_listed(NOUNS, folded)
}

pub(crate) fn is_joiner(folded: &str) -> bool {
    is_listed(JOINERS, folded)
}

pub(crate) fn is_completion(folded: &str) -> bool {
    is_listed(COMPLETIONS, folded)
}

pub(crate) fn is_and(folded: &str) -> bool {
    is_listed(ANDS, folded)
}

/// Each id once, where it stands first.
pub(crate) fn each_once(found: Vec<Place>) -> Vec<Place> {
    let mut once: Vec<Place> = Vec::new();
    for place in found {
        if once.iter().all(|(id, _)| *id != place.0) {
            once.push(place);
        }
    }
    once
}

/// The longest known id that stands here and ends with its word.
fn at<'a>(text: &str, start: usize, known: &[&'a str]) -> Option<&'a str> {
    let here = |id: &&&'a str| {
        let written = text.get(start..start + id.len());
        written.is_some_and(|written| written == **id || written.eq_ignore_ascii_case(id) && is_one(id, known))
    };
    let ends = |id: &&&'a str| ends_word(text, start + id.len(), known);
    let told = |id: &&&'a str| !is_bare(id) || is_introduced(text, start);
    known
        .iter()
        .filter(here)
        .filter(ends)
        .filter(told)
        .max_by_key(|id| (id.len(), text[start..].starts_with(**id)))
        .copied()
}

/// Whether no other id differs from it in the size of letters only.
fn is_one(id: &str, known: &[&str]) -> bool {
    known.iter().all(|other| *other == id || !other.eq_ignore_ascii_case(id))
}

/// A plain number or a single letter is an id only where a word or sign says so: `#2`, `milestone 2`.
fn is_bare(id: &str) -> bool {
    id.bytes().all(|byte| byte.is_ascii_digit()) || id.chars().count() == 1
}

fn is_introduced(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end();
    let word = before.rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    before.ends_with('#') || is_listed(NOUNS, &fold(word))
}

/// Whether a word begins here; behind a hyphen or dot only where the piece before is an id of its own, or lower case.
fn begins_word(text: &str, start: usize, last_end: usize, any: bool) -> bool {
    let mut before = text[..start].chars().rev();
    match before.next() {
        None => true,
        Some('-' | '.') => {
            let joined = any && text[last_end..start].chars().all(|letter| "-.".contains(letter));
            joined || before.next().is_none_or(|letter| letter.is_whitespace() || letter.is_lowercase())
        }
        Some(letter) => !letter.is_alphanumeric() && letter != '_',
    }
}

/// Whether a word ends here: `M2` does not end in `M2-X3`, `M2.1` or `M20`, and does in `M2-M4` and `M2-ready`.
fn ends_word(text: &str, end: usize, known: &[&str]) -> bool {
    let rest = &text[end..];
    let mut after = rest.chars();
    match after.next() {
        None => true,
        Some('.') => !after.next().is_some_and(|letter| letter.is_ascii_digit()),
        Some('-') => {
            let behind = &rest[1..];
            behind
                .chars()
                .next()
                .is_none_or(|letter| !letter.is_alphanumeric() || letter.is_lowercase() || letter.is_ascii_digit())
                || known.iter().any(|id| behind.get(..id.len()).is_some_and(|start| start.eq_ignore_ascii_case(id)))
        }
        Some(letter) => !letter.is_alphanumeric() && letter != '_',
    }
}

/// The id at the other end of a range that begins with `first`, which ends at `end`: `–M3`, ` to M3`, `–3`.
fn range_end<'a>(text: &str, end: usize, first: &str, known: &[&'a str]) -> Option<(&'a str, Range<usize>)> {
    let rest = text[end..].trim_start();
    let sign = RANGE_SIGNS.iter().find(|sign| rest.starts_with(**sign)).map(|sign| sign.len()).or_else(|| {
        let word = rest.split(char::is_whitespace).next()?;
        (is_listed(RANGE_WORDS, &fold(word)) && rest.len() < text[end..].len()).then_some(word.len())
    })?;
    let last = rest[sign..].trim_start();
    let start = text.len() - last.len();
    let (prefix, number) = numbered(first)?;
    if let Some(id) = at(text, start, known)
        && let Some((other, last)) = numbered(id)
    {
        return (other.eq_ignore_ascii_case(prefix) && last > number).then_some((id, start..start + id.len()));
    }
    let digits = last.bytes().take_while(u8::is_ascii_digit).count();
    let last: u64 = last[..digits].parse().ok()?;
    let id =
        known.iter().find(|id| numbered(id).is_some_and(|(other, of)| other == prefix && of == last && of > number))?;
    ends_word(text, start + digits, known).then_some((id, start..start + digits))
}

/// Known ids between two of one prefix, in the order of their numbers.
fn between<'a>(first: &str, last: &str, known: &[&'a str]) -> Vec<&'a str> {
    let (Some((prefix, low)), Some((_, high))) = (numbered(first), numbered(last)) else { return Vec::new() };
    let inside = known.iter().filter_map(|id| {
        let (other, number) = numbered(id)?;
        (other == prefix && low < number && number < high).then_some((number, *id))
    });
    let mut inside: Vec<(u64, &str)> = inside.collect();
    inside.sort();
    inside.into_iter().map(|(_, id)| id).collect()
}

/// An id as what stands before its number, and its number.
fn numbered(id: &str) -> Option<(&str, u64)> {
    let prefix = id.trim_end_matches(|letter: char| letter.is_ascii_digit());
    Some((prefix, id[prefix.len()..].parse().ok()?))
}

const RANGE_SIGNS: &[&str] = &["–", "—", "→", "->", "..", "-"];
const RANGE_WORDS: &str = "to, through, thru, bis, a, au, al, hasta";
const NOUNS: &str = "milestone, milestones, gate, gates, phase, phases, stage, stages, step, meilenstein, meilensteine, jalon, jalons, \
     etape, hito, hitos, fase";

const ANDS: &str = "and, und, et, y";
const JOINERS: &str = "and, und, et, y, e, both, all, the, of, milestone, milestones, gate, gates, exit, is, are, be, been, has, have, \
     was, were, must, fully, successfully, must, meilenstein, meilensteine, beide, alle, ist, sind, wurde, wurden, jalon, jalons, \
     le, les, la, est, sont, tous, hito, hitos, los, las, el, esta, estan, ambos, todos, 100%, signed, off";
const COMPLETIONS: &str = "complete, completed, completion, done, passed, closed, achieved, finished, met, delivered, accepted, approved, exited, \
     reached, abgeschlossen, erledigt, erreicht, bestanden, fertig, beendet, abgenommen, termine, terminee, termines, terminees, acheve, \
     acheves, atteint, atteints, valide, valides, passe, passes, clos, completado, completados, completada, terminado, terminados, \
     alcanzado, alcanzados, cerrado, cerrados, aprobado, aprobados, superado, superados";
