//! What had been decided or judged and says something else now: it is followed by another record, never written over.

use std::cmp::Ordering;

use chrono::NaiveDate;

use crate::model::decision::{Condition, Decision, Waiver};
use crate::model::evidence::Evidence;
use crate::model::id::Id;
use crate::model::reference::Kind;
use crate::model::settings::fold;
use crate::model::{Date, Programme, Words};
use crate::source::Spanned;
use crate::status::decision::due;
use crate::version::diff::State;
use crate::version::diff::{Field, FieldChange, Said, wording};

/// Of the changes of fields, those of a decision, a condition, a waiver or an acceptance that was made by the earlier data
/// date. To fill in what was left out is no rewriting, nor is what makes a promise harder to keep.
pub fn rewritten(before: &State, after: &State, changes: &[FieldChange]) -> Vec<FieldChange> {
    let both = Both { then: before.programme, now: after.programme };
    changes.iter().filter(|change| both.is_rewritten(change)).cloned().collect()
}

/// The conditions that a decision had made and makes no longer, though it is there itself. In other words, or under another
/// id, it is there.
pub fn dropped<'a>(before: &State<'a>, after: &State) -> Vec<(&'a Decision, &'a Condition)> {
    let then = before.programme;
    let mut dropped = Vec::new();
    for decision in then.decisions.iter().filter(|decision| is_decided(decision, then.settings.data_date.date)) {
        let Some(now) = decision_of(after.programme, &decision.record.id) else { continue };
        let is_there = |condition: &Condition| {
            now.conditions.iter().any(|one| one.id == condition.id || says(&one.text) == says(&condition.text))
        };
        dropped.extend(decision.conditions.iter().filter(|one| !is_there(one)).map(|condition| (decision, condition)));
    }
    dropped
}

struct Both<'a> {
    then: &'a Programme,
    now: &'a Programme,
}

impl Both<'_> {
    fn is_rewritten(&self, change: &FieldChange) -> bool {
        let (Some(record), Field::Known(field)) = (&change.record, &change.field) else { return false };
        match record.kind {
            Kind::Decision => self.decision(&record.id, field, change),
            Kind::Condition => self.condition(&record.id, field, change),
            Kind::Waiver => self.waiver(&record.id, field, change),
            Kind::Evidence => self.evidence(&record.id, field, change),
            _ => false,
        }
    }

    fn decision(&self, id: &Id, field: &str, change: &FieldChange) -> bool {
        let of = |programme| decision_of(programme, id);
        let (Some(then), Some(now)) = (of(self.then), of(self.now)) else { return false };
        let is_made = then.record.id_derived || now.record.id_derived;
        let has_moved = || self.now.decisions.iter().any(|one| decided(one) == decided(then));
        let is_changed = match field {
            "outcome" | "gate" | "date" => change.from != Said::Nothing,
            "resume_on" | "new_gate_date" => is_later(change),
            // What is looked at is what was there then, or what was there at another time.
            "on_version" => true,
            "by" => self.is_another(&then.by, &now.by),
            _ => false,
        };
        is_changed && is_decided(then, self.today()) && !(is_made && has_moved())
    }

    fn condition(&self, id: &Id, field: &str, change: &FieldChange) -> bool {
        let of = |programme| condition_of(programme, id);
        let (Some((decision, then)), Some((of_now, now))) = (of(self.then), of(self.now)) else { return false };
        let is_eased = match field {
            "criterion" => change.from != Said::Nothing,
            "due" => due(of_now, now).is_none_or(|is| due(decision, then).is_some_and(|was| is > was)),
            "timing" => change.to == Said::Word("post".to_string()),
            "text" => wording::likeness(&says(&then.text), &says(&now.text)) < ALIKE && then.text.is_some(),
            _ => false,
        };
        let has_moved = || of_now.conditions.iter().any(|one| promised(one) == promised(then));
        is_eased && is_decided(decision, self.today()) && !has_moved()
    }

    fn waiver(&self, id: &Id, field: &str, change: &FieldChange) -> bool {
        let of = |programme: &'_ Programme| programme.waivers.iter().position(|one| one.record.id == *id);
        let (Some(then), Some(now)) = (of(self.then), of(self.now)) else { return false };
        let (then, now) = (&self.then.waivers[then], &self.now.waivers[now]);
        let is_changed = match field {
            "criterion" | "date" => change.from != Said::Nothing,
            "expires_on" => is_later(change),
            "approver" => self.is_another(&then.approver, &now.approver),
            _ => false,
        };
        let is_made = then.record.id_derived || now.record.id_derived;
        let has_moved = || self.now.waivers.iter().any(|one| waived(one) == waived(then));
        is_changed && by_then(&then.date, self.today()) && !(is_made && has_moved())
    }

    fn evidence(&self, id: &Id, field: &str, change: &FieldChange) -> bool {
        let of = |programme: &'_ Programme| programme.evidence.iter().position(|one| one.record.id == *id);
        let (Some(then), Some(now)) = (of(self.then), of(self.now)) else { return false };
        let (then, now) = (&self.then.evidence[then], &self.now.evidence[now]);
        let is_changed = match field {
            "result" | "accepted_on" | "rejected_on" | "withdrawn_on" | "sha256" => change.from != Said::Nothing,
            "expires_on" => is_later(change),
            "acceptor" => self.is_another(&then.acceptor, &now.acceptor),
            "producer" => self.is_another(&then.producer, &now.producer),
            _ => false,
        };
        let is_judged = [&then.accepted_on, &then.rejected_on].into_iter().any(|date| by_then(date, self.today()));
        let is_made = then.record.id_derived || now.record.id_derived;
        let has_moved = || self.now.evidence.iter().any(|one| judged(one) == judged(then));
        is_changed && is_judged && !(is_made && has_moved())
    }

    /// The earlier data date: what is dated after it had not happened.
    fn today(&self) -> NaiveDate {
        self.then.settings.data_date.date
    }

    /// Was somebody named, and is that somebody else now? An id and the name of one person are one.
    fn is_another(&self, then: &Words, now: &Words) -> bool {
        let Some(then) = then else { return false };
        let called = |words: &Spanned<String>| fold(self.now.settings.called(&words.value));
        now.as_ref().is_none_or(|now| called(now) != called(then))
    }
}

/// Texts with less in common than this, in percent, are two promises.
const ALIKE: usize = 50;

/// Later than was said, or no longer said.
fn is_later(change: &FieldChange) -> bool {
    match (&change.from, &change.to) {
        (Said::Date(from), Said::Date(to)) => from.cmp(to) == Ordering::Less,
        (Said::Nothing, _) => false,
        _ => true,
    }
}

fn is_decided(decision: &Decision, today: NaiveDate) -> bool {
    decision.outcome.is_some() && decision.date.as_ref().is_none_or(|date| date.value <= today)
}

fn by_then(date: &Date, today: NaiveDate) -> bool {
    date.as_ref().is_some_and(|date| date.value <= today)
}

fn decision_of<'a>(programme: &'a Programme, id: &Id) -> Option<&'a Decision> {
    programme.decisions.iter().find(|one| one.record.id == *id)
}

fn condition_of<'a>(programme: &'a Programme, id: &Id) -> Option<(&'a Decision, &'a Condition)> {
    let conditions =
        programme.decisions.iter().flat_map(|decision| decision.conditions.iter().map(move |one| (decision, one)));
    conditions.into_iter().find(|(_, one)| one.id == *id)
}

fn says(words: &Words) -> String {
    words.as_ref().map(|words| fold(&words.value)).unwrap_or_default()
}

/// What tells a record whose id was made from another: the id goes on to the next in line.
fn decided(one: &Decision) -> impl PartialEq {
    let value = |date: &Date| date.as_ref().map(|date| date.value);
    let gate = one.gate.as_ref().map(|gate| gate.value.clone());
    (gate, one.outcome.as_ref().map(|outcome| outcome.value), value(&one.date), says(&one.by))
}

fn promised(one: &Condition) -> impl PartialEq {
    let due = one.due.as_ref().map(|date| date.value);
    (says(&one.text), one.criterion.as_ref().map(|id| id.value.clone()), due, one.timing.as_ref().map(|it| it.value))
}

fn waived(one: &Waiver) -> impl PartialEq {
    let value = |date: &Date| date.as_ref().map(|date| date.value);
    let criterion = one.criterion.as_ref().map(|id| id.value.clone());
    (criterion, says(&one.approver), value(&one.date), value(&one.expires_on))
}

fn judged(one: &Evidence) -> impl PartialEq {
    let value = |date: &Date| date.as_ref().map(|date| date.value);
    let result = one.result.as_ref().map(|result| result.value);
    (fold(&one.title.value), result, says(&one.acceptor), value(&one.accepted_on), value(&one.rejected_on))
}
