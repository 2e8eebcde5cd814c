//! Looks at the demo's pages in a real browser, and holds their markup, links and requests to what the portal promises.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The demo, built as its readers get it, has no fault that a browser or the HTML checker can see.
#[test]
fn demo_has_no_fault_that_a_browser_can_see() {
    let Some(browser) = Browser::found() else { return };
    let out = tempfile::tempdir().unwrap();
    let portal = out.path().join("portal");
    build_demo(&portal);
    let looked = browser.check(&portal);
    assert!(looked.status.success(), "{}", said(&looked));
    announce(said(&looked).lines().last().unwrap_or_default());
    let walked = browser.run("walk.mjs", &portal);
    assert!(walked.status.success(), "{}", said(&walked));
    announce(said(&walked).lines().last().unwrap_or_default());
}

/// The page that a board is handed is one sheet: what it needs to decide is not overleaf.
#[test]
fn status_of_the_demo_prints_on_one_sheet() {
    let Some(browser) = Browser::found() else { return };
    let out = tempfile::tempdir().unwrap();
    let portal = out.path().join("portal");
    build_demo(&portal);
    let printed = Command::new("node")
        .arg(browser.scripts.join("shots.mjs"))
        .arg(&portal)
        .arg(out.path().join("pictures"))
        .arg("index.html")
        .output()
        .unwrap();
    assert_eq!(said(&printed), "index.html: 1 sheet of A4\n");
}

/// The walk by keyboard can fail: a portal without its script has no search, no filter and no switch to walk through.
#[test]
fn walk_ends_where_the_script_is_gone() {
    let Some(browser) = Browser::found() else { return };
    let still = tempfile::tempdir().unwrap();
    fs::write(still.path().join("index.html"), OTHER).unwrap();
    fs::write(still.path().join("idle.html"), IDLE).unwrap();
    let walked = browser.run("walk.mjs", still.path());
    let lines = said(&walked);
    assert_eq!(walked.status.code(), Some(1), "{lines}");
    for flow in ["skips", "navigates", "filters", "sorts", "searches", "switches", "themes", "rests"] {
        assert!(lines.contains(&format!("served: {flow}")), "`{flow}` has no fault:\n{lines}");
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
    let looked = browser.check(faulty.path());
    let lines = said(&looked);
    assert_eq!(looked.status.code(), Some(1), "{lines}");
    for expected in [
        "index.html: at 1280 px, light: the page is 1500 px wide",
        "index.html: at 360 px, dark: the page is 1500 px wide",
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
<link rel="stylesheet" href="http://127.0.0.1:9/outside.css"></head>
<body><h1>Faulty</h1><main id="main"></main>
<div style="width: 1500px; margin-left: -8px">wide</div>
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
}

impl Browser {
    /// Without a browser the checks are left out, and say so; with `MILEPOST_BROWSER=required` that is a failure.
    pub fn found() -> Option<Browser> {
        let Some(missing) = missing() else {
            return Some(Browser { scripts: Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser") });
        };
        let sentence =
            format!("browser checks did not run: {missing}; run `.ci/browser-setup` to install what they need");
        let required = std::env::var("MILEPOST_BROWSER").is_ok_and(|value| value == "required");
        assert!(!required, "{sentence}");
        announce(&sentence);
        None
    }

    fn check(&self, portal: &Path) -> Output {
        self.run("check.mjs", portal)
    }

    pub fn run(&self, script: &str, portal: &Path) -> Output {
        Command::new("node").arg(self.scripts.join(script)).arg(portal).output().unwrap()
    }
}

fn build_demo(portal: &Path) {
    let build = Command::new(env!("CARGO_BIN_EXE_milepost"))
        .arg("build")
        .arg(env!("CARGO_MANIFEST_DIR"))
        .arg("--out")
        .arg(portal)
        .output()
        .unwrap();
    assert!(build.status.success(), "the demo does not build:\n{}", said(&build));
}

fn missing() -> Option<String> {
    let setup = Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/browser-setup");
    match Command::new("bash").arg(setup).arg("--check").output() {
        Ok(check) if check.status.success() => None,
        Ok(check) => Some(said(&check).trim().to_owned()),
        Err(_) => Some("bash is not installed".to_owned()),
    }
}

/// Says a line also where the test passes: what goes past the print macros is not captured.
pub fn announce(line: &str) {
    writeln!(std::io::stderr(), "{line}").expect("a test has a standard error");
}

pub fn said(run: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&run.stderr), String::from_utf8_lossy(&run.stdout))
}
