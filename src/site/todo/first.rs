//! The one edit that helps most, ready to paste.

use chrono::{Datelike, Days};
use serde::Serialize;

use crate::finding::Severity;
use crate::model::id::Id;
use crate::model::milestone::{DeclaredColour, Milestone};
use crate::model::reference::{Kind, Reference};
use crate::site::material::{Material, Sentence};
use crate::status::{CriterionState, EvidenceState, Lifecycle};

#[derive(Debug, Clone, Serialize)]
pub struct FirstEdit {
    pub title: String,
    pub why: Sentence,
    /// What to paste; empty where the edit is no new text.
    pub text: String,
    /// Where it goes.
    pub file: String,
}

pub fn of(material: &Material) -> Option<FirstEdit> {
    week_1(material).or_else(|| decisions(material)).or_else(|| judgement(material)).or_else(|| commonest(material))
}

/// A plan in weeks without a calendar: one line gives it dates.
fn week_1(material: &Material) -> Option<FirstEdit> {
    if material.programme.settings.calendar.week_1.is_some() {
        return None;
    }
    let windows = material.programme.milestones.iter().filter_map(|milestone| milestone.window.as_ref());
    let in_weeks = windows.filter(|window| window.value.end.is_none() && window.value.weeks.is_some()).count();
    if in_weeks == 0 {
        return None;
    }
    let data_date = material.data_date();
    let monday = data_date - Days::new(u64::from(data_date.weekday().num_days_from_monday()));
    let words = material.words;
    let comment = words.say("first.week_1_comment");
    Some(FirstEdit {
        title: words.say("first.week_1"),
        why: Sentence::plain(words.count("first.week_1_why", in_weeks as i64)),
        text: format!("calendar:\n  week_1: {monday}   # {comment}\n"),
        file: "programme.yaml".to_string(),
    })
}

/// Milestones that are said to be done and whose exit nobody decided: one table of decisions.
fn decisions(material: &Material) -> Option<FirstEdit> {
    let said_done = |milestone: &&Milestone| {
        let declared = milestone.declared.as_ref().and_then(|declared| declared.value.colour);
        let standing = material.standing.milestones.get(&milestone.record.id);
        let is_open = standing
            .is_some_and(|standing| !standing.exit.state.is_decided_go() && standing.lifecycle != Lifecycle::Stopped);
        is_open && (declared == Some(DeclaredColour::Complete) || milestone.actual.is_some())
    };
    let done: Vec<&Milestone> = material.programme.milestones.iter().filter(said_done).collect();
    if done.is_empty() {
        return None;
    }
    let words = material.words;
    let mut table = String::from("| ID | Gate | Outcome | By | Date |\n| --- | --- | --- | --- | --- |\n");
    let first_number = next_number(material);
    for (index, milestone) in done.iter().enumerate() {
        let id = &milestone.record.id;
        let by = material.called(&milestone.exit.authority).unwrap_or_else(|| words.say("first.by"));
        let date = milestone.actual.as_ref().map(|date| date.value.to_string());
        // A template date is found as a placeholder until somebody fills it: the day of a decision is not ours to guess.
        let date = date.unwrap_or_else(|| "yyyy-mm-dd".to_string());
        table.push_str(&format!(
            "| D-{:03} | {} exit | go | {} | {date} |\n",
            first_number + index,
            cell(id.as_str()),
            cell(&by)
        ));
    }
    Some(FirstEdit {
        title: words.say("first.decisions"),
        why: Sentence::plain(words.count("first.decisions_why", done.len() as i64)),
        text: table,
        file: "decisions.md".to_string(),
    })
}

/// Evidence that waits for its acceptor, for the criterion that is due first: three lines of its record.
fn judgement(material: &Material) -> Option<FirstEdit> {
    let (programme, words) = (material.programme, material.words);
    let waiting = programme.criteria().filter_map(|(_, criterion)| {
        let standing = material.standing.criteria.get(&criterion.id)?;
        (standing.state == CriterionState::Submitted).then_some((standing.due, criterion, standing))
    });
    let (_, criterion, standing) = waiting.min_by_key(|(due, _, _)| (due.is_none(), *due))?;
    let waits = |id: &&Id| material.standing.evidence.get(*id).is_some_and(|it| it.state == EvidenceState::Submitted);
    let id = standing.evidence.iter().find(waits)?;
    let item = programme.evidence.iter().find(|item| item.record.id == *id)?;
    let named = material.called(&criterion.acceptor);
    let somebody = if named.is_some() { "first.judgement_why" } else { "first.judgement_why_open" };
    let acceptor = named.unwrap_or_else(|| words.say("first.acceptor"));
    let said = [("evidence", id.as_str()), ("criterion", criterion.id.as_str()), ("acceptor", &acceptor)];
    let rests_on = [Reference::new(Kind::Evidence, id), Reference::new(Kind::Criterion, &criterion.id)];
    let path = item.record.at().path;
    Some(FirstEdit {
        title: words.fill("first.judgement", &said),
        why: material.sentence(&words.fill(somebody, &said), &rests_on),
        text: format!("result: pass\nacceptor: {acceptor}\naccepted_on: yyyy-mm-dd\n"),
        file: if path.is_empty() { id.to_string() } else { path.to_string() },
    })
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// One above the highest number among the decisions.
fn next_number(material: &Material) -> usize {
    let digits = |id: &str| {
        let start = id.trim_end_matches(|character: char| character.is_ascii_digit()).len();
        id[start..].parse::<usize>().ok()
    };
    let numbers = material.programme.decisions.iter().filter_map(|decision| digits(decision.record.id.as_str()));
    numbers.max().unwrap_or(0).saturating_add(1)
}

/// The rule with the most findings that are not notes.
fn commonest(material: &Material) -> Option<FirstEdit> {
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    let live = || material.findings.iter().filter(|it| it.severity > Severity::Note && it.allowed.is_none());
    live().for_each(|finding| *counts.entry(&finding.rule).or_default() += 1);
    let (rule, count) = counts.into_iter().max_by_key(|(rule, count)| (*count, std::cmp::Reverse(*rule)))?;
    let example = live().find(|finding| finding.rule == rule)?;
    let words = material.words;
    let why = match &example.help {
        Some(help) => words.fill("first.help", &[("message", &example.message), ("help", help)]),
        None => words.fill("first.message", &[("message", &example.message)]),
    };
    let title = words.count_with("first.commonest", count as i64, &[("rule", rule)]);
    Some(FirstEdit { title, why: material.message(&why), text: String::new(), file: example.path.clone() })
}
