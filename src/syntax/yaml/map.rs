//! What stands in a YAML map: its keys, the places of empty values, what it inherits through `<<`.

use std::collections::HashSet;

use crate::finding::Finding;
use crate::source::Span;
use crate::syntax::{Node, Text, Tree};

/// What a map waits for.
pub enum Key {
    Awaited,
    Given(Text),
    /// The key was not a word; its value is read and left out.
    Unusable,
}

/// What a node is as a key.
pub fn key(node: Node, yaml: &str, offset: usize, findings: &mut Vec<Finding>) -> Key {
    let range = node.at.start as usize - offset..node.at.end as usize - offset;
    match node.tree {
        Tree::Scalar(text) => Key::Given(text),
        Tree::Null if !range.is_empty() => Key::Given(Text::literal(&yaml[range], node.at)),
        Tree::Null => {
            let finding = Finding::new("yaml-does-not-parse", node.at, "a key is missing before the `:`")
                .label("nothing stands before it")
                .help("write `key: value`");
            findings.push(finding);
            Key::Unusable
        }
        Tree::List(_) | Tree::Map(_) => {
            let finding = Finding::new("yaml-does-not-parse", node.at, "a list or a map stands where a key should be")
                .label("not a word")
                .help("put a text that begins with `{` or `[` in quotes");
            findings.push(finding);
            Key::Unusable
        }
    }
}

/// A word processor's quotes around the whole of a text are quotes.
pub fn without_smart_quotes(text: Text) -> Text {
    let opens = |letter: char| matches!(letter, '“' | '”' | '„' | '«' | '‘');
    let closes = |letter: char| matches!(letter, '“' | '”' | '»' | '’');
    let inner = text.plain.strip_prefix(opens).and_then(|rest| rest.strip_suffix(closes));
    match inner {
        Some(inner) if !inner.is_empty() && !inner.contains(|letter| opens(letter) || closes(letter)) => {
            let start = inner.as_ptr() as usize - text.plain.as_ptr() as usize;
            text.slice(start..start + inner.len())
        }
        _ => text,
    }
}

/// An empty value stands behind its key's colon, where an author would write it.
pub fn with_place(mut node: Node, key: &Text, yaml: &str, offset: usize) -> Node {
    if node.at.start == node.at.end {
        let after = (key.at.end as usize).saturating_sub(offset).min(yaml.len());
        let line = yaml[after..].lines().next().unwrap_or_default();
        if let Some(colon) = line.find(':') {
            let space = usize::from(line[colon + 1..].starts_with(' '));
            let place = (offset + after + colon + 1 + space) as u32;
            node.at = Span { start: place, end: place, ..node.at };
        }
    }
    node
}

/// The finding for a key that its map has already.
pub fn duplicate(second: &Text, first: &Text) -> Finding {
    let message = format!("`{}` is given twice", second.plain);
    Finding::new("duplicate-key", second.at.clone(), message)
        .label("given again here")
        .related(first.at.clone(), "first given here")
        .help("keep one of them; the last is used")
        .about(&*second.plain)
}

/// The entries of `<<` in its place, but for those that the map has itself.
pub fn with_merged(entries: Vec<(Text, Node)>) -> Vec<(Text, Node)> {
    let is_merge = |key: &Text, value: &Node| {
        let is_map = |node: &Node| matches!(node.tree, Tree::Map(_));
        key.plain == "<<"
            && (is_map(value)
                || matches!(&value.tree, Tree::List(items) if !items.is_empty() && items.iter().all(is_map)))
    };
    if !entries.iter().any(|(key, value)| is_merge(key, value)) {
        return entries;
    }
    let mut known: HashSet<String> = entries.iter().map(|(key, _)| key.plain.clone()).collect();
    let mut merged = Vec::new();
    for (key, value) in entries {
        if !is_merge(&key, &value) {
            merged.push((key, value));
            continue;
        }
        let maps = match value.tree {
            Tree::List(items) => items,
            _ => vec![value],
        };
        for map in maps {
            let Tree::Map(inherited) = map.tree else { continue };
            merged.extend(inherited.into_iter().filter(|(key, _)| known.insert(key.plain.clone())));
        }
    }
    merged
}
