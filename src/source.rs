//! Texts with an identity, places in them, files beside them, and HTML that is known to be safe.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text file of the programme. `path` is relative to the programme's folder, with `/` between its parts
/// (`content/milestones.md`); `text` is UTF-8 without a byte order mark, line endings as the author has them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Source {
    pub path: Arc<str>,
    pub text: Arc<str>,
}

/// A file that is not read as text: an evidence file, a picture. `sha256` is lower-case hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Asset {
    pub path: Arc<str>,
    pub length: u64,
    pub sha256: Arc<str>,
}

/// A file or folder that is there and could not be read as what its name says, and why, in words an author knows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Unreadable {
    pub path: Arc<str>,
    pub reason: String,
}

/// Everything a build reads, in path order. Made by `disk::Reader`; the pure stages see nothing else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inputs {
    /// `content/` where the folder has one, else the empty string: what a path loses to become an address.
    pub root: Arc<str>,
    /// Markdown and YAML of the content root, but for `versions/`.
    pub sources: Vec<Source>,
    pub assets: Vec<Asset>,
    /// The text files below `versions/` of the content root: frozen snapshots and their manifests.
    pub frozen: Vec<Source>,
    /// The text files of `themes/`, paths beginning with `themes/`.
    pub themes: Vec<Source>,
    pub unreadable: Vec<Unreadable>,
}

impl Inputs {
    /// The text behind a span of any stage; None for assets and for files that could not be read.
    pub fn source(&self, path: &str) -> Option<&Source> {
        [&self.sources, &self.frozen, &self.themes]
            .into_iter()
            .find_map(|sources| sources.iter().find(|source| &*source.path == path))
    }
}

/// A place in a source: bytes `start..end` of its text. It carries the path, not an index, which would mean
/// something in one build only.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    pub path: Arc<str>,
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(path: &Arc<str>, start: usize, end: usize) -> Span {
        Span { path: path.clone(), start: start as u32, end: end as u32 }
    }

    /// The place of what has none: records of a frozen version, what the tool itself implied.
    pub fn nowhere() -> Span {
        Span { path: "".into(), start: 0, end: 0 }
    }

    /// The first character of a file, for what is wrong with the file as a whole.
    pub fn file(path: &Arc<str>) -> Span {
        Span::new(path, 0, 0)
    }

    pub fn contains(&self, other: &Span) -> bool {
        self.path == other.path && self.start <= other.start && other.end <= self.end
    }
}

/// A value and where the author wrote it. Serialised as the value alone: a frozen version has no sources to point into.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    pub value: T,
    pub at: Span,
}

impl<T> Spanned<T> {
    pub fn new(value: T, at: Span) -> Spanned<T> {
        Spanned { value, at }
    }
}

impl<T: Serialize> Serialize for Spanned<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Spanned<T>, D::Error> {
        Ok(Spanned::new(T::deserialize(deserializer)?, Span::nowhere()))
    }
}

/// A line and a column as an editor counts them: from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    pub line: u32,
    pub column: u32,
}

/// The place of byte `offset` in `text`; an offset past the end is the end.
pub fn place(text: &str, offset: u32) -> Place {
    let mut offset = (offset as usize).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Place {
        line: before.bytes().filter(|byte| *byte == b'\n').count() as u32 + 1,
        column: before[line_start..].chars().count() as u32 + 1,
    }
}

/// HTML that is safe to put into a page: made by `syntax` from Markdown with raw HTML dropped and link schemes
/// checked, or by escaping. The field is private so that nothing else can claim it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Html(Arc<str>);

impl Html {
    /// Takes markup that the caller has made safe. Called by `syntax` and `chart` only; `tests/architecture.rs` holds them to it.
    pub fn from_safe(markup: String) -> Html {
        Html(markup.into())
    }

    /// Text as HTML: `&`, `<`, `>` and both quotes become references.
    pub fn escaped(text: &str) -> Html {
        let mut markup = String::with_capacity(text.len());
        for character in text.chars() {
            match character {
                '&' => markup.push_str("&amp;"),
                '<' => markup.push_str("&lt;"),
                '>' => markup.push_str("&gt;"),
                '"' => markup.push_str("&quot;"),
                '\'' => markup.push_str("&#39;"),
                other => markup.push(other),
            }
        }
        Html(markup.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Html {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let text = "| 🟢 é | x |\r\nsecond";
        let at = |needle: &str| {
            let place = place(text, text.find(needle).unwrap() as u32);
            (place.line, place.column)
        };
        assert_eq!(at("x"), (1, 9));
        assert_eq!(at("second"), (2, 1));
        let end = place(text, 999);
        assert_eq!((end.line, end.column), (2, 7));
    }
}
