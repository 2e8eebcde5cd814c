//! The chain of frozen versions: each manifest holds the hashes of its files and of its parent's manifest.
//!
//! See design: portal (versions). Everything here works offline, on what was read.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::finding::Finding;
use crate::model::history::History;
use crate::model::settings::{Profile, Settings};
use crate::output::sha256;
use crate::source::{Inputs, Source, Span};
use crate::version::snapshot;
use crate::version::{Snapshot, VersionInfo};

/// `manifest.json` of a frozen version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub schema: u32,
    pub version: String,
    pub data_date: NaiveDate,
    pub profile: Profile,
    /// Which milepost froze it.
    pub tool: String,
    /// The commit of the content, where it was named.
    pub commit: Option<String>,
    pub parent: Option<Parent>,
    /// Path below the version's folder (attachments: `../files/<sha256>`) → sha256.
    pub files: BTreeMap<String, String>,
    /// The sha256 of this manifest with an empty seal: it tells a slip of the hand, not a forger.
    pub seal: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parent {
    pub version: String,
    pub manifest_sha256: String,
}

/// A frozen version as it was read.
#[derive(Debug, Clone)]
pub struct FrozenVersion {
    pub info: VersionInfo,
    pub snapshot: Arc<Snapshot>,
    pub manifest: Manifest,
}

/// All frozen versions that can be read, oldest first.
#[derive(Debug, Clone, Default)]
pub struct Chain {
    pub versions: Vec<FrozenVersion>,
    /// Something below `versions/` is not as it was frozen.
    pub is_broken: bool,
}

impl Chain {
    pub fn last(&self) -> Option<&FrozenVersion> {
        self.versions.last()
    }

    pub fn history(&self) -> History {
        let versions = self.versions.iter().map(|version| snapshot::history(&version.snapshot)).collect();
        History { versions, is_broken: self.is_broken }
    }
}

/// Canonical bytes of a manifest.
pub fn manifest_json(manifest: &Manifest) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(manifest).expect("a manifest is plain data with text keys");
    bytes.push(b'\n');
    bytes
}

/// The manifest with its seal.
pub fn sealed(mut manifest: Manifest) -> Manifest {
    manifest.seal = String::new();
    manifest.seal = sha256(&manifest_json(&manifest)).to_string();
    manifest
}

/// Reads the frozen versions and checks every link. What does not hold is `version-altered`, and a version whose own
/// files do not hold is left out.
pub fn read(inputs: &Inputs, parse: impl Fn(&Source) -> Result<Arc<Snapshot>, Box<Finding>>) -> (Chain, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut versions = Vec::new();
    for folder in folders(inputs) {
        if let Some(version) = read_one(inputs, &folder, &parse, &mut findings) {
            versions.push(version);
        }
    }
    versions.sort_by_key(|version| parts(&version.info.version));
    check_links(inputs, &versions, &mut findings);
    check_attachments(inputs, &mut findings);
    let is_broken = findings.iter().any(|finding| finding.rule == "version-altered");
    (Chain { versions, is_broken }, findings)
}

fn root(inputs: &Inputs) -> String {
    format!("{}versions/", inputs.root)
}

/// The names of the folders below `versions/`, but for `files`.
fn folders(inputs: &Inputs) -> Vec<String> {
    let root = root(inputs);
    let names = inputs.frozen.iter().filter_map(|source| source.path.strip_prefix(&root)?.split_once('/'));
    let mut names: Vec<String> = names.map(|(folder, _)| folder.to_string()).filter(|name| name != "files").collect();
    names.sort();
    names.dedup();
    names
}

fn altered(path: &Arc<str>, message: String) -> Finding {
    let help = "restore it from the repository's history; a frozen version is never edited";
    Finding::new("version-altered", Span::file(path), message)
        .label("altered after it was frozen")
        .help(help)
        .about(path.to_string())
}

fn read_one(
    inputs: &Inputs,
    folder: &str,
    parse: &impl Fn(&Source) -> Result<Arc<Snapshot>, Box<Finding>>,
    findings: &mut Vec<Finding>,
) -> Option<FrozenVersion> {
    let base = format!("{}{folder}/", root(inputs));
    let find = |name: &str| {
        let path = format!("{base}{name}");
        inputs.frozen.iter().find(|source| *source.path == *path)
    };
    let Some(source) = find("manifest.json") else {
        let path: Arc<str> = format!("{base}manifest.json").into();
        findings.push(altered(&path, format!("frozen version `{folder}` has lost its manifest `{path}`")));
        return None;
    };
    let manifest = match serde_json::from_str::<Manifest>(&source.text) {
        Ok(manifest) => manifest,
        Err(trouble) => {
            findings.push(altered(&source.path, format!("`{}` does not read as a manifest: {trouble}", source.path)));
            return None;
        }
    };
    let before = findings.len();
    if manifest_json(&sealed(manifest.clone())) != source.text.as_bytes() || manifest.version != folder {
        findings
            .push(altered(&source.path, format!("`{}` is not as it was frozen: its seal does not match", source.path)));
    }
    check_files(inputs, &base, &manifest, findings);
    let text = find("snapshot.json").filter(|_| findings.len() == before)?;
    match parse(text) {
        Ok(snapshot) => {
            let info = VersionInfo {
                version: manifest.version.clone(),
                data_date: manifest.data_date,
                manifest_sha256: Some(sha256(source.text.as_bytes()).to_string()),
            };
            Some(FrozenVersion { info, snapshot, manifest })
        }
        Err(finding) => {
            findings.push(*finding);
            None
        }
    }
}

/// Every file of the manifest is there as it was, and no other.
fn check_files(inputs: &Inputs, base: &str, manifest: &Manifest, findings: &mut Vec<Finding>) {
    for (name, hash) in manifest.files.iter().filter(|(name, _)| !name.starts_with("../files/")) {
        let path: Arc<str> = format!("{base}{name}").into();
        match inputs.frozen.iter().find(|source| source.path == path) {
            None => findings.push(altered(&path, format!("`{path}` of frozen version `{}` is gone", manifest.version))),
            Some(source) if *sha256(source.text.as_bytes()) != **hash => {
                let message = format!("`{path}` is not as it was when `{}` was frozen", manifest.version);
                findings.push(altered(&path, message));
            }
            Some(_) => {}
        }
    }
    for name in manifest.files.keys().filter_map(|name| name.strip_prefix("../files/")) {
        let path: Arc<str> = format!("{}files/{name}", root(inputs)).into();
        if !inputs.assets.iter().any(|asset| asset.path == path) {
            findings
                .push(altered(&path, format!("attachment `{path}` of frozen version `{}` is gone", manifest.version)));
        }
    }
    let here = inputs.frozen.iter().filter_map(|source| source.path.strip_prefix(base).map(|name| (source, name)));
    let assets = inputs.assets.iter().filter_map(|asset| asset.path.strip_prefix(base).map(|_| &asset.path));
    let strange = here.filter(|(_, name)| *name != "manifest.json" && !manifest.files.contains_key(*name));
    for path in strange.map(|(source, _)| &source.path).chain(assets) {
        let message = format!("`{path}` was not there when `{}` was frozen", manifest.version);
        findings.push(altered(path, message).help("move it out of the frozen version's folder"));
    }
}

fn check_attachments(inputs: &Inputs, findings: &mut Vec<Finding>) {
    let files = format!("{}files/", root(inputs));
    for asset in &inputs.assets {
        if asset.path.strip_prefix(&files).is_some_and(|name| *name != *asset.sha256) {
            findings
                .push(altered(&asset.path, format!("attachment `{}` is not the file that its name says", asset.path)));
        }
    }
}

/// Each version names its parent by hash, and comes after it by number and by data date.
fn check_links(inputs: &Inputs, versions: &[FrozenVersion], findings: &mut Vec<Finding>) {
    for (index, version) in versions.iter().enumerate() {
        let before = index.checked_sub(1).map(|index| &versions[index]);
        let path: Arc<str> = format!("{}{}/manifest.json", root(inputs), version.info.version).into();
        let named = version.manifest.parent.as_ref().map(|parent| (&parent.version, &parent.manifest_sha256));
        let actual = before.map(|before| (&before.info.version, before.info.manifest_sha256.as_ref()));
        let holds = match (named, actual) {
            (None, None) => true,
            (Some((name, hash)), Some((before, actual))) => name == before && Some(hash) == actual,
            _ => false,
        };
        if !holds {
            let parent = named.map_or("no parent".to_string(), |(name, _)| format!("`{name}` as its parent"));
            let message = format!("`{path}` names {parent}, and the manifest before it is another");
            findings.push(altered(&path, message));
        }
        if before.is_some_and(|before| before.info.data_date >= version.info.data_date) {
            let message = format!("version `{}` does not have a later data date than its parent", version.info.version);
            findings.push(
                Finding::new("data-date-not-increasing", Span::file(&path), message).about(&*version.info.version),
            );
        }
    }
}

/// The working state may stand at the last frozen number and date, and never before them.
pub fn check_working(settings: &Settings, chain: &Chain) -> Vec<Finding> {
    let Some(last) = chain.last() else { return Vec::new() };
    let (number, date) = (&last.info.version, last.info.data_date);
    let mut findings = Vec::new();
    if parts(&settings.version) < parts(number) {
        let message = format!("version `{}` comes before the last frozen one, `{number}`", settings.version);
        let help = format!("set `version:` in programme.yaml to `{number}` or a higher number");
        findings.push(Finding::new("version-number-not-increasing", Span::nowhere(), message).help(help));
    }
    if settings.data_date.date < date {
        let message =
            format!("the data date {} lies before that of the last frozen version, {date}", settings.data_date.date);
        let help = format!("set `data_date:` in programme.yaml to {date} or a later day");
        findings.push(Finding::new("data-date-not-increasing", Span::nowhere(), message).help(help));
    }
    findings
}

/// A version number by its parts: `0.10` after `0.9`; a part that is no number sorts by its letters.
pub fn parts(version: &str) -> Vec<(u64, String)> {
    let part = |part: &str| {
        let digits = part.trim_start_matches(|character: char| !character.is_ascii_digit());
        let end = digits.find(|character: char| !character.is_ascii_digit()).unwrap_or(digits.len());
        (digits[..end].parse().unwrap_or(0), part.to_string())
    };
    let mut found: Vec<(u64, String)> = version.split(['.', '-', '_', ' ']).map(part).collect();
    // `1.0` and `1.00` are one number: only the value counts where a part is nothing but digits.
    for (value, text) in &mut found {
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            *text = value.to_string();
        }
    }
    found
}

/// Why a version is not frozen, in words with what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(pub String);

/// The files of a new frozen version, by path below `versions/`, and the attachments to copy: asset path → name.
#[derive(Debug, Clone, PartialEq)]
pub struct NewVersion {
    pub info: VersionInfo,
    pub files: BTreeMap<String, Vec<u8>>,
    pub attachments: BTreeMap<Arc<str>, String>,
}

/// Makes the files of a new frozen version. `snapshot` is the working state under the number it is to be frozen as.
pub fn freeze(snapshot: &Snapshot, chain: &Chain, tool: &str, commit: Option<&str>) -> Result<NewVersion, Refusal> {
    let settings = &snapshot.programme.settings;
    let version = settings.version.as_str();
    check_number(version)?;
    if !settings.data_date.written {
        let message = "the data date is assumed; write `data_date:` into programme.yaml, since a frozen version says what was known on a day";
        return Err(Refusal(message.to_string()));
    }
    if let Some(parent) = chain.last() {
        let (last, date) = (&parent.info.version, parent.info.data_date);
        if parts(version) == parts(last) {
            return Err(Refusal(format!("version `{version}` is frozen already; give a higher number")));
        }
        if parts(version) < parts(last) {
            return Err(Refusal(format!(
                "version `{version}` does not come after the last frozen one, `{last}`; give a higher number"
            )));
        }
        if settings.data_date.date <= date {
            let own = settings.data_date.date;
            return Err(Refusal(format!(
                "the data date {own} is not after that of `{last}`, {date}; set a later `data_date`"
            )));
        }
    }
    let json = snapshot::to_json(snapshot);
    let mut attachments = BTreeMap::new();
    let mut hashes = BTreeMap::from([("snapshot.json".to_string(), sha256(&json).to_string())]);
    for item in &snapshot.programme.evidence {
        if let (Some(asset), Some(hash)) = (&item.asset, &item.asset_sha256) {
            attachments.insert(asset.clone(), format!("files/{hash}"));
            hashes.insert(format!("../files/{hash}"), hash.to_string());
        }
    }
    let parent = chain.last().map(|parent| Parent {
        version: parent.info.version.clone(),
        manifest_sha256: parent.info.manifest_sha256.clone().unwrap_or_default(),
    });
    let manifest = manifest_json(&sealed(Manifest {
        schema: snapshot::SCHEMA,
        version: version.to_string(),
        data_date: settings.data_date.date,
        profile: settings.profile,
        tool: tool.to_string(),
        commit: commit.map(str::to_string),
        parent,
        files: hashes,
        seal: String::new(),
    }));
    let info = VersionInfo {
        version: version.to_string(),
        data_date: settings.data_date.date,
        manifest_sha256: Some(sha256(&manifest).to_string()),
    };
    let files =
        BTreeMap::from([(format!("{version}/snapshot.json"), json), (format!("{version}/manifest.json"), manifest)]);
    Ok(NewVersion { info, files, attachments })
}

fn check_number(version: &str) -> Result<(), Refusal> {
    let safe = |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | '_');
    if version.is_empty() || !version.chars().all(safe) || version.starts_with('.') {
        let message = format!(
            "`{version}` cannot be a version's name: use letters, digits, `.`, `-` and `_`; a folder comes after the number"
        );
        return Err(Refusal(message));
    }
    if matches!(version.to_lowercase().as_str(), "latest" | "working" | "files") {
        return Err(Refusal(format!("`{version}` is reserved; give a number such as `1.00`")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn version_numbers_are_compared_by_their_parts() {
        let ordered = ["0.9", "0.10", "1.00", "1.0.1", "2", "10"];
        for pair in ordered.windows(2) {
            assert!(parts(pair[0]) < parts(pair[1]), "{} before {}", pair[0], pair[1]);
        }
        assert_eq!(parts("1.0"), parts("1.00"));
    }
}
