//! Every operation that changes the disk, in one place, so that a test can stop the writing after any of them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The modes of what is written, whatever the umask: a portal is there to be served.
pub const FILE_MODE: u32 = 0o644;
const FOLDER_MODE: u32 = 0o755;

/// The disk, as seen by what writes to it.
#[derive(Default)]
pub struct Operations {
    /// How many operations may still be done; None where nobody counts. After the last one all fail, as for a process
    /// that was killed.
    left: Option<AtomicUsize>,
}

impl Operations {
    #[cfg(test)]
    pub fn stopping_after(count: usize) -> Operations {
        Operations { left: Some(AtomicUsize::new(count)) }
    }

    fn pass(&self) -> io::Result<()> {
        let Some(left) = &self.left else { return Ok(()) };
        left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1))
            .map(|_| ())
            .map_err(|_| io::Error::other("stopped"))
    }

    pub fn create_folder(&self, folder: &Path) -> io::Result<()> {
        self.pass()?;
        fs::create_dir(folder)?;
        self.pass()?;
        set_mode(folder, FOLDER_MODE)
    }

    /// An empty file, which must not be there yet, with the mode of a published file.
    pub fn create_file(&self, file: &Path) -> io::Result<File> {
        self.pass()?;
        let created = OpenOptions::new().write(true).create_new(true).open(file)?;
        if mode(&created.metadata()?) != FILE_MODE {
            self.pass()?;
            set_file_mode(&created)?;
        }
        Ok(created)
    }

    pub fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        if let Err(stopped) = self.pass() {
            // A process is not killed between files only.
            file.write_all(&bytes[..bytes.len() / 2])?;
            return Err(stopped);
        }
        file.write_all(bytes)
    }

    pub fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.pass()?;
        fs::hard_link(from, to)
    }

    pub fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.pass()?;
        fs::rename(from, to)
    }

    /// Each of the two folders takes the other's place, in one step.
    pub fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        self.pass()?;
        exchange(one, other)
    }

    pub fn remove_file(&self, file: &Path) -> io::Result<()> {
        self.pass()?;
        fs::remove_file(file)
    }

    pub fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.pass()?;
        fs::remove_dir(folder)
    }

    pub fn make_readable(&self, file: &Path) -> io::Result<()> {
        self.pass()?;
        set_mode(file, FILE_MODE)
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn set_file_mode(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(FILE_MODE))
}

#[cfg(not(unix))]
fn set_file_mode(_: &File) -> io::Result<()> {
    Ok(())
}

/// The permission bits of a file; those of a published file where the system has none.
#[cfg(unix)]
pub fn mode(metadata: &fs::Metadata) -> u32 {
    std::os::unix::fs::MetadataExt::mode(metadata) & 0o7777
}

#[cfg(not(unix))]
pub fn mode(_: &fs::Metadata) -> u32 {
    FILE_MODE
}
