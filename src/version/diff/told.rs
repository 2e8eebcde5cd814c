//! A difference as plain text, for the terminal.

use chrono::NaiveDate;

use crate::model::milestone::GateName;
use crate::model::reference::Kind;
use crate::status::{ConditionState, CriterionState, EvidenceState};
use crate::version::diff::wording::{Fate, Part};
use crate::version::diff::{
    ColourMove, Coloured, ConditionMove, CriterionChange, CriterionChangeKind, DateMove, Dated, Diff, Direction,
    Easing, EvidenceMove, Field, FieldChange, NewDecision, Overtaken, PageChangeKind, RiskMove, Said, StateMove,
    Titled, WaiverMove, WaiverMoveKind,
};

/// Lines under a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub heading: &'static str,
    pub lines: Vec<String>,
}

/// What changed, in the order of the Changes page; groups without a line are left out.
pub fn sentences(diff: &Diff) -> Vec<Group> {
    let new = |heading, lines: Vec<String>| Group { heading, lines };
    let mut states: Vec<String> = diff.states.iter().map(state).collect();
    if !diff.overdue.is_empty() {
        states.push(format!("newly overdue: {}", joined(&diff.overdue)));
    }
    let decided = diff.decisions.iter().map(decision);
    let written_over = diff.rewritten.chunk_by(|one, next| one.record == next.record).map(rewritten);
    let decided =
        written_over.chain(decided).chain(diff.conditions.iter().map(condition)).chain(diff.waivers.iter().map(waiver));
    let pages =
        diff.pages.iter().map(|page| format!("page \"{}\" ({}) {}", page.title, page.path, page_word(page.kind)));
    let groups = [
        new("dates moved", diff.dates.iter().map(date).chain(diff.overtaken.iter().map(overtaken)).collect()),
        new("colours moved", diff.colours.iter().map(colour).collect()),
        new("criteria", diff.criteria.iter().map(criterion).collect()),
        new("states of criteria", states),
        new("decisions, conditions, waivers", decided.collect()),
        new("risks", diff.risks.iter().map(risk).collect()),
        new("evidence", diff.evidence.iter().map(evidence).collect()),
        new("records added", diff.added.iter().filter(|one| !has_a_list(one)).map(titled).collect()),
        new("records removed", diff.removed.iter().map(titled).collect()),
        new("fields", diff.fields.iter().map(field).collect()),
        new("pages", pages.collect()),
    ];
    groups.into_iter().filter(|group| !group.lines.is_empty()).collect()
}

/// Told among the new ones of its register already.
fn has_a_list(one: &Titled) -> bool {
    matches!(one.record.kind, Kind::Decision | Kind::Condition | Kind::Waiver | Kind::Risk | Kind::Evidence)
}

fn joined(ids: &[crate::model::id::Id]) -> String {
    ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(", ")
}

fn gate_name(gate: &GateName) -> String {
    format!("{} {}", gate.milestone, gate.side.word())
}

fn day(date: Option<NaiveDate>) -> String {
    date.map_or_else(|| "no date".to_string(), |date| date.to_string())
}

fn days(days: i64) -> String {
    let unit = if days.abs() == 1 { "working day" } else { "working days" };
    format!("{days:+} {unit}")
}

fn date(moved: &DateMove) -> String {
    let what = match &moved.what {
        Dated::Gate(gate) => format!("{} gate", gate_name(gate)),
        Dated::Finish => "programme finish".to_string(),
    };
    let distance = moved.days.map_or_else(String::new, |number| format!(", {}", days(number)));
    let is_finish = moved.what == Dated::Finish;
    let given = moved.given.as_ref().or(moved.standing.as_ref().filter(|_| is_finish));
    let reason = given.map_or("no reason given", |reason| reason.sentence.as_str());
    format!("{what}: {} to {}{distance}: {reason}", day(moved.from), day(moved.to))
}

fn overtaken(one: &Overtaken) -> String {
    let Overtaken { milestone, forecast, days: number } = one;
    format!("{milestone} exit gate: still {forecast}, which has passed, {} by the data date alone", days(*number))
}

fn colour(moved: &ColourMove) -> String {
    let what = match &moved.what {
        Coloured::Milestone(id) => id.to_string(),
        Coloured::Programme => "programme".to_string(),
    };
    let (from, to) = (moved.from.word(), moved.to.word());
    match moved.direction {
        Direction::SameColour => {
            format!("{what}: still {to}, for another reason: {}; was: {}", moved.is.sentence, moved.was.sentence)
        }
        Direction::Worse => format!("{what}: {from} to {to}, worse: {}", moved.is.sentence),
        Direction::Better => format!("{what}: {from} to {to}, better: {}", moved.is.sentence),
        Direction::Outside => format!("{what}: {from} to {to}: {}", moved.is.sentence),
    }
}

fn criterion(change: &CriterionChange) -> String {
    let kind = match &change.kind {
        CriterionChangeKind::Removed => "removed".to_string(),
        CriterionChangeKind::Weakened(easings) => {
            let easings: Vec<&str> = easings.iter().map(|easing| easing_words(*easing)).collect();
            format!("weakened ({})", easings.join(", "))
        }
        CriterionChangeKind::Added => "added".to_string(),
        CriterionChangeKind::Reworded => "reworded".to_string(),
        CriterionChangeKind::Renumbered => "has another number".to_string(),
    };
    let former = change.former.as_ref().map_or_else(String::new, |former| format!(" (was {former})"));
    let gate = distance_to_gate(change.days_to_gate);
    let reason = match &change.reason {
        Some(reason) => format!(": {}", reason.sentence),
        None if change.kind.eases() => ": no reason given".to_string(),
        None => String::new(),
    };
    format!("{}{former} {kind}: {}{gate}{reason}", change.id, words(&change.words))
}

/// ", 5 working days before its gate"; nothing where the gate has no date.
pub fn distance_to_gate(days: Option<i64>) -> String {
    match days {
        None => String::new(),
        Some(days) if days < 0 => ", after its gate".to_string(),
        Some(1) => ", 1 working day before its gate".to_string(),
        Some(days) => format!(", {days} working days before its gate"),
    }
}

pub fn easing_words(easing: Easing) -> &'static str {
    match easing {
        Easing::MadeAdvisory => "mandatory to advisory",
        Easing::AcceptorDropped => "acceptor dropped",
        Easing::AcceptorLowered => "accepted by less than the gate's authority",
        Easing::NoLongerStanding => "standing to point in time",
        Easing::WordsLost => "words lost",
        Easing::WordsSoftened => "softer words",
        Easing::LimitEased => "limit eased",
    }
}

/// "live [-and alerting-] {+by Friday+}": the marks of a word diff, which need no colour.
fn words(parts: &[Part]) -> String {
    let told = parts.iter().map(|part| match part.fate {
        Fate::Stayed => part.text.clone(),
        Fate::Lost => format!("[-{}-]", part.text),
        Fate::Gained => format!("{{+{}+}}", part.text),
    });
    told.collect::<Vec<_>>().join(" ")
}

fn state(moved: &StateMove) -> String {
    let (from, to) = (criterion_state(moved.from), criterion_state(moved.to));
    format!("{from} to {to}, {}: {}", moved.ids.len(), joined(&moved.ids))
}

fn criterion_state(state: CriterionState) -> &'static str {
    match state {
        CriterionState::NotApplicable => "not applicable",
        CriterionState::Failed => "failed",
        CriterionState::Met => "met",
        CriterionState::Waived => "waived",
        CriterionState::Lapsed => "lapsed",
        CriterionState::Submitted => "awaiting acceptance",
        CriterionState::Open => "open",
    }
}

fn decision(new: &NewDecision) -> String {
    let gate = new.gate.as_ref().map_or_else(|| "no known gate".to_string(), gate_name);
    let outcome = new.outcome.map_or("no outcome", |outcome| outcome.word());
    let counts = if new.counts { "" } else { ", recorded, does not count" };
    let conditions = match new.conditions.as_slice() {
        [] => String::new(),
        conditions => format!(", with {}", joined(conditions)),
    };
    format!("{}: {gate}, {outcome}, {}{conditions}{counts}", new.id, day(new.date))
}

/// "D2 was rewritten: outcome hold to go, date 2026-02-12 to 2026-02-13": the changes of one record.
fn rewritten(changes: &[FieldChange]) -> String {
    let record = changes.iter().find_map(|change| change.record.as_ref()).map_or("", |record| record.id.as_str());
    format!("{record} was rewritten: {}", rewriting(changes))
}

/// "outcome hold to go": what was written over, and what with.
pub fn rewriting(changes: &[FieldChange]) -> String {
    let told = changes
        .iter()
        .map(|change| format!("{} {} to {}", field_name(&change.field), said(&change.from), said(&change.to)));
    told.collect::<Vec<_>>().join(", ")
}

/// As the author would write it, but for its signs.
pub fn field_name(field: &Field) -> String {
    match field {
        Field::Known(name) => name.replace(['_', '.'], " "),
        Field::Extra(name) => name.clone(),
    }
}

fn condition(moved: &ConditionMove) -> String {
    let to = condition_state(moved.to);
    let state = moved.from.map_or_else(|| format!("new, {to}"), |from| format!("{} to {to}", condition_state(from)));
    format!("{} of {}: {state}: {}", moved.id, moved.decision, moved.text)
}

fn condition_state(state: ConditionState) -> &'static str {
    match state {
        ConditionState::Open => "open",
        ConditionState::Overdue => "overdue",
        ConditionState::Closed => "closed",
        ConditionState::ClosedUnproven => "said to be closed, unproven",
    }
}

fn waiver(moved: &WaiverMove) -> String {
    let of = moved.criterion.as_ref().map_or("no known criterion", |id| id.as_str());
    let kind = match moved.kind {
        WaiverMoveKind::New => "new",
        WaiverMoveKind::Ended => "no longer in force",
        WaiverMoveKind::Begun => "in force now",
    };
    format!("{} of {of}: {kind}, until {}", moved.id, day(moved.expires_on))
}

fn risk(moved: &RiskMove) -> String {
    let score = |score: Option<u8>| score.map_or_else(|| "no score".to_string(), |score| score.to_string());
    let now = score(moved.to.score);
    let mut facts = match moved.from {
        None => vec![format!("new, score {now}")],
        Some(then) if then.is_open && !moved.to.is_open => vec!["closed".to_string()],
        Some(then) if !then.is_open && moved.to.is_open => vec![format!("open again, score {now}")],
        Some(then) if then.score != moved.to.score => vec![format!("score {} to {now}", score(then.score))],
        Some(_) => Vec::new(),
    };
    let was_above = moved.from.is_some_and(|then| then.above_appetite);
    if moved.to.above_appetite != was_above && moved.to.is_open {
        let side = if moved.to.above_appetite { "above" } else { "no longer above" };
        facts.push(format!("{side} the appetite of {}", moved.appetite));
    }
    format!("{} {}: {}", moved.id, moved.title, facts.join(", "))
}

fn evidence(moved: &EvidenceMove) -> String {
    let to = evidence_state(moved.to);
    let state = moved.from.map_or_else(|| format!("new, {to}"), |from| format!("{} to {to}", evidence_state(from)));
    format!("{} {}: {state}", moved.id, moved.title)
}

fn evidence_state(state: EvidenceState) -> &'static str {
    match state {
        EvidenceState::Counts => "counts",
        EvidenceState::Submitted => "awaiting acceptance",
        EvidenceState::Rejected => "rejected",
        EvidenceState::Expired => "expired",
        EvidenceState::Withdrawn => "withdrawn",
        EvidenceState::Superseded => "superseded",
        EvidenceState::DoesNotCount => "does not count",
        EvidenceState::Future => "dated in the future",
    }
}

fn titled(one: &Titled) -> String {
    format!("{} {} {}", one.record.kind.word(), one.record.id, one.title).trim_end().to_string()
}

fn field(change: &FieldChange) -> String {
    let record = change.record.as_ref().map_or("programme.yaml", |record| record.id.as_str());
    let name = field_name(&change.field);
    match (&change.from, &change.to) {
        (Said::Prose, Said::Prose) => format!("{record}, {name}: reworded"),
        (Said::List(from), Said::List(to)) => {
            let gone = from.iter().filter(|item| !to.contains(item)).map(|item| format!("[-{item}-]"));
            let came = to.iter().filter(|item| !from.contains(item)).map(|item| format!("{{+{item}+}}"));
            let items: Vec<String> = gone.chain(came).collect();
            let items = if items.is_empty() { "in another order".to_string() } else { items.join(" ") };
            format!("{record}, {name}: {items}")
        }
        (from, to) => format!("{record}, {name}: {} to {}", said(from), said(to)),
    }
}

fn said(said: &Said) -> String {
    match said {
        Said::Nothing => "nothing".to_string(),
        Said::Text(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => text.clone(),
        Said::Text(text) => format!("\"{text}\""),
        Said::Date(date) => date.to_string(),
        Said::Word(word) => word.replace('_', " "),
        Said::List(items) => format!("\"{}\"", items.join("; ")),
        Said::Prose => "a text".to_string(),
    }
}

fn page_word(kind: PageChangeKind) -> &'static str {
    match kind {
        PageChangeKind::Added => "added",
        PageChangeKind::Reworded => "reworded",
        PageChangeKind::Removed => "removed",
    }
}
