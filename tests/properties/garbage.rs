//! One value of one record is written over with words that mean nothing there: no colour is greener for it.

use std::collections::BTreeSet;

use milepost::model::reference::Kind;
use milepost::status::{EvidenceState, Readiness, Standing};

use super::colours::{arriving_later, closed_by, milestone_of, never_greener_but, predecessors, single};
use super::draw::{Draw, holds};
use super::programme::{Programme, Record, Value};

/// The way to a text within a record: its field, then keys and positions.
#[derive(Debug, Clone)]
struct Place {
    record: usize,
    field: &'static str,
    /// Of what has keys or is a list.
    within: Vec<usize>,
    /// The last key on the way, else the field.
    name: &'static str,
    was: String,
}

fn places(programme: &Programme) -> Vec<Place> {
    let mut places = Vec::new();
    for (record, of) in programme.records.iter().enumerate() {
        for (field, value) in &of.fields {
            collect(value, &Place { record, field, within: Vec::new(), name: field, was: String::new() }, &mut places);
        }
    }
    places
}

fn collect(value: &Value, above: &Place, places: &mut Vec<Place>) {
    let below = |position: usize, name: &'static str| {
        let within = above.within.iter().copied().chain([position]).collect();
        Place { within, name, ..above.clone() }
    };
    match value {
        Value::Text(text) => places.push(Place { was: text.clone(), ..above.clone() }),
        Value::List(values) => {
            values.iter().enumerate().for_each(|(at, value)| collect(value, &below(at, above.name), places));
        }
        Value::Map(entries) => {
            entries.iter().enumerate().for_each(|(at, (key, value))| collect(value, &below(at, key), places));
        }
    }
}

fn written_over(programme: &Programme, place: &Place, word: &str) -> Programme {
    let mut changed = programme.clone();
    let fields = &mut changed.records[place.record].fields;
    let mut value = &mut fields.iter_mut().find(|(name, _)| *name == place.field).unwrap().1;
    for position in &place.within {
        value = match value {
            Value::List(values) => &mut values[*position],
            Value::Map(entries) => &mut entries[*position].1,
            Value::Text(_) => panic!("a text has nothing within"),
        };
    }
    *value = word.into();
    changed
}

/// What means nothing. In the place of a name any other word is one, so there it is a word that names nobody.
fn garbage(place: &Place, draw: &mut Draw) -> &'static str {
    match place.name {
        "owner" | "producer" | "acceptor" | "approver" | "by" | "actionee" | "reviewer" => {
            draw.one_of(&["pending", "TBD", "?"])
        }
        // Nor `TBD`, which means that nothing is said yet.
        _ => draw.one_of(&["zzqx", "2026-13-45", "neither here nor there"]),
    }
}

/// Fields in which nothing is no other statement: what is asked for is then missing. Of evidence only while it counts: an
/// acceptance that is taken back, or was none, is missed by nobody.
fn must_be_filled(record: &Record, before: &Standing, name: &str) -> bool {
    match record.kind {
        Kind::Milestone => name == "owner",
        Kind::Evidence => {
            let asked = ["accepted_on", "result", "producer", "acceptor", "produced_on"].contains(&name);
            asked && counts(before, record) && record.get("supersedes").is_none()
        }
        Kind::Waiver => matches!(name, "date" | "expires_on") && !is_over(record),
        Kind::Decision => matches!(name, "resume_on" | "new_gate_date" | "closed_on" | "timing" | "evidence"),
        Kind::Risk => matches!(name, "done_on" | "status"),
        _ => false,
    }
}

fn counts(before: &Standing, item: &Record) -> bool {
    let found = before.evidence.iter().find(|(id, _)| id.as_str() == item.id);
    found.is_some_and(|(_, standing)| standing.state == EvidenceState::Counts)
}

/// Did the waiver end before any data date that is drawn?
fn is_over(waiver: &Record) -> bool {
    waiver.text("expires_on").is_none_or(|date| date < "2026-06-01")
}

/// The milestones that a record speaks of.
fn spoken_of(programme: &Programme, record: &Record) -> BTreeSet<String> {
    let texts = |name: &str| {
        let texts = record.get(name).and_then(Value::texts).unwrap_or_default();
        texts.into_iter().map(|text| text.split([':', ' ']).next().unwrap_or(text)).collect::<Vec<_>>()
    };
    match record.kind {
        Kind::Milestone => BTreeSet::from([record.id.clone()]),
        Kind::Criterion => BTreeSet::from([milestone_of(&record.id)]),
        Kind::Evidence => {
            let mut own: BTreeSet<String> = texts("proves").into_iter().map(milestone_of).collect();
            for older in texts("supersedes") {
                let older = programme.of(Kind::Evidence).filter(|item| item.id == older);
                own.extend(older.flat_map(|item| {
                    spoken_of(
                        programme,
                        &Record { fields: vec![("proves", item.get("proves").unwrap().clone())], ..item.clone() },
                    )
                }));
            }
            own
        }
        Kind::Decision => texts("gate").into_iter().map(milestone_of).collect(),
        Kind::Waiver => texts("criterion").into_iter().map(milestone_of).collect(),
        Kind::Change => texts("record").into_iter().map(milestone_of).collect(),
        _ => texts("milestones").into_iter().map(milestone_of).collect(),
    }
}

/// The milestones that may look better for a value that is no longer understood, and why that is right. Those that depend
/// on them go with them.
fn excused(programme: &Programme, before: &Standing, place: &Place, word: &str) -> BTreeSet<String> {
    let record = &programme.records[place.record];
    let own = spoken_of(programme, record);
    let ahead = || own.iter().flat_map(|id| predecessors(programme, id)).collect::<BTreeSet<_>>();
    let with = |others: BTreeSet<String>| own.iter().cloned().chain(others).collect::<BTreeSet<_>>();
    let standing = |id: &str| before.milestones.iter().find(|(other, _)| other.as_str() == id).map(|(_, it)| it);
    match (record.kind, place.field) {
        // Whoever takes back an own word lifts what it lowered.
        (Kind::Milestone, "declared") => own,
        // Words for another authority make the decisions of this one those of somebody else, holds and kills too.
        (Kind::Milestone, "authority") => own,
        // What comes before is measured against what follows, and cannot be where that has no date. It is unknown itself.
        (Kind::Milestone, "window" | "forecast" | "entry_gate_date" | "exit_gate_date" | "baseline") => ahead(),
        // What names another record no longer speaks of this one, neither well nor ill: it is found as an error.
        (Kind::Milestone, "depends_on") | (Kind::Criterion, "text") => with(ahead()),
        // A gate that asks for nothing mandatory is unknown; one that asks for this criterion is judged by it.
        (Kind::Criterion, "mandatory" | "not_applicable") => {
            let milestone = standing(own.first().unwrap()).unwrap();
            let undefined =
                [&milestone.entry, &milestone.exit].iter().any(|gate| gate.readiness == Readiness::Undefined);
            if undefined { own } else { BTreeSet::new() }
        }
        (Kind::Evidence, "supersedes") => own,
        // An item that counts can only be missed.
        (Kind::Evidence, "proves") if !counts(before, record) => own,
        (Kind::Decision, "gate") => own,
        // A decision by nobody does not count: the gate is looked at again, or what was decided on it before.
        (Kind::Decision, "by") => own,
        // Words that say that something is to come are no decision yet.
        (Kind::Decision, "outcome" | "date") if word == "TBD" => own,
        // What is not stopped is judged again, and so is what failed because of it.
        (Kind::Decision, "outcome" | "date") if record.text("outcome") == Some("kill") => own,
        // What comes before has no float against a gate that may have been moved.
        (Kind::Decision, "outcome" | "date" | "new_gate_date") => ahead(),
        (Kind::Waiver, "criterion") => own,
        // A waiver that nobody granted was never in force, and so does not lapse.
        (Kind::Waiver, "reason" | "approver") if is_over(record) => own,
        (Kind::Risk | Kind::Issue, "milestones") => own,
        // Any word is a category; that it is not named in the appetite is no fault.
        (Kind::Risk, "category") if word != "TBD" => own,
        // A change that nobody approved changes nothing, also where the baseline that it gives is the stricter.
        (Kind::Change, "record" | "field" | "approver" | "to") => with(ahead()),
        _ => BTreeSet::new(),
    }
}

/// The milestones at whose gates a condition looks at what is changed: closing the last one moves the arrival to that day
/// (content: effective forecast), so that those that follow, and the finish, may gain where it is not closed.
fn closed_by_it(programme: &Programme, record: &Record) -> BTreeSet<String> {
    match record.kind {
        Kind::Evidence => closed_by(programme, record),
        Kind::Decision if record.get("conditions").is_some() => spoken_of(programme, record),
        Kind::Criterion => {
            let proof = Record::new(Kind::Evidence, "").with("proves", vec![record.id.clone()]);
            closed_by(programme, &proof)
        }
        _ => BTreeSet::new(),
    }
}

#[test]
fn what_is_not_understood_makes_nothing_greener() {
    holds(|programme, draw| {
        let places = places(programme);
        let before = single(programme);
        for _ in 0..4 {
            let place = draw.one_of(&places);
            let blank = must_be_filled(&programme.records[place.record], &before, place.name) && draw.chance(30);
            let word = if blank { "" } else { garbage(&place, draw) };
            let changed = written_over(programme, &place, word);
            let mut excused = excused(programme, &before, &place, word);
            let record = &programme.records[place.record];
            excused.extend(arriving_later(programme, &closed_by_it(programme, record)));
            let id = &record.id;
            let what = format!("{id}: `{}` of {} was `{}` and is `{word}`", place.name, place.field, place.was);
            never_greener_but(&before, &single(&changed), programme, &excused, &what)?;
        }
        Ok(())
    });
}
