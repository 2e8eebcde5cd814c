//! Colours that moved, and those that stayed for another reason.

use crate::status::{Colour, Reason};
use crate::version::diff::State;
use crate::version::diff::{ColourMove, Coloured, Direction};

/// Milestones, worse first; then the programme.
pub fn moved(before: &State, after: &State) -> Vec<ColourMove> {
    let ids = after.programme.milestones.iter().map(|milestone| &milestone.record.id);
    let milestones = ids.filter_map(|id| {
        let then = before.standing.milestones.get(id)?;
        let now = after.standing.milestones.get(id)?;
        moved_one(Coloured::Milestone(id.clone()), (then.colour, &then.reason), (now.colour, &now.reason))
    });
    let mut moves: Vec<ColourMove> = milestones.collect();
    moves.sort_by_key(|one| one.direction);
    let (then, now) = (&before.standing.programme, &after.standing.programme);
    moves.extend(moved_one(Coloured::Programme, (then.colour, &then.reason), (now.colour, &now.reason)));
    moves
}

fn moved_one(what: Coloured, then: (Colour, &Reason), now: (Colour, &Reason)) -> Option<ColourMove> {
    let ((from, was), (to, is)) = (then, now);
    let direction = match () {
        () if from == to && !has_other_reason(to, was, is) => return None,
        () if from == to => Direction::SameColour,
        () if from == Colour::Stopped || to == Colour::Stopped => Direction::Outside,
        () if from < to => Direction::Worse,
        () => Direction::Better,
    };
    Some(ColourMove { what, from, to, direction, was: was.clone(), is: is.clone() })
}

/// Another row decided, or another record did. The sentence alone does not count: it tells days, and days pass.
fn has_other_reason(colour: Colour, was: &Reason, is: &Reason) -> bool {
    let asks = matches!(colour, Colour::Amber | Colour::Unknown | Colour::Red);
    asks && (was.code != is.code || was.rests_on != is.rests_on)
}
