//! Holds what milepost writes as JSON to schemas, by a validator that is not ours.
//!
//! The schema of SARIF is OASIS's, kept in `schemas/` with its licence beside it: nothing is fetched.

use std::path::Path;

use jsonschema::Validator;
use serde_json::Value;

use crate::support::{copy_of, demo, files, run};

/// Where a document does not keep to a schema, and why.
fn faults(validator: &Validator, document: &Value) -> Vec<String> {
    validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn validator(schema: &str) -> Validator {
    jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap()
}

fn sarif() -> Validator {
    // Its pattern of a language closes a bracket that it never opened, which the validator refuses to read.
    validator(&include_str!("schemas/sarif-2.1.0.json").replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$"))
}

fn log(folder: &Path) -> Value {
    let run = run(&["check", "--format", "sarif"], folder);
    serde_json::from_str(&run.out).unwrap()
}

/// The gallery draws findings of most families and has a state of every kind; its allowance makes a suppression.
#[test]
fn sarif_keeps_to_its_schema_with_results_suppressions_and_states() {
    let gallery = copy_of("tests/programmes/gallery");
    let settings = gallery.path().join("content/programme.yaml");
    let allowed = "allow: [{ rule: drifting, at: M20, reason: known, by: Di Diaz, until: 2026-12-31 }]\n";
    let text = std::fs::read_to_string(&settings).unwrap() + allowed;
    std::fs::write(&settings, text).unwrap();
    let nothing = tempfile::tempdir().unwrap();
    for folder in [gallery.path(), demo().path(), nothing.path()] {
        let faults = faults(&sarif(), &log(folder));
        assert!(faults.is_empty(), "{faults:#?}");
    }
    let told = &log(gallery.path())["runs"][0];
    let results = told["results"].as_array().unwrap();
    let has = |part: &str| results.iter().any(|result| !result[part].is_null());
    assert!(results.len() > 30 && has("suppressions") && has("relatedLocations"), "{told:#}");
    assert!(told["properties"]["states"].as_array().unwrap().len() > 100);
}

#[test]
fn validator_names_what_is_wrong_in_a_log() {
    let mut log = log(demo().path());
    log["runs"][0]["results"][0]["level"] = "grave".into();
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0.into();
    let faults = faults(&sarif(), &log);
    assert_eq!(faults.len(), 2, "{faults:#?}");
}

#[test]
fn programme_in_json_keeps_to_the_schema_beside_it() {
    for name in ["demo", "gallery"] {
        let folder = if name == "demo" { demo() } else { copy_of("tests/programmes/gallery") };
        let built = run(&["build"], folder.path());
        assert_eq!(built.code, 0, "{}{}", built.out, built.err);
        let portal = files(&folder.path().join("output"));
        let documents: Vec<&String> = portal.keys().filter(|path| path.ends_with("data/programme.json")).collect();
        assert!(documents.len() > 1, "each version has one: {documents:?}");
        for path in documents {
            let schema = std::str::from_utf8(&portal[&path.replace(".json", ".schema.json")]).unwrap();
            let faults = faults(&validator(schema), &serde_json::from_slice(&portal[path]).unwrap());
            assert!(faults.is_empty(), "{name}, {path}: {faults:#?}");
        }
    }
}
