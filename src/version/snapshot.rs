//! Snapshots as files: how one is written, how one is read, and what older ones tell the working programme.

use std::sync::Arc;

use crate::finding::Finding;
use crate::model::Programme;
use crate::model::history::{Frozen, FrozenMilestone};
use crate::model::id::Id;
use crate::model::milestone::Gate;
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
    serde_json::from_str(&source.text).map_err(|trouble| {
        let line = source.text.lines().take(trouble.line().saturating_sub(1)).map(|line| line.len() + 1).sum::<usize>();
        let offset = (line + trouble.column().saturating_sub(1)).min(source.text.len());
        let at = Span::new(&source.path, offset, offset);
        altered(at, format!("`{}` does not read as a snapshot: {trouble}", source.path), restore)
    })
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
        let then = FrozenMilestone {
            entry: asked(&milestone.entry),
            exit: asked(&milestone.exit),
            name: milestone.name.value.clone(),
            window: milestone.window.as_ref().map(|window| window.value.clone()),
            forecast_end: standing.and_then(|standing| standing.schedule.effective_forecast),
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

/// A frozen snapshot with the stricter visibility of then and now on every record. See design: portal (audience).
pub fn stricter(frozen: &Snapshot, now: &Programme) -> Snapshot {
    let mut programme = (*frozen.programme).clone();
    let visibility: std::collections::HashMap<_, _> =
        now.records().map(|(reference, record)| (reference, record.visibility)).collect();
    for (reference, record) in programme.records_mut() {
        if let Some(now) = visibility.get(&reference) {
            record.visibility = record.visibility.max(*now);
        }
    }
    Snapshot { programme: Arc::new(programme), ..frozen.clone() }
}
