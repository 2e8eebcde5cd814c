//! Pages as parts of one document: their ids told apart, their links led to where the document itself has the answer.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use lol_html::html_content::Element;
use lol_html::{RewriteStrSettings, element, rewrite_str};
use rayon::prelude::*;

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
    let places = Places::of(parts);
    let section = |part: &Part| {
        let place = Html::escaped(&report::place(part.url, ""));
        format!("<section id=\"{place}\"{}>\n{}\n</section>", part.attributes, led(part, &places))
    };
    parts.par_iter().map(section).collect()
}

/// Where in the document a reader may be led.
#[derive(Default)]
struct Places<'a> {
    /// The ids of each part, by its address.
    of_parts: HashMap<&'a str, HashSet<String>>,
    /// Addresses that are no part, and the part with the row that stands for them.
    rows: HashMap<String, &'a str>,
}

impl<'a> Places<'a> {
    fn of(parts: &[Part<'a>]) -> Places<'a> {
        let gathered = |part: &Part| {
            let (mut ids, mut rows) = (HashSet::new(), Vec::new());
            rewritten(part, |element, stands_for| {
                ids.extend(element.get_attribute("id"));
                rows.extend(stands_for);
            });
            (ids, rows)
        };
        let gathered: Vec<(HashSet<String>, Vec<String>)> = parts.par_iter().map(gathered).collect();
        let mut places = Places::default();
        for (part, (ids, rows)) in parts.iter().zip(gathered) {
            places.of_parts.insert(part.url, ids);
            for href in rows {
                places.rows.entry(href).or_insert(part.url);
            }
        }
        places
    }

    /// The place that a link leads to which is written in the part `url`; None where the document has none.
    fn led_to(&self, href: &str, url: &str) -> Option<String> {
        let (page, place) = href.split_once('#').unwrap_or((href, ""));
        let page = if page.is_empty() { url } else { page };
        let is_in = |ids: &HashSet<String>| place.is_empty() || ids.contains(place);
        let is_here = self.of_parts.get(page).is_some_and(is_in) || self.rows.contains_key(href);
        is_here.then(|| format!("#{}", report::place(page, place)))
    }
}

fn led(part: &Part, places: &Places) -> String {
    let mut stood_for = HashSet::new();
    rewritten(part, |element, stands_for| {
        if let Some(deeper) = deeper(&element.tag_name()) {
            element.set_tag_name(deeper).expect("a heading is a name");
        }
        if let Some(href) =
            stands_for.filter(|href| places.rows.get(href) == Some(&part.url) && stood_for.insert(href.clone()))
        {
            // The head of the row goes on leading to the record's own page, where there is more.
            let (page, place) = href.split_once('#').unwrap_or((&href, ""));
            set(element, "id", &report::place(page, place));
            return;
        }
        let new = element.attributes().iter().filter_map(|attribute| {
            let name = attribute.name();
            let value = changed(&name, &attribute.value(), part.url, places)?;
            Some((name, value))
        });
        for (name, value) in new.collect::<Vec<_>>() {
            set(element, &name, &value);
        }
    })
}

fn set(element: &mut Element, name: &str, value: &str) {
    element.set_attribute(name, value).expect("our names are names of attributes");
}

/// The markup after each of its elements was looked at, with the page that it stands for where it is the head of a row.
/// What is not changed stays as it was, byte for byte.
fn rewritten(part: &Part, mut change: impl FnMut(&mut Element, Option<String>)) -> String {
    let is_head = Cell::new(false);
    let head = element!("th[scope=row] > a:first-child", |_| {
        is_head.set(true);
        Ok(())
    });
    let every = element!("*", |element| {
        let may_stand = is_head.take() && !part.folder.is_empty() && element.get_attribute("id").is_none();
        let href = element.get_attribute("href").filter(|href| may_stand && href.starts_with(part.folder));
        change(element, href);
        Ok(())
    });
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(head)
        .append_element_content_handler(every)
        .with_strict(false);
    rewrite_str(part.markup, settings).expect("no handler fails, and nothing limits memory")
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
            let own = |id: &str| places.of_parts.get(url)?.contains(id).then(|| report::place(url, id));
            let names = value.split_ascii_whitespace().map(|id| own(id).unwrap_or_else(|| id.to_string()));
            Some(names.collect::<Vec<_>>().join(" "))
        }
        _ => None,
    }
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
                <a href="#r:R-1.html">chart</a><tr><th scope="row"><a class="id" href="r/R-1.html" id="r:R-1.html">R-1</a> <a href="r/R-2.html">R-2</a></th></tr>
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

    #[test]
    fn markup_of_a_theme_may_be_anything_that_a_browser_reads() {
        check(
            &[(
                "a.html",
                "r/",
                "<script>if (a < b) document.write('<h1 id=\"no\">')</script><style>a > b { content: '<a id=no>' }</style>\
                 <!-- <h1 id=no> > --><textarea><h1 id=no></textarea><H1 CLASS=x ID=up>A</H1>\
                 <a href=#up title=a>1</a><a href = '#up'>2</a><a href=#no>3</a>\
                 <svg viewBox=\"0 0 1 1\" id=s><linearGradient id=\"g\"/></svg><p hidden id=p>x<br>y\
                 <tr><th scope=row><a href=r/R-1.html>R-1</a></th></tr><a href=\"?a&amp;b#up\">4</a>",
            )],
            expect![[r##"
                <section id="a.html">
                <script>if (a < b) document.write('<h1 id="no">')</script><style>a > b { content: '<a id=no>' }</style><!-- <h1 id=no> > --><textarea><h1 id=no></textarea><h2 CLASS=x ID="a.html:up">A</h2><a href="#a.html:up" title=a>1</a><a href="#a.html:up">2</a><a href=#no>3</a><svg viewBox="0 0 1 1" id="a.html:s"><linearGradient id="a.html:g" /></svg><p hidden id="a.html:p">x<br>y<tr><th scope=row><a href=r/R-1.html id="r:R-1.html">R-1</a></th></tr><a href="?a&amp;b#up">4</a>
                </section>
            "##]],
        );
    }
}
