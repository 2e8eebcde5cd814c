//! Dates and colours that moved.

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::id::Id;
use crate::model::reference::{Kind, Reference};
use crate::site::material::{Link, Mark, Material, Sentence};
use crate::status::Colour;
use crate::version::diff::{ColourMove, Coloured, DateMove, Dated, Diff, Direction, Overtaken};

/// Rows of one table, and what did not move.
#[derive(Debug, Clone, Serialize)]
pub struct Moves {
    pub caption: String,
    /// What heads the fourth column.
    pub measure: String,
    pub rows: Vec<Move>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Move {
    pub record: Option<Link>,
    pub what: String,
    pub from: String,
    pub to: String,
    /// Shapes, where it is colours that moved.
    pub marks: Option<(Mark, Mark)>,
    pub moved: String,
    pub is_worse: bool,
    pub reason: Sentence,
}

pub fn dates(material: &Material, diff: &Diff) -> Moves {
    let words = material.words;
    let mut caption = vec![words.say("changes.dates_caption")];
    if !diff.dates.is_empty() && diff.dates.iter().all(|moved| moved.days.is_none_or(|days| days >= 0)) {
        caption.push(words.say("changes.none_earlier"));
    }
    let moved =
        |id: &Id| diff.dates.iter().any(|moved| matches!(&moved.what, Dated::Gate(gate) if gate.milestone == *id));
    let is_overtaken = |id: &Id| diff.overtaken.iter().any(|one| one.milestone == *id);
    caption.extend(stayed(material, "changes.dates_stayed", |id| !moved(id) && !is_overtaken(id)));
    caption.extend(diff.overtaken.iter().map(|one| overtaken(material, one)));
    let measure = words.say("changes.column.moved");
    Moves { caption: caption.join(" "), measure, rows: diff.dates.iter().map(|moved| date(material, moved)).collect() }
}

/// "M2 is still forecast for Fri 6 Feb, which has passed: 2 working days later by the data date alone."
fn overtaken(material: &Material, one: &Overtaken) -> String {
    let date = material.date_text(one.forecast);
    material.words.count_with("changes.overtaken", one.days, &[("id", one.milestone.as_str()), ("date", &date)])
}

/// "The forecasts of M1 and M3 did not move."; a number where the names would be many.
fn stayed(material: &Material, key: &str, is_so: impl Fn(&Id) -> bool) -> Option<String> {
    let ids: Vec<&Id> = material.programme.milestones.iter().map(|one| &one.record.id).filter(|id| is_so(id)).collect();
    let names = match ids.len() {
        0 => return None,
        number if number > 6 => material.words.count("kind.milestone", number as i64),
        _ => material.words.list(&ids.iter().map(|id| id.to_string()).collect::<Vec<_>>()),
    };
    Some(material.words.count_with(key, ids.len() as i64, &[("which", &names)]))
}

fn date(material: &Material, moved: &DateMove) -> Move {
    let words = material.words;
    let (record, what) = match &moved.what {
        Dated::Gate(gate) => {
            let side = words.of("side", gate.side.word());
            (Some(material.link(Kind::Milestone, &gate.milestone)), words.fill("changes.gate", &[("side", &side)]))
        }
        Dated::Finish => (None, words.say("changes.finish")),
    };
    let text =
        |date: Option<NaiveDate>| date.map_or_else(|| words.say("changes.no_date"), |date| material.date_text(date));
    Move {
        record,
        what,
        from: text(moved.from),
        to: text(moved.to),
        marks: None,
        moved: moved.days.map_or_else(|| "–".to_string(), |days| material.signed(days)),
        is_worse: moved.days.is_some_and(|days| days > 0),
        reason: date_reason(material, moved),
    }
}

/// What somebody gave as a reason; else that nobody did, and what the schedule says of it.
fn date_reason(material: &Material, moved: &DateMove) -> Sentence {
    if let Some(given) = &moved.given {
        return material.reason(given);
    }
    if let (Dated::Finish, Some(standing)) = (&moved.what, &moved.standing) {
        return material.reason(standing);
    }
    let mut sentence = Sentence::plain(material.words.say("changes.no_reason"));
    if let (Dated::Gate(gate), Some(standing)) = (&moved.what, &moved.standing) {
        sentence.0.extend(Sentence::plain(". ").0);
        sentence.0.extend(material.reason_without(standing, &gate.milestone).0);
    }
    sentence
}

pub fn colours(material: &Material, diff: &Diff) -> Moves {
    let named = |id: &Id| diff.colours.iter().any(|moved| moved.what == Coloured::Milestone(id.clone()));
    let colour = |id: &Id| material.standing.milestones.get(id).map(|standing| standing.colour);
    // A milestone that was not there had no colour to keep.
    let is_new = |id: &Id| diff.added.iter().any(|one| one.record == Reference::new(Kind::Milestone, id));
    let kept = Colour::ALL.into_iter().filter_map(|kept| {
        let key = format!("changes.stays.{}", kept.code());
        stayed(material, &key, |id| colour(id) == Some(kept) && !named(id) && !is_new(id))
    });
    let caption = kept.collect::<Vec<_>>().join(" ");
    let measure = material.words.say("changes.column.direction");
    Moves { caption, measure, rows: diff.colours.iter().map(|moved| colour_move(material, moved)).collect() }
}

fn colour_move(material: &Material, moved: &ColourMove) -> Move {
    let words = material.words;
    let (record, what) = match &moved.what {
        Coloured::Milestone(id) => (Some(material.link(Kind::Milestone, id)), String::new()),
        Coloured::Programme => (None, words.say("changes.programme")),
    };
    let told = |reason| match &moved.what {
        Coloured::Milestone(id) => material.reason_without(reason, id),
        Coloured::Programme => material.reason(reason),
    };
    let reason = match moved.direction {
        Direction::SameColour => {
            let mut sentence = Sentence::plain(words.say("changes.was"));
            sentence.0.extend(told(&moved.was).0);
            sentence.0.extend(Sentence::plain(words.say("changes.is")).0);
            sentence.0.extend(told(&moved.is).0);
            sentence
        }
        _ => told(&moved.is),
    };
    let direction = match moved.direction {
        Direction::Worse => "worse",
        Direction::Better => "better",
        Direction::Outside => "outside",
        Direction::SameColour => "same",
    };
    let (from, to) = (material.mark(moved.from), material.mark(moved.to));
    Move {
        record,
        what,
        from: from.word.clone(),
        to: to.word.clone(),
        marks: Some((from, to)),
        moved: words.of("changes.direction", direction),
        is_worse: moved.direction == Direction::Worse,
        reason,
    }
}
