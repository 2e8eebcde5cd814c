//! Target windows in the notations that people use.

pub mod notations;
mod points;
mod spans;

use chrono::NaiveDate;

use crate::reading::dates::{self, Token};
use crate::reading::windows::points::Point;
use crate::reading::words;

/// The size of the unit that a window is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grain {
    Day,
    Week,
    Sprint,
    Month,
    Quarter,
    Half,
    Year,
}

/// What a window says, before a calendar gives it dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notation {
    /// Units counted from the programme's start, 1-based, inclusive: `Weeks 1–3`, `Sprint 4`, `Month 2`.
    Counted { grain: Grain, first: i32, last: i32 },
    /// Dates of whole units: `Q3 2026`, `March 2026`, `2026-W07`, `2026-03-01..2026-03-20`. `first_unit_end` is the
    /// last day of its first unit.
    Dated { grain: Grain, start: NaiveDate, end: NaiveDate, first_unit_end: NaiveDate },
    /// Calendar days after the start of week 1: `T0+6 weeks`.
    Offset { days: i64 },
    /// `after M5`.
    After { milestone: String },
    /// `2 weeks`, in calendar days.
    Duration { days: i64 },
    /// `TBD`, `–`, `ongoing`: words that say there is none.
    Open,
}

/// How dates are written here: what a calendar says of notations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Habits {
    pub day_first: bool,
    /// 1–12; FY26 ends in 2026 whatever it is.
    pub fiscal_year_start: u32,
}

impl Default for Habits {
    fn default() -> Habits {
        Habits { day_first: true, fiscal_year_start: 1 }
    }
}

/// What the words mean; None where they are not understood. A quarter, a month or a day without a year is not
/// understood either: a guess at the year would pass for the author's word.
pub fn read(text: &str, habits: Habits) -> Option<Notation> {
    if words::is_nothing(text) || words::is_placeholder(text) {
        return Some(Notation::Open);
    }
    if text.len() > LONGEST {
        return None;
    }
    let folded = words::fold(text);
    let told = folded.trim_start_matches(|letter: char| !letter.is_alphanumeric() && !"(+".contains(letter));
    let told = told.trim_end_matches(|letter: char| !letter.is_alphanumeric() && letter != ')');
    let read = notation(told, habits).or_else(|| {
        // "Q2 2026 (to be agreed)": what stands in brackets behind a window explains it.
        let outside = told.strip_suffix(')')?.rfind('(').filter(|start| *start > 0)?;
        let outside = told[..outside].trim_end();
        if words::is_placeholder(outside) { Some(Notation::Open) } else { notation(outside, habits) }
    });
    read.or_else(|| after(text, habits))
}

fn notation(told: &str, habits: Habits) -> Option<Notation> {
    if words::is_listed(OPEN, told) {
        return Some(Notation::Open);
    }
    let mut tokens = dates::tokens(told);
    while let Some(Token::Word(word)) = tokens.first()
        && words::is_listed(PREFIXES, word)
    {
        tokens.remove(0);
    }
    let whole = points::read(&tokens, habits).and_then(|point| point.notation(habits));
    whole.or_else(|| range(&tokens, habits)).or_else(|| spans::offset(&tokens)).or_else(|| spans::duration(&tokens))
}

/// Two points with a sign or a word between them; the signs that stand for nothing else first.
fn range(tokens: &[Token], habits: Habits) -> Option<Notation> {
    let divides = |token: &Token| match token {
        Token::Sign('→') => Some(0),
        Token::Word(word) if words::is_listed(RANGE_WORDS, word) => Some(1),
        Token::Sign('-') => Some(2),
        Token::Sign('&') => Some(3),
        Token::Word(word) if words::is_listed(PAIR_WORDS, word) => Some(3),
        _ => None,
    };
    let places = |rank: u8| tokens.iter().enumerate().filter(move |(_, token)| divides(token) == Some(rank));
    (0..=3).flat_map(|rank| places(rank).map(move |(place, _)| (rank, place))).find_map(|(rank, place)| {
        let first = points::read(&tokens[..place], habits)?;
        let last = points::read(&tokens[place + 1..], habits)?;
        Point::join(first, last, habits).filter(|notation| rank < 3 || is_pair(notation))
    })
}

/// Whether a window is two units, one behind the other: "weeks 1 and 2" is a window, "weeks 1 and 5" is not.
fn is_pair(notation: &Notation) -> bool {
    match notation {
        Notation::Counted { first, last, .. } => *last == first.saturating_add(1),
        Notation::Dated { grain: Grain::Day, start, end, .. } => start.succ_opt() == Some(*end),
        Notation::Dated { start, end, first_unit_end, .. } => {
            // The second unit is as long as the first, give or take the odd days of months.
            let (unit, whole) = (*first_unit_end - *start, *end - *start);
            (whole.num_days() - 2 * unit.num_days()).abs() <= 5
        }
        _ => false,
    }
}

/// `after M5`: the id in the author's letters, without a word of completion behind it.
fn after(text: &str, habits: Habits) -> Option<Notation> {
    let words: Vec<&str> = text.trim().trim_end_matches('.').split_whitespace().collect();
    let folded: Vec<String> = words.iter().map(|word| words::fold(word)).collect();
    let phrases = AFTER.split(", ").map(|phrase| phrase.split(' ').collect::<Vec<_>>());
    let start = phrases
        .filter(|phrase| folded.iter().zip(phrase).filter(|(word, part)| word == part).count() == phrase.len())
        .map(|phrase| phrase.len())
        .max()?;
    let end = folded.iter().rposition(|word| !words::is_listed(COMPLETED, word))? + 1;
    let rest = words.get(start..end)?.join(" ");
    let another = rest.contains('+') || !matches!(read(&rest, habits), None | Some(Notation::Open));
    (!rest.is_empty() && !another).then_some(Notation::After { milestone: rest })
}

const LONGEST: usize = 120;

/// Words before a window that leave it what it is.
const PREFIXES: &str = "by, due, target, in, during, im, en, est, estimated, expected, planned, approx, approximately, \
     about, around, circa, ca, from, between, von, vom, bis, zwischen, entre, desde, for, until, on, am, before end, \
     hasta, para, avant, spatestens, delivery";

const RANGE_WORDS: &str = "to, bis, a, au, al, until, till, through, thru, hasta, jusque";
const PAIR_WORDS: &str = "and, und, et, y";

/// Words that say there is no window.
const OPEN: &str = "ongoing, continuous, rolling, open, open ended, open-ended, unscheduled, not scheduled, not planned, \
     asap, soon, later, future, someday, backlog, unknown, undated, no date, to be scheduled, to be planned, as needed, \
     on demand, permanent, laufend, offen, fortlaufend, unbestimmt, spater, en continu, en cours, plus tard, continuo, \
     en curso, mas adelante, sin fecha, sans date, ohne termin";

const AFTER: &str = "after completion of, after, following, upon completion of, on completion of, upon, once, nach abschluss von, \
     nach, apres, despues de";

const COMPLETED: &str =
    "complete, completed, completion, done, passed, exit, closed, abgeschlossen, termine, completado";

#[cfg(test)]
mod tests {
    use super::{Grain, Habits, Notation, read};

    #[test]
    fn the_first_unit_of_a_range_of_days_is_its_first_day() {
        let written = read("2 Feb – 6 Mar 2026", Habits::default());
        assert!(
            matches!(written, Some(Notation::Dated { start, first_unit_end, end, .. }) if start == first_unit_end && start < end)
        );
    }

    #[test]
    fn an_empty_cell_is_no_window() {
        assert_eq!(read("", Habits::default()), Some(Notation::Open));
    }

    #[test]
    fn a_window_that_is_written_backwards_stays_so() {
        for (written, meant) in [
            ("Weeks 5–3", "weeks 5 to 3 of the programme"),
            ("2026-03-20..2026-03-01", "days: 2026-03-20 to 2026-03-01"),
        ] {
            assert_eq!(read(written, Habits::default()).map(|told| told.to_string()).as_deref(), Some(meant));
        }
    }

    #[test]
    fn grains_are_ordered_by_size() {
        assert!(Grain::Day < Grain::Week && Grain::Sprint < Grain::Month && Grain::Half < Grain::Year);
    }
}
