//! Holds every export to a reader that is not ours: tables, calendar, feed, sitemap, schema.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use icalendar::Component;
use serde_json::Value;

use crate::support::{demo, files, run};

const SITE: &str = "https://portal.example/programme/";

/// The demo with an address of its own, built: its files by address.
fn built(change: impl FnOnce(&Path)) -> BTreeMap<String, String> {
    let folder = demo();
    let settings = folder.path().join("content/programme.yaml");
    let text = fs::read_to_string(&settings).unwrap().replace("site:\n", &format!("site:\n  url: {SITE}\n"));
    fs::write(&settings, text).unwrap();
    change(folder.path());
    let built = run(&["build"], folder.path());
    assert_eq!(built.code, 0, "{}{}", built.out, built.err);
    let files = files(&folder.path().join("output"));
    files.into_iter().map(|(address, bytes)| (address, String::from_utf8_lossy(&bytes).into_owned())).collect()
}

/// Rows by column name.
fn table(text: &str) -> Vec<BTreeMap<String, String>> {
    let text = text.strip_prefix('\u{feff}').expect("a spreadsheet is told that it is UTF-8");
    let mut reader = csv::ReaderBuilder::new().terminator(csv::Terminator::CRLF).from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.unwrap()).collect()
}

#[test]
fn every_register_is_a_table_of_its_records() {
    let portal = built(|_| {});
    let data: Value = serde_json::from_str(&portal["data/programme.json"]).unwrap();
    for name in ["milestones", "risks", "evidence", "decisions"] {
        let rows = table(&portal[&format!("data/{name}.csv")]);
        let ids: Vec<&str> = rows.iter().map(|row| row["id"].as_str()).collect();
        let records: Vec<&str> = data[name].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
        assert_eq!(ids, records, "{name}");
    }
    for (address, text) in portal.iter().filter(|(address, _)| address.ends_with(".csv")) {
        let rows = table(text);
        assert!(rows.iter().all(|row| !row.values().any(|cell| cell.starts_with(['=', '+', '@']))), "{address}");
    }
    let criteria = table(&portal["data/criteria.csv"]);
    let third = criteria.iter().find(|row| row["id"] == "M2-X3").unwrap();
    assert_eq!((third["state"].as_str(), third["evidence"].as_str()), ("submitted", "E-014"));
}

#[test]
fn frozen_version_has_the_same_files() {
    let portal = built(|_| {});
    let own: Vec<&str> = portal.keys().filter_map(|address| address.strip_prefix("data/")).collect();
    let frozen: Vec<&str> = portal.keys().filter_map(|address| address.strip_prefix("v/0.9/data/")).collect();
    assert_eq!(own, frozen);
    // The search index is made of the pages, the Data page too, and is for the portal's own script.
    let given = |address: &str| address.starts_with("data/") && address != "data/search.js";
    for (address, text) in portal.iter().filter(|(address, _)| given(address)) {
        let hash = milepost::output::sha256(text.as_bytes());
        let page = portal["data.html"].replace("</span><span>", "");
        assert!(page.contains(&*hash), "{address} is on the Data page with another hash");
    }
}

#[test]
fn formula_of_an_author_is_text() {
    let portal = built(|folder| {
        let risk = folder.join("content/risks/R-02.md");
        let text = fs::read_to_string(&risk).unwrap();
        let title = text.lines().find(|line| line.starts_with("title:")).unwrap().to_string();
        fs::write(&risk, text.replace(&title, "title: \"=HYPERLINK(1), \\\"x\\\"\"")).unwrap();
    });
    let rows = table(&portal["data/risks.csv"]);
    let risk = rows.iter().find(|row| row["id"] == "R-02").unwrap();
    assert_eq!(risk["title"], "'=HYPERLINK(1), \"x\"");
}

#[test]
fn calendar_has_windows_as_whole_days_and_gates() {
    let portal = built(|_| {});
    let text = &portal["data/milestones.ics"];
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
    let calendar: icalendar::Calendar = text.parse().unwrap();
    let events: Vec<&icalendar::Event> = calendar.components.iter().filter_map(|it| it.as_event()).collect();

    let uids: std::collections::BTreeSet<&str> = events.iter().filter_map(|event| event.get_uid()).collect();
    assert_eq!(uids.len(), events.len());
    assert!(events.iter().all(|event| event.property_value("DTSTAMP") == Some("20260218T000000Z")));
    let second =
        events.iter().find(|event| event.get_summary().is_some_and(|it| it.starts_with("M2 Release"))).unwrap();
    let day = |date: Option<icalendar::DatePerhapsTime>| match date {
        Some(icalendar::DatePerhapsTime::Date(date)) => date.to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!((day(second.get_start()), day(second.get_end())), ("2026-02-02".into(), "2026-02-21".into()));
    let gate =
        events.iter().find(|event| event.get_summary().is_some_and(|it| it.starts_with("M2 exit gate"))).unwrap();
    assert_eq!((day(gate.get_start()), day(gate.get_end())), ("2026-02-20".into(), "2026-02-21".into()));
    let frozen: icalendar::Calendar = portal["v/0.9/data/milestones.ics"].parse().unwrap();
    let then = frozen.components.iter().filter_map(|it| it.as_event()?.get_uid().map(str::to_string));
    assert!(then.filter(|uid| uids.contains(uid.as_str())).count() > 3, "an event keeps its name over versions");
}

#[test]
fn feed_tells_each_issue() {
    let portal = built(|_| {});
    let feed: atom_syndication::Feed = portal["changes.atom"].parse().unwrap();
    assert_eq!(feed.id(), format!("{SITE}changes.atom"));
    let entries: Vec<(&str, &str)> = feed.entries().iter().map(|entry| (entry.id(), entry.title().as_str())).collect();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].0, format!("{SITE}v/0.9/"));
    assert_eq!(feed.entries()[0].updated().to_rfc3339(), "2026-02-06T00:00:00+00:00");
    for link in feed.entries().iter().flat_map(|entry| entry.links()) {
        assert!(portal.contains_key(link.href().strip_prefix(SITE).unwrap()), "{}", link.href());
    }
}

#[test]
fn sitemap_has_the_pages_at_the_root() {
    let portal = built(|_| {});
    let sitemap = roxmltree::Document::parse(&portal["sitemap.xml"]).unwrap();
    let pages =
        sitemap.descendants().filter(|node| node.has_tag_name(("http://www.sitemaps.org/schemas/sitemap/0.9", "loc")));
    let pages: Vec<&str> = pages.map(|node| node.text().unwrap().strip_prefix(SITE).unwrap()).collect();
    assert!(pages.contains(&"index.html") && pages.contains(&"g/M2-exit.html") && !pages.contains(&"404.html"));
    assert!(pages.iter().all(|page| portal.contains_key(*page) && !page.starts_with("v/")));
    assert!(portal["robots.txt"].contains(&format!("Sitemap: {SITE}sitemap.xml\n")));
    assert!(portal["index.html"].contains("<meta property=\"og:title\""));
}

#[test]
fn portal_without_an_address_says_what_it_leaves_out() {
    let folder = demo();
    assert_eq!(run(&["build"], folder.path()).code, 0);
    let portal = files(&folder.path().join("output"));
    assert!(!["changes.atom", "sitemap.xml", "robots.txt"].iter().any(|name| portal.contains_key(*name)));
    assert!(String::from_utf8_lossy(&portal["data.html"]).contains("site.url"));
}

#[test]
fn portal_for_some_asks_not_to_be_found() {
    let portal = built(|folder| {
        let settings = folder.join("content/programme.yaml");
        let text = fs::read_to_string(&settings).unwrap().replace("site:\n", "site:\n  audience: stakeholder\n");
        fs::write(&settings, text).unwrap();
    });
    assert!(portal["robots.txt"].contains("Disallow: /\n") && !portal.contains_key("sitemap.xml"));
}

#[test]
fn document_keeps_to_its_schema() {
    let portal = built(|_| {});
    for base in ["", "v/0.9/"] {
        let read = |name: &str| -> Value { serde_json::from_str(&portal[&format!("{base}data/{name}")]).unwrap() };
        let faults = faults(&read("programme.json"), &read("programme.schema.json"), "$");
        assert!(faults.is_empty(), "{faults:#?}");
    }
}

/// Where a value is not what the keywords that our schema uses allow; a field that no schema names is a fault too.
fn faults(value: &Value, schema: &Value, at: &str) -> Vec<String> {
    if let Some(choices) = schema["anyOf"].as_array() {
        let fits = choices.iter().any(|choice| faults(value, choice, at).is_empty());
        return if fits { Vec::new() } else { vec![format!("{at}: {value} is none of {choices:?}")] };
    }
    if let Some(allowed) = schema["enum"].as_array() {
        return if allowed.contains(value) { Vec::new() } else { vec![format!("{at}: {value}")] };
    }
    match (schema["type"].as_str().unwrap(), value) {
        ("object", Value::Object(fields)) => {
            let required = schema["required"].as_array().unwrap().iter().map(|name| name.as_str().unwrap());
            let missing = required.filter(|name| !fields.contains_key(*name)).map(|name| format!("{at}: no {name}"));
            let inner = fields.iter().flat_map(|(name, field)| match schema["properties"].get(name) {
                Some(schema) => faults(field, schema, &format!("{at}.{name}")),
                None => vec![format!("{at}.{name} is not in the schema")],
            });
            missing.chain(inner).collect()
        }
        ("array", Value::Array(items)) => {
            items.iter().flat_map(|item| faults(item, &schema["items"], &format!("{at}[]"))).collect()
        }
        ("string", Value::String(text)) if schema["format"] == "date" => {
            let is_date = text.parse::<chrono::NaiveDate>().is_ok();
            if is_date { Vec::new() } else { vec![format!("{at}: {text} is no date")] }
        }
        ("string", Value::String(_)) | ("boolean", Value::Bool(_)) | ("null", Value::Null) => Vec::new(),
        ("integer", Value::Number(number)) if number.is_i64() => Vec::new(),
        (wanted, other) => vec![format!("{at}: {other} is no {wanted}")],
    }
}
