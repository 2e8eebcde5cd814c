//! Finds where the characters of a text stand in the notation that it was written in.

use crate::syntax::Run;

/// How a text was written, which decides what an unequal character of the source may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// As it is, lines folded or their indentation removed.
    Plain,
    /// `''` for one quote.
    SingleQuoted,
    /// Escapes that begin with a backslash.
    DoubleQuoted,
    /// Markdown code in a table: `\|` for a bar.
    CodeInTable,
}

/// The runs of `plain`, which was written as `written` at byte `offset` of the source. Where the two cannot be matched
/// any more, the rest of `plain` stands for the rest of `written`.
pub(super) fn runs(plain: &str, written: &str, offset: usize, notation: Notation) -> Vec<Run> {
    let mut alignment = Alignment { plain, written, offset, at_plain: 0, at_written: 0, runs: Vec::new() };
    while alignment.at_plain < plain.len() {
        if !alignment.step(notation) {
            alignment.give_up();
        }
    }
    alignment.runs
}

struct Alignment<'t> {
    plain: &'t str,
    written: &'t str,
    offset: usize,
    at_plain: usize,
    at_written: usize,
    runs: Vec<Run>,
}

impl Alignment<'_> {
    /// Matches what stands next. False where nothing matches.
    fn step(&mut self, notation: Notation) -> bool {
        let plain = &self.plain[self.at_plain..];
        let written = &self.written[self.at_written..];
        let (Some(character), Some(sign)) = (plain.chars().next(), written.chars().next()) else { return false };
        let blank_plain = leading_blanks(plain);
        let blank_written = leading_blanks(written);
        if blank_written > 0 && (blank_plain > 0 || character != sign) {
            if blank_plain > 0 {
                self.take(blank_plain, blank_written);
            }
            self.at_written += if blank_plain > 0 { 0 } else { blank_written };
            return true;
        }
        match (notation, sign) {
            (Notation::DoubleQuoted, '\\') => match written[1..].chars().next() {
                Some('\n' | '\r') => self.at_written += 1 + leading_blanks(&written[1..]),
                Some(_) => self.take(character.len_utf8(), escape_length(written, character)),
                None => return false,
            },
            (Notation::SingleQuoted, '\'') if character == '\'' && written.starts_with("''") => self.take(1, 2),
            (Notation::CodeInTable, '\\') if character == '|' && written.starts_with("\\|") => {
                self.at_written += 1;
                self.take(1, 1);
            }
            _ if character == sign => self.take(character.len_utf8(), character.len_utf8()),
            _ => return false,
        }
        true
    }

    fn take(&mut self, plain: usize, written: usize) {
        let source = self.offset + self.at_written;
        let unchanged = self.plain[self.at_plain..][..plain] == self.written[self.at_written..][..written];
        self.push(self.at_plain, source, source + written, unchanged);
        self.at_plain += plain;
        self.at_written += written;
    }

    fn push(&mut self, plain: usize, source: usize, source_end: usize, unchanged: bool) {
        if unchanged && let Some(last) = self.runs.last_mut() {
            let last_is_unchanged = plain as u32 - last.plain == last.source_end - last.source;
            if last_is_unchanged && last.source_end as usize == source {
                last.source_end = source_end as u32;
                return;
            }
        }
        self.runs.push(Run { plain: plain as u32, source: source as u32, source_end: source_end as u32 });
    }

    fn give_up(&mut self) {
        let source = self.offset + self.at_written;
        let mut source_end = self.offset + self.written.len();
        // Equal lengths would claim equal words.
        if source_end - source == self.plain.len() - self.at_plain {
            source_end = source;
        }
        self.push(self.at_plain, source, source_end, false);
        self.at_plain = self.plain.len();
    }
}

fn leading_blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t', '\n', '\r']).len()
}

/// The bytes of the escape at the start of `written`, which stands for `character`.
fn escape_length(written: &str, character: char) -> usize {
    let length = match written.as_bytes()[1] {
        b'x' => 4,
        b'u' if character as u32 > 0xffff => 12,
        b'u' => 6,
        b'U' => 10,
        _ => 1 + written[1..].chars().next().map_or(0, char::len_utf8),
    };
    if written.is_char_boundary(length) { length } else { written.len() }
}
