//! What a page costs whoever opens it: its bytes over the wire, and what must be there before anything is painted.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use milepost::output::Output;
use milepost::pipeline::{self, Memory};

use crate::generate;
use crate::support::{clock, inputs, made};

/// Compressed, with every stylesheet and script that the page names.
const LIMIT: usize = 60_000;
/// The whole portal as one document is for printing, and as heavy as what it holds.
const WHOLE: &str = "report.html";

#[test]
fn a_page_of_fifty_milestones_is_light_and_waits_for_its_stylesheet_only() {
    let output = portal(500);
    let pages = output.files.keys().filter(|address| address.ends_with(".html") && *address != WHOLE);
    let mut weights = Vec::new();
    for address in pages {
        let page = std::str::from_utf8(made(&output, address)).unwrap();
        let named = named(page);
        let waits: Vec<&Named> = named.iter().filter(|named| named.blocks).collect();
        let is_plain = address == "404.html";
        assert_eq!(waits.len(), usize::from(!is_plain), "{address} waits for {waits:?}");
        assert!(waits.iter().all(|named| named.address.ends_with(".css")), "{address} waits for {waits:?}");
        let rest: usize = named.iter().map(|named| compressed(made(&output, &beside(address, &named.address)))).sum();
        let own = compressed(made(&output, address));
        weights.push((own + rest, own, address));
    }
    weights.sort_unstable();
    assert!(weights.len() > 500, "{} pages are no programme of fifty milestones", weights.len());
    let (heaviest, own, address) = weights[weights.len() - 1];
    let index = compressed(made(&output, "data/search.js"));
    let line = format!(
        "weight: of {} pages of 50 milestones the heaviest is {address}: {heaviest} bytes compressed, {own} its own; \
         the median page {}; the search index, when it is first used, {index}",
        weights.len(),
        weights[weights.len() / 2].0,
    );
    writeln!(std::io::stderr(), "{line}").unwrap();
    assert!(heaviest < LIMIT, "{line}; the limit is {LIMIT}");
}

fn portal(records: usize) -> Output {
    let files = generate::programme(records);
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let built = pipeline::build(&inputs(&files), clock(), &Memory::default());
    built.output.expect("a draft is always built")
}

fn compressed(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}

/// A stylesheet or script that a page names.
#[derive(Debug)]
struct Named {
    address: String,
    /// Nothing is painted before it is there.
    blocks: bool,
}

fn named(page: &str) -> Vec<Named> {
    let tags = page.split('<').skip(1).map(|tag| tag.split('>').next().unwrap());
    let attribute = |tag: &str, name: &str| {
        let at = tag.find(&format!(" {name}=\""))? + name.len() + 3;
        Some(tag[at..].split('"').next().unwrap().to_owned())
    };
    let found = tags.filter_map(|tag| {
        if tag.starts_with("link ") && attribute(tag, "rel").as_deref() == Some("stylesheet") {
            Some(Named {
                address: attribute(tag, "href")?,
                blocks: attribute(tag, "media").as_deref() != Some("print"),
            })
        } else if tag.starts_with("script ") {
            Some(Named { address: attribute(tag, "src")?, blocks: !tag.contains(" defer") && !tag.contains(" async") })
        } else {
            None
        }
    });
    found.collect()
}

/// What a relative address leads to from a page.
fn beside(page: &str, address: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
