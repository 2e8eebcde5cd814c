//! Reads a programme's folder, and at the second time only what changed.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use anyhow::{Context, bail};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::disk::content::{Found, Shelf, Walk};
use crate::disk::{Stamp, text};
use crate::output::{hex, sha256};
use crate::source::{Asset, Inputs, Source, Unreadable, limits};

#[cfg(test)]
mod tests;

/// A file written so shortly before it was read may have been written again since, with the same time and length.
const UNSETTLED: Duration = Duration::from_secs(2);

const LARGEST: u64 = limits::FILE as u64;

/// Reads one folder, as often as asked, and keeps what it read.
pub struct Reader {
    folder: PathBuf,
    out: Option<PathBuf>,
    known: HashMap<Arc<str>, Known>,
}

struct Known {
    stamp: Stamp,
    shelf: Shelf,
    /// False where the next reading has to open the file whatever its stamp says.
    settled: bool,
    item: Item,
}

#[derive(Clone, PartialEq)]
enum Item {
    Text(Source),
    /// What is read as content is a file too: evidence may name it by its sha256.
    Content(Source, Asset),
    Asset(Asset),
    Unreadable(Unreadable),
}

impl Reader {
    /// `folder` holds `content/`, or is the content itself, or is a single file.
    pub fn new(folder: &Path) -> Reader {
        Reader { folder: folder.to_path_buf(), out: None, known: HashMap::new() }
    }

    /// The portal is written to `out`: that is never content, whatever it is called and wherever it lies.
    pub fn leaving_out(mut self, out: &Path) -> Reader {
        self.out = Some(out.to_path_buf());
        self
    }

    /// Everything below the folder that a build reads, in byte order of path. What is wrong with a file is said in
    /// `Inputs::unreadable`; only a folder that cannot be read at all is an error. A file that has not changed since the
    /// last call is not opened, and its text is the same `Arc`.
    pub fn read(&mut self) -> anyhow::Result<Inputs> {
        let cannot = || format!("cannot read `{}`", self.folder.display());
        let metadata = match fs::metadata(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let folder = self.folder.display();
                bail!(
                    "there is no `{folder}`; name the folder that holds your milestone list, or begin one with `milepost init {folder}`"
                )
            }
            metadata => metadata.with_context(cannot)?,
        };
        let mut walk = if metadata.is_dir() {
            Walk::through(&self.folder, self.out.as_deref()).with_context(cannot)?
        } else {
            Walk::one(&self.folder).with_context(cannot)?
        };
        walk.found.sort_unstable_by(|one, other| one.path.cmp(&other.path));

        let read: Vec<(Arc<str>, Known)> = walk.found.into_par_iter().filter_map(|found| self.item(found)).collect();

        let mut inputs = Inputs { root: walk.root.into(), unreadable: walk.unreadable, ..Inputs::default() };
        for (_, known) in &read {
            match (known.item.clone(), known.shelf) {
                (Item::Text(source), Shelf::Frozen) => inputs.frozen.push(source),
                (Item::Text(source), Shelf::Theme) => inputs.themes.push(source),
                (Item::Text(source), _) => inputs.sources.push(source),
                (Item::Content(source, file), _) => {
                    inputs.sources.push(source);
                    inputs.files.push(file);
                }
                (Item::Asset(asset), _) => inputs.assets.push(asset),
                (Item::Unreadable(unreadable), _) => inputs.unreadable.push(unreadable),
            }
        }
        inputs.unreadable.sort_by(|one, other| one.path.cmp(&other.path));
        self.known = read.into_iter().collect();
        Ok(inputs)
    }

    /// None where the file has gone since the folder was listed.
    fn item(&self, found: Found) -> Option<(Arc<str>, Known)> {
        let now = SystemTime::now();
        let metadata = match fs::metadata(&found.file) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            Err(error) => return Some(self.refused(found, &error)),
        };
        let stamp = Stamp::of(&metadata);
        let known = self.known.get(&*found.path).filter(|known| known.shelf == found.shelf);
        if let Some(known) = known.filter(|known| known.settled && known.stamp == stamp) {
            let path = path_of(&known.item).clone();
            return Some((path, Known { item: known.item.clone(), ..*known }));
        }

        let path: Arc<str> = known.map_or_else(|| found.path.as_str().into(), |known| path_of(&known.item).clone());
        let item = match open(&path, &found, stamp.length) {
            Ok(item) => item,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            Err(error) => return Some(self.refused(found, &error)),
        };
        // A file that was only touched keeps its text, so that who compares pointers sees no change.
        let item = known.filter(|known| known.item == item).map_or(item, |known| known.item.clone());
        let age = stamp.modified.and_then(|modified| now.duration_since(modified).ok());
        let settled = age.is_some_and(|age| age > UNSETTLED);
        Some((path, Known { stamp, shelf: found.shelf, settled, item }))
    }

    /// Never settled: a permission can be given without a trace in the stamp.
    fn refused(&self, found: Found, error: &io::Error) -> (Arc<str>, Known) {
        let path: Arc<str> = found.path.into();
        let item = Item::Unreadable(Unreadable { path: path.clone(), reason: reason(error) });
        let stamp = Stamp { length: 0, modified: None, inode: 0 };
        (path, Known { stamp, shelf: found.shelf, settled: false, item })
    }
}

/// Why the system does not let a file be read.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "cannot be read: you have no permission to open it".into(),
        kind => format!("cannot be read: {kind}"),
    }
}

fn path_of(item: &Item) -> &Arc<str> {
    match item {
        Item::Text(source) | Item::Content(source, _) => &source.path,
        Item::Asset(asset) => &asset.path,
        Item::Unreadable(unreadable) => &unreadable.path,
    }
}

fn open(path: &Arc<str>, found: &Found, length: u64) -> io::Result<Item> {
    let path = path.clone();
    if found.shelf == Shelf::Asset {
        let (length, sha256) = digest(File::open(&found.file)?)?;
        return Ok(Item::Asset(Asset { path, length, sha256 }));
    }
    let text = if length > LARGEST { Err(text::too_long(length)) } else { read_text(&found.file)? };
    Ok(match text {
        // The bytes of a frozen file are what its manifest's sha256 speaks of: none is dropped.
        Ok(text) if found.shelf == Shelf::Frozen => Item::Text(Source { path, text: text.into() }),
        Ok(text) => {
            let file = Asset { path: path.clone(), length: text.len() as u64, sha256: sha256(text.as_bytes()) };
            let source = Source { path, text: text::without_mark(text).into() };
            if found.shelf == Shelf::Source { Item::Content(source, file) } else { Item::Text(source) }
        }
        Err(reason) => Item::Unreadable(Unreadable { path, reason }),
    })
}

fn read_text(file: &Path) -> io::Result<Result<String, String>> {
    let mut bytes = Vec::new();
    // It may grow while it is read.
    let length = File::open(file)?.take(LARGEST + 1).read_to_end(&mut bytes)? as u64;
    Ok(if length > LARGEST { Err(text::too_long(length)) } else { text::decode(bytes) })
}

/// Length and sha256 of what is left of a file, in little memory whatever its size.
pub fn digest(mut file: File) -> io::Result<(u64, Arc<str>)> {
    let mut sha256 = Sha256::new();
    let mut buffer = [0; 16 * 1024];
    let mut length = 0;
    loop {
        let count = match file.read(&mut buffer) {
            Ok(0) => return Ok((length, hex(&sha256.finalize()))),
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        sha256.update(&buffer[..count]);
        length += count as u64;
    }
}
