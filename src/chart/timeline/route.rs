//! Finds ways for dependencies: out of a bar's end, through the gap behind it, into the entry gate of the next, around words.

use crate::chart::svg::Path;
use crate::chart::timeline::Dependency;

/// What a connector needs to know of a row. `entry` and `exit` are the gates; `last` is the right end of all that is drawn.
#[derive(Debug, Clone)]
pub struct Anchor {
    pub top: f64,
    pub bottom: f64,
    pub line: f64,
    /// Half of the bar's height.
    pub half: f64,
    pub entry: f64,
    pub exit: f64,
    pub bar: (f64, f64),
    pub last: f64,
}

/// One dependency's way, by the index of the dependency and its rows.
#[derive(Debug, Clone)]
pub struct Route {
    pub dependency: usize,
    pub from: usize,
    pub to: usize,
    pub shape: Shape,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shape {
    /// Down the lane at `x` and into the entry gate from the left.
    Lane { x: f64 },
    /// Out to the lane at `x`, along the row's border, down at `enter`, where no words stand.
    Around { x: f64, enter: f64 },
    /// Straight onto the bar at `x`: the next starts before the gap is wide enough.
    Drop { x: f64 },
    /// Back along the border of the next row and onto its bar at `x`: it ends before this one does.
    Back { x: f64 },
}

/// How far a lane can stand to the right of the bar it leaves, with the words behind it.
pub const WIDEST: f64 = GAP + LANES as f64 * LANE + 12.0;

/// A gap of two days at the scale of weeks has its lane in the middle, as far from this bar as from the next.
const GAP: f64 = 16.0;
const LANE: f64 = 5.0;
const LANES: usize = 4;
/// From a gate's middle: the point of an arrow that enters it, and the last place of a lane before it.
const POINT: f64 = 9.0;
const ENTER: f64 = 17.0;
/// Beyond so many rows a line is followed by its ends, and a search for free space costs more than it helps.
const ROWS_LOOKED_AT: usize = 80;

/// A vertical piece that is taken.
struct Taken {
    x: f64,
    top: f64,
    bottom: f64,
    from: usize,
}

/// Ways without regard to words. Dependencies of rows without a place, on themselves, or of unknown rows have none.
pub fn direct(dependencies: &[Dependency], anchors: &[Option<Anchor>]) -> Vec<Route> {
    let mut routes = Vec::new();
    let mut taken = Vec::new();
    let mut lanes_wanted = Vec::new();
    for (index, dependency) in dependencies.iter().enumerate() {
        let (Some(from), Some(to)) = (anchor(anchors, dependency.from), anchor(anchors, dependency.to)) else {
            continue;
        };
        if dependency.from == dependency.to {
            continue;
        }
        let route = |shape: Shape| Route { dependency: index, from: dependency.from, to: dependency.to, shape };
        let gap = to.entry - from.exit;
        if gap >= POINT + 1.0 + ENTER {
            lanes_wanted.push(route(Shape::Lane { x: 0.0 }));
            continue;
        }
        let shape = if gap >= 0.0 {
            Shape::Drop { x: to.entry }
        } else if from.exit <= to.bar.1.max(to.entry) {
            Shape::Drop { x: from.exit }
        } else {
            Shape::Back { x: to.bar.1 - f64::midpoint(0.0, to.bar.1 - to.bar.0).min(16.0) }
        };
        let x = if let Shape::Drop { x } = shape { x } else { from.exit };
        taken.push(Taken { x, top: from.line.min(to.line), bottom: from.line.max(to.line), from: dependency.from });
        routes.push(route(shape));
    }
    for route in lanes_wanted {
        let (Some(from), Some(to)) = (anchor(anchors, route.from), anchor(anchors, route.to)) else { continue };
        let (top, bottom) = (from.line.min(to.line), from.line.max(to.line));
        let first = (from.exit + GAP).min(to.entry - ENTER);
        let lanes = (0..LANES).map(|lane| first + lane as f64 * LANE).filter(|x| *x <= to.entry - ENTER);
        let x = lanes.clone().find(|x| is_free(&taken, *x, top, bottom, route.from)).unwrap_or(first);
        taken.push(Taken { x, top, bottom, from: route.from });
        routes.push(Route { shape: Shape::Lane { x }, ..route });
    }
    routes.sort_by_key(|route| route.dependency);
    routes
}

/// For each row, the right end of its bar and of the connectors that leave it; None for a row without a place.
pub fn clearances(routes: &[Route], anchors: &[Option<Anchor>]) -> Vec<Option<f64>> {
    let mut clearances: Vec<Option<f64>> =
        anchors.iter().map(|anchor| anchor.as_ref().map(|anchor| anchor.last)).collect();
    for route in routes {
        let (Shape::Lane { x } | Shape::Around { x, .. } | Shape::Drop { x }) = route.shape else { continue };
        let Some(clearance) = clearances.get_mut(route.from).and_then(Option::as_mut) else { continue };
        *clearance = clearance.max(x);
    }
    clearances
}

/// Leads lanes that would cross the words of rows between their ends around them, where that crosses fewer.
pub fn around(routes: &mut [Route], anchors: &[Option<Anchor>], words: &[(f64, f64)]) {
    let mut taken: Vec<Taken> = Vec::new();
    for route in routes.iter_mut() {
        let Shape::Lane { x } = route.shape else { continue };
        let (Some(from), Some(to)) = (anchor(anchors, route.from), anchor(anchors, route.to)) else { continue };
        let between = &words[route.from.min(route.to) + 1..route.from.max(route.to)];
        if between.len() > ROWS_LOOKED_AT {
            continue;
        }
        let (top, bottom) = (from.line.min(to.line), from.line.max(to.line));
        let crossed = |x: f64| between.iter().filter(|word| (word.0..=word.1).contains(&x)).count();
        if crossed(x) == 0 {
            continue;
        }
        let lanes = (0..LANES).map(|lane| to.entry - ENTER - lane as f64 * LANE).filter(|enter| *enter > x + LANE);
        let free = lanes.filter(|enter| is_free(&taken, *enter, top, bottom, route.from));
        let Some(enter) = free.min_by_key(|enter| crossed(*enter)) else { continue };
        if crossed(enter) < crossed(x) {
            taken.push(Taken { x: enter, top, bottom, from: route.from });
            route.shape = Shape::Around { x, enter };
        }
    }
}

impl Route {
    /// The line and its arrow's head.
    pub fn paths(&self, from: &Anchor, to: &Anchor) -> (Path, Path) {
        let down = if to.line > from.line { 1.0 } else { -1.0 };
        let start = Path::from(from.exit, from.line);
        let into_gate = || Path::tip(to.entry - POINT, to.line, 1.0, 0.0);
        let gate_line = to.entry - POINT - 6.0;
        match self.shape {
            Shape::Lane { x } => (start.across(x).down(to.line).across(gate_line), into_gate()),
            Shape::Around { x, enter } => {
                let border = if down > 0.0 { from.bottom } else { from.top };
                (start.across(x).down(border).across(enter).down(to.line).across(gate_line), into_gate())
            }
            Shape::Drop { x } => {
                let point = to.line - down * above(to, x);
                (start.across(x).down(point - down * 7.0), Path::tip(x, point, 0.0, down))
            }
            Shape::Back { x } => {
                let border = if down > 0.0 { to.top } else { to.bottom };
                let point = to.line - down * above(to, x);
                (start.down(border).across(x).down(point - down * 7.0), Path::tip(x, point, 0.0, down))
            }
        }
    }

    /// The leftmost place of the connector beside the gate that it enters: words before the gate end here.
    pub fn enters_at(&self) -> f64 {
        match self.shape {
            Shape::Lane { x } | Shape::Drop { x } | Shape::Back { x } => x,
            Shape::Around { enter, .. } => enter,
        }
    }
}

/// How far from the middle of the bar an arrow stops at `x`: at the bar, or at the gate's shape where there is one.
fn above(to: &Anchor, x: f64) -> f64 {
    let near = |gate: f64| (gate - x).abs() < 11.0;
    if near(to.entry) || near(to.exit) { 11.0 } else { to.half + 1.0 }
}

fn is_free(taken: &[Taken], x: f64, top: f64, bottom: f64, from: usize) -> bool {
    // Connectors that leave the same bar share a lane: they mean the same exit.
    taken.iter().all(|other| {
        other.from == from || (other.x - x).abs() >= LANE - 0.5 || other.bottom <= top || bottom <= other.top
    })
}

fn anchor(anchors: &[Option<Anchor>], row: usize) -> Option<&Anchor> {
    anchors.get(row)?.as_ref()
}
