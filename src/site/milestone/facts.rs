//! Owner, windows, slip, float and neighbours of a milestone, each a term and what holds.

use serde::Serialize;

use crate::model::milestone::{Milestone, Side};
use crate::model::reference::{Kind, Reference};
use crate::site::material::{Material, Sentence};
use crate::status::{MilestoneStanding, Schedule};

#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    pub term: String,
    pub value: Sentence,
    /// Said after it, quietly.
    pub note: String,
    pub is_strong: bool,
}

pub fn of(material: &Material, milestone: &Milestone, standing: &MilestoneStanding) -> Vec<Fact> {
    let words = material.words;
    let nobody = || words.say("nobody");
    let mut facts = vec![
        fact(material, "owner", material.called(&milestone.owner).unwrap_or_else(nobody), String::new()),
        window(material, milestone),
    ];
    facts.extend(schedule(material, milestone, &standing.schedule));
    facts.push(dependencies(material, milestone));
    facts.push(decides(material, milestone));
    let reviewed = milestone.reviewed_on.as_ref().map(|date| material.full_date_text(date.value));
    facts.push(fact(material, "reviewed", reviewed.unwrap_or_else(|| unreviewed(material)), String::new()));
    if !milestone.tags.is_empty() {
        facts.push(fact(material, "tags", milestone.tags.join(", "), String::new()));
    }
    facts
}

/// A record without a day of its own is as fresh as a written data date. See design: status (data quality).
fn unreviewed(material: &Material) -> String {
    let key = if material.programme.settings.data_date.written { "milestone.as_of_data_date" } else { "none" };
    material.words.say(key)
}

fn fact(material: &Material, term: &str, value: String, note: String) -> Fact {
    Fact { term: material.words.of("fact", term), value: Sentence::plain(value), note, is_strong: false }
}

/// The author's words, and beside them what was understood.
fn window(material: &Material, milestone: &Milestone) -> Fact {
    let Some(window) = &milestone.window else {
        return fact(material, "window", material.words.say("none"), String::new());
    };
    let quoted = material.words.fill("quoted", &[("text", &window.value.text)]);
    let note = if window.value.is_understood() {
        material.words.fill("window.understood", &[("window", &material.understood(&window.value))])
    } else {
        material.words.say("window.none")
    };
    fact(material, "window", quoted, note)
}

fn schedule(material: &Material, milestone: &Milestone, schedule: &Schedule) -> Vec<Fact> {
    let words = material.words;
    let mut facts = Vec::new();
    let baseline_note = match schedule.rebaselined {
        0 => words.say("fact_note.never_rebaselined"),
        times => words.count("fact_note.rebaselined", times as i64),
    };
    facts.push(fact(material, "baseline", material.window_end(schedule.baseline.as_ref()), baseline_note));
    let date = schedule.effective_forecast.map(|date| material.full_date_text(date));
    let forecast = date.unwrap_or_else(|| material.window_end(schedule.forecast.as_ref()));
    let written = milestone.forecast.as_ref().map(|window| words.fill("quoted", &[("text", &window.value.text)]));
    let mut forecast = fact(material, "forecast", forecast, written.unwrap_or_default());
    forecast.is_strong = schedule.slip > Some(0);
    facts.push(forecast);
    if let Some(actual) = schedule.actual {
        facts.push(fact(material, "actual", material.full_date_text(actual), String::new()));
    }
    facts.push(slip(material, schedule));
    if let Some(float) = schedule.total_float {
        let note = if material.is_on_critical_path(schedule) { words.say("fact_note.critical") } else { String::new() };
        facts.push(fact(
            material,
            "float",
            words.count_with("days", float, &[("days", &material.signed(float))]),
            note,
        ));
    }
    facts
}

fn slip(material: &Material, schedule: &Schedule) -> Fact {
    let words = material.words;
    let days = |days: i64| words.count_with("days", days, &[("days", &material.signed(days))]);
    let value = schedule.slip.map_or_else(|| material.slip(schedule), days);
    // The slip against the first baseline stays printed after a re-baseline.
    let first = schedule.first_slip.filter(|_| schedule.rebaselined > 0);
    let note = first.map(|first| words.fill("fact_note.first_slip", &[("slip", &days(first))]));
    let mut fact = fact(material, "slip", value, note.unwrap_or_default());
    fact.is_strong = schedule.slip > Some(0);
    fact
}

fn dependencies(material: &Material, milestone: &Milestone) -> Fact {
    let id = &milestone.record.id;
    let needs: Vec<_> = milestone.depends_on.iter().map(|other| &other.value).collect();
    let needed_by: Vec<_> = material.index.dependents.of(id).map(|other| &other.record.id).collect();
    let names = |ids: &[&crate::model::id::Id]| {
        let names: Vec<String> = ids.iter().map(|id| id.to_string()).collect();
        if names.is_empty() { material.words.say("nothing") } else { material.words.list(&names) }
    };
    let values = [("needs", names(&needs)), ("needed", names(&needed_by))];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let text = material.words.fill("fact_note.dependencies", &values);
    let records: Vec<Reference> =
        needs.iter().chain(&needed_by).map(|id| Reference::new(Kind::Milestone, id)).collect();
    let mut fact = fact(material, "dependencies", String::new(), String::new());
    fact.value = material.sentence(&text, &records);
    fact
}

fn decides(material: &Material, milestone: &Milestone) -> Fact {
    let who = |side| material.called(&milestone.gate(side).authority).unwrap_or_else(|| material.words.say("nobody"));
    let (entry, exit) = (who(Side::Entry), who(Side::Exit));
    let value = if entry == exit {
        exit
    } else {
        material.words.fill("fact_note.decides", &[("entry", &entry), ("exit", &exit)])
    };
    fact(material, "decides", value, String::new())
}
