//! Snapshots as files: how one is written, how one is read, and what older ones tell the working programme.

use std::collections::HashMap;
use std::sync::Arc;

use crate::finding::Finding;
use crate::model::history::{Frozen, FrozenMilestone};
use crate::model::id::Id;
use crate::model::milestone::Gate;
use crate::model::reference::{Kind, Reference};
use crate::model::{Programme, Visibility};
use crate::source::{Source, Span};
use crate::version::Snapshot;

/// The shape that this version of milepost writes.
pub const SCHEMA: u32 = 1;

/// The bytes of `snapshot.json`: one line a record would be long, so it is indented; the same snapshot, the same bytes.
pub fn to_json(snapshot: &Snapshot) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(snapshot).expect("a snapshot is plain data with text keys");
    bytes.push(b'\n');
    bytes
}

/// Reads a snapshot. One that cannot be read, or that a newer milepost wrote, is `version-altered` and left out.
pub fn from_json(source: &Source) -> Result<Snapshot, Box<Finding>> {
    let altered = |at: Span, message: String, help: &str| {
        Box::new(Finding::new("version-altered", at, message).help(help).about(source.path.to_string()))
    };
    let restore = "restore the file from the repository's history; a frozen version is never edited";
    let schema = serde_json::from_str::<Schema>(&source.text);
    let schema = schema.map_err(|trouble| {
        let at = Span::file(&source.path);
        altered(at, format!("`{}` is not a snapshot any more: {trouble}", source.path), restore)
    })?;
    if schema.schema > SCHEMA {
        let message = format!("`{}` was frozen by a newer milepost (schema {})", source.path, schema.schema);
        return Err(altered(Span::file(&source.path), message, "build with that milepost, or a later one"));
    }
    let snapshot: Snapshot = serde_json::from_str(&source.text).map_err(|trouble| {
        let line = source.text.lines().take(trouble.line().saturating_sub(1)).map(|line| line.len() + 1).sum::<usize>();
        let offset = (line + trouble.column().saturating_sub(1)).min(source.text.len());
        let at = Span::new(&source.path, offset, offset);
        altered(at, format!("`{}` does not read as a snapshot: {trouble}", source.path), restore)
    })?;
    match without_standing(&snapshot) {
        Some(what) => {
            let message = format!("`{}` does not say how {what} stands", source.path);
            Err(altered(Span::file(&source.path), message, restore))
        }
        None => Ok(snapshot),
    }
}

/// A record that has no standing beside it, in words. Pages count on every one to have its own.
fn without_standing(snapshot: &Snapshot) -> Option<String> {
    let (programme, standing) = (&snapshot.programme, &snapshot.standing);
    let criteria = programme.criteria().map(|(_, one)| (Kind::Criterion, &one.id));
    let conditions = programme.decisions.iter().flat_map(|one| &one.conditions);
    let conditions = conditions.map(|one| (Kind::Condition, &one.id));
    let records: Vec<_> = programme.records().collect();
    let records = records.iter().map(|(reference, record)| (reference.kind, &record.id));
    let mut missing = records.chain(criteria).chain(conditions).filter(|(kind, id)| match kind {
        Kind::Milestone => !standing.milestones.contains_key(*id),
        Kind::Criterion => !standing.criteria.contains_key(*id),
        Kind::Evidence => !standing.evidence.contains_key(*id),
        Kind::Decision => !standing.decisions.contains_key(*id),
        Kind::Condition => !standing.conditions.contains_key(*id),
        Kind::Waiver => !standing.waivers.contains_key(*id),
        Kind::Risk => !standing.risks.contains_key(*id),
        // These have none.
        Kind::Issue | Kind::Assumption | Kind::Dependency | Kind::Review | Kind::Confidence | Kind::Change => false,
    });
    missing.next().map(|(kind, id)| format!("{} `{id}`", kind.word()))
}

#[derive(serde::Deserialize)]
struct Schema {
    schema: u32,
}

/// What a frozen version tells the working programme.
pub fn history(snapshot: &Snapshot) -> Frozen {
    let milestones = snapshot.programme.milestones.iter().map(|milestone| {
        let standing = snapshot.standing.milestones.get(&milestone.record.id);
        let asked = |gate: &Gate| -> Vec<Id> {
            gate.criteria.iter().filter(|criterion| criterion.mandatory).map(|criterion| criterion.id.clone()).collect()
        };
        let schedule = standing.map(|standing| &standing.schedule);
        let forecast = schedule.and_then(|schedule| schedule.forecast.as_ref());
        let then = FrozenMilestone {
            first_baseline: schedule.and_then(|schedule| schedule.first_baseline.clone()),
            forecast_start: forecast.and_then(|window| window.start),
            entry: asked(&milestone.entry),
            exit: asked(&milestone.exit),
            name: milestone.name.value.clone(),
            window: milestone.window.as_ref().map(|window| window.value.clone()),
            forecast_end: schedule
                .and_then(|schedule| schedule.forecast_end)
                .or(forecast.and_then(|window| window.end)),
            colour: standing.map_or(String::new(), |standing| standing.colour.code().to_string()),
        };
        (milestone.record.id.clone(), then)
    });
    let criteria =
        snapshot.programme.criteria().map(|(_, criterion)| (criterion.id.clone(), criterion.text.value.clone()));
    Frozen {
        version: snapshot.programme.settings.version.clone(),
        data_date: snapshot.programme.settings.data_date.date,
        milestones: milestones.collect(),
        criteria: criteria.collect(),
    }
}

/// A frozen snapshot with the stricter visibility of then and now on every record and page. What is gone now, or cannot
/// be told to be the same, is at least as strict as what does not say now. See design: portal (audience).
pub fn stricter(frozen: &Snapshot, now: &Programme) -> Snapshot {
    let mut programme = (*frozen.programme).clone();
    let known = Known::of(now);
    let titles: Vec<String> = frozen.programme.records().map(|(it, _)| title(&frozen.programme, &it)).collect();
    for ((reference, record), title) in programme.records_mut().zip(titles) {
        record.visibility = record.visibility.max(known.visibility(&reference, record.id_derived, &title));
    }
    for page in &mut programme.narratives {
        let same = now.narratives.iter().find(|other| other.path == page.path);
        page.visibility = page.visibility.max(same.map_or(now.settings.visibility, |same| same.visibility));
    }
    Snapshot { programme: Arc::new(programme), ..frozen.clone() }
}

/// Who may see what there is now.
struct Known {
    /// With whether the id was written.
    by_id: HashMap<Reference, (Visibility, bool)>,
    /// The strictest of those with one title.
    by_title: HashMap<(Kind, String), Visibility>,
    default: Visibility,
}

impl Known {
    fn of(now: &Programme) -> Known {
        let mut known = Known { by_id: HashMap::new(), by_title: HashMap::new(), default: now.settings.visibility };
        for (reference, record) in now.records() {
            let title = title(now, &reference);
            if !title.is_empty() {
                let strictest = known.by_title.entry((reference.kind, title)).or_default();
                *strictest = (*strictest).max(record.visibility);
            }
            known.by_id.insert(reference, (record.visibility, !record.id_derived));
        }
        known
    }

    /// A derived id may have come to name another record: then the title says which one it was.
    fn visibility(&self, reference: &Reference, id_derived: bool, title: &str) -> Visibility {
        let same_id = self.by_id.get(reference);
        if let Some((visibility, true)) = same_id
            && !id_derived
        {
            return *visibility;
        }
        let titled = self.by_title.get(&(reference.kind, title.to_string()));
        let named = same_id.map(|(visibility, _)| *visibility);
        titled
            .copied()
            .max(named.filter(|_| titled.is_some()))
            .unwrap_or_else(|| self.default.max(named.unwrap_or_default()))
    }
}

/// The words that tell a record from others of its kind.
fn title(programme: &Programme, reference: &Reference) -> String {
    let id: &Id = &reference.id;
    let words = match reference.kind {
        Kind::Milestone => programme.milestone(id).map(|one| one.name.value.clone()),
        Kind::Evidence => programme.evidence.iter().find(|one| one.record.id == *id).map(|one| one.title.value.clone()),
        Kind::Risk => programme.risks.iter().find(|one| one.record.id == *id).map(|one| one.title.value.clone()),
        Kind::Issue | Kind::Assumption | Kind::Dependency => {
            let mut concerns = programme.concerns.iter();
            concerns.find(|one| one.kind == reference.kind && one.record.id == *id).map(|one| one.title.value.clone())
        }
        _ => None,
    };
    words.map(|words| words.trim().to_lowercase()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Snapshot, from_json, stricter, to_json};
    use crate::model::Visibility;
    use crate::model::id::Id;
    use crate::site::sample;
    use crate::source::Source;
    use std::sync::Arc;

    fn snapshot() -> Snapshot {
        let programme = sample::programme(true);
        let standing = Arc::new(sample::standing(&programme));
        let findings = Arc::new(Vec::new());
        Snapshot { schema: 1, programme: Arc::new(programme), standing, findings, withheld: Vec::new() }
    }

    #[test]
    fn a_snapshot_without_a_standing_is_altered() {
        let read = |snapshot: &Snapshot| {
            let text = String::from_utf8(to_json(snapshot)).unwrap();
            from_json(&Source { path: "v/snapshot.json".into(), text: text.into() })
        };
        let whole = snapshot();
        assert_eq!(read(&whole).unwrap().standing, whole.standing);
        let takes: [fn(&mut crate::status::Standing); 6] = [
            |standing| standing.milestones.clear(),
            |standing| standing.criteria.clear(),
            |standing| standing.evidence.clear(),
            |standing| standing.decisions.clear(),
            |standing| standing.waivers.clear(),
            |standing| standing.risks.clear(),
        ];
        for take in takes {
            let mut part = whole.clone();
            take(Arc::make_mut(&mut part.standing));
            let finding = read(&part).unwrap_err();
            assert_eq!(finding.rule, "version-altered");
            assert!(finding.message.contains("does not say how"), "{}", finding.message);
        }
    }

    #[test]
    fn a_frozen_record_is_found_by_its_title_where_its_id_was_derived() {
        let mut frozen = snapshot();
        let then = Arc::make_mut(&mut frozen.programme);
        for risk in &mut then.risks {
            risk.record.id_derived = true;
        }
        let mut now = then.clone();
        // Another risk came before both: what was R-01 is R-02 now, and R-02 is gone.
        now.risks.remove(1);
        now.risks[0].record.id = Id::new("R-02");
        now.risks[0].record.visibility = Visibility::Restricted;
        let seen = |now: &crate::model::Programme| -> Vec<Visibility> {
            let told = stricter(&frozen, now);
            told.programme.risks.iter().map(|risk| risk.record.visibility).collect()
        };
        assert_eq!(seen(&now), [Visibility::Restricted, Visibility::Restricted]);
        now.risks.clear();
        assert_eq!(seen(&now), [Visibility::Public, Visibility::Public]);
        now.settings.visibility = Visibility::Stakeholder;
        assert_eq!(seen(&now), [Visibility::Stakeholder, Visibility::Stakeholder]);
    }

    #[test]
    fn a_frozen_page_is_as_strict_as_now() {
        let frozen = snapshot();
        let mut now = (*frozen.programme).clone();
        now.narratives[0].visibility = Visibility::Restricted;
        assert_eq!(stricter(&frozen, &now).programme.narratives[0].visibility, Visibility::Restricted);
        now.narratives.clear();
        now.settings.visibility = Visibility::Stakeholder;
        assert_eq!(stricter(&frozen, &now).programme.narratives[0].visibility, Visibility::Stakeholder);
    }
}
