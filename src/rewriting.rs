//! Rewrites an author's files so that they say the same: aligned tables, written ids, criteria set apart.
//!
//! Every change is tried before it is kept: the programme is read again with it, and must be the same but for what was
//! asked. What does not hold is left as it was, and said.

mod align;
pub mod amendment;
mod ids;
mod same;
mod split;

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::model::Programme;
use crate::model::assemble::{Clock, assemble};
use crate::model::history::History;
use crate::model::reference::Kind;
use crate::reading::entries::{self, Reading};
use crate::reading::vocabulary::Vocabulary;
use crate::source::{Inputs, Source, place};
use crate::syntax::{self, Document};

/// What may be asked beside aligned tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Criteria between commas and semicolons become lines or items.
    Split,
    /// Ids that were derived are written.
    Ids,
}

/// What became of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewritten {
    pub path: Arc<str>,
    pub before: Arc<str>,
    pub after: Arc<str>,
    /// What was done, in the order of the steps.
    pub done: Vec<Done>,
    pub left: Vec<Left>,
}

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    Aligned,
    /// So many criteria stand apart where one cell held them.
    Split(usize),
    /// The id.
    Named(String),
}

/// Something that was asked and not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// From 1.
    pub line: u32,
    /// The record or gate that it is about; empty for a table or a file.
    pub subject: String,
    pub why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The file has a part that was not read.
    Unreadable,
    /// Evidence, named as the subject, records the file's sha256: another byte would be another file.
    Sealed,
    /// An aligned table would be read otherwise: a fault of this module.
    TableWouldChange,
    WouldBeReadOtherwise,
    NoPlaceForId,
    /// An id before it could not be written, so that this one would count on from another.
    AfterOneWithoutPlace,
    /// Several criteria between commas, or in one text of YAML: an id cannot be told from their words.
    Together,
    /// The milestone's own id is not written, or has a space in it.
    MilestoneId,
}

/// Another text in the place of bytes `range` of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Edit {
    range: Range<usize>,
    text: String,
}

/// Edits of one file that are made together or not at all.
#[derive(Debug)]
struct Change {
    /// The position of the file among the sources.
    file: usize,
    edits: Vec<Edit>,
    done: Done,
    subject: String,
    /// Ids of one kind are numbered one after the other: where one is not written, those behind it are not either.
    series: Option<Kind>,
}

/// The plan of one step for one file.
#[derive(Default)]
struct Plan {
    changes: Vec<Change>,
    left: Vec<(usize, Left)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Align,
    Split,
    NameRecords,
    NameCriteria,
}

/// A programme as it is read.
struct State {
    inputs: Inputs,
    documents: Vec<Arc<Document>>,
    /// The programme's words of its own.
    own: Vocabulary,
    programme: Programme,
}

/// What the files of a programme are after what was asked, one for each source, in their order.
pub fn rewrite(inputs: &Inputs, history: &History, clock: Clock, wishes: &[Wish]) -> Vec<Rewritten> {
    let mut state = State::read(inputs.clone(), history, clock);
    let mut rewritten: Vec<Rewritten> = inputs.sources.iter().map(Rewritten::unchanged).collect();
    let mut steps = vec![Step::Align];
    if wishes.contains(&Wish::Split) {
        steps.push(Step::Split);
    }
    if wishes.contains(&Wish::Ids) {
        steps.extend([Step::NameRecords, Step::NameCriteria]);
    }
    if !wishes.is_empty() {
        steps.push(Step::Align);
    }
    let sealed = sealed(&state.programme);
    let closed = inputs.sources.par_iter().map(|source| match sealed.get(&*source.path) {
        Some(evidence) => Some(Left { line: 1, subject: evidence.to_string(), why: Why::Sealed }),
        None if is_whole(source) => None,
        None => Some(Left { line: 1, subject: String::new(), why: Why::Unreadable }),
    });
    let closed: Vec<Option<Left>> = closed.collect();
    for (file, left) in closed.iter().enumerate() {
        rewritten[file].left.extend(left.clone());
    }
    let closed: Vec<bool> = closed.iter().map(Option::is_some).collect();
    for (turn, step) in steps.into_iter().enumerate() {
        let mut plan = state.plan(step);
        plan.changes.retain(|change| !closed[change.file]);
        plan.left.retain(|(file, _)| !closed[*file]);
        for (file, left) in plan.left {
            rewritten[file].left.push(left);
        }
        let mut trial = Trial::new(&state, history, clock, step, &plan.changes);
        trial.keep(0..plan.changes.len());
        let (kept, texts) = (trial.kept, trial.texts);
        for (change, kept) in plan.changes.iter().zip(kept) {
            let of_file = &mut rewritten[change.file];
            match kept {
                // What is aligned at the end was so before, but for what was written meanwhile.
                Some(None) if step == Step::Align && turn > 0 => {}
                Some(None) => of_file.done.push(change.done.clone()),
                Some(Some(why)) => of_file.left.push(Left {
                    line: line(&state.inputs.sources[change.file].text, change.edits[0].range.start),
                    subject: change.subject.clone(),
                    why,
                }),
                None => {}
            }
        }
        state = State::read(Inputs { sources: texts, ..state.inputs }, history, clock);
    }
    for (file, source) in state.inputs.sources.iter().enumerate() {
        rewritten[file].after = source.text.clone();
    }
    rewritten
}

/// The files that evidence names by their sha256, each with the first that does.
fn sealed(programme: &Programme) -> BTreeMap<String, String> {
    let items = programme.evidence.iter().rev().filter(|item| item.sha256.is_some());
    items.filter_map(|item| Some((item.asset.as_ref()?.to_string(), item.record.id.to_string()))).collect()
}

/// Was every part of a file read?
fn is_whole(source: &Source) -> bool {
    let (_, findings) = syntax::parse(source);
    !findings.iter().any(|finding| matches!(finding.rule, "unreadable-file" | "yaml-does-not-parse"))
}

fn line(text: &str, at: usize) -> u32 {
    place(text, at as u32).line
}

impl Rewritten {
    fn unchanged(source: &Source) -> Rewritten {
        let (before, after) = (source.text.clone(), source.text.clone());
        Rewritten { path: source.path.clone(), before, after, done: Vec::new(), left: Vec::new() }
    }

    pub fn is_changed(&self) -> bool {
        self.before != self.after
    }
}

impl State {
    fn read(inputs: Inputs, history: &History, clock: Clock) -> State {
        let documents: Vec<Arc<Document>> =
            inputs.sources.par_iter().map(|source| Arc::new(syntax::parse(source).0)).collect();
        let (programme, _) = assemble(&documents, &inputs, history.clone(), clock);
        let own = Vocabulary::of(documents.iter().map(Arc::as_ref), &inputs.root, &mut Vec::new());
        State { inputs, documents, own, programme }
    }

    /// What was read from one file.
    fn reading(&self, file: usize) -> Reading<'_> {
        entries::read(&self.documents[file], &self.inputs.root, &self.own, &mut Vec::new())
    }

    fn plan(&self, step: Step) -> Plan {
        match step {
            Step::Align => align::plan(self),
            Step::Split => split::plan(self),
            Step::NameRecords => ids::of_records(self),
            Step::NameCriteria => ids::of_criteria(self),
        }
    }
}

/// The changes of one step while they are tried.
struct Trial<'t> {
    before: &'t State,
    history: &'t History,
    clock: Clock,
    step: Step,
    changes: &'t [Change],
    /// For each change: not tried, kept, or why it was not.
    kept: Vec<Option<Option<Why>>>,
    /// The sources with what was kept.
    texts: Vec<Source>,
    ended: HashSet<Kind>,
}

impl<'t> Trial<'t> {
    fn new(before: &'t State, history: &'t History, clock: Clock, step: Step, changes: &'t [Change]) -> Trial<'t> {
        let texts = before.inputs.sources.clone();
        let kept = changes.iter().map(|_| None).collect();
        Trial { before, history, clock, step, changes, kept, texts, ended: HashSet::new() }
    }

    /// Keeps those of the changes with which the programme is the same. All at once where that holds; where it does
    /// not, each half in its turn.
    fn keep(&mut self, range: Range<usize>) {
        for index in range.clone() {
            if self.changes[index].series.is_some_and(|kind| self.ended.contains(&kind)) {
                self.kept[index] = Some(Some(Why::AfterOneWithoutPlace));
            }
        }
        let tried: Vec<usize> = range.clone().filter(|index| self.kept[*index].is_none()).collect();
        if tried.is_empty() {
            return;
        }
        if let Some(texts) = self.holds(&tried) {
            self.texts = texts;
            for index in tried {
                self.kept[index] = Some(None);
            }
        } else if let [index] = tried[..] {
            let why = if self.step == Step::Align { Why::TableWouldChange } else { Why::WouldBeReadOtherwise };
            self.kept[index] = Some(Some(why));
            self.ended.extend(self.changes[index].series);
        } else {
            let middle = tried[tried.len() / 2];
            self.keep(range.start..middle);
            self.keep(middle..range.end);
        }
    }

    /// The sources with what was kept and with these, where they say the same.
    fn holds(&self, tried: &[usize]) -> Option<Vec<Source>> {
        let all: Vec<usize> =
            (0..self.changes.len()).filter(|index| self.kept[*index] == Some(None) || tried.contains(index)).collect();
        let mut texts = self.texts.clone();
        let mut files: Vec<usize> = tried.iter().map(|index| self.changes[*index].file).collect();
        files.dedup();
        for file in &files {
            let edits = all.iter().filter(|index| self.changes[**index].file == *file);
            let edits = edits.flat_map(|index| &self.changes[*index].edits);
            let source = &self.before.inputs.sources[*file];
            texts[*file].text = applied(&source.text, edits)?.into();
        }
        let inputs = Inputs { sources: texts, ..self.before.inputs.clone() };
        let after = State::read(inputs, self.history, self.clock);
        let names = all.iter().filter_map(|index| match &self.changes[*index].done {
            Done::Named(id) => Some(id.as_str()),
            Done::Aligned | Done::Split(_) => None,
        });
        let names: HashSet<&str> = names.collect();
        let same = same::but_for(self.step, &self.before.programme, &after.programme, &names, all.len());
        same.then_some(after.inputs.sources)
    }
}

/// A text with its edits made; None where two of them meet.
fn applied<'e>(text: &str, edits: impl Iterator<Item = &'e Edit>) -> Option<String> {
    let mut edits: Vec<&Edit> = edits.collect();
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut changed = String::with_capacity(text.len());
    let mut from = 0;
    for edit in edits {
        changed.push_str(text.get(from..edit.range.start)?);
        changed.push_str(&edit.text);
        from = edit.range.end;
    }
    changed.push_str(text.get(from..)?);
    Some(changed)
}

#[cfg(test)]
mod tests;
