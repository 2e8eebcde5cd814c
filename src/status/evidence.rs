//! Whether evidence counts. See design: status (evidence counts at D).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::model::evidence::{Evidence, Proof, Verdict, is_address};
use crate::model::milestone::{Criterion, Validity};
use crate::model::reference::{Kind, Reference};
use crate::status::decision;
use crate::status::facts::{Facts, Files, Moment, day};
use crate::status::{EvidenceStanding, EvidenceState, Reason};

/// What keeps an accepted item from counting, or why it was never validly accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// Nobody has judged it.
    NotJudged,
    Rejected,
    NoResult,
    /// A date, a result or a name of it is written and not understood.
    Unread,
    NoAcceptor,
    NoProducer,
    NotProduced,
    AcceptedBeforeProduced,
    AcceptedByProducer,
    AcceptorLacksRole,
    Withdrawn,
    Superseded,
    FileChanged,
    WordsChanged,
    Expired,
}

/// The judgement of an item that was validly made by a date: when, and whether it is a pass. A fail or a rejection
/// needs no independent judge, since a claim may always lower.
pub fn valid_judgement(
    facts: &Facts,
    item: &Evidence,
    role: Option<&str>,
    moment: Moment,
) -> Option<(NaiveDate, Verdict)> {
    let by = |date: &crate::model::Date| date.as_ref().map(|date| date.value).filter(|date| *date <= moment.date);
    if may_have_failed(item) {
        return Some((moment.date, Verdict::Fail));
    }
    let (accepted, rejected) = (by(&item.accepted_on), by(&item.rejected_on));
    // Only a valid acceptance that comes later lifts a rejection; withdrawing the item does not.
    let valid = accepted.filter(|accepted| acceptance_obstacle(facts, item, *accepted, role).is_none());
    if let Some(rejected) = rejected
        && valid.is_none_or(|accepted| accepted <= rejected)
    {
        return Some((rejected, Verdict::Fail));
    }
    if item.result.as_ref().is_some_and(|result| result.value == Verdict::Fail) {
        return accepted.map(|accepted| (accepted, Verdict::Fail));
    }
    if by(&item.withdrawn_on).is_some() {
        return None;
    }
    valid.map(|accepted| (accepted, Verdict::Pass))
}

/// Was it judged, on a day or with a result that is not understood, so that nobody can tell that it was no fail?
pub fn may_have_failed(item: &Evidence) -> bool {
    let unread = |name: &str, date: &crate::model::Date| item.record.is_unread(name, date);
    let accepted_unread = unread("accepted_on", &item.accepted_on);
    unread("rejected_on", &item.rejected_on)
        || item.record.is_unread("result", &item.result) && (accepted_unread || item.accepted_on.is_some())
        || accepted_unread && item.result.as_ref().is_some_and(|result| result.value == Verdict::Fail)
}

/// What makes an acceptance invalid whatever happens later.
fn acceptance_obstacle(facts: &Facts, item: &Evidence, accepted: NaiveDate, role: Option<&str>) -> Option<Obstacle> {
    let unread = |name: &str, words: &crate::model::Words| item.record.is_unread(name, words);
    if unread("acceptor", &item.acceptor) || unread("producer", &item.producer) {
        return Some(Obstacle::Unread);
    }
    let Some(acceptor) = &item.acceptor else { return Some(Obstacle::NoAcceptor) };
    let Some(producer) = &item.producer else { return Some(Obstacle::NoProducer) };
    if facts.may_be_one(&acceptor.value, &producer.value) {
        return Some(Obstacle::AcceptedByProducer);
    }
    if role.is_some_and(|role| !facts.holds(&acceptor.value, role)) {
        return Some(Obstacle::AcceptorLacksRole);
    }
    if item.is_unread {
        return Some(Obstacle::Unread);
    }
    let Some(produced) = &item.produced_on else { return Some(Obstacle::NotProduced) };
    if produced.value > accepted {
        return Some(Obstacle::AcceptedBeforeProduced);
    }
    item.result.is_none().then_some(Obstacle::NoResult)
}

/// What keeps an item from counting for a criterion at a moment; None where it counts. `decided_on` gives the date of
/// the go of the criterion's gate, for evidence that need only hold on that day.
pub fn obstacle(
    facts: &Facts,
    item: &Evidence,
    criterion: Option<&Criterion>,
    decided_on: impl Fn() -> Option<NaiveDate>,
    moment: Moment,
) -> Option<Obstacle> {
    let role = criterion.and_then(|criterion| criterion.acceptor.as_ref()).map(|role| role.value.as_str());
    let by = |date: &crate::model::Date| date.as_ref().is_some_and(|date| date.value <= moment.date);
    match valid_judgement(facts, item, role, moment) {
        Some(_) if may_have_failed(item) => return Some(Obstacle::Unread),
        Some((_, Verdict::Fail)) => return Some(Obstacle::Rejected),
        _ if by(&item.withdrawn_on) => return Some(Obstacle::Withdrawn),
        None => {
            let Some(accepted) = accepted_by(item, moment) else { return Some(Obstacle::NotJudged) };
            return acceptance_obstacle(facts, item, accepted, role);
        }
        Some((_, Verdict::Pass)) => {}
    }
    let judged =
        |newer: &Evidence| accepted_by(newer, moment).is_some() || by(&newer.rejected_on) || may_have_failed(newer);
    if facts.superseding(&item.record.id).iter().any(|newer| judged(newer)) {
        return Some(Obstacle::Superseded);
    }
    if moment.files == Files::AsTheyAre && sealed(item) == Some(false) {
        return Some(Obstacle::FileChanged);
    }
    if criterion.is_some_and(|criterion| words_changed(item, criterion)) {
        return Some(Obstacle::WordsChanged);
    }
    let expires = item.expires_on.as_ref()?.value;
    let standing = criterion.is_some_and(|criterion| criterion.validity == Validity::Standing);
    let needed_until = if standing { moment.date } else { decided_on().unwrap_or(moment.date) };
    (expires < needed_until).then_some(Obstacle::Expired)
}

/// Does it count for this criterion, which it names?
pub fn counts_for(facts: &Facts, item: &Evidence, criterion: &Criterion, moment: Moment) -> bool {
    let names_it = item.proves.iter().any(|proof| proof.criterion.value == criterion.id);
    names_it && obstacle(facts, item, Some(criterion), || None, moment).is_none()
}

/// Does it count for one of the criteria that it names, or by itself where it names none?
pub fn counts_at_all(facts: &Facts, item: &Evidence, moment: Moment) -> bool {
    let mut named = item.proves.iter().filter_map(|proof| facts.criterion(&proof.criterion.value));
    let by_itself = item.proves.is_empty() && obstacle(facts, item, None, || None, moment).is_none();
    by_itself || named.any(|(_, _, criterion)| counts_for(facts, item, criterion, moment))
}

/// The day of its acceptance, if it was accepted by a moment: that day where the date of it is not understood.
fn accepted_by(item: &Evidence, moment: Moment) -> Option<NaiveDate> {
    let unread = item.record.is_unread("accepted_on", &item.accepted_on).then_some(moment.date);
    item.accepted_on.as_ref().map(|date| date.value).or(unread).filter(|date| *date <= moment.date)
}

/// Was it validly accepted, and did it hold on that day? Then it counted at some date; so may have one of which something
/// is not understood.
pub fn counted_once(facts: &Facts, item: &Evidence, criterion: &Criterion, moment: Moment) -> bool {
    let role = criterion.acceptor.as_ref().map(|role| role.value.as_str());
    let Some(accepted) = accepted_by(item, moment) else { return false };
    let outlives = |date: &crate::model::Date| date.as_ref().is_none_or(|date| date.value >= accepted);
    let obstacle = acceptance_obstacle(facts, item, accepted, role);
    if obstacle == Some(Obstacle::Unread) {
        // An end that is still to be written has not come.
        return !item.record.unsaid.contains(&"expires_on");
    }
    obstacle.is_none()
        && item.result.as_ref().is_some_and(|result| result.value == Verdict::Pass)
        && outlives(&item.expires_on)
        && outlives(&item.withdrawn_on)
}

/// Is the file the one that was accepted? None where no hash is recorded. Where one is, a file of the programme must have
/// it: naming another place does not take a seal away.
pub fn sealed(item: &Evidence) -> Option<bool> {
    let recorded = item.sha256.as_ref()?;
    let recorded = recorded.value.trim().trim_start_matches("sha256:").trim().to_lowercase();
    Some(item.asset_sha256.as_ref().is_some_and(|now| **now == recorded))
}

/// Is it a file here, or something at an address, of which no hash was recorded?
pub fn is_unsealed(item: &Evidence) -> bool {
    let elsewhere = item.location.as_ref().is_some_and(|location| is_address(&location.value));
    item.sha256.is_none() && (item.asset_sha256.is_some() || elsewhere)
}

/// Do the words given with `proves` still match the criterion?
pub fn words_changed(item: &Evidence, criterion: &Criterion) -> bool {
    let about = |proof: &&Proof| proof.criterion.value == criterion.id;
    item.proves.iter().find(about).is_some_and(|proof| !proof.matches(&criterion.text.value))
}

/// Where an item stands today, over all the criteria that it names.
pub fn standing(facts: &Facts, item: &Evidence) -> EvidenceStanding {
    let mut counts_for = Vec::new();
    let mut obstacles = Vec::new();
    let mut sentences = BTreeMap::new();
    for proof in &item.proves {
        let Some((milestone, side, criterion)) = facts.criterion(&proof.criterion.value) else { continue };
        let decided_on = || decision::go_date(facts, milestone, side, facts.today);
        match obstacle(facts, item, Some(criterion), decided_on, facts.now()) {
            None => counts_for.push(criterion.id.clone()),
            Some(obstacle) => {
                sentences.insert(criterion.id.clone(), sentence_of(facts, item, obstacle));
                obstacles.push(obstacle);
            }
        }
    }
    if item.proves.is_empty() {
        obstacles.extend(obstacle(facts, item, None, || None, facts.now()));
    }
    let produced_later = item.produced_on.as_ref().is_some_and(|date| date.value > facts.today);
    let (state, sentence) = match obstacles.first() {
        _ if produced_later => (EvidenceState::Future, "Dated after the data date".to_string()),
        None => (EvidenceState::Counts, accepted_sentence(facts, item)),
        Some(obstacle) => (state_of(*obstacle), sentence_of(facts, item, *obstacle)),
    };
    let mut rests_on = vec![Reference::new(Kind::Evidence, &item.record.id)];
    rests_on.extend(item.proves.iter().map(|proof| Reference::new(Kind::Criterion, &proof.criterion.value)));
    let reason = Reason::new(state.code(), sentence, rests_on);
    EvidenceStanding { state, reason, counts_for, obstacles: sentences, sealed: sealed(item) }
}

fn state_of(obstacle: Obstacle) -> EvidenceState {
    match obstacle {
        Obstacle::NotJudged | Obstacle::AcceptedByProducer | Obstacle::NoAcceptor => EvidenceState::Submitted,
        Obstacle::Rejected => EvidenceState::Rejected,
        Obstacle::Withdrawn => EvidenceState::Withdrawn,
        Obstacle::Superseded => EvidenceState::Superseded,
        Obstacle::Expired => EvidenceState::Expired,
        _ => EvidenceState::DoesNotCount,
    }
}

fn accepted_sentence(facts: &Facts, item: &Evidence) -> String {
    let acceptor = item.acceptor.as_ref().map_or("nobody", |acceptor| facts.called(&acceptor.value));
    let accepted = item.accepted_on.as_ref().map_or(String::new(), |date| format!(" on {}", day(date.value)));
    let seal = if is_unsealed(item) { "; not sealed: no hash was recorded" } else { "" };
    format!("Accepted by {acceptor}{accepted}{seal}")
}

/// Why an item does not count, in a sentence.
pub fn sentence_of(facts: &Facts, item: &Evidence, obstacle: Obstacle) -> String {
    let on = |date: &crate::model::Date| date.as_ref().map_or(String::new(), |date| format!(" {}", day(date.value)));
    let producer = item.producer.as_ref().map_or("its producer", |producer| facts.called(&producer.value));
    match obstacle {
        Obstacle::NotJudged => "Submitted; nobody has accepted or rejected it".to_string(),
        Obstacle::Rejected => {
            let date = if item.rejected_on.is_some() { &item.rejected_on } else { &item.accepted_on };
            format!("Rejected{}", on(date))
        }
        Obstacle::Unread => "A date, a name or the result of it is written and not understood".to_string(),
        Obstacle::NoResult => "Accepted without a result: it says neither pass nor fail".to_string(),
        Obstacle::NoAcceptor => "Accepted by nobody named, so it is not validly judged".to_string(),
        Obstacle::NoProducer => "No producer is named, so nobody can tell whether the acceptor is another".to_string(),
        Obstacle::NotProduced => "No date of production is given".to_string(),
        Obstacle::AcceptedBeforeProduced => "Accepted before it was produced".to_string(),
        Obstacle::AcceptedByProducer => {
            format!("Accepted by {producer}, who produced it; another person must accept it")
        }
        Obstacle::AcceptorLacksRole => "Its acceptor does not hold the role that the criterion asks for".to_string(),
        Obstacle::Withdrawn => format!("Withdrawn{}", on(&item.withdrawn_on)),
        Obstacle::Superseded => "Superseded by a newer item that has been judged".to_string(),
        Obstacle::FileChanged if item.location.as_ref().is_some_and(|it| is_address(&it.value)) => {
            "A hash of its file is recorded, and the file is not here to hold against it".to_string()
        }
        Obstacle::FileChanged => "Its file is not the one that was accepted".to_string(),
        Obstacle::WordsChanged => "The criterion's words have changed since it was given as proof".to_string(),
        Obstacle::Expired => format!("Expired{}", on(&item.expires_on)),
    }
}
