//! Holds the sources to the map: who may import whom, who may print, and what no file does.

mod code;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use expect_test::{Expect, expect};

use code::Code;

/// Who may import whom, in reading order. A module may always import itself; `source::Html` allows that one name.
const IMPORTS: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("memo", &[]),
    ("output", &[]),
    ("chart", &["source::Html"]),
    ("finding", &["source"]),
    ("syntax", &["source", "finding"]),
    ("reading", &["source", "finding", "syntax"]),
    ("model", &["source", "finding", "syntax", "reading"]),
    ("status", &["model"]),
    ("rules", &["model", "status", "finding", "source", "reading::near", "version::Judged", "version::Related"]),
    ("version", &["source", "model", "status", "finding", "output::sha256"]),
    ("site", &["source", "model", "status", "version", "finding", "rules", "chart"]),
    ("render", &["source", "memo", "site", "chart", "finding", "output", "reading::near"]),
    ("export", &["source", "model", "status", "version", "finding", "rules", "output", "reading", "site::words"]),
    ("rewriting", &["source", "syntax", "reading", "model"]),
    ("pipeline", PURE),
    ("disk", &["source", "output"]),
    ("preview", &["source", "output"]),
    ("cli", EVERYTHING),
];

const PURE: &[&str] = &[
    "source", "memo", "output", "chart", "finding", "syntax", "reading", "model", "status", "rules", "version", "site",
    "render", "export",
];

#[rustfmt::skip]
const EVERYTHING: &[&str] = &[
    "source", "memo", "output", "chart", "finding", "syntax", "reading", "model", "status", "rules", "version", "site",
    "render", "export", "rewriting", "pipeline", "disk", "preview",
];

/// What a module gives on from below it: read there, spoken of everywhere. Nothing else passes the map by.
const GIVEN_ON: &[(&str, &str)] = &[("model", "reading::fields::Kind"), ("model", "reading::windows::Grain")];

/// Crates that one module is there to know, so that no other one does.
const CRATES: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["cli"]),
    ("anyhow", &["disk", "preview", "cli"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
    ("notify", &["preview"]),
    ("pulldown_cmark", &["syntax"]),
    ("rustix", &["disk"]),
    ("serde_saphyr", &["syntax"]),
    ("tera", &["render"]),
    ("tiny_http", &["preview"]),
    ("unicode_width", &["rewriting"]),
    ("walkdir", &["disk", "preview"]),
];

/// Where text may be declared to be safe HTML.
const MAKERS_OF_HTML: &[&str] = &["source", "syntax", "chart"];

const PRINTS: &[&str] = &["print!", "println!", "eprint!", "eprintln!", "dbg!"];

#[test]
fn sources_follow_the_map() {
    let files = sources();
    let faults = faults(&files);
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_module_is_on_the_map() {
    let library = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let code = Code::of(&library);
    let declared: BTreeSet<&str> = code.modules().into_iter().map(|(name, _)| name).collect();
    let mapped: BTreeSet<&str> = IMPORTS.iter().map(|(name, _)| *name).collect();
    assert_eq!(declared, mapped);
}

#[test]
fn import_against_the_map_is_found() {
    check(
        &[("src/status/gate.rs", "//! Gates.\nuse crate::finding::Finding;\nuse crate::model::Gate;\n")],
        expect!["src/status/gate.rs:2: `status` may not import `finding::Finding`"],
    );
}

#[test]
fn nested_braces_are_read() {
    check(
        &[(
            "src/rules/late.rs",
            "//! Late.\nuse crate::{\n    model::{self, gate::{Gate, Kind as K}},\n    site::{page, url::*},\n};\n",
        )],
        expect![[r#"
            src/rules/late.rs:4: `rules` may not import `site::page`
            src/rules/late.rs:4: `rules` may not import `site::url::*`"#]],
    );
}

#[test]
fn path_in_an_expression_is_an_import() {
    check(
        &[("src/chart/svg.rs", "//! SVG.\nfn f() -> crate::source::Html { crate::render::page() }\n")],
        expect!["src/chart/svg.rs:2: `chart` may not import `render::page`"],
    );
}

#[test]
fn name_that_is_not_allowed_of_an_allowed_module_is_found() {
    check(
        &[("src/chart.rs", "//! Charts.\nuse crate::source::{Html, Span};\n")],
        expect!["src/chart.rs:2: `chart` may not import `source::Span`"],
    );
}

#[test]
fn super_of_a_top_module_is_the_crate() {
    check(
        &[
            ("src/status.rs", "//! Status.\nuse super::render::page;\n"),
            ("src/status/gate.rs", "//! Gate.\nuse super::derive;\n"),
        ],
        expect!["src/status.rs:2: `status` may not import `render::page`"],
    );
}

#[test]
fn whole_crate_under_another_name_is_found() {
    check(
        &[("src/status.rs", "//! Status.\nuse crate as milepost;\nuse crate::*;\nuse crate::{self as all};\n")],
        expect![[r#"
            src/status.rs:2: imports the whole crate
            src/status.rs:3: `status` may not import `*`
            src/status.rs:4: `status` may not import `self`"#]],
    );
}

#[test]
fn crate_of_another_module_is_found() {
    check(
        &[("src/site/page.rs", "//! Page.\nuse tera::Context;\nfn f() -> ::anyhow::Result<()> { Ok(()) }\n")],
        expect![[r#"
            src/site/page.rs:2: `site` may not use the crate `tera`; only render may
            src/site/page.rs:3: `site` may not use the crate `anyhow`; only disk, preview, cli may"#]],
    );
}

#[test]
fn ways_past_the_map_are_found() {
    check(
        &[(
            "src/model/window.rs",
            "//! Windows.\nuse super::super::status;\nuse super::*;\npub use crate::reading::words::Word;\npub use crate::reading::fields::Kind;\npub(crate) use crate::model::window::grain::Size;\nmod near;\npub use near::Near;\n",
        )],
        expect![[r#"
            src/model/window.rs:2: `super::super` goes past the map: write `crate::`
            src/model/window.rs:3: `use super::*` hides what is used
            src/model/window.rs:4: re-exports `reading::words::Word`, which is not its own"#]],
    );
}

#[test]
fn printing_and_clocks_are_for_the_edges() {
    check(
        &[
            ("src/status.rs", "//! Status.\nfn f() { println!(\"{}\", 1); eprintln!(); dbg!(1); }\n"),
            ("src/cli/terminal.rs", "//! Terminal.\nfn f() { println!(); }\n"),
        ],
        expect![[r#"
            src/status.rs:2: `println!`: only `cli` prints
            src/status.rs:2: `eprintln!`: only `cli` prints
            src/status.rs:2: `dbg!`: only `cli` prints"#]],
    );
}

#[test]
fn html_from_the_wrong_hands_is_found() {
    check(
        &[
            ("src/site/page.rs", "//! Page.\nfn f() { Html::from_safe(text); }\n"),
            ("src/syntax/markdown.rs", "//! Markdown.\nfn f() { Html::from_safe(text); }\n"),
        ],
        expect!["src/site/page.rs:2: `Html::from_safe`: only source, syntax, chart make HTML"],
    );
}

#[test]
fn allow_and_unwrap_are_found_outside_tests() {
    check(
        &[(
            "src/disk.rs",
            "//! Disk.\n#[allow(dead_code)]\nfn f() { g().unwrap(); }\n#[cfg(test)]\nmod tests {\n    use crate::cli;\n    fn t() { g().unwrap(); }\n}\n",
        )],
        expect![[r#"
            src/disk.rs:2: `#[allow]`: write `#[expect(…, reason = "…")]`
            src/disk.rs:3: `unwrap()`: return a finding or an error, or say why in `expect`"#]],
    );
}

#[test]
fn file_that_is_a_test_may_import_anything() {
    check(
        &[
            ("src/disk.rs", "//! Disk.\n#[cfg(test)]\nmod tests;\nmod plan;\n"),
            ("src/disk/tests.rs", "//! Tests.\nuse crate::cli;\nfn t() { g().unwrap(); }\n"),
            ("src/disk/plan.rs", "//! Plan.\nuse crate::cli;\n"),
        ],
        expect!["src/disk/plan.rs:2: `disk` may not import `cli`"],
    );
}

#[test]
fn comments_and_strings_are_not_code() {
    check(
        &[(
            "src/status.rs",
            "//! Status, see crate::render.\n/* crate::cli /* nested */ println!() */\nconst A: &str = \"crate::cli \\\" println!\";\nconst B: &str = r#\"crate::cli \" \"#;\nconst C: char = '\"';\nfn f<'a>(x: &'a str) {}\nuse crate::cli;\n",
        )],
        expect!["src/status.rs:7: `status` may not import `cli`"],
    );
}

#[test]
fn file_without_an_opening_sentence_is_found() {
    check(
        &[("src/disk.rs", "use std::fs;\n"), ("src/disk/mod.rs", "//! Disk.\n"), ("src/new.rs", "//! New.\n")],
        expect![[r#"
            src/disk.rs:1: does not open with a `//!` sentence that says what it is for
            src/disk/mod.rs:1: a `mod.rs`: write `disk.rs` beside `disk/`
            src/new.rs:1: `new` is not on the map of tests/architecture.rs"#]],
    );
}

#[test]
fn rule_that_knows_another_is_found() {
    check(
        &[
            ("src/rules/late.md", "Late."),
            ("src/rules/late.rs", "//! Late.\nuse crate::rules::early;\nuse crate::rules::Rule;\n"),
            ("src/rules/early.md", "Early."),
            ("src/rules/early.rs", "//! Early.\n"),
        ],
        expect!["src/rules/late.rs:2: the rule `late` knows the rule `early`"],
    );
}

fn check(files: &[(&str, &str)], expected: Expect) {
    let files: Vec<(String, String)> = files.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect();
    expected.assert_eq(&faults(&files).join("\n"));
}

/// Everything that is wrong, in the order of files and lines.
fn faults(files: &[(String, String)]) -> Vec<String> {
    let tests: BTreeSet<String> = files.iter().flat_map(|(path, text)| test_files(path, text)).collect();
    let rules: BTreeSet<&str> =
        files.iter().filter_map(|(path, _)| path.strip_prefix("src/rules/")?.strip_suffix(".md")).collect();
    let mut faults = Vec::new();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".rs")) {
        let mut found = of_every_file(path, text);
        let is_test = tests.iter().any(|test| path == &format!("{test}.rs") || path.starts_with(&format!("{test}/")));
        if !is_test {
            found.extend(of_the_map(path, text, &rules));
        }
        found.sort_by_key(|(line, _)| *line);
        faults.extend(found.into_iter().map(|(line, fault)| format!("{path}:{line}: {fault}")));
    }
    faults
}

/// What neither code nor tests do.
fn of_every_file(path: &str, text: &str) -> Vec<(usize, String)> {
    let mut faults = Vec::new();
    if !text.starts_with("//! ") && path != "src/main.rs" {
        faults.push((1, "does not open with a `//!` sentence that says what it is for".to_owned()));
    }
    if let Some(folder) = path.strip_suffix("/mod.rs") {
        let name = folder.rsplit('/').next().expect("a path has a last part");
        faults.push((1, format!("a `mod.rs`: write `{name}.rs` beside `{name}/`")));
    }
    let code = Code::of(text);
    for line in code.lines_with("super::super") {
        faults.push((line, "`super::super` goes past the map: write `crate::`".to_owned()));
    }
    for line in code.lines_with("use super::*") {
        faults.push((line, "`use super::*` hides what is used".to_owned()));
    }
    for line in code.lines_with("#[allow").into_iter().chain(code.lines_with("#![allow")) {
        faults.push((line, "`#[allow]`: write `#[expect(…, reason = \"…\")]`".to_owned()));
    }
    faults
}

/// What the modules may not do; their tests may.
fn of_the_map(path: &str, text: &str, rules: &BTreeSet<&str>) -> Vec<(usize, String)> {
    let stem = path.strip_prefix("src/").and_then(|path| path.strip_suffix(".rs")).expect("a source below src");
    let module = stem.split('/').next().expect("a path has a first part");
    if module == "lib" || module == "main" {
        return Vec::new();
    }
    let Some((_, allowed)) = IMPORTS.iter().find(|(name, _)| *name == module) else {
        return vec![(1, format!("`{module}` is not on the map of tests/architecture.rs"))];
    };
    let code = Code::of(text).without_tests();
    let mut faults = Vec::new();
    let top = stem == module;
    let imports = if top { code.paths_from(&["crate", "super"]) } else { code.paths_from(&["crate"]) };
    for (line, import) in imports {
        if import.is_empty() {
            faults.push((line, "imports the whole crate".to_owned()));
        } else if !may(module, allowed, &import) {
            faults.push((line, format!("`{module}` may not import `{import}`")));
        }
        let known = import.strip_prefix("rules::").and_then(|rest| rest.split("::").next());
        if let (Some(own), Some(known)) = (stem.strip_prefix("rules/"), known)
            && own != known
            && rules.contains(own)
            && rules.contains(known)
        {
            faults.push((line, format!("the rule `{own}` knows the rule `{known}`")));
        }
    }
    for (name, users) in CRATES.iter().filter(|(_, users)| !users.contains(&module)) {
        for (line, _) in code.paths_from(&[name]) {
            faults.push((line, format!("`{module}` may not use the crate `{name}`; only {} may", users.join(", "))));
        }
    }
    let own = stem.replace('/', "::");
    let children: Vec<&str> = code.modules().into_iter().map(|(name, _)| name).collect();
    for (line, path) in code.re_exports() {
        let first = path.split("::").next().expect("a path has a first part");
        let is_own = path.starts_with(&format!("crate::{own}::")) || children.contains(&first);
        let path = path.strip_prefix("crate::").unwrap_or(&path);
        if !is_own && !GIVEN_ON.contains(&(module, path)) {
            faults.push((line, format!("re-exports `{path}`, which is not its own")));
        }
    }
    for print in PRINTS.iter().filter(|_| module != "cli") {
        faults.extend(code.lines_with(print).into_iter().map(|line| (line, format!("`{print}`: only `cli` prints"))));
    }
    if !MAKERS_OF_HTML.contains(&module) {
        for line in code.lines_with("Html::from_safe") {
            faults.push((line, format!("`Html::from_safe`: only {} make HTML", MAKERS_OF_HTML.join(", "))));
        }
    }
    for line in code.lines_with(".unwrap()") {
        faults.push((line, "`unwrap()`: return a finding or an error, or say why in `expect`".to_owned()));
    }
    faults
}

fn may(module: &str, allowed: &[&str], import: &str) -> bool {
    let within = |name: &str| import == name || import.strip_prefix(name).is_some_and(|rest| rest.starts_with("::"));
    within(module) || allowed.iter().any(|name| within(name))
}

/// The files, without their ending, that are there for tests only: `#[cfg(test)] mod name;`.
fn test_files(path: &str, text: &str) -> Vec<String> {
    let Some(folder) = path.strip_suffix(".rs") else { return Vec::new() };
    let code = Code::of(text);
    let modules = code.modules().into_iter();
    modules.filter(|(_, is_test)| *is_test).map(|(name, _)| format!("{folder}/{name}")).collect()
}

fn sources() -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "md") {
                let name = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
                files.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
