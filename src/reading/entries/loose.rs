//! Lists of criteria that stand beside the milestones: "Acceptance criteria" over a list, with or without the name of one.

use crate::reading::entries::{Account, Reader, Value};
use crate::reading::fields::{self, Field, Kind, Sort};
use crate::source::Span;
use crate::syntax::{Item, Text};

/// A heading or a label over criteria.
#[derive(Debug, Clone, Copy)]
pub(super) struct Label<'a> {
    field: &'static Field,
    text: &'a Text,
    /// The milestone that it names, as written.
    of: Option<&'a str>,
}

/// A list of criteria that waits for its milestone.
pub(super) struct Loose<'a> {
    pub label: Label<'a>,
    pub items: &'a [Item],
    pub at: Span,
}

/// `Acceptance criteria`, `4. Exit criteria (gate 2):`, `Acceptance criteria for: Service design`.
pub(super) fn label(text: &Text) -> Option<Label<'_>> {
    let plain = text.plain.as_str();
    let words = plain.trim_start_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ')' | ' '));
    let words = words.trim_end_matches([':', ' ']);
    let split = |sign: &str| words.find(sign).map(|at| (&words[..at], &words[at + sign.len()..]));
    let parted = [" for: ", " for ", " of ", ": ", " – ", " — "].iter().filter_map(|sign| split(sign));
    let parted = parted.min_by_key(|(criteria, _)| criteria.len());
    let (criteria, of) = match parted {
        Some((criteria, of)) => (criteria, Some(of.trim_matches([':', ' ']))),
        None => (words.find(" (").map_or(words, |bracket| &words[..bracket]), None),
    };
    let field = fields::find(Kind::Milestone.fields(), criteria).filter(|field| field.sort == Sort::Criteria)?;
    let folded = fields::fold(criteria);
    // Preconditions, success criteria and definitions of done are said of many things that are no milestones.
    let gated = GATED.iter().any(|stem| folded.contains(stem)) && !folded.starts_with("success");
    gated.then_some(Label { field, text, of })
}

impl<'a> Reader<'_, 'a> {
    /// Gives every list to the milestone that its label names; without a name, to the last of the file, since what is
    /// asked of the whole is asked at its end.
    pub(super) fn give(&mut self, waiting: Vec<Loose<'a>>, first: usize) {
        for loose in waiting {
            let Some((position, why)) = self.milestone_of(&loose.label, first) else { continue };
            let account = Account {
                at: loose.at,
                kind: Some(Kind::Criterion),
                why,
                columns: vec![(
                    loose.label.text.plain.trim_end_matches([':', ' ']).to_string(),
                    loose.label.field.name,
                )],
                extras: Vec::new(),
                records: loose.items.len(),
            };
            self.reading.accounts.push(account);
            let value = Value::Items(loose.items.iter().collect());
            let fields = &mut self.reading.entries[position].fields;
            match fields.iter_mut().find(|(name, _)| *name == loose.label.field.name) {
                Some((_, Value::Several(values))) => values.push(value),
                Some((_, taken)) => *taken = Value::Several(vec![taken.clone(), value]),
                None => fields.push((loose.label.field.name, value)),
            }
        }
    }

    fn milestone_of(&self, label: &Label, first: usize) -> Option<(usize, String)> {
        let entries = self.reading.entries.iter().enumerate().skip(first);
        let mut milestones = entries.filter(|(_, entry)| entry.kind == Kind::Milestone);
        let said = label.text.plain.trim_end_matches([':', ' ']);
        let Some(of) = label.of else {
            let (position, _) = milestones.next_back()?;
            return Some((position, format!("a list under `{said}`, for the last milestone of the file")));
        };
        let wanted = fields::fold(of);
        let is_it = |name: &str| {
            let name = fields::fold(name);
            name == wanted || all_in(&wanted, &name) || all_in(&name, &wanted)
        };
        let (position, _) = milestones.find(|(_, entry)| {
            let id = entry.id.as_ref().is_some_and(|id| fields::fold(&id.plain) == wanted);
            let name = entry.fields.iter().find(|(field, _)| *field == "name").and_then(|(_, name)| name.text());
            id || name.is_some_and(|name| is_it(&name.plain))
        })?;
        Some((position, format!("a list under `{said}`, which names the milestone")))
    }
}

/// Does every word of one stand in the other?
fn all_in(some: &str, other: &str) -> bool {
    !some.is_empty() && some.split(' ').all(|word| other.split(' ').any(|known| known == word))
}

/// Words of labels that stand over the criteria of a gate.
const GATED: &[&str] = &["criteri", "kriteri", "critere", "gate"];
