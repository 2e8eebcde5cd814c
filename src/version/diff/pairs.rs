//! Which criterion of the earlier version is which of the later one.
//!
//! Ids that are positions shift when a criterion is taken out before them, so words count more than such an id: else the
//! wrong one would be said to be gone.

use std::collections::HashMap;

use crate::model::Programme;
use crate::model::id::Id;
use crate::model::milestone::{Criterion, GateName};
use crate::model::settings::fold;
use crate::version::diff::{gates, wording};

/// A criterion before, after, or both.
#[derive(Debug, Clone, Copy)]
pub struct Pair<'a> {
    pub before: Option<&'a Criterion>,
    pub after: Option<&'a Criterion>,
}

/// The pairs of one gate: the later version's order, then what is gone.
#[derive(Debug)]
pub struct GatePairs<'a> {
    pub gate: GateName,
    pub pairs: Vec<Pair<'a>>,
}

/// Texts with less in common than this, in percent, are two criteria.
const ALIKE: usize = 50;

/// Gates with more unlike criteria than this are paired by id alone: the cost grows with the square.
const MOST_UNLIKE: usize = 60;

pub fn pairs<'a>(before: &'a Programme, after: &'a Programme) -> Vec<GatePairs<'a>> {
    let mut milestones: Vec<&Id> = after.milestones.iter().map(|milestone| &milestone.record.id).collect();
    milestones.extend(before.milestones.iter().map(|one| &one.record.id).filter(|id| after.milestone(id).is_none()));
    let of = |programme: &'a Programme, gate: &GateName| {
        let milestone = programme.milestone(&gate.milestone);
        milestone.map_or(&[][..], |milestone| milestone.gate(gate.side).criteria.as_slice())
    };
    let gates = milestones.into_iter().flat_map(gates);
    gates.map(|gate| GatePairs { pairs: pair(of(before, &gate), of(after, &gate)), gate }).collect()
}

fn pair<'a>(before: &'a [Criterion], after: &'a [Criterion]) -> Vec<Pair<'a>> {
    let mut matching = Matching { before, after, taken: vec![false; before.len()], found: vec![None; after.len()] };
    matching.by(|criterion| (!criterion.id_derived).then(|| criterion.id.to_string()));
    matching.by(|criterion| Some(format!("{} {}", criterion.id, fold(&criterion.text.value))));
    matching.by(|criterion| Some(fold(&criterion.text.value)));
    matching.by_likeness();
    matching.by(|criterion| Some(criterion.id.to_string()));
    let found = after.iter().zip(&matching.found);
    let now = found.map(|(after, index)| Pair { before: index.map(|index| &before[index]), after: Some(after) });
    let left = before.iter().zip(&matching.taken).filter(|(_, taken)| !**taken);
    now.chain(left.map(|(before, _)| Pair { before: Some(before), after: None })).collect()
}

struct Matching<'a> {
    before: &'a [Criterion],
    after: &'a [Criterion],
    taken: Vec<bool>,
    found: Vec<Option<usize>>,
}

impl Matching<'_> {
    /// Joins those that are left and have one key, in their order.
    fn by(&mut self, key: impl Fn(&Criterion) -> Option<String>) {
        let mut waiting: HashMap<String, Vec<usize>> = HashMap::new();
        for index in (0..self.before.len()).rev().filter(|index| !self.taken[*index]) {
            if let Some(key) = key(&self.before[index]) {
                waiting.entry(key).or_default().push(index);
            }
        }
        for (criterion, found) in self.after.iter().zip(&mut self.found).filter(|(_, found)| found.is_none()) {
            let index = key(criterion).and_then(|key| waiting.get_mut(&key)?.pop());
            if let Some(index) = index {
                self.taken[index] = true;
                *found = Some(index);
            }
        }
    }

    /// Joins those that are left and read alike, the most alike first.
    fn by_likeness(&mut self) {
        let old: Vec<usize> = (0..self.before.len()).filter(|index| !self.taken[*index]).collect();
        let new: Vec<usize> = (0..self.after.len()).filter(|index| self.found[*index].is_none()).collect();
        if old.len().max(new.len()) > MOST_UNLIKE {
            return;
        }
        let mut candidates = Vec::new();
        for before in &old {
            for after in &new {
                let (left, right) = (&self.before[*before], &self.after[*after]);
                let likeness = wording::likeness(&left.text.value, &right.text.value);
                if likeness >= ALIKE {
                    candidates.push((std::cmp::Reverse((likeness, left.id == right.id)), *before, *after));
                }
            }
        }
        candidates.sort_unstable();
        for (_, before, after) in candidates {
            if !self.taken[before] && self.found[after].is_none() {
                self.taken[before] = true;
                self.found[after] = Some(before);
            }
        }
    }
}
