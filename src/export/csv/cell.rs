//! One cell of a table: how it is written so that every reader takes it for what it is, and none for a formula.

use chrono::NaiveDate;

use crate::model::{Date, Words};

#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Anybody's words.
    Text(String),
    /// Our own figure: its sign is a sign.
    Number(i64),
    Date(NaiveDate),
    Truth(bool),
    Empty,
}

impl Cell {
    pub fn text(text: &str) -> Cell {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_string()) }
    }

    pub fn words(words: &Words) -> Cell {
        words.as_ref().map_or(Cell::Empty, |words| Cell::text(&words.value))
    }

    pub fn date(date: Option<NaiveDate>) -> Cell {
        date.map_or(Cell::Empty, Cell::Date)
    }

    pub fn day(date: &Date) -> Cell {
        Cell::date(date.as_ref().map(|date| date.value))
    }

    pub fn number(number: Option<i64>) -> Cell {
        number.map_or(Cell::Empty, Cell::Number)
    }

    pub fn count(count: usize) -> Cell {
        Cell::Number(count as i64)
    }

    pub fn truth(truth: Option<bool>) -> Cell {
        truth.map_or(Cell::Empty, Cell::Truth)
    }

    /// As it stands in the file.
    pub fn written(&self) -> String {
        match self {
            Cell::Text(text) => quoted(&harmless(text)),
            Cell::Number(number) => number.to_string(),
            Cell::Date(date) => date.to_string(),
            Cell::Truth(truth) => truth.to_string(),
            Cell::Empty => String::new(),
        }
    }
}

/// Several in one cell, which spreadsheets split again at `; `.
pub fn listed<'a>(items: impl IntoIterator<Item = &'a str>) -> Cell {
    Cell::text(&items.into_iter().collect::<Vec<_>>().join("; "))
}

/// Text that a spreadsheet would run as a formula gets an apostrophe before it, in their full width too.
fn harmless(text: &str) -> String {
    let runs = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if runs { format!("'{text}") } else { text.to_string() }
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_string() }
}

#[cfg(test)]
mod tests {
    use super::Cell;

    #[test]
    fn text_is_quoted_and_is_no_formula() {
        for (text, written) in [
            ("plain", "plain"),
            ("a, \"b\"", "\"a, \"\"b\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "\"'\r=1\""),
            ("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""),
            ("1 - 1", "1 - 1"),
        ] {
            assert_eq!(Cell::text(text).written(), written, "{text:?}");
        }
        assert_eq!(Cell::Number(-2).written(), "-2");
    }
}
