//! The axis that all windows of a programme share: dates where there are any, else weeks.

use chrono::NaiveDate;

use crate::chart;
use crate::chart::scale::{self, Axis};
use crate::model::window::Window;
use crate::site::material::Material;
use crate::site::words::Words;
use crate::status::Schedule;

pub enum Scale {
    Calendar(Axis),
    Weeks(Axis),
}

/// None where no window says when.
pub fn of(material: &Material) -> Option<Scale> {
    let schedules = || material.standing.milestones.values().map(|standing| &standing.schedule);
    let windows =
        || schedules().flat_map(|schedule| [schedule.baseline.as_ref(), schedule.forecast.as_ref()]).flatten();
    let ends = schedules().flat_map(|schedule| [schedule.actual, schedule.effective_forecast]).flatten();
    let dates: Vec<NaiveDate> = windows().flat_map(|window| [window.start, window.end]).flatten().chain(ends).collect();
    let words = words(material.words);
    if let (Some(first), Some(last)) = (dates.iter().min(), dates.iter().max()) {
        let week_1 = material.programme.settings.calendar.week_1;
        return Some(Scale::Calendar(scale::calendar(*first, *last, week_1, &words)));
    }
    let weeks: Vec<(i32, i32)> = windows().filter_map(|window| window.weeks).collect();
    let first = weeks.iter().map(|weeks| weeks.0).min()?;
    let last = weeks.iter().map(|weeks| weeks.1).max()?;
    Some(Scale::Weeks(scale::weeks(first, last, &words)))
}

impl Scale {
    pub fn axis(&self) -> &Axis {
        match self {
            Scale::Calendar(axis) | Scale::Weeks(axis) => axis,
        }
    }

    /// Where a window lies; None where it cannot be put on this axis.
    pub fn window(&self, window: &Window) -> Option<chart::Window> {
        match self {
            Scale::Calendar(_) => {
                let end = window.end?;
                let start = window.start.unwrap_or(end);
                Some(chart::Window { start: scale::start_of(start), end: scale::end_of(end) })
            }
            Scale::Weeks(_) => {
                let (first, last) = window.weeks?;
                Some(chart::Window { start: scale::start_of_week(first), end: scale::end_of_week(last) })
            }
        }
    }
}

impl Scale {
    /// The forecast as it stands today: a bar whose end has passed reaches to the day at which it can end at best.
    pub fn forecast(&self, schedule: &Schedule) -> Option<chart::Window> {
        let mut bar = self.window(schedule.forecast.as_ref()?)?;
        if let (Scale::Calendar(_), None, Some(date)) = (self, schedule.actual, schedule.effective_forecast) {
            bar.end = bar.end.max(scale::end_of(date));
        }
        Some(bar)
    }
}

/// The words of every axis of dates.
pub fn words(words: &Words) -> scale::Words {
    let months = |family: &str| std::array::from_fn(|index| words.of(family, &(index + 1).to_string()));
    scale::Words {
        week: words.say("axis.week"),
        quarter: words.say("axis.quarter"),
        day: words.say("axis.day"),
        month: words.say("axis.month"),
        months: months("month_name"),
        short_months: months("month"),
    }
}
