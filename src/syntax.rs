//! Text to a spanned document: what stands where, with no idea yet of what it means.
//!
//! Knows Markdown and YAML, not milestones. `parse` never fails: what cannot be parsed is a finding, and the rest
//! is still there. See design: content (the tolerant reader), architecture.

pub mod alignment;
pub mod body;
pub mod front_matter;
mod line_ends;
pub mod markdown;
pub mod notation;
pub mod yaml;

use std::ops::Range;
use std::sync::Arc;

use crate::finding::Finding;
use crate::source::{Html, Source, Span, limits};

/// One source, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub path: Arc<str>,
    /// The front matter of a Markdown file, or the whole of a YAML file. None where there is none or it does not parse.
    pub data: Option<Node>,
    /// The body of a Markdown file in order; empty for YAML.
    pub blocks: Vec<Block>,
    /// Every link and image target of the body.
    pub links: Vec<Link>,
}

/// A block of a Markdown body. `html` is that block alone, safe; tables have none, since their rows may be withheld one by one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Heading {
        level: u8,
        text: Text,
        anchor: String,
        html: Html,
    },
    Paragraph {
        text: Text,
        html: Html,
    },
    List {
        items: Vec<Item>,
        ordered: bool,
        at: Span,
        html: Html,
    },
    Table(Table),
    /// Code, quotations, rules: shown in a narrative, never read as records.
    Other {
        at: Span,
        html: Html,
    },
}

/// One item of a list: its own text, its task box, and what is nested in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub text: Text,
    pub ticked: Option<bool>,
    pub children: Vec<Block>,
    pub at: Span,
}

/// A Markdown table. Rows are as wide as the header: missing cells are empty texts at the end of the row, and cells
/// beyond the header's are in `surplus`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub header: Vec<Text>,
    pub rows: Vec<Row>,
    /// From the first character of the header to the last of the last row.
    pub at: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub cells: Vec<Text>,
    pub surplus: Vec<Text>,
    /// A line that stands among the rows and is none: the rows above it begin with `|`, and it does not.
    pub is_stray: bool,
    pub at: Span,
}

/// A stretch of words without markup, which still knows where each of them stands in the source.
///
/// In `plain`, `<br>` and hard breaks are `\n`, soft breaks are a space, entities and escapes are resolved, outer white space is trimmed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Text {
    pub plain: String,
    /// The whole of it in the source, without outer white space; for an empty cell, the place where words would go.
    pub at: Span,
    pub marks: Vec<Mark>,
    /// Ascending, without gaps in `plain`, each on character boundaries of both.
    runs: Vec<Run>,
}

/// A part of `Text::plain`, from `plain` to where the next run begins, and the bytes of the source that it stands for.
/// Both are the same words if they are of one length; else (an entity, an escape, a line break) they are taken whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Run {
    plain: u32,
    source: u32,
    source_end: u32,
}

/// Markup over a range of `Text::plain`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mark {
    pub range: Range<usize>,
    pub kind: MarkKind,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum MarkKind {
    Strong,
    Emphasis,
    Strike,
    Code,
    /// The space that stands for a line end within a paragraph.
    LineEnd,
    /// The target as written; its scheme is not checked yet.
    Link(String),
    Image(String),
}

/// A link or image target of a body and where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub target: String,
    pub at: Span,
    /// For an image, its alternative text.
    pub image: Option<String>,
}

impl Text {
    /// Words put together from parts of the source: (offset in `plain`, offset in source), ascending, the first at 0.
    /// Each part stands unchanged, up to where the next begins.
    pub fn new(plain: String, at: Span, marks: Vec<Mark>, parts: Vec<(u32, u32)>) -> Text {
        let ends = parts.iter().skip(1).map(|part| part.0).chain([plain.len() as u32]);
        let runs = parts.iter().zip(ends);
        let runs = runs.map(|(&(start, source), end)| Run { plain: start, source, source_end: source + (end - start) });
        let runs = runs.collect();
        Text { plain, at, marks, runs }
    }

    /// Words that stand in the source as they are, from `at.start` on.
    pub fn literal(plain: impl Into<String>, at: Span) -> Text {
        let runs = vec![Run { plain: 0, source: at.start, source_end: at.end }];
        Text { plain: plain.into(), at, marks: Vec::new(), runs }
    }

    pub fn is_empty(&self) -> bool {
        self.plain.is_empty()
    }

    /// Where bytes `range` of `plain` stand in the source; always within `at`.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.source_start(range.start).clamp(self.at.start, self.at.end);
        let end = if range.end > range.start { self.source_end(range.end) } else { start };
        Span { path: self.at.path.clone(), start, end: end.clamp(start, self.at.end) }
    }

    /// The part of it in `range` of `plain`, white space around it trimmed, with its marks.
    pub fn slice(&self, range: Range<usize>) -> Text {
        let part = &self.plain[range.clone()];
        let start = range.start + (part.len() - part.trim_start().len());
        let end = start + part.trim().len();
        let marks = self.marks.iter().filter(|mark| mark.range.start < end && mark.range.end > start);
        let marks = marks.map(|mark| Mark {
            range: mark.range.start.max(start) - start..mark.range.end.min(end) - start,
            kind: mark.kind.clone(),
        });
        let first = self.runs.partition_point(|run| run.plain as usize <= start).saturating_sub(1);
        let runs = self.runs.iter().enumerate().skip(first).take_while(|(_, run)| (run.plain as usize) < end);
        let runs = runs.map(|(index, run)| {
            let from = start.max(run.plain as usize);
            let to = end.min(self.run_end(index));
            Run { plain: (from - start) as u32, source: self.source_start(from), source_end: self.source_end(to) }
        });
        Text {
            plain: self.plain[start..end].to_string(),
            at: self.span(start..end),
            marks: marks.collect(),
            runs: runs.collect(),
        }
    }

    fn source_start(&self, offset: usize) -> u32 {
        let Some(index) = self.runs.partition_point(|run| run.plain as usize <= offset).checked_sub(1) else {
            return self.at.start;
        };
        let run = self.runs[index];
        if offset >= self.run_end(index) && offset > run.plain as usize {
            return run.source_end;
        }
        if self.stands_unchanged(index) { run.source + (offset as u32 - run.plain) } else { run.source }
    }

    fn source_end(&self, offset: usize) -> u32 {
        let Some(index) = self.runs.partition_point(|run| (run.plain as usize) < offset).checked_sub(1) else {
            return self.at.start;
        };
        let run = self.runs[index];
        if offset < self.run_end(index) && self.stands_unchanged(index) {
            return run.source + (offset as u32 - run.plain);
        }
        run.source_end
    }

    fn run_end(&self, index: usize) -> usize {
        self.runs.get(index + 1).map_or(self.plain.len(), |run| run.plain as usize)
    }

    fn stands_unchanged(&self, index: usize) -> bool {
        let run = self.runs[index];
        self.run_end(index) - run.plain as usize == (run.source_end - run.source) as usize
    }
}

/// A spanned tree: YAML as it is written, and what a cell or a list becomes when it is read as a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub tree: Tree,
    pub at: Span,
}

/// A scalar is its source text (`1.00` stays `1.00`; quoted: without the quotes), never a parsed number. Maps keep their
/// order and their duplicates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tree {
    Null,
    Scalar(Text),
    List(Vec<Node>),
    Map(Vec<(Text, Node)>),
}

impl Node {
    pub fn scalar(text: Text) -> Node {
        let at = text.at.clone();
        Node { tree: if text.is_empty() { Tree::Null } else { Tree::Scalar(text) }, at }
    }

    /// The value of the last entry with this key, if it is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        let Tree::Map(entries) = &self.tree else { return None };
        entries.iter().rev().find(|(name, _)| name.plain == key).map(|(_, value)| value)
    }
}

/// Takes a source apart. Of a Markdown file whose front matter does not parse nothing is kept: who may see its body is
/// written there. Findings: `unreadable-file` (beyond a limit), `yaml-does-not-parse`, `duplicate-key`,
/// `row-wider-than-header`, `table-without-dash-line`, `mixed-line-ends`.
pub fn parse(source: &Source) -> (Document, Vec<Finding>) {
    let mut findings = Vec::new();
    let document = if let Some(finding) = too_large(source) {
        findings.push(finding);
        Document { path: source.path.clone(), data: None, blocks: Vec::new(), links: Vec::new() }
    } else if let Some(conflict) = conflict(source) {
        findings.push(conflict);
        Document { path: source.path.clone(), data: None, blocks: Vec::new(), links: Vec::new() }
    } else {
        findings.extend(line_ends::mixed(source));
        match line_ends::without_returns(source) {
            Some(source) => document(&source, &mut findings),
            None => document(source, &mut findings),
        }
    };
    (document, findings)
}

/// The finding for a file that is not taken apart, since what it would become takes many times the memory.
fn too_large(source: &Source) -> Option<Finding> {
    let is_sign =
        |byte: &&u8| matches!(byte, b'|' | b'*' | b'_' | b'~' | b'`' | b'[' | b']' | b'<' | b'&' | b'\\' | b'\n');
    let message = if source.text.len() > limits::DOCUMENT {
        format!("the file is larger than {} MB and is not read", limits::DOCUMENT / limits::MEGABYTE)
    } else if !is_yaml(&source.path) && source.text.as_bytes().iter().filter(is_sign).count() > limits::SIGNS {
        let most = limits::told(limits::SIGNS);
        format!("the file holds more than {most} signs of markup (bars, brackets, line ends), and is not read")
    } else {
        return None;
    };
    let finding = Finding::new("unreadable-file", Span::file(&source.path), message);
    Some(finding.help("split it, or give it a name that is not read as text"))
}

fn document(source: &Source, findings: &mut Vec<Finding>) -> Document {
    if is_yaml(&source.path) {
        let data = yaml::parse(source, 0..source.text.len(), findings);
        Document { path: source.path.clone(), data, blocks: Vec::new(), links: Vec::new() }
    } else {
        let (front, body) = front_matter::split(source, findings);
        let data = front.and_then(|range| yaml::parse(source, range, findings));
        let is_broken = data.is_none() && findings.iter().any(|finding| finding.rule == "yaml-does-not-parse");
        let (blocks, links) =
            if is_broken { (Vec::new(), Vec::new()) } else { markdown::parse(source, body, findings) };
        Document { path: source.path.clone(), data, blocks, links }
    }
}

/// The first mark of a merge that nobody finished. What holds on either side of it is for a person to say.
fn conflict(source: &Source) -> Option<Finding> {
    let text = &*source.text;
    let start = text.find("<<<<<<< ").filter(|start| *start == 0 || text[..*start].ends_with('\n'))?;
    let end = text[start..].find("\n>>>>>>> ").map(|end| start + end + 1)?;
    text[start..end].contains("\n=======").then(|| {
        let line = |at: usize| Span::new(&source.path, at, at + text[at..].lines().next().map_or(0, str::len));
        let message = "the file holds two versions of some lines, from a merge that is not finished, and is not read";
        Finding::new("unreadable-file", line(start), message)
            .label("the first version begins here")
            .related(line(end), "the second one ends here")
            .help("keep the lines that are right, and remove the others and the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`")
    })
}

fn is_yaml(path: &str) -> bool {
    let extension = path.rsplit('.').next().unwrap_or_default();
    extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml")
}

#[cfg(test)]
mod tests;
