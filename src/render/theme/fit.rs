//! Whether a programme's own theme fits this milepost: its number, the names of its files, the blocks of its templates.

use std::collections::BTreeMap;

use crate::finding::Finding;
use crate::reading::near::nearest;
use crate::render::theme::{EMBEDDED, INTERFACE, LOGO, STATEMENT, TOKENS};
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

/// Files that nothing is made with. The theme can be used all the same.
pub fn strays(own: &Files) -> Vec<Finding> {
    own.iter().filter_map(|(name, source)| stray_file(own, name, source)).collect()
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

/// Blocks that templates of the default theme fill, and that those in the place of what they extend do not have.
pub fn missing_blocks(own: &Files) -> Vec<Finding> {
    own.iter().flat_map(|(name, source)| missing_from(name, source)).collect()
}

fn missing_from(name: &str, source: &Source) -> Vec<Finding> {
    let Some((_, default)) = EMBEDDED.iter().find(|(known, _)| *known == name) else { return Vec::new() };
    let is_extended = EMBEDDED.iter().any(|(_, text)| extended(text) == Some(name));
    if !is_extended || extended(&source.text).is_some() {
        return Vec::new();
    }
    let own = blocks(&source.text);
    let missing = blocks(default).into_iter().filter(|block| !own.contains(block)).map(|block| {
        let message = format!("the block `{block}` is missing, and other templates fill it");
        let help = format!("write `{{% block {block} %}}{{% endblock %}}` where they are to stand");
        Finding::new("template-error", Span::file(&source.path), message).about(name).help(help)
    });
    missing.collect()
}

/// What to do about a block that no template has which this one extends; None for any other message.
pub fn block_help(message: &str) -> Option<String> {
    let (block, _) = message.strip_prefix("block `")?.split_once("` is not defined")?;
    let mut known: Vec<&str> = EMBEDDED.iter().flat_map(|(_, text)| blocks(text)).collect();
    known.sort_unstable();
    known.dedup();
    Some(help(block, &known))
}

/// The template that one extends.
fn extended(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("{% extends \"")?;
    rest.split_once('"').map(|(name, _)| name)
}

/// The names of the blocks of a template.
fn blocks(text: &str) -> Vec<&str> {
    let opened = text.split("{% block ").skip(1);
    let named = opened.filter_map(|rest| rest.split(|letter: char| letter.is_whitespace() || letter == '%').next());
    named.collect()
}
