//! Can I believe this?

mod coverage;
mod findings;
mod understood;

use serde::Serialize;

use crate::finding::Severity;
use crate::site::View;
use crate::site::material::{Material, capital};
use crate::site::quality::coverage::Measure;
use crate::site::quality::findings::{Allowed, Changed, Group};
use crate::site::quality::understood::Source;

#[derive(Debug, Clone, Serialize)]
pub struct QualityView {
    pub lede: String,
    /// "2 errors, 14 warnings and 3 notes"; what is allowed, switched off or withheld follows.
    pub counts: Vec<String>,
    pub coverage: Vec<Measure>,
    pub groups: Vec<Group>,
    pub allowed: Vec<Allowed>,
    pub changed: Vec<Changed>,
    pub withheld: String,
    pub withholds: bool,
    /// Settings of rules and allowances are not frozen: a frozen version tells their effect alone.
    pub is_frozen: bool,
    pub unreadable: Vec<findings::Line>,
    pub sources: Vec<Source>,
    pub has_method: bool,
}

pub fn page(material: &Material) -> (&'static str, String, View) {
    let words = material.words;
    let coverage = coverage::of(material);
    let view = QualityView {
        lede: lede(material),
        counts: counts(material),
        coverage,
        groups: findings::groups(material),
        allowed: findings::allowed(material),
        changed: findings::changed(material),
        withheld: withheld(material),
        withholds: material.withheld.iter().any(|(_, count)| *count > 0),
        is_frozen: material.versions.this().is_frozen(),
        unreadable: findings::unreadable(material),
        sources: understood::of(material),
        has_method: material.has_page("method.html"),
    };
    ("quality.html", words.say("nav.quality"), View::Quality(Box::new(view)))
}

fn number(material: &Material, severity: Severity) -> usize {
    let open = material.findings.iter().filter(|finding| finding.allowed.is_none());
    open.filter(|finding| finding.severity == severity).count()
}

/// What the reader may lean on: a plan is told calmly, whatever it lacks.
fn lede(material: &Material) -> String {
    let words = material.words;
    let (errors, warnings) = (number(material, Severity::Error), number(material, Severity::Warning));
    if material.findings.iter().any(|finding| finding.rule == "version-altered") {
        return words.say("quality.lede_altered");
    }
    if material
        .findings
        .iter()
        .any(|finding| matches!(finding.rule.as_str(), "unreadable-file" | "yaml-does-not-parse"))
    {
        return words.say("quality.lede_unread");
    }
    if material.standing.programme.is_plan {
        return words.count("quality.lede_plan", (errors + warnings) as i64);
    }
    match (errors, warnings) {
        (0, 0) => words.say("quality.lede_clean"),
        (0, warnings) => words.count("quality.lede_warnings", warnings as i64),
        (errors, _) => words.count("quality.lede_errors", errors as i64),
    }
}

fn counts(material: &Material) -> Vec<String> {
    let words = material.words;
    let severities =
        [(Severity::Error, "finding.error"), (Severity::Warning, "finding.warning"), (Severity::Note, "finding.note")];
    let mut counts: Vec<String> =
        severities.map(|(severity, key)| words.count(key, number(material, severity) as i64)).to_vec();
    let allowed = material.findings.iter().filter(|finding| finding.allowed.is_some()).count();
    counts.push(words.count("quality.allowed_count", allowed as i64));
    let off = material.findings.iter().filter(|finding| finding.rule == "rule-switched-off").count();
    counts.push(words.count("quality.off_count", off as i64));
    counts
}

/// "2 risks and 1 item of evidence are withheld …".
fn withheld(material: &Material) -> String {
    let words = material.words;
    let counted = material.withheld.iter().filter(|(_, count)| *count > 0);
    let counts: Vec<String> =
        counted.map(|(kind, count)| words.count(&format!("kind.{}", kind.word()), *count as i64)).collect();
    if counts.is_empty() {
        return words.say("quality.withheld_none");
    }
    capital(&words.fill("quality.withheld", &[("records", &words.list(&counts))]))
}
