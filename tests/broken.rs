//! What a programme office reads when it has broken a document: one thing at a time, in a programme that has nothing to mend.

use std::fs;
use std::path::Path;

use expect_test::{Expect, expect};

use crate::support::{copy_of, run};

/// Writes `to` where `from` stands in a file of the whole programme; a file that is not there yet holds nothing.
#[track_caller]
fn check(path: &str, from: &str, to: &str, expected: Expect) {
    let edit = |text: String| {
        assert!(text.contains(from), "{path} has no {from}");
        text.replacen(from, to, 1).into_bytes()
    };
    check_bytes(path, edit, expected);
}

/// What `milepost check` prints when a file of the whole programme was edited so.
#[track_caller]
fn check_bytes(path: &str, edit: impl FnOnce(String) -> Vec<u8>, expected: Expect) {
    let folder = copy_of("tests/programmes/whole/content");
    let file = folder.path().join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let text = if file.is_file() { fs::read_to_string(&file).unwrap() } else { String::new() };
    fs::write(&file, edit(text)).unwrap();
    expected.assert_eq(&told(folder.path()));
}

fn told(folder: &Path) -> String {
    let check = run(&["check"], folder);
    format!("{}{}", check.out, check.err)
}

#[test]
fn the_whole_programme_has_nothing_to_mend() {
    check(
        "risks.md",
        "",
        "",
        expect![[r#"
        nothing to mend
    "#]],
    );
}

#[test]
fn a_file_in_the_letters_of_old_windows() {
    let latin = |text: String| text.chars().map(|letter| if letter == '–' { 0x96 } else { letter as u8 }).collect();
    check_bytes(
        "milestones.md",
        latin,
        expect![[r#"
            error[unreadable-file]: `milestones.md` is not read: it is saved in an old encoding, as the letter at line 5, column 34 shows
            --> milestones.md:1:1
             = help: open it in your editor and save it again with the encoding UTF-8 (“Save As” asks for it); or move it out of the programme's folder

            warning[unknown-reference]: there is no milestone `M1`
             --> decisions.yaml:3:11
              |
            3 |     gate: M1 entry
              |           ^^ not known
              |
              = help: no milestone was found in the files at all: mend that first

            warning[unknown-reference]: there is no criterion `M1-E1`
             --> evidence.md:5:39
              |
            5 | … of the scope meeting | M1-E1 | minutes | Jonas Weber | 2026-02-02 | https://example.org…
              |                          ^^^^^ not known
              |
              = help: no criterion was found in the files at all: mend that first

            warning[no-milestone-found]: no milestone was found in the programme's files
             --> programme.yaml:1:1
              |
            1 | name: Payment platform
              | ^
              |
              = help: put the milestone list into a Markdown file as a table with `|` between its columns and a line of dashes under its header, for instance `| ID | Milestone | Target window | Exit criteria |`; `milepost init` writes one

            warning[unknown-reference]: 4 references lead nowhere: R1, R2 and R9
             --> risks.md:5:64
              |
            5 | | R1 | Supplier delivers late | Jonas Weber | 3 | 2 | reduce | M2 | Open |
              |                                                                ^^ not known
              |
              = help: no milestone was found in the files at all: mend that first

            1 error, 7 warnings; begin with what could not be read: much of the rest may come of it
        "#]],
    );
}

#[test]
fn a_file_that_notepad_saved_as_unicode() {
    let wide = |text: String| [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    check_bytes(
        "risks.md",
        wide,
        expect![[r#"
            error[unreadable-file]: `risks.md` is not read: it is saved as “Unicode” (UTF-16)
            --> risks.md:1:1
             = help: open it in your editor and save it again with the encoding UTF-8 (“Save As” asks for it); or move it out of the programme's folder

            1 error
        "#]],
    );
}

#[test]
fn the_lock_file_of_a_word_processor() {
    check_bytes(
        "~$risks.md",
        |_| b"\x05Amara\0\0\0\xe9".to_vec(),
        expect![[r#"
            nothing to mend
        "#]],
    );
}

#[test]
fn a_word_document_called_markdown() {
    check_bytes(
        "plan.md",
        |_| b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0\xdf\xa4".to_vec(),
        expect![[r#"
            error[unreadable-file]: `plan.md` is not read: it is a document of an office program under the name of a text file
            --> plan.md:1:1
             = help: open it there, and copy what it says into a text file; or move it out of the programme's folder

            1 error
        "#]],
    );
}

#[test]
fn a_pipe_too_many() {
    check(
        "milestones.md",
        "| M1 | Interface design |",
        "| M1 | Interface | design |",
        expect![[r#"
            warning[row-wider-than-header]: the row has 8 cells, the header has 7
             --> milestones.md:5:99
              |
            5 | …s talk | Scope agreed | Specification approved; Mock service live |
              |                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no column for this
              |
              = help: if a `|` belongs to the text, write it as `\|`; else give the header another column

            warning[date-not-understood]: `design` is not understood as a window
             --> milestones.md:5:20
              |
            5 | | M1 | Interface | design | Weeks 1–3 | Amara Doyle | Specify how the parts talk | Scope…
              |                    ^^^^^^ not a window
              |
              = help: write a window such as `Weeks 1–3`, `Sprint 4`, `Q3 2026`, `March 2026`, `2026-03-16` or `2026-03-01..2026-03-20`

            note[person-unknown]: `Weeks 1–3` is not among the people
             --> milestones.md:5:29
              |
            5 | … | Interface | design | Weeks 1–3 | Amara Doyle | Specify how the parts talk | Scope agr…
              |                          ^^^^^^^^^ not in `people`, and no role
              |
              = help: add `{ id: …, name: Weeks 1–3, roles: […] }` to `people` of programme.yaml, so that roles can be checked

            2 warnings, 1 note
        "#]],
    );
}

#[test]
fn a_pipe_too_few() {
    check(
        "milestones.md",
        "| M1 | Interface design |",
        "| M1 Interface design |",
        expect![[r#"
            warning[outcome-does-not-fit-readiness]: decision `D1` is a go, and what the gate asks for was open: `M1-E2`
             --> decisions.yaml:4:14
              |
            4 |     outcome: go
              |              ^^ was not on offer
              |
              = help: what could be decided that day: conditional go, hold, recycle or kill

            warning[override-unexplained]: decision `D1` goes against readiness and does not say why: `M1-E2` was not met
             --> decisions.yaml:4:14
              |
            4 |     outcome: go
              |              ^^ why?
              |
              = help: add `overrides: [{ criterion: M1-E2, reason: … }]`

            warning[row-narrower-than-header]: the row has 6 cells, the header has 7
             --> milestones.md:5:95
              |
            5 | …s talk | Scope agreed | Specification approved; Mock service live |
              |                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the row ends here
              |
              = help: put the `|` back that is missing between two cells; or, if the row goes on in the next line, join the lines; or write empty cells as `| |`

            warning[no-exit-criteria]: milestone `M1` has no exit criteria
             --> milestones.md:5:25
              |
            5 | | M1 Interface design | Weeks 1–3 | Amara Doyle | Specify how the parts talk | Scope agr…
              |                         ^^^^^^^^^ when is it reached?
              |
              = help: say what must be so when it is reached, each thing one that can be proved

            warning[date-not-understood]: `Amara Doyle` is not understood as a window
             --> milestones.md:5:37
              |
            5 | …ce design | Weeks 1–3 | Amara Doyle | Specify how the parts talk | Scope agreed | Specif…
              |                          ^^^^^^^^^^^ not a window
              |
              = help: write a window such as `Weeks 1–3`, `Sprint 4`, `Q3 2026`, `March 2026`, `2026-03-16` or `2026-03-01..2026-03-20`

            note[person-unknown]: `Specify how the parts talk` is not among the people
             --> milestones.md:5:51
              |
            5 | …eks 1–3 | Amara Doyle | Specify how the parts talk | Scope agreed | Specification approv…
              |                          ^^^^^^^^^^^^^^^^^^^^^^^^^^ not in `people`, and no role
              |
              = help: add `{ id: …, name: Specify how the parts talk, roles: […] }` to `people` of programme.yaml, so that roles can be checked

            warning[criterion-without-evidence]: criterion `M1-E2` has no evidence, and its gate is decided
             --> milestones.md:5:119
              |
            5 | …Specification approved; Mock service live |
              |                          ^^^^^^^^^^^^^^^^^ nothing to show for it
              |
              = help: add evidence with `proves: M1-E2`

            6 warnings, 1 note
        "#]],
    );
}

#[test]
fn a_pipe_left_out_between_late_cells() {
    check(
        "milestones.md",
        "| Scope agreed | Specification",
        "| Scope agreed Specification",
        expect![[r#"
            warning[outcome-does-not-fit-readiness]: decision `D1` is a go, and what the gate asks for was open: `M1-E2`
             --> decisions.yaml:4:14
              |
            4 |     outcome: go
              |              ^^ was not on offer
              |
              = help: what could be decided that day: conditional go, hold, recycle or kill

            warning[override-unexplained]: decision `D1` goes against readiness and does not say why: `M1-E2` was not met
             --> decisions.yaml:4:14
              |
            4 |     outcome: go
              |              ^^ why?
              |
              = help: add `overrides: [{ criterion: M1-E2, reason: … }]`

            warning[row-narrower-than-header]: the row has 6 cells, the header has 7
             --> milestones.md:5:82
              |
            5 | …fy how the parts talk | Scope agreed Specification approved; Mock service live |
              |                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the row ends here
              |
              = help: put the `|` back that is missing between two cells; or, if the row goes on in the next line, join the lines; or write empty cells as `| |`

            warning[no-exit-criteria]: milestone `M1` has no exit criteria
             --> milestones.md:5:8
              |
            5 | | M1 | Interface design | Weeks 1–3 | Amara Doyle | Specify how the parts talk | Scope a…
              |        ^^^^^^^^^^^^^^^^ when is it reached?
              |
              = help: say what must be so when it is reached, each thing one that can be proved

            warning[criterion-without-evidence]: criterion `M1-E2` has no evidence, and its gate is decided
             --> milestones.md:5:119
              |
            5 | …Specification approved; Mock service live |
              |                          ^^^^^^^^^^^^^^^^^ nothing to show for it
              |
              = help: add evidence with `proves: M1-E2`

            5 warnings
        "#]],
    );
}

#[test]
fn a_pipe_inside_a_cell() {
    check(
        "risks.md",
        "Supplier delivers late",
        "Supplier delivers late | or not at all",
        expect![[r#"
            warning[row-wider-than-header]: the row has 9 cells, the header has 8
             --> risks.md:5:85
              |
            5 | …| 3 | 2 | reduce | M2 | Open |
              |                          ^^^^ no column for this
              |
              = help: if a `|` belongs to the text, write it as `\|`; else give the header another column

            note[person-unknown]: `or not at all` is not among the people
             --> risks.md:5:33
              |
            5 | …upplier delivers late | or not at all | Jonas Weber | 3 | 2 | reduce | M2 | Open |
              |                          ^^^^^^^^^^^^^ not in `people`, and no role
              |
              = help: add `{ id: …, name: or not at all, roles: […] }` to `people` of programme.yaml, so that roles can be checked

            warning[score-off-scale]: `probability` is `Jonas Weber`, which is not on the scale
             --> risks.md:5:49
              |
            5 | … late | or not at all | Jonas Weber | 3 | 2 | reduce | M2 | Open |
              |                          ^^^^^^^^^^^ not 1–5
              |
              = help: write a number from 1 to 5, or a word such as `low`, `medium` or `high`

            warning[unknown-reference]: there is no milestone `reduce`
             --> risks.md:5:71
              |
            5 | …| Jonas Weber | 3 | 2 | reduce | M2 | Open |
              |                          ^^^^^^ not known
              |
              = help: write a milestone that there is: `M1`, `M2`, `M3`

            warning[unknown-value]: `status` is `M2`, which is not known
             --> risks.md:5:80
              |
            5 | …eber | 3 | 2 | reduce | M2 | Open |
              |                          ^^ not known
              |
              = help: write one of `open`, `closed`

            4 warnings, 1 note
        "#]],
    );
}

#[test]
fn a_day_that_no_month_has() {
    check(
        "evidence.md",
        "| 2026-02-02 | https",
        "| 31 Feb 2026 | https",
        expect![[r#"
            warning[outcome-does-not-fit-readiness]: decision `D1` is a go, and what the gate asks for had failed or lapsed: `M1-E1`
             --> decisions.yaml:4:14
              |
            4 |     outcome: go
              |              ^^ was not on offer
              |
              = help: what could be decided that day: conditional go, hold, recycle or kill

            warning[override-unexplained]: decision `D1` goes against readiness and does not say why: `M1-E1` was not met
             --> decisions.yaml:4:14
              |
            4 |     outcome: go
              |              ^^ why?
              |
              = help: add `overrides: [{ criterion: M1-E1, reason: … }]`

            warning[date-not-understood]: `31 Feb 2026` is no date: February 2026 has 28 days
             --> evidence.md:5:71
              |
            5 | …minutes | Jonas Weber | 31 Feb 2026 | https://example.org/scope | pass | Petra Lind | 20…
              |                          ^^^^^^^^^^^ not a date
              |
              = help: write a date such as `2026-03-16`, `16 Mar 2026` or `16/03/2026`

            3 warnings
        "#]],
    );
}

#[test]
fn a_month_that_no_year_has() {
    check(
        "milestones.md",
        "2026-04-17",
        "2026-13-01",
        expect![[r#"
            warning[date-not-understood]: `2026-13-01` is no date: there is no month 13
             --> milestones.md:7:18
              |
            7 | | M3 | Go-live | 2026-13-01 | Amara Doyle | Switch over | M2 complete | Service live for…
              |                  ^^^^^^^^^^ not a window
              |
              = help: did you mean `2026-01-13`?

            1 warning
        "#]],
    );
}

#[test]
fn a_date_that_could_be_two_days() {
    check(
        "decisions.yaml",
        "2026-02-02",
        "02/03/2026",
        expect![[r#"
            note[date-read-day-first]: `02/03/2026` is read with the day first, as 2 March 2026
             --> decisions.yaml:6:11
              |
            6 |     date: 02/03/2026
              |           ^^^^^^^^^^ day first
              |
              = help: write `2026-03-02`, or add `day_first: yes` under `calendar:` in programme.yaml for all dates

            warning[dated-in-future]: decision `D1` is taken on 2026-03-02, after the data date 2026-02-04
             --> decisions.yaml:6:11
              |
            6 |     date: 02/03/2026
              |           ^^^^^^^^^^ has not happened at the data date
              |
              = help: correct the date, or move `data_date` of programme.yaml on; until then it does not count

            1 warning, 1 note
        "#]],
    );
}

#[test]
fn a_date_in_american_order() {
    check(
        "decisions.yaml",
        "2026-02-02",
        "02/13/2026",
        expect![[r#"
            warning[date-not-understood]: `02/13/2026` is no date: there is no month 13
             --> decisions.yaml:6:11
              |
            6 |     date: 02/13/2026
              |           ^^^^^^^^^^ not a date
              |
              = help: did you mean `2026-02-13`?

            1 warning
        "#]],
    );
}

#[test]
fn a_date_without_a_year() {
    check(
        "evidence.md",
        "| 2026-02-02 |\n",
        "| 2 Feb |\n",
        expect![[r#"
            warning[outcome-does-not-fit-readiness]: decision `D1` is a go, and what the gate asks for had failed or lapsed: `M1-E1`
             --> decisions.yaml:4:14
              |
            4 |     outcome: go
              |              ^^ was not on offer
              |
              = help: what could be decided that day: conditional go, hold, recycle or kill

            warning[override-unexplained]: decision `D1` goes against readiness and does not say why: `M1-E1` was not met
             --> decisions.yaml:4:14
              |
            4 |     outcome: go
              |              ^^ why?
              |
              = help: add `overrides: [{ criterion: M1-E1, reason: … }]`

            warning[date-not-understood]: `2 Feb` is no date: it has no year
             --> evidence.md:5:132
              |
            5 | …e | pass | Petra Lind | 2 Feb |
              |                          ^^^^^ not a date
              |
              = help: write a date such as `2026-03-16`, `16 Mar 2026` or `16/03/2026`

            3 warnings
        "#]],
    );
}

#[test]
fn a_date_in_words() {
    check(
        "decisions.yaml",
        "date: 2026-02-02",
        "date: last Friday",
        expect![[r#"
            warning[date-not-understood]: `last Friday` is not understood as a date
             --> decisions.yaml:6:11
              |
            6 |     date: last Friday
              |           ^^^^^^^^^^^ not a date
              |
              = help: write a date such as `2026-03-16`, `16 Mar 2026` or `16/03/2026`

            1 warning
        "#]],
    );
}

#[test]
fn a_mistyped_window() {
    check(
        "milestones.md",
        "Weeks 4–6",
        "Weks 4–6",
        expect![[r#"
            warning[date-not-understood]: `Weks 4–6` is not understood as a window
             --> milestones.md:6:24
              |
            6 | | M2 | Data platform | Weks 4–6 | Jonas Weber | Move the data | M1 complete | Migration …
              |                        ^^^^^^^^ not a window
              |
              = help: write a window such as `Weeks 1–3`, `Sprint 4`, `Q3 2026`, `March 2026`, `2026-03-16` or `2026-03-01..2026-03-20`

            1 warning
        "#]],
    );
}

#[test]
fn a_mistyped_id_of_a_criterion() {
    check(
        "evidence.md",
        "M1-E1",
        "M1-E11",
        expect![[r#"
            warning[outcome-does-not-fit-readiness]: decision `D1` is a go, and what the gate asks for was open: `M1-E1`
             --> decisions.yaml:4:14
              |
            4 |     outcome: go
              |              ^^ was not on offer
              |
              = help: what could be decided that day: conditional go, hold, recycle or kill

            warning[override-unexplained]: decision `D1` goes against readiness and does not say why: `M1-E1` was not met
             --> decisions.yaml:4:14
              |
            4 |     outcome: go
              |              ^^ why?
              |
              = help: add `overrides: [{ criterion: M1-E1, reason: … }]`

            warning[unknown-reference]: there is no criterion `M1-E11`
             --> evidence.md:5:39
              |
            5 | … of the scope meeting | M1-E11 | minutes | Jonas Weber | 2026-02-02 | https://example.or…
              |                          ^^^^^^ not known
              |
              = help: did you mean `M1-E1`?

            warning[criterion-without-evidence]: criterion `M1-E1` has no evidence, and its gate is decided
             --> milestones.md:5:82
              |
            5 | …fy how the parts talk | Scope agreed | Specification approved; Mock service live |
              |                          ^^^^^^^^^^^^ nothing to show for it
              |
              = help: add evidence with `proves: M1-E1`

            4 warnings
        "#]],
    );
}

#[test]
fn a_mistyped_id_in_a_list_of_milestones() {
    check(
        "risks.md",
        "| reduce | M2 |",
        "| reduce | M22 |",
        expect![[r#"
            warning[unknown-reference]: there is no milestone `M22`
             --> risks.md:5:64
              |
            5 | | R1 | Supplier delivers late | Jonas Weber | 3 | 2 | reduce | M22 | Open |
              |                                                                ^^^ not known
              |
              = help: did you mean `M2`?

            1 warning
        "#]],
    );
}

#[test]
fn a_milestone_that_is_not_there_in_a_criterion() {
    check(
        "milestones.md",
        "M2 complete",
        "M7 complete",
        expect![[r#"
            warning[isolated-milestone]: milestone `M3` depends on nothing, and nothing depends on it
             --> milestones.md:7:8
              |
            7 | | M3 | Go-live | 2026-04-17 | Amara Doyle | Switch over | M7 complete | Service live for…
              |        ^^^^^^^ stands alone
              |
              = help: name what it waits for in its entry criteria (`M1 complete`) or in `depends_on`

            warning[unknown-reference]: there is no milestone `M7`
             --> milestones.md:7:59
              |
            7 | …a Doyle | Switch over | M7 complete | Service live for all customers |
              |                          ^^ not known
              |
              = help: did you mean `M1`?

            2 warnings
        "#]],
    );
}

#[test]
fn a_letter_o_for_a_zero() {
    check(
        "milestones.md",
        "| M2 | Data",
        "| MO2 | Data",
        expect![[r#"
            note[milestone-without-risk]: no risk names milestone `MO2`
             --> milestones.md:6:9
              |
            6 | | MO2 | Data platform | Weeks 4–6 | Jonas Weber | Move the data | M1 complete | Migratio…
              |         ^^^^^^^^^^^^^ nothing can go wrong?
              |
              = help: add `milestones: [MO2]` to the risks that threaten it

            warning[isolated-milestone]: milestone `M3` depends on nothing, and nothing depends on it
             --> milestones.md:7:8
              |
            7 | | M3 | Go-live | 2026-04-17 | Amara Doyle | Switch over | M2 complete | Service live for…
              |        ^^^^^^^ stands alone
              |
              = help: name what it waits for in its entry criteria (`M1 complete`) or in `depends_on`

            warning[unknown-reference]: there is no milestone `M2`
             --> milestones.md:7:59
              |
            7 | …a Doyle | Switch over | M2 complete | Service live for all customers |
              |                          ^^ not known
              |
              = help: did you mean `M1`?

            warning[unknown-reference]: 2 references lead nowhere: R1 and R2
             --> risks.md:5:64
              |
            5 | | R1 | Supplier delivers late | Jonas Weber | 3 | 2 | reduce | M2 | Open |
              |                                                                ^^ not known
              |
              = help: did you mean `M1`?

            4 warnings, 1 note
        "#]],
    );
}

#[test]
fn a_gate_of_no_milestone() {
    check(
        "decisions.yaml",
        "M1 entry",
        "M9 entry",
        expect![[r#"
            warning[unknown-reference]: there is no milestone `M9`
             --> decisions.yaml:3:11
              |
            3 |     gate: M9 entry
              |           ^^ not known
              |
              = help: did you mean `M1`?

            1 warning
        "#]],
    );
}

#[test]
fn a_gate_without_a_side() {
    check(
        "decisions.yaml",
        "M1 entry",
        "M1",
        expect![[r#"
            warning[unknown-value]: `M1` does not say which gate
             --> decisions.yaml:3:11
              |
            3 |     gate: M1
              |           ^^ entry or exit?
              |
              = help: write `M1 entry` or `M1 exit`

            1 warning
        "#]],
    );
}

#[test]
fn a_mistyped_side_of_a_gate() {
    check(
        "decisions.yaml",
        "M1 entry",
        "M1 enter",
        expect![[r#"
            warning[unknown-value]: `M1 enter` does not say which gate
             --> decisions.yaml:3:11
              |
            3 |     gate: M1 enter
              |           ^^^^^^^^ entry or exit?
              |
              = help: write `M1 entry` or `M1 exit`

            1 warning
        "#]],
    );
}

#[test]
fn a_mistyped_key_of_a_record() {
    check(
        "decisions.yaml",
        "outcome:",
        "outcom:",
        expect![[r#"
            warning[decision-incomplete]: decision `D1` has no `outcome`
             --> decisions.yaml:3:11
              |
            3 |     gate: M1 entry
              |           ^^^^^^^^ incomplete
              |
              = help: add the `outcome`: go, conditional go, hold, recycle or kill

            warning[unknown-key]: a decision has no `outcom`
             --> decisions.yaml:4:5
              |
            4 |     outcom: go
              |     ^^^^^^ not a known key
              |
              = help: did you mean `outcome`?

            2 warnings
        "#]],
    );
}

#[test]
fn a_mistyped_key_of_the_settings() {
    check(
        "programme.yaml",
        "data_date",
        "data_dat",
        expect![[r#"
        warning[forecast-in-past]: 3 milestones are forecast for a day that is over: M1, M2 and M3
         --> milestones.md:5:27
          |
        5 | …M1 | Interface design | Weeks 1–3 | Amara Doyle | Specify how the parts talk | Scope agr…
          |                          ^^^^^^^^^ ended on 2026-02-20
         ::: milestones.md:6:24
          |
        6 | | M2 | Data platform | Weeks 4–6 | Jonas Weber | Move the data | M1 complete | Migration…
          |                        ^^^^^^^^^ ended on 2026-03-13
         ::: milestones.md:7:18
          |
        7 | | M3 | Go-live | 2026-04-17 | Amara Doyle | Switch over | M2 complete | Service live for…
          |                  ^^^^^^^^^^ ended on 2026-04-17
          |
          = help: for M1: say when it will be reached, or record the decision of the gate `M1 exit`

        warning[negative-float]: 3 milestones have negative float: M1, M2 and M3
         --> milestones.md:5:27
          |
        5 | …M1 | Interface design | Weeks 1–3 | Amara Doyle | Specify how the parts talk | Scope agr…
          |                          ^^^^^^^^^ too late for what follows
          |
          = help: bring it forward, or move what waits for it: as planned, a later gate or the end is missed

        warning[criterion-without-evidence]: 5 criteria of a gate that is due have no evidence: M1-X1, M1-X2, M2-X1 and 2 more
         --> milestones.md:5:97
          |
        5 | …s talk | Scope agreed | Specification approved; Mock service live |
          |                          ^^^^^^^^^^^^^^^^^^^^^^  ^^^^^^^^^^^^^^^^^
          |                          |
          |                          nothing to show for it
          |
          = help: for M1-X1: add evidence with `proves: M1-X1`

        warning[data-date-assumed]: no data date is written, so that of the build is used
         --> programme.yaml:1:1
          |
        1 | name: Payment platform
          | ^
          |
          = help: add `data_date: YYYY-MM-DD` to programme.yaml: the day at which the records are right

        warning[unknown-key]: programme.yaml has no key `data_dat`
         --> programme.yaml:3:1
          |
        3 | data_dat: 2026-02-04
          | ^^^^^^^^ not a known key
          |
          = help: did you mean `data_date`?

        13 warnings
    "#]],
    );
}

#[test]
fn a_key_of_the_settings_in_another_word() {
    check(
        "programme.yaml",
        "visibility:",
        "audience:",
        expect![[r#"
            warning[unknown-key]: programme.yaml has no key `audience`
             --> programme.yaml:4:1
              |
            4 | audience: public
              | ^^^^^^^^ not a known key
              |
              = help: it belongs under `site:`, two spaces further right than that

            1 warning
        "#]],
    );
}

#[test]
fn a_mistyped_value() {
    check(
        "decisions.yaml",
        "outcome: go",
        "outcome: gp",
        expect![[r#"
            warning[unknown-value]: `outcome` is `gp`, which is not known
             --> decisions.yaml:4:14
              |
            4 |     outcome: gp
              |              ^^ not known
              |
              = help: did you mean `go`? It can be `go`, `conditional go`, `hold`, `recycle`, `kill`

            1 warning
        "#]],
    );
}

#[test]
fn a_mistyped_kind() {
    check(
        "risks/R3.md",
        "",
        "---\nkind: rsik\nid: R3\ntitle: Fire\n---\n",
        expect![[r#"
        warning[unknown-value]: `rsik` is no kind of record
         --> risks/R3.md:2:7
          |
        2 | kind: rsik
          |       ^^^^
          |
          = help: did you mean `risk`?

        warning[risk-incomplete]: risk `R3` has no `owner`, `probability`, `impact`, `status` or `milestones`
         --> risks/R3.md:4:8
          |
        4 | title: Fire
          |        ^^^^ incomplete
          |
          = help: add `owner`, `probability`, `impact`, `status` and `milestones`

        2 warnings
    "#]],
    );
}

#[test]
fn a_mistyped_kind_at_the_top() {
    check(
        "fire.md",
        "",
        "---\nkind: rsik\nid: R3\ntitle: Fire\n---\n",
        expect![[r#"
        warning[unknown-value]: `rsik` is no kind of record
         --> fire.md:2:7
          |
        2 | kind: rsik
          |       ^^^^
          |
          = help: did you mean `risk`?

        1 warning
    "#]],
    );
}

#[test]
fn a_mistyped_status() {
    check(
        "risks.md",
        "M2 | Open |\n| R2",
        "M2 | Opne |\n| R2",
        expect![[r#"
        warning[unknown-value]: `status` is `Opne`, which is not known
         --> risks.md:5:69
          |
        5 | | R1 | Supplier delivers late | Jonas Weber | 3 | 2 | reduce | M2 | Opne |
          |                                                                     ^^^^ not known
          |
          = help: did you mean `open`? It can be `open`, `closed`

        1 warning
    "#]],
    );
}

#[test]
fn a_mistyped_column() {
    check(
        "risks.md",
        "| Probability |",
        "| Probabilty |",
        expect![[r#"
            warning[unknown-key]: a table of risks has no column `Probabilty`
             --> risks.md:3:23
              |
            3 | | ID | Risk | Owner | Probabilty | Impact | Response | Milestones | Status |
              |                       ^^^^^^^^^^ not a known column
              |
              = help: did you mean `probability`? Until then nothing is read from this column

            warning[risk-incomplete]: 3 risks are incomplete: R1, R2 and R9
             --> risks.md:5:8
              |
            5 | | R1 | Supplier delivers late | Jonas Weber | 3 | 2 | reduce | M2 | Open |
              |        ^^^^^^^^^^^^^^^^^^^^^^ incomplete
              |
              = help: add `probability`

            4 warnings
        "#]],
    );
}

#[test]
fn a_mistyped_column_that_makes_the_register() {
    check(
        "risks.md",
        "| Risk | Owner | Probability | Impact | Response |",
        "| Rsk | Owner | Probabilty | Impct | Response |",
        expect![[r#"
            note[column-not-understood]: the column `Rsk` is none that milepost uses, and is kept as it is
             --> risks.md:3:8
              |
            3 | | ID | Rsk | Owner | Probabilty | Impct | Response | Milestones | Status |
              |        ^^^
              |
              = help: nothing need be done; `milepost guide` lists the names that are used

            warning[unknown-key]: 2 keys are not known: Probabilty and Impct
             --> risks.md:3:22
              |
            3 | | ID | Rsk | Owner | Probabilty | Impct | Response | Milestones | Status |
              |                      ^^^^^^^^^^   ^^^^^
              |                      |
              |                      not a known column
              |
              = help: for Probabilty: did you mean `probability`? Until then nothing is read from this column

            warning[risk-incomplete]: 3 risks are incomplete: R1, R2 and R9
             --> risks.md:5:3
              |
            5 | | R1 | Supplier delivers late | Jonas Weber | 3 | 2 | reduce | M2 | Open |
              |   ^^ incomplete
              |
              = help: add `probability` and `impact`

            5 warnings, 1 note
        "#]],
    );
}

#[test]
fn a_mistyped_column_of_the_milestones() {
    check(
        "milestones.md",
        "Target window",
        "Target windw",
        expect![[r#"
            warning[unknown-key]: a table of milestones has no column `Target windw`
             --> milestones.md:3:20
              |
            3 | | ID | Milestone | Target windw | Owner | Description | Entry criteria | Exit criteria |
              |                    ^^^^^^^^^^^^ not a known column
              |
              = help: did you mean `target window`? Until then nothing is read from this column

            warning[milestone-without-window]: 3 milestones have no target window: M1, M2 and M3
             --> milestones.md:5:8
              |
            5 | | M1 | Interface design | Weeks 1–3 | Amara Doyle | Specify how the parts talk | Scope a…
              |        ^^^^^^^^^^^^^^^^ due when?
              |
              = help: add a `Target Window`: `Weeks 3–5`, `March 2026`, `2026-03-20`

            4 warnings
        "#]],
    );
}

#[test]
fn a_mistyped_column_of_entry_criteria() {
    check(
        "milestones.md",
        "Entry criteria",
        "Entry critera",
        expect![[r#"
            warning[outcome-does-not-fit-readiness]: decision `D1` is a go, and the gate has no mandatory criterion
             --> decisions.yaml:4:14
              |
            4 |     outcome: go
              |              ^^ was not on offer
              |
              = help: what could be decided that day: hold

            warning[override-unexplained]: decision `D1` was taken where no mandatory criterion says when the gate is ready, and does not say why
             --> decisions.yaml:4:14
              |
            4 |     outcome: go
              |              ^^ why?
              |
              = help: add `overrides: [{ criterion: …, reason: … }]`, and give the gate a mandatory criterion

            warning[unknown-reference]: there is no criterion `M1-E1`
             --> evidence.md:5:39
              |
            5 | … of the scope meeting | M1-E1 | minutes | Jonas Weber | 2026-02-02 | https://example.org…
              |                          ^^^^^ not known
              |
              = help: did you mean `M1-X1`?

            warning[unknown-key]: a table of milestones has no column `Entry critera`
             --> milestones.md:3:58
              |
            3 | | ID | Milestone | Target window | Owner | Description | Entry critera | Exit criteria |
              |                                                          ^^^^^^^^^^^^^ not a known column
              |
              = help: did you mean `entry criteria`? Until then nothing is read from this column

            warning[no-entry-criteria]: 3 milestones have no entry criteria: M1, M2 and M3
             --> milestones.md:5:8
              |
            5 | | M1 | Interface design | Weeks 1–3 | Amara Doyle | Specify how the parts talk | Scope a…
              |        ^^^^^^^^^^^^^^^^ what must be so before it starts?
              |
              = help: say what must be so before it starts, `M1 complete` at least

            7 warnings
        "#]],
    );
}

#[test]
fn a_mistyped_name_of_a_person() {
    check(
        "milestones.md",
        "| Amara Doyle | Specify",
        "| Amara Dolye | Specify",
        expect![[r#"
            note[person-unknown]: `Amara Dolye` is not among the people
             --> milestones.md:5:39
              |
            5 | …ce design | Weeks 1–3 | Amara Dolye | Specify how the parts talk | Scope agreed | Specif…
              |                          ^^^^^^^^^^^ not in `people`, and no role
              |
              = help: did you mean `Amara Doyle`?

            1 note
        "#]],
    );
}

#[test]
fn a_tab_in_yaml() {
    check(
        "decisions.yaml",
        "    outcome: go",
        "\toutcome: go",
        expect![[r#"
            error[yaml-does-not-parse]: a tab is used for indentation
             --> decisions.yaml:4:1
              |
            4 |  outcome: go
              | ^ a tab
              |
              = help: YAML needs spaces: replace each tab by two spaces

            1 error
        "#]],
    );
}

#[test]
fn an_unquoted_colon() {
    check(
        "programme.yaml",
        "name: Payment platform",
        "name: Payment platform: phase 2",
        expect![[r#"
            error[yaml-does-not-parse]: a value holds `: `, which begins a second value
             --> programme.yaml:1:23
              |
            1 | name: Payment platform: phase 2
              |                       ^ reads as a new key
              |
              = help: put the whole value in quotes: `key: "value"`

            1 error; until the settings are read, nothing is held to their dates, people and readers
        "#]],
    );
}

#[test]
fn a_space_missing_behind_a_colon() {
    check(
        "programme.yaml",
        "name: Payment",
        "name:Payment",
        expect![[r#"
            error[yaml-does-not-parse]: a space is missing behind the `:`
             --> programme.yaml:1:5
              |
            1 | name:Payment platform
              |     ^ reads as a part of the word
              |
              = help: write `name: Payment platform`

            1 error; until the settings are read, nothing is held to their dates, people and readers
        "#]],
    );
}

#[test]
fn a_colon_left_out() {
    check(
        "decisions.yaml",
        "outcome: go",
        "outcome go",
        expect![[r#"
        error[yaml-does-not-parse]: a line among keys has no `:`
         --> decisions.yaml:4:5
          |
        4 |     outcome go
          |     ^^^^^^^^^^ not `key: value`
          |
          = help: write `key: value`; or, if it belongs to the line above, indent it further

        1 error
    "#]],
    );
}

#[test]
fn a_quote_that_is_not_closed() {
    check(
        "programme.yaml",
        "version: \"1.00\"",
        "version: \"1.00",
        expect![[r#"
            error[yaml-does-not-parse]: a quote is opened and never closed
             --> programme.yaml:2:10
              |
            2 | version: "1.00
              |          ^ opened here
              |
              = help: put `"` at the end of the value, or the whole of it in quotes

            1 error; until the settings are read, nothing is held to their dates, people and readers
        "#]],
    );
}

#[test]
fn a_bracket_that_is_not_closed() {
    check(
        "programme.yaml",
        "roles: [steering]",
        "roles: [steering",
        expect![[r#"
            error[yaml-does-not-parse]: the indentation does not fit the lines above
              --> programme.yaml:11:3
               |
            11 |   - id: petra
               |   ^^^^^^^^^^^ indented like a part of a value that is complete
               |
               = help: begin the keys of one level in the same column, and what belongs to them two spaces further right

            1 error; until the settings are read, nothing is held to their dates, people and readers
        "#]],
    );
}

#[test]
fn wrong_indentation() {
    check(
        "decisions.yaml",
        "    outcome: go",
        "   outcome: go",
        expect![[r#"
        error[yaml-does-not-parse]: the indentation does not fit the lines above
         --> decisions.yaml:4:4
          |
        4 |    outcome: go
          |    ^^^^^^^^^^^ begins in a column where nothing else does
          |
          = help: begin the keys of one level in the same column, and what belongs to them two spaces further right

        1 error
    "#]],
    );
}

#[test]
fn too_little_indentation_below_a_key() {
    check(
        "programme.yaml",
        "  week_1: 2026-02-02",
        "week_1: 2026-02-02",
        expect![[r#"
            warning[no-calendar-anchor]: `Weeks 1–3` has no dates, as have 1 more: nothing says when week 1 is
             --> milestones.md:5:27
              |
            5 | …M1 | Interface design | Weeks 1–3 | Amara Doyle | Specify how the parts talk | Scope agr…
              |                          ^^^^^^^^^ which days are these?
              |
              = help: add `calendar: { week_1: 2026-02-02 }` to programme.yaml, with the Monday of your first week

            warning[unknown-key]: programme.yaml has no key `week_1`
             --> programme.yaml:6:1
              |
            6 | week_1: 2026-02-02
              | ^^^^^^ not a known key
              |
              = help: it belongs under `calendar:`, two spaces further right than that

            2 warnings
        "#]],
    );
}

#[test]
fn two_rows_with_one_id() {
    check(
        "risks.md",
        "| R2 |",
        "| R1 |",
        expect![[r#"
            warning[duplicate-id]: risk `R1` is here twice
             --> risks.md:6:3
              |
            6 | | R1 | Test data is too small | Amara Doyle | 2 | 2 | accept | M2 | Open |
              |   ^^ the second one
             ::: risks.md:5:3
              |
            5 | | R1 | Supplier delivers late | Jonas Weber | 3 | 2 | reduce | M2 | Open |
              |   -- the first one
              |
              = help: give one of them another id, or make one of the two

            1 warning
        "#]],
    );
}

#[test]
fn two_decisions_with_one_id() {
    check(
        "decisions.yaml",
        "    date: 2026-02-02\n",
        "    date: 2026-02-02\n  - id: D1\n    gate: M1 entry\n    outcome: hold\n    by: Amara Doyle\n    date: 2026-02-03\n",
        expect![[r#"
            warning[duplicate-id]: decision `D1` is here twice
             --> decisions.yaml:7:9
              |
            7 |   - id: D1
              |         ^^ the second one
             ::: decisions.yaml:2:9
              |
            2 |   - id: D1
              |         -- the first one
              |
              = help: give one of them another id, or make one of the two

            1 warning
        "#]],
    );
}

#[test]
fn one_id_in_two_files_with_different_owners() {
    check(
        "more.md",
        "",
        "| Risk ID | Risk | Owner | Probability | Impact |\n| --- | --- | --- | --- | --- |\n| R1 | Supplier delivers late | Petra Lind | 3 | 2 |\n",
        expect![[r#"
            warning[two-sided-fields-disagree]: `owner` of risk `R1` is `Jonas Weber` here and `Petra Lind` elsewhere
             --> risks.md:5:33
              |
            5 | | R1 | Supplier delivers late | Jonas Weber | 3 | 2 | reduce | M2 | Open |
              |                                 ^^^^^^^^^^^ not used
             ::: more.md:3:33
              |
            3 | | R1 | Supplier delivers late | Petra Lind | 3 | 2 |
              |                                 ---------- used, since it comes first
              |
              = help: write it in one place only

            1 warning
        "#]],
    );
}

#[test]
fn a_key_twice() {
    check(
        "decisions.yaml",
        "    outcome: go\n",
        "    outcome: go\n    outcome: hold\n",
        expect![[r#"
            warning[decision-incomplete]: decision `D1` has no `resume_on`
             --> decisions.yaml:3:11
              |
            3 |     gate: M1 entry
              |           ^^^^^^^^ incomplete
              |
              = help: add the date `resume_on`

            warning[duplicate-key]: `outcome` is given twice
             --> decisions.yaml:5:5
              |
            5 |     outcome: hold
              |     ^^^^^^^ given again here
             ::: decisions.yaml:4:5
              |
            4 |     outcome: go
              |     ------- first given here
              |
              = help: keep one of them; the last is used

            2 warnings
        "#]],
    );
}

#[test]
fn a_smart_quote_around_a_value_with_a_colon() {
    check(
        "programme.yaml",
        "name: Payment platform",
        "name: “Payment: platform”",
        expect![[r#"
            error[yaml-does-not-parse]: a value holds `: `, which begins a second value
             --> programme.yaml:1:15
              |
            1 | name: “Payment: platform”
              |               ^ reads as a new key
              |
              = help: put the whole value in straight quotes (`"`): curly ones do not count as quotes

            1 error; until the settings are read, nothing is held to their dates, people and readers
        "#]],
    );
}

#[test]
fn a_wide_colon() {
    check(
        "decisions.yaml",
        "outcome: go",
        "outcome：go",
        expect![[r#"
            error[yaml-does-not-parse]: this is not the colon that ends a key
             --> decisions.yaml:4:12
              |
            4 |     outcome：go
              |            ^^ a wide colon
              |
              = help: write a plain `:` and a space

            1 error
        "#]],
    );
}

#[test]
fn front_matter_without_its_end() {
    check(
        "risks/R3.md",
        "",
        "---\nid: R3\ntitle: Fire\nowner: Petra Lind\nprobability: 2\n\nIt burned before.\n",
        expect![[r#"
            error[yaml-does-not-parse]: the keys at the top begin behind `---`, and nothing says where they end
             --> risks/R3.md:1:1
              |
            1 | ---
              | ^^^ opened here
              |
              = help: put a line with `---` alone after its last key

            1 error
        "#]],
    );
}

#[test]
fn front_matter_with_four_dashes() {
    check(
        "risks/R3.md",
        "",
        "----\nid: R3\ntitle: Fire\nowner: Petra Lind\nprobability: 2\n----\n\nIt burned before.\n",
        expect![[r#"
            warning[risk-incomplete]: risk `R3` has no `impact`, `status` or `milestones`
             --> risks/R3.md:3:8
              |
            3 | title: Fire
              |        ^^^^ incomplete
              |
              = help: add `impact`, `status` and `milestones`

            1 warning
        "#]],
    );
}

#[test]
fn front_matter_below_a_heading() {
    check(
        "risks/R3.md",
        "",
        "# Fire\n\n---\nid: R3\nowner: Petra Lind\nprobability: 2\n---\n\nIt burned before.\n",
        expect![[r#"
            error[yaml-does-not-parse]: the keys between these dashes are read as text, since other lines stand above them
             --> risks/R3.md:3:1
              |
            3 | ---
              | ^^^ not the top of the file
              |
              = help: move all from this line to the next line of dashes to the top of the file

            1 error
        "#]],
    );
}

#[test]
fn a_list_where_a_text_belongs() {
    check(
        "decisions.yaml",
        "by: Amara Doyle",
        "by: [Amara Doyle, Petra Lind]",
        expect![[r#"
        warning[decider-not-authorised]: decision `D1` does not count: `Amara Doyle, Petra Lind` may not take it
          --> decisions.yaml:5:9
           |
         5 |     by: [Amara Doyle, Petra Lind]
           |         ^^^^^^^^^^^^^^^^^^^^^^^^^ the gate is for `Steering committee`
          ::: programme.yaml:16:21
           |
        16 | authority: { entry: steering, exit: steering }
           |                     -------- the authority
           |
           = help: have `Steering committee` take it, or give the role to `Amara Doyle, Petra Lind` in `people` of programme.yaml

        note[person-unknown]: `Amara Doyle, Petra Lind` is not among the people
         --> decisions.yaml:5:9
          |
        5 |     by: [Amara Doyle, Petra Lind]
          |         ^^^^^^^^^^^^^^^^^^^^^^^^^ not in `people`, and no role
          |
          = help: add `{ id: …, name: Amara Doyle, Petra Lind, roles: […] }` to `people` of programme.yaml, so that roles can be checked

        1 warning, 1 note
    "#]],
    );
}

#[test]
fn keys_where_a_text_belongs() {
    check(
        "programme.yaml",
        "name: Payment platform",
        "name: { en: Payment platform }",
        expect![[r#"
            warning[wrong-type]: `name` is keys with values, and should be a text
             --> programme.yaml:1:7
              |
            1 | name: { en: Payment platform }
              |       ^^^^^^^^^^^^^^^^^^^^^^^^ not a text
              |
              = help: write a text behind `name:`

            1 warning
        "#]],
    );
}

#[test]
fn a_text_where_keys_belong() {
    check(
        "programme.yaml",
        "calendar:\n  week_1: 2026-02-02",
        "calendar: 2026-02-02",
        expect![[r#"
            warning[no-calendar-anchor]: `Weeks 1–3` has no dates, as have 1 more: nothing says when week 1 is
             --> milestones.md:5:27
              |
            5 | …M1 | Interface design | Weeks 1–3 | Amara Doyle | Specify how the parts talk | Scope agr…
              |                          ^^^^^^^^^ which days are these?
              |
              = help: add `calendar: { week_1: 2026-02-02 }` to programme.yaml, with the Monday of your first week

            warning[wrong-type]: `calendar` is `2026-02-02`, and should have keys of its own
             --> programme.yaml:5:11
              |
            5 | calendar: 2026-02-02
              |           ^^^^^^^^^^ no key
              |
              = help: write its keys below it, each on a line and two spaces in: week_1, deadline_day, sprint_days …

            2 warnings
        "#]],
    );
}

#[test]
fn a_score_off_the_scale() {
    check(
        "risks.md",
        "| 3 | 2 |",
        "| 7 | 2 |",
        expect![[r#"
            warning[score-off-scale]: `probability` is `7`, which is not on the scale
             --> risks.md:5:47
              |
            5 | | R1 | Supplier delivers late | Jonas Weber | 7 | 2 | reduce | M2 | Open |
              |                                               ^ not 1–5
              |
              = help: write a number from 1 to 5, or a word such as `low`, `medium` or `high`

            1 warning
        "#]],
    );
}

#[test]
fn a_score_in_percent_over_100() {
    check(
        "risks.md",
        "| 3 | 2 |",
        "| 130% | 2 |",
        expect![[r#"
            warning[score-off-scale]: `probability` is `130%`, which is not on the scale
             --> risks.md:5:47
              |
            5 | | R1 | Supplier delivers late | Jonas Weber | 130% | 2 | reduce | M2 | Open |
              |                                               ^^^^ not 1–5
              |
              = help: write a number from 1 to 5, or a word such as `low`, `medium` or `high`

            1 warning
        "#]],
    );
}

#[test]
fn a_score_in_unknown_words() {
    check(
        "risks.md",
        "| 3 | 2 |",
        "| meh | 2 |",
        expect![[r#"
            warning[score-off-scale]: `probability` is `meh`, which is not on the scale
             --> risks.md:5:47
              |
            5 | | R1 | Supplier delivers late | Jonas Weber | meh | 2 | reduce | M2 | Open |
              |                                               ^^^ not 1–5
              |
              = help: write a number from 1 to 5, or a word such as `low`, `medium` or `high`

            1 warning
        "#]],
    );
}

#[test]
fn a_decision_by_nobody() {
    check(
        "decisions.yaml",
        "    by: Amara Doyle\n",
        "",
        expect![[r#"
            warning[decision-incomplete]: decision `D1` has no `by`
             --> decisions.yaml:3:11
              |
            3 |     gate: M1 entry
              |           ^^^^^^^^ incomplete
              |
              = help: add who decided: `by: …`

            1 warning
        "#]],
    );
}

#[test]
fn a_decision_without_a_gate() {
    check(
        "decisions.yaml",
        "    gate: M1 entry\n",
        "",
        expect![[r#"
            warning[decision-incomplete]: decision `D1` has no `gate`
             --> decisions.yaml:2:5
              |
            2 |   - id: D1
              |     ^^^^^^ incomplete
              |
              = help: add the gate, such as `gate: M2 exit`

            1 warning
        "#]],
    );
}

#[test]
fn a_decision_without_an_outcome() {
    check(
        "decisions.yaml",
        "    outcome: go\n",
        "",
        expect![[r#"
            warning[decision-incomplete]: decision `D1` has no `outcome`
             --> decisions.yaml:3:11
              |
            3 |     gate: M1 entry
              |           ^^^^^^^^ incomplete
              |
              = help: add the `outcome`: go, conditional go, hold, recycle or kill

            1 warning
        "#]],
    );
}

#[test]
fn evidence_that_points_at_no_criterion() {
    check(
        "evidence.md",
        "| M1-E1 |",
        "|  |",
        expect![[r#"
            warning[outcome-does-not-fit-readiness]: decision `D1` is a go, and what the gate asks for was open: `M1-E1`
             --> decisions.yaml:4:14
              |
            4 |     outcome: go
              |              ^^ was not on offer
              |
              = help: what could be decided that day: conditional go, hold, recycle or kill

            warning[override-unexplained]: decision `D1` goes against readiness and does not say why: `M1-E1` was not met
             --> decisions.yaml:4:14
              |
            4 |     outcome: go
              |              ^^ why?
              |
              = help: add `overrides: [{ criterion: M1-E1, reason: … }]`

            warning[evidence-incomplete]: evidence `E1` has no `proves` with the id of a criterion
             --> evidence.md:5:8
              |
            5 | | E1 | Minutes of the scope meeting |  | minutes | Jonas Weber | 2026-02-02 | https://ex…
              |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ incomplete
              |
              = help: add `proves` with the id of a criterion

            note[orphan-evidence]: nothing rests on evidence `E1`
             --> evidence.md:5:8
              |
            5 | | E1 | Minutes of the scope meeting |  | minutes | Jonas Weber | 2026-02-02 | https://ex…
              |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ proves nothing
              |
              = help: name in `proves` a criterion that takes evidence, or leave the item out

            warning[criterion-without-evidence]: criterion `M1-E1` has no evidence, and its gate is decided
             --> milestones.md:5:82
              |
            5 | …fy how the parts talk | Scope agreed | Specification approved; Mock service live |
              |                          ^^^^^^^^^^^^ nothing to show for it
              |
              = help: add evidence with `proves: M1-E1`

            4 warnings, 1 note
        "#]],
    );
}

#[test]
fn evidence_that_points_at_a_milestone() {
    check(
        "evidence.md",
        "| M1-E1 |",
        "| M1 |",
        expect![[r#"
            warning[outcome-does-not-fit-readiness]: decision `D1` is a go, and what the gate asks for was open: `M1-E1`
             --> decisions.yaml:4:14
              |
            4 |     outcome: go
              |              ^^ was not on offer
              |
              = help: what could be decided that day: conditional go, hold, recycle or kill

            warning[override-unexplained]: decision `D1` goes against readiness and does not say why: `M1-E1` was not met
             --> decisions.yaml:4:14
              |
            4 |     outcome: go
              |              ^^ why?
              |
              = help: add `overrides: [{ criterion: M1-E1, reason: … }]`

            warning[reference-of-wrong-kind]: `M1` is a milestone, and should be a criterion
             --> evidence.md:5:39
              |
            5 | … of the scope meeting | M1 | minutes | Jonas Weber | 2026-02-02 | https://example.org/sc…
              |                          ^^ milestone
              |
              = help: write the id of a criterion

            warning[criterion-without-evidence]: criterion `M1-E1` has no evidence, and its gate is decided
             --> milestones.md:5:82
              |
            5 | …fy how the parts talk | Scope agreed | Specification approved; Mock service live |
              |                          ^^^^^^^^^^^^ nothing to show for it
              |
              = help: add evidence with `proves: M1-E1`

            4 warnings
        "#]],
    );
}

#[test]
fn evidence_that_names_a_criterion_in_words() {
    check(
        "evidence.md",
        "| M1-E1 |",
        "| Scope agreed |",
        expect![[r#"
            warning[outcome-does-not-fit-readiness]: decision `D1` is a go, and what the gate asks for was open: `M1-E1`
             --> decisions.yaml:4:14
              |
            4 |     outcome: go
              |              ^^ was not on offer
              |
              = help: what could be decided that day: conditional go, hold, recycle or kill

            warning[override-unexplained]: decision `D1` goes against readiness and does not say why: `M1-E1` was not met
             --> decisions.yaml:4:14
              |
            4 |     outcome: go
              |              ^^ why?
              |
              = help: add `overrides: [{ criterion: M1-E1, reason: … }]`

            warning[unknown-reference]: there is no criterion `Scope agreed`
             --> evidence.md:5:39
              |
            5 | … of the scope meeting | Scope agreed | minutes | Jonas Weber | 2026-02-02 | https://exam…
              |                          ^^^^^^^^^^^^ not known
              |
              = help: did you mean `M1-E1`?

            warning[criterion-without-evidence]: criterion `M1-E1` has no evidence, and its gate is decided
             --> milestones.md:5:82
              |
            5 | …fy how the parts talk | Scope agreed | Specification approved; Mock service live |
              |                          ^^^^^^^^^^^^ nothing to show for it
              |
              = help: add evidence with `proves: M1-E1`

            4 warnings
        "#]],
    );
}

#[test]
fn a_line_break_in_a_cell() {
    check(
        "milestones.md",
        "Move the data",
        "Move the\ndata",
        expect![[r#"
            warning[isolated-milestone]: milestone `M1` depends on nothing, and nothing depends on it
             --> milestones.md:5:8
              |
            5 | | M1 | Interface design | Weeks 1–3 | Amara Doyle | Specify how the parts talk | Scope a…
              |        ^^^^^^^^^^^^^^^^ stands alone
              |
              = help: name what it waits for in its entry criteria (`M1 complete`) or in `depends_on`

            warning[row-narrower-than-header]: the row has 5 cells, the header has 7
             --> milestones.md:6:50
              |
            6 | | M2 | Data platform | Weeks 4–6 | Jonas Weber | Move the
              |                                                  ^^^^^^^^ the row ends here
              |
              = help: put the `|` back that is missing between two cells; or, if the row goes on in the next line, join the lines; or write empty cells as `| |`

            warning[no-entry-criteria]: milestone `M2` has no entry criteria
             --> milestones.md:6:8
              |
            6 | | M2 | Data platform | Weeks 4–6 | Jonas Weber | Move the
              |        ^^^^^^^^^^^^^ what must be so before it starts?
              |
              = help: say what must be so before it starts, `M1 complete` at least

            warning[no-exit-criteria]: milestone `M2` has no exit criteria
             --> milestones.md:6:8
              |
            6 | | M2 | Data platform | Weeks 4–6 | Jonas Weber | Move the
              |        ^^^^^^^^^^^^^ when is it reached?
              |
              = help: say what must be so when it is reached, each thing one that can be proved

            warning[line-within-table]: this line stands in a table and is no row of it: it does not begin with `|`
             --> milestones.md:7:1
              |
            7 | data | M1 complete | Migration rehearsed; Rollback drill recorded |
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not read
              |
              = help: if it goes on with the row above, join the two lines (`<br>` breaks a line within a cell); else leave a blank line before it

            5 warnings
        "#]],
    );
}

#[test]
fn a_row_broken_in_two() {
    check(
        "milestones.md",
        "| Move the data | M1 complete",
        "| Move the data\n| M1 complete",
        expect![[r#"
            warning[isolated-milestone]: 2 milestones depend on nothing and nothing depends on them: M1 and M1 complete
             --> milestones.md:5:8
              |
            5 | | M1 | Interface design | Weeks 1–3 | Amara Doyle | Specify how the parts talk | Scope a…
              |        ^^^^^^^^^^^^^^^^ stands alone
              |
              = help: name what it waits for in its entry criteria (`M1 complete`) or in `depends_on`

            warning[row-narrower-than-header]: 2 rows have fewer cells than their header: M2 and M1 complete
             --> milestones.md:6:50
              |
            6 | | M2 | Data platform | Weeks 4–6 | Jonas Weber | Move the data
              |                                                  ^^^^^^^^^^^^^ the row ends here
              |
              = help: put the `|` back that is missing between two cells; or, if the row goes on in the next line, join the lines; or write empty cells as `| |`

            warning[no-entry-criteria]: 2 milestones have no entry criteria: M2 and M1 complete
             --> milestones.md:6:8
              |
            6 | | M2 | Data platform | Weeks 4–6 | Jonas Weber | Move the data
              |        ^^^^^^^^^^^^^ what must be so before it starts?
              |
              = help: say what must be so before it starts, `M1 complete` at least

            warning[no-exit-criteria]: 2 milestones have no exit criteria: M2 and M1 complete
             --> milestones.md:6:8
              |
            6 | | M2 | Data platform | Weeks 4–6 | Jonas Weber | Move the data
              |        ^^^^^^^^^^^^^ when is it reached?
              |
              = help: say what must be so when it is reached, each thing one that can be proved

            warning[milestone-without-description]: milestone `M1 complete` has no description
             --> milestones.md:7:17
              |
            7 | | M1 complete | Migration rehearsed; Rollback drill recorded |
              |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ what does it deliver?
              |
              = help: say in a sentence what will be there when it is reached

            warning[milestone-without-owner]: milestone `M1 complete` has no owner
             --> milestones.md:7:17
              |
            7 | | M1 complete | Migration rehearsed; Rollback drill recorded |
              |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ whose is it?
              |
              = help: add an `Owner` column, or `owner:` in a file of its own

            note[milestone-without-risk]: no risk names milestone `M1 complete`
             --> milestones.md:7:17
              |
            7 | | M1 complete | Migration rehearsed; Rollback drill recorded |
              |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ nothing can go wrong?
              |
              = help: add `milestones: [M1 complete]` to the risks that threaten it

            warning[milestone-without-window]: milestone `M1 complete` has no target window
             --> milestones.md:7:17
              |
            7 | | M1 complete | Migration rehearsed; Rollback drill recorded |
              |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ due when?
              |
              = help: add a `Target Window`: `Weeks 3–5`, `March 2026`, `2026-03-20`

            11 warnings, 1 note
        "#]],
    );
}

#[test]
fn a_cell_that_swallowed_the_next_row() {
    check(
        "risks.md",
        "M2 | Open |\n| R2",
        "M2 | Open | R2",
        expect![[r#"
            warning[row-wider-than-header]: the row has 16 cells, the header has 8
             --> risks.md:5:76
              |
            5 | … | reduce | M2 | Open | R2 | Test data is too small | Amara Doyle | 2 | 2 | accept | M2 …
              |                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no column for this
              |
              = help: if a second row begins in this line, begin a new line before it; if a `|` belongs to the text, write it as `\|`

            1 warning
        "#]],
    );
}

#[test]
fn merge_conflict_in_a_table() {
    check(
        "milestones.md",
        "| M3 | Go-live | 2026-04-17 | Amara Doyle | Switch over | M2 complete | Service live for all customers |\n",
        "<<<<<<< HEAD\n| M3 | Go-live | 2026-04-17 | Amara Doyle | Switch over | M2 complete | Service live for all customers |\n=======\n| M3 | Go-live | 2026-04-24 | Amara Doyle | Switch over | M2 complete | Service live for all customers |\n>>>>>>> theirs\n",
        expect![[r#"
            error[unreadable-file]: the file holds two versions of some lines, from a merge that is not finished, and is not read
              --> milestones.md:7:1
               |
             7 | <<<<<<< HEAD
               | ^^^^^^^^^^^^ the first version begins here
              ::: milestones.md:11:1
               |
            11 | >>>>>>> theirs
               | -------------- the second one ends here
               |
               = help: keep the lines that are right, and remove the others and the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`

            warning[unknown-reference]: there is no milestone `M1`
             --> decisions.yaml:3:11
              |
            3 |     gate: M1 entry
              |           ^^ not known
              |
              = help: no milestone was found in the files at all: mend that first

            warning[unknown-reference]: there is no criterion `M1-E1`
             --> evidence.md:5:39
              |
            5 | … of the scope meeting | M1-E1 | minutes | Jonas Weber | 2026-02-02 | https://example.org…
              |                          ^^^^^ not known
              |
              = help: no criterion was found in the files at all: mend that first

            warning[no-milestone-found]: no milestone was found in the programme's files
             --> programme.yaml:1:1
              |
            1 | name: Payment platform
              | ^
              |
              = help: put the milestone list into a Markdown file as a table with `|` between its columns and a line of dashes under its header, for instance `| ID | Milestone | Target window | Exit criteria |`; `milepost init` writes one

            warning[unknown-reference]: 4 references lead nowhere: R1, R2 and R9
             --> risks.md:5:64
              |
            5 | | R1 | Supplier delivers late | Jonas Weber | 3 | 2 | reduce | M2 | Open |
              |                                                                ^^ not known
              |
              = help: no milestone was found in the files at all: mend that first

            1 error, 7 warnings; begin with what could not be read: much of the rest may come of it
        "#]],
    );
}

#[test]
fn merge_conflict_in_yaml() {
    check(
        "decisions.yaml",
        "    outcome: go\n",
        "<<<<<<< HEAD\n    outcome: go\n=======\n    outcome: hold\n>>>>>>> theirs\n",
        expect![[r#"
            error[unreadable-file]: the file holds two versions of some lines, from a merge that is not finished, and is not read
             --> decisions.yaml:4:1
              |
            4 | <<<<<<< HEAD
              | ^^^^^^^^^^^^ the first version begins here
             ::: decisions.yaml:8:1
              |
            8 | >>>>>>> theirs
              | -------------- the second one ends here
              |
              = help: keep the lines that are right, and remove the others and the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`

            1 error
        "#]],
    );
}

#[test]
fn a_table_inside_a_code_fence() {
    check(
        "milestones.md",
        "| ID | Milestone",
        "```\n| ID | Milestone",
        expect![[r#"
            warning[unknown-reference]: there is no milestone `M1`
             --> decisions.yaml:3:11
              |
            3 |     gate: M1 entry
              |           ^^ not known
              |
              = help: no milestone was found in the files at all: mend that first

            warning[unknown-reference]: there is no criterion `M1-E1`
             --> evidence.md:5:39
              |
            5 | … of the scope meeting | M1-E1 | minutes | Jonas Weber | 2026-02-02 | https://example.org…
              |                          ^^^^^ not known
              |
              = help: no criterion was found in the files at all: mend that first

            warning[table-not-read]: this table stands between lines of ```, which makes it code: it is shown and not read
             --> milestones.md:4:1
              |
            4 | | ID | Milestone | Target window | Owner | Description | Entry criteria | Exit criteria …
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not read
              |
              = help: remove the lines of ``` around it; or leave it, if it is an example

            warning[no-milestone-found]: no milestone was found in the programme's files
             --> programme.yaml:1:1
              |
            1 | name: Payment platform
              | ^
              |
              = help: put the milestone list into a Markdown file as a table with `|` between its columns and a line of dashes under its header, for instance `| ID | Milestone | Target window | Exit criteria |`; `milepost init` writes one

            warning[unknown-reference]: 4 references lead nowhere: R1, R2 and R9
             --> risks.md:5:64
              |
            5 | | R1 | Supplier delivers late | Jonas Weber | 3 | 2 | reduce | M2 | Open |
              |                                                                ^^ not known
              |
              = help: no milestone was found in the files at all: mend that first

            8 warnings
        "#]],
    );
}

#[test]
fn a_table_indented_as_code() {
    check(
        "risks.md",
        "| ID | Risk | Owner | Probability | Impact | Response | Milestones | Status |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n| R1 |",
        "    | ID | Risk | Owner | Probability | Impact | Response | Milestones | Status |\n    | --- | --- | --- | --- | --- | --- | --- | --- |\n    | R1 |",
        expect![[r#"
            warning[table-not-read]: this table stands four spaces in, which makes it code: it is shown and not read
             --> risks.md:3:5
              |
            3 |     | ID | Risk | Owner | Probability | Impact | Response | Milestones | Status |
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not read
              |
              = help: move its lines to the left

            note[table-without-dash-line]: the table has no line of dashes under its header
             --> risks.md:6:1
              |
            6 | | R2 | Test data is too small | Amara Doyle | 2 | 2 | accept | M2 | Open |
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ taken for the header
              |
              = help: write `| --- | --- | --- | --- | --- | --- | --- | --- |` under this line, so that others see a table too

            1 warning, 1 note
        "#]],
    );
}

#[test]
fn a_line_of_dashes_left_out() {
    check(
        "risks.md",
        "| --- | --- | --- | --- | --- | --- | --- | --- |\n",
        "",
        expect![[r#"
            note[table-without-dash-line]: the table has no line of dashes under its header
             --> risks.md:3:1
              |
            3 | | ID | Risk | Owner | Probability | Impact | Response | Milestones | Status |
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ taken for the header
              |
              = help: write `| --- | --- | --- | --- | --- | --- | --- | --- |` under this line, so that others see a table too

            1 note
        "#]],
    );
}

#[test]
fn rows_pasted_from_a_spreadsheet() {
    check(
        "risks.md",
        "# Risks\n",
        "# Risks\n\nID\tRisk\tOwner\tProbability\tImpact\tResponse\tMilestones\tStatus\nR8\tA cable is cut\tJonas Weber\t2\t3\treduce\tM2\tOpen\n",
        expect![[r#"
            note[table-without-dash-line]: the table has tabs between its cells, and no line of dashes
             --> risks.md:3:1
              |
            3 | ID Risk Owner Probability Impact Response Milestones Status
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ taken for the header
              |
              = help: write `|` between the cells and `| --- | --- | --- | --- | --- | --- | --- | --- |` under this line, so that others see a table too

            1 note
        "#]],
    );
}

#[test]
fn a_table_of_html() {
    check(
        "risks.md",
        "# Risks\n",
        "<table><tr><th>ID</th><th>Risk</th><th>Probability</th></tr><tr><td>R8</td><td>Fire</td><td>3</td></tr></table>\n",
        expect![[r#"
            warning[table-not-read]: this table is written in HTML, and is not read
             --> risks.md:1:1
              |
            1 | <table><tr><th>ID</th><th>Risk</th><th>Probability</th></tr><tr><td>R8</td><td>Fire</td>…
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not read
              |
              = help: write it with `|` between its columns

            1 warning
        "#]],
    );
}

#[test]
fn a_week_that_no_calendar_has() {
    check(
        "milestones.md",
        "Weeks 4–6",
        "Weeks 6–4",
        expect![[r#"
        warning[window-reversed]: the window of milestone `M2` ends before it starts
         --> milestones.md:6:24
          |
        6 | | M2 | Data platform | Weeks 6–4 | Jonas Weber | Move the data | M1 complete | Migration…
          |                        ^^^^^^^^^ ends before it starts
          |
          = help: write the earlier one first

        1 warning
    "#]],
    );
}

#[test]
fn an_end_before_its_start() {
    check(
        "milestones.md",
        "2026-04-17",
        "2026-04-17..2026-04-03",
        expect![[r#"
        warning[window-reversed]: the window of milestone `M3` ends before it starts
         --> milestones.md:7:18
          |
        7 | | M3 | Go-live | 2026-04-17..2026-04-03 | Amara Doyle | Switch over | M2 complete | Serv…
          |                  ^^^^^^^^^^^^^^^^^^^^^^ ends before it starts
          |
          = help: write the earlier one first

        1 warning
    "#]],
    );
}

#[test]
fn two_milestones_that_wait_for_each_other() {
    check(
        "milestones.md",
        "| Scope agreed |",
        "| M2 complete |",
        expect![[r#"
            warning[outcome-does-not-fit-readiness]: decision `D1` is a go, and what the gate asks for was open: `M1-E1`
             --> decisions.yaml:4:14
              |
            4 |     outcome: go
              |              ^^ was not on offer
              |
              = help: what could be decided that day: conditional go, hold, recycle or kill

            warning[override-unexplained]: decision `D1` goes against readiness and does not say why: `M1-E1` was not met
             --> decisions.yaml:4:14
              |
            4 |     outcome: go
              |              ^^ why?
              |
              = help: add `overrides: [{ criterion: M1-E1, reason: … }]`

            note[orphan-evidence]: nothing rests on evidence `E1`
             --> evidence.md:5:39
              |
            5 | … of the scope meeting | M1-E1 | minutes | Jonas Weber | 2026-02-02 | https://example.org…
              |                          ^^^^^ proves nothing
              |
              = help: name in `proves` a criterion that takes evidence, or leave the item out

            warning[successor-before-predecessor]: milestone `M1` ends before `M2`, for which it waits
             --> milestones.md:5:27
              |
            5 | …M1 | Interface design | Weeks 1–3 | Amara Doyle | Specify how the parts talk | M2 comple…
              |                          ^^^^^^^^^ ends before `M2` does
             ::: milestones.md:6:24
              |
            6 | | M2 | Data platform | Weeks 4–6 | Jonas Weber | Move the data | M1 complete | Migration…
              |                        --------- the window of `M2`
              |
              = help: move one of the two windows, or take the dependency away

            warning[dependency-cycle]: milestones wait for each other: `M1` → `M2` → `M1`
             --> milestones.md:5:82
              |
            5 | …fy how the parts talk | M2 complete | Specification approved; Mock service live |
              |                          ^^ `M1` waits for `M2`
             ::: milestones.md:6:66
              |
            6 | …Weber | Move the data | M1 complete | Migration rehearsed; Rollback drill recorded |
              |                          -- `M2` waits for `M1`
              |
              = help: take one of these dependencies away: none of the milestones can start

            4 warnings, 1 note
        "#]],
    );
}

#[test]
fn a_rule_that_is_not_there() {
    check(
        "programme.yaml",
        "visibility: public",
        "rules: { criterion-not-verifable: off }",
        expect![[r#"
        note[world-readable]: everybody will be able to read this portal: nothing says who may
         --> programme.yaml:1:1
          |
        1 | name: Payment platform
          | ^
          |
          = help: add `visibility: public` to programme.yaml if that is meant, else `stakeholder` or `restricted`

        warning[unknown-value]: 2 values are not known: line 4
         --> programme.yaml:4:10
          |
        4 | rules: { criterion-not-verifable: off }
          |          ^^^^^^^^^^^^^^^^^^^^^^^ not a rule
          |
          = help: did you mean `criterion-not-verifiable`?

        2 warnings, 1 note
    "#]],
    );
}

#[test]
fn a_severity_that_is_none() {
    check(
        "programme.yaml",
        "visibility: public",
        "rules: { criterion-not-verifiable: no }",
        expect![[r#"
        note[world-readable]: everybody will be able to read this portal: nothing says who may
         --> programme.yaml:1:1
          |
        1 | name: Payment platform
          | ^
          |
          = help: add `visibility: public` to programme.yaml if that is meant, else `stakeholder` or `restricted`

        warning[unknown-value]: `severity` is `no`, which is not known
         --> programme.yaml:4:36
          |
        4 | rules: { criterion-not-verifiable: no }
          |                                    ^^ not known
          |
          = help: write one of `off`, `note`, `warning`, `error`

        1 warning, 1 note
    "#]],
    );
}

#[test]
fn a_visibility_that_is_none() {
    check(
        "programme.yaml",
        "visibility: public",
        "visibility: internal",
        expect![[r#"
        warning[unknown-value]: `visibility` is `internal`, which is not known
         --> programme.yaml:4:13
          |
        4 | visibility: internal
          |             ^^^^^^^^ not known
          |
          = help: write one of `public`, `stakeholder`, `restricted`

        1 warning
    "#]],
    );
}

#[test]
fn a_role_that_nobody_explains() {
    check(
        "programme.yaml",
        "exit: steering",
        "exit: steerng",
        expect![[r#"
            note[person-unknown]: `steerng` is not among the people
              --> programme.yaml:16:37
               |
            16 | authority: { entry: steering, exit: steerng }
               |                                     ^^^^^^^ not in `people`, and no role
               |
               = help: did you mean `steering`?

            1 note
        "#]],
    );
}

#[test]
fn two_documents_in_one_file() {
    check(
        "decisions.yaml",
        "decisions:\n",
        "decisions: []\n---\ndecisions:\n",
        expect![[r#"
        error[yaml-does-not-parse]: a second document begins here, and is not read
         --> decisions.yaml:2:1
          |
        2 | ---
          | ^^^ the first ends here
          |
          = help: put it into a file of its own, or make one list of both

        1 error
    "#]],
    );
}

#[test]
fn a_comment_that_ate_the_value() {
    check(
        "decisions.yaml",
        "by: Amara Doyle",
        "by: # Amara Doyle",
        expect![[r#"
            warning[decision-incomplete]: decision `D1` has no `by`
             --> decisions.yaml:3:11
              |
            3 |     gate: M1 entry
              |           ^^^^^^^^ incomplete
              |
              = help: add who decided: `by: …`

            1 warning
        "#]],
    );
}

#[test]
fn a_placeholder_left() {
    check(
        "milestones.md",
        "2026-04-17",
        "TBD",
        expect![[r#"
        warning[placeholder-left]: `window` is still `TBD`
         --> milestones.md:7:18
          |
        7 | | M3 | Go-live | TBD | Amara Doyle | Switch over | M2 complete | Service live for all cu…
          |                  ^^^ to be filled
          |
          = help: write the window, or leave it empty

        1 warning
    "#]],
    );
}
