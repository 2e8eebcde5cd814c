//! Holds the timeline to what a reader needs: everything inside the drawing, nothing an author wrote as markup.

use expect_test::{Expect, expect};

use crate::chart::scale::{Axis, end_of_week, start_of_week, tests::words, weeks};
use crate::chart::text::{Weight, width};
use crate::chart::timeline::layout::{Layout, Scale};
use crate::chart::timeline::{Dependency, Mark, Row, Timeline, Today, draw};
use crate::chart::{State, Window};

fn state(class: &str) -> State {
    State { class: class.into(), word: class.into() }
}

fn row(id: &str, first: i32, last: i32) -> Row {
    let window = Window { start: start_of_week(first), end: end_of_week(last) };
    let mark = |position: f64| Some(Mark { position, state: state("open") });
    Row {
        id: id.into(),
        name: "Release Automation & Data Foundations".into(),
        href: format!("m/{id}.html"),
        state: state("amber"),
        baseline: Some(window),
        forecast: Some(window),
        actual: None,
        entry: mark(window.start),
        exit: mark(window.end),
        critical: false,
        end_label: format!("{id} week {last}"),
        end_note: "on baseline".into(),
        no_window: "no window understood".into(),
    }
}

fn dependency(from: usize, to: usize) -> Dependency {
    Dependency { from, to, critical: false, held: false, title: "needs".into() }
}

fn timeline(rows: Vec<Row>, dependencies: &[(usize, usize)]) -> Timeline {
    let last = rows.iter().filter_map(|row| row.forecast).map(|window| (window.end / 7.0).ceil() as i32).max();
    Timeline {
        id: "tl",
        title: "Timeline".into(),
        desc: "All dates.".into(),
        axis: weeks(1, last.unwrap_or(1), &words()),
        rows,
        dependencies: dependencies.iter().map(|(from, to)| dependency(*from, *to)).collect(),
        today: Some(Today { position: 10.0, word: "Data date".into() }),
    }
}

/// A programme of any size: overlaps, gaps, rows without a window, a dependency backwards.
fn programme(size: usize) -> Timeline {
    let mut rows: Vec<Row> = (0..size)
        .map(|index| {
            let first = index as i32 / 2 + 1;
            row(&format!("M{}", index + 1), first, first + index as i32 % 4)
        })
        .collect();
    for row in rows.iter_mut().skip(8).step_by(9) {
        *row = Row { baseline: None, forecast: None, entry: None, exit: None, ..row.clone() };
    }
    let mut dependencies: Vec<(usize, usize)> = (3..size).map(|index| (index - 1 - index % 3, index)).collect();
    dependencies.extend((20..size).map(|index| (index - 20, index)));
    dependencies.extend([(size - 1, 0), (0, 0), (size, 0)]);
    timeline(rows, &dependencies)
}

fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    let start = element.find(&format!(" {name}=\""))? + name.len() + 3;
    Some(&element[start..start + element[start..].find('"')?])
}

fn number(element: &str, name: &str) -> f64 {
    attribute(element, name).map_or(0.0, |value| value.parse().unwrap())
}

/// The drawings of a timeline, each with its width and height.
fn drawings(html: &str) -> Vec<(&str, f64, f64)> {
    let drawings = html.split("<svg id=").skip(1);
    drawings
        .map(|drawing| {
            let view = attribute(drawing, "viewBox").unwrap().split(' ').map(|n| n.parse().unwrap());
            let view: Vec<f64> = view.collect();
            (drawing, view[2], view[3])
        })
        .collect()
}

#[test]
fn everything_stands_inside_its_drawing() {
    for size in [1, 5, 15, 41, 300] {
        let html = draw(&programme(size));
        for (drawing, all_width, all_height) in drawings(html.as_str()) {
            assert!(all_width >= 1184.0 && all_height > 100.0);
            for (words, start, end, y) in words_of(drawing) {
                assert!(start >= 0.0 && end <= all_width, "{size} rows: {words} from {start} to {end} of {all_width}");
                assert!((10.0..=all_height).contains(&y), "{size} rows: {words} at height {y} of {all_height}");
            }
            for rect in drawing.split("<rect").skip(1) {
                assert!(number(rect, "x") + number(rect, "width") <= all_width);
                assert!(number(rect, "width") > 0.0);
            }
        }
    }
}

/// Words with their left and right end and their height.
fn words_of(drawing: &str) -> Vec<(&str, f64, f64, f64)> {
    let texts = drawing.split("<text").skip(1).filter_map(|text| {
        let words = &text[text.find('>').unwrap() + 1..text.find("</text>").unwrap()];
        let weight = if text.contains("bold") || text.contains("today-word") { Weight::Bold } else { Weight::Regular };
        let width = width(words, weight);
        let before = match attribute(text, "text-anchor") {
            Some("end") => width,
            Some("middle") => width / 2.0,
            _ => 0.0,
        };
        let start = number(text, "x") - before;
        (!words.contains('<')).then_some((words, start, start + width, number(text, "y")))
    });
    texts.collect()
}

#[test]
fn no_words_lie_on_others() {
    for size in [1, 8, 15, 60, 300] {
        let html = draw(&programme(size));
        for (drawing, _, _) in drawings(html.as_str()) {
            let words = words_of(drawing);
            for (index, one) in words.iter().enumerate() {
                let is_apart = |other: &&(&str, f64, f64, f64)| {
                    one.2 <= other.1 + 0.5 || other.2 <= one.1 + 0.5 || (one.3 - other.3).abs() >= 12.0
                };
                let other = words[index + 1..].iter().find(|other| !is_apart(other));
                assert!(other.is_none(), "{size} rows: {one:?} and {other:?}");
            }
        }
    }
}

#[test]
fn many_rows_are_drawn_in_parts_of_a_sheet_each_with_the_same_axis() {
    let check = |rows: usize, expected: &[usize]| {
        let html = draw(&programme(rows));
        let drawings = drawings(html.as_str());
        let count = |drawing: &str| drawing.matches("class=\"milestone\"").count();
        assert_eq!(drawings.iter().map(|(drawing, _, _)| count(drawing)).collect::<Vec<_>>(), expected);
        let axis = |drawing: &str| {
            let end = drawing.find("</g>").unwrap();
            words_of(&drawing[..end]).iter().map(|(words, start, _, _)| format!("{words} {start}")).collect::<Vec<_>>()
        };
        assert!(
            drawings.iter().all(|(drawing, _, _)| axis(drawing) == axis(drawings[0].0) && !axis(drawing).is_empty())
        );
        // A sheet of A4 on its side holds 636 of 1184 pixels of width below the head of its page.
        assert!(drawings.iter().all(|(_, width, height)| height / width <= 640.0 / 1184.0), "{rows}");
    };
    check(1, &[1]);
    check(8, &[8]);
    check(15, &[15]);
    check(16, &[8, 8]);
    check(60, &[15; 4]);
    check(300, &[15; 20]);
}

#[test]
fn what_a_row_waits_for_in_another_part_is_said_before_its_gate() {
    let rows = (1..=20).map(|number| row(&format!("M{number}"), number, number + 1)).collect();
    let html = draw(&timeline(rows, &[(0, 4), (2, 11), (5, 11), (10, 11), (19, 1)]));
    let drawings = drawings(html.as_str());
    let said = |drawing: usize| {
        let words = words_of(drawings[drawing].0);
        words.iter().filter(|(words, ..)| words.ends_with('→')).map(|(words, ..)| words.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(said(0), ["M20 →"]);
    assert_eq!(said(1), ["M3, M6 →"]);
    let lines = |drawing: usize| drawings[drawing].0.matches("class=\"link\"").count();
    assert_eq!((lines(0), lines(1)), (1, 1));
}

#[test]
fn links_are_large_enough_to_hit() {
    for size in [3, 60] {
        let html = draw(&programme(size));
        let areas: Vec<&str> = html.as_str().split("class=\"hit\"").skip(1).collect();
        assert_eq!(areas.len(), size);
        assert!(areas.iter().all(|area| number(area, "height") >= 24.0 && number(area, "width") >= 24.0));
    }
}

#[test]
fn ticks_do_not_touch() {
    for weeks_count in [1, 8, 26, 100] {
        let timeline = timeline(vec![row("M1", 1, weeks_count)], &[]);
        let layout = Layout::of(&timeline, &Scale::of(&timeline));
        for pair in timeline.axis.ticks.windows(2) {
            let room = layout.x(pair[1].position) - layout.x(pair[0].position);
            assert!(width(&pair[0].label, Weight::Regular) + 5.0 < room, "{weeks_count}: {}", pair[0].label);
        }
    }
}

#[test]
fn words_of_an_author_stay_words() {
    let hostile = "\"><script>alert('&')</script>";
    let mut timeline = timeline(vec![row("M1", 1, 2), row("M2", 4, 5)], &[(0, 1)]);
    timeline.title = hostile.into();
    timeline.desc = hostile.into();
    timeline.today = Some(Today { position: 1.0, word: hostile.into() });
    timeline.axis.ticks[0].label = hostile.into();
    for row in &mut timeline.rows {
        let state = State { class: hostile.into(), word: hostile.into() };
        (row.id, row.name, row.href) = (hostile.into(), hostile.into(), hostile.into());
        (row.end_label, row.end_note, row.state) = (hostile.into(), hostile.into(), state.clone());
        row.exit = Some(Mark { position: 7.0, state });
    }
    timeline.dependencies[0].title = hostile.into();
    let html = draw(&timeline);
    assert!(!html.as_str().contains("<script") && !html.as_str().contains("\">alert"));
    assert!(html.as_str().matches("&lt;script&gt;").count() > 10);
    let count = |mark: &str| html.as_str().matches(mark).count();
    assert_eq!(count("<"), 2 * count("</") + count("/>"), "every element is opened and closed once");
}

#[test]
fn what_is_no_number_is_not_drawn() {
    let mut timeline = programme(9);
    timeline.axis = Axis { start: f64::NAN, end: f64::INFINITY, ..timeline.axis };
    timeline.rows[0].forecast = Some(Window { start: f64::NAN, end: 1e300 });
    timeline.rows[1].actual = Some(f64::INFINITY);
    timeline.rows[2].forecast = Some(Window { start: 1e9, end: -1e9 });
    timeline.today = Some(Today { position: f64::NAN, word: "Data date".into() });
    let html = draw(&timeline);
    assert!(!html.as_str().contains("NaN") && !html.as_str().contains("inf"));
    let width =
        html.as_str().split("viewBox=\"0 0 ").nth(1).unwrap().split(' ').next().unwrap().parse::<f64>().unwrap();
    assert!((1184.0..10_000.0).contains(&width), "{width}");
}

#[test]
fn no_rows_are_an_empty_axis() {
    assert!(draw(&timeline(Vec::new(), &[])).as_str().contains("Week 1"));
}

/// The shapes of the ways that dependencies take.
fn check_routes(rows: Vec<Row>, dependencies: &[(usize, usize)], expected: Expect) {
    let timeline = timeline(rows, dependencies);
    let layout = Layout::of(&timeline, &Scale::of(&timeline));
    let shapes = layout.routes.iter().map(|route| format!("{}-{} {:.0?}", route.from, route.to, route.shape));
    expected.assert_eq(&shapes.collect::<Vec<String>>().join("\n"));
}

#[test]
fn the_next_is_entered_from_the_left_through_the_gap() {
    check_routes(vec![row("A", 1, 1), row("B", 2, 3)], &[(0, 1)], expect!["0-1 Lane { x: 460 }"]);
}

#[test]
fn an_overlap_drops_onto_the_bar_and_an_earlier_end_is_reached_backwards() {
    check_routes(
        vec![row("A", 1, 3), row("B", 2, 5), row("C", 1, 2)],
        &[(0, 1), (0, 2)],
        expect![[r#"
        0-1 Drop { x: 702 }
        0-2 Back { x: 511 }"#]],
    );
}

#[test]
fn connectors_of_two_bars_have_two_lanes_and_those_of_one_share_it() {
    let rows = vec![row("A", 1, 2), row("B", 1, 2), row("C", 4, 5), row("D", 4, 5)];
    check_routes(
        rows,
        &[(0, 2), (0, 3), (1, 3)],
        expect![[r#"
        0-2 Lane { x: 543 }
        0-3 Lane { x: 543 }
        1-3 Lane { x: 548 }"#]],
    );
}

#[test]
fn a_way_goes_around_words_between() {
    check_routes(
        vec![row("A", 1, 1), row("B", 1, 1), row("C", 6, 7)],
        &[(0, 2)],
        expect!["0-2 Around { x: 330, enter: 825 }"],
    );
}

#[test]
fn a_row_says_the_same_as_its_bars() {
    let mut timeline = timeline(vec![row("M1", 1, 1)], &[]);
    timeline.rows[0].actual = Some(end_of_week(1));
    let html = draw(&timeline);
    let start = html.as_str().find("<g class=\"milestone\"").unwrap();
    expect![[r##"
        <g class="milestone">
        <a class="name" href="m/M1.html">
        <rect class="hit" x="0" y="66.5" width="212" height="36"/>
        <text y="83">
        <tspan class="ref bold" x="0">M1</tspan> <tspan x="28" dy="0">Release Automation</tspan> <tspan x="28" dy="16">&amp; Data Foundations</tspan>
        </text>
        </a>
        <g aria-hidden="true">
        <g class="is-amber">
        <svg class="shape" x="28" y="108" width="11" height="11">
        <use href="#s-amber"/>
        </svg>
        </g>
        </g>
        <text class="soft" x="45" y="117.5">amber</text>
        <rect class="baseline" x="226.5" y="76.5" width="654.7" height="9"/>
        <rect class="forecast edge" x="226" y="99" width="655.7" height="8"/>
        <g role="img">
        <title>open</title>
        <circle class="node" cx="226" cy="103" r="10"/>
        <g class="is-open">
        <svg class="shape" x="220" y="97" width="12" height="12">
        <use href="#s-open"/>
        </svg>
        </g>
        </g>
        <path class="actual" d="M881.7 93L891.7 103L881.7 113L871.7 103z" role="img">
        <title>open</title>
        </path>
        </g>
        <g class="dependencies" aria-hidden="true">
        </g>
        <text class="today-word" x="1072.2" y="154" text-anchor="middle">Data date →</text>
        <rect class="behind" x="889.7" y="88" width="74.5" height="34"/>
        <text class="halo bold" x="893.7" y="101">M1 week 1</text>
        <text class="halo soft" x="893.7" y="117">on baseline</text>
        </svg>"##]].assert_eq(&html.as_str()[start..].replace("><", ">\n<"));
}
