//! `milepost diff`: what changed between two versions, in words.

use crate::cli::Exit;
use crate::cli::args::Diff;
use crate::cli::terminal::tame;
use crate::cli::{clock, print};
use crate::disk::Reader;
use crate::pipeline::{self, Checked, Memory};
use crate::version::Snapshot;
use crate::version::diff::{diff, told};

/// The name of what is not frozen.
const WORKING: &str = "working";

pub fn run(args: &Diff) -> anyhow::Result<Exit> {
    let inputs = Reader::new(&args.folder).read()?;
    let checked = pipeline::check(&inputs, clock::read(None)?, &Memory::default());
    let (Some(before), Some(after)) = (find(&checked, &args.before), find(&checked, &args.after)) else {
        let missing = if find(&checked, &args.before).is_none() { &args.before } else { &args.after };
        print::error(&format!("error: there is no frozen version `{missing}`"));
        let known: Vec<&str> = checked.chain.versions.iter().map(|version| version.info.version.as_str()).collect();
        let known =
            if known.is_empty() { "nothing is frozen".to_string() } else { format!("frozen are {}", known.join(", ")) };
        print::error(&format!("help: {known}; `{WORKING}` is what is not frozen"));
        return Ok(Exit::CommandLine);
    };
    let mut text = String::new();
    for group in told::sentences(&diff(before, after)) {
        text.push_str(&format!("{}\n", group.heading));
        for line in &group.lines {
            text.push_str(&format!("  {}\n", tame(line)));
        }
        text.push('\n');
    }
    if text.is_empty() {
        text = format!("nothing changed between {} and {}\n", args.before, args.after);
    }
    print::result(&text);
    Ok(Exit::Fine)
}

fn find<'a>(checked: &'a Checked, name: &str) -> Option<&'a Snapshot> {
    if name == WORKING {
        return Some(&checked.snapshot);
    }
    let frozen = checked.chain.versions.iter().find(|version| version.info.version == name);
    frozen.map(|version| &*version.snapshot)
}
