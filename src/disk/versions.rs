//! Adds a frozen version to a programme's content: new files only, whole or not at all.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};

/// Writes the files of version `name` below `versions`, and copies attachments that are not there yet: asset path below
/// `folder` → name below `versions`. An existing version is never touched: that is an error.
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
            fs::copy(folder.join(&**asset), &aside).with_context(|| said(&aside))?;
            fs::rename(&aside, &file).with_context(|| said(&file))?;
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
        fs::write(&file, bytes).with_context(|| said(&file))?;
    }
    fs::rename(&aside, &target).with_context(|| said(&target))
}

#[cfg(test)]
mod tests {
    use super::add_version;
    use std::collections::BTreeMap;

    #[test]
    fn a_frozen_version_is_never_written_again() {
        let folder = tempfile::tempdir().unwrap();
        let versions = folder.path().join("versions");
        std::fs::write(folder.path().join("proof.txt"), "proof").unwrap();
        let files = BTreeMap::from([("0.9/snapshot.json".to_string(), b"{}".to_vec())]);
        let attachments = BTreeMap::from([("proof.txt".into(), "files/abc".to_string())]);
        add_version(folder.path(), &versions, "0.9", &files, &attachments).unwrap();
        assert_eq!(std::fs::read(versions.join("0.9/snapshot.json")).unwrap(), b"{}");
        assert_eq!(std::fs::read(versions.join("files/abc")).unwrap(), b"proof");
        let refused = add_version(folder.path(), &versions, "0.9", &files, &attachments).unwrap_err();
        assert!(refused.to_string().contains("is there already"), "{refused}");
    }
}
