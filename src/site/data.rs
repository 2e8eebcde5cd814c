//! What there is to take away: the data files of this version, what each holds, how to use them.

use serde::Serialize;

use crate::site::coded::{self, Part};
use crate::site::material::{Link, Material};
use crate::site::versions::groups;
use crate::site::{DataFile, View};

#[derive(Debug, Clone, Serialize)]
pub struct DataView {
    pub lede: String,
    pub files: Vec<Row>,
    /// Of the whole portal, from its root.
    pub portal: Vec<PortalFile>,
    /// What is left out without the portal's own address; empty where it has one.
    pub left_out: Vec<Part>,
    pub withheld: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub file: Link,
    pub holds: String,
    pub size: String,
    /// In runs of eight digits.
    pub sha256: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct PortalFile {
    pub file: Link,
    pub holds: String,
}

/// There whether or not the portal knows its own address, and only where it does.
const ALWAYS: [&str; 2] = ["versions.json", "manifest.json"];
const FEED: &str = "changes.atom";
/// Search engines are told of no other portal.
const IF_PUBLIC: &str = "sitemap.xml";

pub fn page(material: &Material) -> (&'static str, String, View) {
    let words = material.words;
    let files = &material.versions.files;
    let site = &material.programme.settings.site;
    let has_address = site.url.is_some();
    let feed = has_address.then_some(FEED);
    let sitemap = (has_address && site.audience.is_public()).then_some(IF_PUBLIC);
    let portal = ALWAYS.into_iter().chain(feed).chain(sitemap);
    let view = DataView {
        lede: words.count("data.lede", files.len() as i64),
        files: files.iter().map(|file| row(material, file)).collect(),
        portal: portal.map(|name| portal_file(material, name)).collect(),
        left_out: if has_address { Vec::new() } else { coded::parts(&words.say("data.left_out")) },
        withheld: crate::site::record::withheld(material, &crate::model::reference::Kind::ALL),
    };
    ("data.html", words.say("nav.data"), View::Data(view))
}

fn row(material: &Material, file: &DataFile) -> Row {
    let name = file.address.rsplit('/').next().unwrap_or_default();
    Row {
        file: Link { href: file.address.clone(), text: name.to_string() },
        holds: holds(material, name),
        size: size(material, file.bytes),
        sha256: groups(&file.sha256),
    }
}

fn portal_file(material: &Material, name: &str) -> PortalFile {
    PortalFile { file: Link { href: name.to_string(), text: name.to_string() }, holds: holds(material, name) }
}

/// What a file is for, under its name with dots as underscores.
fn holds(material: &Material, name: &str) -> String {
    material.words.of("data.holds", &name.replace('.', "_"))
}

/// "812 bytes", "12.3 kB".
fn size(material: &Material, bytes: usize) -> String {
    if bytes < 1000 {
        return material.words.count("data.bytes", bytes as i64);
    }
    let tenths = (bytes + 50) / 100;
    material.words.fill("data.kilobytes", &[("n", &format!("{}.{}", tenths / 10, tenths % 10))])
}
