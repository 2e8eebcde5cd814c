//! Pages of the author's prose with its tables in place, and what becomes of the links in any author's text.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::model::Programme;
use crate::model::narrative::{Narrative, NarrativeRow, Piece, below_root, decoded, resolve};
use crate::model::reference::Reference;
use crate::site::View;
use crate::site::index::Index;
use crate::site::material::{Link, Material};
use crate::site::record;
use crate::site::url;
use crate::source::direction::turns;
use crate::source::{Address, Html};

#[derive(Debug, Clone, Serialize)]
pub struct NarrativeView {
    pub title: String,
    pub pieces: Vec<PieceView>,
    /// What was left out for this audience.
    pub withheld: String,
    pub path: String,
    pub edit: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PieceView {
    Prose(Html),
    Table { caption: String, header: Vec<String>, rows: Vec<RowView> },
    Records(Vec<RowView>),
}

/// A row of the author's, and the page of the record that was read from it.
#[derive(Debug, Clone, Serialize)]
pub struct RowView {
    pub cells: Vec<String>,
    pub record: Option<Link>,
    /// The cell that names the record, which becomes its link; None where none is its id.
    pub linked: Option<usize>,
}

pub fn page(material: &Material, path: &str) -> (&'static str, String, View) {
    let narrative = material.programme.narratives.iter().find(|narrative| narrative.path == path);
    let narrative = narrative.expect("the outline names narratives of this programme");
    let address = material.index.narratives.get(path).cloned().unwrap_or_default();
    let title = narrative.title.clone();
    let mut pieces: Vec<PieceView> = Vec::new();
    for piece in &narrative.pieces {
        pieces.extend(piece_view(material, narrative, piece, &address));
    }
    let kinds: Vec<_> = material.withheld.iter().map(|(kind, _)| *kind).collect();
    let is_table = narrative.pieces.iter().any(|piece| !matches!(piece, Piece::Prose(_)));
    let view = NarrativeView {
        title: title.clone(),
        pieces,
        withheld: if is_table { record::withheld(material, &kinds) } else { String::new() },
        path: narrative.path.clone(),
        edit: edit(material, narrative),
    };
    ("narrative.html", title, View::Narrative(Box::new(view)))
}

/// Where every narrative stands: its path → `p/<slug>.html`, no two alike.
pub fn addresses(programme: &Programme) -> BTreeMap<String, String> {
    let of = |narrative: &Narrative, slug: &str| (narrative.path.clone(), format!("p/{slug}.html"));
    slugs(programme).into_iter().map(|(narrative, slug, _)| of(narrative, &slug)).collect()
}

/// Pages that had to be put elsewhere, since another had their address already: (its path, the other's).
pub fn shared(programme: &Programme) -> Vec<(&str, &str)> {
    slugs(programme).into_iter().filter_map(|(narrative, _, first)| Some((&*narrative.path, first?))).collect()
}

/// Every narrative with its part of the address, and the path of the one that was there before it.
fn slugs(programme: &Programme) -> Vec<(&Narrative, String, Option<&str>)> {
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    let mut slugs = Vec::new();
    for narrative in &programme.narratives {
        let path = below_root(&narrative.path);
        let path = path.strip_prefix("pages/").unwrap_or(path);
        let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        let slug = url::slug(stem);
        let first = taken.get(&slug.to_lowercase()).copied();
        let mut candidate = slug.clone();
        let mut number = 1;
        while taken.contains_key(&candidate.to_lowercase()) {
            number += 1;
            candidate = format!("{slug}-{number}");
        }
        taken.insert(candidate.to_lowercase(), &narrative.path);
        slugs.push((narrative, candidate, first));
    }
    slugs
}

fn edit(material: &Material, narrative: &Narrative) -> Option<String> {
    let frozen = material.versions.this().is_frozen();
    let template = material.programme.settings.site.edit_url.as_ref().filter(|template| is_web(template) && !frozen)?;
    Some(template.replace("{path}", &encoded(&narrative.path)))
}

fn piece_view(material: &Material, narrative: &Narrative, piece: &Piece, address: &str) -> Option<PieceView> {
    let rows = |rows: &[NarrativeRow]| -> Vec<RowView> { rows.iter().map(|row| row_view(material, row)).collect() };
    match piece {
        Piece::Prose(html) => {
            let html = settle(material, html, Some(&narrative.path), address);
            // The page says its title itself.
            let html = without_title(html, &narrative.title);
            (!html.is_empty()).then_some(PieceView::Prose(html))
        }
        Piece::Table { header, rows: of_table } => {
            let caption = material.words.count("narrative.caption", of_table.len() as i64);
            Some(PieceView::Table { caption, header: header.clone(), rows: rows(of_table) })
        }
        Piece::Records(records) => Some(PieceView::Records(rows(records))),
    }
}

fn row_view(material: &Material, row: &NarrativeRow) -> RowView {
    let found = row.record.as_ref().and_then(|reference| Some((reference, material.addresses.of(reference)?)));
    let link = found.map(|(reference, href)| Link { href: href.to_string(), text: reference.id.to_string() });
    let names = |reference: &Reference| row.cells.iter().position(|cell| cell.trim() == reference.id.as_str());
    RowView { cells: row.cells.clone(), linked: row.record.as_ref().and_then(names), record: link }
}

/// A first heading that says the title again is left out.
fn without_title(html: Html, title: &str) -> Html {
    let escaped = Html::escaped(title);
    let markup = html.as_str().trim();
    let is_title = markup.starts_with("<h1") && markup.ends_with(&format!(">{escaped}</h1>"));
    if is_title { Html::default() } else { html }
}

/// The author's text, ready for the page at `address`: links to files of the programme lead to what those became,
/// links to nothing here become words, places in the text get names that no part of the page has. `source` is the file
/// it is written in; a frozen version may not know it.
pub fn settle(material: &Material, html: &Html, source: Option<&str>, address: &str) -> Html {
    if html.is_empty() {
        return Html::default();
    }
    let targets = Targets { material, folder: source.map(folder), root: url::root(address) };
    html.readdressed(|found| match found {
        Address::Anchor(anchor) => Some(in_text(anchor)),
        Address::Link(target) => targets.link(target),
        Address::Picture(target) => targets.file(target.split(['?', '#']).next().unwrap_or_default()),
    })
}

fn in_text(anchor: &str) -> String {
    format!("text-{anchor}")
}

struct Targets<'a> {
    material: &'a Material<'a>,
    folder: Option<&'a str>,
    root: String,
}

impl Targets<'_> {
    fn link(&self, target: &str) -> Option<String> {
        if is_web(target) || target.starts_with("mailto:") {
            return Some(target.to_string());
        }
        let (file, anchor) = target.split_once('#').map_or((target, None), |(file, anchor)| (file, Some(anchor)));
        let anchor = anchor.filter(|anchor| !anchor.is_empty());
        if file.is_empty() {
            return anchor.map(|anchor| format!("#{}", in_text(anchor)));
        }
        let page = self.page(file)?;
        let anchor = anchor.filter(|_| page.starts_with("p/")).map(|anchor| format!("#{}", in_text(anchor)));
        Some(format!("{}{page}{}", self.root, anchor.unwrap_or_default()))
    }

    /// What a file of the programme became: a page of prose, the page of its record, or a published file.
    fn page(&self, target: &str) -> Option<String> {
        let Index { narratives, records_at, registers_at, .. } = self.material.index;
        if let Some(page) = self.named(target, narratives) {
            return Some(page.clone());
        }
        if let Some(reference) = self.named(target, records_at) {
            return self.material.addresses.of(reference).map(str::to_string);
        }
        if let Some(page) = self.named(target, registers_at) {
            return Some(page.to_string());
        }
        self.published(target)
    }

    fn file(&self, target: &str) -> Option<String> {
        self.published(target).map(|file| format!("{}{file}", self.root))
    }

    fn published(&self, target: &str) -> Option<String> {
        let address = self.named(target, &self.material.index.published)?;
        (!self.material.versions.this().is_frozen()).then(|| encoded(address))
    }

    /// What stands at the path that the target, seen from the folder of the text, names. Where the folder is not known,
    /// the end of a path must do.
    fn named<'m, T>(&self, target: &str, by_path: &'m BTreeMap<String, T>) -> Option<&'m T> {
        if let Some(folder) = self.folder {
            return by_path.get(&resolve(folder, target)?);
        }
        let target = decoded(target);
        let bare = target.trim_start_matches("./").trim_start_matches("../");
        let is_end = |path: &str| path.strip_suffix(bare).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
        by_path.iter().find(|(path, _)| is_end(path)).map(|(_, there)| there)
    }
}

/// A file that the portal publishes: where it is, and what it must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedFile {
    /// Its path, as in `source::Asset`.
    pub asset: Arc<str>,
    pub sha256: Arc<str>,
}

/// The evidence files of a programme that was withheld already, by their address below the version's root; none
/// without `site.publish_files`.
pub fn published_files(programme: &Programme) -> BTreeMap<String, PublishedFile> {
    if !programme.settings.site.publish_files {
        return BTreeMap::new();
    }
    let files = programme.evidence.iter().filter_map(|evidence| {
        let (asset, sha256) = (evidence.asset.clone()?, evidence.asset_sha256.clone()?);
        Some((file_address_of(&asset), PublishedFile { asset, sha256 }))
    });
    files.collect()
}

/// Where a file of the programme can be had; None where it is not published. Frozen versions publish none: their
/// attachments lie under other names.
pub fn file_address(material: &Material, asset: &str) -> Option<String> {
    let address = material.index.published.get(asset).filter(|_| !material.versions.this().is_frozen());
    address.map(|address| encoded(address))
}

fn file_address_of(asset: &str) -> String {
    format!("files/{}", below_root(asset))
}

/// The only addresses outside the portal that become links.
pub fn is_web(text: &str) -> bool {
    let lower = text.trim().get(..8).unwrap_or(text).to_lowercase();
    let hides = |character: char| character.is_control() || character.is_whitespace() || turns(character);
    let honest = !text.contains(hides);
    honest && (lower.starts_with("https://") || lower.starts_with("http://"))
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A path as part of an address.
pub fn encoded(path: &str) -> String {
    let mut address = String::with_capacity(path.len());
    for character in path.chars() {
        match character {
            ' ' | '%' | '#' | '?' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => {
                address.push_str(&format!("%{:02X}", u32::from(character)));
            }
            other => address.push(other),
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::{PieceView, encoded, is_web, page, settle};
    use crate::site::View;
    use crate::site::register_sample::{programme, with_material};
    use crate::source::Html;

    fn settled(markup: &str, source: Option<&str>) -> String {
        let html = Html::from_safe(markup.to_string());
        with_material(programme(), |material| settle(material, &html, source, "e/E-009.html").to_string())
    }

    #[test]
    fn links_to_files_lead_to_what_those_became() {
        let path = Some("content/pages/how we work.md");
        assert_eq!(settled("<a href=\"../notes.md#why\">x</a>", path), "<a href=\"../p/notes.html#text-why\">x</a>");
        assert_eq!(settled("<a href=\"../E-009.md\">x</a>", path), "<a href=\"../e/E-009.html\">x</a>");
        assert_eq!(settled("<a href=\"how%20we%20work.md\">x</a>", path), "<a href=\"../p/how-we-work.html\">x</a>");
        assert_eq!(settled("<a href=\"https://x.y/?a&amp;b\">x</a>", path), "<a href=\"https://x.y/?a&amp;b\">x</a>");
    }

    #[test]
    fn links_to_nothing_here_become_words() {
        for target in ["gone.md", "../../../etc/passwd", "evidence/run.txt", "/notes"] {
            assert_eq!(settled(&format!("<a href=\"{target}\">x</a>"), Some("content/a.md")), "<a>x</a>", "{target}");
        }
        assert_eq!(settled("<img src=\"x.png\" alt=\"a sketch\" />", None), "a sketch");
    }

    #[test]
    fn text_of_a_frozen_version_finds_its_pages_by_name() {
        assert_eq!(settled("<a href=\"../notes.md\">x</a>", None), "<a href=\"../p/notes.html\">x</a>");
    }

    #[test]
    fn tables_stay_in_place_and_their_records_are_links() {
        let view = with_material(programme(), |material| page(material, "content/pages/how we work.md").2);
        let View::Narrative(view) = view else { panic!("{view:?}") };
        let [PieceView::Prose(prose), PieceView::Table { rows, .. }] = &view.pieces[..] else { panic!("{view:?}") };
        assert!(prose.as_str().contains("<h2 id=\"text-main\">"), "{prose}");
        assert_eq!(rows[0].record.as_ref().unwrap().href, "m/M1.html");
        assert_eq!((rows[0].linked, rows[2].linked), (Some(0), None));
    }

    #[test]
    fn addresses_are_told_from_words() {
        assert!(is_web("https://x.y") && is_web("HTTP://x.y"));
        for text in ["javascript:alert(1)", "see https://x.y", "https://x.y z", "ftp://x.y", "", "é"] {
            assert!(!is_web(text), "{text}");
        }
        assert_eq!(encoded("a b#c%"), "a%20b%23c%25");
    }
}
