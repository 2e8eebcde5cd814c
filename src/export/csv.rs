//! One table for each register, as spreadsheets read them: RFC 4180, UTF-8 with a byte order mark, dates as ISO 8601.
//!
//! The names of files and columns are stable, and a register without a record is a table without a row.

use chrono::NaiveDate;

use crate::export::csv::cell::{Cell, listed};
use crate::export::names::{code, gate_name};
use crate::model::change::{Change, Confidence, Review};
use crate::model::decision::{Condition, Decision, Waiver};
use crate::model::evidence::Evidence;
use crate::model::milestone::{Criterion, Milestone, Side};
use crate::model::reference::Kind;
use crate::model::risk::{Concern, Level, Risk};
use crate::source::Spanned;
use crate::version::Snapshot;

mod cell;

/// A register: the stem of its file, the names of its columns, its rows.
struct Table {
    name: &'static str,
    columns: &'static [&'static str],
    rows: Vec<Vec<Cell>>,
}

/// Every register as (name of the file, text). What is withheld from the snapshot is in none of them.
pub fn tables(snapshot: &Snapshot) -> Vec<(String, String)> {
    let programme = &snapshot.programme;
    let concerns = |kind: Kind| programme.concerns.iter().filter(move |concern| concern.kind == kind);
    let conditions =
        programme.decisions.iter().flat_map(|decision| decision.conditions.iter().map(move |it| (decision, it)));
    let actions = programme.risks.iter().flat_map(|risk| risk.actions.iter().map(move |action| (risk, action)));
    let concern_rows = |kind: Kind| concerns(kind).map(concern).collect();
    let tables = [
        Table {
            name: "milestones",
            columns: MILESTONE,
            rows: programme.milestones.iter().map(|it| milestone(snapshot, it)).collect(),
        },
        Table { name: "gates", columns: GATE, rows: gates(snapshot) },
        Table { name: "criteria", columns: CRITERION, rows: criteria(snapshot) },
        Table {
            name: "evidence",
            columns: EVIDENCE,
            rows: programme.evidence.iter().map(|it| evidence(snapshot, it)).collect(),
        },
        Table { name: "risks", columns: RISK, rows: programme.risks.iter().map(|it| risk(snapshot, it)).collect() },
        Table { name: "actions", columns: ACTION, rows: actions.map(|(risk, it)| action(risk, it)).collect() },
        Table {
            name: "decisions",
            columns: DECISION,
            rows: programme.decisions.iter().map(|it| decision(snapshot, it)).collect(),
        },
        Table {
            name: "conditions",
            columns: CONDITION,
            rows: conditions.map(|(of, it)| condition(snapshot, of, it)).collect(),
        },
        Table {
            name: "waivers",
            columns: WAIVER,
            rows: programme.waivers.iter().map(|it| waiver(snapshot, it)).collect(),
        },
        Table { name: "issues", columns: CONCERN, rows: concern_rows(Kind::Issue) },
        Table { name: "assumptions", columns: CONCERN, rows: concern_rows(Kind::Assumption) },
        Table { name: "dependencies", columns: CONCERN, rows: concern_rows(Kind::Dependency) },
        Table { name: "reviews", columns: REVIEW, rows: programme.reviews.iter().map(review).collect() },
        Table { name: "confidence", columns: CONFIDENCE, rows: programme.confidences.iter().map(confidence).collect() },
        Table { name: "changes", columns: CHANGE, rows: programme.changes.iter().map(change).collect() },
    ];
    tables.into_iter().map(|table| (format!("{}.csv", table.name), text(&table))).collect()
}

/// Lines end as RFC 4180 has it; the mark at the start tells a spreadsheet that the text is UTF-8.
fn text(table: &Table) -> String {
    let mut text = format!("\u{feff}{}\r\n", table.columns.join(","));
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(Cell::written).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

const MILESTONE: &[&str] = &[
    "id",
    "name",
    "description",
    "owner",
    "colour",
    "reason",
    "lifecycle",
    "window",
    "baseline_end",
    "forecast_start",
    "forecast_end",
    "actual",
    "working_days_late",
    "total_float",
    "critical",
    "depends_on",
    "declared",
    "reviewed_on",
];

fn milestone(snapshot: &Snapshot, milestone: &Milestone) -> Vec<Cell> {
    let standing = snapshot.standing.milestones.get(&milestone.record.id);
    let schedule = standing.map(|standing| &standing.schedule);
    let date = |of: fn(&crate::status::Schedule) -> Option<NaiveDate>| Cell::date(schedule.and_then(of));
    vec![
        Cell::text(milestone.record.id.as_str()),
        Cell::text(&milestone.name.value),
        Cell::words(&milestone.description),
        Cell::words(&milestone.owner),
        Cell::text(standing.map_or("", |standing| standing.colour.code())),
        Cell::text(standing.map_or("", |standing| &standing.reason.sentence)),
        Cell::text(&standing.map(|standing| code(&standing.lifecycle)).unwrap_or_default()),
        Cell::text(milestone.window.as_ref().map_or("", |window| &window.value.text)),
        date(|schedule| schedule.baseline.as_ref()?.end),
        date(|schedule| schedule.forecast.as_ref()?.start),
        date(|schedule| schedule.effective_forecast),
        date(|schedule| schedule.actual),
        Cell::number(schedule.and_then(|schedule| schedule.slip)),
        Cell::number(schedule.and_then(|schedule| schedule.total_float)),
        Cell::truth(schedule.map(|schedule| schedule.critical)),
        listed(milestone.depends_on.iter().map(|id| id.value.as_str())),
        Cell::text(milestone.declared.as_ref().map_or("", |declared| &declared.value.said)),
        Cell::day(&milestone.reviewed_on),
    ]
}

const GATE: &[&str] = &[
    "milestone",
    "gate",
    "date",
    "authority",
    "readiness",
    "state",
    "colour",
    "reason",
    "met",
    "mandatory",
    "decision",
];

fn gates(snapshot: &Snapshot) -> Vec<Vec<Cell>> {
    let milestones = snapshot.programme.milestones.iter();
    let gates = milestones.flat_map(|milestone| Side::BOTH.into_iter().map(move |side| (milestone, side)));
    let row = |(milestone, side): (&Milestone, Side)| {
        let gate = snapshot.standing.milestones.get(&milestone.record.id)?.gate(side);
        gate.exists.then(|| {
            vec![
                Cell::text(milestone.record.id.as_str()),
                Cell::text(side.word()),
                Cell::date(gate.date),
                Cell::words(&milestone.gate(side).authority),
                Cell::text(&code(&gate.readiness)),
                Cell::text(&code(&gate.state)),
                Cell::text(gate.colour.code()),
                Cell::text(&gate.reason.sentence),
                Cell::count(gate.met),
                Cell::count(gate.mandatory),
                Cell::text(gate.decision.as_ref().map_or("", |id| id.as_str())),
            ]
        })
    };
    gates.filter_map(row).collect()
}

const CRITERION: &[&str] = &[
    "id",
    "milestone",
    "gate",
    "criterion",
    "state",
    "overdue",
    "reason",
    "mandatory",
    "owner",
    "due",
    "acceptor",
    "evidence",
    "counting",
    "waiver",
];

fn criteria(snapshot: &Snapshot) -> Vec<Vec<Cell>> {
    let milestones = snapshot.programme.milestones.iter();
    let all = milestones.flat_map(|milestone| {
        let of = move |side| milestone.gate(side).criteria.iter().map(move |criterion| (milestone, side, criterion));
        Side::BOTH.into_iter().flat_map(of)
    });
    all.map(|(milestone, side, it)| criterion(snapshot, milestone, side, it)).collect()
}

fn criterion(snapshot: &Snapshot, milestone: &Milestone, side: Side, criterion: &Criterion) -> Vec<Cell> {
    let standing = snapshot.standing.criteria.get(&criterion.id);
    vec![
        Cell::text(criterion.id.as_str()),
        Cell::text(milestone.record.id.as_str()),
        Cell::text(side.word()),
        Cell::text(&criterion.text.value),
        Cell::text(&standing.map(|standing| code(&standing.state)).unwrap_or_default()),
        Cell::truth(standing.map(|standing| standing.overdue)),
        Cell::text(standing.map_or("", |standing| &standing.reason.sentence)),
        Cell::truth(Some(criterion.mandatory)),
        Cell::text(standing.and_then(|standing| standing.owner.as_deref()).unwrap_or_default()),
        Cell::date(standing.and_then(|standing| standing.due)),
        Cell::words(&criterion.acceptor),
        listed(standing.into_iter().flat_map(|standing| &standing.evidence).map(|id| id.as_str())),
        Cell::text(standing.and_then(|standing| standing.counting.as_ref()).map_or("", |id| id.as_str())),
        Cell::text(standing.and_then(|standing| standing.waiver.as_ref()).map_or("", |id| id.as_str())),
    ]
}

const EVIDENCE: &[&str] = &[
    "id",
    "title",
    "type",
    "proves",
    "counts_for",
    "state",
    "reason",
    "producer",
    "produced_on",
    "acceptor",
    "result",
    "accepted_on",
    "rejected_on",
    "withdrawn_on",
    "expires_on",
    "supersedes",
    "location",
    "sha256",
];

fn evidence(snapshot: &Snapshot, item: &Evidence) -> Vec<Cell> {
    let standing = snapshot.standing.evidence.get(&item.record.id);
    vec![
        Cell::text(item.record.id.as_str()),
        Cell::text(&item.title.value),
        Cell::words(&item.kind),
        listed(item.proves.iter().map(|proof| proof.criterion.value.as_str())),
        listed(standing.into_iter().flat_map(|standing| &standing.counts_for).map(|id| id.as_str())),
        Cell::text(&standing.map(|standing| code(&standing.state)).unwrap_or_default()),
        Cell::text(standing.map_or("", |standing| &standing.reason.sentence)),
        Cell::words(&item.producer),
        Cell::day(&item.produced_on),
        Cell::words(&item.acceptor),
        Cell::text(&item.result.as_ref().map(|result| code(&result.value)).unwrap_or_default()),
        Cell::day(&item.accepted_on),
        Cell::day(&item.rejected_on),
        Cell::day(&item.withdrawn_on),
        Cell::day(&item.expires_on),
        listed(item.supersedes.iter().map(|id| id.value.as_str())),
        Cell::words(&item.location),
        Cell::words(&item.sha256),
    ]
}

const RISK: &[&str] = &[
    "id",
    "title",
    "cause",
    "event",
    "effect",
    "category",
    "owner",
    "probability",
    "impact",
    "inherent",
    "residual",
    "target",
    "score",
    "appetite",
    "above_appetite",
    "response",
    "milestones",
    "status",
    "raised_on",
    "reviewed_on",
    "accepted_by",
    "accepted_until",
];

fn risk(snapshot: &Snapshot, risk: &Risk) -> Vec<Cell> {
    let standing = snapshot.standing.risks.get(&risk.record.id);
    let step = |level: &Option<Spanned<Level>>| Cell::number(level.as_ref().map(|level| level.value.step.into()));
    let score = |score: &Option<Spanned<u8>>| Cell::number(score.as_ref().map(|score| score.value.into()));
    let nothing = (&None, &None);
    let (by, until) = risk.acceptance.as_ref().map_or(nothing, |acceptance| (&acceptance.by, &acceptance.until));
    vec![
        Cell::text(risk.record.id.as_str()),
        Cell::text(&risk.title.value),
        Cell::words(&risk.cause),
        Cell::words(&risk.event),
        Cell::words(&risk.effect),
        Cell::words(&risk.category),
        Cell::words(&risk.owner),
        step(&risk.probability),
        step(&risk.impact),
        score(&risk.inherent),
        score(&risk.residual),
        score(&risk.target),
        Cell::number(risk.score_now().map(i64::from)),
        Cell::number(standing.map(|standing| standing.appetite.into())),
        Cell::truth(standing.map(|standing| standing.above_appetite)),
        Cell::words(&risk.response),
        listed(risk.milestones.iter().map(|id| id.value.as_str())),
        Cell::text(risk.status.as_ref().map_or("", |status| &status.value.said)),
        Cell::day(&risk.raised_on),
        Cell::day(&risk.reviewed_on),
        Cell::words(by),
        Cell::day(until),
    ]
}

const ACTION: &[&str] = &["risk", "action", "actionee", "due", "done_on"];

fn action(risk: &Risk, action: &crate::model::risk::Action) -> Vec<Cell> {
    vec![
        Cell::text(risk.record.id.as_str()),
        Cell::text(&action.text.value),
        Cell::words(&action.actionee),
        Cell::day(&action.due),
        Cell::day(&action.done_on),
    ]
}

const DECISION: &[&str] = &[
    "id",
    "gate",
    "outcome",
    "by",
    "date",
    "counts",
    "reason",
    "minutes",
    "on_version",
    "resume_on",
    "new_gate_date",
    "conditions",
    "overrides",
    "dissent",
];

fn decision(snapshot: &Snapshot, decision: &Decision) -> Vec<Cell> {
    let standing = snapshot.standing.decisions.get(&decision.record.id);
    vec![
        Cell::text(decision.record.id.as_str()),
        Cell::text(&decision.gate.as_ref().map(|gate| gate_name(&gate.value)).unwrap_or_default()),
        Cell::text(decision.outcome.as_ref().map_or("", |outcome| outcome.value.word())),
        Cell::words(&decision.by),
        Cell::day(&decision.date),
        Cell::truth(standing.map(|standing| standing.counts)),
        Cell::text(standing.map_or("", |standing| &standing.reason.sentence)),
        Cell::words(&decision.minutes),
        Cell::words(&decision.on_version),
        Cell::day(&decision.resume_on),
        Cell::day(&decision.new_gate_date),
        listed(decision.conditions.iter().map(|condition| condition.id.as_str())),
        listed(decision.overrides.iter().map(|it| it.criterion.value.as_str())),
        listed(decision.dissent.iter().map(|words| words.value.as_str())),
    ]
}

const CONDITION: &[&str] = &[
    "id",
    "decision",
    "gate",
    "condition",
    "criterion",
    "owner",
    "due",
    "timing",
    "closed_on",
    "evidence",
    "state",
    "reason",
];

fn condition(snapshot: &Snapshot, decision: &Decision, condition: &Condition) -> Vec<Cell> {
    let standing = snapshot.standing.conditions.get(&condition.id);
    vec![
        Cell::text(condition.id.as_str()),
        Cell::text(decision.record.id.as_str()),
        Cell::text(&decision.gate.as_ref().map(|gate| gate_name(&gate.value)).unwrap_or_default()),
        Cell::words(&condition.text),
        Cell::text(condition.criterion.as_ref().map_or("", |id| id.value.as_str())),
        Cell::words(&condition.owner),
        Cell::day(&condition.due),
        Cell::text(&condition.timing.as_ref().map(|timing| code(&timing.value)).unwrap_or_default()),
        Cell::day(&condition.closed_on),
        listed(condition.evidence.iter().map(|id| id.value.as_str())),
        Cell::text(&standing.map(|standing| code(&standing.state)).unwrap_or_default()),
        Cell::text(standing.map_or("", |standing| &standing.reason.sentence)),
    ]
}

const WAIVER: &[&str] = &["id", "criterion", "reason", "approver", "date", "expires_on", "in_force", "why"];

fn waiver(snapshot: &Snapshot, waiver: &Waiver) -> Vec<Cell> {
    let standing = snapshot.standing.waivers.get(&waiver.record.id);
    vec![
        Cell::text(waiver.record.id.as_str()),
        Cell::text(waiver.criterion.as_ref().map_or("", |id| id.value.as_str())),
        Cell::words(&waiver.reason),
        Cell::words(&waiver.approver),
        Cell::day(&waiver.date),
        Cell::day(&waiver.expires_on),
        Cell::truth(standing.map(|standing| standing.in_force)),
        Cell::text(standing.map_or("", |standing| &standing.reason.sentence)),
    ]
}

const CONCERN: &[&str] =
    &["id", "title", "owner", "raised_on", "due", "severity", "milestones", "risks", "status", "resolution"];

fn concern(concern: &Concern) -> Vec<Cell> {
    vec![
        Cell::text(concern.record.id.as_str()),
        Cell::text(&concern.title.value),
        Cell::words(&concern.owner),
        Cell::day(&concern.raised_on),
        Cell::day(&concern.due),
        Cell::words(&concern.severity),
        listed(concern.milestones.iter().map(|id| id.value.as_str())),
        listed(concern.risks.iter().map(|id| id.value.as_str())),
        Cell::text(concern.status.as_ref().map_or("", |status| &status.value.said)),
        Cell::words(&concern.resolution),
    ]
}

const REVIEW: &[&str] = &["id", "kind", "date", "reviewer", "independent", "findings"];

fn review(review: &Review) -> Vec<Cell> {
    vec![
        Cell::text(review.record.id.as_str()),
        Cell::words(&review.kind),
        Cell::day(&review.date),
        Cell::words(&review.reviewer),
        Cell::truth(review.independent),
        listed(review.findings.iter().map(|words| words.value.as_str())),
    ]
}

const CONFIDENCE: &[&str] = &["id", "level", "by", "date", "text"];

fn confidence(signed: &Confidence) -> Vec<Cell> {
    vec![
        Cell::text(signed.record.id.as_str()),
        Cell::text(&signed.level.as_ref().map(|level| code(&level.value)).unwrap_or_default()),
        Cell::words(&signed.by),
        Cell::day(&signed.date),
        Cell::words(&signed.text),
    ]
}

const CHANGE: &[&str] = &["id", "of", "field", "from", "to", "reason", "impact", "approver", "date"];

fn change(change: &Change) -> Vec<Cell> {
    vec![
        Cell::text(change.record.id.as_str()),
        Cell::text(change.of.as_ref().map_or("", |of| of.value.id.as_str())),
        Cell::words(&change.field),
        Cell::words(&change.from),
        Cell::words(&change.to),
        Cell::words(&change.reason),
        Cell::words(&change.impact),
        Cell::words(&change.approver),
        Cell::day(&change.date),
    ]
}
