//! The whole build, top to bottom: inputs in, findings and an output out. Pure: no clock, no disk, no terminal.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::export::feed::Issue;
use crate::export::{files, manifest, search, versions};
use crate::finding::{Finding, Severity};
use crate::memo::Memo;
use crate::model::assemble::{Clock, assemble};
use crate::model::settings::Profile;
use crate::output::{Content, Output};
use crate::render::theme::Theme;
use crate::render::{self, Rendered};
use crate::rules::{self, output_too_large, two_pages_one_address};
use crate::site::shell::shell;
use crate::site::url::Addresses;
use crate::site::versions::Issued;
use crate::site::{self, DataFile, Entry, Versions};
use crate::source::{Inputs, Source};
use crate::status::{self, Facts};
use crate::syntax::{self, Document};
use crate::version::chain::{self, Chain};
use crate::version::diff::State;
use crate::version::{Judged, Snapshot, VersionInfo, since, snapshot};

type Themed = Arc<(Theme, Vec<Finding>)>;
type Parsed = (Arc<Document>, Arc<Vec<Finding>>);
type Frozen = Result<Arc<Snapshot>, Box<Finding>>;

/// What earlier builds made, by what it was made from. A new one makes everything.
#[derive(Default)]
pub struct Memory {
    documents: Memo<Source, Parsed>,
    snapshots: Memo<Source, Frozen>,
    themes: Memo<(Option<String>, Vec<Source>), Themed>,
    pages: Rendered,
}

impl Memory {
    /// Ends a build: what it did not use is forgotten.
    fn forget_unused(&self) {
        self.documents.forget_unused();
        self.snapshots.forget_unused();
        self.themes.forget_unused();
        self.pages.forget_unused();
    }
}

/// What a build gives.
pub struct Built {
    /// None where the content is too wrong for a portal: an error in a controlled programme.
    pub output: Option<Output>,
    pub findings: Vec<Judged>,
    /// The working state, nothing withheld.
    pub snapshot: Snapshot,
    /// How many versions the portal shows, the working one included.
    pub versions: usize,
}

/// A programme that was read, derived and checked.
pub struct Checked {
    /// The working state, nothing withheld.
    pub snapshot: Snapshot,
    pub chain: Chain,
    theme: Themed,
}

/// Inputs to portal.
pub fn build(inputs: &Inputs, clock: Clock, memory: &Memory) -> Built {
    let checked = check(inputs, clock, memory);
    let settings = &checked.snapshot.programme.settings;
    let mut findings = checked.snapshot.findings.to_vec();
    if settings.profile == Profile::Controlled && checked.count(Severity::Error) > 0 {
        memory.forget_unused();
        return Built { output: None, findings, snapshot: checked.snapshot, versions: 0 };
    }
    let (mut output, mut found, versions) = portal(&checked, memory);
    output.add(manifest::ADDRESS, manifest::manifest(&output));
    memory.forget_unused();
    // A page that does not render, and a portal that is too large, are found when all pages have been made.
    found.extend(output_too_large::findings(size(&output, inputs)));
    let found = rules::judge(found, settings, inputs, settings.data_date.date);
    let is_refused = settings.profile == Profile::Controlled && found.iter().any(is_open_error);
    findings.extend(found);
    let output = (!is_refused).then_some(output);
    Built { output, findings, snapshot: checked.snapshot, versions }
}

fn is_open_error(finding: &Judged) -> bool {
    finding.allowed.is_none() && finding.severity == Severity::Error
}

/// The bytes of all files of the portal.
fn size(output: &Output, inputs: &Inputs) -> u64 {
    let lengths: BTreeMap<&str, u64> =
        inputs.assets.iter().chain(&inputs.files).map(|file| (&*file.path, file.length)).collect();
    let length = |content: &Content| match content {
        Content::Bytes { bytes, .. } => bytes.len() as u64,
        Content::CopyOf { asset, .. } => lengths.get(&**asset).copied().unwrap_or(0),
    };
    output.files.values().map(length).sum()
}

/// Everything but pages.
pub fn check(inputs: &Inputs, clock: Clock, memory: &Memory) -> Checked {
    let (chain, mut findings) = chain::read(inputs, |source| {
        memory.snapshots.get(source.clone(), |source| snapshot::from_json(source).map(Arc::new))
    });
    let parsed: Vec<Parsed> = inputs
        .sources
        .par_iter()
        .map(|source| {
            memory.documents.get(source.clone(), |source| {
                let (document, findings) = syntax::parse(source);
                (Arc::new(document), Arc::new(findings))
            })
        })
        .collect();
    findings.extend(parsed.iter().flat_map(|(_, findings)| findings.iter().cloned()));
    let documents: Vec<Arc<Document>> = parsed.into_iter().map(|(document, _)| document).collect();
    let (programme, found) = assemble(&documents, inputs, chain.history(), clock);
    findings.extend(found);
    let facts = Facts::new(&programme);
    let standing = status::derive(&facts);
    findings.extend(rules::check(&facts, &standing));
    findings.extend(two_pages_one_address::findings(&programme, &Addresses::new(&programme).shared));
    findings.extend(two_pages_one_address::of_prose(&site::narrative::shared(&programme)));
    // Nobody can tell what has changed since a version where the number, the date and the calendar of today are not known.
    if !programme.settings.is_unread {
        findings.extend(chain::check_working(&programme.settings, &chain));
        findings.extend(since::findings(State { programme: &programme, standing: &standing }, &chain));
    }
    let site = &programme.settings.site;
    let theme = memory.themes.get((site.theme.clone(), inputs.themes.clone()), |(name, sources)| {
        Arc::new(Theme::new(sources, name.as_deref()))
    });
    findings.extend(theme.1.iter().cloned());
    let date = programme.settings.data_date.date;
    let findings = rules::judge(findings, &programme.settings, inputs, date);
    let snapshot = Snapshot {
        schema: snapshot::SCHEMA,
        programme: Arc::new(programme),
        standing: Arc::new(standing),
        findings: Arc::new(findings),
        withheld: Vec::new(),
    };
    Checked { snapshot, chain, theme }
}

/// One version of the portal: what it shows, and where its root is.
struct Told {
    snapshot: Snapshot,
    info: VersionInfo,
    base: Option<String>,
    /// None for the working state.
    issued: Option<Issued>,
}

/// Every version's pages and data, and the number of versions. Findings: `template-error`.
fn portal(checked: &Checked, memory: &Memory) -> (Output, Vec<Finding>, usize) {
    let theme = &checked.theme.0;
    let versions_told = versions_to_tell(checked);
    let entries: Vec<Entry> = versions_told
        .iter()
        .map(|told| Entry {
            info: told.info.clone(),
            base: told.base.clone(),
            pages: Arc::new(site::addresses(&site::outline(&told.snapshot.programme))),
            issued: told.issued.clone(),
        })
        .collect();
    let mut output = Output::default();
    let mut findings = Vec::new();
    for (address, content) in theme.files() {
        output.add(address, content);
    }
    for (here, told) in versions_told.iter().enumerate() {
        let Some(base) = &told.base else { continue };
        let earlier = versions_told[here + 1..].iter().rev().map(|earlier| earlier.snapshot.clone()).collect();
        let data: Vec<(String, Content)> = files::of_version(&told.snapshot, theme.words())
            .into_iter()
            .map(|(address, text)| (address, text.into()))
            .collect();
        let versions = Versions { entries: entries.clone(), here, earlier, files: data_files(&data) };
        let pages = site::plan(&told.snapshot, &versions, theme.words());
        let shell = shell(&told.snapshot, &versions, theme.words(), theme.assets());
        let (files, found) = render::pages(&pages, &shell, theme, &memory.pages);
        let (more, found_too) = render::version_files(&shell, theme);
        findings.extend(found.into_iter().chain(found_too));
        for (address, content) in files.into_iter().chain(more) {
            output.add(format!("{base}{address}"), content);
        }
        if told.info.manifest_sha256.is_none() {
            for (address, file) in site::narrative::published_files(&told.snapshot.programme) {
                output.add(format!("{base}{address}"), Content::CopyOf { asset: file.asset, sha256: file.sha256 });
            }
        }
        let found = site::search::entries(&told.snapshot, &pages, theme.words());
        let rows = found.iter().map(|it| [&*it.href, &*it.id, &*it.title, &*it.kind, &*it.words]);
        output.add(format!("{base}data/search.js"), search::script(rows));
        for (address, content) in data {
            output.add(format!("{base}{address}"), content);
        }
    }
    for (address, text) in portal_files(checked, &versions_told, &entries) {
        output.add(address, text);
    }
    let latest = entries.iter().find(|entry| entry.is_frozen());
    if let Some((entry, base)) = latest.and_then(|entry| Some((entry, entry.base.as_ref()?))) {
        // Stubs that lead on: an address to keep, never a second copy of a page.
        for address in entry.pages.iter() {
            let up = "../".repeat(address.matches('/').count() + 1);
            let (content, found) = render::redirect(&format!("{up}{base}{address}"), theme);
            findings.extend(found);
            output.add(format!("latest/{address}"), content);
        }
    }
    let frozen: Vec<VersionInfo> = checked.chain.versions.iter().map(|version| version.info.clone()).collect();
    output.add("versions.json", versions::versions(&working_info(&checked.snapshot), &frozen));
    (output, findings, versions_told.iter().filter(|told| told.base.is_some()).count())
}

/// What the Data page says of them.
fn data_files(data: &[(String, Content)]) -> Vec<DataFile> {
    let of = |(address, content): &(String, Content)| match content {
        Content::Bytes { bytes, sha256 } => {
            Some(DataFile { address: address.clone(), bytes: bytes.len(), sha256: sha256.to_string() })
        }
        Content::CopyOf { .. } => None,
    };
    data.iter().filter_map(of).collect()
}

/// What needs the portal's own address: the feed of what was issued, and what search engines are told.
fn portal_files(checked: &Checked, told: &[Told], entries: &[Entry]) -> Vec<(&'static str, String)> {
    let issued: Vec<&Told> = told.iter().filter(|told| told.issued.is_some()).collect();
    let issues: Vec<Issue> = issued
        .iter()
        .enumerate()
        .map(|(age, told)| Issue {
            snapshot: &told.snapshot,
            before: issued.get(age + 1).map(|before| &before.snapshot),
            base: told.base.as_deref(),
        })
        .collect();
    let root = entries.iter().find(|entry| entry.base.as_deref() == Some(""));
    let pages = root.into_iter().flat_map(|entry| entry.pages.iter().map(String::as_str));
    files::of_portal(&checked.snapshot, &issues, checked.theme.0.words(), pages)
}

/// The working state first, then the frozen versions, newest first, each with what its audience may not see withheld.
fn versions_to_tell(checked: &Checked) -> Vec<Told> {
    let working = &checked.snapshot;
    let settings = &working.programme.settings;
    let audience = settings.site.audience;
    let rendered = settings.site.versions.unwrap_or(usize::MAX);
    let issued_at_root = settings.site.root_issued && !checked.chain.versions.is_empty();
    let own = (!issued_at_root).then(|| Told {
        snapshot: site::withhold(working.clone(), audience),
        info: working_info(working),
        base: Some(String::new()),
        issued: None,
    });
    let frozen = checked.chain.versions.iter().rev().enumerate().map(|(age, version)| {
        let address = format!("v/{}/", version.info.version);
        let base = if issued_at_root && age == 0 { String::new() } else { address };
        let snapshot = site::withhold(snapshot::stricter(&version.snapshot, &working.programme), audience);
        let issued = Some(Issued::new(version, &snapshot));
        Told { snapshot, info: version.info.clone(), base: (age < rendered).then_some(base), issued }
    });
    own.into_iter().chain(frozen).collect()
}

fn working_info(working: &Snapshot) -> VersionInfo {
    let settings = &working.programme.settings;
    VersionInfo { version: settings.version.clone(), data_date: settings.data_date.date, manifest_sha256: None }
}

/// The findings alone, of one build.
pub fn findings(inputs: &Inputs, clock: Clock) -> Vec<Judged> {
    check(inputs, clock, &Memory::default()).snapshot.findings.to_vec()
}

impl Checked {
    /// Findings that nobody answered for.
    pub fn count(&self, severity: Severity) -> usize {
        let open = self.snapshot.findings.iter().filter(|finding| finding.allowed.is_none());
        open.filter(|finding| finding.severity == severity).count()
    }
}
