//! Colours of generated programmes: what no claim, no lapse of time and no setting may do to them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use milepost::model::assemble::Clock;
use milepost::model::milestone::Side;
use milepost::model::reference::Kind;
use milepost::pipeline::{self, Checked, Memory};
use milepost::status::{self, Colour, CriterionState, EvidenceState, Facts, Readiness, Standing};
use proptest::{prop_assert, prop_assert_eq};
use serde_json::Value as Json;

use super::draw::{Draw, Outcome, holds, holds_broken};
use super::forms::{self, File};
use super::generate;
use super::programme::{Programme, Record, Value};
use super::reading::{inputs, read};
use crate::support;

fn checked(files: &[File]) -> Checked {
    pipeline::check(&inputs(files), support::clock(), &Memory::default())
}

fn derive(read: &milepost::model::Programme) -> Standing {
    status::derive(&Facts::new(read))
}

fn standing(programme: &Programme) -> Standing {
    derive(&read(&forms::lists(programme), support::clock()).0)
}

fn standing_at(programme: &Programme, date: NaiveDate) -> Standing {
    let clock = Clock { as_of: Some(date), ..support::clock() };
    derive(&read(&forms::lists(programme), clock).0)
}

/// With every record in a file of its own, so that each of its fields stands in it.
pub fn single(programme: &Programme) -> Standing {
    derive(&read(&forms::single(programme), support::clock()).0)
}

/// Whose colour it is.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    /// As the pages show it: the worse of derived and declared.
    Whole,
    /// Milestones and dimensions as derived, before anybody's word on the milestone itself.
    Derived,
}

/// Every colour there is, by the milestone that it is of (none: the programme's) and a name of what it is the colour of.
fn colours(standing: &Standing, shown: Shown) -> BTreeMap<(String, String), Colour> {
    let mut colours = BTreeMap::new();
    for (id, criterion) in &standing.criteria {
        colours.insert((milestone_of(id.as_str()), format!("criterion {id}")), criterion.mark);
    }
    for (id, milestone) in &standing.milestones {
        let mut of = |what: String, colour: Colour| colours.insert((id.to_string(), what), colour);
        of("derived".into(), milestone.derived);
        for side in Side::BOTH.into_iter().filter(|side| milestone.gate(*side).exists) {
            of(format!("{} gate", side.word()), milestone.gate(side).colour);
        }
        for dimension in milestone.dimensions.iter().filter(|dimension| dimension.counts) {
            of(format!("{:?}", dimension.name), dimension.colour);
        }
        if shown == Shown::Whole {
            of("shown".into(), milestone.colour);
        }
    }
    if shown == Shown::Whole {
        colours.insert((String::new(), "programme".into()), standing.programme.colour);
    }
    colours
}

/// The milestone that an id of a criterion or the name of a gate begins with.
pub fn milestone_of(id: &str) -> String {
    id.split(['-', ' ']).next().unwrap_or(id).to_string()
}

/// Unknown and red count as equal; what is stopped stands outside, and is never compared.
fn rank(colour: Colour) -> Option<usize> {
    match colour {
        Colour::Complete => Some(0),
        Colour::Green => Some(1),
        Colour::OnPlan => Some(2),
        Colour::Amber => Some(3),
        Colour::Unknown | Colour::Red => Some(4),
        Colour::Stopped => None,
    }
}

/// No colour that both have is greener after than before. `programme` says who depends on whom.
fn never_greener(before: &Standing, after: &Standing, programme: &Programme, what: &str) -> Outcome {
    never_greener_but(before, after, programme, &BTreeSet::new(), what)
}

/// The same of all but some milestones, those that are no longer waived, and what depends on either: the programme does.
pub fn never_greener_but(
    before: &Standing,
    after: &Standing,
    programme: &Programme,
    excused: &BTreeSet<String>,
    what: &str,
) -> Outcome {
    let milestones = before.milestones.keys().map(|id| id.to_string());
    let waived = milestones.filter(|id| is_no_longer_waived(before, after, id));
    let direct: BTreeSet<String> = waived.chain(excused.iter().cloned()).collect();
    let all: BTreeSet<String> =
        direct.iter().flat_map(|id| dependents(programme, id)).chain(direct.iter().cloned()).collect();
    let (before, after) = (colours(before, Shown::Whole), colours(after, Shown::Whole));
    for (name @ (milestone, of), was) in &before {
        if all.contains(milestone) || milestone.is_empty() && !all.is_empty() {
            continue;
        }
        let (Some(was_rank), Some(is)) = (rank(*was), after.get(name)) else { continue };
        let Some(is_rank) = rank(*is) else { continue };
        prop_assert!(is_rank >= was_rank, "{what}: {milestone} {of} was {was:?} and is {is:?}");
    }
    Ok(())
}

/// By the design (status: mark of a criterion, readiness) what is waived is amber, and what is open is on plan until its lead
/// time. So a criterion looks better that is no longer subject to conditions but open, since its predecessor broke them,
/// and so does a gate that was ready but for a waiver, when another of its criteria opens.
fn is_no_longer_waived(before: &Standing, after: &Standing, milestone: &str) -> bool {
    let own = before.criteria.iter().filter(|(id, _)| milestone_of(id.as_str()) == milestone);
    let opened = own.into_iter().any(|(id, then)| {
        let now = after.criteria.get(id).map(|now| now.state);
        then.state == CriterionState::Waived && matches!(now, Some(CriterionState::Open | CriterionState::Submitted))
    });
    let unready = |side: Side| {
        let readiness = |standing: &Standing| {
            let found = standing.milestones.iter().find(|(id, _)| id.as_str() == milestone);
            found.map(|(_, milestone)| milestone.gate(side).readiness)
        };
        readiness(before) == Some(Readiness::ReadyWithWaivers)
            && matches!(readiness(after), Some(Readiness::InProgress | Readiness::AwaitingAcceptance))
    };
    opened || Side::BOTH.into_iter().any(unready)
}

/// The milestones that a milestone waits for, directly.
fn waits_for(programme: &Programme, milestone: &str) -> BTreeSet<String> {
    let own = programme.records.iter().filter(|record| match record.kind {
        Kind::Milestone => record.id == milestone,
        Kind::Criterion => milestone_of(&record.id) == milestone,
        _ => false,
    });
    let own: Vec<&Record> = own.collect();
    let others = programme.of(Kind::Milestone).map(|other| other.id.clone()).filter(|other| other != milestone);
    others.filter(|other| own.iter().any(|record| follows(record, other))).collect()
}

/// All that wait for a milestone, over others too; itself only where it is in a ring.
pub fn dependents(programme: &Programme, milestone: &str) -> BTreeSet<String> {
    let others: Vec<String> = programme.of(Kind::Milestone).map(|other| other.id.clone()).collect();
    reached(milestone, |id| others.iter().filter(|other| waits_for(programme, other).contains(id)).cloned().collect())
}

/// All that a milestone waits for, over others too.
pub fn predecessors(programme: &Programme, milestone: &str) -> BTreeSet<String> {
    reached(milestone, |id| waits_for(programme, id))
}

fn reached(from: &str, next: impl Fn(&str) -> BTreeSet<String>) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut ahead = next(from);
    while let Some(id) = ahead.pop_first() {
        if reached.insert(id.clone()) {
            ahead.extend(next(&id));
        }
    }
    reached
}

/// The standing as data but for what follows the author's order: sentences name the first of several that are as bad, and
/// a criterion and a step to green the first of several items and waivers.
fn facts(standing: &Standing) -> Json {
    let mut facts = serde_json::to_value(standing).unwrap();
    forget_order(&mut facts);
    facts
}

fn forget_order(json: &mut Json) {
    match json {
        Json::Object(map) => {
            for name in ["reason", "counting", "waiver", "what", "rests_on"] {
                map.remove(name);
            }
            map.values_mut().for_each(forget_order);
        }
        Json::Array(list) => {
            list.iter_mut().for_each(forget_order);
            list.sort_by_key(Json::to_string);
        }
        _ => {}
    }
}

/// The programme without anybody's word on how things stand: no declared status, no mark, no date of arrival.
fn without_claims(programme: &Programme) -> Programme {
    let mut silent = programme.clone();
    for milestone in silent.of_mut(Kind::Milestone) {
        milestone.take("declared");
        milestone.take("actual");
    }
    for criterion in silent.of_mut(Kind::Criterion) {
        let text = criterion.text("text").unwrap_or_default();
        let text = text.trim_start_matches("[x] ").trim_start_matches("✅ ").to_string();
        criterion.set("text", text);
    }
    silent
}

/// A word on some milestones and a mark on some criteria.
fn claim(programme: &mut Programme, draw: &mut Draw) {
    for milestone in programme.of_mut(Kind::Milestone) {
        if draw.chance(50) {
            milestone.set("declared", generate::claim(draw));
        }
        if draw.chance(30) {
            milestone.set("actual", generate::date(draw));
        }
    }
    for criterion in programme.of_mut(Kind::Criterion) {
        if draw.chance(50) {
            let text = format!("{}{}", draw.one_of(&["[x] ", "✅ "]), criterion.text("text").unwrap_or_default());
            criterion.set("text", text);
        }
    }
}

/// Against silence: who takes back an own lower word lifts what it lowered, and that alone.
#[test]
fn claims_make_nothing_greener() {
    holds_broken(|programme, draw| {
        let silent = without_claims(programme);
        let mut claimed = silent.clone();
        claim(&mut claimed, draw);
        never_greener(&standing(&silent), &standing(&claimed), programme, "claimed")
    });
}

/// A milestone's own derived colour does not know its declared one; its successors see what is shown of it.
#[test]
fn own_derived_colour_is_deaf_to_claims() {
    holds_broken(|programme, draw| {
        let before = standing(programme);
        let mut changed = programme.clone();
        let last = changed.of(Kind::Milestone).last().unwrap().id.clone();
        let followed = changed.records.iter().any(|record| follows(record, &last));
        let milestone = changed.of_mut(Kind::Milestone).last().unwrap();
        milestone.set("declared", generate::claim(draw));
        let after = standing(&changed);
        if !followed {
            prop_assert_eq!(colours(&before, Shown::Derived), colours(&after, Shown::Derived));
        }
        let own =
            |standing: &Standing| standing.milestones.iter().find(|(id, _)| id.as_str() == last).unwrap().1.derived;
        prop_assert_eq!(own(&before), own(&after));
        Ok(())
    });
}

fn follows(record: &Record, milestone: &str) -> bool {
    let names = |name: &str| {
        let texts = record.get(name).and_then(Value::texts).unwrap_or_default();
        texts.iter().any(|text| text.contains(milestone))
    };
    names("depends_on") || record.kind == Kind::Criterion && names("text")
}

/// An item counts that counts for all that it names. One that supersedes another is left out, by the design: it is also a
/// word against that one, for all that the other proves. Where it closes a condition of a go, only those that come after
/// that gate are left out: closing the last one moves the arrival to that day (content: effective forecast), so that what
/// closed it may be missed to the gain of a successor.
#[test]
fn evidence_taken_away_makes_nothing_greener() {
    holds_broken(|programme, draw| {
        let before = standing(programme);
        let counts = |item: &&Record| {
            let found = before.evidence.iter().find(|(id, _)| id.as_str() == item.id);
            item.get("supersedes").is_none()
                && found.is_some_and(|(_, standing)| standing.state == EvidenceState::Counts)
        };
        let counting: Vec<Record> = programme.of(Kind::Evidence).filter(counts).cloned().collect();
        if counting.is_empty() {
            return Ok(());
        }
        let gone = draw.one_of(&counting);
        let mut less = programme.clone();
        less.records.retain(|record| record.kind != Kind::Evidence || record.id != gone.id);
        let after = arriving_later(programme, &closed_by(programme, &gone));
        never_greener_but(&before, &standing(&less), programme, &after, &format!("without {}", gone.id))
    });
}

/// What may gain where a condition at the gates of these milestones is not closed: what follows them, and the finish.
pub fn arriving_later(programme: &Programme, closed: &BTreeSet<String>) -> BTreeSet<String> {
    let finish = closed.iter().map(|_| String::new());
    closed.iter().flat_map(|id| dependents(programme, id)).chain(finish).collect()
}

/// The milestones with a condition that looks at an item, or at what it proves.
pub fn closed_by(programme: &Programme, item: &Record) -> BTreeSet<String> {
    let proves = item.get("proves").and_then(Value::texts).unwrap_or_default();
    let named: Vec<&str> = proves.iter().map(|proof| proof.split(':').next().unwrap_or(proof)).collect();
    let looks = |decision: &&Record| {
        let conditions = format!("{:?}", decision.get("conditions"));
        named.iter().chain([&item.id.as_str()]).any(|id| conditions.contains(&format!("\"{id}\"")))
    };
    programme.of(Kind::Decision).filter(looks).filter_map(|decision| decision.text("gate")).map(milestone_of).collect()
}

/// Dates of what has happened. What is due or ends on a day is not recorded on it.
const HAPPENED: [&str; 10] = [
    "accepted_on",
    "rejected_on",
    "withdrawn_on",
    "produced_on",
    "date",
    "closed_on",
    "done_on",
    "raised_on",
    "reviewed_on",
    "actual",
];

/// Takes away every date of something that happened after a day.
fn silence(fields: &mut Vec<(&'static str, Value)>, after: NaiveDate) {
    fields.retain(|(name, value)| match value {
        Value::Text(text) if HAPPENED.contains(name) => text.parse::<NaiveDate>().is_ok_and(|date| date <= after),
        _ => true,
    });
    for (_, value) in fields {
        match value {
            Value::Text(_) => {}
            Value::Map(entries) => silence(entries, after),
            Value::List(values) => {
                let maps = values.iter_mut().filter_map(|value| match value {
                    Value::Map(entries) => Some(entries),
                    Value::Text(_) | Value::List(_) => None,
                });
                maps.for_each(|entries| silence(entries, after));
            }
        }
    }
}

#[test]
fn time_alone_makes_nothing_greener() {
    holds_broken(|programme, draw| {
        let first = generate::day(20 + draw.below(80));
        let then = first + chrono::Days::new(1 + draw.below(70) as u64);
        let mut quiet = programme.clone();
        quiet.records.iter_mut().for_each(|record| silence(&mut record.fields, first));
        let what = format!("from {first} to {then}");
        never_greener(&standing_at(&quiet, first), &standing_at(&quiet, then), &quiet, &what)
    });
}

#[test]
fn order_of_files_rows_and_keys_changes_nothing() {
    holds(|programme, draw| {
        let shuffled = read(&forms::shuffled(programme, draw), support::clock()).0;
        let (before, after) = (facts(&standing(programme)), facts(&derive(&shuffled)));
        let (before, after) = (format!("{before:#}"), format!("{after:#}"));
        let differs: Vec<_> = before.lines().zip(after.lines()).filter(|(left, right)| left != right).take(8).collect();
        prop_assert!(before == after, "{differs:#?}");
        Ok(())
    });
}

/// Makes one milestone worse, in a way that only ever does.
fn worsen(programme: &mut Programme, draw: &mut Draw) -> String {
    let milestones: Vec<String> = programme.of(Kind::Milestone).map(|milestone| milestone.id.clone()).collect();
    let id = draw.one_of(&milestones);
    let early = generate::day(0).to_string();
    match draw.below(4) {
        0 => {
            let milestone = programme.of_mut(Kind::Milestone).find(|milestone| milestone.id == id).unwrap();
            milestone.set("declared", "red");
            format!("{id} declared red")
        }
        1 => {
            let risk = Record::new(Kind::Risk, "R-99").with("title", "Fire").with("residual", "25");
            programme.records.push(risk.with("milestones", vec![id.clone()]));
            format!("{id} at risk")
        }
        2 => {
            let issue = Record::new(Kind::Issue, "I-99").with("title", "Fire").with("severity", "critical");
            programme.records.push(issue.with("milestones", vec![id.clone()]));
            format!("{id} with a critical issue")
        }
        _ => {
            let own: Vec<String> = programme
                .of(Kind::Criterion)
                .filter(|criterion| criterion.id.starts_with(&format!("{id}-")))
                .map(|criterion| criterion.id.clone())
                .collect();
            let item = Record::new(Kind::Evidence, "E-99").with("title", "Failed run").with("proves", own);
            programme.records.push(item.with("rejected_on", early));
            format!("{id} with failed evidence")
        }
    }
}

/// Worse by what is recorded of it: a later forecast, which may lift an overdue gate as it slips, and a kill, which
/// takes it out of the roll-up, are answers to trouble by the design and no mere worsening.
#[test]
fn worse_milestone_improves_nothing() {
    holds_broken(|programme, draw| {
        let mut worse = programme.clone();
        for milestone in worse.of_mut(Kind::Milestone) {
            milestone.take("declared");
        }
        let before = standing(&worse);
        let what = worsen(&mut worse, draw);
        never_greener(&before, &standing(&worse), programme, &what)
    });
}

#[test]
fn profile_rules_and_allowances_change_nothing() {
    holds_broken(|programme, draw| {
        let mut strict = programme.clone();
        strict.settings.set("profile", draw.one_of(&["controlled", "draft"]));
        let found = checked(&forms::lists(programme)).snapshot.findings;
        let rules: Vec<&'static str> = milepost::rules::ALL.iter().map(|rule| rule.name).collect();
        let severities = ["off", "note", "warning", "error"];
        let ruled = (0..1 + draw.below(6)).map(|_| (draw.one_of(&rules), draw.one_of(&severities)));
        let mut ruled: Vec<(&'static str, Value)> = ruled.map(|(rule, severity)| (rule, severity.into())).collect();
        ruled.sort_by_key(|(rule, _)| *rule);
        ruled.dedup_by_key(|(rule, _)| *rule);
        strict.settings.set("rules", Value::Map(ruled));
        let allow = found.iter().take(draw.below(20)).map(|finding| {
            let keys = [("rule", finding.rule.as_str()), ("reason", "known"), ("by", "ann"), ("until", "2027-01-01")];
            Value::Map(keys.into_iter().map(|(name, value)| (name, value.into())).collect())
        });
        strict.settings.set("allow", Value::List(allow.collect()));
        prop_assert_eq!(standing(programme), standing(&strict));
        Ok(())
    });
}

/// A decision that must not count: by one without the authority that its gate asks for, without an outcome, a person or
/// a date, or dated after the data date.
fn void(programme: &Programme, draw: &mut Draw) -> Record {
    let milestones: Vec<String> = programme.of(Kind::Milestone).map(|milestone| milestone.id.clone()).collect();
    let gate = format!("{} {}", draw.one_of(&milestones), draw.one_of(&["entry", "exit"]));
    let mut decision = generate::decision(programme, &gate, draw);
    decision.id = draw.one_of(&["A-1", "Z-999"]).into();
    decision.set("by", "dee");
    decision.set("outcome", decision.text("outcome").unwrap_or("go").to_string());
    let today = programme.settings.text("data_date").unwrap().parse::<NaiveDate>().unwrap();
    decision.set("date", (today - chrono::Days::new(draw.below(30) as u64)).to_string());
    match draw.below(5) {
        0 => decision.set("by", draw.one_of(&["eve", "cy", "Bo O'Hara", "a stranger"])),
        1 => decision.set("date", (today + chrono::Days::new(1 + draw.below(30) as u64)).to_string()),
        2 => drop(decision.take("outcome")),
        3 => drop(decision.take("by")),
        _ => drop(decision.take("date")),
    }
    decision
}

#[test]
fn decision_that_does_not_count_changes_nothing() {
    holds_broken(|programme, draw| {
        let mut ruled = programme.clone();
        for milestone in ruled.of_mut(Kind::Milestone) {
            milestone.take("authority");
        }
        ruled.settings.set("authority", "board");
        let mut more = ruled.clone();
        more.records.push(void(&ruled, draw));
        let (mut before, mut after) = (standing(&ruled), standing(&more));
        for standing in [&mut before, &mut after] {
            // It stands there itself, as one that does not count.
            standing.decisions.clear();
            standing.conditions.clear();
        }
        prop_assert_eq!(before, after);
        Ok(())
    });
}

/// What never occurs is never tried.
#[test]
fn programmes_that_are_made_up_have_every_colour_and_state() {
    let seen = std::cell::RefCell::new(BTreeMap::<String, usize>::new());
    holds(|programme, _| {
        let standing = standing(programme);
        let saw = |what: String| *seen.borrow_mut().entry(what).or_default() += 1;
        for milestone in standing.milestones.values() {
            saw(format!("milestone {:?}", milestone.colour));
            saw(format!("gate {:?}", milestone.entry.state));
            saw(format!("gate {:?}", milestone.exit.state));
        }
        for criterion in standing.criteria.values() {
            saw(format!("criterion {:?}", criterion.state));
        }
        for item in standing.evidence.values() {
            saw(format!("evidence {:?}", item.state));
        }
        for condition in standing.conditions.values() {
            saw(format!("condition {:?}", condition.state));
        }
        saw(format!("programme {:?}", standing.programme.colour));
        Ok(())
    });
    let seen = seen.into_inner();
    let never = EVERYTHING.into_iter().filter(|what| !seen.contains_key(*what));
    assert_eq!(never.collect::<Vec<_>>(), Vec::<&str>::new(), "never made up, of {seen:#?}");
}

const EVERYTHING: [&str; 40] = [
    "criterion NotApplicable",
    "criterion Failed",
    "criterion Met",
    "criterion Waived",
    "criterion Lapsed",
    "criterion Submitted",
    "criterion Open",
    "evidence Counts",
    "evidence Submitted",
    "evidence Rejected",
    "evidence Expired",
    "evidence Withdrawn",
    "evidence Superseded",
    "evidence DoesNotCount",
    "evidence Future",
    "gate Pending",
    "gate OverdueDecision",
    "gate Held",
    "gate Recycled",
    "gate ConditionallyPassed",
    "gate ConditionBreached",
    "gate PassedByOverride",
    "gate PassedWithWaivers",
    "gate Passed",
    "gate Stopped",
    "milestone Complete",
    "milestone Green",
    "milestone OnPlan",
    "milestone Amber",
    "milestone Unknown",
    "milestone Red",
    "milestone Stopped",
    "programme Green",
    "programme OnPlan",
    "programme Amber",
    "programme Unknown",
    "programme Red",
    "condition Open",
    "condition Overdue",
    "condition Closed",
];
