//! What differs between two versions: plain data, in the order in which a board asks for it.
//!
//! Both snapshots are withheld already, so a record that the audience may not see is in no difference.
//! See design: portal (Changes).

mod colours;
mod criteria;
mod dates;
mod fields;
mod pairs;
pub mod registers;
pub mod rewritten;
mod softening;
pub mod told;
pub mod wording;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::Programme;
use crate::model::decision::Outcome;
use crate::model::id::Id;
use crate::model::milestone::{GateName, Side};
use crate::model::reference::Reference;
use crate::status::{Colour, ConditionState, CriterionState, EvidenceState, Reason, Standing};
use crate::version::Snapshot;
use crate::version::diff::wording::Part;

/// Everything that is not as it was. Lists are in the author's order of the later version, what is gone after it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Diff {
    pub from: Point,
    pub to: Point,
    pub dates: Vec<DateMove>,
    /// Forecasts that nobody moved and that the data date has passed.
    pub overtaken: Vec<Overtaken>,
    pub colours: Vec<ColourMove>,
    pub criteria: Vec<CriterionChange>,
    pub states: Vec<StateMove>,
    /// Criteria that are overdue and were not.
    pub overdue: Vec<Id>,
    pub decisions: Vec<NewDecision>,
    pub conditions: Vec<ConditionMove>,
    pub waivers: Vec<WaiverMove>,
    pub risks: Vec<RiskMove>,
    pub evidence: Vec<EvidenceMove>,
    /// Records of every kind but criteria, which have their own list.
    pub added: Vec<Titled>,
    pub removed: Vec<Titled>,
    /// What had been decided or judged and says something else now, field by field.
    pub rewritten: Vec<FieldChange>,
    /// Every other field of every record that is in both.
    pub fields: Vec<FieldChange>,
    /// Pages of prose.
    pub pages: Vec<PageChange>,
}

/// One of the two versions, and what is counted in both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Point {
    pub version: String,
    pub data_date: NaiveDate,
    pub criteria: usize,
    pub met: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Dated {
    Gate(GateName),
    Finish,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DateMove {
    pub what: Dated,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    /// Working days by the later calendar, later is positive; None where one of the dates is not known.
    pub days: Option<i64>,
    /// What somebody gave as a reason: an approved change, a decision, the author's word.
    pub given: Option<Reason>,
    /// What the schedule says of it where it is not within tolerance.
    pub standing: Option<Reason>,
}

/// A milestone that is later only since the days went by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Overtaken {
    pub milestone: Id,
    /// What is still forecast.
    pub forecast: NaiveDate,
    /// Working days by which it is later than it was in the earlier version.
    pub days: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Coloured {
    Milestone(Id),
    Programme,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Direction {
    Worse,
    /// To or from stopped, which is neither better nor worse.
    Outside,
    Better,
    SameColour,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ColourMove {
    pub what: Coloured,
    pub from: Colour,
    pub to: Colour,
    pub direction: Direction,
    pub was: Reason,
    pub is: Reason,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CriterionChange {
    /// As it is called now; as it was called where it is gone.
    pub id: Id,
    /// Its former name, where its position changed and its words show that it is the same.
    pub former: Option<Id>,
    pub gate: GateName,
    pub kind: CriterionChangeKind,
    pub words: Vec<Part>,
    /// Working days from the later data date to its gate.
    pub days_to_gate: Option<i64>,
    /// The reason of the approved change that names it.
    pub reason: Option<Reason>,
    /// Evidence counted for it before.
    pub was_proven: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum CriterionChangeKind {
    Removed,
    Weakened(Vec<Easing>),
    Reworded,
    /// The same words at another position.
    Renumbered,
    Added,
}

/// How a criterion became easier to meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Easing {
    MadeAdvisory,
    AcceptorDropped,
    /// The gate's authority had to accept its evidence, and somebody else may now.
    AcceptorLowered,
    NoLongerStanding,
    WordsLost,
    /// The words that came leave a way out.
    WordsSoftened,
    /// A least was lowered, or a most raised.
    LimitEased,
}

/// Criteria that went from one state to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StateMove {
    pub from: CriterionState,
    pub to: CriterionState,
    /// The worst of their marks now.
    pub mark: Colour,
    pub ids: Vec<Id>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewDecision {
    pub id: Id,
    pub gate: Option<GateName>,
    pub outcome: Option<Outcome>,
    pub date: Option<NaiveDate>,
    pub conditions: Vec<Id>,
    pub counts: bool,
}

/// `from` is None for a new condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConditionMove {
    pub id: Id,
    pub decision: Id,
    pub text: String,
    pub from: Option<ConditionState>,
    pub to: ConditionState,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WaiverMove {
    pub id: Id,
    pub criterion: Option<Id>,
    pub expires_on: Option<NaiveDate>,
    pub kind: WaiverMoveKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum WaiverMoveKind {
    New,
    /// In force before and no longer.
    Ended,
    /// In force, and it was not.
    Begun,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RiskMove {
    pub id: Id,
    pub title: String,
    /// None for a new risk.
    pub from: Option<RiskThen>,
    pub to: RiskThen,
    pub appetite: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RiskThen {
    pub is_open: bool,
    pub score: Option<u8>,
    pub above_appetite: bool,
}

/// `from` is None for new evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EvidenceMove {
    pub id: Id,
    pub title: String,
    pub from: Option<EvidenceState>,
    pub to: EvidenceState,
}

/// A record with what people call it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Titled {
    pub record: Reference,
    pub title: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// None for what `programme.yaml` says.
    pub record: Option<Reference>,
    pub field: Field,
    pub from: Said,
    pub to: Said,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Field {
    /// As the model calls it, parts joined by dots: `acceptance.until`.
    Known(String),
    /// As the author calls it: a column that milepost has no use for.
    Extra(String),
}

/// What a field says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Said {
    Nothing,
    Text(String),
    Date(NaiveDate),
    /// One of a fixed set, by its name in data: `conditional_go`, `yes`.
    Word(String),
    List(Vec<String>),
    /// A body of prose, which is compared and not shown.
    Prose,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageChange {
    pub path: String,
    pub title: String,
    pub kind: PageChangeKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum PageChangeKind {
    Added,
    Reworded,
    Removed,
}

/// A programme and what is derived from it: what of a snapshot is compared.
#[derive(Debug, Clone, Copy)]
pub struct State<'a> {
    pub programme: &'a Programme,
    pub standing: &'a Standing,
}

pub fn diff(before: &Snapshot, after: &Snapshot) -> Diff {
    between(State::of(before), State::of(after))
}

pub fn between(before: State, after: State) -> Diff {
    let (before, after) = (&before, &after);
    let pairs = pairs::pairs(before.programme, after.programme);
    let (criteria, eased) = criteria::changes(before, after, &pairs);
    let (added, removed) = registers::records(before, after);
    let mut fields = fields::changed(before, after, &pairs, &eased);
    let rewritten = rewritten::rewritten(before, after, &fields);
    fields.retain(|change| !rewritten.contains(change));
    Diff {
        from: point(before),
        to: point(after),
        dates: dates::moved(before, after),
        overtaken: dates::overtaken(before, after),
        colours: colours::moved(before, after),
        criteria,
        states: criteria::states(before, after, &pairs),
        overdue: criteria::overdue(before, after, &pairs),
        decisions: registers::decisions(before, after),
        conditions: registers::conditions(before, after),
        waivers: registers::waivers(before, after),
        risks: registers::risks(before, after),
        evidence: registers::evidence(before, after),
        added,
        removed,
        rewritten,
        fields,
        pages: registers::pages(before, after),
    }
}

/// The criteria alone, as `between` tells them.
pub fn criteria_between(before: State, after: State) -> Vec<CriterionChange> {
    criteria::changes(&before, &after, &pairs::pairs(before.programme, after.programme)).0
}

/// Every field of decisions, conditions, waivers and evidence that says otherwise, of those that are in both states.
pub fn judgements_between(before: State, after: State) -> Vec<FieldChange> {
    fields::of_judgements(&before, &after)
}

/// What was written over alone, as `between` tells it.
pub fn rewritten_between(before: State, after: State) -> Vec<FieldChange> {
    rewritten::rewritten(&before, &after, &fields::of_judgements(&before, &after))
}

impl State<'_> {
    pub fn of(snapshot: &Snapshot) -> State<'_> {
        State { programme: &snapshot.programme, standing: &snapshot.standing }
    }
}

fn point(snapshot: &State) -> Point {
    let settings = &snapshot.programme.settings;
    let criteria = || snapshot.programme.criteria().map(|(_, criterion)| &criterion.id);
    let is_met =
        |id: &&Id| snapshot.standing.criteria.get(*id).is_some_and(|standing| standing.state == CriterionState::Met);
    Point {
        version: settings.version.clone(),
        data_date: settings.data_date.date,
        criteria: criteria().count(),
        met: criteria().filter(is_met).count(),
    }
}

impl Diff {
    /// True where only the number and the data date of the version differ.
    pub fn is_empty(&self) -> bool {
        self.dates.is_empty()
            && self.overtaken.is_empty()
            && self.colours.is_empty()
            && self.criteria.is_empty()
            && self.states.is_empty()
            && self.overdue.is_empty()
            && self.decisions.is_empty()
            && self.conditions.is_empty()
            && self.waivers.is_empty()
            && self.risks.is_empty()
            && self.evidence.is_empty()
            && self.added.is_empty()
            && self.removed.is_empty()
            && self.rewritten.is_empty()
            && self.fields.is_empty()
            && self.pages.is_empty()
    }
}

impl CriterionChangeKind {
    /// Its gate is easier to pass than it was.
    pub fn eases(&self) -> bool {
        matches!(self, CriterionChangeKind::Removed | CriterionChangeKind::Weakened(_))
    }
}

/// Both gates of a milestone, entry first.
fn gates(milestone: &Id) -> [GateName; 2] {
    Side::BOTH.map(|side| GateName { milestone: milestone.clone(), side })
}
