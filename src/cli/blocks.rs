//! Findings as they are told: one block for one rule in one file, so that a first import is not a wall of red.

use std::collections::{BTreeMap, HashSet};

use crate::finding::Severity;
use crate::rules;
use crate::source::is_settings_name;
use crate::version::Judged;

/// How many subjects a sentence names before it says "and 31 more".
const NAMED: usize = 3;

/// One finding, or several of one rule in one file. Never empty.
pub struct Block<'a> {
    findings: Vec<&'a Judged>,
}

/// The blocks of all findings that no allowance answers for, in the order of each one's first finding; but causes before
/// what comes of them: files that were not read before all else, a row with a cell too many before its cells.
pub fn blocks(findings: &[Judged]) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut places: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut open: Vec<&Judged> = findings.iter().filter(|finding| finding.allowed.is_none()).collect();
    open.sort_by_key(|finding| (!is_unread(finding), &finding.path, finding.start.line, !is_of_row(finding)));
    for finding in open {
        let tells_several = rules::find(&finding.rule).is_some_and(|rule| rule.several.is_some());
        let known = places.get(&(finding.path.as_str(), finding.rule.as_str())).filter(|_| tells_several);
        if let Some(place) = known {
            blocks[*place].findings.push(finding);
            continue;
        }
        places.insert((&finding.path, &finding.rule), blocks.len());
        blocks.push(Block { findings: vec![finding] });
    }
    blocks
}

impl<'a> Block<'a> {
    pub fn first(&self) -> &'a Judged {
        self.findings[0]
    }

    pub fn findings(&self) -> &[&'a Judged] {
        &self.findings
    }

    pub fn severity(&self) -> Severity {
        self.first().severity
    }

    /// A sentence about all of them: "34 criteria have no owner: M1-E1, M1-E2, M1-E3 and 31 more".
    pub fn title(&self) -> String {
        let several = rules::find(&self.first().rule).and_then(|rule| rule.several);
        let Some(several) = several.filter(|_| self.findings.len() > 1) else { return self.first().message.clone() };
        several.replace("{n}", &self.findings.len().to_string()).replace("{subjects}", &self.subjects())
    }

    /// What to do: what is said of all of them, else what is said of the first.
    pub fn help(&self) -> Option<String> {
        let help = self.first().help.as_ref()?;
        if self.findings.iter().all(|finding| finding.help.as_ref() == Some(help)) {
            return Some(help.clone());
        }
        Some(format!("for {}: {help}", subject(self.first())))
    }

    fn subjects(&self) -> String {
        let mut seen = HashSet::new();
        let subjects = self.findings.iter().copied().map(subject);
        let subjects: Vec<String> = subjects.filter(|subject| seen.insert(subject.clone())).collect();
        // "and 1 more" would take the room of the one.
        if subjects.len() <= NAMED + 1 {
            let subjects: Vec<&str> = subjects.iter().map(String::as_str).collect();
            return rules::listed(&subjects, "and");
        }
        format!("{} and {} more", subjects[..NAMED].join(", "), subjects.len() - NAMED)
    }
}

/// Was a file or a part of one not read, or is it not what it was?
fn is_unread(finding: &Judged) -> bool {
    rules::find(&finding.rule).is_some_and(rules::Rule::is_firm)
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Is a whole row out of step with its header?
fn is_of_row(finding: &Judged) -> bool {
    matches!(finding.rule.as_str(), "row-wider-than-header" | "row-narrower-than-header" | "line-within-table")
}

fn subject(finding: &Judged) -> String {
    finding.subject.clone().unwrap_or_else(|| format!("line {}", finding.start.line))
}

/// "3 errors, 12 warnings, 5 notes; 2 allowed; 1 rule switched off".
pub fn summary(findings: &[Judged]) -> String {
    let open: Vec<&Judged> = findings.iter().filter(|finding| finding.allowed.is_none()).collect();
    let of = |severity: Severity| open.iter().filter(|finding| finding.severity == severity).count();
    let counts = [(of(Severity::Error), "error"), (of(Severity::Warning), "warning"), (of(Severity::Note), "note")];
    let counts: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| counted(*count, word)).collect();
    let mut summary = if counts.is_empty() { "nothing to mend".to_string() } else { counts.join(", ") };
    let allowed = findings.len() - open.len();
    if allowed > 0 {
        summary.push_str(&format!("; {allowed} allowed"));
    }
    let off = open.iter().filter(|finding| finding.rule == "rule-switched-off").count();
    if off > 0 {
        summary.push_str(&format!("; {} switched off", counted(off, "rule")));
    }
    if open.iter().any(|finding| is_unread(finding) && is_settings_name(file_name(&finding.path))) {
        summary.push_str("; until the settings are read, nothing is held to their dates, people and readers");
    } else if open.len() > 1 && open.iter().any(|finding| is_unread(finding)) {
        summary.push_str("; begin with what could not be read: much of the rest may come of it");
    }
    summary
}

fn counted(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

#[cfg(test)]
mod tests {
    use super::{blocks, summary};
    use crate::finding::Severity;
    use crate::source::Place;
    use crate::version::Judged;

    fn finding(rule: &str, subject: &str, line: u32) -> Judged {
        Judged {
            rule: rule.to_string(),
            severity: Severity::Warning,
            message: format!("`{subject}` is wrong"),
            path: "content/m.md".to_string(),
            start: Place { line, column: 1 },
            end: Place { line, column: 2 },
            label: String::new(),
            related: Vec::new(),
            help: Some(format!("mend `{subject}`")),
            subject: Some(subject.to_string()),
            allowed: None,
            bytes: (0, 1),
        }
    }

    #[test]
    fn findings_of_one_rule_in_one_file_are_one_sentence() {
        let ids = ["M1-E1", "M1-E2", "M1-E3", "M1-X1", "M1-X1", "M1-X2"];
        let mut findings: Vec<Judged> =
            ids.iter().enumerate().map(|(line, id)| finding("criterion-without-owner", id, line as u32 + 1)).collect();
        findings.push(Judged { allowed: Some("known".into()), ..finding("criterion-without-owner", "M9", 9) });
        findings.push(finding("dependency-cycle", "M1", 9));
        findings.push(finding("dependency-cycle", "M2", 9));
        let blocks = blocks(&findings);
        let titles: Vec<String> = blocks.iter().map(|block| block.title()).collect();
        assert_eq!(
            titles,
            ["6 criteria have no owner: M1-E1, M1-E2, M1-E3 and 2 more", "`M1` is wrong", "`M2` is wrong"]
        );
        assert_eq!(blocks[0].help().unwrap(), "for M1-E1: mend `M1-E1`");
        assert_eq!(summary(&findings), "8 warnings; 1 allowed");
        assert_eq!(summary(&[]), "nothing to mend");
    }
}
