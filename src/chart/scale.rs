//! Turns the first and the last date of a programme into an axis: positions in days, and ticks in words.

use chrono::{Datelike, NaiveDate};

/// An axis as plain data. Positions are days on a continuous scale; `start < end`.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    pub start: f64,
    pub end: f64,
    /// The columns, each reaching to the next; the first begins at `start`.
    pub ticks: Vec<Tick>,
    /// The names of what the columns lie in: months above weeks, years above months. None above relative weeks.
    pub majors: Vec<Major>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    pub position: f64,
    pub label: String,
    /// A quieter second line; may be empty.
    pub sublabel: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Major {
    pub position: f64,
    pub label: String,
}

/// The words of an axis. `{n}`, `{day}`, `{month}`, `{year}` stand for what is put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// "Week {n}"
    pub week: String,
    /// "Q{n}"
    pub quarter: String,
    /// "{day} {month}", the month short
    pub day: String,
    /// "{month} {year}", the month in full
    pub month: String,
    pub months: [String; 12],
    pub short_months: [String; 12],
}

const WEEKS_AT_MOST: i64 = 26;
const MONTHS_AT_MOST: i64 = 36;
const QUARTERS_AT_MOST: i64 = 60;
const YEARS_AT_MOST: i64 = 40;

/// The position of the first moment of a day.
pub fn start_of(date: NaiveDate) -> f64 {
    f64::from(date.num_days_from_ce())
}

/// The position of the last moment of a day: a window that ends on a date ends here, and so does a data date.
pub fn end_of(date: NaiveDate) -> f64 {
    start_of(date) + 1.0
}

/// The position where week `number` begins on an axis of relative weeks.
pub fn start_of_week(number: i32) -> f64 {
    (f64::from(number) - 1.0) * 7.0
}

/// The position of the end of the fifth day of week `number`, so that relative weeks have the gaps that dated ones have.
pub fn end_of_week(number: i32) -> f64 {
    start_of_week(number) + 5.0
}

/// Columns from `first` to `last`, both inclusive: weeks up to half a year, months up to three, quarters up to
/// fifteen, then years. Weeks begin with the day of `week_1` and are numbered from it; without it on Monday, with dates only.
pub fn calendar(first: NaiveDate, last: NaiveDate, week_1: Option<NaiveDate>, words: &Words) -> Axis {
    let (first, last) = (first.min(last), first.max(last));
    let months = month_index(last) - month_index(first) + 1;
    let days = i64::from(last.num_days_from_ce()) - i64::from(first.num_days_from_ce()) + 1;
    if days <= WEEKS_AT_MOST * 7 {
        weeks_of_calendar(first, last, week_1, words)
    } else if months <= MONTHS_AT_MOST {
        let label = |month: i64| words.short_months[month.rem_euclid(12) as usize].clone();
        columns_of_months(first, last, 1, label)
    } else if months <= QUARTERS_AT_MOST * 3 {
        let label = |month: i64| words.quarter.replace("{n}", &(month.rem_euclid(12) / 3 + 1).to_string());
        columns_of_months(first, last, 3, label)
    } else {
        let years = (months / 12 + 2).div_euclid(YEARS_AT_MOST) + 1;
        let label = |month: i64| month.div_euclid(12).to_string();
        Axis { majors: Vec::new(), ..columns_of_months(first, last, years * 12, label) }
    }
}

/// Columns of weeks without dates, `first` to `last`, both inclusive. Many weeks share columns.
pub fn weeks(first: i32, last: i32, words: &Words) -> Axis {
    let (first, last) = (i64::from(first.min(last)), i64::from(first.max(last)));
    let count = last - first + 1;
    let step = (count + WEEKS_AT_MOST - 1) / WEEKS_AT_MOST;
    let start = (first - 1) as f64 * 7.0;
    let tick = |column: i64| Tick {
        position: start + (column * step * 7) as f64,
        label: words.week.replace("{n}", &(first + column * step).to_string()),
        sublabel: String::new(),
    };
    let columns = (count + step - 1) / step;
    Axis {
        start,
        end: start + (columns * step * 7) as f64,
        ticks: (0..columns).map(tick).collect(),
        majors: Vec::new(),
    }
}

/// At most `most` dates on an axis that is not widened to whole columns: days, weeks, months or years, each in full.
pub fn dates(first: NaiveDate, last: NaiveDate, most: i64, words: &Words) -> Axis {
    let (first, last) = (first.min(last), first.max(last));
    let (start, end) = (i64::from(first.num_days_from_ce()), i64::from(last.num_days_from_ce()) + 1);
    let ticks = match [1, 2, 7, 14].into_iter().find(|step| (end - start) / step < most) {
        // Day 1 of the common era is a Monday.
        Some(step) => {
            let from = 1 + (start - 1 + step - 1).div_euclid(step) * step;
            (from..end).step_by(step as usize).map(|at| whole_tick(at as f64, day(date_of(at), words))).collect()
        }
        None => {
            let step = [1, 3, 6].into_iter().find(|step| (end - start) / (step * 30) < most);
            let years = (1..).map(|years| years * 12).find(|step| (end - start) / (step * 30) < most);
            let step = step.or(years).expect("a step of many years is longer than any calendar");
            let from = -(-month_index(first)).div_euclid(step) * step;
            let months = (from..=month_index(last)).step_by(step as usize);
            let ticks = months.map(|month| whole_tick(start_of_month(month), month_label(month, step, words)));
            ticks.filter(|tick| tick.position >= start as f64 && tick.position <= end as f64).collect()
        }
    };
    Axis { start: start as f64, end: end as f64, ticks, majors: Vec::new() }
}

/// From 0 to a round figure that is at least `last`, in at most six steps.
pub fn counts(last: u64) -> Axis {
    let steps = (0..).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_u64.saturating_pow(power)));
    let step = steps.into_iter().find(|step| last.div_ceil(*step) <= 6).expect("some step is large enough");
    let count = last.div_ceil(step).max(1);
    let ticks = (0..=count).map(|index| whole_tick((index * step) as f64, (index * step).to_string()));
    Axis { start: 0.0, end: (count * step) as f64, ticks: ticks.collect(), majors: Vec::new() }
}

fn whole_tick(position: f64, label: String) -> Tick {
    Tick { position, label, sublabel: String::new() }
}

/// "6 Feb".
pub fn day(date: NaiveDate, words: &Words) -> String {
    let month = &words.short_months[date.month0() as usize];
    words.day.replace("{day}", &date.day().to_string()).replace("{month}", month)
}

fn month_label(month: i64, step: i64, words: &Words) -> String {
    let year = month.div_euclid(12).to_string();
    if step >= 12 {
        return year;
    }
    let month = &words.short_months[month.rem_euclid(12) as usize];
    words.month.replace("{month}", month).replace("{year}", &year)
}

fn weeks_of_calendar(first: NaiveDate, last: NaiveDate, week_1: Option<NaiveDate>, words: &Words) -> Axis {
    // Day 1 of the common era is a Monday.
    let anchor = week_1.map_or(1, |date| i64::from(date.num_days_from_ce()));
    let number = |date: NaiveDate| (i64::from(date.num_days_from_ce()) - anchor).div_euclid(7) + 1;
    let day_of = |number: i64| anchor + (number - 1) * 7;
    let tick = |number: i64| {
        let date = date_of(day_of(number));
        let day = day(date, words);
        let (label, sublabel) = match week_1 {
            Some(_) if number >= 1 => (words.week.replace("{n}", &number.to_string()), day),
            Some(_) => (String::new(), day),
            None => (day, String::new()),
        };
        Tick { position: day_of(number) as f64, label, sublabel }
    };
    let (start, end) = (day_of(number(first)), day_of(number(last) + 1));
    let months = month_index(date_of(start))..=month_index(date_of(end - 1));
    let major = |month: i64| Major {
        position: start_of_month(month).max(start as f64),
        label: words
            .month
            .replace("{month}", &words.months[month.rem_euclid(12) as usize])
            .replace("{year}", &month.div_euclid(12).to_string()),
    };
    Axis {
        start: start as f64,
        end: end as f64,
        ticks: (number(first)..=number(last)).map(tick).collect(),
        majors: months.map(major).collect(),
    }
}

/// Columns of `step` months, with years above.
fn columns_of_months(first: NaiveDate, last: NaiveDate, step: i64, label: impl Fn(i64) -> String) -> Axis {
    let first = month_index(first).div_euclid(step) * step;
    let end = month_index(last).div_euclid(step) * step + step;
    let ticks = (first..end).step_by(step as usize).map(|month| Tick {
        position: start_of_month(month),
        label: label(month),
        sublabel: String::new(),
    });
    let majors = (first.div_euclid(12)..=(end - 1).div_euclid(12))
        .map(|year| Major { position: start_of_month((year * 12).max(first)), label: year.to_string() });
    Axis { start: start_of_month(first), end: start_of_month(end), ticks: ticks.collect(), majors: majors.collect() }
}

/// Months since the year 0.
fn month_index(date: NaiveDate) -> i64 {
    i64::from(date.year()) * 12 + i64::from(date.month0())
}

fn start_of_month(index: i64) -> f64 {
    let year = index.div_euclid(12) as i32;
    let month = index.rem_euclid(12) as u32 + 1;
    // Beyond the last year of the calendar library, the average month is near enough for a scale of thousands of years.
    NaiveDate::from_ymd_opt(year, month, 1).map_or(index as f64 * 30.436_875 - 365.0, start_of)
}

fn date_of(day: i64) -> NaiveDate {
    let nearest = if day > 0 { NaiveDate::MAX } else { NaiveDate::MIN };
    i32::try_from(day).ok().and_then(NaiveDate::from_num_days_from_ce_opt).unwrap_or(nearest)
}

#[cfg(test)]
pub(super) mod tests {
    use chrono::NaiveDate;
    use expect_test::{Expect, expect};

    use super::{Axis, Words, calendar, counts, dates, end_of, start_of, weeks};

    pub fn words() -> Words {
        let months = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        Words {
            week: "Week {n}".into(),
            quarter: "Q{n}".into(),
            day: "{day} {month}".into(),
            month: "{month} {year}".into(),
            months: months.map(str::to_owned),
            short_months: months.map(|month| month[..3].to_owned()),
        }
    }

    pub fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn shown(axis: &Axis) -> String {
        let day = |position: f64| position - axis.start;
        let majors = axis.majors.iter().map(|major| format!("{}:{}", day(major.position), major.label));
        let ticks = axis.ticks.iter().map(|tick| format!("{}:{}|{}", day(tick.position), tick.label, tick.sublabel));
        let ticks = ticks.chain([format!("end {}", day(axis.end))]);
        format!("{}\n{}", majors.collect::<Vec<String>>().join("  "), ticks.collect::<Vec<String>>().join("  "))
    }

    fn check(first: &str, last: &str, week_1: Option<&str>, expected: Expect) {
        let axis = calendar(date(first), date(last), week_1.map(date), &words());
        expected.assert_eq(&shown(&axis));
    }

    #[test]
    fn short_programmes_have_weeks() {
        check(
            "2026-02-02",
            "2026-03-06",
            Some("2026-02-02"),
            expect![[r#"
                0:February 2026  27:March 2026
                0:Week 1|2 Feb  7:Week 2|9 Feb  14:Week 3|16 Feb  21:Week 4|23 Feb  28:Week 5|2 Mar  end 35"#]],
        );
        check(
            "2026-02-04",
            "2026-02-18",
            None,
            expect![[r#"
                0:February 2026
                0:2 Feb|  7:9 Feb|  14:16 Feb|  end 21"#]],
        );
    }

    #[test]
    fn weeks_before_the_first_have_a_date_only() {
        check(
            "2026-01-30",
            "2026-02-06",
            Some("2026-02-02"),
            expect![[r#"
                0:January 2026  6:February 2026
                0:|26 Jan  7:Week 1|2 Feb  end 14"#]],
        );
    }

    #[test]
    fn longer_programmes_have_months_then_quarters_then_years() {
        check(
            "2025-11-15",
            "2026-06-01",
            Some("2025-11-17"),
            expect![[r#"
                0:2025  61:2026
                0:Nov|  30:Dec|  61:Jan|  92:Feb|  120:Mar|  151:Apr|  181:May|  212:Jun|  end 242"#]],
        );
        check(
            "2025-11-15",
            "2029-01-31",
            None,
            expect![[r#"
                0:2025  92:2026  457:2027  822:2028  1188:2029
                0:Q4|  92:Q1|  182:Q2|  273:Q3|  365:Q4|  457:Q1|  547:Q2|  638:Q3|  730:Q4|  822:Q1|  913:Q2|  1004:Q3|  1096:Q4|  1188:Q1|  end 1278"#]],
        );
        check(
            "1999-01-01",
            "2200-12-31",
            None,
            expect![[r#"

            0:1998|  2191:2004|  4383:2010|  6574:2016|  8766:2022|  10957:2028|  13149:2034|  15340:2040|  17532:2046|  19723:2052|  21915:2058|  24106:2064|  26298:2070|  28489:2076|  30681:2082|  32872:2088|  35064:2094|  37255:2100|  39446:2106|  41637:2112|  43829:2118|  46020:2124|  48212:2130|  50403:2136|  52595:2142|  54786:2148|  56978:2154|  59169:2160|  61361:2166|  63552:2172|  65744:2178|  67935:2184|  70127:2190|  72318:2196|  end 74509"#]],
        );
    }

    #[test]
    fn relative_weeks_have_numbers_only() {
        expect![[r#"

            0:Week 1|  7:Week 2|  14:Week 3|  21:Week 4|  end 28"#]]
        .assert_eq(&shown(&weeks(1, 4, &words())));
        expect![[r#"

            0:Week 1|  21:Week 4|  42:Week 7|  63:Week 10|  84:Week 13|  105:Week 16|  126:Week 19|  147:Week 22|  168:Week 25|  189:Week 28|  210:Week 31|  231:Week 34|  252:Week 37|  273:Week 40|  294:Week 43|  315:Week 46|  336:Week 49|  357:Week 52|  378:Week 55|  399:Week 58|  end 420"#]].assert_eq(&shown(&weeks(1, 60, &words())));
    }

    #[test]
    fn whole_dates_are_as_far_apart_as_there_is_room() {
        let check = |first: &str, last: &str, expected: Expect| {
            let ticks = dates(date(first), date(last), 6, &words()).ticks;
            let labels: Vec<String> = ticks.into_iter().map(|tick| tick.label).collect();
            expected.assert_eq(&labels.join(", "));
        };
        check("2026-02-02", "2026-02-02", expect!["2 Feb"]);
        check("2026-02-02", "2026-02-06", expect!["2 Feb, 3 Feb, 4 Feb, 5 Feb, 6 Feb"]);
        check("2026-02-03", "2026-03-10", expect!["9 Feb, 16 Feb, 23 Feb, 2 Mar, 9 Mar"]);
        check("2026-02-03", "2026-05-10", expect!["Mar 2026, Apr 2026, May 2026"]);
        check("2026-02-03", "2027-05-10", expect!["Apr 2026, Jul 2026, Oct 2026, Jan 2027, Apr 2027"]);
        check("2026-02-03", "2040-05-10", expect!["2028, 2031, 2034, 2037, 2040"]);
    }

    #[test]
    fn counts_end_at_a_round_figure() {
        let check = |last: u64, expected: Expect| {
            let labels: Vec<String> = counts(last).ticks.into_iter().map(|tick| tick.label).collect();
            expected.assert_eq(&labels.join(" "));
        };
        check(0, expect!["0 1"]);
        check(5, expect!["0 1 2 3 4 5"]);
        check(13, expect!["0 5 10 15"]);
        check(1187, expect!["0 200 400 600 800 1000 1200"]);
    }

    #[test]
    fn every_axis_is_bounded_and_holds_its_dates() {
        let days = ["0001-01-01", "1970-01-01", "2026-02-28", "2026-03-01", "2026-12-31", "2031-07-04", "9999-12-31"];
        for (first, last) in days.iter().flat_map(|first| days.iter().map(move |last| (date(first), date(last)))) {
            let axis = calendar(first, last, Some(date("2026-02-05")), &words());
            assert!(axis.start <= start_of(first.min(last)) && end_of(first.max(last)) <= axis.end, "{first} {last}");
            assert!(axis.ticks.len() <= 62, "{first} {last}: {}", axis.ticks.len());
            assert_eq!(axis.ticks[0].position, axis.start);
            assert!(axis.ticks.windows(2).all(|pair| pair[0].position < pair[1].position));
            let axis = dates(first, last, 6, &words());
            assert!(axis.ticks.len() <= 7, "{first} {last}: {}", axis.ticks.len());
            assert!(axis.ticks.windows(2).all(|pair| pair[0].position < pair[1].position));
        }
        calendar(NaiveDate::MIN, NaiveDate::MAX, None, &words());
        calendar(NaiveDate::MAX, NaiveDate::MAX, Some(NaiveDate::MIN), &words());
        assert!(weeks(i32::MIN, i32::MAX, &words()).ticks.len() <= 26);
    }
}
