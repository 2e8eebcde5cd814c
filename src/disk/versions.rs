//! Adds a frozen version to a programme's content: new files only, whole or not at all.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail, ensure};
use sha2::{Digest, Sha256};

use crate::output::hex;

/// Writes the files of version `name` below `versions`, and copies attachments that are not there yet: asset path below
/// `folder` → name below `versions`, which ends in the sha256 of what it must hold. All of it is on the disk when the
/// version has its name, since it cannot be made again. An existing version is never touched: that is an error.
pub fn add_version(
    folder: &Path,
    versions: &Path,
    name: &str,
    files: &BTreeMap<String, Vec<u8>>,
    attachments: &BTreeMap<Arc<str>, String>,
) -> anyhow::Result<()> {
    let target = versions.join(name);
    if target.symlink_metadata().is_ok() {
        bail!("`{}` is there already, and a frozen version is never written again", target.display());
    }
    let said = |path: &Path| format!("cannot write `{}`", path.display());
    fs::create_dir_all(versions).with_context(|| said(versions))?;
    let attributes = versions.join(".gitattributes");
    if attributes.symlink_metadata().is_err() {
        // Line endings belong to the bytes that were frozen.
        fs::write(&attributes, "* -text\n").with_context(|| said(&attributes))?;
    }
    for (asset, address) in attachments {
        let file = versions.join(address);
        if file.symlink_metadata().is_err() {
            let parent = file.parent().unwrap_or(versions);
            fs::create_dir_all(parent).with_context(|| said(parent))?;
            let aside = parent.join(format!(".{}.new", address.replace('/', "-")));
            let copied = copy(&folder.join(&**asset), &aside).with_context(|| said(&aside))?;
            if !address.ends_with(&copied) {
                fs::remove_file(&aside).with_context(|| format!("cannot remove `{}`", aside.display()))?;
            }
            ensure!(address.ends_with(&copied), "`{asset}` changed while it was frozen: freeze again");
            fs::rename(&aside, &file).with_context(|| said(&file))?;
            flush_folder(parent).with_context(|| said(parent))?;
        }
    }
    // Hidden until it is whole: the reader passes over names that begin with a dot.
    let aside = versions.join(format!(".{name}.new"));
    if aside.symlink_metadata().is_ok() {
        fs::remove_dir_all(&aside).with_context(|| {
            format!("cannot remove `{}`, left over from a freeze that was stopped", aside.display())
        })?;
    }
    for (address, bytes) in files {
        let Some(inner) = address.strip_prefix(name).and_then(|rest| rest.strip_prefix('/')) else {
            bail!("`{address}` does not belong to version `{name}`");
        };
        let file = aside.join(inner);
        let parent = file.parent().unwrap_or(&aside);
        fs::create_dir_all(parent).with_context(|| said(parent))?;
        write(&file, bytes).with_context(|| said(&file))?;
        flush_folder(parent).with_context(|| said(parent))?;
    }
    flush_folder(&aside).with_context(|| said(&aside))?;
    fs::rename(&aside, &target).with_context(|| said(&target))?;
    flush_folder(versions).with_context(|| said(versions))
}

fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut created = File::create(file)?;
    created.write_all(bytes)?;
    created.sync_all()
}

/// The sha256 of what was copied.
fn copy(from: &Path, to: &Path) -> io::Result<String> {
    let mut from = File::open(from)?;
    let mut created = File::create(to)?;
    let mut sha256 = Sha256::new();
    let mut buffer = [0; 16 * 1024];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => {
                sha256.update(&buffer[..count]);
                created.write_all(&buffer[..count])?;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    created.sync_all()?;
    Ok(hex(&sha256.finalize()).to_string())
}

/// Names are on the disk when their folder is. Only Unix opens folders to say so.
fn flush_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::add_version;
    use std::collections::BTreeMap;

    const PROOF: &str = "c1cda26362828b69266512052b97cb3729e3b052e4ade47c0a1e3383defe73c7";

    #[test]
    fn an_attachment_that_is_not_what_was_recorded_stops_the_freeze() {
        let folder = tempfile::tempdir().unwrap();
        let versions = folder.path().join("versions");
        std::fs::write(folder.path().join("proof.txt"), "another").unwrap();
        let files = BTreeMap::from([("0.9/snapshot.json".to_string(), b"{}".to_vec())]);
        let attachments = BTreeMap::from([("proof.txt".into(), format!("files/{PROOF}"))]);
        let refused = add_version(folder.path(), &versions, "0.9", &files, &attachments).unwrap_err();
        assert!(refused.to_string().contains("changed while it was frozen"), "{refused}");
        assert!(!versions.join("0.9").exists());
        assert_eq!(std::fs::read_dir(versions.join("files")).unwrap().count(), 0);
    }

    #[test]
    fn a_frozen_version_is_never_written_again() {
        let folder = tempfile::tempdir().unwrap();
        let versions = folder.path().join("versions");
        std::fs::write(folder.path().join("proof.txt"), "proof").unwrap();
        let files = BTreeMap::from([("0.9/snapshot.json".to_string(), b"{}".to_vec())]);
        let attachments = BTreeMap::from([("proof.txt".into(), format!("files/{PROOF}"))]);
        add_version(folder.path(), &versions, "0.9", &files, &attachments).unwrap();
        assert_eq!(std::fs::read(versions.join("0.9/snapshot.json")).unwrap(), b"{}");
        assert_eq!(std::fs::read(versions.join("files").join(PROOF)).unwrap(), b"proof");
        let refused = add_version(folder.path(), &versions, "0.9", &files, &attachments).unwrap_err();
        assert!(refused.to_string().contains("is there already"), "{refused}");
    }
}
