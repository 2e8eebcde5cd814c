//! What all pages of a version share: masthead, banner, navigation, footer. One value per version, hashed once.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::finding::Severity;
use crate::model::reference::Kind;
use crate::model::settings::Profile;
use crate::site::index::Index;
use crate::site::material::{Day, Link, Material};
use crate::site::url::Addresses;
use crate::site::words::Words;
use crate::site::{Entry, Versions};
use crate::version::Snapshot;

/// Carries no count of findings and no time, so that an edit that changes neither renders nothing.
#[derive(Debug, Clone, Serialize)]
pub struct Shell {
    pub programme: String,
    pub version: String,
    pub data_date: Day,
    /// "Draft, not issued", "Working, not issued" or "Frozen".
    pub state: String,
    pub is_frozen: bool,
    pub is_draft: bool,
    /// Said above everything: example data, an assumed data date, an older version.
    pub notices: Vec<String>,
    /// The banner of a frozen version that is not the last one.
    pub newer: Option<VersionLink>,
    pub last_issued: Option<VersionLink>,
    pub navigation: Vec<Link>,
    pub groups: Vec<Group>,
    pub versions: Vec<VersionLink>,
    /// Whether there is a page that lists them all.
    pub has_versions_page: bool,
    pub audience: String,
    /// "2 risks and 1 milestone are withheld"; empty where nothing is.
    pub withheld: String,
    pub assets: Assets,
    /// From this version's root to the portal's: "" or "../../".
    pub home: String,
    /// Where the portal is published, with a `/` at its end.
    pub site_url: Option<String>,
}

/// A version and where its root is, seen from the portal's root; None where its pages are not part of this portal.
#[derive(Debug, Clone, Serialize)]
pub struct VersionLink {
    pub version: String,
    pub label: String,
    pub data_date: Day,
    pub base: Option<String>,
    pub here: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Group {
    pub title: String,
    pub links: Vec<Link>,
}

/// File names below the portal's root.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Assets {
    pub stylesheet: String,
    pub script: String,
    /// The picture beside the programme's name, where the theme has one.
    pub logo: Option<String>,
}

/// The pages of the main navigation, each under the key of its name.
const NAVIGATION: [(&str, &str); 7] = [
    ("index.html", "nav.status"),
    ("timeline.html", "nav.timeline"),
    ("matrix.html", "nav.matrix"),
    ("risks.html", "nav.risks"),
    ("slippage.html", "nav.slippage"),
    ("changes.html", "nav.changes"),
    ("todo.html", "nav.todo"),
];

type Pages = [(&'static str, &'static str)];

const REPORT: &Pages = &[
    ("index.html", "nav.status"),
    ("timeline.html", "nav.timeline"),
    ("matrix.html", "nav.matrix"),
    ("slippage.html", "nav.slippage"),
    ("changes.html", "nav.changes"),
    ("report.html", "nav.whole"),
];

const REGISTERS: &Pages = &[
    ("risks.html", "nav.risks"),
    ("evidence.html", "nav.evidence"),
    ("decisions.html", "nav.decisions"),
    ("registers.html", "nav.others"),
    ("trace.html", "nav.trace"),
    ("todo.html", "nav.todo"),
];

const BELIEF: &Pages = &[
    ("method.html", "nav.method"),
    ("quality.html", "nav.quality"),
    ("versions.html", "nav.versions"),
    ("data.html", "nav.data"),
];

/// More milestones than this are listed by the timeline, not by every page.
const LISTED_MILESTONES: usize = 12;

/// The longest list of the author's own pages.
const LISTED_NARRATIVES: usize = 12;

/// The longest list of versions that the switcher holds; the versions page has them all.
const LISTED_VERSIONS: usize = 8;

pub fn shell(snapshot: &Snapshot, versions: &Versions, words: &Words, assets: Assets) -> Shell {
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
    of(&material, assets)
}

fn of(material: &Material, assets: Assets) -> Shell {
    let (settings, words) = (&material.programme.settings, material.words);
    let this = material.versions.this();
    let pages = &*this.pages;
    let is_draft = settings.profile == Profile::Draft;
    let state = match (this.is_frozen(), is_draft) {
        (true, _) => "shell.frozen",
        (false, true) => "shell.draft",
        (false, false) => "shell.working",
    };
    let last_issued = material.versions.last_issued().filter(|_| !this.is_frozen());
    let newer = material.versions.last_issued().filter(|last| this.is_frozen() && last.info != this.info);
    let listed = material.versions.entries.iter().take(LISTED_VERSIONS);
    let home = "../".repeat(this.base.as_deref().unwrap_or_default().matches('/').count());
    Shell {
        programme: settings.name.clone(),
        version: settings.version.clone(),
        data_date: material.full_day(material.data_date()),
        state: words.say(state),
        is_frozen: this.is_frozen(),
        is_draft,
        notices: notices(material),
        newer: newer.map(|entry| version_link(material, entry)),
        last_issued: last_issued.map(|entry| version_link(material, entry)),
        navigation: navigation(material, pages),
        groups: groups(material, pages),
        versions: listed.map(|entry| version_link(material, entry)).collect(),
        has_versions_page: pages.contains("versions.html"),
        audience: words.of("audience", audience_code(settings.site.audience)),
        withheld: withheld(material),
        assets,
        home,
        site_url: settings.site.url.as_ref().map(|url| format!("{}/", url.trim_end_matches('/'))),
    }
}

fn audience_code(audience: crate::model::Visibility) -> &'static str {
    match audience {
        crate::model::Visibility::Public => "public",
        crate::model::Visibility::Stakeholder => "stakeholder",
        crate::model::Visibility::Restricted => "restricted",
    }
}

fn notices(material: &Material) -> Vec<String> {
    let settings = &material.programme.settings;
    let assumed = (!settings.data_date.written && !material.versions.this().is_frozen())
        .then(|| material.words.say("shell.date_assumed"));
    settings.notice.iter().cloned().chain(assumed).chain(left_out(material)).collect()
}

/// What a draft portal is without: files that could not be read, and frozen versions that were altered. In a controlled
/// programme there is no portal with such an error.
fn left_out(material: &Material) -> Option<String> {
    let draft = material.programme.settings.profile == Profile::Draft;
    let firm = material.findings.iter().filter(|finding| draft && finding.severity == Severity::Error);
    let paths: BTreeSet<&str> = firm.map(|finding| finding.path.as_str()).collect();
    let paths: Vec<String> = paths.into_iter().map(str::to_string).collect();
    let list = material.words.list(&paths);
    (!paths.is_empty()).then(|| material.words.fill("shell.left_out", &[("paths", &list)]))
}

fn version_link(material: &Material, entry: &Entry) -> VersionLink {
    let words = material.words;
    let state = if entry.is_frozen() { "shell.label_frozen" } else { "shell.label_working" };
    VersionLink {
        version: entry.info.version.clone(),
        label: words.fill(state, &[("version", &entry.info.version)]),
        data_date: material.full_day(entry.info.data_date),
        base: entry.base.clone(),
        here: entry.info == material.versions.this().info,
    }
}

fn present(list: &Pages, pages: &BTreeSet<String>, words: &Words) -> Vec<Link> {
    let there = list.iter().filter(|(href, _)| pages.contains(*href));
    there.map(|(href, key)| Link { href: href.to_string(), text: words.say(key) }).collect()
}

/// The main navigation leaves out the risks of a programme that has none, and the slippage of one that has told its dates
/// once; the footer leads there all the same.
fn navigation(material: &Material, pages: &BTreeSet<String>) -> Vec<Link> {
    let has_risks = !material.programme.risks.is_empty();
    let mut links = present(&NAVIGATION, pages, material.words);
    let has_trend = !material.versions.earlier.is_empty();
    links.retain(|link| match link.href.as_str() {
        "risks.html" => has_risks,
        "slippage.html" => has_trend,
        _ => true,
    });
    links
}

fn groups(material: &Material, pages: &BTreeSet<String>) -> Vec<Group> {
    let words = material.words;
    let milestones = &material.programme.milestones;
    let listed = if milestones.len() > LISTED_MILESTONES {
        let text = words.count("nav.all_milestones", milestones.len() as i64);
        vec![Link { href: "timeline.html".into(), text }]
    } else {
        let named = milestones.iter().map(|milestone| {
            let Link { href, text } = material.link(Kind::Milestone, &milestone.record.id);
            Link { href, text: format!("{text} {}", milestone.name.value) }
        });
        named.collect()
    };
    let groups = [
        ("nav.report", present(REPORT, pages, words)),
        ("nav.milestones", listed),
        ("nav.registers", present(REGISTERS, pages, words)),
        ("nav.belief", present(BELIEF, pages, words)),
        ("nav.narratives", narratives(material)),
    ];
    let used = groups.into_iter().filter(|(_, links)| !links.is_empty());
    used.map(|(key, links)| Group { title: words.say(key), links }).collect()
}

/// The author's own pages.
fn narratives(material: &Material) -> Vec<Link> {
    let all = material.programme.narratives.iter().take(LISTED_NARRATIVES);
    let links = all.filter_map(|narrative| {
        let href = material.index.narratives.get(&narrative.path)?.clone();
        Some(Link { href, text: narrative.title.clone() })
    });
    links.collect()
}

fn withheld(material: &Material) -> String {
    let counted = material.withheld.iter().filter(|(_, count)| *count > 0);
    let counts: Vec<String> =
        counted.map(|(kind, count)| material.words.count(&format!("kind.{}", kind.word()), *count as i64)).collect();
    if counts.is_empty() {
        return String::new();
    }
    material.words.fill("shell.withheld", &[("records", &material.words.list(&counts))])
}
