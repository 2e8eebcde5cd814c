//! The documentation of every rule is its test: the programme under `## Fails` draws exactly the findings that stand
//! below it, the one under `## Passes` differs in one line and does not have the rule.
//!
//! `UPDATE=1 cargo test` writes the findings into the documentation; read the difference.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use milepost::cli::blocks::blocks;
use milepost::cli::terminal;
use milepost::finding::Severity;
use milepost::model::assemble::Clock;
use milepost::rules::{self, Rule};
use milepost::source::{Asset, Inputs, Source, Unreadable};
use milepost::version::Judged;

use crate::support;

/// Rules whose fault a few lines cannot show: line ends, a frozen version, a theme, a large portal. The stage that raises
/// them tests them.
const SHOWN_ELSEWHERE: &[&str] = &[
    "mixed-line-ends",
    "version-altered",
    "version-number-not-increasing",
    "data-date-not-increasing",
    "template-error",
    "theme-does-not-fit",
    "output-too-large",
];

#[test]
fn every_rule_finds_what_its_documentation_shows() {
    let mut wrong = Vec::new();
    for rule in rules::ALL {
        let documentation = Documentation::read(rule);
        if SHOWN_ELSEWHERE.contains(&rule.name) {
            continue;
        }
        wrong.extend(documentation.check(rule));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_pair_of_files_is_listed_and_says_what_and_why() {
    let mut stems: BTreeSet<String> = BTreeSet::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_string();
        if stem != "judge" {
            stems.insert(stem);
        }
    }
    let listed: BTreeSet<String> = rules::ALL.iter().map(|rule| rule.name.replace('-', "_")).collect();
    assert_eq!(stems, listed);
    for rule in rules::ALL {
        assert!(rule.documentation.starts_with(&format!("# {}\n", rule.name)), "the heading of {}", rule.name);
        assert!(rule.what().ends_with('.') && !rule.what().contains(". "), "what {} is: {}", rule.name, rule.what());
        assert!(rule.why().ends_with('.'), "why {} matters: {}", rule.name, rule.why());
    }
}

#[test]
fn every_listed_name_is_raised_and_every_raised_name_is_listed() {
    let mut raised = BTreeSet::new();
    let mut texts = String::new();
    for path in rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let text = fs::read_to_string(&path).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for call in text.split("Finding::new(").skip(1) {
            if let Some((name, _)) = call.trim_start().strip_prefix('"').and_then(|call| call.split_once('"')) {
                raised.insert(name.to_string());
            }
        }
        texts.extend(text.lines().filter(|line| !line.trim_start().starts_with("name: \"")));
    }
    let unlisted: Vec<&String> = raised.iter().filter(|name| rules::find(name).is_none()).collect();
    assert!(unlisted.is_empty(), "raised and not in rules.rs: {unlisted:?}");
    let idle: Vec<&str> =
        rules::ALL.iter().map(|rule| rule.name).filter(|name| !texts.contains(&format!("\"{name}\""))).collect();
    assert!(idle.is_empty(), "in rules.rs and raised nowhere: {idle:?}");
}

#[test]
fn a_pasted_list_without_settings_is_told_in_at_most_twelve_blocks() {
    let list = include_str!("../content/milestones.md");
    let files = Files::from([("content/milestones.md".to_string(), ("markdown".to_string(), list.to_string()))]);
    let findings = findings(&inputs(&files));
    let titles: Vec<String> = blocks(&findings).iter().map(|block| block.title()).collect();
    assert!((1..=12).contains(&titles.len()), "{titles:#?}");
    let none_is_an_error = findings.iter().all(|finding| finding.severity < Severity::Error);
    assert!(none_is_an_error, "{}", terminal::short(&findings, ""));
}

/// The fenced files of a rule's documentation, by path: language and text.
type Files = BTreeMap<String, (String, String)>;

struct Documentation {
    path: PathBuf,
    text: String,
    fails: Files,
    findings: String,
    /// What stands between the findings and `## Passes`: why there are others than the rule's own.
    explanation: String,
    /// With the files that are not repeated.
    passes: Files,
}

impl Documentation {
    fn read(rule: &Rule) -> Documentation {
        let path = folder().join(rule.name.replace('-', "_")).with_extension("md");
        let text = fs::read_to_string(&path).unwrap();
        let (fails, passes) = text.split_once("\n## Passes\n").unwrap_or((&text, ""));
        let mut files = fenced(fails.split_once("\n## Fails\n").expect("a section `## Fails`").1);
        let findings = files.remove("findings").map_or_else(String::new, |(_, text)| text);
        let explanation = fails.rsplit_once("\n```\n").map_or_else(String::new, |(_, words)| words.to_string());
        let mut passing = files.clone();
        passing.extend(fenced(passes));
        Documentation { path, fails: files, findings, explanation, passes: passing, text }
    }

    fn check(&self, rule: &Rule) -> Vec<String> {
        let mut wrong = Vec::new();
        let judged = findings(&inputs(&self.fails));
        let others = judged.iter().filter(|finding| finding.rule != rule.name && finding.severity > Severity::Note);
        for other in others.map(|finding| format!("`{}`", finding.rule)).collect::<BTreeSet<String>>() {
            if !self.explanation.contains(&other) {
                wrong.push(format!("{}: nothing below its findings says why {other} is among them", rule.name));
            }
        }
        let found = terminal::short(&judged, "");
        if !found.contains(&format!("[{}]", rule.name)) {
            wrong.push(format!("{}: the programme under Fails does not have it:\n{found}", rule.name));
        }
        if found != self.findings {
            if std::env::var_os("UPDATE").is_some() {
                let old = format!("```findings\n{}```", self.findings);
                let text = self.text.replacen(&old, &format!("```findings\n{found}```"), 1);
                fs::write(&self.path, text).unwrap();
            } else {
                wrong.push(format!("{}: written\n{}found\n{found}", rule.name, self.findings));
            }
        }
        let changed: Vec<&String> =
            self.passes.keys().filter(|path| self.fails.get(*path) != self.passes.get(*path)).collect();
        let [path] = changed[..] else {
            wrong.push(format!("{}: Passes should change one file, not {changed:?}", rule.name));
            return wrong;
        };
        let before = self.fails.get(path).map_or("", |(_, text)| text);
        if changed_lines(before, &self.passes[path].1) > 1 {
            wrong.push(format!("{}: Passes changes more than one line of {path}", rule.name));
        }
        let found = findings(&inputs(&self.passes));
        if found.iter().any(|finding| finding.rule == rule.name && finding.allowed.is_none()) {
            wrong.push(format!("{}: Passes has it too:\n{}", rule.name, terminal::short(&found, "")));
        }
        wrong
    }
}

/// Blocks whose first line is "```language path"; the block of findings has no path and is told by its language. A path
/// that ends with "in 0.9, 2026-02-06" is the file as it was when that version was frozen: see `inputs`.
fn fenced(text: &str) -> Files {
    let mut files = Files::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let (language, path) = info.split_once(' ').unwrap_or((info, info));
        let body: String = lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
        files.insert(path.to_string(), (language.to_string(), body));
    }
    files
}

/// How many lines of the longer text are not in the other, counting from the first that differs to the last.
fn changed_lines(before: &str, after: &str) -> usize {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let same = before.iter().zip(&after).take_while(|(left, right)| left == right).count();
    let (before, after) = (&before[same..], &after[same..]);
    let same = before.iter().rev().zip(after.iter().rev()).take_while(|(left, right)| left == right).count();
    before.len().max(after.len()) - same
}

/// The files as they are now, with the versions that their former states tell of, frozen. A version has the files of now,
/// its own in their place, and its own number and data date in programme.yaml; a block of its own that is empty says that
/// the file was not there.
fn inputs(files: &Files) -> Inputs {
    let mut versions: BTreeMap<(&str, &str), Files> = BTreeMap::new();
    let mut now = Files::new();
    for (path, file) in files {
        match path.split_once(" in ").and_then(|(path, when)| Some((path, when.split_once(", ")?))) {
            Some((path, (version, date))) => {
                versions.entry((date, version)).or_default().insert(path.to_string(), file.clone());
            }
            None => {
                now.insert(path.clone(), file.clone());
            }
        }
    }
    let mut inputs = inputs_of(&now);
    for ((date, version), former) in versions {
        let mut then = now.clone();
        then.extend(former);
        then.retain(|_, (_, text)| !text.is_empty());
        if let Some((_, settings)) = then.get_mut("content/programme.yaml") {
            let line = |line: &str| match line.split_once(':') {
                Some(("version", _)) => format!("version: \"{version}\"\n"),
                Some(("data_date", _)) => format!("data_date: {date}\n"),
                _ => format!("{line}\n"),
            };
            *settings = settings.lines().map(line).collect();
        }
        support::freeze(&inputs_of(&then), &mut inputs);
    }
    inputs
}

/// `unreadable` files are there and cannot be read, for the reason in their block; what is not Markdown or YAML is an asset.
fn inputs_of(files: &Files) -> Inputs {
    let mut inputs = Inputs { root: "content/".into(), ..Inputs::default() };
    for (path, (language, text)) in files {
        let path: Arc<str> = path.as_str().into();
        match language.as_str() {
            "unreadable" => inputs.unreadable.push(Unreadable { path, reason: text.trim().to_string() }),
            "yaml" | "markdown" => inputs.sources.push(Source { path, text: text.as_str().into() }),
            _ => {
                let sha256 = milepost::output::sha256(text.as_bytes());
                inputs.assets.push(Asset { path, length: text.len() as u64, sha256 });
            }
        }
    }
    inputs
}

fn findings(inputs: &Inputs) -> Vec<Judged> {
    let clock = Clock { as_of: None, fallback: "2026-02-18".parse().unwrap() };
    milepost::pipeline::findings(inputs, clock)
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules")
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}
