//! Markdown events to HTML that is safe in a page: no raw HTML, no address that runs or calls elsewhere.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd, html::push_html};

use crate::source::direction::turns;
use crate::source::{Html, limits};
use crate::syntax::markdown::{Piece, inline};

/// The events as HTML. A table in a list is left out: it is a block of its own, whose rows may be withheld.
pub fn safe(events: &[Piece]) -> Html {
    let mut filter = Filter::default();
    for (event, _) in events {
        filter.add(event);
    }
    let mut markup = String::new();
    push_html(&mut markup, filter.kept.into_iter());
    Html::from_safe(markup)
}

/// Inline events as a paragraph: what a tight list item holds without one.
pub fn safe_paragraph(events: &[Piece]) -> Html {
    let mut filter = Filter::default();
    filter.add(&Event::Start(Tag::Paragraph));
    for (event, _) in events {
        filter.add(event);
    }
    filter.add(&Event::End(TagEnd::Paragraph));
    let mut markup = String::new();
    push_html(&mut markup, filter.kept.into_iter());
    Html::from_safe(markup)
}

/// The words of raw HTML, one range for each stretch between tags and line ends; scripts, styles and comments have none.
pub fn words_between_tags(markup: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut from = 0;
    while from < markup.len() {
        let rest = &markup[from..];
        let tag = tag_length(rest);
        if tag > 0 {
            from += tag;
            continue;
        }
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[first..].find(['<', '\n']).map_or(markup.len(), |offset| from + first + offset);
        let range = inline::trimmed(markup, from..end);
        if !range.is_empty() {
            words.push(range);
        }
        from = end;
    }
    words
}

/// The bytes of the tag, comment, script or style that `markup` begins with; zero if it begins with words.
fn tag_length(markup: &str) -> usize {
    let bytes = markup.as_bytes();
    if bytes[0] != b'<' || !bytes.get(1).is_some_and(|next| next.is_ascii_alphabetic() || b"/!?".contains(next)) {
        return 0;
    }
    if markup.starts_with("<!--") {
        return markup.find("-->").map_or(markup.len(), |end| end + 3);
    }
    for name in ["script", "style"] {
        let opens = markup.get(1..=name.len()).is_some_and(|opened| opened.eq_ignore_ascii_case(name));
        if opens {
            return closing_tag(markup, name);
        }
    }
    // A tag that is never closed takes the rest, as it does in a browser.
    markup.find('>').map_or(markup.len(), |end| end + 1)
}

fn closing_tag(markup: &str, name: &str) -> usize {
    let closes = |at: usize| {
        let opened = markup.get(at + 2..at + 2 + name.len());
        opened.is_some_and(|opened| opened.eq_ignore_ascii_case(name))
    };
    let start = markup.match_indices("</").map(|(at, _)| at).find(|at| closes(*at));
    let end = start.and_then(|start| markup[start..].find('>').map(|end| start + end + 1));
    end.unwrap_or(markup.len())
}

/// Whether a link may keep its target: `http`, `https`, `mailto`, or an address below this site.
pub fn is_safe_link(target: &str) -> bool {
    match scheme(target) {
        Address::Refused => false,
        Address::Relative => true,
        Address::Scheme(scheme) => ["http", "https", "mailto"].iter().any(|safe| scheme.eq_ignore_ascii_case(safe)),
    }
}

enum Address<'t> {
    Relative,
    Scheme(&'t str),
    Refused,
}

fn scheme(target: &str) -> Address<'_> {
    // Browsers skip control characters and read `\` as `/`: neither has a place in an honest address.
    let target = target.trim();
    let hidden = |character: char| {
        let is_unseen = turns(character) || matches!(character, '\u{200b}'..='\u{200f}' | '\u{feff}');
        character.is_control() || character == '\\' || is_unseen
    };
    if target.contains(hidden) || target.starts_with("//") {
        return Address::Refused;
    }
    match target.find([':', '/', '?', '#']) {
        Some(end) if target[end..].starts_with(':') => Address::Scheme(&target[..end]),
        _ => Address::Relative,
    }
}

/// What became of a tag that is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Kept,
    Dropped,
    /// An image on another host: the reader may follow it, but no page loads it.
    ImageAsLink,
    Item,
    Quotation,
    Link,
    /// A table that is shown elsewhere, with everything in it.
    Elsewhere,
}

#[derive(Default)]
struct Filter<'e> {
    kept: Vec<Event<'e>>,
    open: Vec<Fate>,
    /// How many of each are open.
    quotations: usize,
    items: usize,
    links: usize,
    elsewhere: usize,
    others: usize,
    raw: String,
}

impl<'e> Filter<'e> {
    fn add(&mut self, event: &Event<'e>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(*end),
            _ if self.elsewhere > 0 => {}
            Event::Html(markup) => self.raw.push_str(markup),
            Event::InlineHtml(markup) if inline::is_line_break(markup) => self.kept.push(Event::HardBreak),
            Event::InlineHtml(_) => {}
            other => self.kept.push(other.clone()),
        }
    }

    fn start(&mut self, tag: &Tag<'e>) {
        let fate = self.fate(tag);
        self.open.push(fate);
        *self.count(fate) += 1;
        match (fate, tag) {
            (Fate::Dropped | Fate::Elsewhere, _) => {}
            (Fate::ImageAsLink, Tag::Image { dest_url, .. }) => self.kept.push(Event::Start(link_to(dest_url))),
            _ => self.kept.push(Event::Start(tag.clone())),
        }
    }

    fn fate(&self, tag: &Tag) -> Fate {
        if self.elsewhere > 0 || self.open.len() > limits::BLOCKS_DEEP {
            return Fate::Dropped;
        }
        match tag {
            Tag::Table(_) if self.items > 0 && self.quotations == 0 => Fate::Elsewhere,
            Tag::Link { link_type: LinkType::Email, .. } if self.links == 0 => Fate::Link,
            Tag::Link { dest_url, .. } if self.links == 0 && is_safe_link(dest_url) => Fate::Link,
            Tag::Link { .. } | Tag::HtmlBlock => Fate::Dropped,
            Tag::Image { dest_url, .. } => match scheme(dest_url) {
                Address::Relative => Fate::Kept,
                _ if self.links == 0 && is_safe_link(dest_url) => Fate::ImageAsLink,
                _ => Fate::Dropped,
            },
            Tag::Item => Fate::Item,
            Tag::BlockQuote(_) => Fate::Quotation,
            _ => Fate::Kept,
        }
    }

    fn end(&mut self, end: TagEnd) {
        let fate = self.open.pop().expect("the parser balances its tags");
        *self.count(fate) -= 1;
        if end == TagEnd::HtmlBlock {
            self.flush_raw();
        }
        match fate {
            Fate::Dropped | Fate::Elsewhere => {}
            Fate::ImageAsLink => {
                if let Some(Event::Start(Tag::Link { dest_url, .. })) = self.kept.last() {
                    let address = Event::Text(dest_url.clone());
                    self.kept.push(address);
                }
                self.kept.push(Event::End(TagEnd::Link));
            }
            _ => self.kept.push(Event::End(end)),
        }
    }

    fn count(&mut self, fate: Fate) -> &mut usize {
        match fate {
            Fate::Item => &mut self.items,
            Fate::Quotation => &mut self.quotations,
            Fate::Link | Fate::ImageAsLink => &mut self.links,
            Fate::Elsewhere => &mut self.elsewhere,
            Fate::Kept | Fate::Dropped => &mut self.others,
        }
    }

    fn flush_raw(&mut self) {
        let raw = std::mem::take(&mut self.raw);
        let words: Vec<&str> = words_between_tags(&raw).into_iter().map(|range| &raw[range]).collect();
        if self.elsewhere == 0 && !words.is_empty() {
            self.kept.push(Event::Start(Tag::Paragraph));
            self.kept.push(Event::Text(CowStr::from(words.join(" "))));
            self.kept.push(Event::End(TagEnd::Paragraph));
        }
    }
}

fn link_to<'e>(address: &CowStr<'e>) -> Tag<'e> {
    Tag::Link { link_type: LinkType::Inline, dest_url: address.clone(), title: "".into(), id: "".into() }
}
