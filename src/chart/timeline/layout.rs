//! Decides where everything of a timeline stands, before anything is drawn.

use crate::chart::Window;
use crate::chart::scale::Axis;
use crate::chart::svg::PAGE_WIDTH;
use crate::chart::text::{Weight, fit, width};
use crate::chart::timeline::route::{self, Anchor, Route};
use crate::chart::timeline::{Row, Timeline};

/// Rows of two lines, or of one where there are many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Density {
    Full,
    Compact,
}

/// What all parts of a timeline have in common, so that their columns stand below each other.
pub struct Scale {
    density: Density,
    /// Where names begin, behind the ids.
    name_x: f64,
    start: f64,
    end: f64,
    pixels_per_day: f64,
}

pub struct Layout {
    pub density: Density,
    pub width: f64,
    /// The plot: from the axis's start to its end, from the first row to below the last.
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    /// Where names begin, behind the ids.
    pub name_x: f64,
    pub rows: Vec<Placed>,
    pub routes: Vec<Route>,
    start: f64,
    end: f64,
    pixels_per_day: f64,
}

/// A row's place. `line` is the height of the forecast bar's middle.
pub struct Placed {
    pub row: usize,
    pub top: f64,
    pub line: f64,
    pub baseline: Option<(f64, f64)>,
    pub forecast: Option<(f64, f64)>,
    pub entry: Option<f64>,
    pub exit: Option<f64>,
    pub actual: Option<f64>,
    /// None where nothing of the row has a position.
    pub anchor: Option<Anchor>,
    pub end_label: Label,
}

/// The words at a bar's end, cut to what fits: bold, then soft below (or behind, in compact rows).
pub struct Label {
    pub x: f64,
    pub bold: String,
    pub soft: String,
    pub width: f64,
}

/// Words that would begin so little before the data date stand behind its line.
const STEP_OVER: f64 = 48.0;

/// A gate's shape reaches 6 from its middle and its clearing 10: nearer marks would hide each other.
const MARKS_APART: f64 = 17.0;
const LABEL_AT_MOST: f64 = 280.0;
const MARGIN: f64 = 40.0;

impl Density {
    pub fn of(rows: usize) -> Density {
        if rows <= 8 { Density::Full } else { Density::Compact }
    }

    pub fn row_height(self) -> f64 {
        match self {
            Density::Full => 64.0,
            Density::Compact => 36.0,
        }
    }

    /// The width of the column of names.
    pub fn label_column(self) -> f64 {
        match self {
            Density::Full => 220.0,
            Density::Compact => 240.0,
        }
    }

    /// The forecast bar's middle, from the row's top.
    fn line(self) -> f64 {
        match self {
            Density::Full => 40.5,
            Density::Compact => 22.5,
        }
    }

    /// Half of the height of a forecast bar.
    pub fn half_bar(self, critical: bool) -> f64 {
        match (self, critical) {
            (Density::Full, true) => 7.0,
            (Density::Full, false) => 4.0,
            (Density::Compact, true) => 5.0,
            (Density::Compact, false) => 3.0,
        }
    }
}

impl Scale {
    pub fn of(timeline: &Timeline) -> Scale {
        let density = Density::of(timeline.rows.len());
        let (start, end) = extent(&timeline.axis);
        let pixels_per_day = pixels_per_day(timeline, density);
        Scale { density, name_x: name_x(&timeline.rows, density), start, end, pixels_per_day }
    }
}

impl Layout {
    pub fn of(timeline: &Timeline, scale: &Scale) -> Layout {
        let Scale { density, name_x, start, end, pixels_per_day } = *scale;
        let left = left_of_plot(density);
        let mut layout = Layout {
            density,
            width: PAGE_WIDTH,
            left,
            right: left + (end - start) * pixels_per_day,
            top: 62.5,
            bottom: 62.5 + timeline.rows.len() as f64 * density.row_height(),
            name_x,
            rows: Vec::new(),
            routes: Vec::new(),
            start,
            end,
            pixels_per_day,
        };
        let rows = timeline.rows.iter().enumerate();
        layout.rows = rows.map(|(index, row)| layout.place(index, row, measured(row, density))).collect();
        layout.route(timeline);
        let labels_end = layout.rows.iter().map(|row| row.end_label.x + row.end_label.width + 4.0);
        layout.width = labels_end.fold(layout.width.max(layout.right + MARGIN), f64::max).ceil();
        layout
    }

    /// Pixels from the left; positions beyond the axis stand at its ends.
    pub fn x(&self, position: f64) -> f64 {
        self.left + (position.clamp(self.start, self.end) - self.start) * self.pixels_per_day
    }

    pub fn shows(&self, position: f64) -> bool {
        (self.start..=self.end).contains(&position)
    }

    fn place(&self, index: usize, row: &Row, end_label: Label) -> Placed {
        let top = self.top + index as f64 * self.density.row_height();
        let line = top + self.density.line();
        let pixels = |window: Window| window.in_order().map(|window| (self.x(window.start), self.x(window.end)));
        let at = |position: Option<f64>| position.filter(|position| position.is_finite()).map(|day| self.x(day));
        let baseline = row.baseline.and_then(pixels);
        let forecast = row.forecast.and_then(pixels);
        let actual = at(row.actual);
        let entry = at(row.entry.as_ref().map(|mark| mark.position));
        let exit = at(row.exit.as_ref().map(|mark| mark.position));
        let (entry, exit) = apart(entry, exit, actual);
        let known = [entry, exit, actual].into_iter().flatten();
        let ends = known.chain([forecast.or(baseline)].into_iter().flatten().flat_map(|(start, end)| [start, end]));
        let (first, last) =
            ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(first, last), x| (first.min(x), last.max(x)));
        let bar = forecast.or(baseline);
        let anchor = first.is_finite().then(|| Anchor {
            top,
            bottom: top + self.density.row_height(),
            line,
            half: self.density.half_bar(row.critical),
            entry: entry.or(bar.map(|(start, _)| start)).unwrap_or(first),
            exit: exit.or(actual).or(bar.map(|(_, end)| end)).unwrap_or(last),
            bar: bar.unwrap_or((first, last)),
            last,
        });
        Placed { row: index, top, line, baseline, forecast, entry, exit, actual, anchor, end_label }
    }

    /// Connectors first, since the words at a bar's end stand behind those that leave it; then connectors again, around words.
    fn route(&mut self, timeline: &Timeline) {
        let anchors: Vec<Option<Anchor>> = self.rows.iter().map(|row| row.anchor.clone()).collect();
        let mut routes = route::direct(&timeline.dependencies, &anchors);
        let clearances = route::clearances(&routes, &anchors);
        for (row, clearance) in self.rows.iter_mut().zip(clearances) {
            row.end_label.x = clearance.unwrap_or(self.left) + 12.0;
        }
        if let Some(today) = timeline.today.as_ref().filter(|today| self.shows(today.position)) {
            let line = self.x(today.position);
            let labels = self.rows.iter_mut().map(|row| &mut row.end_label);
            for label in labels.filter(|label| label.x < line + 8.0 && line - label.x < STEP_OVER) {
                label.x = line + 8.0;
            }
        }
        let words: Vec<(f64, f64)> = self.rows.iter().map(Placed::words).collect();
        route::around(&mut routes, &anchors, &words);
        self.routes = routes;
    }
}

impl Placed {
    /// Where the words at the bar's end begin and end, with a little air.
    fn words(&self) -> (f64, f64) {
        (self.end_label.x - 3.0, self.end_label.x + self.end_label.width + 3.0)
    }
}

/// Start and end, at least one day apart, so that nothing is divided by nothing.
fn extent(axis: &Axis) -> (f64, f64) {
    let start = if axis.start.is_finite() { axis.start } else { 0.0 };
    let end = if axis.end.is_finite() { axis.end } else { start };
    (start, end.max(start + 1.0))
}

/// The largest scale at which every end label stands inside the page; but never so small that ticks touch: then the chart grows.
fn pixels_per_day(timeline: &Timeline, density: Density) -> f64 {
    let left = left_of_plot(density);
    let axis = &timeline.axis;
    let (axis_start, axis_end) = extent(axis);
    let mut scale = (PAGE_WIDTH - left - MARGIN) / (axis_end - axis_start);
    for row in &timeline.rows {
        let windows = [row.baseline, row.forecast].into_iter().flatten().map(|window| window.start.max(window.end));
        let marks = [&row.entry, &row.exit].into_iter().flatten().map(|mark| mark.position);
        let end = windows.chain(marks).chain(row.actual).filter(|end| end.is_finite()).fold(axis_start, f64::max);
        let room = PAGE_WIDTH - left - measured(row, density).width - route::WIDEST - 16.0;
        if end > axis_start {
            scale = scale.min(room / (end.min(axis_end) - axis_start));
        }
    }
    let columns = axis.ticks.windows(2).map(|pair| (&pair[0], pair[1].position - pair[0].position));
    let last = axis.ticks.last().map(|tick| (tick, axis_end - tick.position));
    for (tick, days) in columns.chain(last).filter(|(_, days)| *days > 0.0) {
        let words = width(&tick.label, Weight::Regular).max(width(&tick.sublabel, Weight::Regular));
        scale = scale.max((words + 9.0) / days);
    }
    scale
}

fn name_x(rows: &[Row], density: Density) -> f64 {
    let ids = rows.iter().map(|row| width(&row.id, Weight::Bold)).fold(0.0, f64::max);
    (ids + 9.0).clamp(28.0, density.label_column() / 2.0)
}

fn left_of_plot(density: Density) -> f64 {
    density.label_column() + 6.0
}

fn measured(row: &Row, density: Density) -> Label {
    let placed = [row.baseline, row.forecast].into_iter().flatten().any(|window| window.in_order().is_some());
    let placed = placed || row.entry.is_some() || row.exit.is_some() || row.actual.is_some();
    if !placed {
        let soft = fit(&row.no_window, Weight::Regular, LABEL_AT_MOST);
        return Label { x: 0.0, bold: String::new(), width: width(&soft, Weight::Regular), soft };
    }
    let bold = fit(&row.end_label, Weight::Bold, LABEL_AT_MOST);
    let bold_width = width(&bold, Weight::Bold);
    let room = match density {
        Density::Full => LABEL_AT_MOST,
        Density::Compact => LABEL_AT_MOST - bold_width - 8.0,
    };
    let soft = if room < 40.0 { String::new() } else { fit(&row.end_note, Weight::Regular, room) };
    let soft_width = width(&soft, Weight::Regular);
    let width = match density {
        Density::Full => bold_width.max(soft_width),
        Density::Compact => bold_width + 8.0 + soft_width,
    };
    Label { x: 0.0, bold, soft, width }
}

/// Moves marks that would hide each other: both to the sides of their middle, or the entry alone before a known finish.
fn apart(entry: Option<f64>, exit: Option<f64>, actual: Option<f64>) -> (Option<f64>, Option<f64>) {
    let (Some(first), Some(last)) = (entry, actual.or(exit)) else { return (entry, exit) };
    if (last - first).abs() >= MARKS_APART {
        return (entry, exit);
    }
    if actual.is_some() {
        return (Some(last - MARKS_APART), exit);
    }
    let middle = f64::midpoint(first, last);
    (Some(middle - MARKS_APART / 2.0), Some(middle + MARKS_APART / 2.0))
}
