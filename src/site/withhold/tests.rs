//! A canary in every text of every record that is withheld: nothing of it may be left.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::export::feed::Issue;
use crate::export::files;
use crate::memo::Memo;
use crate::model::change::{Change, Confidence, Review};
use crate::model::id::Id;
use crate::model::narrative::{Narrative, NarrativeRow, Piece, Understood};
use crate::model::reference::{Kind, Reference};
use crate::model::risk::{Acceptance, Action, Concern};
use crate::model::{Programme, Record, Visibility};
use crate::output::Content;
use crate::render;
use crate::render::theme::Theme;
use crate::site::sample::{self, day, spanned, words};
use crate::site::shell;
use crate::site::withhold::withhold;
use crate::site::{self, Versions};
use crate::source::{Asset, Html, Span};
use crate::version::Snapshot;

const CANARY: &str = "CANARY";

fn canary(name: &str) -> String {
    format!("{CANARY}-{name}")
}

/// Hides a record under an id and texts of its own.
fn hide(record: &mut Record, name: &str) {
    record.id = Id::new(&canary(name));
    record.visibility = Visibility::Restricted;
    record.narrative = Html::from_safe(format!("<p>{CANARY}</p>"));
    record.extras = vec![(canary("column"), canary("cell"))];
}

fn say() -> crate::model::Words {
    words(&canary("words"))
}

/// The sample with one more of each kind, restricted, and with everything that stays pointing at them.
fn programme() -> Programme {
    let mut programme = sample::programme(true);
    add_milestone(&mut programme);
    add_evidence(&mut programme);
    add_decisions(&mut programme);
    add_risks(&mut programme);
    add_others(&mut programme);
    point_at_them(&mut programme);
    // The account of the file that the hidden risk was made of.
    programme.understood = vec![Understood {
        line: 1,
        at: Span::new(&"content/R-01.md".into(), 0, 100),
        kind: Some(Kind::Risk),
        why: "the folder".to_string(),
        columns: vec![(canary("column"), "title")],
        extras: vec![canary("extra")],
        records: 1,
    }];
    programme
}

fn add_milestone(programme: &mut Programme) {
    let mut milestone = programme.milestones[1].clone();
    hide(&mut milestone.record, "M");
    milestone.name.value = canary("name");
    (milestone.description, milestone.owner, milestone.declared_reason) = (say(), say(), say());
    (milestone.window.as_mut().unwrap()).value.text = canary("window");
    milestone.forecast = milestone.window.clone();
    milestone.declared.as_mut().unwrap().value.said = canary("said");
    milestone.tags = vec![canary("tag")];
    for gate in [&mut milestone.entry, &mut milestone.exit] {
        gate.authority = say();
        for (index, criterion) in gate.criteria.iter_mut().enumerate() {
            criterion.id = Id::new(&format!("{CANARY}-{index}-{}", criterion.id));
            criterion.text.value = canary("criterion");
            (criterion.owner, criterion.acceptor, criterion.method, criterion.wants) = (say(), say(), say(), say());
        }
    }
    programme.milestones.push(milestone);
}

fn add_evidence(programme: &mut Programme) {
    let mut evidence = programme.evidence[0].clone();
    hide(&mut evidence.record, "E");
    evidence.title.value = canary("title");
    (evidence.kind, evidence.producer, evidence.location, evidence.acceptor) = (say(), say(), say(), say());
    evidence.sha256 = say();
    evidence.asset = Some("content/CANARY.txt".into());
    evidence.proves[0].words = say();
    let mut of_hidden = evidence.clone();
    of_hidden.record.visibility = Visibility::Public;
    of_hidden.record.id = Id::new(&canary("E2"));
    of_hidden.proves[0].criterion.value = programme.milestones.last().unwrap().exit.criteria[0].id.clone();
    programme.assets = vec![Asset { path: "content/CANARY.txt".into(), length: 1, sha256: "CANARY".into() }];
    programme.evidence.extend([evidence, of_hidden]);
}

fn add_decisions(programme: &mut Programme) {
    let mut decision = programme.decisions[1].clone();
    hide(&mut decision.record, "D");
    (decision.by, decision.minutes, decision.on_version) = (say(), say(), say());
    decision.dissent = vec![spanned(canary("dissent"))];
    decision.conditions[0].id = Id::new(&canary("C"));
    (decision.conditions[0].text, decision.conditions[0].owner) = (say(), say());
    // A public decision at a hidden milestone goes with it.
    let mut at_hidden = decision.clone();
    at_hidden.record.id = Id::new(&canary("D2"));
    at_hidden.record.visibility = Visibility::Public;
    at_hidden.conditions[0].id = Id::new(&canary("C2"));
    at_hidden.gate.as_mut().unwrap().value.milestone = Id::new(&canary("M"));
    let mut waiver = programme.waivers[0].clone();
    hide(&mut waiver.record, "W");
    (waiver.reason, waiver.approver) = (say(), say());
    let mut of_hidden = waiver.clone();
    of_hidden.record.id = Id::new(&canary("W2"));
    of_hidden.record.visibility = Visibility::Public;
    of_hidden.criterion = Some(spanned(programme.milestones.last().unwrap().entry.criteria[0].id.clone()));
    programme.decisions.extend([decision, at_hidden]);
    programme.waivers.extend([waiver, of_hidden]);
}

fn add_risks(programme: &mut Programme) {
    let mut risk = programme.risks[0].clone();
    hide(&mut risk.record, "R");
    risk.title.value = canary("title");
    (risk.cause, risk.event, risk.effect, risk.category) = (say(), say(), say(), say());
    (risk.owner, risk.proximity, risk.response) = (say(), say(), say());
    risk.actions = vec![Action {
        text: spanned(canary("action")),
        actionee: say(),
        due: Some(spanned(day("2026-02-25"))),
        due_unread: false,
        done_on: None,
    }];
    risk.acceptance = Some(Acceptance { by: say(), until: None, until_unread: false });
    risk.residual = Some(spanned(25));
    let mut concern = Concern {
        record: sample::record("I-01"),
        kind: Kind::Issue,
        title: spanned(canary("title")),
        owner: say(),
        raised_on: None,
        due: None,
        severity: say(),
        milestones: Vec::new(),
        risks: Vec::new(),
        status: None,
        resolution: say(),
    };
    hide(&mut concern.record, "I");
    programme.risks.push(risk);
    programme.concerns.push(concern);
}

fn add_others(programme: &mut Programme) {
    let record = |name: &str| {
        let mut record = sample::record(name);
        hide(&mut record, name);
        record
    };
    let findings = vec![spanned(canary("finding"))];
    programme.reviews.push(Review {
        record: record("V"),
        kind: say(),
        date: None,
        reviewer: say(),
        independent: None,
        findings,
    });
    programme.confidences.push(Confidence { record: record("F"), level: None, by: say(), date: None, text: say() });
    programme.changes.push(Change {
        record: record("G"),
        of: None,
        field: say(),
        from: say(),
        to: say(),
        to_window: None,
        reason: say(),
        impact: say(),
        approver: say(),
        date: None,
    });
}

/// References, prose, history and settings of what stays.
fn point_at_them(programme: &mut Programme) {
    let hidden = |name: &str| spanned(Id::new(&canary(name)));
    programme.milestones[0].depends_on.push(hidden("M"));
    let mut implied = sample::criterion("M1-E-CANARY-M", "CANARY-M complete");
    implied.implied = true;
    implied.dependency = Some(crate::model::milestone::NamedMilestones {
        extent: crate::model::milestone::Extent::Whole,
        milestones: vec![hidden("M")],
        unknown: Vec::new(),
    });
    programme.milestones[0].entry.criteria.push(implied);
    programme.evidence[0].supersedes.push(hidden("E"));
    programme.risks[0].milestones.push(hidden("M"));
    programme.decisions[1].conditions[0].evidence.push(hidden("E"));
    let hidden_criterion = programme.milestones.last().unwrap().exit.criteria[0].id.clone();
    programme.decisions[1].conditions[0].criterion = Some(spanned(hidden_criterion.clone()));
    programme.evidence[0]
        .proves
        .push(crate::model::evidence::Proof { criterion: spanned(hidden_criterion), words: None });
    let row = |cells: &str, record| NarrativeRow { cells: vec![cells.to_string()], record };
    programme.narratives.push(Narrative {
        path: "content/all.md".to_string(),
        title: "All".to_string(),
        visibility: crate::model::Visibility::Public,
        pieces: vec![
            Piece::Prose(Html::from_safe("<h2>CANARY-M</h2>".to_string())),
            Piece::Table {
                header: vec!["Risk".to_string()],
                rows: vec![
                    row("CANARY", Some(Reference::new(Kind::Risk, &Id::new(&canary("R"))))),
                    row("as agreed with CANARY-R", None),
                ],
            },
        ],
    });
    programme.narratives.push(Narrative {
        path: "content/pages/CANARY-board.md".to_string(),
        title: canary("board"),
        visibility: Visibility::Stakeholder,
        pieces: vec![Piece::Prose(Html::from_safe("<p>CANARY board</p>".to_string()))],
    });
    let then = programme.history.versions[0].milestones.values().next().unwrap().clone();
    let then = crate::model::history::FrozenMilestone { name: canary("name"), ..then };
    programme.history.versions[0].milestones.insert(Id::new(&canary("M")), then);
}

fn snapshot() -> Snapshot {
    let programme = programme();
    let mut standing = sample::standing(&programme);
    let citing = sample::reason("CANARY-R is above appetite", &[(Kind::Risk, "CANARY-R")]);
    standing.programme.reason = citing.clone();
    standing.programme.overdue_conditions.push(Id::new(&canary("C")));
    let milestone = standing.milestones.get_mut(&Id::new("M2")).unwrap();
    milestone.reason = citing.clone();
    milestone.dimensions[0].reason = citing.clone();
    milestone.exit.reason = citing.clone();
    milestone.exit.decision = Some(Id::new(&canary("D")));
    milestone.path_to_green[0].what = "accept CANARY-E".to_string();
    let criterion = standing.criteria.get_mut(&Id::new("M2-X1")).unwrap();
    criterion.evidence.push(Id::new(&canary("E")));
    criterion.counting = Some(Id::new(&canary("E")));
    let about = sample::finding("risk-incomplete", "CANARY-R");
    let mut near = sample::finding("date-not-understood", "M1");
    near.subject = None;
    near.message = format!("`{CANARY} words` is no date");
    // The path of the part that the hidden risk was made of.
    (near.path, near.bytes) = ("content/R-01.md".to_string(), (50, 60));
    let stays = sample::finding("criterion-without-owner", "M3-X1");
    Snapshot {
        schema: 1,
        standing: Arc::new(standing),
        findings: Arc::new(vec![about, near, stays]),
        programme: Arc::new(programme),
        withheld: Vec::new(),
    }
}

#[test]
fn withheld_records_leave_no_byte() {
    let full = snapshot();
    assert!(serde_json::to_string(&full).unwrap().contains(CANARY));
    let withheld = withhold(full, Visibility::Public);
    assert!(!format!("{withheld:?}").contains(CANARY), "{:#?}", withheld);
    assert_eq!(withheld.findings.len(), 1);

    let theme = Theme::embedded();
    let versions = Versions::alone(&withheld);
    let plan = site::plan(&withheld, &versions, theme.words());
    let shell = shell::shell(&withheld, &versions, theme.words(), theme.assets());
    let (files, _) = render::pages(&plan, &shell, &theme, &Memo::default());
    for (address, content) in files {
        let Content::Bytes { bytes, .. } = content else { panic!("pages are bytes") };
        assert!(!String::from_utf8_lossy(&bytes).contains(CANARY), "{address}");
    }
    let mut exported = files::of_version(&withheld, Theme::embedded().words());
    let mut published = (*withheld.programme).clone();
    published.settings.site.url = Some("https://portal.example".to_string());
    let published = Snapshot { programme: Arc::new(published), ..withheld.clone() };
    let issues = [Issue { snapshot: &withheld, before: Some(&published), base: Some("") }];
    let pages = versions.this().pages.iter().map(String::as_str);
    let portal = files::of_portal(&published, &issues, Theme::embedded().words(), pages).into_iter();
    exported.extend(portal.map(|(address, text)| (address.to_string(), text)));
    assert_eq!(exported.len(), 21, "no export is missed");
    for (address, text) in exported {
        assert!(!text.contains(CANARY), "{address}");
    }
}

#[test]
fn what_is_withheld_is_counted_and_colours_stay() {
    let full = snapshot();
    let withheld = withhold(full.clone(), Visibility::Public);
    let counts: BTreeMap<Kind, usize> = withheld.withheld.iter().copied().collect();
    assert_eq!((counts[&Kind::Milestone], counts[&Kind::Risk], counts[&Kind::Decision]), (1, 1, 2));
    assert_eq!((counts[&Kind::Waiver], counts[&Kind::Evidence], counts[&Kind::Condition]), (2, 2, 2));
    assert_eq!(withheld.standing.programme.colour, full.standing.programme.colour);
    // By its colour, a milestone that is gone is counted no more: of one milestone, that would tell it.
    let told: usize = withheld.standing.programme.counts.values().sum();
    assert_eq!((told, withheld.standing.milestones.len()), (withheld.programme.milestones.len(), told));
    assert_eq!(withheld.standing.programme.reason.sentence, "A withheld record");
    let shown = withhold(full.clone(), Visibility::Restricted);
    assert_eq!(shown, full);
}

#[test]
fn a_page_leaves_where_nothing_else_does() {
    let mut programme = sample::programme(true);
    programme.narratives[0].visibility = Visibility::Stakeholder;
    let standing = Arc::new(sample::standing(&programme));
    let mut about = sample::finding("date-not-understood", "M1");
    about.path = programme.narratives[0].path.clone();
    let findings = Arc::new(vec![about]);
    let full = Snapshot { schema: 1, programme: Arc::new(programme), standing, findings, withheld: Vec::new() };
    let withheld = withhold(full.clone(), Visibility::Public);
    assert!(withheld.programme.narratives.is_empty() && withheld.findings.is_empty());
    assert_eq!(withheld.programme.risks, full.programme.risks);
    assert_eq!(withhold(full.clone(), Visibility::Stakeholder), full);
}
