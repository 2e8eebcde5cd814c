//! "Did you mean": the nearest known word to one that is not known.

/// The candidate nearest to `word` within two letters (one for words of three letters or fewer), case folded; the first in order where several are as near.
pub fn nearest<'a>(_word: &str, _candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    None
}
