//! `data/programme.json`, and what `inspect --format json` prints: the records, their states, the findings.
//!
//! Absent values are null, dates are ISO 8601, lists keep the author's order. The names are stable.

use chrono::NaiveDate;
use serde::Serialize;

use crate::finding::Severity;
use crate::model::Words;
use crate::model::decision::{Condition, Decision};
use crate::model::evidence::Evidence;
use crate::model::milestone::{Criterion, Extent, Milestone, Side};
use crate::model::risk::{Level, Risk};
use crate::model::window::{Grain, Window};
use crate::source::Spanned;
use crate::status::{
    ConditionState, CriterionState, EvidenceState, GateStanding, GateState, Lifecycle, Readiness, Reason,
};
use crate::version::{Judged, Snapshot};

/// The whole document.
#[derive(Serialize)]
pub struct Document<'a> {
    programme: Programme<'a>,
    milestones: Vec<MilestoneEntry<'a>>,
    risks: Vec<RiskEntry<'a>>,
    evidence: Vec<EvidenceEntry<'a>>,
    decisions: Vec<DecisionEntry<'a>>,
    /// Kinds of records that this audience may not see, and how many of each.
    withheld: Vec<Withheld>,
    findings: Vec<FindingEntry<'a>>,
}

#[derive(Serialize)]
struct Programme<'a> {
    name: &'a str,
    version: &'a str,
    data_date: NaiveDate,
    status: Status<'a>,
    finish: Option<NaiveDate>,
    baseline_finish: Option<NaiveDate>,
    slip: Option<i64>,
}

#[derive(Serialize)]
struct Status<'a> {
    colour: &'static str,
    code: &'a str,
    sentence: &'a str,
}

#[derive(Serialize)]
struct MilestoneEntry<'a> {
    id: &'a str,
    name: &'a str,
    description: Option<&'a str>,
    owner: Option<&'a str>,
    window: Option<WindowEntry<'a>>,
    baseline: Option<WindowEntry<'a>>,
    forecast: Option<WindowEntry<'a>>,
    entry_gate_date: Option<NaiveDate>,
    exit_gate_date: Option<NaiveDate>,
    actual: Option<NaiveDate>,
    slip: Option<i64>,
    total_float: Option<i64>,
    critical: Option<bool>,
    depends_on: Vec<&'a str>,
    entry: Vec<CriterionEntry<'a>>,
    exit: Vec<CriterionEntry<'a>>,
    /// Entry criteria that nobody wrote: `depends_on` implies them.
    implied_entry: Vec<CriterionEntry<'a>>,
    entry_gate: Option<GateEntry<'a>>,
    exit_gate: Option<GateEntry<'a>>,
    lifecycle: Option<Lifecycle>,
    declared: Option<&'a str>,
    status: Option<Status<'a>>,
}

#[derive(Serialize)]
struct WindowEntry<'a> {
    text: &'a str,
    grain: Option<Grain>,
    start: Option<NaiveDate>,
    end: Option<NaiveDate>,
    weeks: Option<(i32, i32)>,
}

#[derive(Serialize)]
struct GateEntry<'a> {
    state: GateState,
    readiness: Readiness,
    met: usize,
    mandatory: usize,
    decision: Option<&'a str>,
    status: Status<'a>,
}

#[derive(Serialize)]
struct CriterionEntry<'a> {
    id: &'a str,
    text: &'a str,
    state: Option<CriterionState>,
    /// `whole` or `partial`, for an entry criterion that names other milestones.
    dependency: Option<&'static str>,
    mandatory: bool,
    due: Option<NaiveDate>,
    evidence: Vec<&'a str>,
    sentence: Option<&'a str>,
}

#[derive(Serialize)]
struct RiskEntry<'a> {
    id: &'a str,
    title: &'a str,
    probability: Option<u8>,
    impact: Option<u8>,
    score: Option<u8>,
    owner: Option<&'a str>,
    response: Option<&'a str>,
    milestones: Vec<&'a str>,
    appetite: Option<u8>,
    above_appetite: Option<bool>,
}

#[derive(Serialize)]
struct EvidenceEntry<'a> {
    id: &'a str,
    title: &'a str,
    proves: Vec<&'a str>,
    producer: Option<&'a str>,
    acceptor: Option<&'a str>,
    accepted_on: Option<NaiveDate>,
    expires_on: Option<NaiveDate>,
    state: Option<EvidenceState>,
    sentence: Option<&'a str>,
}

#[derive(Serialize)]
struct DecisionEntry<'a> {
    id: &'a str,
    gate: Option<String>,
    outcome: Option<&'static str>,
    by: Option<&'a str>,
    date: Option<NaiveDate>,
    counts: Option<bool>,
    conditions: Vec<ConditionEntry<'a>>,
}

#[derive(Serialize)]
struct ConditionEntry<'a> {
    id: &'a str,
    text: Option<&'a str>,
    criterion: Option<&'a str>,
    due: Option<NaiveDate>,
    state: Option<ConditionState>,
}

#[derive(Serialize)]
struct Withheld {
    kind: &'static str,
    count: usize,
}

#[derive(Serialize)]
struct FindingEntry<'a> {
    rule: &'a str,
    severity: Severity,
    path: &'a str,
    line: u32,
    column: u32,
    message: &'a str,
    help: Option<&'a str>,
    allowed: Option<&'a str>,
}

/// The snapshot as a document. What is withheld from it is not in it.
pub fn document(snapshot: &Snapshot) -> Document<'_> {
    let programme = &snapshot.programme;
    let standing = &snapshot.standing.programme;
    Document {
        programme: Programme {
            name: &programme.settings.name,
            version: &programme.settings.version,
            data_date: programme.settings.data_date.date,
            status: status(standing.colour.code(), &standing.reason),
            finish: standing.finish,
            baseline_finish: standing.baseline_finish,
            slip: standing.slip,
        },
        milestones: programme.milestones.iter().map(|milestone| milestone_entry(snapshot, milestone)).collect(),
        risks: programme.risks.iter().map(|risk| risk_entry(snapshot, risk)).collect(),
        evidence: programme.evidence.iter().map(|item| evidence_entry(snapshot, item)).collect(),
        decisions: programme.decisions.iter().map(|decision| decision_entry(snapshot, decision)).collect(),
        withheld: snapshot.withheld.iter().map(|(kind, count)| Withheld { kind: kind.word(), count: *count }).collect(),
        findings: snapshot.findings.iter().map(finding_entry).collect(),
    }
}

/// The document as text, with a line break at its end.
pub fn text(snapshot: &Snapshot) -> String {
    let mut json = serde_json::to_string_pretty(&document(snapshot)).expect("the document is plain data");
    json.push('\n');
    json
}

fn status<'a>(colour: &'static str, reason: &'a Reason) -> Status<'a> {
    Status { colour, code: &reason.code, sentence: &reason.sentence }
}

fn words(words: &Words) -> Option<&str> {
    words.as_ref().map(|words| words.value.as_str())
}

fn ids(ids: &[Spanned<crate::model::id::Id>]) -> Vec<&str> {
    ids.iter().map(|id| id.value.as_str()).collect()
}

fn window(window: &Window) -> WindowEntry<'_> {
    let Window { text, grain, start, end, weeks, .. } = window;
    WindowEntry { text, grain: *grain, start: *start, end: *end, weeks: *weeks }
}

fn gate(gate: &GateStanding) -> GateEntry<'_> {
    GateEntry {
        state: gate.state,
        readiness: gate.readiness,
        met: gate.met,
        mandatory: gate.mandatory,
        decision: gate.decision.as_ref().map(|id| id.as_str()),
        status: status(gate.colour.code(), &gate.reason),
    }
}

fn milestone_entry<'a>(snapshot: &'a Snapshot, milestone: &'a Milestone) -> MilestoneEntry<'a> {
    let standing = snapshot.standing.milestones.get(&milestone.record.id);
    let schedule = standing.map(|standing| &standing.schedule);
    let criteria = |side: Side| {
        let written = milestone.gate(side).criteria.iter().filter(|criterion| !criterion.implied);
        written.map(|criterion| criterion_entry(snapshot, criterion))
    };
    let implied = milestone.entry.criteria.iter().filter(|criterion| criterion.implied);
    MilestoneEntry {
        id: milestone.record.id.as_str(),
        name: &milestone.name.value,
        description: words(&milestone.description),
        owner: words(&milestone.owner),
        window: milestone.window.as_ref().map(|spanned| window(&spanned.value)),
        baseline: schedule.and_then(|schedule| schedule.baseline.as_ref()).map(window),
        forecast: schedule.and_then(|schedule| schedule.forecast.as_ref()).map(window),
        entry_gate_date: schedule.and_then(|schedule| schedule.entry_gate_date),
        exit_gate_date: schedule.and_then(|schedule| schedule.exit_gate_date),
        actual: schedule.and_then(|schedule| schedule.actual),
        slip: schedule.and_then(|schedule| schedule.slip),
        total_float: schedule.and_then(|schedule| schedule.total_float),
        critical: schedule.map(|schedule| schedule.critical),
        depends_on: ids(&milestone.depends_on),
        entry: criteria(Side::Entry).collect(),
        exit: criteria(Side::Exit).collect(),
        implied_entry: implied.map(|criterion| criterion_entry(snapshot, criterion)).collect(),
        entry_gate: standing.filter(|standing| standing.entry.exists).map(|standing| gate(&standing.entry)),
        exit_gate: standing.map(|standing| gate(&standing.exit)),
        lifecycle: standing.map(|standing| standing.lifecycle),
        declared: milestone.declared.as_ref().map(|declared| declared.value.said.as_str()),
        status: standing.map(|standing| status(standing.colour.code(), &standing.reason)),
    }
}

fn criterion_entry<'a>(snapshot: &'a Snapshot, criterion: &'a Criterion) -> CriterionEntry<'a> {
    let standing = snapshot.standing.criteria.get(&criterion.id);
    CriterionEntry {
        id: criterion.id.as_str(),
        text: &criterion.text.value,
        state: standing.map(|standing| standing.state),
        dependency: criterion.dependency.as_ref().map(|dependency| match dependency.extent {
            Extent::Whole => "whole",
            Extent::Part => "partial",
        }),
        mandatory: criterion.mandatory,
        due: standing.and_then(|standing| standing.due),
        evidence: standing.map_or(Vec::new(), |standing| standing.evidence.iter().map(|id| id.as_str()).collect()),
        sentence: standing.map(|standing| standing.reason.sentence.as_str()),
    }
}

fn risk_entry<'a>(snapshot: &'a Snapshot, risk: &'a Risk) -> RiskEntry<'a> {
    let standing = snapshot.standing.risks.get(&risk.record.id);
    let step = |level: &Option<Spanned<Level>>| level.as_ref().map(|level| level.value.step);
    RiskEntry {
        id: risk.record.id.as_str(),
        title: &risk.title.value,
        probability: step(&risk.probability),
        impact: step(&risk.impact),
        score: risk.score_now(),
        owner: words(&risk.owner),
        response: words(&risk.response),
        milestones: ids(&risk.milestones),
        appetite: standing.map(|standing| standing.appetite),
        above_appetite: standing.map(|standing| standing.above_appetite),
    }
}

fn evidence_entry<'a>(snapshot: &'a Snapshot, item: &'a Evidence) -> EvidenceEntry<'a> {
    let standing = snapshot.standing.evidence.get(&item.record.id);
    EvidenceEntry {
        id: item.record.id.as_str(),
        title: &item.title.value,
        proves: item.proves.iter().map(|proof| proof.criterion.value.as_str()).collect(),
        producer: words(&item.producer),
        acceptor: words(&item.acceptor),
        accepted_on: item.accepted_on.as_ref().map(|date| date.value),
        expires_on: item.expires_on.as_ref().map(|date| date.value),
        state: standing.map(|standing| standing.state),
        sentence: standing.map(|standing| standing.reason.sentence.as_str()),
    }
}

fn decision_entry<'a>(snapshot: &'a Snapshot, decision: &'a Decision) -> DecisionEntry<'a> {
    let standing = snapshot.standing.decisions.get(&decision.record.id);
    DecisionEntry {
        id: decision.record.id.as_str(),
        gate: decision.gate.as_ref().map(|gate| format!("{} {}", gate.value.milestone, gate.value.side.word())),
        outcome: decision.outcome.as_ref().map(|outcome| outcome.value.word()),
        by: words(&decision.by),
        date: decision.date.as_ref().map(|date| date.value),
        counts: standing.map(|standing| standing.counts),
        conditions: decision.conditions.iter().map(|condition| condition_entry(snapshot, condition)).collect(),
    }
}

fn condition_entry<'a>(snapshot: &'a Snapshot, condition: &'a Condition) -> ConditionEntry<'a> {
    ConditionEntry {
        id: condition.id.as_str(),
        text: words(&condition.text),
        criterion: condition.criterion.as_ref().map(|id| id.value.as_str()),
        due: condition.due.as_ref().map(|date| date.value),
        state: snapshot.standing.conditions.get(&condition.id).map(|standing| standing.state),
    }
}

fn finding_entry(finding: &Judged) -> FindingEntry<'_> {
    FindingEntry {
        rule: &finding.rule,
        severity: finding.severity,
        path: &finding.path,
        line: finding.start.line,
        column: finding.start.column,
        message: &finding.message,
        help: finding.help.as_deref(),
        allowed: finding.allowed.as_deref(),
    }
}
