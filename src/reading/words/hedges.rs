//! What takes back the better of two meanings: "pass?", "passed except load", "GO (draft)", "✅ ❌".

use crate::reading::dates;
use crate::reading::words::phrases::{Meanings, phrases};
use crate::reading::words::tables::{BY, HEDGES, MONTHS, PARTIAL, TAIL_FILLERS, UNCONDITIONAL, UNSETTLED};
use crate::reading::words::{fold, holds, is_listed, key, look_up, look_up_counted};

/// The most words that are a date and a name, "by" included: more of them tell something else.
const MOST_WORDS_OF_A_SIGNATURE: usize = 10;

/// A question, or something that is still to come: nothing is said yet.
pub(super) fn is_unsettled(folded: &str) -> bool {
    let words = key(folded);
    folded.contains(['?', '¿', '…']) || folded.contains("...") || phrases(UNSETTLED).any(|hedge| holds(&words, hedge))
}

/// Does it say that something is left?
pub(super) fn is_partial(folded: &str) -> bool {
    let words = key(folded);
    phrases(PARTIAL).any(|hedge| holds(&words, hedge))
}

/// Does a mark or an alternative ("pass / fail") mean another value than the one that was read?
pub(super) fn says_two<T: Copy + PartialEq>(folded: &str, read: &T, words: &Meanings<T>, marks: &[(T, &str)]) -> bool {
    let of_mark = |letter: char| marks.iter().find(|(_, row)| row.contains(letter)).map(|(value, _)| *value);
    let alternatives = folded.split(['/', '|', ';', '→', '>']).flat_map(|part| part.split(" or "));
    let mut meant = folded.chars().filter_map(of_mark).chain(alternatives.filter_map(|part| look_up(part, words)));
    meant.any(|value| value != *read)
}

/// Is there nothing behind the known words but when and by whom: a date, a name, "by the board on 3 Feb"?
pub(super) fn is_plain<T: Copy>(text: &str, folded: &str, table: &Meanings<T>) -> bool {
    let taken = look_up_counted(folded, table).map_or(0, |(_, words)| words);
    let written: Vec<&str> =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let tail = &written[taken.min(written.len())..];
    if tail.is_empty() {
        return true;
    }
    let words: Vec<String> = tail.iter().map(|word| fold(word)).collect();
    let said = words.join(" ");
    if phrases(UNCONDITIONAL).any(|phrase| phrase == said) {
        return true;
    }
    let hedged = phrases(HEDGES).chain(phrases(PARTIAL)).any(|hedge| holds(&said, hedge));
    !hedged && !text.contains('%') && is_dated(tail, &words) && is_signed(text, tail, &words)
}

/// Are its numbers those of a date? "12/15" could be a count.
fn is_dated(tail: &[&str], words: &[String]) -> bool {
    let numbers = words.iter().filter(|word| word.starts_with(|letter: char| letter.is_ascii_digit())).count();
    let has_month = words.iter().any(|word| is_listed(MONTHS, word));
    numbers == 0
        || has_month && numbers <= 3
        || numbers == 3 && {
            let digits: Vec<&str> =
                tail.iter().copied().filter(|word| word.starts_with(|letter: char| letter.is_ascii_digit())).collect();
            dates::read(&digits.join("-"), true).is_some() || dates::read(&digits.join("/"), true).is_some()
        }
}

/// Are its other words a name: behind "by", or with capitals where the text has small letters too?
fn is_signed(text: &str, tail: &[&str], words: &[String]) -> bool {
    let behind_by = words.iter().position(|word| is_listed(BY, word)).unwrap_or(words.len());
    let shouts = !text.contains(char::is_lowercase);
    let is_name = |word: &str| !word.starts_with(char::is_lowercase) && (!shouts || word.chars().count() <= 2);
    let named = tail.iter().zip(words).take(behind_by).all(|(word, folded)| {
        word.starts_with(|letter: char| letter.is_ascii_digit())
            || is_listed(MONTHS, folded)
            || is_listed(TAIL_FILLERS, folded)
            || is_name(word)
    });
    named && words.len() - behind_by <= MOST_WORDS_OF_A_SIGNATURE
}
