//! Finds the front matter of a Markdown file.

use std::ops::Range;

/// The byte range of the YAML between the `---` lines, if the file begins with one, and that of the body.
pub fn split(text: &str) -> (Option<Range<usize>>, Range<usize>) {
    (None, 0..text.len())
}
