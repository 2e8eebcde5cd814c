//! Every form, before and after: what is asked is done, a second time changes nothing, what cannot be done is said.

use chrono::NaiveDate;
use expect_test::{Expect, expect};

use super::{Change, Done, Edit, Left, Rewritten, State, Step, Trial, Why, Wish, rewrite};
use crate::model::assemble::Clock;
use crate::model::history::History;
use crate::source::{Inputs, Source};

fn clock() -> Clock {
    Clock { as_of: None, fallback: NaiveDate::from_ymd_opt(2026, 2, 18).unwrap() }
}

fn rewritten(files: &[(&str, &str)], wishes: &[Wish]) -> Vec<Rewritten> {
    let mut sources: Vec<Source> =
        files.iter().map(|(path, text)| Source { path: (*path).into(), text: (*text).into() }).collect();
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    rewrite(&Inputs { sources, ..Inputs::default() }, &History::default(), clock(), wishes)
}

/// One file; what is left undone stands behind its text.
#[track_caller]
fn check(path: &str, text: &str, wishes: &[Wish], expected: Expect) {
    let first = rewritten(&[(path, text)], wishes).remove(0);
    let second = rewritten(&[(path, &first.after)], wishes).remove(0);
    assert_eq!(second.after, first.after, "a second time changes something");
    let left = |left: &Left| format!("left {}: {} {:?}\n", left.line, left.subject, left.why);
    let left: String = first.left.iter().map(left).collect();
    expected.assert_eq(&format!("{}{left}", first.after));
}

#[test]
fn columns_are_as_wide_as_they_are_shown() {
    check(
        "notes.md",
        "|a|Say|No|Mid|\n|-|:-|-:|:-:|\n| 🟢 done|里程碑 | 1 |x|\nb | `p \\| q` | 22\n",
        &[],
        expect![[r#"
            | a       | Say    |  No | Mid |
            | ------- | :----- | --: | :-: |
            | 🟢 done | 里程碑 |   1 |  x  |
            b | `p \| q` | 22
        "#]],
    );
}

#[test]
fn a_wide_table_has_one_space_around_each_cell() {
    let long = "word ".repeat(40);
    let text = format!("|A|B|\n|---|:-:|\n|{long}||\n|x   |y|");
    let rewritten = rewritten(&[("notes.md", &text)], &[]).remove(0);
    assert_eq!(rewritten.after.as_ref(), format!("| A | B |\n| --- | :---: |\n| {} | |\n| x | y |", long.trim()));
}

#[test]
fn a_stray_line_in_a_table_stays_as_it_is() {
    check(
        "milestones.md",
        "|ID|Milestone|Target date|\n|---|---|---|\n|M1|Design|2026-03-02|\nM2 | Build\n|M3|Ship|2026-04-02|\n",
        &[],
        expect![[r#"
            | ID  | Milestone | Target date |
            | --- | --------- | ----------- |
            | M1  | Design    | 2026-03-02  |
            M2 | Build
            | M3  | Ship      | 2026-04-02  |
        "#]],
    );
}

#[test]
fn what_is_no_table_stays_and_line_ends_too() {
    let text = "Before\r\n\r\n```\r\n|a|b|\r\n|-|-|\r\n```\r\n\r\n> |a|b|\r\n> |-|-|\r\n\r\n1. |a|b|\r\n   |-|-|\r\n   |c|d|\r\n\r\n\
                | a|b|\r\n|-|-|\r\n|more|than|two|\r\nProse below";
    let rewritten = rewritten(&[("notes.md", text)], &[]).remove(0);
    let expected = "Before\r\n\r\n```\r\n|a|b|\r\n|-|-|\r\n```\r\n\r\n> |a|b|\r\n> |-|-|\r\n\r\n1. | a   | b   |\r\n   | --- | --- |\r\n   \
                    | c   | d   |\r\n\r\n| a    | b    |\r\n| ---- | ---- |\r\n| more | than | two |\r\nProse below";
    assert_eq!(rewritten.after.as_ref(), expected);
}

#[test]
fn ids_stand_in_their_column_or_before_the_name() {
    check(
        "risks.md",
        "| ID | Risk | Likelihood | Impact |\n|---|---|---|---|\n| R-08 | Fire | 1 | 5 |\n| | Flood | 2 | 2 |\n| TBD | Frost | 1 | 1 |\n",
        &[Wish::Ids],
        expect![[r#"
            | ID   | Risk  | Likelihood | Impact |
            | ---- | ----- | ---------- | ------ |
            | R-08 | Fire  | 1          | 5      |
            | R-09 | Flood | 2          | 2      |
            | R-10 | Frost | 1          | 1      |
        "#]],
    );
    check(
        "risks.md",
        "# Risks\n\n| Risk | Likelihood | Impact |\n|---|---|---|\n| **Fire** | 1 | 5 |\n\nSeen monthly.\n",
        &[Wish::Ids],
        expect![[r#"
            # Risks

            | Risk         | Likelihood | Impact |
            | ------------ | ---------- | ------ |
            | R1: **Fire** | 1          | 5      |

            Seen monthly.
        "#]],
    );
}

#[test]
fn criteria_carry_their_ids_before_their_words() {
    check(
        "plan.md",
        "| ID | Milestone | Window | Entry criteria | Exit criteria |\n|---|---|---|---|---|\n\
         | M1 | Build | Week 1 | Budget approved; M0-E9: Team staffed | ✅ Signed off<br>Tests passed (advisory) |\n",
        &[Wish::Ids],
        expect![[r#"
            | ID  | Milestone | Window | Entry criteria                              | Exit criteria                                          |
            | --- | --------- | ------ | ------------------------------------------- | ------------------------------------------------------ |
            | M1  | Build     | Week 1 | M1-E1: Budget approved; M0-E9: Team staffed | ✅ M1-X1: Signed off<br>M1-X2: Tests passed (advisory) |
        "#]],
    );
}

#[test]
fn headings_and_lists_carry_ids() {
    check(
        "plan.md",
        "# Plan\n\n## Milestones\n\n### 1. Design\n\nWindow: Week 1\n\nExit criteria:\n\n- [x] Signed off\n- **Reviewed** by all\n\n\
         ### 2. Build\n\nWindow: Week 2\n\n## Risks\n\n- **Fire** – all is lost\n- Flood\n",
        &[Wish::Ids],
        expect![[r#"
            # Plan

            ## Milestones

            ### 1. M1: Design

            Window: Week 1

            Exit criteria:

            - [x] M1-X1: Signed off
            - M1-X2: **Reviewed** by all

            ### 2. M2: Build

            Window: Week 2

            ## Risks

            - **R1: Fire** – all is lost
            - R2: Flood
        "#]],
    );
}

#[test]
fn yaml_carries_ids() {
    check(
        "all.yaml",
        "milestones:\n  - name: Design # first\n    exit: Signed off\n  - { name: Build, window: Week 2, exit: [Tests passed, \"All: live\"] }\n\
         risks:\n  - title: Fire\n  - id:\n    title: Flood\n  - Frost\n",
        &[Wish::Ids],
        expect![[r#"
            milestones:
              - id: M1
                name: Design # first
                exit: "M1-X1: Signed off"
              - { id: M2, name: Build, window: Week 2, exit: [M2-X1: Tests passed, M2-X2: "All: live"] }
            risks:
              - id: R1
                title: Fire
              - id: R2
                title: Flood
              - R3: Frost
        "#]],
    );
    check(
        "milestones/build.md",
        "---\nname: Build\nexit:\n  - Tests passed\n  - text: All live\n    owner: Ana\n---\n\nWords.\n",
        &[Wish::Ids],
        expect![[r#"
            ---
            id: M1
            name: Build
            exit:
              - M1-X1: Tests passed
              - id: M1-X2
                text: All live
                owner: Ana
            ---

            Words.
        "#]],
    );
    check(
        "milestones/build.md",
        "# Build\n\nWords.\n",
        &[Wish::Ids],
        expect![[r#"
        ---
        id: M1
        ---

        # Build

        Words.
    "#]],
    );
}

#[test]
fn criteria_are_set_apart_as_they_were_read() {
    check(
        "plan.md",
        "| ID | Milestone | Entry criteria | Exit criteria |\n|---|---|---|---|\n\
         | M1 | Build | Budget approved, team staffed, and **tools installed**. | Signed off (Ana, Bo); tests passed |\n\
         | M2 | Ship | M1 complete | Terms, prices and dates |\n",
        &[Wish::Split],
        expect![[r#"
            | ID  | Milestone | Entry criteria                                          | Exit criteria                        |
            | --- | --------- | ------------------------------------------------------- | ------------------------------------ |
            | M1  | Build     | Budget approved<br>team staffed<br>**tools installed**. | Signed off (Ana, Bo)<br>tests passed |
            | M2  | Ship      | M1 complete                                             | Terms, prices and dates              |
        "#]],
    );
    check(
        "plan.md",
        "## M1: Build\n\nWindow: Week 1\n\nExit criteria: Signed off; tests passed\n\n## M2: Ship\n\n\
         - Window: Week 2\n- **Exit criteria:** Live; measured\n- Owner: Ana\n",
        &[Wish::Split],
        expect![[r#"
            ## M1: Build

            Window: Week 1

            Exit criteria:

            - Signed off
            - tests passed

            ## M2: Ship

            - Window: Week 2
            - **Exit criteria:**
              - Live
              - measured
            - Owner: Ana
        "#]],
    );
    check(
        "all.yaml",
        "milestones:\n  - id: M1\n    exit: \"Signed off; tests passed\" # both\n    owner: Ana\n  - { id: M2, exit: Live; measured }\n",
        &[Wish::Split],
        expect![[r#"
            milestones:
              - id: M1
                exit:
                  - Signed off
                  - tests passed # both
                owner: Ana
              - { id: M2, exit: ["Live", "measured"] }
        "#]],
    );
}

#[test]
fn split_and_ids_together_name_what_stood_between_commas() {
    let text = "| ID | Milestone | Exit criteria |\n|---|---|---|\n| M1 | Build | Budget approved, team staffed |\n";
    check(
        "plan.md",
        text,
        &[Wish::Ids],
        expect![[r#"
        | ID  | Milestone | Exit criteria                 |
        | --- | --------- | ----------------------------- |
        | M1  | Build     | Budget approved, team staffed |
        left 3: criterion M1-X1 Together
        left 3: criterion M1-X2 Together
    "#]],
    );
    check(
        "plan.md",
        text,
        &[Wish::Ids, Wish::Split],
        expect![[r#"
        | ID  | Milestone | Exit criteria                                 |
        | --- | --------- | --------------------------------------------- |
        | M1  | Build     | M1-X1: Budget approved<br>M1-X2: team staffed |
    "#]],
    );
}

#[test]
fn where_one_id_has_no_place_those_behind_it_are_not_written() {
    check(
        "decisions.md",
        "| Gate | Outcome | Decided by | Date |\n|---|---|---|---|\n| M1 exit | Go | Ana | 2026-02-01 |\n",
        &[Wish::Ids],
        expect![[r#"
            | Gate    | Outcome | Decided by | Date       |
            | ------- | ------- | ---------- | ---------- |
            | M1 exit | Go      | Ana        | 2026-02-01 |
            left 3: decision D1 NoPlaceForId
        "#]],
    );
    let files = [
        ("a.md", "| Gate | Outcome | Decided by | Date |\n|---|---|---|---|\n| M1 exit | Go | Ana | 2026-02-01 |\n"),
        ("b.yaml", "decisions:\n  - gate: M1 entry\n    outcome: go\n"),
    ];
    let after = rewritten(&files, &[Wish::Ids]);
    assert!(after.iter().all(|file| file.left.len() == 1), "{after:#?}");
    assert!(!after[1].is_changed());
}

#[test]
fn a_file_with_a_part_that_is_not_read_is_left_alone() {
    check(
        "plan.md",
        "---\nname: [\n---\n\n|a|b|\n|-|-|\n",
        &[Wish::Ids],
        expect![[r#"
        ---
        name: [
        ---

        |a|b|
        |-|-|
        left 1:  Unreadable
    "#]],
    );
}

#[test]
fn an_id_that_would_part_its_words_is_not_written() {
    check(
        "plan.md",
        "| ID | Milestone | Exit criteria |\n|---|---|---|\n| M1 | Build | Signed off, mock live, and team trained |\n",
        &[Wish::Ids],
        expect![[r#"
            | ID  | Milestone | Exit criteria                           |
            | --- | --------- | --------------------------------------- |
            | M1  | Build     | Signed off, mock live, and team trained |
            left 3: criterion M1-X1 WouldBeReadOtherwise
        "#]],
    );
}

#[test]
fn a_change_that_says_something_else_is_refused() {
    let state = |text: &str| {
        let source = Source { path: "plan.md".into(), text: text.into() };
        State::read(Inputs { sources: vec![source], ..Inputs::default() }, &History::default(), clock())
    };
    let before = state("| ID | Milestone | Exit criteria |\n|---|---|---|\n| M1 | Build | Tests passed |\n");
    let at = before.inputs.sources[0].text.find("Build").unwrap();
    let change = |range: std::ops::Range<usize>, text: &str, done: Done| {
        let edits = vec![Edit { range, text: text.to_string() }];
        Change { file: 0, edits, done, subject: String::new(), series: None }
    };
    let history = History::default();
    for (step, changes, kept) in [
        (Step::Align, vec![change(at..at + 5, "Built", Done::Aligned)], [Why::TableWouldChange].map(Some).to_vec()),
        (Step::NameRecords, vec![change(at..at, " ", Done::Named("M1".into()))], vec![Some(Why::WouldBeReadOtherwise)]),
        (
            Step::Align,
            vec![change(at..at, "  ", Done::Aligned), change(at + 5..at + 5, "s", Done::Aligned)],
            vec![None, Some(Why::TableWouldChange)],
        ),
    ] {
        let mut trial = Trial::new(&before, &history, clock(), step, &changes);
        trial.keep(0..changes.len());
        assert_eq!(trial.kept, kept.into_iter().map(Some).collect::<Vec<_>>());
    }
}
