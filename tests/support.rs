//! What the tests share: a programme from its files in memory, and where the clock stands for it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use chrono::NaiveDate;
use milepost::model::assemble::Clock;
use milepost::model::id::Id;
use milepost::output::{Content, Output};
use milepost::pipeline::{self, Checked, Memory};
use milepost::source::{Asset, Inputs, Source};
use milepost::status::{Colour, MilestoneStanding};
use milepost::version::chain;

/// The seed, as it was pasted.
pub const SEED: &str = include_str!("../content/milestones.md");

/// A day far from every other, so that a test that forgets its data date is seen.
pub fn clock() -> Clock {
    Clock { as_of: None, fallback: NaiveDate::from_ymd_opt(2031, 1, 1).unwrap() }
}

/// The inputs of a folder with these files.
pub fn inputs(files: &[(&str, &str)]) -> Inputs {
    let mut sources: Vec<Source> =
        files.iter().map(|(path, text)| Source { path: (*path).into(), text: (*text).into() }).collect();
    sources.sort_by(|left, right| left.path.cmp(&right.path));
    Inputs { sources, ..Inputs::default() }
}

/// Freezes what `former` says, after what `now` has frozen already: as `milepost freeze` does, without a disk.
pub fn freeze(former: &Inputs, now: &mut Inputs) {
    let mut former = former.clone();
    former.frozen = now.frozen.clone();
    former.assets.extend(now.assets.iter().filter(|asset| asset.path.contains("versions/files/")).cloned());
    let checked = pipeline::check(&former, clock(), &Memory::default());
    let version = chain::freeze(&checked.snapshot, &checked.chain, "milepost", None).unwrap();
    let path = |name: &str| format!("{}versions/{name}", now.root).into();
    let files = version
        .files
        .iter()
        .map(|(name, bytes)| Source { path: path(name), text: std::str::from_utf8(bytes).unwrap().into() });
    let frozen: Vec<Source> = files.collect();
    let attached = version.attachments.iter().map(|(asset, name)| {
        let asset = former.assets.iter().find(|known| known.path == *asset).unwrap();
        Asset { path: path(name), ..asset.clone() }
    });
    let attached: Vec<Asset> = attached.collect();
    now.frozen.extend(frozen);
    now.assets.extend(attached);
}

/// Read, derived and checked.
pub fn checked(files: &[(&str, &str)]) -> Checked {
    pipeline::check(&inputs(files), clock(), &Memory::default())
}

/// The standing of a milestone.
pub fn milestone<'a>(checked: &'a Checked, id: &str) -> &'a MilestoneStanding {
    &checked.snapshot.standing.milestones[&Id::new(id)]
}

/// The shown colours of all milestones, in the author's order, then the programme's: `M1 complete, M2 amber; red`.
pub fn colours(checked: &Checked) -> String {
    let snapshot = &checked.snapshot;
    let milestones = snapshot.programme.milestones.iter().map(|milestone| {
        let id = &milestone.record.id;
        format!("{id} {}", snapshot.standing.milestones[id].colour.word())
    });
    let milestones: Vec<String> = milestones.collect();
    format!("{}; {}", milestones.join(", "), Colour::word(snapshot.standing.programme.colour))
}

/// The project's own folder, where the demo is.
pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A copy of a folder of the project, to be written in.
pub fn copy_of(folder: &str) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    copy_into(&project().join(folder), copy.path());
    copy
}

/// Puts what is in one folder into another, over what has the same name there.
pub fn copy_into(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_into(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The demo as a programme's folder of its own.
pub fn demo() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy_into(&project().join("content"), &folder.path().join("content"));
    folder
}

/// Every file below a folder by its relative path.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    for entry in entries.filter(|entry| entry.file_type().is_file()) {
        let address = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
        found.insert(address, fs::read(entry.path()).unwrap());
    }
    found
}

/// What the program printed and how it ended.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs milepost itself.
pub fn run(arguments: &[&str], folder: &Path) -> Run {
    let output = milepost(arguments, folder).output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The program, about to be run in a folder, with nothing of the environment that could change what it says.
pub fn milepost(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_milepost"));
    command.args(arguments).current_dir(folder).env_remove("SOURCE_DATE_EPOCH").env("COLUMNS", "100");
    command
}

/// What stands between two marks of a text, the first that are there.
pub fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let rest = &text[text.find(before)? + before.len()..];
    Some(&rest[..rest.find(after)?])
}

/// A file that a build made.
pub fn made<'a>(output: &'a Output, address: &str) -> &'a [u8] {
    match output.files.get(address) {
        Some(Content::Bytes { bytes, .. }) => bytes,
        other => panic!("{address} is no file that was made: {other:?}"),
    }
}
