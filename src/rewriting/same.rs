//! Says whether a programme that was rewritten is the same but for what was asked.

use std::collections::HashSet;

use serde_json::Value;

use crate::model::Programme;
use crate::model::narrative::Piece;
use crate::reading::words;
use crate::rewriting::Step;
use crate::source::Html;

/// `names` are the ids that were written, `changes` how many changes were made. Places in sources do not count.
pub fn but_for(step: Step, before: &Programme, after: &Programme, names: &HashSet<&str>, changes: usize) -> bool {
    let written = match step {
        Step::Align | Step::Split => 0,
        Step::NameRecords | Step::NameCriteria => changes,
    };
    let is_written = derived(before) == derived(after) + written;
    is_written && told(step, before, names) == told(step, after, names)
}

/// How many ids were derived.
fn derived(programme: &Programme) -> usize {
    let records = programme.records().filter(|(_, record)| record.id_derived).count();
    records + programme.criteria().filter(|(_, criterion)| criterion.id_derived).count()
}

/// All that a programme says, without what the step may change.
fn told(step: Step, programme: &Programme, names: &HashSet<&str>) -> Value {
    let mut programme = programme.clone();
    match step {
        Step::Align => {}
        Step::Split => without_separators(&mut programme),
        Step::NameRecords | Step::NameCriteria => without_names(&mut programme, names),
    }
    serde_json::to_value(&programme).expect("a programme is plain data with text keys")
}

fn without_separators(programme: &mut Programme) {
    for milestone in &mut programme.milestones {
        for criterion in milestone.entry.criteria.iter_mut().chain(&mut milestone.exit.criteria) {
            criterion.split_on_commas = false;
        }
    }
    change_cells(programme, |cell| {
        let words = cell.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';'));
        let words = words.filter(|word| !word.is_empty() && !JOINERS.contains(word));
        words.collect::<Vec<_>>().join(" ")
    });
}

fn without_names(programme: &mut Programme, names: &HashSet<&str>) {
    for (_, record) in programme.records_mut() {
        record.id_derived = false;
    }
    for milestone in &mut programme.milestones {
        for criterion in milestone.entry.criteria.iter_mut().chain(&mut milestone.exit.criteria) {
            criterion.id_derived = false;
        }
    }
    change_cells(programme, |cell| {
        let is_blank = names.contains(cell.trim()) || words::is_nothing(cell) || words::is_placeholder(cell);
        if is_blank { String::new() } else { nameless(cell, names) }
    });
    for narrative in &mut programme.narratives {
        for piece in &mut narrative.pieces {
            if let Piece::Prose(html) = piece {
                *html = Html::escaped(&nameless(html.as_str(), names));
            }
        }
    }
}

fn change_cells(programme: &mut Programme, change: impl Fn(&str) -> String) {
    for narrative in &mut programme.narratives {
        for piece in &mut narrative.pieces {
            let (Piece::Table { rows, .. } | Piece::Records(rows)) = piece else { continue };
            for cell in rows.iter_mut().flat_map(|row| &mut row.cells) {
                *cell = change(cell);
            }
        }
    }
}

/// A text without `M2-X3: ` for every name.
fn nameless(text: &str, names: &HashSet<&str>) -> String {
    let is_of_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let mut left = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let length = rest.find(|letter| !is_of_name(letter)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(length);
        if names.contains(word)
            && let Some(after) = after.strip_prefix(": ")
        {
            rest = after;
            continue;
        }
        let sign = after.chars().next().map_or(0, char::len_utf8);
        left.push_str(&rest[..length + sign]);
        rest = &rest[length + sign..];
    }
    left
}

/// Words before the last of several criteria, which go with the comma.
const JOINERS: &[&str] = &["and", "und", "et", "y", "&"];
