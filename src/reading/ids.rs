//! Ids in names, and addresses made of ids.

use std::ops::Range;

use crate::syntax::{MarkKind, Text};

/// Numbers for ids that nobody gave: one above the highest, as the author writes them, never filling a gap.
#[derive(Debug, Clone)]
pub struct Numbering {
    prefix: String,
    digits: usize,
    last: u64,
}

impl Numbering {
    /// Counts on from the highest numbered of `ids`; from `prefix` and 1 where none has a number.
    pub fn after<'a>(ids: impl Iterator<Item = &'a str>, prefix: &str) -> Numbering {
        // `Phase 2` is an id, and no pattern for those that nobody gave.
        let numbered = ids.filter(|id| !id.contains(char::is_whitespace)).filter_map(|id| {
            let letters = id.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
            let last: u64 = id[letters..].parse().ok()?;
            Some(Numbering { prefix: id[..letters].to_string(), digits: id.len() - letters, last })
        });
        let highest = numbered.max_by_key(|numbering| numbering.last);
        highest.unwrap_or_else(|| Numbering { prefix: prefix.to_string(), digits: 1, last: 0 })
    }

    /// The next id.
    pub fn take(&mut self) -> String {
        self.last = self.last.saturating_add(1);
        format!("{}{:0digits$}", self.prefix, self.last, digits = self.digits)
    }
}

/// The id inside a name and what is left as the name: `M1: Interface design`, `P0 — Discovery`, `**R3** Supplier`.
/// A name that is an id and nothing else leaves an empty name. A plain ordinal (`1. Discovery`) is no id.
pub fn in_name(text: &Text) -> Option<(Text, Text)> {
    let plain = text.plain.as_str();
    let opened = plain.chars().next().filter(|letter| matches!(letter, '[' | '('));
    let start = opened.map_or(0, char::len_utf8);
    let id = start..start + shape(&plain[start..])?;
    let mut end = id.end;
    if let Some(open) = opened {
        let close = if open == '[' { ']' } else { ')' };
        end += plain[end..].strip_prefix(close).map(|_| close.len_utf8())?;
    }
    let rest = &plain[end..];
    let spaced = rest.trim_start();
    let divided = opened.is_some() || spaced.is_empty() || is_strong(text, &id);
    let name = match spaced.chars().next() {
        Some(':' | '–' | '—' | '―' | '|' | '·') => {
            spaced.trim_start_matches([':', '–', '—', '―', '|', '·', '-'])
        }
        // A hyphen needs room around it: `M1-X` is one word.
        Some('-' | '.' | ')') if spaced[1..].starts_with(char::is_whitespace) => &spaced[1..],
        _ if divided => spaced,
        _ if rest.starts_with(char::is_whitespace) && is_usual(&plain[id.clone()]) && starts_a_name(spaced) => spaced,
        _ => return None,
    };
    let name = name.trim_start();
    Some((text.slice(id), text.slice(plain.len() - name.len()..plain.len())))
}

/// A text as part of an address: `M2` stays `M2`, spaces and what no address may hold become `-`. Never empty.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.chars() {
        if letter.is_alphanumeric() || matches!(letter, '_' | '.') {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= LONGEST_SLUG {
            break;
        }
    }
    // A dot at either end would hide a file or climb out of a folder.
    let slug = slug.trim_matches(['-', '.']);
    if slug.is_empty() || RESERVED.iter().any(|name| slug.eq_ignore_ascii_case(name)) {
        return format!("{slug}-").trim_start_matches('-').to_string() + "id";
    }
    slug.to_string()
}

/// The length of an id at the start: one to four letters (up to eight capitals before a hyphen), digits, and what
/// follows them after dots.
fn shape(text: &str) -> Option<usize> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let capitals = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let mut end = letters;
    let divider = text[end..].starts_with(['-', '.']);
    let most = if divider && capitals == letters { 8 } else { 4 };
    if letters == 0 || letters > most || NO_IDS.iter().any(|word| word.eq_ignore_ascii_case(&text[..letters])) {
        return None;
    }
    end += usize::from(divider);
    let digits = |from: usize| text[from..].bytes().take_while(u8::is_ascii_digit).count();
    let first = digits(end);
    if first == 0 || first > 6 {
        return None;
    }
    end += first;
    while text[end..].starts_with('.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    let ends = !text[end..].starts_with(|letter: char| letter.is_alphanumeric() || letter == '_');
    let continues = text[end..].starts_with('-') && text[end + 1..].starts_with(char::is_alphanumeric);
    (ends && !continues).then_some(end)
}

/// Letters that milestones and risks are numbered with: with these, a space is enough to end the id.
fn is_usual(id: &str) -> bool {
    let letters: String = id.chars().take_while(char::is_ascii_alphabetic).collect();
    USUAL.contains(&letters.as_str())
}

fn starts_a_name(text: &str) -> bool {
    text.starts_with(char::is_uppercase)
}

fn is_strong(text: &Text, range: &Range<usize>) -> bool {
    text.marks.iter().any(|mark| mark.kind == MarkKind::Strong && mark.range == *range)
}

const USUAL: &[&str] = &["M", "MS", "R", "RISK"];
/// Letters before a number that make a time and no id.
const NO_IDS: &[&str] = &["Q", "H", "FY", "KW", "CW", "Week", "Day"];
const RESERVED: &[&str] = &["con", "prn", "aux", "nul", "index"];
const LONGEST_SLUG: usize = 80;

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Numbering, in_name, slug};
    use crate::source::Span;
    use crate::syntax::{Mark, MarkKind, Text};

    fn text(plain: &str) -> Text {
        let path: Arc<str> = "a.md".into();
        Text::literal(plain, Span::new(&path, 0, plain.len()))
    }

    #[test]
    fn an_id_in_front_of_a_name_is_found() {
        for (written, id, name) in [
            ("M1: Interface design", "M1", "Interface design"),
            ("M1 – Interface design", "M1", "Interface design"),
            ("P0 — Discovery", "P0", "Discovery"),
            ("M1 - Interface design", "M1", "Interface design"),
            ("M1. Interface design", "M1", "Interface design"),
            ("[M1] Interface design", "M1", "Interface design"),
            ("(R-07) Supplier late", "R-07", "Supplier late"),
            ("RISK-001: Vendor delay", "RISK-001", "Vendor delay"),
            ("ISSUE-001: Vendor delay", "ISSUE-001", "Vendor delay"),
            ("M1.4 Suppression engine", "M1.4", "Suppression engine"),
            ("G0.1: Scope agreed", "G0.1", "Scope agreed"),
            ("M2 Data foundations", "M2", "Data foundations"),
            ("M2", "M2", ""),
        ] {
            let (found, rest) = in_name(&text(written)).unwrap_or_else(|| panic!("{written}"));
            assert_eq!((found.plain.as_str(), rest.plain.as_str()), (id, name), "{written}");
            assert_eq!(&written[rest.at.start as usize..rest.at.end as usize], name, "{written}: place");
        }
    }

    #[test]
    fn ids_count_on_as_the_author_writes_them() {
        for (ids, next) in [
            (&["R-01", "R-09", "R-03"][..], "R-10"),
            (&["M1", "M7", "Launch"][..], "M8"),
            (&["Launch"][..], "X1"),
            (&[][..], "X1"),
        ] {
            assert_eq!(Numbering::after(ids.iter().copied(), "X").take(), next, "{ids:?}");
        }
    }

    #[test]
    fn a_bold_id_needs_no_sign() {
        let mut name = text("S3 Supplier");
        assert_eq!(in_name(&name), None);
        name.marks.push(Mark { range: 0..2, kind: MarkKind::Strong });
        let (id, rest) = in_name(&name).unwrap();
        assert_eq!((id.plain.as_str(), rest.plain.as_str()), ("S3", "Supplier"));
    }

    #[test]
    fn ordinals_times_and_words_are_no_ids() {
        for written in [
            "1. Discovery",
            "Phase 2: Build",
            "Milestone 2: Build",
            "Q3: Launch",
            "H1 – Plan",
            "KW7: Start",
            "B2B portal",
            "S3 bucket",
            "M2 exit",
            "OAuth2: login",
            "M2-X3: drills",
            "Launch",
            "",
        ] {
            assert_eq!(in_name(&text(written)), None, "{written}");
        }
    }

    #[test]
    fn every_text_has_an_address() {
        for (id, address) in [
            ("M2", "M2"),
            ("M1.4", "M1.4"),
            ("Gate 2 / exit", "Gate-2-exit"),
            ("../../etc", "etc"),
            ("..", "id"),
            ("", "id"),
            ("?", "id"),
            ("Überblick", "Überblick"),
            ("里程碑", "里程碑"),
            ("con", "con-id"),
        ] {
            assert_eq!(slug(id), address, "{id}");
        }
        assert!(slug(&"x".repeat(999)).len() <= 84);
    }
}
