//! The only clock: the data date to use where none is written. See design: content (data date).

use std::env;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Context;
use chrono::{DateTime, NaiveDate};

use crate::model::assemble::Clock;

/// `--as-of`, else what programme.yaml says, else `SOURCE_DATE_EPOCH`, else today in UTC.
pub fn read(as_of: Option<NaiveDate>) -> anyhow::Result<Clock> {
    let seconds = match env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => text.trim().parse::<i64>().with_context(|| {
            format!("the environment's SOURCE_DATE_EPOCH is `{text}`; it must be a number of seconds since 1970")
        })?,
        Err(_) => SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64),
    };
    let date = DateTime::from_timestamp(seconds, 0).context("SOURCE_DATE_EPOCH is no date that milepost knows")?;
    Ok(Clock { as_of, fallback: date.date_naive() })
}
