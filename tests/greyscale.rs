//! The gate matrix without its colours: things that stand differently are told apart by shape or by a word that is seen.
//!
//! Looks at the gallery, which shows every state there is. Shapes are compared by what they draw, never by their names.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use milepost::model::id::Id;
use milepost::model::milestone::Side;
use milepost::pipeline::{self, Memory};
use milepost::status::{Colour, CriterionState, GateState, Readiness};
use milepost::version::Snapshot;

use crate::gallery::{all, inputs};
use crate::support::{between, clock, made};

#[test]
fn every_colour_has_a_shape_and_a_word_of_its_own() {
    let matrix = Matrix::of_the_gallery();
    let mut seen = Seen::default();
    for (milestone, row) in matrix.rows() {
        let colour = matrix.snapshot.standing.milestones[&milestone].colour;
        seen.add(matrix.mark(row), colour, milestone.as_str());
    }
    let colours = all!(Colour: Complete Green OnPlan Amber Unknown Red Stopped);
    seen.hold(colours);
    let (shapes, words): (BTreeSet<&str>, BTreeSet<&str>) =
        seen.looks.iter().map(|(look, ..)| (look.shape.as_str(), look.words.as_str())).unzip();
    assert_eq!((shapes.len(), words.len()), (colours.len(), colours.len()), "{shapes:#?} {words:#?}");
}

#[test]
fn every_state_of_a_gate_has_a_look_of_its_own() {
    let matrix = Matrix::of_the_gallery();
    let mut seen = Seen::default();
    for (milestone, row) in matrix.rows() {
        for (side, cell) in Side::BOTH.into_iter().zip(row.split("<td").skip(1)) {
            let gate = matrix.snapshot.standing.milestones[&milestone].gate(side);
            if gate.exists {
                seen.add(matrix.mark(cell), shown(gate.state, gate.readiness), &format!("{milestone} {side:?}"));
            }
        }
    }
    let readiness = all!(Readiness: Undefined NotReady InProgress AwaitingAcceptance ReadyWithWaivers Ready);
    seen.hold(readiness.map(|readiness| shown(GateState::Pending, readiness)));
    let states = all!(GateState: Pending OverdueDecision Held Recycled ConditionallyPassed ConditionBreached
        PassedByOverride PassedWithWaivers Passed Stopped);
    let decided = states.into_iter().filter(|state| *state != GateState::Pending);
    seen.hold(decided.map(|state| shown(state, Readiness::Undefined)));
}

/// What a cell stands for: the readiness of a gate that waits for its decision, else its state.
fn shown(state: GateState, readiness: Readiness) -> (GateState, Option<Readiness>) {
    (state, (state == GateState::Pending).then_some(readiness))
}

#[test]
fn every_state_of_a_criterion_has_a_look_of_its_own() {
    let matrix = Matrix::of_the_gallery();
    let mut seen = Seen::default();
    for mark in matrix.page.split("<div class=\"strip\">").skip(1).flat_map(|strip| strip.split("<a ").skip(1)) {
        let id = Id::new(between(mark, " title=\"", " ").unwrap_or_default());
        if let Some(standing) = matrix.snapshot.standing.criteria.get(&id) {
            let words = between(mark, "class=\"short\" aria-hidden=\"true\">", "<").unwrap_or_default().to_owned();
            seen.add(Look { words, ..matrix.mark(mark) }, (standing.state, standing.overdue), id.as_str());
        }
    }
    let states = all!(CriterionState: NotApplicable Failed Met Waived Lapsed Submitted Open);
    seen.hold(states.map(|state| (state, false)));
    seen.hold([(CriterionState::Open, true)]);
}

/// What a reader without colours sees of a mark.
#[derive(Debug, Clone, PartialEq)]
struct Look {
    /// What is drawn: the elements of its symbol.
    shape: String,
    words: String,
}

/// Every look with what it stands for and where.
struct Seen<T> {
    looks: Vec<(Look, T, String)>,
}

impl<T> Default for Seen<T> {
    fn default() -> Seen<T> {
        Seen { looks: Vec::new() }
    }
}

impl<T: PartialEq + Debug> Seen<T> {
    /// One state may have several looks, one look never several states.
    #[track_caller]
    fn add(&mut self, look: Look, state: T, place: &str) {
        if let Some((_, other, there)) = self.looks.iter().find(|(known, other, _)| *known == look && *other != state) {
            panic!("{place} is {state:?}, {there} is {other:?}, and both are shown as {look:#?}");
        }
        self.looks.push((look, state, place.to_owned()));
    }

    #[track_caller]
    fn hold(&self, states: impl IntoIterator<Item = T>) {
        for state in states {
            assert!(self.looks.iter().any(|(_, known, _)| *known == state), "the matrix does not show {state:?}");
        }
    }
}

struct Matrix {
    snapshot: Snapshot,
    page: String,
    /// The symbols of the page: their elements by their names.
    shapes: BTreeMap<String, String>,
}

impl Matrix {
    fn of_the_gallery() -> Matrix {
        let (inputs, memory) = (inputs(), Memory::default());
        let snapshot = pipeline::check(&inputs, clock(), &memory).snapshot;
        let output = pipeline::build(&inputs, clock(), &memory).output.unwrap();
        let page = String::from_utf8(made(&output, "matrix.html").to_vec()).unwrap();
        let symbols = page.split("<symbol id=\"s-").skip(1).map(|symbol| {
            let name = symbol.split('"').next().unwrap();
            let drawn = between(symbol, ">", "</symbol>").unwrap();
            // A symbol draws with the ink of its place, or it would have a colour of its own.
            let inks = drawn.replace("fill=\"none\"", "").replace("stroke=\"currentColor\"", "");
            assert!(!["fill", "stroke=", "style", "class", "#"].iter().any(|ink| inks.contains(ink)), "{drawn}");
            (name.to_owned(), drawn.to_owned())
        });
        let shapes = symbols.collect();
        Matrix { snapshot, page, shapes }
    }

    /// Each milestone with its row; what is withheld has none.
    fn rows(&self) -> impl Iterator<Item = (Id, &str)> {
        let rows = self.page.split("<tr><th scope=\"row\">").skip(1);
        rows.map(|row| (Id::new(between(row, "html\">", "</a>").unwrap()), row))
    }

    /// The first mark of a part of the page.
    fn mark(&self, part: &str) -> Look {
        let name = between(part, "<use href=\"#s-", "\"").unwrap_or_else(|| panic!("no shape in {part}"));
        let words = between(part, "</svg>", "<").unwrap_or_default().trim().to_owned();
        Look { shape: self.shapes[name].clone(), words }
    }
}
