//! Writes single files of an author's folder: new ones that stand in nobody's place, and changed ones whole or not at all.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, bail};

/// What became of a file that was to be new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Created {
    Written,
    /// Something has this name already; it is left as it is.
    There,
}

/// Writes a file that is not there yet, and the folders that lead to it. What has its name already is never touched.
pub fn create(file: &Path, text: &str) -> anyhow::Result<Created> {
    let said = || format!("cannot write `{}`", file.display());
    let folder = folder_of(file);
    fs::create_dir_all(folder).with_context(said)?;
    match OpenOptions::new().write(true).create_new(true).open(file) {
        Ok(mut created) => {
            created.write_all(text.as_bytes()).with_context(said)?;
            Ok(Created::Written)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(Created::There),
        Err(error) => Err(error).with_context(said),
    }
}

/// Puts another text in the place of a file's own, in one step: who reads meanwhile finds the old or the new one. Its
/// permissions stay. A link is an error: what it leads to may belong to another folder.
pub fn replace(file: &Path, text: &str) -> anyhow::Result<()> {
    let said = || format!("cannot write `{}`", file.display());
    let metadata = file.symlink_metadata().with_context(said)?;
    if !metadata.is_file() {
        bail!("`{}` is no file of its own, and only those are rewritten", file.display());
    }
    let name = file.file_name().with_context(said)?.to_string_lossy();
    // Hidden until it is whole: the reader passes over names that begin with a dot.
    let aside = folder_of(file).join(format!(".{name}.{}.new", std::process::id()));
    let written = fs::write(&aside, text)
        .and_then(|()| fs::set_permissions(&aside, metadata.permissions()))
        .and_then(|()| fs::rename(&aside, file));
    if written.is_err() {
        // What went wrong is said; a file that was left aside is in nobody's way.
        let _ = fs::remove_file(&aside);
    }
    written.with_context(said)
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Created, create, replace};

    #[test]
    fn what_is_there_is_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("deep/er/programme.yaml");
        assert_eq!(create(&file, "name: new\n").unwrap(), Created::Written);
        assert_eq!(create(&file, "name: other\n").unwrap(), Created::There);
        assert_eq!(fs::read_to_string(&file).unwrap(), "name: new\n");
    }

    #[test]
    fn another_text_takes_the_place_and_leaves_nothing_aside() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("risks.md");
        fs::write(&file, "old").unwrap();
        replace(&file, "new").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_refused_and_what_it_leads_to_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("mine.md"), folder.path().join("link.md"));
        fs::write(&file, "mine").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        assert!(replace(&link, "yours").is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    }
}
