//! `milepost explain` of records, gates and the programme.

use std::fs;
use std::path::Path;

use expect_test::{Expect, expect};
use tempfile::TempDir;

use crate::support::{copy_of, run};

/// The exit of M2 awaits Cy; M1 before it is achieved.
fn programme() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        (
            "programme.yaml",
            "name: Plant\ndata_date: 2026-03-10\npeople: [{ id: cy, name: Cy Cole, roles: [qa] }]\nroles: { qa: QA lead }\n",
        ),
        (
            "milestones.md",
            "| ID | Name | Owner | Window | Exit criteria |\n| --- | --- | --- | --- | --- |\n| M1 | Before | Ann | 2026-02-02..2026-02-27 | Tested |\n| M2 | Pilot | Ann | 2026-03-02..2026-03-13 | Load tested; Plan approved |\n",
        ),
        ("criteria.yaml", "criteria:\n  M2-X1: { acceptor: qa }\n"),
        (
            "evidence.yaml",
            "evidence:\n- { id: E-1, title: Test, proves: [M1-X1], type: Record, producer: Bo, produced_on: 2026-02-26, location: https://example.org/1, result: pass, acceptor: Cy Cole, accepted_on: 2026-02-27 }\n- { id: E-2, title: Load, proves: [M2-X1], type: Record, producer: Bo, produced_on: 2026-03-09, location: https://example.org/2 }\n",
        ),
        ("decisions.yaml", "decisions:\n- { id: D-1, gate: M1 exit, outcome: go, by: Board, date: 2026-02-27 }\n"),
    ];
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn check(arguments: &[&str], folder: &Path, expected: Expect) {
    let run = run(&[&["explain"], arguments].concat(), folder);
    expected.assert_eq(&format!("{}{}", run.out, run.err));
}

#[test]
fn a_milestone_is_explained_down_to_its_evidence() {
    let folder = programme();
    check(
        &["M2"],
        folder.path(),
        expect![[r#"
            M2 Pilot: amber, exit review (milestones.md:4)
              Exit gate: 1 of 2 mandatory exit criteria open: M2-X2; the gate is in 3 working days
              time         on plan: On its baseline
              criteria     amber: Due soon and not met: M2-X1 and M2-X2
              gate         amber: Exit gate: 1 of 2 mandatory exit criteria open: M2-X2; the gate is in 3 working days
              dependency   on plan: What it depends on fits
              risk         on plan: No open risk is linked to it
              data quality on plan: As fresh as the data date
              M2-X2 Plan approved: amber, open (milestones.md:4)
                No evidence yet
              M2-X1 Load tested: amber, submitted (milestones.md:4)
                E-2 is submitted and awaits acceptance
                E-2: submitted (evidence.yaml:3)
                  Submitted; nobody has accepted or rejected it
        "#]],
    );
    check(
        &["m2-x1"],
        folder.path(),
        expect![[r#"
        M2-X1 Load tested: amber, submitted (milestones.md:4)
          E-2 is submitted and awaits acceptance
          E-2: submitted (evidence.yaml:3)
            Submitted; nobody has accepted or rejected it
    "#]],
    );
    check(
        &["M1 exit"],
        folder.path(),
        expect![[r#"
            M1 exit: complete, passed; readiness: ready
              Go on Fri 27 Feb, all mandatory criteria met
              D-1: go (decisions.yaml:2)
                Counts: it is the latest valid decision on this gate
              M1-X1 Tested: green, met (milestones.md:3)
                E-1 counts: accepted by Cy Cole on Fri 27 Feb; not sealed
                E-1: counts (evidence.yaml:2)
                  Accepted by Cy Cole on Fri 27 Feb; not sealed: no hash was recorded
        "#]],
    );
    check(
        &["programme"],
        folder.path(),
        expect![[r#"
            Plant: amber
              M2 is amber: exit gate: 1 of 2 mandatory exit criteria open: M2-X2; the gate is in 3 working days
              M2 Pilot: amber, exit review (milestones.md:4)
                Exit gate: 1 of 2 mandatory exit criteria open: M2-X2; the gate is in 3 working days
                time         on plan: On its baseline
                criteria     amber: Due soon and not met: M2-X1 and M2-X2
                gate         amber: Exit gate: 1 of 2 mandatory exit criteria open: M2-X2; the gate is in 3 working days
                dependency   on plan: What it depends on fits
                risk         on plan: No open risk is linked to it
                data quality on plan: As fresh as the data date
                M2-X2 Plan approved: amber, open (milestones.md:4)
                  No evidence yet
                M2-X1 Load tested: amber, submitted (milestones.md:4)
                  E-2 is submitted and awaits acceptance
                  E-2: submitted (evidence.yaml:3)
                    Submitted; nobody has accepted or rejected it
        "#]],
    );
}

#[test]
fn the_path_to_green_is_told_by_person() {
    let folder = programme();
    check(
        &["--path-to-green", "M2"],
        folder.path(),
        expect![[r#"
        Ann
          by 2026-03-11: submit evidence for M2-X2 (M2)
        QA lead
          by 2026-03-12: accept or reject E-2 for M2-X1 (M2)
        nobody is named
          by 2026-03-12: accept or reject the evidence for M2-X2 (M2)
          by 2026-03-13: decide the exit gate (M2)
    "#]],
    );
    check(
        &["--path-to-green", "M1"],
        folder.path(),
        expect![[r#"
        nothing is missing for M1
    "#]],
    );
    check(
        &["--path-to-green", "E-2"],
        folder.path(),
        expect![[r#"
        error: `E-2` is no milestone, and only milestones have a path to green
        help: name a milestone, or `programme` for all of them
    "#]],
    );
}

#[test]
fn a_name_that_is_not_known_is_met_with_the_nearest() {
    let folder = programme();
    check(
        &["M2-X9"],
        folder.path(),
        expect![[r#"
        error: there is no record, gate or rule `M2-X9`; did you mean `M2-X1`?
        help: name a record such as `M2` or `M2-X3`, a gate as `M2 exit`, or `programme`; without a name, all rules are listed
    "#]],
    );
    check(
        &["M2 exut"],
        folder.path(),
        expect![[r#"
        error: there is no record, gate or rule `M2 exut`; did you mean `M2 exit`?
        help: name a record such as `M2` or `M2-X3`, a gate as `M2 exit`, or `programme`; without a name, all rules are listed
    "#]],
    );
    check(
        &["unknown-valeu"],
        folder.path(),
        expect![[r#"
        error: there is no record, gate or rule `unknown-valeu`; did you mean `unknown-value`?
        help: name a record such as `M2` or `M2-X3`, a gate as `M2 exit`, or `programme`; without a name, all rules are listed
    "#]],
    );
}

#[test]
fn every_record_of_the_gallery_can_be_explained() {
    let folder = copy_of("tests/programmes/gallery");
    for name in
        ["programme", "M14", "M14-E2", "M9 exit", "E-08", "D-18", "C-2", "W-4", "R-04", "I-1", "CH-1", "K-2", "REV-1"]
    {
        let run = run(&["explain", name], folder.path());
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{name}");
        let first = run.out.lines().next().unwrap();
        assert!(first.starts_with(if name == "programme" { "Gallery" } else { name }), "{first}");
    }
}
