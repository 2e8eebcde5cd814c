//! What did the board see on the day?

use serde::Serialize;

use crate::model::settings::Profile;
use crate::site::material::{Day, Mark, Material, Sentence};
use crate::site::{Entry, View};
use crate::status::{Colour, Reason};
use crate::version::Snapshot;
use crate::version::chain::{FrozenVersion, Parent};

/// What is said of a frozen version beside its number, date and hash.
#[derive(Debug, Clone)]
pub struct Issued {
    pub colour: Colour,
    pub reason: Reason,
    pub profile: Profile,
    pub tool: String,
    pub commit: Option<String>,
    pub parent: Option<Parent>,
    /// Files that its manifest vouches for.
    pub files: usize,
}

impl Issued {
    /// `withheld` is the version's snapshot as this audience may see it.
    pub fn new(frozen: &FrozenVersion, withheld: &Snapshot) -> Issued {
        let standing = &withheld.standing.programme;
        Issued {
            colour: standing.colour,
            reason: standing.reason.clone(),
            profile: frozen.manifest.profile,
            tool: frozen.manifest.tool.clone(),
            commit: frozen.manifest.commit.clone(),
            parent: frozen.manifest.parent.clone(),
            files: frozen.manifest.files.len(),
        }
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct VersionsView {
    pub lede: String,
    /// The state that is not issued, where it is part of this portal.
    pub working: Option<Working>,
    /// The number of the last issued version, else of the one that would be: for the command to paste.
    pub last: String,
    /// Newest first.
    pub versions: Vec<Row>,
    pub left_out: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Working {
    pub version: String,
    pub day: Day,
    pub base: Option<String>,
    /// True where this page belongs to it.
    pub is_here: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub version: String,
    pub day: Day,
    pub mark: Option<Mark>,
    pub reason: Sentence,
    /// The sha256 in runs of eight digits.
    pub sha256: Vec<String>,
    pub facts: Vec<String>,
    /// Where its pages are, seen from the portal's root; None where they are not part of this build.
    pub base: Option<String>,
    pub is_here: bool,
}

pub fn page(material: &Material) -> (&'static str, String, View) {
    let words = material.words;
    let entries = &material.versions.entries;
    let versions: Vec<Row> =
        entries.iter().filter(|entry| entry.is_frozen()).map(|entry| row(material, entry)).collect();
    let lede = match versions.first() {
        None => words.say("versions.lede_none"),
        Some(last) => words.count_with(
            "versions.lede",
            versions.len() as i64,
            &[("version", &last.version), ("date", &last.day.text)],
        ),
    };
    let left_out = versions.iter().filter(|row| row.base.is_none()).count();
    let left_out = if left_out > 0 { words.count("versions.left_out", left_out as i64) } else { String::new() };
    let working = entries.iter().find(|entry| !entry.is_frozen()).map(|entry| Working {
        version: entry.info.version.clone(),
        day: material.full_day(entry.info.data_date),
        base: entry.base.clone(),
        is_here: is_here(material, entry),
    });
    let own = &material.programme.settings.version;
    let last = versions.first().map_or(own, |row| &row.version).clone();
    let view = VersionsView { lede, working, last, versions, left_out };
    ("versions.html", words.say("nav.versions"), View::Versions(Box::new(view)))
}

fn is_here(material: &Material, entry: &Entry) -> bool {
    entry.info == material.versions.this().info
}

fn row(material: &Material, entry: &Entry) -> Row {
    let issued = entry.issued.as_ref();
    let sha256 = entry.info.manifest_sha256.as_deref().unwrap_or_default();
    Row {
        version: entry.info.version.clone(),
        day: material.full_day(entry.info.data_date),
        mark: issued.map(|issued| material.mark(issued.colour)),
        // Its records are on its own pages, not on these.
        reason: issued.map(|issued| Sentence::plain(issued.reason.sentence.clone())).unwrap_or_default(),
        sha256: groups(sha256),
        facts: issued.map(|issued| facts(material, issued)).unwrap_or_default(),
        base: entry.base.clone(),
        is_here: is_here(material, entry),
    }
}

/// A hash in runs of eight digits.
pub fn groups(sha256: &str) -> Vec<String> {
    let digits: Vec<char> = sha256.chars().collect();
    digits.chunks(8).map(|group| group.iter().collect()).collect()
}

fn facts(material: &Material, issued: &Issued) -> Vec<String> {
    let words = material.words;
    let parent = match &issued.parent {
        Some(parent) => words.fill("versions.parent", &[("version", &parent.version)]),
        None => words.say("versions.first"),
    };
    let profile = match issued.profile {
        Profile::Draft => words.say("versions.draft"),
        Profile::Controlled => words.say("versions.controlled"),
    };
    let files = words.count("versions.files", issued.files as i64);
    let tool = words.fill("versions.tool", &[("tool", &issued.tool)]);
    let commit = issued.commit.as_ref().map(|commit| words.fill("versions.commit", &[("commit", commit)]));
    [Some(parent), Some(profile), Some(files), Some(tool), commit].into_iter().flatten().collect()
}
