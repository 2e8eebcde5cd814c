//! Finds the files of a programme's folder and says what each is read as.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::disk::reader::reason;
use crate::source::{Unreadable, limits};

/// What a file is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    Source,
    Frozen,
    Theme,
    Asset,
}

/// A file to read. `path` is what it is called; `file` is where its bytes are, which differs for a link.
pub struct Found {
    pub path: String,
    pub file: PathBuf,
    pub shelf: Shelf,
}

/// What a walk through the folder found, in no order.
pub struct Walk {
    /// `content/`, or the empty string where the folder itself is the content.
    pub root: &'static str,
    pub found: Vec<Found>,
    pub unreadable: Vec<Unreadable>,
    folder: PathBuf,
    out: Option<PathBuf>,
}

/// Names that are no content where the programme's folder is its own content root.
const NOT_CONTENT: [&str; 4] = ["output", "themes", "target", "node_modules"];
const NOT_A_FILE: &str = "is neither a file nor a folder";
const SOURCES: [&str; 4] = ["md", "markdown", "yaml", "yml"];
const FROZEN: [&str; 5] = ["json", "md", "markdown", "yaml", "yml"];
const THEMES: [&str; 12] = ["html", "htm", "css", "js", "toml", "svg", "json", "xml", "txt", "md", "yaml", "yml"];

impl Walk {
    /// Content and themes of a folder. `out` is left out. An error only where the folder itself cannot be listed.
    pub fn through(folder: &Path, out: Option<&Path>) -> io::Result<Walk> {
        let folder = folder.canonicalize()?;
        fs::read_dir(&folder)?;
        let root = if folder.join("content").is_dir() { "content/" } else { "" };
        let out = out.and_then(|out| out.canonicalize().ok());
        let mut walk = Walk { root, found: Vec::new(), unreadable: Vec::new(), folder, out };
        walk.tree(root.trim_end_matches('/'));
        if walk.folder.join("themes").is_dir() {
            walk.tree("themes");
        }
        Ok(walk)
    }

    /// A file alone, under its own name.
    pub fn one(file: &Path) -> io::Result<Walk> {
        let file = file.canonicalize()?;
        let folder = file.parent().unwrap_or(&file).to_path_buf();
        let mut walk = Walk { root: "", found: Vec::new(), unreadable: Vec::new(), folder, out: None };
        let name = file.file_name().unwrap_or_default().to_os_string();
        if let Some(path) = walk.path(Path::new(&name)) {
            if file.is_file() {
                let shelf = if has_extension(&path, &SOURCES) { Shelf::Source } else { Shelf::Asset };
                walk.found.push(Found { path, file, shelf });
            } else {
                walk.refuse(path, NOT_A_FILE.into());
            }
        }
        Ok(walk)
    }

    /// Walks a folder below the programme's: "content", "themes", or "" for itself.
    fn tree(&mut self, top: &'static str) {
        let start = self.folder.join(top);
        if start.is_symlink()
            && let Err(reason) = self.follow(&start)
        {
            return self.refuse(top.into(), reason);
        }
        let mut entries = WalkDir::new(&start).min_depth(1).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            if self.found.len() == limits::FILES {
                return self.refuse(if top.is_empty() { "." } else { top }.into(), too_many());
            }
            match entry {
                Ok(entry) if self.is_left_out(&entry, top) || !self.take(&entry, top) => {
                    if entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                }
                Ok(_) => {}
                Err(error) => self.cannot_list(&error),
            }
        }
    }

    fn is_left_out(&self, entry: &DirEntry, top: &str) -> bool {
        is_hidden(entry.file_name())
            || top.is_empty() && entry.depth() == 1 && NOT_CONTENT.iter().any(|name| entry.file_name() == *name)
            || self.out.as_deref() == Some(entry.path())
    }

    /// False where there is something wrong with the entry, which is then noted: a folder is not entered.
    fn take(&mut self, entry: &DirEntry, top: &str) -> bool {
        let relative = entry.path().strip_prefix(&self.folder).unwrap_or(entry.path()).to_path_buf();
        let Some(path) = self.path(&relative) else { return false };
        if entry.file_type().is_dir() {
            return true;
        }
        let file = if entry.path_is_symlink() { self.follow(entry.path()) } else { Ok(entry.path().to_path_buf()) };
        let file = match file {
            Ok(file) => file,
            Err(reason) => return self.refuse_entry(path, reason),
        };
        if file.is_dir() {
            // A few links to folders can make a tree without end; links to files cannot.
            return self.refuse_entry(
                path,
                "is a link to a folder, and only links to files are followed; copy the folder".into(),
            );
        }
        let is_file = if entry.path_is_symlink() { file.is_file() } else { entry.file_type().is_file() };
        if !is_file {
            return self.refuse_entry(path, NOT_A_FILE.into());
        }
        let shelf = self.shelf(&path, top);
        self.found.push(Found { path, file, shelf });
        true
    }

    fn shelf(&self, path: &str, top: &str) -> Shelf {
        if top == "themes" {
            return if has_extension(path, &THEMES) { Shelf::Theme } else { Shelf::Asset };
        }
        let address = path.strip_prefix(self.root).unwrap_or(path);
        match address.strip_prefix("versions/") {
            Some(attachment) if attachment.starts_with("files/") => Shelf::Asset,
            Some(_) if has_extension(path, &FROZEN) => Shelf::Frozen,
            Some(_) => Shelf::Asset,
            None if has_extension(path, &SOURCES) => Shelf::Source,
            None => Shelf::Asset,
        }
    }

    /// The path with `/` between its parts; None, and noted, where it cannot be written in a page.
    fn path(&mut self, relative: &Path) -> Option<String> {
        let parts: Vec<&OsStr> = relative.components().map(Component::as_os_str).collect();
        let path = parts.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        if parts.iter().any(|part| part.to_str().is_none()) {
            self.refuse(path, "has a name that is not UTF-8; rename it".into());
            return None;
        }
        if path.chars().any(char::is_control) {
            let path = path.chars().map(|character| if character.is_control() { '\u{fffd}' } else { character });
            self.refuse(path.collect(), "has a control character in its name; rename it".into());
            return None;
        }
        Some(path)
    }

    /// Where a link leads, if that is a place this folder may show. A hidden place (`.git`) may hold secrets, and a link
    /// to it would publish them.
    fn follow(&self, link: &Path) -> Result<PathBuf, String> {
        let written = fs::read_link(link).unwrap_or_default();
        let target = link.canonicalize().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => format!("is a link to `{}`, which is not there", written.display()),
            kind => format!("is a link that cannot be followed: {kind}"),
        })?;
        match target.strip_prefix(&self.folder) {
            Err(_) => Err(format!(
                "is a link to `{}`, outside of the programme's folder; copy what it leads to",
                written.display()
            )),
            Ok(inside) if inside.components().any(|part| is_hidden(part.as_os_str())) => {
                Err(format!("is a link to `{}`, which is hidden; copy what it leads to", written.display()))
            }
            Ok(_) => Ok(target),
        }
    }

    fn cannot_list(&mut self, error: &walkdir::Error) {
        let kind = error.io_error().map(io::Error::kind);
        // Gone between the listing of its folder and now.
        if kind == Some(io::ErrorKind::NotFound) {
            return;
        }
        let relative = error.path().and_then(|path| path.strip_prefix(&self.folder).ok()).unwrap_or(Path::new(""));
        let Some(path) = self.path(relative) else { return };
        self.refuse(path, error.io_error().map_or_else(|| "cannot be read".into(), reason));
    }

    fn refuse(&mut self, path: String, reason: String) {
        self.unreadable.push(Unreadable { path: path.into(), reason });
    }

    fn refuse_entry(&mut self, path: String, reason: String) -> bool {
        self.refuse(path, reason);
        false
    }
}

fn too_many() -> String {
    let most = limits::told(limits::FILES);
    format!("holds more than {most} files, and the others are not read; keep what is no content beside the folder")
}

/// Hidden, or the lock that a word processor puts beside a document while it is open (`~$plan.md`).
fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".") || name.as_encoded_bytes().starts_with(b"~$")
}

fn has_extension(path: &str, extensions: &[&str]) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|extension| extensions.iter().any(|known| extension.eq_ignore_ascii_case(known)))
}
