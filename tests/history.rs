//! What frozen versions do to a standing: baselines, drift, trends; and what a signed confidence is held against.

use expect_test::{Expect, expect};
use milepost::model::id::Id;
use milepost::pipeline::{self, Checked, Memory};
use milepost::source::Inputs;
use milepost::status::MilestoneStanding;
use milepost::version::trend::trends;

use crate::support;

/// A data date and what is said of M1 as at it, beside what never changes; versions `0.1`, `0.2` … in their order.
type State<'a> = (&'a str, &'a str);

const ANCHORED: &str = "calendar: { week_1: 2026-02-02 }\n";
const PROVEN: &str = "id: E-1\ntitle: Proof\nproves: [M1-E1]\ntype: record\nproducer: Bo\nproduced_on: 2026-02-01\nlocation: https://example.org/1\nresult: pass\nacceptor: Cy\naccepted_on: 2026-02-01\n";

fn inputs(number: usize, (data_date, said): State, more: &[(&str, &str)]) -> Inputs {
    let calendar = if said.contains("unanchored") { "" } else { ANCHORED };
    let settings = format!("name: Pilot\nversion: \"0.{number}\"\ndata_date: {data_date}\n{calendar}");
    let said = said.replace("unanchored", "");
    let milestone =
        format!("id: M1\nname: Pilot\nowner: Ann\nentry: [budget approved]\nexit: [report signed]\n{said}\n");
    let mut files =
        vec![("programme.yaml", settings.as_str()), ("milestones/M1.yaml", &milestone), ("evidence/E-1.yaml", PROVEN)];
    files.extend(more);
    support::inputs(&files)
}

/// All states but the last frozen, the last checked; `more` is there from the first to the last.
fn after(states: &[State], more: &[(&str, &str)]) -> Checked {
    let (last, frozen) = states.split_last().unwrap();
    let mut now = inputs(states.len(), *last, more);
    for (index, state) in frozen.iter().enumerate() {
        support::freeze(&inputs(index + 1, *state, more), &mut now);
    }
    pipeline::check(&now, support::clock(), &Memory::default())
}

fn time(milestone: &MilestoneStanding) -> String {
    let time = &milestone.dimensions[0];
    format!("{} ({}): {}", time.colour.word(), time.reason.code, time.reason.sentence).replace('\u{a0}', " ")
}

fn check(states: &[State], more: &[(&str, &str)], expected: Expect) -> Checked {
    let checked = after(states, more);
    let milestone = support::milestone(&checked, "M1");
    let schedule = &milestone.schedule;
    let slips =
        format!("slip {:?}, first {:?}, re-baselined {}", schedule.slip, schedule.first_slip, schedule.rebaselined);
    expected.assert_eq(&format!("{}\n{slips}", time(milestone)));
    checked
}

/// Approved changes of M1's baseline, each with its day.
fn changes(to: &[(&str, &str)]) -> String {
    let change = |(index, (to, date)): (usize, &(&str, &str))| {
        format!(
            "- {{ id: C-{index}, record: M1, field: baseline, from: Week 5, to: {to}, reason: scope, approver: Board, date: {date} }}\n"
        )
    };
    format!("changes:\n{}", to.iter().enumerate().map(change).collect::<String>())
}

const WEEKLY: [State; 3] =
    [("2026-02-04", "window: Week 5"), ("2026-02-11", "window: Week 6"), ("2026-02-18", "window: Week 7")];

#[test]
fn slip_counts_from_the_window_that_was_frozen_first() {
    check(
        &WEEKLY,
        &[],
        expect![[r#"
            red (slip_beyond_tolerance): 10 working days after baseline; red begins after 5; no nearer in 2 successive versions: 30 days away in 0.1, now 30
            slip Some(10), first Some(10), re-baselined 0"#]],
    );
}

#[test]
fn a_drift_is_amber_though_a_re_baseline_has_taken_the_slip_away() {
    let once = changes(&[("Week 7", "2026-02-17")]);
    check(
        &WEEKLY,
        &[("changes.yaml", &once)],
        expect![[r#"
        amber (drifting): No nearer in 2 successive versions: 30 days away in 0.1, now 30
        slip Some(0), first Some(10), re-baselined 1"#]],
    );
    let held = [WEEKLY[0], WEEKLY[1], ("2026-02-18", "window: Week 6")];
    let once = changes(&[("Week 6", "2026-02-10")]);
    check(
        &held,
        &[("changes.yaml", &once)],
        expect![[r#"
        on plan (on_baseline): On its baseline
        slip Some(0), first Some(5), re-baselined 1"#]],
    );
}

#[test]
fn a_version_of_the_same_day_is_no_other_report() {
    let once = changes(&[("Week 7", "2026-02-17")]);
    let same = [WEEKLY[0], WEEKLY[2], ("2026-02-18", "window: Week 7")];
    let checked = after(&same, &[("changes.yaml", &once)]);
    assert_eq!(support::milestone(&checked, "M1").schedule.drift, None);
}

#[test]
fn the_slip_against_the_first_baseline_stays_after_each_re_baseline() {
    let twice = changes(&[("Week 6", "2026-02-10"), ("Week 7", "2026-02-17")]);
    check(
        &[WEEKLY[0], WEEKLY[2]],
        &[("changes.yaml", &twice)],
        expect![[r#"
        on plan (on_baseline): On its baseline
        slip Some(0), first Some(10), re-baselined 2"#]],
    );
}

#[test]
fn a_change_that_is_not_approved_yet_moves_no_baseline() {
    let later = changes(&[("Week 7", "2026-02-19")]);
    check(
        &[WEEKLY[0], WEEKLY[2]],
        &[("changes.yaml", &later)],
        expect![[r#"
        red (slip_beyond_tolerance): 10 working days after baseline; red begins after 5
        slip Some(10), first Some(10), re-baselined 0"#]],
    );
}

#[test]
fn a_baseline_that_is_written_over_moves_nothing_and_is_found() {
    let over = [WEEKLY[0], ("2026-02-18", "window: Week 7\nbaseline: Week 7")];
    let checked = check(
        &over,
        &[],
        expect![[r#"
        red (slip_beyond_tolerance): 10 working days after baseline; red begins after 5
        slip Some(10), first Some(10), re-baselined 0"#]],
    );
    let found = |rule: &str| checked.snapshot.findings.iter().any(|finding| finding.rule == rule);
    assert!(found("baseline-changed-without-change-record"));
}

#[test]
fn weeks_that_were_frozen_before_there_was_a_calendar_are_its_weeks() {
    check(
        &[("2026-02-04", "window: Week 5\nunanchored"), ("2026-02-11", "window: Week 6")],
        &[],
        expect![[r#"
        amber (slip_within_tolerance): 5 working days after baseline, at the tolerance of 5
        slip Some(5), first Some(5), re-baselined 0"#]],
    );
}

#[test]
fn a_trend_has_a_point_for_every_day_of_report() {
    let states = [WEEKLY[0], WEEKLY[1], ("2026-02-11", "window: Week 7")];
    let checked = after(&states, &[]);
    let frozen = checked.chain.versions.iter().map(|version| &*version.snapshot);
    let versions: Vec<_> = frozen.chain([&checked.snapshot]).map(milepost::version::diff::State::of).collect();
    let trends = trends(&versions);
    let told = trends.iter().map(|trend| {
        let points =
            trend.points.iter().map(|point| format!("{} {} {}", point.version, point.data_date, point.forecast));
        format!("{}: {}", trend.milestone, points.collect::<Vec<_>>().join(", "))
    });
    expect!["M1: 0.1 2026-02-04 2026-03-06, 0.3 2026-02-11 2026-03-20"].assert_eq(&told.collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_signed_confidence_diverges_where_it_is_greener_or_old() {
    let red = "window: Week 1";
    let amber = "window: Week 5\ndeclared: amber\nreason: a vendor";
    let on_plan = "window: Week 5";
    let old = "Signed more than six months ago";
    for (said, level, date, expected) in [
        (on_plan, "green", "2026-02-10", None),
        (on_plan, "red", "2026-02-10", None),
        (amber, "amber", "2026-02-10", None),
        (amber, "amber green", "2026-02-10", Some("Greener than the derived amber")),
        (red, "amber red", "2026-02-10", Some("Greener than the derived red")),
        (red, "red", "2026-02-10", None),
        (on_plan, "green", "2025-08-18", None),
        (on_plan, "green", "2025-08-17", Some(old)),
        (red, "green", "2025-08-17", Some("Greener than the derived red")),
    ] {
        let confidence = format!("id: C1\nlevel: {level}\nby: Board\ndate: {date}\n");
        let checked = after(&[("2026-02-18", said)], &[("confidence/C1.yaml", &confidence)]);
        let found = checked.snapshot.standing.programme.confidence.as_ref().unwrap();
        assert_eq!(found.id, Id::new("C1"));
        assert_eq!(found.divergence.as_deref(), expected, "{said}, {level}, {date}");
    }
}
