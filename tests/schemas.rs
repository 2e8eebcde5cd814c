//! Holds what milepost writes as JSON to schemas, by a validator that is not ours.
//!
//! The schema of SARIF is OASIS's: it is read from the sources of the crate `serde-sarif`, which cargo has at hand.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

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

static SARIF: LazyLock<Validator> = LazyLock::new(|| {
    let schema = std::fs::read_to_string(sources_of("serde-sarif").join("src/schema.json")).unwrap();
    // Its pattern of a language closes a bracket that it never opened, which the validator refuses to read.
    validator(&schema.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$"))
});

/// The folder of a crate's sources, wherever cargo keeps them. Crates of other platforms need not be there.
fn sources_of(name: &str) -> PathBuf {
    let rustc = told_by("rustc", &["-vV"]);
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let asked =
        ["metadata", "--format-version=1", "--offline", "--locked", "--filter-platform", host, "--manifest-path"];
    let told = told_by(env!("CARGO"), &[&asked[..], &[manifest]].concat());
    let told: Value = serde_json::from_str(&told).unwrap();
    let packages = told["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == name).unwrap();
    Path::new(package["manifest_path"].as_str().unwrap()).parent().unwrap().to_owned()
}

fn told_by(program: &str, arguments: &[&str]) -> String {
    let run = Command::new(program).args(arguments).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
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
        let faults = faults(&SARIF, &log(folder));
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
    let faults = faults(&SARIF, &log);
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
