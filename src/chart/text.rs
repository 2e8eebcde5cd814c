//! Measures and wraps words as Helvetica and Arial set them at 13 px, since a generator has no browser to ask.

const SIZE: f64 = 13.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

/// Pixels of one line.
pub fn width(words: &str, weight: Weight) -> f64 {
    words.chars().map(|character| advance(character, weight)).sum()
}

/// The words, or as many characters as fit with `…` behind them.
pub fn fit(words: &str, weight: Weight, room: f64) -> String {
    if width(words, weight) <= room {
        return words.to_owned();
    }
    let (start, _) = split_at(words, weight, room - advance('…', weight));
    format!("{}…", start.trim_end())
}

/// The words on at most two lines of `room` pixels, broken so that the longer line is short; what does not fit ends in `…`.
pub fn two_lines(words: &str, weight: Weight, room: f64) -> Vec<String> {
    if width(words, weight) <= room {
        return vec![words.to_owned()];
    }
    let breaks = words.char_indices().filter(|(_, character)| *character == ' ');
    let balanced = breaks
        .map(|(at, _)| (words[..at].trim_end(), words[at..].trim_start()))
        .map(|(first, second)| (first, second, width(first, weight).max(width(second, weight))))
        .filter(|(_, _, longer)| *longer <= room)
        // A line that ends in `&` or a dash reads as cut off.
        .min_by(|one, other| {
            (joins(one.0), one.2).partial_cmp(&(joins(other.0), other.2)).expect("widths are numbers")
        });
    if let Some((first, second, _)) = balanced {
        return vec![first.to_owned(), second.to_owned()];
    }
    let (start, _) = split_at(words, weight, room);
    let at = start.rfind(' ').filter(|at| *at > 0).unwrap_or(start.len());
    vec![words[..at].trim_end().to_owned(), fit(words[at..].trim_start(), weight, room)]
}

/// Whether a line ends in a sign that belongs to the next word.
fn joins(line: &str) -> bool {
    line.ends_with(['&', '+', '/', '–', '—', '-', '('])
}

/// Splits where the room ends, and not before a character that joins the one in front.
fn split_at(words: &str, weight: Weight, room: f64) -> (&str, &str) {
    let mut used = 0.0;
    let mut at = 0;
    for (index, character) in words.char_indices() {
        let advance = advance(character, weight);
        if advance > 0.0 {
            at = index;
        }
        used += advance;
        if used > room {
            return words.split_at(at);
        }
    }
    (words, "")
}

fn advance(character: char, weight: Weight) -> f64 {
    let widths = match weight {
        Weight::Regular => &REGULAR,
        Weight::Bold => &BOLD,
    };
    let thousandths = match u32::from(character) {
        0x20..=0x7e => widths[character as usize - 0x20],
        // Soft hyphens, joiners, marks that stand on the character before, selectors.
        0..=0x1f | 0x7f..=0x9f | 0xad | 0x300..=0x36f | 0x200b..=0x200f | 0x2060 | 0xfe00..=0xfe0f | 0xfeff => 0,
        0xa0 | 0x202f => 278,
        0x2018 | 0x2019 => 278,
        0x201c | 0x201d => 500,
        0x2010..=0x2013 => 556,
        0x2014 | 0x2026 | 0x2190..=0x21ff | 0xc6 | 0xe6 | 0x152 | 0x153 => 1000,
        // Capitals with accents, Greek, Cyrillic: the widest common letter of each, so that a line is never longer than said.
        0xc0..=0xde => 722,
        0xa1..=0x24f => 611,
        0x370..=0x52f => 722,
        0x1100..=0x11ff | 0x2e80..=0xd7ff | 0xf900..=0xfaff | 0xff00..=0xff60 | 0x20000..=0x3ffff => 1000,
        0x1f000..=0x1ffff => 1300,
        _ => 800,
    };
    f64::from(thousandths) * SIZE / 1000.0
}

/// Thousandths of the type size for U+0020 to U+007E.
#[rustfmt::skip]
const REGULAR: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

#[rustfmt::skip]
const BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
    975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
    333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
    611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
];

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::{Weight, fit, two_lines, width};

    #[test]
    fn a_name_breaks_where_its_longer_line_is_short() {
        let check =
            |name: &str, expected: Expect| expected.assert_eq(&two_lines(name, Weight::Regular, 180.0).join(" | "));
        check("Mobilise", expect!["Mobilise"]);
        check("Release Automation & Data Foundations", expect!["Release Automation | & Data Foundations"]);
        check("Timeline Hub & Support Experience", expect!["Timeline Hub | & Support Experience"]);
        check("Programme Mobilisation & Governance Lock", expect!["Programme Mobilisation | & Governance Lock"]);
        check("Donaudampfschifffahrtsgesellschaftskapitän", expect!["Donaudampfschifffahrtsgesells | chaftskapitän"]);
        check(
            "発売準備とコンプライアンスの確認および承認手続きの完了報告",
            expect!["発売準備とコンプライアンス | の確認および承認手続きの…"],
        );
        check(
            "The quick brown fox jumps over the lazy dog and then comes back again to sleep",
            expect!["The quick brown fox jumps | over the lazy dog and then c…"],
        );
        check("", expect![""]);
    }

    #[test]
    fn no_line_is_wider_than_its_room() {
        for name in [
            "Wide words everywhere in this name, and more",
            "WWWWWWWWWWWWWWWWWWWWWWWWW",
            "e\u{301}e\u{301}e\u{301}e\u{301} x",
        ] {
            for room in [20.0, 60.0, 180.0] {
                for line in two_lines(name, Weight::Bold, room) {
                    assert!(width(&line, Weight::Bold) <= room, "{line} in {room}");
                }
            }
        }
    }

    #[test]
    fn an_accent_is_not_parted_from_its_letter() {
        let name = "e\u{301}".repeat(9);
        for room in 20..60 {
            let start = fit(&name, Weight::Regular, f64::from(room));
            assert!(start.ends_with("\u{301}…") || start == "…" || start == name, "{start:?}");
        }
    }
}
