//! Names that a text may give away, found in one pass over it however many they are.

use std::collections::HashMap;

/// Ids and titles, as text and as HTML.
#[derive(Default)]
pub struct Names {
    /// By their heads; see `head`.
    by_head: HashMap<String, Vec<String>>,
}

impl Names {
    pub fn new(names: impl IntoIterator<Item = String>) -> Names {
        let mut by_head: HashMap<String, Vec<String>> = HashMap::new();
        for name in names.into_iter().filter(|name| !name.is_empty()) {
            by_head.entry(head(&name).to_string()).or_default().push(name);
        }
        Names { by_head }
    }

    /// Does one of the names stand in the text, as whole words?
    pub fn stand_in(&self, text: &str) -> bool {
        let mut is_inside = false;
        text.char_indices().any(|(at, character)| {
            let begins = !is_inside;
            is_inside = is_part_of_word(character);
            begins && self.begin(&text[at..])
        })
    }

    /// Does the text, which begins no word in its middle, begin with a whole name?
    fn begin(&self, text: &str) -> bool {
        let names = self.by_head.get(head(text));
        names.into_iter().flatten().any(|name| {
            let rest = text.strip_prefix(name.as_str());
            rest.is_some_and(|rest| !rest.chars().next().is_some_and(is_part_of_word))
        })
    }
}

/// The word that a text begins with, else its first character. Where a name stands as whole words, the text there has
/// the head that the name has.
fn head(text: &str) -> &str {
    let word = text.find(|character: char| !is_part_of_word(character)).unwrap_or(text.len());
    let first = text.chars().next().map_or(0, char::len_utf8);
    &text[..word.max(first)]
}

fn is_part_of_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '-' | '_')
}

#[cfg(test)]
mod tests {
    use super::Names;

    fn check(names: &[&str], text: &str, expected: bool) {
        let names = Names::new(names.iter().map(ToString::to_string));
        assert_eq!(names.stand_in(text), expected, "{text}");
    }

    #[test]
    fn names_are_found_as_whole_words_wherever_they_stand() {
        let names = ["R-1", "Exit of the supplier", "(secret)", "Größe", "R-1 again"];
        for text in
            ["R-1", "see R-1.", "the Exit of the supplier, again", "a (secret)", "((secret)", "die Größe", "éR R-1"]
        {
            check(&names, text, true);
        }
        for text in ["", "R-10", "R-1-a", "XR-1", "Exit of the suppliers", "Exit", "a(secret)", "Größen", "secret"] {
            check(&names, text, false);
        }
        check(&[""], "anything", false);
        check(&["a-a"], "a-a-a a-a", true);
    }
}
