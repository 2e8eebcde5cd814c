//! The numbers that are in force for this programme.

use serde::Serialize;

use crate::model::settings::{Profile, Settings};
use crate::site::material::{Material, capital};
use crate::site::words::Words;

#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    pub name: String,
    pub value: String,
    pub note: String,
}

pub fn of(material: &Material) -> Vec<Fact> {
    let (settings, words) = (&material.programme.settings, material.words);
    let fact = |key: &str, value: String| Fact {
        name: words.of("method.threshold", key),
        value,
        note: words.of("method.threshold_note", key),
    };
    let profile = match settings.profile {
        Profile::Draft => "draft",
        Profile::Controlled => "controlled",
    };
    vec![
        fact("data_date", data_date(material)),
        fact("tolerance", tolerance(settings, words)),
        fact("cadence", words.count("method.days", i64::from(settings.cadence_days))),
        fact("lead_time", words.say("method.lead_time")),
        fact("appetite", appetite(settings, words)),
        fact("authority", authority(material)),
        fact("calendar", calendar(material)),
        fact("holidays", holidays(material)),
        fact("profile", words.of("method.profile", profile)),
    ]
}

fn data_date(material: &Material) -> String {
    let date = material.full_date_text(material.data_date());
    let key = if material.programme.settings.data_date.written { "method.date_written" } else { "method.date_assumed" };
    material.words.fill(key, &[("date", &date)])
}

fn tolerance(settings: &Settings, words: &Words) -> String {
    let tolerance = settings.tolerance;
    let amber =
        words.count_with("days", i64::from(tolerance.amber_days), &[("days", &tolerance.amber_days.to_string())]);
    let red = words.count_with("days", i64::from(tolerance.red_days), &[("days", &tolerance.red_days.to_string())]);
    let percent = tolerance.red_percent.to_string();
    words.fill("method.tolerance", &[("amber", &amber), ("red", &red), ("percent", &percent)])
}

fn appetite(settings: &Settings, words: &Words) -> String {
    let appetite = &settings.appetite;
    let default = words.fill("method.appetite_default", &[("score", &appetite.default.to_string())]);
    let categories = appetite.categories.iter().map(|(category, score)| format!("{category} {score}"));
    [default].into_iter().chain(categories).collect::<Vec<_>>().join("; ")
}

fn authority(material: &Material) -> String {
    let settings = &material.programme.settings;
    let who = |words| material.called(words).unwrap_or_else(|| material.words.say("nobody"));
    let (entry, exit) = (who(&settings.entry_authority), who(&settings.exit_authority));
    material.words.fill("method.authority", &[("entry", &entry), ("exit", &exit)])
}

fn calendar(material: &Material) -> String {
    let (calendar, words) = (&material.programme.settings.calendar, material.words);
    let day = words.of("weekday", &calendar.deadline_day.number_from_monday().to_string());
    let deadline = words.fill("method.deadline", &[("day", &day), ("sprint", &calendar.sprint_days.to_string())]);
    let week_1 = match calendar.week_1 {
        Some(date) => words.fill("method.week_1", &[("date", &material.full_date_text(date))]),
        None => words.say("method.no_week_1"),
    };
    let month = words.of("month_name", &calendar.fiscal_year_start.to_string());
    let fiscal = words.fill("method.fiscal", &[("month", &month)]);
    [week_1, deadline, fiscal].join("; ")
}

fn holidays(material: &Material) -> String {
    let holidays = &material.programme.settings.calendar.holidays;
    if holidays.is_empty() {
        return capital(&material.words.say("none"));
    }
    holidays.iter().map(|date| material.full_date_text(*date)).collect::<Vec<_>>().join(", ")
}
