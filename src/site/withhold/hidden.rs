//! Which records are above an audience, with everything that belongs to them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::model::id::Id;
use crate::model::reference::{Kind, Reference};
use crate::model::{Programme, Record, Visibility};
use crate::site::mentions::Mentions;
use crate::source::{Html, Span};

#[derive(Default)]
pub struct Hidden {
    records: BTreeSet<Reference>,
    /// Ids and titles, as text and as HTML: what would give a record away in prose.
    names: BTreeSet<String>,
    named: Mentions<String, ()>,
    /// By their files.
    places: HashMap<Arc<str>, Vec<Span>>,
    assets: BTreeSet<Arc<str>>,
    /// Paths of pages of prose.
    pages: BTreeSet<String>,
}

impl Hidden {
    pub fn from(programme: &Programme, audience: Visibility) -> Hidden {
        let pages = programme.narratives.iter().filter(|page| page.visibility > audience);
        let mut hidden = Hidden { pages: pages.map(|page| page.path.clone()).collect(), ..Hidden::default() };
        for (reference, record) in programme.records() {
            if record.visibility > audience {
                hidden.add(reference, record);
            }
        }
        hidden.add_what_belongs(programme);
        hidden.name_titles(programme);
        hidden.hide_files(programme);
        hidden.named = Mentions::new(std::mem::take(&mut hidden.names).into_iter().map(|name| (name, ())));
        hidden
    }

    pub fn is_empty(&self) -> bool {
        self.records.is_empty() && self.pages.is_empty()
    }

    pub fn has_page(&self, path: &str) -> bool {
        self.pages.contains(path)
    }

    pub fn has(&self, kind: Kind, id: &Id) -> bool {
        self.records.contains(&Reference::new(kind, id))
    }

    pub fn has_any(&self, references: &[Reference]) -> bool {
        references.iter().any(|reference| self.records.contains(reference))
    }

    pub fn has_asset(&self, path: &Arc<str>) -> bool {
        self.assets.contains(path)
    }

    /// Does the text name a hidden record, by id or title, as whole words?
    pub fn is_named(&self, text: &str) -> bool {
        self.named.first_in(text).is_some()
    }

    /// Do these bytes of a file touch a hidden record?
    pub fn covers(&self, path: &str, (start, end): (u32, u32)) -> bool {
        self.has_page(path)
            || self.places_in(path).iter().any(|place| start < place.end.max(place.start + 1) && place.start <= end)
    }

    /// How many hidden records, or parts of one, lie in a table, a list or a file.
    pub fn parts_in(&self, span: &Span) -> usize {
        let places = self.places_in(&span.path);
        let meets = |place: &&Span| place.start < span.end && span.start < place.end;
        let is_inner = |place: &&Span| places.iter().any(|other| other != *place && other.contains(place));
        // A criterion lies in its milestone's row: that is one.
        places.iter().filter(meets).filter(|place| !is_inner(place)).count()
    }

    fn places_in(&self, path: &str) -> &[Span] {
        self.places.get(path).map_or(&[], Vec::as_slice)
    }

    /// False for a frozen version, whose records have lost their places.
    pub fn knows_places(&self) -> bool {
        !self.places.is_empty() || self.records.is_empty()
    }

    pub fn counts(&self) -> Vec<(Kind, usize)> {
        let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
        for reference in &self.records {
            *counts.entry(reference.kind).or_default() += 1;
        }
        counts.into_iter().collect()
    }

    fn add(&mut self, reference: Reference, record: &Record) {
        self.names.insert(reference.id.to_string());
        record.parts.iter().for_each(|part| self.add_place(part));
        self.records.insert(reference);
    }

    fn add_place(&mut self, place: &Span) {
        self.places.entry(place.path.clone()).or_default().push(place.clone());
    }

    /// A milestone takes its criteria with it, and what is only about them; a decision its conditions.
    fn add_what_belongs(&mut self, programme: &Programme) {
        for (milestone, criterion) in programme.criteria() {
            let names_hidden = |named: &crate::model::milestone::NamedMilestones| {
                named.milestones.iter().any(|id| self.has(Kind::Milestone, &id.value))
            };
            // A criterion that nobody wrote is made of the other milestone's id.
            let is_implied = criterion.implied && criterion.dependency.as_ref().is_some_and(names_hidden);
            if is_implied || self.has(Kind::Milestone, &milestone.record.id) {
                self.names.insert(criterion.id.to_string());
                self.names.insert(criterion.text.value.clone());
                self.add_place(&criterion.text.at);
                self.records.insert(Reference::new(Kind::Criterion, &criterion.id));
            }
        }
        for waiver in &programme.waivers {
            if waiver.criterion.as_ref().is_some_and(|id| self.has(Kind::Criterion, &id.value)) {
                self.add(Reference::new(Kind::Waiver, &waiver.record.id), &waiver.record);
            }
        }
        for evidence in &programme.evidence {
            let proves_hidden = evidence.proves.iter().all(|proof| self.has(Kind::Criterion, &proof.criterion.value));
            if proves_hidden && !evidence.proves.is_empty() {
                self.add(Reference::new(Kind::Evidence, &evidence.record.id), &evidence.record);
            }
        }
        for decision in &programme.decisions {
            if decision.gate.as_ref().is_some_and(|gate| self.has(Kind::Milestone, &gate.value.milestone)) {
                self.add(Reference::new(Kind::Decision, &decision.record.id), &decision.record);
            }
            if self.has(Kind::Decision, &decision.record.id) {
                let conditions = decision.conditions.iter().map(|condition| &condition.id);
                for condition in conditions {
                    self.names.insert(condition.to_string());
                    self.records.insert(Reference::new(Kind::Condition, condition));
                }
            }
        }
        for change in &programme.changes {
            if change.of.as_ref().is_some_and(|of| self.records.contains(&of.value)) {
                self.add(Reference::new(Kind::Change, &change.record.id), &change.record);
            }
        }
    }

    /// The files of hidden evidence; one that is a page of prose is no page, but where evidence that is shown is the same file.
    fn hide_files(&mut self, programme: &Programme) {
        let (hidden, shown): (Vec<_>, Vec<_>) =
            programme.evidence.iter().partition(|it| self.has(Kind::Evidence, &it.record.id));
        self.assets = hidden.into_iter().filter_map(|evidence| evidence.asset.clone()).collect();
        let shown: BTreeSet<&str> = shown.into_iter().filter_map(|evidence| evidence.asset.as_deref()).collect();
        let pages = programme.narratives.iter().map(|page| &page.path);
        let hidden = pages.filter(|path| self.assets.contains(path.as_str()) && !shown.contains(path.as_str()));
        self.pages.extend(hidden.cloned());
    }

    fn name_titles(&mut self, programme: &Programme) {
        let milestones = programme.milestones.iter().map(|it| (Kind::Milestone, &it.record.id, &it.name.value));
        let evidence = programme.evidence.iter().map(|it| (Kind::Evidence, &it.record.id, &it.title.value));
        let risks = programme.risks.iter().map(|it| (Kind::Risk, &it.record.id, &it.title.value));
        let concerns = programme.concerns.iter().map(|it| (it.kind, &it.record.id, &it.title.value));
        for (kind, id, title) in milestones.chain(evidence).chain(risks).chain(concerns) {
            if self.has(kind, id) {
                self.names.insert(title.clone());
            }
        }
        let escaped: Vec<String> = self.names.iter().map(|name| Html::escaped(name).as_str().to_string()).collect();
        self.names.extend(escaped);
    }
}
