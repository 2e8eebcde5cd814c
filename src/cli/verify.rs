//! `milepost verify`: no frozen version was altered.

use std::io::IsTerminal;
use std::sync::Arc;

use crate::cli::Exit;
use crate::cli::args::Verify;
use crate::cli::print;
use crate::cli::terminal::{Look, human};
use crate::disk::Reader;
use crate::model::settings::Settings;
use crate::rules;
use crate::version::{chain, snapshot};

pub fn run(args: &Verify) -> anyhow::Result<Exit> {
    let inputs = Reader::new(&args.folder).read()?;
    let (chain, findings) = chain::read(&inputs, |source| snapshot::from_json(source).map(Arc::new));
    if !findings.is_empty() {
        let today = chrono::NaiveDate::MIN;
        // Neither a profile nor a setting may make an altered version less than that.
        let judged = rules::judge(findings, &Settings::unwritten(today), &inputs, today);
        let folder = print::prefix(&args.folder);
        let ink = print::ink(std::io::stdout().is_terminal());
        print::drawn(&human(&judged, &Look { inputs: &inputs, folder: &folder, ink, width: print::width() }));
        return Ok(Exit::Wrong);
    }
    let mut text = String::new();
    for version in &chain.versions {
        let hash = version.info.manifest_sha256.as_deref().unwrap_or_default();
        text.push_str(&format!("{:10} {}  manifest sha256 {hash}\n", version.info.version, version.info.data_date));
    }
    text.push_str(&match chain.versions.len() {
        0 => "nothing is frozen; `milepost freeze` freezes the working state\n".to_string(),
        1 => "1 frozen version, unaltered\n".to_string(),
        count => format!("{count} frozen versions, unaltered, each chained to the one before\n"),
    });
    print::result(&text);
    Ok(Exit::Fine)
}
