//! The folder in which a portal is built before it takes its place, and which no build leaves behind.

use std::collections::HashMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::disk::Stamp;
use crate::disk::operations::Operations;
use crate::disk::plan::{Known, Plan};
use crate::disk::standing::{MANIFEST, Standing};
use crate::output::{Content, hex};

/// The name of an aside folder within the output folder.
pub const WITHIN: &str = ".milepost-new";
const MARKER: &str = "milepost-aside";
const MARK: &[u8] = b"milepost builds a portal here; if no build runs, the next one removes this folder\n";
const PORTAL: &str = "portal";
const UNION: &str = "union.json";

/// A folder that holds a marker file, then `portal/`, whose every file is in the manifest that was written there first.
/// So what a stopped build left can be told from an author's folder of the same name.
pub struct Aside {
    folder: PathBuf,
}

/// An aside folder of this process, which holds the marker's lock until it is dropped.
pub struct Begun {
    pub portal: PathBuf,
    /// A place for the manifest of old and new files together.
    pub union: PathBuf,
    aside: Aside,
    _lock: File,
}

impl Aside {
    /// Beside the output folder, so that the two can be exchanged.
    pub fn beside(out: &Path) -> Aside {
        let name = out.file_name().unwrap_or_default().to_string_lossy();
        Aside { folder: out.with_file_name(format!(".milepost-{name}-new")) }
    }

    /// In the output folder, for where its parent is another disk.
    pub fn within(out: &Path) -> Aside {
        Aside { folder: out.join(WITHIN) }
    }

    /// Whether there is something to clear; an error where it is not ours, or another process is at it.
    pub fn is_left_over(&self) -> anyhow::Result<bool> {
        let shown = self.folder.display();
        match fs::symlink_metadata(&self.folder) {
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(false);
            }
            Err(error) => return Err(error).with_context(|| format!("cannot look at `{shown}`")),
            Ok(metadata) => {
                ensure!(metadata.is_dir(), "`{shown}` is not milepost's, and it needs the name: move it away")
            }
        }
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
        let is_ours = names.iter().all(|name| [MARKER, PORTAL, UNION].contains(&name.as_str()))
            && (names.is_empty() || names.iter().any(|name| name == MARKER) && self.has_mark()?);
        ensure!(is_ours, "`{shown}` holds what milepost did not write, and it needs the name: move it away");
        Ok(true)
    }

    /// A stopped build may have written half the mark.
    fn has_mark(&self) -> anyhow::Result<bool> {
        let marker = self.folder.join(MARKER);
        if !fs::symlink_metadata(&marker)?.is_file() {
            return Ok(false);
        }
        let mut marker = File::open(marker)?;
        if let Err(TryLockError::WouldBlock) = marker.try_lock() {
            bail!("another milepost is writing there (`{}`): wait for it", self.folder.display());
        }
        let mut bytes = Vec::new();
        marker.by_ref().take(MARK.len() as u64 + 1).read_to_end(&mut bytes)?;
        Ok(MARK.starts_with(&bytes))
    }

    /// Removes what a stopped build left, after `is_left_over` said so. The marker goes last.
    pub fn clear(&self, operations: &Operations) -> anyhow::Result<()> {
        let cannot = || format!("cannot remove `{}`, which an earlier build left", self.folder.display());
        clear_portal(&self.folder.join(PORTAL), operations)?;
        for name in [UNION, MARKER] {
            ignore_absent(operations.remove_file(&self.folder.join(name))).with_context(cannot)?;
        }
        operations.remove_folder(&self.folder).with_context(cannot)
    }

    /// Makes the folder, which must not be there, and marks it.
    pub fn begin(self, operations: &Operations) -> io::Result<Begun> {
        operations.create_folder(&self.folder)?;
        let marker = self.folder.join(MARKER);
        let mut lock = operations.create_file(&marker)?;
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(io::Error::other("another milepost is writing there")),
            // A disk without locks: two builds at a time are not told apart there.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        operations.write(&mut lock, MARK)?;
        // Another process may have taken the folder for left over before the lock was held, and have made its own.
        if Stamp::of(&fs::metadata(&marker)?).inode != Stamp::of(&lock.metadata()?).inode {
            return Err(io::Error::other("another milepost is writing there"));
        }
        let portal = self.folder.join(PORTAL);
        operations.create_folder(&portal)?;
        Ok(Begun { portal, union: self.folder.join(UNION), aside: self, _lock: lock })
    }
}

impl Begun {
    /// Removes the folder and what is in it, when the portal is in its place or cannot be put there.
    pub fn end(self, operations: &Operations) -> anyhow::Result<()> {
        self.aside.clear(operations)
    }

    /// Writes the changed files of a plan, the manifest first; the assets among them are below `assets`. Nothing is flushed
    /// to the disk: a killed process or a full disk needs no flush, and what a loss of power destroys is made again from the
    /// content, by the next build, which compares bytes. A flush would cost every build more than all its other work.
    pub fn write_changed(
        &self,
        plan: &Plan<'_>,
        assets: &Path,
        operations: &Operations,
    ) -> anyhow::Result<HashMap<String, Known>> {
        let (manifest, others) =
            plan.changed.split_at(plan.changed.iter().take_while(|(address, _)| *address == MANIFEST).count());
        let write = |(address, content): &(&str, &Content)| {
            let known = write_content(&self.portal.join(address), content, assets, operations)
                .with_context(|| format!("cannot write `{address}`"))?;
            anyhow::Ok((address.to_string(), known))
        };
        let manifest = manifest.iter().map(write).collect::<anyhow::Result<Vec<_>>>()?;
        for folder in &plan.folders {
            operations.create_folder(&self.portal.join(folder)).with_context(|| format!("cannot write `{folder}/`"))?;
        }
        let mut known: HashMap<String, Known> = others.par_iter().map(write).collect::<anyhow::Result<_>>()?;
        known.extend(manifest);
        Ok(known)
    }

    /// Adds the files of `out` that stay as they are: by a second name, which is the only one once `out` is gone.
    pub fn add_kept(
        &self,
        plan: &Plan<'_>,
        standing: &Standing,
        out: &Path,
        operations: &Operations,
    ) -> anyhow::Result<HashMap<String, Known>> {
        let kept = plan.kept.par_iter().map(|(address, known)| {
            let stamp = keep(&out.join(address), &self.portal.join(address), known.stamp, operations)
                .with_context(|| format!("cannot keep `{address}`"))?;
            anyhow::Ok((address.to_string(), Known { stamp, ..known.clone() }))
        });
        let kept = kept.collect::<anyhow::Result<_>>()?;
        for address in &standing.carried {
            let file = out.join(address);
            let stamp = Stamp::of(&fs::symlink_metadata(&file)?);
            keep(&file, &self.portal.join(address), stamp, operations)
                .with_context(|| format!("cannot keep `{address}`"))?;
        }
        Ok(kept)
    }
}

fn keep(from: &Path, to: &Path, stamp: Stamp, operations: &Operations) -> io::Result<Stamp> {
    if operations.link(from, to).is_ok() {
        return Ok(stamp);
    }
    // Some disks have no links, and some systems allow them to a file's owner only.
    let mut file = operations.create_file(to)?;
    operations.write(&mut file, &fs::read(from)?)?;
    Ok(Stamp::of(&file.metadata()?))
}

fn write_content(file: &Path, content: &Content, assets: &Path, operations: &Operations) -> anyhow::Result<Known> {
    let sha256 = content.sha256().clone();
    let mut created = operations.create_file(file)?;
    match content {
        Content::Bytes { bytes, .. } => operations.write(&mut created, bytes)?,
        Content::CopyOf { asset, .. } => {
            let copied = copy(&assets.join(&**asset), &mut created, operations);
            let copied = copied.with_context(|| format!("cannot copy `{asset}`"))?;
            ensure!(copied == *sha256, "`{asset}` changed during the build: run it again");
        }
    }
    Ok(Known { stamp: Stamp::of(&created.metadata()?), sha256 })
}

/// The sha256 of what was copied.
fn copy(from: &Path, to: &mut File, operations: &Operations) -> io::Result<String> {
    let mut from = File::open(from)?;
    let mut sha256 = Sha256::new();
    let mut buffer = [0; 16 * 1024];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok(hex(&sha256.finalize()).to_string()),
            Ok(count) => {
                sha256.update(&buffer[..count]);
                operations.write(to, &buffer[..count])?;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Removes a portal's folder, file by file: one that no manifest names came from outside while the build ran, and stops it.
/// The manifest goes last, so that the rest can still be told after a stop.
fn clear_portal(portal: &Path, operations: &Operations) -> anyhow::Result<()> {
    let cannot = || format!("cannot remove `{}`", portal.display());
    let mut standing = Standing::of(portal, None).with_context(cannot)?;
    if !standing.exists {
        return Ok(());
    }
    // A stopped build may have written half of it.
    standing.foreign.retain(|address| address != MANIFEST);
    standing.refuse_foreign(portal)?;
    let files: Vec<&String> =
        standing.files.keys().filter(|address| *address != MANIFEST).chain(&standing.carried).collect();
    files.par_iter().try_for_each(|address| operations.remove_file(&portal.join(address))).with_context(cannot)?;
    for folder in standing.folders.iter().rev() {
        operations.remove_folder(&portal.join(folder)).with_context(cannot)?;
    }
    ignore_absent(operations.remove_file(&portal.join(MANIFEST))).with_context(cannot)?;
    operations.remove_folder(portal).with_context(cannot)
}

fn ignore_absent(removed: io::Result<()>) -> io::Result<()> {
    removed.or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
}
