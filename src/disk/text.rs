//! Says whether bytes are text, and if not why, in words an author knows.

use crate::source::{limits, place};

/// The bytes as text, a byte order mark included; else the reason why they are none.
pub fn decode(bytes: Vec<u8>) -> Result<String, String> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(format!("is saved as “Unicode” (UTF-16); {SAVE_AS}"));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err("is a document of an office program under the name of a text file; open it there, and copy what \
                    it says into a text file"
            .into());
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = str::from_utf8(&error.as_bytes()[..valid]).unwrap_or_default();
        if before.contains('\0') { holds_nul(before) } else { other_letters(before) }
    })?;
    if text.contains('\0') { Err(holds_nul(&text)) } else { Ok(text) }
}

const SAVE_AS: &str = "open it in your editor and save it again with the encoding UTF-8 (“Save As” asks for it)";

fn other_letters(before: &str) -> String {
    format!("is saved in an old encoding, as the letter at {} shows; {SAVE_AS}", end(before))
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
    format!("is not a text file, as {} shows; if it should be one, {SAVE_AS}", end(before))
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
            expect![[
                r#"is saved in an old encoding, as the letter at line 3, column 6 shows; open it in your editor and save it again with the encoding UTF-8 (“Save As” asks for it)"#
            ]],
        );
        check(
            b"\xff\xfe#\0",
            expect![[
                r#"is saved as “Unicode” (UTF-16); open it in your editor and save it again with the encoding UTF-8 (“Save As” asks for it)"#
            ]],
        );
        check(
            b"\xfe\xff\0#",
            expect![[
                r#"is saved as “Unicode” (UTF-16); open it in your editor and save it again with the encoding UTF-8 (“Save As” asks for it)"#
            ]],
        );
    }

    #[test]
    fn nul_is_named_even_before_a_byte_of_another_encoding() {
        check(
            b"a\nb\0",
            expect![[
                r#"is not a text file, as line 2, column 2 shows; if it should be one, open it in your editor and save it again with the encoding UTF-8 (“Save As” asks for it)"#
            ]],
        );
        check(
            b"\0\xff",
            expect![[
                r#"is not a text file, as line 1, column 1 shows; if it should be one, open it in your editor and save it again with the encoding UTF-8 (“Save As” asks for it)"#
            ]],
        );
    }
}
