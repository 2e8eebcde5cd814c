//! Every notation of a window that is promised to authors, and what it means. The guide prints this table, and the tests
//! hold the reader to it.

use std::fmt;

use crate::reading::windows::{Grain, Habits, Notation};

/// Notations of one sort, where a programme has these habits.
pub struct Group {
    /// Ends without a full stop; Markdown.
    pub heading: &'static str,
    pub habits: Habits,
    /// What is meant, in the words of `Notation`, and the ways to write it.
    pub rows: &'static [(&'static str, &'static [&'static str])],
}

/// What was understood: `weeks 3 to 5 of the programme`, `quarter: 2026-07-01 to 2026-09-30`.
impl fmt::Display for Notation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Notation::Counted { grain, first, last } if first == last => {
                write!(formatter, "{} {first} of the programme", one(*grain))
            }
            Notation::Counted { grain, first, last } => {
                write!(formatter, "{} {first} to {last} of the programme", several(*grain))
            }
            Notation::Dated { grain: Grain::Day, start, end, .. } if start == end => write!(formatter, "day: {start}"),
            Notation::Dated { grain: Grain::Day, start, end, .. } => write!(formatter, "days: {start} to {end}"),
            Notation::Dated { grain, start, end, first_unit_end } if first_unit_end == end => {
                write!(formatter, "{}: {start} to {end}", one(*grain))
            }
            Notation::Dated { grain, start, end, first_unit_end } => {
                write!(formatter, "{}: {start} to {end}, the first until {first_unit_end}", several(*grain))
            }
            Notation::Offset { days: 0 } => write!(formatter, "the start of week 1"),
            Notation::Offset { days } if *days < 0 => {
                write!(formatter, "{} days before the start of week 1", days.unsigned_abs())
            }
            Notation::Offset { days } => write!(formatter, "{days} days after the start of week 1"),
            Notation::After { milestone } => write!(formatter, "after {milestone} is complete"),
            Notation::Duration { days: 1 } => write!(formatter, "1 day long, without dates"),
            Notation::Duration { days } => write!(formatter, "{days} days long, without dates"),
            Notation::Open => write!(formatter, "no window yet"),
        }
    }
}

fn one(grain: Grain) -> &'static str {
    match grain {
        Grain::Day => "day",
        Grain::Week => "week",
        Grain::Sprint => "sprint",
        Grain::Month => "month",
        Grain::Quarter => "quarter",
        Grain::Half => "half",
        Grain::Year => "year",
    }
}

fn several(grain: Grain) -> String {
    match grain {
        Grain::Half => "halves".to_string(),
        other => format!("{}s", one(other)),
    }
}

const COMMON: Habits = Habits { day_first: true, fiscal_year_start: 1 };

pub const GROUPS: &[Group] = &[
    Group {
        heading: "Units counted from the start, which `calendar: { week_1: 2026-02-02 }` gives",
        habits: COMMON,
        rows: &[
            ("week 1 of the programme", &["Week 1"]),
            ("weeks 1 to 3 of the programme", &["Weeks 1–3"]),
            (
                "weeks 3 to 5 of the programme",
                &[
                    "Weeks 3-5",
                    "weeks 3 to 5",
                    "Week 3 – Week 5",
                    "W3-W5",
                    "W3–5",
                    "Wks. 3-5",
                    "Wochen 3 bis 5",
                    "semaines 3 à 5",
                    "Semanas 3 a 5",
                ],
            ),
            ("weeks 1 to 2 of the programme", &["Weeks 1 & 2"]),
            ("week 3 of the programme", &["W3", "wk 3"]),
            ("week 2 of the programme", &["**Week 2**"]),
            ("week 4 of the programme", &["by Week 4", "Week 4 (end of sprint)"]),
            ("sprint 4 of the programme", &["Sprint 4"]),
            ("sprints 4 to 6 of the programme", &["Sprints 4 → 6"]),
            ("month 2 of the programme", &["Month 2"]),
            ("months 2 to 4 of the programme", &["Months 2-4"]),
            ("month 3 of the programme", &["Mois 3"]),
            ("day 5 of the programme", &["Day 5"]),
        ],
    },
    Group {
        heading: "Units of the calendar",
        habits: COMMON,
        rows: &[
            (
                "quarter: 2026-07-01 to 2026-09-30",
                &[
                    "Q3 2026",
                    "2026 Q3",
                    "2026-Q3",
                    "Q3/2026",
                    "Q3 '26",
                    "Q3 26",
                    "3Q26",
                    "third quarter of 2026",
                    "3. Quartal 2026",
                    "T3 2026",
                ],
            ),
            ("quarters: 2026-01-01 to 2026-06-30, the first until 2026-03-31", &["Q1-Q2 2026", "Q1–2 2026"]),
            ("quarters: 2025-10-01 to 2026-03-31, the first until 2025-12-31", &["Q4 2025 – Q1 2026", "Q4–Q1 2026"]),
            ("half: 2027-01-01 to 2027-06-30", &["H1 2027", "1. Halbjahr 2027"]),
            ("half: 2027-07-01 to 2027-12-31", &["2027 H2", "S2 2027"]),
            ("year: 2026-01-01 to 2026-12-31", &["2026"]),
            ("years: 2026-01-01 to 2027-12-31, the first until 2026-12-31", &["2026–2027"]),
            (
                "month: 2026-03-01 to 2026-03-31",
                &[
                    "March 2026",
                    "Mar. 2026",
                    "March '26",
                    "2026-03",
                    "03/2026",
                    "März 2026",
                    "mars 2026",
                    "marzo de 2026",
                ],
            ),
            ("months: 2026-03-01 to 2026-04-30, the first until 2026-03-31", &["Mar–Apr 2026"]),
            (
                "months: 2026-03-01 to 2026-05-31, the first until 2026-03-31",
                &["March 2026 to May 2026", "2026-03 – 2026-05", "03/2026-05/2026"],
            ),
            ("months: 2025-11-01 to 2026-01-31, the first until 2025-11-30", &["Nov 2025 – Jan"]),
            (
                "week: 2026-02-09 to 2026-02-15",
                &[
                    "2026-W07",
                    "2026W07",
                    "KW 7 2026",
                    "KW 7/2026",
                    "Week 7, 2026",
                    "week of 11 Feb 2026",
                    "w/c 9 Feb 2026",
                    "week commencing 09/02/2026",
                ],
            ),
            (
                "weeks: 2026-02-09 to 2026-03-01, the first until 2026-02-15",
                &["KW 7–9 2026", "2026-W07..W09", "2026-W07–2026-W09", "Weeks 7–9 2026"],
            ),
        ],
    },
    Group {
        heading: "Parts of units",
        habits: COMMON,
        rows: &[
            ("quarter: 2026-06-01 to 2026-06-30", &["end of Q2 2026", "late Q2 2026"]),
            (
                "month: 2026-03-21 to 2026-03-31",
                &["by end of March 2026", "bis Ende März 2026", "finales de marzo de 2026"],
            ),
            ("month: 2026-03-11 to 2026-03-20", &["mid March 2026", "mid-March 2026", "mi-mars 2026"]),
            ("month: 2026-03-01 to 2026-03-10", &["early March 2026", "Anfang März 2026"]),
            ("year: 2026-09-01 to 2026-12-31", &["end of 2026"]),
            ("months: 2026-03-01 to 2026-04-20, the first until 2026-03-10", &["early March – mid April 2026"]),
        ],
    },
    Group {
        heading: "Days",
        habits: COMMON,
        rows: &[
            (
                "day: 2026-03-16",
                &[
                    "2026-03-16",
                    "16 Mar 2026",
                    "16/03/2026",
                    "16.03.2026",
                    "Mon 16 March 2026",
                    "~16 Mar 2026",
                    "📅 16 Mar 2026",
                    "16 Mar 2026 (was 2 Mar)",
                ],
            ),
            ("day: 2026-02-25", &["2026-02-25T17:00:00Z"]),
            (
                "days: 2026-03-01 to 2026-03-20",
                &["2026-03-01..2026-03-20", "2026-03-01 – 2026-03-20", "2026-03-01-2026-03-20", "2026-03-01–03-20"],
            ),
            ("days: 2026-10-01 to 2026-10-03", &["2026-10-01 → 10-03"]),
            ("days: 2026-02-02 to 2026-02-20", &["2–20 Feb 2026", "Feb 2–20, 2026"]),
            (
                "days: 2026-02-02 to 2026-03-06",
                &[
                    "2 Feb – 6 Mar 2026",
                    "Feb 2 – Mar 6, 2026",
                    "from 2 Feb to 6 Mar 2026",
                    "02.02.–06.03.2026",
                    "02/02/2026 - 06/03/2026",
                ],
            ),
            ("days: 2025-12-28 to 2026-01-05", &["28 Dec – 5 Jan 2026"]),
            ("days: 2026-02-02 to 2026-02-06", &["02.–06.02.2026", "2. bis 6. Februar 2026", "du 2 au 6 février 2026"]),
            ("days: 2026-03-01 to 2026-04-15", &["March 2026 – 15 Apr 2026"]),
        ],
    },
    Group {
        heading: "Counted in days, and no dates",
        habits: COMMON,
        rows: &[
            ("42 days after the start of week 1", &["T0+6 weeks", "T+6w"]),
            ("30 days after the start of week 1", &["T0 + 30 days", "D+30", "J+30"]),
            ("the start of week 1", &["T0"]),
            ("14 days after the start of week 1", &["kick-off + 2 weeks"]),
            ("7 days before the start of week 1", &["T0-1 week"]),
            ("after M5 is complete", &["after M5", "After M5 complete.", "nach M5", "Après M5", "después de M5"]),
            ("14 days long, without dates", &["2 weeks", "two weeks", "10 working days"]),
            ("56 days long, without dates", &["6-8 weeks"]),
            ("30 days long, without dates", &["1 month"]),
            ("11 days long, without dates", &["1.5 weeks"]),
            ("1 day long, without dates", &["30 minutes"]),
            ("no window yet", &["TBD", "TBC (Q3?)", "-", "—", "n/a", "ongoing", "[MM/DD/YYYY]", "laufend"]),
        ],
    },
    Group {
        heading: "A fiscal year from April, with `calendar: { fiscal_year_start: april }`; FY26 ends in 2026",
        habits: Habits { fiscal_year_start: 4, ..COMMON },
        rows: &[
            ("quarter: 2025-07-01 to 2025-09-30", &["FY26 Q2", "Q2 FY26", "Q2 FY2026", "FY2025/26 Q2"]),
            ("year: 2025-04-01 to 2026-03-31", &["FY26"]),
            ("quarters: 2025-10-01 to 2026-03-31, the first until 2025-12-31", &["FY26 Q3–Q4"]),
            ("half: 2025-10-01 to 2026-03-31", &["H2 FY26"]),
            ("quarter: 2026-04-01 to 2026-06-30", &["Q2 2026"]),
        ],
    },
    Group {
        heading: "The month first, with `calendar: { day_first: no }`",
        habits: Habits { day_first: false, ..COMMON },
        rows: &[("day: 2026-03-16", &["03/16/2026"]), ("days: 2026-02-03 to 2026-03-06", &["2/3 - 3/6/2026"])],
    },
];

/// What would need a guess, under the common habits: not understood.
pub const NOT_UNDERSTOOD: &[&str] = &[
    "Q3",
    "March",
    "16 Mar",
    "Mar–Apr",
    "Q1–Q2",
    "end of Q2",
    "KW 7",
    "Mar 26",
    "10-03",
    "3-5",
    "5",
    "soonish",
    "Q5 2026",
    "H3 2026",
    "2026-13",
    "30 Feb 2026",
    "03/16/2026",
    "Week",
    "2026-W54",
    "1/2",
    "summer 2026",
    "Before implementation",
    "100%",
    "weeks 3–5 and 9",
    "Weeks 1 and 5",
    "Week 3 – Sprint 4",
    "+30 days post-hackathon",
    "after 16 Mar 2026",
    "after M5 + 2 weeks",
];

#[cfg(test)]
mod tests {
    use super::{COMMON, GROUPS, NOT_UNDERSTOOD};
    use crate::reading::windows::{Habits, read};

    #[test]
    fn every_notation_means_what_is_promised() {
        for group in GROUPS {
            for (meant, written) in group.rows {
                for written in *written {
                    let told = read(written, group.habits).map(|notation| notation.to_string());
                    assert_eq!(told.as_deref(), Some(*meant), "{written}");
                }
            }
        }
        assert_eq!(COMMON, Habits::default());
    }

    #[test]
    fn what_would_need_a_guess_is_not_understood() {
        for written in NOT_UNDERSTOOD.iter().chain(&["Weeks 99999999999–3", "→", "- to -", "(", ")"]) {
            assert_eq!(read(written, COMMON), None, "{written}");
        }
    }
}
