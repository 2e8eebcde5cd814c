//! Files that somebody broke, or made to break us: each draws a finding that says what to do. The sizes are such that a
//! build without optimisation is quick with them, and one that does more work than a file's length asks for does not end;
//! see `source/limits.rs` for the numbers. No test holds a clock: what hangs is stopped by what runs the tests.

use expect_test::{Expect, expect};
use milepost::source::{Source, limits};
use milepost::syntax::{self, Block};

use crate::support;

const HEADER: &str = "| ID | Name | Window | Exit criteria |\n|---|---|---|---|\n";

/// What is found of a file as such.
#[track_caller]
fn check(path: &str, text: &str, expected: Expect) {
    let checked = support::checked(&[(path, text)]);
    let of_files = ["unreadable-file", "yaml-does-not-parse", "mixed-line-ends"];
    let findings = checked.snapshot.findings.iter().filter(|finding| of_files.contains(&finding.rule.as_str()));
    let lines = findings.map(|finding| {
        let help = finding.help.as_deref().unwrap_or("no help");
        format!("{}:{} {}: {}; {help}\n", finding.start.line, finding.start.column, finding.rule, finding.message)
    });
    expected.assert_eq(&lines.collect::<String>());
}

#[test]
fn references_that_multiply() {
    let ten = |name: char| format!("[{}]", vec![format!("*{name}"); 10].join(", "));
    let lines = ('b'..='z').zip('a'..).map(|(name, before)| format!("{name}: &{name} {}\n", ten(before)));
    let bomb = format!("a: &a word\n{}", lines.collect::<String>());
    check(
        "content/records.yaml",
        &bomb,
        expect![[r#"
        6:44 yaml-does-not-parse: references make the file too large: what they add may have 16 MB; write the values out, without `&` and `*`
    "#]],
    );
    check(
        "content/records.yaml",
        "a: &a [*a]",
        expect![[r#"
        1:8 yaml-does-not-parse: a value refers to itself; write the value out instead
    "#]],
    );
    let long = format!("long: &long {}\n", "x".repeat(100_000));
    let records = (0..200).map(|number| format!("R{number}: {{text: *long}}\n"));
    check(
        "content/records.yaml",
        &(long + &records.collect::<String>()),
        expect![[r#"
        168:14 yaml-does-not-parse: references make the file too large: what they add may have 16 MB; write the values out, without `&` and `*`
    "#]],
    );
}

#[test]
fn file_that_is_too_large() {
    let row = format!("| M1 | {} | Week 1 | shipped |\n", "x".repeat(10_000));
    let rows = limits::DOCUMENT / row.len() + 1;
    check(
        "content/milestones.md",
        &format!("{HEADER}{}", row.repeat(rows)),
        expect![[r#"
        1:1 unreadable-file: the file is larger than 16 MB and is not read; split it, or give it a name that is not read as text
    "#]],
    );
}

#[test]
fn table_that_is_too_wide() {
    let wide =
        |columns: usize| format!("|{}\n|{}\n|{}\n", "c|".repeat(columns), "-|".repeat(columns), "x|".repeat(columns));
    check(
        "content/milestones.md",
        &wide(100_000),
        expect![[r#"
            1:2 unreadable-file: the table has 100,000 columns, and they are not read: it may have 1,000; split the table, or give each record a row of its own
        "#]],
    );
    check("content/milestones.md", &wide(limits::COLUMNS), expect![[""]]);
    check(
        "content/milestones.md",
        &format!("Plan\n{}", wide(100_000)),
        expect![[r#"
        2:2 unreadable-file: the table has 100,000 columns, and they are not read: it may have 1,000; split the table, or give each record a row of its own
    "#]],
    );
    check(
        "content/milestones.md",
        &format!("|{}\n", "x|".repeat(2_000)).repeat(3),
        expect![[r#"
        1:1 unreadable-file: the table has 2,000 columns, and they are not read: it may have 1,000; split the table, or give each record a row of its own
    "#]],
    );
    check(
        "content/milestones.md",
        &format!("{HEADER}| M1 |{}\n", "x|".repeat(100_000)),
        expect![[r#"
        3:12 unreadable-file: the table has 99,997 columns, and they are not read: it may have 1,000; split the table, or give each record a row of its own
    "#]],
    );
}

#[test]
fn table_with_too_many_cells() {
    let columns = limits::COLUMNS;
    let header = format!("|{}\n|{}\n", "c|".repeat(columns), "-|".repeat(columns));
    check(
        "content/milestones.md",
        &format!("{header}{}", "|a\n".repeat(1_100)),
        expect![[r#"
        265:1 unreadable-file: the table is too large: of more than 1,000,000 cells, it is not read from here on; split the table, or delete the columns that few rows fill
    "#]],
    );
}

#[test]
fn cell_that_is_too_long() {
    let cell = |length: usize| format!("{HEADER}| M1 | Build | Week 1 | {} |\n", "a report, ".repeat(length / 10));
    check(
        "content/milestones.md",
        &cell(1_000_000),
        expect![[r#"
        3:25 unreadable-file: the cell holds 999,999 bytes of text, and is not read: it may hold 65,536; put a long text into a file of its own, and its summary here; or find the `|` that is missing
    "#]],
    );
    check("content/milestones.md", &cell(limits::CELL), expect![[""]]);
}

#[test]
fn what_is_nested_too_deeply() {
    check(
        "content/a.md",
        &format!("{}x\n", "> ".repeat(10_000)),
        expect![[r#"
        1:65 unreadable-file: lists and quotations are nested more than 32 deep; begin what is deeper at the margin, under a heading of its own
    "#]],
    );
    check(
        "content/a.md",
        &format!("{}x\n", "- ".repeat(10_000)),
        expect![[r#"
        1:65 unreadable-file: lists and quotations are nested more than 32 deep; begin what is deeper at the margin, under a heading of its own
    "#]],
    );
    check(
        "content/a.md",
        &(0..200).map(|depth| format!("{}- x\n", "  ".repeat(depth))).collect::<String>(),
        expect![[r#"
            33:65 unreadable-file: lists and quotations are nested more than 32 deep; begin what is deeper at the margin, under a heading of its own
        "#]],
    );
    check(
        "content/a.yaml",
        &"[".repeat(10_000),
        expect![[r#"
        1:65 yaml-does-not-parse: lists are nested too deeply in one another; nest at most 64 levels
    "#]],
    );
    check(
        "content/a.yaml",
        &"{a: ".repeat(10_000),
        expect![[r#"
        1:257 yaml-does-not-parse: lists are nested too deeply in one another; nest at most 64 levels
    "#]],
    );
    check(
        "content/a.yaml",
        &(0..200).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect::<String>(),
        expect![[r#"
            65:65 yaml-does-not-parse: lists are nested too deeply in one another; nest at most 64 levels
        "#]],
    );
}

#[test]
fn file_with_too_much_markup() {
    check(
        "content/a.md",
        &"[".repeat(limits::SIGNS + 1),
        expect![[r#"
        1:1 unreadable-file: the file holds more than 1,000,000 signs of markup (bars, brackets, line ends), and is not read; split it, or give it a name that is not read as text
    "#]],
    );
    check(
        "content/a.md",
        &"a|b\n-|-\nc|d\n".repeat(limits::SIGNS / 5),
        expect![[r#"
        1:1 unreadable-file: the file holds more than 1,000,000 signs of markup (bars, brackets, line ends), and is not read; split it, or give it a name that is not read as text
    "#]],
    );
}

#[test]
fn programme_with_too_many_records() {
    let list = format!("issues:\n{}", "- {}\n".repeat(limits::RECORDS + 1));
    check(
        "content/issues.yaml",
        &list,
        expect![[r#"
        50002:3 unreadable-file: the programme holds more than 50,000 records: it is not read from here on; make programmes of its parts, each in a folder of its own
    "#]],
    );
}

#[test]
fn a_long_line_is_read() {
    for part in ["word ", "[", "![a](", "*a ", "**a_b", "<a ", "`a", "[a](b) ", "&amp;", "\\", "| "] {
        check("content/a.md", &part.repeat(20_000), expect![[""]]);
    }
    check("content/a.yaml", &format!("a: {}", "word ".repeat(200_000)), expect![[""]]);
}

#[test]
fn lines_that_end_in_several_ways_are_read_alike() {
    let rows = "| M1 | Build | Week 1 | shipped |\r| M2 | Ship | Week 2 | sold |\r\n| M3 | Rest | Week 3 | slept |\n";
    let text = format!("{HEADER}{rows}");
    check(
        "content/milestones.md",
        &text,
        expect![[r#"
        1:1 mixed-line-ends: the lines do not end alike: 3 in LF, 1 in CRLF and 1 in CR; choose one of them in your editor (LF or CRLF) and save the file
    "#]],
    );
    assert_eq!(support::checked(&[("content/milestones.md", &text)]).snapshot.programme.milestones.len(), 3);
    let returns = text.replace("\r\n", "\n").replace('\n', "\r");
    check("content/milestones.md", &returns, expect![[""]]);
    let secret = format!("---\rvisibility: restricted\r---\r{returns}");
    let programme = support::checked(&[("content/milestones.md", &secret)]).snapshot.programme;
    let visibility = programme.milestones.iter().map(|milestone| milestone.record.visibility).collect::<Vec<_>>();
    expect!["[Restricted, Restricted, Restricted]"].assert_eq(&format!("{visibility:?}"));
}

#[test]
fn ten_thousand_rows_are_read() {
    let rows =
        (1..=10_000).map(|number| format!("| M{number} | Step {number} | Week {} | shipped |\n", number % 50 + 1));
    let text = format!("{HEADER}{}", rows.collect::<String>());
    let source = Source { path: "content/milestones.md".into(), text: text.into() };
    let (document, findings) = syntax::parse(&source);
    assert!(findings.is_empty(), "{findings:?}");
    let rows = document.blocks.iter().map(|block| match block {
        Block::Table(table) => table.rows.len(),
        _ => 0,
    });
    assert_eq!(rows.sum::<usize>(), 10_000);
}
