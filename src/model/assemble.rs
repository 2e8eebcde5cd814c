//! Documents to a programme: entries are joined to records, values get types, names become links.
//!
//! Never fails: what is wrong is found, and the rest is still there. Everything is looked up by id; nothing is scanned
//! once for each record.

mod criteria;
mod evidence;
mod governance;
mod join;
mod known;
mod milestones;
mod narratives;
mod registers;
mod settings;
mod sheet;
mod visibility;

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::finding::Finding;
use crate::model::assemble::join::Records;
use crate::model::assemble::known::Known;
use crate::model::assemble::sheet::Desk;
use crate::model::history::History;
use crate::model::id;
use crate::model::narrative::Understood;
use crate::model::reference::Kind;
use crate::model::{Programme, Record};
use crate::reading::entries::{self, Reading};
use crate::reading::vocabulary::Vocabulary;
use crate::source::{Inputs, Source, Span, place};
use crate::syntax::{Document, Text};

/// What the world outside the files says: the data date to use where none is written (`--as-of` replaces a written one).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    pub as_of: Option<chrono::NaiveDate>,
    pub fallback: chrono::NaiveDate,
}

/// Joins the parts of every record, gives them types, links them. Never fails; what is wrong is found.
pub fn assemble(
    documents: &[Arc<Document>],
    inputs: &Inputs,
    history: History,
    clock: Clock,
) -> (Programme, Vec<Finding>) {
    let mut documents: Vec<&Document> = documents.iter().map(Arc::as_ref).collect();
    documents.sort_by(|left, right| id::as_people_count(&left.path, &right.path));
    let mut desk = Desk::new(inputs);
    desk.own = Vocabulary::of(documents.iter().copied(), &inputs.root, &mut desk.findings);
    let mut readings = read(&documents, &inputs.root, &desk.own, &mut desk.findings);
    let legends = documents.iter().zip(&mut readings);
    desk.legends =
        legends.map(|(document, reading)| (document.path.to_string(), std::mem::take(&mut reading.legend))).collect();
    let node = readings.iter().find_map(|reading| reading.settings);
    let mut settings = settings::read(node, title(&readings), clock, &mut desk);
    settings.is_unread = node.is_none() && is_unread(&documents, inputs);

    let files = documents.iter().zip(&readings);
    let files: Vec<_> = files.map(|(document, reading)| visibility::of_file(document, reading, &mut desk)).collect();
    // What a file says makes none of its records less strict.
    let above = files.iter().map(|said| said.filter(|said| *said > desk.visibility)).collect::<Vec<_>>();
    let mut records = Records::join(&mut readings, &above, &mut desk.findings);
    desk.known = Known::of(&records);
    let milestones = milestones::build(&mut records, &settings, &mut desk);
    for milestone in &milestones {
        for criterion in milestone.entry.criteria.iter().chain(&milestone.exit.criteria) {
            desk.known.add_criterion(&criterion.id, &criterion.text.value);
        }
    }
    let narratives = narratives::Pages { records: &records, milestones: &milestones, root: &inputs.root };
    let mut narratives = narratives.build(&documents, &readings);
    let said: HashMap<&str, _> = documents.iter().map(|document| &*document.path).zip(files).collect();
    for narrative in &mut narratives {
        narrative.visibility = said.get(&*narrative.path).copied().flatten().unwrap_or(desk.visibility);
    }
    let understood = readings.iter_mut().flat_map(|reading| reading.accounts.drain(..));
    let sources: HashMap<&str, &Source> = inputs.sources.iter().map(|source| (&*source.path, source)).collect();
    let understood = understood.map(|account| told(account, &sources)).collect();
    let programme = Programme {
        milestones,
        evidence: evidence::build(records.take(Kind::Evidence), &mut desk),
        decisions: governance::decisions(records.take(Kind::Decision), &mut desk),
        waivers: governance::waivers(records.take(Kind::Waiver), &mut desk),
        risks: registers::risks(records.take(Kind::Risk), &mut desk),
        concerns: registers::concerns(&mut records, &mut desk),
        reviews: registers::reviews(records.take(Kind::Review), &mut desk),
        confidences: registers::confidences(records.take(Kind::Confidence), &mut desk),
        changes: registers::changes(records.take(Kind::Change), &mut desk),
        narratives,
        prose: narratives::prose(&documents),
        understood,
        assets: inputs.assets.clone(),
        history,
        settings,
    };
    registers::near_categories(&programme.risks, &programme.settings.appetite, &mut desk);
    let mut findings = desk.into_findings();
    findings.extend(unheard_settings(&documents, &readings));
    findings.extend(inputs.unreadable.iter().map(|unreadable| {
        let (fault, remedy) = unreadable.reason.split_once("; ").unwrap_or((&unreadable.reason, ""));
        let remedy = if remedy.is_empty() { "mend the file" } else { remedy };
        let message = format!("`{}` is not read: it {fault}", unreadable.path);
        Finding::new("unreadable-file", Span::file(&unreadable.path), message)
            .help(format!("{remedy}; or move it out of the programme's folder"))
            .about(&*unreadable.path)
    }));
    findings.sort_by(|left, right| left.at.cmp(&right.at).then_with(|| left.cmp(right)));
    (programme, findings)
}

/// Is there a file of settings of which nothing could be read? One that holds nothing was read.
fn is_unread(documents: &[&Document], inputs: &Inputs) -> bool {
    let says_something = |text: &str| {
        let words = text.lines().map(str::trim).filter(|line| !line.is_empty() && *line != "---");
        words.into_iter().any(|line| !line.starts_with('#'))
    };
    let is_settings = |path: &str| entries::is_settings(path, &inputs.root);
    let mut broken = documents.iter().filter(|document| document.data.is_none() && is_settings(&document.path));
    broken.any(|document| inputs.source(&document.path).is_some_and(|source| says_something(&source.text)))
        || inputs.unreadable.iter().any(|file| is_settings(&file.path))
}

/// Settings in a second file, under another of its names.
fn unheard_settings(documents: &[&Document], readings: &[Reading]) -> Vec<Finding> {
    let files = documents.iter().zip(readings).filter(|(_, reading)| reading.settings.is_some());
    let files: Vec<&Arc<str>> = files.map(|(document, _)| &document.path).collect();
    let Some((heard, unheard)) = files.split_first() else { return Vec::new() };
    let told = unheard.iter().map(|path| {
        Finding::new(
            "two-settings-files",
            Span::file(path),
            format!("`{path}` is not heard: the settings are those of `{heard}`"),
        )
        .label("not heard")
        .related(Span::file(heard), "the settings that hold")
        .help(format!("move what is wanted into `{heard}`, and delete this file"))
        .about(path.to_string())
    });
    told.collect()
}

/// Takes every document apart: the one step of assembling that knows nothing of the others.
fn read<'a>(documents: &[&'a Document], root: &str, own: &Vocabulary, findings: &mut Vec<Finding>) -> Vec<Reading<'a>> {
    let read = documents.par_iter().map(|document| {
        let mut found = Vec::new();
        (entries::read(document, root, own, &mut found), found)
    });
    let (readings, found): (Vec<Reading>, Vec<Vec<Finding>>) = read.unzip();
    findings.extend(found.into_iter().flatten());
    readings
}

/// The first heading of the first file that holds a milestone; its words name the programme where nothing else does.
fn title<'a>(readings: &[Reading<'a>]) -> Option<&'a Text> {
    let holds = |reading: &&Reading| reading.entries.iter().any(|entry| entry.kind == Kind::Milestone);
    readings.iter().filter(holds).find_map(|reading| reading.title)
}

fn told(account: entries::Account, sources: &HashMap<&str, &Source>) -> Understood {
    let entries::Account { at, kind, why, columns, extras, records } = account;
    let line = sources.get(&*at.path).map_or(1, |source| place(&source.text, at.start).line);
    Understood { at, line, kind, why, columns, extras, records }
}

/// What every record has, from its joined parts.
fn record(joined: &mut join::Joined, desk: &mut Desk) -> Record {
    let visibility = visibility::strictest(&joined.visibility, joined.id.as_str(), desk).unwrap_or(desk.visibility);
    Record {
        id: joined.id.clone(),
        id_derived: joined.id_derived,
        parts: std::mem::take(&mut joined.parts),
        visibility,
        narrative: std::mem::take(&mut joined.narrative),
        extras: std::mem::take(&mut joined.extras),
        written: joined.written(),
        unsaid: joined.unsaid(),
    }
}

#[cfg(test)]
mod tests;
