//! Writes a portal: the old one or the new one lies in its folder, whole, whatever happens in between.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::mem;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::disk::aside::{Aside, WITHIN};
use crate::disk::in_place;
use crate::disk::operations::Operations;
use crate::disk::place;
use crate::disk::plan::{Known, Plan};
use crate::disk::standing::{Manifest, Standing, manifest_of};
use crate::output::Output;

#[cfg(test)]
mod interrupted;
#[cfg(test)]
mod tests;

/// Writes one folder, as often as asked, and keeps what it knows of the files there.
pub struct Writer {
    folder: PathBuf,
    out: PathBuf,
    known: HashMap<String, Known>,
    /// Why the folder cannot be exchanged, once that is known.
    in_place: Option<String>,
    operations: Operations,
}

/// What a writing did, in files.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Written {
    pub written: usize,
    pub unchanged: usize,
    pub removed: usize,
    /// Why the portal was changed file by file and not in one step; None where it was in one step or nothing changed.
    pub in_place: Option<String>,
}

impl Writer {
    /// `folder` is the programme's, from which assets are copied; `out` is the portal's, which need not be there.
    pub fn new(folder: &Path, out: &Path) -> Writer {
        Writer {
            folder: folder.to_path_buf(),
            out: out.to_path_buf(),
            known: HashMap::new(),
            in_place: None,
            operations: Operations::default(),
        }
    }

    /// Makes the folder hold the output and nothing else, but for `.gitignore`, `.gitkeep`, `.nojekyll` and `CNAME`. The
    /// output has a `manifest.json` of all its other files. An error, with nothing changed, where the folder is somebody
    /// else's or holds what milepost did not write. See design: portal, writing the output.
    pub fn write(&mut self, output: &Output) -> anyhow::Result<Written> {
        place::check(output)?;
        let manifest = manifest_of(output)?;
        let out = place::allowed(&self.folder, &self.out)?;
        let cannot = format!("cannot write to `{}`", self.out.display());

        let left_over = left_over(&out)?;
        let standing = Standing::of(&out, Some(WITHIN)).with_context(|| cannot.clone())?;
        standing.refuse_foreign(&self.out)?;
        left_over.iter().try_for_each(|aside| aside.clear(&self.operations))?;

        // Forgotten, unless this writing ends well.
        let known = mem::take(&mut self.known);
        let plan = Plan::new(output, &standing, &known, &out, &self.operations);
        if plan.is_done() {
            self.known = in_place::known(HashMap::new(), &plan);
            return Ok(Written { unchanged: plan.kept.len(), ..Written::default() });
        }
        if standing.exists && self.in_place.is_none() {
            self.in_place =
                is_mount(&out).with_context(|| cannot.clone())?.then(|| "the folder is a disk of its own".into());
        }
        let put = match self.exchange(&plan, &standing, &out) {
            Ok(None) => self.replace(output, manifest, &plan, &standing, &out),
            Ok(Some(known)) => Ok(known),
            Err(error) => Err(error),
        };
        if put.is_err() {
            self.give_back(&out);
        }
        self.known = put.context(cannot)?;
        Ok(Written {
            written: plan.changed.len(),
            unchanged: plan.kept.len(),
            removed: plan.unwanted.len(),
            in_place: self.in_place.clone(),
        })
    }

    /// Builds the whole portal aside and puts it into its place in one step. None, with the reason in `self.in_place` and
    /// nothing changed, where the system cannot.
    fn exchange(
        &mut self,
        plan: &Plan<'_>,
        standing: &Standing,
        out: &Path,
    ) -> anyhow::Result<Option<HashMap<String, Known>>> {
        if self.in_place.is_some() {
            return Ok(None);
        }
        self.make_parents(out)?;
        let begun = match Aside::beside(out).begin(&self.operations) {
            Err(error) if standing.exists && is_forbidden(&error) => {
                self.in_place = Some(format!("nothing can be written beside the folder: {}", error.kind()));
                return Ok(None);
            }
            begun => begun?,
        };
        let mut known = begun.write_changed(plan, &self.folder, &self.operations)?;
        known.extend(begun.add_kept(plan, standing, out, &self.operations)?);
        let placed = if standing.exists {
            self.operations.exchange(&begun.portal, out)
        } else {
            self.operations.rename(&begun.portal, out)
        };
        match placed {
            Err(error) if standing.exists && (is_impossible(&error) || is_forbidden(&error)) => {
                self.in_place = Some(format!("the system cannot exchange the folder in one step: {}", error.kind()));
                begun.end(&self.operations)?;
                return Ok(None);
            }
            placed => placed?,
        }
        begun.end(&self.operations).context("the new portal is in its place, but the old one is not removed")?;
        Ok(Some(known))
    }

    /// Changes the portal file by file.
    fn replace(
        &self,
        output: &Output,
        manifest: Manifest,
        plan: &Plan<'_>,
        standing: &Standing,
        out: &Path,
    ) -> anyhow::Result<HashMap<String, Known>> {
        let begun = Aside::within(out).begin(&self.operations)?;
        let written = begun.write_changed(plan, &self.folder, &self.operations)?;
        in_place::replace(&begun, output, manifest, standing, plan, out, &self.operations)?;
        begun.end(&self.operations)?;
        Ok(in_place::known(written, plan))
    }

    /// After a failure the space that the half-built portal takes is given back, if that can be: the disk may be full, and
    /// the failure is what matters.
    fn give_back(&self, out: &Path) {
        for aside in left_over(out).unwrap_or_default() {
            let _ = aside.clear(&self.operations);
        }
    }

    fn make_parents(&self, out: &Path) -> io::Result<()> {
        let absent: Vec<&Path> = out.ancestors().skip(1).take_while(|folder| !folder.exists()).collect();
        absent.into_iter().rev().try_for_each(|folder| self.operations.create_folder(folder))
    }
}

/// What a build that was stopped left beside or in the folder.
fn left_over(out: &Path) -> anyhow::Result<Vec<Aside>> {
    let mut left_over = Vec::new();
    for aside in [Aside::beside(out), Aside::within(out)] {
        if aside.is_left_over()? {
            left_over.push(aside);
        }
    }
    Ok(left_over)
}

/// Whether the folder's parent is on another disk; a mount of the same disk shows only when the exchange fails.
#[cfg(unix)]
fn is_mount(out: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let Some(parent) = out.parent() else { return Ok(true) };
    Ok(fs::metadata(out)?.dev() != fs::metadata(parent)?.dev())
}

#[cfg(not(unix))]
fn is_mount(_: &Path) -> io::Result<bool> {
    Ok(false)
}

fn is_forbidden(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

fn is_impossible(error: &io::Error) -> bool {
    use io::ErrorKind::{CrossesDevices, InvalidInput, ResourceBusy, Unsupported};
    matches!(error.kind(), CrossesDevices | InvalidInput | ResourceBusy | Unsupported)
}
