//! Lengths of time: alone, or after the start of the programme.

use crate::reading::dates::Token;
use crate::reading::windows::Notation;
use crate::reading::words::is_listed;

/// `T0 + 6 weeks`, `T+30 days`, `kick-off + 2 weeks`, `T0`.
pub(crate) fn offset(tokens: &[Token]) -> Option<Notation> {
    let sign = tokens.iter().position(|token| matches!(token, Token::Sign('+')));
    let minus = || tokens.iter().rposition(|token| matches!(token, Token::Sign('-')));
    let Some(place) = sign.or_else(|| minus().filter(|place| is_start(&tokens[..*place], STARTS))) else {
        return is_start(tokens, ZEROS).then_some(Notation::Offset { days: 0 });
    };
    if !is_start(&tokens[..place], STARTS) && !is_start(&tokens[..place], ZEROS) {
        return None;
    }
    // `D+30` counts days.
    let days = match &tokens[place + 1..] {
        [Token::Number(days, _)] if is_start(&tokens[..place], DAY_STARTS) => i64::from(*days),
        rest => length(rest)?,
    };
    Some(Notation::Offset { days: if sign.is_some() { days } else { -days } })
}

/// `2 weeks`, `6-8 weeks` (the longer), `1.5 months`, `10 working days`. A month is 30 days, a year 365; less than a day is one.
pub(crate) fn duration(tokens: &[Token]) -> Option<Notation> {
    use Token::{Number, Sign, Word};
    let tokens = match tokens {
        [Number(..), Sign('-' | '→'), rest @ ..] => rest,
        [Number(..), Word(to), rest @ ..] if is_listed(TO, to) => rest,
        [Number(..), Word(unit), Sign('-' | '→'), rest @ ..] if per_unit(unit).is_some() => rest,
        all => all,
    };
    length(tokens).map(|days| Notation::Duration { days })
}

fn length(tokens: &[Token]) -> Option<i64> {
    use Token::{Number, Sign, Word};
    let (number, rest) = match tokens {
        [Number(whole, _), Sign('.'), Number(part, digits @ 1..=3), rest @ ..] => {
            (f64::from(*whole) + f64::from(*part) / 10f64.powi(*digits as i32), rest)
        }
        [Number(number, _), rest @ ..] => (f64::from(*number), rest),
        [Word(word), rest @ ..] => (NUMBERS.iter().position(|names| is_listed(names, word))? as f64 + 1.0, rest),
        _ => return None,
    };
    let days = match rest {
        [Word(unit)] | [Word(unit), Sign('.')] => number * per_unit(unit)?,
        [Word(kind), Word(unit)] if is_listed(WORKING, kind) && per_unit(unit) == Some(1.0) => {
            (number / 5.0).floor() * 7.0 + number % 5.0
        }
        _ => return None,
    };
    Some(days.ceil() as i64)
}

fn per_unit(unit: &str) -> Option<f64> {
    UNITS.iter().find(|(_, names)| is_listed(names, unit)).map(|(days, _)| *days)
}

/// Whether the pieces, written together, name the start of the programme.
fn is_start(tokens: &[Token], starts: &'static str) -> bool {
    let mut words = String::new();
    for token in tokens {
        match token {
            Token::Word(word) => words.push_str(word),
            Token::Number(number, _) => words.push_str(&number.to_string()),
            Token::Sign('-') => {}
            Token::Sign(_) => return false,
        }
    }
    is_listed(starts, &words)
}

/// What counts as the start of week 1, written together.
const STARTS: &str = "t0, t, d, d0, j, j0, kickoff, start, projectstart, programmestart, programstart, projektstart, \
     projektbeginn, programmstart, demarrage, lancement, inicio, arranque";
/// Those that mean a day when they stand alone.
const ZEROS: &str = "t0, d0, j0, kickoff, projectstart, programmestart, programstart, projektstart, programmstart";
const DAY_STARTS: &str = "d, d0, j, j0, t, t0";
const TO: &str = "to, bis, a, or";
const WORKING: &str = "working, business, work, ouvres, ouvrables, habiles, laborables";
const UNITS: &[(f64, &str)] = &[
    (1.0 / 1440.0, "minute, minutes, min, mins, minuten"),
    (1.0 / 24.0, "hour, hours, hr, hrs, stunde, stunden, heure, heures, hora, horas"),
    (1.0, "day, days, d, tag, tage, tagen, jour, jours, dia, dias"),
    (7.0, "week, weeks, wk, wks, w, woche, wochen, semaine, semaines, semana, semanas"),
    (30.0, "month, months, mo, mth, mths, monat, monate, monaten, mois, mes, meses"),
    (91.0, "quarter, quarters, quartal, quartale, trimestre, trimestres"),
    (365.0, "year, years, yr, yrs, y, jahr, jahre, jahren, an, ans, annee, annees, ano, anos"),
];
const NUMBERS: [&str; 12] = [
    "a, an, one, ein, eine, einen, un, une, una",
    "two, zwei, deux, dos",
    "three, drei, trois, tres",
    "four, vier, quatre, cuatro",
    "five, funf, cinq, cinco",
    "six, sechs, seis",
    "seven, sieben, sept, siete",
    "eight, acht, huit, ocho",
    "nine, neun, neuf, nueve",
    "ten, zehn, dix, diez",
    "eleven, elf, onze, once",
    "twelve, zwolf, douze, doce",
];
