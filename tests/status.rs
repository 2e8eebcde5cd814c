//! The worked cases of the design's status page, and rows of its tables, each as a programme in files.

use expect_test::{Expect, expect};
use milepost::model::id::Id;
use milepost::status::GateState;

use crate::support::{self, SEED, checked, colours, milestone};

/// Everybody is fresh, owned, and week 1 is Monday 2 February 2026.
fn programme(data_date: &str) -> String {
    format!("data_date: {data_date}\ncalendar: {{ week_1: 2026-02-02 }}\n")
}

const OWNERS: &str = "milestones:\n  M1: { owner: Ann }\n  M2: { owner: Ann }\n  M3: { owner: Ann }\n  M4: { owner: Ann }\n  M5: { owner: Ann }\n";

/// Accepted evidence for every ordinary criterion of a gate.
fn proven(criteria: &[&str], accepted_on: &str) -> String {
    let item = |criterion: &&str| {
        format!(
            "- {{ id: E-{criterion}, title: Proof, proves: [{criterion}], type: Record, producer: Bo, produced_on: {accepted_on}, location: https://example.org/{criterion}, result: pass, acceptor: Cy, accepted_on: {accepted_on} }}\n"
        )
    };
    format!("evidence:\n{}", criteria.iter().map(item).collect::<String>())
}

const M1_EXIT: [&str; 4] = ["M1-X1", "M1-X2", "M1-X3", "M1-X4"];
const M1_ALL: [&str; 7] = ["M1-E1", "M1-E2", "M1-E3", "M1-X1", "M1-X2", "M1-X3", "M1-X4"];
const ENTERED: &str = "- { id: D-1, gate: M1 entry, outcome: go, by: Board, date: 2026-02-02 }\n";

struct Case<'a> {
    data_date: &'a str,
    evidence: &'a str,
    decisions: &'a str,
    more: &'a [(&'a str, &'a str)],
}

fn check(case: &Case, expected: Expect) -> milepost::pipeline::Checked {
    let settings = programme(case.data_date);
    let decisions = format!("decisions:\n{}", case.decisions);
    let mut files = vec![("milestones.md", SEED), ("programme.yaml", &settings), ("owners.yaml", OWNERS)];
    if !case.evidence.is_empty() {
        files.push(("evidence.yaml", case.evidence));
    }
    if !case.decisions.is_empty() {
        files.push(("decisions.yaml", &decisions));
    }
    files.extend(case.more);
    let checked = checked(&files);
    expected.assert_eq(&colours(&checked));
    checked
}

fn state(checked: &milepost::pipeline::Checked, criterion: &str) -> String {
    format!("{:?}", checked.snapshot.standing.criteria[&Id::new(criterion)].state)
}

#[test]
fn the_seed_alone_is_a_plan() {
    let checked = support::checked(&[("milestones.md", SEED)]);
    expect!["M1 unknown, M2 unknown, M3 unknown, M4 unknown, M5 unknown; unknown"].assert_eq(&colours(&checked));
    assert_eq!(checked.snapshot.standing.programme.reason.sentence, "A plan: nothing recorded yet");
}

#[test]
fn a_calendar_and_a_late_data_date_leave_it_a_plan_without_schedule_errors() {
    let case = Case { data_date: "2026-02-20", evidence: "", decisions: "", more: &[] };
    let checked = check(&case, expect!["M1 unknown, M2 unknown, M3 unknown, M4 unknown, M5 unknown; unknown"]);
    let sentence = &milestone(&checked, "M1").reason.sentence;
    assert_eq!(sentence, "A plan: nothing recorded yet; window ended Fri\u{a0}6\u{a0}Feb");
    let time = ["window-reversed", "negative-float", "successor-before-predecessor", "forecast-in-past"];
    let found = checked.snapshot.findings.iter().filter(|finding| time.contains(&finding.rule.as_str()));
    assert_eq!(found.count(), 0);
}

#[test]
fn gate_dates_hand_over_inside_the_first_unit_of_a_window() {
    let case = Case { data_date: "2026-02-01", evidence: "", decisions: "", more: &[] };
    let checked = check(&case, expect!["M1 unknown, M2 unknown, M3 unknown, M4 unknown, M5 unknown; unknown"]);
    let dates = ["M1", "M2", "M3", "M4", "M5"].map(|id| {
        let schedule = &milestone(&checked, id).schedule;
        format!("{id} {} / {}", schedule.entry_gate_date.unwrap(), schedule.exit_gate_date.unwrap())
    });
    expect![[r#"
        M1 2026-02-02 / 2026-02-06
        M2 2026-02-06 / 2026-02-20
        M3 2026-02-20 / 2026-03-06
        M4 2026-02-23 / 2026-03-13
        M5 2026-03-06 / 2026-03-13"#]]
    .assert_eq(&dates.join("\n"));
}

#[test]
fn a_go_with_all_met_completes_and_leaves_the_successor_undecided() {
    let evidence = proven(&M1_ALL, "2026-02-02");
    let decisions = format!("{ENTERED}- {{ id: D-2, gate: M1 exit, outcome: go, by: Board, date: 2026-02-06 }}\n");
    let case = Case { data_date: "2026-02-20", evidence: &evidence, decisions: &decisions, more: &[] };
    let checked = check(&case, expect!["M1 complete, M2 red, M3 amber, M4 amber, M5 on plan; red"]);
    assert_eq!(state(&checked, "M2-E1"), "Met");
    assert_eq!(milestone(&checked, "M2").entry.state, GateState::OverdueDecision);
}

/// M1's exit on condition: everything but M1-X4 is met, and the condition stands for that.
fn conditional(when: &str) -> (String, String) {
    let met: Vec<&str> = M1_ALL.into_iter().filter(|criterion| *criterion != "M1-X4").collect();
    let condition =
        format!("{{ id: C-1, text: cadences, criterion: M1-X4, owner: Ann, due: 2026-02-27, when: {when} }}");
    let exit = format!(
        "- {{ id: D-2, gate: M1 exit, outcome: conditional go, by: Board, date: 2026-02-06, conditions: [{condition}] }}\n"
    );
    (proven(&met, "2026-02-02"), format!("{ENTERED}{exit}"))
}

#[test]
fn a_pre_condition_holds_the_successor_back_and_breaches_when_overdue() {
    let (evidence, decisions) = conditional("pre");
    let case = |data_date| Case { data_date, evidence: &evidence, decisions: &decisions, more: &[] };
    let on_the_day = check(&case("2026-02-27"), expect!["M1 amber, M2 red, M3 red, M4 red, M5 amber; red"]);
    assert_eq!(state(&on_the_day, "M2-E1"), "Open");
    let day_after = check(&case("2026-02-28"), expect!["M1 red, M2 red, M3 red, M4 red, M5 amber; red"]);
    assert_eq!(milestone(&day_after, "M1").exit.state, GateState::ConditionBreached);
}

#[test]
fn a_post_condition_waives_the_successor_whose_go_then_carries_it() {
    let (mut evidence, mut decisions) = conditional("post");
    evidence.push_str(&proven(&["M2-E2", "M2-E3"], "2026-02-05")["evidence:\n".len()..]);
    decisions.push_str("- { id: D-3, gate: M2 entry, outcome: go, by: Board, date: 2026-02-06 }\n");
    let case = Case { data_date: "2026-02-09", evidence: &evidence, decisions: &decisions, more: &[] };
    let checked = check(&case, expect!["M1 amber, M2 on plan, M3 on plan, M4 on plan, M5 on plan; amber"]);
    assert_eq!(state(&checked, "M2-E1"), "Waived");
    assert_eq!(milestone(&checked, "M2").entry.state, GateState::PassedWithWaivers);
}

#[test]
fn a_killed_predecessor_fails_its_dependants_until_they_are_tailored() {
    let evidence = proven(&M1_EXIT, "2026-02-02");
    let decisions = "- { id: D-9, gate: M3 exit, outcome: kill, by: Board, date: 2026-02-06 }\n";
    let case = Case { data_date: "2026-02-09", evidence: &evidence, decisions, more: &[] };
    let checked = check(&case, expect!["M1 red, M2 red, M3 stopped, M4 amber, M5 red; red"]);
    assert_eq!(state(&checked, "M5-E1"), "Failed");
    assert!(checked.snapshot.standing.programme.reason.sentence.ends_with("stopped: M3"));
    let tailored =
        "criteria:\n  M5-E1: { not_applicable: { reason: M3 was stopped, approver: Board, date: 2026-02-07 } }\n";
    let case = Case { more: &[("tailoring.yaml", tailored)], ..case };
    let checked = check(&case, expect!["M1 red, M2 red, M3 stopped, M4 amber, M5 amber; red"]);
    assert_eq!(state(&checked, "M5-E1"), "NotApplicable");
}

#[test]
fn a_recycled_gate_is_amber_to_its_new_date_and_red_after_it() {
    let evidence = proven(&M1_ALL, "2026-02-02");
    let decisions = format!(
        "{ENTERED}- {{ id: D-2, gate: M1 exit, outcome: go, by: Board, date: 2026-02-06 }}\n- {{ id: D-3, gate: M2 exit, outcome: recycle, by: Board, date: 2026-02-20, new_gate_date: 2026-02-27 }}\n"
    );
    for (data_date, colour) in [("2026-02-27", "Amber"), ("2026-02-28", "Red")] {
        let settings = programme(data_date);
        let decisions = format!("decisions:\n{decisions}");
        let checked = checked(&[
            ("milestones.md", SEED),
            ("programme.yaml", &settings),
            ("owners.yaml", OWNERS),
            ("evidence.yaml", &evidence),
            ("decisions.yaml", &decisions),
        ]);
        let exit = &milestone(&checked, "M2").exit;
        assert_eq!(exit.state, GateState::Recycled);
        assert_eq!(exit.attempt, 2);
        assert_eq!(format!("{:?}", exit.colour), colour, "on {data_date}");
    }
}

#[test]
fn a_standing_item_that_expires_after_the_go_shows_on_the_passed_gate() {
    let mut evidence = proven(&["M1-E1", "M1-E2", "M1-E3", "M1-X1", "M1-X2", "M1-X3"], "2026-02-02");
    evidence.push_str("- { id: E-9, title: Proof, proves: [M1-X4], type: Record, producer: Bo, produced_on: 2026-02-02, location: https://example.org/9, result: pass, acceptor: Cy, accepted_on: 2026-02-02, expires_on: 2026-02-10 }\n");
    let standing = "criteria:\n  M1-X4: { validity: standing }\n";
    let decisions = format!("{ENTERED}- {{ id: D-2, gate: M1 exit, outcome: go, by: Board, date: 2026-02-06 }}\n");
    evidence.push_str(&proven(&["M2-E2", "M2-E3"], "2026-02-05")["evidence:\n".len()..]);
    let entered = format!("{decisions}- {{ id: D-3, gate: M2 entry, outcome: go, by: Board, date: 2026-02-06 }}\n");
    let more = [("standing.yaml", standing)];
    let case = |decisions| Case { data_date: "2026-02-11", evidence: &evidence, decisions, more: &more };
    let undecided = check(&case(&decisions), expect!["M1 red, M2 red, M3 amber, M4 amber, M5 on plan; red"]);
    assert!(milestone(&undecided, "M1").exit.evidence_lapsed);
    check(&case(&entered), expect!["M1 amber, M2 on plan, M3 on plan, M4 on plan, M5 on plan; amber"]);
}

#[test]
fn the_order_of_files_changes_no_colour_in_a_ring() {
    let settings = programme("2026-02-16");
    let one =
        "milestones:\n- { id: M1, name: One, owner: Ann, window: Week 9, depends_on: [M2], exit: [Signed off] }\n";
    let two =
        "milestones:\n- { id: M2, name: Two, owner: Ann, window: Week 8, depends_on: [M1], exit: [Signed off] }\n";
    let more = "decisions:\n- { id: D-1, gate: M2 exit, outcome: go, by: Board, date: 2026-02-09 }\n";
    let in_order = checked(&[("programme.yaml", &settings), ("a.yaml", one), ("b.yaml", two), ("c.yaml", more)]);
    let reversed = checked(&[("programme.yaml", &settings), ("b.yaml", one), ("a.yaml", two), ("c.yaml", more)]);
    for id in ["M1", "M2"] {
        assert_eq!(milestone(&in_order, id).dimensions, milestone(&reversed, id).dimensions, "{id}");
    }
}

#[test]
fn an_unauthorised_go_is_shown_and_changes_nothing() {
    let evidence = proven(&M1_ALL, "2026-02-02");
    let authority = "authority: { entry: steering, exit: steering }\nroles: { steering: Steering committee }\n";
    let settings = format!("{}{authority}", programme("2026-02-04"));
    let files = |decisions: &'static str| {
        let mut files = vec![
            ("milestones.md", SEED),
            ("programme.yaml", settings.as_str()),
            ("owners.yaml", OWNERS),
            ("evidence.yaml", evidence.as_str()),
        ];
        if !decisions.is_empty() {
            files.push(("decisions.yaml", decisions));
        }
        checked(&files)
    };
    let without = files("");
    let with = files("decisions:\n- { id: D-1, gate: M1 entry, outcome: go, by: Ines Marlow, date: 2026-02-02 }\n");
    assert_eq!(colours(&without), colours(&with));
    let reason = &with.snapshot.standing.decisions[&Id::new("D-1")].reason;
    assert_eq!(
        reason.sentence,
        "Recorded, does not count: Ines Marlow does not hold the authority of Steering committee"
    );
}

/// Two criteria at M1's exit, the first proven; decided by whoever is named.
fn two_criteria(data_date: &str, files: &[(&str, &str)]) -> milepost::pipeline::Checked {
    let settings = format!("data_date: {data_date}\n");
    let table = "| ID | Name | Owner | Window | Exit criteria |\n| --- | --- | --- | --- | --- |\n\
        | M1 | Pilot | Ann | 2026-03-01..2026-03-20 | Load tested; Plan approved |\n";
    let mut all = vec![("milestones.md", table)];
    if files.iter().all(|(path, _)| *path != "programme.yaml") {
        all.push(("programme.yaml", settings.as_str()));
    }
    all.extend(files);
    checked(&all)
}

const X1: &str = "- { id: E-1, title: Load, proves: [M1-X1], type: Record, producer: Bo, produced_on: 2026-03-02, location: https://example.org/1, result: pass, acceptor: Cy, accepted_on: 2026-03-03 }\n";

fn item(criterion: &str, more: &str) -> String {
    format!(
        "- {{ id: E-2, title: Plan, proves: [{criterion}], type: Record, producer: Bo, produced_on: 2026-03-02, location: https://example.org/2, {more} }}\n"
    )
}

/// The exit gate of M1: state and colour.
fn exit(checked: &milepost::pipeline::Checked) -> String {
    let exit = &milestone(checked, "M1").exit;
    format!("{:?} {}", exit.state, exit.colour.word())
}

#[test]
fn each_gate_state_has_its_programme() {
    let judged = item("M1-X2", "result: pass, acceptor: Cy, accepted_on: 2026-03-04");
    let condition = |more: &str| {
        format!(
            "conditions: [{{ id: C-1, text: plan, criterion: M1-X2, owner: Ann, due: 2026-03-18, when: pre{more} }}]"
        )
    };
    let go = "outcome: go".to_string();
    let conditional = format!("outcome: conditional go, {}", condition(""));
    let named = format!("outcome: go, {}", condition(""));
    let closed = format!("outcome: conditional go, {}", condition(", closed_on: 2026-03-11"));
    let nothing = String::new();
    // What the decision of 10 March says, what is offered for X2, the data date, and the exit gate.
    let cases: &[(&str, &str, &str, &str)] = &[
        (&go, &judged, "2026-03-12", "Passed complete"),
        (&go, &nothing, "2026-03-12", "PassedByOverride red"),
        (
            &go,
            &item("M1-X2", "result: pass, acceptor: Cy, accepted_on: 2026-03-11"),
            "2026-03-12",
            "PassedByOverride amber",
        ),
        (&conditional, &nothing, "2026-03-18", "ConditionallyPassed amber"),
        (&conditional, &nothing, "2026-03-19", "ConditionBreached red"),
        ("outcome: conditional go", &judged, "2026-03-12", "ConditionBreached red"),
        // A go that names a condition is held to it.
        (&named, &nothing, "2026-03-18", "ConditionallyPassed amber"),
        (&named, &nothing, "2026-03-19", "ConditionBreached red"),
        // Closed by word alone, and closed with proof.
        (&closed, &nothing, "2026-03-12", "ConditionallyPassed amber"),
        (&closed, &nothing, "2026-03-19", "ConditionBreached red"),
        (&closed, &judged, "2026-03-19", "Passed complete"),
        // What was closed is not opened again when its proof ends later.
        (
            &closed,
            &item("M1-X2", "result: pass, acceptor: Cy, accepted_on: 2026-03-04, expires_on: 2026-03-12"),
            "2026-03-19",
            "Passed complete",
        ),
        ("outcome: hold, resume_on: 2026-03-12", &nothing, "2026-03-12", "Held amber"),
        ("outcome: hold, resume_on: 2026-03-12", &nothing, "2026-03-13", "Held red"),
        ("outcome: hold", &nothing, "2026-03-12", "Held red"),
        ("outcome: kill", &nothing, "2026-03-12", "Stopped stopped"),
    ];
    for (decision, offered, data_date, expected) in cases {
        let evidence = format!("evidence:\n{X1}{offered}");
        let decisions =
            format!("decisions:\n- {{ id: D-1, gate: M1 exit, by: Board, date: 2026-03-10, {decision} }}\n");
        let checked = two_criteria(data_date, &[("evidence.yaml", &evidence), ("decisions.yaml", &decisions)]);
        assert_eq!(exit(&checked), *expected, "{decision}; {offered}; {data_date}");
    }
}

#[test]
fn evidence_counts_only_where_every_demand_is_met() {
    // What is said of the evidence for X2, and the state of X2 on 12 March.
    let cases = [
        ("result: pass, acceptor: Cy, accepted_on: 2026-03-04", "Met"),
        ("acceptor: Cy, accepted_on: 2026-03-04", "Submitted"),
        ("result: pass, accepted_on: 2026-03-04", "Submitted"),
        // What is written and not understood is never taken for the better.
        ("result: mostly, acceptor: Cy, accepted_on: 2026-03-04", "Failed"),
        ("result: pass, acceptor: Cy, accepted_on: 2026-03-04, expires_on: 31 February 2026", "Lapsed"),
        ("result: pass, acceptor: Bo, accepted_on: 2026-03-04", "Submitted"),
        ("result: pass, acceptor: '**B\u{200b}ó**', accepted_on: 2026-03-04", "Submitted"),
        ("result: pass, acceptor: Cy, accepted_on: 2026-03-01", "Submitted"),
        ("result: pass, acceptor: Cy, accepted_on: 2026-03-13", "Submitted"),
        ("result: fail, acceptor: Cy, accepted_on: 2026-03-04", "Failed"),
        ("rejected_on: 2026-03-05", "Failed"),
        // A rejection is lifted neither by the producer nor by taking the item back.
        ("rejected_on: 2026-03-05, result: pass, acceptor: Bo, accepted_on: 2026-03-06", "Failed"),
        ("rejected_on: 2026-03-05, withdrawn_on: 2026-03-06", "Failed"),
        ("rejected_on: 2026-03-05, result: pass, acceptor: Cy, accepted_on: 2026-03-06", "Met"),
        ("result: pass, acceptor: Cy, accepted_on: 2026-03-04, withdrawn_on: 2026-03-06", "Lapsed"),
        ("result: pass, acceptor: Cy, accepted_on: 2026-03-04, expires_on: 2026-03-11", "Lapsed"),
        ("result: pass, acceptor: Cy, accepted_on: 2026-03-04, expires_on: 2026-03-12", "Met"),
        // What is still to come is no judgement, and what never comes is none.
        ("result: pending, acceptor: Cy, accepted_on: awaiting review", "Submitted"),
        ("result: TBD, acceptor: TBD, accepted_on: TBD", "Submitted"),
        ("result: pass, acceptor: Cy, accepted_on: 2026-03-04, expires_on: TBD", "Submitted"),
        ("result: pass, acceptor: Cy, accepted_on: 2026-03-04, expires_on: never, rejected_on: no", "Met"),
    ];
    for (said, expected) in cases {
        let evidence = format!("evidence:\n{X1}{}", item("M1-X2", said));
        let checked = two_criteria("2026-03-12", &[("evidence.yaml", &evidence)]);
        assert_eq!(state(&checked, "M1-X2"), expected, "{said}");
    }
    let changed = [("Plan approved", "Met"), ("plan  approved.", "Met"), ("Plan < approved", "Lapsed")];
    for (words, expected) in changed {
        let item = item(&format!("'M1-X2: {words}'"), "result: pass, acceptor: Cy, accepted_on: 2026-03-04");
        let checked = two_criteria("2026-03-12", &[("evidence.yaml", &format!("evidence:\n{X1}{item}"))]);
        assert_eq!(state(&checked, "M1-X2"), expected, "{words}");
    }
}

#[test]
fn a_role_that_the_producer_holds_is_no_independent_acceptor() {
    let settings = "data_date: 2026-03-12\nroles: { qa: QA lead }\npeople: [{ id: bo, name: Bo, roles: [qa] }, { id: cy, name: Cy, roles: [qa] }]\n";
    let table = "| ID | Name | Owner | Window | Exit criteria |\n| --- | --- | --- | --- | --- |\n| M1 | Pilot | Ann | 2026-03-01..2026-03-20 | Load tested; Plan approved |\n";
    let criteria = "criteria:\n  M1-X2: { acceptor: qa }\n";
    for (acceptor, expected) in [("QA lead", "Submitted"), ("Cy", "Met"), ("Dee", "Submitted")] {
        let evidence = format!(
            "evidence:\n{}",
            item("M1-X2", &format!("result: pass, acceptor: {acceptor}, accepted_on: 2026-03-04"))
        );
        let checked = checked(&[
            ("milestones.md", table),
            ("programme.yaml", settings),
            ("criteria.yaml", criteria),
            ("evidence.yaml", &evidence),
        ]);
        assert_eq!(state(&checked, "M1-X2"), expected, "{acceptor}");
    }
}

#[test]
fn conditions_that_rest_on_one_another_come_to_an_end() {
    let decisions = "decisions:\n- { id: D-1, gate: M1 exit, outcome: conditional go, by: Board, date: 2026-02-06, conditions: [{ id: C-1, text: t, criterion: M2-E1, owner: Ann, due: 2026-02-27, when: post, closed_on: 2026-02-09 }] }\n";
    let evidence = proven(&M1_EXIT, "2026-02-02");
    let case =
        Case { data_date: "2026-02-10", evidence: &evidence, decisions: &decisions["decisions:\n".len()..], more: &[] };
    let checked = check(&case, expect!["M1 amber, M2 red, M3 amber, M4 amber, M5 on plan; red"]);
    assert_eq!(milestone(&checked, "M1").exit.state, GateState::ConditionallyPassed);
}

#[test]
fn a_date_of_its_own_for_the_gate_does_not_hide_a_slip() {
    let dated = |more: &str| {
        let text = format!(
            "milestones:\n- {{ id: M1, name: Pilot, owner: Ann, window: 2026-03-01..2026-04-30, baseline: 2026-03-01..2026-03-06, exit: [Load tested]{more} }}\n"
        );
        let evidence = "evidence:\n- { id: E-1, title: Other, proves: [M2-X1], type: Record, producer: Bo, produced_on: 2026-01-02, location: https://example.org/1, result: pass, acceptor: Cy, accepted_on: 2026-01-03 }\n";
        let other =
            "milestones:\n- { id: M2, name: Other, owner: Ann, window: 2026-03-01..2026-04-30, exit: [Done] }\n";
        let checked = checked(&[
            ("a.yaml", &text),
            ("b.yaml", other),
            ("e.yaml", evidence),
            ("programme.yaml", "data_date: 2026-02-02\n"),
        ]);
        let standing = milestone(&checked, "M1");
        format!("{} {:?}", standing.colour.word(), standing.schedule.slip)
    };
    assert_eq!(dated(""), "red Some(39)");
    assert_eq!(dated(", exit_gate_date: 2026-03-06"), "red Some(39)");
}

#[test]
fn a_go_over_unmet_entry_criteria_keeps_the_entry_current() {
    let decisions = "- { id: D-1, gate: M1 entry, outcome: go, by: Board, date: 2026-02-02 }\n";
    let case = Case { data_date: "2026-02-03", evidence: "", decisions, more: &[] };
    let checked = check(&case, expect!["M1 red, M2 amber, M3 on plan, M4 on plan, M5 on plan; red"]);
    assert_eq!(milestone(&checked, "M1").entry.state, GateState::PassedByOverride);
}

/// A programme of two milestones, of which the first is decided on 6 February.
fn two(first: &str, second: &str, evidence: &str, decisions: &str, more: &str) -> milepost::pipeline::Checked {
    let settings = format!("{}{more}", programme("2026-02-18"));
    let milestones = format!(
        "milestones:\n- {{ id: M1, name: One, owner: Ann, window: Week 1, {first} }}\n- {{ id: M2, name: Two, owner: Ann, window: Weeks 2-4, {second} }}\n"
    );
    let decisions = format!("decisions:\n{decisions}");
    checked(&[
        ("programme.yaml", &settings),
        ("milestones.yaml", &milestones),
        ("evidence.yaml", evidence),
        ("decisions.yaml", &decisions),
    ])
}

const GO: &str = "- { id: D-1, gate: M1 exit, outcome: go, by: Board, date: 2026-02-06 }\n";

#[test]
fn conditions_that_wait_for_each_other_stay_open() {
    let entry = |id: &str, other: &str| {
        format!(
            "- {{ id: D-{id}, gate: {id} entry, outcome: conditional go, by: Board, date: 2026-02-02, conditions: [{{ id: C-{id}, text: {other} first, criterion: {id}-E1, owner: Ann, due: 2026-04-01, when: pre, closed_on: 2026-02-10 }}] }}\n- {{ id: X-{id}, gate: {id} exit, outcome: go, by: Board, date: 2026-02-12 }}\n"
        )
    };
    let decisions = format!("{}{}", entry("M1", "M2"), entry("M2", "M1"));
    let checked =
        two("entry: [M2 complete], exit: [Done]", "entry: [M1 complete], exit: [Done too]", "", &decisions, "");
    assert_eq!([state(&checked, "M1-E1"), state(&checked, "M2-E1")], ["Open", "Open"]);
}

#[test]
fn a_condition_is_closed_by_evidence_for_its_criterion_only() {
    let evidence = proven(&["M1-X1"], "2026-02-04");
    let decisions = "- { id: D-1, gate: M1 exit, outcome: conditional go, by: Board, date: 2026-02-06, conditions: [{ id: C-1, text: tests, criterion: M1-X2, owner: Ann, due: 2026-02-27, when: post, closed_on: 2026-02-10, evidence: [E-M1-X1] }] }\n";
    let checked = two("exit: [Live, Tests passed]", "exit: [Done]", &evidence, decisions, "");
    assert_eq!(milestone(&checked, "M1").exit.state, GateState::ConditionallyPassed);
}

#[test]
fn a_milestone_that_is_not_known_is_waited_for() {
    let evidence = proven(&["M1-X1"], "2026-02-04");
    for second in ["entry: [M1 and M9 complete], exit: [Done]", "depends_on: [M1, M9], exit: [Done]"] {
        let checked = two("exit: [Live]", second, &evidence, GO, "");
        let standings = &checked.snapshot.standing.criteria;
        let open = standings.iter().filter(|(_, it)| it.reason.sentence.contains("not known: M9"));
        assert_eq!(open.count(), 1, "{second}");
        let found = checked.snapshot.findings.iter().filter(|finding| finding.rule.as_str() == "unknown-reference");
        assert_eq!(found.count(), 1, "{second}");
        let dependency = &milestone(&checked, "M2").dimensions[3];
        assert_eq!(dependency.colour, milepost::status::Colour::Unknown, "{second}");
    }
}

#[test]
fn nobody_lets_himself_off() {
    for (approver, expected) in [("Board", "NotApplicable"), ("pending", "Open"), ("nobody", "Open"), ("Ann", "Open")] {
        let first = format!(
            "exit: [{{ id: M1-X1, text: Live, not_applicable: {{ reason: none, approver: {approver}, date: 2026-02-04 }} }}]"
        );
        let first = first.replace("reason: none", "reason: no such board");
        let checked = two(&first, "exit: [Done]", "", GO, "");
        assert_eq!(state(&checked, "M1-X1"), expected, "{approver}");
        assert_eq!(milestone(&checked, "M1").exit.state, GateState::PassedByOverride, "{approver}");
    }
}

#[test]
fn a_waiver_counts_from_who_may_decide_or_is_known_and_one_to_come_takes_nothing_away() {
    let settings =
        "data_date: 2026-03-12\npeople: [{ id: cy, name: Cy Dale }]\nauthority: { exit: Steering Committee }\n";
    let waiver = |approver: &str, date: &str| {
        format!(
            "waivers:\n- {{ id: W-1, criterion: M1-X2, reason: late, approver: {approver}, date: {date}, expires_on: 2026-06-30 }}\n"
        )
    };
    for (approver, date, expected) in [
        ("Steering Committee", "2026-03-10", "Waived"),
        ("Dr Cy Dale", "2026-03-10", "Waived"),
        ("Zoe Quist", "2026-03-10", "Open"),
        ("Ann", "2026-03-10", "Open"),
        ("Cy Dale", "pending", "Open"),
    ] {
        let waivers = waiver(approver, date);
        let checked = two_criteria("2026-03-12", &[("programme.yaml", settings), ("waivers.yaml", &waivers)]);
        assert_eq!(state(&checked, "M1-X2"), expected, "{approver} {date}");
    }
}

/// A go is not what stands once a hold may have followed it, however that is hedged.
#[test]
fn a_hold_that_is_hedged_stops_its_gate() {
    let decided = |second: &str| {
        let decisions = format!(
            "decisions:\n- {{ id: D1, gate: M1 exit, outcome: go, by: Board, date: 2026-02-10 }}\n- {{ id: D2, gate: M1 exit, by: Board, {second} }}\n"
        );
        let evidence = proven(&["M1-X1"], "2026-02-04");
        milestone(&two("exit: [Live]", "exit: [Done]", &evidence, &decisions, ""), "M1").exit.state
    };
    assert_eq!(decided("outcome: go pending, date: 2026-02-12"), GateState::Passed);
    assert_eq!(decided("outcome: TBD, date: 2026-02-12"), GateState::Passed);
    for second in ["outcome: hold?, date: 2026-02-12", "outcome: hold, date: TBD", "outcome: gooo, date: 2026-02-12"] {
        assert_eq!(decided(second), GateState::Pending, "{second}");
    }
    assert_eq!(decided("outcome: Hold pending, date: 2026-02-12"), GateState::Held);
}

#[test]
fn naming_another_place_takes_no_seal_away() {
    for location in ["report.pdf", "x://report.pdf", "file:///report.pdf", "https://example.org/report.pdf"] {
        let seal = format!("location: '{location}', sha256: {}", "a".repeat(64));
        let evidence = proven(&["M1-X1"], "2026-02-04").replace("location: https://example.org/M1-X1", &seal);
        let checked = two("exit: [Live]", "exit: [Done]", &evidence, "", "");
        assert_ne!(state(&checked, "M1-X1"), "Met", "{location}");
    }
}

#[test]
fn a_mended_override_stays_achieved_when_a_standing_item_lapses() {
    let lapsing = proven(&["M1-X1"], "2026-02-04").replace(" }", ", expires_on: 2026-02-15 }");
    let later = proven(&["M1-X2"], "2026-02-09");
    let evidence = format!("{lapsing}{}", &later["evidence:\n".len()..]);
    let first = "exit: [{ id: M1-X1, text: Live, validity: standing }, { id: M1-X2, text: Tests passed }]";
    let checked = two(first, "entry: [M1 complete], exit: [Done]", &evidence, GO, "");
    let standing = milestone(&checked, "M1");
    assert_eq!(standing.exit.colour, milepost::status::Colour::Red);
    assert_eq!(standing.lifecycle, milepost::status::Lifecycle::Achieved);
}
