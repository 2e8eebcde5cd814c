//! What a build makes: a set of files, by their address below the portal's root.

use std::collections::BTreeMap;
use std::sync::Arc;

/// One file of the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Bytes, and their sha256 in lower-case hexadecimal, so that what is unchanged need not be looked at twice.
    Bytes { bytes: Arc<[u8]>, sha256: Arc<str> },
    /// A copy of an asset: its path as in `source::Asset`, and its sha256.
    CopyOf { asset: Arc<str>, sha256: Arc<str> },
}

impl Content {
    pub fn sha256(&self) -> &Arc<str> {
        match self {
            Content::Bytes { sha256, .. } | Content::CopyOf { sha256, .. } => sha256,
        }
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Content {
        Content::Bytes { sha256: sha256(&bytes), bytes: bytes.into() }
    }
}

impl From<String> for Content {
    fn from(text: String) -> Content {
        text.into_bytes().into()
    }
}

/// The whole portal. Keys are relative addresses with `/` between their parts (`m/M2.html`), never empty, never with
/// `.` or `..` parts, never beginning with `/`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Output {
    pub files: BTreeMap<String, Content>,
}

impl Output {
    pub fn add(&mut self, address: impl Into<String>, content: impl Into<Content>) {
        self.files.insert(address.into(), content.into());
    }
}

/// The sha256 of some bytes, in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> Arc<str> {
    use sha2::{Digest, Sha256};
    hex(&Sha256::digest(bytes))
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> Arc<str> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(DIGITS[usize::from(byte >> 4)] as char);
        text.push(DIGITS[usize::from(byte & 15)] as char);
    }
    text.into()
}
