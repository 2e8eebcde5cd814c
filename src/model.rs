//! The programme as its office means it: typed, linked, still spanned.
//!
//! Plain data. `assemble` makes it from documents; nothing here knows a colour, a rule or a page.
//! See design: content (records), product (vocabulary).

pub mod assemble;
pub mod calendar;
pub mod change;
pub mod decision;
pub mod evidence;
pub mod history;
pub mod id;
pub mod milestone;
pub mod names;
pub mod narrative;
pub mod reference;
pub mod risk;
pub mod settings;
pub mod window;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::model::change::{Change, Confidence, Review};
use crate::model::decision::{Decision, Waiver};
use crate::model::evidence::Evidence;
use crate::model::history::History;
use crate::model::id::Id;
use crate::model::milestone::{Criterion, Milestone};
use crate::model::narrative::{Narrative, Prose, Understood};
use crate::model::reference::{Kind, Reference};
use crate::model::risk::{Concern, Risk};
use crate::model::settings::Settings;
use crate::source::{Asset, Html, Span, Spanned};

/// A whole programme at its data date. Lists are in the author's order (path, then position).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Programme {
    pub settings: Settings,
    pub milestones: Vec<Milestone>,
    pub evidence: Vec<Evidence>,
    pub decisions: Vec<Decision>,
    pub waivers: Vec<Waiver>,
    pub risks: Vec<Risk>,
    pub concerns: Vec<Concern>,
    pub reviews: Vec<Review>,
    pub confidences: Vec<Confidence>,
    pub changes: Vec<Change>,
    /// Pages of prose.
    pub narratives: Vec<Narrative>,
    /// The links of all texts. For the working state only.
    #[serde(skip)]
    pub prose: Prose,
    /// What was taken for what, table by table. For the working state only.
    #[serde(skip)]
    pub understood: Vec<Understood>,
    /// The files that evidence may point at.
    #[serde(skip)]
    pub assets: Vec<Asset>,
    /// What the frozen versions say, oldest first.
    #[serde(skip)]
    pub history: History,
}

/// What every record has beside its fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    pub id: Id,
    /// True where the author gave no id and one was made. See design: content (missing ids).
    pub id_derived: bool,
    /// Every part of it: rows, files, entries. The first is where an edit link leads.
    #[serde(skip)]
    pub parts: Vec<Span>,
    pub visibility: Visibility,
    /// The body of its own file.
    pub narrative: Html,
    /// Columns and keys that milepost has no use for, kept in the author's words.
    pub extras: Vec<(String, String)>,
    /// The fields in which something is written, understood or not, each with its place; of the working state only.
    #[serde(skip)]
    pub written: Vec<(&'static str, Span)>,
    /// Of these, what says only that it is still to come, or that it never will: `TBD`, `pending`, `never`.
    #[serde(skip)]
    pub unsaid: Vec<&'static str>,
}

/// Who may see a record, or what a build is for. See design: portal (audience).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    #[default]
    Public,
    Stakeholder,
    Restricted,
}

impl Visibility {
    /// By reference, as serde asks.
    pub fn is_public(&self) -> bool {
        *self == Visibility::Public
    }
}

/// Text an author wrote, with its place; None where there is none.
pub type Words = Option<Spanned<String>>;
/// A date an author wrote, with its place; None where there is none or it is not understood.
pub type Date = Option<Spanned<chrono::NaiveDate>>;

impl Record {
    /// The place of the record as a whole.
    pub fn at(&self) -> Span {
        self.parts.first().cloned().unwrap_or_else(Span::nowhere)
    }

    /// Is something written in a field, and not understood? What it would have said is never taken for the better.
    pub fn is_unread<T>(&self, field: &str, value: &Option<T>) -> bool {
        self.lost(field, value) && !self.unsaid.contains(&field)
    }

    /// Is a field missing, and not only written in a way that is not understood? That is found where it was read.
    pub fn lacks<T>(&self, field: &str, value: &Option<T>) -> bool {
        value.is_none() && !self.lost(field, value)
    }

    /// Is something written in a field from which nothing was read?
    fn lost<T>(&self, field: &str, value: &Option<T>) -> bool {
        value.is_none() && self.written.iter().any(|(name, _)| *name == field)
    }
}

impl Programme {
    pub fn milestone(&self, id: &Id) -> Option<&Milestone> {
        self.milestones.iter().find(|milestone| milestone.record.id == *id)
    }

    /// The milestones, for who asks for many of them.
    pub fn milestones_by_id(&self) -> HashMap<&Id, &Milestone> {
        self.milestones.iter().map(|milestone| (&milestone.record.id, milestone)).collect()
    }

    /// Every criterion, in the author's order: entry before exit, milestone by milestone.
    pub fn criteria(&self) -> impl Iterator<Item = (&Milestone, &Criterion)> {
        self.milestones.iter().flat_map(|milestone| {
            milestone.entry.criteria.iter().chain(&milestone.exit.criteria).map(move |criterion| (milestone, criterion))
        })
    }

    /// How many records of a kind there are.
    pub fn count(&self, kind: Kind) -> usize {
        match kind {
            Kind::Milestone => self.milestones.len(),
            Kind::Criterion => self.criteria().count(),
            Kind::Evidence => self.evidence.len(),
            Kind::Decision => self.decisions.len(),
            Kind::Condition => self.decisions.iter().map(|decision| decision.conditions.len()).sum(),
            Kind::Waiver => self.waivers.len(),
            Kind::Risk => self.risks.len(),
            Kind::Issue | Kind::Assumption | Kind::Dependency => {
                self.concerns.iter().filter(|concern| concern.kind == kind).count()
            }
            Kind::Review => self.reviews.len(),
            Kind::Confidence => self.confidences.len(),
            Kind::Change => self.changes.len(),
        }
    }

    /// Every record with an id of its own and a visibility, in the order of the kinds.
    pub fn records(&self) -> impl Iterator<Item = (Reference, &Record)> {
        let refer = |kind: Kind, record: &Record| Reference::new(kind, &record.id);
        let milestones = self.milestones.iter().map(move |one| (refer(Kind::Milestone, &one.record), &one.record));
        let evidence = self.evidence.iter().map(move |one| (refer(Kind::Evidence, &one.record), &one.record));
        let decisions = self.decisions.iter().map(move |one| (refer(Kind::Decision, &one.record), &one.record));
        let waivers = self.waivers.iter().map(move |one| (refer(Kind::Waiver, &one.record), &one.record));
        let risks = self.risks.iter().map(move |one| (refer(Kind::Risk, &one.record), &one.record));
        let concerns = self.concerns.iter().map(move |one| (refer(one.kind, &one.record), &one.record));
        let reviews = self.reviews.iter().map(move |one| (refer(Kind::Review, &one.record), &one.record));
        let confidences = self.confidences.iter().map(move |one| (refer(Kind::Confidence, &one.record), &one.record));
        let changes = self.changes.iter().map(move |one| (refer(Kind::Change, &one.record), &one.record));
        let first = milestones.chain(evidence).chain(decisions).chain(waivers).chain(risks);
        first.chain(concerns).chain(reviews).chain(confidences).chain(changes)
    }

    /// The same, to change what records have in common.
    pub fn records_mut(&mut self) -> impl Iterator<Item = (Reference, &mut Record)> {
        let refer = |kind: Kind, record: &Record| Reference::new(kind, &record.id);
        let milestones =
            self.milestones.iter_mut().map(move |one| (refer(Kind::Milestone, &one.record), &mut one.record));
        let evidence = self.evidence.iter_mut().map(move |one| (refer(Kind::Evidence, &one.record), &mut one.record));
        let decisions = self.decisions.iter_mut().map(move |one| (refer(Kind::Decision, &one.record), &mut one.record));
        let waivers = self.waivers.iter_mut().map(move |one| (refer(Kind::Waiver, &one.record), &mut one.record));
        let risks = self.risks.iter_mut().map(move |one| (refer(Kind::Risk, &one.record), &mut one.record));
        let concerns = self.concerns.iter_mut().map(move |one| (refer(one.kind, &one.record), &mut one.record));
        let reviews = self.reviews.iter_mut().map(move |one| (refer(Kind::Review, &one.record), &mut one.record));
        let confidences =
            self.confidences.iter_mut().map(move |one| (refer(Kind::Confidence, &one.record), &mut one.record));
        let changes = self.changes.iter_mut().map(move |one| (refer(Kind::Change, &one.record), &mut one.record));
        let first = milestones.chain(evidence).chain(decisions).chain(waivers).chain(risks);
        first.chain(concerns).chain(reviews).chain(confidences).chain(changes)
    }
}
