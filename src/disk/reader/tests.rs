//! Tests of the reading of a folder: what is read as what, what is refused, and what is not read twice.

use std::fs;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use expect_test::{Expect, expect};

use crate::disk::Reader;
use crate::disk::fixture::Programme;
use crate::source::Inputs;

/// One line for each thing read.
fn listed(inputs: &Inputs) -> String {
    let mut lines = vec![format!("root {:?}", inputs.root)];
    for (shelf, sources) in [("source", &inputs.sources), ("frozen", &inputs.frozen), ("theme", &inputs.themes)] {
        lines.extend(sources.iter().map(|source| format!("{shelf} {} {:?}", source.path, source.text)));
    }
    lines.extend(
        inputs.assets.iter().map(|asset| format!("asset {} {} {}", asset.path, asset.length, &asset.sha256[..8])),
    );
    lines.extend(
        inputs.unreadable.iter().map(|unreadable| format!("unreadable {} {}", unreadable.path, unreadable.reason)),
    );
    lines.join("\n")
}

#[track_caller]
fn check(programme: &Programme, expected: Expect) {
    let inputs = Reader::new(&programme.folder).read().unwrap();
    expected.assert_eq(&listed(&inputs));
}

#[test]
fn files_are_read_as_what_their_place_and_name_say() {
    let programme = Programme::new(&[
        ("content/b.md", "b"),
        ("content/b/a.YAML", "ba"),
        ("content/programme.yaml", "name: x"),
        ("content/evidence/log.txt", "log"),
        ("content/output/kept.md", "only the folder's own output is left out"),
        ("content/.hidden.md", ""),
        ("content/.git/x.md", ""),
        ("content/versions/0.9/snapshot.json", "\u{feff}{}"),
        ("content/versions/0.9/b.md", "\u{feff}b"),
        ("content/versions/files/0123.md", "attached"),
        ("content/versions/.gitattributes", ""),
        ("themes/mine/page.html", "\u{feff}<p>"),
        ("themes/mine/logo.png", "png"),
        ("programme.yaml", "not of the content root"),
        ("output/index.html", ""),
    ]);
    check(
        &programme,
        expect![[r#"
            root "content/"
            source content/b.md "b"
            source content/b/a.YAML "ba"
            source content/output/kept.md "only the folder's own output is left out"
            source content/programme.yaml "name: x"
            frozen content/versions/0.9/b.md "\u{feff}b"
            frozen content/versions/0.9/snapshot.json "\u{feff}{}"
            theme themes/mine/page.html "<p>"
            asset content/evidence/log.txt 3 836ff184
            asset content/versions/files/0123.md 8 55d9067e
            asset themes/mine/logo.png 3 8f8cbb7d"#]],
    );
}

#[test]
fn a_folder_without_content_is_the_content_but_for_what_a_project_has_beside_it() {
    let programme = Programme::new(&[
        ("m.md", "m"),
        ("a/output/x.md", "x"),
        ("output/x.md", ""),
        ("target/x.md", ""),
        ("node_modules/x.md", ""),
        ("themes/t/x.css", "css"),
        ("versions/1/x.yaml", "v"),
        ("public/x.md", ""),
    ]);
    let inputs = Reader::new(&programme.folder).leaving_out(&programme.folder.join("public")).read().unwrap();
    expect![[r#"
        root ""
        source a/output/x.md "x"
        source m.md "m"
        frozen versions/1/x.yaml "v"
        theme themes/t/x.css "css""#]]
    .assert_eq(&listed(&inputs));
}

#[test]
fn a_file_alone_is_read_under_its_own_name() {
    let programme = Programme::new(&[("content/list.md", "list"), ("content/list.csv", "a,b")]);
    let read = |path| listed(&Reader::new(&programme.folder.join(path)).read().unwrap());
    assert_eq!(read("content/list.md"), "root \"\"\nsource list.md \"list\"");
    assert!(read("content/list.csv").starts_with("root \"\"\nasset list.csv 3 "));
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    let programme = Programme::new(&[]);
    let error = Reader::new(&programme.folder.join("absent")).read().unwrap_err();
    assert!(error.to_string().ends_with("programme/absent`"), "{error}");
}

#[test]
fn what_is_no_text_is_unreadable_and_the_rest_is_read() {
    let programme = Programme::new(&[("a.md", "a")]);
    programme.put("latin.md", b"# Caf\xe9");
    programme.put("wide.md", b"\xff\xfe#\0");
    programme.put("nul.yaml", b"a: \0");
    programme.put("themes/t/x.css", b"\xe9");
    let long = fs::File::create(programme.folder.join("long.md")).unwrap();
    long.set_len(50 * 1024 * 1024 + 1).unwrap();
    check(
        &programme,
        expect![[r#"
            root ""
            source a.md "a"
            unreadable latin.md is saved in an old encoding, as the letter at line 1, column 6 shows; open it in your editor and save it again with the encoding UTF-8 (“Save As” asks for it)
            unreadable long.md has 51 MB, and a text file may have 50 MB; split it
            unreadable nul.yaml is not a text file, as line 1, column 4 shows; if it should be one, open it in your editor and save it again with the encoding UTF-8 (“Save As” asks for it)
            unreadable themes/t/x.css is saved in an old encoding, as the letter at line 1, column 1 shows; open it in your editor and save it again with the encoding UTF-8 (“Save As” asks for it)
            unreadable wide.md is saved as “Unicode” (UTF-16); open it in your editor and save it again with the encoding UTF-8 (“Save As” asks for it)"#]],
    );
}

#[cfg(unix)]
#[test]
fn links_are_followed_to_files_of_the_folder_only() {
    let programme =
        Programme::new(&[("a/a.md", "a"), ("a/log.txt", "log"), (".git/config", "token"), ("../secret.md", "secret")]);
    for (target, link) in [
        ("a/log.txt", "latest.txt"),
        ("../secret.md", "out.md"),
        ("/etc", "etc"),
        ("absent.md", "dangling.md"),
        ("round.md", "round.md"),
        ("a", "again"),
        (".", "self"),
        (".git/config", "config.md"),
    ] {
        std::os::unix::fs::symlink(target, programme.folder.join(link)).unwrap();
    }
    check(
        &programme,
        expect![[r#"
            root ""
            source a/a.md "a"
            asset a/log.txt 3 836ff184
            asset latest.txt 3 836ff184
            unreadable again is a link to a folder, and only links to files are followed; copy the folder
            unreadable config.md is a link to `.git/config`, which is hidden; copy what it leads to
            unreadable dangling.md is a link to `absent.md`, which is not there
            unreadable etc is a link to `/etc`, outside of the programme's folder; copy what it leads to
            unreadable out.md is a link to `../secret.md`, outside of the programme's folder; copy what it leads to
            unreadable round.md is a link that cannot be followed: filesystem loop or indirection limit (e.g. symlink loop)
            unreadable self is a link to a folder, and only links to files are followed; copy the folder"#]],
    );
}

#[cfg(unix)]
#[test]
fn content_that_is_a_link_out_of_the_folder_is_not_entered() {
    let programme = Programme::new(&[("../elsewhere/a.md", "a")]);
    std::os::unix::fs::symlink("../elsewhere", programme.folder.join("content")).unwrap();
    check(
        &programme,
        expect![[r#"
            root "content/"
            unreadable content is a link to `../elsewhere`, outside of the programme's folder; copy what it leads to"#]],
    );
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_no_page_can_show_and_pipes_are_unreadable() {
    use std::os::unix::ffi::OsStrExt;
    let programme = Programme::new(&[("new\nline.md", "")]);
    let latin = std::ffi::OsStr::from_bytes(b"caf\xe9");
    fs::create_dir(programme.folder.join(latin)).unwrap();
    fs::write(programme.folder.join(latin).join("a.md"), "a").unwrap();
    fs::write(programme.folder.join(std::ffi::OsStr::from_bytes(b"\xe9.md")), "a").unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(programme.folder.join("pipe.md")).unwrap();
    check(
        &programme,
        expect![[r#"
            root ""
            unreadable caf� has a name that is not UTF-8; rename it
            unreadable new�line.md has a control character in its name; rename it
            unreadable pipe.md is neither a file nor a folder
            unreadable �.md has a name that is not UTF-8; rename it"#]],
    );
}

#[cfg(unix)]
#[test]
fn what_nobody_may_read_is_unreadable_until_it_may_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let programme = Programme::new(&[("a.md", "a"), ("b/b.md", "b")]);
    let set =
        |path: &str, mode| fs::set_permissions(programme.folder.join(path), fs::Permissions::from_mode(mode)).unwrap();
    programme.age("a.md");
    set("a.md", 0);
    set("b", 0);
    let mut reader = Reader::new(&programme.folder);
    // Root may read everything.
    let is_root = fs::File::open(programme.folder.join("a.md")).is_ok();
    let inputs = reader.read().unwrap();
    if !is_root {
        expect![[r#"
            root ""
            unreadable a.md cannot be read: you have no permission to open it
            unreadable b cannot be read: you have no permission to open it"#]]
        .assert_eq(&listed(&inputs));
    }
    set("a.md", 0o644);
    set("b", 0o755);
    assert_eq!(listed(&reader.read().unwrap()), "root \"\"\nsource a.md \"a\"\nsource b/b.md \"b\"");
}

#[test]
fn what_has_not_changed_is_not_opened_again() {
    let programme = Programme::new(&[("a.md", "first"), ("young.md", "first"), ("log.txt", "log"), ("bad.md", "\0")]);
    for path in ["a.md", "log.txt", "bad.md"] {
        programme.age(path);
    }
    let now = SystemTime::now() + Duration::from_secs(1);
    programme.date("young.md", now);
    let mut reader = Reader::new(&programme.folder);
    let first = reader.read().unwrap();
    let second = reader.read().unwrap();
    assert_eq!(first, second);
    for (one, other) in first.sources.iter().zip(&second.sources) {
        assert!(Arc::ptr_eq(&one.text, &other.text) && Arc::ptr_eq(&one.path, &other.path), "{}", one.path);
    }
    assert!(Arc::ptr_eq(&first.assets[0].sha256, &second.assets[0].sha256));

    // The stamp stays, the bytes differ: who says "first" did not look. In a young file a stamp is not believed.
    let modified = fs::metadata(programme.folder.join("a.md")).unwrap().modified().unwrap();
    for (path, time) in [("a.md", modified), ("young.md", now)] {
        programme.put(path, b"other");
        programme.date(path, time);
    }
    let third = reader.read().unwrap();
    assert_eq!(&*third.source("a.md").unwrap().text, "first");
    assert_eq!(&*third.source("young.md").unwrap().text, "other");

    programme.put("a.md", b"longer than before");
    fs::remove_file(programme.folder.join("log.txt")).unwrap();
    let fourth = reader.read().unwrap();
    assert_eq!(&*fourth.source("a.md").unwrap().text, "longer than before");
    assert!(fourth.assets.is_empty());
}
