//! Whole pages of the sample programme through the default theme.
#![expect(clippy::disallowed_methods, reason = "looks at the sources of the theme")]

use std::collections::BTreeSet;

use crate::memo::Memo;
use crate::output::Content;
use crate::render::theme::Theme;
use crate::render::{Rendered, pages, version_files};
use crate::site::shell::{self, Shell};
use crate::site::{self, Versions, sample};
use crate::version::Snapshot;

fn shell(snapshot: &Snapshot, theme: &Theme) -> Shell {
    shell::shell(snapshot, &Versions::alone(snapshot), theme.words(), theme.assets())
}

fn rendered(snapshot: &Snapshot, theme: &Theme, memo: &Rendered) -> Vec<(String, String)> {
    let plan = site::plan(snapshot, &Versions::alone(snapshot), theme.words());
    let (files, findings) = pages(&plan, &shell(snapshot, theme), theme, memo);
    assert!(findings.is_empty(), "{findings:?}");
    files.into_iter().map(|(address, content)| (address, text(&content))).collect()
}

fn text(content: &Content) -> String {
    let Content::Bytes { bytes, .. } = content else { panic!("pages are bytes") };
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn all() -> Vec<(String, String)> {
    let theme = Theme::embedded();
    let mut pages = rendered(&sample::snapshot(), &theme, &Memo::default());
    pages.extend(rendered(&sample::plan(), &theme, &Memo::default()));
    pages
}

/// Values of `attribute="…"` in a page.
fn attributes<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_page_has_one_heading_and_no_id_twice() {
    for (address, html) in all() {
        assert_eq!(html.matches("<h1").count(), 1, "{address}");
        let ids = attributes(&html, "id");
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{address}: {ids:?}");
    }
}

#[test]
fn links_within_a_page_lead_somewhere() {
    for (address, html) in all() {
        let ids: BTreeSet<&str> = attributes(&html, "id").into_iter().collect();
        for target in attributes(&html, "href").into_iter().filter_map(|href| href.strip_prefix('#')) {
            assert!(ids.contains(target), "{address}: #{target}");
        }
    }
}

#[test]
fn links_between_pages_lead_to_pages_of_the_outline() {
    let pages = rendered(&sample::snapshot(), &Theme::embedded(), &Memo::default());
    let known: BTreeSet<&str> = pages.iter().map(|(address, _)| address.as_str()).collect();
    for (address, html) in &pages {
        let root = site::url::root(address);
        for href in attributes(html, "href") {
            let Some(target) = href.strip_prefix(&root).filter(|href| href.contains(".html")) else { continue };
            let page = target.split('#').next().unwrap();
            // Records with pages of their own are in folders of their kind.
            let is_record = ["e/", "r/", "d/"].iter().any(|folder| page.starts_with(folder));
            assert!(is_record || known.contains(page) || page == "decisions.html", "{address}: {href}");
        }
    }
}

#[test]
fn no_page_asks_for_anything_outside() {
    for (address, html) in all() {
        for attribute in ["src", "href"] {
            for target in attributes(&html, attribute) {
                let is_outside = target.starts_with("http") || target.starts_with("//");
                assert!(!is_outside || target.starts_with("https://example.org/edit/"), "{address}: {target}");
            }
        }
        assert!(!html.contains(" style=\""), "{address} has a style that a strict policy forbids");
        assert!(!html.contains(" onclick="), "{address}");
    }
}

#[test]
fn ids_of_templates_are_reserved_for_them() {
    let html: String = all().into_iter().map(|(_, html)| html).collect();
    let mut anchors: BTreeSet<String> = BTreeSet::new();
    for snapshot in [sample::snapshot(), sample::plan()] {
        let programme = &snapshot.programme;
        anchors.extend(programme.criteria().map(|(_, it)| it.id.to_string()));
        anchors.extend(programme.decisions.iter().flat_map(|it| &it.conditions).map(|it| it.id.to_string()));
        anchors.extend(programme.records().map(|(reference, _)| reference.id.to_string()));
    }
    let parts = attributes(&html, "id").into_iter().filter(|id| !anchors.contains(*id));
    // Shapes are no targets, and rules stand on pages without records.
    let apart = |id: &&str| id.starts_with("s-") || id.starts_with("rule-");
    let free: BTreeSet<&str> = parts.filter(|id| !apart(id) && !site::url::RESERVED.contains(id)).collect();
    assert_eq!(free, BTreeSet::new(), "not in url::RESERVED");
}

#[test]
fn texts_of_authors_are_escaped() {
    let mut programme = sample::programme(true);
    let nasty = "<script>alert(1)</script>\"'&";
    programme.settings.name = nasty.to_string();
    for milestone in &mut programme.milestones {
        milestone.name.value = nasty.to_string();
        milestone.description = sample::words(nasty);
        milestone.owner = sample::words(nasty);
        milestone.exit.criteria[0].text.value = nasty.to_string();
        milestone.record.extras = vec![(nasty.to_string(), nasty.to_string())];
    }
    let snapshot = sample::of(programme);
    let theme = Theme::embedded();
    for (address, html) in rendered(&snapshot, &theme, &Memo::default()) {
        assert!(!html.contains("<script>alert"), "{address}");
        assert!(html.contains("&lt;script&gt;alert(1)") || address == "404.html", "{address}");
    }
    let (files, _) = version_files(&shell(&snapshot, &theme), &theme);
    assert!(!text(&files[0].1).contains("<script"), "{}", text(&files[0].1));
}

#[test]
fn change_to_one_milestone_renders_its_own_pages_only() {
    let (theme, memo) = (Theme::embedded(), Memo::default());
    rendered(&sample::snapshot(), &theme, &memo);
    memo.forget_unused();
    let before = memo.len();
    let mut programme = sample::programme(true);
    programme.milestones[4].description = sample::words("Something else");
    rendered(&sample::of(programme), &theme, &memo);
    assert_eq!(memo.len(), before + 1, "only m/M5.html tells the description");
}

#[test]
fn finding_more_does_not_render_what_does_not_tell_it() {
    let (theme, memo) = (Theme::embedded(), Memo::default());
    rendered(&sample::snapshot(), &theme, &memo);
    let before = memo.len();
    let mut snapshot = sample::snapshot();
    snapshot.findings = std::sync::Arc::new(vec![sample::finding("criterion-without-owner", "M5-X1"); 2]);
    rendered(&snapshot, &theme, &memo);
    assert_eq!(memo.len(), before + 3, "status, data quality and to do tell findings");
}

/// Every literal in the Rust of `site` and `render`, and every key that a template asks for.
fn used_keys() -> (BTreeSet<String>, BTreeSet<String>) {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut literals, mut asked) = (BTreeSet::new(), BTreeSet::new());
    let mut folders = vec![root.join("src/site"), root.join("themes/default")];
    let mut files = vec![root.join("src/site.rs")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        if file.extension().is_some_and(|extension| extension == "rs") {
            literals.extend(text.split('"').skip(1).map(str::to_string));
            let calls = [".say(\"", ".fill(\"", ".count(\"", ".count_with(\""];
            asked.extend(calls.iter().flat_map(|call| text.split(call).skip(1)).filter_map(quoted));
        } else if file.extension().is_some_and(|extension| extension == "html" || extension == "css") {
            asked.extend(text.split("key=\"").skip(1).filter_map(quoted));
        }
    }
    (literals, asked)
}

fn quoted(rest: &str) -> Option<String> {
    rest.split('"').next().map(str::to_string)
}

#[test]
fn every_key_that_is_asked_for_is_there() {
    let theme = Theme::embedded();
    let keys: BTreeSet<&str> = theme.words().keys().collect();
    for key in used_keys().1.iter().filter(|key| *key != "no.such" && *key != "a.b" && *key != "n") {
        let plural = [format!("{key}.one"), format!("{key}.other")];
        let has_plural = plural.iter().all(|key| keys.contains(key.as_str()));
        assert!(keys.contains(key.as_str()) || has_plural, "words.toml has no {key}");
    }
    for (address, html) in all() {
        // A key that is not there is shown as itself.
        for family in ["colour.", "criterion_state.", "gate_state.", "readiness.", "dimension.", "month.", "kind."] {
            assert!(!html.contains(&format!(">{family}")), "{address} shows a key of {family}");
        }
    }
}

#[test]
fn every_key_is_used() {
    let (literals, asked) = used_keys();
    let theme = Theme::embedded();
    for key in theme.words().keys() {
        let stem = key.strip_suffix(".one").or_else(|| key.strip_suffix(".other")).unwrap_or(key);
        let family = stem.rsplit_once('.').map_or("", |(family, _)| family);
        let names = [key, stem, family];
        let is_used = names.iter().any(|name| literals.contains(*name) || asked.contains(*name));
        // A family may be asked for by `format!("kind.{word}")`.
        let starts = literals.iter().filter_map(|literal| literal.split_once('{')).map(|(start, _)| start);
        let is_member = starts.filter(|start| start.ends_with('.')).any(|start| key.starts_with(start));
        assert!(is_used || is_member, "nothing says {key}");
    }
}
