//! Cases for the reading of Markdown and YAML: each says a text, what is read, and what is found.

use std::fmt::Write;

use expect_test::{Expect, expect};

use crate::source::{Source, Span, place};
use crate::syntax::{Block, Document, Item, Node, Text, Tree, parse};

/// Reads `text` as Markdown and draws all that comes of it; every place is drawn as the words that stand there.
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&draw("a.md", text));
}

fn check_yaml(text: &str, expected: Expect) {
    expected.assert_eq(&draw("a.yaml", text));
}

fn read(path: &str, text: &str) -> (Document, String) {
    let source = Source { path: path.into(), text: text.into() };
    let (document, findings) = parse(&source);
    let mut drawn = String::new();
    for finding in findings {
        let at = place(text, finding.at.start);
        let words = slice(text, &finding.at);
        writeln!(drawn, "{} at {}:{} {words:?}: {}", finding.rule, at.line, at.column, finding.message).unwrap();
        writeln!(drawn, "  label: {}", finding.label).unwrap();
        for (span, note) in finding.related {
            writeln!(drawn, "  {:?}: {note}", slice(text, &span)).unwrap();
        }
        writeln!(drawn, "  help: {}", finding.help.unwrap_or_default()).unwrap();
    }
    (document, drawn)
}

fn draw(path: &str, text: &str) -> String {
    let (document, findings) = read(path, text);
    let mut drawn = String::new();
    if let Some(data) = &document.data {
        draw_node(&mut drawn, text, data, 0);
    }
    draw_blocks(&mut drawn, text, &document.blocks, 0);
    for link in &document.links {
        writeln!(drawn, "link {:?} at {:?} image {:?}", link.target, slice(text, &link.at), link.image).unwrap();
    }
    drawn + &findings
}

fn slice<'t>(text: &'t str, span: &Span) -> &'t str {
    &text[span.start as usize..span.end as usize]
}

fn draw_text(source: &str, text: &Text) -> String {
    let written = slice(source, &text.at);
    let mut drawn = format!("{:?}", text.plain);
    if written != text.plain {
        write!(drawn, " from {written:?}").unwrap();
    }
    for mark in &text.marks {
        let words = slice(source, &text.span(mark.range.clone()));
        write!(drawn, " {:?}={:?}@{words:?}", mark.kind, &text.plain[mark.range.clone()]).unwrap();
    }
    drawn
}

fn draw_blocks(drawn: &mut String, source: &str, blocks: &[Block], depth: usize) {
    let indentation = "  ".repeat(depth);
    for block in blocks {
        match block {
            Block::Heading { level, text, anchor, html } => {
                let words = draw_text(source, text);
                writeln!(drawn, "{indentation}heading {level} {words} #{anchor}\n{indentation}  {:?}", html.as_str())
                    .unwrap();
            }
            Block::Paragraph { text, html } => {
                let words = draw_text(source, text);
                writeln!(drawn, "{indentation}paragraph {words}\n{indentation}  {:?}", html.as_str()).unwrap();
            }
            Block::List { items, ordered, html, .. } => {
                let kind = if *ordered { "ordered" } else { "list" };
                writeln!(drawn, "{indentation}{kind} {:?}", html.as_str()).unwrap();
                items.iter().for_each(|item| draw_item(drawn, source, item, depth + 1));
            }
            Block::Table(table) => {
                writeln!(drawn, "{indentation}table").unwrap();
                let rows = table.rows.iter().map(|row| &row.cells);
                for cells in [&table.header].into_iter().chain(rows) {
                    let cells: Vec<String> = cells.iter().map(|cell| draw_text(source, cell)).collect();
                    writeln!(drawn, "{indentation}  | {}", cells.join(" | ")).unwrap();
                }
            }
            Block::Other { at, html } => {
                writeln!(drawn, "{indentation}other {:?}\n{indentation}  {:?}", slice(source, at), html.as_str())
                    .unwrap();
            }
        }
    }
}

fn draw_item(drawn: &mut String, source: &str, item: &Item, depth: usize) {
    let indentation = "  ".repeat(depth);
    let box_ = item.ticked.map_or("", |ticked| if ticked { "[x] " } else { "[ ] " });
    writeln!(drawn, "{indentation}- {box_}{}", draw_text(source, &item.text)).unwrap();
    draw_blocks(drawn, source, &item.children, depth + 1);
}

fn draw_node(drawn: &mut String, source: &str, node: &Node, depth: usize) {
    let indentation = "  ".repeat(depth);
    match &node.tree {
        Tree::Null => {
            let at = place(source, node.at.start);
            writeln!(drawn, "{indentation}null at {}:{}", at.line, at.column).unwrap();
        }
        Tree::Scalar(text) => writeln!(drawn, "{indentation}{}", draw_text(source, text)).unwrap(),
        Tree::List(items) => {
            writeln!(drawn, "{indentation}list of {:?}", slice(source, &node.at)).unwrap();
            items.iter().for_each(|item| draw_node(drawn, source, item, depth + 1));
        }
        Tree::Map(entries) => {
            writeln!(drawn, "{indentation}map of {:?}", slice(source, &node.at)).unwrap();
            for (key, value) in entries {
                writeln!(drawn, "{indentation}  {}:", draw_text(source, key)).unwrap();
                draw_node(drawn, source, value, depth + 2);
            }
        }
    }
}

#[test]
fn every_word_of_the_seed_stands_where_its_span_says() {
    let text = include_str!("../../content/milestones.md");
    let (document, findings) = read("content/milestones.md", text);
    assert_eq!(findings, "");
    let [Block::Heading { .. }, Block::Table(table)] = &document.blocks[..] else { panic!("{:?}", document.blocks) };
    assert_eq!((table.header.len(), table.rows.len()), (6, 5));
    for cell in table.rows.iter().flat_map(|row| &row.cells).chain(&table.header) {
        assert_eq!(slice(text, &cell.at), cell.plain);
        for word in cell.plain.split_whitespace() {
            let start = word.as_ptr() as usize - cell.plain.as_ptr() as usize;
            assert_eq!(slice(text, &cell.span(start..start + word.len())), word);
        }
    }
    assert_eq!(slice(text, &table.rows[4].at).split('|').nth(1), Some(" M5 "));
}

#[test]
fn words_between_markup_and_escapes_stand_where_their_spans_say() {
    for (path, text) in [
        ("a.yaml", "🟢: \"one \\\" two \\u00e9 three\\n four\n  five 🟢 six\""),
        ("a.yaml", "a: 'it''s so '' and 🟢 on\n\n  below'"),
        ("a.yaml", "a: >-\n  one 🟢 two\n  three\n\n  four\nb: |\r\n  five\r\n    six\r\n"),
        ("a.yaml", "a: one\n  two 🟢\n  three # not four\n"),
        ("a.md", "| a |\n|---|\n| **one 🟢** two \\| three &amp; `four \\| five` six<br>seven [eight](nine) \\* ten |"),
        ("a.md", "> x\n\n- one\\\n  two  \n  three\n  four `five\n  six` seven\r\n"),
    ] {
        let (document, findings) = read(path, text);
        assert!(
            findings.lines().all(|line| line.starts_with("mixed-line-ends") || line.starts_with("  ")),
            "{findings}"
        );
        let mut words = 0;
        each_text(&document, &mut |found| {
            for word in found.plain.split(|letter: char| !letter.is_ascii_alphabetic()).filter(|word| !word.is_empty())
            {
                let start = word.as_ptr() as usize - found.plain.as_ptr() as usize;
                let range = start..start + word.len();
                assert_eq!(slice(text, &found.span(range.clone())), word, "{text:?}");
                let part = found.slice(start..found.plain.len());
                assert_eq!(slice(text, &part.span(0..word.len())), word, "{text:?}");
                words += 1;
            }
        });
        assert!(words >= 4, "{text:?}: {words}");
    }
}

#[test]
fn cells_with_markup_keep_their_words_and_places() {
    check(
        "🟢 intro\r\n\r\n| Id | What | Links |\r\n|:--|:-:|--|\r\n| **M1** | a \\| b `c \\| d` R&amp;D<br>~~old~~ new<b>!</b> | [plan](../p.md \"t\") ![alt *x*](i.png) <https://e.org> |\r\n| 🟡 M2 || \\*lit\\* |\r\n|  |\r\n| M3\r\n",
        expect![[r#"
            paragraph "🟢 intro"
              "<p>🟢 intro</p>\n"
            table
              | "Id" | "What" | "Links"
              | "M1" from "**M1**" Strong="M1"@"M1" | "a | b c | d R&D\nold new!" from "a \\| b `c \\| d` R&amp;D<br>~~old~~ new<b>!</b>" Code="c | d"@"c \\| d" Strike="old"@"old" | "plan alt x https://e.org" from "[plan](../p.md \"t\") ![alt *x*](i.png) <https://e.org>" Link("../p.md")="plan"@"plan" Image("i.png")="alt x"@"alt *x" Emphasis="x"@"x" Link("https://e.org")="https://e.org"@"https://e.org"
              | "🟡 M2" | "" | "*lit*" from "\\*lit\\*"
              | "M3" | "" | ""
            link "../p.md" at "../p.md" image None
            link "i.png" at "i.png" image Some("alt x")
            link "https://e.org" at "https://e.org" image None
            row-narrower-than-header at 8:3 "M3": the row has 1 cell, the header has 3
              label: the row ends here
              help: put the `|` back that is missing between two cells; or, if the row goes on in the next line, join the lines; or write empty cells as `| |`
        "#]],
    );
}

#[test]
fn a_row_wider_than_its_header_is_found() {
    check(
        "| a | b |\n|---|---|\n| M1 | x | **y z** | 🟢 |\n| M2 | x | |\n",
        expect![[r#"
            table
              | "a" | "b"
              | "M1" | "x"
              | "M2" | "x"
            row-wider-than-header at 3:12 "**y z** | 🟢": the row has 4 cells, the header has 2
              label: no column for this
              help: if a second row begins in this line, begin a new line before it; if a `|` belongs to the text, write it as `\|`
        "#]],
    );
}

#[test]
fn tables_that_the_standard_does_not_know_are_read() {
    check(
        "Our list\na | b\n---|---\n1 | 2\n\nText | with bar\n| a | b | c |\n|---|---|\n| 1 | 2 | 3 |\n\n| 4 | 5 | 6 |\n\nEnd.",
        expect![[r#"
            paragraph "Our list"
              "<p>Our list</p>\n"
            table
              | "a" | "b"
              | "1" | "2"
            paragraph "Text | with bar"
              "<p>Text | with bar</p>\n"
            table
              | "a" | "b" | "c"
              | "1" | "2" | "3"
              | "4" | "5" | "6"
            paragraph "End."
              "<p>End.</p>\n"
        "#]],
    );
}

#[test]
fn a_table_without_its_line_of_dashes_is_read_with_a_note() {
    check(
        "Our list\n| a | b |\n| 1 | `2` |\n| 3 |\n\n| 4 | 5 |\nand so on\n",
        expect![[r#"
            paragraph "Our list"
              "<p>Our list</p>\n"
            table
              | "a" | "b"
              | "1" | "2" from "`2`" Code="2"@"2"
              | "3" | ""
            paragraph "| 4 | 5 | and so on" from "| 4 | 5 |\nand so on" LineEnd=" "@"\n"
              "<p>| 4 | 5 |\nand so on</p>\n"
            row-narrower-than-header at 4:3 "3 |": the row has 1 cell, the header has 2
              label: the row ends here
              help: put the `|` back that is missing between two cells; or, if the row goes on in the next line, join the lines; or write empty cells as `| |`
            table-without-dash-line at 2:1 "| a | b |": the table has no line of dashes under its header
              label: taken for the header
              help: write `| --- | --- |` under this line, so that others see a table too
        "#]],
    );
}

#[test]
fn bars_around_words_are_no_table() {
    check(
        "|x| is small\n|y| is large\n\n| alone |\n\n| one | line |\n",
        expect![[r#"
        paragraph "|x| is small |y| is large" from "|x| is small\n|y| is large" LineEnd=" "@"\n"
          "<p>|x| is small\n|y| is large</p>\n"
        paragraph "| alone |"
          "<p>| alone |</p>\n"
        paragraph "| one | line |"
          "<p>| one | line |</p>\n"
    "#]],
    );
}

#[test]
fn rows_pasted_from_a_spreadsheet_are_a_table() {
    check(
        "Our list\n#\tName\tNotes\r\n1.\t**Beta** 🟢\t\"one \"\"two\"\"\r\n- three\"\r\n\tGamma\r\n\t\t\r\n2\t\"so\" said\ta|b\tmore\r\nEnd\n",
        expect![[r##"
            paragraph "Our list"
              "<p>Our list</p>\n"
            table
              | "#" | "Name" | "Notes"
              | "1." | "Beta 🟢" from "**Beta** 🟢" Strong="Beta"@"Beta" | "one \"\"two\"\"\n- three" from "one \"\"two\"\"\r\n- three"
              | "" | "Gamma" | ""
              | "2" | "\"so\" said" | "a|b"
            paragraph "End"
              "<p>End</p>\n"
            mixed-line-ends at 1:1 "": the lines do not end alike: 2 in LF and 6 in CRLF
              label: 
              help: choose one of them in your editor (LF or CRLF) and save the file
            table-without-dash-line at 2:1 "#\tName\tNotes": the table has tabs between its cells, and no line of dashes
              label: taken for the header
              help: write `|` between the cells and `| --- | --- | --- |` under this line, so that others see a table too
            row-wider-than-header at 7:17 "more": the row has 4 cells, the header has 3
              label: no column for this
              help: if a `|` belongs to the text, write it as `\|`; else give the header another column
        "##]],
    );
}

#[test]
fn quotes_that_never_close_are_looked_for_once() {
    let rows = 5_000;
    let text = format!("ID\tRisk\n{}{}", "R1\t\"open\n".repeat(rows), "and a plain line\n".repeat(20_000));
    let (document, _) = parse(&Source { path: "a.md".into(), text: text.into() });
    let Block::Table(table) = &document.blocks[0] else { panic!("{:?}", document.blocks[0]) };
    assert_eq!(table.rows.len(), rows);
}

#[test]
fn tabs_that_part_no_cells_are_no_table() {
    check(
        "-\tone\n-\ttwo\n\n```\na\tb\n1\t2\n```\n\n\ta\tb\n\t1\t2\n\n#\tHeading\na\tb\n\nOwner:\t\tAna\nDue:\t\tMay\n",
        expect![[r#"
            list "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"
              - "one"
              - "two"
            other "```\na\tb\n1\t2\n```"
              "<pre><code>a\tb\n1\t2\n</code></pre>\n"
            other "a\tb\n\t1\t2"
              "<pre><code>a\tb\n1\t2\n</code></pre>\n"
            heading 1 "Heading" #heading
              "<h1 id=\"heading\">Heading</h1>\n"
            paragraph "a\tb"
              "<p>a\tb</p>\n"
            paragraph "Owner:\t\tAna Due:\t\tMay" from "Owner:\t\tAna\nDue:\t\tMay" LineEnd=" "@"\n"
              "<p>Owner:\t\tAna\nDue:\t\tMay</p>\n"
        "#]],
    );
}

#[test]
fn bars_in_code_are_no_table() {
    check(
        "```\n| a |\n|---|\n| 1 |\n```\n",
        expect![[r#"
            other "```\n| a |\n|---|\n| 1 |\n```"
              "<pre><code>| a |\n|---|\n| 1 |\n</code></pre>\n"
            table-not-read at 2:1 "| a |": this table stands between lines of ```, which makes it code: it is shown and not read
              label: not read
              help: remove the lines of ``` around it; or leave it, if it is an example
        "#]],
    );
}

#[test]
fn lists_keep_boxes_and_nesting() {
    check(
        "1. [x] **done** here\n   - [ ] inner *one*\n   - plain\n\n     second\n2. [X] two\n\n   | a |\n   |---|\n   | 1 |\n",
        expect![[r#"
            ordered "<ol>\n<li>\n<p><input disabled=\"\" type=\"checkbox\" checked=\"\"/>\n<strong>done</strong> here</p>\n<ul>\n<li>\n<p><input disabled=\"\" type=\"checkbox\"/>\ninner <em>one</em></p>\n</li>\n<li>\n<p>plain</p>\n<p>second</p>\n</li>\n</ul>\n</li>\n<li>\n<p><input disabled=\"\" type=\"checkbox\" checked=\"\"/>\ntwo</p>\n</li>\n</ol>\n"
              - [x] "done here" from "**done** here" Strong="done"@"done"
                list "<ul>\n<li>\n<p><input disabled=\"\" type=\"checkbox\"/>\ninner <em>one</em></p>\n</li>\n<li>\n<p>plain</p>\n<p>second</p>\n</li>\n</ul>\n"
                  - [ ] "inner one" from "inner *one*" Emphasis="one"@"one"
                  - "plain"
                    paragraph "second"
                      "<p>second</p>\n"
              - [x] "two"
            table
              | "a"
              | "1"
        "#]],
    );
}

#[test]
fn headings_have_anchors_of_their_own() {
    check(
        "# Risks & Ähre\n## Risks & Ähre\n### risks--ähre-1\n# 🟢\n# `M1`: Go\n",
        expect![[r#"
            heading 1 "Risks & Ähre" #risks--ähre
              "<h1 id=\"risks--ähre\">Risks &amp; Ähre</h1>\n"
            heading 2 "Risks & Ähre" #risks--ähre-1
              "<h2 id=\"risks--ähre-1\">Risks &amp; Ähre</h2>\n"
            heading 3 "risks--ähre-1" #risks--ähre-1-1
              "<h3 id=\"risks--ähre-1-1\">risks--ähre-1</h3>\n"
            heading 1 "🟢" #section
              "<h1 id=\"section\">🟢</h1>\n"
            heading 1 "M1: Go" from "`M1`: Go" Code="M1"@"M1" #m1-go
              "<h1 id=\"m1-go\"><code>M1</code>: Go</h1>\n"
        "#]],
    );
}

#[test]
fn hostile_html_does_not_pass() {
    check(
        "<script>alert(1)</script>\n\n<div onclick=x>Words <!-- c -->stay</div>\n\na <img src=x onerror=y> b <script>z</script>\n\n[a](javascript:x) [b](java&#115;cript:x) [c](//host) [d](DATA:text/html,x) [e](/\\host) [f](ok.md) [g](https://e.org) [h](mailto:a@b.c) [i](#x)\n\n![p](https://e.org/p.png) ![q](q.png) ![](//e/r.png) [![s](http://e/s.png)](https://e) <a@b.org>\n",
        expect![[r##"
            paragraph "Words stay" from "Words <!-- c -->stay"
              "<p>Words stay</p>\n"
            paragraph "a  b z" from "a <img src=x onerror=y> b <script>z</script>"
              "<p>a  b z</p>\n"
            paragraph "a b c d e f g h i" from "[a](javascript:x) [b](java&#115;cript:x) [c](//host) [d](DATA:text/html,x) [e](/\\host) [f](ok.md) [g](https://e.org) [h](mailto:a@b.c) [i](#x)" Link("javascript:x")="a"@"a" Link("javascript:x")="b"@"b" Link("//host")="c"@"c" Link("DATA:text/html,x")="d"@"d" Link("/\\host")="e"@"e" Link("ok.md")="f"@"f" Link("https://e.org")="g"@"g" Link("mailto:a@b.c")="h"@"h" Link("#x")="i"@"i"
              "<p>a b c d e <a href=\"ok.md\">f</a> <a href=\"https://e.org\">g</a> <a href=\"mailto:a@b.c\">h</a> <a href=\"#x\">i</a></p>\n"
            paragraph "p q  s a@b.org" from "![p](https://e.org/p.png) ![q](q.png) ![](//e/r.png) [![s](http://e/s.png)](https://e) <a@b.org>" Image("https://e.org/p.png")="p"@"p" Image("q.png")="q"@"q" Link("https://e")="s"@"s" Image("http://e/s.png")="s"@"s" Link("mailto:a@b.org")="a@b.org"@"a@b.org"
              "<p><a href=\"https://e.org/p.png\">p</a> <img src=\"q.png\" alt=\"q\" />  <a href=\"https://e\">s</a> <a href=\"mailto:a@b.org\">a@b.org</a></p>\n"
            link "javascript:x" at "javascript:x" image None
            link "javascript:x" at "[b](java&#115;cript:x)" image None
            link "//host" at "//host" image None
            link "DATA:text/html,x" at "DATA:text/html,x" image None
            link "/\\host" at "/\\host" image None
            link "ok.md" at "ok.md" image None
            link "https://e.org" at "https://e.org" image None
            link "mailto:a@b.c" at "mailto:a@b.c" image None
            link "#x" at "#x" image None
            link "https://e.org/p.png" at "https://e.org/p.png" image Some("p")
            link "q.png" at "q.png" image Some("q")
            link "//e/r.png" at "//e/r.png" image Some("")
            link "https://e" at "https://e" image None
            link "http://e/s.png" at "http://e/s.png" image Some("s")
            link "mailto:a@b.org" at "a@b.org" image None
        "##]],
    );
}

#[test]
fn quotations_code_and_rules_are_shown_and_not_read() {
    check(
        "> | a |\n> |---|\n> | 1 |\n\n    indented <b>\n\n---\n",
        expect![[r#"
        other "> | a |\n> |---|\n> | 1 |"
          "<blockquote>\n<table><thead><tr><th>a</th></tr></thead><tbody>\n<tr><td>1</td></tr>\n</tbody></table>\n</blockquote>\n"
        other "indented <b>"
          "<pre><code>indented &lt;b&gt;\n</code></pre>\n"
        other "---"
          "<hr />\n"
    "#]],
    );
}

#[test]
fn front_matter_is_told_from_a_rule() {
    check(
        "---\r\ntitle: x: y\r\n---\r\n# A\r\n",
        expect![[r#"
            yaml-does-not-parse at 2:9 ":": a value holds `: `, which begins a second value
              label: reads as a new key
              help: put the whole value in quotes: `key: "value"`
        "#]],
    );
    check(
        "---\nid: M1 # note\nowner: \"J 🟢\"\n...\nBody\n",
        expect![[r#"
            map of "id: M1 # note\nowner: \"J 🟢\""
              "id":
                "M1"
              "owner":
                "J 🟢"
            paragraph "Body"
              "<p>Body</p>\n"
        "#]],
    );
    check(
        "---\n---\nBody\n",
        expect![[r#"
        paragraph "Body"
          "<p>Body</p>\n"
    "#]],
    );
    check(
        "---\n\nOnly prose here.\n\n---\nBody\n",
        expect![[r#"
        other "---"
          "<hr />\n"
        paragraph "Only prose here."
          "<p>Only prose here.</p>\n"
        other "---"
          "<hr />\n"
        paragraph "Body"
          "<p>Body</p>\n"
    "#]],
    );
    check(
        "---\nid: M1\nowner: J\n\nBody\n",
        expect![[r#"
            yaml-does-not-parse at 1:1 "---": the keys at the top begin behind `---`, and nothing says where they end
              label: opened here
              help: put a line with `---` alone after its last key
        "#]],
    );
}

#[test]
fn yaml_scalars_are_their_source_text() {
    check_yaml(
        "# 🟢 emoji first\nversion: 1.00\ndate: 2026-02-18 🟢\nyes: yes\nnone: ~\nempty:\nnext: null\nquoted: \"a \\\"b\\\" \\u00e9 c\"\nsingle: 'it''s so'\nblock: |\n  one\n  two\nfolded: >-\n  three\n  four\nplain: five\n  six\nlist: [a, \"b, c\", {d: e}]\n“smart”: “x”\n",
        expect![[r#"
            map of "version: 1.00\ndate: 2026-02-18 🟢\nyes: yes\nnone: ~\nempty:\nnext: null\nquoted: \"a \\\"b\\\" \\u00e9 c\"\nsingle: 'it''s so'\nblock: |\n  one\n  two\nfolded: >-\n  three\n  four\nplain: five\n  six\nlist: [a, \"b, c\", {d: e}]\n“smart”: “x"
              "version":
                "1.00"
              "date":
                "2026-02-18 🟢"
              "yes":
                "yes"
              "none":
                null at 5:7
              "empty":
                null at 6:7
              "next":
                null at 7:7
              "quoted":
                "a \"b\" é c" from "a \\\"b\\\" \\u00e9 c"
              "single":
                "it's so" from "it''s so"
              "block":
                "one\ntwo" from "one\n  two"
              "folded":
                "three four" from "three\n  four"
              "plain":
                "five six" from "five\n  six"
              "list":
                list of "[a, \"b, c\", {d: e}]"
                  "a"
                  "b, c"
                  map of "{d: e}"
                    "d":
                      "e"
              "smart":
                "x"
        "#]],
    );
}

#[test]
fn yaml_aliases_and_merges_are_resolved() {
    check_yaml(
        "base: &b {owner: J, due: x}\none: {<<: *b, due: y}\ntwo: *b\n",
        expect![[r#"
        map of "base: &b {owner: J, due: x}\none: {<<: *b, due: y}\ntwo"
          "base":
            map of "{owner: J, due: x}"
              "owner":
                "J"
              "due":
                "x"
          "one":
            map of "{<<: *b, due: y}"
              "owner":
                "J"
              "due":
                "y"
          "two":
            map of "{owner: J, due: x}"
              "owner":
                "J"
              "due":
                "x"
    "#]],
    );
}

#[test]
fn a_key_given_twice_is_found_at_the_second() {
    check_yaml(
        "id: M1\nowner: A\nowner: B\n",
        expect![[r#"
        map of "id: M1\nowner: A\nowner: B"
          "id":
            "M1"
          "owner":
            "A"
          "owner":
            "B"
        duplicate-key at 3:1 "owner": `owner` is given twice
          label: given again here
          "owner": first given here
          help: keep one of them; the last is used
    "#]],
    );
}

#[test]
fn yaml_errors_are_told_in_an_authors_words() {
    for (text, expected) in [
        (
            "a:\n\tb: c\n",
            expect![[r#"
            yaml-does-not-parse at 2:1 "\t": a tab is used for indentation
              label: a tab
              help: YAML needs spaces: replace each tab by two spaces
        "#]],
        ),
        (
            "title: Phase one: mobilise\n",
            expect![[r#"
            yaml-does-not-parse at 1:17 ":": a value holds `: `, which begins a second value
              label: reads as a new key
              help: put the whole value in quotes: `key: "value"`
        "#]],
        ),
        (
            "title: “Phase: one”\n",
            expect![[r#"
            yaml-does-not-parse at 1:14 ":": a value holds `: `, which begins a second value
              label: reads as a new key
              help: put the whole value in straight quotes (`"`): curly ones do not count as quotes
        "#]],
        ),
        (
            "title: \"open\nnext: x\n",
            expect![[r#"
                yaml-does-not-parse at 1:8 "\"": a quote is opened and never closed
                  label: opened here
                  help: put `"` at the end of the value, or the whole of it in quotes
            "#]],
        ),
        (
            "title: \"open\nnext: \"x\"\n",
            expect![[r#"
                yaml-does-not-parse at 1:8 "\"": a quote is opened and never closed
                  label: opened here
                  help: put `"` at the end of the value, or the whole of it in quotes
            "#]],
        ),
        (
            "a: b\n  c: d\n",
            expect![[r#"
            yaml-does-not-parse at 2:3 "c: d": the indentation does not fit the lines above
              label: indented like a part of a value that is complete
              help: begin the keys of one level in the same column, and what belongs to them two spaces further right
        "#]],
        ),
        (
            "a:\n  b: c\n d: e\n",
            expect![[r#"
            yaml-does-not-parse at 3:2 "d: e": the indentation does not fit the lines above
              label: begins in a column where nothing else does
              help: begin the keys of one level in the same column, and what belongs to them two spaces further right
        "#]],
        ),
        (
            "a: b\nno colon here\nc: d\n",
            expect![[r#"
            yaml-does-not-parse at 2:1 "no colon here": a line among keys has no `:`
              label: not `key: value`
              help: write `key: value`; or, if it belongs to the line above, indent it further
        "#]],
        ),
        (
            "a: [b, c\nd: e\n",
            expect![[r#"
            yaml-does-not-parse at 2:1 "d: e": the indentation does not fit the lines above
              label: indented like a part of a value that is complete
              help: begin the keys of one level in the same column, and what belongs to them two spaces further right
        "#]],
        ),
        (
            "a: {b: c\nd: [x]\n",
            expect![[r#"
            yaml-does-not-parse at 1:4 "{": `{` is opened and never closed
              label: opened here
              help: put `}` at the end of the value, or the whole of it in quotes
        "#]],
        ),
        (
            "a: '\n\n",
            expect![[r#"
            yaml-does-not-parse at 1:4 "'": a quote is opened and never closed
              label: opened here
              help: put `'` at the end of the value, or the whole of it in quotes
        "#]],
        ),
        (
            "a:b\nc: d\n",
            expect![[r#"
            yaml-does-not-parse at 1:2 ":": a space is missing behind the `:`
              label: reads as a part of the word
              help: write `a: b`
        "#]],
        ),
        (
            "- a\nb: c\n",
            expect![[r#"
            yaml-does-not-parse at 2:1 "b: c": the indentation does not fit the lines above
              label: begins in a column where nothing else does
              help: begin the keys of one level in the same column, and what belongs to them two spaces further right
        "#]],
        ),
        (
            "a: b\n- c\n",
            expect![[r#"
            yaml-does-not-parse at 2:1 "- c": the indentation does not fit the lines above
              label: begins in a column where nothing else does
              help: begin the keys of one level in the same column, and what belongs to them two spaces further right
        "#]],
        ),
        (
            "id: M1\nowner:Jane\ndue: x\n",
            expect![[r#"
            yaml-does-not-parse at 2:6 ":": a space is missing behind the `:`
              label: reads as a part of the word
              help: write `owner: Jane`
        "#]],
        ),
        (
            "a: @b\n",
            expect![[r#"
            yaml-does-not-parse at 1:4 "@": a value may not begin with `@`
              label: here
              help: put the whole value in quotes: `key: "value"`
        "#]],
        ),
        (
            "a: **bold**\n",
            expect![[r#"
            yaml-does-not-parse at 1:4 "**bold**": a value that begins with `*` or `&` is a reference, and nothing has this name
              label: read as a reference
              help: put the whole value in quotes: `key: "value"`
        "#]],
        ),
        (
            "a: \"C:\\docs\"\n",
            expect![[r#"
                yaml-does-not-parse at 1:7 "\\d": a backslash in double quotes begins an escape, and this is none
                  label: not an escape
                  help: write `\\` for a backslash, or use single quotes
            "#]],
        ),
        (
            "owner: {{ name }}\n",
            expect![[r#"
            map of "owner: {{ name }}"
              "owner":
                map of "{{ name }}"
            yaml-does-not-parse at 1:9 "{ name }": a list or a map stands where a key should be
              label: not a word
              help: put a text that begins with `{` or `[` in quotes
        "#]],
        ),
        (
            "a: 1\n---\nb: 2\n",
            expect![[r#"
            map of "a: 1"
              "a":
                "1"
            yaml-does-not-parse at 2:1 "---": a second document begins here, and is not read
              label: the first ends here
              help: put it into a file of its own, or make one list of both
        "#]],
        ),
    ] {
        check_yaml(text, expected);
    }
}

/// Fragments that mean something to one of the parsers, put together in every order that a small generator comes upon.
#[test]
fn nothing_written_breaks_the_reader_or_its_spans() {
    const PARTS: [&str; 48] = [
        "| a ",
        "|",
        "|---|---|\n",
        "\n",
        "\r\n",
        "\n\n",
        "  ",
        "- ",
        "- [x] ",
        "1. ",
        "> ",
        "# ",
        "**",
        "`",
        "\\|",
        "\\",
        "&amp;",
        "🟢",
        "é",
        "<br>",
        "<b>",
        "<script>",
        "-->",
        "<!--",
        "[a](b)",
        "![",
        "](c)",
        "```\n",
        "---\n",
        "...\n",
        "key: ",
        "key:\n",
        "\t",
        "\"",
        "'",
        "“",
        "”",
        "{",
        "}",
        "[",
        "]",
        ", ",
        "&a ",
        "*a ",
        "<<: ",
        "|-\n",
        "\\u00e9",
        "?",
    ];
    let mut state = 1_u32;
    let mut next = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as usize % below
    };
    for round in 0..6000 {
        let mut text = String::from(["", "---\n", "| a | b |\n|---|---|\n", "key: "][round % 4]);
        (0..next(24)).for_each(|_| text.push_str(PARTS[next(PARTS.len())]));
        for path in ["a.md", "a.yaml"] {
            // Drawing slices the text at every span.
            draw(path, &text);
            let (document, _) = read(path, &text);
            each_text(&document, &mut |words| {
                for (start, word) in words.plain.char_indices() {
                    let at = words.span(start..start + word.len_utf8());
                    assert!(words.at.contains(&at), "{text:?}: {word:?} of {words:?}");
                    let part = words.slice(start..words.plain.len());
                    assert!(text.get(part.at.start as usize..part.at.end as usize).is_some(), "{text:?}: {words:?}");
                    assert!(text.get(at.start as usize..at.end as usize).is_some(), "{text:?}: {words:?}");
                }
            });
        }
    }
}

fn each_text(document: &Document, visit: &mut impl FnMut(&Text)) {
    for block in &document.blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph { text, .. } => visit(text),
            Block::List { items, .. } => items.iter().for_each(|item| visit(&item.text)),
            Block::Table(table) => {
                table.header.iter().for_each(&mut *visit);
                table.rows.iter().flat_map(|row| row.cells.iter().chain(&row.surplus)).for_each(&mut *visit);
            }
            Block::Other { .. } => {}
        }
    }
    document.data.iter().for_each(|data| each_scalar(data, visit));
}

fn each_scalar(node: &Node, visit: &mut impl FnMut(&Text)) {
    match &node.tree {
        Tree::Null => {}
        Tree::Scalar(text) => visit(text),
        Tree::List(items) => items.iter().for_each(|item| each_scalar(item, visit)),
        Tree::Map(entries) => entries.iter().for_each(|(key, value)| {
            visit(key);
            each_scalar(value, visit);
        }),
    }
}
