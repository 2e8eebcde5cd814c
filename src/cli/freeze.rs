//! `milepost freeze`: the working state becomes a version that is never changed again.

use std::sync::Arc;

use crate::cli::Exit;
use crate::cli::args::Freeze;
use crate::cli::blocks::summary;
use crate::cli::{clock, print};
use crate::disk::{self, Reader};
use crate::model::settings::Profile;
use crate::pipeline::{self, Memory};
use crate::rules;
use crate::version::chain::{self, Refusal};

pub fn run(args: &Freeze) -> anyhow::Result<Exit> {
    let clock = clock::read(None)?;
    let inputs = Reader::new(&args.folder).read()?;
    let checked = pipeline::check(&inputs, clock, &Memory::default());
    let mut snapshot = checked.snapshot;
    let wrong = print::verdict(&snapshot.findings, None) == Exit::Wrong;
    // What was not read would be missing for good, whatever the profile.
    let firm = snapshot.findings.iter().any(|finding| rules::find(&finding.rule).is_some_and(rules::Rule::is_firm));
    if firm || (wrong && snapshot.programme.settings.profile == Profile::Controlled) {
        print::findings(&snapshot.findings, &inputs, &args.folder);
        print::error("error: nothing was frozen: mend what is wrong first");
        return Ok(Exit::Wrong);
    }
    if let Some(version) = &args.version {
        Arc::make_mut(&mut snapshot.programme).settings.version = version.clone();
    }
    let tool = concat!("milepost ", env!("CARGO_PKG_VERSION"));
    let new = match chain::freeze(&snapshot, &checked.chain, tool, args.commit.as_deref()) {
        Ok(new) => new,
        Err(Refusal(why)) => {
            print::error(&format!("error: nothing was frozen: {why}"));
            return Ok(Exit::Wrong);
        }
    };
    let versions = args.folder.join(&*inputs.root).join("versions");
    disk::add_version(&args.folder, &versions, &new.info.version, &new.files, &new.attachments)?;
    let hash = new.info.manifest_sha256.as_deref().unwrap_or_default();
    print::result(&format!(
        "froze {} as of {} into {}\nmanifest sha256 {hash}\nwrite this hash into the minutes: only a hash noted elsewhere proves the last version\n{}; `milepost check` shows them\n",
        new.info.version,
        new.info.data_date,
        versions.join(&new.info.version).display(),
        summary(&snapshot.findings),
    ));
    Ok(Exit::Fine)
}
