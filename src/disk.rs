//! Reads the author's files into memory and writes the portal whole or not at all: with `preview`, all that touches files.
#![expect(clippy::disallowed_methods, reason = "files are read and written here, so that nothing else does")]

use std::fs::Metadata;
use std::time::SystemTime;

mod aside;
mod author;
mod content;
mod in_place;
mod operations;
mod place;
mod plan;
mod reader;
mod standing;
mod text;
mod versions;
mod write;

#[cfg(test)]
mod fixture;

pub use author::{Created, create, is_own_file, replace, rewrite};
pub use reader::Reader;
pub use versions::add_version;
pub use write::{Writer, Written};

/// What tells a file from its changed self without opening it. The inode tells a replaced file of the same time and length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    inode: u64,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Stamp {
        Stamp { length: metadata.len(), modified: metadata.modified().ok(), inode: inode(metadata) }
    }
}

#[cfg(unix)]
fn inode(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> u64 {
    0
}
