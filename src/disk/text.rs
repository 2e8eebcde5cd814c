//! Says whether bytes are text, and if not why, in words an author knows.

use crate::source::{limits, place};

/// The bytes as text, a byte order mark included; else the reason why they are none.
pub fn decode(bytes: Vec<u8>) -> Result<String, String> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err("is UTF-16 text; save the file as UTF-8".into());
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        match str::from_utf8(&error.as_bytes()[..valid]) {
            Ok(before) if before.contains('\0') => holds_nul(before),
            Ok(before) => {
                format!(
                    "is not UTF-8 text: the byte at {} belongs to another encoding; save the file as UTF-8",
                    end(before)
                )
            }
            Err(_) => "is not UTF-8 text; save the file as UTF-8".into(),
        }
    })?;
    if text.contains('\0') { Err(holds_nul(&text)) } else { Ok(text) }
}

/// The text without the byte order mark that some editors put first.
pub fn without_mark(mut text: String) -> String {
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    text
}

/// Why a text file of `length` bytes is not read.
pub fn too_long(length: u64) -> String {
    let megabytes = length.div_ceil(limits::MEGABYTE as u64);
    format!("has {megabytes} MB, and a text file may have {} MB; split it", limits::FILE / limits::MEGABYTE)
}

fn holds_nul(text: &str) -> String {
    let before = text.split('\0').next().unwrap_or_default();
    format!("is not text: it holds a NUL character at {}; if it is UTF-16 text, save the file as UTF-8", end(before))
}

fn end(text: &str) -> String {
    let place = place(text, u32::try_from(text.len()).unwrap_or(u32::MAX));
    format!("line {}, column {}", place.line, place.column)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::{decode, without_mark};

    #[track_caller]
    fn check(bytes: &[u8], expected: Expect) {
        let answer = match decode(bytes.to_vec()).map(without_mark) {
            Ok(text) => format!("text {text:?}"),
            Err(reason) => reason,
        };
        expected.assert_eq(&answer);
    }

    #[test]
    fn text_is_taken_as_it_is_but_for_a_byte_order_mark() {
        check("\u{feff}# M1\r\n".as_bytes(), expect![[r##"text "# M1\r\n""##]]);
        check(b"", expect![[r#"text """#]]);
    }

    #[test]
    fn other_encodings_are_named_with_the_first_place_that_shows_it() {
        check(
            "é\nzwei\nCaf\u{e9}?".as_bytes().iter().copied().chain([0xe9, b'!']).collect::<Vec<_>>().as_slice(),
            expect![
                "is not UTF-8 text: the byte at line 3, column 6 belongs to another encoding; save the file as UTF-8"
            ],
        );
        check(b"\xff\xfe#\0", expect!["is UTF-16 text; save the file as UTF-8"]);
        check(b"\xfe\xff\0#", expect!["is UTF-16 text; save the file as UTF-8"]);
    }

    #[test]
    fn nul_is_named_even_before_a_byte_of_another_encoding() {
        check(
            b"a\nb\0",
            expect![
                "is not text: it holds a NUL character at line 2, column 2; if it is UTF-16 text, save the file as UTF-8"
            ],
        );
        check(
            b"\0\xff",
            expect![
                "is not text: it holds a NUL character at line 1, column 1; if it is UTF-16 text, save the file as UTF-8"
            ],
        );
    }
}
