//! What the YAML parser complains of, in an author's words and at the place to mend.

use std::ops::Range;
use std::sync::Arc;

use serde_saphyr::granit_parser::{ErrorKind, ScanError};

use crate::finding::Finding;
use crate::source::{Span, limits};

const USE_QUOTES: &str = "put the whole value in quotes: `key: \"value\"`";
const SAME_INDENTATION: &str =
    "begin the keys of one level in the same column, and what belongs to them two spaces further right";

/// How far up a quote or bracket that is never closed is looked for.
const MOST_LINES_ABOVE: usize = 50;

/// The finding for an error in `yaml`, which begins at byte `offset` of the source.
pub fn finding(path: &Arc<str>, yaml: &str, offset: usize, error: &ScanError) -> Box<Finding> {
    let place = Place::new(yaml, marker_offset(yaml, error));
    let problem = place.problem(error);
    let at = Span::new(path, offset + problem.range.start, offset + problem.range.end);
    let finding = Finding::new("yaml-does-not-parse", at, problem.message).label(problem.label);
    Box::new(match problem.help {
        Some(help) => finding.help(help),
        None => finding,
    })
}

/// What to do where lists and maps are nested too deeply.
pub fn nest_less() -> String {
    format!("nest at most {} levels", limits::YAML_DEEP)
}

struct Problem {
    range: Range<usize>,
    message: String,
    label: &'static str,
    help: Option<String>,
}

impl Problem {
    fn new(range: Range<usize>, message: impl Into<String>, label: &'static str, help: &str) -> Problem {
        Problem { range, message: message.into(), label, help: Some(help.to_string()) }
    }
}

/// Where the parser stopped, and the line that it stopped in.
struct Place<'y> {
    yaml: &'y str,
    offset: usize,
    line: Range<usize>,
    /// Where the lines end that the parser has behind it.
    above: usize,
}

impl<'y> Place<'y> {
    fn new(yaml: &'y str, offset: usize) -> Place<'y> {
        // At the end of the file nothing can be pointed at: go back to the last word.
        let at_end = yaml[offset..].trim().is_empty();
        let offset = if at_end { yaml.trim_end().len() } else { offset };
        let start = yaml[..offset].rfind('\n').map_or(0, |newline| newline + 1);
        let end = yaml[offset..].find('\n').map_or(yaml.len(), |newline| offset + newline);
        let end = start + yaml[start..end].trim_end().len();
        let line = start..end.max(start);
        Place { yaml, offset, above: if at_end { line.end } else { line.start }, line }
    }

    fn problem(&self, error: &ScanError) -> Problem {
        let known =
            self.tab().or_else(|| self.unclosed_above(error.kind())).or_else(|| self.missing_space(error.kind()));
        if let Some(problem) = known {
            return problem;
        }
        match error.kind() {
            ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => self.colon(),
            ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar => {
                let message = "a quote is opened and never closed";
                Problem::new(self.character(), message, "opened here", "close it at the end of the value, or remove it")
            }
            ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
                Problem::new(
                    self.word(),
                    "text stands behind a closing quote",
                    "the value has ended before this",
                    "put the whole value in quotes, and write a quote inside it as `\\\"`; or close the quote in a line above",
                )
            }
            ErrorKind::UnknownQuotedScalarEscape
            | ErrorKind::InvalidQuotedScalarHexEscape
            | ErrorKind::InvalidUnicodeEscape => Problem::new(
                self.escape(),
                "a backslash in double quotes begins an escape, and this is none",
                "not an escape",
                "write `\\\\` for a backslash, or use single quotes",
            ),
            ErrorKind::UnknownAnchor | ErrorKind::MissingAnchorOrAliasName => Problem::new(
                self.word(),
                "a value that begins with `*` or `&` is a reference, and nothing has this name",
                "read as a reference",
                USE_QUOTES,
            ),
            ErrorKind::UnexpectedCharacter { character } => {
                let message = format!("a value may not begin with `{}`", character.escape_debug());
                Problem::new(self.character(), message, "here", USE_QUOTES)
            }
            ErrorKind::UnclosedFlowCollection { open } => {
                let message = format!("`{open}` is opened and never closed");
                let help = "close it, or put a text that begins with it in quotes";
                Problem::new(self.character(), message, "here", help)
            }
            kind => self.structure(kind).unwrap_or_else(|| {
                let help = format!("{USE_QUOTES}, or compare the line with the one above");
                Problem::new(self.word(), "the file is not understood from here on", "reading stopped here", &help)
            }),
        }
    }

    fn structure(&self, kind: &ErrorKind) -> Option<Problem> {
        let problem = match kind {
            ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey if self.wide_colon().is_some() => Problem::new(
                self.wide_colon()?,
                "this is not the colon that ends a key",
                "a wide colon",
                "write a plain `:` and a space",
            ),
            ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => Problem::new(
                self.text(),
                "a line among keys has no `:`",
                "not `key: value`",
                "write `key: value`; or, if it belongs to the line above, indent it further",
            ),
            ErrorKind::ExpectedBlockMappingKey
            | ErrorKind::ExpectedBlockSequenceEntry
            | ErrorKind::InvalidIndentation
            | ErrorKind::BlockSequenceEntryNotAllowed
            | ErrorKind::MappingKeyNotAllowed
            | ErrorKind::ExpectedDocumentStart
            | ErrorKind::InvalidBlockScalarIndent
            | ErrorKind::InvalidQuotedScalarIndent
            | ErrorKind::InvalidFlowScalarIndent => Problem::new(
                self.text(),
                "the indentation does not fit the lines above",
                "begins in a column where nothing else does",
                SAME_INDENTATION,
            ),
            ErrorKind::ExpectedFlowMappingSeparator
            | ErrorKind::ExpectedFlowSequenceSeparator
            | ErrorKind::MisplacedFlowCollectionEnd
            | ErrorKind::MismatchedFlowCollectionEnd { .. }
            | ErrorKind::UnexpectedEofFlowMapping
            | ErrorKind::UnexpectedEofFlowSequence => Problem::new(
                self.word(),
                "a bracket or a comma is missing",
                "before this",
                "give every `[` and `{` its closing partner and put commas between the parts; put texts with brackets in quotes",
            ),
            ErrorKind::RecursionLimitExceeded => {
                Problem::new(self.character(), "lists are nested too deeply in one another", "here", &nest_less())
            }
            _ => return None,
        };
        Some(problem)
    }

    /// A tab in the indentation of this line or of one beside it.
    fn tab(&self) -> Option<Problem> {
        let above = self.yaml[..self.line.start.saturating_sub(1)].rfind('\n').map_or(0, |newline| newline + 1);
        let below =
            self.yaml[self.line.end..].find('\n').map_or(self.yaml.len(), |newline| self.line.end + newline + 1);
        for start in [self.line.start, above, below] {
            let line = self.yaml[start..].lines().next().unwrap_or_default();
            let indentation = &line[..line.len() - line.trim_start().len()];
            if let Some(tab) = indentation.find('\t') {
                let tabs = indentation[tab..].bytes().take_while(|byte| *byte == b'\t').count();
                return Some(Problem::new(
                    start + tab..start + tab + tabs,
                    "a tab is used for indentation",
                    "a tab",
                    "YAML needs spaces: replace each tab by two spaces",
                ));
            }
        }
        None
    }

    /// A quote or bracket that a line above opens and that this line is still inside of.
    fn unclosed_above(&self, kind: &ErrorKind) -> Option<Problem> {
        let openers: &[char] = match kind {
            ErrorKind::InvalidQuotedScalarIndent => &['"', '\''],
            ErrorKind::MappingValueNotAllowed
            | ErrorKind::ExpectedFlowSequenceSeparator
            | ErrorKind::ExpectedFlowMappingSeparator
            | ErrorKind::UnexpectedEofFlowMapping
            | ErrorKind::UnexpectedEofFlowSequence
            | ErrorKind::ExpectedBlockMappingKey
            | ErrorKind::ExpectedBlockSequenceEntry
            | ErrorKind::BlockSequenceEntryNotAllowed
            | ErrorKind::InvalidIndentation
            | ErrorKind::InvalidFlowScalarIndent => &['[', '{'],
            _ => return None,
        };
        let mut end = self.above;
        for line in self.yaml[..self.above].split_inclusive('\n').rev().take(MOST_LINES_ABOVE) {
            let start = end - line.len();
            end = start;
            let Some(value) = value_of(line) else { continue };
            let opener = line[value..].chars().next().filter(|first| openers.contains(first));
            let Some(opener) = opener else { continue };
            let partner = match opener {
                '[' => ']',
                '{' => '}',
                quote => quote,
            };
            if line[value + 1..].contains(partner) {
                return None;
            }
            let message = match partner {
                '"' | '\'' => "a quote is opened and never closed".to_string(),
                _ => format!("`{opener}` is opened and never closed"),
            };
            let help = format!("put `{partner}` at the end of the value, or the whole of it in quotes");
            return Some(Problem::new(start + value..start + value + 1, message, "opened here", &help));
        }
        None
    }

    /// A line like `key:value`, here or just above, which reads as one word.
    fn missing_space(&self, kind: &ErrorKind) -> Option<Problem> {
        if !matches!(kind, ErrorKind::MappingValueNotAllowed | ErrorKind::SimpleKeyExpected) {
            return None;
        }
        let above = self.yaml[..self.line.start.saturating_sub(1)].rfind('\n').map_or(0, |newline| newline + 1);
        [self.line.start, above].into_iter().find_map(|start| {
            let line = self.yaml[start..].lines().next()?;
            let (key, value) = line.split_once(':')?;
            let is_key = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | ' ');
            if value.is_empty() || value.starts_with(char::is_whitespace) || !key.chars().all(is_key) {
                return None;
            }
            let colon = start + key.len();
            let message = "a space is missing behind the `:`";
            let help = format!("write `{}: {}`", key.trim(), value.trim());
            Some(Problem::new(colon..colon + 1, message, "reads as a part of the word", &help))
        })
    }

    /// A colon that the parser did not expect: a second in one line, or the first in a line that is indented oddly.
    fn colon(&self) -> Problem {
        let line = &self.yaml[self.line.clone()];
        let before = &self.yaml[self.line.start..self.offset];
        if before.contains(": ") {
            let help = if line.contains(['“', '”', '„']) {
                "put the whole value in straight quotes (`\"`): curly ones do not count as quotes"
            } else {
                USE_QUOTES
            };
            return Problem::new(
                self.character(),
                "a value holds `: `, which begins a second value",
                "reads as a new key",
                help,
            );
        }
        Problem::new(
            self.text(),
            "the indentation does not fit the lines above",
            "indented like a part of a value that is complete",
            SAME_INDENTATION,
        )
    }

    /// A colon of East Asian letters in this line.
    fn wide_colon(&self) -> Option<Range<usize>> {
        let at = self.line.start + self.yaml[self.line.clone()].find('：')?;
        Some(at..at + '：'.len_utf8())
    }

    /// The first backslash from here on that begins no escape.
    fn escape(&self) -> Range<usize> {
        let mut letters = self.yaml[self.offset..self.line.end.max(self.offset)].char_indices();
        while let Some((at, letter)) = letters.next() {
            if letter != '\\' {
                continue;
            }
            match letters.next() {
                Some((_, next)) if "0abtnvfre \"/\\N_LP\t".contains(next) => {}
                next => {
                    let length = 1 + next.map_or(0, |(_, next)| next.len_utf8());
                    return self.offset + at..self.offset + at + length;
                }
            }
        }
        self.word()
    }

    fn character(&self) -> Range<usize> {
        match self.yaml[self.offset..].chars().next().filter(|next| !next.is_control()) {
            Some(character) => self.offset..self.offset + character.len_utf8(),
            None => self.last_character(),
        }
    }

    fn last_character(&self) -> Range<usize> {
        let length = self.yaml[..self.offset].chars().next_back().map_or(0, char::len_utf8);
        self.offset - length..self.offset
    }

    /// From where the parser stopped to the next white space.
    fn word(&self) -> Range<usize> {
        let rest = &self.yaml[self.offset..self.line.end.max(self.offset)];
        let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
        if length == 0 { self.character() } else { self.offset..self.offset + length }
    }

    /// The words of the line.
    fn text(&self) -> Range<usize> {
        let line = &self.yaml[self.line.clone()];
        let start = self.line.start + (line.len() - line.trim_start().len());
        if start < self.line.end { start..self.line.end } else { self.character() }
    }
}

/// Where the value begins in a line like `key: value` or `- value`.
fn value_of(line: &str) -> Option<usize> {
    let after = line.find(": ").map(|colon| colon + 2).or_else(|| line.find("- ").map(|dash| dash + 2))?;
    Some(after + (line[after..].len() - line[after..].trim_start().len()))
}

fn marker_offset(yaml: &str, error: &ScanError) -> usize {
    let marker = error.marker();
    let from_characters = || yaml.char_indices().nth(marker.index()).map_or(yaml.len(), |(offset, _)| offset);
    let offset = marker.byte_offset().unwrap_or_else(from_characters).min(yaml.len());
    (0..=offset).rev().find(|offset| yaml.is_char_boundary(*offset)).unwrap_or(0)
}
