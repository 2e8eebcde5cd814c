//! Strings made to break what shows them, in every field, link, id and file name of a programme, held to parsers that are
//! not ours: no page, drawing, table, calendar, feed or line on a terminal is anything but what it would be without them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use icalendar::Component;
use milepost::cli::terminal::is_unseen;
use milepost::output::Content;
use milepost::pipeline::{self, Memory};
use rayon::prelude::*;
use serde_json::Value;

use crate::support;

mod browser;
mod page;
mod programme;

use programme::{Elsewhere, ONLY, Version};

type Files = BTreeMap<String, String>;

#[derive(serde::Deserialize)]
struct List {
    group: Vec<Group>,
}

/// Strings that are here for one reason.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    why: String,
    strings: Vec<String>,
    /// How often each is written, one behind the other.
    #[serde(default = "once")]
    times: usize,
    /// Whether they mean something in some field, so that a page with them rightly has another shape.
    #[serde(default)]
    means: bool,
}

fn once() -> usize {
    1
}

fn groups() -> Vec<Group> {
    toml::from_str::<List>(include_str!("strings/strings.toml")).unwrap().group
}

fn strings() -> Vec<String> {
    groups().iter().flat_map(|group| group.strings.iter().map(|text| text.repeat(group.times))).collect()
}

/// As many strings that nobody could object to.
fn harmless(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("word {number}")).collect()
}

fn inputs(files: &[(String, String)]) -> milepost::source::Inputs {
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    milepost::source::Inputs { root: "content/".into(), ..support::inputs(&files) }
}

fn built(inputs: &milepost::source::Inputs) -> Files {
    let built = pipeline::build(inputs, support::clock(), &Memory::default());
    let of_files = ["yaml-does-not-parse", "unreadable-file"];
    let unread = built.findings.iter().find(|finding| of_files.contains(&&*finding.rule));
    assert!(unread.is_none(), "{:.2000}", format!("{unread:?}"));
    let output = built.output.expect("a draft is always built");
    let texts = output.files.iter().filter_map(|(address, content)| match content {
        Content::Bytes { bytes, .. } => Some((address.clone(), String::from_utf8(bytes.to_vec()).unwrap())),
        Content::CopyOf { .. } => None,
    });
    texts.collect()
}

/// The portal with every string in every field.
static PORTAL: LazyLock<Files> =
    LazyLock::new(|| built(&inputs(&programme::in_every_field(&strings(), Elsewhere::Fitting, ONLY))));

/// What is wrong with the pages and their drawings, each fault once with a page that has it.
fn faults(portal: &Files) -> Vec<String> {
    let pages: Vec<_> = portal.iter().filter(|(address, _)| address.ends_with(".html")).collect();
    let found = pages.par_iter().flat_map_iter(|(address, markup)| {
        let dangers = page::dangers(markup).into_iter();
        let drawings = page::drawings(markup).into_iter().filter_map(|drawing| {
            let problem = roxmltree::Document::parse(drawing).err()?;
            Some(format!("a drawing is not XML: {problem}"))
        });
        dangers.chain(drawings).map(move |fault| (fault, address.as_str())).collect::<Vec<_>>()
    });
    let found: BTreeMap<String, &str> = found.collect();
    found.into_iter().take(20).map(|(fault, address)| format!("{address}: {fault:.300}")).collect()
}

#[track_caller]
fn check(portal: &Files) {
    let faults = faults(portal);
    assert!(faults.is_empty(), "{faults:#?}");
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn there_are_many_and_each_group_says_why() {
    let all: BTreeSet<String> = strings().into_iter().collect();
    assert!(all.len() >= 200, "{} strings", all.len());
    assert!(groups().iter().all(|group| group.why.ends_with('.')));
}

#[test]
fn no_field_breaks_a_page() {
    let data = json(&PORTAL["data/programme.json"]);
    for kind in ["milestones", "risks", "evidence", "decisions"] {
        assert_eq!(data[kind].as_array().unwrap().len(), strings().len(), "{kind}");
    }
    check(&PORTAL);
}

#[test]
fn no_value_that_is_not_understood_breaks_a_page() {
    let strings = strings();
    let some: Vec<String> = strings.into_iter().step_by(2).collect();
    check(&built(&inputs(&programme::in_every_field(&some, Elsewhere::Words, ONLY))));
}

#[test]
fn no_id_and_no_name_of_a_file_breaks_a_page() {
    let portal = built(&inputs(&programme::in_names(&strings())));
    check(&portal);
    for address in portal.keys() {
        let parts: Vec<&str> = address.split('/').collect();
        assert!(!parts.iter().any(|part| matches!(*part, "" | "." | "..")), "{address}");
        assert!(!address.contains(|it: char| it.is_control() || " \\:<>\"'|?*#&%".contains(it)), "{address}");
    }
}

#[test]
fn no_prose_and_no_table_breaks_a_page() {
    check(&built(&inputs(&programme::in_markdown(&strings()))));
}

#[test]
fn no_setting_breaks_a_page() {
    let strings = strings();
    let found = strings.par_chunks(5).flat_map_iter(|words| {
        let faults = faults(&built(&inputs(&programme::in_settings(words))));
        faults.into_iter().map(move |fault| format!("{words:.60?}: {fault}"))
    });
    let found: Vec<String> = found.collect();
    assert!(found.is_empty(), "{found:#?}");
}

/// A page has no element where pages of its kind with other words have none. How many there are may differ, and which are bold
/// or links: an odd word is told as odd, and what a link leads to is looked at elsewhere.
#[test]
fn pages_keep_their_structure() {
    let groups = groups();
    let plain = groups.iter().filter(|group| !group.means);
    let words = plain.flat_map(|group| &group.strings).filter(|text| is_seen(text) && !names_a_record(text)).cloned();
    let words: Vec<String> = words.step_by(3).collect();
    let build = |words: &[String]| built(&inputs(&programme::in_every_field(words, Elsewhere::Fitting, ONLY)));
    let (hostile, harmless) = (build(&words), build(&harmless(words.len())));
    assert!(hostile.keys().eq(harmless.keys()));
    let kind = |address: &str| address.split_once('/').map_or(address, |(folder, _)| folder).to_string();
    let pages = |portal: &Files| -> Vec<(String, String)> {
        let pages = portal.iter().filter(|(address, _)| address.ends_with(".html"));
        pages.map(|(address, markup)| (address.clone(), markup.clone())).collect()
    };
    let places: Vec<(String, BTreeSet<String>)> =
        pages(&harmless).par_iter().map(|(address, markup)| (kind(address), page::skeleton(markup))).collect();
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (kind, places) in places {
        known.entry(kind).or_default().extend(places);
    }
    let found = pages(&hostile).into_par_iter().flat_map_iter(|(address, markup)| {
        let is_known = |place: &String| is_within_a_line(place) || known[&kind(&address)].contains(place);
        let new = page::skeleton(&markup).into_iter().filter(|place| !is_known(place));
        new.map(|place| (place, address.clone())).collect::<Vec<_>>()
    });
    let found: BTreeMap<String, String> = found.collect();
    assert!(found.is_empty(), "{} places: {:#?}", found.len(), found.iter().take(12).collect::<Vec<_>>());
}

/// Whether an element, the last of a place, is one that words in a sentence have.
fn is_within_a_line(place: &str) -> bool {
    let name = place.rsplit(' ').next().and_then(|element| element.split('[').next()).unwrap_or_default();
    ["a", "strong", "span", "code"].contains(&name)
}

/// Whether anything of it is left where it is trimmed.
fn is_seen(text: &str) -> bool {
    text.chars().any(|character| character.is_alphanumeric())
}

/// Whether it speaks of a record that is there, and so becomes a link.
fn names_a_record(text: &str) -> bool {
    let words = text.split(|character: char| !character.is_alphanumeric());
    words
        .filter_map(|word| word.strip_prefix(['M', 'R', 'E', 'D', 'W', 'I', 'A']))
        .any(|rest| rest.parse::<u32>().is_ok())
}

#[test]
fn tables_hold_the_words_and_no_formula() {
    let tables = PORTAL.iter().filter(|(address, _)| address.ends_with(".csv"));
    let mut seen = 0;
    for (address, text) in tables {
        let text = text.strip_prefix('\u{feff}').unwrap();
        let mut reader = csv::ReaderBuilder::new().terminator(csv::Terminator::CRLF).from_reader(text.as_bytes());
        for row in reader.records() {
            let row = row.unwrap_or_else(|error| panic!("{address}: {error}"));
            for cell in &row {
                let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
                assert!(!runs || cell.parse::<i64>().is_ok(), "{address}: {cell:?}");
                seen += 1;
            }
        }
    }
    assert!(seen > 10_000, "{seen} cells");
    let mut risks = csv::Reader::from_reader(PORTAL["data/risks.csv"].as_bytes());
    let rows: Vec<BTreeMap<String, String>> = risks.deserialize().map(Result::unwrap).collect();
    let data = json(&PORTAL["data/programme.json"]);
    for (row, record) in rows.iter().zip(data["risks"].as_array().unwrap()) {
        let title = record["title"].as_str().unwrap();
        assert_eq!(row["title"].strip_prefix('\'').filter(|rest| *rest == title).unwrap_or(&row["title"]), title);
    }
}

/// A calendar has the lines that it has with other words, and says the words.
#[test]
fn calendar_has_no_line_of_an_author() {
    let words = strings();
    let other = built(&inputs(&programme::in_every_field(&harmless(words.len()), Elsewhere::Fitting, ONLY)));
    let names = |text: &str| -> Vec<String> {
        assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\n', '\r'])));
        let unfolded = text.replace("\r\n ", "");
        unfolded.split("\r\n").map(|line| line.split([':', ';']).next().unwrap_or_default().to_string()).collect()
    };
    let text = &PORTAL["data/milestones.ics"];
    assert_eq!(names(text), names(&other["data/milestones.ics"]));
    let calendar: icalendar::Calendar = text.parse().unwrap();
    let told: Vec<String> = calendar
        .components
        .iter()
        .filter_map(|it| it.as_event()?.property_value("SUMMARY").map(str::to_string))
        .collect();
    assert!(told.iter().any(|summary| summary.contains("<script>alert(1)</script>")), "{told:.300?}");
}

#[test]
fn scripts_and_documents_hold_nothing_but_data() {
    for (address, text) in PORTAL.iter().filter(|(address, _)| address.ends_with(".json")) {
        let parsed: Result<Value, _> = serde_json::from_str(text);
        assert!(parsed.is_ok(), "{address}: {parsed:.200?}");
    }
    let rows =
        PORTAL["data/search.js"].strip_prefix("searchIndex(").and_then(|text| text.strip_suffix(");\n")).unwrap();
    let rows: Vec<[String; 5]> = serde_json::from_str(rows).unwrap();
    assert!(rows.iter().any(|row| row[2].contains("</script>")));
    assert!(!PORTAL["data/search.js"].contains(['<', '\u{2028}', '\u{2029}']));
    let css = &PORTAL["print.css"];
    assert!(css.chars().all(|it| it == '\n' || !it.is_control()) && !css.contains('<'), "{css:.300}");
}

/// What was frozen with the words in it is shown, compared and told as safely.
#[test]
fn frozen_versions_and_the_feed_are_as_safe() {
    let some: Vec<String> = strings().into_iter().step_by(5).collect();
    let version = |words: &[String], version| inputs(&programme::in_every_field(words, Elsewhere::Fitting, version));
    let mut now = version(&harmless(some.len()), Version("1.2", "2026-02-20"));
    support::freeze(&version(&harmless(some.len()), Version("1.0", "2026-02-18")), &mut now);
    support::freeze(&version(&some, Version("1.1", "2026-02-19")), &mut now);
    let portal = built(&now);
    check(&portal);
    let feed: atom_syndication::Feed = portal["changes.atom"].parse().unwrap();
    assert_eq!(feed.entries().len(), 2);
    for address in ["changes.atom", "sitemap.xml"] {
        assert!(roxmltree::Document::parse(&portal[address]).is_ok(), "{address}");
    }
    let told = feed.entries()[0].content().and_then(|content| content.value()).unwrap();
    assert!(told.contains("<script>alert(1)</script>"), "{told:.500}");
}

/// Neither a terminal nor the log of a build can be made to obey.
#[test]
fn what_is_printed_commands_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let acts =
        |text: &String| text.len() < 200 && (text.contains(is_unseen) || text.contains("::") || text.contains("##"));
    let some: Vec<String> = strings().into_iter().filter(acts).step_by(2).chain(commands()).collect();
    let mut files = programme::in_every_field(&some, Elsewhere::Words, ONLY);
    files.extend(programme::in_names(&commands()).into_iter().filter(|(path, _)| path.contains("risks/")));
    write(folder.path(), &files);
    let milepost = |arguments: &[&str]| {
        let run = support::run(arguments, folder.path());
        assert!(run.code < 2, "{arguments:?}: {:.500}", run.err);
        for text in [&run.out, &run.err] {
            let unseen = text.chars().find(|character| *character != '\n' && is_unseen(*character));
            assert_eq!(unseen, None, "{arguments:?}");
            let command = text.lines().find(|line| line.contains("##[") || line.contains("##vso["));
            assert_eq!(command, None, "{arguments:?}");
        }
        run
    };
    // Three colons are how a frame of another file begins, and no command.
    let is_command = |line: &str| line.trim_start().starts_with("::") && !line.trim_start().starts_with(":::");
    for arguments in [
        &["check"][..],
        &["check", "--format", "short"],
        &["check", "--format", "json"],
        &["check", "--format", "sarif"],
        &["build"],
        &["inspect", "."],
        &["inspect", ".", "--format", "json"],
        &["explain", "M0"],
        &["explain", "R3"],
        &["fmt", "--check"],
    ] {
        let run = milepost(arguments);
        assert!(!run.out.lines().chain(run.err.lines()).any(is_command), "{arguments:?}");
        if arguments.contains(&"json") || arguments.contains(&"sarif") {
            json(&run.out);
        }
    }
    let annotations = milepost(&["check", "--format", "github"]).out;
    assert!(annotations.lines().count() > 5);
    for line in annotations.lines() {
        let known = ["::error ", "::warning ", "::notice "].iter().any(|word| line.starts_with(word));
        assert!(known, "{line:.300}");
    }
}

/// Strings that are meant for logs, as names of files too.
fn commands() -> Vec<String> {
    ["::error::forged", "##[error]forged", "x ##vso[task.complete]y", "x\u{1b}[2Jx", "x\u{202e}x"]
        .map(str::to_string)
        .into()
}

fn write(folder: &Path, files: &[(String, String)]) {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}
