//! Takes hidden records out of what was derived: their states go, colours stay, reasons that cite them are blanked.

use crate::model::reference::Kind;
use crate::site::withhold::hidden::Hidden;
use crate::status::programme::counts;
use crate::status::{GateStanding, MilestoneStanding, Reason, Standing, Step};

/// What a reason says in place of a record that its reader may not see.
const WITHHELD: &str = "A withheld record";

pub fn withhold(standing: &mut Standing, hidden: &Hidden) {
    standing.milestones.retain(|id, _| !hidden.has(Kind::Milestone, id));
    standing.criteria.retain(|id, _| !hidden.has(Kind::Criterion, id));
    standing.evidence.retain(|id, _| !hidden.has(Kind::Evidence, id));
    standing.decisions.retain(|id, _| !hidden.has(Kind::Decision, id));
    standing.conditions.retain(|id, _| !hidden.has(Kind::Condition, id));
    standing.waivers.retain(|id, _| !hidden.has(Kind::Waiver, id));
    standing.risks.retain(|id, _| !hidden.has(Kind::Risk, id));

    let programme = &mut standing.programme;
    // Counted among the others, one that is gone would tell its colour.
    programme.counts = counts(&standing.milestones);
    blank(&mut programme.reason, hidden);
    programme.overdue_conditions.retain(|id| !hidden.has(Kind::Condition, id));
    programme.confidence.take_if(|confidence| hidden.has(Kind::Confidence, &confidence.id));

    standing.milestones.values_mut().for_each(|milestone| of_milestone(milestone, hidden));
    for criterion in standing.criteria.values_mut() {
        blank(&mut criterion.reason, hidden);
        criterion.evidence.retain(|id| !hidden.has(Kind::Evidence, id));
        criterion.counting.take_if(|id| hidden.has(Kind::Evidence, id));
        criterion.waiver.take_if(|id| hidden.has(Kind::Waiver, id));
    }
    for evidence in standing.evidence.values_mut() {
        blank(&mut evidence.reason, hidden);
        evidence.counts_for.retain(|id| !hidden.has(Kind::Criterion, id));
        evidence.obstacles.retain(|id, _| !hidden.has(Kind::Criterion, id));
    }
    standing.decisions.values_mut().for_each(|decision| blank(&mut decision.reason, hidden));
    standing.conditions.values_mut().for_each(|condition| blank(&mut condition.reason, hidden));
    standing.waivers.values_mut().for_each(|waiver| blank(&mut waiver.reason, hidden));
    standing.risks.values_mut().for_each(|risk| blank(&mut risk.reason, hidden));
}

fn of_milestone(milestone: &mut MilestoneStanding, hidden: &Hidden) {
    blank(&mut milestone.reason, hidden);
    milestone.dimensions.iter_mut().for_each(|dimension| blank(&mut dimension.reason, hidden));
    of_gate(&mut milestone.entry, hidden);
    of_gate(&mut milestone.exit, hidden);
    milestone.path_to_green.iter_mut().for_each(|step| blank_step(step, hidden));
}

fn of_gate(gate: &mut GateStanding, hidden: &Hidden) {
    blank(&mut gate.reason, hidden);
    blank(&mut gate.ceiling.reason, hidden);
    gate.decision.take_if(|id| hidden.has(Kind::Decision, id));
}

fn blank(reason: &mut Reason, hidden: &Hidden) {
    if hidden.has_any(&reason.rests_on) || hidden.is_named(&reason.sentence) {
        reason.sentence = WITHHELD.to_string();
        reason.rests_on.clear();
    }
}

fn blank_step(step: &mut Step, hidden: &Hidden) {
    if hidden.has_any(&step.rests_on) || hidden.is_named(&step.what) {
        step.what = WITHHELD.to_string();
        step.who = None;
        step.rests_on.clear();
    }
}
