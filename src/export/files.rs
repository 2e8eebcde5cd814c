//! The data files of a version and of the portal: every export, and where it lies.

use crate::export::names::site_url;
use crate::export::{calendar, crawlers, csv, feed, json, json_schema};
use crate::site::words::Words;
use crate::version::Snapshot;

/// Of one version, as (address below its root, text). What is withheld from the snapshot is in none of them.
pub fn of_version(snapshot: &Snapshot, words: &Words) -> Vec<(String, String)> {
    let mut files = vec![
        ("data/programme.json".to_string(), json::text(snapshot)),
        ("data/programme.schema.json".to_string(), json_schema::text()),
        ("data/milestones.ics".to_string(), calendar::calendar(snapshot, words)),
    ];
    files.extend(csv::tables(snapshot).into_iter().map(|(name, text)| (format!("data/{name}"), text)));
    files
}

/// Of the whole portal, at its root: what needs its own address, and is left out without it. `pages` are those of the
/// version at the root.
pub fn of_portal<'a>(
    working: &Snapshot,
    issues: &[feed::Issue],
    words: &Words,
    pages: impl IntoIterator<Item = &'a str>,
) -> Vec<(&'static str, String)> {
    let site = &working.programme.settings.site;
    let Some(url) = site_url(site.url.as_ref()) else { return Vec::new() };
    let mut files = vec![
        (feed::ADDRESS, feed::feed(&url, working, issues, words)),
        ("robots.txt", crawlers::robots(&url, site.audience)),
    ];
    if site.audience.is_public() {
        files.push(("sitemap.xml", crawlers::sitemap(&url, pages)));
    }
    files
}
