//! Rows of phrases, made ready to be looked up: most words that are asked for are none of them.

use std::collections::{HashMap, HashSet};

/// Phrases of one meaning.
pub(crate) struct Phrases {
    all: HashSet<&'static str>,
    /// The beginning of each, sorted.
    heads: Vec<Head>,
}

/// Phrases and what each of them means. Of two meanings the first counts.
pub(crate) struct Meanings<T>(HashMap<&'static str, T>);

/// The first letters and digits of a phrase, 0 where it has fewer.
type Head = [u8; 3];

/// The phrases of a table row, which have a comma and a space between them.
pub(crate) fn phrases(row: &'static str) -> impl Iterator<Item = &'static str> {
    row.split(", ")
}

impl Phrases {
    pub(crate) fn of(rows: &[&'static str]) -> Phrases {
        let all: HashSet<&str> = rows.iter().flat_map(|row| phrases(row)).collect();
        let mut heads: Vec<Head> = all.iter().map(|phrase| head(phrase).expect("phrases are folded")).collect();
        heads.sort();
        Phrases { all, heads }
    }

    pub(crate) fn has(&self, phrase: &str) -> bool {
        self.all.contains(phrase)
    }

    /// False where a glance says that the text begins with none of the phrases, however it is folded.
    pub(crate) fn may_begin(&self, text: &str) -> bool {
        head(text).is_none_or(|head| head == Head::default() || self.heads.binary_search(&head).is_ok())
    }
}

impl<T: Copy> Meanings<T> {
    pub(crate) fn of(rows: &[(T, &'static str)]) -> Meanings<T> {
        let mut meanings = HashMap::new();
        for (meaning, row) in rows {
            for phrase in phrases(row) {
                meanings.entry(phrase).or_insert(*meaning);
            }
        }
        Meanings(meanings)
    }

    pub(crate) fn get(&self, phrase: &str) -> Option<T> {
        self.0.get(phrase).copied()
    }
}

/// None where a letter that is not ASCII may fold to anything.
fn head(text: &str) -> Option<Head> {
    let mut head = Head::default();
    let letters = text.bytes().filter(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
    for (place, letter) in head.iter_mut().zip(letters) {
        if !letter.is_ascii() {
            return None;
        }
        *place = letter.to_ascii_lowercase();
    }
    Some(head)
}
