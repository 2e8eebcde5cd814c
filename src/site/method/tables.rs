//! The decision tables of the derivation, in plain words. See design: status.

use crate::site::material::{Material, capital};
use crate::site::method::{ColourRow, Row, Table};
use crate::site::words::Words;
use crate::status::Colour;

const AXIOMS: [&str; 7] = ["lower", "unknown", "mostly", "worst", "reason", "rewritten", "pure"];

const EVIDENCE: [&str; 7] = ["accepted", "order", "acceptor", "standing", "file", "words", "expiry"];

const CRITERION: [&str; 7] = ["not_applicable", "failed", "met", "waived", "lapsed", "submitted", "open"];

const READINESS: [&str; 6] =
    ["undefined", "not_ready", "in_progress", "awaiting_acceptance", "ready_with_waivers", "ready"];

/// Rows of the gate table, each with the state whose word heads it.
const GATE: [(&str, &str); 11] = [
    ("stopped", "stopped"),
    ("held", "held"),
    ("recycled", "recycled"),
    ("no_criterion", "passed_by_override"),
    ("override", "passed_by_override"),
    ("condition_breached", "condition_breached"),
    ("via_conditions", "passed"),
    ("conditionally_passed", "conditionally_passed"),
    ("passed_with_waivers", "passed_with_waivers"),
    ("passed", "passed"),
    ("overdue_decision", "overdue_decision"),
];

const DIMENSIONS: [&str; 6] = ["time", "criteria", "gate", "dependency", "risk", "data_quality"];

pub fn axioms(words: &Words) -> Vec<String> {
    AXIOMS.iter().map(|axiom| words.of("method.axiom", axiom)).collect()
}

pub fn evidence(words: &Words) -> Vec<String> {
    EVIDENCE.iter().map(|condition| words.of("method.evidence", condition)).collect()
}

/// Best to worst.
pub fn colours(material: &Material) -> Vec<ColourRow> {
    let row = |colour: Colour| colour_row(material, colour, &format!("method.colour.{}", colour.code()));
    Colour::ALL.map(row).to_vec()
}

pub fn roll_up(material: &Material) -> Vec<ColourRow> {
    let row = |colour: Colour| colour_row(material, colour, &format!("method.roll_up.{}", colour.code()));
    [Colour::Unknown, Colour::Red, Colour::Amber, Colour::Green, Colour::OnPlan].map(row).to_vec()
}

fn colour_row(material: &Material, colour: Colour, key: &str) -> ColourRow {
    let word = capital(&material.words.of("colour", colour.code()));
    ColourRow { mark: material.state(colour, word), text: material.words.say(key) }
}

pub fn decisions(words: &Words) -> Vec<Table> {
    let simple = |names: &[&'static str]| names.iter().map(|name| (*name, *name)).collect::<Vec<_>>();
    vec![
        table(words, "criterion", "criterion_state", &simple(&CRITERION), &["when", "mark"]),
        table(words, "readiness", "readiness", &simple(&READINESS), &["when", "best"]),
        table(words, "gate", "gate_state", &GATE, &["when", "colour"]),
        table(words, "dimensions", "dimension", &simple(&DIMENSIONS), &["good", "amber", "red"]),
    ]
}

/// `family` has the words of the first column, `method.<id>.<row>.<column>` those of the others.
fn table(words: &Words, id: &'static str, family: &str, rows: &[(&str, &str)], columns: &[&str]) -> Table {
    let say = |part: &str| words.say(&format!("method.{id}.{part}"));
    let rows = rows.iter().map(|(row, state)| Row {
        head: capital(&words.of(family, state)),
        cells: columns.iter().map(|column| say(&format!("{row}.{column}"))).collect(),
    });
    let columns = columns.iter().map(|column| words.of("method.column", column));
    Table {
        id,
        heading: say("heading"),
        note: say("note"),
        caption: say("caption"),
        columns: [say("first")].into_iter().chain(columns).collect(),
        rows: rows.collect(),
    }
}
