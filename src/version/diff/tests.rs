//! Small programmes, one change each, and what is told of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use expect_test::{Expect, expect};

use super::{diff, told};
use crate::model::calendar::Calendar;
use crate::model::change::Change;
use crate::model::decision::{Condition, Decision, Outcome, Timing, Waiver};
use crate::model::evidence::{Evidence, Proof, Verdict};
use crate::model::history::History;
use crate::model::id::Id;
use crate::model::milestone::{Criterion, Gate, GateName, Milestone, Side, Validity};
use crate::model::narrative::{Narrative, Piece, Prose};
use crate::model::reference::{Kind, Reference};
use crate::model::risk::{Level, Risk, RiskStatus};
use crate::model::settings::{Appetite, DataDate, Profile, Settings, Site, Tolerance};
use crate::model::window::Window;
use crate::model::{Date, Programme, Record, Visibility, Words};
use crate::reading::windows::Grain;
use crate::source::{Html, Span, Spanned};
use crate::status::{Facts, derive};
use crate::version::Snapshot;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Span::nowhere())
}

fn words(text: &str) -> Words {
    Some(at(text.to_string()))
}

fn on(text: &str) -> Date {
    Some(at(day(text)))
}

fn record(id: &str) -> Record {
    Record {
        id: Id::new(id),
        id_derived: false,
        parts: Vec::new(),
        visibility: Visibility::Public,
        narrative: Html::default(),
        extras: Vec::new(),
        written: Vec::new(),
        unsaid: Vec::new(),
    }
}

fn window(start: &str, end: &str) -> Window {
    Window {
        text: format!("{start}..{end}"),
        grain: Some(Grain::Day),
        weeks: None,
        start: Some(day(start)),
        end: Some(day(end)),
        first_unit_end: Some(day(start)),
    }
}

fn criterion(id: &str, text: &str) -> Criterion {
    Criterion {
        id: Id::new(id),
        id_derived: true,
        implied: false,
        text: at(text.to_string()),
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

fn milestone(id: &str, start: &str, end: &str, exit: &[&str]) -> Milestone {
    let criteria = exit.iter().enumerate().map(|(index, text)| criterion(&format!("{id}-X{}", index + 1), text));
    Milestone {
        record: record(id),
        name: at(format!("Name of {id}")),
        description: None,
        owner: words("Ana"),
        window: Some(at(window(start, end))),
        baseline: Some(at(window(start, end))),
        forecast: None,
        actual: None,
        entry: Gate::default(),
        exit: Gate { criteria: criteria.collect(), date: None, authority: None },
        depends_on: Vec::new(),
        tolerance: None,
        declared: None,
        declared_reason: None,
        reviewed_on: None,
        review_unread: false,
        tags: Vec::new(),
    }
}

fn evidence(id: &str, criterion: &str) -> Evidence {
    Evidence {
        record: record(id),
        title: at(format!("Proof {id}")),
        proves: vec![Proof { criterion: at(Id::new(criterion)), words: None }],
        kind: words("report"),
        producer: words("Ben"),
        produced_on: on("2026-02-03"),
        location: None,
        asset: None,
        asset_sha256: None,
        sha256: None,
        result: Some(at(Verdict::Pass)),
        acceptor: words("Cleo"),
        accepted_on: on("2026-02-04"),
        rejected_on: None,
        withdrawn_on: None,
        expires_on: None,
        supersedes: Vec::new(),
        is_unread: false,
    }
}

fn risk(id: &str, residual: u8) -> Risk {
    let level = |step: u8| Some(at(Level { said: step.to_string(), step }));
    Risk {
        record: record(id),
        title: at(format!("Trouble {id}")),
        cause: None,
        event: None,
        effect: None,
        category: None,
        owner: words("Ana"),
        raised_on: None,
        probability: level(4),
        impact: level(4),
        score: None,
        inherent: None,
        residual: Some(at(residual)),
        target: None,
        score_unread: false,
        proximity: None,
        response: words("Reduce: rehearse"),
        actions: Vec::new(),
        milestones: Vec::new(),
        status: Some(at(RiskStatus { said: "Open".to_string(), open: true })),
        reviewed_on: None,
        acceptance: None,
    }
}

fn decision(id: &str, outcome: Outcome, conditions: Vec<Condition>) -> Decision {
    Decision {
        record: record(id),
        gate: Some(at(GateName { milestone: Id::new("M1"), side: Side::Exit })),
        outcome: Some(at(outcome)),
        by: words("Board"),
        date: on("2026-02-05"),
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

fn condition(id: &str, due: &str) -> Condition {
    Condition {
        id: Id::new(id),
        text: words("Name the environments"),
        criterion: None,
        owner: words("Ana"),
        due: on(due),
        timing: Some(at(Timing::Post)),
        closed_on: None,
        due_unread: false,
        criterion_unread: false,
        evidence: Vec::new(),
        at: Span::nowhere(),
    }
}

fn change(id: &str, of: Reference, field: &str, reason: &str) -> Change {
    Change {
        record: record(id),
        of: Some(at(of)),
        field: words(field),
        from: None,
        to: None,
        to_window: None,
        reason: words(reason),
        impact: None,
        approver: words("Board"),
        date: on("2026-02-09"),
    }
}

/// M1 ends on 13 February, M2 on 27 February; one item counts for M1-X1; one risk below the appetite.
fn programme() -> Programme {
    let settings = Settings {
        name: "Test".to_string(),
        version: "0.9".to_string(),
        data_date: DataDate { date: day("2026-02-06"), written: true },
        profile: Profile::Controlled,
        calendar: Calendar { week_1: Some(day("2026-02-02")), ..Calendar::default() },
        cadence_days: 7,
        tolerance: Tolerance::default(),
        appetite: Appetite::default(),
        roles: BTreeMap::new(),
        people: Vec::new(),
        entry_authority: None,
        exit_authority: None,
        visibility: Visibility::Public,
        is_unread: false,
        visibility_written: true,
        rules: BTreeMap::new(),
        allow: Vec::new(),
        site: Site::default(),
        notice: None,
    };
    Programme {
        settings,
        milestones: vec![
            milestone(
                "M1",
                "2026-02-02",
                "2026-02-13",
                &["plan approved", "dashboards live and alerting", "register opened"],
            ),
            milestone("M2", "2026-02-16", "2026-02-27", &["pipelines green"]),
        ],
        evidence: vec![evidence("E-1", "M1-X1")],
        decisions: Vec::new(),
        waivers: Vec::new(),
        risks: vec![risk("R-1", 8)],
        concerns: Vec::new(),
        reviews: Vec::new(),
        confidences: Vec::new(),
        changes: Vec::new(),
        narratives: Vec::new(),
        prose: Prose::default(),
        understood: Vec::new(),
        assets: Vec::new(),
        history: History::default(),
    }
}

fn snapshot(programme: Programme) -> Snapshot {
    let standing = Arc::new(derive(&Facts::new(&programme)));
    Snapshot { schema: 1, programme: Arc::new(programme), standing, findings: Arc::default(), withheld: Vec::new() }
}

/// What differs after `edit`. The earlier version has been a file, as every frozen one has.
fn check(edit: impl FnOnce(&mut Programme), expected: Expect) {
    check_from(|_| {}, edit, expected);
}

fn check_from(prepare: impl FnOnce(&mut Programme), edit: impl FnOnce(&mut Programme), expected: Expect) {
    let mut before = programme();
    prepare(&mut before);
    let mut after = before.clone();
    edit(&mut after);
    let json = serde_json::to_string(&snapshot(before)).unwrap();
    let difference = diff(&serde_json::from_str(&json).unwrap(), &snapshot(after));
    let groups = told::sentences(&difference);
    assert_eq!(groups.is_empty(), difference.is_empty());
    let told = groups.iter().map(|group| format!("{}\n  {}\n", group.heading, group.lines.join("\n  ")));
    expected.assert_eq(&told.collect::<String>());
}

#[test]
fn nothing_differs_but_number_and_date() {
    check(|programme| programme.settings.version = "1.00".to_string(), expect![[""]]);
}

#[test]
fn moved_date_without_a_reason_says_so() {
    check(
        |programme| programme.milestones[1].forecast = Some(at(window("2026-02-18", "2026-03-06"))),
        expect![[r#"
        dates moved
          M2 exit gate: 2026-02-27 to 2026-03-06, +5 working days: no reason given
          programme finish: 2026-02-27 to 2026-03-06, +5 working days: With M2
        colours moved
          M2: on plan to amber, worse: 5 working days after baseline, at the tolerance of 5
          programme: on plan to amber, worse: The finish has moved 5 working days, from Fri 27 Feb to Fri 6 Mar; M2 is amber: 5 working days after baseline, at the tolerance of 5
        fields
          M2, forecast: nothing to "2026-02-18..2026-03-06"
    "#]],
    );
}

#[test]
fn reason_of_a_moved_date_comes_from_the_change_record_else_from_the_author() {
    check(
        |programme| {
            let milestone = Reference::new(Kind::Milestone, &Id::new("M1"));
            programme.milestones[0].forecast = Some(at(window("2026-02-02", "2026-02-16")));
            programme.changes = vec![change("CR-1", milestone, "forecast", "Supplier is late")];
            programme.milestones[1].forecast = Some(at(window("2026-02-16", "2026-03-02")));
            programme.milestones[1].declared_reason = words("Holiday in the team");
        },
        expect![[r#"
            dates moved
              M1 exit gate: 2026-02-13 to 2026-02-16, +1 working day: Supplier is late
              M2 exit gate: 2026-02-27 to 2026-03-02, +1 working day: Holiday in the team
              programme finish: 2026-02-27 to 2026-03-02, +1 working day: With M2
            colours moved
              M1: on plan to amber, worse: 1 working day after baseline, within the tolerance of 5
              M2: on plan to amber, worse: 1 working day after baseline, within the tolerance of 5
              programme: on plan to amber, worse: The finish has moved 1 working day, from Fri 27 Feb to Mon 2 Mar; M2 is amber: 1 working day after baseline, within the tolerance of 5
            records added
              change CR-1
            fields
              M1, forecast: nothing to "2026-02-02..2026-02-16"
              M2, forecast: nothing to "2026-02-16..2026-03-02"
              M2, declared reason: nothing to "Holiday in the team"
        "#]],
    );
}

#[test]
fn new_calendar_gives_dates_without_a_distance() {
    check_from(
        |programme| programme.milestones[1].window = None,
        |programme| programme.milestones[1].window = Some(at(window("2026-02-16", "2026-02-27"))),
        expect![[r#"
            dates moved
              M2 exit gate: no date to 2026-02-27: no reason given
              programme finish: 2026-02-13 to 2026-02-27, +10 working days: With M2
            colours moved
              M2: unknown to on plan, better: Exit gate: 1 of 1 mandatory exit criteria open: M2-X1; the gate is in 15 working days
              programme: red to on plan, better: Nothing is late
            fields
              M2, window: nothing to "2026-02-16..2026-02-27"
        "#]],
    );
}

#[test]
fn criterion_taken_out_is_the_one_that_is_gone_though_the_numbers_shift() {
    check(
        |programme| {
            programme.milestones[0].exit.criteria.remove(1);
            programme.milestones[0].exit.criteria[1].id = Id::new("M1-X2");
        },
        expect![[r#"
            criteria
              M1-X2 removed: [-dashboards live and alerting-], 5 working days before its gate: no reason given
              M1-X2 (was M1-X3) has another number: register opened, 5 working days before its gate
        "#]],
    );
}

#[test]
fn a_lesser_acceptor_softer_words_and_an_eased_limit_weaken_a_criterion_too() {
    check_from(
        |programme| {
            let exit = &mut programme.milestones[0].exit;
            exit.authority = words("Board");
            exit.criteria[0].acceptor = words("board");
            exit.criteria[1].acceptor = words("qa");
            exit.criteria[2].text = at("uptime at least 99.9% for a week".to_string());
        },
        |programme| {
            let criteria = &mut programme.milestones[0].exit.criteria;
            criteria[0].acceptor = words("qa");
            criteria[1].acceptor = words("security");
            criteria[1].text = at("dashboards mostly live and alerting".to_string());
            criteria[2].text = at("uptime at least 99% for a week".to_string());
        },
        expect![[r#"
            criteria
              M1-X1 weakened (accepted by less than the gate's authority): plan approved, 5 working days before its gate: no reason given
              M1-X2 weakened (softer words): dashboards {+mostly+} live and alerting, 5 working days before its gate: no reason given
              M1-X3 weakened (limit eased): uptime at least [-99.9%-] {+99%+} for a week, 5 working days before its gate: no reason given
            fields
              M1-X2, acceptor: "qa" to "security"
        "#]],
    );
}

#[test]
fn every_way_to_weaken_a_criterion_is_told_with_the_days_to_its_gate() {
    check_from(
        |programme| {
            let criteria = &mut programme.milestones[0].exit.criteria;
            criteria[0].validity = Validity::Standing;
            criteria[2].acceptor = words("qa");
        },
        |programme| {
            let criteria = &mut programme.milestones[0].exit.criteria;
            criteria[0].validity = Validity::PointInTime;
            criteria[1].text = at("dashboards live".to_string());
            criteria[2].acceptor = None;
            criteria[2].mandatory = false;
            let named = Reference::new(Kind::Criterion, &Id::new("M1-X2"));
            programme.changes = vec![change("CR-2", named, "text", "Alerting is bought later")];
        },
        expect![[r#"
            criteria
              M1-X1 weakened (standing to point in time): plan approved, 5 working days before its gate: no reason given
              M1-X2 weakened (words lost): dashboards live [-and alerting-], 5 working days before its gate: Alerting is bought later
              M1-X3 weakened (mandatory to advisory, acceptor dropped): register opened, 5 working days before its gate: no reason given
            records added
              change CR-2
        "#]],
    );
}

#[test]
fn reworded_added_and_strengthened_criteria_are_no_weakening() {
    check(
        |programme| {
            let criteria = &mut programme.milestones[0].exit.criteria;
            criteria[0].text = at("plan signed".to_string());
            criteria[1].acceptor = words("qa");
            criteria.push(criterion("M1-X4", "escrow rehearsed"));
        },
        expect![[r#"
            criteria
              M1-X4 added: {+escrow rehearsed+}, 5 working days before its gate
              M1-X1 reworded: plan [-approved-] {+signed+}, 5 working days before its gate
            fields
              M1-X2, acceptor: nothing to "qa"
        "#]],
    );
}

#[test]
fn evidence_and_the_states_it_carries_move_together() {
    check(
        |programme| {
            programme.evidence[0].expires_on = on("2026-02-05");
            programme.evidence.push(evidence("E-2", "M1-X2"));
            programme.evidence.push(evidence("E-3", "M1-X3"));
            programme.evidence[2].accepted_on = None;
        },
        expect![[r#"
            colours moved
              M1: on plan to red, worse: Exit gate: 1 of 3 mandatory exit criteria failed or lapsed: M1-X1
              programme: on plan to amber, worse: M1 is red: exit gate: 1 of 3 mandatory exit criteria failed or lapsed: M1-X1
            states of criteria
              met to lapsed, 1: M1-X1
              open to awaiting acceptance, 1: M1-X3
              open to met, 1: M1-X2
            evidence
              E-1 Proof E-1: counts to expired
              E-2 Proof E-2: new, counts
              E-3 Proof E-3: new, awaiting acceptance
            fields
              E-1, expires on: nothing to 2026-02-05
        "#]],
    );
}

#[test]
fn decision_brings_its_conditions_and_its_colours() {
    check(
        |programme| {
            let conditions = vec![condition("C-1", "2026-02-20"), condition("C-2", "2026-02-05")];
            programme.decisions = vec![decision("D-1", Outcome::ConditionalGo, conditions)];
            programme.waivers = vec![Waiver {
                record: record("W-1"),
                criterion: Some(at(Id::new("M1-X2"))),
                reason: words("Later"),
                approver: words("Board"),
                date: on("2026-02-05"),
                expires_on: on("2026-03-06"),
            }];
        },
        expect![[r#"
            colours moved
              M1: on plan to red, worse: Go on Thu 5 Feb although M1-X3 was not met
              programme: on plan to amber, worse: M1 is red: go on Thu 5 Feb although M1-X3 was not met
            states of criteria
              open to waived, 1: M1-X2
            decisions, conditions, waivers
              D-1: M1 exit, conditional go, 2026-02-05, with C-1, C-2
              C-1 of D-1: new, open: Name the environments
              C-2 of D-1: new, overdue: Name the environments
              W-1 of M1-X2: new, until 2026-03-06
        "#]],
    );
}

#[test]
fn decision_that_is_rewritten_is_told_as_such() {
    check_from(
        |programme| programme.decisions = vec![decision("D-1", Outcome::Hold, vec![condition("C-1", "2026-02-20")])],
        |programme| {
            programme.decisions[0].outcome = Some(at(Outcome::Go));
            programme.decisions[0].conditions[0].due = on("2026-02-27");
        },
        expect![[r#"
            colours moved
              M1: still red, for another reason: Go on Thu 5 Feb although M1-X2 and M1-X3 were not met; was: Exit gate: held, without a new resume date
              programme: still amber, for another reason: M1 is red: go on Thu 5 Feb although M1-X2 and M1-X3 were not met; was: M1 is red: exit gate: held, without a new resume date
            decisions, conditions, waivers
              D-1 was rewritten: outcome hold to go
              C-1 was rewritten: due 2026-02-20 to 2026-02-27
        "#]],
    );
}

#[test]
fn risks_are_told_by_score_appetite_and_end() {
    check_from(
        |programme| programme.risks.push(risk("R-2", 4)),
        |programme| {
            programme.risks[0].residual = Some(at(12));
            programme.risks[1].status = Some(at(RiskStatus { said: "Closed".to_string(), open: false }));
            programme.risks.push(risk("R-3", 4));
        },
        expect![[r#"
            risks
              R-1 Trouble R-1: score 8 to 12, above the appetite of 9
              R-2 Trouble R-2: closed
              R-3 Trouble R-3: new, score 4
            fields
              R-1, residual: 8 to 12
              R-2, status: "Open" to "Closed"
        "#]],
    );
}

#[test]
fn records_that_came_and_went_are_told_and_their_criteria_with_them() {
    check(
        |programme| {
            programme.milestones[1] = milestone("M3", "2026-02-16", "2026-02-27", &["pipelines green"]);
            programme.risks.clear();
        },
        expect![[r#"
            records added
              milestone M3 Name of M3
            records removed
              milestone M2 Name of M2
              risk R-1 Trouble R-1
        "#]],
    );
}

#[test]
fn every_other_field_is_told_in_the_authors_words() {
    check(
        |programme| {
            programme.settings.tolerance.red_days = 10;
            programme.settings.appetite.categories.insert("security".to_string(), 6);
            let milestone = &mut programme.milestones[0];
            milestone.name = at("Other".to_string());
            milestone.owner = None;
            milestone.tags = vec!["a".to_string()];
            milestone.depends_on = vec![at(Id::new("M2"))];
            milestone.record.extras = vec![("Squad".to_string(), "Blue".to_string())];
            milestone.record.narrative = Html::escaped("More");
            milestone.reviewed_on = on("2026-02-05");
            programme.narratives = vec![Narrative {
                path: "content/about.md".to_string(),
                title: "About".to_string(),
                visibility: crate::model::Visibility::Public,
                pieces: vec![Piece::Prose(Html::escaped("text"))],
            }];
        },
        expect![[r#"
            colours moved
              M1: on plan to red, worse: M2 is forecast for Fri 27 Feb, after the entry gate of Mon 2 Feb
              M2: on plan to amber, worse: 9 working days short of float, within the tolerance of 10
              programme: on plan to amber, worse: M1 is red: M2 is forecast for Fri 27 Feb, after the entry gate of Mon 2 Feb
            fields
              programme.yaml, tolerance red days: 5 to 10
              programme.yaml, appetite categories security: nothing to 6
              M1, narrative: nothing to a text
              M1, Squad: nothing to "Blue"
              M1, name: "Name of M1" to "Other"
              M1, owner: "Ana" to nothing
              M1, depends on: nothing to "M2"
              M1, reviewed on: nothing to 2026-02-05
              M1, tags: nothing to "a"
            pages
              page "About" (content/about.md) added
        "#]],
    );
}
