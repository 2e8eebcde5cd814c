//! One programme in any form is one model.

use milepost::model::Programme;
use milepost::model::assemble::{Clock, assemble};
use milepost::model::history::History;
use milepost::source::{Asset, Inputs};
use milepost::syntax;
use proptest::prop_assert_eq;
use serde_json::Value;

use super::draw::{Outcome, holds};
use super::forms::{self, File};
use crate::support;

/// Two files that evidence may point at.
pub fn inputs(files: &[File]) -> Inputs {
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let asset =
        |name: &str| Asset { path: format!("files/{name}.txt").into(), length: 1, sha256: name.repeat(64).into() };
    Inputs { assets: vec![asset("a"), asset("b")], ..support::inputs(&files) }
}

/// What is found in reading that is right, by rule.
const EXPECTED: [&str; 2] = ["column-not-understood", "unknown-key"];

/// What is read from files, and what is found in reading.
pub fn read(files: &[File], clock: Clock) -> (Programme, Vec<String>) {
    let inputs = inputs(files);
    let documents: Vec<_> = inputs.sources.iter().map(|source| syntax::parse(source).0.into()).collect();
    let (programme, findings) = assemble(&documents, &inputs, History::default(), clock);
    let found = findings.iter().filter(|finding| !EXPECTED.contains(&finding.rule));
    (programme, found.map(|finding| format!("{}: {}", finding.rule, finding.message)).collect())
}

/// The model as data, each list of records by id: the author's order is that of files and rows, and so of the form.
/// Places (paths, lines) are never part of it. All else is compared.
fn model(programme: &Programme) -> Value {
    let mut model = serde_json::to_value(programme).unwrap();
    for list in model.as_object_mut().unwrap().values_mut().filter_map(Value::as_array_mut) {
        list.sort_by_key(|record| (record["kind"].to_string(), record["record"]["id"].to_string()));
    }
    model
}

fn agree(form: &str, files: &[File], other: &str, with: &[File]) -> Outcome {
    let ((one, found), (two, also)) = (read(files, support::clock()), read(with, support::clock()));
    prop_assert_eq!(found, Vec::<String>::new(), "{}", told(form, files));
    prop_assert_eq!(also, Vec::<String>::new(), "{}", told(other, with));
    let (one, two) = (serde_json::to_string_pretty(&model(&one)), serde_json::to_string_pretty(&model(&two)));
    let (one, two) = (one.unwrap(), two.unwrap());
    let differs: Vec<String> = one
        .lines()
        .zip(two.lines())
        .filter(|(left, right)| left != right)
        .take(4)
        .map(|(left, right)| format!("{form}: {left}\n{other}: {right}\n"))
        .collect();
    prop_assert_eq!(one.len(), two.len(), "{}\n{}\n{}", differs.concat(), told(form, files), told(other, with));
    prop_assert_eq!(differs.concat(), "", "{}\n{}", told(form, files), told(other, with));
    Ok(())
}

fn told(form: &str, files: &[File]) -> String {
    let files = files.iter().map(|(path, text)| format!("--- {form}: {path}\n{text}"));
    files.collect::<Vec<_>>().join("\n")
}

#[test]
fn tables_say_what_lists_say() {
    holds(|programme, _| agree("lists", &forms::lists(programme), "tables", &forms::tables(programme)));
}

#[test]
fn files_say_what_lists_say() {
    holds(|programme, _| agree("lists", &forms::lists(programme), "files", &forms::files(programme)));
}

#[test]
fn maps_say_what_lists_say() {
    holds(|programme, _| agree("lists", &forms::lists(programme), "maps", &forms::maps(programme)));
}

#[test]
fn one_yaml_file_a_record_says_what_lists_say() {
    holds(|programme, _| agree("lists", &forms::lists(programme), "single", &forms::single(programme)));
}

#[test]
fn parts_say_what_the_whole_says() {
    holds(|programme, draw| agree("lists", &forms::lists(programme), "parts", &forms::parts(programme, draw)));
}
