//! A small programme with a standing made by hand: what the tests of views, of withholding and of the theme tell.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::finding::Severity;
use crate::model::calendar::Calendar;
use crate::model::decision::{Condition, Decision, Outcome, Timing, Waiver};
use crate::model::evidence::{Evidence, Proof, Verdict};
use crate::model::history::{Frozen, FrozenMilestone, History};
use crate::model::id::Id;
use crate::model::milestone::{
    Criterion, Declared, DeclaredColour, Extent, Gate, GateName, Milestone, NamedMilestones, Side, Validity,
};
use crate::model::narrative::{Narrative, NarrativeRow, Piece, Prose};
use crate::model::reference::{Kind, Reference};
use crate::model::risk::{Level, Risk, RiskStatus};
use crate::model::settings::{Appetite, DataDate, Profile, Settings, Site, Tolerance};
use crate::model::window::Window;
use crate::model::{Programme, Record, Visibility};
use crate::reading::windows::Grain;
use crate::source::{Html, Place, Span, Spanned};
use crate::status::{
    Colour, ConditionStanding, ConditionState, CriterionStanding, CriterionState, DecisionStanding, Dimension,
    DimensionName, EvidenceStanding, EvidenceState, GateStanding, GateState, Judgement, Lifecycle, MilestoneStanding,
    ProgrammeStanding, Readiness, Reason, RiskStanding, Schedule, Standing, Step, WaiverStanding,
};
use crate::version::{Judged, Snapshot};

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn spanned<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Span::new(&"content/programme.md".into(), 10, 20))
}

pub fn words(text: &str) -> crate::model::Words {
    Some(spanned(text.to_string()))
}

pub fn record(id: &str) -> Record {
    Record {
        id: Id::new(id),
        id_derived: false,
        parts: vec![Span::new(&format!("content/{id}.md").into(), 0, 100)],
        visibility: Visibility::Public,
        narrative: Html::default(),
        extras: Vec::new(),
        written: Vec::new(),
        unsaid: Vec::new(),
    }
}

pub fn window(text: &str, weeks: (i32, i32), anchored: bool) -> Window {
    let start = |week: i32| day("2026-02-02") + chrono::Days::new(7 * (week as u64 - 1));
    let end = |week: i32| start(week) + chrono::Days::new(4);
    Window {
        text: text.to_string(),
        grain: Some(Grain::Week),
        weeks: Some(weeks),
        start: anchored.then(|| start(weeks.0)),
        end: anchored.then(|| end(weeks.1)),
        first_unit_end: anchored.then(|| end(weeks.0)),
    }
}

pub fn criterion(id: &str, text: &str) -> Criterion {
    Criterion {
        id: Id::new(id),
        id_derived: true,
        implied: false,
        text: spanned(text.to_string()),
        mandatory: true,
        validity: Validity::PointInTime,
        method: None,
        wants: None,
        acceptor: None,
        owner: None,
        due: None,
        due_unread: false,
        not_applicable: None,
        dependency: None,
        claimed: false,
        split_on_commas: false,
    }
}

fn milestone(
    id: &str,
    name: &str,
    weeks: (i32, i32),
    entry: &[&str],
    exit: &[&str],
    needs: &[&str],
    anchored: bool,
) -> Milestone {
    let criteria = |letter: char, texts: &[&str]| -> Vec<Criterion> {
        let numbered = texts.iter().enumerate();
        numbered.map(|(index, text)| criterion(&format!("{id}-{letter}{}", index + 1), text)).collect()
    };
    let text =
        if weeks.0 == weeks.1 { format!("Week {}", weeks.0) } else { format!("Weeks {}–{}", weeks.0, weeks.1) };
    let mut entry = Gate { criteria: criteria('E', entry), date: None, authority: words("steering") };
    let needs: Vec<Spanned<Id>> = needs.iter().map(|id| spanned(Id::new(id))).collect();
    if let Some(first) = entry.criteria.first_mut().filter(|_| !needs.is_empty()) {
        first.dependency =
            Some(NamedMilestones { extent: Extent::Whole, milestones: needs.clone(), unknown: Vec::new() });
    }
    Milestone {
        record: record(id),
        name: spanned(name.to_string()),
        description: words("Build what the next stage stands on, and show that it holds."),
        owner: words("Platform lead"),
        window: Some(spanned(window(&text, weeks, anchored))),
        baseline: None,
        forecast: None,
        actual: None,
        entry,
        exit: Gate { criteria: criteria('X', exit), date: None, authority: words("steering") },
        depends_on: needs,
        tolerance: None,
        declared: None,
        declared_reason: None,
        reviewed_on: Some(spanned(day("2026-02-20"))),
        review_unread: false,
        tags: Vec::new(),
    }
}

pub fn settings(anchored: bool) -> Settings {
    Settings {
        name: "Version 1.00 Update".to_string(),
        version: "1.00".to_string(),
        data_date: DataDate { date: day("2026-02-20"), written: true },
        profile: Profile::Draft,
        calendar: Calendar { week_1: anchored.then(|| day("2026-02-02")), ..Calendar::default() },
        cadence_days: 7,
        tolerance: Tolerance::default(),
        appetite: Appetite::default(),
        roles: BTreeMap::from([("steering".to_string(), "Steering committee".to_string())]),
        people: Vec::new(),
        entry_authority: words("steering"),
        exit_authority: words("steering"),
        visibility: Visibility::Public,
        is_unread: false,
        visibility_written: false,
        rules: BTreeMap::new(),
        allow: Vec::new(),
        site: Site { edit_url: Some("https://example.org/edit/{path}".to_string()), ..Site::default() },
        notice: None,
    }
}

/// Five milestones in a chain: M1 achieved, M2 at its exit gate and late, the rest to come; with a risk, a waiver, a
/// condition and two decisions. Without `anchored`, a plan in weeks with nothing recorded.
pub fn programme(anchored: bool) -> Programme {
    let milestones = vec![
        milestone(
            "M1",
            "Programme Mobilisation & Governance Lock",
            (1, 1),
            &["Steering committee seated"],
            &["Update plan approved", "Risk register initiated"],
            &[],
            anchored,
        ),
        milestone(
            "M2",
            "Release Automation & Data Foundations",
            (1, 3),
            &["M1 complete", "Platform environments provisioned"],
            &[
                "Pipelines green",
                "Migrations passing",
                "Rehearsal signed off",
                "Dashboards live",
                "Rollback drills recorded",
            ],
            &["M1"],
            anchored,
        ),
        milestone(
            "M3",
            "Timeline Hub & Support Experience",
            (3, 5),
            &["M2 complete", "Design assets signed off"],
            &["Feature flags validated", "Accessibility report signed"],
            &["M2"],
            anchored,
        ),
        milestone(
            "M4",
            "Marketplace Commerce & Persona Dashboards",
            (4, 6),
            &["M2 data foundations deployed"],
            &["Checkout + escrow QA passed"],
            &["M2"],
            anchored,
        ),
        milestone(
            "M5",
            "Compliance & Launch Readiness",
            (5, 6),
            &["M3 feature set complete"],
            &["Legal documents published"],
            &["M3"],
            anchored,
        ),
    ];
    let mut programme = Programme {
        settings: settings(anchored),
        milestones,
        evidence: Vec::new(),
        decisions: Vec::new(),
        waivers: Vec::new(),
        risks: Vec::new(),
        concerns: Vec::new(),
        reviews: Vec::new(),
        confidences: Vec::new(),
        changes: Vec::new(),
        narratives: Vec::new(),
        prose: Prose::default(),
        understood: Vec::new(),
        assets: Vec::new(),
        history: History::default(),
    };
    if anchored {
        record_things(&mut programme);
    }
    programme
}

fn record_things(programme: &mut Programme) {
    let milestone = &mut programme.milestones[1];
    milestone.forecast = Some(spanned(window("Weeks 2–4", (2, 4), true)));
    milestone.declared =
        Some(spanned(Declared { said: "🟢 On track".to_string(), colour: Some(DeclaredColour::Green) }));
    milestone.record.narrative = Html::from_safe("<p>The pipelines run on <em>every</em> push.</p>".to_string());
    milestone.record.extras = vec![("Squad".to_string(), "Foundations".to_string())];
    programme.evidence =
        vec![evidence("E-009", "CI run record", "M2-X1", true), evidence("E-014", "Rehearsal record", "M2-X3", false)];
    let gate = |milestone: &str, side| Some(spanned(GateName { milestone: Id::new(milestone), side }));
    programme.decisions = vec![
        decision("D-002", gate("M1", Side::Exit), Outcome::Go, Vec::new()),
        decision(
            "D-003",
            gate("M2", Side::Entry),
            Outcome::ConditionalGo,
            vec![Condition {
                id: Id::new("C-01"),
                text: words("Environments named in the asset list"),
                criterion: Some(spanned(Id::new("M2-E2"))),
                owner: words("Platform lead"),
                due: Some(spanned(day("2026-02-18"))),
                timing: Some(spanned(Timing::Post)),
                closed_on: None,
                due_unread: false,
                criterion_unread: false,
                evidence: Vec::new(),
                at: Span::nowhere(),
            }],
        ),
    ];
    programme.waivers = vec![Waiver {
        record: record("W-01"),
        criterion: Some(spanned(Id::new("M2-X5"))),
        reason: words("The drill is repeated next week"),
        approver: words("steering"),
        date: Some(spanned(day("2026-02-19"))),
        expires_on: Some(spanned(day("2026-03-06"))),
    }];
    programme.risks = vec![
        risk("R-01", "Cut-over fails under load", "M2", 8),
        risk("R-02", "Escrow needs a licensed partner", "M4", 12),
    ];
    programme.narratives = vec![Narrative {
        path: "content/notes.md".to_string(),
        title: "Notes".to_string(),
        visibility: crate::model::Visibility::Public,
        pieces: vec![
            Piece::Prose(Html::from_safe("<p>As agreed.</p>".to_string())),
            Piece::Records(vec![NarrativeRow {
                cells: vec!["R-02".into()],
                record: Some(Reference::new(Kind::Risk, &Id::new("R-02"))),
            }]),
        ],
    }];
    let then = |name: &str, weeks| FrozenMilestone {
        entry: Vec::new(),
        exit: Vec::new(),
        name: name.to_string(),
        first_baseline: Some(window("then", weeks, true)),
        window: Some(window("then", weeks, true)),
        forecast_start: window("then", weeks, true).start,
        forecast_end: window("then", weeks, true).end,
        colour: "on_plan".to_string(),
    };
    programme.history.versions = vec![Frozen {
        version: "0.9".to_string(),
        data_date: day("2026-02-13"),
        milestones: BTreeMap::from([(Id::new("M2"), then("Release Automation", (1, 3)))]),
        criteria: BTreeMap::new(),
    }];
}

fn evidence(id: &str, title: &str, proves: &str, accepted: bool) -> Evidence {
    Evidence {
        record: record(id),
        title: spanned(title.to_string()),
        proves: vec![Proof { criterion: spanned(Id::new(proves)), words: None }],
        kind: words("record"),
        producer: words("Platform lead"),
        produced_on: Some(spanned(day("2026-02-18"))),
        location: words("evidence/run.txt"),
        asset: Some("content/evidence/run.txt".into()),
        asset_sha256: None,
        sha256: None,
        result: Some(spanned(Verdict::Pass)),
        acceptor: if accepted { words("QA lead") } else { None },
        accepted_on: accepted.then(|| spanned(day("2026-02-19"))),
        rejected_on: None,
        withdrawn_on: None,
        expires_on: None,
        supersedes: Vec::new(),
        is_unread: false,
    }
}

fn decision(id: &str, gate: Option<Spanned<GateName>>, outcome: Outcome, conditions: Vec<Condition>) -> Decision {
    Decision {
        record: record(id),
        gate,
        outcome: Some(spanned(outcome)),
        by: words("steering"),
        date: Some(spanned(day("2026-02-06"))),
        minutes: None,
        on_version: None,
        resume_on: None,
        new_gate_date: None,
        conditions,
        overrides: Vec::new(),
        dissent: Vec::new(),
        is_unread: false,
    }
}

fn risk(id: &str, title: &str, milestone: &str, residual: u8) -> Risk {
    let level = |step: u8| Some(spanned(Level { said: step.to_string(), step }));
    Risk {
        record: record(id),
        title: spanned(title.to_string()),
        cause: None,
        event: None,
        effect: None,
        category: None,
        owner: words("Security lead"),
        raised_on: None,
        probability: level(4),
        impact: level(4),
        score: None,
        inherent: Some(spanned(16)),
        residual: Some(spanned(residual)),
        target: Some(spanned(4)),
        score_unread: false,
        proximity: None,
        response: words("Reduce: rehearse the cut-over"),
        actions: Vec::new(),
        milestones: vec![spanned(Id::new(milestone))],
        status: Some(spanned(RiskStatus { said: "Open".to_string(), open: true })),
        reviewed_on: None,
        acceptance: None,
    }
}

pub fn reason(sentence: &str, rests_on: &[(Kind, &str)]) -> Reason {
    let rests_on = rests_on.iter().map(|(kind, id)| Reference::new(*kind, &Id::new(id))).collect();
    Reason::new("sample", sentence, rests_on)
}

/// The standing of `programme`, by hand: M1 complete, M2 amber, the others on plan; or a plan, all unknown.
pub fn standing(programme: &Programme) -> Standing {
    let is_plan = programme.decisions.is_empty();
    let why = if is_plan { "A plan: nothing recorded yet" } else { "M2 is amber: 5 working days late" };
    let mut counts: BTreeMap<Colour, usize> = Colour::ALL.into_iter().map(|colour| (colour, 0)).collect();
    let milestones: BTreeMap<Id, MilestoneStanding> = programme
        .milestones
        .iter()
        .map(|milestone| (milestone.record.id.clone(), of_milestone(milestone, is_plan)))
        .collect();
    for milestone in milestones.values() {
        *counts.entry(milestone.colour).or_default() += 1;
    }
    let ids = |ids: Vec<&Id>| ids.into_iter().cloned().collect::<Vec<Id>>();
    Standing {
        programme: ProgrammeStanding {
            colour: if is_plan { Colour::Unknown } else { Colour::Amber },
            reason: reason(why, if is_plan { &[] } else { &[(Kind::Milestone, "M2")] }),
            is_plan,
            counts,
            finish: (!is_plan).then(|| day("2026-03-20")),
            baseline_finish: (!is_plan).then(|| day("2026-03-13")),
            slip: (!is_plan).then_some(5),
            overdue_conditions: if is_plan { Vec::new() } else { vec![Id::new("C-01")] },
            confidence: None,
        },
        criteria: programme
            .criteria()
            .map(|(_, criterion)| (criterion.id.clone(), of_criterion(criterion, is_plan)))
            .collect(),
        evidence: programme
            .evidence
            .iter()
            .map(|evidence| {
                let accepted = evidence.accepted_on.is_some();
                let state = if accepted { EvidenceState::Counts } else { EvidenceState::Submitted };
                let counts_for = if accepted {
                    ids(evidence.proves.iter().map(|proof| &proof.criterion.value).collect())
                } else {
                    Vec::new()
                };
                (
                    evidence.record.id.clone(),
                    EvidenceStanding {
                        state,
                        reason: reason("Accepted by the QA lead", &[]),
                        counts_for,
                        obstacles: BTreeMap::new(),
                        sealed: None,
                    },
                )
            })
            .collect(),
        decisions: programme
            .decisions
            .iter()
            .map(|decision| {
                (
                    decision.record.id.clone(),
                    DecisionStanding { counts: true, reason: reason("Taken by the steering committee", &[]) },
                )
            })
            .collect(),
        conditions: programme
            .decisions
            .iter()
            .flat_map(|decision| {
                decision.conditions.iter().map(|condition| {
                    let standing = ConditionStanding {
                        decision: decision.record.id.clone(),
                        state: ConditionState::Overdue,
                        reason: reason("C-01 was due on Wed 18 Feb", &[(Kind::Condition, "C-01")]),
                    };
                    (condition.id.clone(), standing)
                })
            })
            .collect(),
        waivers: programme
            .waivers
            .iter()
            .map(|waiver| {
                (
                    waiver.record.id.clone(),
                    WaiverStanding { in_force: true, reason: reason("In force until Fri 6 Mar", &[]) },
                )
            })
            .collect(),
        risks: programme
            .risks
            .iter()
            .map(|risk| {
                let score = risk.score_now();
                let above = score > Some(9);
                let colour = if above { Colour::Amber } else { Colour::Green };
                (
                    risk.record.id.clone(),
                    RiskStanding {
                        score,
                        appetite: 9,
                        above_appetite: above,
                        response_in_date: true,
                        colour,
                        reason: reason("Score against an appetite of 9", &[]),
                    },
                )
            })
            .collect(),
        milestones,
    }
}

fn of_milestone(milestone: &Milestone, is_plan: bool) -> MilestoneStanding {
    let id = milestone.record.id.as_str();
    let colour = match id {
        _ if is_plan => Colour::Unknown,
        "M1" => Colour::Complete,
        "M2" => Colour::Amber,
        _ => Colour::OnPlan,
    };
    let baseline = milestone.window.as_ref().map(|window| window.value.clone());
    let forecast = milestone.forecast_window().map(|window| window.value.clone());
    let slip = forecast.as_ref().and_then(|window| window.end).map(|_| if id == "M2" { 5 } else { 0 });
    let date = |window: &Option<Window>| window.as_ref().and_then(|window| window.end);
    let sentence =
        if is_plan { "A plan: nothing recorded yet".to_string() } else { format!("{id} stands at its exit gate") };
    let why = reason(&sentence, &[(Kind::Milestone, id)]);
    let names = [
        DimensionName::Time,
        DimensionName::Criteria,
        DimensionName::Gate,
        DimensionName::Dependency,
        DimensionName::Risk,
        DimensionName::DataQuality,
    ];
    MilestoneStanding {
        lifecycle: if id == "M1" && !is_plan { Lifecycle::Achieved } else { Lifecycle::InProgress },
        colour,
        derived: colour,
        reason: why.clone(),
        dimensions: names.map(|name| Dimension { name, colour, reason: why.clone(), counts: true }).to_vec(),
        schedule: Schedule {
            first_baseline: baseline.clone(),
            entry_gate_date: forecast.as_ref().and_then(|window| window.start),
            exit_gate_date: date(&forecast),
            forecast_end: date(&forecast),
            effective_forecast: date(&forecast),
            actual: (id == "M1" && !is_plan).then(|| day("2026-02-06")),
            baseline,
            forecast,
            slip,
            first_slip: slip,
            slip_weeks: None,
            rebaselined: 0,
            drift: None,
            total_float: slip.map(|_| 0),
            critical: id == "M2",
        },
        entry: of_gate(milestone, Side::Entry, colour, is_plan),
        exit: of_gate(milestone, Side::Exit, colour, is_plan),
        path_to_green: if id == "M2" && !is_plan {
            vec![Step {
                who: Some("QA lead".to_string()),
                what: "accept or reject E-014 for M2-X3".to_string(),
                by: Some(day("2026-02-25")),
                rests_on: vec![
                    Reference::new(Kind::Evidence, &Id::new("E-014")),
                    Reference::new(Kind::Criterion, &Id::new("M2-X3")),
                ],
            }]
        } else {
            Vec::new()
        },
    }
}

fn of_gate(milestone: &Milestone, side: Side, colour: Colour, is_plan: bool) -> GateStanding {
    let id = milestone.record.id.as_str();
    let gate = milestone.gate(side);
    let decided = match (id, side) {
        _ if is_plan => None,
        ("M1", Side::Exit) => Some("D-002"),
        ("M2", Side::Entry) => Some("D-003"),
        _ => None,
    };
    let state = match (decided, side) {
        (Some(_), Side::Exit) => GateState::Passed,
        (Some(_), Side::Entry) => GateState::ConditionallyPassed,
        _ => GateState::Pending,
    };
    let window = milestone.forecast_window().map(|window| &window.value);
    let date = window.and_then(|window| if side == Side::Entry { window.start } else { window.end });
    let why = reason("1 of 5 criteria waits for its acceptor", &[(Kind::Criterion, "M2-X3")]);
    GateStanding {
        date,
        exists: !gate.criteria.is_empty(),
        readiness: if id == "M2" && side == Side::Exit && !is_plan {
            Readiness::AwaitingAcceptance
        } else {
            Readiness::InProgress
        },
        ceiling: Judgement { colour, reason: why.clone() },
        state,
        colour,
        reason: why,
        decision: decided.map(Id::new),
        met: if decided.is_some() { gate.criteria.len() } else { 0 },
        mandatory: gate.criteria.len(),
        evidence_lapsed: false,
        mended: false,
        attempt: 1,
        is_due: id == "M2" && !is_plan,
        permitted: vec![Outcome::ConditionalGo, Outcome::Hold],
    }
}

fn of_criterion(criterion: &Criterion, is_plan: bool) -> CriterionStanding {
    let id = criterion.id.as_str();
    let (state, mark) = match id {
        _ if is_plan => (CriterionState::Open, Colour::OnPlan),
        "M2-X1" => (CriterionState::Met, Colour::Green),
        "M2-X3" => (CriterionState::Submitted, Colour::Amber),
        "M2-X5" => (CriterionState::Waived, Colour::Amber),
        "M2-E2" => (CriterionState::Failed, Colour::Red),
        _ if id.starts_with("M1") => (CriterionState::Met, Colour::Green),
        _ => (CriterionState::Open, Colour::OnPlan),
    };
    let evidence = match id {
        _ if is_plan => Vec::new(),
        "M2-X1" => vec![Id::new("E-009")],
        "M2-X3" => vec![Id::new("E-014")],
        _ => Vec::new(),
    };
    CriterionStanding {
        state,
        overdue: false,
        undated: false,
        mark,
        due: (!is_plan).then(|| day("2026-02-27")),
        owner: Some("Platform lead".to_string()),
        reason: reason("Evidence waits for its acceptor", &[]),
        counting: evidence.first().filter(|_| state == CriterionState::Met).cloned(),
        evidence,
        waiver: (id == "M2-X5" && !is_plan).then(|| Id::new("W-01")),
    }
}

pub fn finding(rule: &str, subject: &str) -> Judged {
    let at = Place { line: 3, column: 5 };
    Judged {
        rule: rule.to_string(),
        severity: Severity::Warning,
        message: format!("`{subject}` has no owner"),
        path: "content/programme.md".to_string(),
        start: at,
        end: at,
        label: String::new(),
        related: Vec::new(),
        help: Some("add an owner".to_string()),
        subject: Some(subject.to_string()),
        allowed: None,
        bytes: (200, 210),
    }
}

pub fn of(programme: Programme) -> Snapshot {
    let standing = standing(&programme);
    Snapshot {
        schema: 1,
        standing: Arc::new(standing),
        findings: Arc::new(vec![finding("criterion-without-owner", "M3-X1")]),
        programme: Arc::new(programme),
        withheld: Vec::new(),
    }
}

/// A programme part-way.
pub fn snapshot() -> Snapshot {
    of(programme(true))
}

/// A plan in weeks, nothing recorded.
pub fn plan() -> Snapshot {
    of(programme(false))
}
