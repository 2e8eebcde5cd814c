//! Line ends as different systems write them: `\n`, `\r\n`, and `\r` alone.

use crate::finding::Finding;
use crate::source::{Source, Span};

/// The finding for a file whose lines do not all end alike.
pub fn mixed(source: &Source) -> Option<Finding> {
    let kinds = Kinds::of(&source.text);
    let named = [(kinds.feeds, "LF"), (kinds.both, "CRLF"), (kinds.returns, "CR")];
    let named: Vec<String> =
        named.iter().filter(|(count, _)| *count > 0).map(|(count, name)| format!("{count} in {name}")).collect();
    let (last, first) = named.split_last().filter(|(_, first)| !first.is_empty())?;
    let message = format!("the lines do not end alike: {} and {last}", first.join(", "));
    let finding = Finding::new("mixed-line-ends", Span::file(&source.path), message);
    Some(finding.help("choose one of them in your editor (LF or CRLF) and save the file"))
}

/// The source with `\n` for each `\r` that stands alone, which a Mac of old wrote; every place in it stays where it is.
/// None where there is none.
pub fn without_returns(source: &Source) -> Option<Source> {
    if Kinds::of(&source.text).returns == 0 {
        return None;
    }
    let mut letters = source.text.chars().peekable();
    let text = std::iter::from_fn(|| {
        let letter = letters.next()?;
        Some(if letter == '\r' && letters.peek() != Some(&'\n') { '\n' } else { letter })
    });
    Some(Source { path: source.path.clone(), text: text.collect::<String>().into() })
}

/// How many lines end in each way.
struct Kinds {
    feeds: usize,
    both: usize,
    returns: usize,
}

impl Kinds {
    fn of(text: &str) -> Kinds {
        let count = |byte: u8| text.bytes().filter(|each| *each == byte).count();
        let (feeds, returns) = (count(b'\n'), count(b'\r'));
        let both = if returns == 0 { 0 } else { text.matches("\r\n").count() };
        Kinds { feeds: feeds - both, both, returns: returns - both }
    }
}
