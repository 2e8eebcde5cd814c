//! Programmes from a few lines of Markdown and YAML, and what is found in them.

use std::sync::Arc;

use chrono::NaiveDate;
use expect_test::{Expect, expect};

use crate::finding::Finding;
use crate::model::assemble::{Clock, assemble};
use crate::model::decision::Outcome;
use crate::model::history::History;
use crate::model::{Programme, Visibility};
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
          M1-E1 Steering committee seated
          M1-E2 budget confirmed
          M1-E3 pre-update evaluations reviewed
          M1-X1 Update plan approved
          M1-X2 backlog groomed
          M1-X3 risk register initiated
          M1-X4 communications cadences active
        M2 Release Automation & Data Foundations | Weeks 1–3 (1, 3) –..–
          M2-E1 M1 complete → m1 whole
          M2-E2 platform environments provisioned
          M2-E3 engineering squads staffed
          M2-X1 Pipelines green
          M2-X2 automated migrations + seed verification passing
          M2-X3 CodeDeploy blue/green rehearsal signed off
          M2-X4 observability dashboards live
          M2-X5 rollback drills recorded
        M3 Timeline Hub & Support Experience | Weeks 3–5 (3, 5) –..–
          M3-E1 M2 complete → m2 whole
          M3-E2 feed schema finalised
          M3-E3 design assets signed off
          M3-X1 Feature flags validated
          M3-X2 moderation workflows documented
          M3-X3 Chatwoot integration tested end-to-end
          M3-X4 accessibility report signed
        M4 Marketplace Commerce & Persona Dashboards | Weeks 4–6 (4, 6) –..–
          M4-E1 M2 data foundations deployed → m2 part
          M4-E2 compliance requirements baselined
          M4-X1 Checkout + escrow QA passed
          M4-X2 dashboards live with analytics
          M4-X3 finance/legal sign-off obtained
        M5 Compliance & Launch Readiness | Weeks 5–6 (5, 6) –..–
          M5-E1 M3 feature set complete → m3 part
          M5-E2 legal review window scheduled
          M5-X1 Legal documents published
          M5-X2 DSAR tooling operational
          M5-X3 runbooks approved
          M5-X4 go-live rehearsal signed off
          M5-X5 end-of-update report drafted
    "#]]
    .assert_eq(&told(&programme));
    assert_eq!(programme.settings.name, "Version 1.00 Milestone List");
    assert!(programme.narratives.is_empty());
    assert_eq!(programme.settings.version, "1.00");
}

#[test]
fn weeks_have_dates_where_week_1_is_known() {
    let settings =
        "name: Version 1.00 Update\nversion: 1.00\ndata_date: 2026-02-18\ncalendar: { week_1: 2026-02-02 }\n";
    let programme = check(
        &[("milestones.md", SEED), ("programme.yaml", settings)],
        expect![[r#"
        criteria-split-on-commas at milestones.md:5:173: the entry criteria of `M1` are read as 3 at their commas | use `;` or `<br>` between criteria to say so yourself
        criteria-split-on-commas at milestones.md:5:253: the exit criteria of `M1` are read as 4 at their commas | use `;` or `<br>` between criteria to say so yourself
        criteria-split-on-commas at milestones.md:6:185: the entry criteria of `M2` are read as 3 at their commas | use `;` or `<br>` between criteria to say so yourself
        criteria-split-on-commas at milestones.md:6:263: the exit criteria of `M2` are read as 5 at their commas | use `;` or `<br>` between criteria to say so yourself
        criteria-split-on-commas at milestones.md:7:185: the entry criteria of `M3` are read as 3 at their commas | use `;` or `<br>` between criteria to say so yourself
        criteria-split-on-commas at milestones.md:7:249: the exit criteria of `M3` are read as 4 at their commas | use `;` or `<br>` between criteria to say so yourself
        criteria-split-on-commas at milestones.md:8:177: the entry criteria of `M4` are read as 2 at their commas | use `;` or `<br>` between criteria to say so yourself
        criteria-split-on-commas at milestones.md:8:244: the exit criteria of `M4` are read as 3 at their commas | use `;` or `<br>` between criteria to say so yourself
        criteria-split-on-commas at milestones.md:9:154: the entry criteria of `M5` are read as 2 at their commas | use `;` or `<br>` between criteria to say so yourself
        criteria-split-on-commas at milestones.md:9:212: the exit criteria of `M5` are read as 5 at their commas | use `;` or `<br>` between criteria to say so yourself
    "#]],
    );
    expect![[r#"
        M1 Programme Mobilisation & Governance Lock | Week 1 (1, 1) 2026-02-02..2026-02-06
          M1-E1 Steering committee seated
          M1-E2 budget confirmed
          M1-E3 pre-update evaluations reviewed
          M1-X1 Update plan approved
          M1-X2 backlog groomed
          M1-X3 risk register initiated
          M1-X4 communications cadences active
        M2 Release Automation & Data Foundations | Weeks 1–3 (1, 3) 2026-02-02..2026-02-20
          M2-E1 M1 complete → m1 whole
          M2-E2 platform environments provisioned
          M2-E3 engineering squads staffed
          M2-X1 Pipelines green
          M2-X2 automated migrations + seed verification passing
          M2-X3 CodeDeploy blue/green rehearsal signed off
          M2-X4 observability dashboards live
          M2-X5 rollback drills recorded
        M3 Timeline Hub & Support Experience | Weeks 3–5 (3, 5) 2026-02-16..2026-03-06
          M3-E1 M2 complete → m2 whole
          M3-E2 feed schema finalised
          M3-E3 design assets signed off
          M3-X1 Feature flags validated
          M3-X2 moderation workflows documented
          M3-X3 Chatwoot integration tested end-to-end
          M3-X4 accessibility report signed
        M4 Marketplace Commerce & Persona Dashboards | Weeks 4–6 (4, 6) 2026-02-23..2026-03-13
          M4-E1 M2 data foundations deployed → m2 part
          M4-E2 compliance requirements baselined
          M4-X1 Checkout + escrow QA passed
          M4-X2 dashboards live with analytics
          M4-X3 finance/legal sign-off obtained
        M5 Compliance & Launch Readiness | Weeks 5–6 (5, 6) 2026-03-02..2026-03-13
          M5-E1 M3 feature set complete → m3 part
          M5-E2 legal review window scheduled
          M5-X1 Legal documents published
          M5-X2 DSAR tooling operational
          M5-X3 runbooks approved
          M5-X4 go-live rehearsal signed off
          M5-X5 end-of-update report drafted
    "#]]
    .assert_eq(&told(&programme));
    assert_eq!(programme.settings.name, "Version 1.00 Update");
    assert_eq!(programme.settings.version, "1.00");
    assert!(programme.settings.data_date.written);
}

#[test]
fn settings_have_every_key_of_the_guide() {
    let text = r#"
name: Version 1.00 Update
version: "1.00"
data_date: 2026-02-18
profile: controlled
calendar: { week_1: 2026-02-02, deadline_day: thursday, sprint_days: 10, fiscal_year_start: april, holidays: [2026-04-03, 2026-04-03] }
cadence_days: 14
tolerance: { amber_days: 1, red_days: 6, red_percent: 20 }
appetite: { default: 8, Security: 6 }
roles: { qa-lead: QA lead, steering: Steering committee }
people: [{ id: qa1, name: Quality lead, roles: [qa-lead] }]
authority: { entry: steering, exit: qa-lead }
visibility: stakeholder
rules: { criterion-not-verifiable: off, weak-evidence: error }
allow: [{ rule: weak-evidence, at: M2-X3, reason: because, by: qa1, until: 2026-03-31 }]
site: { url: https://example.org/programme/, theme: plain, audience: restricted, edit_url: "https://x/{path}", versions: 3, publish_files: true, root: issued }
notice: Example data
"#;
    let programme = check(&[("programme.yaml", text)], expect![]);
    expect![[r#"
        Settings {
            name: "Version 1.00 Update",
            version: "1.00",
            data_date: DataDate {
                date: 2026-02-18,
                written: true,
            },
            profile: Controlled,
            calendar: Calendar {
                week_1: Some(
                    2026-02-02,
                ),
                deadline_day: Thu,
                sprint_days: 10,
                fiscal_year_start: 4,
                holidays: [
                    2026-04-03,
                ],
                day_first: true,
            },
            cadence_days: 14,
            tolerance: Tolerance {
                amber_days: 1,
                red_days: 6,
                red_percent: 20,
            },
            appetite: Appetite {
                default: 8,
                categories: {
                    "security": 6,
                },
            },
            roles: {
                "qa-lead": "QA lead",
                "steering": "Steering committee",
            },
            people: [
                Person {
                    id: "qa1",
                    name: "Quality lead",
                    roles: [
                        "qa-lead",
                    ],
                },
            ],
            entry_authority: Some(
                Spanned {
                    value: "steering",
                    at: Span {
                        path: "content/programme.yaml",
                        start: 473,
                        end: 481,
                    },
                },
            ),
            exit_authority: Some(
                Spanned {
                    value: "qa-lead",
                    at: Span {
                        path: "content/programme.yaml",
                        start: 489,
                        end: 496,
                    },
                },
            ),
            visibility: Stakeholder,
            is_unread: false,
            visibility_written: true,
            rules: {
                "criterion-not-verifiable": Spanned {
                    value: None,
                    at: Span {
                        path: "content/programme.yaml",
                        start: 532,
                        end: 556,
                    },
                },
                "weak-evidence": Spanned {
                    value: Some(
                        Error,
                    ),
                    at: Span {
                        path: "content/programme.yaml",
                        start: 563,
                        end: 576,
                    },
                },
            },
            allow: [
                Allowance {
                    rule: Spanned {
                        value: "weak-evidence",
                        at: Span {
                            path: "content/programme.yaml",
                            start: 602,
                            end: 615,
                        },
                    },
                    subject: Some(
                        Spanned {
                            value: "M2-X3",
                            at: Span {
                                path: "content/programme.yaml",
                                start: 621,
                                end: 626,
                            },
                        },
                    ),
                    reason: "because",
                    by: "qa1",
                    until: Some(
                        2026-03-31,
                    ),
                },
            ],
            site: Site {
                url: Some(
                    "https://example.org/programme/",
                ),
                theme: Some(
                    "plain",
                ),
                audience: Restricted,
                edit_url: Some(
                    "https://x/{path}",
                ),
                versions: Some(
                    3,
                ),
                publish_files: true,
                root_issued: true,
            },
            notice: Some(
                "Example data",
            ),
        }
    "#]]
    .assert_debug_eq(&programme.settings);
}

#[test]
fn mistakes_in_settings_are_found_at_the_word() {
    let text = "\
nmae: X
profile: contrlled
data_date: soon
calendar: { week1: 2026-02-02, weak_1: 2026-02-02, sprint_days: ten, deadline_day: someday }
tolerance: 5
rules: { weak-evidence: fatal }
site: { audience: pubic }
appetite: 70
colour: red
";
    check(
        &[("programme.yaml", text)],
        expect![[r#"
            unknown-key at programme.yaml:1:1: programme.yaml has no key `nmae` | did you mean `name`?
            unknown-value at programme.yaml:2:10: `profile` is `contrlled`, which is not known | did you mean `controlled`? It can be `draft`, `controlled`
            date-not-understood at programme.yaml:3:12: `soon` is not understood as a date | write a date such as `2026-03-16`, `16 Mar 2026` or `16/03/2026`
            unknown-key at programme.yaml:4:13: `calendar` has no key `week1` | did you mean `week_1`?
            unknown-key at programme.yaml:4:32: `calendar` has no key `weak_1` | did you mean `week_1`?
            wrong-type at programme.yaml:4:65: `sprint_days` is `ten`, and should be a whole number | write a whole number behind `sprint_days:`
            unknown-value at programme.yaml:4:84: `deadline_day` is `someday`, which is not known | write one of `monday`, `tuesday`, `wednesday`, `thursday`, `friday`, `saturday`, `sunday`
            wrong-type at programme.yaml:5:12: `tolerance` is `5`, and should be keys such as `{ red_days: 5 }` | write keys such as `{ red_days: 5 }`
            unknown-value at programme.yaml:6:25: `severity` is `fatal`, which is not known | write one of `off`, `note`, `warning`, `error`
            unknown-value at programme.yaml:7:19: `audience` is `pubic`, which is not known | did you mean `public`? It can be `public`, `stakeholder`, `restricted`
            score-off-scale at programme.yaml:8:11: the appetite `70` is not on the scale | write a number from 1 to 25
            unknown-key at programme.yaml:9:1: programme.yaml has no key `colour` | remove it, or write one of name, version, data_date, profile, calendar, cadence_days, tolerance, appetite, roles, people, authority, visibility, rules, allow, words, site, notice
        "#]],
    );
}

#[test]
fn the_three_forms_are_equal() {
    let table = "\
| ID | Name | Target Window | Owner | Entry criteria | Depends on | Tags |
| --- | --- | --- | --- | --- | --- | --- |
| M1 | Discovery | Weeks 1–2 | Ana | – | | a, b |
| M2 | Build | 2026-03-16 | Ben | Hardware is delivered; M1 complete | M1 | |
";
    let yaml = "\
milestones:
  - id: M1
    name: Discovery
    window: Weeks 1–2
    owner: Ana
    tags: [a, b]
  - id: M2
    name: Build
    target_date: 2026-03-16
    owner: Ben
    entry_criteria: [Hardware is delivered, M1 complete]
    depends_on: M1
";
    let by_id = "\
M1: { name: Discovery, window: Weeks 1–2, owner: Ana, tags: [a, b] }
M2:
  name: Build
  window: 2026-03-16
  lead: Ben
  depends_on: [M1]
  entry:
    - Hardware is delivered
    - M1 complete
";
    let first = "---\nid: M1\nwindow: Weeks 1–2\nowner: Ana\ntags: [a, b]\n---\n# Discovery\n";
    let second = "---\nkind: milestone\nname: Build\nwindow: 2026-03-16\nowner: Ben\ndepends_on: M1\n---\n\n## Entry criteria\n\n- Hardware is delivered\n- M1 complete\n";
    let forms: [&[(&str, &str)]; 4] = [
        &[("plan.md", table)],
        &[("plan.yaml", yaml)],
        &[("milestones/all.yaml", by_id)],
        &[("milestones/01-discovery.md", first), ("milestones/M2.md", second)],
    ];
    let models = forms.map(|files| {
        let programme = check(files, expect![""]);
        serde_json::to_string_pretty(&programme.milestones).unwrap()
    });
    expect![[r#"
        [
          {
            "record": {
              "id": "M1",
              "id_derived": false,
              "visibility": "public",
              "narrative": "",
              "extras": []
            },
            "name": "Discovery",
            "description": null,
            "owner": "Ana",
            "window": {
              "text": "Weeks 1–2",
              "grain": "week",
              "weeks": [
                1,
                2
              ],
              "start": null,
              "end": null,
              "first_unit_end": null
            },
            "baseline": null,
            "forecast": null,
            "actual": null,
            "entry": {
              "criteria": [],
              "date": null,
              "authority": null
            },
            "exit": {
              "criteria": [],
              "date": null,
              "authority": null
            },
            "depends_on": [],
            "tolerance": null,
            "declared": null,
            "declared_reason": null,
            "reviewed_on": null,
            "tags": [
              "a",
              "b"
            ]
          },
          {
            "record": {
              "id": "M2",
              "id_derived": false,
              "visibility": "public",
              "narrative": "",
              "extras": []
            },
            "name": "Build",
            "description": null,
            "owner": "Ben",
            "window": {
              "text": "2026-03-16",
              "grain": "day",
              "weeks": null,
              "start": "2026-03-16",
              "end": "2026-03-16",
              "first_unit_end": "2026-03-16"
            },
            "baseline": null,
            "forecast": null,
            "actual": null,
            "entry": {
              "criteria": [
                {
                  "id": "M2-E1",
                  "id_derived": true,
                  "implied": false,
                  "text": "Hardware is delivered",
                  "mandatory": true,
                  "validity": "point_in_time",
                  "method": null,
                  "wants": null,
                  "acceptor": null,
                  "owner": null,
                  "due": null,
                  "not_applicable": null,
                  "dependency": null,
                  "claimed": false,
                  "split_on_commas": false
                },
                {
                  "id": "M2-E2",
                  "id_derived": true,
                  "implied": false,
                  "text": "M1 complete",
                  "mandatory": true,
                  "validity": "point_in_time",
                  "method": null,
                  "wants": null,
                  "acceptor": null,
                  "owner": null,
                  "due": null,
                  "not_applicable": null,
                  "dependency": {
                    "extent": "whole",
                    "milestones": [
                      "M1"
                    ]
                  },
                  "claimed": false,
                  "split_on_commas": false
                }
              ],
              "date": null,
              "authority": null
            },
            "exit": {
              "criteria": [],
              "date": null,
              "authority": null
            },
            "depends_on": [
              "M1"
            ],
            "tolerance": null,
            "declared": null,
            "declared_reason": null,
            "reviewed_on": null,
            "tags": []
          }
        ]"#]]
    .assert_eq(&models[0]);
    assert_eq!(models[0], models[1]);
    assert_eq!(models[0], models[2]);
    assert_eq!(models[0], models[3]);
}

#[test]
fn parts_of_a_record_are_united_and_disagreement_is_found() {
    let table = "\
| Milestone ID | Name | Target Window | Exit Criteria |
| --- | --- | --- | --- |
| M1 | Discovery | Week 1 | Scope is agreed; Plan is approved |
| M2 | Build | Week 2 | Pipelines are green |
| M2 | Built | Week 2 | Pipelines are green |
";
    let beside = "\
milestones:
  M1: { owner: Ana, forecast: Week 2 }
  M2: { owner: Ben, window: Week 3 }
criteria:
  M1-X2: { owner: Cleo, due: 2026-03-16, acceptor: qa-lead, validity: standing, mandatory: no }
  M1-X4: { owner: Cleo }
  M1-X3: Budget is agreed
  M7-X1: Never
";
    let programme = check(
        &[("a.md", table), ("b.yaml", beside)],
        expect![[r#"
            duplicate-id at a.md:5:3: milestone `M2` is here twice | give one of them another id, or make one of the two
            two-sided-fields-disagree at b.yaml:3:29: `window` of milestone `M2` is `Week 3` here and `Week 2` elsewhere | write it in one place only
            unknown-reference at b.yaml:6:3: there is no criterion `M1-X4` | did you mean `M1-X1`?
            unknown-reference at b.yaml:8:3: there is no criterion `M7-X1` | did you mean `M1-X1`?
        "#]],
    );
    expect![[r#"
        M1 Discovery | Week 1 (1, 1) –..–
          M1-X1 Scope is agreed
          M1-X2 Plan is approved (Cleo)
          M1-X3 Budget is agreed
        M2 Build | Week 2; Week 3 (0, 0) –..–
          M2-X1 Pipelines are green
    "#]]
    .assert_eq(&told(&programme));
    let milestone = &programme.milestones[0];
    assert_eq!(milestone.owner.as_ref().unwrap().value, "Ana");
    assert_eq!(milestone.forecast.as_ref().unwrap().value.text, "Week 2");
    assert_eq!(milestone.record.parts.len(), 2);
}

#[test]
fn missing_ids_are_made_above_the_highest() {
    let table = "\
| ID | Risk | Probability | Impact | Milestones |
| --- | --- | --- | --- | --- |
| | Supplier fails | 3 | High | M1 |
| RISK-08 | Staff leave | 2 | 9 | M1, M9 |
";
    let milestones =
        "| # | Milestone | Due |\n|---|---|---|\n| M1: Discovery | | Week 1 |\n| | Build | someday soon |\n";
    let programme = check(
        &[("plan.md", milestones), ("risks.md", table)],
        expect![[r#"
            id-derived at plan.md:4:5: this milestone has no id, and is called `M2` | write an id, so that it stays the same when others come before it
            date-not-understood at plan.md:4:13: `someday soon` is not understood as a window | write a window such as `Weeks 1–3`, `Sprint 4`, `Q3 2026`, `March 2026`, `2026-03-16` or `2026-03-01..2026-03-20`
            id-derived at risks.md:3:5: this risk has no id, and is called `RISK-09` | write an id, so that it stays the same when others come before it
            score-off-scale at risks.md:4:31: `impact` is `9`, which is not on the scale | write a number from 1 to 5, or a word such as `low`, `medium` or `high`
            unknown-reference at risks.md:4:39: there is no milestone `M9` | did you mean `M1`?
        "#]],
    );
    let ids: Vec<&str> = programme.risks.iter().map(|risk| risk.record.id.as_str()).collect();
    assert_eq!(ids, ["RISK-09", "RISK-08"]);
    let ids: Vec<&str> = programme.milestones.iter().map(|milestone| milestone.record.id.as_str()).collect();
    assert_eq!(ids, ["M1", "M2"]);
}

#[test]
fn every_kind_is_read_and_linked() {
    let plan = "\
| Milestone ID | Name | Target Window | Exit Criteria |
| --- | --- | --- | --- |
| M1 | Discovery | Week 1 | Scope is agreed; Plan is approved |
| M2 | Build | Week 2 | Pipelines are green |
";
    let evidence = "\
EV1:
  title: Scope record
  proves:
    - M1-X1: Scope is agreed
    - M1-X2
  type: report
  producer: Ana
  produced_on: 2026-02-01
  location: evidence/scope.pdf
  result: pass
EV2: { title: Later, proves: M1, supersedes: EV9, accepted_on: nextweek, result: maybe }
";
    let decisions = "\
| ID | Gate | Outcome | By | Date | Conditions | Overrides |
| --- | --- | --- | --- | --- | --- | --- |
| D1 | M1 exit | Conditional go | Steering | 2026-02-06 | C1: sign the plan; buy the servers | M1-X2: time |
| D2 | Exit gate of M2 | Go | Steering | 6 Feb 2026 | | |
| D3 | M2 | Perhaps | Steering | 6 Feb 2026 | | |
| D4 | M3 exit | Hold | Steering | TBD | | |
";
    let rest = "\
waivers: [{ id: W1, criterion: M1-X2, reason: late, approver: Ana, date: 2026-02-06, expires_on: 2026-05-01 }]
issues: [{ id: I1, title: Noise, milestones: M1, risks: [R1], status: open }]
assumptions: { A1: { title: It holds, check_by: 2026-03-01 } }
dependencies: { DEP1: { title: A supplier } }
reviews: [{ id: RV1, kind: gate review, date: 2026-02-06, reviewer: Bo, independent: yes, findings: [too late] }]
confidence: [{ id: DC1, level: amber/green, by: { role: sro, person: Ana }, date: 2026-02-06, text: fine }]
changes: [{ id: CH1, record: M1, field: baseline, from: Week 1, to: Week 2, reason: slip, approver: Ana, date: 2026-02-06 }]
risks: [{ id: R1, title: Loss, probability: likely, impact: 4, residual: 30, target: { probability: 1, impact: 2 }, status: open, onwer: Ana, colour: red, milestones: [M1-X1] }]
";
    let files = [
        ("a.md", plan),
        ("decisions.md", decisions),
        ("evidence/all.yaml", evidence),
        ("evidence/evidence/scope.pdf", "pdf"),
        ("register.yaml", rest),
    ];
    let programme = check(
        &files,
        expect![[r#"
            unknown-value at decisions.md:5:8: `M2` does not say which gate | write `M2 entry` or `M2 exit`
            unknown-value at decisions.md:5:13: `outcome` is `Perhaps`, which is not known | write one of `go`, `conditional go`, `hold`, `recycle`, `kill`
            unknown-reference at decisions.md:6:8: there is no milestone `M3` | did you mean `M1`?
            placeholder-left at decisions.md:6:36: `date` is still `TBD` | write the date, or leave it empty
            reference-of-wrong-kind at evidence/all.yaml:11:30: `M1` is a milestone, and should be a criterion | write the id of a criterion
            unknown-reference at evidence/all.yaml:11:46: there is no evidence `EV9` | did you mean `EV1`?
            date-not-understood at evidence/all.yaml:11:64: `nextweek` is not understood as a date | write a date such as `2026-03-16`, `16 Mar 2026` or `16/03/2026`
            unknown-value at evidence/all.yaml:11:82: `result` is `maybe`, which is not known | write one of `pass`, `fail`
            score-off-scale at register.yaml:8:74: `residual` is `30`, which is not on the scale | write a number from 1 to 25
            unknown-key at register.yaml:8:131: a risk has no `onwer` | did you mean `owner`?
            column-not-understood at register.yaml:8:143: the key `colour` is none that milepost uses, and is kept as it is | nothing need be done; `milepost guide` lists the names that are used
            reference-of-wrong-kind at register.yaml:8:169: `M1-X1` is a criterion, and should be a milestone | write the id of a milestone
        "#]],
    );
    let kinds: Vec<String> = crate::model::reference::Kind::ALL
        .into_iter()
        .map(|kind| format!("{} {}", programme.count(kind), kind.word()))
        .collect();
    expect!["2 milestone, 3 criterion, 2 evidence, 4 decision, 2 condition, 1 waiver, 1 risk, 1 issue, 1 assumption, 1 dependency, 1 review, 1 confidence, 1 change"].assert_eq(&kinds.join(", "));
    expect![[r#"
        Array [
            Object {
                "record": Object {
                    "id": String("EV1"),
                    "id_derived": Bool(false),
                    "visibility": String("public"),
                    "narrative": String(""),
                    "extras": Array [],
                },
                "title": String("Scope record"),
                "proves": Array [
                    Object {
                        "criterion": String("M1-X1"),
                        "words": String("Scope is agreed"),
                    },
                    Object {
                        "criterion": String("M1-X2"),
                        "words": Null,
                    },
                ],
                "kind": String("report"),
                "producer": String("Ana"),
                "produced_on": String("2026-02-01"),
                "location": String("evidence/scope.pdf"),
                "asset": String("content/evidence/evidence/scope.pdf"),
                "asset_sha256": String("0000000000000000000000000000000000000000000000000000000000000000"),
                "sha256": Null,
                "result": String("pass"),
                "acceptor": Null,
                "accepted_on": Null,
                "rejected_on": Null,
                "withdrawn_on": Null,
                "expires_on": Null,
                "supersedes": Array [],
            },
            Object {
                "record": Object {
                    "id": String("EV2"),
                    "id_derived": Bool(false),
                    "visibility": String("public"),
                    "narrative": String(""),
                    "extras": Array [],
                },
                "title": String("Later"),
                "proves": Array [],
                "kind": Null,
                "producer": Null,
                "produced_on": Null,
                "location": Null,
                "asset": Null,
                "asset_sha256": Null,
                "sha256": Null,
                "result": Null,
                "acceptor": Null,
                "accepted_on": Null,
                "rejected_on": Null,
                "withdrawn_on": Null,
                "expires_on": Null,
                "supersedes": Array [],
                "is_unread": Bool(true),
            },
        ]
    "#]]
    .assert_debug_eq(&serde_json::to_value(&programme.evidence).unwrap());
    expect![[r#"
        Object {
            "record": Object {
                "id": String("D1"),
                "id_derived": Bool(false),
                "visibility": String("public"),
                "narrative": String(""),
                "extras": Array [],
            },
            "gate": Object {
                "milestone": String("M1"),
                "side": String("exit"),
            },
            "outcome": String("conditional_go"),
            "by": String("Steering"),
            "date": String("2026-02-06"),
            "minutes": Null,
            "on_version": Null,
            "resume_on": Null,
            "new_gate_date": Null,
            "conditions": Array [
                Object {
                    "id": String("C1"),
                    "text": String("sign the plan"),
                    "criterion": Null,
                    "owner": Null,
                    "due": Null,
                    "timing": Null,
                    "closed_on": Null,
                    "evidence": Array [],
                },
                Object {
                    "id": String("D1-C2"),
                    "text": String("buy the servers"),
                    "criterion": Null,
                    "owner": Null,
                    "due": Null,
                    "timing": Null,
                    "closed_on": Null,
                    "evidence": Array [],
                },
            ],
            "overrides": Array [
                Object {
                    "criterion": String("M1-X2"),
                    "reason": String("time"),
                },
            ],
            "dissent": Array [],
        }
    "#]]
    .assert_debug_eq(&serde_json::to_value(&programme.decisions[0]).unwrap());
    expect![[r#"
        Array [
            Object {
                "record": Object {
                    "id": String("CH1"),
                    "id_derived": Bool(false),
                    "visibility": String("public"),
                    "narrative": String(""),
                    "extras": Array [],
                },
                "of": Object {
                    "kind": String("milestone"),
                    "id": String("M1"),
                },
                "field": String("baseline"),
                "from": String("Week 1"),
                "to": String("Week 2"),
                "to_window": Object {
                    "text": String("Week 2"),
                    "grain": String("week"),
                    "weeks": Array [
                        Number(2),
                        Number(2),
                    ],
                    "start": Null,
                    "end": Null,
                    "first_unit_end": Null,
                },
                "reason": String("slip"),
                "impact": Null,
                "approver": String("Ana"),
                "date": String("2026-02-06"),
            },
        ]
    "#]]
    .assert_debug_eq(&serde_json::to_value(&programme.changes).unwrap());
    expect![[r#"
        Array [
            Object {
                "record": Object {
                    "id": String("R1"),
                    "id_derived": Bool(false),
                    "visibility": String("public"),
                    "narrative": String(""),
                    "extras": Array [
                        Array [
                            String("onwer"),
                            String("Ana"),
                        ],
                        Array [
                            String("colour"),
                            String("red"),
                        ],
                    ],
                },
                "title": String("Loss"),
                "cause": Null,
                "event": Null,
                "effect": Null,
                "category": Null,
                "owner": Null,
                "raised_on": Null,
                "probability": Object {
                    "said": String("likely"),
                    "step": Number(4),
                },
                "impact": Object {
                    "said": String("4"),
                    "step": Number(4),
                },
                "score": Null,
                "inherent": Null,
                "residual": Null,
                "target": Number(2),
                "score_unread": Bool(true),
                "proximity": Null,
                "response": Null,
                "actions": Array [],
                "milestones": Array [],
                "status": Object {
                    "said": String("open"),
                    "open": Bool(true),
                },
                "reviewed_on": Null,
                "acceptance": Null,
            },
        ]
    "#]]
    .assert_debug_eq(&serde_json::to_value(&programme.risks).unwrap());
}

#[test]
fn dependencies_are_named_or_implied() {
    let table = "\
| ID | Name | Target Window | Depends on |
| --- | --- | --- | --- |
| M1 | Discovery | Week 1 | – |
| M2 | Build | Week 2 | M1 |
| M3 | Ship | Week 3 | M1, M22, R1, M3 |
";
    let risk = "risks: { R1: Loss }\n";
    let programme = check(
        &[("a.md", table), ("b.yaml", risk)],
        expect![[r#"
        unknown-reference at a.md:5:28: there is no milestone `M22` | did you mean `M2`?
        reference-of-wrong-kind at a.md:5:33: `R1` is a risk, and should be a milestone | write the id of a milestone
        dependency-cycle at a.md:5:37: milestone `M3` depends on itself | remove it, or name the milestone that was meant
    "#]],
    );
    expect![[r#"
        M1 Discovery | Week 1 (1, 1) –..–
        M2 Build | Week 2 (2, 2) –..–
          M2-E-M1 M1 complete → m1 whole
        M3 Ship | Week 3 (3, 3) –..–
          M3-E-M1 M1 complete → m1 whole
          M3-E-M22 M22 complete →  whole
          M3-E-R1 R1 complete →  whole
    "#]]
    .assert_eq(&told(&programme));
}

#[test]
fn headings_with_criteria_are_milestones_and_prose_is_a_narrative() {
    let text = "\
# Roadmap v2.1

What this is for.

## Milestone 1: Alpha

Owner: Ana

**Exit criteria:**

- [x] Tests are green
- Docs are written

Some words on alpha.

| Colour | Meaning |
| --- | --- |
| blue | calm |

## M2 – Beta

- Target: Week 3
- Owner: Ben
- Entry criteria:
  - M1 complete

## Notes

| Metric | Value |
| --- | --- |
| a | b |
";
    let programme = check(&[("roadmap.md", text)], expect![]);
    expect![[r#"
        M1 Alpha | 
          M1-X1 Tests are green
          M1-X2 Docs are written
        M2 Beta | Week 3 (3, 3) –..–
          M2-E1 M1 complete → m1 whole
    "#]]
    .assert_eq(&told(&programme));
    expect![[r#"
        [
            Narrative {
                path: "content/roadmap.md",
                title: "Roadmap v2.1",
                pieces: [
                    Prose(
                        Html(
                            "<h1 id=\"roadmap-v21\">Roadmap v2.1</h1>\n",
                        ),
                    ),
                    Prose(
                        Html(
                            "<p>What this is for.</p>\n",
                        ),
                    ),
                    Records(
                        [
                            NarrativeRow {
                                cells: [
                                    "Milestone 1: Alpha",
                                ],
                                record: Some(
                                    Reference {
                                        kind: Milestone,
                                        id: Id(
                                            "M1",
                                        ),
                                    },
                                ),
                            },
                        ],
                    ),
                    Records(
                        [
                            NarrativeRow {
                                cells: [
                                    "M2 – Beta",
                                ],
                                record: Some(
                                    Reference {
                                        kind: Milestone,
                                        id: Id(
                                            "M2",
                                        ),
                                    },
                                ),
                            },
                        ],
                    ),
                    Prose(
                        Html(
                            "<h2 id=\"notes\">Notes</h2>\n",
                        ),
                    ),
                    Table {
                        header: [
                            "Metric",
                            "Value",
                        ],
                        rows: [
                            NarrativeRow {
                                cells: [
                                    "a",
                                    "b",
                                ],
                                record: None,
                            },
                        ],
                    },
                ],
                visibility: Public,
            },
        ]
    "#]]
    .assert_debug_eq(&programme.narratives);
    expect![[r#"
        [
            Understood {
                at: Span {
                    path: "content/roadmap.md",
                    start: 38,
                    end: 204,
                },
                line: 5,
                kind: Some(
                    Milestone,
                ),
                why: "the heading `Milestone 1: Alpha`",
                columns: [
                    (
                        "Owner",
                        "owner",
                    ),
                    (
                        "Exit criteria",
                        "exit",
                    ),
                ],
                extras: [],
                records: 1,
            },
            Understood {
                at: Span {
                    path: "content/roadmap.md",
                    start: 209,
                    end: 285,
                },
                line: 20,
                kind: Some(
                    Milestone,
                ),
                why: "the heading `M2 – Beta`",
                columns: [
                    (
                        "Target",
                        "window",
                    ),
                    (
                        "Owner",
                        "owner",
                    ),
                    (
                        "Entry criteria",
                        "entry",
                    ),
                ],
                extras: [],
                records: 1,
            },
            Understood {
                at: Span {
                    path: "content/roadmap.md",
                    start: 297,
                    end: 339,
                },
                line: 29,
                kind: None,
                why: "has the column metric, as lists of tasks, measurements and changes have, and no criteria",
                columns: [],
                extras: [
                    "Metric",
                    "Value",
                ],
                records: 0,
            },
        ]
    "#]]
    .assert_debug_eq(&programme.understood);
    assert_eq!(programme.settings.version, "2.1");
    assert!(programme.milestones[0].record.narrative.as_str().contains("Some words on alpha"));
    assert!(programme.milestones[0].record.narrative.as_str().contains("<td>calm</td>"));
}

#[test]
fn what_cannot_be_read_is_found_and_nothing_panics() {
    let inputs = Inputs {
        unreadable: vec![crate::source::Unreadable {
            path: "content/x.md".into(),
            reason: "it is not text".to_string(),
        }],
        ..Inputs::default()
    };
    let clock = Clock { as_of: None, fallback: day("2026-02-18") };
    let (programme, findings) = assemble(&[], &inputs, History::default(), clock);
    assert!(programme.milestones.is_empty() && !programme.settings.data_date.written);
    let rules: Vec<&str> = findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, ["unreadable-file"]);
}

#[test]
fn odd_shapes_are_read_as_far_as_they_go() {
    let odd = "\
milestones: words
risks: [[1, 2], ~, plain words, { title: { a: b } }, { id: R1, title: [x, y], owner: [Ana, Ben] }]
evidence: { EV1: [a], EV2: ~ }
decisions: [{ id: D1, conditions: { C1: { owner: Ana }, C2: do it }, overrides: no, gate: [M1] }]
";
    let programme = check(
        &[("odd.yaml", odd), ("milestones/x.yaml", "[]"), ("risks/none.md", "")],
        expect![[r#"
            wrong-type at odd.yaml:1:13: `words` is words, and should be a list of milestones | write one milestone a line, each beginning with `- `
            wrong-type at odd.yaml:2:9: a list stands where a risk should be | give it keys, such as `id`
            id-derived at odd.yaml:2:20: this risk has no id, and is called `R2` | write an id, so that it stays the same when others come before it
            id-derived at odd.yaml:2:42: this risk has no id, and is called `R3` | write an id, so that it stays the same when others come before it
            wrong-type at odd.yaml:2:42: `title` is keys with values, and should be a text | write a text behind `title:`
            wrong-type at odd.yaml:3:18: `EV1` is a list, and should have keys of its own | write the fields of the evidence as keys
            unknown-reference at odd.yaml:4:81: there is no criterion `no` | no criterion was found in the files at all: mend that first
            unknown-reference at odd.yaml:4:91: there is no milestone `M1` | no milestone was found in the files at all: mend that first
        "#]],
    );
    assert_eq!(programme.risks[2].owner.as_ref().unwrap().value, "Ana, Ben");
}

#[test]
fn a_gate_is_named_in_many_ways() {
    let plan = "| Milestone ID | Name | Target Window |\n|---|---|---|\n| M1 | Discovery | Week 1 |\n| Q-2 | Build it | Week 2 |\n";
    let gates =
        ["M1 exit", "Exit gate of M1", "M1-exit", "M1/exit", "entry: Q-2", "Q-2 entry", "Build it – exit", "Gate M1 X"];
    for gate in gates {
        let decisions = format!("decisions: [{{ id: D1, gate: '{gate}' }}]\n");
        let (programme, findings, _) = build(&[("a.md", plan), ("d.yaml", &decisions)]);
        assert!(programme.decisions[0].gate.is_some(), "{gate}: {findings:?}");
    }
}

#[test]
fn what_is_cut_off_anywhere_is_still_read() {
    let yaml =
        "M1: { name: 'é – x', entry: [a: b, {id: 'M1-E2', due: x}], depends_on: '#1, M2–M3' }\nM2: [\"…\", *x]\n";
    let headings = "# V 1\n\n## Milestone é: x\n\n- Exit criteria: a; b\n\n### M2 – ß\n\nTarget: Week –\n\n| ID | Proves |\n|---|\n| – | M1: é, ß |";
    let front = "---\nkind: decision\ngate: 'é/ exit-'\nconditions: [x: y, 'C1: é']\n---\n\n# D – é\n";
    for (path, text) in [("plan.md", SEED), ("milestones/a.yaml", yaml), ("b.md", headings), ("c.md", front)] {
        let ends = text.char_indices().map(|(end, _)| end).step_by(if text.len() > 1000 { 41 } else { 1 });
        for end in ends {
            let (first, second) = text.split_at(end);
            build(&[(path, first)]);
            build(&[(path, second)]);
        }
    }
}

#[test]
fn a_second_table_is_a_part_and_the_list_keeps_its_order() {
    let beside = "| Milestone ID | Owner | Forecast |\n| --- | --- | --- |\n| M5 | Eve | Week 7 |\n| M1 | Ana | |\n";
    let programme = check(&[("a-owners.md", beside), ("milestones.md", SEED_HEAD)], expect![""]);
    let told = programme.milestones.iter().map(|milestone| {
        let owner = milestone.owner.as_ref().map_or("–", |owner| owner.value.as_str());
        let windows = [&milestone.window, &milestone.forecast];
        let windows = windows.map(|window| window.as_ref().map_or("–", |window| window.value.text.as_str()));
        format!("{} {owner} {}", milestone.record.id, windows.join(" / "))
    });
    let told: Vec<String> = told.collect();
    assert_eq!(told, ["M1 Ana Week 1 / –", "M5 Eve Weeks 5–6 / Week 7"]);
    assert!(programme.milestones[1].record.at().path.ends_with("milestones.md"));
}

const SEED_HEAD: &str = "\
| Milestone ID | Name | Target Window |
| --- | --- | --- |
| M1 | Mobilisation | Week 1 |
| M5 | Launch | Weeks 5–6 |
";

#[test]
fn a_withheld_row_is_tied_to_its_record() {
    let text = "Words.\n\n| ID | Risk | Probability | Impact | Visibility |\n|---|---|---|---|---|\n| R1 | Loss | 1 | 2 | restricted |\n| | Gain | 1 | 2 | secret |\n";
    let programme = check(
        &[("a.md", text)],
        expect![[r#"
        id-derived at a.md:6:5: this risk has no id, and is called `R2` | write an id, so that it stays the same when others come before it
        unknown-value at a.md:6:20: `visibility` is `secret`, which is not known | write one of `public`, `stakeholder`, `restricted`
    "#]],
    );
    let crate::model::narrative::Piece::Table { rows, .. } = &programme.narratives[0].pieces[1] else {
        panic!("the table is in its place");
    };
    let ids: Vec<&str> = rows.iter().filter_map(|row| Some(row.record.as_ref()?.id.as_str())).collect();
    assert_eq!(ids, ["R1", "R2"]);
    let restricted = crate::model::Visibility::Restricted;
    assert!(programme.risks.iter().all(|risk| risk.record.visibility == restricted));
}

const RESTRICTED_ALL: [&str; 6] = ["restricted", "none", "TBD", "{ a: b }", "[public]", "secret"];

#[test]
fn what_is_not_understood_of_visibility_is_restricted() {
    for said in RESTRICTED_ALL {
        let file = format!("---\nid: R-8\ntitle: Sold\nvisibility: {said}\n---\n\nBody\n");
        let page = format!("---\nvisibility: {said}\n---\n\n# Board\n\nBody\n");
        let (programme, findings, _) = build(&[("risks/R-8.md", &file), ("pages/board.md", &page)]);
        assert_eq!(programme.risks[0].record.visibility, Visibility::Restricted, "{said}");
        assert_eq!(programme.narratives[0].visibility, Visibility::Restricted, "{said}");
        let found = |path: &str| findings.iter().filter(|finding| finding.at.path.ends_with(path)).count();
        assert_eq!((found("R-8.md"), found("board.md")), if said == "restricted" { (0, 0) } else { (1, 1) }, "{said}");
    }
    let near = "---\nid: R-8\ntitle: Sold\nvisiblity: restricted\n---\n";
    let page = "---\nvisiblity: restricted\n---\n\n# Board\n\nBody\n";
    let (programme, findings, _) = build(&[("risks/R-8.md", near), ("pages/board.md", page)]);
    assert_eq!(programme.risks[0].record.visibility, Visibility::Restricted);
    assert_eq!(programme.narratives[0].visibility, Visibility::Restricted);
    let rules: Vec<&str> = findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, ["unknown-key", "unknown-key"]);
}

#[test]
fn the_strictest_part_of_a_record_holds() {
    let list = "risks:\n  - { id: R-8, title: Sold, visibility: public }\n";
    let own = "---\nid: R-8\nvisibility: restricted\n---\n";
    let (programme, findings, _) = build(&[("a.yaml", list), ("risks/R-8.md", own)]);
    assert_eq!(programme.risks[0].record.visibility, Visibility::Restricted);
    assert_eq!(findings[0].rule, "two-sided-fields-disagree");
}

#[test]
fn a_page_is_as_visible_as_it_or_the_programme_says_and_so_are_its_rows() {
    let table = "\n# Risks\n\nWords.\n\n| ID | Risk | Probability | Impact | Visibility |\n|---|---|---|---|---|\n| R-1 | One | 1 | 2 | public |\n| R-2 | Two | 1 | 2 | – |\n";
    let page = format!("---\nvisibility: restricted\n---\n{table}");
    let (programme, ..) = build(&[("register.md", &page)]);
    let seen: Vec<Visibility> = programme.risks.iter().map(|risk| risk.record.visibility).collect();
    assert_eq!(seen, [Visibility::Restricted; 2]);
    let settings = ("programme.yaml", "visibility: restricted\n");
    let (programme, ..) =
        build(&[settings, ("register.md", table), ("about.md", "---\nvisibility: public\n---\nText\n")]);
    let seen: Vec<Visibility> = programme.risks.iter().map(|risk| risk.record.visibility).collect();
    assert_eq!(seen, [Visibility::Public, Visibility::Restricted]);
    let pages: Vec<Visibility> = programme.narratives.iter().map(|page| page.visibility).collect();
    assert_eq!(pages, [Visibility::Public, Visibility::Restricted]);
    let (programme, ..) = build(&[("programme.yaml", "visiblity: restricted\n"), ("about.md", "Text\n")]);
    assert_eq!(programme.narratives[0].visibility, Visibility::Restricted);
}

#[test]
fn front_matter_that_does_not_parse_makes_no_record_and_no_page() {
    for front in ["id: R-8\nvisibility: restricted\ntitle: a: b\n---\n", "id: R-8\nwords\nvisibility: restricted\n"] {
        let file = format!("---\n{front}\n# Sold\n\nBody\n");
        let (programme, findings, _) = build(&[("risks/R-8.md", &file), ("pages/board.md", &file)]);
        assert!(programme.risks.is_empty() && programme.narratives.is_empty(), "{front}");
        let broken = findings.iter().filter(|finding| finding.rule == "yaml-does-not-parse");
        assert_eq!(broken.count(), 2, "{front}");
    }
}

#[test]
fn a_row_of_a_criterion_without_an_id_is_tied_to_it() {
    let text = "# Plan\n\nWords.\n\n| Milestone | Name | Target window |\n| --- | --- | --- |\n| M1 | One | Week 1 |\n\n\
        ## Criteria\n\n| Criterion text | Gate | Owner | Acceptor |\n| --- | --- | --- | --- |\n| Tests pass | M1 exit | Ann | Bob |\n";
    let (programme, ..) = build(&[("plan.md", text)]);
    let mut rows = programme.narratives[0].pieces.iter().filter_map(|piece| match piece {
        crate::model::narrative::Piece::Table { rows, .. } => Some(rows),
        _ => None,
    });
    let last = rows.next_back().unwrap()[0].record.clone().unwrap();
    assert_eq!(last.id, programme.milestones[0].exit.criteria[0].id);
}

#[test]
fn a_milestone_s_part_of_a_tolerance_is_completed_by_the_programme_s() {
    let settings = "tolerance: { amber_days: 3, red_days: 9, red_percent: 40 }\n";
    let own = "---\nid: M1\nname: One\ntolerance: { red_days: 7 }\n---\n";
    let (programme, ..) = build(&[("programme.yaml", settings), ("milestones/M1.md", own)]);
    let tolerance = programme.milestones[0].tolerance.unwrap();
    assert_eq!((tolerance.amber_days, tolerance.red_days, tolerance.red_percent), (3, 7, 40));
}

#[test]
fn the_address_of_a_portal_is_one_of_a_web_site() {
    let url = |said: &str| {
        let (programme, findings, _) = build(&[("programme.yaml", &format!("site: {{ url: \"{said}\" }}\n"))]);
        (programme.settings.site.url, findings.iter().map(|finding| finding.rule).collect::<Vec<_>>())
    };
    for good in ["https://example.org/portal/", "http://localhost:8000"] {
        assert_eq!(url(good), (Some(good.to_string()), vec![]));
    }
    for bad in ["javascript:alert(1)", "example.org", "https://", "https://a b"] {
        assert_eq!(url(bad), (None, vec!["unknown-value"]), "{bad}");
    }
}

const LISTED: &str = "\
| ID | Milestone | Target date | Status | Entry criteria |
| --- | --- | --- | --- | --- |
";

/// What each milestone is said to be.
fn said(files: &[(&str, &str)]) -> Vec<String> {
    let (programme, _, _) = build(files);
    let milestones = programme.milestones.iter();
    let said = milestones
        .map(|milestone| format!("{} {:?}", milestone.record.id, milestone.declared.as_ref().unwrap().value.colour));
    said.collect()
}

#[test]
fn a_legend_holds_in_its_own_file_and_words_beside_a_mark_come_first() {
    let row = |id: &str, status: &str| format!("| {id} | Trial {id} | 2026-03-02 | {status} | |\n");
    let told = format!(
        "Legend: ✅ not started, 🧊 blocked\n\n{LISTED}{}{}{}",
        row("M1", "✅"),
        row("M2", "✅ Done"),
        row("M3", "🧊")
    );
    let other = format!("{LISTED}{}", row("M4", "✅"));
    assert_eq!(
        said(&[("a.md", &told), ("b.md", &other)]),
        ["M1 Some(OnPlan)", "M2 Some(Complete)", "M3 Some(Red)", "M4 Some(Complete)"]
    );
}

#[test]
fn a_decision_is_no_go_where_its_mark_is_said_to_mean_something_else() {
    let decisions = "\
| ID | Gate | Outcome | Date | By |
| --- | --- | --- | --- | --- |
| D1 | M1 entry | ✅ | 2026-02-10 | Ana |
| D2 | M1 exit | ✅ Go | 2026-02-11 | Ana |
| D3 | M1 exit | 🔷 | 2026-02-12 | Ana |
";
    let outcomes = |legend: &str| {
        let (programme, _, _) = build(&[("a.md", &format!("{legend}\n\n{decisions}"))]);
        let outcomes =
            programme.decisions.iter().map(|decision| decision.outcome.as_ref().map(|outcome| outcome.value));
        outcomes.collect::<Vec<_>>()
    };
    assert_eq!(outcomes("Legend: ✅ planned, 🔷 on hold"), [None, Some(Outcome::Go), Some(Outcome::Hold)]);
    assert_eq!(outcomes("Decided so far"), [Some(Outcome::Go), Some(Outcome::Go), None]);
}

#[test]
fn of_two_keys_for_one_field_the_surer_has_it_and_nothing_is_lost() {
    let risks = "\
- id: R1
  title: Pump leaks
  description: A seal may fail
  what: Water
  severity: high
  impact: 2
- id: R2
  description: Valve sticks
  visibility: public
  audience: restricted
";
    let programme = check(
        &[("programme.yaml", "data_date: 2026-02-18\n"), ("risks.yaml", risks)],
        expect![[r#"
            column-not-understood at risks.yaml:4:3: the key `what` is kept as it is, for `title` is taken to say the same | if `what` is the one that counts, leave `title` out
            column-not-understood at risks.yaml:5:3: the key `severity` is kept as it is, for `impact` is taken to say the same | if `severity` is the one that counts, leave `impact` out
        "#]],
    );
    let told = programme.risks.iter().map(|risk| {
        let event = risk.event.as_ref().map_or("", |event| &event.value);
        let extras = risk.record.extras.iter().map(|(key, words)| format!("{key}={words}")).collect::<Vec<_>>();
        format!("{}; {event}; {:?}; {:?}", risk.title.value, extras, risk.record.visibility)
    });
    expect![[r#"
        [
            "Pump leaks; A seal may fail; [\"what=Water\", \"severity=high\"]; Public",
            "Valve sticks; ; []; Restricted",
        ]
    "#]]
    .assert_debug_eq(&told.collect::<Vec<_>>());
}

#[test]
fn an_impact_off_the_scale_is_no_effect_and_a_sentence_is_one() {
    let risk = |impact: &str| {
        let text = format!("# Risks\n\n## R1: Fire\n\n**Probability:** 3\n**Impact:** {impact}\n");
        let (programme, _, _) = build(&[("risks.md", &text)]);
        programme.risks[0].effect.as_ref().map(|effect| effect.value.clone())
    };
    assert_eq!(risk("9"), None);
    assert_eq!(risk("Catastrofic"), None);
    assert_eq!(risk("The hall burns down"), Some("The hall burns down".to_string()));
}

#[test]
fn a_programme_has_words_of_its_own() {
    let settings = "\
words:
  columns:
    milestone: { id: Kennzahl, name: Vorhaben, window: Zielmarke, owner: [Squad, Trupp] }
    risk: { response: Gegenwehr }
  status: { Durchgewunken: complete, 🔷: on plan }
  probability: { Kaum: 1 }
  impact: { Ruinös: 5 }
";
    let list = "\
| Kennzahl | Vorhaben | Zielmarke | Trupp | Status |
| --- | --- | --- | --- | --- |
| M1 | Probelauf | 2026-03-02 | Pumpen | Durchgewunken |
| M2 | Abnahme | 2026-04-02 | Ventile | 🔷 |
";
    let risks = "risks:\n  R1: { title: Pumpe leckt, probability: kaum, impact: Ruinös, gegenwehr: Zweite Pumpe }\n";
    let files = [("list.md", list), ("programme.yaml", settings), ("risks.yaml", risks)];
    let (programme, findings, _) = build(&files);
    assert_eq!(findings.iter().map(|finding| finding.message.as_str()).collect::<Vec<_>>(), Vec::<&str>::new());
    let owners: Vec<&str> =
        programme.milestones.iter().map(|milestone| milestone.owner.as_ref().unwrap().value.as_str()).collect();
    assert_eq!(owners, ["Pumpen", "Ventile"]);
    assert_eq!(said(&files), ["M1 Some(Complete)", "M2 Some(OnPlan)"]);
    assert_eq!(programme.risks[0].score_now(), Some(5));
    assert_eq!(programme.risks[0].response.as_ref().unwrap().value, "Zweite Pumpe");
    assert_eq!(
        programme.understood[0].columns.iter().map(|(said, field)| format!("{said} → {field}")).collect::<Vec<_>>(),
        ["Kennzahl → id", "Vorhaben → name", "Zielmarke → window", "Trupp → owner", "Status → declared"]
    );
}

#[test]
fn words_of_a_programme_that_are_not_understood_are_found_with_the_nearest() {
    let settings = "\
words:
  column: { milestone: { owner: A } }
  columns:
    milstone: { owner: A }
    risk: { ownr: B, owner: C, title: C, impact: { a: b } }
  status: { Ja: complet }
  probability: { Kaum: 9 }
";
    check(
        &[("programme.yaml", settings)],
        expect![[r#"
        unknown-key at programme.yaml:2:3: `words` has no `column` | did you mean `columns`?
        unknown-key at programme.yaml:4:5: `columns` has no `milstone` | did you mean `milestone`?
        unknown-key at programme.yaml:5:13: a risk has no `ownr` | did you mean `owner`?
        duplicate-key at programme.yaml:5:39: `C` is a word for `owner` and for `title` | leave it to one of them
        wrong-type at programme.yaml:5:50: `impact` should be a word, or a list of words | write a word, or a list of words
        unknown-value at programme.yaml:6:17: `Ja` is said to mean `complet`, which is not known | did you mean `complete`? It can be `complete`, `green`, `on plan`, `amber`, `red`, `stopped`, `open`, `closed`
        unknown-value at programme.yaml:7:24: `Kaum` is said to mean `9`, which is not known | write one of `1`, `2`, `3`, `4`, `5`
    "#]],
    );
}

#[test]
fn what_is_misspelt_is_answered_with_what_there_is() {
    let settings = "data_date: 2026-02-18\nversoin: '1'\n";
    let list = "\
| ID | Milestone | Target date | Ownr | Status | Depends on |
| --- | --- | --- | --- | --- | --- |
| M1 | Interface design | 2026-03-02 | Ana | Complet | |
| M2 | Pump trial | 2026-04-02 | Ana | Blockd | Interfce design |
| M13 | Valve trial | 2026-04-02 | Ana | | M14 |
";
    check(
        &[("list.md", list), ("programme.yaml", settings)],
        expect![[r#"
            unknown-key at list.md:1:34: a table of milestones has no column `Ownr` | did you mean `owner`? Until then nothing is read from this column
            unknown-value at list.md:3:46: `status` is `Complet`, which is not known | did you mean `complete`? It can be `complete`, `green`, `on plan`, `amber`, `red`, `stopped`
            unknown-value at list.md:4:40: `status` is `Blockd`, which is not known | did you mean `blocked`? It can be `complete`, `green`, `on plan`, `amber`, `red`, `stopped`
            unknown-reference at list.md:4:49: there is no milestone `Interfce design` | did you mean `Interface design`?
            unknown-reference at list.md:5:44: there is no milestone `M14` | did you mean `M1`?
            unknown-key at programme.yaml:2:1: programme.yaml has no key `versoin` | did you mean `version`?
        "#]],
    );
}

#[test]
fn a_milestone_is_depended_on_by_its_name() {
    let list = format!(
        "{LISTED}| M1 | Interface design | 2026-03-02 | | |\n| M2 | Pump trial | 2026-04-02 | | Interface-design complete |\n\
         | M3 | Valve trial | 2026-05-02 | | Pump trial passed with two pumps |\n| M4 | Handover | 2026-06-02 | | Vlave trial complete |\n"
    );
    let programme = check(
        &[("list.md", &list)],
        expect![[r#"
        unknown-reference at list.md:6:34: there is no milestone `Vlave trial` | did you mean `Valve trial`? As it stands, it makes no dependency
    "#]],
    );
    let dependency = |index: usize| {
        let criterion = &programme.milestones[index].entry.criteria[0];
        criterion.dependency.as_ref().map(|named| format!("{:?} {}", named.extent, named.milestones[0].value))
    };
    assert_eq!([1, 2, 3].map(dependency), [Some("Whole M1".into()), Some("Part M2".into()), None]);
    let written = "\
| ID | Milestone | Depends on |
| --- | --- | --- |
| M1 | Design, build | |
| M2 | Pump trial | Design, build |
| M3 | Handover | pump-trial and Design & build |
";
    let (programme, _, _) = build(&[("milestones/list.md", written)]);
    let on = |index: usize| -> Vec<String> {
        programme.milestones[index].depends_on.iter().map(|id| id.value.to_string()).collect()
    };
    assert_eq!((on(1), on(2)), (vec!["M1".to_string()], vec!["M2".to_string(), "M1".to_string()]));
}

#[test]
fn findings_stand_in_their_cell_whatever_stands_before_it() {
    let list = |before: &str, name: &str, end: &str| {
        format!("{before}| ID | Milestone | Target date |{end}| --- | --- | --- |{end}| M1 | {name} | blue moon |{end}")
    };
    let front = "---\ntitle: Plan\n---\n\n";
    for (case, text, expected) in [
        ("plain", list("", "Trial", "\n"), "3:16"),
        ("CRLF", list("", "Trial", "\r\n"), "3:16"),
        ("an emoji", list("", "🟢 Äal", "\n"), "3:16"),
        ("front matter", list(front, "Trial", "\n"), "7:16"),
        ("an escaped bar", list("", r"Tr\|l", "\n"), "3:16"),
        ("all of them", list(front, r"🟢\|Äa", "\r\n"), "7:16"),
    ] {
        let (_, findings, inputs) = build(&[("list.md", &text)]);
        let found = findings.iter().find(|finding| finding.rule == "date-not-understood").unwrap();
        let source = inputs.source("content/list.md").unwrap();
        assert_eq!(&source.text[found.at.start as usize..found.at.end as usize], "blue moon", "{case}");
        let at = place(&source.text, found.at.start);
        assert_eq!(format!("{}:{}", at.line, at.column), expected, "{case}");
    }
}

const TWO_CRITERIA: &str = "\
- id: M1
  name: One
  window: Week 1
  authority: TBD
  exit:
    - {id: M1-X1, text: Board is live, acceptor: TBD, validity: standng}
    - {id: M1-X1, text: Tests passed, acceptor: n/a}
";

#[test]
fn what_is_asked_for_and_not_understood_is_asked_for_still() {
    let (programme, findings, _) = build(&[("milestones/m.yaml", TWO_CRITERIA)]);
    let gate = &programme.milestones[0].exit;
    assert_eq!(gate.authority.as_ref().map(|words| words.value.as_str()), Some("TBD"));
    let [first, second] = gate.criteria.as_slice() else { panic!("two criteria") };
    assert_eq!(first.acceptor.as_ref().map(|words| words.value.as_str()), Some("TBD"));
    assert_eq!(first.validity, crate::model::milestone::Validity::Standing);
    // One id names one criterion.
    assert_eq!((first.id.as_str(), second.id.as_str()), ("M1-X1", "M1-X1-2"));
    assert_eq!((second.acceptor.is_none(), second.id_derived), (true, true));
    assert!(findings.iter().any(|finding| finding.rule == "duplicate-id"));
}

#[test]
fn of_two_values_that_disagree_where_a_colour_hangs_on_them_neither_is_taken() {
    let first = "- {id: E1, title: a, result: pass, acceptor: pending}\n";
    let second = "- {id: E1, result: fail, accepted_on: 2026-02-04}\n";
    let decisions = "- {id: D1, gate: m1 exit, outcome: go, by: Bo}\n";
    let (programme, findings, _) = build(&[
        ("decisions/a.yaml", decisions),
        ("decisions/b.yaml", "- {id: D1, outcome: kill}\n"),
        ("evidence/a.yaml", first),
        ("evidence/b.yaml", second),
        ("milestones/m.yaml", TWO_CRITERIA),
    ]);
    let evidence = &programme.evidence[0];
    assert!(evidence.is_unread && evidence.result.is_none() && evidence.accepted_on.is_some());
    assert!(evidence.acceptor.is_none());
    assert!(programme.decisions[0].outcome.is_none());
    assert_eq!(programme.decisions[0].gate.as_ref().map(|gate| gate.value.milestone.as_str()), Some("M1"));
    let found = |rule: &str| findings.iter().filter(|finding| finding.rule == rule).count();
    assert_eq!(found("two-sided-fields-disagree"), 2);
    assert!(findings.iter().any(|finding| finding.message == "`acceptor` is `pending`, which names nobody"));
}
