//! Findings as people read them on a terminal: frames with the author's text, one-line forms, and what a rule is about.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::cli::blocks::{Block, blocks, summary};
use crate::finding::Severity;
use crate::rules::Rule;
use crate::source::{Inputs, Place};
use crate::version::Judged;

/// Whether colour may be used; whoever writes to a terminal knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    Plain,
    Coloured,
}

/// What frames are drawn from and how.
pub struct Look<'a> {
    pub inputs: &'a Inputs,
    /// Put before every path, so that an editor can jump to it: empty, or ending in `/`.
    pub folder: &'a str,
    pub ink: Ink,
    /// Columns of the terminal.
    pub width: usize,
}

/// Places of a block that get a frame.
const FRAMES: usize = 3;
/// Characters of a cut line that stand before the place it is cut for.
const LEAD: usize = 24;

/// Every block with its frames, what is allowed, and the summary.
pub fn human(findings: &[Judged], look: &Look<'_>) -> String {
    let renderer = match look.ink {
        Ink::Plain => Renderer::plain(),
        Ink::Coloured => Renderer::styled(),
    };
    let renderer = renderer.term_width(look.width);
    let mut text = String::new();
    for block in blocks(findings) {
        text.push_str(&drawn(&block, &renderer, look));
        text.push_str("\n\n");
    }
    for finding in findings {
        let Some(answer) = &finding.allowed else { continue };
        let place = place(finding, look.folder);
        text.push_str(&format!("{place}allowed[{}]: {}: {}\n", finding.rule, tame(&finding.message), tame(answer)));
    }
    text.push_str(&summary(findings));
    text.push('\n');
    text
}

/// One line a finding, and nothing else: `path:line:column: severity[rule]: message`.
pub fn short(findings: &[Judged], folder: &str) -> String {
    findings.iter().map(|finding| line(finding, folder) + "\n").collect()
}

fn line(finding: &Judged, folder: &str) -> String {
    let word = if finding.allowed.is_some() { "allowed" } else { finding.severity.word() };
    format!("{}{word}[{}]: {}", place(finding, folder), finding.rule, tame(&finding.message))
}

/// `path:line:column: `, or nothing where the finding belongs to no file.
fn place(finding: &Judged, folder: &str) -> String {
    if finding.path.is_empty() {
        return String::new();
    }
    format!("{}:{}:{}: ", tame_line(&displayed(folder, &finding.path)), finding.start.line, finding.start.column)
}

/// What a rule is about, for `explain`.
pub fn explain(rule: &Rule) -> String {
    let body = rule.documentation.trim_start_matches('#').trim_start();
    let body = body.strip_prefix(rule.name).unwrap_or(body).trim();
    format!("{} ({}, {})\n\n{body}\n", rule.name, rule.severity.word(), rule.family.word())
}

/// The path as the caller's working directory sees it; empty stays empty.
pub fn displayed(folder: &str, path: &str) -> String {
    if path.is_empty() { String::new() } else { format!("{folder}{path}") }
}

/// Text in one line that can do nothing to a terminal: no control character and nothing that turns the order of
/// letters is left as it is.
pub fn tame(text: &str) -> String {
    let mut tame = String::with_capacity(text.len());
    text.chars().for_each(|character| push_tamed(&mut tame, character));
    tame
}

/// The same for what begins a line of its own, which no log may take for a command.
pub fn tame_line(text: &str) -> String {
    let tame = tame(text);
    if tame.trim_start().starts_with("::") { tame.replacen("::", "∷", 1) } else { tame }
}

/// Adds a character as it may be seen. Those who run builds obey `##[` and `##vso[` wherever it stands in a line.
fn push_tamed(text: &mut String, character: char) {
    let is_command = character == '[' && (text.ends_with("##") || text.ends_with("##vso"));
    text.push(if is_command { '⟦' } else { tamed(character) });
}

/// Control characters, and those that are not seen and change how their neighbours are shown.
pub fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(character, '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{e0001}'..='\u{e007f}')
}

fn tamed(character: char) -> char {
    match character {
        '\t' | '\n' => ' ',
        '\0'..='\u{1f}' => char::from_u32(u32::from(character) + 0x2400).unwrap_or('\u{fffd}'),
        unseen if is_unseen(unseen) => '\u{fffd}',
        seen => seen,
    }
}

fn drawn(block: &Block<'_>, renderer: &Renderer, look: &Look<'_>) -> String {
    let level = match block.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(tame(&block.title())).id(block.first().rule.clone());
    let mut group = Group::with_title(title);
    for frame in frames(&marks(block), look) {
        let origin = Origin::path(tame(&displayed(look.folder, &frame.path)));
        let origin = origin.line(frame.place.line as usize).char_column(frame.place.column as usize);
        group = group.element(origin);
        if !frame.text.is_empty() {
            let snippet = Snippet::source(frame.text).line_start(frame.place.line as usize);
            group = group.element(snippet.annotations(frame.annotations));
        }
    }
    if let Some(help) = block.help() {
        group = group.element(Level::HELP.message(tame(&help)));
    }
    // The origin of a frame is given apart, since that of a cut line is not where its text says. The renderer marks a
    // text without an origin of its own by a line of colons.
    let drawn = renderer.render(&[group]);
    let lines: Vec<&str> = drawn.lines().filter(|line| visible(line).trim() != ":::").collect();
    lines.join("\n")
}

/// A line without the colours of the renderer; of the author's text there is no escape left in it.
fn visible(line: &str) -> String {
    let mut parts = line.split("\u{1b}[");
    let first = parts.next().unwrap_or_default();
    let styled = parts.map(|part| part.split_once('m').map_or("", |(_, text)| text));
    std::iter::once(first).chain(styled).collect()
}

/// A place to underline.
struct Mark<'a> {
    path: &'a str,
    place: Place,
    bytes: (u32, u32),
    label: &'a str,
    kind: AnnotationKind,
}

/// The first places of several findings, but one alone where they all say the same; of a single finding its place and
/// those related to it.
fn marks<'a>(block: &Block<'a>) -> Vec<Mark<'a>> {
    let mut marks: Vec<Mark<'a>> = Vec::new();
    let first = block.first();
    let is_one_thing = !first.label.is_empty() && block.findings().iter().all(|finding| finding.label == first.label);
    for finding in block.findings().iter().take(FRAMES) {
        if is_one_thing && finding.start.line != first.start.line {
            continue;
        }
        // What was said once need not be said under every place.
        let is_said = marks.iter().any(|mark| mark.label == finding.label);
        let label = if is_said { "" } else { finding.label.as_str() };
        let kind = AnnotationKind::Primary;
        marks.push(Mark { path: &finding.path, place: finding.start, bytes: finding.bytes, label, kind });
    }
    if let [finding] = block.findings() {
        marks.extend(finding.related.iter().map(|related| Mark {
            path: &related.path,
            place: related.start,
            bytes: related.bytes,
            label: &related.note,
            kind: AnnotationKind::Context,
        }));
    }
    marks.retain(|mark| !mark.path.is_empty());
    marks
}

/// A line of a source, cut where it is long, with what is underlined in it.
struct Frame {
    path: String,
    place: Place,
    text: String,
    annotations: Vec<Annotation<'static>>,
}

/// One frame for each line that is marked; a mark beyond the cut of its line gets a frame of its own.
fn frames(marks: &[Mark<'_>], look: &Look<'_>) -> Vec<Frame> {
    let mut frames = Vec::new();
    let mut left: Vec<&Mark<'_>> = marks.iter().collect();
    while !left.is_empty() {
        let first = left.remove(0);
        let source = look.inputs.source(first.path).map_or("", |source| &source.text);
        let cut = Cut::around(source, first.bytes, look.width.saturating_sub(12).max(40));
        let mut annotations = vec![cut.annotation(first)];
        left.retain(|mark| {
            let joins = mark.path == first.path && mark.place.line == first.place.line && cut.holds(mark.bytes);
            if joins {
                annotations.push(cut.annotation(mark));
            }
            !joins
        });
        frames.push(Frame { path: first.path.to_string(), place: first.place, text: cut.text, annotations });
    }
    frames
}

/// A stretch of one line, tamed, that still knows where its characters came from.
struct Cut {
    text: String,
    /// Offset in the source of each character, and its offset in `text`; the end is the last.
    offsets: Vec<(usize, usize)>,
}

impl Cut {
    /// At most `width` characters of the line in which `bytes` begins, some of them before it.
    fn around(source: &str, bytes: (u32, u32), width: usize) -> Cut {
        let start = floor(source, bytes.0 as usize);
        let line_start = source[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = source[start..].find('\n').map_or(source.len(), |newline| start + newline);
        let line_end = line_start + source[line_start..line_end].trim_end_matches('\r').len();
        let start = start.min(line_end);
        let is_long = source[line_start..line_end].chars().nth(width).is_some();
        let from = if is_long { back(&source[line_start..start], LEAD) + line_start } else { line_start };
        let to = source[from..line_end].char_indices().nth(width).map_or(line_end, |(end, _)| from + end);
        let mut text = String::new();
        let mut offsets = Vec::new();
        if from > line_start {
            text.push('…');
        }
        for (offset, character) in source[from..to].char_indices() {
            offsets.push((from + offset, text.len()));
            push_tamed(&mut text, character);
        }
        offsets.push((to, text.len()));
        if to < line_end {
            text.push('…');
        }
        Cut { text, offsets }
    }

    fn holds(&self, bytes: (u32, u32)) -> bool {
        let (from, to) = (self.offsets[0].0, self.offsets[self.offsets.len() - 1].0);
        from <= bytes.0 as usize && bytes.1 as usize <= to
    }

    fn annotation(&self, mark: &Mark<'_>) -> Annotation<'static> {
        let annotation = mark.kind.span(self.range(mark.bytes));
        if mark.label.is_empty() { annotation } else { annotation.label(tame(mark.label)) }
    }

    /// Where bytes of the source stand in `text`; what is beyond its ends stands at them.
    fn range(&self, bytes: (u32, u32)) -> Range<usize> {
        let within = |offset: u32| {
            let index = self.offsets.partition_point(|(source, _)| *source < offset as usize);
            self.offsets[index.min(self.offsets.len() - 1)].1
        };
        let start = within(bytes.0);
        start..within(bytes.1).max(start)
    }
}

/// The offset of the character `count` characters before the end.
fn back(text: &str, count: usize) -> usize {
    text.char_indices().rev().take(count).last().map_or(text.len(), |(offset, _)| offset)
}

/// The start of the character at or before `offset`.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Ink, Look, human, short};
    use crate::finding::Severity;
    use crate::source::{Inputs, Source, place};
    use crate::version::{Judged, Related};
    use expect_test::{Expect, expect};

    fn inputs(text: &str) -> Inputs {
        let source = Source { path: "content/m.md".into(), text: Arc::from(text) };
        Inputs { sources: vec![source], ..Inputs::default() }
    }

    /// A finding at the first place where `needle` stands.
    fn finding(rule: &str, text: &str, needle: &str) -> Judged {
        let start = text.find(needle).unwrap() as u32;
        let bytes = (start, start + needle.len() as u32);
        Judged {
            rule: rule.to_string(),
            severity: Severity::Warning,
            message: format!("`{needle}` is wrong"),
            path: "content/m.md".to_string(),
            start: place(text, bytes.0),
            end: place(text, bytes.1),
            label: "this".to_string(),
            related: Vec::new(),
            help: Some("mend it".to_string()),
            subject: Some(needle.to_string()),
            allowed: None,
            bytes,
        }
    }

    fn check(findings: &[Judged], text: &str, expected: Expect) {
        let look = Look { inputs: &inputs(text), folder: "plan/", ink: Ink::Plain, width: 80 };
        let drawn: Vec<String> = human(findings, &look).lines().map(|line| line.trim_end().to_string()).collect();
        expected.assert_eq(&(drawn.join("\n") + "\n"));
    }

    #[test]
    fn one_finding_is_framed_with_what_belongs_to_it() {
        let text = "# Plan\n| M1 | first |\r\n| M2 | sécond |\r\n";
        let mut found = finding("window-reversed", text, "sécond");
        let at = text.find("first").unwrap() as u32;
        found.related = vec![Related {
            path: "content/m.md".into(),
            start: place(text, at),
            note: "it follows this".into(),
            bytes: (at, at + 5),
        }];
        let expected = expect![[r#"
            warning[window-reversed]: `sécond` is wrong
             --> plan/content/m.md:3:8
              |
            3 | | M2 | sécond |
              |        ^^^^^^ this
             ::: plan/content/m.md:2:8
              |
            2 | | M1 | first |
              |        ----- it follows this
              |
              = help: mend it

            1 warning
        "#]];
        check(&[found], text, expected);
    }

    #[test]
    fn several_findings_that_say_the_same_are_one_frame() {
        let text = "| a | bb | ccc |\n| dddd |\n| eeeee |\n";
        let findings = ["a", "bb", "dddd", "ccc", "eeeee"].map(|needle| finding("id-derived", text, needle));
        let expected = expect![[r#"
            warning[id-derived]: 5 records have no id, and were given one: a, bb, ccc and 2 more
             --> plan/content/m.md:1:3
              |
            1 | | a | bb | ccc |
              |   ^   ^^   ^^^
              |   |
              |   this
              |
              = help: mend it

            5 warnings
        "#]];
        check(&findings, text, expected);
    }

    #[test]
    fn several_findings_that_differ_show_three_places() {
        let text = "| a |\n| bb |\n| ccc |\n| dddd |\n";
        let findings = ["a", "bb", "ccc", "dddd"]
            .map(|needle| Judged { label: format!("not {needle}"), ..finding("unknown-value", text, needle) });
        let expected = expect![[r#"
            warning[unknown-value]: 4 values are not known: a, bb, ccc and dddd
             --> plan/content/m.md:1:3
              |
            1 | | a |
              |   ^ not a
             ::: plan/content/m.md:2:3
              |
            2 | | bb |
              |   ^^ not bb
             ::: plan/content/m.md:3:3
              |
            3 | | ccc |
              |   ^^^ not ccc
              |
              = help: mend it

            4 warnings
        "#]];
        check(&findings, text, expected);
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let text = format!("| {} | here | {} |\n", "é".repeat(500_000), "y".repeat(500_000));
        let found = finding("window-reversed", &text, "here");
        let expected = expect![[r#"
            warning[window-reversed]: `here` is wrong
             --> plan/content/m.md:1:500006
              |
            1 | …ééééééééééééééééééééé | here | yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…
              |                          ^^^^ this
              |
              = help: mend it

            1 warning
        "#]];
        check(&[found], &text, expected);
    }

    #[test]
    fn author_text_cannot_steer_the_terminal() {
        let text = "| a\u{1b}[2J\u{202e}b\u{9b}31m |\n";
        let mut found = finding("window-reversed", text, "a\u{1b}[2J\u{202e}b\u{9b}31m");
        found.message.push_str("\nerror[forged]: nothing");
        found.path = "content/m.md".to_string();
        let look = Look { inputs: &inputs(text), folder: "", ink: Ink::Plain, width: 80 };
        for drawn in [human(&[found.clone()], &look), short(&[found.clone()], "")] {
            assert!(!drawn.contains(['\u{1b}', '\u{202e}', '\u{9b}']), "{drawn:?}");
            assert!(!drawn.contains("\nerror[forged]"), "{drawn}");
        }
        assert_eq!(
            short(&[found], ""),
            "content/m.md:1:3: warning[window-reversed]: `a␛[2J\u{fffd}b\u{fffd}31m` is wrong error[forged]: nothing\n"
        );
    }

    #[test]
    fn what_belongs_to_no_file_and_what_is_allowed_is_told_without_a_frame() {
        let mut nowhere = finding("data-date-assumed", "x", "x");
        (nowhere.path, nowhere.bytes) = (String::new(), (0, 0));
        let allowed = Judged { allowed: Some("known (Ana)".into()), ..finding("window-reversed", "x", "x") };
        let expected = expect![[r#"
            warning[data-date-assumed]: `x` is wrong
             |
             = help: mend it

            plan/content/m.md:1:1: allowed[window-reversed]: `x` is wrong: known (Ana)
            1 warning; 1 allowed
        "#]];
        check(&[nowhere, allowed], "x", expected);
    }
}
