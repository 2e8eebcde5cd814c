//! What rules say of cases that their documentation, a fixture for each, leaves out.

use expect_test::{Expect, expect};
use milepost::cli::terminal;
use milepost::pipeline;
use milepost::source::{Asset, Inputs};

use crate::support;

type Files<'a> = &'a [(&'a str, &'a str)];

/// A programme as at 18 February 2026 that three people run; `more` stands in its settings.
fn settings(version: &str, data_date: &str, more: &str) -> String {
    format!(
        "name: Pilot\nversion: \"{version}\"\ndata_date: {data_date}\nvisibility: public\ncalendar: {{ week_1: 2026-02-02 }}\n\
         authority: {{ entry: Board, exit: Board }}\n{more}"
    )
}

fn inputs(version: &str, data_date: &str, files: Files) -> Inputs {
    let settings = settings(version, data_date, "");
    let settings = [("programme.yaml", settings.as_str())];
    support::inputs(&settings.into_iter().chain(files.iter().copied()).collect::<Vec<_>>())
}

/// What the rule finds in the last state, those before it frozen a week apart from 4 February on as `0.1`, `0.2` …
fn check(rule: &str, states: &[Files], expected: Expect) {
    told(rule, &after(states), expected);
}

fn after(states: &[Files]) -> Inputs {
    let (last, frozen) = states.split_last().unwrap();
    let mut now = inputs("1.0", "2026-02-27", last);
    for (index, state) in frozen.iter().enumerate() {
        let date = format!("2026-02-{:02}", 4 + 7 * index);
        support::freeze(&inputs(&format!("0.{}", index + 1), &date, state), &mut now);
    }
    now
}

fn told(rule: &str, inputs: &Inputs, expected: Expect) {
    let found = pipeline::findings(inputs, support::clock());
    let of_rule: Vec<_> = found.into_iter().filter(|finding| finding.rule == rule).collect();
    let help = of_rule.iter().map(|finding| finding.help.clone().unwrap_or_default());
    let lines = terminal::short(&of_rule, "");
    let lines = lines.lines().zip(help).map(|(line, help)| format!("{line}\n  help: {help}"));
    expected.assert_eq(&lines.collect::<Vec<_>>().join("\n"));
}

const PILOT: &str = "id: M1\nname: Pilot\nowner: Ann\nwindow: Weeks 1–8\nexit:\n- { id: X-1, text: Report signed by the board }\n\
                     - { id: X-2, text: Ten users trained }\n";
const EASED: &str = "id: M1\nname: Pilot\nowner: Ann\nwindow: Weeks 1–8\nexit:\n- { id: X-1, text: Report signed by the board }\n\
                     - { id: X-2, text: Ten users trained, mandatory: no }\n";
const RISKS: &str =
    "- { id: R-1, title: Users do not turn up, status: open }\n- { id: R-2, title: Licences run out, status: open }\n";
const ONE_RISK: &str = "- { id: R-1, title: Users do not turn up, status: open }\n";

#[test]
fn what_was_eased_in_an_older_version_is_told_until_it_is_put_back_or_answered() {
    let (before, after): (Files, Files) = (&[("milestones/M1.yaml", PILOT)], &[("milestones/M1.yaml", EASED)]);
    let eased = expect![[r#"
        milestones/M1.yaml:7:20: warning[criterion-weakened]: criterion `X-2` is easier to meet than in version `0.1`: mandatory to advisory, 20 working days before its gate
          help: put it back, or say why in a change record with `record: M1`, `field: exit criteria` and a `reason`"#]];
    check("criterion-weakened", &[before, after, after], eased);
    check("criterion-weakened", &[before, after, before], expect![""]);
    let change = "- { id: C-1, record: X-2, field: mandatory, to: no, reason: the supplier trains them, approver: Board, date: 2026-02-09 }\n";
    let answered: Files = &[("milestones/M1.yaml", EASED), ("changes.yaml", change)];
    check("criterion-weakened", &[before, answered, answered], expect![""]);
}

#[test]
fn what_went_in_an_older_version_is_told_once_until_it_is_back() {
    let milestone = ("milestones/M1.yaml", PILOT);
    let two: Files = &[milestone, ("risks.yaml", RISKS)];
    let one: Files = &[milestone, ("risks.yaml", ONE_RISK)];
    let none: Files = &[milestone];
    check(
        "record-disappeared",
        &[two, one, one],
        expect![[r#"
        programme.yaml:1:1: warning[record-disappeared]: risk `R-2` of version `0.1` is not there any more
          help: put it back with `status: closed`: what is closed remains, as closed"#]],
    );
    check(
        "record-disappeared",
        &[two, one, none],
        expect![[r#"
        programme.yaml:1:1: warning[record-disappeared]: risk `R-1` of version `0.2` is not there any more
          help: put it back with `status: closed`: what is closed remains, as closed
        programme.yaml:1:1: warning[record-disappeared]: risk `R-2` of version `0.1` is not there any more
          help: put it back with `status: closed`: what is closed remains, as closed"#]],
    );
    check("record-disappeared", &[two, one, two], expect![""]);
}

#[test]
fn ids_of_criteria_and_of_records_without_a_title_are_not_used_again() {
    let other = PILOT.replace("Ten users trained", "Invoices paid on time");
    let without = PILOT.replace("- { id: X-2, text: Ten users trained }\n", "");
    let decision = |gate: &str| format!("- {{ id: D-1, gate: {gate}, outcome: hold, by: Board, date: 2026-02-03 }}\n");
    let (entry, exit) = (decision("M1 entry"), decision("M1 exit"));
    let first: Files = &[("milestones/M1.yaml", PILOT), ("decisions.yaml", &exit)];
    let retired: Files = &[("milestones/M1.yaml", &without)];
    let again: Files = &[("milestones/M1.yaml", &other), ("decisions.yaml", &entry)];
    check(
        "id-reused-after-retirement",
        &[first, retired, again],
        expect![[r#"
        decisions.yaml:1:3: warning[id-reused-after-retirement]: decision `D-1` was "M1 exit" in version `0.1` and was retired after it
          help: give it an id that was never used: frozen versions and minutes still mean the old one
        milestones/M1.yaml:7:20: warning[id-reused-after-retirement]: criterion `X-2` was "Ten users trained" in version `0.1` and was retired after it
          help: give it an id that was never used: frozen versions and minutes still mean the old one"#]],
    );
    check("id-reused-after-retirement", &[first, retired, first], expect![""]);
}

#[test]
fn an_override_names_what_was_not_met() {
    let go: Files = &[
        ("milestones/M1.yaml", PILOT),
        ("decisions.yaml", "- { id: D-1, gate: M1 exit, outcome: go, by: Board, date: 2026-02-03 }\n"),
    ];
    check(
        "override-unexplained",
        &[go],
        expect![[r#"
        decisions.yaml:1:38: warning[override-unexplained]: decision `D-1` goes against readiness and does not say why: `X-1` and `X-2` were not met
          help: add `overrides: [{ criterion: X-1, reason: … }, { criterion: X-2, reason: … }]`"#]],
    );
}

#[test]
fn a_milestone_sent_round_again_is_forecast_for_the_new_date() {
    let late = PILOT.replace("Weeks 1–8", "Weeks 1–2");
    let recycled = |to: &str| {
        format!("- {{ id: D-1, gate: M1 exit, outcome: recycle, by: Board, date: 2026-02-13, new_gate_date: {to} }}\n")
    };
    let (coming, over) = (recycled("2026-03-13"), recycled("2026-02-20"));
    check("forecast-in-past", &[&[("milestones/M1.yaml", &late), ("decisions.yaml", &coming)]], expect![""]);
    check(
        "forecast-in-past",
        &[&[("milestones/M1.yaml", &late), ("decisions.yaml", &over)]],
        expect![[r#"
        milestones/M1.yaml:4:9: warning[forecast-in-past]: milestone `M1` is not achieved, and its forecast ended on 2026-02-20
          help: say when it will be reached, or record the decision of the gate `M1 exit`"#]],
    );
}

#[test]
fn two_files_of_prose_do_not_land_on_one_address() {
    let page = "# Travel\n\nHow we travel.\n";
    check(
        "two-pages-one-address",
        &[&[("pages/How to travel.md", page), ("pages/how-to-travel.md", page)]],
        expect![[r#"
            pages/how-to-travel.md:1:1: warning[two-pages-one-address]: page `pages/how-to-travel.md` would have the address of `pages/How to travel.md`
              help: give one of the files another name, different by more than upper and lower case or punctuation"#]],
    );
    check(
        "two-pages-one-address",
        &[&[("pages/How to travel.md", page), ("pages/how-we-travel.md", page)]],
        expect![""],
    );
}

#[test]
fn files_one_letter_beside_a_name_that_is_read_are_found() {
    let risk = "- { id: R-1, title: Users do not turn up }\n";
    let files: Files =
        &[("programm.yaml", "name: Pilot\n"), ("rsiks.yaml", risk), ("wavers/W1.yaml", "reason: late\n")];
    check(
        "misspelt-name",
        &[files],
        expect![[r#"
        programm.yaml:1:1: warning[misspelt-name]: the file `programm.yaml` is not read as the settings; did you mean `programme.yaml`?
          help: rename it to `programme.yaml`, so that it is read for what it is
        rsiks.yaml:1:1: warning[misspelt-name]: the file `rsiks.yaml` says nothing of what is in it; did you mean `risks.yaml`?
          help: rename it to `risks.yaml`, so that it is read for what it is
        wavers/W1.yaml:1:1: warning[misspelt-name]: the folder `wavers` says nothing of what is in it; did you mean `waivers`?
          help: rename it to `waivers`, so that its files are read for what they are"#]],
    );
    check(
        "misspelt-name",
        &[&[("plan.yaml", risk), ("minutes/2026.md", "Agreed.\n"), ("risk.yml", risk)]],
        expect![""],
    );
    check(
        "two-settings-files",
        &[&[("program.yml", "name: Pilot\n")]],
        expect![[r#"
        programme.yaml:1:1: warning[two-settings-files]: `programme.yaml` is not heard: the settings are those of `program.yml`
          help: move what is wanted into `program.yml`, and delete this file"#]],
    );
}

#[test]
fn an_order_of_dates_that_is_shown_once_leaves_no_doubt() {
    let dated = |raised: &str| format!("- {{ id: R-1, title: Users do not turn up, raised_on: {raised} }}\n");
    let late = PILOT.replace("Weeks 1–8", "03/02/2026 – 16/03/2026");
    let doubtful: Files = &[("milestones/M1.yaml", PILOT), ("risks.yaml", &dated("02/03/2026"))];
    check(
        "date-read-day-first",
        &[doubtful],
        expect![[r#"
        risks.yaml:1:54: note[date-read-day-first]: `02/03/2026` is read with the day first, as 2 March 2026
          help: write `2026-03-02`, or add `day_first: yes` under `calendar:` in programme.yaml for all dates"#]],
    );
    check(
        "date-read-day-first",
        &[&[("milestones/M1.yaml", &late), ("risks.yaml", &dated("02/03/2026"))]],
        expect![""],
    );
    for plain in ["2026-03-02", "02.03.2026", "2 Mar 2026", "03/03/2026"] {
        check("date-read-day-first", &[&[("risks.yaml", &dated(plain))]], expect![""]);
    }
}

#[test]
fn evidence_in_a_table_is_sealed_by_a_cell() {
    let table = "| ID | Title | Proves | Location | Result | Acceptor | Accepted on |\n| --- | --- | --- | --- | --- | --- | --- |\n\
                 | E-1 | Report | X-1 | report.pdf | pass | Cy | 2026-02-20 |\n";
    let mut inputs = inputs("1.0", "2026-02-27", &[("milestones/M1.yaml", PILOT), ("evidence.md", table)]);
    let sha256 = milepost::output::sha256(b"report");
    inputs.assets.push(Asset { path: "report.pdf".into(), length: 6, sha256 });
    told(
        "evidence-not-sealed",
        &inputs,
        expect![[r#"
        evidence.md:3:49: note[evidence-not-sealed]: evidence `E-1` is accepted, and nothing says which file that was
          help: if the file is the accepted one, add a column `sha256` to the table, and in its row write `845e91831319e89c4d656bdb80c278ac09a7230d61e5dfd2e1b1fbb436ac8917`"#]],
    );
}

#[test]
fn a_portal_that_is_too_large_is_found_when_it_is_made() {
    let evidence = "- { id: E-1, title: Film, location: film.mp4 }\n";
    let mut inputs = inputs("1.0", "2026-02-27", &[("milestones/M1.yaml", PILOT), ("evidence.yaml", evidence)]);
    let settings = settings("1.0", "2026-02-27", "site: { publish_files: true }\n");
    inputs.sources.iter_mut().find(|source| &*source.path == "programme.yaml").unwrap().text = settings.as_str().into();
    let sha256 = milepost::output::sha256(b"film");
    inputs.assets.push(Asset { path: "film.mp4".into(), length: 600_000_000, sha256 });
    let built = pipeline::build(&inputs, support::clock(), &pipeline::Memory::default());
    let found = built.findings.iter().find(|finding| finding.rule == "output-too-large").unwrap();
    expect!["the portal is 600 MB large"].assert_eq(&found.message);
}

/// Does the rule find so many things in the last state?
#[track_caller]
fn finds(rule: &str, states: &[Files], expected: usize) {
    let found = pipeline::findings(&after(states), support::clock());
    let of_rule: Vec<_> = found.into_iter().filter(|finding| finding.rule == rule).collect();
    assert_eq!(of_rule.len(), expected, "{}", terminal::short(&of_rule, ""));
}

/// The pilot, its report signed and its users trained, and what was decided of it.
fn decided<'a>(decisions: &'a str, evidence: &'a str) -> [(&'a str, &'a str); 3] {
    [("milestones/M1.yaml", PILOT), ("decisions/D.yaml", decisions), ("evidence/E.yaml", evidence)]
}

const SIGNED: &str = "- { id: E-1, title: Report, proves: [X-1], producer: Bo, produced_on: 2026-02-02, result: pass, acceptor: Cy, accepted_on: 2026-02-03 }\n";
const HOLD: &str = "- { id: D1, gate: M1 exit, outcome: hold, by: Board, date: 2026-02-04, resume_on: 2026-03-02 }\n";
const PROMISED: &str = "- { id: D1, gate: M1 exit, outcome: conditional go, by: Board, date: 2026-02-04, conditions: [{ id: C1, text: Train, criterion: X-2, due: 2026-02-20, timing: pre }, { id: C2, text: Sign, criterion: X-1, due: 2026-02-20 }] }\n";

#[test]
fn a_decision_that_was_written_over_is_told_until_it_is_put_back() {
    let go = HOLD.replace("hold", "go");
    let followed = format!("{HOLD}{}", go.replace("D1", "D2").replace("02-04", "02-06"));
    let (before, after, with) = (decided(HOLD, SIGNED), decided(&go, SIGNED), decided(&followed, SIGNED));
    let rewritten = 1;
    finds("decision-rewritten", &[&before, &after, &after], rewritten);
    finds("decision-rewritten", &[&before, &after, &before], 0);
    finds("decision-rewritten", &[&before, &with], 0);
}

#[test]
fn a_promise_that_was_eased_is_told_and_one_that_was_tightened_is_not() {
    for (from, to, expected) in [
        ("due: 2026-02-20, timing: pre", "due: 2026-03-20, timing: post", 1),
        ("due: 2026-02-20, timing: pre", "due: 2026-02-18, timing: pre", 0),
        ("criterion: X-2", "criterion: X-1", 1),
        (", { id: C2, text: Sign, criterion: X-1, due: 2026-02-20 }", "", 1),
        ("by: Board", "by: Eva", 1),
        ("due: 2026-02-20 }", "due: 2026-02-20, closed_on: 2026-02-19 }", 0),
    ] {
        let now = PROMISED.replacen(from, to, 1);
        finds("decision-rewritten", &[&decided(PROMISED, SIGNED), &decided(&now, SIGNED)], expected);
    }
}

#[test]
fn an_acceptance_that_was_written_over_is_told_and_a_withdrawal_is_not() {
    let failed = SIGNED.replace("pass", "fail");
    let waits = SIGNED.replace(", acceptor: Cy, accepted_on: 2026-02-03", "");
    for (before, now, expected) in [
        (failed.as_str(), SIGNED, 1),
        (SIGNED, &SIGNED.replace("Bo", "Dee"), 1),
        (SIGNED, &SIGNED.replace("03 }", "03, withdrawn_on: 2026-02-10 }"), 0),
        (&waits, SIGNED, 0),
    ] {
        finds("acceptance-rewritten", &[&decided(HOLD, before), &decided(HOLD, now)], expected);
    }
}

#[test]
fn a_waiver_that_was_prolonged_is_told() {
    let waiver = "id: W-1\ncriterion: X-2\nreason: Later\napprover: Board\ndate: 2026-02-03\nexpires_on: 2026-03-03\n";
    let longer = waiver.replace("2026-03-03", "2026-06-03");
    let (before, after): (Files, Files) = (
        &[("milestones/M1.yaml", PILOT), ("waivers/W-1.yaml", waiver)],
        &[("milestones/M1.yaml", PILOT), ("waivers/W-1.yaml", &longer)],
    );
    finds("decision-rewritten", &[before, after], 1);
}

#[test]
fn a_condition_is_overdue_by_the_day_its_gate_holds_it_to() {
    let undated = PROMISED.replace(", due: 2026-02-20, timing: pre", "").replace("2026-02-04", "2026-01-20");
    let followed = format!("{PROMISED}{}", HOLD.replace("D1", "D2").replace("02-04", "02-06"));
    finds("condition-overdue", &[&decided(&undated, SIGNED)], 2);
    finds("condition-overdue", &[&decided(PROMISED, SIGNED)], 2);
    finds("condition-overdue", &[&decided(&followed, SIGNED)], 0);
}

#[test]
fn a_milestone_that_a_criterion_less_completes_went_from_red_to_green() {
    let go = HOLD.replace("hold", "go");
    let eased = [("milestones/M1.yaml", EASED), ("decisions/D.yaml", &go), ("evidence/E.yaml", SIGNED)];
    finds("red-to-green-in-one-version", &[&decided(&go, SIGNED), &eased], 1);
}

#[test]
fn an_entry_gate_that_moves_alone_slips_and_one_far_away_is_found() {
    let on = |date: &str| PILOT.replace("exit:\n", &format!("entry_gate_date: {date}\nentry: [Room booked]\nexit:\n"));
    let (before, after, away) = (on("2026-02-02"), on("2026-02-20"), on("2026-06-30"));
    let of = |text| [("milestones/M1.yaml", text)];
    let slip = 1;
    finds("slip-without-reason", &[&of(before.as_str()), &of(after.as_str())], slip);
    finds("gate-outside-window", &[&of(after.as_str())], 0);
    finds("gate-outside-window", &[&of(away.as_str())], 1);
    let gates = away.replace("2026-06-30", "2026-03-10\nexit_gate_date: 2026-03-06");
    finds("gate-outside-window", &[&of(gates.as_str())], 1);
    let early = away.replace("2026-06-30", "2026-01-28\nexit_gate_date: 2026-01-30");
    finds("gate-outside-window", &[&of(early.as_str())], 1);
}
