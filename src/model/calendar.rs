//! Working days, weeks and sprints of a programme.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// See design: content (programme.yaml, what a window means). Working days are Monday to Friday without `holidays`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// The Monday, as a rule, of week 1. Without it weeks stay weeks.
    pub week_1: Option<NaiveDate>,
    /// The weekday on which a week's deadline falls.
    pub deadline_day: Weekday,
    /// Calendar days.
    pub sprint_days: u32,
    /// 1–12.
    pub fiscal_year_start: u32,
    /// Sorted, each once.
    pub holidays: Vec<NaiveDate>,
    /// `16/03/2026` is 16 March; else 03/16 style is read.
    pub day_first: bool,
}

impl Default for Calendar {
    fn default() -> Calendar {
        Calendar {
            week_1: None,
            deadline_day: Weekday::Fri,
            sprint_days: 14,
            fiscal_year_start: 1,
            holidays: Vec::new(),
            day_first: true,
        }
    }
}

impl Calendar {
    pub fn is_working(&self, date: NaiveDate) -> bool {
        !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && self.holidays.binary_search(&date).is_err()
    }

    /// The first working day on or after `date`.
    pub fn working_from(&self, date: NaiveDate) -> NaiveDate {
        let mut date = date;
        while !self.is_working(date) {
            let Some(next) = date.checked_add_days(Days::new(1)) else { return date };
            date = next;
        }
        date
    }

    /// The last working day on or before `date`.
    pub fn working_until(&self, date: NaiveDate) -> NaiveDate {
        let mut date = date;
        while !self.is_working(date) {
            let Some(before) = date.checked_sub_days(Days::new(1)) else { return date };
            date = before;
        }
        date
    }

    /// Working days from `from` to `to`: how many working days lie after the one up to and with the other. Negative
    /// where `to` is earlier; from a Friday to the next Monday it is 1.
    pub fn working_days(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        if to < from {
            return -self.working_days(to, from);
        }
        let weekdays = weekdays_until(to) - weekdays_until(from);
        let first = self.holidays.partition_point(|holiday| *holiday <= from);
        let last = self.holidays.partition_point(|holiday| *holiday <= to);
        let off = self.holidays[first..last].iter().filter(|holiday| holiday.weekday().num_days_from_monday() < 5);
        weekdays - off.count() as i64
    }

    /// The date `days` working days after `from` (before it, where negative).
    pub fn add_working_days(&self, from: NaiveDate, days: i64) -> NaiveDate {
        let mut date = from;
        let mut left = days.abs();
        while left > 0 {
            let next = if days > 0 { date.checked_add_days(Days::new(1)) } else { date.checked_sub_days(Days::new(1)) };
            let Some(next) = next else { return date };
            date = next;
            if self.is_working(date) {
                left -= 1;
            }
        }
        date
    }
}

/// Monday-to-Friday days from a fixed Monday up to and with `date`.
fn weekdays_until(date: NaiveDate) -> i64 {
    // Day 1 of the common era was a Monday.
    let days = i64::from(date.num_days_from_ce());
    let (weeks, rest) = (days.div_euclid(7), days.rem_euclid(7));
    weeks * 5 + rest.min(5)
}

#[cfg(test)]
mod tests {
    use super::Calendar;
    use chrono::NaiveDate;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn working_days_agree_with_counting_them() {
        let calendar = Calendar { holidays: vec![day("2026-04-03"), day("2026-04-04")], ..Calendar::default() };
        let first = day("2026-03-20");
        for from in 0..20 {
            for to in 0..20 {
                let (from, to) = (first + chrono::Days::new(from), first + chrono::Days::new(to));
                let (low, high) = (from.min(to), from.max(to));
                let counted = low.iter_days().skip(1).take_while(|date| *date <= high);
                let counted = counted.filter(|date| calendar.is_working(*date)).count() as i64;
                let expected = if to < from { -counted } else { counted };
                assert_eq!(calendar.working_days(from, to), expected, "{from} to {to}");
            }
        }
        assert_eq!(calendar.add_working_days(day("2026-04-02"), 1), day("2026-04-06"));
        assert_eq!(calendar.add_working_days(day("2026-04-06"), -1), day("2026-04-02"));
    }
}
