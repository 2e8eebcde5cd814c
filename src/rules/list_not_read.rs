//! Finds lists in files that milepost does not read.

use std::collections::BTreeSet;

use crate::finding::{Finding, Severity};
use crate::model::Programme;
use crate::model::narrative::{below_root, resolve};
use crate::model::reference::Kind;
use crate::rules::{Family, Rule};
use crate::source::Span;
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "list-not-read",
    family: Family::Completeness,
    severity: Severity::Note,
    documentation: include_str!("list_not_read.md"),
    several: Some("{n} files are not read, and may be lists: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let used = used(programme);
    let files = programme.assets.iter().filter(|asset| !used.contains(&*asset.path));
    files.filter_map(|asset| fault(&asset.path, below_root(&asset.path))).collect()
}

/// What is evidence, or linked from a text: a file to have, and not to be read.
fn used(programme: &Programme) -> BTreeSet<String> {
    let evidence = programme.evidence.iter().filter_map(|item| item.asset.as_ref()).map(|asset| asset.to_string());
    let links = programme.prose.links.iter().filter_map(|link| {
        let folder = link.at.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        resolve(folder, link.target.split(['#', '?']).next().unwrap_or_default())
    });
    evidence.chain(links).collect()
}

/// What a table is saved as, and what else a list may be in where its name says that it is one.
const TABLES: [&str; 2] = ["csv", "tsv"];
const PERHAPS: [&str; 6] = ["txt", "xlsx", "xls", "ods", "docx", "odt"];

fn fault(path: &str, inner: &str) -> Option<Finding> {
    let (folders, name) = inner.rsplit_once('/').unwrap_or(("", inner));
    let top = folders.split('/').next().unwrap_or_default();
    let (stem, extension) = name.rsplit_once('.')?;
    let has = |known: &[&str]| known.iter().any(|one| extension.eq_ignore_ascii_case(one));
    // Versions and themes are no content, and what lies beside the evidence is proof.
    if matches!(top, "versions" | "themes") || Kind::named(top) == Some(Kind::Evidence) {
        return None;
    }
    let is_register = Kind::named(stem).is_some() || has(&["txt", "csv", "tsv"]) && Kind::named(top).is_some();
    let is_list = has(&TABLES) || is_register && has(&PERHAPS);
    is_list.then(|| {
        let message = format!("`{name}` is not read: only `.md` and `.yaml` files are");
        let help = format!("paste its rows into `{stem}.md` as they are, or name the file in evidence or a link");
        let path: std::sync::Arc<str> = path.into();
        let finding =
            Finding::new("list-not-read", Span::file(&path), message).label("not read").help(help).about(name);
        if is_register { finding.graver(Severity::Warning) } else { finding }
    })
}
