//! How are colours made?

mod rules;
mod tables;
mod thresholds;

use serde::Serialize;

use crate::site::View;
use crate::site::material::{Mark, Material};
use crate::site::method::rules::Family;
use crate::site::method::thresholds::Fact;

#[derive(Debug, Clone, Serialize)]
pub struct MethodView {
    pub axioms: Vec<String>,
    /// What must all be so for evidence to count.
    pub evidence: Vec<String>,
    pub colours: Vec<ColourRow>,
    pub tables: Vec<Table>,
    pub roll_up: Vec<ColourRow>,
    pub thresholds: Vec<Fact>,
    pub families: Vec<Family>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ColourRow {
    pub mark: Mark,
    pub text: String,
}

/// A decision table: the first row that is so decides.
#[derive(Debug, Clone, Serialize)]
pub struct Table {
    pub id: &'static str,
    pub heading: String,
    pub note: String,
    pub caption: String,
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub head: String,
    /// One for each column after the first.
    pub cells: Vec<String>,
}

pub fn page(material: &Material) -> (&'static str, String, View) {
    let view = MethodView {
        axioms: tables::axioms(material.words),
        evidence: tables::evidence(material.words),
        colours: tables::colours(material),
        tables: tables::decisions(material.words),
        roll_up: tables::roll_up(material),
        thresholds: thresholds::of(material),
        families: rules::families(material),
    };
    ("method.html", material.words.say("nav.method"), View::Method(Box::new(view)))
}
