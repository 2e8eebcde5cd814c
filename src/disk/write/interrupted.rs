//! Stops the writing of a portal after each of its operations, and holds that nothing is half-written or left behind.

use std::collections::BTreeMap;
use std::fs;

use crate::disk::Writer;
use crate::disk::fixture::{Programme, bytes_of, copy_of, portal, tree, with_manifest};
use crate::disk::operations::Operations;
use crate::disk::standing::{MANIFEST, Manifest};
use crate::output::Output;

type Files = BTreeMap<String, Vec<u8>>;

const EVIDENCE: &[u8] = &[7; 100_000];

fn programme() -> Programme {
    let programme = Programme::new(&[("content/milestones.md", "# M1"), ("output/.gitignore", "*\n")]);
    programme.put("content/evidence/log.bin", EVIDENCE);
    programme
}

fn old() -> Output {
    portal(&[
        ("index.html", "old index"),
        ("m/M1.html", "milestone one"),
        ("m/M2.html", "milestone two, old"),
        ("r/index.html", "old risks"),
        ("r/R1.html", "risk one"),
        ("assets/style.css", "old style"),
        ("was-a-file", "file"),
        ("was-a-folder/deep/file.html", "folder"),
    ])
}

/// A change, an addition, a removal, a copy, a file where a folder was, a folder where a file was.
fn new() -> Output {
    let mut output = portal(&[
        ("index.html", "new index, which is longer"),
        ("m/M1.html", "milestone one"),
        ("m/M2.html", "milestone two, new"),
        ("m/M3.html", "milestone three"),
        ("e/index.html", "new evidence"),
        ("assets/style.css", "new style"),
        ("was-a-file/now/folder.html", "folder"),
        ("was-a-folder", "file"),
    ]);
    output.files.remove(MANIFEST);
    output.add("e/files/log.bin", copy_of("content/evidence/log.bin", EVIDENCE));
    with_manifest(output)
}

/// One writer after another, each stopped one operation later than the one before, until one gets through; between
/// them an unhindered one has to mend what was left. Returns the number of stops.
fn stop_everywhere(
    before: Option<&Output>,
    after: &Output,
    writer: impl Fn(&Programme) -> Writer,
    holds: impl Fn(&Files, &Files, &Files),
) -> usize {
    for count in 0.. {
        let programme = programme();
        let carried = programme.portal().unwrap();
        let expected = |output: Option<&Output>| {
            let files = output.map(|output| bytes_of(output, &programme.folder)).unwrap_or_default();
            files.into_iter().chain(carried.clone()).collect::<Files>()
        };
        if let Some(before) = before {
            programme.writer().write(before).unwrap();
        }
        let surroundings = surroundings(&programme);

        let mut stopped = writer(&programme);
        stopped.operations = Operations::stopping_after(count);
        let result = one_at_a_time(|| stopped.write(after));
        let done = result.is_ok();
        if let Err(error) = result {
            assert!(format!("{error:#}").contains("stopped"), "{error:#}");
            holds(&programme.portal().unwrap(), &expected(before), &expected(Some(after)));
        }
        writer(&programme).write(after).unwrap_or_else(|error| panic!("after {count} operations: {error:#}"));
        assert_eq!(programme.portal().unwrap(), expected(Some(after)), "after {count} operations");
        assert_eq!(self::surroundings(&programme), surroundings, "after {count} operations");
        if done {
            return count;
        }
    }
    unreachable!("there is always one more number")
}

/// The whole programme but for its portal.
fn surroundings(programme: &Programme) -> Files {
    tree(&programme.folder).into_iter().filter(|(path, _)| !path.starts_with("output/")).collect()
}

/// In one thread the operations have one order, and each stop is at another one.
fn one_at_a_time<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap().install(work)
}

fn in_place(programme: &Programme) -> Writer {
    let mut writer = programme.writer();
    writer.in_place = Some("the test says so".into());
    writer
}

#[track_caller]
fn whole(now: &Files, before: &Files, after: &Files) {
    assert!(now == before || now == after, "neither the old nor the new portal: {:?}", now.keys());
}

#[test]
fn first_build_stopped_anywhere_leaves_nothing_or_all() {
    let stops = stop_everywhere(None, &new(), Programme::writer, whole);
    assert!(stops > 50, "{stops}");
}

#[test]
fn first_build_into_no_folder_stopped_anywhere_leaves_no_folder_or_all() {
    let after = new();
    for count in 0.. {
        let programme = programme();
        let writer = || Writer::new(&programme.folder, &programme.folder.join("public/deep/site"));
        let site = programme.folder.join("public/deep/site");
        let mut stopped = writer();
        stopped.operations = Operations::stopping_after(count);
        let done = one_at_a_time(|| stopped.write(&after)).is_ok();
        assert!(!site.exists() || tree(&site) == bytes_of(&after, &programme.folder), "after {count} operations");
        writer().write(&after).unwrap();
        let deep =
            bytes_of(&after, &programme.folder).into_iter().map(|(path, bytes)| (format!("deep/site/{path}"), bytes));
        assert_eq!(tree(&programme.folder.join("public")), deep.collect::<Files>(), "after {count} operations");
        if done {
            break;
        }
    }
}

#[test]
fn rebuild_stopped_anywhere_leaves_the_old_or_the_new_portal_whole() {
    let stops = stop_everywhere(Some(&old()), &new(), Programme::writer, whole);
    assert!(stops > 60, "{stops}");
}

#[test]
fn rebuild_in_place_stopped_anywhere_tears_no_file_and_is_mended() {
    let stops = stop_everywhere(Some(&old()), &new(), in_place, |now, before, after| {
        assert!(now.contains_key("index.html"));
        for (path, bytes) in now {
            let is_aside = path.starts_with(".milepost-new/");
            // Old and new files together, from the first change until after the last.
            let is_union = path == MANIFEST && Manifest::parse(bytes).is_some();
            let is_empty_folder = path.ends_with('/');
            let is_whole = before.get(path) == Some(bytes) || after.get(path) == Some(bytes);
            assert!(is_aside || is_union || is_empty_folder || is_whole, "{path} is torn");
        }
        if now.get("index.html") == after.get("index.html") {
            for (path, bytes) in after.iter().filter(|(path, _)| *path != MANIFEST) {
                assert_eq!(now.get(path), Some(bytes), "{path} came after the index page");
            }
        }
    });
    assert!(stops > 60, "{stops}");
}

#[test]
fn rebuild_in_place_after_a_stopped_exchange_is_whole_and_the_other_way_round() {
    for (first, second) in [
        (Programme::writer as fn(&Programme) -> Writer, in_place as fn(&Programme) -> Writer),
        (in_place, Programme::writer),
    ] {
        for count in (5..200).step_by(7) {
            let programme = programme();
            programme.writer().write(&old()).unwrap();
            let mut stopped = first(&programme);
            stopped.operations = Operations::stopping_after(count);
            let _ = stopped.write(&new());
            // The author goes back to the old content: nothing of the stopped build may show.
            second(&programme).write(&old()).unwrap();
            let mut expected = bytes_of(&old(), &programme.folder);
            expected.insert(".gitignore".into(), b"*\n".to_vec());
            assert_eq!(programme.portal().unwrap(), expected, "after {count} operations");
            assert_eq!(fs::read_dir(&programme.folder).unwrap().count(), 2, "content and output only");
        }
    }
}
