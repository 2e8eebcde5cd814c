//! The pages of a version as plain data: what each says, with no HTML in it and no template language.
//!
//! `withhold` first, then `outline` (which pages there are), then `shell` (what all pages share) and `plan` (what each
//! says). Working and frozen versions go the same way. See design: portal.

pub mod changes;
pub mod coded;
pub mod data;
pub mod decisions;
pub mod evidence;
pub mod index;
pub mod material;
pub mod matrix;
pub mod mentions;
pub mod method;
pub mod milestone;
pub mod narrative;
pub mod not_found;
pub mod pack;
pub mod quality;
pub mod record;
pub mod registers;
pub mod report;
pub mod reports;
pub mod risks;
pub mod search;
pub mod shell;
pub mod slippage;
pub mod status;
pub mod steps;
pub mod timeline;
pub mod todo;
pub mod trace;
pub mod url;
pub mod versions;
pub mod withhold;
pub mod words;

#[cfg(test)]
pub mod register_sample;
#[cfg(test)]
pub mod sample;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use crate::model::id::Id;
use crate::model::milestone::Side;
use crate::model::reference::{Kind, Reference};
use crate::model::{Programme, Record};
use crate::site::index::Index;
use crate::site::material::Material;
use crate::site::url::Addresses;
use crate::site::words::Words;
use crate::version::{Snapshot, VersionInfo};

pub use crate::site::withhold::withhold;

/// What one page says. Its data is its dependency list: the same page is not rendered twice.
#[derive(Debug, Clone, Serialize)]
pub struct Page {
    /// Relative to the version's root: `m/M2.html`.
    pub url: String,
    pub template: &'static str,
    /// Of the document, without the programme's name.
    pub title: String,
    /// The versions that have this page too, so that the switcher leads to its twin.
    pub twins: Vec<String>,
    pub view: View,
}

#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum View {
    Status(Box<status::StatusView>),
    Timeline(Box<timeline::TimelineView>),
    Matrix(Box<matrix::MatrixView>),
    Milestone(Box<milestone::MilestoneView>),
    Pack(Box<pack::PackView>),
    Todo(Box<todo::TodoView>),
    NotFound(not_found::NotFoundView),

    Changes(Box<changes::ChangesView>),
    Versions(Box<versions::VersionsView>),
    Data(data::DataView),
    Quality(Box<quality::QualityView>),
    Method(Box<method::MethodView>),
    Evidence(Box<evidence::EvidenceView>),
    EvidenceItem(Box<evidence::item::ItemView>),
    Risks(Box<risks::RisksView>),
    Risk(Box<risks::risk::RiskView>),
    Slippage(Box<slippage::SlippageView>),
    Decisions(Box<decisions::DecisionsView>),
    Decision(Box<decisions::decision::DecisionView>),
    Registers(Box<registers::RegistersView>),
    Trace(Box<trace::TraceView>),
    Narrative(Box<narrative::NarrativeView>),
    Report(Box<report::ReportView>),
}

/// All versions of the portal, and which of them is told here.
#[derive(Debug, Clone)]
pub struct Versions {
    /// The working state first where it is part of the portal, then the frozen ones, newest first.
    pub entries: Vec<Entry>,
    /// The index of the one that these pages belong to.
    pub here: usize,
    /// The frozen versions before it, oldest first, withheld as it is.
    pub earlier: Vec<Snapshot>,
    /// The data files of this version, which are made before its pages.
    pub files: Vec<DataFile>,
}

/// A file for other programs.
#[derive(Debug, Clone)]
pub struct DataFile {
    /// Below the version's root: `data/risks.csv`.
    pub address: String,
    pub bytes: usize,
    pub sha256: String,
}

#[derive(Debug, Clone)]
pub struct Entry {
    pub info: VersionInfo,
    /// Where its root is below the portal's: "" or "v/0.9/"; None where its pages are left out of this build.
    pub base: Option<String>,
    /// The addresses of its pages; see `outline`.
    pub pages: Arc<BTreeSet<String>>,
    /// None for the working state.
    pub issued: Option<versions::Issued>,
}

impl Entry {
    pub fn is_frozen(&self) -> bool {
        self.info.manifest_sha256.is_some()
    }
}

impl Versions {
    /// A portal of one version, at the root: what a first build has.
    pub fn alone(snapshot: &Snapshot) -> Versions {
        let settings = &snapshot.programme.settings;
        let info = VersionInfo {
            version: settings.version.clone(),
            data_date: settings.data_date.date,
            manifest_sha256: None,
        };
        let pages = Arc::new(addresses(&outline(&snapshot.programme)));
        let entry = Entry { info, base: Some(String::new()), pages, issued: None };
        Versions { entries: vec![entry], here: 0, earlier: Vec::new(), files: Vec::new() }
    }

    pub fn this(&self) -> &Entry {
        &self.entries[self.here]
    }

    /// What its pages are compared with: the last frozen version, or the parent of a frozen one.
    pub fn before(&self) -> Option<&Snapshot> {
        self.earlier.last()
    }

    /// The frozen version with the highest number.
    pub fn last_issued(&self) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.is_frozen())
    }
}

/// What a page is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    Status,
    Timeline,
    Matrix,
    Milestone(Id),
    Pack(Id, Side),
    Todo,
    NotFound,

    Changes,
    Versions,
    Data,
    Quality,
    Method,
    Evidence,
    EvidenceItem(Id),
    Risks,
    Risk(Id),
    Slippage,
    Decisions,
    Decision(Id),
    Registers,
    Trace,
    /// A file of prose, by its path.
    Narrative(String),
    /// All of them in one.
    Report,
}

/// Every page of a programme by its address, in the order of the portal's contents. Cheap: no view is made.
pub fn outline(programme: &Programme) -> Vec<(String, Subject)> {
    outline_at(programme, &Addresses::new(programme))
}

fn outline_at(programme: &Programme, addresses: &Addresses) -> Vec<(String, Subject)> {
    let mut pages: Vec<(String, Subject)> = vec![
        ("index.html".into(), Subject::Status),
        ("timeline.html".into(), Subject::Timeline),
        ("matrix.html".into(), Subject::Matrix),
        ("todo.html".into(), Subject::Todo),
        ("404.html".into(), Subject::NotFound),
        ("slippage.html".into(), Subject::Slippage),
        ("changes.html".into(), Subject::Changes),
        ("versions.html".into(), Subject::Versions),
        ("data.html".into(), Subject::Data),
        ("quality.html".into(), Subject::Quality),
        ("method.html".into(), Subject::Method),
        ("evidence.html".into(), Subject::Evidence),
        ("risks.html".into(), Subject::Risks),
        ("decisions.html".into(), Subject::Decisions),
    ];
    if registers::is_used(programme) {
        pages.push((registers::ADDRESS.into(), Subject::Registers));
    }
    if trace::is_used(programme) {
        pages.push((trace::ADDRESS.into(), Subject::Trace));
    }
    pages.extend(record_pages(programme, addresses));
    pages.extend(gate_packs(programme, addresses));
    pages
        .extend(narrative::addresses(programme).into_iter().map(|(path, address)| (address, Subject::Narrative(path))));
    pages.push((report::ADDRESS.into(), Subject::Report));
    pages
}

/// The pages that hold one record each. Of two records with one id, the first has the page.
fn record_pages(programme: &Programme, addresses: &Addresses) -> Vec<(String, Subject)> {
    let mut seen = BTreeSet::new();
    let of = |(reference, record): (Reference, &Record)| {
        let id = record.id.clone();
        let subject = match reference.kind {
            Kind::Milestone => Subject::Milestone(id),
            Kind::Evidence => Subject::EvidenceItem(id),
            Kind::Risk => Subject::Risk(id),
            Kind::Decision => Subject::Decision(id),
            _ => return None,
        };
        let address = addresses.of(&reference).expect("every record was given an address").to_string();
        seen.insert(address.clone()).then_some((address, subject))
    };
    programme.records().filter_map(of).collect()
}

/// One page for each gate. Of two milestones with one id, the first has the pages.
fn gate_packs(programme: &Programme, addresses: &Addresses) -> Vec<(String, Subject)> {
    let mut seen = BTreeSet::new();
    let milestones = programme.milestones.iter().filter(|milestone| seen.insert(&milestone.record.id));
    let packs = milestones.flat_map(|milestone| {
        let of = move |(address, side)| (address, Subject::Pack(milestone.record.id.clone(), side));
        pack::addresses(milestone, addresses).into_iter().map(of)
    });
    packs.collect()
}

/// The addresses of an outline.
pub fn addresses(outline: &[(String, Subject)]) -> BTreeSet<String> {
    outline.iter().map(|(address, _)| address.clone()).collect()
}

/// What every page of a version says. The snapshot is withheld already.
pub fn plan(snapshot: &Snapshot, versions: &Versions, words: &Words) -> Vec<Page> {
    let addresses = Addresses::new(&snapshot.programme);
    let material = Material {
        programme: &snapshot.programme,
        standing: &snapshot.standing,
        findings: &snapshot.findings,
        withheld: &snapshot.withheld,
        versions,
        words,
        addresses: &addresses,
        index: &Index::new(&snapshot.programme, &snapshot.standing),
    };
    let outline = outline_at(&snapshot.programme, &addresses);
    outline.into_par_iter().map(|(url, subject)| page(&material, url, &subject)).collect()
}

fn page(material: &Material, url: String, subject: &Subject) -> Page {
    let (template, title, view) = match subject {
        Subject::Status => status::page(material),
        Subject::Timeline => timeline::page(material),
        Subject::Matrix => matrix::page(material),
        Subject::Milestone(id) => milestone::page(material, id),
        Subject::Pack(id, side) => pack::page(material, id, *side),
        Subject::Todo => todo::page(material),
        Subject::NotFound => not_found::page(material),

        Subject::Changes => changes::page(material),
        Subject::Versions => versions::page(material),
        Subject::Data => data::page(material),
        Subject::Quality => quality::page(material),
        Subject::Method => method::page(material),
        Subject::Evidence => evidence::page(material),
        Subject::EvidenceItem(id) => evidence::item::page(material, id),
        Subject::Risks => risks::page(material),
        Subject::Risk(id) => risks::risk::page(material, id),
        Subject::Slippage => slippage::page(material),
        Subject::Decisions => decisions::page(material),
        Subject::Decision(id) => decisions::decision::page(material, id),
        Subject::Registers => registers::page(material),
        Subject::Trace => trace::page(material),
        Subject::Narrative(path) => narrative::page(material, path),
        Subject::Report => report::page(material),
    };
    let has_it = material.versions.entries.iter().filter(|entry| entry.pages.contains(&url));
    let twins = has_it.map(|entry| entry.info.version.clone()).collect();
    Page { url, template, title, twins, view }
}
