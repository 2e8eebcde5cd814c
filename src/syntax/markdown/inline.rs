//! Inline events to words that know where they stand, and to the links among them.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use crate::syntax::alignment::{self, Notation};
use crate::syntax::markdown::{Fragment, Piece};
use crate::syntax::{Link, Mark, MarkKind, Run, Text};

/// The words of inline events that stand in bytes `within` of the fragment.
pub fn text(fragment: &Fragment, events: &[Piece], within: Range<usize>) -> Text {
    let mut words = Words { fragment, plain: String::new(), marks: Vec::new(), runs: Vec::new(), open: Vec::new() };
    for (event, range) in events {
        words.add(event, range.clone());
    }
    words.finish(within)
}

/// The bytes that the events cover, or none at `otherwise`.
pub fn extent(events: &[Piece], otherwise: usize) -> Range<usize> {
    let start = events.first().map_or(otherwise, |(_, range)| range.start);
    let end = events.iter().map(|(_, range)| range.end).max().unwrap_or(start);
    start..end.max(start)
}

/// Collects the link and image targets of the events.
pub fn collect_links(fragment: &Fragment, events: &[Piece], links: &mut Vec<Link>) {
    let mut images: Vec<(usize, String)> = Vec::new();
    for (event, range) in events {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let at = fragment.span(target_range(fragment.text, range, dest_url));
                links.push(Link { target: target(*link_type, dest_url), at, image: None });
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                let at = fragment.span(target_range(fragment.text, range, dest_url));
                images.push((links.len(), String::new()));
                links.push(Link { target: dest_url.to_string(), at, image: Some(String::new()) });
            }
            Event::End(TagEnd::Image) => {
                let (index, words) = images.pop().expect("the parser balances its tags");
                if let Some((_, outer)) = images.last_mut() {
                    outer.push_str(&words);
                }
                links[index].image = Some(words.trim().to_string());
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some((_, alternative)) = images.last_mut() {
                    alternative.push_str(words);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some((_, alternative)) = images.last_mut() {
                    alternative.push(' ');
                }
            }
            _ => {}
        }
    }
}

/// Whether a piece of raw HTML is a line break, the only one that means something to us.
pub fn is_line_break(markup: &str) -> bool {
    let name = markup.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/').trim();
    name.eq_ignore_ascii_case("br")
}

struct Words<'f, 's> {
    fragment: &'f Fragment<'s>,
    plain: String,
    marks: Vec<Mark>,
    runs: Vec<Run>,
    /// Indices of the marks that are not closed.
    open: Vec<usize>,
}

impl Words<'_, '_> {
    fn add(&mut self, event: &Event, range: Range<usize>) {
        match event {
            Event::Text(words) => self.push(words, range),
            Event::Code(words) => self.push_code(words, range),
            Event::SoftBreak => {
                let start = self.plain.len();
                self.push(" ", range);
                self.marks.push(Mark { range: start..start + 1, kind: MarkKind::LineEnd });
            }
            Event::HardBreak => self.push("\n", range),
            Event::InlineHtml(markup) if is_line_break(markup) => self.push("\n", range),
            Event::Start(tag) => {
                if let Some(kind) = mark_kind(tag) {
                    self.open.push(self.marks.len());
                    self.marks.push(Mark { range: self.plain.len()..self.plain.len(), kind });
                }
            }
            Event::End(TagEnd::Strong | TagEnd::Emphasis | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image) => {
                let mark = self.open.pop().expect("the parser balances its tags");
                self.marks[mark].range.end = self.plain.len();
            }
            _ => {}
        }
    }

    fn push(&mut self, words: &str, range: Range<usize>) {
        if words.is_empty() {
            return;
        }
        let (source, source_end) = (self.fragment.place(range.start), self.fragment.place(range.end));
        let plain = self.plain.len() as u32;
        self.plain.push_str(words);
        if self.fragment.text[range] == *words
            && let Some(last) = self.runs.last_mut()
            && last.source_end == source
            && plain - last.plain == last.source_end - last.source
        {
            last.source_end = source_end;
            return;
        }
        self.runs.push(Run { plain, source, source_end });
    }

    fn push_code(&mut self, words: &str, range: Range<usize>) {
        let start = self.plain.len();
        let written = &self.fragment.text[range.clone()];
        let ticks = written.len() - written.trim_start_matches('`').len();
        if written.len() < 2 * ticks || ticks == 0 {
            self.push(words, range);
        } else {
            // A space beside the ticks may be theirs: the alignment steps over it.
            let place = self.fragment.place(range.start + ticks) as usize;
            let runs = alignment::runs(words, &written[ticks..written.len() - ticks], place, Notation::CodeInTable);
            self.runs.extend(runs.into_iter().map(|run| Run { plain: run.plain + start as u32, ..run }));
            self.plain.push_str(words);
        }
        self.marks.push(Mark { range: start..self.plain.len(), kind: MarkKind::Code });
    }

    fn finish(mut self, within: Range<usize>) -> Text {
        self.marks.retain(|mark| !mark.range.is_empty());
        let at = self.fragment.span(trimmed(self.fragment.text, within));
        let whole = Text { plain: self.plain, at, marks: self.marks, runs: self.runs };
        let words = whole.plain.trim();
        if words.len() == whole.plain.len() {
            return whole;
        }
        Text { at: whole.at.clone(), ..whole.slice(0..whole.plain.len()) }
    }
}

/// The range without outer white space; of white space alone, the place after its first.
pub fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    let end = start + part.trim().len();
    if start < end {
        return start..end;
    }
    let place = range.start + part.chars().next().filter(|first| *first != '\n').map_or(0, char::len_utf8);
    place..place
}

fn mark_kind(tag: &Tag) -> Option<MarkKind> {
    match tag {
        Tag::Strong => Some(MarkKind::Strong),
        Tag::Emphasis => Some(MarkKind::Emphasis),
        Tag::Strikethrough => Some(MarkKind::Strike),
        Tag::Link { link_type, dest_url, .. } => Some(MarkKind::Link(target(*link_type, dest_url))),
        Tag::Image { dest_url, .. } => Some(MarkKind::Image(dest_url.to_string())),
        _ => None,
    }
}

fn target(link_type: LinkType, address: &str) -> String {
    match link_type {
        LinkType::Email => format!("mailto:{address}"),
        _ => address.to_string(),
    }
}

/// Where the target is written; the whole link where it is written elsewhere or otherwise.
fn target_range(text: &str, range: &Range<usize>, target: &str) -> Range<usize> {
    // Only the end is searched: links in links in links would make it quadratic.
    let mut from = range.end.saturating_sub(target.len() + 1024).max(range.start);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    match text[from..range.end].rfind(target) {
        Some(offset) if !target.is_empty() => from + offset..from + offset + target.len(),
        _ => range.clone(),
    }
}
