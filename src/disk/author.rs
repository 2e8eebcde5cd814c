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

/// Is this a file, and no link to one? Only those are rewritten: what a link leads to may belong to another folder.
pub fn is_own_file(file: &Path) -> bool {
    file.symlink_metadata().is_ok_and(|metadata| metadata.is_file())
}

/// Puts another text in the place of the one that was read from a file. Its byte order mark stays. A file that says
/// something else by now is an error.
pub fn rewrite(file: &Path, read: &str, text: &str) -> anyhow::Result<()> {
    let there = fs::read_to_string(file).with_context(|| format!("cannot read `{}`", file.display()))?;
    let (mark, there) = there.split_at(if there.starts_with(MARK) { MARK.len_utf8() } else { 0 });
    if there != read {
        bail!("`{}` was changed meanwhile, and is left as it is: run the command again", file.display());
    }
    replace(file, &format!("{mark}{text}"))
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

/// What some editors put before a text; who reads it leaves it out.
const MARK: char = '\u{feff}';

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Created, create, rewrite};

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
        rewrite(&file, "old", "new").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_byte_order_mark_stays_and_what_was_written_meanwhile_too() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("risks.md");
        fs::write(&file, "\u{feff}old").unwrap();
        rewrite(&file, "old", "new").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "\u{feff}new");
        assert!(rewrite(&file, "old", "newer").unwrap_err().to_string().contains("was changed meanwhile"));
        assert_eq!(fs::read_to_string(&file).unwrap(), "\u{feff}new");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("risks.md");
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        rewrite(&file, "old", "new").unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_refused_and_what_it_leads_to_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("mine.md"), folder.path().join("link.md"));
        fs::write(&file, "mine").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        assert!(rewrite(&link, "mine", "yours").is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    }
}
