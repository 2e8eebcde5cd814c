//! Draws what waits for what: boxes in ranks, each behind all that it waits for, the critical ones by weight. The ranks are
//! columns, or rows where the columns would be wider than the page and the rows are not.

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
/// Between two ranks.
const GUTTER: f64 = 56.0;
const GAP: f64 = 14.0;
/// What an edge takes in a rank that it only passes.
const PASS: f64 = 14.0;
/// Sweeps from left to right and back; more do not change what is seen.
const SWEEPS: usize = 6;

pub fn draw(network: &Network) -> Html {
    let layout = Layout::of(network);
    let (width, height) = layout.size();
    let frame = Frame {
        id: network.id,
        title: &network.title,
        desc: &network.desc,
        // Never narrower than the page, or it would be drawn larger than it is.
        width: (width + 2.0).max(svg::PAGE_WIDTH),
        height: height + 2.0,
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
            boxed(drawing, node, layout.corner(*at, (WIDTH, HEIGHT)));
        }
    })
}

/// Where the next rank stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Right,
    Down,
}

/// A rank and a distance along it: the middle of what stands there.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Place {
    rank: usize,
    along: f64,
}

/// The places that an edge goes through, its ends included.
struct Way {
    edge: usize,
    through: Vec<Place>,
}

/// What stands in a rank: a box, or an edge that passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    Box(usize),
    Pass { edge: usize },
}

struct Layout {
    direction: Direction,
    ranks: Vec<Vec<Item>>,
    places: Vec<Place>,
    ways: Vec<Way>,
    /// The longest rank.
    length: f64,
}

impl Layout {
    fn of(network: &Network) -> Layout {
        let edges = forward(network);
        let rank_of = ranks(network.boxes.len(), network, &edges);
        let count = rank_of.iter().max().map_or(0, |last| last + 1);
        let mut ranks: Vec<Vec<Item>> = vec![Vec::new(); count];
        for (index, rank) in rank_of.iter().enumerate() {
            ranks[*rank].push(Item::Box(index));
        }
        for edge in &edges {
            let Edge { from, to, .. } = network.edges[*edge];
            for rank in &mut ranks[rank_of[from] + 1..rank_of[to]] {
                rank.push(Item::Pass { edge: *edge });
            }
        }
        for sweep in 0..SWEEPS {
            order(&mut ranks, network, &edges, if sweep % 2 == 0 { Sweep::Forth } else { Sweep::Back });
        }
        let direction = Direction::of(&ranks);
        let lengths: Vec<f64> = ranks.iter().map(|rank| direction.length(rank)).collect();
        let length = lengths.iter().copied().fold(0.0, f64::max);
        let mut places = vec![Place { rank: 0, along: 0.0 }; network.boxes.len()];
        let mut passes: Vec<Vec<Place>> = vec![Vec::new(); network.edges.len()];
        for (rank, items) in ranks.iter().enumerate() {
            let mut along = (length - lengths[rank]) / 2.0;
            for item in items {
                let taken = direction.taken(*item);
                let place = Place { rank, along: along + taken / 2.0 };
                match item {
                    Item::Box(index) => places[*index] = place,
                    Item::Pass { edge } => passes[*edge].push(place),
                }
                along += taken + GAP;
            }
        }
        let ways = edges.iter().map(|edge| {
            let Edge { from, to, .. } = network.edges[*edge];
            let ends = (std::iter::once(places[from]), std::iter::once(places[to]));
            Way { edge: *edge, through: ends.0.chain(passes[*edge].iter().copied()).chain(ends.1).collect() }
        });
        Layout { ways: ways.collect(), direction, ranks, places, length }
    }

    fn size(&self) -> (f64, f64) {
        let ranks = self.ranks.len().max(1);
        match self.direction {
            Direction::Right => (self.direction.depth(ranks), self.length),
            Direction::Down => (self.length, self.direction.depth(ranks)),
        }
    }

    /// The upper left corner of what has this size and stands in the middle of a place.
    fn corner(&self, place: Place, (width, height): (f64, f64)) -> (f64, f64) {
        let before = self.direction.depth(place.rank) + if place.rank == 0 { 0.0 } else { GUTTER };
        match self.direction {
            Direction::Right => (1.0 + before, 1.0 + place.along - height / 2.0),
            Direction::Down => (1.0 + place.along - width / 2.0, 1.0 + before),
        }
    }

    /// Where an edge comes to a place, and where it leaves.
    fn ends(&self, place: Place) -> ((f64, f64), (f64, f64)) {
        let (x, y) = self.corner(place, (0.0, 0.0));
        match self.direction {
            Direction::Right => ((x, y), (x + WIDTH, y)),
            Direction::Down => ((x, y), (x, y + HEIGHT)),
        }
    }
}

impl Direction {
    fn of(ranks: &[Vec<Item>]) -> Direction {
        let longest = ranks.iter().map(|rank| Direction::Down.length(rank)).fold(0.0, f64::max);
        let across = Direction::Right.depth(ranks.len());
        if across > svg::PAGE_WIDTH && longest < across { Direction::Down } else { Direction::Right }
    }

    /// What an item takes of its rank.
    fn taken(self, item: Item) -> f64 {
        match (item, self) {
            (Item::Pass { .. }, _) => PASS,
            (Item::Box(_), Direction::Right) => HEIGHT,
            (Item::Box(_), Direction::Down) => WIDTH,
        }
    }

    fn length(self, rank: &[Item]) -> f64 {
        rank.iter().map(|item| self.taken(*item)).sum::<f64>() + rank.len().saturating_sub(1) as f64 * GAP
    }

    /// What so many ranks take behind each other.
    fn depth(self, ranks: usize) -> f64 {
        let thick = match self {
            Direction::Right => WIDTH,
            Direction::Down => HEIGHT,
        };
        ranks as f64 * thick + ranks.saturating_sub(1) as f64 * GUTTER
    }
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

/// The rank of each box: one behind the last of all that it waits for.
fn ranks(boxes: usize, network: &Network, edges: &[usize]) -> Vec<usize> {
    let mut ranks = vec![0; boxes];
    let mut has_moved = true;
    while has_moved {
        has_moved = false;
        for edge in edges.iter().map(|edge| &network.edges[*edge]) {
            if ranks[edge.to] <= ranks[edge.from] {
                ranks[edge.to] = ranks[edge.from] + 1;
                has_moved = true;
            }
        }
    }
    ranks
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sweep {
    Forth,
    Back,
}

/// Puts what stands in a rank beside what it hangs on in the one before, on average, so that few edges cross.
fn order(ranks: &mut [Vec<Item>], network: &Network, edges: &[usize], sweep: Sweep) {
    let count = ranks.len();
    for step in 1..count {
        let (here, beside) = match sweep {
            Sweep::Forth => (step, step - 1),
            Sweep::Back => (count - 1 - step, count - step),
        };
        let places: Vec<Item> = ranks[beside].clone();
        let place = |item: Item| places.iter().position(|other| *other == item);
        let beside_of = |edge: usize| {
            let end = if sweep == Sweep::Forth { network.edges[edge].from } else { network.edges[edge].to };
            place(Item::Pass { edge }).or_else(|| place(Item::Box(end)))
        };
        let mean = |item: Item| -> Option<f64> {
            let hangs_on: Vec<usize> = match item {
                Item::Pass { edge } => beside_of(edge).into_iter().collect(),
                Item::Box(index) => edges
                    .iter()
                    .filter(|edge| {
                        let edge = &network.edges[**edge];
                        index == if sweep == Sweep::Forth { edge.to } else { edge.from }
                    })
                    .filter_map(|edge| beside_of(*edge))
                    .collect(),
            };
            let count = hangs_on.len();
            (count > 0).then(|| hangs_on.into_iter().sum::<usize>() as f64 / count as f64)
        };
        let scale = places.len().max(1) as f64 / ranks[here].len().max(1) as f64;
        let mut keyed: Vec<(f64, Item)> = ranks[here]
            .iter()
            .enumerate()
            .map(|(index, item)| (mean(*item).unwrap_or(index as f64 * scale), *item))
            .collect();
        keyed.sort_by(|one, other| one.0.total_cmp(&other.0));
        ranks[here] = keyed.into_iter().map(|(_, item)| item).collect();
    }
}

fn edge(drawing: &mut Drawing, edge: &Edge, way: &Way, layout: &Layout) {
    let [first, passed @ .., last] = way.through.as_slice() else { return };
    let ((_, start), (end, _)) = (layout.ends(*first), layout.ends(*last));
    let mut path = Path::from(start.0, start.1);
    for place in passed {
        let (comes, leaves) = layout.ends(*place);
        path = path.line(comes.0, comes.1).line(leaves.0, leaves.1);
    }
    let (dx, dy) = match layout.direction {
        Direction::Right => (1.0, 0.0),
        Direction::Down => (0.0, 1.0),
    };
    let before = |distance: f64| (end.0 - dx * distance, end.1 - dy * distance);
    // The last piece runs straight on, so that the arrow's head lies flat against its box.
    let (turn, stop, point) = (before(13.0), before(7.0), before(1.0));
    path = path.line(turn.0, turn.1).line(stop.0, stop.1);
    let (line, tip) = if edge.critical { ("link strong", "tip strong") } else { ("link", "tip") };
    drawing.inside("path", &[("class", line.into()), ("d", path.into())], |drawing| {
        drawing.words("title", &[], &edge.title);
    });
    drawing.mark("path", &[("class", tip.into()), ("d", Path::tip(point.0, point.1, dx, dy).into())]);
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

    use super::{Direction, Edge, GAP, HEIGHT, Item, Layout, Network, Node, WIDTH, draw};
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
        let ranks = layout.ranks.iter().map(|rank| {
            let items = rank.iter().map(|item| match item {
                Item::Box(index) => format!("M{index}"),
                Item::Pass { .. } => "|".to_string(),
            });
            items.collect::<Vec<_>>().join(" ")
        });
        expected.assert_eq(&ranks.collect::<Vec<_>>().join(" / "));
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
    fn nothing_overlaps() {
        for network in [sixty(), network(9, &[(0, 4), (1, 3), (2, 5)]), chain(12)] {
            let layout = Layout::of(&network);
            let (width, height) = layout.size();
            let corners: Vec<(f64, f64)> =
                layout.places.iter().map(|place| layout.corner(*place, (WIDTH, HEIGHT))).collect();
            for (index, (x, y)) in corners.iter().enumerate() {
                assert!(*x > 0.0 && *y > 0.0 && x + WIDTH <= width + 1.01 && y + HEIGHT <= height + 1.01);
                let is_apart = |other: &(f64, f64)| {
                    (other.0 - x).abs() >= WIDTH + GAP - 0.01 || (other.1 - y).abs() >= HEIGHT + GAP - 0.01
                };
                assert!(corners[index + 1..].iter().all(is_apart), "{x} {y}");
            }
        }
    }

    /// Each waits for the one before it.
    fn chain(count: usize) -> Network {
        network(count, &(1..count).map(|to| (to - 1, to)).collect::<Vec<_>>())
    }

    #[test]
    fn ranks_are_rows_where_their_columns_would_be_wider_than_the_page() {
        let check = |network: &Network, direction: Direction, width: f64| {
            let layout = Layout::of(network);
            assert_eq!((layout.direction, layout.size().0), (direction, width));
        };
        check(&chain(5), Direction::Right, 5.0 * 172.0 + 4.0 * 56.0);
        check(&chain(12), Direction::Down, 172.0);
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
