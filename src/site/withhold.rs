//! Takes out of a snapshot what its audience may not see, before anything is made of it. See design: portal (audience).

mod hidden;
mod standing;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::sync::Arc;

use crate::model::id::Id;
use crate::model::narrative::{NarrativeRow, Piece};
use crate::model::reference::{Kind, Reference};
use crate::model::{Programme, Visibility};
use crate::site::withhold::hidden::Hidden;
use crate::version::{Judged, Snapshot};

/// Records and pages above the audience leave with all that belongs to them; colours stay; what left is counted by kind. The words
/// that authors chose in records that stay are theirs, even where they name one that left.
pub fn withhold(snapshot: Snapshot, audience: Visibility) -> Snapshot {
    let hidden = Hidden::from(&snapshot.programme, audience);
    if hidden.is_empty() {
        return snapshot;
    }
    let shown = (!hidden.knows_places()).then(|| shown_ids(&snapshot.programme, &hidden));
    let findings = snapshot.findings.iter().filter(|finding| !is_about(finding, &hidden, shown.as_ref()));
    let findings = Arc::new(findings.cloned().collect());
    let mut programme = Arc::unwrap_or_clone(snapshot.programme);
    let mut standing = Arc::unwrap_or_clone(snapshot.standing);
    remove_records(&mut programme, &hidden);
    remove_references(&mut programme, &hidden);
    remove_words(&mut programme, &hidden);
    standing::withhold(&mut standing, &hidden);
    Snapshot {
        schema: snapshot.schema,
        programme: Arc::new(programme),
        standing: Arc::new(standing),
        findings,
        withheld: hidden.counts(),
    }
}

fn remove_records(programme: &mut Programme, hidden: &Hidden) {
    programme.milestones.retain(|milestone| !hidden.has(Kind::Milestone, &milestone.record.id));
    programme.evidence.retain(|evidence| !hidden.has(Kind::Evidence, &evidence.record.id));
    programme.decisions.retain(|decision| !hidden.has(Kind::Decision, &decision.record.id));
    programme.waivers.retain(|waiver| !hidden.has(Kind::Waiver, &waiver.record.id));
    programme.risks.retain(|risk| !hidden.has(Kind::Risk, &risk.record.id));
    programme.concerns.retain(|concern| !hidden.has(concern.kind, &concern.record.id));
    programme.reviews.retain(|review| !hidden.has(Kind::Review, &review.record.id));
    programme.confidences.retain(|confidence| !hidden.has(Kind::Confidence, &confidence.record.id));
    programme.changes.retain(|change| !hidden.has(Kind::Change, &change.record.id));
}

fn remove_references(programme: &mut Programme, hidden: &Hidden) {
    let seen = |kind: Kind, id: &Id| !hidden.has(kind, id);
    for milestone in &mut programme.milestones {
        milestone.depends_on.retain(|id| seen(Kind::Milestone, &id.value));
        for gate in [&mut milestone.entry, &mut milestone.exit] {
            gate.criteria.retain(|criterion| seen(Kind::Criterion, &criterion.id));
            for named in gate.criteria.iter_mut().filter_map(|criterion| criterion.dependency.as_mut()) {
                named.milestones.retain(|id| seen(Kind::Milestone, &id.value));
            }
        }
    }
    for evidence in &mut programme.evidence {
        evidence.proves.retain(|proof| seen(Kind::Criterion, &proof.criterion.value));
        evidence.supersedes.retain(|id| seen(Kind::Evidence, &id.value));
    }
    for decision in &mut programme.decisions {
        decision.overrides.retain(|over| seen(Kind::Criterion, &over.criterion.value));
        for condition in &mut decision.conditions {
            condition.criterion.take_if(|id| !seen(Kind::Criterion, &id.value));
            condition.evidence.retain(|id| seen(Kind::Evidence, &id.value));
        }
    }
    for risk in &mut programme.risks {
        risk.milestones.retain(|id| seen(Kind::Milestone, &id.value));
    }
    for concern in &mut programme.concerns {
        concern.milestones.retain(|id| seen(Kind::Milestone, &id.value));
        concern.risks.retain(|id| seen(Kind::Risk, &id.value));
    }
}

/// Prose, settings, files and history: what is not a record and may still speak of one.
fn remove_words(programme: &mut Programme, hidden: &Hidden) {
    programme.narratives.retain(|narrative| {
        let is_named = hidden.is_named(&narrative.title) || hidden.is_named(&narrative.path);
        !is_named && !hidden.has_page(&narrative.path)
    });
    for narrative in &mut programme.narratives {
        narrative.pieces.retain_mut(|piece| match piece {
            Piece::Prose(html) => !hidden.is_named(html.as_str()),
            Piece::Table { rows, .. } | Piece::Records(rows) => {
                rows.retain(|row| may_show(row, hidden));
                true
            }
        });
    }
    programme.understood.retain_mut(|understood| {
        let parts = hidden.parts_in(&understood.at);
        understood.records = understood.records.saturating_sub(parts);
        let is_left = parts == 0 || understood.records > 0;
        is_left
            && !hidden.has_page(&understood.at.path)
            && !hidden.is_named(&understood.why)
            && !hidden.is_named(&understood.at.path)
    });
    let is_hidden = |subject: &str| hidden.is_named(subject);
    programme.settings.allow.retain(|allowance| {
        !allowance.subject.as_ref().is_some_and(|subject| is_hidden(&subject.value)) && !is_hidden(&allowance.reason)
    });
    let kept: Vec<_> = programme.evidence.iter().filter_map(|evidence| evidence.asset.clone()).collect();
    programme.assets.retain(|asset| !hidden.has_asset(&asset.path) || kept.contains(&asset.path));
    for frozen in &mut programme.history.versions {
        frozen.milestones.retain(|id, _| !hidden.has(Kind::Milestone, id));
        frozen.criteria.retain(|id, _| !hidden.has(Kind::Criterion, id));
    }
}

fn may_show(row: &NarrativeRow, hidden: &Hidden) -> bool {
    let is_record = row.record.as_ref().is_some_and(|record| hidden.has(record.kind, &record.id));
    // A row that is a record of its own may name others: those words are its author's.
    !is_record && (row.record.is_some() || !row.cells.iter().any(|cell| hidden.is_named(cell)))
}

/// Is a finding at a hidden record, about one, or does it name one? A frozen version has lost its places: only what is
/// known to be about a record that stays, by the ids in `shown`, may stay.
fn is_about(finding: &Judged, hidden: &Hidden, shown: Option<&HashSet<Id>>) -> bool {
    let texts = [Some(&finding.message), Some(&finding.label), finding.help.as_ref(), finding.subject.as_ref()];
    let related = finding.related.iter();
    texts.into_iter().flatten().any(|text| hidden.is_named(text))
        || related.clone().any(|place| hidden.is_named(&place.note) || hidden.covers(&place.path, place.bytes))
        || finding.allowed.as_ref().is_some_and(|reason| hidden.is_named(reason))
        || hidden.covers(&finding.path, finding.bytes)
        || shown.is_some_and(|shown| !finding.subject.as_ref().is_some_and(|subject| shown.contains(&Id::new(subject))))
}

/// The ids of the records that stay.
fn shown_ids(programme: &Programme, hidden: &Hidden) -> HashSet<Id> {
    let records = programme.records().map(|(reference, _)| reference);
    let criteria = programme.criteria().map(|(_, criterion)| Reference::new(Kind::Criterion, &criterion.id));
    let shown = records.chain(criteria).filter(|it| !hidden.has(it.kind, &it.id));
    shown.map(|reference| reference.id).collect()
}
