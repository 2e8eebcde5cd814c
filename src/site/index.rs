//! Records by id, and by what names them: no page reads a whole register to find its own.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use crate::model::Programme;
use crate::model::change::Change;
use crate::model::decision::{Condition, Decision, Waiver};
use crate::model::evidence::Evidence;
use crate::model::id::Id;
use crate::model::milestone::{Criterion, Milestone, Side};
use crate::model::reference::{Kind, Reference};
use crate::model::risk::{Concern, Risk};
use crate::site::{narrative, registers};
use crate::status::Standing;

/// Borrowed indexes over a programme that was withheld already. Built once for all pages of a version.
pub struct Index<'a> {
    /// Each with its place in the author's order.
    pub milestones: HashMap<&'a Id, (usize, &'a Milestone)>,
    pub criteria: HashMap<&'a Id, (&'a Milestone, Side, &'a Criterion)>,
    pub evidence: HashMap<&'a Id, &'a Evidence>,
    pub risks: HashMap<&'a Id, &'a Risk>,
    pub decisions: HashMap<&'a Id, &'a Decision>,
    /// Milestones by those they depend on.
    pub dependents: Naming<'a, Id, Milestone>,
    /// Risks by their milestones.
    pub risks_of: Naming<'a, Id, Risk>,
    /// Decisions by the milestones of their gates.
    pub decisions_of: Naming<'a, Id, Decision>,
    /// Evidence by what it supersedes.
    pub newer: Naming<'a, Id, Evidence>,
    /// Conditions by the evidence that closes them.
    pub conditions_of: Naming<'a, Id, Condition>,
    /// Waivers by their criteria.
    pub waivers_of: Naming<'a, Id, Waiver>,
    /// Concerns by their risks.
    pub concerns_of: Naming<'a, Id, Concern>,
    /// Changes by what they change.
    pub changes_of: Naming<'a, Reference, Change>,
    /// See `narrative::addresses`.
    pub narratives: BTreeMap<String, String>,
    /// Records that have a file to themselves, by its path. A frozen version knows no files.
    pub records_at: BTreeMap<String, Reference>,
    /// The page of the first register in a file that holds several records, by its path.
    pub registers_at: BTreeMap<String, &'static str>,
    /// The addresses of published files, by their paths; see `narrative::published_files`.
    pub published: BTreeMap<String, String>,
    /// The total float of the critical path.
    pub least_float: Option<i64>,
}

/// Records by what they name, in the author's order.
pub struct Naming<'a, Key, Record>(HashMap<&'a Key, Vec<(usize, &'a Record)>>);

impl<'a> Index<'a> {
    pub fn new(programme: &'a Programme, standing: &Standing) -> Index<'a> {
        let criteria = programme.milestones.iter().flat_map(|milestone| {
            let of_gate = move |side| milestone.gate(side).criteria.iter().map(move |it| (milestone, side, it));
            Side::BOTH.into_iter().flat_map(of_gate)
        });
        let conditions = programme.decisions.iter().flat_map(|decision| &decision.conditions);
        let milestones = programme.milestones.iter().enumerate();
        let published = narrative::published_files(programme).into_iter();
        let (alone, shared): (Vec<_>, Vec<_>) =
            records_by_file(programme).into_iter().partition(|(_, records)| records.len() == 1);
        let (alone, shared) = (alone.into_iter(), shared.into_iter());
        Index {
            milestones: first(milestones.map(|(place, it)| (&it.record.id, (place, it)))),
            criteria: first(criteria.map(|(milestone, side, it)| (&it.id, (milestone, side, it)))),
            evidence: first(programme.evidence.iter().map(|it| (&it.record.id, it))),
            risks: first(programme.risks.iter().map(|it| (&it.record.id, it))),
            decisions: first(programme.decisions.iter().map(|it| (&it.record.id, it))),
            dependents: Naming::new(&programme.milestones, |it| it.depends_on.iter().map(|id| &id.value)),
            risks_of: Naming::new(&programme.risks, |it| it.milestones.iter().map(|id| &id.value)),
            decisions_of: Naming::new(&programme.decisions, |it| it.gate.iter().map(|gate| &gate.value.milestone)),
            newer: Naming::new(&programme.evidence, |it| it.supersedes.iter().map(|id| &id.value)),
            conditions_of: Naming::new(conditions, |it| it.evidence.iter().map(|id| &id.value)),
            waivers_of: Naming::new(&programme.waivers, |it| it.criterion.iter().map(|id| &id.value)),
            concerns_of: Naming::new(&programme.concerns, |it| it.risks.iter().map(|id| &id.value)),
            changes_of: Naming::new(&programme.changes, |it| it.of.iter().map(|of| &of.value)),
            narratives: narrative::addresses(programme),
            records_at: alone.map(|(path, mut records)| (path, records.remove(0))).collect(),
            registers_at: shared.map(|(path, records)| (path, register(records[0].kind))).collect(),
            published: published.map(|(address, file)| (file.asset.to_string(), address)).collect(),
            least_float: standing.milestones.values().filter_map(|standing| standing.schedule.total_float).min(),
        }
    }

    pub fn milestone(&self, id: &Id) -> Option<&'a Milestone> {
        self.milestones.get(id).map(|(_, milestone)| *milestone)
    }

    pub fn criterion(&self, id: &Id) -> Option<&'a Criterion> {
        self.criteria.get(id).map(|(_, _, criterion)| *criterion)
    }
}

impl<'a, Key: Eq + Hash, Record> Naming<'a, Key, Record> {
    fn new<Names: IntoIterator<Item = &'a Key>>(
        records: impl IntoIterator<Item = &'a Record>,
        names: impl Fn(&'a Record) -> Names,
    ) -> Naming<'a, Key, Record> {
        let mut naming: HashMap<&Key, Vec<(usize, &Record)>> = HashMap::new();
        for (place, record) in records.into_iter().enumerate() {
            for name in names(record) {
                let list = naming.entry(name).or_default();
                // A record that names something twice is still one.
                if list.last().is_none_or(|(last, _)| *last != place) {
                    list.push((place, record));
                }
            }
        }
        Naming(naming)
    }

    /// The records that name this.
    pub fn of(&self, key: &Key) -> impl Iterator<Item = &'a Record> + use<'_, 'a, Key, Record> {
        self.0.get(key).into_iter().flatten().map(|(_, record)| *record)
    }

    /// The records that name any of these, each once.
    pub fn of_any<'k>(&self, keys: impl IntoIterator<Item = &'k Key>) -> impl Iterator<Item = &'a Record>
    where
        Key: 'k,
    {
        let named = keys.into_iter().filter_map(|key| self.0.get(key)).flatten().copied();
        named.collect::<BTreeMap<usize, &Record>>().into_values()
    }
}

/// The records that each file says something of, in the order of the kinds.
fn records_by_file(programme: &Programme) -> BTreeMap<String, Vec<Reference>> {
    let mut by_file: BTreeMap<String, Vec<Reference>> = BTreeMap::new();
    for (reference, record) in programme.records() {
        for part in &record.parts {
            let records = by_file.entry(part.path.to_string()).or_default();
            if records.last() != Some(&reference) {
                records.push(reference.clone());
            }
        }
    }
    by_file
}

/// The page where all records of a kind are.
fn register(kind: Kind) -> &'static str {
    match kind {
        Kind::Milestone => "timeline.html",
        Kind::Evidence => "evidence.html",
        Kind::Risk => "risks.html",
        Kind::Decision | Kind::Waiver => "decisions.html",
        _ => registers::ADDRESS,
    }
}

/// Of two records with one id, the first.
fn first<'a, Record>(records: impl Iterator<Item = (&'a Id, Record)>) -> HashMap<&'a Id, Record> {
    let mut by_id = HashMap::new();
    for (id, record) in records {
        by_id.entry(id).or_insert(record);
    }
    by_id
}
