//! Looks at what lies in an output folder now: what is milepost's, what is the author's, and what is neither.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

use crate::disk::Stamp;
use crate::disk::operations;
use crate::disk::place::is_carried;
use crate::output::{Content, Output};

/// The address of the list of all other files.
pub const MANIFEST: &str = "manifest.json";

/// What the tool says it wrote into a folder: the sha256 of each file by its address, but for the manifest's own.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Manifest {
    generator: String,
    pub files: BTreeMap<String, String>,
}

impl Manifest {
    pub fn new(files: BTreeMap<String, String>) -> Manifest {
        Manifest { generator: "milepost".into(), files }
    }

    /// None where the bytes are no manifest of this tool's.
    pub fn parse(bytes: &[u8]) -> Option<Manifest> {
        let manifest: Manifest = serde_json::from_slice(bytes).ok()?;
        manifest.generator.starts_with("milepost").then_some(manifest)
    }
}

/// A file as it lies.
#[derive(Debug)]
pub struct Lying {
    pub stamp: Stamp,
    pub mode: u32,
}

/// A folder as it stands. Addresses are relative to it.
#[derive(Debug, Default)]
pub struct Standing {
    pub exists: bool,
    pub manifest: Manifest,
    /// The files of the manifest that are there, and itself.
    pub files: BTreeMap<String, Lying>,
    pub carried: Vec<String>,
    /// Everything else that is no folder, links included.
    pub foreign: Vec<String>,
    pub folders: BTreeSet<String>,
}

impl Standing {
    /// Looks at a folder, which need not be there. `aside` is a name directly below it that is passed over.
    pub fn of(folder: &Path, aside: Option<&str>) -> anyhow::Result<Standing> {
        let mut standing = Standing::default();
        if !folder.try_exists()? {
            return Ok(standing);
        }
        standing.exists = true;
        let manifest = match fs::read(folder.join(MANIFEST)) {
            Ok(bytes) => Manifest::parse(&bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            // A folder or a link of that name: it will be found to be foreign.
            Err(_) => None,
        };
        let is_ours = manifest.is_some();
        standing.manifest = manifest.unwrap_or_default();

        let mut ours = Vec::new();
        let walk = WalkDir::new(folder).min_depth(1).into_iter();
        for entry in
            walk.filter_entry(|entry| entry.depth() != 1 || aside.is_none_or(|aside| entry.file_name() != aside))
        {
            let entry = entry?;
            let relative = entry.path().strip_prefix(folder)?;
            let address =
                relative.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
            if entry.file_type().is_dir() {
                standing.folders.insert(address);
            } else if !entry.file_type().is_file() || relative.to_str().is_none() {
                standing.foreign.push(address);
            } else if is_carried(&address) {
                standing.carried.push(address);
            } else if standing.manifest.files.contains_key(&address) || is_ours && address == MANIFEST {
                ours.push((address, entry.into_path()));
            } else {
                standing.foreign.push(address);
            }
        }
        standing.foreign.sort();
        standing.files = ours.into_par_iter().map(lying).collect::<io::Result<_>>()?;
        Ok(standing)
    }

    /// An error that names what milepost did not write, so that no build removes it.
    pub fn refuse_foreign(&self, shown: &Path) -> anyhow::Result<()> {
        if self.foreign.is_empty() {
            return Ok(());
        }
        let named: Vec<String> = self.foreign.iter().take(3).map(|address| format!("`{address}`")).collect();
        let more = match self.foreign.len() - named.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        bail!(
            "`{}` holds what milepost did not write, and nothing was changed: {}{more}. Move that away, or give another folder with --out",
            shown.display(),
            named.join(", ")
        )
    }
}

fn lying((address, file): (String, PathBuf)) -> io::Result<(String, Lying)> {
    let metadata = fs::symlink_metadata(file)?;
    Ok((address, Lying { stamp: Stamp::of(&metadata), mode: operations::mode(&metadata) }))
}

/// The manifest that an output brings along, held to be one of just its files: what it does not name could never be
/// removed again.
pub fn manifest_of(output: &Output) -> anyhow::Result<Manifest> {
    let Some(Content::Bytes { bytes, .. }) = output.files.get(MANIFEST) else {
        bail!("the portal has no `{MANIFEST}`")
    };
    let manifest = Manifest::parse(bytes).context("the portal's `manifest.json` is not one of milepost's")?;
    let others = output.files.iter().filter(|(address, _)| *address != MANIFEST);
    let names = others.map(|(address, content)| (address.as_str(), &**content.sha256()));
    if !names.eq(manifest.files.iter().map(|(address, sha256)| (address.as_str(), sha256.as_str()))) {
        bail!("the portal's `manifest.json` does not name just the portal's files");
    }
    Ok(manifest)
}
