//! Looks at portals in a real browser, and holds their markup, links and requests to what the portal promises.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::generate;
use crate::support::{self, project};

/// The demo, built as its readers get it, has no fault that a browser can see, nor has any state there is; in CI, nor has a
/// programme of three hundred milestones, of some 1,300 pages. One browser looks at them in turn.
#[test]
fn portals_have_no_fault_that_a_browser_can_see() {
    let Some(browser) = Browser::found() else { return };
    let portals = tempfile::tempdir().unwrap();
    let portal = |name: &str, programme: &Path| {
        let folder = portals.path().join(name);
        build(programme, &folder);
        folder.into_os_string().into_string().unwrap()
    };
    let (demo, gallery) = (portal("demo", project()), portal("gallery", &project().join("tests/programmes/gallery")));
    if !browser.is_required {
        announce("the 300 milestones were not looked at: that is done with MILEPOST_BROWSER=required, as in CI");
        return browser.passes("check.mjs", demo.as_ref(), &["--then", &gallery, "--thrifty"]);
    }
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in generate::programme_of(300, 30, 60) {
        let file = folder.path().join("content").join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    let large = portal("of 300 milestones", folder.path());
    browser.passes("check.mjs", demo.as_ref(), &["--then", &gallery, "--then", &large]);
}

/// The ways through the demo lead on by keyboard, from disk and without scripts.
#[test]
fn demo_is_walked_by_keyboard() {
    let Some(browser) = Browser::found() else { return };
    browser.passes("walk.mjs", built(project()).path(), &[]);
}

/// Whoever comes to an address that is not there is led back from any depth, where the portal knows its own address.
#[test]
fn the_lost_are_led_back_from_any_depth() {
    let Some(browser) = Browser::found() else { return };
    let folder = support::demo();
    let settings = folder.path().join("content/programme.yaml");
    let text = fs::read_to_string(&settings).unwrap();
    let address = "https://office.example/repo/";
    let known = text.replace("\nsite:\n", &format!("\nsite:\n  url: {address}\n"));
    assert_ne!(known, text, "the demo's settings have no `site`");
    fs::write(&settings, known).unwrap();
    browser.passes("walk.mjs", built(folder.path()).path(), &["--at", address]);
}

/// A programme's portal in a folder that goes with it.
fn built(programme: &Path) -> TempDir {
    let portal = tempfile::tempdir().unwrap();
    build(programme, portal.path());
    portal
}

fn build(programme: &Path, portal: &Path) {
    let run = support::run(&["build", "--out", portal.to_str().unwrap()], programme);
    assert!(run.code == 0, "{} does not build:\n{}{}", programme.display(), run.err, run.out);
}

/// The page that a board is handed is one sheet: what it needs to decide is not overleaf.
#[test]
fn status_of_the_demo_prints_on_one_sheet() {
    let Some(browser) = Browser::found() else { return };
    let portal = built(project());
    let pictures = tempfile::tempdir().unwrap();
    let printed = browser.run("shots.mjs", portal.path(), &[pictures.path().to_str().unwrap(), "index.html"]);
    assert_eq!(said(&printed), "index.html: 1 sheet of A4\n");
}

/// The walk by keyboard can fail: a portal without its script has no search, no filter and no switch to walk through.
#[test]
fn walk_ends_where_the_script_is_gone() {
    let Some(browser) = Browser::found() else { return };
    let still = tempfile::tempdir().unwrap();
    fs::write(still.path().join("index.html"), OTHER).unwrap();
    fs::write(still.path().join("idle.html"), IDLE).unwrap();
    let walked = browser.run("walk.mjs", still.path(), &[]);
    let lines = said(&walked);
    assert_eq!(walked.status.code(), Some(1), "{lines}");
    let flows =
        ["skips", "navigates", "filters", "sorts", "compares", "owns", "copies", "reports", "searches", "switches"];
    for flow in flows.into_iter().chain(["keeps", "themes", "rests", "loses"]).map(|flow| format!("served: {flow}")) {
        assert!(lines.contains(&flow), "`{flow}` has no fault:\n{lines}");
    }
    for flow in ["skips", "navigates", "reads", "switches"].map(|flow| format!("without scripts: {flow}")) {
        assert!(lines.contains(&flow), "`{flow}` has no fault:\n{lines}");
    }
}

/// The checks above can fail: each fault of a page made for it is named.
#[test]
fn browser_checks_name_each_fault() {
    let Some(browser) = Browser::found() else { return };
    let faulty = tempfile::tempdir().unwrap();
    fs::write(faulty.path().join("index.html"), FAULTY).unwrap();
    fs::write(faulty.path().join("other.html"), OTHER).unwrap();
    fs::write(faulty.path().join("moved.html"), MOVED).unwrap();
    let looked = browser.run("check.mjs", faulty.path(), &[]);
    let lines = said(&looked);
    assert_eq!(looked.status.code(), Some(1), "{lines}");
    for expected in [
        "index.html: at 1280 px, light: the page is 1500 px wide",
        "index.html: at 768 px, light: the page is 1500 px wide",
        "index.html: at 360 px, dark: the page is 1500 px wide",
        "index.html: in print: the page is 1500 px wide",
        "index.html: at 1280 px, dark: axe color-contrast",
        "index.html: in print: axe image-alt",
        "axe image-alt",
        "console: log: noise",
        "script: thrown",
        "a request leaves the site: http://127.0.0.1:9/outside.css",
        "a request failed: /some/where/missing.png: 404",
        "<a> `nowhere.html` leads nowhere",
        "`other.html#nobody`: no such place in other.html",
        "an address is not relative: `/some/where/other.html`",
        "`../up.html` leads out of the portal",
        "a link of a kind that no portal has: `javascript:void(0)`",
        "moved.html: <meta> `gone.html` leads nowhere",
        "other.html: markup: 2:77: No “p” element in scope",
        "without scripts: nothing to read in `main`",
    ] {
        assert!(lines.contains(expected), "`{expected}` is not among the faults:\n{lines}");
    }
}

const FAULTY: &str = r##"<!DOCTYPE html>
<html lang="en"><head><title>Faulty</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="http://127.0.0.1:9/outside.css">
<style>@media (prefers-color-scheme: dark) { .pale { color: #eee; background: #fff } }</style></head>
<body><h1>Faulty</h1><main id="main"></main>
<div style="width: 1500px; margin-left: -8px">wide</div>
<p class="pale">pale in the dark</p>
<img src="missing.png">
<a href="nowhere.html">one</a> <a href="other.html#nobody">two</a> <a href="/some/where/other.html">three</a>
<a href="../up.html">four</a> <a href="javascript:void(0)">five</a> <a href="other.html#somebody">six</a>
<script>document.getElementById("main").textContent = "by script"; console.log("noise"); throw new Error("thrown");</script>
</body></html>
"##;

const OTHER: &str = r#"<!DOCTYPE html>
<html lang="en"><head><title>Other</title><link rel="icon" href="data:,"></head>
<body><main><h1 id="somebody">Other</h1><p><div>a block in a paragraph</div></p></main></body></html>
"#;

const IDLE: &str = r#"<!DOCTYPE html>
<html lang="en"><head><title>Idle</title></head><body><main><button type="button">Sort</button></main></body></html>
"#;

const MOVED: &str = r#"<!DOCTYPE html>
<html lang="en"><head><title>Moved</title><meta http-equiv="refresh" content="0; url=gone.html"></head><body></body></html>
"#;

/// The folder of the scripts; that it is there means that everything they need was found.
pub struct Browser {
    scripts: PathBuf,
    /// Is this CI, where everything is looked at?
    is_required: bool,
}

impl Browser {
    /// Without a browser the checks are left out, and say so; with `MILEPOST_BROWSER=required` that is a failure.
    pub fn found() -> Option<Browser> {
        let is_required = std::env::var("MILEPOST_BROWSER").is_ok_and(|value| value == "required");
        let Some(missing) = missing() else {
            return Some(Browser { scripts: project().join("tests/browser"), is_required });
        };
        let sentence =
            format!("browser checks did not run: {missing}; run `.ci/browser-setup` to install what they need");
        assert!(!is_required, "{sentence}");
        announce(&sentence);
        None
    }

    /// Says what the script has counted; fails with its faults.
    #[track_caller]
    pub fn passes(&self, script: &str, portal: &Path, options: &[&str]) {
        let run = self.run(script, portal, options);
        assert!(run.status.success(), "{}", said(&run));
        announce(said(&run).trim_end());
    }

    pub fn run(&self, script: &str, portal: &Path, options: &[&str]) -> Output {
        Command::new("node").arg(self.scripts.join(script)).arg(portal).args(options).output().unwrap()
    }
}

fn missing() -> Option<String> {
    let setup = project().join(".ci/browser-setup");
    match Command::new("bash").arg(setup).arg("--check").output() {
        Ok(check) if check.status.success() => None,
        Ok(check) => Some(said(&check).trim().to_owned()),
        Err(_) => Some("bash is not installed".to_owned()),
    }
}

/// Says a line also where the test passes: what goes past the print macros is not captured.
fn announce(line: &str) {
    writeln!(std::io::stderr(), "{line}").expect("a test has a standard error");
}

pub fn said(run: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&run.stderr), String::from_utf8_lossy(&run.stdout))
}
