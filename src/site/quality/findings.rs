//! What the rules found, what was answered for, and what was switched off.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::finding::Severity;
use crate::rules::{self, Rule};
use crate::site::coded::{self, Part};
use crate::site::material::{Material, capital};
use crate::version::Judged;

/// The findings of one rule.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    pub rule: String,
    pub severity: String,
    pub what: Vec<Part>,
    pub number: String,
    pub lines: Vec<Line>,
    /// Too many to stand open on the page.
    pub is_long: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Line {
    pub message: Vec<Part>,
    pub help: Vec<Part>,
    /// `content/milestones.md:3:5`; empty for what has no place.
    pub place: String,
    /// Where the file is edited.
    pub href: Option<String>,
}

/// A finding that somebody answers for.
#[derive(Debug, Clone, Serialize)]
pub struct Allowed {
    pub rule: String,
    pub subject: String,
    pub reason: String,
    pub by: String,
    pub until: String,
    pub number: usize,
}

/// A rule whose severity is not its own.
#[derive(Debug, Clone, Serialize)]
pub struct Changed {
    pub rule: String,
    pub from: String,
    pub to: String,
    pub note: Vec<Part>,
}

/// More findings of one rule than this are folded away.
const LONG: usize = 6;

/// Worst first, then the most.
pub fn groups(material: &Material) -> Vec<Group> {
    let mut by_rule: BTreeMap<&str, Vec<&Judged>> = BTreeMap::new();
    for finding in material.findings.iter().filter(|finding| finding.allowed.is_none()) {
        by_rule.entry(&finding.rule).or_default().push(finding);
    }
    let mut groups: Vec<(Severity, Vec<&Judged>)> = by_rule
        .into_values()
        .map(|findings| (findings.iter().map(|one| one.severity).max().unwrap_or(Severity::Note), findings))
        .collect();
    groups.sort_by_key(|(severity, findings)| std::cmp::Reverse((*severity, findings.len())));
    groups.into_iter().map(|(severity, findings)| group(material, severity, &findings)).collect()
}

fn group(material: &Material, severity: Severity, findings: &[&Judged]) -> Group {
    let rule = findings.first().map(|finding| finding.rule.clone()).unwrap_or_default();
    Group {
        severity: material.words.of("severity", severity.word()),
        what: coded::parts(rules::find(&rule).map_or("", Rule::what)),
        number: material.words.count("quality.findings", findings.len() as i64),
        lines: findings.iter().map(|finding| line(material, finding)).collect(),
        is_long: findings.len() > LONG,
        rule,
    }
}

fn line(material: &Material, finding: &Judged) -> Line {
    let place = format!("{}:{}:{}", finding.path, finding.start.line, finding.start.column);
    Line {
        message: sentence(&finding.message),
        help: finding.help.as_deref().map(sentence).unwrap_or_default(),
        place: if finding.path.is_empty() { String::new() } else { place },
        href: material.edit_file(&finding.path),
    }
}

/// Findings are lower case without a full stop, for a terminal; a page has sentences.
fn sentence(text: &str) -> Vec<Part> {
    let end = if text.ends_with(['.', '?', '!', ':']) { "" } else { "." };
    coded::parts(&format!("{}{end}", capital(text)))
}

/// The allowances of the working state with how much each answers for; of a frozen one, what was answered for.
pub fn allowed(material: &Material) -> Vec<Allowed> {
    if material.versions.this().is_frozen() {
        return allowed_then(material);
    }
    let words = material.words;
    let told = material.programme.settings.allow.iter().map(|allowance| {
        let rule = &allowance.rule.value;
        let subject = allowance.subject.as_ref().map(|subject| subject.value.clone());
        let answers = material.findings.iter().filter(|finding| {
            let is_here = subject.is_none()
                || finding.subject == subject
                || subject.as_ref().is_some_and(|subject| finding.path.ends_with(subject.as_str()));
            finding.allowed.is_some() && finding.rule == *rule && is_here
        });
        Allowed {
            number: answers.count(),
            rule: rule.clone(),
            subject: subject.clone().unwrap_or_else(|| words.say("quality.everywhere")),
            reason: allowance.reason.clone(),
            by: material.programme.settings.called(&allowance.by).to_string(),
            until: allowance.until.map_or_else(|| words.say("changes.no_date"), |until| material.date_text(until)),
        }
    });
    told.collect()
}

fn allowed_then(material: &Material) -> Vec<Allowed> {
    let answered = material.findings.iter().filter_map(|finding| {
        let reason = finding.allowed.clone()?;
        let subject = finding.subject.clone().unwrap_or_else(|| finding.path.clone());
        Some(Allowed {
            rule: finding.rule.clone(),
            subject,
            reason,
            by: String::new(),
            until: String::new(),
            number: 1,
        })
    });
    answered.collect()
}

pub fn changed(material: &Material) -> Vec<Changed> {
    let words = material.words;
    let settings = &material.programme.settings;
    let told = settings.rules.iter().filter_map(|(name, written)| {
        let rule = rules::find(name)?;
        let off = material
            .findings
            .iter()
            .find(|finding| finding.rule == "rule-switched-off" && finding.subject.as_deref() == Some(name));
        let to = written.value.map_or_else(|| words.say("quality.off"), |to| words.of("severity", to.word()));
        (written.value != Some(rule.severity)).then(|| Changed {
            rule: name.clone(),
            from: words.of("severity", rule.severity.word()),
            to,
            note: coded::parts(off.map_or("", |finding| &finding.message)),
        })
    });
    told.collect()
}

/// Files that were not read at all or in part.
pub fn unreadable(material: &Material) -> Vec<Line> {
    let is_unread = |finding: &&Judged| matches!(finding.rule.as_str(), "unreadable-file" | "yaml-does-not-parse");
    material.findings.iter().filter(is_unread).map(|finding| line(material, finding)).collect()
}
