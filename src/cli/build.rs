//! `milepost build`: reads, checks, renders, writes.

use std::time::Instant;

use crate::cli::Exit;
use crate::cli::args::Build;
use crate::cli::blocks::summary;
use crate::cli::clock;
use crate::cli::print::{self, Progress};
use crate::disk::{Reader, Writer};
use crate::pipeline::{self, Memory};

pub fn run(args: &Build) -> anyhow::Result<Exit> {
    let started = Instant::now();
    let folder = &args.place.folder;
    let out = args.out.clone().unwrap_or_else(|| folder.join("output"));
    let clock = clock::read(args.place.as_of)?;
    let progress = Progress::start();
    progress.stage("reading");
    let inputs = Reader::new(folder).leaving_out(&out).read()?;
    progress.stage("checking and rendering");
    let built = pipeline::build(&inputs, clock, &Memory::default());
    let exit = print::verdict(&built.findings, args.deny);
    let Some(output) = built.output.as_ref().filter(|_| args.deny.is_none() || exit == Exit::Fine) else {
        drop(progress);
        print::findings(&built.findings, &inputs, folder);
        let took = print::seconds(started.elapsed());
        print::result(&format!("nothing was written in {took}: {}\n", summary(&built.findings)));
        return Ok(Exit::Wrong);
    };
    progress.stage("writing");
    let written = Writer::new(folder, &out).write(output)?;
    drop(progress);
    print::findings(&built.findings, &inputs, folder);
    if let Some(why) = &written.in_place {
        print::error(&format!("note: the portal was written in place: {why}"));
    }
    let pages = output.files.keys().filter(|address| address.ends_with(".html")).count();
    let versions = match built.versions {
        1 => "1 version".to_string(),
        count => format!("{count} versions"),
    };
    print::result(&format!(
        "built {pages} pages of {versions} into {} in {} ({} files written, {} unchanged, {} removed): {}\n",
        out.display(),
        print::seconds(started.elapsed()),
        written.written,
        written.unchanged,
        written.removed,
        summary(&built.findings),
    ));
    Ok(exit)
}
