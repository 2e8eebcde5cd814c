//! Milestones, their two gates, and the criteria of each.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::id::Id;
use crate::model::settings::Tolerance;
use crate::model::window::Window;
use crate::model::{Date, Record, Words};
use crate::reading::{criteria, words};
use crate::source::Spanned;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Milestone {
    pub record: Record,
    pub name: Spanned<String>,
    pub description: Words,
    pub owner: Words,
    pub window: Option<Spanned<Window>>,
    /// As written on the record; the current and the first baseline are `status::schedule`'s.
    pub baseline: Option<Spanned<Window>>,
    pub forecast: Option<Spanned<Window>>,
    pub actual: Date,
    pub entry: Gate,
    pub exit: Gate,
    /// Written in `depends_on`, with those that its criteria name: each once, in the author's order. Only ids that exist.
    pub depends_on: Vec<Spanned<Id>>,
    pub tolerance: Option<Tolerance>,
    pub declared: Option<Spanned<Declared>>,
    pub declared_reason: Words,
    pub reviewed_on: Date,
    /// A date of review is written and not understood.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub review_unread: bool,
    pub tags: Vec<String>,
}

/// The entry or the exit of a milestone.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Gate {
    pub criteria: Vec<Criterion>,
    /// `entry_gate_date` / `exit_gate_date`, where the author set one.
    pub date: Date,
    /// Who decides: a role or person named by the milestone, else by the programme.
    pub authority: Words,
}

/// Which of a milestone's gates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    Entry,
    Exit,
}

impl Side {
    pub const BOTH: [Side; 2] = [Side::Entry, Side::Exit];

    pub fn word(self) -> &'static str {
        match self {
            Side::Entry => "entry",
            Side::Exit => "exit",
        }
    }

    pub fn letter(self) -> char {
        match self {
            Side::Entry => 'E',
            Side::Exit => 'X',
        }
    }
}

/// A gate of a milestone, as decisions name it: `M2 exit`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct GateName {
    pub milestone: Id,
    pub side: Side,
}

impl Milestone {
    pub fn gate(&self, side: Side) -> &Gate {
        match side {
            Side::Entry => &self.entry,
            Side::Exit => &self.exit,
        }
    }

    /// The forecast where there is one, else the window. See design: content (forecast).
    pub fn forecast_window(&self) -> Option<&Spanned<Window>> {
        self.forecast.as_ref().or(self.window.as_ref())
    }
}

/// One thing that must be so before a gate is passed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Criterion {
    pub id: Id,
    /// True where the id is a position (`M2-X3`) and not the author's.
    pub id_derived: bool,
    /// True where nobody wrote it: `depends_on` without a criterion adds one.
    pub implied: bool,
    pub text: Spanned<String>,
    pub mandatory: bool,
    pub validity: Validity,
    pub method: Words,
    /// The type of evidence it wants.
    pub wants: Words,
    /// The role that must accept its evidence.
    pub acceptor: Words,
    /// Its own, not yet the milestone's.
    pub owner: Words,
    /// Its own, not yet the gate date.
    pub due: Date,
    /// A due date is written and not understood.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub due_unread: bool,
    pub not_applicable: Option<Tailoring>,
    pub dependency: Option<NamedMilestones>,
    /// A ticked box or a mark such as ✅: a claim, not evidence.
    pub claimed: bool,
    /// Where the words of one of several separators were cut out of a longer cell.
    pub split_on_commas: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Validity {
    /// Its evidence must hold on the day of the decision.
    #[default]
    PointInTime,
    /// Its evidence must go on holding.
    Standing,
}

impl Criterion {
    /// The criteria that its author could have made of it; one where it is atomic.
    pub fn parts(&self) -> Vec<String> {
        criteria::parts(&self.text.value)
    }
}

/// A ruling that a criterion does not apply.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tailoring {
    pub reason: Words,
    pub approver: Words,
    pub date: Date,
}

/// The other milestones that an entry criterion names. See design: content (a dependency criterion).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NamedMilestones {
    pub extent: Extent,
    pub milestones: Vec<Spanned<Id>>,
    /// Those that it names and nobody knows: what waits for them is not met.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<Spanned<Id>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// Nothing but ids and a word of completion.
    Whole,
    /// Something more is said.
    Part,
}

/// What a person says the status is. `said` is their word, `colour` what milepost takes it for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    pub said: String,
    pub colour: Option<DeclaredColour>,
}

impl Declared {
    /// Does the person say that the work has begun?
    pub fn is_under_way(&self) -> bool {
        words::is_under_way(&self.said)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeclaredColour {
    Complete,
    Green,
    OnPlan,
    Amber,
    Red,
    Stopped,
}

/// A date range, inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Range {
    pub start: NaiveDate,
    pub end: NaiveDate,
}
