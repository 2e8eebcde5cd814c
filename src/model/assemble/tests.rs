//! Programmes from a few lines of Markdown and YAML, and what is found in them.

use std::sync::Arc;

use chrono::NaiveDate;
use expect_test::{Expect, expect};

use crate::finding::Finding;
use crate::model::Programme;
use crate::model::assemble::{Clock, assemble};
use crate::model::history::History;
use crate::source::{Asset, Inputs, Source, place};
use crate::syntax;

const SEED: &str = "\
# Version 1.00 Milestone List

| Milestone ID | Name | Target Window | Description | Entry Criteria | Exit Criteria |
| --- | --- | --- | --- | --- | --- |
| M1 | Programme Mobilisation & Governance Lock | Week 1 | Stand up programme governance, confirm scope, publish charter, and baseline architecture & taxonomy decisions. | Steering committee seated, budget confirmed, pre-update evaluations reviewed. | Update plan approved, backlog groomed, risk register initiated, and communications cadences active. |
| M2 | Release Automation & Data Foundations | Weeks 1–3 | Build CI/CD pipelines, infrastructure-as-code, database migrations/seeders, observability stack, and readiness dashboards. | M1 complete, platform environments provisioned, engineering squads staffed. | Pipelines green, automated migrations + seed verification passing, CodeDeploy blue/green rehearsal signed off, observability dashboards live, rollback drills recorded. |
| M3 | Timeline Hub & Support Experience | Weeks 3–5 | Deliver timeline hub services, moderation tooling, ads/recommendations placements, and Chatwoot integration across web/mobile. | M2 complete, feed schema finalised, design assets signed off. | Feature flags validated, moderation workflows documented, Chatwoot integration tested end-to-end, accessibility report signed. |
| M4 | Marketplace Commerce & Persona Dashboards | Weeks 4–6 | Implement commerce flows, wallet/escrow, persona dashboards with finance/tax widgets, and analytics reporting. | M2 data foundations deployed, compliance requirements baselined. | Checkout + escrow QA passed, dashboards live with analytics, finance/legal sign-off obtained. |
| M5 | Compliance & Launch Readiness | Weeks 5–6 | Finalise legal artefacts, GDPR tooling, incident response, enablement kits, and go-live rehearsals. | M3 feature set complete, legal review window scheduled. | Legal documents published, DSAR tooling operational, runbooks approved, go-live rehearsal signed off, end-of-update report drafted. |
";

fn build(files: &[(&str, &str)]) -> (Programme, Vec<Finding>, Inputs) {
    let source = |(path, text): &(&str, &str)| Source { path: format!("content/{path}").into(), text: (*text).into() };
    let is_text = |path: &str| path.ends_with(".md") || path.ends_with(".yaml");
    let texts = files.iter().filter(|(path, _)| is_text(path));
    let assets = files.iter().filter(|(path, _)| !is_text(path)).map(|(path, text)| Asset {
        path: format!("content/{path}").into(),
        length: text.len() as u64,
        sha256: "0".repeat(64).into(),
    });
    let inputs = Inputs {
        root: "content".into(),
        sources: texts.map(source).collect(),
        assets: assets.collect(),
        ..Inputs::default()
    };
    let mut findings = Vec::new();
    let mut documents = Vec::new();
    for source in &inputs.sources {
        let (document, found) = syntax::parse(source);
        documents.push(Arc::new(document));
        findings.extend(found);
    }
    let clock = Clock { as_of: None, fallback: day("2026-02-18") };
    let (programme, found) = assemble(&documents, &inputs, History::default(), clock);
    findings.extend(found);
    (programme, findings, inputs)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Every finding as `rule at path:line:column: message | help`.
fn check(files: &[(&str, &str)], expected: Expect) -> Programme {
    let (programme, findings, inputs) = build(files);
    let mut lines = String::new();
    for finding in findings {
        let at = finding.at.path.trim_start_matches("content/").to_string();
        let source = inputs.source(&finding.at.path).expect("a finding is in a source");
        let place = place(&source.text, finding.at.start);
        let help = finding.help.unwrap_or_default();
        lines.push_str(&format!(
            "{} at {at}:{}:{}: {} | {help}\n",
            finding.rule, place.line, place.column, finding.message
        ));
    }
    expected.assert_eq(&lines);
    programme
}

/// What the milestones are, a line each.
fn told(programme: &Programme) -> String {
    let mut lines = String::new();
    for milestone in &programme.milestones {
        let window = milestone.window.as_ref().map(|window| {
            let window = &window.value;
            let date = |date: Option<NaiveDate>| date.map_or("–".to_string(), |date| date.to_string());
            format!(
                "{} {:?} {}..{}",
                window.text,
                window.weeks.unwrap_or_default(),
                date(window.start),
                date(window.end)
            )
        });
        lines.push_str(&format!("{} {} | {}\n", milestone.record.id, milestone.name.value, window.unwrap_or_default()));
        for criterion in milestone.entry.criteria.iter().chain(&milestone.exit.criteria) {
            let dependency = criterion.dependency.as_ref().map(|dependency| {
                let ids = dependency.milestones.iter().map(|id| id.value.to_string());
                format!(" → {} {:?}", ids.collect::<Vec<_>>().join(" "), dependency.extent).to_lowercase()
            });
            let owner = criterion.owner.as_ref().map(|owner| format!(" ({})", owner.value));
            let tail = format!("{}{}", owner.unwrap_or_default(), dependency.unwrap_or_default());
            lines.push_str(&format!("  {} {}{tail}\n", criterion.id, criterion.text.value));
        }
    }
    lines
}

#[test]
fn seed_list_is_read_as_it_is() {
    let (programme, _, _) = build(&[("milestones.md", SEED)]);
    expect![[r#"
        M1 Programme Mobilisation & Governance Lock | Week 1 (1, 1) –..–
        M2 Release Automation & Data Foundations | Weeks 1–3 (1, 3) –..–
        M3 Timeline Hub & Support Experience | Weeks 3–5 (3, 5) –..–
        M4 Marketplace Commerce & Persona Dashboards | Weeks 4–6 (4, 6) –..–
        M5 Compliance & Launch Readiness | Weeks 5–6 (5, 6) –..–
    "#]].assert_eq(&told(&programme));
    assert_eq!(programme.settings.name, "Version 1.00 Milestone List");
    assert_eq!(programme.settings.version, "1.00");
}
