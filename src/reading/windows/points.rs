//! One end of a window: a unit that is counted, or one of the calendar whose year may stand at the other end.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::reading::dates::{self, Token};
use crate::reading::windows::{Grain, Habits, Notation};
use crate::reading::words::is_listed;

/// What one end of a window says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Point {
    unit: Unit,
    year: Option<Year>,
    /// "end of", "mid", "early": which third of the unit.
    third: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Counted(Grain, u32),
    /// The month may stand at the other end: `2–20 Feb 2026`.
    Day {
        month: Option<u32>,
        day: u32,
    },
    /// The week, Monday to Sunday, that holds a day.
    WeekOf(NaiveDate),
    /// A week of the ISO calendar.
    Week(u32),
    Month(u32),
    Quarter(u32),
    Half(u32),
    Year,
    /// Whatever the other end is: `Weeks 3–5`.
    Number(u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Year {
    Calendar(i32),
    /// Named by the calendar year in which it ends.
    Fiscal(i32),
}

/// A point that is all the pieces; its year and, for a day, its month may be missing.
pub(crate) fn read(tokens: &[Token], habits: Habits) -> Option<Point> {
    if let Some(date) = dates::of_tokens(tokens, habits.day_first) {
        return Some(Point::of_date(date));
    }
    if let [Token::Word(word), Token::Sign('-'), rest @ ..] | [Token::Word(word), rest @ ..] = tokens
        && let Some(third) = THIRDS.iter().position(|names| is_listed(names, word))
    {
        let point = read(rest, habits).filter(|point| point.third.is_none() && point.has_thirds())?;
        return Some(Point { third: Some(third as u32), ..point });
    }
    if let Some(date) = week_of(tokens, habits) {
        return Some(Point { unit: Unit::WeekOf(date), year: None, third: None });
    }
    let tokens: Vec<Token> = tokens.iter().map(spelled).collect();
    let whole = |year, tokens: &[Token]| unit(tokens, year, habits).map(|unit| Point { unit, year, third: None });
    whole(None, &tokens).or_else(|| {
        let (year, rest) = take_year(&tokens)?;
        whole(Some(year), rest)
    })
}

impl Point {
    fn of_date(date: NaiveDate) -> Point {
        let unit = Unit::Day { month: Some(date.month()), day: date.day() };
        Point { unit, year: Some(Year::Calendar(date.year())), third: None }
    }

    fn has_thirds(&self) -> bool {
        matches!(self.unit, Unit::Month(_) | Unit::Quarter(_) | Unit::Half(_) | Unit::Year)
            || matches!(self.unit, Unit::Number(_)) && self.year.is_some()
    }

    /// The window that is this point alone.
    pub(crate) fn notation(self, habits: Habits) -> Option<Notation> {
        if let Unit::Counted(grain, number) = self.unit {
            let number = i32::try_from(number).ok()?;
            return Some(Notation::Counted { grain, first: number, last: number });
        }
        let (grain, start, end) = self.months().dates(habits)?;
        Some(Notation::Dated { grain, start, end, first_unit_end: end })
    }

    /// The window from one point to another; what one of them leaves out is taken from the other.
    pub(crate) fn join(first: Point, last: Point, habits: Habits) -> Option<Notation> {
        let (first_unit, last_unit) = alike(first.of_calendar(last), last.of_calendar(first))?;
        if let (Unit::Counted(grain, first), Unit::Counted(other, last)) = (first_unit, last_unit) {
            let (first, last) = (i32::try_from(first).ok()?, i32::try_from(last).ok()?);
            return (grain == other).then_some(Notation::Counted { grain, first, last });
        }
        let mut left = Point { unit: first_unit, year: first.year.or(last.year), ..first }.months();
        let mut right = Point { unit: last_unit, year: last.year.or(first.year), ..last }.months();
        let (grain, mut start, mut unit_end) = left.dates(habits)?;
        let (other, last_start, mut end) = right.dates(habits)?;
        // "28 Dec – 5 Jan 2026" begins in the year before; a range whose ends both have a year stays as it is written.
        if last_start < start && first.year.is_none() {
            left.year = left.year.map(Year::before);
            (_, start, unit_end) = left.dates(habits)?;
        } else if last_start < start && last.year.is_none() {
            right.year = right.year.map(Year::after);
            end = right.dates(habits)?.2;
        }
        let grain = if grain == other { grain } else { Grain::Day };
        Some(Notation::Dated { grain, start, end, first_unit_end: unit_end })
    }

    /// Its unit; a counted week beside a year is a week of the calendar.
    fn of_calendar(&self, other: Point) -> Unit {
        match self.unit {
            Unit::Counted(Grain::Week, week) if other.year.is_some() => Unit::Week(week),
            unit => unit,
        }
    }

    /// `2026-07` and `07/2026` are months.
    fn months(self) -> Point {
        match self.unit {
            Unit::Number(number) if self.year.is_some() => Point { unit: Unit::Month(number), ..self },
            _ => self,
        }
    }

    /// Grain, first and last day. None without a year, and for what does not exist.
    fn dates(&self, habits: Habits) -> Option<(Grain, NaiveDate, NaiveDate)> {
        let (grain, first_month, months) = match self.unit {
            Unit::WeekOf(date) => {
                let monday = date.week(Weekday::Mon);
                return Some((Grain::Week, monday.checked_first_day()?, monday.checked_last_day()?));
            }
            Unit::Day { month, day } => {
                let date = NaiveDate::from_ymd_opt(self.year?.of_month(month?, habits), month?, day)?;
                return Some((Grain::Day, date, date));
            }
            Unit::Week(week) => {
                let Year::Calendar(year) = self.year? else { return None };
                let monday = NaiveDate::from_isoywd_opt(year, week, Weekday::Mon)?;
                return Some((Grain::Week, monday, monday.checked_add_days(Days::new(6))?));
            }
            Unit::Month(month) => {
                let year = self.year?.of_month(month, habits);
                let start = NaiveDate::from_ymd_opt(year, month, 1)?;
                return self.part(Grain::Month, start, 1);
            }
            Unit::Quarter(quarter) => (Grain::Quarter, quarter.checked_sub(1)? * 3, 3),
            Unit::Half(half) => (Grain::Half, half.checked_sub(1)? * 6, 6),
            Unit::Year => (Grain::Year, 0, 12),
            Unit::Counted(..) | Unit::Number(_) => return None,
        };
        let start = self.year?.start(habits)?.checked_add_months(chrono::Months::new(first_month))?;
        self.part(grain, start, months)
    }

    /// The whole unit, or the third of it that is meant: of a month the first ten days, the next ten, and the rest.
    fn part(&self, grain: Grain, start: NaiveDate, months: u32) -> Option<(Grain, NaiveDate, NaiveDate)> {
        let later = |months| start.checked_add_months(chrono::Months::new(months));
        let end = later(months)?.pred_opt()?;
        let Some(third) = self.third else { return Some((grain, start, end)) };
        if months == 1 {
            let start = start.with_day(third * 10 + 1)?;
            return Some((grain, start, if third == 2 { end } else { start.checked_add_days(Days::new(9))? }));
        }
        let length = months / 3;
        Some((grain, later(third * length)?, later((third + 1) * length)?.pred_opt()?))
    }
}

impl Year {
    fn before(self) -> Year {
        match self {
            Year::Calendar(year) => Year::Calendar(year - 1),
            Year::Fiscal(year) => Year::Fiscal(year - 1),
        }
    }

    fn after(self) -> Year {
        match self {
            Year::Calendar(year) => Year::Calendar(year + 1),
            Year::Fiscal(year) => Year::Fiscal(year + 1),
        }
    }

    fn start(self, habits: Habits) -> Option<NaiveDate> {
        match self {
            Year::Calendar(year) => NaiveDate::from_ymd_opt(year, 1, 1),
            Year::Fiscal(_) => {
                let month = habits.fiscal_year_start.clamp(1, 12);
                NaiveDate::from_ymd_opt(self.of_month(month, habits), month, 1)
            }
        }
    }

    /// The calendar year in which a month of this year lies.
    fn of_month(self, month: u32, habits: Habits) -> i32 {
        match self {
            Year::Calendar(year) => year,
            Year::Fiscal(year) if habits.fiscal_year_start > 1 && month >= habits.fiscal_year_start => year - 1,
            Year::Fiscal(year) => year,
        }
    }
}

/// Two ends in one sort of unit: a bare number is what the other end is.
fn alike(first: Unit, last: Unit) -> Option<(Unit, Unit)> {
    use Unit::{Day, Number};
    Some(match (first, last) {
        (Number(first), Number(last)) => (Number(first), Number(last)),
        (Number(number), other) => (other.with_number(number)?, other),
        (other, Number(number)) => (other, other.with_number(number)?),
        (Day { month, day }, Day { month: other, day: last }) => {
            (Day { month: month.or(other), day }, Day { month: other.or(month), day: last })
        }
        units => units,
    })
}

impl Unit {
    fn with_number(self, number: u32) -> Option<Unit> {
        match self {
            Unit::Counted(grain, _) => Some(Unit::Counted(grain, number)),
            Unit::Day { month, .. } => Some(Unit::Day { month, day: number }),
            Unit::Week(_) => Some(Unit::Week(number)),
            Unit::Month(_) => Some(Unit::Month(number)),
            Unit::Quarter(_) => Some(Unit::Quarter(number)),
            Unit::Half(_) => Some(Unit::Half(number)),
            Unit::Year | Unit::WeekOf(_) | Unit::Number(_) => None,
        }
    }
}

/// The unit without its year; which unit some letters mean hangs on whether there is one.
fn unit(tokens: &[Token], year: Option<Year>, habits: Habits) -> Option<Unit> {
    use Token::{Number, Sign, Word};
    match tokens {
        [] => year.map(|_| Unit::Year),
        [Word(word)] | [Word(word), Sign('.')] => dates::month(word).map(Unit::Month),
        [Number(number, 1 | 2)] | [Number(number, 1 | 2), Sign('.')] => Some(Unit::Number(*number)),
        [Number(day, 1 | 2), Word(word)]
        | [Number(day, 1 | 2), Sign('.'), Word(word)]
        | [Word(word), Number(day, 1 | 2)]
            if dates::month(word).is_some() =>
        {
            Some(Unit::Day { month: dates::month(word), day: *day })
        }
        [Word(word), Sign('.'), rest @ ..] if matches!(rest, [Number(..), ..]) => {
            unit(&[&[Word(word.clone())], rest].concat(), year, habits)
        }
        [Word(word), Number(number, 1..=3)] => lettered(word, *number, year),
        [Number(number, 1), Word(word)] | [Number(number, 1), Sign('.'), Word(word)] if *number > 0 => {
            if is_listed(QUARTERS, word) || is_listed(FRENCH_QUARTERS, word) {
                (*number <= 4).then_some(Unit::Quarter(*number))
            } else {
                (is_listed(HALVES, word) && *number <= 2).then_some(Unit::Half(*number))
            }
        }
        _ if year.is_none() => day_and_month(tokens, habits),
        _ => None,
    }
}

/// `W3`, `Sprint 4`, `Q3`, `H1`.
fn lettered(word: &str, number: u32, year: Option<Year>) -> Option<Unit> {
    let dated = year.is_some();
    if (is_listed(QUARTERS, word) || dated && is_listed(FRENCH_QUARTERS, word)) && (1..=4).contains(&number) {
        return Some(Unit::Quarter(number));
    }
    if (is_listed(HALVES, word) || dated && is_listed(ROMANCE_HALVES, word)) && (1..=2).contains(&number) {
        return Some(Unit::Half(number));
    }
    if is_listed(CALENDAR_WEEKS, word) || dated && is_listed(WEEKS, word) {
        return Some(Unit::Week(number));
    }
    let counted = COUNTED.iter().find(|(_, names)| is_listed(names, word));
    counted.filter(|_| !dated).map(|(grain, _)| Unit::Counted(*grain, number))
}

/// `10-03` behind a full date, `02.02.` before one, `2/2` before `6/3/2026`.
fn day_and_month(tokens: &[Token], habits: Habits) -> Option<Unit> {
    use Token::{Number, Sign};
    let (month, day) = match *tokens {
        [Number(month, 2), Sign('-'), Number(day, 2)] => (month, day),
        [Number(day, 1 | 2), Sign('.'), Number(month, 1 | 2)]
        | [Number(day, 1 | 2), Sign('.'), Number(month, 1 | 2), Sign('.')] => (month, day),
        [Number(first, 1 | 2), Sign('/'), Number(second, 1 | 2)] if habits.day_first => (second, first),
        [Number(first, 1 | 2), Sign('/'), Number(second, 1 | 2)] => (first, second),
        _ => return None,
    };
    (1..=12).contains(&month).then_some(Unit::Day { month: Some(month), day })
}

/// `week of 16 March 2026`, `w/c 16/03/2026`, `week ending 20 March 2026`.
fn week_of(tokens: &[Token], habits: Habits) -> Option<NaiveDate> {
    use Token::{Sign, Word};
    let rest = match tokens {
        [Word(w), Sign('/'), Word(letter), rest @ ..] if w == "w" && is_listed(WEEK_LETTERS, letter) => rest,
        [Word(week), Word(word), rest @ ..] if is_listed(WEEKS, week) && is_listed(WEEK_WORDS, word) => rest,
        [Word(week), rest @ ..] if is_listed(WEEKS, week) && rest.len() > 2 => rest,
        [Word(word), rest @ ..] if is_listed(WEEK_LETTERS, word) => rest,
        _ => return None,
    };
    dates::of_tokens(rest, habits.day_first)
}

/// The year at the end or at the beginning, and what is left.
fn take_year(tokens: &[Token]) -> Option<(Year, &[Token])> {
    use Token::{Number, Sign, Word};
    let fiscal =
        |word: &str, number, digits| dates::year(number, digits).filter(|_| is_listed(FISCAL, word)).map(Year::Fiscal);
    let (year, rest) = match tokens {
        [rest @ .., Word(word), Sign('\''), Number(number, 2)] if is_listed(FISCAL, word) => {
            (fiscal(word, *number, 2)?, rest)
        }
        // FY2025/26 ends in 2026.
        [rest @ .., Word(word), Number(..), Sign('/' | '-'), Number(number, digits @ (2 | 4))]
            if is_listed(FISCAL, word) =>
        {
            (fiscal(word, *number, *digits)?, rest)
        }
        [Word(word), Number(first, 2 | 4), Sign('/'), Number(number, 2), rest @ ..]
            if is_listed(FISCAL, word) && (first + 1) % 100 == *number =>
        {
            (fiscal(word, *number, 2)?, rest)
        }
        [rest @ .., Word(word), Number(number, digits)] if is_listed(FISCAL, word) => {
            (fiscal(word, *number, *digits)?, rest)
        }
        [Word(word), Number(number, digits), rest @ ..] if is_listed(FISCAL, word) => {
            (fiscal(word, *number, *digits)?, rest)
        }
        [rest @ .., Sign('\''), Number(number, 2)] => (Year::Calendar(dates::year(*number, 2)?), rest),
        [rest @ .., Number(number, 4)] => (Year::Calendar(dates::year(*number, 4)?), rest),
        [Number(number, 4), rest @ ..] => (Year::Calendar(dates::year(*number, 4)?), rest),
        // "Q3 26", "3Q26".
        [rest @ .., Number(number, 2)] if has_quarter(rest) => (Year::Calendar(dates::year(*number, 2)?), rest),
        _ => return None,
    };
    let rest = match rest {
        [rest @ .., Sign('/' | '-' | '.')] if !matches!(rest, [] | [.., Sign(_)]) => rest,
        [Sign('/' | '-' | '.'), rest @ ..] => rest,
        rest => rest,
    };
    Some((year, rest))
}

fn has_quarter(tokens: &[Token]) -> bool {
    tokens
        .iter()
        .any(|token| matches!(token, Token::Word(word) if is_listed(QUARTERS, word) || is_listed(HALVES, word)))
        && tokens.iter().any(|token| matches!(token, Token::Number(..)))
}

/// Ordinal words as numbers, so that "third quarter" is "3 quarter".
fn spelled(token: &Token) -> Token {
    let Token::Word(word) = token else { return token.clone() };
    match SPELLED.iter().position(|names| is_listed(names, word)) {
        Some(index) => Token::Number(index as u32 + 1, 1),
        None => token.clone(),
    }
}

const COUNTED: &[(Grain, &str)] = &[
    (Grain::Week, WEEKS),
    (Grain::Sprint, "sprint, sprints, spr, iteration, iterations, iteracion, iteraciones"),
    (Grain::Month, "month, months, mth, mths, monat, monate, mois, mes, meses"),
    (Grain::Day, "day, days, tag, tage, jour, jours, dia, dias"),
    (Grain::Year, "year, years, yr, jahr, jahre, an, annee, annees, ano, anos"),
];
const WEEKS: &str = "week, weeks, wk, wks, w, woche, wochen, semaine, semaines, sem, semana, semanas";
/// Weeks that only the calendar counts.
const CALENDAR_WEEKS: &str = "kw, cw, kalenderwoche, kalenderwochen";
const WEEK_WORDS: &str = "commencing, beginning, starting, ending, vom, ab, comenzando, commencant";
const WEEK_LETTERS: &str = "c, b, e, wc, wb, we";
const QUARTERS: &str = "q, quarter, quarters, qtr, quartal, quartale, trimestre, trimestres, trim";
/// Only with a year behind them: `T3 2026`, `S1 2026`.
const FRENCH_QUARTERS: &str = "t";
const ROMANCE_HALVES: &str = "s";
const HALVES: &str = "h, half, halves, hy, halbjahr, hj, semestre, semestres";
const FISCAL: &str = "fy, fiscal, gj, geschaftsjahr";
const SPELLED: [&str; 4] = [
    "first, erstes, erste, premier, premiere, primer, primero, primera",
    "second, zweites, zweite, deuxieme, segundo, segunda",
    "third, drittes, dritte, troisieme, tercer, tercero",
    "fourth, viertes, vierte, quatrieme, cuarto",
];
/// Which third of a unit: beginning, middle, end.
const THIRDS: [&str; 3] = [
    "early, beginning, start, begin, anfang, beginn, debut, principios, inicio, comienzos",
    "mid, middle, mitte, mi, mediados",
    "end, late, ende, fin, finales, eo",
];
