//! Dates in the notations that people use.

use chrono::NaiveDate;

use crate::reading::words::{fold, is_listed};

/// The date that the words name (`2026-03-16`, `16 Mar 2026`, `Mon 16 March 2026`, `16/03/2026`, `16.03.2026`, an ISO
/// date-time); None where they are not one whole date that exists. Without `day_first`, `03/16/2026` is read; the other
/// order is then none, since a column read in two ways would be wrong without a word.
pub fn read(text: &str, day_first: bool) -> Option<NaiveDate> {
    if text.len() > LONGEST {
        return None;
    }
    of_tokens(&tokens(&fold(text)), day_first)
}

/// What keeps words that look like a date from being one.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// "February 2026 has 28 days".
    pub what: String,
    /// The date that is meant, where only one can be: `2026-02-13`.
    pub meant: Option<String>,
}

/// Why the words are no date; None where they are one, or look like none.
pub fn fault(text: &str, day_first: bool) -> Option<Fault> {
    if text.len() > LONGEST {
        return None;
    }
    let tokens = tokens(&fold(text));
    use Token::{Number, Sign, Word};
    let told: Vec<&Token> = tokens.iter().filter(|token| !matches!(token, Sign('.' | '-' | '/' | '\''))).collect();
    let (year, month, day) = match told[..] {
        [Number(year, 4), Number(month, 1 | 2), Number(day, 1 | 2)] => (self::year(*year, 4)?, *month, *day),
        [Number(first, 1 | 2), Number(second, 1 | 2), Number(year, digits @ (2 | 4))] => {
            let (day, month) = if day_first { (*first, *second) } else { (*second, *first) };
            (self::year(*year, *digits)?, month, day)
        }
        [Number(day, 1 | 2), Word(name), Number(year, digits @ (2 | 4))] => {
            (self::year(*year, *digits)?, self::month(name)?, *day)
        }
        [Word(name), Number(day, 1 | 2), Number(year, 4)] => (self::year(*year, 4)?, self::month(name)?, *day),
        [Number(_, 1 | 2), Word(name)] | [Word(name), Number(_, 1 | 2)] if self::month(name).is_some() => {
            return Some(Fault { what: "it has no year".to_string(), meant: None });
        }
        _ => return None,
    };
    if !(1..=12).contains(&month) {
        // Day and month in the other order; in a date that begins with its year nobody means that.
        let swapped = NaiveDate::from_ymd_opt(year, day, month).map(|date| date.to_string());
        return Some(Fault { what: format!("there is no month {month}"), meant: swapped });
    }
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    let days = first.checked_add_months(chrono::Months::new(1))?.signed_duration_since(first).num_days();
    let is_beyond = day == 0 || i64::from(day) > days;
    is_beyond.then(|| Fault { what: format!("{} has {days} days", first.format("%B %Y")), meant: None })
}

/// The first date, day first, that the words hold and that others would read month first: `02/03/2026`. None where there is
/// none; a day and a month of the same number are no doubt.
pub fn ambiguous(text: &str) -> Option<NaiveDate> {
    let is_both = |(first, second, _): &(u32, u32, NaiveDate)| *first <= 12 && first != second;
    in_digits(text).into_iter().find(is_both).map(|(_, _, date)| date)
}

/// Do the words hold a date that has to be read day first: `16/03/2026`?
pub fn shows_day_first(text: &str) -> bool {
    in_digits(text).iter().any(|(first, ..)| *first > 12)
}

/// The dates whose year comes last in digits, as they are read day first: the two numbers of each, and itself. With dots
/// they are read so everywhere.
fn in_digits(text: &str) -> Vec<(u32, u32, NaiveDate)> {
    use Token::{Number, Sign};
    if text.len() > LONGEST || !text.contains(['/', '-']) {
        return Vec::new();
    }
    let dates = tokens(&fold(text));
    let dates = dates.windows(5).filter_map(|tokens| match *tokens {
        [Number(first, 1 | 2), Sign('/' | '-'), Number(second, 1 | 2), Sign('/' | '-'), _] => {
            Some((first, second, numeric(tokens, true)?))
        }
        _ => None,
    });
    dates.collect()
}

/// A piece of a notation. Commas, ordinal endings and words such as "of" are no pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    /// The number and how many digits it is written with.
    Number(u32, usize),
    Word(String),
    /// Any other character; `→` also for `->` and `..`.
    Sign(char),
}

/// The pieces of a folded text.
pub(crate) fn tokens(folded: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = folded;
    while let Some(letter) = rest.chars().next() {
        let same = |kind: fn(char) -> bool| rest.find(|letter| !kind(letter)).unwrap_or(rest.len());
        let length;
        if letter.is_ascii_digit() {
            length = same(|letter| letter.is_ascii_digit());
            // A longer number is no part of a date, and might not fit.
            let number = rest[..length].parse().ok().filter(|_| length <= 8);
            tokens.push(number.map_or(Token::Sign('?'), |number| Token::Number(number, length)));
        } else if letter.is_alphabetic() {
            length = same(char::is_alphabetic);
            let word = &rest[..length];
            let ordinal = matches!(tokens.last(), Some(Token::Number(..))) && is_listed(ORDINALS, word);
            if !ordinal && !is_listed(FILLERS, word) {
                tokens.push(Token::Word(word.to_string()));
            }
        } else if let Some(arrow) = ARROWS.iter().find(|arrow| rest.starts_with(*arrow)) {
            length = arrow.len();
            tokens.push(Token::Sign('→'));
        } else {
            length = letter.len_utf8();
            if !IGNORED.contains(letter) {
                tokens.push(Token::Sign(letter));
            }
        }
        rest = &rest[length..];
    }
    tokens
}

/// The one date that the pieces are.
pub(crate) fn of_tokens(tokens: &[Token], day_first: bool) -> Option<NaiveDate> {
    let of = |tokens: &[Token]| numeric(tokens, day_first).or_else(|| named(tokens));
    of(tokens).or_else(|| match tokens {
        [Token::Word(weekday), Token::Sign('.'), rest @ ..] if is_listed(WEEKDAYS, weekday) => of(rest),
        [Token::Word(weekday), rest @ ..] if is_listed(WEEKDAYS, weekday) => of(rest),
        [rest @ .., Token::Word(weekday)] if is_listed(WEEKDAYS, weekday) => of(rest),
        _ => None,
    })
}

/// The number, 1–12, of a month's name or abbreviation.
pub(crate) fn month(word: &str) -> Option<u32> {
    MONTHS.iter().position(|names| is_listed(names, word)).map(|index| index as u32 + 1)
}

/// `26` is 2026; a year of four digits is itself.
pub(crate) fn year(number: u32, digits: usize) -> Option<i32> {
    match digits {
        2 => Some(2000 + number as i32),
        4 if (1900..=2199).contains(&number) => Some(number as i32),
        _ => None,
    }
}

/// Dates in digits, with a time behind them where the year comes first.
fn numeric(tokens: &[Token], day_first: bool) -> Option<NaiveDate> {
    use Token::{Number, Sign};
    match *tokens {
        [Number(date, 8)] => day_of(date / 10_000, 4, date / 100 % 100, date % 100),
        [Number(year, 4), Sign(sign), Number(month, 1 | 2), Sign(other), Number(day, 1 | 2), ref time @ ..]
            if sign == other && "-/.".contains(sign) && is_time(time) =>
        {
            day_of(year, 4, month, day)
        }
        [Number(first, 1 | 2), Sign(sign), Number(second, 1 | 2), Sign(other), Number(year, digits)]
            if sign == other && ("/.".contains(sign) || sign == '-' && digits == 4) =>
        {
            let (day, month) = if day_first || sign == '.' { (first, second) } else { (second, first) };
            day_of(year, digits, month, day)
        }
        _ => None,
    }
}

/// Dates with the name of the month.
fn named(tokens: &[Token]) -> Option<NaiveDate> {
    use Token::{Number, Sign, Word};
    let told = tokens.iter().filter(|token| !matches!(token, Sign('.' | '-' | '/' | '\'')));
    let told: Vec<&Token> = told.collect();
    match told[..] {
        [Number(day, 1 | 2), Word(name), Number(year, digits)] => day_of(*year, *digits, month(name)?, *day),
        [Word(name), Number(day, 1 | 2), Number(year, 4)] => day_of(*year, 4, month(name)?, *day),
        [Number(year, 4), Word(name), Number(day, 1 | 2)] => day_of(*year, 4, month(name)?, *day),
        _ => None,
    }
}

fn day_of(year_number: u32, digits: usize, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year(year_number, digits)?, month, day)
}

/// Nothing, or a time of day.
fn is_time(tokens: &[Token]) -> bool {
    let part = |token: &Token| match token {
        Token::Number(..) => true,
        Token::Word(word) => is_listed(TIME_WORDS, word),
        Token::Sign(sign) => ":.+-".contains(*sign),
    };
    tokens.is_empty() || (tokens.contains(&Token::Sign(':')) && tokens.iter().all(part))
}

const LONGEST: usize = 80;

/// Each month's names: English, German, French, Spanish, folded.
const MONTHS: [&str; 12] = [
    "january, jan, januar, janner, jaenner, janvier, janv, enero, ene",
    "february, feb, februar, febr, fevrier, fevr, fev, febrero",
    "march, mar, marz, maerz, mrz, mars, marzo",
    "april, apr, avril, avr, abril, abr",
    "may, mai, mayo",
    "june, jun, juni, juin, junio",
    "july, jul, juli, juillet, juil, julio",
    "august, aug, aout, agosto, ago",
    "september, sep, sept, septembre, septiembre, set, setiembre",
    "october, oct, oktober, okt, octobre, octubre",
    "november, nov, novembre, noviembre",
    "december, dec, dezember, dez, decembre, diciembre, dic",
];

const WEEKDAYS: &str = "monday, mon, tuesday, tue, tues, wednesday, wed, thursday, thu, thur, thurs, friday, fri, saturday, \
     sat, sunday, sun, montag, mo, dienstag, di, mittwoch, mi, donnerstag, do, freitag, fr, samstag, sa, sonntag, so, \
     lundi, lun, mardi, mar, mercredi, mer, jeudi, jeu, vendredi, ven, samedi, sam, dimanche, dim, lunes, martes, \
     miercoles, mie, jueves, jue, viernes, vie, sabado, sab, domingo, dom";

const ORDINALS: &str = "st, nd, rd, th, er, ere, eme, º, ª, e";
const FILLERS: &str = "of, the, de, del, des, der, den, dem, le, la, les, el, los, du";
const TIME_WORDS: &str = "t, z, utc, gmt, am, pm, h, uhr, cet, cest";
const ARROWS: &[&str] = &["->", "=>", "...", "..", "…", "→", "⇒", "➔", "➜"];
const IGNORED: &str = " ,#~≈°";

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn dates_are_read_in_the_notations_that_people_use() {
        let day = |text: &str| read(text, true).map(|date| date.to_string());
        for written in [
            "2026-03-16",
            "2026/03/16",
            "2026.3.16",
            "20260316",
            "2026-03-16T17:00:00Z",
            "2026-03-16 09:30",
            "2026-03-16T17:00:00+01:00",
            "16 Mar 2026",
            "16 March 2026",
            "16th of March, 2026",
            "16th March 2026",
            "Mon 16 March 2026",
            "Monday, 16 March 2026",
            "Mar 16, 2026",
            "March 16th, 2026",
            "16-Mar-2026",
            "16-Mar-26",
            "16/Mar/2026",
            "16 Mar '26",
            "16/03/2026",
            "16/3/26",
            "16.03.2026",
            "16.3.26",
            "16-03-2026",
            "16‑03‑2026",
            "**16 Mar 2026**",
            "16. März 2026",
            "Mo, 16.03.2026",
            "Montag, den 16. Maerz 2026",
            "16 mars 2026",
            "lundi 16 mars 2026",
            "le 16 mars 2026",
            "16 de marzo de 2026",
            "lunes, 16 de marzo de 2026",
            "2026 March 16",
            "16\u{a0}Mar\u{a0}2026",
        ] {
            assert_eq!(day(written).as_deref(), Some("2026-03-16"), "{written}");
        }
        assert_eq!(day("1er mars 2026").as_deref(), Some("2026-03-01"));
        assert_eq!(day("mar 17 mars 2026").as_deref(), Some("2026-03-17"), "a French Tuesday");
        for written in [
            "2026-13-01",
            "2026-02-30",
            "30/02/2026",
            "03/16/2026",
            "16 Mar",
            "March 2026",
            "Q3 2026",
            "16",
            "2026",
            "",
            "16 Foo 2026",
            "2026-03-01..2026-03-20",
            "1-2-3",
            "99999999999999999999",
        ] {
            assert_eq!(day(written), None, "{written}");
        }
    }

    #[test]
    fn slashes_follow_the_habit_and_dots_do_not() {
        let day = |text: &str| read(text, false).map(|date| date.to_string());
        assert_eq!(day("03/16/2026").as_deref(), Some("2026-03-16"));
        assert_eq!(day("16/03/2026"), None);
        assert_eq!(day("16.03.2026").as_deref(), Some("2026-03-16"));
    }
}
