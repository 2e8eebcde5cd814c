//! Pages as parts of one document: their ids told apart, their links led to where the document itself has the answer.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::site::report;
use crate::source::Html;

/// The main part of a page, made as if the page lay at the version's root.
pub struct Part<'a> {
    /// The page's address. The places of the part are named below it: `m:M2.html:why`.
    pub url: &'a str,
    /// Attributes of the part's element: ` class="wide"`.
    pub attributes: &'a str,
    /// Rows whose head links into this folder stand for the page that they link to; empty for none.
    pub folder: &'a str,
    pub markup: &'a str,
}

/// The parts as sections of one document. Ids are unique in it; a link to a page or a place that is in the document leads
/// there, every other link to the page itself; headings are one level deeper.
pub fn joined(parts: &[Part]) -> Vec<String> {
    let mut places = Places::default();
    for part in parts {
        places.gather(part);
    }
    let section = |part: &Part| {
        let place = Html::escaped(&report::place(part.url, ""));
        format!("<section id=\"{place}\"{}>\n{}\n</section>", part.attributes, rewritten(part, &places))
    };
    parts.iter().map(section).collect()
}

/// Where in the document a reader may be led.
#[derive(Default)]
struct Places<'a> {
    /// The parts, under an empty name, and the places in them: `("m/M2.html", "why")`.
    of_parts: HashSet<(&'a str, &'a str)>,
    /// Addresses that are no part, by the part with the row that stands for them, and where its link begins.
    rows: HashMap<&'a str, (&'a str, usize)>,
}

impl<'a> Places<'a> {
    fn gather(&mut self, part: &Part<'a>) {
        self.of_parts.insert((part.url, ""));
        for tag in tags(part.markup) {
            self.of_parts.extend(tag.value("id").map(|id| (part.url, id)));
            if let Some(href) = tag.stands_for(part.folder) {
                self.rows.entry(href).or_insert((part.url, tag.name.start));
            }
        }
    }

    /// The place that a link leads to which is written in the part `url`; None where the document has none.
    fn led_to(&self, href: &str, url: &str) -> Option<String> {
        let (page, place) = href.split_once('#').unwrap_or((href, ""));
        let page = if page.is_empty() { url } else { page };
        let is_here = self.of_parts.contains(&(page, place)) || self.rows.contains_key(href);
        is_here.then(|| format!("#{}", report::place(page, place)))
    }
}

fn rewritten(part: &Part, places: &Places) -> String {
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    for tag in tags(part.markup) {
        let element = &part.markup[tag.name.clone()];
        changes.extend(deeper(element).map(|deeper| (tag.name.clone(), deeper.to_string())));
        let stands_for = tag.stands_for(part.folder);
        if let Some(href) = stands_for.filter(|href| places.rows.get(href) == Some(&(part.url, tag.name.start))) {
            // The head of the row goes on leading to the record's own page, where there is more.
            let (page, place) = href.split_once('#').unwrap_or((href, ""));
            changes.push((tag.name.end..tag.name.end, format!(" id=\"{}\"", report::place(page, place))));
            continue;
        }
        for attribute in &tag.attributes {
            let value = &part.markup[attribute.value.clone()];
            changes.extend(changed(attribute.name, value, part.url, places).map(|new| (attribute.value.clone(), new)));
        }
    }
    let mut markup = String::with_capacity(part.markup.len() + part.markup.len() / 8);
    let mut at = 0;
    for (range, new) in changes {
        markup.push_str(&part.markup[at..range.start]);
        markup.push_str(&new);
        at = range.end;
    }
    markup.push_str(&part.markup[at..]);
    markup
}

/// A heading one level down; None for what is no heading, or as deep as they go.
fn deeper(element: &str) -> Option<&'static str> {
    match element {
        "h1" => Some("h2"),
        "h2" => Some("h3"),
        "h3" => Some("h4"),
        "h4" => Some("h5"),
        "h5" => Some("h6"),
        _ => None,
    }
}

/// The value of an attribute in the document; None where it stays as it is.
fn changed(attribute: &str, value: &str, url: &str, places: &Places) -> Option<String> {
    match attribute {
        "id" => Some(report::place(url, value)),
        "href" => places.led_to(value, url),
        "for" | "headers" | "aria-labelledby" | "aria-describedby" | "aria-controls" | "data-copies" => {
            let own = |id: &str| places.of_parts.contains(&(url, id)).then(|| report::place(url, id));
            let names = value.split(' ').map(|id| own(id).unwrap_or_else(|| id.to_string()));
            Some(names.collect::<Vec<_>>().join(" "))
        }
        _ => None,
    }
}

/// A tag, opening or closing, as ranges of bytes of its markup.
struct Tag<'a> {
    markup: &'a str,
    name: Range<usize>,
    attributes: Vec<Attribute<'a>>,
    /// Follows the beginning of a row's head at once.
    begins_row: bool,
}

struct Attribute<'a> {
    name: &'a str,
    value: Range<usize>,
}

impl<'a> Tag<'a> {
    fn value(&self, name: &str) -> Option<&'a str> {
        let attribute = self.attributes.iter().find(|attribute| attribute.name == name)?;
        Some(&self.markup[attribute.value.clone()])
    }

    /// The page, or the place on it, that this row stands for.
    fn stands_for(&self, folder: &str) -> Option<&'a str> {
        let is_link = self.begins_row && &self.markup[self.name.clone()] == "a" && self.value("id").is_none();
        self.value("href").filter(|href| is_link && !folder.is_empty() && href.starts_with(folder))
    }
}

/// The tags of markup that templates made: what is no tag has its `<` escaped, and values are in quotes.
fn tags(markup: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    let mut begins_row = false;
    std::iter::from_fn(move || {
        let mut from = at + markup[at..].find('<')? + 1;
        while markup[from..].starts_with("!--") {
            let end = from + markup[from..].find("-->")?;
            from = end + markup[end..].find('<')? + 1;
        }
        let start = from + usize::from(markup[from..].starts_with('/'));
        let end_of_name = |byte: u8| byte.is_ascii_whitespace() || byte == b'>' || byte == b'/';
        let bytes = markup.as_bytes();
        let name_end = (start..bytes.len()).find(|at| end_of_name(bytes[*at]))?;
        let (attributes, end) = attributes(markup, name_end);
        at = end;
        let tag = Tag { markup, name: start..name_end, attributes, begins_row };
        begins_row = &markup[from..name_end] == "th" && tag.value("scope") == Some("row");
        Some(tag)
    })
}

/// The attributes with a value from here to the end of the tag, and where that is.
fn attributes(markup: &str, from: usize) -> (Vec<Attribute<'_>>, usize) {
    let bytes = markup.as_bytes();
    let mut found = Vec::new();
    let (mut at, mut name_start) = (from, from);
    while at < bytes.len() && bytes[at] != b'>' {
        match bytes[at] {
            quote @ (b'"' | b'\'') => {
                let start = at + 1;
                let end = (start..bytes.len()).find(|at| bytes[*at] == quote).unwrap_or(bytes.len());
                let name = markup[name_start..at].trim_start().trim_end_matches('=');
                found.push(Attribute { name, value: start..end });
                (at, name_start) = (end + 1, end + 1);
            }
            byte => {
                at += 1;
                if byte.is_ascii_whitespace() {
                    name_start = at;
                }
            }
        }
    }
    (found, (at + 1).min(bytes.len()))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::{Part, joined};

    fn check(parts: &[(&str, &str, &str)], expect: Expect) {
        let parts: Vec<Part> =
            parts.iter().map(|(url, folder, markup)| Part { url, attributes: "", folder, markup }).collect();
        let mut joined = joined(&parts).join("\n");
        joined.push('\n');
        expect.assert_eq(&joined);
    }

    #[test]
    fn ids_are_told_apart_and_links_stay_in_the_document() {
        check(
            &[
                ("index.html", "", "<h1 id=\"why\">A</h1><a href=\"#why\">1</a><a href=\"m/M1.html#why\">2</a>"),
                (
                    "m/M1.html",
                    "",
                    "<section aria-labelledby=\"why\"><h2 id=\"why\">B</h2><a href=\"index.html\">3</a></section>",
                ),
            ],
            expect![[r##"
                <section id="index.html">
                <h2 id="index.html:why">A</h2><a href="#index.html:why">1</a><a href="#m:M1.html:why">2</a>
                </section>
                <section id="m:M1.html">
                <section aria-labelledby="m:M1.html:why"><h3 id="m:M1.html:why">B</h3><a href="#index.html">3</a></section>
                </section>
            "##]],
        );
    }

    #[test]
    fn row_of_a_register_stands_for_the_page_of_its_record() {
        check(
            &[
                ("index.html", "", "<tr><th scope=\"row\"><a href=\"r/R-1.html\">R-1</a></th></tr>"),
                (
                    "risks.html",
                    "r/",
                    "<a href=\"r/R-1.html\">chart</a><tr><th scope=\"row\"><a class=\"id\" href=\"r/R-1.html\">R-1</a> \
                     <a href=\"r/R-2.html\">R-2</a></th></tr>",
                ),
            ],
            expect![[r##"
                <section id="index.html">
                <tr><th scope="row"><a href="#r:R-1.html">R-1</a></th></tr>
                </section>
                <section id="risks.html">
                <a href="#r:R-1.html">chart</a><tr><th scope="row"><a id="r:R-1.html" class="id" href="r/R-1.html">R-1</a> <a href="r/R-2.html">R-2</a></th></tr>
                </section>
            "##]],
        );
    }

    #[test]
    fn what_the_document_does_not_have_is_left_alone() {
        check(
            &[(
                "a.html",
                "",
                "<use href=\"#s-amber\"/><a href=\"method.html#rule-x\">1</a><a href=\"https://a.example/?b#c\" title='a > b'>2</a>\
                 <button data-copies=\"elsewhere\" hidden>3</button> 1 &lt; 2 <!-- isn't a <h1> --><h6 class=\"é\">x</h6>",
            )],
            expect![[r##"
                <section id="a.html">
                <use href="#s-amber"/><a href="method.html#rule-x">1</a><a href="https://a.example/?b#c" title='a > b'>2</a><button data-copies="elsewhere" hidden>3</button> 1 &lt; 2 <!-- isn't a <h1> --><h6 class="é">x</h6>
                </section>
            "##]],
        );
    }
}
