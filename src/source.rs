//! Texts with an identity, places in them, files beside them, and HTML that is known to be safe.

pub mod direction;
pub mod limits;
mod tame;

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
    /// The sources once more as files, byte for byte: evidence may be one of them.
    pub files: Vec<Asset>,
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

/// May the file of settings be called so, at the top of the content?
pub fn is_settings_name(name: &str) -> bool {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let is_yaml = extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml");
    is_yaml && matches!(stem, "programme" | "program")
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
    let starts = line_starts(text).take_while(|start| *start <= offset);
    let (start, line) = starts.zip(1..).last().unwrap_or((0, 1));
    Place { line, column: text[start..offset].chars().count() as u32 + 1 }
}

/// Where each line begins. A line ends as the author has it: `\n`, `\r\n`, or `\r` alone.
pub fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let ends = move |at: &usize| bytes[*at] == b'\n' || bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    std::iter::once(0).chain((0..bytes.len()).filter(ends).map(|end| end + 1))
}

/// HTML that is safe to put into a page: made by `syntax` from Markdown with raw HTML dropped and link schemes
/// checked, or by escaping. The field is private so that nothing else can claim it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Html(Arc<str>);

/// A frozen file is content as any other: markup that `syntax` would not have made is shown as text.
impl<'de> Deserialize<'de> for Html {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Html, D::Error> {
        let markup = String::deserialize(deserializer)?;
        Ok(if tame::is_tame(&markup) { Html(markup.into()) } else { Html::escaped(&markup) })
    }
}

impl Html {
    /// Takes markup that the caller has made safe. Called by `syntax` and `chart` only; `tests/architecture.rs` holds them to it.
    pub fn from_safe(markup: String) -> Html {
        Html(markup.into())
    }

    /// Text as HTML: `&`, `<`, `>` and both quotes become references, and marks of direction reach no further than the
    /// text.
    pub fn escaped(text: &str) -> Html {
        let mut markup = String::with_capacity(text.len());
        for character in direction::contained(text).chars() {
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

    /// What it says, without its markup.
    pub fn words(&self) -> String {
        let mut text = String::with_capacity(self.0.len());
        let mut rest = &*self.0;
        while let Some((said, from_tag)) = rest.split_once('<') {
            text.push_str(said);
            text.push(' ');
            rest = from_tag.split_once('>').map_or("", |(_, after)| after);
        }
        text.push_str(rest);
        resolved(&text)
    }

    /// The same markup with every address and anchor in it changed. None takes an address away: the words of a link
    /// stay, and a picture becomes its words. What is put in is escaped.
    pub fn readdressed(&self, mut change: impl FnMut(Address) -> Option<String>) -> Html {
        let mut markup = String::with_capacity(self.0.len());
        let mut rest = &*self.0;
        // In safe markup `<` begins a tag, and an attribute's value holds neither quote nor angle bracket.
        while let Some((before, from_tag)) = rest.split_once('<') {
            markup.push_str(before);
            let Some((tag, after)) = from_tag.split_once('>') else {
                rest = from_tag;
                break;
            };
            markup.push_str(&readdress_tag(tag, &mut change));
            rest = after;
        }
        markup.push_str(rest);
        Html(markup.into())
    }
}

/// An address in markup, its references (`&amp;`) resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Address<'a> {
    Link(&'a str),
    Picture(&'a str),
    /// The name of a place, as headings have one.
    Anchor(&'a str),
}

/// `tag` is what stands between the angle brackets.
fn readdress_tag(tag: &str, change: &mut impl FnMut(Address) -> Option<String>) -> String {
    let is_picture = tag.starts_with("img ");
    for (name, quoted) in [("href", " href=\""), ("src", " src=\""), ("id", " id=\"")] {
        let Some((before, from_value)) = tag.split_once(quoted) else { continue };
        let Some((value, after)) = from_value.split_once('"') else { continue };
        let value = resolved(value);
        let changed = match name {
            "href" => change(Address::Link(&value)),
            "src" => change(Address::Picture(&value)),
            _ => change(Address::Anchor(&value)),
        };
        return match changed {
            Some(changed) => format!("<{before}{quoted}{}\"{after}>", Html::escaped(&changed)),
            None if is_picture => alternative(tag).to_string(),
            None => format!("<{before}{after}>"),
        };
    }
    format!("<{tag}>")
}

/// The words of a picture; they are escaped already.
fn alternative(tag: &str) -> &str {
    let value = tag.split_once(" alt=\"").and_then(|(_, value)| value.split_once('"'));
    value.map_or("", |(words, _)| words)
}

/// Text out of an attribute.
fn resolved(value: &str) -> String {
    let plain = value.replace("&quot;", "\"").replace("&#39;", "'").replace("&#x27;", "'");
    plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

impl fmt::Display for Html {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, Html, place};

    #[test]
    fn addresses_in_markup_are_changed_and_words_stay() {
        let html = Html::from_safe(
            "<h2 id=\"a\">A &lt;b&gt;</h2><p><a href=\"x.md?a=1&amp;b=2\" title=\"t\">x</a> <a href=\"gone\">y</a> \
             <img src=\"p.png\" alt=\"a &quot;b&quot;\" /></p>"
                .to_string(),
        );
        let changed = html.readdressed(|address| match address {
            Address::Link("x.md?a=1&b=2") => Some("p/x.html\"><script>".to_string()),
            Address::Link(_) | Address::Picture(_) => None,
            Address::Anchor(anchor) => Some(format!("text-{anchor}")),
        });
        assert_eq!(
            changed.as_str(),
            "<h2 id=\"text-a\">A &lt;b&gt;</h2><p><a href=\"p/x.html&quot;&gt;&lt;script&gt;\" title=\"t\">x</a> \
             <a>y</a> a &quot;b&quot;</p>"
        );
    }

    #[test]
    fn words_of_markup_stand_alone() {
        let html = Html::from_safe("<p title=\"t\">A &lt;b&gt; &amp; c</p><ul><li>d</li></ul>".to_string());
        assert_eq!(html.words().split_whitespace().collect::<Vec<_>>(), ["A", "<b>", "&", "c", "d"]);
    }

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

    #[test]
    fn lines_end_in_three_ways() {
        let places: Vec<(u32, u32)> =
            (0..8).map(|offset| place("a\r\nb\rc\nd", offset)).map(|place| (place.line, place.column)).collect();
        assert_eq!(places, [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (3, 1), (3, 2), (4, 1)]);
    }
}
