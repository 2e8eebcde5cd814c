//! Target windows: the author's words and what they mean.

use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::model::calendar::Calendar;
pub use crate::reading::windows::Grain;
use crate::reading::windows::Notation;

/// A target window. `start` and `end` are inclusive dates; None without a calendar anchor or where the words give none.
/// See design: content (what a window means).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Window {
    /// The author's words.
    pub text: String,
    /// None for words that are understood as no window (`TBD`) and those that are not understood.
    pub grain: Option<Grain>,
    /// First and last number of weeks counted from the start of the programme, 1-based, inclusive; for windows in weeks.
    pub weeks: Option<(i32, i32)>,
    pub start: Option<NaiveDate>,
    pub end: Option<NaiveDate>,
    /// The last day of the first unit of the window (its first week, month …): a predecessor that ends by then hands over.
    pub first_unit_end: Option<NaiveDate>,
}

impl Window {
    /// True where dates or weeks are known.
    pub fn is_understood(&self) -> bool {
        self.end.is_some() || self.weeks.is_some()
    }

    /// The same words, of which nobody can tell the dates.
    pub fn unread(&self) -> Window {
        Window { text: self.text.clone(), grain: None, weeks: None, start: None, end: None, first_unit_end: None }
    }

    /// With the dates of its weeks, where it was understood before the programme had a calendar.
    pub fn anchored(&self, calendar: &Calendar) -> Window {
        match self.weeks {
            Some((first, last)) if self.end.is_none() => {
                resolve(&self.text, &Notation::Counted { grain: Grain::Week, first, last }, calendar)
            }
            _ => self.clone(),
        }
    }
}

/// Gives a notation its dates. `after M5`, a length of time and open words have none here; what is counted has none
/// without `week_1`. A range that is written backwards stays so.
pub fn resolve(text: &str, notation: &Notation, calendar: &Calendar) -> Window {
    let (grain, dates) = match notation {
        Notation::Counted { grain, first, last } => (Some(*grain), counted(*grain, *first, *last, calendar)),
        Notation::Dated { grain, start, end, first_unit_end } => {
            (Some(*grain), Some(dated(*grain, *start, *end, *first_unit_end, calendar)))
        }
        Notation::Offset { days } => (Some(Grain::Day), offset(*days, calendar)),
        Notation::After { .. } | Notation::Duration { .. } | Notation::Open => (None, None),
    };
    let weeks = match notation {
        Notation::Counted { grain: Grain::Week, first, last } => Some((*first, *last)),
        _ => None,
    };
    Window {
        text: text.to_string(),
        grain,
        weeks,
        start: dates.map(|dates| dates.start),
        end: dates.map(|dates| dates.end),
        first_unit_end: dates.map(|dates| dates.first_unit_end),
    }
}

#[derive(Clone, Copy)]
struct Dates {
    start: NaiveDate,
    end: NaiveDate,
    first_unit_end: NaiveDate,
}

/// Units from the start of the programme. None without `week_1`, and beyond the dates that exist.
fn counted(grain: Grain, first: i32, last: i32, calendar: &Calendar) -> Option<Dates> {
    let start = unit_start(grain, first, calendar)?;
    Some(Dates {
        start: if grain == Grain::Day { calendar.working_until(start) } else { calendar.working_from(start) },
        end: unit_deadline(grain, last, calendar)?,
        first_unit_end: unit_deadline(grain, first, calendar)?,
    })
}

/// The first calendar day of the unit with this number.
fn unit_start(grain: Grain, number: i32, calendar: &Calendar) -> Option<NaiveDate> {
    let week_1 = calendar.week_1?;
    let units = i64::from(number) - 1;
    let days = |length: i64| week_1.checked_add_signed(TimeDelta::try_days(units * length)?);
    let months = |length: i64| {
        let months = Months::new(u32::try_from(units.unsigned_abs()).ok()?.checked_mul(length as u32)?);
        if units < 0 { week_1.checked_sub_months(months) } else { week_1.checked_add_months(months) }
    };
    match grain {
        Grain::Day => days(1),
        Grain::Week => days(7),
        Grain::Sprint => days(i64::from(calendar.sprint_days.max(1))),
        Grain::Month => months(1),
        Grain::Quarter => months(3),
        Grain::Half => months(6),
        Grain::Year => months(12),
    }
}

/// The last working day of the unit with this number; of weeks and sprints, on or before the deadline day of their last
/// seven days.
fn unit_deadline(grain: Grain, number: i32, calendar: &Calendar) -> Option<NaiveDate> {
    let start = unit_start(grain, number, calendar)?;
    let last = unit_start(grain, number.checked_add(1)?, calendar)?.pred_opt()?;
    Some(match grain {
        Grain::Week | Grain::Sprint => calendar.working_until(deadline(last, calendar).max(start)),
        _ => calendar.working_until(last),
    })
}

/// The deadline day in the seven days that end with `last`.
fn deadline(last: NaiveDate, calendar: &Calendar) -> NaiveDate {
    let days = last.weekday().days_since(calendar.deadline_day);
    last.checked_sub_days(Days::new(days.into())).unwrap_or(last)
}

/// Units of the calendar. A date is itself, though nobody works on it.
fn dated(grain: Grain, start: NaiveDate, end: NaiveDate, unit_end: NaiveDate, calendar: &Calendar) -> Dates {
    let until = |last: NaiveDate| match grain {
        Grain::Day => last,
        Grain::Week | Grain::Sprint => calendar.working_until(deadline(last, calendar)),
        Grain::Month | Grain::Quarter | Grain::Half | Grain::Year => calendar.working_until(last),
    };
    let first = if grain == Grain::Day { start } else { calendar.working_from(start) };
    // A unit of holidays alone would end before it starts; it is left as the calendar has it.
    if until(end) < first && end >= start {
        return Dates { start, end, first_unit_end: unit_end };
    }
    Dates { start: first, end: until(end), first_unit_end: until(unit_end) }
}

/// A day counted from the start; where nobody works on it, the working day before, as deadlines go.
fn offset(days: i64, calendar: &Calendar) -> Option<Dates> {
    let day = calendar.week_1?.checked_add_signed(TimeDelta::try_days(days)?)?;
    let day = calendar.working_until(day);
    Some(Dates { start: day, end: day, first_unit_end: day })
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, Weekday};

    use super::{Grain, Notation, resolve};
    use crate::model::calendar::Calendar;
    use crate::reading::windows::{self, Habits};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn anchored() -> Calendar {
        Calendar { week_1: Some(day("2026-02-02")), ..Calendar::default() }
    }

    /// Start, end and the end of the first unit, as month-day.
    fn told(text: &str, calendar: &Calendar) -> String {
        let habits = Habits { day_first: calendar.day_first, fiscal_year_start: calendar.fiscal_year_start };
        let window = resolve(text, &windows::read(text, habits).unwrap(), calendar);
        assert_eq!(window.text, text);
        let date = |date: Option<NaiveDate>| date.map_or("none".into(), |date| date.format("%m-%d").to_string());
        format!("{} {} ({})", date(window.start), date(window.end), date(window.first_unit_end))
    }

    #[test]
    fn windows_run_from_working_day_to_deadline() {
        for (written, dates) in [
            ("Week 1", "02-02 02-06 (02-06)"),
            ("Weeks 1–3", "02-02 02-20 (02-06)"),
            ("Weeks 3–5", "02-16 03-06 (02-20)"),
            ("Weeks 4–6", "02-23 03-13 (02-27)"),
            ("Weeks 5–6", "03-02 03-13 (03-06)"),
            ("Weeks 5–3", "03-02 02-20 (03-06)"),
            ("Sprint 1", "02-02 02-13 (02-13)"),
            ("Sprints 2–3", "02-16 03-13 (02-27)"),
            ("Month 1", "02-02 02-27 (02-27)"),
            ("Months 2–3", "03-02 05-01 (04-01)"),
            ("Day 5", "02-06 02-06 (02-06)"),
            ("T0+6 weeks", "03-16 03-16 (03-16)"),
            ("T0+5 days", "02-06 02-06 (02-06)"),
            ("March 2026", "03-02 03-31 (03-31)"),
            ("May 2026", "05-01 05-29 (05-29)"),
            ("Mar–May 2026", "03-02 05-29 (03-31)"),
            ("Q1 2026", "01-01 03-31 (03-31)"),
            ("2026-W07", "02-09 02-13 (02-13)"),
            ("2026-03-14", "03-14 03-14 (03-14)"),
            ("2026-03-20..2026-03-01", "03-20 03-01 (03-20)"),
            ("after M5", "none none (none)"),
            ("2 weeks", "none none (none)"),
            ("TBD", "none none (none)"),
        ] {
            assert_eq!(told(written, &anchored()), dates, "{written}");
        }
    }

    #[test]
    fn holidays_and_the_deadline_day_move_the_ends() {
        let holidays = vec![day("2026-02-02"), day("2026-02-20")];
        let calendar = Calendar { holidays, ..anchored() };
        assert_eq!(told("Weeks 1–3", &calendar), "02-03 02-19 (02-06)");
        let calendar = Calendar { deadline_day: Weekday::Wed, ..anchored() };
        assert_eq!(told("Weeks 1–3", &calendar), "02-02 02-18 (02-04)");
        assert_eq!(told("Sprint 1", &calendar), "02-02 02-11 (02-11)");
        assert_eq!(told("2026-W07", &calendar), "02-09 02-11 (02-11)");
        let calendar = Calendar { week_1: Some(day("2026-02-04")), ..anchored() };
        assert_eq!(told("Week 1", &calendar), "02-04 02-06 (02-06)");
    }

    #[test]
    fn numbers_beyond_the_calendar_have_no_dates() {
        for grain in [Grain::Day, Grain::Week, Grain::Sprint, Grain::Month, Grain::Year] {
            for number in [i32::MIN, i32::MAX] {
                let window = resolve("", &Notation::Counted { grain, first: number, last: number }, &anchored());
                assert_eq!(window.end, None, "{grain:?} {number}");
            }
        }
        assert_eq!(resolve("", &Notation::Offset { days: i64::MIN }, &anchored()).end, None);
    }

    #[test]
    fn without_week_1_weeks_stay_weeks() {
        let window =
            resolve("Weeks 1–3", &windows::read("Weeks 1–3", Habits::default()).unwrap(), &Calendar::default());
        assert_eq!((window.weeks, window.start, window.end), (Some((1, 3)), None, None));
        assert!(window.is_understood());
        assert_eq!(told("March 2026", &Calendar::default()), "03-02 03-31 (03-31)");
    }
}
