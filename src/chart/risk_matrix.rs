//! Draws probability by impact: a score in every cell, a heavy line at appetite, risks where they stand now.

use crate::chart::svg::{self, Drawing, Frame, Path};
use crate::chart::text::{Weight, fit, width};
use crate::source::Html;

/// A 5 × 5 matrix as plain data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RiskMatrix {
    /// The drawing's id on its page; the title's is `{id}-title`, the description's `{id}-desc`.
    pub id: &'static str,
    pub title: String,
    /// The same facts in a sentence.
    pub desc: String,
    pub probability: Levels,
    pub impact: Levels,
    /// Cells above it are marked, and a line runs along it.
    pub appetite: u8,
    /// In the order in which they fill a cell.
    pub risks: Vec<Risk>,
    /// Where those are that a full cell only counts.
    pub more_href: String,
    pub words: Words,
}

/// The name of a direction and of its five levels, lowest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Levels {
    pub name: String,
    pub levels: [String; 5],
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pub inherent: String,
    pub target: String,
    /// "+{n} more"
    pub more: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Risk {
    pub id: String,
    /// What a pointer gets: id and name.
    pub title: String,
    pub href: String,
    pub residual: Cell,
    /// Where an arrow to `residual` begins; None for no arrow.
    pub inherent: Option<Cell>,
    /// Where a dashed arrow from `residual` ends; None for no arrow.
    pub target: Option<Cell>,
}

/// A cell of the matrix: both levels are 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    probability: u8,
    impact: u8,
}

impl Cell {
    /// None where a level is off the scale.
    pub fn new(probability: u8, impact: u8) -> Option<Cell> {
        let on_scale = |level: u8| (1..=5).contains(&level);
        (on_scale(probability) && on_scale(impact)).then_some(Cell { probability, impact })
    }

    pub fn score(self) -> u8 {
        self.probability * self.impact
    }

    fn all() -> impl Iterator<Item = Cell> {
        (1..=5).flat_map(|probability| (1..=5).map(move |impact| Cell { probability, impact }))
    }
}

pub fn draw(matrix: &RiskMatrix) -> Html {
    let layout = Layout::of(matrix);
    let bottom = layout.top_of(1) + layout.height_of(1);
    let width = layout.left + 5.0 * CELL + 4.0;
    let frame = Frame { id: matrix.id, title: &matrix.title, desc: &matrix.desc, width, height: bottom + 62.0 };
    svg::chart(&frame, |drawing| {
        cells(drawing, matrix, &layout);
        levels(drawing, matrix, &layout, bottom);
        arrows(drawing, matrix, &layout);
        scores(drawing, matrix, &layout);
        for (cell, item, spot) in &layout.items {
            item_mark(drawing, matrix, &layout, (*cell, item, *spot));
        }
    })
}

const CELL: f64 = 92.0;
const CELL_HEIGHT: f64 = 72.0;
const TOP: f64 = 8.0;
/// A lane of links: the smallest height that a finger hits.
const LANE: f64 = 24.0;
const LANES_AT_MOST: usize = 4;

/// What stands in a cell, by the index of its risk.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Item {
    Link(usize),
    Inherent(usize),
    /// What did not fit.
    More(Vec<usize>),
}

/// A place in a cell: pixels from its left edge, a lane below its score, and the item's width.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Spot {
    x: f64,
    lane: usize,
    width: f64,
}

struct Layout {
    left: f64,
    /// The height of each probability's row, lowest first.
    heights: [f64; 5],
    items: Vec<(Cell, Item, Spot)>,
}

impl Layout {
    fn of(matrix: &RiskMatrix) -> Layout {
        let mut items = Vec::new();
        let mut heights = [CELL_HEIGHT; 5];
        for cell in Cell::all() {
            let spots = pack(matrix, items_of(matrix, cell));
            let lanes = spots.iter().map(|(_, spot)| spot.lane + 1).max().unwrap_or(0);
            let row = usize::from(cell.probability) - 1;
            heights[row] = heights[row].max(LANE + lanes as f64 * LANE);
            items.extend(spots.into_iter().map(|(item, spot)| (cell, item, spot)));
        }
        let names = matrix.probability.levels.iter().map(|level| width(level, Weight::Regular));
        let names = names.chain([width(&matrix.probability.name, Weight::Bold)]);
        Layout { left: names.fold(102.0, f64::max).min(180.0).ceil() + 10.0, heights, items }
    }

    fn height_of(&self, probability: u8) -> f64 {
        self.heights[usize::from(probability) - 1]
    }

    fn top_of(&self, probability: u8) -> f64 {
        TOP + self.heights[usize::from(probability)..].iter().sum::<f64>()
    }

    fn left_of(&self, impact: u8) -> f64 {
        self.left + f64::from(impact - 1) * CELL
    }

    /// The middle of an item, and half of its size.
    fn area(&self, cell: Cell, spot: Spot) -> Area {
        Area {
            x: self.left_of(cell.impact) + spot.x + spot.width / 2.0,
            y: self.top_of(cell.probability) + LANE * (spot.lane as f64 + 1.5),
            half_width: spot.width / 2.0,
        }
    }

    fn link(&self, risk: usize) -> Option<Area> {
        let (cell, _, spot) = self.items.iter().find(|(_, item, _)| *item == Item::Link(risk))?;
        Some(self.area(*cell, *spot))
    }

    /// The middle of the circle where an arrow begins.
    fn inherent(&self, risk: usize) -> Option<(f64, f64)> {
        let (cell, _, spot) = self.items.iter().find(|(_, item, _)| *item == Item::Inherent(risk))?;
        let area = self.area(*cell, *spot);
        let down = if self.alone(*cell) { 8.0 } else { 0.0 };
        Some((area.x - area.half_width + 9.0, area.y + down))
    }

    /// Whether one item has a whole cell, and so room for a second line.
    fn alone(&self, cell: Cell) -> bool {
        self.items.iter().filter(|(other, _, _)| *other == cell).count() == 1
    }
}

/// A link's area on the drawing.
#[derive(Debug, Clone, Copy)]
struct Area {
    x: f64,
    y: f64,
    half_width: f64,
}

impl Area {
    /// Where a line from above arrives: beside the cell's score, which stands over the left end.
    fn top_right(self) -> (f64, f64) {
        (self.x + self.half_width - 6.0, self.y - 12.0)
    }

    /// Where a line from the middle to a point leaves the area, with a little air.
    fn border_toward(self, x: f64, y: f64) -> (f64, f64) {
        let (dx, dy) = (x - self.x, y - self.y);
        let reach = ((self.half_width + 1.0) / dx.abs().max(0.01)).min(11.0 / dy.abs().max(0.01)).min(1.0);
        (self.x + dx * reach, self.y + dy * reach)
    }
}

fn items_of(matrix: &RiskMatrix, cell: Cell) -> Vec<Item> {
    let risks = || matrix.risks.iter().enumerate();
    let links = risks().filter(|(_, risk)| risk.residual == cell).map(|(index, _)| Item::Link(index));
    let moved = risks().filter(|(_, risk)| risk.inherent == Some(cell) && risk.residual != cell);
    links.chain(moved.map(|(index, _)| Item::Inherent(index))).collect()
}

/// Fills lanes from the left; what finds no lane is counted in a last item.
fn pack(matrix: &RiskMatrix, mut items: Vec<Item>) -> Vec<(Item, Spot)> {
    let mut hidden = Vec::new();
    loop {
        let more = (!hidden.is_empty()).then(|| Item::More(hidden.clone()));
        let mut spots = Vec::new();
        let (mut x, mut lane) = (5.0, 0);
        for item in items.iter().cloned().chain(more) {
            let width = item_width(matrix, &item);
            if x + width > CELL - 3.0 && x > 5.0 {
                (x, lane) = (5.0, lane + 1);
            }
            spots.push((item, Spot { x, lane, width }));
            x += width + 2.0;
        }
        if lane < LANES_AT_MOST {
            return spots;
        }
        match items.pop() {
            Some(Item::Link(risk)) => hidden.insert(0, risk),
            // Where a risk came from is not a risk that is here: it goes uncounted, and its arrow with it.
            Some(Item::Inherent(_)) => {}
            Some(Item::More(_)) | None => return spots,
        }
    }
}

fn item_width(matrix: &RiskMatrix, item: &Item) -> f64 {
    let words = match item {
        Item::Link(risk) => width(&matrix.risks[*risk].id, Weight::Bold),
        Item::Inherent(risk) => width(&matrix.risks[*risk].id, Weight::Regular) + 9.0,
        Item::More(hidden) => width(&more(matrix, hidden), Weight::Regular),
    };
    (words + 10.0).clamp(LANE, CELL - 8.0).round()
}

fn cells(drawing: &mut Drawing, matrix: &RiskMatrix, layout: &Layout) {
    for cell in Cell::all() {
        let (x, y) = (layout.left_of(cell.impact), layout.top_of(cell.probability));
        let class = if cell.score() > matrix.appetite { "cell over" } else { "cell" };
        let attributes = [
            ("class", class.into()),
            ("x", x.into()),
            ("y", y.into()),
            ("width", CELL.into()),
            ("height", layout.height_of(cell.probability).into()),
        ];
        drawing.mark("rect", &attributes);
    }
    if let Some(limit) = limit(matrix.appetite, layout) {
        drawing.mark("path", &[("class", "limit".into()), ("d", limit.into())]);
    }
}

/// The line between the cells within appetite and those above it; None where all cells are on one side.
fn limit(appetite: u8, layout: &Layout) -> Option<Path> {
    let within = |probability: u8| (appetite / probability).min(5);
    let edge = |probability: u8| layout.left + f64::from(within(probability)) * CELL;
    let first = (1..=5).find(|probability| within(*probability) < 5)?;
    if within(1) == 0 {
        return None;
    }
    let bottom = layout.top_of(first) + layout.height_of(first);
    let start_x = if first == 1 { edge(1) } else { layout.left + 5.0 * CELL };
    let mut path = Path::from(start_x, bottom);
    for probability in first..=5 {
        path = path.across(edge(probability));
        if within(probability) == 0 {
            break;
        }
        path = path.down(layout.top_of(probability));
    }
    Some(path)
}

/// Above the arrows, so that none covers a score.
fn scores(drawing: &mut Drawing, matrix: &RiskMatrix, layout: &Layout) {
    for cell in Cell::all() {
        let class = over_arrows("soft", matrix, cell);
        let (x, y) = (layout.left_of(cell.impact) + 8.0, layout.top_of(cell.probability) + 18.0);
        drawing.words("text", &[("class", class.into()), ("x", x.into()), ("y", y.into())], &cell.score().to_string());
    }
}

/// The class of words in a cell: what runs behind them is broken by a halo of the cell's own ground.
fn over_arrows(class: &str, matrix: &RiskMatrix, cell: Cell) -> String {
    let ground = if cell.score() > matrix.appetite { " wash" } else { "" };
    format!("{class} halo{ground}")
}

fn levels(drawing: &mut Drawing, matrix: &RiskMatrix, layout: &Layout, bottom: f64) {
    let names_end = layout.left - 10.0;
    for level in 1..=5u8 {
        let index = usize::from(level) - 1;
        let middle = layout.top_of(level) + layout.height_of(level) / 2.0 + 4.0;
        let name = fit(&matrix.probability.levels[index], Weight::Regular, names_end);
        soft(drawing, (names_end, middle), "end", &name);
        let name = fit(&matrix.impact.levels[index], Weight::Regular, CELL - 4.0);
        soft(drawing, (layout.left_of(level) + CELL / 2.0, bottom + 20.0), "middle", &name);
    }
    let name = |drawing: &mut Drawing, (x, y): (f64, f64), anchor: &'static str, name: &str| {
        let attributes = [("class", "bold".into()), ("x", x.into()), ("y", y.into()), ("text-anchor", anchor.into())];
        drawing.words("text", &attributes, name);
    };
    let probability = fit(&matrix.probability.name, Weight::Bold, names_end);
    name(drawing, (names_end, bottom + 20.0), "end", &probability);
    let impact = fit(&matrix.impact.name, Weight::Bold, 5.0 * CELL);
    name(drawing, (layout.left + 2.5 * CELL, bottom + 48.0), "middle", &impact);
}

fn arrows(drawing: &mut Drawing, matrix: &RiskMatrix, layout: &Layout) {
    for (index, risk) in matrix.risks.iter().enumerate() {
        let (Some(link), Some(from)) = (layout.link(index), layout.inherent(index)) else { continue };
        let is_above = from.0 >= layout.left_of(risk.residual.impact) && from.1 + LANE <= link.y;
        let to = if is_above { link.top_right() } else { link.border_toward(from.0, from.1) };
        arrow(drawing, Style::Past, from, to);
        let title = format!("{} {}", risk.id, matrix.words.inherent);
        let circle = [("class", "from".into()), ("cx", from.0.into()), ("cy", from.1.into()), ("r", 4.0.into())];
        drawing.inside("circle", &circle, |drawing| drawing.words("title", &[], &title));
    }
    for cell in Cell::all() {
        let aiming =
            matrix.risks.iter().enumerate().filter(|(_, risk)| risk.target == Some(cell) && risk.residual != cell);
        let aims: Vec<Area> = aiming.filter_map(|(index, _)| layout.link(index)).collect();
        let points = (0..aims.len()).map(|place| CELL - 20.0 - 12.0 * (place % 4) as f64);
        let y = layout.top_of(cell.probability) + 18.0;
        for (link, point) in aims.iter().zip(points) {
            let point = (layout.left_of(cell.impact) + point, y);
            arrow(drawing, Style::Planned, link.border_toward(point.0, point.1), point);
        }
        if aims.len() == 1 {
            let word = fit(&matrix.words.target, Weight::Regular, CELL - 50.0);
            let attributes = [
                ("class", "soft halo".into()),
                ("x", (layout.left_of(cell.impact) + CELL - 29.0).into()),
                ("y", y.into()),
                ("text-anchor", "end".into()),
            ];
            drawing.words("text", &attributes, &word);
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// From inherent to residual: done.
    Past,
    /// From residual to target: to do.
    Planned,
}

fn arrow(drawing: &mut Drawing, style: Style, from: (f64, f64), to: (f64, f64)) {
    let length = (to.0 - from.0).hypot(to.1 - from.1).max(0.1);
    let (dx, dy) = ((to.0 - from.0) / length, (to.1 - from.1) / length);
    let (line, tip, gap) = match style {
        Style::Past => ("link strong", "tip strong", 4.0_f64),
        Style::Planned => ("link held", "tip", 0.0),
    };
    let gap = gap.min(length / 2.0);
    let start = Path::from(from.0 + dx * gap, from.1 + dy * gap);
    let stop = 7.0_f64.min(length - gap);
    let line_end = start.line(to.0 - dx * stop, to.1 - dy * stop);
    drawing.mark("path", &[("class", line.into()), ("d", line_end.into()), ("aria-hidden", "true".into())]);
    let point = Path::tip(to.0, to.1, dx, dy);
    drawing.mark("path", &[("class", tip.into()), ("d", point.into()), ("aria-hidden", "true".into())]);
}

fn item_mark(drawing: &mut Drawing, matrix: &RiskMatrix, layout: &Layout, (cell, item, spot): (Cell, &Item, Spot)) {
    let area = layout.area(cell, spot);
    let left = area.x - area.half_width;
    match item {
        Item::Link(risk) => {
            let risk = &matrix.risks[*risk];
            drawing.inside("a", &[("href", risk.href.as_str().into())], |drawing| {
                drawing.words("title", &[], &risk.title);
                hit(drawing, left, area, spot);
                let id = fit(&risk.id, Weight::Bold, spot.width - 6.0);
                let class = over_arrows("bold", matrix, cell);
                let at = [("class", class.into()), ("x", (left + 5.0).into()), ("y", (area.y + 4.0).into())];
                drawing.words("text", &at, &id);
            });
        }
        Item::Inherent(risk) => {
            let id = fit(&matrix.risks[*risk].id, Weight::Regular, spot.width - 15.0);
            let class = over_arrows("soft", matrix, cell);
            let mut write = |x: f64, y: f64, words: &str| {
                drawing.words("text", &[("class", class.as_str().into()), ("x", x.into()), ("y", y.into())], words);
            };
            if layout.alone(cell) {
                write(left + 19.0, area.y - 1.0, &id);
                write(left + 19.0, area.y + 14.0, &fit(&matrix.words.inherent, Weight::Regular, CELL - 27.0));
            } else {
                write(left + 16.0, area.y + 4.0, &id);
            }
        }
        Item::More(hidden) => {
            let ids: Vec<&str> = hidden.iter().map(|risk| matrix.risks[*risk].id.as_str()).collect();
            let words = fit(&more(matrix, hidden), Weight::Regular, spot.width - 6.0);
            drawing.inside("a", &[("href", matrix.more_href.as_str().into())], |drawing| {
                drawing.words("title", &[], &ids.join(", "));
                hit(drawing, left, area, spot);
                let class = over_arrows("", matrix, cell);
                let at =
                    [("class", class.trim_start().into()), ("x", (left + 5.0).into()), ("y", (area.y + 4.0).into())];
                drawing.words("text", &at, &words);
            });
        }
    }
}

fn more(matrix: &RiskMatrix, hidden: &[usize]) -> String {
    matrix.words.more.replace("{n}", &hidden.len().to_string())
}

fn hit(drawing: &mut Drawing, left: f64, area: Area, spot: Spot) {
    let attributes = [
        ("class", "hit".into()),
        ("x", left.into()),
        ("y", (area.y - LANE / 2.0).into()),
        ("width", spot.width.into()),
        ("height", LANE.into()),
    ];
    drawing.mark("rect", &attributes);
}

fn soft(drawing: &mut Drawing, (x, y): (f64, f64), anchor: &'static str, words: &str) {
    let attributes = [("class", "soft".into()), ("x", x.into()), ("y", y.into()), ("text-anchor", anchor.into())];
    drawing.words("text", &attributes, words);
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::{Cell, Layout, Levels, Risk, RiskMatrix, Words, draw, limit};
    use crate::chart::svg::Value;

    fn risk(id: &str, probability: u8, impact: u8) -> Risk {
        Risk {
            id: id.into(),
            title: format!("{id} name"),
            href: format!("#{id}"),
            residual: Cell::new(probability, impact).unwrap(),
            inherent: None,
            target: None,
        }
    }

    fn matrix(risks: Vec<Risk>) -> RiskMatrix {
        let levels = |name: &str| Levels { name: name.into(), levels: ["1", "2", "3", "4", "5"].map(str::to_owned) };
        RiskMatrix {
            id: "rm",
            title: "Risk matrix".into(),
            desc: "All scores.".into(),
            probability: levels("Probability"),
            impact: levels("Impact"),
            appetite: 9,
            risks,
            more_href: "#register".into(),
            words: Words { inherent: "inherent".into(), target: "target".into(), more: "+{n} more".into() },
        }
    }

    fn check_limit(appetite: u8, expected: Expect) {
        let layout = Layout::of(&matrix(Vec::new()));
        let shown = limit(appetite, &layout).map_or("none".to_owned(), |path| Value::from(path).to_string());
        expected.assert_eq(&shown);
    }

    #[test]
    fn the_line_runs_along_the_appetite() {
        check_limit(9, expect!["M572 296H480V224H388V152H296V80H204V8"]);
        check_limit(1, expect!["M204 368H204V296H112"]);
        check_limit(20, expect!["M572 80H480V8"]);
        check_limit(25, expect!["none"]);
        check_limit(0, expect!["none"]);
    }

    #[test]
    fn every_cell_has_its_score_and_those_above_appetite_are_marked() {
        let html = draw(&matrix(Vec::new()));
        assert_eq!(html.as_str().matches("class=\"cell\"").count(), 15);
        assert_eq!(html.as_str().matches("class=\"cell over\"").count(), 10);
        assert!(html.as_str().contains(">25</text>"));
    }

    #[test]
    fn a_full_cell_counts_what_it_does_not_show() {
        let risks: Vec<Risk> = (10..40).map(|number| risk(&format!("R-{number}"), 3, 3)).collect();
        let html = draw(&matrix(risks));
        let shown = html.as_str().matches("<a href").count();
        assert_eq!(shown, 7);
        assert!(
            html.as_str().contains("<a href=\"#register\"><title>R-16, ") && html.as_str().contains(">+24 more</text>")
        );
    }

    #[test]
    fn what_came_from_a_full_cell_is_not_counted_in_it() {
        let mut risks: Vec<Risk> = (10..18).map(|number| risk(&format!("R-{number}"), 5, 5)).collect();
        risks.extend((20..24).map(|number| Risk { inherent: Cell::new(5, 5), ..risk(&format!("R-{number}"), 2, 2) }));
        let html = draw(&matrix(risks));
        assert_eq!(html.as_str().matches("<a href").count(), 12);
        assert!(!html.as_str().contains(">+") && !html.as_str().contains("class=\"from\""));
    }

    #[test]
    fn no_arrow_covers_a_score() {
        let mut moved = risk("R-02", 1, 1);
        moved.inherent = Cell::new(5, 5);
        let html = draw(&matrix(vec![moved]));
        let (last_arrow, first_score) = (html.as_str().rfind("class=\"tip"), html.as_str().find("class=\"soft halo"));
        assert!(last_arrow.unwrap() < first_score.unwrap());
    }

    #[test]
    fn arrows_are_drawn_where_asked_for() {
        let mut moved = risk("R-02", 3, 4);
        moved.inherent = Cell::new(4, 5);
        moved.target = Cell::new(2, 4);
        let html = draw(&matrix(vec![moved, risk("R-05", 3, 3)]));
        let elements = html.as_str().split('<');
        let arrows = elements.filter(|element| element.contains("link") || element.contains("tip"));
        expect![[r#"
            path class="link strong" d="M490.8 126.4L430.6 171.8" aria-hidden="true"/>
            path class="tip strong" d="M425 176L428.7 167.6L434.1 174.8z" aria-hidden="true"/>
            path class="link held" d="M421.8 199L455.3 236.8" aria-hidden="true"/>
            path class="tip" d="M460 242L451.3 239L458 233z" aria-hidden="true"/>"#]]
        .assert_eq(&arrows.collect::<Vec<&str>>().join("\n"));
    }

    #[test]
    fn a_place_that_did_not_change_has_no_arrow() {
        let mut still = risk("R-02", 3, 4);
        still.inherent = Cell::new(3, 4);
        still.target = Cell::new(3, 4);
        let html = draw(&matrix(vec![still]));
        assert!(!html.as_str().contains("link") && !html.as_str().contains("tip"));
    }

    #[test]
    fn words_of_an_author_stay_words() {
        let mut hostile = risk("<b>\"'", 5, 5);
        hostile.inherent = Cell::new(1, 1);
        hostile.target = Cell::new(2, 2);
        let html = draw(&matrix(vec![hostile]));
        assert!(!html.as_str().contains("<b>") && html.as_str().contains("href=\"#&lt;b&gt;&quot;&#39;\""));
    }

    #[test]
    fn levels_are_one_to_five() {
        assert!(Cell::new(0, 3).is_none() && Cell::new(3, 6).is_none());
    }
}
