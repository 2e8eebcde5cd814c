//! `milepost inspect`: what was understood of a file or a folder.

use std::path::Path;

use anyhow::Context;

use crate::cli::Exit;
use crate::cli::args::{Inspect, InspectFormat};
use crate::cli::blocks::summary;
use crate::cli::{clock, print};
use crate::disk::Reader;
use crate::export;
use crate::pipeline::{self, Checked, Memory};
use crate::source::{Inputs, place};
use crate::version::Snapshot;

pub fn run(args: &Inspect) -> anyhow::Result<Exit> {
    let clock = clock::read(args.as_of)?;
    let inputs = read(&args.path)?;
    let Checked { snapshot, .. } = pipeline::check(&inputs, clock, &Memory::default());
    match args.format {
        InspectFormat::Json => print::drawn(&export::json::text(&snapshot)),
        InspectFormat::Human => {
            let folder =
                if args.path.is_dir() { args.path.as_path() } else { args.path.parent().unwrap_or(Path::new(".")) };
            print::result(&account(&snapshot, &inputs, &print::prefix(folder)));
        }
    }
    Ok(Exit::Fine)
}

/// A folder, or one file with the `programme.yaml` that lies beside it: its calendar says what the windows mean.
fn read(path: &Path) -> anyhow::Result<Inputs> {
    let mut inputs = Reader::new(path).read()?;
    let settings = path.parent().unwrap_or(Path::new(".")).join("programme.yaml");
    if path.is_file() && settings.is_file() && path.file_name() != settings.file_name() {
        let beside = Reader::new(&settings).read().context("the programme.yaml beside the file cannot be read")?;
        inputs.sources.extend(beside.sources);
        inputs.sources.sort_by(|left, right| left.path.cmp(&right.path));
    }
    Ok(inputs)
}

fn account(snapshot: &Snapshot, inputs: &Inputs, folder: &str) -> String {
    let programme = &snapshot.programme;
    let mut text = format!("{}, version {}\n\n", programme.settings.name, programme.settings.version);
    for understood in &programme.understood {
        let line = inputs.source(&understood.at.path).map_or(1, |source| place(&source.text, understood.at.start).line);
        let kind = match understood.kind {
            Some(kind) => kind.word(),
            None if understood.columns.is_empty() => "nothing",
            None => "a legend",
        };
        text.push_str(&format!("{folder}{}:{line}: taken for {kind}: {}\n", understood.at.path, understood.why));
        let columns: Vec<String> =
            understood.columns.iter().map(|(column, field)| format!("{column} → {field}")).collect();
        if !columns.is_empty() {
            text.push_str(&format!("  understood: {}\n", columns.join(", ")));
        }
        if !understood.extras.is_empty() {
            text.push_str(&format!("  kept as extra: {}\n", understood.extras.join(", ")));
        }
        if understood.kind.is_some() {
            text.push_str(&format!("  records: {}\n", understood.records));
        }
    }
    for milestone in &programme.milestones {
        let id = &milestone.record.id;
        let window = milestone.window.as_ref().map_or("no window".to_string(), |window| {
            let meaning = window.value.start.zip(window.value.end);
            let meaning = meaning.map_or(String::new(), |(start, end)| format!(" = {start} to {end}"));
            format!("{}{meaning}", window.value.text)
        });
        text.push_str(&format!("\n{id} {}: {window}\n", milestone.name.value));
        for criterion in milestone.entry.criteria.iter().chain(&milestone.exit.criteria) {
            text.push_str(&format!("  {}  {}\n", criterion.id, criterion.text.value));
        }
    }
    for risk in &programme.risks {
        let score = risk.score_now().map_or("no score".to_string(), |score| format!("score {score}"));
        text.push_str(&format!("\n{} {}: {score}\n", risk.record.id, risk.title.value));
    }
    for item in &programme.evidence {
        let proves: Vec<&str> = item.proves.iter().map(|proof| proof.criterion.value.as_str()).collect();
        text.push_str(&format!("\n{} {}: proves {}\n", item.record.id, item.title.value, proves.join(", ")));
    }
    text.push_str(&format!("\n{}; `milepost check` shows them\n", summary(&snapshot.findings)));
    text
}
