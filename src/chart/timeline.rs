//! Draws when each row happens and what it waits for: baseline above forecast, gates at the ends, dependencies between.

mod layout;
mod route;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::chart::scale::Axis;
use crate::chart::svg::{self, Drawing, Frame, Path};
use crate::chart::text::{Weight, fit, two_lines, width};
use crate::chart::timeline::layout::{Density, Layout, Placed, Scale};
use crate::chart::{State, Window};
use crate::source::Html;

/// A timeline as plain data; of many rows it is drawn in parts, each with its axis, of a size that a screen or a sheet
/// shows at once. Positions are on the axis's scale of days (`scale::start_of`, `scale::end_of`).
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// The first part's id on its page; the title's is `{id}-title`, the description's `{id}-desc`.
    pub id: &'static str,
    pub title: String,
    /// The same facts in a sentence.
    pub desc: String,
    pub axis: Axis,
    pub rows: Vec<Row>,
    pub dependencies: Vec<Dependency>,
    pub today: Option<Today>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub id: String,
    pub name: String,
    pub href: String,
    pub state: State,
    pub baseline: Option<Window>,
    pub forecast: Option<Window>,
    /// The actual finish: a diamond, in place of an exit gate at the same position.
    pub actual: Option<f64>,
    pub entry: Option<Mark>,
    pub exit: Option<Mark>,
    pub critical: bool,
    /// Stands behind the bar's end, bold: it begins with the id, so that it still reads when scrolled.
    pub end_label: String,
    /// Stands below the end label, soft; may be empty.
    pub end_note: String,
    /// Stands in the plot where the row has neither window nor mark.
    pub no_window: String,
}

/// A gate on a row. The word is what a screen reader and a pointer get: "Exit gate: amber".
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    pub position: f64,
    pub state: State,
}

/// `to` waits for `from`, both indexes of rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Dependency {
    pub from: usize,
    pub to: usize,
    pub critical: bool,
    /// Under a condition: dashed.
    pub held: bool,
    pub title: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Today {
    pub position: f64,
    pub word: String,
}

const AXIS: f64 = 58.5;
const TICK_TOP: f64 = 22.0;
/// What a sheet of A4 on its side holds below the head of its page.
const ROWS_OF_A_PART: usize = 15;

pub fn draw(timeline: &Timeline) -> Html {
    let scale = Scale::of(timeline);
    let drawn = parts(timeline.rows.len()).enumerate().map(|(number, rows)| part(timeline, number, rows, &scale));
    Html::from_safe(drawn.map(|part| part.as_str().to_owned()).collect::<Vec<String>>().join("\n"))
}

/// The rows of each part, alike in number; where there are none, one empty part.
fn parts(rows: usize) -> impl Iterator<Item = Range<usize>> {
    let size = rows.div_ceil(rows.div_ceil(ROWS_OF_A_PART).max(1)).max(1);
    (0..rows.max(1)).step_by(size).map(move |first| first..rows.min(first + size))
}

fn part(whole: &Timeline, number: usize, rows: Range<usize>, scale: &Scale) -> Html {
    let id = if number == 0 { whole.id.to_owned() } else { format!("{}-{}", whole.id, number + 1) };
    let title = match &whole.rows[rows.clone()] {
        [first, .., last] if rows.len() < whole.rows.len() => format!("{}: {} – {}", whole.title, first.id, last.id),
        _ => whole.title.clone(),
    };
    let timeline =
        Timeline { rows: whole.rows[rows.clone()].to_vec(), dependencies: within(whole, &rows), ..whole.clone() };
    let layout = Layout::of(&timeline, scale);
    let frame = Frame {
        id: &id,
        title: &title,
        desc: &whole.desc,
        width: layout.width,
        height: (layout.bottom + 33.5).round(),
    };
    svg::chart(&frame, |drawing| {
        let attributes = [("class", "axes".into()), ("aria-hidden", "true".into())];
        drawing.inside("g", &attributes, |drawing| axes(drawing, &timeline, &layout));
        let attributes = [("class", "dependencies".into()), ("aria-hidden", "true".into())];
        drawing.inside("g", &attributes, |drawing| dependencies(drawing, &timeline, &layout, Part::Lines));
        for (row, placed) in timeline.rows.iter().zip(&layout.rows) {
            drawing.inside("g", &[("class", "milestone".into())], |drawing| milestone(drawing, row, placed, &layout));
        }
        drawing.inside("g", &attributes, |drawing| dependencies(drawing, &timeline, &layout, Part::Tips));
        if let Some(today) = timeline.today.as_ref().filter(|today| today.position.is_finite()) {
            today_line(drawing, &timeline, today, &layout);
        }
        for placed in &layout.rows {
            end_label(drawing, placed, layout.density);
        }
        if rows.len() < whole.rows.len() {
            drawing.inside("g", &attributes, |drawing| {
                for (row, placed) in layout.rows.iter().enumerate() {
                    words_of_waiting(drawing, &waits_for(whole, &rows, row), placed, &layout);
                }
            });
        }
    })
}

/// The dependencies between rows of a part, by their places in it.
fn within(whole: &Timeline, rows: &Range<usize>) -> Vec<Dependency> {
    let inside = whole.dependencies.iter().filter(|it| rows.contains(&it.from) && rows.contains(&it.to));
    inside.map(|it| Dependency { from: it.from - rows.start, to: it.to - rows.start, ..it.clone() }).collect()
}

/// What a row of a part waits for in other parts: no line leads there, so that it is said.
fn waits_for<'a>(whole: &'a Timeline, rows: &Range<usize>, row: usize) -> BTreeSet<&'a str> {
    let into = whole.dependencies.iter().filter(|it| it.to == rows.start + row && !rows.contains(&it.from));
    into.filter_map(|it| whole.rows.get(it.from)).map(|needed| needed.id.as_str()).collect()
}

fn axes(drawing: &mut Drawing, timeline: &Timeline, layout: &Layout) {
    let axis = &timeline.axis;
    for (index, major) in axis.majors.iter().enumerate() {
        let x = layout.x(major.position);
        // A month of which the axis has a few days only gives way to the next one's name.
        let room = axis.majors.get(index + 1).map_or(layout.width, |next| layout.x(next.position) - 8.0);
        if x + width(&major.label, Weight::Bold) <= room {
            drawing.words("text", &[("class", "bold".into()), ("x", x.into()), ("y", 12.0.into())], &major.label);
        }
    }
    let grid_end = layout.bottom + 7.5;
    for tick in &axis.ticks {
        let x = layout.x(tick.position);
        drawing.mark("path", &[("class", "hair".into()), ("d", Path::from(x, TICK_TOP).down(grid_end).into())]);
        tick_words(drawing, x + 5.0, 34.0, &tick.label, &tick.sublabel);
    }
    let line = Path::from(layout.left, AXIS).across(layout.right);
    drawing.mark("path", &[("class", "axis".into()), ("d", line.into())]);
    for placed in layout.rows.iter().skip(1) {
        let border = Path::from(0.0, placed.top).across(layout.right);
        drawing.mark("path", &[("class", "hair".into()), ("d", border.into())]);
    }
}

fn tick_words(drawing: &mut Drawing, x: f64, y: f64, label: &str, sublabel: &str) {
    // A lone label stands at the line, where the second would.
    let label_y = if sublabel.is_empty() { y + 17.0 } else { y };
    if !label.is_empty() {
        drawing.words("text", &[("x", x.into()), ("y", label_y.into())], label);
    }
    if !sublabel.is_empty() {
        drawing.words("text", &[("class", "soft".into()), ("x", x.into()), ("y", (y + 17.0).into())], sublabel);
    }
}

/// Lines run behind bars; their heads lie above, since a baseline would hide them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Lines,
    Tips,
}

/// Critical ones last, so that they lie above the others.
fn dependencies(drawing: &mut Drawing, timeline: &Timeline, layout: &Layout, part: Part) {
    for critical in [false, true] {
        for route in &layout.routes {
            let dependency = &timeline.dependencies[route.dependency];
            let (Some(from), Some(to)) = (&layout.rows[route.from].anchor, &layout.rows[route.to].anchor) else {
                continue;
            };
            if dependency.critical != critical {
                continue;
            }
            let class = match (part, dependency.critical, dependency.held) {
                (Part::Lines, true, true) => "link strong held",
                (Part::Lines, true, false) => "link strong",
                (Part::Lines, false, true) => "link held",
                (Part::Lines, false, false) => "link",
                (Part::Tips, true, _) => "tip strong",
                (Part::Tips, false, _) => "tip",
            };
            let (line, tip) = route.paths(from, to);
            let path = if part == Part::Lines { line } else { tip };
            drawing.inside("path", &[("class", class.into()), ("d", path.into())], |drawing| {
                drawing.words("title", &[], &dependency.title);
            });
        }
    }
}

fn milestone(drawing: &mut Drawing, row: &Row, placed: &Placed, layout: &Layout) {
    name(drawing, row, placed, layout);
    if let Some((start, end)) = placed.baseline {
        let (y, height) = match layout.density {
            Density::Full => (placed.top + 14.0, 9.0),
            Density::Compact => (placed.top + 6.0, 6.0),
        };
        bar(drawing, "baseline", (start + 0.5, y), ((end - start - 1.0).max(2.0), height));
    }
    if let Some((start, end)) = placed.forecast {
        let class = if row.critical { "forecast critical edge" } else { "forecast edge" };
        let half = layout.density.half_bar(row.critical);
        bar(drawing, class, (start, placed.line - half), ((end - start).max(3.0), 2.0 * half));
    }
    if let (Some(x), Some(mark)) = (placed.entry, &row.entry) {
        gate(drawing, mark, x, placed.line);
    }
    let hidden = |exit: f64| placed.actual.is_some_and(|actual| (actual - exit).abs() < 12.0);
    let exit = placed.exit.zip(row.exit.as_ref());
    if let Some((x, mark)) = exit.filter(|(x, _)| !hidden(*x)) {
        gate(drawing, mark, x, placed.line);
    }
    if let Some(x) = placed.actual {
        diamond(drawing, exit.filter(|(x, _)| hidden(*x)).map(|(_, mark)| mark), x, placed.line);
    }
}

/// An actual finish; where it stands on the exit gate, it says the gate's word too.
fn diamond(drawing: &mut Drawing, exit: Option<&Mark>, x: f64, y: f64) {
    let outline = Path::from(x, y - 10.0).line(x + 10.0, y).line(x, y + 10.0).line(x - 10.0, y).close();
    let attributes = [("class", "actual".into()), ("d", outline.into()), ("role", "img".into())];
    match exit {
        Some(exit) => drawing.inside("path", &attributes, |drawing| drawing.words("title", &[], &exit.state.word)),
        None => drawing.mark("path", &attributes[..2]),
    }
}

/// Names of two lines and the state below, or one line each where rows are many.
fn name(drawing: &mut Drawing, row: &Row, placed: &Placed, layout: &Layout) {
    let room = layout.density.label_column() - layout.name_x - 8.0;
    let (lines, y, hit, state_y) = match layout.density {
        Density::Full => {
            let lines = two_lines(&row.name, Weight::Regular, room);
            let below = 23.0 + 16.0 * lines.len() as f64;
            (lines, 20.5, (4.0, 36.0), below)
        }
        Density::Compact => (vec![fit(&row.name, Weight::Regular, room)], 14.5, (1.0, 34.0), 29.5),
    };
    name_link(drawing, row, placed.top + y, &lines, (placed.top + hit.0, hit.1), layout);
    state(drawing, &row.state, layout.name_x, placed.top + state_y, room);
}

/// Id and name as one link, with an area of at least 24 px to hit.
fn name_link(drawing: &mut Drawing, row: &Row, y: f64, lines: &[String], (top, height): (f64, f64), layout: &Layout) {
    let id = fit(&row.id, Weight::Bold, layout.name_x - 6.0);
    drawing.inside("a", &[("class", "name".into()), ("href", row.href.as_str().into())], |drawing| {
        if id != row.id || lines.iter().any(|line| line.ends_with('…')) {
            drawing.words("title", &[], &format!("{} {}", row.id, row.name));
        }
        bar(drawing, "hit", (0.0, top), (layout.density.label_column() - 8.0, height));
        drawing.inside("text", &[("y", y.into())], |drawing| {
            drawing.words("tspan", &[("class", "ref bold".into()), ("x", 0.0.into())], &id);
            for (index, line) in lines.iter().enumerate() {
                // The space is for those who copy or listen; the next words have their own place.
                drawing.text(" ");
                let dy = if index == 0 { 0.0 } else { 16.0 };
                drawing.words("tspan", &[("x", layout.name_x.into()), ("dy", dy.into())], line);
            }
        });
    });
}

fn state(drawing: &mut Drawing, state: &State, x: f64, y: f64, room: f64) {
    drawing.inside("g", &[("aria-hidden", "true".into())], |drawing| shape(drawing, &state.class, x, y - 9.5, 11.0));
    let word = fit(&state.word, Weight::Regular, room - 17.0);
    drawing.words("text", &[("class", "soft".into()), ("x", (x + 17.0).into()), ("y", y.into())], &word);
}

fn gate(drawing: &mut Drawing, mark: &Mark, x: f64, y: f64) {
    drawing.inside("g", &[("role", "img".into())], |drawing| {
        drawing.words("title", &[], &mark.state.word);
        let circle = [("class", "node".into()), ("cx", x.into()), ("cy", y.into()), ("r", 10.0.into())];
        drawing.mark("circle", &circle);
        shape(drawing, &mark.state.class, x - 6.0, y - 6.0, 12.0);
    });
}

fn shape(drawing: &mut Drawing, class: &str, x: f64, y: f64, size: f64) {
    let attributes =
        [("class", "shape".into()), ("x", x.into()), ("y", y.into()), ("width", size.into()), ("height", size.into())];
    drawing.inside("g", &[("class", format!("is-{class}").into())], |drawing| {
        drawing.inside("svg", &attributes, |drawing| drawing.mark("use", &[("href", format!("#s-{class}").into())]));
    });
}

fn bar(drawing: &mut Drawing, class: &'static str, (x, y): (f64, f64), (width, height): (f64, f64)) {
    let attributes =
        [("class", class.into()), ("x", x.into()), ("y", y.into()), ("width", width.into()), ("height", height.into())];
    drawing.mark("rect", &attributes);
}

fn today_line(drawing: &mut Drawing, timeline: &Timeline, today: &Today, layout: &Layout) {
    let x = layout.x(today.position);
    let word_width = width(&today.word, Weight::Bold);
    let beyond = layout.width - word_width - 24.0;
    let (word, middle) = if layout.shows(today.position) {
        let words_crossed = timeline.axis.ticks.iter().any(|tick| {
            let start = layout.x(tick.position) + 5.0;
            let words = width(&tick.label, Weight::Regular).max(width(&tick.sublabel, Weight::Regular));
            (start - 3.0..=start + words + 3.0).contains(&x)
        });
        let top = if words_crossed { AXIS } else { TICK_TOP };
        let line = Path::from(x, top).down(layout.bottom + 11.5);
        drawing.mark("path", &[("class", "today".into()), ("d", line.into())]);
        (today.word.clone(), x)
    } else if today.position < timeline.axis.start {
        (format!("← {}", today.word), layout.left + word_width / 2.0 + 9.0)
    } else {
        (format!("{} →", today.word), layout.right.min(beyond) - word_width / 2.0)
    };
    let half = word_width / 2.0 + 10.0;
    let middle = middle.clamp(half, (layout.width - half).max(half));
    let attributes = [
        ("class", "today-word".into()),
        ("x", middle.into()),
        ("y", (layout.bottom + 27.5).into()),
        ("text-anchor", "middle".into()),
    ];
    drawing.words("text", &attributes, &word);
}

fn end_label(drawing: &mut Drawing, placed: &Placed, density: Density) {
    let label = &placed.end_label;
    let bold_width = width(&label.bold, Weight::Bold);
    if label.width > 0.0 {
        // Whatever runs here ends before the words and goes on behind them.
        let (top, height) = match density {
            Density::Full => (placed.line - 15.0, 34.0),
            Density::Compact => (placed.line - 9.0, 18.0),
        };
        bar(drawing, "behind", (label.x - 4.0, top), (label.width + 8.0, height));
    }
    let (bold_y, soft_x, soft_y) = match density {
        _ if label.bold.is_empty() => (0.0, label.x, placed.line + 4.5),
        Density::Full if label.soft.is_empty() => (placed.line + 4.5, 0.0, 0.0),
        Density::Full => (placed.line - 2.0, label.x, placed.line + 14.0),
        Density::Compact => (placed.line + 4.5, label.x + bold_width + 8.0, placed.line + 4.5),
    };
    if !label.bold.is_empty() {
        let attributes = [("class", "halo bold".into()), ("x", label.x.into()), ("y", bold_y.into())];
        drawing.words("text", &attributes, &label.bold);
    }
    if !label.soft.is_empty() {
        let attributes = [("class", "halo soft".into()), ("x", soft_x.into()), ("y", soft_y.into())];
        drawing.words("text", &attributes, &label.soft);
    }
}

/// What a row waits for, before its gate and before the connectors that enter it: "M4, M7 →".
fn words_of_waiting(drawing: &mut Drawing, ids: &BTreeSet<&str>, placed: &Placed, layout: &Layout) {
    let Some(anchor) = placed.anchor.as_ref().filter(|_| !ids.is_empty()) else { return };
    let entered = layout.routes.iter().filter(|route| route.to == placed.row).map(|route| route.enters_at() - 6.0);
    let end = entered.fold(anchor.entry - 13.0, f64::min);
    let ids: Vec<&str> = ids.iter().copied().collect();
    let words = format!("{} →", ids.join(", "));
    let shown = if width(&words, Weight::Regular) > end - layout.left { "… →" } else { &words };
    let attributes = [
        ("class", "soft halo".into()),
        ("x", end.into()),
        ("y", (placed.line + 4.5).into()),
        ("text-anchor", "end".into()),
    ];
    drawing.words("text", &attributes, shown);
}
