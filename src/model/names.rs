//! Whom the words of a programme name, each looked up once: a few people are named in thousands of records.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::model::milestone::Side;
use crate::model::settings::{Named, Settings};
use crate::model::{Programme, Words};

/// Made once for whoever asks for many.
pub struct Names<'a> {
    settings: &'a Settings,
    known: HashMap<&'a str, Named<'a>>,
}

impl<'a> Names<'a> {
    /// Before anything was looked up.
    pub fn none(settings: &'a Settings) -> Names<'a> {
        Names { settings, known: HashMap::new() }
    }

    /// Of all who are named in the records of a programme.
    pub fn of(programme: &'a Programme) -> Names<'a> {
        let mut names = Names::none(&programme.settings);
        let authorities = programme.milestones.iter().flat_map(|one| Side::BOTH.map(|side| &one.gate(side).authority));
        let acceptors = programme.criteria().map(|(_, criterion)| &criterion.acceptor);
        for words in people(programme).chain(authorities).chain(acceptors).filter_map(Option::as_ref) {
            let known = names.known.entry(words.value.as_str());
            known.or_insert_with(|| names.settings.named(&words.value));
        }
        names
    }

    /// Whom these words name, whether or not they stand in a record.
    pub fn named<'b>(&'b self, words: &'b str) -> Cow<'b, Named<'b>> {
        let known = self.known.get(words).map(Cow::Borrowed);
        known.unwrap_or_else(|| Cow::Owned(self.settings.named(words)))
    }
}

/// Every field that holds a person or a role who does something: owns, produces, accepts, decides, approves, signs.
pub fn people(programme: &Programme) -> impl Iterator<Item = &Words> {
    let Programme { settings, milestones, evidence, decisions, waivers, risks, concerns, .. } = programme;
    let conditions = decisions.iter().flat_map(|decision| &decision.conditions);
    let actions = risks.iter().flat_map(|risk| &risk.actions);
    [&settings.entry_authority, &settings.exit_authority]
        .into_iter()
        .chain(milestones.iter().map(|milestone| &milestone.owner))
        .chain(programme.criteria().map(|(_, criterion)| &criterion.owner))
        .chain(evidence.iter().flat_map(|evidence| [&evidence.producer, &evidence.acceptor]))
        .chain(decisions.iter().map(|decision| &decision.by))
        .chain(conditions.map(|condition| &condition.owner))
        .chain(waivers.iter().map(|waiver| &waiver.approver))
        .chain(risks.iter().map(|risk| &risk.owner))
        .chain(actions.map(|action| &action.actionee))
        .chain(concerns.iter().map(|concern| &concern.owner))
        .chain(programme.confidences.iter().map(|confidence| &confidence.by))
        .chain(programme.changes.iter().map(|change| &change.approver))
}
