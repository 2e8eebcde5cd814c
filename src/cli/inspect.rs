//! `milepost inspect`: what was understood of a file or a folder.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use serde::Serialize;
use serde_json::json;

use crate::cli::Exit;
use crate::cli::args::{Inspect, InspectFormat};
use crate::cli::blocks::summary;
use crate::cli::json::seen;
use crate::cli::{clock, print};
use crate::disk::Reader;
use crate::export;
use crate::model::Record;
use crate::model::milestone::Milestone;
use crate::model::reference::Kind;
use crate::pipeline::{self, Checked, Memory};
use crate::source::{Inputs, place};
use crate::version::Snapshot;

pub fn run(args: &Inspect) -> anyhow::Result<Exit> {
    let clock = clock::read(args.as_of)?;
    let (inputs, folder) = read(&args.path)?;
    let Checked { snapshot, .. } = pipeline::check(&inputs, clock, &Memory::default());
    match args.format {
        InspectFormat::Json => print::drawn(&json(&snapshot, &inputs)?),
        InspectFormat::Human => print::result(&account(&snapshot, &inputs, &print::prefix(&folder))),
    }
    Ok(Exit::Fine)
}

/// A folder; or one file as it lies in its programme, with the settings: the folder that it is in says what it is, and the
/// calendar what its windows mean. With the folder that all paths are below.
fn read(path: &Path) -> anyhow::Result<(Inputs, PathBuf)> {
    let mut inputs = Reader::new(path).read()?;
    if !path.is_file() {
        return Ok((inputs, path.to_path_buf()));
    }
    let here = path.canonicalize().with_context(|| format!("cannot read `{}`", path.display()))?;
    let parts: Vec<&str> = here.iter().filter_map(|part| part.to_str()).collect();
    let settings = here.ancestors().skip(1).find_map(settings_in);
    // In no programme, the folder may still be named for what is in it.
    let is_named = || parts.len() > 2 && Kind::named(parts[parts.len() - 2]).is_some();
    let root = settings.as_ref().and_then(|settings| settings.parent());
    let depth = root.map_or(if is_named() { 2 } else { 1 }, |root| here.iter().count() - root.iter().count());
    let inner: Arc<str> = parts[parts.len() - depth.min(parts.len())..].join("/").into();
    for path in inputs.sources.iter_mut().map(|source| &mut source.path) {
        *path = inner.clone();
    }
    for path in inputs.files.iter_mut().chain(&mut inputs.assets).map(|file| &mut file.path) {
        *path = inner.clone();
    }
    for path in inputs.unreadable.iter_mut().map(|file| &mut file.path) {
        *path = inner.clone();
    }
    if let Some(settings) = settings.filter(|settings| *settings != here) {
        let beside = Reader::new(&settings).read().context("the programme.yaml of the file cannot be read")?;
        inputs.sources.extend(beside.sources);
        inputs.unreadable.extend(beside.unreadable);
        inputs.sources.sort_by(|left, right| left.path.cmp(&right.path));
    }
    Ok((inputs, above(path, &here, depth)))
}

/// What `programme.yaml` may be called, where the folder has one.
fn settings_in(folder: &Path) -> Option<PathBuf> {
    let names =
        ["programme", "program"].into_iter().flat_map(|stem| ["yaml", "yml"].map(|end| format!("{stem}.{end}")));
    names.map(|name| folder.join(name)).find(|file| file.is_file())
}

/// The folder so many steps above a file: written as the path is where all those steps stand in it, else from the root of
/// the disk.
fn above(path: &Path, real: &Path, steps: usize) -> PathBuf {
    let is_plain =
        path.components().rev().take(steps).filter(|part| matches!(part, Component::Normal(_))).count() == steps;
    let file = if is_plain { path } else { real };
    file.ancestors().nth(steps).unwrap_or(Path::new("")).to_path_buf()
}

/// A field of a record, and the place and words that it was read from.
#[derive(Serialize)]
struct Read<'a> {
    field: &'a str,
    path: &'a str,
    line: u32,
    column: u32,
    text: String,
}

fn read_from<'a>(record: &'a Record, inputs: &'a Inputs) -> Vec<Read<'a>> {
    let read = record.written.iter().filter_map(|(field, at)| {
        let source = inputs.source(&at.path)?;
        let start = place(&source.text, at.start);
        let text = source.text.get(at.start as usize..at.end as usize)?.split_whitespace();
        let text = text.collect::<Vec<_>>().join(" ");
        Some(Read { field, path: &at.path, line: start.line, column: start.column, text })
    });
    read.collect()
}

/// What `data/programme.json` holds, and two lists more: what was taken for what, and where each field was read.
fn json(snapshot: &Snapshot, inputs: &Inputs) -> anyhow::Result<String> {
    let programme = &snapshot.programme;
    let mut document: serde_json::Value = serde_json::from_str(&export::json::text(snapshot))?;
    let understood = programme.understood.iter().map(|understood| {
        let columns = understood.columns.iter().map(|(column, field)| json!({ "column": column, "field": field }));
        json!({
            "path": &*understood.at.path,
            "line": understood.line,
            "kind": understood.kind.map(|kind| kind.word()),
            "why": understood.why,
            "columns": columns.collect::<Vec<_>>(),
            "extras": understood.extras,
            "records": understood.records,
        })
    });
    let read = programme.records().map(|(reference, record)| {
        let kind = reference.kind.word();
        json!({ "kind": kind, "id": record.id.as_str(), "fields": read_from(record, inputs) })
    });
    document["understood"] = understood.collect();
    document["read_from"] = read.collect();
    Ok(seen(&serde_json::to_string_pretty(&document)?))
}

fn account(snapshot: &Snapshot, inputs: &Inputs, folder: &str) -> String {
    let programme = &snapshot.programme;
    let mut text = format!("{}, version {}\n\n", programme.settings.name, programme.settings.version);
    if programme.understood.is_empty() {
        text.push_str("nothing was read: records stand in files that end in .md, .markdown, .yaml or .yml\n");
    }
    for understood in &programme.understood {
        let taken = match understood.kind {
            Some(kind) => format!("taken for {}", kind.word()),
            None if understood.columns.is_empty() => "not taken for records".to_string(),
            None => "taken for a legend".to_string(),
        };
        text.push_str(&format!(
            "{folder}{}:{}: {taken}: {}
",
            understood.at.path, understood.line, understood.why
        ));
        let columns: Vec<String> =
            understood.columns.iter().map(|(column, field)| format!("{column} → {field}")).collect();
        if !columns.is_empty() {
            text.push_str(&format!("  understood: {}\n", columns.join(", ")));
        }
        if !understood.extras.is_empty() {
            let extras = if understood.kind.is_some() { "kept as extra" } else { "its columns or keys" };
            text.push_str(&format!("  {extras}: {}\n", understood.extras.join(", ")));
        }
        if understood.kind.is_some() {
            text.push_str(&format!("  records: {}\n", understood.records));
        }
    }
    for (reference, record) in programme.records() {
        text.push_str(&format!("\n{} {}\n", reference.kind.word(), record.id));
        for read in read_from(record, inputs) {
            let words = if read.text.is_empty() {
                "not written, so made of where it stands".into()
            } else {
                shortened(&read.text)
            };
            text.push_str(&format!("  {} ← {folder}{}:{}:{} {words}\n", read.field, read.path, read.line, read.column));
        }
        for (column, words) in &record.extras {
            text.push_str(&format!("  {column} (kept as extra): {}\n", shortened(words)));
        }
        let milestone = programme.milestones.iter().find(|milestone| milestone.record.id == record.id);
        if let Some(milestone) = milestone.filter(|_| reference.kind == Kind::Milestone) {
            text.push_str(&understood_of(milestone));
        }
    }
    text.push_str(&format!("\n{}; `milepost check` shows them\n", summary(&snapshot.findings)));
    text
}

/// What the words of a milestone were taken for: its window in days, its criteria one by one.
fn understood_of(milestone: &Milestone) -> String {
    let mut text = String::new();
    if let Some(window) = &milestone.window {
        let meaning = match (window.value.start.zip(window.value.end), window.value.weeks) {
            (Some((start, end)), _) => format!("{start} to {end}"),
            (None, Some((first, last))) => format!("weeks {first} to {last}, of no calendar"),
            (None, None) => "no dates".to_string(),
        };
        text.push_str(&format!("  {} = {meaning}\n", window.value.text));
    }
    for criterion in milestone.entry.criteria.iter().chain(&milestone.exit.criteria) {
        text.push_str(&format!("  {}  {}\n", criterion.id, criterion.text.value));
    }
    text
}

/// As much of the words as is needed to know them again.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}

/// Characters of a cell that are shown.
const LONGEST: usize = 60;
