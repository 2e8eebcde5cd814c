//! What is fuzzed, and what must hold of anything that is read: the fuzzers and `cargo test` call the same functions.

use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;
use milepost::finding::Finding;
use milepost::model::assemble::{Clock, assemble};
use milepost::model::calendar::Calendar;
use milepost::model::history::History;
use milepost::model::window;
use milepost::reading::windows::{self, Habits};
use milepost::render::theme::Theme;
use milepost::site::{self, Versions};
use milepost::source::{Inputs, Source, Span, place};
use milepost::syntax::{self, Block, Document, Node, Text, Tree, front_matter};
use milepost::version::{Judged, Snapshot, snapshot};
use milepost::{rules, status};

/// Takes any text, and panics where something does not hold.
type Target = fn(&str);

/// The targets by name.
pub const TARGETS: &[(&str, Target)] = &[
    ("front_matter", front_matter),
    ("yaml", |text| drop(parsed("content/records.yaml", text))),
    ("table", table),
    ("window", window),
    ("document", document),
];

/// The files of a programme that an input of `document` holds, one behind the other with a form feed between them.
const FILES: &[&str] =
    &["content/milestones.md", "content/programme.yaml", "content/records.yaml", "content/risks/risk.md"];

/// Calls a target. What is no text never comes as far as any of them.
pub fn run(name: &str, bytes: &[u8]) {
    let (_, target) = TARGETS.iter().find(|(target, _)| *target == name).expect("each binary has a target");
    if let Ok(text) = str::from_utf8(bytes)
        && !text.contains('\0')
    {
        target(text);
    }
}

fn front_matter(text: &str) {
    let source = source("content/record.md", text);
    let (front, body) = front_matter::split(&source, &mut Vec::new());
    assert_eq!(body.end, text.len(), "the body ends where the file ends");
    assert!(text.is_char_boundary(body.start));
    if let Some(front) = front {
        assert!(front.end < body.start, "a line that closes it stands between front matter and body");
        assert!(text.get(front).is_some());
    }
    parsed(&source.path, &text[..body.start]);
}

fn table(text: &str) {
    for block in parsed("content/milestones.md", text).blocks {
        let Block::Table(table) = block else { continue };
        for row in &table.rows {
            assert_eq!(row.cells.len(), table.header.len(), "rows are as wide as the header");
        }
    }
}

fn window(text: &str) {
    // The length chooses how the calendar is kept: it changes with nearly every input.
    let (day_first, fiscal_year_start) = if text.len().is_multiple_of(2) { (true, 1) } else { (false, 4) };
    let Some(notation) = windows::read(text, Habits { day_first, fiscal_year_start }) else { return };
    let start = NaiveDate::from_ymd_opt(2026, 2, 2).expect("a day of the calendar");
    for week_1 in [None, Some(start), Some(NaiveDate::MAX), Some(NaiveDate::MIN)] {
        let calendar = Calendar { week_1, day_first, fiscal_year_start, ..Calendar::default() };
        let window = window::resolve(text, &notation, &calendar);
        assert_eq!(window.text, text);
        assert_eq!(window.start.is_some(), window.end.is_some());
    }
}

/// A whole programme, as far as the plain data of its pages.
fn document(text: &str) {
    static THEME: LazyLock<Theme> = LazyLock::new(Theme::embedded);
    let files = FILES.iter().zip(text.splitn(FILES.len(), '\x0c'));
    let sources = files.map(|(path, text)| source(path, text)).collect();
    let inputs = Inputs { root: "content/".into(), sources, ..Inputs::default() };
    let told = told(&inputs);
    let frozen = snapshot::to_json(&told);
    assert!(frozen == snapshot::to_json(&self::told(&inputs)), "the same input gives the same bytes");
    let text = str::from_utf8(&frozen).expect("JSON is text");
    let thawed = snapshot::from_json(&source("versions/1/snapshot.json", text)).expect("what is frozen can be read");
    assert!(frozen == snapshot::to_json(&thawed), "what is frozen is read as it was");
    let shown = site::withhold(told.clone(), told.programme.settings.site.audience);
    for page in site::plan(&shown, &Versions::alone(&shown), THEME.words()) {
        let leads_out = page.url.split('/').any(|part| matches!(part, "" | "." | ".."));
        assert!(!leads_out, "`{}` leads out of the portal", page.url);
    }
}

/// Every stage that makes a programme of its sources.
fn told(inputs: &Inputs) -> Snapshot {
    let (documents, findings): (Vec<_>, Vec<_>) = inputs.sources.iter().map(syntax::parse).unzip();
    let documents: Vec<Arc<Document>> = documents.into_iter().map(Arc::new).collect();
    let fallback = NaiveDate::from_ymd_opt(2026, 3, 1).expect("a day of the calendar");
    let (programme, found) = assemble(&documents, inputs, History::default(), Clock { as_of: None, fallback });
    let facts = status::Facts::new(&programme);
    let standing = status::derive(&facts);
    let mut findings: Vec<Finding> = findings.into_iter().flatten().chain(found).collect();
    findings.extend(rules::check(&facts, &standing));
    findings.iter().for_each(|finding| check_finding(finding, inputs));
    let findings = rules::judge(findings, &programme.settings, inputs, programme.settings.data_date.date);
    findings.iter().for_each(check_judged);
    Snapshot {
        schema: snapshot::SCHEMA,
        programme: Arc::new(programme),
        standing: Arc::new(standing),
        findings: Arc::new(findings),
        withheld: Vec::new(),
    }
}

/// Takes a text apart, and looks at every place in it.
fn parsed(path: &str, text: &str) -> Document {
    let source = source(path, text);
    let (document, findings) = syntax::parse(&source);
    let inputs = Inputs { sources: vec![source], ..Inputs::default() };
    findings.iter().for_each(|finding| check_finding(finding, &inputs));
    document.data.iter().for_each(|data| check_node(data, &inputs));
    document.blocks.iter().for_each(|block| check_block(block, &inputs));
    document.links.iter().for_each(|link| check_span(&link.at, &inputs));
    document
}

fn source(path: &str, text: &str) -> Source {
    Source { path: path.into(), text: text.into() }
}

/// A place is in a file that there is, and its ends are between characters.
fn check_span(at: &Span, inputs: &Inputs) {
    if !at.path.is_empty() {
        let source = inputs.source(&at.path).unwrap_or_else(|| panic!("{at:?} is in no file"));
        assert!(source.text.get(at.start as usize..at.end as usize).is_some(), "{at:?} is not a part of the text");
    }
}

fn check_finding(finding: &Finding, inputs: &Inputs) {
    assert!(!finding.message.is_empty() && rules::find(finding.rule).is_some(), "{finding:?}");
    check_span(&finding.at, inputs);
    if let Some(source) = inputs.source(&finding.at.path) {
        let (start, end) = (place(&source.text, finding.at.start), place(&source.text, finding.at.end));
        assert!(start <= end && start.line > 0 && start.column > 0, "{finding:?}");
    }
    finding.related.iter().for_each(|(at, _)| check_span(at, inputs));
}

fn check_judged(finding: &Judged) {
    assert!(finding.start.line > 0 && finding.start.column > 0 && finding.start <= finding.end, "{finding:?}");
}

/// Every letter of a text stands somewhere within it.
fn check_text(text: &Text, inputs: &Inputs) {
    check_span(&text.at, inputs);
    for (start, letter) in text.plain.char_indices() {
        let at = text.span(start..start + letter.len_utf8());
        assert!(text.at.contains(&at), "{letter:?} of {text:?} stands at {at:?}");
        check_span(&at, inputs);
    }
    for mark in &text.marks {
        assert!(text.plain.get(mark.range.clone()).is_some(), "{mark:?} of {text:?}");
        check_span(&text.slice(mark.range.clone()).at, inputs);
    }
}

fn check_node(node: &Node, inputs: &Inputs) {
    check_span(&node.at, inputs);
    match &node.tree {
        Tree::Null => {}
        Tree::Scalar(text) => check_text(text, inputs),
        Tree::List(items) => items.iter().for_each(|item| check_node(item, inputs)),
        Tree::Map(entries) => entries.iter().for_each(|(key, value)| {
            check_text(key, inputs);
            check_node(value, inputs);
        }),
    }
}

fn check_block(block: &Block, inputs: &Inputs) {
    match block {
        Block::Heading { text, .. } | Block::Paragraph { text, .. } => check_text(text, inputs),
        Block::List { items, at, .. } => {
            check_span(at, inputs);
            for item in items {
                check_span(&item.at, inputs);
                check_text(&item.text, inputs);
                item.children.iter().for_each(|child| check_block(child, inputs));
            }
        }
        Block::Table(table) => {
            check_span(&table.at, inputs);
            let rows = table.rows.iter();
            let cells = rows.flat_map(|row| row.cells.iter().chain(&row.surplus));
            table.header.iter().chain(cells).for_each(|cell| check_text(cell, inputs));
            table.rows.iter().for_each(|row| check_span(&row.at, inputs));
        }
        Block::Other { at, .. } => check_span(at, inputs),
    }
}
