//! The sample programme with every register filled, its standing derived: what the tests of registers tell.

use std::sync::Arc;

use crate::model::change::{Change, Confidence, ConfidenceLevel, Review};
use crate::model::decision::{Override, Waiver};
use crate::model::evidence::Verdict;
use crate::model::id::Id;
use crate::model::milestone::Tailoring;
use crate::model::narrative::{Narrative, NarrativeRow, Piece};
use crate::model::reference::{Kind, Reference};
use crate::model::risk::{Acceptance, Action, Concern, Level, Risk, RiskStatus};
use crate::model::settings::Person;
use crate::model::{Programme, Words};
use crate::site::index::Index;
use crate::site::sample::{day, record, spanned, words};
use crate::site::url::Addresses;
use crate::site::words::Words as Texts;
use crate::site::{Material, Versions};
use crate::source::Html;
use crate::status::{Facts, derive};
use crate::version::Snapshot;

/// The sample with more of everything.
pub fn programme() -> Programme {
    let mut programme = crate::site::sample::programme(true);
    programme.settings.people =
        vec![Person { id: "qa1".into(), name: "QA lead".into(), roles: vec!["steering".into()] }];
    programme.settings.appetite.categories.insert("security".into(), 6);
    more_evidence(&mut programme);
    more_decisions(&mut programme);
    programme.risks = risks(8);
    others(&mut programme);
    programme
}

fn more_evidence(programme: &mut Programme) {
    let hash: Arc<str> = "0b7e".repeat(16).into();
    let first = &mut programme.evidence[0];
    first.asset_sha256 = Some(hash.clone());
    first.expires_on = Some(spanned(day("2026-02-24")));
    first.record.narrative = Html::from_safe(
        "<p>See <a href=\"notes.md#why\">the notes</a>, <a href=\"gone.md\">a page that is gone</a> and \
         <a href=\"https://example.org/run\">the run</a>.</p>\n"
            .to_string(),
    );
    first.record.extras = vec![("Build".into(), "1187".into())];
    let mut add = |id: &str, title: &str, change: &dyn Fn(&mut crate::model::evidence::Evidence)| {
        let mut item = programme.evidence[0].clone();
        item.record = record(id);
        item.title = spanned(title.to_string());
        item.expires_on = None;
        change(&mut item);
        programme.evidence.push(item);
    };
    add("E-015", "Migration report", &|item| {
        item.proves[0].criterion.value = Id::new("M2-X2");
        item.sha256 = words("ffff");
    });
    add("E-016", "Dashboard list", &|item| {
        item.proves[0].criterion.value = Id::new("M2-X4");
        item.acceptor = item.producer.clone();
    });
    add("E-017", "Drill record", &|item| {
        item.proves[0].criterion.value = Id::new("M2-X5");
        item.proves.push(item.proves[0].clone());
        item.proves[1].criterion.value = Id::new("M2-X1");
        item.proves[1].words = words("Pipelines are amber");
        item.location = words("https://example.org/drills/17");
        (item.asset, item.asset_sha256) = (None, None);
    });
    add("E-018", "Environment list", &|item| {
        item.proves[0].criterion.value = Id::new("M2-E2");
        item.result = Some(spanned(Verdict::Fail));
    });
    add("E-019", "First rehearsal", &|item| item.withdrawn_on = Some(spanned(day("2026-02-19"))));
}

fn more_decisions(programme: &mut Programme) {
    let entry = &mut programme.decisions[1];
    entry.on_version = words("0.9");
    entry.by = words("qa1");
    entry.minutes = words("https://example.org/minutes/3");
    entry.dissent = vec![spanned("Operations: the environments are not ours yet".to_string())];
    entry.overrides =
        vec![Override { criterion: spanned(Id::new("M2-E2")), reason: words("The list follows within the week") }];
    let mut second = entry.conditions[0].clone();
    second.id = Id::new("C-02");
    second.text = words("Squads staffed");
    second.due = Some(spanned(day("2026-03-03")));
    entry.conditions.push(second);
    let mut unauthorised = programme.decisions[0].clone();
    unauthorised.record = record("D-009");
    unauthorised.by = words("Somebody");
    unauthorised.date = Some(spanned(day("2026-02-12")));
    unauthorised.record.narrative = Html::from_safe("<p>Agreed in the corridor.</p>".to_string());
    programme.decisions.push(unauthorised);
    let mut over: Waiver = programme.waivers[0].clone();
    over.record = record("W-02");
    over.criterion = Some(spanned(Id::new("M2-X4")));
    over.expires_on = Some(spanned(day("2026-02-18")));
    programme.waivers.push(over);
    programme.milestones[4].exit.criteria[0].not_applicable =
        Some(Tailoring { reason: words("No documents change"), approver: words("steering"), date: None });
    let frozen = &mut programme.history.versions[0];
    frozen.criteria.insert(Id::new("M2-E2"), "All platform environments provisioned".to_string());
    frozen.criteria.insert(Id::new("M2-E1"), "M1 complete".to_string());
    frozen.criteria.insert(Id::new("M2-E7"), "Squads staffed".to_string());
}

/// As many risks as asked for, all over the matrix; every ninth is closed, every eleventh has no score.
pub fn risks(count: usize) -> Vec<Risk> {
    let titles = [
        "Cut-over fails under load",
        "Escrow needs a licensed partner",
        "Seed data holds personal data",
        "Moderation queue outgrows the team",
        "Legal review does not fit M5",
    ];
    (0..count).map(|index| risk(index, titles[index % titles.len()])).collect()
}

fn risk(index: usize, title: &str) -> Risk {
    let (probability, impact) = ((index * 7 % 5 + 1) as u8, (index * 3 % 5 + 1) as u8);
    let level = |step: u8, said: &str| Some(spanned(Level { said: said.to_string(), step }));
    let is_scored = index % 11 != 10;
    let inherent = (probability + 1).min(5) * impact;
    let optional = |text: &str, is: bool| -> Words { if is { words(text) } else { None } };
    Risk {
        record: record(&format!("R-{:02}", index + 1)),
        title: spanned(title.to_string()),
        cause: optional("The rehearsal ran at a tenth of peak traffic", index % 3 != 2),
        event: optional("a live cut-over may fail", index % 3 != 2),
        effect: optional("Releases stop for a day.", index.is_multiple_of(3)),
        category: optional("Security", index.is_multiple_of(4)),
        owner: words("Security lead"),
        raised_on: Some(spanned(day("2026-02-03"))),
        probability: if is_scored { level(probability, "likely") } else { None },
        impact: if is_scored { level(impact, "3") } else { None },
        score: None,
        inherent: is_scored.then(|| spanned(inherent)),
        residual: None,
        target: is_scored.then(|| spanned(impact)),
        score_unread: false,
        proximity: None,
        response: optional("Reduce: rehearse the cut-over", index % 4 != 3),
        actions: vec![
            Action {
                text: spanned("Book the rehearsal".to_string()),
                actionee: words("Platform lead"),
                due: Some(spanned(day("2026-02-10"))),
                due_unread: false,
                done_on: Some(spanned(day("2026-02-10"))),
            },
            Action {
                text: spanned("Rehearse at full load".to_string()),
                actionee: words("Platform lead"),
                due: Some(spanned(day(if index % 5 == 1 { "2026-02-18" } else { "2026-02-27" }))),
                due_unread: false,
                done_on: None,
            },
        ],
        milestones: vec![spanned(Id::new(["M2", "M3", "M4"][index % 3]))],
        status: Some(spanned(RiskStatus { said: "Open".to_string(), open: index % 9 != 8 })),
        reviewed_on: Some(spanned(day(if index % 6 == 5 { "2026-01-20" } else { "2026-02-18" }))),
        acceptance: (index % 7 == 6).then(|| Acceptance {
            by: words("steering"),
            until: Some(spanned(day("2026-04-30"))),
            until_unread: false,
        }),
    }
}

fn others(programme: &mut Programme) {
    let concern = |kind: Kind, id: &str, title: &str, due: &str, open: bool| Concern {
        record: record(id),
        kind,
        title: spanned(title.to_string()),
        owner: words("Platform lead"),
        raised_on: None,
        due: Some(spanned(day(due))),
        severity: words("high"),
        milestones: vec![spanned(Id::new("M2"))],
        risks: vec![spanned(Id::new("R-01"))],
        status: Some(spanned(RiskStatus { said: if open { "Open" } else { "Done" }.to_string(), open })),
        resolution: None,
    };
    programme.concerns = vec![
        concern(Kind::Issue, "I-01", "The build host is full", "2026-02-16", true),
        concern(Kind::Issue, "I-02", "Two accounts are missing", "2026-02-10", false),
        concern(Kind::Assumption, "A-01", "Traffic stays below last year’s peak", "2026-03-31", true),
    ];
    programme.reviews = vec![Review {
        record: record("V-01"),
        kind: words("Gate review"),
        date: Some(spanned(day("2026-02-13"))),
        reviewer: words("Internal audit"),
        independent: Some(true),
        findings: vec![spanned("Acceptance of two items is not minuted".to_string())],
    }];
    programme.confidences = vec![Confidence {
        record: record("S-01"),
        level: Some(spanned(ConfidenceLevel::AmberGreen)),
        by: words("steering"),
        date: Some(spanned(day("2026-02-19"))),
        text: words("We will make it if the rehearsal holds."),
    }];
    programme.changes = vec![Change {
        record: record("CH-01"),
        of: Some(spanned(Reference::new(Kind::Risk, &Id::new("R-01")))),
        field: words("residual"),
        from: words("8"),
        to: words("12"),
        to_window: None,
        reason: words("Counsel’s note"),
        impact: words("none on dates"),
        approver: words("steering"),
        date: Some(spanned(day("2026-02-17"))),
    }];
    let why = Html::from_safe("<h2 id=\"why\">Why</h2>\n<p>As agreed.</p>\n".to_string());
    programme.narratives[0].pieces.push(Piece::Prose(why));
    programme.narratives.push(narrative());
}

fn narrative() -> Narrative {
    let row = |cells: &[&str], of: Option<(Kind, &str)>| NarrativeRow {
        cells: cells.iter().map(|cell| cell.to_string()).collect(),
        record: of.map(|(kind, id)| Reference::new(kind, &Id::new(id))),
    };
    Narrative {
        path: "content/pages/how we work.md".to_string(),
        title: "How we work".to_string(),
        visibility: crate::model::Visibility::Public,
pieces: vec![
            Piece::Prose(Html::from_safe("<h1 id=\"how-we-work\">How we work</h1>\n".to_string())),
            Piece::Prose(Html::from_safe(
                "<h2 id=\"main\">Main</h2>\n<p>See <a href=\"../notes.md\">the notes</a>, <a href=\"../E-009.md\">a \
                 record</a>, <a href=\"#main\">here</a>, <img src=\"x.png\" alt=\"a sketch\" />.</p>\n<ul>\n<li>one</li>\n\
                 <li>two</li>\n</ul>\n"
                    .to_string(),
            )),
            Piece::Table {
                header: vec!["Id".into(), "Milestone".into(), "Target window".into()],
                rows: vec![
                    row(&["M1", "Mobilisation", "Week 1"], Some((Kind::Milestone, "M1"))),
                    row(&["M2", "Automation\nand data", "Weeks 1–3"], Some((Kind::Milestone, "M2"))),
                    row(&["–", "a row that is no record", ""], None),
                ],
            },
        ],
    }
}

pub fn snapshot(programme: Programme) -> Snapshot {
    let standing = derive(&Facts::new(&programme));
    Snapshot {
        schema: 1,
        standing: Arc::new(standing),
        findings: Arc::new(Vec::new()),
        programme: Arc::new(programme),
        withheld: Vec::new(),
    }
}

/// The words of the default theme.
pub fn texts() -> Texts {
    Texts::parse(include_str!("../../themes/default/words.toml")).unwrap()
}

/// Gives `tell` the material of a programme, its standing derived.
pub fn with_material<T>(programme: Programme, tell: impl FnOnce(&Material) -> T) -> T {
    let snapshot = snapshot(programme);
    let versions = Versions::alone(&snapshot);
    let addresses = Addresses::new(&snapshot.programme);
    let words = texts();
    tell(&Material {
        programme: &snapshot.programme,
        standing: &snapshot.standing,
        findings: &snapshot.findings,
        withheld: &snapshot.withheld,
        versions: &versions,
        words: &words,
        addresses: &addresses,
        index: &Index::new(&snapshot.programme, &snapshot.standing),
    })
}
