//! `versions.json`: the list of versions in the shape that documentation hosts know.

use serde::Serialize;

use crate::output::Content;
use crate::version::VersionInfo;

#[derive(Serialize)]
struct Entry<'a> {
    version: &'a str,
    title: String,
    aliases: Vec<&'static str>,
}

/// The working state first, then the frozen versions, newest first; the newest frozen one is `latest`.
pub fn versions(working: &VersionInfo, frozen: &[VersionInfo]) -> Content {
    let title = |info: &VersionInfo, what: &str| format!("{} {what}, {}", info.version, info.data_date);
    let own = Entry { version: "working", title: title(working, "working"), aliases: Vec::new() };
    let frozen = frozen.iter().rev().enumerate().map(|(index, info)| Entry {
        version: &info.version,
        title: title(info, "frozen"),
        aliases: if index == 0 { vec!["latest"] } else { Vec::new() },
    });
    let entries: Vec<Entry> = std::iter::once(own).chain(frozen).collect();
    let mut json = serde_json::to_string_pretty(&entries).expect("a list of versions is plain data");
    json.push('\n');
    json.into()
}
