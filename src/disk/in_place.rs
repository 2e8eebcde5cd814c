//! Changes a portal file by file, where its folder cannot be exchanged for another.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Context;

use crate::disk::aside::Begun;
use crate::disk::operations::Operations;
use crate::disk::place::parents;
use crate::disk::plan::{Known, Plan};
use crate::disk::standing::{MANIFEST, Manifest, Standing};
use crate::output::Output;

/// Moves the changed files from aside into `out`: what pages need first, then pages, then index pages, the portal's own
/// last; then removes what is unwanted. Each file is the old or the new one at any moment. The manifest names old and
/// new files together from before the first change until after the last, so that the next build knows them all.
pub fn replace(
    begun: &Begun,
    output: &Output,
    manifest: Manifest,
    standing: &Standing,
    plan: &Plan<'_>,
    out: &Path,
    operations: &Operations,
) -> anyhow::Result<()> {
    let mut files = manifest.files;
    for (address, sha256) in &standing.manifest.files {
        files.entry(address.clone()).or_insert_with(|| sha256.clone());
    }
    put_union(begun, &Manifest::new(files), out, operations).context("cannot write `manifest.json`")?;

    let remove = |address: &str| {
        operations.remove_file(&out.join(address)).with_context(|| format!("cannot remove `{address}`"))
    };
    let remove_folder = |folder: &str| {
        operations.remove_folder(&out.join(folder)).with_context(|| format!("cannot remove `{folder}/`"))
    };

    // A file where a folder has to be, or the other way round, has to go before.
    let is_below_file = |address: &str| parents(address).any(|folder| output.files.contains_key(folder));
    let (in_the_way, unwanted): (Vec<&str>, Vec<&str>) =
        plan.unwanted.iter().copied().partition(|address| plan.folders.contains(address) || is_below_file(address));
    let (folders_in_the_way, unwanted_folders): (Vec<&str>, Vec<&str>) = plan
        .unwanted_folders
        .iter()
        .copied()
        .partition(|folder| output.files.contains_key(*folder) || is_below_file(folder));
    in_the_way.into_iter().try_for_each(remove)?;
    folders_in_the_way.into_iter().rev().try_for_each(remove_folder)?;

    for folder in plan.folders.iter().filter(|folder| !standing.folders.contains(**folder)) {
        operations.create_folder(&out.join(folder)).with_context(|| format!("cannot write `{folder}/`"))?;
    }
    let mut changed: Vec<&str> =
        plan.changed.iter().map(|(address, _)| *address).filter(|address| *address != MANIFEST).collect();
    changed.sort_by_key(|address| turn(address));
    for address in changed {
        let moved = operations.rename(&begun.portal.join(address), &out.join(address));
        moved.with_context(|| format!("cannot write `{address}`"))?;
    }

    unwanted.into_iter().try_for_each(remove)?;
    unwanted_folders.into_iter().rev().try_for_each(remove_folder)?;
    operations.rename(&begun.portal.join(MANIFEST), &out.join(MANIFEST)).context("cannot write `manifest.json`")
}

/// When a file's turn is: whoever reads a page finds what it links to.
fn turn(address: &str) -> u8 {
    match address.rsplit('/').next() {
        Some("index.html") if address == "index.html" => 3,
        Some("index.html") => 2,
        _ if address.ends_with(".html") => 1,
        _ => 0,
    }
}

fn put_union(begun: &Begun, union: &Manifest, out: &Path, operations: &Operations) -> anyhow::Result<()> {
    let mut file = operations.create_file(&begun.union)?;
    operations.write(&mut file, &serde_json::to_vec(union)?)?;
    Ok(operations.rename(&begun.union, &out.join(MANIFEST))?)
}

/// What is known of the files that were moved and of those that stayed.
pub fn known(written: HashMap<String, Known>, plan: &Plan<'_>) -> HashMap<String, Known> {
    let kept = plan.kept.iter().map(|(address, known)| (address.to_string(), known.clone()));
    written.into_iter().chain(kept).collect()
}
