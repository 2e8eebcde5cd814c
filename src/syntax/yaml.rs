//! YAML to a spanned tree.
//!
//! It is built from the parser events of serde-saphyr (`serde_saphyr::granit_parser`), not through serde: there a plain
//! `1.00` reaches an untyped visitor as the number 1, a list or map has the place of its first character only, and
//! nothing tells `"~"` from `~`. The limits that serde-saphyr keeps above the events are kept here.

mod map;
mod problem;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use serde_saphyr::granit_parser::{self, Event, Options, Parser, ScalarStyle};

use crate::finding::Finding;
use crate::source::{Source, Span, limits};
use crate::syntax::alignment::{self, Notation};
use crate::syntax::yaml::map::Key;
use crate::syntax::{Node, Text, Tree};

/// What a node counts as among the bytes that references add.
const NODE_COST: usize = 128;

/// Parses bytes `range` of the source. None where there is nothing, or where it does not parse.
pub fn parse(source: &Source, range: Range<usize>, findings: &mut Vec<Finding>) -> Option<Node> {
    let yaml = &source.text[range.clone()];
    let mut builder = Builder {
        path: &source.path,
        yaml,
        offset: range.start,
        findings: Vec::new(),
        open: Vec::new(),
        root: None,
        anchors: HashMap::new(),
        nodes: 0,
        copied: 0,
    };
    let read = builder.read();
    findings.append(&mut builder.findings);
    match read {
        Ok(()) => builder.root.filter(|root| root.tree != Tree::Null),
        Err(finding) => {
            findings.push(*finding);
            None
        }
    }
}

struct Builder<'s> {
    path: &'s Arc<str>,
    yaml: &'s str,
    /// Where `yaml` begins in the source.
    offset: usize,
    findings: Vec<Finding>,
    open: Vec<Open>,
    root: Option<Node>,
    anchors: HashMap<usize, Node>,
    nodes: usize,
    copied: usize,
}

/// A list or map whose end has not come.
struct Open {
    start: usize,
    anchor: usize,
    inside: Inside,
}

enum Inside {
    List(Vec<Node>),
    Map { entries: Vec<(Text, Node)>, keys: HashMap<String, usize>, key: Key },
}

impl Builder<'_> {
    fn read(&mut self) -> Result<(), Box<Finding>> {
        for result in Parser::new_from_str_with_options(self.yaml, options()) {
            let (event, span) = result.map_err(|error| problem::finding(self.path, self.yaml, self.offset, &error))?;
            let range = span.byte_range().unwrap_or(0..0);
            match event {
                Event::DocumentStart(..) if self.root.is_some() => {
                    self.find_second_document(range);
                    return Ok(());
                }
                Event::Scalar(value, style, anchor, _) => {
                    let node = self.scalar(&value, style, range);
                    self.add(node, anchor)?;
                }
                Event::SequenceStart(_, anchor, _) => {
                    self.begin(range, anchor, Inside::List(Vec::new()))?;
                }
                Event::MappingStart(_, anchor, _) => {
                    let inside = Inside::Map { entries: Vec::new(), keys: HashMap::new(), key: Key::Awaited };
                    self.begin(range, anchor, inside)?;
                }
                Event::SequenceEnd | Event::MappingEnd => self.end(range)?,
                Event::Alias(anchor) => {
                    let node = self.resolve(anchor, range)?;
                    self.add(node, 0)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn scalar(&self, value: &str, style: ScalarStyle, range: Range<usize>) -> Node {
        let written = &self.yaml[range.clone()];
        let quoted = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted) && written.len() >= 2;
        let inside = match style {
            _ if quoted => range.start + 1..range.end - 1,
            ScalarStyle::Literal | ScalarStyle::Folded => block_lines(written, range.clone()),
            _ => range,
        };
        let at = self.span(inside.clone());
        if style == ScalarStyle::Plain && matches!(value, "" | "~" | "null" | "Null" | "NULL") {
            return Node { tree: Tree::Null, at };
        }
        let notation = match style {
            ScalarStyle::SingleQuoted => Notation::SingleQuoted,
            ScalarStyle::DoubleQuoted => Notation::DoubleQuoted,
            _ => Notation::Plain,
        };
        let plain = value.trim();
        let runs = alignment::runs(plain, &self.yaml[inside.clone()], self.offset + inside.start, notation);
        let text = Text { plain: plain.to_string(), at, marks: Vec::new(), runs };
        Node::scalar(if style == ScalarStyle::Plain { map::without_smart_quotes(text) } else { text })
    }

    fn begin(&mut self, range: Range<usize>, anchor: usize, inside: Inside) -> Result<(), Box<Finding>> {
        if self.open.len() >= limits::YAML_DEEP {
            return Err(self.too_deep(range));
        }
        self.open.push(Open { start: range.start, anchor, inside });
        Ok(())
    }

    fn end(&mut self, range: Range<usize>) -> Result<(), Box<Finding>> {
        let open = self.open.pop().expect("the parser closes what it has opened");
        let (tree, last) = match open.inside {
            Inside::List(items) => {
                let last = items.last().map(|item| item.at.end);
                (Tree::List(items), last)
            }
            Inside::Map { entries, .. } => {
                let last = entries.last().map(|(key, value)| key.at.end.max(value.at.end));
                (Tree::Map(map::with_merged(entries)), last)
            }
        };
        // A block ends where the next thing begins; its last word is what an author sees as its end.
        let written = &self.yaml[open.start..range.end.max(open.start)];
        let end = if written.ends_with([']', '}']) && range.end > range.start {
            range.end
        } else {
            let last = last.map_or(range.end, |last| (last as usize).saturating_sub(self.offset));
            // The place of a quoted text is without its quotes.
            last + usize::from(self.yaml.get(last..).is_some_and(|rest| rest.starts_with(['"', '\''])))
        };
        let end = end.clamp(open.start, self.yaml.len());
        self.add(Node { tree, at: self.span(open.start..end) }, open.anchor)
    }

    fn add(&mut self, node: Node, anchor: usize) -> Result<(), Box<Finding>> {
        self.nodes += 1;
        let range = node.at.start as usize - self.offset..node.at.end as usize - self.offset;
        if self.nodes > limits::YAML_VALUES {
            let help = format!("split it: one file may hold {}", limits::told(limits::YAML_VALUES));
            return Err(self.too_much(range, "the file holds too many values", &help));
        }
        if anchor > 0 {
            self.copy_cost(&node, &range)?;
            self.anchors.insert(anchor, node.clone());
        }
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return Ok(());
        };
        match &mut open.inside {
            Inside::List(items) => items.push(node),
            Inside::Map { entries, keys, key } => match std::mem::replace(key, Key::Awaited) {
                Key::Awaited => *key = map::key(node, self.yaml, self.offset, &mut self.findings),
                Key::Unusable => {}
                Key::Given(name) => {
                    let value = map::with_place(node, &name, self.yaml, self.offset);
                    if let Some(first) = keys.insert(name.plain.clone(), entries.len()) {
                        self.findings.push(map::duplicate(&name, &entries[first].0));
                    }
                    entries.push((name, value));
                }
            },
        }
        Ok(())
    }

    fn resolve(&mut self, anchor: usize, range: Range<usize>) -> Result<Node, Box<Finding>> {
        let Some(node) = self.anchors.get(&anchor).cloned() else {
            return Err(self.too_much(range, "a value refers to itself", "write the value out instead"));
        };
        self.copy_cost(&node, &range)?;
        if self.open.len() + depth(&node) > limits::YAML_DEEP {
            return Err(self.too_deep(range));
        }
        Ok(node)
    }

    fn copy_cost(&mut self, node: &Node, range: &Range<usize>) -> Result<(), Box<Finding>> {
        self.copied += cost(node);
        if self.copied > limits::YAML_REFERENCES {
            let most = limits::YAML_REFERENCES / limits::MEGABYTE;
            let message = format!("references make the file too large: what they add may have {most} MB");
            return Err(self.too_much(range.clone(), &message, "write the values out, without `&` and `*`"));
        }
        Ok(())
    }

    fn too_deep(&self, range: Range<usize>) -> Box<Finding> {
        self.too_much(range, "lists are nested too deeply in one another", &problem::nest_less())
    }

    fn too_much(&self, range: Range<usize>, message: &str, help: &str) -> Box<Finding> {
        let end = range.end.min(range.start + 40);
        let end = (range.start..=end).rev().find(|end| self.yaml.is_char_boundary(*end)).unwrap_or(range.start);
        Box::new(Finding::new("yaml-does-not-parse", self.span(range.start..end), message).label("here").help(help))
    }

    fn find_second_document(&mut self, range: Range<usize>) {
        let rest = self.yaml[range.start..].trim_start_matches("---").trim();
        if rest.is_empty() || rest == "..." {
            return;
        }
        let finding =
            Finding::new("yaml-does-not-parse", self.span(range), "a second document begins here, and is not read")
                .label("the first ends here")
                .help("put it into a file of its own, or make one list of both");
        self.findings.push(finding);
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.path, self.offset + range.start, self.offset + range.end)
    }
}

fn options() -> Options {
    granit_parser::options! {
        emit_comments: false,
        disallow_directives: false,
        flow_nesting_limit: limits::YAML_DEEP,
        block_nesting_limit: limits::YAML_DEEP,
    }
}

/// The lines of a block scalar, without its header.
fn block_lines(written: &str, range: Range<usize>) -> Range<usize> {
    let header =
        if written.starts_with(['|', '>']) { written.find('\n').map_or(written.len(), |end| end + 1) } else { 0 };
    let lines = &written[header..];
    let start = range.start + header + (lines.len() - lines.trim_start().len());
    start..start + lines.trim().len()
}

fn cost(node: &Node) -> usize {
    NODE_COST
        + match &node.tree {
            Tree::Null => 0,
            Tree::Scalar(text) => text.plain.len(),
            Tree::List(items) => items.iter().map(cost).sum(),
            Tree::Map(entries) => entries.iter().map(|(key, value)| NODE_COST + key.plain.len() + cost(value)).sum(),
        }
}

fn depth(node: &Node) -> usize {
    match &node.tree {
        Tree::Null | Tree::Scalar(_) => 0,
        Tree::List(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Tree::Map(entries) => 1 + entries.iter().map(|(_, value)| depth(value)).max().unwrap_or(0),
    }
}
