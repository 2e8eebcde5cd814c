//! Criteria that came, went, became easier or read otherwise, and what became of their states.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::change::Change;
use crate::model::id::Id;
use crate::model::milestone::{Criterion, GateName, Validity};
use crate::model::reference::{Kind, Reference};
use crate::model::settings::fold;
use crate::source::Spanned;
use crate::status::{Colour, CriterionStanding, CriterionState};
use crate::version::diff::State;
use crate::version::diff::dates::new_change;
use crate::version::diff::pairs::{GatePairs, Pair};
use crate::version::diff::softening;
use crate::version::diff::wording::{self, Fate};
use crate::version::diff::{CriterionChange, CriterionChangeKind, Easing, StateMove};

/// The later id and the field of what is told as an easing, so that it is not told twice.
pub type Eased = BTreeSet<(Id, &'static str)>;

/// What eases a gate first.
pub fn changes(before: &State, after: &State, gates: &[GatePairs]) -> (Vec<CriterionChange>, Eased) {
    let mut changes = Vec::new();
    let mut eased = Eased::new();
    for GatePairs { gate, pairs } in gates {
        // The criteria of a milestone that came or went are told with it.
        let is_in_both = [before, after].iter().all(|side| side.programme.milestone(&gate.milestone).is_some());
        for pair in pairs.iter().filter(|_| is_in_both) {
            let decides = before.programme.milestone(&gate.milestone).map(|then| &then.gate(gate.side).authority);
            let Some((kind, words)) = change(pair, decides.and_then(Option::as_ref)) else { continue };
            if let (CriterionChangeKind::Weakened(easings), Some(criterion)) = (&kind, pair.after) {
                eased.extend(easings.iter().filter_map(|easing| Some((criterion.id.clone(), easing.field()?))));
            }
            changes.extend(told(before, after, gate, pair, kind, words));
        }
    }
    changes.sort_by_key(|change| rank(&change.kind));
    (changes, eased)
}

fn rank(kind: &CriterionChangeKind) -> u8 {
    match kind {
        CriterionChangeKind::Removed => 0,
        CriterionChangeKind::Weakened(_) => 1,
        CriterionChangeKind::Added => 2,
        CriterionChangeKind::Reworded => 3,
        CriterionChangeKind::Renumbered => 4,
    }
}

impl Easing {
    /// The field that it is about; None for the words, which no field tells.
    fn field(self) -> Option<&'static str> {
        match self {
            Easing::MadeAdvisory => Some("mandatory"),
            Easing::AcceptorDropped | Easing::AcceptorLowered => Some("acceptor"),
            Easing::NoLongerStanding => Some("validity"),
            Easing::WordsLost | Easing::WordsSoftened | Easing::LimitEased => None,
        }
    }
}

/// `authority` decided the gate before.
fn change(pair: &Pair, authority: Option<&Spanned<String>>) -> Option<(CriterionChangeKind, Vec<wording::Part>)> {
    let (before, after) = match (pair.before, pair.after) {
        (None, None) => return None,
        (Some(gone), None) => {
            return Some((CriterionChangeKind::Removed, wording::whole(Fate::Lost, &gone.text.value)));
        }
        (None, Some(new)) => return Some((CriterionChangeKind::Added, wording::whole(Fate::Gained, &new.text.value))),
        (Some(before), Some(after)) => (before, after),
    };
    let words = wording::compare(&before.text.value, &after.text.value);
    let easings = easings(before, after, authority, &words);
    let reads_alike = fold(&before.text.value) == fold(&after.text.value);
    let kind = match () {
        () if !easings.is_empty() => CriterionChangeKind::Weakened(easings),
        () if !reads_alike => CriterionChangeKind::Reworded,
        () if before.id != after.id => CriterionChangeKind::Renumbered,
        () => return None,
    };
    Some((kind, words))
}

fn easings(
    before: &Criterion,
    after: &Criterion,
    authority: Option<&Spanned<String>>,
    words: &[wording::Part],
) -> Vec<Easing> {
    let is_authority =
        |acceptor: &Spanned<String>| authority.is_some_and(|authority| fold(&authority.value) == fold(&acceptor.value));
    let acceptors = before.acceptor.as_ref().zip(after.acceptor.as_ref());
    let lowered = acceptors.is_some_and(|(before, after)| is_authority(before) && !is_authority(after));
    let eased = [
        (Easing::MadeAdvisory, before.mandatory && !after.mandatory),
        (Easing::AcceptorDropped, before.acceptor.is_some() && after.acceptor.is_none()),
        (Easing::AcceptorLowered, lowered),
        (Easing::NoLongerStanding, before.validity == Validity::Standing && after.validity == Validity::PointInTime),
        (Easing::WordsLost, wording::only_lost(words)),
        (Easing::WordsSoftened, softening::is_softer(words)),
        (Easing::LimitEased, softening::limit_is_eased(words)),
    ];
    eased.into_iter().filter(|(_, is_so)| *is_so).map(|(easing, _)| easing).collect()
}

fn told(
    before: &State,
    after: &State,
    gate: &GateName,
    pair: &Pair,
    kind: CriterionChangeKind,
    words: Vec<wording::Part>,
) -> Option<CriterionChange> {
    let id = pair.after.or(pair.before).map(|criterion| criterion.id.clone())?;
    let former = pair.before.map(|criterion| criterion.id.clone());
    let standing = former.as_ref().and_then(|former| before.standing.criteria.get(former));
    let milestone = after.standing.milestones.get(&gate.milestone);
    let date = milestone.and_then(|milestone| milestone.gate(gate.side).date);
    let settings = &after.programme.settings;
    let names = [former.as_ref(), Some(&id)].into_iter().flatten();
    let own =
        names.filter_map(|id| new_change(before, after, &Reference::new(Kind::Criterion, id), |_| true)).next_back();
    // A criterion that is gone has no id to name: the change is its gate's.
    let of_gate = || {
        let words = |change: &Change| change.field.as_ref().map(|field| fold(&field.value)).unwrap_or_default();
        let is_about = |change: &Change| words(change).contains("criteri") && words(change).contains(gate.side.word());
        new_change(before, after, &Reference::new(Kind::Milestone, &gate.milestone), is_about)
    };
    let reason = own.or_else(of_gate);
    Some(CriterionChange {
        former: former.filter(|former| *former != id),
        id,
        gate: gate.clone(),
        kind,
        words,
        days_to_gate: date.map(|date| settings.calendar.working_days(settings.data_date.date, date)),
        reason,
        was_proven: standing.is_some_and(|standing| standing.counting.is_some()),
    })
}

/// Bad news first.
const ORDER: [CriterionState; 7] = [
    CriterionState::Failed,
    CriterionState::Lapsed,
    CriterionState::Open,
    CriterionState::Submitted,
    CriterionState::Waived,
    CriterionState::Met,
    CriterionState::NotApplicable,
];

pub fn states(before: &State, after: &State, gates: &[GatePairs]) -> Vec<StateMove> {
    let place = |state: CriterionState| ORDER.iter().position(|one| *one == state);
    let mut groups: BTreeMap<_, StateMove> = BTreeMap::new();
    for (criterion, then, now) in standings(before, after, gates).filter(|(_, then, now)| then.state != now.state) {
        let group = groups.entry((place(now.state), place(then.state))).or_insert_with(|| StateMove {
            from: then.state,
            to: now.state,
            mark: now.mark,
            ids: Vec::new(),
        });
        group.mark = if now.mark == Colour::Stopped { group.mark } else { group.mark.max(now.mark) };
        group.ids.push(criterion.id.clone());
    }
    groups.into_values().collect()
}

pub fn overdue(before: &State, after: &State, gates: &[GatePairs]) -> Vec<Id> {
    let overdue = standings(before, after, gates).filter(|(_, then, now)| now.overdue && !then.overdue);
    overdue.map(|(criterion, ..)| criterion.id.clone()).collect()
}

fn standings<'a>(
    before: &State<'a>,
    after: &State<'a>,
    gates: &'a [GatePairs],
) -> impl Iterator<Item = (&'a Criterion, &'a CriterionStanding, &'a CriterionStanding)> {
    gates.iter().flat_map(|gate| &gate.pairs).filter_map(|pair| {
        let then = before.standing.criteria.get(&pair.before?.id)?;
        let now = after.standing.criteria.get(&pair.after?.id)?;
        Some((pair.after?, then, now))
    })
}
