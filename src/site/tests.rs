//! What pages say, from the sample programme, through the default words.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::memo::Memo;
use crate::model::id::Id;
use crate::model::milestone::{Declared, DeclaredColour};
use crate::model::reference::{Kind, Reference};
use crate::output::Content;
use crate::render;
use crate::render::theme::Theme;
use crate::site::material::Sentence;
use crate::site::sample::{self, day, spanned};
use crate::site::url::Addresses;
use crate::site::{Entry, Page, Versions, View, addresses, outline, plan, shell};
use crate::version::{Snapshot, VersionInfo};

fn pages(snapshot: &Snapshot) -> Vec<Page> {
    plan(snapshot, &Versions::alone(snapshot), Theme::embedded().words())
}

fn page(snapshot: &Snapshot, url: &str) -> View {
    pages(snapshot).into_iter().find(|page| page.url == url).unwrap().view
}

fn text(sentence: &Sentence) -> String {
    sentence.0.iter().map(|run| run.text.as_str()).collect()
}

#[test]
fn plan_is_the_outline_and_no_two_pages_have_one_address() {
    let snapshot = sample::snapshot();
    let planned: Vec<String> = pages(&snapshot).into_iter().map(|page| page.url).collect();
    let outlined: Vec<String> = outline(&snapshot.programme).into_iter().map(|(address, _)| address).collect();
    assert_eq!(planned, outlined);
    assert_eq!(planned.iter().collect::<BTreeSet<_>>().len(), planned.len());
}

#[test]
fn ids_that_fold_to_one_address_get_two_and_are_reported() {
    let mut programme = sample::programme(true);
    programme.milestones[2].record.id = Id::new("m2");
    programme.milestones[3].record.id = Id::new("M2?");
    let addresses = Addresses::new(&programme);
    let of = |id: &str| addresses.of(&Reference::new(Kind::Milestone, &Id::new(id))).unwrap().to_string();
    assert_eq!((of("M2"), of("m2"), of("M2?")), ("m/M2.html".into(), "m/m2-2.html".into(), "m/M2-3.html".into()));
    assert_eq!(addresses.shared.len(), 2);
}

#[test]
fn plan_without_a_calendar_is_told_to_write_week_1() {
    let View::Todo(view) = page(&sample::plan(), "todo.html") else { panic!("to do") };
    let first = view.first.unwrap();
    assert!(first.text.starts_with("calendar:\n  week_1: 2026-02-16 "), "{}", first.text);
    assert_eq!(first.file, "programme.yaml");
    let View::Status(view) = page(&sample::plan(), "index.html") else { panic!("status") };
    assert!(view.is_plan && view.needs.is_empty());
    assert_eq!(view.milestones[0].moved, "not anchored");
}

#[test]
fn what_is_said_to_be_done_gets_a_table_of_decisions() {
    let mut programme = sample::programme(true);
    let done = Declared { said: "Done".to_string(), colour: Some(DeclaredColour::Complete) };
    programme.milestones[2].declared = Some(spanned(done));
    programme.milestones[2].actual = Some(spanned(day("2026-02-18")));
    let View::Todo(view) = page(&sample::of(programme), "todo.html") else { panic!("to do") };
    let text = view.first.unwrap().text;
    assert!(text.ends_with("| D-004 | M3 exit | go | Steering committee | 2026-02-18 |\n"), "{text}");
}

#[test]
fn matrix_tags_holes_and_the_next_gate() {
    let View::Matrix(view) = page(&sample::snapshot(), "matrix.html") else { panic!("matrix") };
    let tags: Vec<(String, String)> = view
        .rows
        .into_iter()
        .map(|row| {
            (row.entry.map(|cell| cell.r#in).unwrap_or_default(), row.exit.map(|cell| cell.r#in).unwrap_or_default())
        })
        .collect();
    // M1 is passed, though its entry was never decided; M2 was let in on a condition and is due.
    assert_eq!(tags[0], ("next".to_string(), String::new()));
    assert_eq!(tags[1], ("holes".to_string(), "holes next".to_string()));
    assert_eq!(tags[2], ("next".to_string(), String::new()));
}

#[test]
fn exit_is_not_asked_for_while_the_entry_is_undecided() {
    let View::Status(view) = page(&sample::snapshot(), "index.html") else { panic!("status") };
    let asked: Vec<String> = view.needs.iter().map(|need| text(&need.what)).collect();
    assert_eq!(asked, ["M1 entry gate: is it a go?", "M3 entry gate: is it a go?", "M4 entry gate: is it a go?"]);
    assert_eq!(view.more_needs, "2 more are in the matrix.");
}

#[test]
fn steps_that_differ_in_their_record_are_told_as_one() {
    let mut snapshot = sample::snapshot();
    let mut standing = (*snapshot.standing).clone();
    let steps = &mut standing.milestones.get_mut(&Id::new("M2")).unwrap().path_to_green;
    let mut second = steps[0].clone();
    second.what = "accept or reject E-014 for M2-X4".to_string();
    second.rests_on = vec![Reference::new(Kind::Criterion, &Id::new("M2-X4"))];
    steps.push(second);
    snapshot.standing = Arc::new(standing);
    let View::Milestone(view) = page(&snapshot, "m/M2.html") else { panic!("milestone") };
    assert_eq!(view.path.len(), 1);
    assert_eq!(text(&view.path[0].what), "accept or reject E-014 for M2-X3 and M2-X4");
    let linked: Vec<&str> = view.path[0].what.0.iter().filter_map(|run| run.href.as_deref()).collect();
    assert_eq!(linked, ["e/E-014.html", "m/M2.html#M2-X3", "m/M2.html#M2-X4"]);
}

#[test]
fn status_says_what_changed_since_the_version_before() {
    let mut then = sample::snapshot();
    let mut standing = (*then.standing).clone();
    let milestone = standing.milestones.get_mut(&Id::new("M2")).unwrap();
    milestone.colour = crate::status::Colour::OnPlan;
    milestone.schedule.forecast = milestone.schedule.baseline.clone();
    standing.milestones.remove(&Id::new("M5"));
    then.standing = Arc::new(standing);
    let now = sample::snapshot();
    let versions = Versions { earlier: vec![then], ..Versions::alone(&now) };
    let pages = plan(&now, &versions, Theme::embedded().words());
    let View::Status(view) = &pages[0].view else { panic!("status") };
    let lines = &view.changed.as_ref().unwrap().lines;
    assert_eq!(lines[0].text, "forecast Fri\u{a0}20\u{a0}Feb to Fri\u{a0}27\u{a0}Feb");
    let (from, to) = lines[0].colours.as_ref().unwrap();
    assert_eq!((from.word.as_str(), to.word.as_str()), ("On plan", "Amber"));
    assert_eq!((lines[1].id.text.as_str(), lines[1].text.as_str()), ("M5", "is new"));
    assert_eq!(lines.len(), 2);
}

#[test]
fn declared_stands_beside_derived() {
    let View::Milestone(view) = page(&sample::snapshot(), "m/M2.html") else { panic!("milestone") };
    assert_eq!(view.declared, "Said: “🟢 On track”. Derived from the records: amber.");
    assert_eq!(view.edit.as_deref(), Some("https://example.org/edit/content/M2.md"));
}

/// The working version and two frozen ones, of which the older has no M5.
fn versions(snapshot: &Snapshot) -> Versions {
    let pages = addresses(&outline(&snapshot.programme));
    let mut fewer = pages.clone();
    fewer.remove("m/M5.html");
    let entry = |version: &str, base: &str, manifest: Option<&str>, pages| Entry {
        info: VersionInfo {
            version: version.to_string(),
            data_date: day("2026-02-13"),
            manifest_sha256: manifest.map(str::to_string),
        },
        base: Some(base.to_string()),
        pages: Arc::new(pages),
        issued: None,
    };
    let entries = vec![
        entry("1.00", "", None, pages.clone()),
        entry("0.9", "v/0.9/", Some("b"), pages),
        entry("0.8", "v/0.8/", Some("a"), fewer),
    ];
    Versions { entries, here: 0, earlier: Vec::new(), files: Vec::new() }
}

fn html(snapshot: &Snapshot, versions: &Versions, url: &str) -> String {
    let theme = Theme::embedded();
    let pages: Vec<Page> = plan(snapshot, versions, theme.words()).into_iter().filter(|page| page.url == url).collect();
    let shell = shell::shell(snapshot, versions, theme.words(), theme.assets());
    let (files, findings) = render::pages(&pages, &shell, &theme, &Memo::default());
    assert!(findings.is_empty(), "{findings:?}");
    let Content::Bytes { bytes, .. } = &files[0].1 else { panic!("pages are bytes") };
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn versions_lead_to_the_twin_of_a_page_or_to_their_status() {
    let snapshot = sample::snapshot();
    let versions = versions(&snapshot);
    let working = html(&snapshot, &versions, "m/M5.html");
    assert!(working.contains("href=\"../v/0.9/m/M5.html\""));
    assert!(working.contains("href=\"../v/0.8/index.html\""));
    let frozen = html(&snapshot, &Versions { here: 2, ..versions }, "m/M4.html");
    assert!(frozen.contains("href=\"../../../v/0.9/m/M4.html\" data-twin>See version 0.9"), "{frozen}");
    assert!(frozen.contains("href=\"../../../m/M4.html\""));
    assert!(frozen.contains("href=\"../../../assets/portal-"));
    assert!(frozen.contains("href=\"../index.html\""));
    assert!(frozen.contains("noindex"));
}

#[test]
fn status_names_those_that_are_in_no_row_and_says_a_negative_float() {
    let mut snapshot = sample::snapshot();
    let mut standing = (*snapshot.standing).clone();
    standing.milestones.get_mut(&Id::new("M4")).unwrap().schedule.total_float = Some(-5);
    snapshot.standing = Arc::new(standing);
    let View::Status(view) = page(&snapshot, "index.html") else { panic!("status") };
    let done: Vec<&str> = view.done.iter().map(|link| link.text.as_str()).collect();
    assert_eq!((view.done_lede.as_str(), done), ("Complete or stopped:", vec!["M1"]));
    let floats: Vec<&str> = view.milestones.iter().map(|row| row.float.as_str()).collect();
    assert_eq!(floats.iter().filter(|float| !float.is_empty()).collect::<Vec<_>>(), [&"float −5"]);
}

#[test]
fn a_gate_that_others_wait_for_is_asked_for_once() {
    let mut snapshot = sample::snapshot();
    let mut standing = (*snapshot.standing).clone();
    let decide = crate::status::Step {
        who: Some("Steering committee".to_string()),
        what: "decide the exit gate".to_string(),
        by: Some(day("2026-02-27")),
        rests_on: vec![Reference::new(Kind::Milestone, &Id::new("M2"))],
    };
    let wait = crate::status::Step {
        what: "M2 passes its exit gate, for M3-E1".to_string(),
        rests_on: [(Kind::Criterion, "M3-E1"), (Kind::Milestone, "M2")]
            .map(|(kind, id)| Reference::new(kind, &Id::new(id)))
            .to_vec(),
        ..decide.clone()
    };
    standing.milestones.get_mut(&Id::new("M2")).unwrap().path_to_green.push(decide);
    standing.milestones.get_mut(&Id::new("M3")).unwrap().path_to_green.push(wait);
    snapshot.standing = Arc::new(standing);
    let View::Todo(view) = page(&snapshot, "todo.html") else { panic!("to do") };
    let tasks = view.people.iter().flat_map(|person| &person.tasks).map(|task| text(&task.what));
    let gates: Vec<String> = tasks.filter(|task| task.contains("exit gate")).collect();
    assert_eq!(gates, ["decide the exit gate (M2)"]);
}
