//! Tests of a portal's writing that is not stopped: what is written, kept, removed and refused.

use std::fs;

use crate::disk::Written;
use crate::disk::fixture::{Programme, bytes_of, copy_of, portal, tree, with_manifest};
use crate::output::Output;

fn refusal(programme: &Programme, output: &Output) -> String {
    let before = tree(&programme.folder);
    let error = programme.writer().write(output).unwrap_err();
    assert_eq!(tree(&programme.folder), before, "a refusal changes nothing");
    format!("{error:#}").replace(programme.folder.to_str().unwrap(), "FOLDER")
}

#[test]
fn only_what_differs_is_written() {
    let programme = Programme::new(&[]);
    let old = portal(&[("index.html", "one"), ("m/M1.html", "same"), ("gone/g.html", "gone")]);
    let new = portal(&[("index.html", "two"), ("m/M1.html", "same"), ("new.html", "new")]);
    let mut writer = programme.writer();
    assert_eq!(writer.write(&old).unwrap(), Written { written: 4, ..Written::default() });
    let written = Written { written: 3, unchanged: 1, removed: 1, in_place: None };
    assert_eq!(writer.write(&new).unwrap(), written);
    assert_eq!(programme.portal().unwrap(), bytes_of(&new, &programme.folder));

    let unchanged = Written { unchanged: 4, ..Written::default() };
    assert_eq!(writer.write(&new).unwrap(), unchanged);
    assert_eq!(programme.writer().write(&new).unwrap(), unchanged, "nor by another process");
}

#[cfg(unix)]
#[test]
fn kept_files_are_the_same_files_with_one_name_and_a_folder_with_nothing_new_stays() {
    use std::os::unix::fs::MetadataExt;
    let programme = Programme::new(&[]);
    let stat = |path: &str| {
        let metadata = fs::metadata(programme.out().join(path)).unwrap();
        (metadata.ino(), metadata.nlink())
    };
    programme.writer().write(&portal(&[("index.html", "one"), ("m/M1.html", "same")])).unwrap();
    let (kept, folder) = (stat("m/M1.html"), stat("").0);
    programme.writer().write(&portal(&[("index.html", "one"), ("m/M1.html", "same")])).unwrap();
    assert_eq!(stat("").0, folder);
    programme.writer().write(&portal(&[("index.html", "two"), ("m/M1.html", "same")])).unwrap();
    assert_eq!(stat("m/M1.html"), kept);
    assert_eq!(kept.1, 1);
    assert_ne!(stat("").0, folder);
}

#[cfg(unix)]
#[test]
fn modes_are_those_of_a_published_portal_whatever_the_umask() {
    use std::os::unix::fs::PermissionsExt;
    let programme = Programme::new(&[("content/log.bin", "log")]);
    let mode = |path: &str| fs::metadata(programme.out().join(path)).unwrap().permissions().mode() & 0o7777;
    let mut output = portal(&[("index.html", "one"), ("m/n/M1.html", "two")]);
    output.files.remove("manifest.json");
    output.add("log.bin", copy_of("content/log.bin", b"log"));
    let output = with_manifest(output);
    programme.writer().write(&output).unwrap();
    let modes = || ["", "m", "m/n", "index.html", "m/n/M1.html", "log.bin", "manifest.json"].map(mode);
    assert_eq!(modes(), [0o755, 0o755, 0o755, 0o644, 0o644, 0o644, 0o644]);

    fs::set_permissions(programme.out().join("index.html"), fs::Permissions::from_mode(0o600)).unwrap();
    programme.writer().write(&output).unwrap();
    assert_eq!(mode("index.html"), 0o644);
}

#[test]
fn edited_and_deleted_files_of_the_portal_are_mended() {
    let programme = Programme::new(&[]);
    let output = portal(&[("index.html", "one"), ("a.html", "two"), ("b.html", "three")]);
    let mut warm = programme.writer();
    warm.write(&output).unwrap();
    for cold in [false, true] {
        programme.put("output/index.html", b"eno");
        fs::remove_file(programme.out().join("a.html")).unwrap();
        let written = if cold { programme.writer().write(&output) } else { warm.write(&output) };
        assert_eq!(written.unwrap(), Written { written: 2, unchanged: 2, ..Written::default() });
        assert_eq!(programme.portal().unwrap(), bytes_of(&output, &programme.folder));
    }
}

#[test]
fn a_second_writing_looks_at_stamps_only() {
    let programme = Programme::new(&[]);
    let output = portal(&[("index.html", "one")]);
    let mut warm = programme.writer();
    warm.write(&output).unwrap();
    // The stamp stays, the bytes differ: who says that nothing changed did not look.
    let modified = fs::metadata(programme.out().join("index.html")).unwrap().modified().unwrap();
    programme.put("output/index.html", b"eno");
    programme.date("output/index.html", modified);
    assert_eq!(warm.write(&output).unwrap().written, 0);
    assert_eq!(programme.writer().write(&output).unwrap().written, 1);
}

#[test]
fn the_authors_four_files_are_carried_over() {
    let programme = Programme::new(&[
        ("output/.gitignore", "*"),
        ("output/.gitkeep", ""),
        ("output/CNAME", "example.org"),
        ("output/.nojekyll", ""),
    ]);
    let carried = programme.portal().unwrap();
    for text in ["one", "two"] {
        let output = portal(&[("index.html", text)]);
        programme.writer().write(&output).unwrap();
        let mut expected = bytes_of(&output, &programme.folder);
        expected.extend(carried.clone());
        assert_eq!(programme.portal().unwrap(), expected);
    }
}

#[test]
fn a_folder_with_foreign_files_is_refused_and_untouched() {
    let output = portal(&[("index.html", "one")]);
    let programme = Programme::new(&[
        ("output/index.html", "mine"),
        ("output/notes/a.txt", ""),
        ("output/notes/b.txt", ""),
        ("output/z", ""),
    ]);
    assert_eq!(
        refusal(&programme, &output),
        "`FOLDER/output` holds what milepost did not write, and nothing was changed: `index.html`, `notes/a.txt`, \
         `notes/b.txt` and 1 more. Move that away, or give another folder with --out"
    );

    let programme = Programme::new(&[]);
    programme.writer().write(&output).unwrap();
    programme.put("output/budget.xlsx", b"");
    assert!(refusal(&programme, &portal(&[])).contains("nothing was changed: `budget.xlsx`. Move"));

    let programme =
        Programme::new(&[("output/manifest.json", r#"{"generator": "other", "files": {"index.html": "0"}}"#)]);
    programme.put("output/index.html", b"");
    assert!(refusal(&programme, &output).contains("`index.html`, `manifest.json`. Move"));
}

#[cfg(unix)]
#[test]
fn links_in_the_output_folder_are_foreign_even_under_a_name_of_the_manifest() {
    let programme = Programme::new(&[("secret", "secret")]);
    let output = portal(&[("index.html", "one")]);
    programme.writer().write(&output).unwrap();
    fs::remove_file(programme.out().join("index.html")).unwrap();
    std::os::unix::fs::symlink("../secret", programme.out().join("index.html")).unwrap();
    assert!(refusal(&programme, &output).contains("`index.html`. Move"));
    assert_eq!(fs::read(programme.folder.join("secret")).unwrap(), b"secret");
}

#[test]
fn a_manifest_cannot_make_the_tool_remove_what_lies_elsewhere() {
    let programme = Programme::new(&[("precious", "precious")]);
    programme.put(
        "output/manifest.json",
        format!(
            r#"{{"generator": "milepost", "files": {{"../precious": "", "{}/precious": ""}}}}"#,
            programme.folder.display()
        )
        .as_bytes(),
    );
    let output = portal(&[("index.html", "one")]);
    programme.writer().write(&output).unwrap();
    assert_eq!(fs::read(programme.folder.join("precious")).unwrap(), b"precious");
    assert_eq!(programme.portal().unwrap(), bytes_of(&output, &programme.folder));
}

#[test]
fn what_is_called_like_a_left_over_and_is_not_ours_is_refused() {
    for path in [
        ".milepost-output-new",
        ".milepost-output-new/notes.txt",
        ".milepost-output-new/portal/index.html",
        "output/.milepost-new/notes.txt",
    ] {
        let programme = Programme::new(&[(path, "mine")]);
        let said = refusal(&programme, &portal(&[]));
        assert!(said.ends_with("and it needs the name: move it away"), "{said}");
    }
    let programme = Programme::new(&[
        (".milepost-output-new/milepost-aside", "milepost"),
        (".milepost-output-new/portal/mine", ""),
    ]);
    let said = refusal(&programme, &portal(&[]));
    assert!(said.contains("holds what milepost did not write, and nothing was changed: `mine`"), "{said}");
}

#[test]
fn two_builds_at_a_time_do_not_mix() {
    let programme = Programme::new(&[(".milepost-output-new/milepost-aside", "milepost")]);
    let marker = fs::File::open(programme.folder.join(".milepost-output-new/milepost-aside")).unwrap();
    marker.lock().unwrap();
    let said = refusal(&programme, &portal(&[]));
    assert!(said.starts_with("another milepost is writing there"), "{said}");
    drop(marker);
    programme.writer().write(&portal(&[])).unwrap();
    assert_eq!(fs::read_dir(&programme.folder).unwrap().count(), 1);
}

#[test]
fn copies_are_of_the_asset_that_was_read() {
    let programme = Programme::new(&[("content/log.bin", "log"), ("content/other", "")]);
    let mut output = Output::default();
    output.add("files/log.bin", copy_of("content/log.bin", b"log"));
    let output = with_manifest(output);
    programme.writer().write(&output).unwrap();
    assert_eq!(programme.portal().unwrap()["files/log.bin"], b"log");
    assert_eq!(programme.writer().write(&output).unwrap().written, 0);

    fs::remove_dir_all(programme.out()).unwrap();
    programme.put("content/log.bin", b"longer");
    let said = refusal(&programme, &output);
    assert!(
        said.ends_with("cannot write `files/log.bin`: `content/log.bin` changed during the build: run it again"),
        "{said}"
    );
}

#[test]
fn an_output_that_its_manifest_does_not_name_is_a_mistake() {
    let programme = Programme::new(&[]);
    let mut output = portal(&[("index.html", "one")]);
    output.add("more.html", "more".to_string());
    assert!(refusal(&programme, &output).contains("does not name just the portal's files"));
    output.files.remove("manifest.json");
    assert_eq!(refusal(&programme, &output), "the portal has no `manifest.json`");
}

#[test]
fn the_same_output_in_another_folder_is_the_same_bytes() {
    let output = portal(&[("index.html", "one"), ("m/é.html", "two")]);
    let portals = [(), ()].map(|()| {
        let programme = Programme::new(&[]);
        programme.writer().write(&output).unwrap();
        programme.portal().unwrap()
    });
    assert_eq!(portals[0], portals[1]);
}
