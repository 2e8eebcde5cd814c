//! Findings as JSON, every one of them, and the states with their reasons, for other programs.

use serde::Serialize;

use crate::cli::states::State;
use crate::cli::terminal::{displayed, is_unseen};
use crate::finding::Severity;
use crate::version::Judged;

#[derive(Serialize)]
struct Told<'a> {
    findings: Vec<Finding<'a>>,
    states: &'a [State<'a>],
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    severity: Severity,
    path: String,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    message: &'a str,
    label: &'a str,
    help: Option<&'a str>,
    subject: Option<&'a str>,
    /// The answer of an allowance, where there is one.
    allowed: Option<&'a str>,
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    path: String,
    line: u32,
    column: u32,
    note: &'a str,
}

/// All findings in their order, paths below `folder`, and the states.
pub fn json(findings: &[Judged], states: &[State], folder: &str) -> String {
    let findings = findings.iter().map(|finding| view(finding, folder)).collect();
    seen(&serde_json::to_string_pretty(&Told { findings, states }).expect("texts and numbers can be written as JSON"))
}

/// JSON may end up on a terminal or in a log: what is not seen, and what begins a command there, is written as an escape,
/// which is the same JSON.
pub fn seen(text: &str) -> String {
    let mut seen = String::with_capacity(text.len() + 1);
    for character in text.chars() {
        let is_command = character == '[' && (seen.ends_with("##") || seen.ends_with("##vso"));
        if is_command || character != '\n' && is_unseen(character) {
            let mut units = [0; 2];
            character.encode_utf16(&mut units).iter().for_each(|unit| seen.push_str(&format!("\\u{unit:04x}")));
        } else {
            seen.push(character);
        }
    }
    seen.push('\n');
    seen
}

fn view<'a>(finding: &'a Judged, folder: &str) -> Finding<'a> {
    let related = finding.related.iter().map(|related| Related {
        path: displayed(folder, &related.path),
        line: related.start.line,
        column: related.start.column,
        note: &related.note,
    });
    Finding {
        rule: &finding.rule,
        severity: finding.severity,
        path: displayed(folder, &finding.path),
        line: finding.start.line,
        column: finding.start.column,
        end_line: finding.end.line,
        end_column: finding.end.column,
        message: &finding.message,
        label: &finding.label,
        help: finding.help.as_deref(),
        subject: finding.subject.as_deref(),
        allowed: finding.allowed.as_deref(),
        related: related.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::json;
    use crate::finding::Severity;
    use crate::source::Place;
    use crate::version::Judged;

    #[test]
    fn what_is_not_seen_is_an_escape_and_reads_back_the_same() {
        let message = "`a\u{202e}b\u{1b}[2J\u{9b}` is wrong";
        let finding = Judged {
            rule: "unknown-value".to_string(),
            severity: Severity::Error,
            message: message.to_string(),
            path: "content/m.md".to_string(),
            start: Place { line: 3, column: 4 },
            end: Place { line: 3, column: 9 },
            label: String::new(),
            related: Vec::new(),
            help: None,
            subject: None,
            allowed: None,
            bytes: (0, 1),
        };
        let text = json(&[finding], &[], "plan/");
        assert!(!text.contains(['\u{202e}', '\u{1b}', '\u{9b}']), "{text}");
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["findings"][0]["message"], message);
        assert_eq!(read["findings"][0]["path"], "plan/content/m.md");
        assert_eq!(read["findings"][0]["end_column"], 9);
    }
}
