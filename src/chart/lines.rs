//! Draws lines through points, each with its words at its end: what was said from report to report, and what it comes to.

use crate::chart::Window;
use crate::chart::scale::{Axis, Tick};
use crate::chart::spread::spread;
use crate::chart::svg::{self, Drawing, Frame, PAGE_WIDTH, Path};
use crate::chart::text::{Weight, fit, width};
use crate::source::Html;

/// Lines as plain data. Points are on the scales of the two axes.
#[derive(Debug, Clone, PartialEq)]
pub struct Lines {
    /// The drawing's id on its page; the title's is `{id}-title`, the description's `{id}-desc`.
    pub id: &'static str,
    pub title: String,
    /// The same facts in a sentence.
    pub desc: String,
    pub size: Size,
    pub across: Axis,
    pub up: Axis,
    /// What the axes measure.
    pub across_word: String,
    pub up_word: String,
    /// Both axes are dates: where they are the same, a line is drawn.
    pub has_diagonal: bool,
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// As wide as the page.
    Page,
    /// Half as wide: beside other things.
    Half,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// From left to right; a line without points is not drawn.
    pub points: Vec<Point>,
    pub course: Course,
    pub end: End,
    pub is_strong: bool,
    /// Where its words lead; empty for nowhere.
    pub href: String,
    /// Bold at the line's end, and soft behind it; the second may be empty.
    pub label: String,
    pub note: String,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub across: f64,
    pub up: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// Straight from point to point.
    Straight,
    /// What holds until the next point says otherwise.
    Steps,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Open,
    /// A diamond: it comes to an end here.
    Reached,
}

const TOP: f64 = 34.0;
const FOOT: f64 = 46.0;
/// From one label to the next: the smallest height that a finger hits.
const LABEL: f64 = 24.0;
const LEADER: f64 = 26.0;
/// More points than these are a line, not dots.
const DOTS: usize = 30;

pub fn draw(lines: &Lines) -> Html {
    let layout = Layout::of(lines);
    let frame = Frame {
        id: lines.id,
        title: &lines.title,
        desc: &lines.desc,
        width: layout.width,
        height: layout.bottom + FOOT,
    };
    svg::chart(&frame, |drawing| {
        let hidden = [("class", "axes".into()), ("aria-hidden", "true".into())];
        drawing.inside("g", &hidden, |drawing| axes(drawing, lines, &layout));
        for strong in [false, true] {
            for line in lines.lines.iter().filter(|line| line.is_strong == strong) {
                course(drawing, line, &layout);
            }
        }
        for (line, label) in layout.labelled(lines) {
            words(drawing, line, label, &layout);
        }
    })
}

struct Layout {
    width: f64,
    left: f64,
    right: f64,
    bottom: f64,
    across: Window,
    up: Window,
    labels: Vec<Label>,
}

/// The words of a line, cut to what fits: where they stand, and the point that they belong to.
struct Label {
    y: f64,
    from: (f64, f64),
    bold: String,
    soft: String,
    width: f64,
}

impl Layout {
    fn of(lines: &Lines) -> Layout {
        let (whole, room, least) = match lines.size {
            Size::Page => (PAGE_WIDTH, 370.0, 380.0),
            Size::Half => (PAGE_WIDTH / 2.0, 190.0, 200.0),
        };
        let drawn: Vec<&Line> = lines.lines.iter().filter(|line| !line.points.is_empty()).collect();
        let cut = drawn.iter().map(|line| cut(line, room)).collect::<Vec<_>>();
        let widest = cut.iter().map(|(_, _, width)| *width).fold(0.0, f64::max);
        let figures = lines.up.ticks.iter().map(|tick| width(&tick.label, Weight::Regular)).fold(0.0, f64::max);
        let before = width(&lines.across_word, Weight::Bold) + first_half(&lines.across.ticks) + 4.0;
        let left = (figures.max(before) + 12.0).ceil();
        let mut layout = Layout {
            width: whole,
            left,
            right: whole - LEADER - widest.ceil() - 4.0,
            bottom: TOP + (drawn.len() as f64 * LABEL).max(least),
            across: extent(&lines.across),
            up: extent(&lines.up),
            labels: Vec::new(),
        };
        let ends: Vec<(f64, f64)> = drawn.iter().filter_map(|line| layout.last(line)).collect();
        let wanted: Vec<f64> = ends.iter().map(|(_, y)| *y).collect();
        let places = spread(&wanted, LABEL, Window { start: TOP, end: layout.bottom - 6.0 });
        let labels = cut.into_iter().zip(ends).zip(places);
        layout.labels = labels.map(|(((bold, soft, width), from), y)| Label { y, from, bold, soft, width }).collect();
        layout
    }

    fn x(&self, position: f64) -> f64 {
        self.left + fraction(self.across, position) * (self.right - self.left)
    }

    fn y(&self, position: f64) -> f64 {
        self.bottom - fraction(self.up, position) * (self.bottom - TOP)
    }

    fn at(&self, point: &Point) -> (f64, f64) {
        (self.x(point.across), self.y(point.up))
    }

    fn last(&self, line: &Line) -> Option<(f64, f64)> {
        line.points.last().map(|point| self.at(point))
    }

    fn labelled<'a>(&'a self, lines: &'a Lines) -> impl Iterator<Item = (&'a Line, &'a Label)> {
        lines.lines.iter().filter(|line| !line.points.is_empty()).zip(&self.labels)
    }
}

/// Start and end, at least one apart, so that nothing is divided by nothing.
fn extent(axis: &Axis) -> Window {
    let start = if axis.start.is_finite() { axis.start } else { 0.0 };
    let end = if axis.end.is_finite() { axis.end } else { start };
    Window { start, end: end.max(start + 1.0) }
}

fn fraction(range: Window, position: f64) -> f64 {
    let position = if position.is_finite() { position } else { range.start };
    (position.clamp(range.start, range.end) - range.start) / (range.end - range.start)
}

fn cut(line: &Line, room: f64) -> (String, String, f64) {
    let bold = fit(&line.label, Weight::Bold, room);
    let used = width(&bold, Weight::Bold);
    if line.note.is_empty() || room - used < 40.0 {
        return (bold, String::new(), used);
    }
    let soft = fit(&line.note, Weight::Regular, room - used - 8.0);
    let soft_width = width(&soft, Weight::Regular);
    (bold, soft, used + 8.0 + soft_width)
}

fn axes(drawing: &mut Drawing, lines: &Lines, layout: &Layout) {
    for tick in &lines.up.ticks {
        let y = layout.y(tick.position);
        let line = Path::from(layout.left, y).across(layout.right);
        drawing.mark("path", &[("class", "hair".into()), ("d", line.into())]);
        text(drawing, "soft", (layout.left - 8.0, y + 4.5), "end", &tick.label);
    }
    for (tick, x) in shown(&lines.across.ticks, layout) {
        let line = Path::from(x, layout.bottom).down(layout.bottom + 5.0);
        drawing.mark("path", &[("class", "axis".into()), ("d", line.into())]);
        text(drawing, "plain", (x, layout.bottom + 20.0), "middle", &tick.label);
        if !tick.sublabel.is_empty() {
            text(drawing, "soft", (x, layout.bottom + 37.0), "middle", &tick.sublabel);
        }
    }
    let line = Path::from(layout.left, layout.bottom).across(layout.right);
    drawing.mark("path", &[("class", "axis".into()), ("d", line.into())]);
    text(drawing, "bold", (0.0, 13.0), "start", &lines.up_word);
    text(drawing, "bold", (0.0, layout.bottom + 20.0), "start", &lines.across_word);
    if lines.has_diagonal {
        let (start, end) = (layout.across.start.max(layout.up.start), layout.across.end.min(layout.up.end));
        if start < end {
            let line = Path::from(layout.x(start), layout.y(start)).line(layout.x(end), layout.y(end));
            drawing.mark("path", &[("class", "link held".into()), ("d", line.into())]);
        }
    }
}

/// How far the words of the first tick reach to its left.
fn first_half(ticks: &[Tick]) -> f64 {
    let widest = |tick: &Tick| width(&tick.label, Weight::Regular).max(width(&tick.sublabel, Weight::Regular));
    ticks.first().map_or(0.0, widest) / 2.0
}

/// The ticks whose words have room, the last one first: it is the report that is read.
fn shown<'a>(ticks: &'a [Tick], layout: &Layout) -> Vec<(&'a Tick, f64)> {
    let mut free = f64::INFINITY;
    let mut shown = Vec::new();
    for tick in ticks.iter().rev() {
        let x = layout.x(tick.position);
        let half = width(&tick.label, Weight::Regular).max(width(&tick.sublabel, Weight::Regular)) / 2.0;
        if x + half + 8.0 <= free {
            shown.push((tick, x));
            free = x - half;
        }
    }
    shown.reverse();
    shown
}

fn course(drawing: &mut Drawing, line: &Line, layout: &Layout) {
    let Some(first) = line.points.first() else { return };
    let (x, y) = layout.at(first);
    let mut path = Path::from(x, y);
    for (x, y) in line.points.iter().skip(1).map(|point| layout.at(point)) {
        path = match line.course {
            Course::Straight => path.line(x, y),
            Course::Steps => path.across(x).down(y),
        };
    }
    let class = |plain: &'static str, strong: &'static str| if line.is_strong { strong } else { plain };
    let name = [line.label.as_str(), line.note.as_str()].join(" ");
    let attributes = [("class", class("line", "line strong").into()), ("d", path.into())];
    drawing.inside("path", &attributes, |drawing| drawing.words("title", &[], name.trim()));
    let dots = if line.points.len() > DOTS { &line.points[line.points.len() - 1..] } else { &line.points };
    for (x, y) in dots.iter().map(|point| layout.at(point)) {
        let radius = if line.is_strong { 4.0 } else { 3.0 };
        let circle =
            [("class", class("dot", "dot strong").into()), ("cx", x.into()), ("cy", y.into()), ("r", radius.into())];
        drawing.mark("circle", &circle);
    }
    if let (End::Reached, Some((x, y))) = (line.end, layout.last(line)) {
        let outline = Path::from(x, y - 9.0).line(x + 9.0, y).line(x, y + 9.0).line(x - 9.0, y).close();
        drawing.mark("path", &[("class", "actual".into()), ("d", outline.into())]);
    }
}

/// The words in their column, with a thin line to the end that they name.
fn words(drawing: &mut Drawing, line: &Line, label: &Label, layout: &Layout) {
    let (x, y) = label.from;
    let at = layout.right + LEADER;
    let leader = Path::from(x + 8.0, y).line(layout.right.max(x + 8.0), y).line(at - 5.0, label.y);
    let attributes = [("class", "lead".into()), ("d", leader.into()), ("aria-hidden", "true".into())];
    drawing.mark("path", &attributes);
    let told = |drawing: &mut Drawing| {
        text(drawing, "bold", (at, label.y + 4.5), "start", &label.bold);
        if !label.soft.is_empty() {
            let soft = at + width(&label.bold, Weight::Bold) + 8.0;
            text(drawing, "soft", (soft, label.y + 4.5), "start", &label.soft);
        }
    };
    if line.href.is_empty() {
        return told(drawing);
    }
    drawing.inside("a", &[("class", "name".into()), ("href", line.href.as_str().into())], |drawing| {
        let hit = [
            ("class", "hit".into()),
            ("x", (at - 4.0).into()),
            ("y", (label.y - LABEL / 2.0).into()),
            ("width", (label.width + 8.0).into()),
            ("height", LABEL.into()),
        ];
        drawing.mark("rect", &hit);
        told(drawing);
    });
}

fn text(drawing: &mut Drawing, class: &'static str, (x, y): (f64, f64), anchor: &'static str, words: &str) {
    let attributes = [("class", class.into()), ("x", x.into()), ("y", y.into()), ("text-anchor", anchor.into())];
    drawing.words("text", &attributes, words);
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::{Course, End, LABEL, Layout, Line, Lines, Point, Size, TOP, draw, shown};
    use crate::chart::scale::{Axis, Tick};

    fn axis(end: usize) -> Axis {
        let tick = |position: usize| Tick {
            position: position as f64,
            label: format!("0.{position}"),
            sublabel: format!("Fri {position} Feb"),
        };
        Axis { start: 0.0, end: end as f64, ticks: (0..=end).map(tick).collect(), majors: Vec::new() }
    }

    /// As many lines as ends are given, each from 0 on.
    fn lines(reports: usize, ends: &[f64]) -> Lines {
        let line = |(index, end): (usize, &f64)| Line {
            points: (0..=reports).map(|at| Point { across: at as f64, up: end * at as f64 / reports as f64 }).collect(),
            course: Course::Straight,
            end: End::Open,
            is_strong: index == 0,
            href: format!("m/M{index}.html"),
            label: format!("M{index} with a name"),
            note: "12 days later".into(),
        };
        Lines {
            id: "tr",
            title: "Trend".into(),
            desc: "All forecasts.".into(),
            size: Size::Page,
            across: axis(reports),
            up: axis(10),
            across_word: "Reported".into(),
            up_word: "Forecast".into(),
            has_diagonal: true,
            lines: ends.iter().enumerate().map(line).collect(),
        }
    }

    #[test]
    fn labels_never_overlap_and_stay_in_the_drawing() {
        for ends in [vec![], vec![3.0], vec![5.0; 15], vec![0.0; 60], (0..15).map(|end| f64::from(end) / 2.0).collect()]
        {
            let layout = Layout::of(&lines(3, &ends));
            let mut places: Vec<f64> = layout.labels.iter().map(|label| label.y).collect();
            places.sort_by(f64::total_cmp);
            assert!(places.windows(2).all(|pair| pair[1] - pair[0] >= LABEL - 0.01), "{places:?}");
            assert!(places.iter().all(|y| (TOP - 0.01..=layout.bottom + 0.01).contains(y)), "{places:?}");
            assert!(layout.labels.iter().all(|label| layout.right + label.width + 26.0 <= layout.width));
        }
    }

    #[test]
    fn reports_are_named_while_there_is_room_and_the_last_always() {
        let check = |reports: usize, expected: Expect| {
            let lines = lines(reports, &[4.0]);
            let layout = Layout::of(&lines);
            let names: Vec<&str> = shown(&lines.across.ticks, &layout).iter().map(|(tick, _)| &*tick.label).collect();
            expected.assert_eq(&names.join(" "));
        };
        check(1, expect!["0.0 0.1"]);
        check(15, expect!["0.1 0.3 0.5 0.7 0.9 0.11 0.13 0.15"]);
        check(300, expect!["0.21 0.45 0.69 0.93 0.118 0.144 0.170 0.196 0.222 0.248 0.274 0.300"]);
    }

    #[test]
    fn a_line_has_its_points_its_end_and_its_words() {
        let mut lines = lines(2, &[5.0, 10.0]);
        lines.lines[1].end = End::Reached;
        lines.lines[1].course = Course::Steps;
        let html = draw(&lines);
        let drawn = html.as_str().split('<').filter(|element| {
            ["line", "dot", "actual", "lead", "name"].iter().any(|class| element.contains(&format!("class=\"{class}")))
        });
        expect![[r#"
            path class="line" d="M100 414H537.5V224H975V34">
            circle class="dot" cx="100" cy="414" r="3"/>
            circle class="dot" cx="537.5" cy="224" r="3"/>
            circle class="dot" cx="975" cy="34" r="3"/>
            path class="actual" d="M975 25L984 34L975 43L966 34z"/>
            path class="line strong" d="M100 414L537.5 319L975 224">
            circle class="dot strong" cx="100" cy="414" r="4"/>
            circle class="dot strong" cx="537.5" cy="319" r="4"/>
            circle class="dot strong" cx="975" cy="224" r="4"/>
            path class="lead" d="M983 224L983 224L996 224" aria-hidden="true"/>
            a class="name" href="m/M0.html">
            path class="lead" d="M983 34L983 34L996 34" aria-hidden="true"/>
            a class="name" href="m/M1.html">"#]]
        .assert_eq(&drawn.collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn nothing_at_all_is_drawn_as_empty_axes() {
        let html = draw(&lines(1, &[]));
        assert!(!html.as_str().contains("class=\"line") && html.as_str().contains("Forecast"));
    }

    #[test]
    fn words_of_an_author_stay_words() {
        let mut hostile = lines(1, &[1.0]);
        hostile.lines[0].label = "<b>\"'".into();
        hostile.lines[0].href = "\"><script>".into();
        let html = draw(&hostile);
        assert!(!html.as_str().contains("<b>") && !html.as_str().contains("<script"));
    }

    #[test]
    fn what_is_no_number_does_not_blank_the_chart() {
        let mut lines = lines(1, &[1.0]);
        lines.lines[0].points[1].up = f64::NAN;
        (lines.across.start, lines.across.end) = (f64::NAN, f64::NAN);
        assert!(!draw(&lines).as_str().contains("NaN"));
    }
}
