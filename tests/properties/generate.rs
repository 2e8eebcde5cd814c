//! Makes programmes up: every kind of record, most of it in order, some of it late, refused, unsigned or missing.

use chrono::{Days, NaiveDate};
use milepost::model::reference::Kind;

use super::draw::Draw;
use super::programme::{Programme, Record, Value};

/// Days after the first of week 1 on which things happen.
const LAST_DAY: usize = 120;

const PEOPLE: [(&str, &str, &[&str]); 5] = [
    ("ann", "Ann Vale", &["board"]),
    ("bo", "Bo O'Hara", &[]),
    ("cy", "Cy Zoë", &["qa"]),
    ("dee", "Dee Müller-Roth", &["qa", "board"]),
    ("eve", "Eve", &[]),
];

/// Words as people write them, with the signs that a form could trip over.
const PHRASES: [&str; 16] = [
    "Load test passed",
    "Rollback: rehearsed twice",
    "Half the sites (north, south) open",
    "Bridge | ferry decided",
    "Plan \"B\" signed",
    "It's live",
    "ISO 27001 audit closed",
    "Café opened – at last",
    "The word *draft* is gone from read_me_first",
    "1.00",
    "Path C:\\temp cleared",
    "a < b & c > d holds",
    "Backlog `main` groomed",
    "Interim + final report filed",
    "# is the first column",
    "~30 % of cost kept [see note]",
];

/// What is asked at a gate.
const ASKED: [&str; 8] = [
    "Load test passed",
    "Rollback rehearsed twice",
    "Sites opened (north, south)",
    "Plan \"B\" signed",
    "Audit of 27 files closed",
    "Interim + final report filed",
    "Backlog `main` groomed",
    "Board said *yes* | no",
];

pub fn day(days: usize) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 2, 2).unwrap() + Days::new(days as u64)
}

pub fn date(draw: &mut Draw) -> String {
    day(draw.below(LAST_DAY)).to_string()
}

pub fn programme(draw: &mut Draw) -> Programme {
    let mut programme = Programme { settings: settings(draw), records: Vec::new() };
    let count = 1 + draw.below(4);
    for number in 1..=count {
        let milestone = milestone(number, count, draw);
        let criteria = criteria(&milestone, number, count, draw);
        programme.records.push(milestone);
        programme.records.extend(criteria);
    }
    evidence(&mut programme, draw);
    decisions(&mut programme, draw);
    waivers(&mut programme, draw);
    risks(&mut programme, draw);
    concerns(&mut programme, draw);
    beside(&mut programme, draw);
    programme
}

/// The same, with words here and there that mean nothing where they stand, and now and then an id that stands twice.
pub fn broken(draw: &mut Draw) -> Programme {
    let mut programme = programme(draw);
    for _ in 0..draw.one_of(&[0, 1, 3]) {
        let record = draw.below(programme.records.len());
        let fields = &mut programme.records[record].fields;
        let texts: Vec<usize> = (0..fields.len()).filter(|at| matches!(fields[*at].1, Value::Text(_))).collect();
        // Without its gate and its words a criterion is none.
        let texts: Vec<usize> = texts.into_iter().filter(|at| !matches!(fields[*at].0, "gate" | "text")).collect();
        if !texts.is_empty() {
            fields[draw.one_of(&texts)].1 = draw.one_of(&["zzqx", "TBD", "2026-13-45", "pending"]).into();
        }
    }
    if draw.chance(15) {
        let (one, other) = (draw.below(programme.records.len()), draw.below(programme.records.len()));
        let (kind, id) = (programme.records[one].kind, programme.records[one].id.clone());
        // A criterion that stands twice is two by its place in the list, and so another one in every order.
        if programme.records[other].kind == kind && !matches!(kind, Kind::Milestone | Kind::Criterion) {
            programme.records[other].id = id;
        }
    }
    programme
}

fn settings(draw: &mut Draw) -> Record {
    let person = |(id, name, roles): (&str, &str, &[&str])| {
        let roles = roles.iter().map(|role| role.to_string()).collect::<Vec<_>>();
        Value::Map(vec![("id", id.into()), ("name", name.into()), ("roles", roles.into())])
    };
    let holidays: Vec<String> = (0..draw.below(4)).map(|_| date(draw)).collect();
    let mut calendar = vec![("holidays", holidays.into())];
    if !draw.chance(10) {
        calendar.push(("week_1", day(0).to_string().into()));
    }
    if draw.chance(30) {
        calendar.push(("deadline_day", draw.one_of(&["wednesday", "friday"]).into()));
    }
    let mut settings = Record::new(Kind::Milestone, "programme")
        .with("name", draw.one_of(&PHRASES))
        .with("version", "1.00")
        .with("data_date", day(20 + draw.below(60)).to_string())
        .with("calendar", Value::Map(calendar))
        .with("cadence_days", draw.one_of(&["90", "90", "90", "7"]))
        .with("roles", Value::Map(vec![("qa", "QA lead".into()), ("board", "Steering committee".into())]))
        .with("people", Value::List(PEOPLE.into_iter().map(person).collect()));
    if draw.chance(50) {
        settings.set("authority", Value::Map(vec![("entry", "board".into()), ("exit", "board".into())]));
    }
    if draw.chance(50) {
        settings.set("tolerance", tolerance(draw));
    }
    if draw.chance(30) {
        settings
            .set("appetite", Value::Map(vec![("default", "6".into()), ("security", draw.one_of(&["12", "3"]).into())]));
    }
    settings
}

fn tolerance(draw: &mut Draw) -> Value {
    let mut keys = vec![("red_days", draw.one_of(&["5", "0", "20"]).into())];
    if draw.chance(50) {
        keys.push(("amber_days", draw.one_of(&["0", "2"]).into()));
    }
    if draw.chance(50) {
        keys.push(("red_percent", draw.one_of(&["10", "0", "50"]).into()));
    }
    Value::Map(keys)
}

fn window(number: usize, draw: &mut Draw) -> String {
    let start = 20 + number * 14 + draw.below(10);
    let week = start / 7 + 1;
    match draw.below(6) {
        0 => format!("Week {week}"),
        1 => format!("Weeks {week}–{}", week + 1 + draw.below(3)),
        2 => format!("{}..{}", day(start), day(start + draw.below(20))),
        3 => day(start).to_string(),
        4 => draw.one_of(&["May 2026", "Q2 2026", "April 2026"]).to_string(),
        _ => format!("Sprint {}", start / 14 + 1),
    }
}

/// A person by id or name, or the role that one of them holds.
fn someone(draw: &mut Draw) -> String {
    if draw.chance(15) {
        return draw.one_of(&["qa", "QA lead", "board", "Steering committee"]).to_string();
    }
    let (id, name, _) = draw.one_of(&PEOPLE);
    draw.one_of(&[id, name]).to_string()
}

fn milestone(number: usize, count: usize, draw: &mut Draw) -> Record {
    let mut milestone = Record::new(Kind::Milestone, format!("M{number}")).with("name", draw.one_of(&PHRASES));
    let mut maybe = |percent: usize, name: &'static str, value: &dyn Fn(&mut Draw) -> Value| {
        if draw.chance(percent) {
            let value = value(draw);
            milestone.set(name, value);
        }
    };
    maybe(96, "window", &|draw| window(number, draw).into());
    maybe(90, "owner", &|draw| someone(draw).into());
    maybe(50, "description", &|draw| draw.one_of(&PHRASES).into());
    maybe(20, "baseline", &|draw| window(number, draw).into());
    maybe(25, "forecast", &|draw| window(number, draw).into());
    maybe(15, "actual", &|draw| date(draw).into());
    maybe(6, "entry_gate_date", &|draw| date(draw).into());
    maybe(6, "exit_gate_date", &|draw| date(draw).into());
    maybe(15, "authority", &|draw| {
        let gates = [vec![("exit", "qa".into())], vec![("entry", "ann".into()), ("exit", "Cy Zoë".into())]];
        draw.one_of(&[Value::from("qa"), Value::Map(gates[0].clone()), Value::Map(gates[1].clone())])
    });
    maybe(20, "tolerance", &tolerance);
    maybe(20, "declared", &|draw| claim(draw).into());
    maybe(20, "reason", &|draw| draw.one_of(&PHRASES).into());
    maybe(30, "reviewed_on", &|draw| date(draw).into());
    maybe(30, "tags", &|draw| draw.one_of(&[vec!["north"], vec!["north", "phase two"]]).join("\n").into());
    maybe(10, "visibility", &|draw| draw.one_of(&["stakeholder", "restricted"]).into());
    maybe(10, "cost centre", &|draw| draw.one_of(&PHRASES).into());
    if let Some(Value::Text(tags)) = milestone.take("tags") {
        milestone.set("tags", tags.lines().map(str::to_string).collect::<Vec<_>>());
    }
    let others = (1..=count).filter(|other| *other < number || *other > number && draw.chance(15));
    let depends: Vec<String> = others.map(|other| format!("M{other}")).collect();
    let depends: Vec<String> = depends.into_iter().filter(|_| draw.chance(40)).collect();
    if !depends.is_empty() {
        milestone.set("depends_on", depends);
    }
    milestone
}

/// What somebody says the status is.
pub fn claim(draw: &mut Draw) -> &'static str {
    draw.one_of(&["Done", "green", "on plan", "🟡 at risk", "red", "80%", "100 %", "✅", "stopped", "❌"])
}

fn criteria(milestone: &Record, number: usize, count: usize, draw: &mut Draw) -> Vec<Record> {
    let mut criteria = Vec::new();
    for (side, letter, counts) in [("entry", 'E', [1, 0, 0, 2]), ("exit", 'X', [1, 2, 3, 0])] {
        for position in 1..=draw.one_of(&counts) {
            let text = match draw.below(8) {
                0 if side == "entry" && number > 1 => format!("M{} complete", 1 + draw.below(number - 1)),
                1 if side == "entry" && number > 1 => format!("M{} feature set deployed", 1 + draw.below(number - 1)),
                // With what waits for it already, a ring.
                2 if side == "entry" && number < count => format!("M{} complete", number + 1),
                _ => draw.one_of(&ASKED).to_string(),
            };
            let mark = if draw.chance(15) { draw.one_of(&["[x] ", "✅ "]) } else { "" };
            let criterion = Record::new(Kind::Criterion, format!("{}-{letter}{position}", milestone.id));
            let mut criterion =
                criterion.with("gate", format!("{} {side}", milestone.id)).with("text", format!("{mark}{text}"));
            details(&mut criterion, draw);
            criteria.push(criterion);
        }
    }
    criteria
}

fn details(criterion: &mut Record, draw: &mut Draw) {
    let mut maybe = |percent: usize, name: &'static str, value: &dyn Fn(&mut Draw) -> Value| {
        if draw.chance(percent) {
            let value = value(draw);
            criterion.set(name, value);
        }
    };
    maybe(15, "mandatory", &|draw| draw.one_of(&["no", "yes"]).into());
    maybe(25, "validity", &|draw| draw.one_of(&["standing", "point_in_time"]).into());
    maybe(15, "method", &|draw| draw.one_of(&["test", "inspection"]).into());
    maybe(15, "wants", &|_| "test record".into());
    maybe(20, "acceptor", &|_| "qa".into());
    maybe(15, "owner", &|draw| someone(draw).into());
    maybe(20, "due", &|draw| date(draw).into());
    maybe(8, "not_applicable", &|draw| {
        let ruling = [("reason", "Out of scope".into()), ("approver", "ann".into()), ("date", date(draw).into())];
        Value::Map(ruling.into_iter().filter(|_| !draw.chance(10)).collect())
    });
}

fn evidence(programme: &mut Programme, draw: &mut Draw) {
    let criteria: Vec<Record> = programme.of(Kind::Criterion).cloned().collect();
    for criterion in &criteria {
        for _ in 0..draw.one_of(&[1, 1, 1, 1, 0, 2]) {
            let id = format!("E-{}", programme.of(Kind::Evidence).count() + 1);
            let item = item(id, criterion, &criteria, draw);
            programme.records.push(item);
        }
    }
}

/// Mostly a pass that another accepted early; else anything.
fn item(id: String, criterion: &Record, criteria: &[Record], draw: &mut Draw) -> Record {
    let number: usize = id["E-".len()..].parse().unwrap();
    let text = criterion.text("text").unwrap_or_default();
    let words = text.trim_start_matches("[x] ").trim_start_matches("✅ ");
    let mut proves = vec![match draw.below(12) {
        0 => format!("{}: {words}", criterion.id),
        1 => format!("{}: other words", criterion.id),
        _ => criterion.id.clone(),
    }];
    let other = draw.one_of(criteria).id;
    if draw.chance(20) && other != criterion.id {
        proves.push(other);
    }
    let mut item = Record::new(Kind::Evidence, id)
        .with("title", draw.one_of(&PHRASES))
        .with("proves", proves)
        .with("type", "test record")
        .with("producer", "bo")
        .with("produced_on", day(draw.below(10)).to_string())
        .with("location", draw.one_of(&["https://example.org/run?id=1&x=2", "files/a.txt", "files/b.txt"]))
        .with("result", "pass")
        .with("acceptor", draw.one_of(&["cy", "Dee Müller-Roth"]))
        .with("accepted_on", day(10 + draw.below(15)).to_string());
    let mut maybe = |percent: usize, name: &'static str, value: &dyn Fn(&mut Draw) -> Value| {
        if draw.chance(percent) {
            let value = value(draw);
            item.set(name, value);
        }
    };
    maybe(8, "producer", &|draw| someone(draw).into());
    maybe(8, "acceptor", &|draw| someone(draw).into());
    maybe(8, "produced_on", &|draw| date(draw).into());
    maybe(15, "accepted_on", &|draw| date(draw).into());
    maybe(6, "result", &|_| "fail".into());
    maybe(6, "rejected_on", &|draw| date(draw).into());
    maybe(6, "withdrawn_on", &|draw| date(draw).into());
    maybe(15, "expires_on", &|draw| date(draw).into());
    maybe(8, "sha256", &|draw| draw.one_of(&["a", "b"]).repeat(64).into());
    maybe(10, "visibility", &|_| "stakeholder".into());
    if number > 1 && draw.chance(10) {
        item.set("supersedes", vec![format!("E-{}", 1 + draw.below(number - 1))]);
    }
    for name in ["producer", "produced_on", "result", "acceptor", "accepted_on"] {
        if draw.chance(4) {
            item.take(name);
        }
    }
    item
}

fn decisions(programme: &mut Programme, draw: &mut Draw) {
    let milestones: Vec<String> = programme.of(Kind::Milestone).map(|milestone| milestone.id.clone()).collect();
    for milestone in milestones {
        for side in ["entry", "exit"] {
            for _ in 0..draw.one_of(&[1, 0, 0, 2]) {
                let decision = decision(programme, &format!("{milestone} {side}"), draw);
                programme.records.push(decision);
            }
        }
    }
}

/// A decision at a gate, by one who may take it, unless it is to be otherwise.
pub fn decision(programme: &Programme, gate: &str, draw: &mut Draw) -> Record {
    let id = format!("D-{}", programme.of(Kind::Decision).count() + 1);
    let outcome = draw.one_of(&["go", "go", "go", "conditional go", "hold", "recycle", "kill", "conditional go"]);
    let mut decision = Record::new(Kind::Decision, id)
        .with("gate", gate)
        .with("outcome", outcome)
        .with("by", draw.one_of(&["Dee Müller-Roth", "dee", "ann", "cy", "bo"]))
        .with("date", day(20 + draw.below(40)).to_string());
    let criteria: Vec<&Record> =
        programme.of(Kind::Criterion).filter(|criterion| criterion.text("gate") == Some(gate)).collect();
    if outcome == "conditional go" && !criteria.is_empty() {
        let conditions = (1..=1 + draw.below(2)).map(|number| {
            // A condition may look at another gate, which waits for this one or is waited for.
            let all: Vec<&Record> = programme.of(Kind::Criterion).collect();
            let criterion = if draw.chance(20) { draw.one_of(&all) } else { draw.one_of(&criteria) };
            condition(programme, format!("{}-C{number}", decision.id), criterion, draw)
        });
        let conditions = conditions.collect();
        decision.set("conditions", Value::List(conditions));
    }
    let mut maybe = |percent: usize, name: &'static str, value: &dyn Fn(&mut Draw) -> Value| {
        if draw.chance(percent) {
            let value = value(draw);
            decision.set(name, value);
        }
    };
    maybe(20, "minutes", &|draw| draw.one_of(&PHRASES).into());
    maybe(10, "on_version", &|_| "0.9".into());
    if outcome == "hold" {
        maybe(80, "resume_on", &|draw| date(draw).into());
    }
    if outcome == "recycle" {
        maybe(80, "new_gate_date", &|draw| date(draw).into());
    }
    maybe(20, "dissent", &|_| vec!["Bo would wait".to_string(), "Eve, too: costs".to_string()].into());
    if let Some(criterion) = criteria.first().filter(|_| draw.chance(15)) {
        let reason = [("criterion", Value::from(criterion.id.as_str())), ("reason", draw.one_of(&PHRASES).into())];
        decision.set("overrides", Value::List(vec![Value::Map(reason.to_vec())]));
    }
    for name in ["outcome", "by", "date"] {
        if draw.chance(3) {
            decision.take(name);
        }
    }
    decision
}

fn condition(programme: &Programme, id: String, criterion: &Record, draw: &mut Draw) -> Value {
    let mut condition: Vec<(&'static str, Value)> =
        vec![("id", id.into()), ("text", draw.one_of(&PHRASES).into()), ("criterion", criterion.id.as_str().into())];
    condition.push(("owner", someone(draw).into()));
    condition.push(("due", day(30 + draw.below(60)).to_string().into()));
    condition.push(("timing", draw.one_of(&["pre", "post"]).into()));
    if draw.chance(60) {
        condition.push(("closed_on", day(20 + draw.below(40)).to_string().into()));
    }
    let items: Vec<&Record> = programme.of(Kind::Evidence).collect();
    if draw.chance(40) && !items.is_empty() {
        condition.push(("evidence", vec![draw.one_of(&items).id.clone()].into()));
    }
    Value::Map(condition)
}

fn waivers(programme: &mut Programme, draw: &mut Draw) {
    let criteria: Vec<String> = programme.of(Kind::Criterion).map(|criterion| criterion.id.clone()).collect();
    for number in 1..=draw.below(4) {
        if criteria.is_empty() {
            return;
        }
        let mut waiver = Record::new(Kind::Waiver, format!("W-{number}"))
            .with("criterion", draw.one_of(&criteria))
            .with("reason", draw.one_of(&PHRASES))
            .with("approver", someone(draw))
            .with("date", day(draw.below(40)).to_string())
            .with("expires_on", day(30 + draw.below(90)).to_string());
        if draw.chance(10) {
            waiver.take(draw.one_of(&["reason", "approver", "expires_on"]));
        }
        programme.records.push(waiver);
    }
}

fn milestones(programme: &Programme, draw: &mut Draw) -> Vec<String> {
    let milestones = programme.of(Kind::Milestone).map(|milestone| milestone.id.clone());
    milestones.filter(|_| draw.chance(50)).collect()
}

fn risks(programme: &mut Programme, draw: &mut Draw) {
    for number in 1..=draw.below(4) {
        let mut risk = Record::new(Kind::Risk, format!("R-{number}")).with("milestones", milestones(programme, draw));
        match draw.below(3) {
            0 => {
                risk.set("cause", "A supplier is late");
                risk.set("event", draw.one_of(&PHRASES));
                risk.set("effect", "Launch slips; cost rises");
            }
            _ => risk.set("title", draw.one_of(&PHRASES)),
        }
        let mut maybe = |percent: usize, name: &'static str, value: &dyn Fn(&mut Draw) -> Value| {
            if draw.chance(percent) {
                let value = value(draw);
                risk.set(name, value);
            }
        };
        maybe(90, "probability", &|draw| draw.one_of(&["2", "1", "high", "4", "60%"]).into());
        maybe(90, "impact", &|draw| draw.one_of(&["3", "low", "5", "severe"]).into());
        maybe(40, "category", &|draw| draw.one_of(&["security", "Supply"]).into());
        maybe(80, "owner", &|draw| someone(draw).into());
        maybe(30, "raised_on", &|draw| date(draw).into());
        maybe(20, "inherent", &|_| "20".into());
        maybe(30, "residual", &|draw| draw.one_of(&["4", "10", "25"]).into());
        maybe(20, "target", &|_| Value::Map(vec![("probability", "2".into()), ("impact", "2".into())]));
        maybe(30, "proximity", &|_| "this quarter".into());
        maybe(60, "response", &|draw| draw.one_of(&["Reduce: a second supplier", "accept"]).into());
        maybe(50, "status", &|draw| draw.one_of(&["Open", "closed", "mitigated"]).into());
        maybe(30, "reviewed_on", &|draw| date(draw).into());
        maybe(20, "acceptance", &|draw| Value::Map(vec![("by", "ann".into()), ("until", date(draw).into())]));
        maybe(30, "actions", &|draw| {
            let mut action = vec![("text", draw.one_of(&PHRASES).into()), ("due", date(draw).into())];
            action.push(("actionee", someone(draw).into()));
            if draw.chance(40) {
                action.push(("done_on", date(draw).into()));
            }
            Value::List(vec![Value::Map(action), Value::Map(vec![("text", "Ask again".into())])])
        });
        maybe(10, "visibility", &|_| "restricted".into());
        programme.records.push(risk);
    }
}

fn concerns(programme: &mut Programme, draw: &mut Draw) {
    for (kind, prefix) in [(Kind::Issue, "I"), (Kind::Assumption, "A"), (Kind::Dependency, "DEP")] {
        for number in 1..=draw.below(3) {
            let mut concern = Record::new(kind, format!("{prefix}-{number}"))
                .with("title", draw.one_of(&PHRASES))
                .with("milestones", milestones(programme, draw))
                .with("owner", someone(draw))
                .with("due", date(draw));
            if draw.chance(60) {
                concern.set("severity", draw.one_of(&["low", "high", "medium", "critical"]));
            }
            if draw.chance(40) {
                concern.set("raised_on", date(draw));
            }
            if draw.chance(60) {
                concern.set("status", draw.one_of(&["open", "closed", "resolved"]));
            }
            if draw.chance(30) {
                concern.set("resolution", draw.one_of(&PHRASES));
            }
            if let Some(risk) = programme.of(Kind::Risk).next() {
                concern.set("risks", vec![risk.id.clone()]);
            }
            programme.records.push(concern);
        }
    }
}

/// Reviews, signed confidence and changes.
fn beside(programme: &mut Programme, draw: &mut Draw) {
    for number in 1..=draw.below(3) {
        let review = Record::new(Kind::Review, format!("RV-{number}"))
            .with("kind", draw.one_of(&["Gateway review", "Design review"]))
            .with("date", date(draw))
            .with("reviewer", someone(draw))
            .with("independent", draw.one_of(&["yes", "no"]))
            .with("findings", vec!["Costs rise, and nobody says why".to_string(), draw.one_of(&ASKED).to_string()]);
        programme.records.push(review);
    }
    for number in 1..=draw.below(3) {
        let confidence = Record::new(Kind::Confidence, format!("DC-{number}"))
            .with("level", draw.one_of(&["green", "amber_green", "amber", "amber/red", "red"]))
            .with("by", someone(draw))
            .with("date", date(draw))
            .with("text", draw.one_of(&PHRASES));
        programme.records.push(confidence);
    }
    for number in 1..=draw.below(3) {
        let milestones: Vec<&Record> = programme.of(Kind::Milestone).collect();
        let mut change = Record::new(Kind::Change, format!("CH-{number}"))
            .with("record", draw.one_of(&milestones).id.as_str())
            .with("field", draw.one_of(&["baseline", "owner"]))
            .with("from", window(1, draw))
            .with("to", window(2, draw))
            .with("reason", draw.one_of(&PHRASES))
            .with("approver", someone(draw))
            .with("date", date(draw));
        if draw.chance(50) {
            change.set("impact", draw.one_of(&PHRASES));
        }
        programme.records.push(change);
    }
}
