//! A programme's own theme over the default one: `programmes/themed` is the example that `themes/README.md` points at.

use std::fs;

use crate::support::{copy_of, files, run};

#[test]
fn example_changes_tokens_logo_a_component_a_page_and_a_word() {
    let folder = copy_of("tests/programmes/themed");
    let built = run(&["build"], folder.path());
    assert_eq!(built.code, 0, "{}{}", built.out, built.err);
    let found = run(&["check", "--format", "short"], folder.path()).out;
    assert!(!found.contains("[theme-does-not-fit]") && !found.contains("[template-error]"), "{found}");
    let portal = files(&folder.path().join("output"));
    let text = |address: &str| String::from_utf8(portal[address].clone()).unwrap();

    let asset = |start: &str, end: &str| {
        let is_it = |address: &&String| address.starts_with(start) && address.ends_with(end);
        portal.keys().find(is_it).unwrap_or_else(|| panic!("no {start}…{end}"))
    };
    let css = text(asset("assets/portal-", ".css"));
    assert!(css.contains("--accent: #0b4bb5;") && css.rfind("--accent: #00566b;") > css.find("--accent: #0b4bb5;"));
    let (status, milestone) = (text("index.html"), text("m/M2.html"));
    let logo = asset("assets/logo-", ".svg");
    assert!(status.contains(&format!("<img class=\"logo\" src=\"{logo}\" alt=\"\">")));
    assert!(milestone.contains(&format!("<img class=\"logo\" src=\"../{logo}\" alt=\"\">")));
    assert_eq!(portal[logo], fs::read(folder.path().join("themes/harbour/logo.svg")).unwrap());

    let day = "<time class=\"nowrap\" datetime=\"2026-03-10\">2026-03-10</time>";
    assert!(status.contains(day) && milestone.contains(day), "the component is on every page");
    assert!(status.contains("The harbour office answers") && !milestone.contains("The harbour office answers"));
    assert!(status.contains("<h1") && status.contains("Tide table"));
}

/// The default theme stands in, and the finding says what, where and what to do.
#[test]
fn theme_for_another_interface_is_not_used() {
    let folder = copy_of("tests/programmes/themed");
    fs::write(folder.path().join("themes/harbour/theme.toml"), "interface = 9\n").unwrap();
    let built = run(&["build"], folder.path());
    assert_eq!(built.code, 0, "a draft is built all the same: {}", built.err);
    let said = run(&["check"], folder.path()).out;
    for words in [
        "this theme is written for interface 9, and this milepost has interface 1",
        "themes/harbour/theme.toml:1:13",
        "update milepost, or use an older version of the theme",
    ] {
        assert!(said.contains(words), "`{words}` is not in:\n{said}");
    }
    assert!(!files(&folder.path().join("output")).keys().any(|address| address.starts_with("assets/logo-")));
}

#[test]
fn template_with_an_error_is_found_with_file_line_and_what() {
    let folder = copy_of("tests/programmes/themed");
    let status = folder.path().join("themes/harbour/status.html");
    fs::write(
        &status,
        "{% extends \"default/status.html\" %}\n{% block main %}\n{{ view.colour_of_the_sea }}\n{% endblock %}\n",
    )
    .unwrap();
    let built = run(&["build"], folder.path());
    assert!(built.err.contains("themes/harbour/status.html:3:"), "{}", built.err);
    assert!(built.err.contains("field `colour_of_the_sea` is not defined"), "{}", built.err);
    let index = fs::read_to_string(folder.path().join("output/index.html")).unwrap();
    assert!(index.contains("<h1") && !index.contains("harbour office"), "the default template stands in");
}
