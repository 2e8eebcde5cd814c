//! Words and limits that ask for less than those in whose place they came.

use crate::model::settings::fold;
use crate::version::diff::wording::{Fate, Part};

/// What leaves a way out, folded.
const SOFT: &[&str] = &[
    "should",
    "could",
    "may",
    "mostly",
    "mainly",
    "largely",
    "broadly",
    "substantially",
    "partly",
    "partially",
    "most",
    "some",
    "ideally",
    "possible",
    "practicable",
    "appropriate",
    "reasonable",
    "reasonably",
    "generally",
    "typically",
    "planned",
    "started",
    "begun",
    "drafted",
    "draft",
    "sollte",
    "sollten",
    "weitgehend",
    "uberwiegend",
    "moglichst",
    "moglich",
    "teilweise",
    "geplant",
    "begonnen",
    "devrait",
    "partiellement",
    "possibles",
    "largement",
    "prevu",
    "deberia",
    "parcialmente",
    "posible",
    "previsto",
];

/// What only ties the soft words to the rest.
const TIES: &[&str] = &[
    "as", "where", "if", "when", "far", "is", "are", "be", "to", "the", "a", "of", "and", "was", "were", "wo",
    "soweit", "wenn", "so", "weit", "nach", "si", "que", "donde", "sea", "en", "la", "le", "autant",
];

/// Words before a number that make it the least, or the most, that is asked for.
const LEAST: &[&str] =
    &["least", "minimum", "min", "over", "above", "≥", ">=", ">", "mindestens", "uber", "moins", "menos"];
const MOST: &[&str] =
    &["most", "maximum", "max", "under", "below", "within", "≤", "<=", "<", "hochstens", "unter", "plus", "maximo"];

/// Does every word that came leave a way out?
pub fn is_softer(parts: &[Part]) -> bool {
    let gained = parts.iter().filter(|part| part.fate == Fate::Gained).flat_map(|part| part.text.split_whitespace());
    let gained: Vec<String> = gained.map(bare).collect();
    let is_one_of = |words: &[&str], word: &String| words.contains(&word.as_str());
    gained.iter().any(|word| is_one_of(SOFT, word))
        && gained.iter().all(|word| is_one_of(SOFT, word) || is_one_of(TIES, word))
}

/// Has a least been lowered, or a most been raised? A number without a word that says which it is, is neither.
pub fn limit_is_eased(parts: &[Part]) -> bool {
    parts.windows(3).any(|parts| {
        let [context, lost, gained] = parts else { return false };
        if (context.fate, lost.fate, gained.fate) != (Fate::Stayed, Fate::Lost, Fate::Gained) {
            return false;
        }
        let (Some(before), Some(after)) = (number(&lost.text), number(&gained.text)) else { return false };
        let near = context.text.split_whitespace().rev().take(2).map(bare);
        let near: Vec<String> = near.collect();
        let says = |words: &[&str]| near.iter().any(|word| words.contains(&word.as_str()));
        (says(LEAST) && after < before) || (says(MOST) && after > before)
    })
}

fn bare(word: &str) -> String {
    fold(word.trim_matches([',', ';', '.', ':', '(', ')']))
}

/// "99.9%", "200ms": the number that a text is, whatever its unit, which must follow it at once.
fn number(text: &str) -> Option<f64> {
    let end = text.find(|letter: char| !(letter.is_ascii_digit() || matches!(letter, '.' | ','))).unwrap_or(text.len());
    let is_one_word = !text.contains(char::is_whitespace);
    text[..end].replace(',', ".").parse().ok().filter(|_| is_one_word)
}

#[cfg(test)]
mod tests {
    use super::{is_softer, limit_is_eased};
    use crate::version::diff::wording::compare;

    #[test]
    fn what_leaves_a_way_out_is_softer() {
        for (before, after, expected) in [
            ("Report signed off", "Report mostly signed off", true),
            ("All drills recorded", "Most drills recorded", true),
            ("Runbooks approved", "Runbooks drafted", true),
            ("Tests pass", "Tests pass where possible", true),
            ("Alle Tests grün", "Alle Tests möglichst grün", true),
            ("Report signed off", "Report signed off by the board", false),
            ("Report mostly signed off", "Report signed off", false),
            ("Report signed", "Report signed and most users trained", false),
            ("Report signed", "Report signed", false),
        ] {
            assert_eq!(is_softer(&compare(before, after)), expected, "{before} / {after}");
        }
    }

    #[test]
    fn a_limit_is_eased_only_where_words_say_which_way_it_binds() {
        for (before, after, expected) in [
            ("Uptime at least 99.9%", "Uptime at least 99%", true),
            ("Uptime ≥ 99.9% for a week", "Uptime ≥ 99% for a week", true),
            ("Uptime at least 99%", "Uptime at least 99.9%", false),
            ("Answers within 200ms", "Answers within 300ms", true),
            ("Answers within 300 ms", "Answers within 200 ms", false),
            ("Höchstens 3 Fehler", "Höchstens 5 Fehler", true),
            ("10 users trained", "8 users trained", false),
            ("At least Ana signs", "At least Ben signs", false),
        ] {
            assert_eq!(limit_is_eased(&compare(before, after)), expected, "{before} / {after}");
        }
    }
}
