//! The gallery: a programme in which everything that can stand in some way stands in each way at least once, so that its
//! portal shows every state there is. A new variant of the enums
//! below does not compile before it is listed, nor pass before it is shown; codes that are texts, as those of waivers and
//! risks, are listed by hand.

use std::fmt::Debug;

use milepost::disk::Reader;
use milepost::model::Visibility;
use milepost::model::decision::Outcome;
use milepost::model::milestone::Side;
use milepost::model::reference::Kind;
use milepost::pipeline::{self, Checked, Memory};
use milepost::source::Inputs;
use milepost::status::drift::Pattern;
use milepost::status::{
    Colour, ConditionState, CriterionState, DimensionName, EvidenceState, GateState, Lifecycle, Readiness, Standing,
};

use crate::support::{clock, project};

/// All variants of an enum; it does not compile while one is missing.
macro_rules! all {
    ($name:ident: $($variant:ident)*) => {{
        let known = |state: &$name| match state { $($name::$variant => (),)* };
        let all = [$($name::$variant,)*];
        all.iter().for_each(known);
        all
    }};
}
pub(crate) use all;

#[track_caller]
fn check<T: PartialEq + Debug>(all: impl IntoIterator<Item = T>, shown: &[T]) {
    let missing: Vec<T> = all.into_iter().filter(|state| !shown.contains(state)).collect();
    assert!(missing.is_empty(), "the gallery does not show {missing:?}");
}

/// The gallery's inputs, as they lie in its folder, frozen versions too.
pub fn inputs() -> Inputs {
    Reader::new(&project().join("tests/programmes/gallery")).read().unwrap()
}

fn gallery() -> Checked {
    pipeline::check(&inputs(), clock(), &Memory::default())
}

#[test]
fn every_state_of_a_milestone_and_its_gates_is_shown() {
    let standing = gallery().snapshot.standing;
    let milestones = || standing.milestones.values();
    let gates: Vec<_> = milestones().flat_map(|one| Side::BOTH.map(|side| one.gate(side))).collect();
    let gates: Vec<_> = gates.into_iter().filter(|gate| gate.exists).collect();
    check(
        all!(Lifecycle: Planned EntryReview InProgress ExitReview Held ConditionallyAchieved Achieved Stopped),
        &milestones().map(|one| one.lifecycle).collect::<Vec<_>>(),
    );
    check(
        all!(Colour: Complete Green OnPlan Amber Unknown Red Stopped),
        &milestones().map(|one| one.colour).collect::<Vec<_>>(),
    );
    check(
        all!(Readiness: Undefined NotReady InProgress AwaitingAcceptance ReadyWithWaivers Ready),
        &gates.iter().map(|gate| gate.readiness).collect::<Vec<_>>(),
    );
    check(
        all!(GateState: Pending OverdueDecision Held Recycled ConditionallyPassed ConditionBreached PassedByOverride
            PassedWithWaivers Passed Stopped),
        &gates.iter().map(|gate| gate.state).collect::<Vec<_>>(),
    );
    assert!(gates.iter().any(|gate| gate.evidence_lapsed) && gates.iter().any(|gate| gate.attempt > 1));
    assert!(milestones().any(|one| one.schedule.rebaselined > 0));
    let drifts = milestones().filter_map(|one| Some(one.schedule.drift.as_ref()?.pattern));
    check(all!(Pattern: Later DayForDay Squeezed), &drifts.collect::<Vec<_>>());
    let told =
        milestones().map(|one| one.dimensions[0].reason.code.as_str()).filter(|code| *code == "drifting").count();
    assert_eq!(told, Pattern::ALL.len(), "where nothing is later than its baseline, the drift is the reason");
    for name in all!(DimensionName: Time Criteria Gate Dependency Risk DataQuality) {
        let worst = if name == DimensionName::DataQuality { Colour::Unknown } else { Colour::Red };
        check([Colour::Green, Colour::OnPlan, Colour::Amber, worst], &colours(&standing, name));
    }
}

fn colours(standing: &Standing, name: DimensionName) -> Vec<Colour> {
    let dimensions = standing.milestones.values().flat_map(|one| &one.dimensions);
    dimensions.filter(|dimension| dimension.name == name).map(|dimension| dimension.colour).collect()
}

#[test]
fn every_state_of_a_record_is_shown() {
    let snapshot = gallery().snapshot;
    let (programme, standing) = (&snapshot.programme, &snapshot.standing);
    check(
        all!(CriterionState: NotApplicable Failed Met Waived Lapsed Submitted Open),
        &standing.criteria.values().map(|one| one.state).collect::<Vec<_>>(),
    );
    check(
        all!(EvidenceState: Counts Submitted Rejected Expired Withdrawn Superseded DoesNotCount Future),
        &standing.evidence.values().map(|one| one.state).collect::<Vec<_>>(),
    );
    check(
        all!(ConditionState: Open Overdue Closed ClosedUnproven),
        &standing.conditions.values().map(|one| one.state).collect::<Vec<_>>(),
    );
    let outcomes = programme.decisions.iter().filter_map(|one| one.outcome.as_ref()).map(|outcome| outcome.value);
    check(all!(Outcome: Go ConditionalGo Hold Recycle Kill), &outcomes.collect::<Vec<_>>());
    check(
        ["in_force", "expired", "incomplete"],
        &standing.waivers.values().map(|one| one.reason.code.as_str()).collect::<Vec<_>>(),
    );
    check(
        [
            "not_scored",
            "closed",
            "within_appetite",
            "above_without_response",
            "above_response_late",
            "above_with_response",
        ],
        &standing.risks.values().map(|one| one.reason.code.as_str()).collect::<Vec<_>>(),
    );
    let concern =
        |one: &milepost::model::risk::Concern| (one.kind, one.status.as_ref().is_none_or(|said| said.value.open));
    let kinds = [Kind::Issue, Kind::Assumption, Kind::Dependency];
    check(
        kinds.into_iter().flat_map(|kind| [(kind, true), (kind, false)]),
        &programme.concerns.iter().map(concern).collect::<Vec<_>>(),
    );
    check([Some(true), Some(false)], &programme.reviews.iter().map(|one| one.independent).collect::<Vec<_>>());
    assert!(standing.programme.confidence.as_ref().is_some_and(|signed| signed.divergence.is_some()));
    let restricted = programme.records().filter(|(_, record)| record.visibility == Visibility::Restricted);
    let restricted: Vec<Kind> = restricted.map(|(reference, _)| reference.kind).collect();
    check([Kind::Milestone, Kind::Evidence, Kind::Risk], &restricted);
}

#[test]
fn every_way_not_to_count_is_shown_among_the_decisions() {
    let standing = gallery().snapshot.standing;
    let reasons: Vec<String> = standing.decisions.values().map(|one| one.reason.sentence.clone()).collect();
    for way in [
        "no outcome",
        "nobody is named",
        "no date",
        "after the data date",
        "authority of",
        "names no gate",
        "Followed by",
    ] {
        assert!(reasons.iter().any(|reason| reason.contains(way)), "no decision says `{way}`");
    }
}
