//! `milestones.ics`: the windows of milestones and the days of their gates, for a calendar to subscribe to. RFC 5545.
//!
//! The stamp of every event is the data date, since a build has no clock; its name is made of programme and record, so
//! that an event that moves is the same event.

use chrono::{Days, NaiveDate};

use crate::export::names::{code, encoded, site_url};
use crate::model::milestone::{Milestone, Side};
use crate::output::sha256;
use crate::site::words::Words;
use crate::status::{GateStanding, GateState, MilestoneStanding};
use crate::version::Snapshot;

/// The calendar of a version. A milestone without dates is not in it.
pub fn calendar(snapshot: &Snapshot, words: &Words) -> String {
    let settings = &snapshot.programme.settings;
    let mut lines = Lines::default();
    lines.plain("BEGIN", "VCALENDAR");
    lines.plain("VERSION", "2.0");
    lines.plain("PRODID", concat!("-//milepost//milepost ", env!("CARGO_PKG_VERSION"), "//EN"));
    lines.plain("CALSCALE", "GREGORIAN");
    lines.plain("METHOD", "PUBLISH");
    lines.text("X-WR-CALNAME", &format!("{} {}", settings.name, settings.version));
    for milestone in &snapshot.programme.milestones {
        let Some(standing) = snapshot.standing.milestones.get(&milestone.record.id) else { continue };
        window(&mut lines, snapshot, words, milestone, standing);
        for side in Side::BOTH {
            gate(&mut lines, snapshot, words, milestone, side, standing.gate(side));
        }
    }
    lines.plain("END", "VCALENDAR");
    lines.0
}

/// What an event is about and when.
struct Event<'a> {
    milestone: &'a Milestone,
    /// `window`, `entry` or `exit`: one event of each a milestone.
    part: &'a str,
    first: NaiveDate,
    last: NaiveDate,
    summary: String,
    description: String,
}

/// From the forecast's first day to the day that is now expected.
fn window(lines: &mut Lines, snapshot: &Snapshot, words: &Words, milestone: &Milestone, standing: &MilestoneStanding) {
    let Some(forecast) = &standing.schedule.forecast else { return };
    let (Some(first), Some(last)) = (forecast.start, standing.schedule.effective_forecast.or(forecast.end)) else {
        return;
    };
    let names = [("milestone", milestone.record.id.as_str()), ("name", &milestone.name.value)];
    let summary = words.fill("calendar.window", &names);
    let colour = capital(&words.of("colour", standing.colour.code()));
    let description = words.fill("calendar.window_note", &[("colour", &colour), ("reason", &standing.reason.sentence)]);
    event(lines, snapshot, Event { milestone, part: "window", first, last: last.max(first), summary, description });
}

fn gate(lines: &mut Lines, snapshot: &Snapshot, words: &Words, milestone: &Milestone, side: Side, gate: &GateStanding) {
    let Some(date) = gate.date.filter(|_| gate.exists) else { return };
    let state = match gate.state {
        GateState::Pending => words.of("readiness", &code(&gate.readiness)),
        state => words.of("gate_state", &code(&state)),
    };
    let side_word = words.of("side", side.word());
    let name = words.fill("gate.name", &[("milestone", milestone.record.id.as_str()), ("side", &side_word)]);
    let summary = words.fill("calendar.gate", &[("gate", &name), ("state", &state)]);
    let (met, mandatory) = (gate.met.to_string(), gate.mandatory.to_string());
    let values = [("met", &*met), ("mandatory", &mandatory), ("reason", &gate.reason.sentence)];
    let description = words.fill("calendar.gate_note", &values);
    event(lines, snapshot, Event { milestone, part: side.word(), first: date, last: date, summary, description });
}

fn event(lines: &mut Lines, snapshot: &Snapshot, event: Event) {
    let settings = &snapshot.programme.settings;
    let id = &event.milestone.record.id;
    // The day after the last, as the end of a whole day is not in it.
    let Some(end) = event.last.checked_add_days(Days::new(1)) else { return };
    let name = sha256(format!("{}\n{id}\n{}", settings.name, event.part).as_bytes());
    lines.plain("BEGIN", "VEVENT");
    lines.plain("UID", &format!("{}@milepost", &name[..32]));
    lines.plain("DTSTAMP", &format!("{}T000000Z", settings.data_date.date.format("%Y%m%d")));
    lines.plain("DTSTART;VALUE=DATE", &event.first.format("%Y%m%d").to_string());
    lines.plain("DTEND;VALUE=DATE", &end.format("%Y%m%d").to_string());
    lines.text("SUMMARY", &event.summary);
    lines.text("DESCRIPTION", &event.description);
    if let Some(site) = site_url(settings.site.url.as_ref()) {
        lines.plain("URL", &encoded_url(&site, "timeline.html"));
    }
    // Nobody is busy for the whole of a milestone.
    lines.plain("TRANSP", "TRANSPARENT");
    lines.plain("END", "VEVENT");
}

fn encoded_url(site: &str, address: &str) -> String {
    format!("{site}{}", encoded(address))
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// Content lines, folded at 75 octets and ended as the format has it.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn plain(&mut self, name: &str, value: &str) {
        let line = format!("{name}:{value}");
        let mut length = 0;
        for character in line.chars().filter(|character| !character.is_control()) {
            if length + character.len_utf8() > 75 {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(character);
            length += character.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// A value that may hold anything.
    fn text(&mut self, name: &str, value: &str) {
        let value = value.replace("\r\n", "\n").replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
        self.plain(name, &value.replace('\n', "\\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn long_lines_are_folded_between_characters() {
        let mut lines = Lines::default();
        lines.text("SUMMARY", &"é,".repeat(60));
        assert!(lines.0.split("\r\n").all(|line| line.len() <= 75), "{}", lines.0);
        assert_eq!(lines.0.replace("\r\n ", ""), format!("SUMMARY:{}\r\n", "é\\,".repeat(60)));
    }

    #[test]
    fn text_ends_no_line() {
        let mut lines = Lines::default();
        lines.text("SUMMARY", "a\r\nBEGIN:VALARM;b\\");
        assert_eq!(lines.0, "SUMMARY:a\\nBEGIN:VALARM\\;b\\\\\r\n");
    }
}
