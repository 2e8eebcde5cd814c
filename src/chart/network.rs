//! Draws what waits for what: boxes in columns, each behind all that it waits for, the critical ones by weight.

use std::collections::BTreeSet;

use crate::chart::State;
use crate::chart::svg::{self, Drawing, Frame, Path};
use crate::chart::text::{Weight, fit, width};
use crate::source::Html;

/// A network as plain data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network {
    /// The drawing's id on its page; the title's is `{id}-title`, the description's `{id}-desc`.
    pub id: &'static str,
    pub title: String,
    /// The same facts in a sentence.
    pub desc: String,
    pub boxes: Vec<Node>,
    pub edges: Vec<Edge>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub id: String,
    pub name: String,
    pub href: String,
    pub state: State,
    /// When: a date, a week; may be empty.
    pub when: String,
    pub critical: bool,
}

/// `to` waits for `from`, both indexes of boxes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    pub from: usize,
    pub to: usize,
    pub critical: bool,
    /// What a pointer gets.
    pub title: String,
}

const WIDTH: f64 = 172.0;
const HEIGHT: f64 = 44.0;
const GUTTER: f64 = 56.0;
const GAP: f64 = 14.0;
/// What an edge takes in a column that it only passes.
const PASS: f64 = 14.0;
/// Sweeps from left to right and back; more do not change what is seen.
const SWEEPS: usize = 6;

pub fn draw(network: &Network) -> Html {
    let layout = Layout::of(network);
    let columns = layout.columns.len().max(1) as f64;
    let frame = Frame {
        id: network.id,
        title: &network.title,
        desc: &network.desc,
        // Never narrower than the page, or it would be drawn larger than it is.
        width: (columns * (WIDTH + GUTTER) - GUTTER + 2.0).max(svg::PAGE_WIDTH),
        height: layout.height + 2.0,
    };
    svg::chart(&frame, |drawing| {
        let hidden = [("class", "dependencies".into()), ("aria-hidden", "true".into())];
        drawing.inside("g", &hidden, |drawing| {
            for critical in [false, true] {
                for way in layout.ways.iter().filter(|way| network.edges[way.edge].critical == critical) {
                    edge(drawing, &network.edges[way.edge], way, &layout);
                }
            }
        });
        for (node, at) in network.boxes.iter().zip(&layout.places) {
            boxed(drawing, node, layout.corner(*at));
        }
    })
}

/// A column and a height in it: the middle of what stands there.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Place {
    column: usize,
    y: f64,
}

/// The places that an edge goes through, its ends included.
struct Way {
    edge: usize,
    through: Vec<Place>,
}

/// What stands in a column: a box, or an edge that passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    Box(usize),
    Pass { edge: usize },
}

struct Layout {
    columns: Vec<Vec<Item>>,
    places: Vec<Place>,
    ways: Vec<Way>,
    height: f64,
}

impl Layout {
    fn of(network: &Network) -> Layout {
        let edges = forward(network);
        let column_of = columns(network.boxes.len(), network, &edges);
        let count = column_of.iter().max().map_or(0, |last| last + 1);
        let mut columns: Vec<Vec<Item>> = vec![Vec::new(); count];
        for (index, column) in column_of.iter().enumerate() {
            columns[*column].push(Item::Box(index));
        }
        for edge in &edges {
            let Edge { from, to, .. } = network.edges[*edge];
            for column in &mut columns[column_of[from] + 1..column_of[to]] {
                column.push(Item::Pass { edge: *edge });
            }
        }
        for sweep in 0..SWEEPS {
            order(&mut columns, network, &edges, if sweep % 2 == 0 { Sweep::Right } else { Sweep::Left });
        }
        let heights: Vec<f64> = columns.iter().map(|column| stack_height(column)).collect();
        let height = heights.iter().copied().fold(0.0, f64::max);
        let mut places = vec![Place { column: 0, y: 0.0 }; network.boxes.len()];
        let mut passes: Vec<Vec<Place>> = vec![Vec::new(); network.edges.len()];
        for (column, items) in columns.iter().enumerate() {
            let mut y = (height - heights[column]) / 2.0;
            for item in items {
                let place = Place { column, y: y + item.height() / 2.0 };
                match item {
                    Item::Box(index) => places[*index] = place,
                    Item::Pass { edge } => passes[*edge].push(place),
                }
                y += item.height() + GAP;
            }
        }
        let ways = edges.iter().map(|edge| {
            let Edge { from, to, .. } = network.edges[*edge];
            let ends = (std::iter::once(places[from]), std::iter::once(places[to]));
            Way { edge: *edge, through: ends.0.chain(passes[*edge].iter().copied()).chain(ends.1).collect() }
        });
        Layout { ways: ways.collect(), columns, places, height }
    }

    fn corner(&self, place: Place) -> (f64, f64) {
        (1.0 + place.column as f64 * (WIDTH + GUTTER), 1.0 + place.y - HEIGHT / 2.0)
    }
}

impl Item {
    fn height(self) -> f64 {
        match self {
            Item::Box(_) => HEIGHT,
            Item::Pass { .. } => PASS,
        }
    }
}

fn stack_height(column: &[Item]) -> f64 {
    let gaps = column.len().saturating_sub(1) as f64 * GAP;
    column.iter().map(|item| item.height()).sum::<f64>() + gaps
}

/// The edges between two boxes that are there, each once, without those that would close a ring.
fn forward(network: &Network) -> Vec<usize> {
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); network.boxes.len()];
    let mut seen = BTreeSet::new();
    let mut kept = Vec::new();
    for (index, edge) in network.edges.iter().enumerate() {
        let is_there = edge.from < after.len() && edge.to < after.len() && edge.from != edge.to;
        if is_there && seen.insert((edge.from, edge.to)) && !leads(&after, edge.to, edge.from) {
            after[edge.from].push(edge.to);
            kept.push(index);
        }
    }
    kept
}

/// Does a way lead from one box to another?
fn leads(after: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut waiting = vec![from];
    let mut seen = vec![false; after.len()];
    while let Some(next) = waiting.pop() {
        if next == to {
            return true;
        }
        if !std::mem::replace(&mut seen[next], true) {
            waiting.extend(&after[next]);
        }
    }
    false
}

/// The column of each box: one behind the last of all that it waits for.
fn columns(boxes: usize, network: &Network, edges: &[usize]) -> Vec<usize> {
    let mut columns = vec![0; boxes];
    let mut has_moved = true;
    while has_moved {
        has_moved = false;
        for edge in edges.iter().map(|edge| &network.edges[*edge]) {
            if columns[edge.to] <= columns[edge.from] {
                columns[edge.to] = columns[edge.from] + 1;
                has_moved = true;
            }
        }
    }
    columns
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sweep {
    Right,
    Left,
}

/// Puts what stands in a column beside what it hangs on in the one before, on average, so that few edges cross.
fn order(columns: &mut [Vec<Item>], network: &Network, edges: &[usize], sweep: Sweep) {
    let count = columns.len();
    for step in 1..count {
        let (here, beside) = match sweep {
            Sweep::Right => (step, step - 1),
            Sweep::Left => (count - 1 - step, count - step),
        };
        let places: Vec<Item> = columns[beside].clone();
        let place = |item: Item| places.iter().position(|other| *other == item);
        let beside_of = |edge: usize| {
            let end = if sweep == Sweep::Right { network.edges[edge].from } else { network.edges[edge].to };
            place(Item::Pass { edge }).or_else(|| place(Item::Box(end)))
        };
        let mean = |item: Item| -> Option<f64> {
            let hangs_on: Vec<usize> = match item {
                Item::Pass { edge } => beside_of(edge).into_iter().collect(),
                Item::Box(index) => edges
                    .iter()
                    .filter(|edge| {
                        let edge = &network.edges[**edge];
                        index == if sweep == Sweep::Right { edge.to } else { edge.from }
                    })
                    .filter_map(|edge| beside_of(*edge))
                    .collect(),
            };
            let count = hangs_on.len();
            (count > 0).then(|| hangs_on.into_iter().sum::<usize>() as f64 / count as f64)
        };
        let scale = places.len().max(1) as f64 / columns[here].len().max(1) as f64;
        let mut keyed: Vec<(f64, Item)> = columns[here]
            .iter()
            .enumerate()
            .map(|(index, item)| (mean(*item).unwrap_or(index as f64 * scale), *item))
            .collect();
        keyed.sort_by(|one, other| one.0.total_cmp(&other.0));
        columns[here] = keyed.into_iter().map(|(_, item)| item).collect();
    }
}

fn edge(drawing: &mut Drawing, edge: &Edge, way: &Way, layout: &Layout) {
    let left = |place: &Place| layout.corner(*place).0;
    let y = |place: &Place| 1.0 + place.y;
    let [first, .., last] = way.through.as_slice() else { return };
    let mut path = Path::from(left(first) + WIDTH, y(first));
    for place in &way.through[1..way.through.len() - 1] {
        path = path.line(left(place), y(place)).across(left(place) + WIDTH);
    }
    // The last piece is level, so that the arrow's head lies flat against its box.
    let end = left(last) - 1.0;
    path = path.line(end - 12.0, y(last)).across(end - 6.0);
    let (line, tip) = if edge.critical { ("link strong", "tip strong") } else { ("link", "tip") };
    drawing.inside("path", &[("class", line.into()), ("d", path.into())], |drawing| {
        drawing.words("title", &[], &edge.title);
    });
    drawing.mark("path", &[("class", tip.into()), ("d", Path::tip(end, y(last), 1.0, 0.0).into())]);
}

fn boxed(drawing: &mut Drawing, node: &Node, (x, y): (f64, f64)) {
    drawing.inside("a", &[("class", "name".into()), ("href", node.href.as_str().into())], |drawing| {
        drawing.words("title", &[], &format!("{} {}: {}", node.id, node.name, node.state.word));
        let rect = [
            ("class", if node.critical { "box strong" } else { "box" }.into()),
            ("x", x.into()),
            ("y", y.into()),
            ("width", WIDTH.into()),
            ("height", HEIGHT.into()),
        ];
        drawing.mark("rect", &rect);
        shape(drawing, &node.state.class, x + 8.0, y + 8.5);
        let id = fit(&node.id, Weight::Bold, 70.0);
        let text =
            |drawing: &mut Drawing, class: &'static str, (x, y): (f64, f64), anchor: &'static str, words: &str| {
                let attributes =
                    [("class", class.into()), ("x", x.into()), ("y", y.into()), ("text-anchor", anchor.into())];
                drawing.words("text", &attributes, words);
            };
        text(drawing, "bold", (x + 25.0, y + 18.0), "start", &id);
        let room = WIDTH - 25.0 - width(&id, Weight::Bold) - 16.0;
        text(drawing, "soft", (x + WIDTH - 8.0, y + 18.0), "end", &fit(&node.when, Weight::Regular, room));
        text(drawing, "plain", (x + 8.0, y + 36.0), "start", &fit(&node.name, Weight::Regular, WIDTH - 16.0));
    });
}

fn shape(drawing: &mut Drawing, class: &str, x: f64, y: f64) {
    let attributes =
        [("class", "shape".into()), ("x", x.into()), ("y", y.into()), ("width", 11.0.into()), ("height", 11.0.into())];
    drawing.inside("g", &[("class", format!("is-{class}").into()), ("aria-hidden", "true".into())], |drawing| {
        drawing.inside("svg", &attributes, |drawing| drawing.mark("use", &[("href", format!("#s-{class}").into())]));
    });
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::{Edge, GAP, Item, Layout, Network, Node, draw};
    use crate::chart::State;

    fn network(count: usize, edges: &[(usize, usize)]) -> Network {
        let node = |index: usize| Node {
            id: format!("M{index}"),
            name: format!("Milestone {index} with quite a long name"),
            href: format!("m/M{index}.html"),
            state: State { class: "green".into(), word: "Green".into() },
            when: "Fri 6 Feb".into(),
            critical: index == 0,
        };
        let edge =
            |(from, to): &(usize, usize)| Edge { from: *from, to: *to, critical: *from == 0, title: String::new() };
        Network {
            id: "dn",
            title: "Dependencies".into(),
            desc: "What waits for what.".into(),
            boxes: (0..count).map(node).collect(),
            edges: edges.iter().map(edge).collect(),
        }
    }

    fn check(count: usize, edges: &[(usize, usize)], expected: Expect) {
        let layout = Layout::of(&network(count, edges));
        let columns = layout.columns.iter().map(|column| {
            let items = column.iter().map(|item| match item {
                Item::Box(index) => format!("M{index}"),
                Item::Pass { .. } => "|".to_string(),
            });
            items.collect::<Vec<_>>().join(" ")
        });
        expected.assert_eq(&columns.collect::<Vec<_>>().join(" / "));
    }

    #[test]
    fn each_stands_behind_all_that_it_waits_for() {
        check(0, &[], expect![""]);
        check(1, &[], expect!["M0"]);
        check(4, &[(0, 1), (1, 2), (0, 2), (2, 3)], expect!["M0 / M1 | / M2 / M3"]);
        check(6, &[(0, 4), (1, 3), (2, 5)], expect!["M0 M1 M2 / M4 M3 M5"]);
    }

    #[test]
    fn a_ring_loses_the_edge_that_closes_it() {
        check(3, &[(0, 1), (1, 2), (2, 0), (1, 1), (0, 9)], expect!["M0 / M1 / M2"]);
    }

    /// Sixty milestones, each waiting for one or two of those before it.
    fn sixty() -> Network {
        let edges: Vec<(usize, usize)> =
            (3..60).flat_map(|to| [(to - 3, to), (to * 5 % 7 * to / 7, to)]).filter(|(from, to)| from < to).collect();
        network(60, &edges)
    }

    #[test]
    fn nothing_overlaps_in_a_column() {
        let layout = Layout::of(&sixty());
        for column in &layout.columns {
            let heights: f64 = column.iter().map(|item| item.height()).sum();
            assert!(heights + (column.len() - 1) as f64 * GAP <= layout.height + 0.01);
        }
        for (index, one) in layout.places.iter().enumerate() {
            let others = layout.places[index + 1..].iter().filter(|other| other.column == one.column);
            assert!(others.clone().all(|other| (other.y - one.y).abs() >= super::HEIGHT + GAP - 0.01));
        }
    }

    #[test]
    fn every_box_is_a_link_and_every_edge_has_a_head() {
        let network = sixty();
        let html = draw(&network);
        assert_eq!(html.as_str().matches("<a class=\"name\"").count(), 60);
        assert_eq!(html.as_str().matches("class=\"link").count(), html.as_str().matches("class=\"tip").count());
    }

    #[test]
    fn words_of_an_author_stay_words() {
        let mut hostile = network(1, &[]);
        hostile.boxes[0].name = "<b>\"'".into();
        hostile.boxes[0].href = "\"><script>".into();
        let html = draw(&hostile);
        assert!(!html.as_str().contains("<b>") && !html.as_str().contains("<script"));
    }
}
