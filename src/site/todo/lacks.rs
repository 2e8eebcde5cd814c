//! What the records lack, by milestone: findings of one rule told as one line.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::finding::Severity;
use crate::model::reference::Kind;
use crate::site::material::{Link, Material, Sentence};
use crate::version::Judged;

#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// None for what is about no single milestone.
    pub milestone: Option<Link>,
    pub name: String,
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Line {
    pub severity: String,
    pub rule: String,
    /// The message where there is one finding; else the records it is about.
    pub message: Sentence,
    pub about: Vec<Link>,
    pub more: String,
    pub help: Sentence,
    pub place: String,
}

const NAMED: usize = 4;

pub fn of(material: &Material) -> Vec<Group> {
    let mut homes: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, milestone) in material.programme.milestones.iter().enumerate() {
        homes.insert(milestone.record.id.as_str(), index);
        let criteria = milestone.entry.criteria.iter().chain(&milestone.exit.criteria);
        homes.extend(criteria.map(|criterion| (criterion.id.as_str(), index)));
    }
    let elsewhere = material.programme.milestones.len();
    let mut grouped: BTreeMap<(usize, std::cmp::Reverse<Severity>, &str), Vec<&Judged>> = BTreeMap::new();
    for finding in material.findings.iter().filter(|it| it.allowed.is_none() && it.severity > Severity::Note) {
        let home = finding.subject.as_deref().and_then(|subject| home(&homes, subject)).unwrap_or(elsewhere);
        grouped.entry((home, std::cmp::Reverse(finding.severity), &finding.rule)).or_default().push(finding);
    }
    let mut groups: Vec<Group> = Vec::new();
    let mut last = None;
    for ((home, ..), findings) in grouped {
        if last != Some(home) {
            groups.push(group(material, home));
            last = Some(home);
        }
        groups.last_mut().expect("just pushed").lines.push(line(material, &findings));
    }
    groups
}

/// By the record itself, or by the milestone that its words begin with: "M4 exit".
fn home(homes: &BTreeMap<&str, usize>, subject: &str) -> Option<usize> {
    let first = || subject.split_whitespace().next().and_then(|word| homes.get(word));
    homes.get(subject).or_else(first).copied()
}

fn group(material: &Material, home: usize) -> Group {
    let milestone = material.programme.milestones.get(home);
    Group {
        milestone: milestone.map(|milestone| material.link(Kind::Milestone, &milestone.record.id)),
        name: milestone.map_or_else(|| material.words.say("todo.elsewhere"), |it| it.name.value.clone()),
        lines: Vec::new(),
    }
}

fn line(material: &Material, findings: &[&Judged]) -> Line {
    let first = findings[0];
    let subjects: Vec<&str> = findings.iter().filter_map(|finding| finding.subject.as_deref()).collect();
    let named: Vec<Link> = subjects.iter().take(NAMED).map(|subject| material.named(subject)).collect();
    let left = findings.len() - named.len();
    let words = material.words;
    let is_one = findings.len() == 1;
    Line {
        severity: words.of("severity", first.severity.word()),
        rule: first.rule.clone(),
        message: if is_one {
            material.message(&first.message)
        } else {
            Sentence::plain(words.count("todo.findings", findings.len() as i64))
        },
        about: if is_one { Vec::new() } else { named },
        more: if is_one || left == 0 { String::new() } else { words.count("todo.more_records", left as i64) },
        help: first.help.as_ref().map(|help| material.message(help)).unwrap_or_default(),
        place: place(material, first),
    }
}

/// Where it is to be mended; nothing for what belongs to no file, such as a setting that is not written.
fn place(material: &Material, finding: &Judged) -> String {
    if finding.path.is_empty() {
        return String::new();
    }
    material.words.fill("todo.place", &[("path", &finding.path), ("line", &finding.start.line.to_string())])
}
