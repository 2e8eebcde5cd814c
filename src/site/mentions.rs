//! Where a text mentions ids and titles as whole words: one pass over it, however many there are.

use std::collections::HashMap;

/// Names, each with what it stands for.
pub struct Mentions<Name, T> {
    /// By their heads; see `head`.
    by_head: HashMap<String, Vec<(Name, T)>>,
}

impl<Name, T> Default for Mentions<Name, T> {
    fn default() -> Mentions<Name, T> {
        Mentions { by_head: HashMap::new() }
    }
}

impl<Name: AsRef<str>, T: Copy> Mentions<Name, T> {
    pub fn new(names: impl IntoIterator<Item = (Name, T)>) -> Mentions<Name, T> {
        let mut mentions = Mentions::default();
        for (name, meant) in names {
            let head = head(name.as_ref());
            if !head.is_empty() {
                mentions.by_head.entry(head.to_string()).or_default().push((name, meant));
            }
        }
        mentions
    }

    /// The first mention: where it is, the name, and what that stands for. Of names that begin there the longest, of equal
    /// ones the first.
    pub fn first_in(&self, text: &str) -> Option<(usize, &str, T)> {
        let mut is_inside = false;
        text.char_indices().find_map(|(at, character)| {
            let begins = !is_inside;
            is_inside = is_part_of_word(character);
            let (name, meant) = begins.then(|| self.beginning(&text[at..])).flatten()?;
            Some((at, name, meant))
        })
    }

    /// The name that a text begins with, where that is the beginning of a word.
    fn beginning(&self, text: &str) -> Option<(&str, T)> {
        let names = self.by_head.get(head(text))?;
        let mut longest: Option<(&str, T)> = None;
        for (name, meant) in names {
            let name = name.as_ref();
            let rest = text.strip_prefix(name);
            let is_whole = rest.is_some_and(|rest| !rest.chars().next().is_some_and(is_part_of_word));
            if is_whole && longest.is_none_or(|(other, _)| other.len() < name.len()) {
                longest = Some((name, *meant));
            }
        }
        longest
    }
}

/// The word that a text begins with, else its first character. Where a name stands as whole words, the text there has
/// the head that the name has.
fn head(text: &str) -> &str {
    let word = text.find(|character: char| !is_part_of_word(character)).unwrap_or(text.len());
    let first = text.chars().next().map_or(0, char::len_utf8);
    &text[..word.max(first)]
}

/// `M2` is not mentioned by `M2-X1` or by `M21`.
fn is_part_of_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '-' | '_')
}

#[cfg(test)]
mod tests {
    use super::Mentions;

    fn check(text: &str, expected: Option<(usize, &str, usize)>) {
        let names = ["R-1", "Exit of the supplier", "(secret)", "Größe", "R-1 again", "", "R-1"];
        let mentions = Mentions::new(names.iter().enumerate().map(|(place, name)| (*name, place)));
        assert_eq!(mentions.first_in(text), expected, "{text}");
    }

    #[test]
    fn names_are_found_as_whole_words_wherever_they_stand() {
        check("R-1", Some((0, "R-1", 0)));
        check("see R-1.", Some((4, "R-1", 0)));
        check("R-1 again and again", Some((0, "R-1 again", 4)));
        check("the Exit of the supplier, R-1", Some((4, "Exit of the supplier", 1)));
        check("((secret)", Some((1, "(secret)", 2)));
        check("die Größe", Some((4, "Größe", 3)));
        check("éR-1 R-1", Some((6, "R-1", 0)));
        for text in [
            "",
            "R-10",
            "éR-1",
            "R-1é",
            "R-1-a",
            "XR-1",
            "Exit of the suppliers",
            "Exit",
            "a(secret)",
            "Größen",
            "secret",
        ] {
            check(text, None);
        }
    }
}
