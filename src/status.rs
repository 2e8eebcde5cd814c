//! How colours are made: standing = f(programme, history, data date, settings), and nothing else.
//!
//! Every state carries its reason. No finding, severity, allowance or profile is known here, so none can change a
//! colour. See design: status.

pub mod criterion;
pub mod decision;
pub mod derive;
pub mod drift;
pub mod evidence;
pub mod facts;
pub mod gate;
pub mod milestone;
pub mod passage;
pub mod path_to_green;
pub mod programme;
pub mod readiness;
pub mod risk;
pub mod schedule;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use crate::status::derive::derive;
pub use crate::status::facts::Facts;

use crate::model::decision::Outcome;
use crate::model::id::Id;
use crate::model::milestone::Side;
use crate::model::reference::Reference;
use crate::model::window::Window;
use crate::status::drift::Drift;

/// State and reason of everything, by id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    pub programme: ProgrammeStanding,
    pub milestones: BTreeMap<Id, MilestoneStanding>,
    pub criteria: BTreeMap<Id, CriterionStanding>,
    pub evidence: BTreeMap<Id, EvidenceStanding>,
    pub decisions: BTreeMap<Id, DecisionStanding>,
    pub conditions: BTreeMap<Id, ConditionStanding>,
    pub waivers: BTreeMap<Id, WaiverStanding>,
    pub risks: BTreeMap<Id, RiskStanding>,
}

/// Best to worst: the order in which the worst wins. `Stopped` stands outside and is never compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    Complete,
    Green,
    OnPlan,
    Amber,
    Unknown,
    Red,
    Stopped,
}

impl Colour {
    pub const ALL: [Colour; 7] =
        [Colour::Complete, Colour::Green, Colour::OnPlan, Colour::Amber, Colour::Unknown, Colour::Red, Colour::Stopped];

    /// As in data and class names.
    pub fn code(self) -> &'static str {
        match self {
            Colour::Complete => "complete",
            Colour::Green => "green",
            Colour::OnPlan => "on_plan",
            Colour::Amber => "amber",
            Colour::Unknown => "unknown",
            Colour::Red => "red",
            Colour::Stopped => "stopped",
        }
    }

    /// As in a sentence.
    pub fn word(self) -> &'static str {
        match self {
            Colour::OnPlan => "on plan",
            other => other.code(),
        }
    }
}

/// Why something is in its state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// A stable name of the row of status.md that decided: `slip_within_tolerance`.
    pub code: String,
    /// Capital first, no full stop, names records by id only, so that a withheld one can be replaced.
    pub sentence: String,
    /// The records it rests on.
    pub rests_on: Vec<Reference>,
}

impl Reason {
    pub fn new(code: &str, sentence: impl Into<String>, rests_on: Vec<Reference>) -> Reason {
        Reason { code: code.to_string(), sentence: sentence.into(), rests_on }
    }
}

/// A colour and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    pub colour: Colour,
    pub reason: Reason,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProgrammeStanding {
    pub colour: Colour,
    pub reason: Reason,
    /// True while no evidence and no decision counts anywhere.
    pub is_plan: bool,
    /// Milestones by shown colour; every colour has its count.
    pub counts: BTreeMap<Colour, usize>,
    /// The latest effective forecast, and the latest current-baseline end.
    pub finish: Option<NaiveDate>,
    pub baseline_finish: Option<NaiveDate>,
    /// Working days between them.
    pub slip: Option<i64>,
    pub overdue_conditions: Vec<Id>,
    pub confidence: Option<ConfidenceStanding>,
}

/// The latest signed confidence that is not dated after the data date, beside the computed colour.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConfidenceStanding {
    pub id: Id,
    /// Greener than derived, or older than six months: why it diverges.
    pub divergence: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MilestoneStanding {
    pub lifecycle: Lifecycle,
    /// What is shown: the worse of derived and declared.
    pub colour: Colour,
    pub derived: Colour,
    /// Why it is shown so.
    pub reason: Reason,
    pub dimensions: Vec<Dimension>,
    pub schedule: Schedule,
    pub entry: GateStanding,
    pub exit: GateStanding,
    pub path_to_green: Vec<Step>,
}

impl MilestoneStanding {
    pub fn gate(&self, side: Side) -> &GateStanding {
        match side {
            Side::Entry => &self.entry,
            Side::Exit => &self.exit,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lifecycle {
    Planned,
    EntryReview,
    InProgress,
    ExitReview,
    Held,
    ConditionallyAchieved,
    Achieved,
    Stopped,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DimensionName {
    Time,
    Criteria,
    Gate,
    Dependency,
    Risk,
    DataQuality,
}

/// One of the six dimensions of a milestone's colour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dimension {
    pub name: DimensionName,
    pub colour: Colour,
    pub reason: Reason,
    /// False for a milestone whose exit is decided: shown, not coloured.
    pub counts: bool,
}

/// The dates of a milestone. All lengths are working days; None where there is no calendar anchor or no window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Schedule {
    pub first_baseline: Option<Window>,
    pub baseline: Option<Window>,
    pub forecast: Option<Window>,
    pub entry_gate_date: Option<NaiveDate>,
    pub exit_gate_date: Option<NaiveDate>,
    /// The end of the forecast, or the new date of a recycled exit: an exit gate date of its own does not move it.
    #[serde(default)]
    pub forecast_end: Option<NaiveDate>,
    /// See design: content (effective forecast).
    pub effective_forecast: Option<NaiveDate>,
    /// The date of the go that passed the exit gate; via conditions, the last that was closed.
    pub actual: Option<NaiveDate>,
    /// From the current baseline's end; positive is late.
    pub slip: Option<i64>,
    /// From the first baseline's end.
    pub first_slip: Option<i64>,
    /// Weeks between baseline and forecast where both are weeks without a calendar anchor.
    pub slip_weeks: Option<i32>,
    /// How often the baseline was changed by an approved change record.
    pub rebaselined: usize,
    /// What its forecasts show over the frozen versions; None once the exit is decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drift: Option<Drift>,
    pub total_float: Option<i64>,
    /// For the roll-up.
    pub critical: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GateStanding {
    pub date: Option<NaiveDate>,
    /// False for a milestone without entry criteria: there is no such gate.
    pub exists: bool,
    pub readiness: Readiness,
    /// What undecided it may be at best, and why.
    pub ceiling: Judgement,
    pub state: GateState,
    pub colour: Colour,
    pub reason: Reason,
    /// The decision that counts.
    pub decision: Option<Id>,
    /// Mandatory criteria met or not applicable, and mandatory criteria.
    pub met: usize,
    pub mandatory: usize,
    /// A standing criterion of a passed gate no longer counts.
    pub evidence_lapsed: bool,
    /// A go by override whose criteria have all been met since.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub mended: bool,
    /// How often the gate was recycled, plus one.
    pub attempt: u32,
    /// Inside the lead time, or after the gate date.
    pub is_due: bool,
    /// What may be decided today.
    pub permitted: Vec<Outcome>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Readiness {
    Undefined,
    NotReady,
    InProgress,
    AwaitingAcceptance,
    ReadyWithWaivers,
    Ready,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GateState {
    Pending,
    OverdueDecision,
    Held,
    Recycled,
    ConditionallyPassed,
    ConditionBreached,
    PassedByOverride,
    PassedWithWaivers,
    Passed,
    Stopped,
}

impl GateState {
    /// Passed in any way, its conditions kept or not.
    pub fn is_decided_go(self) -> bool {
        matches!(
            self,
            GateState::Passed
                | GateState::PassedWithWaivers
                | GateState::PassedByOverride
                | GateState::ConditionallyPassed
                | GateState::ConditionBreached
        )
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CriterionStanding {
    pub state: CriterionState,
    pub overdue: bool,
    /// Nobody can tell when it is due: the date says nothing that is understood.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub undated: bool,
    pub mark: Colour,
    /// Its own, else the gate date.
    pub due: Option<NaiveDate>,
    /// Its own, else the milestone's, in the author's words.
    pub owner: Option<String>,
    pub reason: Reason,
    /// All evidence that names it, in the author's order.
    pub evidence: Vec<Id>,
    /// The item that counts.
    pub counting: Option<Id>,
    pub waiver: Option<Id>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CriterionState {
    NotApplicable,
    Failed,
    Met,
    Waived,
    Lapsed,
    Submitted,
    Open,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EvidenceStanding {
    pub state: EvidenceState,
    pub reason: Reason,
    /// Criteria for which it counts today.
    pub counts_for: Vec<Id>,
    /// Why it does not count for the others that it names, in a sentence that names no record.
    #[serde(default)]
    pub obstacles: BTreeMap<Id, String>,
    /// Whether the file is the one that was accepted; None where no hash is recorded or there is no file here.
    pub sealed: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceState {
    /// Counts for every criterion it names.
    Counts,
    /// Judged by nobody, or not validly.
    Submitted,
    Rejected,
    Expired,
    Withdrawn,
    Superseded,
    /// Accepted, and something else keeps it from counting: the file or the words changed, the acceptor lacks the role.
    DoesNotCount,
    /// Produced after the data date.
    Future,
}

impl EvidenceState {
    /// As in data and class names.
    pub fn code(self) -> &'static str {
        match self {
            EvidenceState::Counts => "counts",
            EvidenceState::Submitted => "submitted",
            EvidenceState::Rejected => "rejected",
            EvidenceState::Expired => "expired",
            EvidenceState::Withdrawn => "withdrawn",
            EvidenceState::Superseded => "superseded",
            EvidenceState::DoesNotCount => "does_not_count",
            EvidenceState::Future => "future",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DecisionStanding {
    pub counts: bool,
    /// Why it does or does not.
    pub reason: Reason,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConditionStanding {
    pub decision: Id,
    pub state: ConditionState,
    pub reason: Reason,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConditionState {
    Open,
    Overdue,
    /// Closed, with counting evidence.
    Closed,
    /// Said to be closed, without evidence that counts.
    ClosedUnproven,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WaiverStanding {
    pub in_force: bool,
    pub reason: Reason,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RiskStanding {
    /// 1–25.
    pub score: Option<u8>,
    pub appetite: u8,
    pub above_appetite: bool,
    /// A response, and no action or acceptance past due.
    pub response_in_date: bool,
    pub colour: Colour,
    pub reason: Reason,
}

/// One thing still missing for a gate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Whose it is, in the author's words; None where nobody is named.
    pub who: Option<String>,
    /// A verb and its object, without the person: "accept or reject E-014 for M2-X3".
    pub what: String,
    /// The latest date at which it can still happen in time.
    pub by: Option<NaiveDate>,
    pub rests_on: Vec<Reference>,
}
