//! What a browser makes of the same pages.

use crate::browser::{Browser, said};
use crate::strings::programme::{Elsewhere, ONLY, in_every_field, in_markdown, in_names, in_settings};
use crate::strings::{built, inputs, strings, write};

/// No script runs, nothing is asked for, no word leaves its place.
#[test]
fn sees_nothing_but_words() {
    let Some(browser) = Browser::found() else { return };
    let folder = tempfile::tempdir().unwrap();
    // Each string is in one of three portals.
    let third = |first: usize| -> Vec<String> { strings().into_iter().skip(first).step_by(3).collect() };
    let settings = "'\"></title><script>alert(1)</script>\u{202e}";
    let portals = [
        ("fields", &built(&inputs(&in_every_field(&third(0), Elsewhere::Fitting, ONLY)))),
        ("names", &built(&inputs(&in_names(&third(1))))),
        ("prose", &built(&inputs(&in_markdown(&third(2))))),
        ("settings", &built(&inputs(&in_settings(&[settings.to_string()])))),
    ];
    for (name, portal) in portals {
        let files: Vec<(String, String)> = portal.iter().map(|(path, text)| (path.clone(), text.clone())).collect();
        write(&folder.path().join(name), &files);
    }
    browser.passes("strings.mjs", folder.path(), &[]);
}

/// The look of the browser can fail: a page made for it has each fault.
#[test]
fn names_each_danger() {
    let Some(browser) = Browser::found() else { return };
    let folder = tempfile::tempdir().unwrap();
    let page = "<!DOCTYPE html><html lang=en><title>x</title><main><p id=a onclick=\"x()\">a</p><a href=\"javascript:x()\">a</a>\
        <iframe srcdoc=x></iframe><script>alert(1)</script><img src=\"http://127.0.0.1:9/seen.png\">\
        <p>before \u{202e}turned 12 after</p><script>console.log(1)</script></main>";
    write(
        folder.path(),
        &[("one/index.html".to_string(), page.to_string()), ("one/data/a.js".to_string(), "x(".to_string())],
    );
    let lines = said(&browser.run("strings.mjs", folder.path(), &[]));
    for expected in [
        "a dialog",
        "onclick",
        "javascript:",
        "<iframe",
        "a script",
        "asks for",
        "console",
        "does not parse",
        "out of its place",
    ] {
        assert!(lines.contains(expected), "`{expected}` is not among the faults:\n{lines}");
    }
}
