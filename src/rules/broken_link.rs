//! Finds links that lead nowhere: to a page, a place in one, or a file that is not there.

use std::collections::BTreeSet;

use crate::finding::{Finding, Severity};
use crate::model::Programme;
use crate::model::evidence::is_address;
use crate::model::narrative::{Link, resolve};
use crate::reading::near;
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "broken-link",
    family: Family::Publication,
    severity: Severity::Error,
    documentation: include_str!("broken_link.md"),
    several: Some("{n} links lead nowhere: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let records = programme.records().flat_map(|(_, record)| &record.parts).map(|part| &*part.path);
    let places = Places {
        programme,
        pages: records.chain(programme.narratives.iter().map(|narrative| narrative.path.as_str())).collect(),
        assets: programme.assets.iter().map(|asset| &*asset.path).collect(),
    };
    // A location of evidence is looked for in more places than a link is.
    let locations: Vec<_> = programme.evidence.iter().filter_map(|item| item.location.as_ref()).collect();
    let is_location = |link: &Link| locations.iter().any(|location| location.at.contains(&link.at));
    let links = programme.prose.links.iter().filter(|link| !is_elsewhere(&link.target));
    let broken = links.filter_map(|link| Some((link, places.fault(link)?))).filter(|(link, _)| !is_location(link));
    let findings = broken.map(|(link, (message, help))| {
        let finding = Finding::new("broken-link", link.at.clone(), message).label("leads nowhere");
        finding.help(help).about(link.target.as_str())
    });
    findings.collect()
}

/// Of another site or another program, which nobody can look at from here.
fn is_elsewhere(target: &str) -> bool {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme);
    let has_scheme =
        scheme.is_some_and(|scheme| scheme.len() > 1 && scheme.bytes().all(|byte| byte.is_ascii_alphabetic()));
    has_scheme || is_address(target) || target.starts_with("//")
}

/// Where links can lead.
struct Places<'a> {
    programme: &'a Programme,
    /// The sources that have a page, or records that do.
    pages: BTreeSet<&'a str>,
    assets: BTreeSet<&'a str>,
}

impl Places<'_> {
    /// What is wrong with a link, and what to do.
    fn fault(&self, link: &Link) -> Option<(String, String)> {
        let (file, anchor) = link.target.split_once('#').unwrap_or((&link.target, ""));
        let file = file.split('?').next().unwrap_or_default();
        let own: &str = &link.at.path;
        let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = if file.is_empty() { Some(own.to_string()) } else { resolve(folder, file) };
        let Some(path) = path else {
            return Some((
                format!("`{file}` lies outside of the programme"),
                "link to a file below its folder".to_string(),
            ));
        };
        if self.assets.contains(path.as_str()) {
            return None;
        }
        let Some(anchors) = self.programme.prose.anchors.get(&path) else {
            let sources = self.programme.prose.anchors.keys().map(String::as_str);
            let near = near::nearest(&path, sources.chain(self.assets.iter().copied()));
            let near = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            let help = format!("a link is seen from the folder of the text it stands in: `{path}`{near}");
            return Some((format!("there is no `{file}`"), help));
        };
        if !self.pages.contains(path.as_str()) {
            let help = "link to a text with words of its own, or to the file of a record".to_string();
            return Some((format!("the portal has no page of `{file}`"), help));
        }
        if anchor.is_empty() || anchors.contains(anchor) {
            return None;
        }
        let near = near::nearest(anchor, anchors.iter().map(String::as_str));
        let help = match near {
            Some(near) => format!("did you mean `#{near}`?"),
            None => "name a heading as it is written, in lower case and with `-` for spaces".to_string(),
        };
        let text = if file.is_empty() { "this text".to_string() } else { format!("`{file}`") };
        Some((format!("no heading of {text} is `#{anchor}`"), help))
    }
}
