//! What is new, gone or moved in the registers: decisions, conditions, waivers, risks, evidence, pages.

use std::collections::{HashMap, HashSet};

use crate::model::decision::{Condition, Decision, Waiver};
use crate::model::id::Id;
use crate::model::narrative::Narrative;
use crate::model::reference::{Kind, Reference};
use crate::model::{Programme, Words};
use crate::status::{ConditionState, Standing};
use crate::version::diff::State;
use crate::version::diff::{
    ConditionMove, EvidenceMove, NewDecision, PageChange, PageChangeKind, RiskMove, RiskThen, Titled, WaiverMove,
    WaiverMoveKind,
};

pub fn decisions(before: &State, after: &State) -> Vec<NewDecision> {
    let old: HashSet<&Id> = before.programme.decisions.iter().map(|decision| &decision.record.id).collect();
    let new = after.programme.decisions.iter().filter(|decision| !old.contains(&decision.record.id));
    new.map(|decision| new_decision(decision, after.standing)).collect()
}

fn new_decision(decision: &Decision, standing: &Standing) -> NewDecision {
    let id = &decision.record.id;
    NewDecision {
        id: id.clone(),
        gate: decision.gate.as_ref().map(|gate| gate.value.clone()),
        outcome: decision.outcome.as_ref().map(|outcome| outcome.value),
        date: decision.date.as_ref().map(|date| date.value),
        conditions: decision.conditions.iter().map(|condition| condition.id.clone()).collect(),
        counts: standing.decisions.get(id).is_some_and(|standing| standing.counts),
    }
}

/// Those of a new decision too, open or not: what was promised is told when it is promised.
pub fn conditions(before: &State, after: &State) -> Vec<ConditionMove> {
    let state = |standing: &Standing, id: &Id| standing.conditions.get(id).map(|standing| standing.state);
    let conditions = after
        .programme
        .decisions
        .iter()
        .flat_map(|decision| decision.conditions.iter().map(move |condition| (&decision.record.id, condition)));
    let moves = conditions.filter_map(|(decision, condition)| {
        let from = state(before.standing, &condition.id);
        let to = state(after.standing, &condition.id)?;
        (from != Some(to)).then(|| condition_move(decision, condition, from, to))
    });
    moves.collect()
}

fn condition_move(
    decision: &Id,
    condition: &Condition,
    from: Option<ConditionState>,
    to: ConditionState,
) -> ConditionMove {
    ConditionMove { id: condition.id.clone(), decision: decision.clone(), text: text(&condition.text), from, to }
}

fn text(words: &Words) -> String {
    words.as_ref().map(|words| words.value.clone()).unwrap_or_default()
}

pub fn waivers(before: &State, after: &State) -> Vec<WaiverMove> {
    let old: HashSet<&Id> = before.programme.waivers.iter().map(|waiver| &waiver.record.id).collect();
    let holds = |snapshot: &State, id: &Id| snapshot.standing.waivers.get(id).is_some_and(|waiver| waiver.in_force);
    let moves = after.programme.waivers.iter().filter_map(|waiver| {
        let id = &waiver.record.id;
        let kind = match (old.contains(id), holds(before, id), holds(after, id)) {
            (false, ..) => WaiverMoveKind::New,
            (true, true, false) => WaiverMoveKind::Ended,
            (true, false, true) => WaiverMoveKind::Begun,
            _ => return None,
        };
        Some(waiver_move(waiver, kind))
    });
    moves.collect()
}

fn waiver_move(waiver: &Waiver, kind: WaiverMoveKind) -> WaiverMove {
    WaiverMove {
        id: waiver.record.id.clone(),
        criterion: waiver.criterion.as_ref().map(|criterion| criterion.value.clone()),
        expires_on: waiver.expires_on.as_ref().map(|date| date.value),
        kind,
    }
}

/// New, closed, opened again, with another score, or on the other side of the appetite.
pub fn risks(before: &State, after: &State) -> Vec<RiskMove> {
    let old: HashMap<Id, RiskThen> =
        before.programme.risks.iter().map(|risk| (risk.record.id.clone(), then(before, risk))).collect();
    let moves = after.programme.risks.iter().filter_map(|risk| {
        let id = &risk.record.id;
        let (from, to) = (old.get(id).copied(), then(after, risk));
        let appetite = after.standing.risks.get(id).map_or(0, |standing| standing.appetite);
        // Of a risk that was closed and still is, nothing is news.
        let is_news = from != Some(to) && (to.is_open || from.is_none_or(|from| from.is_open));
        is_news.then(|| RiskMove { id: id.clone(), title: risk.title.value.clone(), from, to, appetite })
    });
    moves.collect()
}

fn then(snapshot: &State, risk: &crate::model::risk::Risk) -> RiskThen {
    let standing = snapshot.standing.risks.get(&risk.record.id);
    RiskThen {
        is_open: risk.is_open(),
        score: standing.and_then(|standing| standing.score),
        above_appetite: risk.is_open() && standing.is_some_and(|standing| standing.above_appetite),
    }
}

pub fn evidence(before: &State, after: &State) -> Vec<EvidenceMove> {
    let moves = after.programme.evidence.iter().filter_map(|evidence| {
        let id = &evidence.record.id;
        let from = before.standing.evidence.get(id).map(|standing| standing.state);
        let to = after.standing.evidence.get(id)?.state;
        let title = evidence.title.value.clone();
        (from != Some(to)).then(|| EvidenceMove { id: id.clone(), title, from, to })
    });
    moves.collect()
}

/// Records that came and that went.
pub fn records(before: &State, after: &State) -> (Vec<Titled>, Vec<Titled>) {
    let (old, new) = (titled(before.programme), titled(after.programme));
    let has = |list: &[Titled]| list.iter().map(|one| one.record.clone()).collect::<HashSet<Reference>>();
    let (had, have) = (has(&old), has(&new));
    let added = new.into_iter().filter(|one| !had.contains(&one.record)).collect();
    let removed = old.into_iter().filter(|one| !have.contains(&one.record)).collect();
    (added, removed)
}

/// Every record, conditions among them, with what people call it; empty where nothing does.
pub fn titled(programme: &Programme) -> Vec<Titled> {
    let mut titles: HashMap<Reference, String> = HashMap::new();
    let mut title = |kind, id: &Id, text: &str| titles.insert(Reference::new(kind, id), text.to_string());
    for milestone in &programme.milestones {
        title(Kind::Milestone, &milestone.record.id, &milestone.name.value);
    }
    for evidence in &programme.evidence {
        title(Kind::Evidence, &evidence.record.id, &evidence.title.value);
    }
    for risk in &programme.risks {
        title(Kind::Risk, &risk.record.id, &risk.title.value);
    }
    for concern in &programme.concerns {
        title(concern.kind, &concern.record.id, &concern.title.value);
    }
    let records = programme.records().map(|(record, _)| record);
    let conditions = programme.decisions.iter().flat_map(|decision| &decision.conditions);
    let conditions = conditions.map(|condition| Titled {
        record: Reference::new(Kind::Condition, &condition.id),
        title: text(&condition.text),
    });
    let titled = records.map(|record| Titled { title: titles.remove(&record).unwrap_or_default(), record });
    titled.chain(conditions).collect()
}

pub fn pages(before: &State, after: &State) -> Vec<PageChange> {
    let (old, new) = (&before.programme.narratives, &after.programme.narratives);
    let find = |list: &[Narrative], path: &str| list.iter().position(|page| page.path == path);
    let change = |page: &Narrative, kind| PageChange { path: page.path.clone(), title: page.title.clone(), kind };
    let now = new.iter().filter_map(|page| match find(old, &page.path) {
        None => Some(change(page, PageChangeKind::Added)),
        Some(index) if prose(&old[index]) != prose(page) => Some(change(page, PageChangeKind::Reworded)),
        Some(_) => None,
    });
    let gone = old.iter().filter(|page| find(new, &page.path).is_none());
    now.chain(gone.map(|page| change(page, PageChangeKind::Removed))).collect()
}

/// What a page says beside its tables: a change of a record is told of the record.
fn prose(page: &Narrative) -> Vec<&str> {
    let pieces = page.pieces.iter().filter_map(|piece| match piece {
        crate::model::narrative::Piece::Prose(html) => Some(html.as_str()),
        _ => None,
    });
    std::iter::once(page.title.as_str()).chain(pieces).collect()
}
