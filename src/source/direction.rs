//! Characters that are not seen and act on what is: marks that turn the order of letters, after Unicode Standard Annex 9,
//! and those that no page may hold.

use std::borrow::Cow;

/// Begins a stretch that takes its direction from its first letter, and is one character to what stands beside it.
const ISOLATE: char = '\u{2068}';
const END_OF_ISOLATE: char = '\u{2069}';
const END_OF_EMBEDDING: char = '\u{202c}';

/// Whether a character has no other meaning than to turn the order of those beside it.
pub fn turns(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Hebrew, Arabic and the other scripts that are written from right to left.
fn runs_left(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
        || matches!(character, '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Control characters and noncharacters: HTML forbids them, XML cannot hold most of them.
fn is_unfit(character: char) -> bool {
    let is_noncharacter = matches!(character, '\u{fdd0}'..='\u{fdef}') || u32::from(character) & 0xfffe == 0xfffe;
    is_noncharacter || character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{85}')
}

/// The text as a page can hold it. No mark in it reaches beyond its end: what they open is closed, and all is put apart.
/// What no page may hold is shown as U+FFFD.
pub fn contained(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return Cow::Borrowed(text);
    }
    match (text.contains(is_unfit), text.contains(turns)) {
        (false, false) => Cow::Borrowed(text),
        (false, true) => Cow::Owned(closed(text)),
        (true, _) => Cow::Owned(contained(&text.replace(is_unfit, "\u{fffd}")).into_owned()),
    }
}

fn closed(text: &str) -> String {
    let mut contained = String::from(ISOLATE);
    // The ends that are still to come, the innermost last.
    let mut open = Vec::new();
    for character in text.chars() {
        match character {
            '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' => open.push(END_OF_EMBEDDING),
            '\u{2066}'..='\u{2068}' => open.push(END_OF_ISOLATE),
            END_OF_EMBEDDING | END_OF_ISOLATE => {
                // An end that nothing in this text began would end what stands around it.
                let Some(begun) = open.iter().rposition(|end| *end == character) else { continue };
                let is_in_isolate = open[begun..].contains(&END_OF_ISOLATE);
                if character == END_OF_EMBEDDING && is_in_isolate {
                    continue;
                }
                open.truncate(begun);
            }
            _ => {}
        }
        contained.push(character);
    }
    contained.extend(open.iter().rev());
    contained.push(END_OF_ISOLATE);
    contained
}

/// `contained`, and put apart too where its letters run from right to left: for words within a sentence of ours.
pub fn apart(text: &str) -> Cow<'_, str> {
    if text.contains(runs_left) && !text.contains(turns) {
        return Cow::Owned(format!("{ISOLATE}{text}{END_OF_ISOLATE}"));
    }
    contained(text)
}

#[cfg(test)]
mod tests {
    use super::{apart, contained};

    /// Text with its marks by name.
    fn named(text: &str) -> String {
        let names = [
            ('\u{202a}', "<lre>"),
            ('\u{202b}', "<rle>"),
            ('\u{202c}', "<pdf>"),
            ('\u{202e}', "<rlo>"),
            ('\u{2066}', "<lri>"),
            ('\u{2067}', "<rli>"),
            ('\u{2068}', "<fsi>"),
            ('\u{2069}', "<pdi>"),
            ('\u{200f}', "<rlm>"),
        ];
        names.iter().fold(text.to_string(), |text, (mark, name)| text.replace(*mark, name))
    }

    #[test]
    fn what_marks_open_is_closed_and_put_apart() {
        for (text, expected) in [
            ("plain", "plain"),
            ("אב", "אב"),
            ("a\u{202e}b", "<fsi>a<rlo>b<pdf><pdi>"),
            ("\u{2067}a\u{202e}", "<fsi><rli>a<rlo><pdf><pdi><pdi>"),
            ("a\u{2069}b\u{202c}c", "<fsi>abc<pdi>"),
            ("\u{202b}a\u{202c} \u{2066}b\u{2069}", "<fsi><rle>a<pdf> <lri>b<pdi><pdi>"),
            ("\u{202b}\u{2066}\u{202c}\u{2069}", "<fsi><rle><lri><pdi><pdf><pdi>"),
            ("\u{2066}\u{202b}\u{2069}a", "<fsi><lri><rle><pdi>a<pdi>"),
            ("\u{200f}1", "<fsi><rlm>1<pdi>"),
        ] {
            assert_eq!(named(&contained(text)), expected, "{}", named(text));
            assert_eq!(contained(&contained(text)).matches('\u{202e}').count(), text.matches('\u{202e}').count());
        }
    }

    #[test]
    fn what_no_page_may_hold_is_replaced() {
        assert_eq!(
            contained("a\u{0}\u{1b}\u{9b}\u{ffff}\tb\r\n\u{85}"),
            "a\u{fffd}\u{fffd}\u{fffd}\u{fffd}\tb\r\n\u{85}"
        );
        assert_eq!(named(&contained("\u{0}\u{202e}")), "<fsi>\u{fffd}<rlo><pdf><pdi>");
    }

    #[test]
    fn letters_from_right_to_left_are_put_apart_in_sentences() {
        assert_eq!(named(&apart("אב 1")), "<fsi>אב 1<pdi>");
        assert_eq!(named(&apart("a\u{202e}")), "<fsi>a<rlo><pdf><pdi>");
        assert_eq!(apart("déjà vu"), "déjà vu");
    }
}
