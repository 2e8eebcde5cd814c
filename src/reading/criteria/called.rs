//! Milestones in the words of a criterion by what they are called.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::reading::criteria::names::{self, Place};
use crate::reading::fields::fold;

/// The names of milestones that no two of them share, folded, found by their first word.
#[derive(Debug, Default)]
pub struct Titles {
    by_first: HashMap<String, Vec<Title>>,
}

#[derive(Debug)]
struct Title {
    words: Vec<String>,
    id: String,
}

/// A word of a text, folded, and where it stands.
struct Word {
    folded: String,
    at: Range<usize>,
}

/// What a name is compared by: case, accents, punctuation and the word "and" are forgotten.
pub fn key(name: &str) -> String {
    words(name).into_iter().map(|word| word.folded).collect::<Vec<_>>().join(" ")
}

impl Titles {
    /// Names and the ids that they stand for. One that two milestones have names neither.
    pub fn of<'a>(named: impl IntoIterator<Item = (&'a str, &'a str)>) -> Titles {
        let mut ids: BTreeMap<String, Option<&str>> = BTreeMap::new();
        for (name, id) in named {
            ids.entry(key(name)).and_modify(|known| *known = known.filter(|known| *known == id)).or_insert(Some(id));
        }
        let mut titles = Titles::default();
        for (name, id) in ids {
            let words: Vec<String> = name.split(' ').filter(|word| !word.is_empty()).map(str::to_string).collect();
            if let (Some(first), Some(id)) = (words.first(), id) {
                titles.by_first.entry(first.clone()).or_default().push(Title { words, id: id.to_string() });
            }
        }
        titles
    }

    /// The milestones whose names stand in the text, whatever is said of them.
    pub fn in_list(&self, text: &str) -> Vec<(String, Range<usize>)> {
        self.matches(&words(text)).into_iter().map(|(place, _)| place).collect()
    }

    /// The milestones whose names stand in the text and are said to be complete, or are called a milestone or a gate
    /// there. A name of one word is one only where nothing else is said.
    pub(crate) fn find(&self, text: &str) -> Vec<Place> {
        if self.by_first.is_empty() {
            return Vec::new();
        }
        let words = words(text);
        let matches = self.matches(&words);
        let all: Vec<Place> = matches.iter().map(|(place, _)| place.clone()).collect();
        let whole = names::is_whole(text, &all);
        let within = |word: &Word| all.iter().any(|(_, range)| range.contains(&word.at.start));
        let told = |(place, of): &(Place, Range<usize>)| {
            let is_noun = |word: &Word| names::is_noun(&word.folded);
            let mut after = words[of.end..].iter().filter(|word| !within(word) && !names::is_joiner(&word.folded));
            let introduced = of.start.checked_sub(1).is_some_and(|before| is_noun(&words[before]))
                || words.get(of.end).is_some_and(is_noun);
            let completed = after.next().is_some_and(|word| names::is_completion(&word.folded));
            let one_word = !text[place.1.clone()].contains(|letter: char| !letter.is_alphanumeric());
            if one_word { whole && completed } else { introduced || completed }
        };
        matches.into_iter().filter(told).map(|(place, _)| place).collect()
    }

    /// The place in the text of every name, and which words it is; of two that overlap the longer.
    fn matches(&self, text: &[Word]) -> Vec<(Place, Range<usize>)> {
        let mut found = Vec::new();
        let mut next = 0;
        while let Some(word) = text.get(next) {
            let here = |title: &&Title| {
                let words = text.get(next..next + title.words.len());
                words.is_some_and(|words| words.iter().zip(&title.words).all(|(word, own)| word.folded == *own))
            };
            let titles = self.by_first.get(&word.folded).into_iter().flatten();
            let Some(title) = titles.filter(here).max_by_key(|title| title.words.len()) else {
                next += 1;
                continue;
            };
            let end = next + title.words.len();
            found.push(((title.id.clone(), word.at.start..text[end - 1].at.end), next..end));
            next = end;
        }
        found
    }
}

/// What is left of a criterion that says of something, and of nothing else, that it is complete; None where it says more
/// or less. It may be the name of a milestone, misspelt.
pub fn completed_thing(text: &str) -> Option<Range<usize>> {
    let words = words(text);
    let last = words.iter().rposition(|word| !names::is_completion(&word.folded) && !names::is_joiner(&word.folded))?;
    let says = words[last + 1..].iter().any(|word| names::is_completion(&word.folded));
    says.then(|| words[0].at.start..words[last].at.end)
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = 0;
    for part in text.split(|letter: char| !letter.is_alphanumeric()) {
        let at = start..start + part.len();
        // What parts two words is one character, of any length.
        start = at.end + text[at.end..].chars().next().map_or(0, char::len_utf8);
        let folded = fold(part);
        if !folded.is_empty() && !names::is_and(&folded) {
            words.push(Word { folded, at });
        }
    }
    words
}
