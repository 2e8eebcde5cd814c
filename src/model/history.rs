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
    pub window: Option<Window>,
    pub forecast_end: Option<NaiveDate>,
    pub colour: String,
    /// Criteria that were mandatory at each gate.
    pub entry: Vec<Id>,
    pub exit: Vec<Id>,
}

impl History {
    /// The window in the oldest frozen version that holds the milestone.
    pub fn first_window(&self, milestone: &Id) -> Option<&Window> {
        self.versions.iter().find_map(|frozen| frozen.milestones.get(milestone)).and_then(|then| then.window.as_ref())
    }
}
