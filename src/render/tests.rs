//! Whole pages of the sample programme through the default theme.
#![expect(clippy::disallowed_methods, reason = "looks at the sources of the theme")]

use std::collections::{BTreeMap, BTreeSet};

use crate::memo::Memo;
use crate::model::settings::Profile;
use crate::output::Content;
use crate::render::theme::Theme;
use crate::render::{Rendered, pages, version_files};
use crate::site::shell::{self, Shell};
use crate::site::versions::Issued;
use crate::site::{self, Versions, register_sample, sample};
use crate::status::Colour;
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
    let registers = register_sample::snapshot(register_sample::programme());
    pages.extend(rendered(&registers, &theme, &Memo::default()));
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
    let registers = register_sample::snapshot(register_sample::programme());
    let pages = rendered(&registers, &Theme::embedded(), &Memo::default());
    let known: BTreeMap<&str, BTreeSet<&str>> =
        pages.iter().map(|(address, html)| (address.as_str(), attributes(html, "id").into_iter().collect())).collect();
    for (address, html) in &pages {
        let root = site::url::root(address);
        for href in attributes(html, "href") {
            let target = href.strip_prefix(&root).filter(|href| href.contains(".html") && !href.starts_with('#'));
            let Some(target) = target else { continue };
            let (page, anchor) = target.split_once('#').unwrap_or((target, ""));
            let ids = known.get(page).unwrap_or_else(|| panic!("{address}: {href}"));
            assert!(anchor.is_empty() || ids.contains(anchor), "{address}: {href}");
        }
    }
}

#[test]
fn names_in_backticks_are_shown_as_code() {
    for (address, html) in all() {
        let outside = html.split("<code").map(|part| part.split_once("</code>").map_or(part, |(_, after)| after));
        let outside = outside.flat_map(|part| part.split("<pre"));
        let plain = outside.map(|part| part.split_once("</pre>").map_or(part, |(_, after)| after));
        let shown: Vec<&str> = plain.filter(|part| part.contains('`')).collect();
        assert!(shown.is_empty(), "{address} shows a backtick: {shown:?}");
    }
}

#[test]
fn report_leads_from_part_to_part() {
    let registers = register_sample::snapshot(register_sample::programme());
    let pages = rendered(&registers, &Theme::embedded(), &Memo::default());
    let (_, html) = pages.iter().find(|(address, _)| address == "report.html").unwrap();
    for place in
        ["index.html", "m:M2.html:why", "r:R-01.html", "e:E-015.html", "decisions.html:W-01", "risks.html:register"]
    {
        assert!(html.contains(&format!(" id=\"{place}\"")), "no {place}");
    }
    let (_, main) = html.split_once("<main").unwrap();
    let (main, _) = main.split_once("</main>").unwrap();
    let of_milestones: Vec<&str> = attributes(main, "href").into_iter().filter(|it| it.starts_with("m/")).collect();
    assert_eq!(of_milestones, [""; 0], "links that leave the document, which tells of every milestone");
}

#[test]
fn no_page_asks_for_anything_outside() {
    for (address, html) in all() {
        // What a reader may follow is not asked for.
        for tag in html.split('<').filter(|tag| !tag.starts_with("a ")) {
            let tag = tag.split('>').next().unwrap_or_default();
            for target in attributes(tag, "src").into_iter().chain(attributes(tag, "href")) {
                assert!(!target.starts_with("http") && !target.starts_with("//"), "{address}: {target}");
            }
        }
        assert!(!html.contains(" style=\""), "{address} has a style that a strict policy forbids");
        assert!(!html.contains(" onclick="), "{address}");
    }
}

#[test]
fn ids_of_templates_are_reserved_for_them() {
    let html: String = all().into_iter().map(|(_, html)| html).collect();
    let records = [sample::snapshot(), sample::plan(), register_sample::snapshot(register_sample::programme())];
    let criteria = |snapshot: &Snapshot| -> Vec<String> {
        snapshot.programme.criteria().map(|(_, criterion)| criterion.id.to_string()).collect()
    };
    let conditions = |snapshot: &Snapshot| -> Vec<String> {
        let decisions = snapshot.programme.decisions.iter();
        decisions.flat_map(|decision| &decision.conditions).map(|condition| condition.id.to_string()).collect()
    };
    let others = |snapshot: &Snapshot| -> Vec<String> {
        snapshot.programme.records().map(|(reference, _)| reference.id.to_string()).collect()
    };
    let anchors: BTreeSet<String> =
        records.iter().flat_map(|it| [criteria(it), conditions(it), others(it)].concat()).collect();
    let parts = attributes(&html, "id").into_iter().filter(|id| !anchors.contains(*id));
    // Ids of the report stand below the address of the page that they come from, which no record's anchor can.
    let is_part = |id: &str| {
        !id.contains(".html") && !["s-", "tl", "rm", "text-", "rule-"].iter().any(|start| id.starts_with(start))
    };
    for id in parts.filter(|id| is_part(id)) {
        assert!(site::url::RESERVED.contains(&id), "{id} is not in url::RESERVED");
    }
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
    assert_eq!(memo.len(), before + 3, "only m/M5.html tells the description, and the report with its part on M5");
}

#[test]
fn finding_more_does_not_render_what_does_not_tell_it() {
    let (theme, memo) = (Theme::embedded(), Memo::default());
    rendered(&sample::snapshot(), &theme, &memo);
    let before = memo.len();
    let mut snapshot = sample::snapshot();
    snapshot.findings = std::sync::Arc::new(vec![sample::finding("criterion-without-owner", "M5-X1"); 2]);
    rendered(&snapshot, &theme, &memo);
    assert_eq!(memo.len(), before + 7, "status, to do and data quality tell findings, and the report with those parts");
}

/// Every literal in the Rust of `site` and `render`, and every key that a template asks for.
fn used_keys() -> (BTreeSet<String>, BTreeSet<String>) {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut literals, mut asked) = (BTreeSet::new(), BTreeSet::new());
    let mut folders = vec![root.join("src/site"), root.join("src/export"), root.join("themes/default")];
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
        let families = ["colour.", "criterion_state.", "gate_state.", "readiness.", "dimension.", "month.", "kind."];
        let more = ["field.", "column.", "record.", "evidence.", "evidence_state.", "risk.", "risks.", "decisions."];
        let states = ["seal.", "seal_short.", "waiver_state.", "condition_state.", "action_state.", "timing."];
        for family in families.into_iter().chain(more).chain(states) {
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
        // Names that are put together: kinds of records, fields, rows of the decision tables.
        let composed = ["kind.", "changes.stays.", "field.", "setting.", "value.", "method."];
        assert!(is_used || composed.iter().any(|start| key.starts_with(start)), "nothing says {key}");
    }
}

/// The sample with everything that later versions of it lack, so that each part of Changes and Versions is drawn.
fn compared() -> Vec<(String, String)> {
    let mut before = sample::programme(true);
    before.milestones[1].exit.criteria.pop();
    before.milestones[2].exit.criteria[0].text.value.push_str(" and more");
    before.milestones[3].owner = sample::words("Somebody else");
    (before.evidence, before.risks, before.decisions) = Default::default();
    let now = sample::snapshot();
    let mut versions = Versions::alone(&now);
    let issued = Issued {
        colour: Colour::Amber,
        reason: sample::reason("M2 is late", &[]),
        profile: Profile::Draft,
        tool: "milepost".to_string(),
        commit: Some("abc".to_string()),
        parent: None,
        files: 2,
    };
    let mut frozen = versions.entries[0].clone();
    frozen.info.manifest_sha256 = Some("0123456789abcdef".repeat(4));
    (frozen.info.version, frozen.base, frozen.issued) = ("0.9".to_string(), None, Some(issued));
    versions.entries.push(frozen);
    versions.earlier = vec![sample::of(before)];
    let theme = Theme::embedded();
    let plan = site::plan(&now, &versions, theme.words());
    let shell = shell::shell(&now, &versions, theme.words(), theme.assets());
    let (files, findings) = pages(&plan, &shell, &theme, &Memo::default());
    assert!(findings.is_empty(), "{findings:?}");
    files.into_iter().map(|(address, content)| (address, text(&content))).collect()
}

#[test]
fn comparison_and_hashes_are_drawn_whole() {
    let pages: std::collections::BTreeMap<String, String> = compared().into_iter().collect();
    let changes = &pages["changes.html"];
    for part in ["<del>and more</del>", "<ins>", "Somebody else", "Weakened", "New, awaiting acceptance, 1"] {
        assert!(changes.contains(part), "{part}: {changes}");
    }
    let versions = &pages["versions.html"];
    assert!(versions.contains("<span>01234567</span><span>89abcdef</span>"), "a hash is copied without spaces");
    assert!(versions.contains("are left out of this build") || versions.contains("is left out of this build"));
}

#[test]
fn no_page_shows_the_name_of_a_word_that_is_missing() {
    for (address, html) in all().into_iter().chain(compared()) {
        for family in ["changes", "versions", "quality", "method", "field", "setting", "evidence_state"] {
            for found in html.split(&format!("{family}.")).skip(1) {
                let is_key = found.starts_with(|next: char| next.is_ascii_lowercase() || next == '_');
                assert!(
                    !is_key || found.starts_with("html") || found.starts_with("json"),
                    "{address}: {family}.{}",
                    &found[..20]
                );
            }
        }
    }
}
