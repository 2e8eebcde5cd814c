//! The commands as a person or a script runs them.

use std::collections::BTreeSet;
use std::fs;

use expect_test::expect;
use serde_json::Value;

use crate::support::{SEED, copy_of, demo, files, milepost, project, run};

fn inspected(folder: &std::path::Path, path: &str) -> Value {
    let run = run(&["inspect", path, "--format", "json"], folder);
    assert_eq!(run.code, 0, "{}", run.err);
    serde_json::from_str(&run.out).unwrap()
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|entry| entry["id"].as_str().unwrap()).collect()
}

#[test]
fn the_seed_alone_is_understood() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("milestones.md"), SEED).unwrap();
    let found = inspected(folder.path(), "milestones.md");
    let milestones = found["milestones"].as_array().unwrap();
    assert_eq!(found["programme"]["version"], "1.00");
    assert_eq!(milestones.len(), 5);
    let count =
        |side: &str| milestones.iter().map(|milestone| milestone[side].as_array().unwrap().len()).sum::<usize>();
    assert_eq!((count("entry"), count("exit")), (13, 21));
    for milestone in milestones {
        for criterion in milestone["entry"].as_array().unwrap().iter().chain(milestone["exit"].as_array().unwrap()) {
            assert!(SEED.contains(criterion["text"].as_str().unwrap()), "{criterion}");
        }
        assert!(milestone["window"]["start"].is_null() && milestone["window"]["end"].is_null());
        assert!(milestone["entry_gate_date"].is_null() && milestone["exit_gate_date"].is_null());
        assert_eq!(milestone["status"]["colour"], "unknown");
    }
    let weeks: Vec<String> = milestones.iter().map(|milestone| milestone["window"]["weeks"].to_string()).collect();
    assert_eq!(weeks, ["[1,1]", "[1,3]", "[3,5]", "[4,6]", "[5,6]"]);
    let needs: Vec<String> = milestones.iter().map(|milestone| milestone["depends_on"].to_string()).collect();
    assert_eq!(needs, ["[]", "[\"M1\"]", "[\"M2\"]", "[\"M2\"]", "[\"M3\"]"]);
    let first = |index: usize| (&milestones[index]["entry"][0]["id"], &milestones[index]["entry"][0]["dependency"]);
    let dependencies: Vec<String> = (1..5).map(|index| format!("{} {}", first(index).0, first(index).1)).collect();
    assert_eq!(
        dependencies,
        ["\"M2-E1\" \"whole\"", "\"M3-E1\" \"whole\"", "\"M4-E1\" \"partial\"", "\"M5-E1\" \"partial\""]
    );
}

#[test]
fn the_seed_alone_is_no_wall_of_findings() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("milestones.md"), SEED).unwrap();
    let run = run(&["check"], folder.path());
    assert_eq!(run.code, 0, "{}", run.out);
    let heads = ["error[", "warning[", "note["];
    let blocks = run.out.lines().filter(|line| heads.iter().any(|head| line.starts_with(head))).count();
    assert!((1..=12).contains(&blocks), "{blocks} blocks:\n{}", run.out);
    assert!(run.out.contains("34 criteria have no owner: M1-E1, M1-E2, M1-E3 and 31 more"), "{}", run.out);
}

#[test]
fn json_and_sarif_carry_the_state_of_everything_and_its_reason() {
    let folder = demo();
    let told = |format: &str| -> Value {
        serde_json::from_str(&run(&["check", "--format", format], folder.path()).out).unwrap()
    };
    let json = told("json");
    let states = json["states"].as_array().unwrap();
    let state = |kind: &str, id: Value| {
        let found = states.iter().find(|state| state["kind"] == kind && state["id"] == id).unwrap();
        let word = |value: &Value| value.as_str().unwrap_or("no colour").to_string();
        assert!(found["reason"]["sentence"].as_str().is_some_and(|sentence| !sentence.is_empty()), "{found}");
        format!("{kind} {}, {}", word(&found["state"]), word(&found["colour"]))
    };
    let told_of = [
        state("programme", Value::Null),
        state("milestone", "M2".into()),
        state("gate", "M1 exit".into()),
        state("criterion", "M2-X3".into()),
        state("evidence", "E-014".into()),
        state("risk", "R-01".into()),
    ];
    expect![[r#"
        programme amber, amber
        milestone amber, amber
        gate passed, complete
        criterion submitted, amber
        evidence submitted, no colour
        risk within_appetite, green"#]]
    .assert_eq(&told_of.join("\n"));
    let kinds: BTreeSet<&str> = states.iter().map(|state| state["kind"].as_str().unwrap()).collect();
    expect!["condition, criterion, decision, evidence, gate, milestone, programme, risk"]
        .assert_eq(&kinds.into_iter().collect::<Vec<_>>().join(", "));
    let run = &told("sarif")["runs"][0];
    assert_eq!(run["properties"]["states"], json["states"]);
    assert_eq!(run["results"].as_array().unwrap().len(), json["findings"].as_array().unwrap().len());
}

#[test]
fn a_calendar_beside_the_seed_gives_gate_dates_and_no_schedule_finding() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("milestones.md"), SEED).unwrap();
    fs::write(folder.path().join("programme.yaml"), "calendar: { week_1: 2026-02-02 }\n").unwrap();
    for path in [".", "milestones.md"] {
        let found = inspected(folder.path(), path);
        let dates: Vec<String> = found["milestones"]
            .as_array()
            .unwrap()
            .iter()
            .map(|milestone| {
                let date = |key: &str| milestone[key].as_str().unwrap().to_string();
                format!("{} {} {}", milestone["id"].as_str().unwrap(), date("entry_gate_date"), date("exit_gate_date"))
            })
            .collect();
        assert_eq!(
            dates,
            [
                "M1 2026-02-02 2026-02-06",
                "M2 2026-02-06 2026-02-20",
                "M3 2026-02-20 2026-03-06",
                "M4 2026-02-23 2026-03-13",
                "M5 2026-03-06 2026-03-13"
            ]
        );
        let family = |rule: &str| milepost::rules::find(rule).unwrap().family;
        let findings = found["findings"].as_array().unwrap();
        let of_time: Vec<&str> = findings
            .iter()
            .map(|finding| finding["rule"].as_str().unwrap())
            .filter(|rule| family(rule) == milepost::rules::Family::Time && *rule != "data-date-assumed")
            .collect();
        assert!(of_time.is_empty(), "{of_time:?}");
    }
}

#[test]
fn the_pasted_table_alone_builds_a_calm_draft_portal() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("milestones.md"), SEED).unwrap();
    let built = run(&["build"], folder.path());
    assert_eq!(built.code, 0, "{}{}", built.out, built.err);
    let portal = files(&folder.path().join("output"));
    let page = |address: &str| String::from_utf8(portal[address].clone()).unwrap();
    for id in ["M1", "M2", "M3", "M4", "M5"] {
        assert!(page(&format!("m/{id}.html")).contains("nothing recorded yet"), "{id}");
    }
    assert!(page("index.html").contains("Draft"));
    assert!(page("timeline.html").contains("Week 1"));
    assert!(page("todo.html").contains("week_1"));
    let matrix = page("matrix.html");
    assert!(!matrix.contains("is-red\"") && !matrix.contains("is-amber\""), "a plan is calm");
}

#[test]
fn the_demo_has_the_colours_that_its_records_prove() {
    let folder = demo();
    let built = run(&["build"], folder.path());
    assert_eq!(built.code, 0, "{}{}", built.out, built.err);
    let json = fs::read(folder.path().join("output/data/programme.json")).unwrap();
    let data: Value = serde_json::from_slice(&json).unwrap();
    let colour = |entry: &Value| entry["status"]["colour"].as_str().unwrap().to_string();
    let colours: Vec<String> = data["milestones"].as_array().unwrap().iter().map(&colour).collect();
    assert_eq!(colours, ["complete", "amber", "amber", "amber", "on_plan"]);
    assert_eq!(colour(&data["programme"]), "amber");
    assert_eq!(data["milestones"][3]["slip"], 5);
    assert_eq!(data["milestones"][1]["exit"][2]["state"], "submitted");
    assert_eq!(data["withheld"][0]["kind"], "risk");
    assert_eq!(data["withheld"][0]["count"], 1);
    assert_eq!(ids(&data["risks"]).len(), 5);
}

#[test]
fn nothing_of_a_restricted_record_leaves_for_the_public() {
    let folder = demo();
    let canary = "Zanzibar-canary";
    let record = folder.path().join("content/risks/R-06.md");
    let text = fs::read_to_string(&record).unwrap();
    let text = text.replace("withdraw", &format!("withdraw {canary}")).replace("Heard", &format!("{canary} heard"));
    let text = text
        .replace("Chatwoot integration loses", &format!("{canary} loses"))
        .replace("Fallback:", &format!("Fallback: {canary}"));
    fs::write(&record, text).unwrap();
    assert_eq!(run(&["build"], folder.path()).code, 0);
    for (address, bytes) in files(&folder.path().join("output")) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(canary) && !text.contains("R-06") && !text.contains("sale is announced"), "{address}");
    }
    let settings = folder.path().join("content/programme.yaml");
    let restricted = fs::read_to_string(&settings).unwrap().replace("site:\n", "site:\n  audience: restricted\n");
    fs::write(&settings, restricted).unwrap();
    assert_eq!(run(&["build"], folder.path()).code, 0);
    let page = fs::read_to_string(folder.path().join("output/r/R-06.html")).unwrap();
    assert!(page.contains(canary), "whoever may see it does");
}

#[cfg(unix)]
#[test]
fn the_same_input_gives_the_same_bytes_anywhere() {
    use std::os::unix::fs::PermissionsExt;
    let first = demo();
    let second = demo();
    assert_eq!(run(&["build"], first.path()).code, 0);
    let deeper = second.path().join("content");
    let program = env!("CARGO_BIN_EXE_milepost");
    let shell = format!("umask 077 && exec '{program}' build .. --out ../elsewhere");
    let status = std::process::Command::new("sh")
        .args(["-c", &shell])
        .current_dir(deeper)
        .env("LC_ALL", "tr_TR.UTF-8")
        .env("LANG", "de_DE.UTF-8")
        .env("TZ", "Pacific/Kiritimati")
        .status()
        .unwrap();
    assert!(status.success());
    let (here, there) = (files(&first.path().join("output")), files(&second.path().join("elsewhere")));
    assert!(here.len() > 20);
    assert_eq!(here.keys().collect::<Vec<_>>(), there.keys().collect::<Vec<_>>());
    for (address, bytes) in &here {
        assert!(*bytes == there[address], "{address} differs");
        let mode = fs::metadata(second.path().join("elsewhere").join(address)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o644, "{address}");
    }
}

#[test]
fn exit_codes_tell_what_went_wrong() {
    let folder = demo();
    assert_eq!(run(&["check"], folder.path()).code, 0);
    assert_eq!(run(&["check", "--deny", "warnings"], folder.path()).code, 1);
    assert_eq!(run(&["check", "--format", "nonsense"], folder.path()).code, 2);
    assert_eq!(run(&["explain", "no-such-rule"], folder.path()).code, 2);
    assert_eq!(run(&["check", "no-such-folder"], folder.path()).code, 3);
    let foreign = folder.path().join("mine");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("letter.txt"), "dear").unwrap();
    let refused = run(&["build", "--out", "mine"], folder.path());
    assert_eq!(refused.code, 3, "{}", refused.out);
    assert!(refused.err.contains("letter.txt"), "{}", refused.err);
    assert_eq!(files(&foreign).len(), 1);
}

#[test]
fn an_error_in_a_controlled_programme_writes_nothing_and_keeps_the_old_portal() {
    let folder = demo();
    assert_eq!(run(&["build"], folder.path()).code, 0);
    let before = files(&folder.path().join("output"));
    fs::write(folder.path().join("content/broken.yaml"), "evidence:\n\t- id: E-1\n").unwrap();
    let run = run(&["build"], folder.path());
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.out.contains("nothing was written"), "{}", run.out);
    assert!(run.err.contains("content/broken.yaml:2:1"), "{}", run.err);
    assert_eq!(files(&folder.path().join("output")), before);
}

#[test]
fn every_command_says_how_it_is_used() {
    for command in [
        "build", "check", "serve", "watch", "inspect", "explain", "freeze", "diff", "verify", "init", "new", "accept",
        "guide", "schema",
    ] {
        let run = run(&[command, "--help"], project());
        assert_eq!(run.code, 0);
        assert!(run.out.contains("Example: milepost "), "{command}: {}", run.out);
    }
}

#[test]
fn findings_are_told_in_four_ways() {
    let folder = demo();
    fs::write(folder.path().join("content/more.yaml"), "evidence:\n  - { id: E-9, title: x, proves: [M2-X33] }\n")
        .unwrap();
    let told = |format: &str| run(&["check", "--format", format], folder.path()).out;
    assert!(told("short").contains("content/more.yaml:2:35: error[unknown-reference]"), "{}", told("short"));
    assert!(told("github").contains("::error file=content/more.yaml,line=2,"), "{}", told("github"));
    let json: Value = serde_json::from_str(&told("json")).unwrap();
    assert!(
        json["findings"]
            .as_array()
            .unwrap()
            .iter()
            .any(|finding| finding["rule"] == "unknown-reference" && finding["column"] == 35)
    );
    let human = told("human");
    assert!(human.contains("--> content/more.yaml:2:35") && human.contains("did you mean"), "{human}");
    assert!(!human.contains('\u{1b}'), "colour belongs on a terminal");
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let mut child = milepost(&["check"], project()).stdout(std::process::Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn names_do_nothing_to_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let settings = "name: \"a\\e]0;owned\\a\"\nversion: \"1\\e[2J\"\ndata_date: 2026-02-18\n";
    fs::write(folder.path().join("programme.yaml"), settings).unwrap();
    fs::write(folder.path().join("risks.yaml"), "- { id: R-1, title: \"x\\e[31my\" }\n").unwrap();
    for arguments in [vec!["inspect", "."], vec!["explain", "no\u{1b}[2Jrule"], vec!["freeze"], vec!["build"]] {
        let run = run(&arguments, folder.path());
        assert!(
            !format!("{}{}", run.out, run.err).contains(['\u{1b}', '\u{7}']),
            "{arguments:?}: {}{}",
            run.out,
            run.err
        );
        assert!(run.out.contains('\n') || run.err.contains('\n'), "lines stay lines");
    }
}

#[test]
fn evidence_may_be_a_file_that_is_read_as_content() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let evidence = |location: &str, more: &str| format!("- {{ id: E1, title: Minutes, location: {location}{more} }}\n");
    let table = "# Minutes\n\n| Who | Said |\n| --- | --- |\n| Ana | Agreed, all of it |\n";
    // A byte order mark is no part of the text, and one of the file.
    write("minutes.md", &format!("\u{feff}{table}"));
    for (location, said) in [
        ("nutes.md", Some("the file of evidence `E1` is not there")),
        ("./evidence.yaml", Some("evidence `E1` names the file that it is written in")),
        ("./minutes.md", None),
    ] {
        write("evidence.yaml", &evidence(location, ""));
        let told = run(&["check"], folder.path()).out;
        assert_eq!(told.contains("evidence-file-missing"), said.is_some(), "{location}\n{told}");
        assert!(said.is_none_or(|said| told.contains(said)), "{location}\n{told}");
    }
    write("evidence.yaml", &evidence("minutes.md", ", result: pass, acceptor: Cy, accepted_on: 2026-02-02"));
    let sha256 = milepost::output::sha256(format!("\u{feff}{table}").as_bytes());
    let told = run(&["check"], folder.path()).out;
    assert!(told.contains(&format!("add `sha256: {sha256}`")), "{told}");

    let sealed = format!(", result: pass, acceptor: Cy, accepted_on: 2026-02-02, sha256: {sha256}");
    write("evidence.yaml", &evidence("minutes.md", &sealed));
    let formatted = run(&["fmt"], folder.path());
    assert_eq!(formatted.code, 0, "{}", formatted.err);
    assert!(
        formatted.out.contains("minutes.md: left as it is: evidence `E1` names it by its sha256"),
        "{}",
        formatted.out
    );
    assert_eq!(fs::read_to_string(folder.path().join("minutes.md")).unwrap(), format!("\u{feff}{table}"));
    assert!(!run(&["check"], folder.path()).out.contains("evidence-changed-since-accepted"));

    write("minutes.md", &table.replace("all of it", "but for the price"));
    let told = run(&["check"], folder.path()).out;
    assert!(told.contains("evidence-changed-since-accepted"), "{told}");
}

#[test]
fn a_page_that_is_the_file_of_withheld_evidence_is_withheld_too() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("milestones.md", SEED);
    write("minutes.md", "# Minutes\n\nThe price is forty.\n");
    for (visibility, is_shown) in [("restricted", false), ("public", true)] {
        write(
            "evidence.yaml",
            &format!("- {{ id: E1, title: Proof, location: minutes.md, visibility: {visibility} }}\n"),
        );
        assert_eq!(run(&["build"], folder.path()).code, 0);
        let portal = files(&folder.path().join("output"));
        let shown = portal.iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("The price is forty"));
        assert_eq!(shown, is_shown, "{visibility}");
    }
}

#[test]
fn what_belongs_to_no_file_has_no_line_on_the_list_of_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("milestones.md"), SEED).unwrap();
    assert_eq!(run(&["build"], folder.path()).code, 0);
    let page = fs::read_to_string(folder.path().join("output/todo.html")).unwrap();
    let ends = |rule: &str| page.split_once(rule).unwrap().1.split_once("</p>").unwrap().0.to_string();
    assert_eq!(ends("data-date-assumed"), "</span>");
    assert_eq!(ends("criterion-without-owner"), "</span> · milestones.md, line 5");
}

#[test]
fn a_risk_without_a_score_is_not_said_to_be_within_appetite() {
    let folder = tempfile::tempdir().unwrap();
    let list = "| ID | Milestone | Target date |\n| --- | --- | --- |\n| M1 | Pilot | 2026-03-02 |\n";
    fs::write(folder.path().join("milestones.md"), list).unwrap();
    let risk = "- { id: R1, title: Pump leaks, probability: 2, milestones: [M1], status: open }\n";
    fs::write(folder.path().join("risks.yaml"), risk).unwrap();
    assert_eq!(run(&["build"], folder.path()).code, 0);
    for page in ["index.html", "m/M1.html"] {
        let page = fs::read_to_string(folder.path().join("output").join(page)).unwrap();
        assert!(page.contains("Not scored") && !page.contains("Within 9"), "{page}");
    }
}

#[test]
fn inspect_says_from_which_cell_each_field_was_read_and_why_a_table_is_no_register() {
    let folder = copy_of("tests/programmes/whole/content");
    let tasks = "# Work\n\n| Task | Owner | Due |\n| --- | --- | --- |\n| Order pizza | Ana | 2026-02-05 |\n";
    fs::write(folder.path().join("tasks.md"), tasks).unwrap();
    let told = run(&["inspect", "."], folder.path());
    assert_eq!(told.code, 0, "{}", told.err);
    for line in [
        "milestones.md:3: taken for milestone: has the columns id and entry criteria",
        "  window ← milestones.md:5:27 `Weeks 1–3`",
        "  Weeks 1–3 = 2026-02-02 to 2026-02-20",
        "  by ← decisions.yaml:5:9 `Amara Doyle`",
        "tasks.md:3: not taken for records: has the column task, as lists of tasks, measurements and changes have, and no criteria",
        "  its columns or keys: Task, Owner, Due",
    ] {
        assert!(told.out.lines().any(|other| other == line), "{line}\n{}", told.out);
    }
    assert_eq!(run(&["inspect"], folder.path()).out, told.out);
    let alone = run(&["inspect", "tasks.md"], folder.path());
    assert!(alone.out.lines().any(|line| line.starts_with("tasks.md:3: ")), "{}", alone.out);
    let found = inspected(folder.path(), ".");
    let tasks = found["understood"].as_array().unwrap().iter().find(|part| part["path"] == "tasks.md").unwrap();
    assert_eq!((&tasks["line"], &tasks["kind"]), (&Value::from(3), &Value::Null));
    let risk = found["read_from"].as_array().unwrap().iter().find(|record| record["id"] == "R2").unwrap();
    let owner = risk["fields"].as_array().unwrap().iter().find(|read| read["field"] == "owner").unwrap();
    assert_eq!((&owner["line"], &owner["column"], &owner["text"]), (&6.into(), &33.into(), &"Amara Doyle".into()));
}

/// A file of a programme is read as it lies there, from wherever one looks at it; and a folder's name counts without settings too.
#[test]
fn inspect_reads_one_file_for_what_its_folder_says_it_is() {
    let folder = copy_of("content");
    let told = |at: &str, path: &str| run(&["inspect", path], &folder.path().join(at)).out;
    for (at, path, line) in [
        ("", "evidence/E-014.md", "evidence/E-014.md:1: taken for evidence"),
        ("evidence", "../evidence/E-014.md", "../evidence/E-014.md:1: taken for evidence"),
        ("risks", "../evidence/E-014.md", "../evidence/E-014.md:1: taken for evidence"),
        ("evidence", "E-014.md", "/evidence/E-014.md:1: taken for evidence"),
        ("risks", "../evidence/files/../E-014.md", "/evidence/E-014.md:1: taken for evidence"),
    ] {
        let told = told(at, path);
        let is_there = |other: &str| if line.starts_with('/') { other.contains(line) } else { other.starts_with(line) };
        assert!(told.lines().any(is_there), "{at} {path}:\n{told}");
        assert!(told.contains("\nevidence E-014\n"), "{told}");
    }
    fs::remove_file(folder.path().join("programme.yaml")).unwrap();
    assert!(told("", "evidence/E-014.md").contains("\nevidence E-014\n"));
}

#[test]
fn a_folder_that_is_not_there_is_named_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    for command in ["check", "build", "inspect", "verify"] {
        let run = run(&[command, "plan"], folder.path());
        assert_eq!(run.code, 3, "{command}");
        assert_eq!(
            run.err,
            "error: there is no `plan`; name the folder that holds your milestone list, or begin one with `milepost init plan`\n",
            "{command}"
        );
    }
    fs::create_dir(folder.path().join("plan")).unwrap();
    let inspected = run(&["inspect", "plan"], folder.path());
    assert!(inspected.out.contains("records stand in files that end in .md"), "{}", inspected.out);
}
