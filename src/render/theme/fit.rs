//! Whether a programme's own theme fits this milepost: its number, the names of its files, the blocks of its templates.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::finding::Finding;
use crate::reading::near::nearest;
use crate::render::theme::{DEFAULT, EMBEDDED, INTERFACE, LOGO, STATEMENT, TOKENS};
use crate::source::{Source, Span};

/// The files of a theme by their names in its folder.
type Files<'a> = BTreeMap<&'a str, &'a Source>;

/// Found where `theme.toml` does not say `interface = 1`.
pub fn another_number(own: &Files, folder: &str) -> Option<Finding> {
    let theme = folder.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let unsaid = format!("the theme `{theme}` does not say for which interface it is written");
    let say = format!("write `interface = {INTERFACE}` into `{folder}{STATEMENT}`");
    let Some(source) = own.get(STATEMENT) else {
        return Some(Finding::new("theme-does-not-fit", Span::nowhere(), unsaid).help(say));
    };
    let table: toml::Table = match source.text.parse() {
        Ok(table) => table,
        Err(error) => {
            let error: toml::de::Error = error;
            let range = error.span().unwrap_or(0..0);
            let at = Span::new(&source.path, range.start, range.end);
            let message = format!("{unsaid}: {}", error.message());
            return Some(Finding::new("theme-does-not-fit", at, message).help(say));
        }
    };
    let Some(number) = table.get("interface").and_then(toml::Value::as_integer) else {
        return Some(Finding::new("theme-does-not-fit", Span::file(&source.path), unsaid).help(say));
    };
    if number == INTERFACE {
        return None;
    }
    let written = number.to_string();
    let start =
        source.text.find("interface").and_then(|key| Some(key + source.text[key..].find(&written)?)).unwrap_or(0);
    let at = Span::new(&source.path, start, start + written.len());
    let message = format!("this theme is written for interface {number}, and this milepost has interface {INTERFACE}");
    let help = if number > INTERFACE {
        "update milepost, or use an older version of the theme".to_string()
    } else {
        format!("hold it against `themes/README.md` of this milepost, then write `interface = {INTERFACE}`")
    };
    Some(Finding::new("theme-does-not-fit", at, message).help(help))
}

/// Files that nothing is made with, and blocks that nothing shows or that others miss. The theme can be used all the same.
pub fn strays(own: &Files) -> Vec<Finding> {
    let files = own.iter().filter_map(|(name, source)| stray_file(own, name, source));
    let blocks = own.iter().filter(|(name, _)| name.ends_with(".html"));
    files.chain(blocks.flat_map(|(name, source)| stray_blocks(own, name, source))).collect()
}

fn stray_file(own: &Files, name: &str, source: &Source) -> Option<Finding> {
    let embedded = EMBEDDED.iter().map(|(name, _)| *name);
    let known: Vec<&str> = embedded.chain([STATEMENT, TOKENS, LOGO]).collect();
    if known.contains(&name) || name.ends_with(".md") || name.ends_with(".txt") {
        return None;
    }
    let is_template = name.ends_with(".html");
    let quoted = format!("\"{name}\"");
    let is_part = source.text.contains("{% component ") || own.values().any(|other| other.text.contains(&quoted));
    if is_template && is_part {
        return None;
    }
    let what = if is_template { "no page" } else { "nothing" };
    let message = format!("{what} is made with `{name}`");
    let names: Vec<&str> = known.into_iter().filter(|known| !is_template || known.ends_with(".html")).collect();
    Some(Finding::new("template-error", Span::file(&source.path), message).about(name).help(help(name, &names)))
}

/// "did you mean …", or all that there are.
pub fn help(name: &str, names: &[&str]) -> String {
    match nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the names that are known: {}", names.join(", ")),
    }
}

fn stray_blocks(own: &Files, name: &str, source: &Source) -> Vec<Finding> {
    let found = |range: Range<usize>, message: String, help: String| {
        let at = Span::new(&source.path, range.start, range.end);
        Finding::new("template-error", at, message).about(name).help(help)
    };
    let blocks = blocks(&source.text);
    if let Some(parent) = extended(&source.text) {
        let above = inherited(own, name, parent);
        let strays = blocks.into_iter().filter(|(block, _)| !above.iter().any(|known| known == block));
        let strays = strays.map(|(block, range)| {
            let names: Vec<&str> = above.iter().map(String::as_str).collect();
            let message = format!("the block `{block}` is in no template that `{name}` extends");
            found(range, message, help(block, &names))
        });
        return strays.collect();
    }
    // A template of the default theme's that others extend keeps the blocks that they fill.
    let Some((_, default)) = EMBEDDED.iter().find(|(known, _)| *known == name) else { return Vec::new() };
    let is_extended = EMBEDDED.iter().any(|(_, text)| extended(text) == Some(name));
    let missing = self::blocks(default).into_iter().filter(|(block, _)| !blocks.iter().any(|(own, _)| own == block));
    let missing = missing.filter(|_| is_extended).map(|(block, _)| {
        let message = format!("the block `{block}` is missing, and other templates fill it");
        found(0..0, message, format!("write `{{% block {block} %}}{{% endblock %}}` where they are to stand"))
    });
    missing.collect()
}

/// The blocks of a template and of those that it extends, one above the other.
fn inherited(own: &Files, from: &str, parent: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut seen = vec![from.to_string()];
    let mut next = Some(parent.to_string());
    while let Some(name) = next.filter(|name| !seen.contains(name)) {
        let plain = name.trim_start_matches(DEFAULT);
        let embedded = EMBEDDED.iter().find(|(known, _)| *known == plain).map(|(_, text)| *text);
        let text = own.get(name.as_str()).map(|source| &*source.text).or(embedded).unwrap_or_default();
        names.extend(blocks(text).into_iter().map(|(block, _)| block.to_string()));
        next = extended(text).map(str::to_string);
        seen.push(name);
    }
    names
}

/// The template that one extends.
fn extended(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("{% extends \"")?;
    rest.split_once('"').map(|(name, _)| name)
}

/// The names of the blocks of a template, and where each stands.
fn blocks(text: &str) -> Vec<(&str, Range<usize>)> {
    let opened = text.match_indices("{% block ").map(|(at, opening)| at + opening.len());
    let named = opened.map(|start| {
        let length = text[start..].find(|letter: char| letter.is_whitespace() || letter == '%').unwrap_or(0);
        (&text[start..start + length], start..start + length)
    });
    named.collect()
}
