//! Finds files and folders whose names are nearly those that say what is in them.

use std::collections::{HashMap, HashSet};

use crate::finding::{Finding, Severity};
use crate::model::narrative::below_root;
use crate::model::reference::Kind;
use crate::reading::near;
use crate::rules::{Family, Rule};
use crate::source::{Span, is_settings_name};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "misspelt-name",
    family: Family::Structure,
    severity: Severity::Warning,
    documentation: include_str!("misspelt_name.md"),
    several: None,
    check: Some(check),
};

/// What the file of settings may be called; the first is proposed.
const SETTINGS: [&str; 2] = ["programme", "program"];

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut meant_by: HashMap<&str, Option<&str>> = HashMap::new();
    let nearly_known = programme.prose.anchors.keys().filter_map(|path| {
        let inner = below_root(path);
        let folder = inner.split_once('/').map(|(folder, _)| folder);
        let meant = match folder {
            Some(folder) => *meant_by.entry(folder).or_insert_with(|| meant_by_folder(folder)),
            None => meant_by_file(inner),
        };
        Some((path, inner, folder, meant?))
    });
    let nearly_known: Vec<_> = nearly_known.collect();
    if nearly_known.is_empty() {
        return Vec::new();
    }
    let records = programme.records();
    let read: HashSet<(Kind, &str)> =
        records.flat_map(|(of, record)| record.parts.iter().map(move |part| (of.kind, &*part.path))).collect();
    let is_read = |meant: &str, path: &str| Kind::named(meant).is_some_and(|kind| read.contains(&(kind, path)));
    let mut findings = Vec::new();
    let mut told = HashSet::new();
    for (path, inner, folder, meant) in nearly_known {
        // What says for itself what it is needs no name for it.
        if is_read(meant, path) {
            continue;
        }
        match folder {
            Some(folder) if told.insert(folder) => findings.push(of_folder(path, folder, meant)),
            Some(_) => {}
            None => findings.push(of_file(path, inner, meant)),
        }
    }
    findings
}

fn meant_by_folder(folder: &str) -> Option<&'static str> {
    let is_known = Kind::named(folder).is_some() || folder == "pages";
    near::nearest(folder, folders().chain(["pages"])).filter(|_| !is_known)
}

/// A YAML file at the top: there the name says what it is, and what is in it often does not.
fn meant_by_file(name: &str) -> Option<&'static str> {
    let (stem, extension) = name.rsplit_once('.')?;
    let is_yaml = extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml");
    let is_known = is_settings_name(name) || Kind::named(stem).is_some();
    near::nearest(stem, SETTINGS.into_iter().chain(folders())).filter(|_| is_yaml && !is_known)
}

fn folders() -> impl Iterator<Item = &'static str> {
    Kind::ALL.into_iter().map(Kind::folder)
}

fn of_folder(path: &str, folder: &str, meant: &str) -> Finding {
    if folder == meant {
        let message = format!("the folder `{folder}` is read as pages: {folder} have no files of their own");
        return found(path, folder, message)
            .help(format!("write them under `{folder}:` of the record that they belong to"));
    }
    let message = format!("the folder `{folder}` says nothing of what is in it; did you mean `{meant}`?");
    found(path, folder, message).help(format!("rename it to `{meant}`, so that its files are read for what they are"))
}

fn of_file(path: &str, name: &str, meant: &str) -> Finding {
    let extension = name.rsplit_once('.').map_or("yaml", |(_, extension)| extension);
    let (meant, what) = match SETTINGS.contains(&meant) {
        true => (SETTINGS[0], "is not read as the settings"),
        false => (meant, "says nothing of what is in it"),
    };
    let message = format!("the file `{name}` {what}; did you mean `{meant}.{extension}`?");
    found(path, name, message).help(format!("rename it to `{meant}.{extension}`, so that it is read for what it is"))
}

fn found(path: &str, subject: &str, message: String) -> Finding {
    Finding::new("misspelt-name", Span::file(&path.into()), message).label("nearly a known name").about(subject)
}
