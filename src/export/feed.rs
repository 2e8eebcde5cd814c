//! `changes.atom`: what was issued, version by version, and what each changed. RFC 4287.

use crate::export::names::{encoded, xml};
use crate::site::words::Words;
use crate::version::Snapshot;
use crate::version::diff::{diff, told};

/// Where it lies.
pub const ADDRESS: &str = "changes.atom";

/// A frozen version as its audience may see it.
pub struct Issue<'a> {
    pub snapshot: &'a Snapshot,
    /// The one before it.
    pub before: Option<&'a Snapshot>,
    /// Where its pages are below the portal's root; None where they are left out of this build.
    pub base: Option<&'a str>,
}

/// `site` is where the portal is published, `issues` are newest first. Ids stay what they are when the portal grows; days
/// are data dates.
pub fn feed(site: &str, working: &Snapshot, issues: &[Issue], words: &Words) -> String {
    let settings = &working.programme.settings;
    let newest = issues.first().map_or(working, |issue| issue.snapshot);
    let mut feed =
        String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    let mut line = |text: String| {
        feed.push_str(&text);
        feed.push('\n');
    };
    let site = xml(site);
    line(format!("<id>{site}{ADDRESS}</id>"));
    line(format!("<title>{}</title>", xml(&settings.name)));
    line(format!("<updated>{}</updated>", stamp(newest)));
    line(format!("<author><name>{}</name></author>", xml(&settings.name)));
    line(format!("<link rel=\"self\" type=\"application/atom+xml\" href=\"{site}{ADDRESS}\"/>"));
    line(format!("<link rel=\"alternate\" type=\"text/html\" href=\"{site}versions.html\"/>"));
    for issue in issues {
        line(entry(&site, issue, words));
    }
    feed.push_str("</feed>\n");
    feed
}

fn entry(site: &str, issue: &Issue, words: &Words) -> String {
    let settings = &issue.snapshot.programme.settings;
    let id = format!("{site}v/{}/", encoded(&settings.version));
    let page = issue.base.map_or_else(|| "versions.html".to_string(), |base| format!("{}index.html", encoded(base)));
    let standing = &issue.snapshot.standing.programme;
    let colour = words.of("colour", standing.colour.code());
    let values = [("programme", &*settings.name), ("version", &settings.version), ("colour", &colour)];
    let title = words.fill("feed.title", &values);
    let reason = words.fill("feed.reason", &[("reason", &standing.reason.sentence)]);
    let changed = issue.before.map(|before| changed(before, issue.snapshot)).unwrap_or_default();
    format!(
        "<entry>\n<id>{id}</id>\n<title>{}</title>\n<updated>{}</updated>\n<link rel=\"alternate\" type=\"text/html\" \
         href=\"{site}{page}\"/>\n<summary>{}</summary>\n<content type=\"text\">{}</content>\n</entry>",
        xml(&title),
        stamp(issue.snapshot),
        xml(&reason),
        xml(&format!("{reason}\n{changed}")),
    )
}

/// The Changes page in lines.
fn changed(before: &Snapshot, after: &Snapshot) -> String {
    let groups = told::sentences(&diff(before, after)).into_iter();
    groups.map(|group| format!("\n{}\n- {}\n", group.heading, group.lines.join("\n- "))).collect()
}

fn stamp(snapshot: &Snapshot) -> String {
    format!("{}T00:00:00Z", snapshot.programme.settings.data_date.date)
}
