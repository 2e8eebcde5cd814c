//! Makes a programme of any size, the same every time: linked milestones, risks and evidence as an office keeps them.
//!
//! Used by the benchmark and, by its path, by tests: it knows nothing of milepost, only what its authors write.

use std::fmt::Write as _;

/// Files of content, as path and text: `records` in all, one tenth milestones, three tenths risks, the rest evidence; and
/// besides, a decision for each gate that was passed.
pub fn programme(records: usize) -> Vec<(String, String)> {
    let milestones = (records / 10).max(1);
    let risks = records * 3 / 10;
    let evidence = records - milestones - risks;
    let plan = Plan { milestones };
    let mut dice = Dice { state: 0x1d8e_4e27_c47d_124f };
    let mut files = vec![("programme.yaml".to_owned(), settings(records))];
    files.extend((1..=milestones).map(|number| plan.milestone(number, &mut dice)));
    files.extend((1..=risks).map(|number| plan.risk(number, &mut dice)));
    files.extend((1..=evidence).map(|number| plan.evidence(number, evidence, &mut dice)));
    files.extend(plan.decisions());
    files
}

/// The first milestone's file with another description: what an author changes between two builds.
pub fn edited(text: &str, turn: usize) -> String {
    text.replace("\n---\n\n", &format!("\n---\n\nEdited in round {turn}. "))
}

/// The address of the file that `edited` is for.
pub const EDITED: &str = "milestones/M1.md";

const ENTRY: usize = 3;
const EXIT: usize = 4;
/// Milestones run in lanes: each but the first of a lane depends on the one before it.
const LANES: usize = 8;

struct Plan {
    milestones: usize,
}

impl Plan {
    fn milestone(&self, number: usize, dice: &mut Dice) -> (String, String) {
        let (start, end) = self.window(number);
        let name = dice.of(NAMES);
        let mut text = format!("---\nid: M{number}\nname: {} {name}\nowner: {}\n", dice.of(PARTS), dice.of(PEOPLE));
        let _ = writeln!(text, "window: {start}..{end}\nreviewed_on: 2026-06-29");
        if number > LANES {
            let _ = writeln!(text, "depends_on: [M{}]", number - LANES);
        }
        for (side, letter, count) in [("entry", "E", ENTRY), ("exit", "X", EXIT)] {
            let _ = writeln!(text, "{side}:");
            for position in 1..=count {
                let _ = writeln!(
                    text,
                    "  - {{ id: M{number}-{letter}{position}, text: {}, owner: {} }}",
                    dice.of(CRITERIA),
                    dice.of(PEOPLE)
                );
            }
        }
        let _ = write!(text, "---\n\n{}\n\n{}\n", dice.prose(3), dice.prose(4));
        (format!("milestones/M{number}.md"), text)
    }

    fn risk(&self, number: usize, dice: &mut Dice) -> (String, String) {
        let (probability, impact) = (dice.below(5) + 1, dice.below(5) + 1);
        let residual = (probability * impact).div_ceil(2);
        let mut text = format!(
            "---\nid: R-{number:04}\ncause: {}\nevent: {}\neffect: {}\n",
            dice.of(CAUSES),
            dice.of(EVENTS),
            dice.of(EFFECTS)
        );
        let _ = writeln!(
            text,
            "category: {}\nowner: {}\nraised_on: {}",
            dice.of(CATEGORIES),
            dice.of(PEOPLE),
            date(dice.below(150))
        );
        let _ = writeln!(
            text,
            "probability: {probability}\nimpact: {impact}\nresidual: {residual}\nresponse: {}",
            dice.of(RESPONSES)
        );
        let _ =
            writeln!(text, "milestones: [M{}]\nstatus: open\nreviewed_on: 2026-06-15", dice.below(self.milestones) + 1);
        let _ = writeln!(
            text,
            "actions:\n  - {{ text: {}, actionee: {}, due: {} }}",
            dice.of(CRITERIA),
            dice.of(PEOPLE),
            date(190 + dice.below(120))
        );
        let _ = write!(text, "---\n\n{}\n", dice.prose(2));
        (format!("risks/R-{number:04}.md"), text)
    }

    /// The evidence goes round the criteria in the order of their milestones; that of passed gates was accepted in time.
    fn evidence(&self, number: usize, all: usize, dice: &mut Dice) -> (String, String) {
        let criteria = self.milestones * (ENTRY + EXIT);
        let position = (number - 1) * criteria.max(all) / all % criteria;
        let milestone = position / (ENTRY + EXIT) + 1;
        let within = position % (ENTRY + EXIT);
        let criterion = if within < ENTRY { format!("E{}", within + 1) } else { format!("X{}", within - ENTRY + 1) };
        let day = self.first_day(milestone).saturating_sub(3);
        let mut text = format!(
            "---\nid: E-{number:05}\ntitle: {} of {}\nproves: [M{milestone}-{criterion}]\n",
            dice.of(DOCUMENTS),
            dice.of(PARTS)
        );
        let _ = writeln!(
            text,
            "type: {}\nproducer: Delivery team {}\nproduced_on: {}",
            dice.of(TYPES),
            dice.below(9) + 1,
            date(day)
        );
        let _ = writeln!(text, "location: https://records.example/{number:05}/1");
        if self.first_day(milestone) < TODAY && dice.below(10) > 0 {
            let _ = writeln!(text, "result: pass\nacceptor: {}\naccepted_on: {}", dice.of(PEOPLE), date(day + 1));
        }
        let _ = write!(text, "---\n\n{}\n", dice.prose(1));
        (format!("evidence/E-{number:05}.md"), text)
    }

    /// One table of the gates that were passed, a go each: the entry gates, and the exit gates of what has ended.
    fn decisions(&self) -> Option<(String, String)> {
        let mut rows = String::new();
        let mut number = 0;
        for milestone in 1..=self.milestones {
            for (gate, day) in [("entry", self.first_day(milestone)), ("exit", self.last_day(milestone))] {
                if day < TODAY / 2 {
                    number += 1;
                    let _ = writeln!(
                        rows,
                        "| D-{number:04} | M{milestone} {gate} | go | Steering committee | {} |",
                        date(day)
                    );
                }
            }
        }
        let head = "# Decisions\n\n| ID | Gate | Outcome | By | Date |\n| --- | --- | --- | --- | --- |\n";
        (number > 0).then(|| ("decisions/gates.md".to_owned(), format!("{head}{rows}")))
    }

    fn window(&self, number: usize) -> (String, String) {
        (date(self.first_day(number)), date(self.last_day(number)))
    }

    /// Days after the first of January: the lanes' milestones share the year evenly.
    fn first_day(&self, number: usize) -> usize {
        let turns = self.milestones.div_ceil(LANES);
        5 + (number - 1) / LANES * 330 / turns
    }

    fn last_day(&self, number: usize) -> usize {
        self.first_day(number) + (330 / self.milestones.div_ceil(LANES)).saturating_sub(1)
    }
}

/// The data date, 1 July 2026, in days after the first of January.
const TODAY: usize = 181;

fn settings(records: usize) -> String {
    format!(
        "name: Programme of {records} records\nversion: \"1.0\"\ndata_date: {}\nprofile: draft\ncalendar: {{ week_1: 2026-01-05 }}\n\
         tolerance: {{ amber_days: 0, red_days: 5, red_percent: 10 }}\nappetite: {{ default: 9, security: 6 }}\n",
        date(TODAY)
    )
}

/// A day of 2026, counted from the first of January; what lies beyond stays in December.
fn date(mut day: usize) -> String {
    const LENGTHS: [usize; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    for (month, length) in LENGTHS.into_iter().enumerate() {
        if day < length {
            return format!("2026-{:02}-{:02}", month + 1, day + 1);
        }
        day -= length;
    }
    "2026-12-31".to_owned()
}

/// A linear congruential generator: enough to look unordered, and the same on every machine.
struct Dice {
    state: u64,
}

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) as usize % limit
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    fn prose(&mut self, sentences: usize) -> String {
        let said = (0..sentences).map(|_| {
            format!(
                "{} the {} {}, {}.",
                self.of(OPENINGS),
                self.of(PARTS).to_lowercase(),
                self.of(DEEDS),
                self.of(ENDINGS)
            )
        });
        said.collect::<Vec<_>>().join(" ")
    }
}

const PARTS: &[&str] = &[
    "Billing service",
    "Customer portal",
    "Data platform",
    "Identity service",
    "Mobile app",
    "Order ledger",
    "Reporting layer",
    "Search index",
];
const NAMES: &[&str] =
    &["design approved", "built", "integrated", "tested under load", "migrated", "handed over", "live"];
const PEOPLE: &[&str] =
    &["Anna Berg", "Bilal Chaudhry", "Carla Duarte", "David Eze", "Elena Fischer", "Farid Ganem", "Grace Hall"];
const CRITERIA: &[&str] = &[
    "Interface specification approved",
    "Load test at twice the expected volume passed",
    "Migration rehearsed on a full copy",
    "No open defect of severity one",
    "Operating manual accepted by the service desk",
    "Rollback drill passed within thirty minutes",
    "Security review closed without high findings",
    "Training held for all shifts",
];
const CAUSES: &[&str] = &[
    "The supplier has one engineer who knows the interface",
    "Test data is shared by three teams",
    "The licence ends in autumn",
];
const EVENTS: &[&str] =
    &["the interface is delivered late", "a rehearsal fails", "the volume doubles at the end of a quarter"];
const EFFECTS: &[&str] =
    &["the gate moves by two weeks", "the migration is done by hand", "the old system stays up for a month"];
const CATEGORIES: &[&str] = &["security", "supplier", "technical", "people"];
const RESPONSES: &[&str] = &["reduce", "avoid", "transfer", "accept"];
const DOCUMENTS: &[&str] =
    &["Test report", "Review record", "Signed specification", "Rehearsal log", "Acceptance record"];
const TYPES: &[&str] = &["test report", "review record", "document", "log"];
const OPENINGS: &[&str] =
    &["In this step", "After the review", "As agreed with the service desk", "Before the next gate"];
const DEEDS: &[&str] = &[
    "is brought to the agreed level",
    "takes over from the old system",
    "is shown to its **first users**",
    "is measured against the `baseline`",
];
const ENDINGS: &[&str] = &[
    "with one team in each region",
    "and the old interface stays open for a month",
    "so that the next step can begin",
    "as the [plan](https://plans.example/) says",
];
