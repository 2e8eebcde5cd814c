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
    let entered = format!("{decisions}- {{ id: D-3, gate: M2 entry, outcome: go, by: Board, date: 2026-02-06 }}\n");
    let more = [("standing.yaml", standing)];
    let case = |decisions| Case { data_date: "2026-02-11", evidence: &evidence, decisions, more: &more };
    let undecided = check(&case(&decisions), expect!["M1 red, M2 red, M3 amber, M4 amber, M5 on plan; red"]);
    assert!(milestone(&undecided, "M1").exit.evidence_lapsed);
    check(&case(&entered), expect!["M1 amber, M2 on plan, M3 on plan, M4 on plan, M5 on plan; amber"]);
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
    let with = files("decisions:\n- { id: D-1, gate: M1 entry, outcome: go, by: Somebody, date: 2026-02-02 }\n");
    assert_eq!(colours(&without), colours(&with));
    let reason = &with.snapshot.standing.decisions[&Id::new("D-1")].reason;
    assert_eq!(reason.sentence, "Recorded, does not count: Somebody does not hold the authority of Steering committee");
}
