//! The whole portal as one document, to print or to keep: what it holds, in reading order. What its parts say is what
//! their own pages say.

use serde::Serialize;

use crate::site::View;
use crate::site::material::{Material, capital};
use crate::site::registers;

pub const ADDRESS: &str = "report.html";

#[derive(Debug, Clone, Serialize)]
pub struct ReportView {
    pub chapters: Vec<Chapter>,
    /// The sha256 of the manifest in runs of eight digits; empty where the version is not issued.
    pub sha256: Vec<String>,
}

/// An entry of the contents: one page, or one for each milestone.
#[derive(Debug, Clone, Serialize)]
pub struct Chapter {
    pub title: String,
    pub parts: Vec<Part>,
}

/// A page of the portal as a part of the report.
#[derive(Debug, Clone, Serialize)]
pub struct Part {
    /// The address of the page.
    pub url: String,
    /// Where it begins in the document; see `place`.
    pub anchor: String,
    pub title: String,
    /// What tells its view here; None where it is the page's own.
    pub template: Option<&'static str>,
    /// The folder of the records whose pages its rows stand for in the document; empty where there are none.
    pub folder: &'static str,
}

/// Pages that are parts as they are, before and after the milestones: address, name, folder of the records in its rows.
const BEFORE: [(&str, &str, &str); 3] =
    [("index.html", "nav.status", ""), ("timeline.html", "nav.timeline", ""), ("matrix.html", "nav.matrix", "")];
const AFTER: [(&str, &str, &str); 8] = [
    ("slippage.html", "nav.slippage", ""),
    ("risks.html", "nav.risks", "r/"),
    ("evidence.html", "nav.evidence", "e/"),
    ("decisions.html", "nav.decisions", "d/"),
    (registers::ADDRESS, "nav.others", ""),
    ("changes.html", "nav.changes", ""),
    ("quality.html", "nav.quality", ""),
    ("todo.html", "nav.todo", ""),
];

pub fn page(material: &Material) -> (&'static str, String, View) {
    let before = BEFORE.iter().filter_map(|page| chapter(material, page));
    let after = AFTER.iter().filter_map(|page| chapter(material, page));
    let method = part("method.html".into(), material.words.say("report.method"), Some("method-brief.html"));
    let method = material.has_page("method.html").then(|| Chapter { title: method.title.clone(), parts: vec![method] });
    let this = material.versions.this();
    let view = ReportView {
        chapters: before.chain(milestones(material)).chain(after).chain(method).collect(),
        sha256: this.info.manifest_sha256.as_deref().map(crate::site::versions::groups).unwrap_or_default(),
    };
    ("report.html", material.words.say("report.title"), View::Report(Box::new(view)))
}

fn part(url: String, title: String, template: Option<&'static str>) -> Part {
    Part { anchor: place(&url, ""), url, title, template, folder: "" }
}

/// What a place of a page is called in the document, the page itself with an empty one: `m:M2.html:why`. No page and no
/// place has a colon, so that no two places are called alike.
pub fn place(page: &str, place: &str) -> String {
    let page = page.replace('/', ":");
    if place.is_empty() { page } else { format!("{page}:{place}") }
}

fn chapter(material: &Material, (url, key, folder): &(&str, &str, &'static str)) -> Option<Chapter> {
    let title = material.words.say(key);
    let part = Part { folder, ..part(url.to_string(), title.clone(), None) };
    material.has_page(url).then(|| Chapter { title, parts: vec![part] })
}

/// All of them, without what the registers tell beside them.
fn milestones(material: &Material) -> Option<Chapter> {
    let mut parts: Vec<Part> = Vec::new();
    for milestone in &material.programme.milestones {
        let Some(url) = material.reason_of(crate::model::reference::Kind::Milestone, &milestone.record.id) else {
            continue;
        };
        // Of two with one id, the first has the page.
        if parts.iter().all(|part| part.url != url) {
            let title = format!("{} {}", milestone.record.id, milestone.name.value);
            parts.push(part(url, title, Some("milestone-brief.html")));
        }
    }
    let title = capital(&material.words.say("nav.milestones"));
    (!parts.is_empty()).then_some(Chapter { title, parts })
}
