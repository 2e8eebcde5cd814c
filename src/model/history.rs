//! What frozen versions say of milestones, as plain data: enough for baselines, slip, and decisions taken on a version.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::model::id::Id;
use crate::model::window::Window;

/// The frozen versions, oldest first. Made by `version`; empty where nothing is frozen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    pub versions: Vec<Frozen>,
    /// A frozen version is there and is not as it was frozen, so that what it said cannot be known.
    pub is_broken: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Frozen {
    pub version: String,
    pub data_date: NaiveDate,
    pub milestones: BTreeMap<Id, FrozenMilestone>,
    /// Criterion id → its words then.
    pub criteria: BTreeMap<Id, String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct FrozenMilestone {
    pub name: String,
    /// What was taken for its first baseline then. See design: content (what a window means).
    pub first_baseline: Option<Window>,
    pub window: Option<Window>,
    /// As it was forecast, whatever the data date: what an author, or a decision that recycled it, said.
    pub forecast_start: Option<NaiveDate>,
    pub forecast_end: Option<NaiveDate>,
    pub colour: String,
    /// Criteria that were mandatory at each gate.
    pub entry: Vec<Id>,
    pub exit: Vec<Id>,
}

impl History {
    /// What the oldest frozen version that holds the milestone took for its first baseline, where it was understood.
    pub fn first_baseline(&self, milestone: &Id) -> Option<(&Frozen, &Window)> {
        let (frozen, then) = self.of(milestone).next()?;
        let window = then.first_baseline.as_ref().filter(|window| window.is_understood())?;
        Some((frozen, window))
    }

    /// The milestone in every frozen version that holds it, oldest first.
    pub fn of(&self, milestone: &Id) -> impl Iterator<Item = (&Frozen, &FrozenMilestone)> {
        self.versions.iter().filter_map(move |frozen| Some((frozen, frozen.milestones.get(milestone)?)))
    }
}
