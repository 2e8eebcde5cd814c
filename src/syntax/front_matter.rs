//! Finds the front matter of a Markdown file.

use std::ops::Range;

use crate::finding::Finding;
use crate::source::{Source, Span};

/// The byte range of the YAML between the `---` lines, if the file begins with one, and that of the body. A file may
/// also begin with a rule and prose: then there is no front matter. Finds front matter that is never closed.
pub fn split(source: &Source, findings: &mut Vec<Finding>) -> (Option<Range<usize>>, Range<usize>) {
    let text = &*source.text;
    let nothing = (None, 0..text.len());
    let opening = text.len() - text.trim_start().len();
    let opening = text[..opening].rfind('\n').map_or(0, |newline| newline + 1);
    let first = text[opening..].split_inclusive('\n').next().unwrap_or_default();
    if !is_fence(first) {
        findings.extend(misplaced(source));
        return nothing;
    }
    let start = opening + first.len();
    let mut end = start;
    for line in text[start..].split_inclusive('\n') {
        if is_fence(line) || line.trim_end() == "..." {
            let body = end + line.len()..text.len();
            return if is_yaml_map(&text[start..end]) { (Some(start..end), body) } else { nothing };
        }
        end += line.len();
    }
    if is_clearly_front_matter(&text[start..]) {
        let at = Span::new(&source.path, opening, opening + 3);
        let finding = Finding::new(
            "yaml-does-not-parse",
            at,
            "the keys at the top begin behind `---`, and nothing says where they end",
        )
        .label("opened here")
        .help("put a line with `---` alone after its last key");
        findings.push(finding);
    }
    nothing
}

/// `---`; also `----`, and the long dashes that a word processor makes of it.
fn is_fence(line: &str) -> bool {
    let line = line.trim_end();
    let dashes = line.chars().map(|letter| match letter {
        '-' => 1,
        '–' => 2,
        '—' => 3,
        _ => -1000,
    });
    dashes.sum::<i32>() >= 3
}

/// Keys between two fences that stand below other text, where they are words like any other.
fn misplaced(source: &Source) -> Option<Finding> {
    let text = &*source.text;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let keys = start + line.len();
        if is_fence(line) && text[..start].trim_end().lines().count() <= MOST_ABOVE {
            let lines: Vec<&str> =
                text[keys..].lines().take_while(|line| !is_fence(line) && !line.trim().is_empty()).collect();
            let length: usize = text[keys..].split_inclusive('\n').take(lines.len()).map(str::len).sum();
            let is_closed = text[keys + length..].lines().next().is_some_and(is_fence);
            let is_key = |line: &&str| {
                key(line).is_some_and(|key| key.chars().all(|letter| letter.is_lowercase() || letter == '_'))
            };
            if is_closed && lines.len() > 1 && lines.iter().all(|line| is_key(line) || line.starts_with([' ', '-'])) {
                let at = Span::new(&source.path, start, start + line.trim_end().len());
                let message = "the keys between these dashes are read as text, since other lines stand above them";
                let finding = Finding::new("yaml-does-not-parse", at, message).label("not the top of the file");
                return Some(finding.help("move all from this line to the next line of dashes to the top of the file"));
            }
        }
        start = keys;
    }
    None
}

/// Lines that may stand above keys that belong at the top: a heading, a blank line.
const MOST_ABOVE: usize = 3;

/// Whether text between two rules is meant as YAML: empty, or its first line is a key.
fn is_yaml_map(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    match lines.clone().find(|line| !line.starts_with('#')) {
        Some(line) => line.starts_with('{') || key(line).is_some(),
        None => lines.all(|line| key(line.trim_start_matches(['#', ' '])).is_some()),
    }
}

/// Whether the lines up to the first blank one are all keys and what belongs to keys.
fn is_clearly_front_matter(text: &str) -> bool {
    let lines = text.lines().take_while(|line| !line.trim().is_empty());
    let mut keys = Vec::new();
    // A line that says who may see the file is no prose, whatever stands around it.
    if lines.clone().filter_map(key).any(|key| key.trim().to_lowercase().starts_with("visib")) {
        return true;
    }
    for line in lines {
        match key(line) {
            Some(key) => keys.push(key),
            None if !keys.is_empty() && line.starts_with([' ', '\t', '-', '#']) => {}
            None => return false,
        }
    }
    keys.len() > 1 || keys.first().is_some_and(|key| key.chars().all(|letter| letter.is_lowercase() || letter == '_'))
}

/// The key of a line like `key: value`.
fn key(line: &str) -> Option<&str> {
    let (key, value) = line.split_once(':')?;
    let is_key = !key.is_empty()
        && key.len() <= 60
        && !key.starts_with(['|', '*', '>', '-', '[', '<', ' ', '\t'])
        && !key.contains(['.', '!', '?', ',']);
    (is_key && (value.is_empty() || value.starts_with([' ', '\t', '\r']))).then_some(key)
}
