//! A page as a browser's parser reads it: what it is made of, and what in it no author may have put there.

use std::collections::{BTreeMap, BTreeSet};

use scraper::{ElementRef, Html};

/// Elements that pages are made of, those of Markdown among them.
const ELEMENTS: &str = "a abbr article aside blockquote body br button caption code dd del desc details div dl dt em figcaption figure footer \
    form g h1 h2 h3 h4 h5 h6 head header hr html img input ins label li line link main meta nav ol option p path circle \
    rect pre script section select span strong style sub summary sup svg symbol table tbody td text th thead time title tr \
    tspan ul use defs marker pattern polyline polygon marker clipPath bdi small b i";

/// Attributes that a name may begin with or be, beyond those that the theme uses with one value only.
const ADDRESSES: &[&str] =
    &["href", "src", "action", "formaction", "poster", "srcset", "data", "background", "xlink:href", "cite", "ping"];

/// What of a page could be a danger, a line each.
pub fn dangers(markup: &str) -> Vec<String> {
    let document = Html::parse_document(markup);
    let mut found: Vec<String> =
        document.root_element().descendent_elements().flat_map(|element| danger(&element)).collect();
    let mut ids = BTreeMap::new();
    for element in document.root_element().descendent_elements() {
        if let Some(id) = element.attr("id") {
            *ids.entry(id.to_string()).or_insert(0) += 1;
        }
    }
    found.extend(ids.iter().filter(|(_, times)| **times > 1).map(|(id, _)| format!("the id `{id}` twice")));
    found
}

fn danger(element: &ElementRef) -> Vec<String> {
    let name = element.value().name();
    let mut found = Vec::new();
    if !ELEMENTS.split_whitespace().any(|known| known == name) {
        found.push(format!("an element <{name}>"));
    }
    if name == "script" {
        let text: String = element.text().collect();
        let is_own = match element.attr("src") {
            Some(address) => {
                let address = address.strip_prefix("https://portal.example/").unwrap_or(address);
                address.trim_start_matches("../").starts_with("assets/portal-")
            }
            None => text.starts_with("try{var t=localStorage.getItem(\"theme\")"),
        };
        if !is_own {
            found.push(format!("a script: {:?} {text}", element.attr("src")));
        }
    }
    if name == "form" && element.attr("role") != Some("search") {
        found.push("a form".to_string());
    }
    if name == "style" && element.ancestors().filter_map(ElementRef::wrap).all(|above| above.value().name() != "svg") {
        found.push("a stylesheet".to_string());
    }
    // The pages of `latest/` lead on.
    let leads_on = element.attr("content").is_some_and(|to| to.starts_with("0; url=../"));
    if name == "meta" && element.attr("http-equiv").is_some() && !leads_on {
        found.push("a <meta http-equiv>".to_string());
    }
    let is_in_head = element.ancestors().filter_map(ElementRef::wrap).any(|above| above.value().name() == "head");
    if matches!(name, "link" | "meta") && !is_in_head {
        found.push(format!("<{name}> outside of the head"));
    }
    for (attribute, value) in element.value().attrs() {
        if attribute.starts_with("on")
            || matches!(attribute, "srcdoc" | "contenteditable" | "autofocus" | "formaction" | "srcset" | "ping")
        {
            found.push(format!("an attribute {attribute}=\"{value}\""));
        }
        if attribute == "style" && !value.starts_with("text-align: ") {
            found.push(format!("style=\"{value}\""));
        }
        if name != "script" && ADDRESSES.contains(&attribute) && !is_fit(name, attribute, value) {
            found.push(format!("<{name} {attribute}=\"{value}\">"));
        }
    }
    found
}

/// Whether a browser takes the address for one of this site, or, in a link, of the web or of mail.
fn is_fit(element: &str, attribute: &str, value: &str) -> bool {
    if element == "link" && value == "data:," {
        return true;
    }
    // What a browser leaves out of an address before it reads the scheme.
    let read: String = value.chars().filter(|character| !matches!(character, '\t' | '\n' | '\r')).collect();
    let read = read.trim_start_matches(|character: char| character <= ' ').replace('\\', "/");
    let head = read.split(['/', '?', '#']).next().unwrap_or_default();
    let is_elsewhere = read.starts_with("//");
    match head.split_once(':') {
        Some((scheme, _)) => {
            let scheme = scheme.to_lowercase();
            (element == "a" || element == "link")
                && attribute == "href"
                && ["http", "https", "mailto"].contains(&scheme.as_str())
        }
        None => !is_elsewhere,
    }
}

/// Where elements stand, with their attributes: `html[lang] body[] main[class,id,tabindex] p[]`. What a drawing is made of is
/// left out.
pub fn skeleton(markup: &str) -> BTreeSet<String> {
    let document = Html::parse_document(markup);
    let mut places = BTreeSet::new();
    gather(&document.root_element(), "", &mut places);
    places
}

fn gather(element: &ElementRef, above: &str, places: &mut BTreeSet<String>) {
    let mut attributes: Vec<&str> = element.value().attrs().map(|(name, _)| name).collect();
    attributes.sort_unstable();
    let place = format!("{above} {}[{}]", element.value().name(), attributes.join(","));
    if element.value().name() != "svg" {
        element.child_elements().for_each(|child| gather(&child, &place, places));
    }
    places.insert(place);
}

/// The drawings of a page, as they are written; a drawing in a drawing is part of it.
pub fn drawings(markup: &str) -> Vec<&str> {
    let mut drawings = Vec::new();
    let mut open = Vec::new();
    let tags = markup.match_indices("<svg").map(|(at, _)| (at, true));
    let ends = markup.match_indices("</svg>").map(|(at, _)| (at, false));
    let mut tags: Vec<(usize, bool)> = tags.chain(ends).collect();
    tags.sort_unstable();
    for (at, opens) in tags {
        if opens {
            open.push(at);
        } else if let Some(start) = open.pop()
            && open.is_empty()
        {
            drawings.push(&markup[start..at + "</svg>".len()]);
        }
    }
    drawings
}
