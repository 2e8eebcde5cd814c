//! Compares the portal that is wanted with the one that stands.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::disk::Stamp;
use crate::disk::operations::{FILE_MODE, Operations};
use crate::disk::place::parents;
use crate::disk::reader::digest;
use crate::disk::standing::{MANIFEST, Standing};
use crate::output::{Content, Output};

/// A file that this process wrote or read through, so that the same stamp means the same bytes.
#[derive(Debug, Clone)]
pub struct Known {
    pub stamp: Stamp,
    pub sha256: Arc<str>,
}

/// What has to happen. Addresses are in order; those of `changed` begin with the manifest where that is among them.
pub struct Plan<'a> {
    pub changed: Vec<(&'a str, &'a Content)>,
    pub kept: Vec<(&'a str, Known)>,
    /// Files of the old manifest that the new one does not have.
    pub unwanted: Vec<&'a str>,
    /// Every folder that an address has, outer ones first.
    pub folders: BTreeSet<&'a str>,
    /// Folders that stand and are in no address.
    pub unwanted_folders: Vec<&'a str>,
}

impl<'a> Plan<'a> {
    /// `out` is where `standing` stands. A kept file's mode is put right where it lies.
    pub fn new(
        output: &'a Output,
        standing: &'a Standing,
        known: &HashMap<String, Known>,
        out: &Path,
        operations: &Operations,
    ) -> Plan<'a> {
        let files: Vec<(&String, &Content)> = output.files.iter().collect();
        let compared: Vec<Option<Known>> = files
            .par_iter()
            .map(|(address, content)| same(address, content, standing, known.get(*address), out, operations))
            .collect();

        let folders: BTreeSet<&str> = output.files.keys().flat_map(|address| parents(address)).collect();
        let unwanted = standing.files.keys().filter(|address| !output.files.contains_key(*address));
        let unwanted_folders = standing.folders.iter().filter(|folder| !folders.contains(folder.as_str()));
        let mut plan = Plan {
            changed: Vec::new(),
            kept: Vec::new(),
            unwanted: unwanted.map(String::as_str).collect(),
            unwanted_folders: unwanted_folders.map(String::as_str).collect(),
            folders,
        };
        for ((address, content), same) in files.into_iter().zip(compared) {
            match same {
                Some(known) => plan.kept.push((address, known)),
                None if address == MANIFEST => plan.changed.insert(0, (address, content)),
                None => plan.changed.push((address, content)),
            }
        }
        plan
    }

    pub fn is_done(&self) -> bool {
        self.changed.is_empty() && self.unwanted.is_empty() && self.unwanted_folders.is_empty()
    }
}

/// Some where the file at an address has the wanted bytes. What the manifest says of it is not enough: somebody may have
/// edited it, and a build that was stopped may have left a manifest that is ahead of its files.
fn same(
    address: &str,
    content: &Content,
    standing: &Standing,
    known: Option<&Known>,
    out: &Path,
    operations: &Operations,
) -> Option<Known> {
    let lying = standing.files.get(address)?;
    let file = out.join(address);
    let found = Known { stamp: lying.stamp, sha256: content.sha256().clone() };
    if !known.is_some_and(|known| known.stamp == found.stamp && known.sha256 == found.sha256) {
        let said = standing.manifest.files.get(address);
        if address != MANIFEST && said.is_none_or(|said| **said != *found.sha256) {
            return None;
        }
        let same = match content {
            Content::Bytes { bytes, .. } => lying.stamp.length == bytes.len() as u64 && has_bytes(&file, bytes).ok()?,
            Content::CopyOf { sha256, .. } => digest(File::open(&file).ok()?).ok()?.1 == *sha256,
        };
        if !same {
            return None;
        }
    }
    if lying.mode != FILE_MODE {
        operations.make_readable(&file).ok()?;
    }
    Some(found)
}

fn has_bytes(file: &Path, bytes: &[u8]) -> io::Result<bool> {
    Ok(fs::read(file)? == bytes)
}
