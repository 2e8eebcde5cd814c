//! `milepost check`: what is wrong. All is made as `build` makes it, and nothing written.

use std::io::IsTerminal;

use crate::cli::Exit;
use crate::cli::args::{Check, Format};
use crate::cli::print::{self, Progress};
use crate::cli::states::states;
use crate::cli::terminal::{Look, human, short};
use crate::cli::{annotations, clock, json, sarif};
use crate::disk::Reader;
use crate::pipeline::{self, Memory};

pub fn run(args: &Check) -> anyhow::Result<Exit> {
    let progress = Progress::start();
    progress.stage("reading");
    let clock = clock::read(args.place.as_of)?;
    let inputs = Reader::new(&args.place.folder).read()?;
    progress.stage("checking");
    let built = pipeline::build(&inputs, clock, &Memory::default());
    drop(progress);
    let findings = &built.findings;
    let folder = print::prefix(&args.place.folder);
    print::drawn(&match args.format {
        Format::Human => {
            let ink = print::ink(std::io::stdout().is_terminal());
            human(findings, &Look { inputs: &inputs, folder: &folder, ink, width: print::width() })
        }
        Format::Short => short(findings, &folder),
        Format::Json => json::json(findings, &states(&built.snapshot), &folder),
        Format::Github => annotations::github(findings, &folder),
        Format::Sarif => sarif::sarif(findings, &states(&built.snapshot), &folder),
    });
    Ok(print::verdict(findings, args.deny))
}
