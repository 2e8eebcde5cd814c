//! Freezing and the chain, by the program itself.

use std::fs;

use crate::support::{SEED, copy_into, demo, files, project, run};

#[test]
fn the_frozen_demo_version_is_made_again_byte_for_byte() {
    check_made_again(&["tests/programmes/demo-0.9/content"], "content/versions");
}

#[test]
fn the_frozen_versions_of_the_gallery_are_made_again_byte_for_byte() {
    let former = ["0.7", "0.8", "0.9"].map(|version| format!("tests/programmes/gallery/former/{version}"));
    check_made_again(&former.each_ref().map(String::as_str), "tests/programmes/gallery/content/versions");
}

/// What `freeze` makes of the former states, oldest first, is what is kept.
fn check_made_again(former: &[&str], kept_in: &str) {
    let folder = tempfile::tempdir().unwrap();
    for state in former {
        copy_into(&project().join(state), &folder.path().join("content"));
        let frozen = run(&["freeze"], folder.path());
        assert_eq!(frozen.code, 0, "{}{}", frozen.out, frozen.err);
    }
    let made = files(&folder.path().join("content/versions"));
    if std::env::var_os("UPDATE").is_some() {
        // What a version says of itself has changed its shape: these are issued anew.
        for (path, bytes) in &made {
            let target = project().join(kept_in).join(path);
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::write(target, bytes).unwrap();
        }
    }
    let kept = files(&project().join(kept_in));
    assert_eq!(made.keys().collect::<Vec<_>>(), kept.keys().collect::<Vec<_>>());
    for (path, bytes) in &made {
        assert!(kept[path] == *bytes, "{kept_in}/{path} is not what freeze makes of {former:?}");
    }
}

#[test]
fn the_demo_verifies_and_one_changed_byte_is_named() {
    let folder = demo();
    let whole = run(&["verify"], folder.path());
    assert_eq!(whole.code, 0, "{}", whole.out);
    assert!(whole.out.contains("1 frozen version, unaltered"), "{}", whole.out);
    let versions = folder.path().join("content/versions");
    for name in files(&versions).keys().filter(|name| !name.starts_with('.')) {
        let path = versions.join(name);
        let bytes = fs::read(&path).unwrap();
        // A changed byte at the beginning, in the middle and at the end.
        for place in [0, bytes.len() / 2, bytes.len() - 1] {
            let mut changed = bytes.clone();
            changed[place] = if changed[place] == b'x' { b'y' } else { b'x' };
            fs::write(&path, &changed).unwrap();
            for command in ["verify", "check"] {
                let run = run(&[command], folder.path());
                assert_eq!(run.code, 1, "{command} with {name} changed at {place}: {}", run.out);
                assert!(run.out.contains("version-altered"), "{}", run.out);
                assert!(run.out.contains(&format!("content/versions/{name}")), "{}", run.out);
            }
        }
        fs::write(&path, &bytes).unwrap();
    }
    assert_eq!(run(&["verify"], folder.path()).code, 0);
}

#[test]
fn a_draft_is_built_without_what_cannot_be_read_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("milestones.md"), SEED).unwrap();
    fs::write(folder.path().join("broken.yaml"), "risks: [\n").unwrap();
    let built = run(&["build"], folder.path());
    assert_eq!(built.code, 1, "{}", built.out);
    let page = fs::read_to_string(folder.path().join("output/index.html")).unwrap();
    assert!(page.contains("Not in this portal, since it could not be read as it is: broken.yaml"));
}

#[test]
fn latest_leads_to_the_last_frozen_version() {
    let folder = demo();
    assert_eq!(run(&["build"], folder.path()).code, 0);
    let output = folder.path().join("output");
    let stub = fs::read_to_string(output.join("latest/m/M2.html")).unwrap();
    assert!(stub.contains("url=../../v/0.9/m/M2.html"), "{stub}");
    assert!(output.join("v/0.9/m/M2.html").is_file());
}

#[test]
fn freeze_refuses_what_would_break_the_chain() {
    let folder = demo();
    let refused = |arguments: &[&str]| {
        let run = run(arguments, folder.path());
        assert_eq!(run.code, 1, "{}", run.out);
        run.err.lines().last().unwrap().to_string()
    };
    assert!(refused(&["freeze", "0.9"]).contains("`0.9` is frozen already"));
    assert!(refused(&["freeze", "0.8"]).contains("does not come after"));
    assert!(refused(&["freeze", "latest"]).contains("reserved"));
    assert!(refused(&["freeze", "../1.0"]).contains("cannot be a version's name"));
    let settings = folder.path().join("content/programme.yaml");
    let text = fs::read_to_string(&settings).unwrap();
    let text = text.replace("profile: controlled", "profile: draft");
    fs::write(&settings, text.replace("data_date: 2026-02-18", "data_date: 2026-02-06")).unwrap();
    assert!(refused(&["freeze", "1.00"]).contains("is not after that of `0.9`"));
    fs::write(&settings, text.replace("data_date: 2026-02-18\n", "")).unwrap();
    assert!(refused(&["freeze", "1.00"]).contains("the data date is assumed"));
    assert_eq!(
        files(&folder.path().join("content/versions")).keys().filter(|path| !path.starts_with("0.9/")).count(),
        1
    );
}

#[test]
fn criterion_that_a_later_version_still_had_in_other_words_is_found() {
    let folder = demo();
    let list = folder.path().join("content/milestones.md");
    let text = fs::read_to_string(&list).unwrap();
    fs::write(&list, text.replace("Steering committee seated", "Steering committee named")).unwrap();
    let checked = run(&["check"], folder.path());
    let told = "criterion `M1-E1` has changed since evidence `E-001` was accepted for it";
    assert!(checked.out.contains(told), "{}", checked.out);
    assert!(checked.out.contains("it said: Steering committee seated"), "{}", checked.out);
}

#[test]
fn a_second_version_is_chained_to_the_first() {
    let folder = demo();
    let frozen = run(&["freeze"], folder.path());
    assert_eq!(frozen.code, 0, "{}{}", frozen.out, frozen.err);
    let verified = run(&["verify"], folder.path());
    assert!(verified.out.contains("2 frozen versions, unaltered"), "{}", verified.out);
    let manifest = folder.path().join("content/versions/0.9/manifest.json");
    fs::remove_file(manifest).unwrap();
    let broken = run(&["verify"], folder.path());
    assert_eq!(broken.code, 1);
    assert!(broken.out.contains("has lost its manifest"), "{}", broken.out);
    assert!(broken.out.contains("content/versions/1.00/manifest.json"), "{}", broken.out);
}

#[test]
fn a_draft_does_not_freeze_without_what_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("milestones.md"), SEED).unwrap();
    fs::write(folder.path().join("programme.yaml"), "data_date: 2026-02-18\nversion: 1.0\n").unwrap();
    let broken = folder.path().join("broken.yaml");
    fs::write(&broken, "risks: [\n").unwrap();
    let refused = run(&["freeze"], folder.path());
    assert_eq!(refused.code, 1, "{}{}", refused.out, refused.err);
    assert!(
        refused.err.contains("yaml-does-not-parse") && refused.err.contains("nothing was frozen"),
        "{}",
        refused.err
    );
    assert!(!folder.path().join("versions").exists());
    fs::remove_file(broken).unwrap();
    let frozen = run(&["freeze"], folder.path());
    assert_eq!(frozen.code, 0, "{}{}", frozen.out, frozen.err);
    assert!(frozen.out.lines().last().unwrap().ends_with("`milepost check` shows them"), "{}", frozen.out);
}
