//! Which words of a text stayed, went and came.

use serde::Serialize;

/// A run of words with one fate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    pub fate: Fate,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    Stayed,
    Lost,
    Gained,
}

/// More words than this are compared as a whole: the cost grows with the square.
const MOST_WORDS: usize = 400;

/// The parts of both texts in reading order; what went before what came in its place.
pub fn compare(before: &str, after: &str) -> Vec<Part> {
    let (old, new): (Vec<&str>, Vec<&str>) = (words(before), words(after));
    let mut parts = Parts::default();
    if old.len() > MOST_WORDS || new.len() > MOST_WORDS {
        let same = old == new;
        if !same {
            old.iter().for_each(|word| parts.push(Fate::Lost, word));
        }
        let fate = if same { Fate::Stayed } else { Fate::Gained };
        new.iter().for_each(|word| parts.push(fate, word));
        return parts.0;
    }
    let common = common(&old, &new);
    let (mut row, mut column) = (0, 0);
    while row < old.len() || column < new.len() {
        if row < old.len() && column < new.len() && old[row] == new[column] {
            parts.push(Fate::Stayed, new[column]);
            (row, column) = (row + 1, column + 1);
        } else if column == new.len() || (row < old.len() && common[row + 1][column] >= common[row][column + 1]) {
            parts.push(Fate::Lost, old[row]);
            row += 1;
        } else {
            parts.push(Fate::Gained, new[column]);
            column += 1;
        }
    }
    parts.0
}

/// All of a text with one fate.
pub fn whole(fate: Fate, text: &str) -> Vec<Part> {
    vec![Part { fate, text: words(text).join(" ") }]
}

/// How much of the longer text both have, in words: 0 to 100.
pub fn likeness(before: &str, after: &str) -> usize {
    let (old, new): (Vec<&str>, Vec<&str>) = (words(before), words(after));
    let longer = old.len().max(new.len());
    if longer == 0 || longer > MOST_WORDS {
        return 0;
    }
    common(&old, &new)[0][0] * 100 / longer
}

/// Words went and none came.
pub fn only_lost(parts: &[Part]) -> bool {
    let any = |fate| parts.iter().any(|part| part.fate == fate);
    any(Fate::Lost) && !any(Fate::Gained)
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// The length of the longest common sequence of the words from each pair of positions on.
fn common(old: &[&str], new: &[&str]) -> Vec<Vec<usize>> {
    let mut lengths = vec![vec![0; new.len() + 1]; old.len() + 1];
    for row in (0..old.len()).rev() {
        for column in (0..new.len()).rev() {
            lengths[row][column] = if old[row] == new[column] {
                lengths[row + 1][column + 1] + 1
            } else {
                lengths[row + 1][column].max(lengths[row][column + 1])
            };
        }
    }
    lengths
}

#[derive(Default)]
struct Parts(Vec<Part>);

impl Parts {
    fn push(&mut self, fate: Fate, word: &str) {
        match self.0.last_mut() {
            Some(last) if last.fate == fate => {
                last.text.push(' ');
                last.text.push_str(word);
            }
            _ => self.0.push(Part { fate, text: word.to_string() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Fate, compare, likeness, only_lost};

    fn check(before: &str, after: &str, expected: &str) {
        let parts = compare(before, after);
        let told: Vec<String> = parts
            .iter()
            .map(|part| match part.fate {
                Fate::Stayed => part.text.clone(),
                Fate::Lost => format!("[-{}-]", part.text),
                Fate::Gained => format!("{{+{}+}}", part.text),
            })
            .collect();
        assert_eq!(told.join(" "), expected);
    }

    #[test]
    fn words_are_compared_in_reading_order() {
        check("live with analytics and alerting", "live with analytics", "live with analytics [-and alerting-]");
        check("feed schema agreed", "feed schema finalised", "feed schema [-agreed-] {+finalised+}");
        check("", "report signed", "{+report signed+}");
        check("a  b", "a\u{a0}b", "a b");
    }

    #[test]
    fn text_beyond_measure_is_compared_as_a_whole() {
        let long = "word ".repeat(500);
        let parts = compare(&long, &format!("{long} more"));
        assert_eq!(parts.iter().map(|part| part.fate).collect::<Vec<_>>(), [Fate::Lost, Fate::Gained]);
        assert_eq!(compare(&long, &long).len(), 1);
    }

    #[test]
    fn likeness_is_of_the_longer_text() {
        assert_eq!(likeness("a b c d", "a b"), 50);
        assert_eq!(likeness("", ""), 0);
        assert!(only_lost(&compare("a b", "a")) && !only_lost(&compare("a b", "a c")));
    }
}
