//! Findings as SARIF 2.1.0, for code scanning: every rule with its documentation, every finding with its place.

use serde_json::{Value, json};

use crate::cli::json::seen;
use crate::cli::states::State;
use crate::cli::terminal::displayed;
use crate::finding::Severity;
use crate::rules::{self, Rule};
use crate::source::Place;
use crate::version::Judged;

/// One run with all findings in their order, paths below `folder`, and the states among its properties. What an allowance
/// answers for is suppressed, with its reason.
pub fn sarif(findings: &[Judged], states: &[State], folder: &str) -> String {
    let results: Vec<Value> = findings.iter().map(|finding| result(finding, folder)).collect();
    let rules: Vec<Value> = rules::ALL.iter().map(|rule| descriptor(rule)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "milepost", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
            "properties": { "states": states },
        }],
    });
    seen(&serde_json::to_string_pretty(&log).expect("texts and numbers can be written as JSON"))
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.name,
        "shortDescription": { "text": rule.what() },
        "fullDescription": { "text": rule.why() },
        "help": { "text": rule.documentation, "markdown": rule.documentation },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "tags": [rule.family.word()] },
    })
}

fn result(finding: &Judged, folder: &str) -> Value {
    let help = finding.help.as_ref().map_or(String::new(), |help| format!("\n{help}"));
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": { "text": format!("{}{help}", finding.message) },
        "locations": [],
    });
    if let Some(index) = rules::ALL.iter().position(|rule| rule.name == finding.rule) {
        result["ruleIndex"] = json!(index);
    }
    if !finding.path.is_empty() {
        let path = displayed(folder, &finding.path);
        result["locations"] = json!([{ "physicalLocation": location(&path, finding.start, finding.end) }]);
    }
    if !finding.related.is_empty() {
        let related = finding.related.iter().map(|related| {
            let place = location(&displayed(folder, &related.path), related.start, related.start);
            json!({ "physicalLocation": place, "message": { "text": related.note } })
        });
        result["relatedLocations"] = related.collect();
    }
    if let Some(answer) = &finding.allowed {
        result["suppressions"] = json!([{ "kind": "external", "justification": answer }]);
    }
    result
}

/// The end is exclusive, as in findings; columns count characters, which `columnKind` says.
fn location(path: &str, start: Place, end: Place) -> Value {
    json!({
        "artifactLocation": { "uri": uri(path) },
        "region": {
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// A relative path as a URI reference.
fn uri(path: &str) -> String {
    let kept = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_' | b'~');
    path.bytes().map(|byte| if kept(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::sarif;
    use crate::finding::Severity;
    use crate::rules;
    use crate::source::Place;
    use crate::version::{Judged, Related};

    fn finding() -> Judged {
        Judged {
            rule: "unknown-value".to_string(),
            severity: Severity::Warning,
            message: "`x` is not known".to_string(),
            path: "content/a b.md".to_string(),
            start: Place { line: 3, column: 4 },
            end: Place { line: 3, column: 9 },
            label: String::new(),
            related: vec![Related {
                path: "c.md".to_string(),
                start: Place { line: 1, column: 2 },
                note: "as here".to_string(),
                bytes: (0, 1),
            }],
            help: Some("mend it".to_string()),
            subject: None,
            allowed: Some("agreed".to_string()),
            bytes: (0, 1),
        }
    }

    #[test]
    fn a_finding_has_its_rule_its_place_and_what_answers_for_it() {
        let log: Value = serde_json::from_str(&sarif(&[finding()], &[], "plan/")).unwrap();
        let run = &log["runs"][0];
        let result = &run["results"][0];
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert_eq!(result["level"], "warning");
        assert_eq!(
            result["locations"],
            json!([{ "physicalLocation": {
                "artifactLocation": { "uri": "plan/content/a%20b.md" },
                "region": { "startLine": 3, "startColumn": 4, "endLine": 3, "endColumn": 9 },
            } }])
        );
        assert_eq!(result["relatedLocations"][0]["message"]["text"], "as here");
        assert_eq!(result["suppressions"][0]["justification"], "agreed");
    }

    #[test]
    fn every_rule_is_documented_and_what_belongs_to_no_file_has_no_place() {
        let log: Value =
            serde_json::from_str(&sarif(&[Judged { path: String::new(), ..finding() }], &[], "plan/")).unwrap();
        let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
        assert_eq!(rules.len(), rules::ALL.len());
        for rule in rules {
            for text in [&rule["shortDescription"]["text"], &rule["fullDescription"]["text"], &rule["help"]["text"]] {
                assert!(text.as_str().is_some_and(|text| !text.is_empty()), "{rule}");
            }
            assert!(["error", "warning", "note"].contains(&rule["defaultConfiguration"]["level"].as_str().unwrap()));
        }
        assert_eq!(log["runs"][0]["results"][0]["locations"], json!([]));
        assert_eq!(log["version"], "2.1.0");
    }
}
