//! Makes a programme of any size, the same every time: linked milestones, risks and evidence as an office keeps them.
//!
//! Used by the benchmark and, by its path, by tests: it knows nothing of milepost, only what its authors write.

use std::fmt::Write as _;

/// Files of content, as path and text: `records` in all, one tenth milestones, three tenths risks, the rest evidence; and
/// besides, a decision for each gate that was passed.
pub fn programme(records: usize) -> Vec<(String, String)> {
    let milestones = (records / 10).max(1);
    let risks = records * 3 / 10;
    programme_of(milestones, risks, records - milestones - risks)
}

/// The same with as many of each kind as are asked for; six items of evidence for a milestone prove all of its criteria.
pub fn programme_of(milestones: usize, risks: usize, evidence: usize) -> Vec<(String, String)> {
    let plan = Plan { milestones };
    let mut dice = Dice { state: 0x1d8e_4e27_c47d_124f };
    let mut files = vec![("programme.yaml".to_owned(), settings(milestones + risks + evidence))];
    files.extend((1..=milestones).map(|number| plan.milestone(number, &mut dice)));
    files.extend((1..=risks).map(|number| plan.risk(number, &mut dice)));
    files.extend((1..=evidence).map(|number| plan.evidence(number, &mut dice)));
    files.push(plan.decisions());
    files
}

/// Records as rows of one file, as an office pastes them: one tenth milestones, the rest risks.
pub fn register(records: usize) -> String {
    let mut dice = Dice { state: 0x1d8e_4e27_c47d_124f };
    let milestones = (records / 10).max(1);
    let mut text = "# Plan\n\n| ID | Name | Window | Owner | Entry criteria | Exit criteria |\n".to_owned();
    text.push_str("| --- | --- | --- | --- | --- | --- |\n");
    for number in 1..=milestones {
        let (name, owner, week) = (dice.of(NAMES), dice.of(PEOPLE), number % 50 + 1);
        let (entry, first, second) = (dice.of(CRITERIA), dice.of(CRITERIA), dice.of(CRITERIA));
        let _ = writeln!(text, "| M{number} | {name} | Week {week} | {owner} | {entry} | {first}; {second} |");
    }
    text.push_str("\n| ID | Risk | Category | Owner | Probability | Impact | Response | Status | Milestones |\n");
    text.push_str("| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
    for number in 1..=records - milestones {
        let (event, category, owner, response) =
            (dice.of(EVENTS), dice.of(CATEGORIES), dice.of(PEOPLE), dice.of(RESPONSES));
        let (probability, impact, milestone) = (dice.below(5) + 1, dice.below(5) + 1, dice.below(milestones) + 1);
        let _ = writeln!(
            text,
            "| R-{number:04} | {event} | {category} | {owner} | {probability} | {impact} | {response} | open | M{milestone} |"
        );
    }
    text
}

/// The first milestone's file with another description: what an author changes between two builds.
pub fn edited(text: &str, turn: usize) -> String {
    text.replace("\n---\n\n", &format!("\n---\n\nEdited in round {turn}. "))
}

/// The address of the file that `edited` is for.
pub const EDITED: &str = "milestones/M1.md";

/// Criteria of each gate: with one item of evidence for each, six in ten records are evidence.
const CRITERIA_OF_A_GATE: usize = 3;
/// Milestones in a row, each of which begins when the one before it ends.
const CHAIN: usize = 12;
const TEAMS: usize = 9;
/// The data date, 1 July 2026, in days after the first of January. Gates of the last days before it are not decided.
const TODAY: usize = 181;
const DECIDED: usize = TODAY - 10;

struct Plan {
    milestones: usize,
}

impl Plan {
    fn milestone(&self, number: usize, dice: &mut Dice) -> (String, String) {
        let mut text = format!("---\nid: M{number}\nname: {} {}\n", dice.of(PARTS), dice.of(NAMES));
        let _ = writeln!(text, "description: {}\nowner: {}", dice.of(PURPOSES), dice.of(PEOPLE));
        let _ = writeln!(text, "window: {}..{}", date(self.first_day(number)), date(self.last_day(number)));
        let _ = writeln!(text, "reviewed_on: {}", date(TODAY - dice.below(7)));
        for (side, letter) in [("entry", 'E'), ("exit", 'X')] {
            let _ = writeln!(text, "{side}:");
            let first = dice.below(CRITERIA.len());
            for position in 1..=CRITERIA_OF_A_GATE {
                let said = match self.before(number) {
                    Some(before) if letter == 'E' && position == 1 => format!("M{before} complete"),
                    _ => CRITERIA[(first + position) % CRITERIA.len()].to_owned(),
                };
                let _ = writeln!(
                    text,
                    "  - {{ id: M{number}-{letter}{position}, text: {said}, owner: {} }}",
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
        let mut text = format!("---\nid: R-{number:04}\n");
        let _ = writeln!(text, "cause: {}\nevent: {}\neffect: {}", dice.of(CAUSES), dice.of(EVENTS), dice.of(EFFECTS));
        let _ = writeln!(text, "category: {}\nowner: {}", dice.of(CATEGORIES), dice.of(PEOPLE));
        let _ = writeln!(text, "raised_on: {}\nreviewed_on: {}", date(dice.below(150)), date(TODAY - dice.below(9)));
        let _ = writeln!(text, "probability: {probability}\nimpact: {impact}\nresidual: {residual}");
        let _ = writeln!(
            text,
            "response: {}\nstatus: open\nmilestones: [M{}]",
            dice.of(RESPONSES),
            dice.below(self.milestones) + 1
        );
        let due = date(TODAY - 2 + dice.below(120));
        let _ = writeln!(
            text,
            "actions:\n  - {{ text: {}, actionee: {}, due: {due} }}",
            dice.of(CRITERIA),
            dice.of(PEOPLE)
        );
        let _ = write!(text, "---\n\n{}\n", dice.prose(2));
        (format!("risks/R-{number:04}.md"), text)
    }

    /// One item for each criterion, in the order of milestones; those of decided gates were accepted before the decision.
    fn evidence(&self, number: usize, dice: &mut Dice) -> (String, String) {
        let milestone = (number - 1) / (2 * CRITERIA_OF_A_GATE) % self.milestones + 1;
        let place = (number - 1) % (2 * CRITERIA_OF_A_GATE);
        let (letter, position) = match place {
            // A criterion that names another milestone takes no evidence.
            0 if self.before(milestone).is_some() => ('X', 1),
            0..CRITERIA_OF_A_GATE => ('E', place + 1),
            _ => ('X', place - CRITERIA_OF_A_GATE + 1),
        };
        let gate = if letter == 'E' { self.first_day(milestone) } else { self.last_day(milestone) };
        let produced = gate.min(TODAY).saturating_sub(4);
        let mut text = format!("---\nid: E-{number:05}\ntitle: {} of {}\n", dice.of(DOCUMENTS), dice.of(PARTS));
        let _ = writeln!(text, "proves: [M{milestone}-{letter}{position}]\ntype: {}", dice.of(TYPES));
        let _ = writeln!(text, "producer: Delivery team {}\nproduced_on: {}", dice.below(TEAMS) + 1, date(produced));
        let _ = writeln!(text, "location: https://records.example/{number:05}/1");
        if gate <= DECIDED || dice.below(3) == 0 {
            let _ = writeln!(text, "result: pass\nacceptor: {}\naccepted_on: {}", dice.of(PEOPLE), date(produced + 1));
        }
        let _ = write!(text, "---\n\n{}\n", dice.prose(1));
        (format!("evidence/E-{number:05}.md"), text)
    }

    /// One table of the gates that were decided: a go each.
    fn decisions(&self) -> (String, String) {
        let mut rows = String::new();
        let gates = (1..=self.milestones).flat_map(|milestone| {
            [(milestone, "entry", self.first_day(milestone)), (milestone, "exit", self.last_day(milestone))]
        });
        for (number, (milestone, side, day)) in gates.filter(|(_, _, day)| *day <= DECIDED).enumerate() {
            let _ = writeln!(
                rows,
                "| D-{:04} | M{milestone} {side} | go | Steering committee | {} |",
                number + 1,
                date(day)
            );
        }
        let head = "# Decisions\n\n| ID | Gate | Outcome | By | Date |\n| --- | --- | --- | --- | --- |\n";
        ("decisions/gates.md".to_owned(), format!("{head}{rows}"))
    }

    /// Chains stand side by side: the milestone that this one follows is a whole rank of chains before it.
    fn before(&self, number: usize) -> Option<usize> {
        number.checked_sub(self.chains()).filter(|before| *before > 0)
    }

    fn chains(&self) -> usize {
        self.milestones.div_ceil(CHAIN)
    }

    /// In days after the first of January: the milestones of a chain share the year evenly.
    fn first_day(&self, number: usize) -> usize {
        working_day(5 + (number - 1) / self.chains() * self.length())
    }

    fn last_day(&self, number: usize) -> usize {
        working_day(5 + ((number - 1) / self.chains() + 1) * self.length() - 1)
    }

    fn length(&self) -> usize {
        330 / self.milestones.div_ceil(self.chains())
    }
}

fn settings(records: usize) -> String {
    let mut people = "people:\n  - { id: steering, name: Steering committee, roles: [steering] }\n".to_owned();
    let teams = (1..=TEAMS).map(|number| format!("Delivery team {number}"));
    for (number, name) in PEOPLE.iter().map(|name| name.to_string()).chain(teams).enumerate() {
        let _ = writeln!(people, "  - {{ id: p{number}, name: {name} }}");
    }
    format!(
        "name: Programme of {records} records\nversion: \"1.0\"\ndata_date: {}\nprofile: draft\n\
         calendar: {{ week_1: 2026-01-05 }}\ntolerance: {{ amber_days: 0, red_days: 5, red_percent: 10 }}\n\
         appetite: {{ default: 9, security: 6 }}\nroles: {{ steering: Steering committee }}\n\
         authority: {{ entry: steering, exit: steering }}\n{people}",
        date(TODAY)
    )
}

/// The Friday before, where a day is of a weekend: the first of January 2026 is a Thursday.
fn working_day(day: usize) -> usize {
    match day % 7 {
        2 => day - 1,
        3 => day - 2,
        _ => day,
    }
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
const PURPOSES: &[&str] = &[
    "Orders are taken without the old system",
    "Every region works on one set of data",
    "Customers see their own records",
    "The service desk runs it alone",
];
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
