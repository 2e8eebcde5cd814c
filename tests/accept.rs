//! `milepost accept`: a judgement goes into the record in its own form, and no other byte of the folder changes.

use std::fs;
use std::path::Path;

use expect_test::{Expect, expect};
use serde_json::Value;

use crate::support::{Run, demo, files, run};

/// Two criteria, of which the second wants a role, and a file to seal.
fn programme(path: &str, evidence: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "content/programme.yaml",
        "name: Pilot\ndata_date: 2026-02-18\nroles: { auditor: Auditor }\npeople:\n- { id: amara, name: Amara Doyle, \
         roles: [auditor] }\n- { id: ben, name: Ben Ito }\n- { id: lucia, name: Lucia Ferro }\n",
    );
    write(
        folder.path(),
        "content/milestones/M2.md",
        "---\nname: Cut-over\nexit:\n- { id: M2-X3, text: \"Rollback drills: 3, recorded\" }\n\
         - { id: M2-X4, text: Alarms tested, acceptor: auditor }\n---\n",
    );
    write(folder.path(), "content/files/record.txt", "three drills\n");
    write(folder.path(), path, evidence);
    folder
}

fn write(folder: &Path, path: &str, text: &str) {
    let file = folder.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

const SEAL: &str = "84e4bf9ec18b2e25aa9aa1ad7e1e1d0ed6a2a0e1";

/// The lines that went and came in `path`, what the command said, and that nothing else in the folder is another.
fn told(folder: &Path, path: &str, arguments: &[&str]) -> String {
    let before = files(folder);
    let arguments: Vec<&str> = [&["accept"], arguments].concat();
    let Run { code, out, err } = run(&arguments, folder);
    let mut after = files(folder);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (then, now) = (text(&before[path]), text(&after[path]));
    after.insert(path.to_string(), before[path].clone());
    assert!(before == after, "another file was changed");
    let lines = |text: &str| text.split_inclusive('\n').map(str::to_string).collect::<Vec<_>>();
    let (then, now) = (lines(&then), lines(&now));
    let start = then.iter().zip(&now).take_while(|(then, now)| then == now).count();
    let same = |then: &&String, now: &&String| then == now;
    let tail =
        then[start..].iter().rev().zip(now[start..].iter().rev()).take_while(|(then, now)| same(then, now)).count();
    let shown = |sign: &str, lines: &[String]| {
        lines
            .iter()
            .map(|line| format!("{sign}{}\n", line.trim_end_matches('\n').replace('\r', "␍")))
            .collect::<String>()
    };
    let gone = shown("-", &then[start..then.len() - tail]);
    let come = shown("+", &now[start..now.len() - tail]);
    format!("{gone}{come}{code} {out}{err}").replace(&seal(), SEAL)
}

/// The sha256 of the file, as `evidence-not-sealed` gives it to be pasted.
fn seal() -> String {
    let row = "id: E-1\ntitle: Drills\nproves: [M2-X3]\nproducer: Lucia Ferro\nproduced_on: 2026-02-10\nlocation: files/record.txt\n\
               result: pass\nacceptor: Ben Ito\naccepted_on: 2026-02-11\n";
    let folder = programme("content/evidence/E-1.yaml", row);
    let told = run(&["check", "--format", "json"], folder.path());
    let told: Value = serde_json::from_str(&told.out).unwrap();
    let finding =
        told["findings"].as_array().unwrap().iter().find(|finding| finding["rule"] == "evidence-not-sealed").unwrap();
    let help = finding["help"].as_str().unwrap();
    help.split(['`', ' ']).find(|word| word.len() == 64).unwrap().to_string()
}

fn check(path: &str, evidence: &str, arguments: &[&str], expect: Expect) {
    let folder = programme(path, evidence);
    expect.assert_eq(&told(folder.path(), path, arguments));
}

const BEN: [&str; 3] = ["E-1", "--by", "Ben Ito"];

#[test]
fn a_row_is_filled_and_padded_bars_stay_where_they_are() {
    check(
        "content/evidence.md",
        "| ID | Title | Proves | Type | Producer | Produced on | Location | Result | Acceptor  | Accepted on |\n\
         |----|-------|--------|------|----------|-------------|----------|--------|-----------|-------------|\n\
         | E-1 | Drills | M2-X3 | Record | Lucia Ferro | 2026-02-10 | https://example.org/1 |        |           | – |\n\
         | E-2 | Other | M2-X4 | Record | Lucia Ferro | 2026-02-10 | https://example.org/2 | | | |\n",
        &BEN,
        expect![[r#"
            -| E-1 | Drills | M2-X3 | Record | Lucia Ferro | 2026-02-10 | https://example.org/1 |        |           | – |
            +| E-1 | Drills | M2-X3: Rollback drills: 3, recorded | Record | Lucia Ferro | 2026-02-10 | https://example.org/1 | pass   | Ben Ito   | 2026-02-18 |
            0 content/evidence.md:3
            E-1 is accepted by Ben Ito on 2026-02-18: it counts for M2-X3
        "#]],
    );
}

#[test]
fn a_table_gets_the_columns_that_it_lacks_and_keeps_its_line_ends() {
    check(
        "content/evidence.md",
        "Text before.\r\n\r\n| ID | Title | Proves | Producer | Produced on | Location |\r\n|---|---|---|---|---|---|\r\n\
         | E-1 | Drills | M2-X3, M2-X4 | Lucia Ferro | 2026-02-10 | files/record.txt |\r\n\
         | E-2 | Other | M2-X4 | Lucia Ferro | 2026-02-10 | https://example.org/2 |\r\n\r\nText after.",
        &BEN,
        expect![[r#"
            -| ID | Title | Proves | Producer | Produced on | Location |␍
            -|---|---|---|---|---|---|␍
            -| E-1 | Drills | M2-X3, M2-X4 | Lucia Ferro | 2026-02-10 | files/record.txt |␍
            -| E-2 | Other | M2-X4 | Lucia Ferro | 2026-02-10 | https://example.org/2 |␍
            +| ID | Title | Proves | Producer | Produced on | Location | Acceptor | Accepted on | Result | Sha256 |␍
            +|---|---|---|---|---|---| --- | --- | --- | --- |␍
            +| E-1 | Drills | M2-X3: Rollback drills: 3, recorded, M2-X4: Alarms tested | Lucia Ferro | 2026-02-10 | files/record.txt | Ben Ito | 2026-02-18 | pass | 84e4bf9ec18b2e25aa9aa1ad7e1e1d0ed6a2a0e1 |␍
            +| E-2 | Other | M2-X4 | Lucia Ferro | 2026-02-10 | https://example.org/2 | | | | |␍
            0 content/evidence.md:3
            E-1 is accepted by Ben Ito on 2026-02-18: it counts for M2-X3
            it does not count for M2-X4: its acceptor does not hold the role that the criterion asks for
        "#]],
    );
}

#[test]
fn a_file_of_its_own_gets_keys_in_its_front_matter() {
    check(
        "content/evidence/E-1.md",
        "---\ntitle: Drills # three of them\nproves:\n  - M2-X3\n  - M2-X4\nproducer: Lucia Ferro\nproduced_on: 2026-02-10\n\
         location: \"../files/record.txt\"\n---\n\nThe drills went well.",
        &["e-1", "--by", "Amara Doyle", "--on", "2026-02-16"],
        expect![[r#"
            -  - M2-X3
            -  - M2-X4
            -producer: Lucia Ferro
            -produced_on: 2026-02-10
            -location: "../files/record.txt"
            +  - "M2-X3: Rollback drills: 3, recorded"
            +  - "M2-X4: Alarms tested"
            +producer: Lucia Ferro
            +produced_on: 2026-02-10
            +location: "../files/record.txt"
            +acceptor: Amara Doyle
            +accepted_on: 2026-02-16
            +result: pass
            +sha256: 84e4bf9ec18b2e25aa9aa1ad7e1e1d0ed6a2a0e1
            0 content/evidence/E-1.md:1
            E-1 is accepted by Amara Doyle on 2026-02-16: it counts for M2-X3 and M2-X4
        "#]],
    );
}

#[test]
fn a_list_a_map_and_one_file_in_yaml_are_written_as_they_are_indented() {
    check(
        "content/evidence.yaml",
        "- id: E-1\n  title: Drills\n  proves: M2-X3\n  producer: Lucia Ferro\n  produced_on: 2026-02-10\n  acceptor:\n  \
         result: ~\n  location: files/record.txt\n\n# The next one.\n- id: E-2\n  title: Other\n",
        &BEN,
        expect![[r#"
            -  proves: M2-X3
            -  producer: Lucia Ferro
            -  produced_on: 2026-02-10
            -  acceptor:
            -  result: ~
            -  location: files/record.txt
            +  proves: "M2-X3: Rollback drills: 3, recorded"
            +  producer: Lucia Ferro
            +  produced_on: 2026-02-10
            +  acceptor: Ben Ito
            +  result: pass
            +  location: files/record.txt
            +  accepted_on: 2026-02-18
            +  sha256: 84e4bf9ec18b2e25aa9aa1ad7e1e1d0ed6a2a0e1
            0 content/evidence.yaml:1
            E-1 is accepted by Ben Ito on 2026-02-18: it counts for M2-X3
        "#]],
    );
    check(
        "content/records.yaml",
        "evidence:\n    E-1:\n        title: Drills\n        proves: [M2-X3]\n        producer: Lucia Ferro\n        \
         produced_on: 2026-02-10\n        location: 'files/record.txt'\nmore: 1",
        &BEN,
        expect![[r#"
            -        proves: [M2-X3]
            -        producer: Lucia Ferro
            -        produced_on: 2026-02-10
            -        location: 'files/record.txt'
            +        proves: ["M2-X3: Rollback drills: 3, recorded"]
            +        producer: Lucia Ferro
            +        produced_on: 2026-02-10
            +        location: 'files/record.txt'
            +        acceptor: Ben Ito
            +        accepted_on: 2026-02-18
            +        result: pass
            +        sha256: 84e4bf9ec18b2e25aa9aa1ad7e1e1d0ed6a2a0e1
            0 content/records.yaml:2
            E-1 is accepted by Ben Ito on 2026-02-18: it counts for M2-X3
        "#]],
    );
    check(
        "content/evidence.yaml",
        "- { id: E-1, title: Drills, proves: [M2-X3], producer: Lucia Ferro, produced_on: 2026-02-10, location: \"files/record.txt\" }\n",
        &BEN,
        expect![[r#"
            -- { id: E-1, title: Drills, proves: [M2-X3], producer: Lucia Ferro, produced_on: 2026-02-10, location: "files/record.txt" }
            +- { id: E-1, title: Drills, proves: ["M2-X3: Rollback drills: 3, recorded"], producer: Lucia Ferro, produced_on: 2026-02-10, location: "files/record.txt", acceptor: Ben Ito, accepted_on: 2026-02-18, result: pass, sha256: 84e4bf9ec18b2e25aa9aa1ad7e1e1d0ed6a2a0e1 }
            0 content/evidence.yaml:1
            E-1 is accepted by Ben Ito on 2026-02-18: it counts for M2-X3
        "#]],
    );
    check(
        "content/evidence/E-1.yaml",
        "title: Drills\nproves: { M2-X3: \"rollback drills: 3, recorded\" }\nproducer: Lucia Ferro\nproduced_on: 2026-02-10",
        &BEN,
        expect![[r#"
            -produced_on: 2026-02-10
            +produced_on: 2026-02-10
            +acceptor: Ben Ito
            +accepted_on: 2026-02-18
            +result: pass
            0 content/evidence/E-1.yaml:1
            E-1 is accepted by Ben Ito on 2026-02-18: it counts for M2-X3
        "#]],
    );
}

#[test]
fn a_record_in_several_places_is_written_where_its_fields_stand() {
    let folder = programme(
        "content/evidence/E-1.md",
        "---\ntitle: Drills\nproves: [M2-X3]\nproducer: Lucia Ferro\nproduced_on: 2026-02-10\n---\n",
    );
    let path = "content/evidence/acceptance.md";
    write(folder.path(), path, "| ID | Acceptor | Accepted on | Result |\n|---|---|---|---|\n| E-1 | | | |\n");
    expect![[r#"
        -| E-1 | | | |
        +| E-1 | Ben Ito | 2026-02-18 | pass |
        0 content/evidence/acceptance.md:3
        E-1 is accepted by Ben Ito on 2026-02-18: it counts for M2-X3
        the words of M2-X3 could not be written behind its id, so a change of them will not show
    "#]]
    .assert_eq(&told(folder.path(), path, &BEN));
}

#[test]
fn what_may_not_be_accepted_is_refused_and_nothing_is_written() {
    let refused = |fields: &str, arguments: &[&str], expect: Expect| {
        check(
            "content/evidence/E-1.yaml",
            &format!("title: Drills\nproves: [M2-X4]\nproducer: Lucia Ferro\nproduced_on: 2026-02-10\n{fields}"),
            arguments,
            expect,
        );
    };
    refused(
        "",
        &["E1", "--by", "Ben Ito"],
        expect![[r#"
        2 error: nothing was written: there is no evidence `E1`
        help: did you mean `E-1`?
    "#]],
    );
    refused(
        "",
        &["M2", "--by", "Ben Ito"],
        expect![[r#"
            2 error: nothing was written: `M2` is a milestone, and only evidence is accepted
            help: name the evidence, such as `E-014`
        "#]],
    );
    refused(
        "",
        &["E-1", "--by", "lucia"],
        expect![[r#"
            1 error: nothing was written: E-1 was produced by `Lucia Ferro`, and nobody accepts their own work
            help: ask another person to look at it, and name that person with `--by`
        "#]],
    );
    refused(
        "",
        &BEN,
        expect![[r#"
        1 error: nothing was written: M2-X4 wants to be accepted by `Auditor`, and `Ben Ito` does not hold that role
        help: it is held by `Amara Doyle`
    "#]],
    );
    refused(
        "",
        &["E-1", "--by", "amara", "--on", "2026-02-19"],
        expect![[r#"
        1 error: nothing was written: 2026-02-19 is after the data date 2026-02-18, and nothing counts before its day
        help: move `data_date` in programme.yaml first, or give an earlier day with `--on`
    "#]],
    );
    refused(
        "",
        &["E-1", "--by", "amara", "--on", "2026-02-09"],
        expect![[r#"
        1 error: nothing was written: E-1 would not count: accepted before it was produced
        help: mend that first; `milepost explain E-1` says how it stands
    "#]],
    );
    refused(
        "accepted_on: 2026-02-11\n",
        &["E-1", "--by", "amara"],
        expect![[r#"
        1 error: nothing was written: E-1 was accepted on 2026-02-11 already
        help: add a new item that supersedes it: `milepost new evidence`, and `supersedes: E-1` in it
    "#]],
    );
    refused(
        "rejected_on: 2026-02-11\n",
        &["E-1", "--by", "amara"],
        expect![[r#"
        1 error: nothing was written: E-1 was rejected on 2026-02-11 already
        help: add a new item that supersedes it: `milepost new evidence`, and `supersedes: E-1` in it
    "#]],
    );
    refused(
        "withdrawn_on: 2026-02-11\n",
        &["E-1", "--by", "amara"],
        expect![[r#"
        1 error: nothing was written: E-1 was withdrawn on 2026-02-11 already
        help: add a new item that supersedes it: `milepost new evidence`, and `supersedes: E-1` in it
    "#]],
    );
    refused(
        "acceptor: Ben Ito\n",
        &["E-1", "--by", "amara"],
        expect![[r#"
        1 error: nothing was written: E-1 names `Ben Ito` as its acceptor
        help: ask that person, or change `acceptor` in the record first
    "#]],
    );
    refused(
        "accepted_on: last week\n",
        &["E-1", "--by", "amara"],
        expect![[r#"
        1 error: nothing was written: E-1 says `last week` as its `accepted_on` already
        help: empty that field first, if it is not what was meant
    "#]],
    );
    refused(
        "location: files/gone.txt\n",
        &["E-1", "--by", "amara"],
        expect![[r#"
        1 error: nothing was written: the file of E-1 is not there: `files/gone.txt`
        help: put the file into the content folder, or give its address with `https://`
    "#]],
    );
    refused(
        "expires_on: 2026-02-12\n",
        &["E-1", "--by", "amara"],
        expect![[r#"
        1 error: nothing was written: E-1 would not count: expired Thu 12 Feb
        help: mend that first; `milepost explain E-1` says how it stands
    "#]],
    );
    refused(
        "",
        &["E-1", "--by", " "],
        expect![[r#"
        2 error: invalid value ' ' for '--by <NAME>': write the name of a person or a role

        For more information, try '--help'.
    "#]],
    );
}

#[test]
fn an_assumed_data_date_is_no_day_of_acceptance() {
    let path = "content/evidence/E-1.yaml";
    let folder = programme(path, "title: Drills\nproves: [M2-X3]\nproducer: Lucia Ferro\nproduced_on: 2026-02-10\n");
    write(folder.path(), "content/programme.yaml", "name: Pilot\n");
    expect![[r#"
        1 error: nothing was written: programme.yaml has no `data_date`, so nothing says on which day this is
        help: give the day with `--on`, or write `data_date` in programme.yaml
    "#]]
    .assert_eq(&told(folder.path(), path, &BEN));
    expect![[r#"
        -proves: [M2-X3]
        -producer: Lucia Ferro
        -produced_on: 2026-02-10
        +proves: ["M2-X3: Rollback drills: 3, recorded"]
        +producer: Lucia Ferro
        +produced_on: 2026-02-10
        +acceptor: Ben Ito
        +accepted_on: 2026-02-11
        +result: pass
        0 content/evidence/E-1.yaml:1
        E-1 is accepted by Ben Ito on 2026-02-11: it counts for M2-X3
    "#]]
    .assert_eq(&told(folder.path(), path, &["E-1", "--by", "Ben Ito", "--on", "2026-02-11"]));
}

#[test]
fn a_rejection_needs_no_file_and_no_role() {
    check(
        "content/evidence/E-1.yaml",
        "title: Drills\nproves: [M2-X4]\nproducer: Lucia Ferro\nproduced_on: 2026-02-10\nlocation: files/gone.txt\n",
        &["E-1", "--by", "Ben Ito", "--result", "fail"],
        expect![[r#"
            +acceptor: Ben Ito
            +rejected_on: 2026-02-18
            +result: fail
            0 content/evidence/E-1.yaml:1
            E-1 is rejected by Ben Ito on 2026-02-18
        "#]],
    );
}

#[test]
fn words_that_would_be_read_as_two_criteria_are_left_out() {
    let path = "content/evidence.md";
    let folder = programme(
        path,
        "| ID | Title | Proves | Producer | Produced on | Acceptor | Accepted on | Result |\n|---|---|---|---|---|---|---|---|\n\
         | E-1 | Drills | M9-X1 | Lucia Ferro | 2026-02-10 | | | |\n",
    );
    write(
        folder.path(),
        "content/milestones/M9.md",
        "---\nname: End\nexit:\n- { id: M9-X1, text: \"Done; M2-X3 too\" }\n---\n",
    );
    expect![[r#"
        -| E-1 | Drills | M9-X1 | Lucia Ferro | 2026-02-10 | | | |
        +| E-1 | Drills | M9-X1 | Lucia Ferro | 2026-02-10 | Ben Ito | 2026-02-18 | pass |
        0 content/evidence.md:3
        E-1 is accepted by Ben Ito on 2026-02-18: it counts for M9-X1
        the words of M9-X1 could not be written behind its id, so a change of them will not show
    "#]]
    .assert_eq(&told(folder.path(), path, &BEN));
}

#[test]
fn a_form_that_is_only_read_is_left_to_its_author() {
    check(
        "content/gate.md",
        "| What | | | | Judgement | |\n|---|---|---|---|---|---|\n| ID | Title | Proves | Producer | Acceptor | Accepted on |\n| E-1 | Drills | M2-X3 | Lucia Ferro | | |\n",
        &BEN,
        expect![[r#"
            1 error: nothing was written: E-1 stands in a form that milepost reads and does not write
            help: write `acceptor: Ben Ito`, `accepted_on: 2026-02-18` and `result: pass` into the record yourself
        "#]],
    );
}

#[test]
fn what_the_demo_waits_for_is_accepted_and_met() {
    let folder = demo();
    let path = "content/evidence/E-014.md";
    expect![[r#"
        +acceptor: Amara Doyle
        +accepted_on: 2026-02-18
        +result: pass
        +sha256: 1a38eb94a3c0af2e5e3f7168c5ba9757331bf7f08299c787bd7756e7801fef8d
        0 content/evidence/E-014.md:1
        E-014 is accepted by Amara Doyle on 2026-02-18: it counts for M2-X3
    "#]]
    .assert_eq(&told(folder.path(), path, &["E-014", "--by", "amara"]));
    assert_eq!(run(&["build"], folder.path()).code, 0);
    let data = fs::read_to_string(folder.path().join("output/data/programme.json")).unwrap();
    let data: Value = serde_json::from_str(&data).unwrap();
    let milestone = data["milestones"].as_array().unwrap().iter().find(|one| one["id"] == "M2").unwrap();
    let criterion = milestone["exit"].as_array().unwrap().iter().find(|one| one["id"] == "M2-X3").unwrap();
    assert_eq!(criterion["state"], "met");
}
