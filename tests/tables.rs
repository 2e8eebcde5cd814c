//! The tables of the design's status page, row by row: one line is one small programme, and what becomes of it.
//!
//! The columns before `→` are given, those after it are what milepost makes of them. The milestone is M2, which runs from
//! Monday 2 to Friday 27 March 2026 (its lead time: 5 working days); M1 before it is complete, so that nothing is a plan.
//! Evidence is Bo's, produced on 2 March; where nothing else is said it was accepted by Cy on 3 March.

use expect_test::{Expect, expect};
use milepost::model::id::Id;
use milepost::pipeline::Checked;
use milepost::status::{Colour, DimensionName, MilestoneStanding};

use crate::support::{checked, milestone};

/// Makes every row of a table again from its given cells.
fn table<const GIVEN: usize>(expected: Expect, made: impl Fn([&str; GIVEN]) -> Vec<String>) {
    let cells = |text: &str| -> Vec<String> { text.split('|').map(|cell| cell.trim().to_string()).collect() };
    let lines = expected.data().lines().filter(|line| !line.trim().is_empty());
    let rows = lines.enumerate().map(|(number, line)| {
        let (given, head) = line.split_once('→').expect("a row has an arrow");
        let given = cells(given);
        let arguments: Vec<&str> = given.iter().map(String::as_str).collect();
        let arguments = arguments.try_into().expect("each row has as many given cells");
        let made = if number == 0 { cells(head) } else { made(arguments) };
        given.into_iter().chain(made).collect()
    });
    let rows: Vec<Vec<String>> = rows.collect();
    assert!(rows.len() > 1, "a table has rows");
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let text = rows.iter().map(|row| {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let width = width(column).unwrap_or_default();
            let mark = match column {
                0 => "",
                _ if column == GIVEN => " → ",
                _ => " | ",
            };
            line.push_str(&format!("{mark}{cell:width$}"));
        }
        line.trim_end().to_string()
    });
    expected.assert_eq(&text.collect::<Vec<_>>().join("\n"));
}

/// `9 Mar` as `2026-03-09`.
fn date(words: &str) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (day, month) = words.split_once(' ').expect("a date is a day and a month");
    let month = MONTHS.iter().position(|name| *name == month).expect("a month by its three letters") + 1;
    format!("2026-{month:02}-{:02}", day.parse::<u32>().expect("a day"))
}

/// The date behind a word: that of `until 9 Mar`.
fn dated(words: &str, word: &str) -> Option<String> {
    let (_, rest) = words.split_once(&format!("{word} "))?;
    Some(date(&rest.split(' ').take(2).collect::<Vec<_>>().join(" ")))
}

/// A field of YAML where there is a date for it.
fn field(name: &str, date: Option<String>) -> String {
    date.map_or(String::new(), |date| format!(", {name}: {date}"))
}

/// The files of a small programme, each of one sort of record.
#[derive(Default)]
struct Files {
    settings: String,
    milestones: String,
    criteria: String,
    evidence: String,
    waivers: String,
    decisions: String,
    more: String,
}

/// A programme on a day of 2026, with M1 behind it.
fn programme(today: &str) -> Files {
    Files {
        settings: format!("data_date: {}\n", date(today)),
        milestones: "- { id: M1, name: Before, owner: Ann, window: 2026-02-02..2026-02-27, exit: [Tested] }\n".to_string(),
        evidence: "- { id: E-1, title: Test, proves: [M1-X1], type: Record, producer: Bo, produced_on: 2026-02-26, location: https://example.org/1, result: pass, acceptor: Cy, accepted_on: 2026-02-27 }\n".to_string(),
        decisions: "- { id: D-1, gate: M1 exit, outcome: go, by: Board, date: 2026-02-27 }\n".to_string(),
        ..Files::default()
    }
}

impl Files {
    /// M2, with what its gates ask for.
    fn pilot(self, entry: &str, exit: &str) -> Files {
        self.milestone("M2", "window: 2026-03-02..2026-03-27", entry, exit)
    }

    /// A milestone with criteria in words: `met, submitted due 9 Mar, waived until 9 Apr`.
    fn milestone(mut self, id: &str, more: &str, entry: &str, exit: &str) -> Files {
        let named = |side: &str, criteria: &str| {
            let texts = (1..=criteria.split(',').filter(|words| !words.trim().is_empty()).count())
                .map(|number| format!("Proof {side}{number} seen"));
            texts.collect::<Vec<_>>().join(", ")
        };
        let owner = if more.contains("owner:") { "" } else { "owner: Ann, " };
        self.milestones.push_str(&format!(
            "- {{ id: {id}, name: Pilot, {owner}{more}, entry: [{}], exit: [{}] }}\n",
            named("E", entry),
            named("X", exit)
        ));
        for (side, criteria) in [("E", entry), ("X", exit)] {
            for (index, words) in criteria.split(',').filter(|words| !words.trim().is_empty()).enumerate() {
                self.criterion(&format!("{id}-{side}{}", index + 1), words.trim());
            }
        }
        self
    }

    fn criterion(&mut self, id: &str, words: &str) {
        let mut details = field("due", dated(words, "due"));
        if words.contains("advisory") {
            details.push_str(", mandatory: no");
        }
        if words.contains("standing") {
            details.push_str(", validity: standing");
        }
        let since = dated(words, "since").unwrap_or("2026-03-03".to_string());
        let until = field("expires_on", dated(words, "until"));
        let accepted = |by: &str| format!(", result: pass, acceptor: {by}, accepted_on: {since}{until}");
        let judged = match words.split(' ').next().unwrap_or_default() {
            "met" => Some(accepted("Cy")),
            "self-accepted" => Some(accepted("Bo")),
            "submitted" => Some(String::new()),
            "failed" => Some(format!(", rejected_on: {since}")),
            "lapsed" => Some(format!("{}, withdrawn_on: 2026-03-04", accepted("Cy"))),
            "waived" => {
                let until = dated(words, "until").unwrap_or("2026-12-31".to_string());
                self.waivers.push_str(&format!("- {{ id: W-{id}, criterion: {id}, reason: later, approver: Board, date: 2026-03-02, expires_on: {until} }}\n"));
                None
            }
            "n.a." => {
                details.push_str(", not_applicable: { reason: no users, approver: Board, date: 2026-03-02 }");
                None
            }
            "open" | "whole" => None,
            other => panic!("`{other}` is no state of a criterion"),
        };
        if let Some(judged) = judged {
            self.evidence.push_str(&format!("- {{ id: E-{id}, title: Proof, proves: [{id}], type: Record, producer: Bo, produced_on: 2026-03-02, location: https://example.org/{id}{judged} }}\n"));
        }
        self.criteria.push_str(&format!("  {id}: {{ method: inspection{details} }}\n"));
    }

    /// Decisions in words: `conditional go 10 Mar by Dee; X2 due 18 Mar post closed 12 Mar`, more behind ` + `.
    fn decided(mut self, gate: &str, words: &str) -> Files {
        for (index, words) in words.split(" + ").filter(|words| !words.is_empty()).enumerate() {
            let mut clauses = words.split("; ");
            let outcome = clauses.next().unwrap_or_default();
            let (outcome, by) = outcome.split_once(" by ").unwrap_or((outcome, "Board"));
            let by = if by == "nobody" { String::new() } else { format!(", by: {by}") };
            let named: Vec<&str> = outcome.split(' ').collect();
            let (said, day) = named.split_at(named.len().saturating_sub(2));
            let mut conditions = Vec::new();
            let mut more = String::new();
            for clause in clauses {
                match clause.split(' ').next().unwrap_or_default() {
                    "until" => more.push_str(&field("resume_on", dated(clause, "until"))),
                    "to" => more.push_str(&field("new_gate_date", dated(clause, "to"))),
                    criterion => {
                        let when = if clause.contains("post") { "post" } else { "pre" };
                        let milestone = gate.split(' ').next().unwrap_or_default();
                        conditions.push(format!(
                            "{{ id: C-{criterion}, text: t, criterion: {milestone}-{criterion}, owner: Ann, when: {when}{}{} }}",
                            field("due", dated(clause, "due")),
                            field("closed_on", dated(clause, "closed"))
                        ));
                    }
                }
            }
            let outcome = if said.is_empty() { String::new() } else { format!(", outcome: {}", said.join(" ")) };
            let number = self.decisions.lines().count() + 1;
            self.decisions.push_str(&format!(
                "- {{ id: D-{number}, gate: {gate}{outcome}{by}, date: {}{more}, conditions: [{}] }}\n",
                date(&day.join(" ")),
                conditions.join(", ")
            ));
            assert!(index < 9, "few decisions are a case");
        }
        self
    }

    fn checked(self) -> Checked {
        let list = |name: &str, text: &str| if text.is_empty() { String::new() } else { format!("{name}:\n{text}") };
        let files = [
            ("programme.yaml", self.settings),
            ("milestones.yaml", list("milestones", &self.milestones)),
            ("criteria.yaml", list("criteria", &self.criteria)),
            ("evidence.yaml", list("evidence", &self.evidence)),
            ("waivers.yaml", list("waivers", &self.waivers)),
            ("decisions.yaml", list("decisions", &self.decisions)),
            ("registers.yaml", self.more),
        ];
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (*path, text.as_str())).filter(|(_, text)| !text.is_empty()).collect();
        let checked = checked(&files);
        let broken = ["yaml-does-not-parse", "unknown-key", "unknown-reference", "wrong-type"];
        let broken: Vec<_> =
            checked.snapshot.findings.iter().filter(|finding| broken.contains(&finding.rule.as_str())).collect();
        assert!(broken.is_empty(), "{broken:#?}\n{files:#?}");
        checked
    }
}

fn named(state: impl serde::Serialize) -> String {
    serde_json::to_value(state).unwrap().as_str().unwrap().to_string()
}

/// Plain spaces, so that a table can be typed.
fn plain(sentence: &str) -> String {
    sentence.replace('\u{a0}', " ")
}

fn judged(colour: Colour, sentence: &str) -> [String; 2] {
    [colour.word().to_string(), plain(sentence)]
}

fn criterion(checked: &Checked, id: &str) -> Vec<String> {
    let standing = &checked.snapshot.standing.criteria[&Id::new(id)];
    let overdue = if standing.overdue { "overdue" } else { "" };
    vec![named(standing.state), overdue.to_string(), standing.mark.word().to_string(), plain(&standing.reason.sentence)]
}

fn dimension(standing: &MilestoneStanding, name: DimensionName) -> Vec<String> {
    let dimension = standing.dimensions.iter().find(|dimension| dimension.name == name).unwrap();
    judged(dimension.colour, &dimension.reason.sentence).to_vec()
}

#[test]
fn criterion_states() {
    table(
        expect![[r#"
            criterion                    | today  → state          | overdue | mark    | because
            n.a.                         | 10 Mar → not_applicable |         | stopped | Ruled not applicable by Board on Mon 2 Mar: no users
            failed                       | 10 Mar → failed         |         | red     | E-M2-X1 was rejected or failed on Tue 3 Mar
            met                          | 10 Mar → met            |         | green   | E-M2-X1 counts: accepted by Cy on Tue 3 Mar; not sealed
            met until 10 Mar             | 10 Mar → met            |         | green   | E-M2-X1 counts: accepted by Cy on Tue 3 Mar, until Tue 10 Mar; not sealed
            waived until 10 Mar          | 10 Mar → waived         |         | amber   | Not met; waiver W-M2-X1 accepts that until Tue 10 Mar
            met until 9 Mar              | 10 Mar → lapsed         |         | red     | E-M2-X1 no longer counts: expired Mon 9 Mar
            lapsed                       | 10 Mar → lapsed         |         | red     | E-M2-X1 no longer counts: withdrawn Wed 4 Mar
            waived until 9 Mar           | 10 Mar → lapsed         |         | red     | Waiver W-M2-X1 has expired
            submitted                    | 10 Mar → submitted      |         | on plan | E-M2-X1 is submitted and awaits acceptance
            self-accepted                | 10 Mar → submitted      |         | on plan | E-M2-X1 awaits acceptance: accepted by Bo, who produced it; another person must accept it
            open                         | 10 Mar → open           |         | on plan | No evidence yet
            open                         | 19 Mar → open           |         | on plan | No evidence yet
            open                         | 20 Mar → open           |         | amber   | No evidence yet
            open                         | 28 Mar → open           | overdue | red     | No evidence yet
            open due 9 Mar               | 10 Mar → open           | overdue | red     | No evidence yet
            waived until 9 Apr due 9 Mar | 10 Mar → waived         |         | amber   | Not met; waiver W-M2-X1 accepts that until Thu 9 Apr
            submitted advisory           | 28 Mar → submitted      | overdue | red     | E-M2-X1 is submitted and awaits acceptance"#]],
        |[words, today]| criterion(&programme(today).pilot("", words).checked(), "M2-X1"),
    );
}

#[test]
fn evidence_counts() {
    table(
        expect![[r#"
            evidence                                                                               | the criterion           | decided   | today  → state     | because
            accepted_on: 2026-03-04, acceptor: Cy, result: pass                                    |                         |           | 12 Mar → met       | E-2 counts: accepted by Cy on Wed 4 Mar; not sealed
            accepted_on: 2026-03-13, acceptor: Cy, result: pass                                    |                         |           | 12 Mar → submitted | E-2 is submitted and awaits acceptance
            accepted_on: 2026-03-01, acceptor: Cy, result: pass                                    |                         |           | 12 Mar → submitted | E-2 awaits acceptance: accepted before it was produced
            accepted_on: 2026-03-04, acceptor: Bo, result: pass                                    |                         |           | 12 Mar → submitted | E-2 awaits acceptance: accepted by Bo, who produced it; another person must accept it
            accepted_on: 2026-03-04, acceptor: Cy, result: fail                                    |                         |           | 12 Mar → failed    | E-2 was rejected or failed on Wed 4 Mar
            accepted_on: 2026-03-04, acceptor: Cy, result: pass                                    | acceptor: qa            |           | 12 Mar → submitted | E-2 awaits acceptance: its acceptor does not hold the role that the criterion asks for
            accepted_on: 2026-03-04, acceptor: Di, result: pass                                    | acceptor: qa            |           | 12 Mar → met       | E-2 counts: accepted by Di on Wed 4 Mar; not sealed
            accepted_on: 2026-03-04, acceptor: Cy, result: pass, withdrawn_on: 2026-03-12          |                         |           | 12 Mar → lapsed    | E-2 no longer counts: withdrawn Thu 12 Mar
            accepted_on: 2026-03-04, acceptor: Cy, result: pass, sha256: 0000, location: a.pdf     |                         |           | 12 Mar → lapsed    | E-2 no longer counts: its file is not the one that was accepted
            accepted_on: 2026-03-04, acceptor: Cy, result: pass, expires_on: 2026-03-12            |                         |           | 12 Mar → met       | E-2 counts: accepted by Cy on Wed 4 Mar, until Thu 12 Mar; not sealed
            accepted_on: 2026-03-04, acceptor: Cy, result: pass, expires_on: 2026-03-11            |                         |           | 12 Mar → lapsed    | E-2 no longer counts: expired Wed 11 Mar
            accepted_on: 2026-03-04, acceptor: Cy, result: pass, expires_on: 2026-03-10            | validity: point_in_time | go 10 Mar | 12 Mar → met       | E-2 counts: accepted by Cy on Wed 4 Mar, until Tue 10 Mar; not sealed
            accepted_on: 2026-03-04, acceptor: Cy, result: pass, expires_on: 2026-03-10            | validity: standing      | go 10 Mar | 12 Mar → lapsed    | E-2 no longer counts: expired Tue 10 Mar
            accepted_on: 2026-03-04, acceptor: Cy, result: pass, proves: ["M2-X1: Proof X1 seen"]  |                         |           | 12 Mar → met       | E-2 counts: accepted by Cy on Wed 4 Mar; not sealed
            accepted_on: 2026-03-04, acceptor: Cy, result: pass, proves: ["M2-X1: Proof X1 heard"] |                         |           | 12 Mar → lapsed    | E-2 no longer counts: the criterion's words have changed since it was given as proof
            superseded by one that is judged                                                       |                         |           | 12 Mar → lapsed    | E-2 no longer counts: superseded by a newer item that has been judged
            superseded by one that is not                                                          |                         |           | 12 Mar → met       | E-2 counts: accepted by Cy on Wed 4 Mar; not sealed"#]],
        |[words, asked, decided, today]| {
            let mut files = programme(today).pilot("", "open").decided("M2 exit", decided);
            files.settings.push_str("roles: { qa: QA lead }\npeople: [{ id: di, name: Di, roles: [qa] }]\n");
            if !asked.is_empty() {
                files.criteria = format!("  M2-X1: {{ {asked} }}\n");
            }
            let accepted = "accepted_on: 2026-03-04, acceptor: Cy, result: pass";
            let newer = "- { id: E-3, title: Newer, proves: [M1-X1], supersedes: [E-2], type: Record, producer: Bo, produced_on: 2026-03-05, location: https://example.org/3";
            let words = match words {
                "superseded by one that is judged" => {
                    files
                        .evidence
                        .push_str(&format!("{newer}, result: pass, acceptor: Cy, accepted_on: 2026-03-06 }}\n"));
                    accepted
                }
                "superseded by one that is not" => {
                    files.evidence.push_str(&format!("{newer} }}\n"));
                    accepted
                }
                words => words,
            };
            let proves = if words.contains("proves:") { "" } else { ", proves: [M2-X1]" };
            let location = if words.contains("location:") { "" } else { ", location: https://example.org/2" };
            files.evidence.push_str(&format!("- {{ id: E-2, title: Proof, type: Record, producer: Bo, produced_on: 2026-03-02, {words}{proves}{location} }}\n"));
            let standing = &files.checked().snapshot.standing.criteria[&Id::new("M2-X1")].clone();
            vec![named(standing.state), plain(&standing.reason.sentence)]
        },
    );
}

#[test]
fn readiness() {
    table(
        expect![[r#"
            exit criteria           | today  → readiness           | ceiling | because
                                    | 10 Mar → undefined           | unknown | The exit gate has no mandatory criterion
            open advisory           | 10 Mar → undefined           | unknown | The exit gate has no mandatory criterion
            n.a., n.a.              | 10 Mar → undefined           | unknown | The exit gate has no mandatory criterion
            met, failed             | 24 Feb → not_ready           | amber   | 1 of 2 mandatory exit criteria failed or lapsed: M2-X2
            met, failed             | 10 Mar → not_ready           | red     | 1 of 2 mandatory exit criteria failed or lapsed: M2-X2
            met, lapsed             | 10 Mar → not_ready           | red     | 1 of 2 mandatory exit criteria failed or lapsed: M2-X2
            met, open               | 10 Mar → in_progress         | on plan | 1 of 2 mandatory exit criteria open: M2-X2; the gate is in 13 working days
            met, open due 9 Mar     | 10 Mar → in_progress         | amber   | 1 of 2 mandatory exit criteria open: M2-X2; the gate is in 13 working days
            met, open               | 19 Mar → in_progress         | on plan | 1 of 2 mandatory exit criteria open: M2-X2; the gate is in 6 working days
            met, open               | 20 Mar → in_progress         | amber   | 1 of 2 mandatory exit criteria open: M2-X2; the gate is in 5 working days
            met, open               | 28 Mar → in_progress         | red     | 1 of 2 mandatory exit criteria open: M2-X2; the gate was due Fri 27 Mar
            met, met, submitted     | 10 Mar → awaiting_acceptance | on plan | 1 of 3 mandatory exit criteria awaits independent acceptance: M2-X3; the gate is in 13 working days
            met, met, submitted     | 20 Mar → awaiting_acceptance | amber   | 1 of 3 mandatory exit criteria awaits independent acceptance: M2-X3; the gate is in 5 working days
            met, submitted, open    | 10 Mar → in_progress         | on plan | 1 of 3 mandatory exit criteria open: M2-X3; the gate is in 13 working days
            met, waived until 9 Apr | 10 Mar → ready_with_waivers  | amber   | Ready, with 1 waived: M2-X2
            met, n.a.               | 10 Mar → ready               | green   | All 2 mandatory exit criteria are met or not applicable
            met, met                | 10 Mar → ready               | green   | All 2 mandatory exit criteria are met
            met, open advisory      | 10 Mar → ready               | green   | The mandatory exit criterion is met"#]],
        |[exit, today]| {
            let mut files = programme(today).pilot("", exit);
            files.evidence = files.evidence.replace("2026-03-02", "2026-02-20").replace("2026-03-03", "2026-02-23");
            let checked = files.checked();
            let gate = &milestone(&checked, "M2").exit;
            let ceiling = judged(gate.ceiling.colour, &gate.ceiling.reason.sentence);
            [named(gate.readiness)].into_iter().chain(ceiling).collect()
        },
    );
}

#[test]
fn gate_states() {
    table(
        expect![[r#"
            exit criteria                                      | decision                                           | today  → state                | colour   | because
            met, open                                          | kill 10 Mar                                        | 12 Mar → stopped              | stopped  | Stopped on Tue 10 Mar
            met, open                                          | hold 10 Mar; until 12 Mar                          | 12 Mar → held                 | amber    | Held; the new resume date is Thu 12 Mar
            met, open                                          | hold 10 Mar; until 12 Mar                          | 13 Mar → held                 | red      | Held; the new resume date of Thu 12 Mar has passed
            met, open                                          | hold 10 Mar                                        | 10 Mar → held                 | red      | Held, without a new resume date
            met, open                                          | recycle 10 Mar; to 12 Apr                          | 12 Apr → recycled             | amber    | Sent round again; the new gate date is Sun 12 Apr
            met, open                                          | recycle 10 Mar; to 12 Apr                          | 13 Apr → recycled             | red      | Sent round again; the new gate date of Sun 12 Apr has passed
                                                               | go 10 Mar                                          | 12 Mar → passed_by_override   | unknown  | Go on Tue 10 Mar on a gate without a mandatory criterion
            met, open                                          | go 10 Mar                                          | 12 Mar → passed_by_override   | red      | Go on Tue 10 Mar although M2-X2 was not met
            met, submitted                                     | go 10 Mar                                          | 12 Mar → passed_by_override   | red      | Go on Tue 10 Mar although M2-X2 was not met
            met, met since 11 Mar                              | go 10 Mar                                          | 12 Mar → passed_by_override   | amber    | Go on Tue 10 Mar although M2-X2 was not met; since met
            met, open, open                                    | conditional go 10 Mar; X2 due 18 Mar               | 12 Mar → passed_by_override   | red      | Go on Tue 10 Mar although M2-X3 was not met
            met, open                                          | conditional go 10 Mar; X2 due 18 Mar               | 18 Mar → conditionally_passed | amber    | Conditional go on Tue 10 Mar: 1 condition is open, none overdue: C-X2
            met, open                                          | conditional go 10 Mar; X2 due 18 Mar               | 19 Mar → condition_breached   | red      | 1 condition is overdue: C-X2
            met, met                                           | conditional go 10 Mar                              | 12 Mar → condition_breached   | red      | A conditional go without any condition
            met, open                                          | conditional go 10 Mar; X2                          | 9 Apr  → conditionally_passed | amber    | Conditional go on Tue 10 Mar: 1 condition is open, none overdue: C-X2
            met, open                                          | conditional go 10 Mar; X2                          | 10 Apr → condition_breached   | red      | 1 condition is overdue: C-X2
            met, met since 11 Mar                              | conditional go 10 Mar; X2 due 18 Mar closed 12 Mar | 19 Mar → passed               | complete | Conditional go on Tue 10 Mar, all conditions closed
            met, open                                          | conditional go 10 Mar; X2 due 18 Mar closed 12 Mar | 12 Mar → conditionally_passed | amber    | Conditional go on Tue 10 Mar: 1 condition is open, none overdue: C-X2
            met, open                                          | go 10 Mar; X2 due 18 Mar                           | 12 Mar → conditionally_passed | amber    | Conditional go on Tue 10 Mar: 1 condition is open, none overdue: C-X2
            met, waived until 20 Mar                           | go 10 Mar                                          | 20 Mar → passed_with_waivers  | amber    | Go on Tue 10 Mar with M2-X2 waived
            met, waived until 20 Mar                           | go 10 Mar                                          | 21 Mar → passed_with_waivers  | red      | Go on Tue 10 Mar; a waiver of M2-X2 has ended, and what it was for is not met
            met, n.a.                                          | go 10 Mar                                          | 12 Mar → passed               | complete | Go on Tue 10 Mar, all mandatory criteria met
            n.a., n.a.                                         | go 10 Mar                                          | 12 Mar → passed_by_override   | unknown  | Go on Tue 10 Mar on a gate without a mandatory criterion: all are ruled not applicable
            met, open advisory                                 | go 10 Mar                                          | 12 Mar → passed               | complete | Go on Tue 10 Mar, all mandatory criteria met
            met, open                                          |                                                    | 27 Mar → pending              | amber    | 1 of 2 mandatory exit criteria open: M2-X2; the gate is today
            met, open                                          |                                                    | 28 Mar → overdue_decision     | red      | The gate date of Fri 27 Mar has passed without a decision; 1 of 2 mandatory exit criteria open: M2-X2; the gate was due Fri 27 Mar
            met, met                                           |                                                    | 27 Mar → pending              | green    | All 2 mandatory exit criteria are met
            met, met                                           |                                                    | 28 Mar → overdue_decision     | red      | The gate date of Fri 27 Mar has passed without a decision; all 2 mandatory exit criteria are met
            met, met until 11 Mar                              | go 10 Mar                                          | 12 Mar → passed               | complete | Go on Tue 10 Mar, all mandatory criteria met
            met, met standing until 11 Mar                     | go 10 Mar                                          | 12 Mar → passed               | amber    | Passed, but M2-X2 no longer holds
            met, met standing until 11 Mar, waived until 9 Apr | go 10 Mar                                          | 12 Mar → passed_with_waivers  | amber    | Go on Tue 10 Mar with M2-X3 waived"#]],
        |[exit, decision, today]| {
            let checked = programme(today).pilot("", exit).decided("M2 exit", decision).checked();
            let gate = &milestone(&checked, "M2").exit;
            [named(gate.state)].into_iter().chain(judged(gate.colour, &gate.reason.sentence)).collect()
        },
    );
}

#[test]
fn which_decision_counts() {
    table(
        expect![[r#"
            decisions                           | authority → counts | because of the last
            go 10 Mar                           |           → D-2    | Counts: it is the latest valid decision on this gate
            go 13 Mar                           |           → none   | Recorded, does not count: it is dated after the data date
            10 Mar                              |           → none   | Recorded, does not count: it has no outcome
            go 10 Mar by nobody                 |           → none   | Recorded, does not count: nobody is named as deciding
            go 10 Mar by Di                     | Steering  → D-2    | Counts: it is the latest valid decision on this gate
            go 10 Mar by Ed                     | Steering  → none   | Recorded, does not count: Ed does not hold the authority of Steering
            go 10 Mar by Di + hold 11 Mar by Ed | Steering  → D-2    | Recorded, does not count: Ed does not hold the authority of Steering
            go 10 Mar + hold 11 Mar             |           → D-3    | Counts: it is the latest valid decision on this gate
            hold 11 Mar + go 10 Mar             |           → D-2    | Followed by D-2, which counts
            hold 10 Mar + go 10 Mar             |           → D-2    | Followed by D-2, which counts"#]],
        |[decisions, authority]| {
            let mut files = programme("12 Mar").pilot("", "met").decided("M2 exit", decisions);
            if !authority.is_empty() {
                files.settings.push_str(&format!(
                    "roles: {{ steering: {authority} }}\nauthority: {{ exit: steering }}\npeople: [{{ id: di, name: Di, roles: [steering] }}]\n"
                ));
                files.decisions = files.decisions.replace("by: Board, date: 2026-02-27", "by: Di, date: 2026-02-27");
            }
            let checked = files.checked();
            let counts = &milestone(&checked, "M2").exit.decision;
            let last = checked.snapshot.programme.decisions.last().unwrap();
            let reason = &checked.snapshot.standing.decisions[&last.record.id].reason;
            vec![counts.as_ref().map_or("none".to_string(), Id::to_string), plain(&reason.sentence)]
        },
    );
}

#[test]
fn dependency_criteria() {
    table(
        expect![[r#"
            exit of M2                | decision                                 | M3 asks for              | evidence | today  → state  | because
            met                       |                                          | M2 complete              |          | 28 Mar → open   | M2 has not passed its exit gate
            met                       | go 27 Mar                                | M2 complete              |          | 28 Mar → met    | M2 passed its exit gate on Fri 27 Mar
            met                       | go 27 Mar                                | M2 data foundations live |          | 28 Mar → met    | M2 passed its exit gate on Fri 27 Mar
            open                      |                                          | M2 complete              | met      | 28 Mar → open   | M2 has not passed its exit gate
            open                      |                                          | M2 data foundations live | met      | 28 Mar → met    | E-M3-E1 counts: accepted by Cy on Tue 3 Mar; not sealed
            waived until 9 Jun        | go 27 Mar                                | M2 complete              |          | 28 Mar → met    | M2 passed its exit gate on Fri 27 Mar
            open                      | go 27 Mar                                | M2 complete              |          | 28 Mar → open   | M2 passed its exit gate by override on Fri 27 Mar, with criteria that are not met
            met since 28 Mar          | go 27 Mar                                | M2 complete              |          | 28 Mar → met    | M2 passed its exit gate by override on Fri 27 Mar, and its criteria have since been met
            open                      | conditional go 27 Mar; X1 due 9 Apr post | M2 complete              |          | 28 Mar → waived | M2 passed its exit gate on Fri 27 Mar subject to conditions
            open                      | conditional go 27 Mar; X1 due 9 Apr      | M2 complete              |          | 28 Mar → open   | M2 has an open condition that comes first
            open                      | conditional go 27 Mar; X1 due 9 Apr post | M2 complete              |          | 10 Apr → open   | M2 has breached a condition
            open                      | kill 27 Mar                              | M2 complete              |          | 28 Mar → failed | M2 was stopped on Fri 27 Mar
            met standing until 28 Mar | go 27 Mar                                | M2 complete              |          | 29 Mar → met    | M2 passed its exit gate on Fri 27 Mar
            open                      | hold 27 Mar; until 9 Apr                 | M2 complete              |          | 28 Mar → open   | M2 has not passed its exit gate"#]],
        |[exit, decision, words, evidence, today]| {
            let mut files = programme(today).pilot("", exit).decided("M2 exit", decision);
            files.milestones.push_str(&format!("- {{ id: M3, name: Next, owner: Ann, window: 2026-03-27..2026-04-30, entry: [{words}], exit: [Done] }}\n"));
            if !evidence.is_empty() {
                files.criterion("M3-E1", evidence);
            }
            let standing = &files.checked().snapshot.standing.criteria[&Id::new("M3-E1")].clone();
            vec![named(standing.state), plain(&standing.reason.sentence)]
        },
    );
}

#[test]
fn lifecycle() {
    table(
        expect![[r#"
            entry criteria   | entry decision                     | exit criteria      | exit decision                       | today  → lifecycle              | colour
            open             |                                    | open               |                                     | 10 Feb → planned                | unknown
            open             |                                    | open               |                                     | 24 Feb → entry_review           | unknown
            open             |                                    | open               |                                     | 3 Mar  → entry_review           | red
            met since 27 Feb | go 1 Mar                           | open               |                                     | 3 Mar  → in_progress            | on plan
            open             | go 1 Mar                           | open               |                                     | 3 Mar  → entry_review           | red
            open             | conditional go 1 Mar; E1 due 9 Mar | open               |                                     | 3 Mar  → in_progress            | on plan
            open             | conditional go 1 Mar; E1 due 9 Mar | open               |                                     | 10 Mar → entry_review           | red
            open             | hold 1 Mar; until 9 Mar            | open               |                                     | 3 Mar  → held                   | amber
            met since 27 Feb | go 1 Mar                           | open               |                                     | 20 Mar → exit_review            | amber
            met since 27 Feb | go 1 Mar                           | open               | hold 3 Mar; until 20 Mar            | 4 Mar  → held                   | amber
            met since 27 Feb | go 1 Mar                           | met                | go 9 Mar                            | 10 Mar → achieved               | complete
            met since 27 Feb | go 1 Mar                           | waived until 9 Jun | go 9 Mar                            | 10 Mar → achieved               | amber
            met since 27 Feb | go 1 Mar                           | open               | go 9 Mar                            | 10 Mar → conditionally_achieved | red
            met since 27 Feb | go 1 Mar                           | met since 10 Mar   | go 9 Mar                            | 10 Mar → achieved               | amber
            met since 27 Feb | go 1 Mar                           | open               | conditional go 9 Mar; X1 due 20 Mar | 10 Mar → conditionally_achieved | amber
            met since 27 Feb | go 1 Mar                           | open               | conditional go 9 Mar; X1 due 9 Mar  | 10 Mar → conditionally_achieved | red
            met since 27 Feb | go 1 Mar                           | met                | go 9 Mar + kill 10 Mar              | 11 Mar → stopped                | stopped
            open             | kill 1 Mar                         | open               |                                     | 3 Mar  → stopped                | stopped"#]],
        |[entry, entered, exit, decision, today]| {
            let files = programme(today).pilot(entry, exit).decided("M2 entry", entered).decided("M2 exit", decision);
            let mut files = files;
            files.evidence = files.evidence.replace("produced_on: 2026-03-02", "produced_on: 2026-02-20");
            let checked = files.checked();
            let standing = milestone(&checked, "M2");
            vec![named(standing.lifecycle), standing.colour.word().to_string()]
        },
    );
}

#[test]
fn time_dimension() {
    table(
        expect![[r#"
            baseline      | forecast      | M3 begins | tolerance                        | today  → colour  | because
            6 Mar..27 Mar | 6 Mar..26 Mar |           |                                  | 10 Mar → on plan | 1 working day before baseline
            6 Mar..27 Mar | 6 Mar..27 Mar |           |                                  | 10 Mar → on plan | On its baseline
            6 Mar..27 Mar | 6 Mar..30 Mar |           |                                  | 10 Mar → amber   | 1 working day after baseline, within the tolerance of 5
            6 Mar..27 Mar | 6 Mar..3 Apr  |           |                                  | 10 Mar → amber   | 5 working days after baseline, at the tolerance of 5
            6 Mar..27 Mar | 6 Mar..6 Apr  |           |                                  | 10 Mar → red     | 6 working days after baseline; red begins after 5
            6 Mar..27 Mar | 6 Mar..30 Mar |           | { amber_days: 1, red_days: 1 }   | 10 Mar → on plan | 1 working day after baseline
            6 Mar..27 Mar | 6 Mar..31 Mar |           | { red_days: 1, red_percent: 0 }  | 10 Mar → red     | 2 working days after baseline; red begins after 1
            6 Mar..27 Mar | 6 Mar..6 Apr  |           | { red_days: 1, red_percent: 20 } | 10 Mar → amber   | 6 working days after baseline, within the tolerance of 8
            6 Mar..27 Mar | 6 Mar..27 Mar | 26 Mar    |                                  | 10 Mar → amber   | 1 working day short of float, within the tolerance of 5
            6 Mar..27 Mar | 6 Mar..27 Mar | 19 Mar    |                                  | 10 Mar → red     | 6 working days short of float; red begins after 5
            6 Mar..27 Mar | 6 Mar..27 Mar |           |                                  | 28 Mar → red     | The forecast of Fri 27 Mar has passed
            weeks 2-4     | 6 Mar..27 Mar |           |                                  | 10 Mar → on plan | Not anchored in a calendar
            weeks 2-4     | 6 Mar..27 Mar |           |                                  | 28 Mar → red     | The forecast of Fri 27 Mar has passed
            weeks 2-4     | weeks 2-5     |           |                                  | 10 Mar → on plan | +1 week against the baseline, not anchored in a calendar"#]],
        |[baseline, forecast, next, tolerance, today]| {
            let window = |words: &str| match words.split_once("..") {
                Some((start, end)) => format!("{}..{}", date(start), date(end)),
                None => words.to_string(),
            };
            let tolerance = if tolerance.is_empty() { String::new() } else { format!(", tolerance: {tolerance}") };
            let more = format!("window: {}, baseline: {}{tolerance}", window(forecast), window(baseline));
            let mut files = programme(today).milestone("M2", &more, "", "open");
            if !next.is_empty() {
                let from = date(next);
                files.milestones.push_str(&format!("- {{ id: M3, name: Next, owner: Ann, window: {from}..2026-04-30, entry_gate_date: {from}, entry: [M2 complete], exit: [Done] }}\n"));
            }
            dimension(milestone(&files.checked(), "M2"), DimensionName::Time)
        },
    );
}

#[test]
fn criteria_dimension() {
    table(
        expect![[r#"
            exit criteria                | today  → colour  | because
            met, open                    | 10 Mar → on plan | No criterion is overdue
            met, met                     | 10 Mar → green   | No criterion is overdue
            met, open due 9 Mar          | 10 Mar → amber   | 1 overdue: M2-X2
            met, open due 9 Mar          | 19 Mar → amber   | 1 overdue: M2-X2
            met, open due 9 Mar          | 20 Mar → red     | M2-X2 overdue by more than 10 days
            met, open due 9 Mar advisory | 20 Mar → amber   | 1 overdue: M2-X2
            met, open                    | 20 Mar → amber   | Due soon and not met: M2-X2
            met, failed                  | 24 Feb → on plan | No criterion is overdue
            met, failed                  | 10 Mar → red     | M2-X2 failed or lapsed with the gate within 30 days
            met, lapsed                  | 10 Mar → red     | M2-X2 failed or lapsed with the gate within 30 days
            met, failed advisory         | 10 Mar → green   | No criterion is overdue"#]],
        |[exit, today]| {
            let mut files = programme(today).pilot("", exit);
            files.evidence = files.evidence.replace("2026-03-02", "2026-02-20").replace("2026-03-03", "2026-02-23");
            dimension(milestone(&files.checked(), "M2"), DimensionName::Criteria)
        },
    );
}

#[test]
fn dependency_dimension() {
    table(
        expect![[r#"
            M2 ends | M2 is declared | M3's entry | entry decision                                          | today  → colour  | because
            27 Mar  |                | open       |                                                         | 10 Mar → on plan | What it depends on fits
            27 Mar  | red            | open       |                                                         | 10 Mar → amber   | Red, unknown or stopped, with a date that still fits: M2
            30 Mar  |                | open       |                                                         | 10 Mar → red     | M2 is forecast for Mon 30 Mar, after the entry gate of Fri 27 Mar
            30 Mar  | red            | met        | conditional go 9 Mar; E2 due 20 Mar post                | 10 Mar → on plan | Its entry gate is conditionally passed
            30 Mar  |                | open       | conditional go 9 Mar; E1 due 12 Mar; E2 due 20 Mar post | 10 Mar → on plan | Its entry gate is conditionally passed
            27 Mar  |                | open       | conditional go 9 Mar; E1 due 12 Mar; E2 due 20 Mar post | 13 Mar → red     | A condition of its entry that comes first is overdue
            TBD     |                | open       |                                                         | 10 Mar → unknown | Nobody can tell whether it fits, since no date is known: M2"#]],
        |[ends, declared, entry, decision, today]| {
            let window = if ends == "TBD" { ends.to_string() } else { format!("2026-03-02..{}", date(ends)) };
            let declared = if declared.is_empty() { String::new() } else { format!(", declared: {declared}") };
            let mut files = programme(today).milestone("M2", &format!("window: {window}{declared}"), "", "open");
            files = files.milestone(
                "M3",
                "window: 2026-03-27..2026-04-30, entry_gate_date: 2026-03-27, depends_on: [M2]",
                entry,
                "open",
            );
            let files = files.decided("M3 entry", &decision.replace("E2", "E-M2"));
            dimension(milestone(&files.checked(), "M3"), DimensionName::Dependency)
        },
    );
}

#[test]
fn risk_dimension() {
    table(
        expect![[r#"
            linked to M2                                                                                     → colour  | because
                                                                                                             → on plan | No open risk is linked to it
            risks: probability: 3, impact: 3                                                                 → on plan | Every linked risk is within appetite
            risks: probability: 3, impact: 4, response: reduce                                               → amber   | R-1 stands at 12, above the appetite of 9, with a response in date
            risks: probability: 3, impact: 4                                                                 → red     | R-1 stands at 12, above the appetite of 9, with no response
            risks: probability: 4, impact: 4, residual: 8                                                    → on plan | Every linked risk is within appetite
            risks: probability: 3, impact: 4, response: reduce, actions: [{ text: t, due: 2026-03-09 }]      → red     | R-1 stands at 12, above the appetite of 9; an action was due Mon 9 Mar
            risks: probability: 3, impact: 4, response: accept, acceptance: { by: Board, until: 2026-03-09 } → red     | R-1 stands at 12, above the appetite of 9; its acceptance ended Mon 9 Mar
            risks: probability: 3, impact: 4, response: reduce, actions: [{ text: t, due: soonish }]         → red     | R-1 stands at 12, above the appetite of 9; the date of an action is not understood
            risks: probability: 3, impact: 4, response: accept, acceptance: { by: Board, until: later }      → red     | R-1 stands at 12, above the appetite of 9; the end of its acceptance is not understood
            risks: probability: 3, impact: 4, status: closed                                                 → on plan | No open risk is linked to it
            risks: probability: 2, impact: 4, category: security                                             → red     | R-1 stands at 8, above the appetite of 6, with no response
            risks: response: reduce                                                                          → unknown | R-1 has no score
            issues: severity: critical                                                                       → red     | I-1 is a critical issue and open
            issues: severity: critical, status: closed                                                       → on plan | No open risk is linked to it
            issues: severity: not critical                                                                   → on plan | No open risk is linked to it
            issues: severity: purple                                                                         → unknown | I-1 is open, with a severity that is not understood
            issues: severity: P1                                                                             → red     | I-1 is a critical issue and open"#]],
        |[linked]| {
            let mut files = programme("10 Mar").pilot("", "open");
            files.settings.push_str("appetite: { default: 9, security: 6 }\n");
            if let Some((kind, words)) = linked.split_once(": ") {
                let id = if kind == "risks" { "R-1" } else { "I-1" };
                files.more =
                    format!("{kind}:\n- {{ id: {id}, title: Trouble, owner: Ann, milestones: [M2], {words} }}\n");
            }
            dimension(milestone(&files.checked(), "M2"), DimensionName::Risk)
        },
    );
}

#[test]
fn data_quality_dimension() {
    table(
        expect![[r#"
            M2                                                        | cadence → colour  | because
            window: 2026-03-02..2026-03-27                            | 7       → on plan | As fresh as the data date
            window: 2026-03-02..2026-03-27, reviewed_on: 2026-03-03   | 7       → on plan | Reviewed Tue 3 Mar
            window: 2026-03-02..2026-03-27, reviewed_on: 2026-03-02   | 7       → amber   | Last reviewed 8 days ago
            window: 2026-03-02..2026-03-27, reviewed_on: 2026-02-24   | 7       → amber   | Last reviewed 14 days ago
            window: 2026-03-02..2026-03-27, reviewed_on: 2026-02-23   | 7       → unknown | Not reviewed for 15 days
            window: 2026-03-02..2026-03-27, reviewed_on: 2026-02-24   | 14      → on plan | Reviewed Tue 24 Feb
            window: 2026-03-02..2026-03-27, reviewed_on: garbage      | 7       → unknown | The date of its last review is not understood
            window: 2026-03-02..2026-03-27, reviewed_on: 2026-03-11   | 7       → unknown | Its review is dated Wed 11 Mar, after the data date
            window: 2026-03-02..2026-03-27, owner: TBD                | 7       → amber   | Nobody is named as its owner
            window: TBD                                               | 7       → unknown | No target window is understood
            window: 2026-03-02..2026-03-27, baseline: when it is done | 7       → unknown | Its baseline is not understood as dates or weeks"#]],
        |[more, cadence]| {
            let mut files = programme("10 Mar").milestone("M2", more, "", "open");
            files.settings.push_str(&format!("cadence_days: {cadence}\n"));
            dimension(milestone(&files.checked(), "M2"), DimensionName::DataQuality)
        },
    );
}

#[test]
fn declared_beside_derived() {
    table(
        expect![[r#"
            exit criteria | declared | reason      → derived | shown   | because
            open          | green    |             → on plan | on plan | Exit gate: 1 of 1 mandatory exit criteria open: M2-X1; the gate is in 13 working days
            open          | amber    |             → on plan | amber   | Declared amber by its office
            open          | red      | no supplier → on plan | red     | Declared red by its office: no supplier
            failed        | green    |             → red     | red     | Exit gate: 1 of 1 mandatory exit criteria failed or lapsed: M2-X1
            met           | on track |             → green   | green   | Exit gate: the mandatory exit criterion is met"#]],
        |[exit, declared, reason]| {
            let reason = if reason.is_empty() { String::new() } else { format!(", declared_reason: {reason}") };
            let more = format!("window: 2026-03-02..2026-03-27, declared: {declared}{reason}");
            let checked = programme("10 Mar").milestone("M2", &more, "", exit).checked();
            let standing = milestone(&checked, "M2");
            let shown = judged(standing.colour, &standing.reason.sentence);
            [standing.derived.word().to_string()].into_iter().chain(shown).collect()
        },
    );
}

#[test]
fn float_and_critical() {
    table(
        expect![[r#"
            M2 ends | M3 begins | M3 ends | M4 ends → float of M2 | M3 | M4 | critical
            27 Mar  | 27 Mar    | 30 Apr  | 30 Apr  → 0           | 0  | 0  | M2, M3, M4
            27 Mar  | 30 Mar    | 30 Apr  | 30 Apr  → 1           | 0  | 0  | M3, M4
            27 Mar  | 26 Mar    | 30 Apr  | 30 Apr  → -1          | 0  | 0  | M2, M3, M4
            27 Mar  | 30 Mar    | 30 Apr  | 7 May   → 6           | 5  | 0  | M4
            TBD     | 30 Mar    | 30 Apr  | 30 Apr  → none        | 0  | 0  | M2, M3, M4"#]],
        |[ends, begins, third, fourth]| {
            let window = if ends == "TBD" { ends.to_string() } else { format!("2026-03-02..{}", date(ends)) };
            let mut files = programme("10 Mar").milestone("M2", &format!("window: {window}"), "", "open");
            let begins = date(begins);
            files = files.milestone(
                "M3",
                &format!("window: {begins}..{}, entry_gate_date: {begins}, depends_on: [M2]", date(third)),
                "",
                "open",
            );
            files = files.milestone("M4", &format!("window: 2026-03-02..{}", date(fourth)), "", "open");
            let checked = files.checked();
            let schedule = |id: &str| milestone(&checked, id).schedule.clone();
            let float = |id: &str| schedule(id).total_float.map_or("none".to_string(), |float| float.to_string());
            let critical: Vec<&str> = ["M2", "M3", "M4"].into_iter().filter(|id| schedule(id).critical).collect();
            vec![float("M2"), float("M3"), float("M4"), critical.join(", ")]
        },
    );
}

#[test]
fn programme_roll_up() {
    table(
        expect![[r#"
            M2, critical        | M3, with time to spare | decided                                     | today  → colour  | because
            on plan             | on plan                |                                             | 10 Mar → on plan | Nothing is late
            on plan             | amber                  |                                             | 10 Mar → on plan | The finish is not at risk; amber, with time to spare: M3
            on plan             | red                    |                                             | 10 Mar → amber   | M3 is red: declared red by its office
            amber               | on plan                |                                             | 10 Mar → amber   | M2 is amber: declared amber by its office
            red                 | on plan                |                                             | 10 Mar → red     | M2 is red: declared red by its office
            amber               | red                    |                                             | 10 Mar → amber   | M3 is red: declared red by its office
            on plan, unreviewed | on plan                |                                             | 10 Mar → red     | M2 is unknown: not reviewed for 36 days
            on plan             | on plan, unreviewed    |                                             | 10 Mar → amber   | M3 is unknown: not reviewed for 36 days
            on plan             | on plan                | M2 exit: kill 9 Mar                         | 10 Mar → on plan | Nothing is late; stopped: M2
            green, met          | green, met             |                                             | 10 Mar → green   | Every milestone is green or complete
            green, met          | green, met             | M2 exit: go 9 Mar                           | 10 Mar → green   | Every milestone is green or complete
            on plan             | amber                  | M1 exit: conditional go 1 Mar; X1 due 9 Mar | 10 Mar → amber   | M1 is red: 1 condition is overdue: C-X1"#]],
        |[second, third, decided, today]| {
            let more = |words: &str, window: &str| {
                let declared = words.split(',').next().unwrap_or_default();
                let reviewed = if words.contains("unreviewed") { ", reviewed_on: 2026-02-02" } else { "" };
                format!("window: {window}, declared: {declared}{reviewed}")
            };
            let exit = |words: &str| if words.contains("met") { "met" } else { "open" };
            let mut files = programme(today)
                .milestone("M2", &more(second, "2026-03-02..2026-04-30"), "", exit(second))
                .milestone("M3", &more(third, "2026-03-02..2026-04-10"), "", exit(third));
            if let Some((gate, words)) = decided.split_once(": ") {
                files = files.decided(gate, words);
            }
            let checked = files.checked();
            let standing = &checked.snapshot.standing.programme;
            judged(standing.colour, &standing.reason.sentence).to_vec()
        },
    );
}

#[test]
fn signed_confidence() {
    table(
        expect![[r#"
            M2 is | level       | signed on  → divergence
            red   | amber       | 2026-03-01 → Greener than the derived red
            red   | red         | 2026-03-01 → no
            amber | amber_green | 2026-03-01 → Greener than the derived amber
            amber | amber       | 2026-03-01 → no
            amber | amber_red   | 2026-03-01 → no
            amber | red         | 2025-09-09 → Signed more than six months ago
            amber | red         | 2025-09-10 → no
            amber | green       | 2026-03-11 → none is signed"#]],
        |[declared, level, signed]| {
            let mut files = programme("10 Mar").milestone(
                "M2",
                &format!("window: 2026-03-02..2026-03-27, declared: {declared}"),
                "",
                "open",
            );
            files.more = format!("confidence:\n- {{ id: K-1, level: {level}, by: Ann, date: {signed}, text: t }}\n");
            let confidence = files.checked().snapshot.standing.programme.confidence.clone();
            vec![
                confidence.map_or("none is signed".to_string(), |signed| signed.divergence.unwrap_or("no".to_string())),
            ]
        },
    );
}

/// The four criteria of the exit of M2: two met, of which one standing; one submitted; one accepted by who ran it.
fn awaiting_two(today: &str) -> Checked {
    let exit = "met standing, met, submitted, self-accepted";
    programme(today).milestone("M2", "window: 2026-03-02..2026-03-27, declared: green", "", exit).checked()
}

#[test]
fn a_green_word_does_not_lift_a_gate_that_awaits_independent_acceptance() {
    let on_the_day = awaiting_two("27 Mar");
    let standing = milestone(&on_the_day, "M2");
    let [colour, sentence] = judged(standing.colour, &standing.reason.sentence);
    assert_eq!((colour.as_str(), standing.derived), ("amber", Colour::Amber));
    assert!(
        sentence.contains("2 of 4 mandatory exit criteria await independent acceptance: M2-X3 and M2-X4"),
        "{sentence}"
    );
    let found: Vec<&str> = on_the_day.snapshot.findings.iter().map(|finding| finding.rule.as_str()).collect();
    assert!(found.contains(&"declared-greener-than-derived") && found.contains(&"accepted-by-producer"), "{found:?}");
    let week_later = awaiting_two("3 Apr");
    let standing = milestone(&week_later, "M2");
    assert_eq!((standing.colour, named(standing.exit.state)), (Colour::Red, "overdue_decision".to_string()));
}
