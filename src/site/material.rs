//! What every view is made from, and how a page says the things that all pages say: colours, dates, reasons, links.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::model::Programme;
use crate::model::id::Id;
use crate::model::milestone::Side;
use crate::model::reference::{Kind, Reference};
use crate::model::window::Window;
use crate::site::Versions;
use crate::site::index::Index;
use crate::site::mentions::Mentions;
use crate::site::url::Addresses;
use crate::site::words::Words;
use crate::status::{Colour, GateStanding, GateState, Reason, Schedule, Standing};
use crate::version::Judged;

/// One version of a programme, ready to be told.
pub struct Material<'a> {
    pub programme: &'a Programme,
    pub standing: &'a Standing,
    pub findings: &'a [Judged],
    pub withheld: &'a [(Kind, usize)],
    pub versions: &'a Versions,
    pub words: &'a Words,
    pub addresses: &'a Addresses,
    pub index: &'a Index<'a>,
}

/// A shape by its colour, and the word of the state beside it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mark {
    pub colour: &'static str,
    pub word: String,
    /// Where its reason is told, relative to the version's root; None where that stands beside the mark.
    pub href: Option<String>,
}

impl Mark {
    /// The mark as a link to where its reason is told.
    pub fn told_at(self, href: Option<String>) -> Mark {
        Mark { href, ..self }
    }
}

/// A date for machines and for people.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Day {
    pub iso: String,
    pub text: String,
}

/// An address relative to the version's root, and what it is called.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Link {
    pub href: String,
    pub text: String,
}

/// A sentence whose ids are links.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Sentence(pub Vec<Run>);

/// What a stretch of a sentence is: an id never breaks, linked or not; code is an author's or a file's own word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RunKind {
    Text,
    Id,
    Code,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Run {
    pub text: String,
    pub href: Option<String>,
    pub kind: RunKind,
}

impl Run {
    fn text(text: impl Into<String>) -> Run {
        Run { text: text.into(), href: None, kind: RunKind::Text }
    }
}

/// The kinds that a bare id is looked for in, first match.
const NAMED_KINDS: [Kind; 8] = [
    Kind::Milestone,
    Kind::Criterion,
    Kind::Evidence,
    Kind::Risk,
    Kind::Decision,
    Kind::Condition,
    Kind::Waiver,
    Kind::Change,
];

impl<'a> Material<'a> {
    /// T, the date at which everything is said.
    pub fn data_date(&self) -> NaiveDate {
        self.programme.settings.data_date.date
    }

    /// A colour with its own word, capital first: "Amber".
    pub fn mark(&self, colour: Colour) -> Mark {
        Mark { colour: colour.code(), word: capital(&self.words.of("colour", colour.code())), href: None }
    }

    /// A colour under the word of a state.
    pub fn state(&self, colour: Colour, word: String) -> Mark {
        Mark { colour: colour.code(), word, href: None }
    }

    /// Where the state of a record is told with its reason.
    pub fn reason_of(&self, kind: Kind, id: &Id) -> Option<String> {
        self.addresses.of(&Reference::new(kind, id)).map(str::to_string)
    }

    /// The part of a milestone's page that gives the reason of its colour.
    pub fn why(&self, milestone: &Id) -> Option<String> {
        self.reason_of(Kind::Milestone, milestone).map(|page| format!("{page}#why"))
    }

    /// The part of a milestone's page that tells of one of its gates.
    pub fn gate(&self, milestone: &Id, side: Side) -> Option<String> {
        self.reason_of(Kind::Milestone, milestone).map(|page| format!("{page}#{}", side.word()))
    }

    /// "Fri 20 Feb".
    pub fn day(&self, date: NaiveDate) -> Day {
        Day { iso: date.to_string(), text: self.date_text(date) }
    }

    /// "Fri 20 Feb 2026".
    pub fn full_day(&self, date: NaiveDate) -> Day {
        Day { iso: date.to_string(), text: self.full_date_text(date) }
    }

    /// "Fri 20 Feb", or with its year where that is not the data date's.
    pub fn date_text(&self, date: NaiveDate) -> String {
        if date.year() == self.data_date().year() {
            self.date_by(date, "date.short")
        } else {
            self.full_date_text(date)
        }
    }

    pub fn full_date_text(&self, date: NaiveDate) -> String {
        self.date_by(date, "date.long")
    }

    fn date_by(&self, date: NaiveDate, form: &str) -> String {
        let weekday = self.words.of("weekday", &date.weekday().number_from_monday().to_string());
        let month = self.words.of("month", &date.month().to_string());
        let (day, year) = (date.day().to_string(), date.year().to_string());
        let values = [("weekday", weekday.as_str()), ("day", &day), ("month", &month), ("year", &year)];
        // A date is never broken over two lines.
        self.words.fill(form, &values).replace(' ', "\u{a0}")
    }

    /// "Fri 20 Feb"; where there is no date, what is said instead, with nothing for machines.
    pub fn day_or(&self, date: Option<NaiveDate>, otherwise: &str) -> Day {
        date.map_or_else(|| Day { iso: String::new(), text: otherwise.to_string() }, |date| self.day(date))
    }

    /// How far a date is from the data date, in working days: "in 3 working days", "today", "2 working days ago".
    pub fn distance(&self, date: NaiveDate) -> String {
        let days = self.programme.settings.calendar.working_days(self.data_date(), date);
        match days {
            0 if date == self.data_date() => self.words.say("date.today"),
            days if date < self.data_date() => self.words.count("date.ago", -days),
            days => self.words.count("date.in", days),
        }
    }

    /// "+5", "0", "−2": figures that line up.
    pub fn signed(&self, days: i64) -> String {
        match days {
            0 => "0".to_string(),
            days if days > 0 => format!("+{days}"),
            days => format!("−{}", -days),
        }
    }

    /// The record's id as a link; without an address where there is none.
    pub fn link(&self, kind: Kind, id: &Id) -> Link {
        let href = self.addresses.of(&Reference::new(kind, id)).unwrap_or_default().to_string();
        Link { href, text: id.to_string() }
    }

    pub fn links<'i>(&self, kind: Kind, ids: impl IntoIterator<Item = &'i Id>) -> Vec<Link> {
        ids.into_iter().map(|id| self.link(kind, id)).collect()
    }

    /// The reason in its own words, with the records it rests on as links; where it names none of them, they follow it.
    pub fn reason(&self, reason: &Reason) -> Sentence {
        let mut sentence = self.sentence(&reason.sentence, &self.records_named(reason));
        let known: Vec<&Reference> = reason.rests_on.iter().filter(|it| self.addresses.of(it).is_some()).collect();
        if known.is_empty() || sentence.0.iter().any(|run| run.kind == RunKind::Id) {
            return sentence;
        }
        // More than a few would bury the sentence; the records are on the pages that it leads to.
        for (index, reference) in known.iter().take(3).enumerate() {
            sentence.0.push(Run::text(if index == 0 { " (" } else { ", " }));
            sentence.0.push(self.run(reference));
        }
        let more = known.len().saturating_sub(3);
        let end = if more > 0 { self.words.count("reason.more", more as i64) } else { String::new() };
        sentence.0.push(Run::text(format!("{end})")));
        sentence
    }

    /// The records it rests on, and those that its sentence names beside them.
    fn records_named(&self, reason: &Reason) -> Vec<Reference> {
        let mut records = reason.rests_on.clone();
        let parts =
            reason.sentence.split(|character: char| !(character.is_alphanumeric() || "-_.".contains(character)));
        // An id without a figure may be a word of the sentence.
        let names =
            parts.map(|part| part.trim_matches('.')).filter(|part| part.contains(|it: char| it.is_ascii_digit()));
        for id in names.map(Id::new) {
            let found =
                NAMED_KINDS.iter().map(|kind| Reference::new(*kind, &id)).find(|it| self.addresses.of(it).is_some());
            records.extend(found.filter(|found| !records.contains(found)));
        }
        records
    }

    /// Text with the given records as links wherever it names them.
    pub fn sentence(&self, text: &str, records: &[Reference]) -> Sentence {
        let mut runs = Vec::new();
        let mut rest = text;
        let mentions = Mentions::new(records.iter().map(|reference| (reference.id.as_str(), reference)));
        while let Some((at, _, reference)) = mentions.first_in(rest) {
            if at > 0 {
                runs.push(Run::text(&rest[..at]));
            }
            runs.push(self.run(reference));
            rest = &rest[at + reference.id.as_str().len()..];
        }
        if !rest.is_empty() {
            runs.push(Run::text(rest));
        }
        Sentence(runs)
    }

    /// The words of a finding: what stands in backticks is code, and a link where it is the id of a record.
    pub fn message(&self, text: &str) -> Sentence {
        let mut runs = Vec::new();
        for (index, part) in text.split('`').enumerate().filter(|(_, part)| !part.is_empty()) {
            if index % 2 == 0 {
                runs.push(Run::text(part));
            } else {
                let href = self.named(part).href;
                let href = Some(href).filter(|href| !href.is_empty());
                runs.push(Run { text: part.to_string(), href, kind: RunKind::Code });
            }
        }
        Sentence(runs)
    }

    /// The record with this id, of whatever kind; without an address where there is none.
    pub fn named(&self, id: &str) -> Link {
        let record = Id::new(id);
        let href = NAMED_KINDS.iter().find_map(|kind| self.addresses.of(&Reference::new(*kind, &record)));
        Link { href: href.unwrap_or_default().to_string(), text: id.to_string() }
    }

    fn run(&self, reference: &Reference) -> Run {
        let href = self.addresses.of(reference).map(str::to_string);
        Run { text: reference.id.to_string(), href, kind: RunKind::Id }
    }

    /// The reason on a line that begins with its own record: that one is not named again.
    pub fn reason_without(&self, reason: &Reason, own: &Id) -> Sentence {
        let others = reason.rests_on.iter().filter(|reference| reference.id != *own).cloned().collect();
        let mut sentence = self.reason(&Reason { rests_on: others, ..reason.clone() });
        for run in sentence.0.iter_mut().filter(|run| run.text == own.as_str()) {
            run.href = None;
        }
        sentence
    }

    /// The last day of a window, else the author's words, else a dash.
    pub fn window_end(&self, window: Option<&Window>) -> String {
        self.window_day(window).text
    }

    /// The same, for tables that sort by it.
    pub fn window_day(&self, window: Option<&Window>) -> Day {
        window.map_or_else(|| self.day_or(None, "–"), |window| self.day_or(window.end, &window.text))
    }

    /// Working days moved: "+5"; in weeks without a calendar: "+1 week, not anchored"; "not anchored"; a dash without a window.
    pub fn slip(&self, schedule: &Schedule) -> String {
        match (schedule.slip, schedule.slip_weeks) {
            (Some(days), _) => self.signed(days),
            (None, Some(weeks)) => {
                let weeks_text = self.signed(i64::from(weeks));
                self.words.count_with("slip.weeks", i64::from(weeks), &[("weeks", &weeks_text)])
            }
            (None, None) if schedule.baseline.is_some() => self.words.say("slip.not_anchored"),
            (None, None) => "–".to_string(),
        }
    }

    /// Is it on the chain of least float that the timeline draws by weight? What counts as critical in the roll-up is
    /// wider: without dates, everything.
    pub fn is_on_critical_path(&self, schedule: &Schedule) -> bool {
        schedule.total_float.is_some() && schedule.total_float == self.index.least_float
    }

    /// What milepost takes a window for: "Mon 2 Feb to Fri 20 Feb 2026", "weeks 1 to 3, not anchored"; or that it is not understood.
    pub fn understood(&self, window: &Window) -> String {
        match (window.start, window.end, window.weeks) {
            (Some(start), Some(end), _) if start != end => {
                let (start, end) = (self.date_text(start), self.full_date_text(end));
                self.words.fill("window.dates", &[("start", &start), ("end", &end)])
            }
            (_, Some(end), _) => self.full_date_text(end),
            (_, _, Some((first, last))) if first == last => {
                self.words.fill("window.week", &[("first", &first.to_string())])
            }
            (_, _, Some((first, last))) => {
                self.words.fill("window.weeks", &[("first", &first.to_string()), ("last", &last.to_string())])
            }
            _ => self.words.say("window.none"),
        }
    }

    /// The state of a gate in a word: readiness while it is undecided.
    pub fn gate_word(&self, gate: &GateStanding) -> String {
        match gate.state {
            GateState::Pending => self.words.of("readiness", &code(&gate.readiness)),
            state => self.words.of("gate_state", &code(&state)),
        }
    }

    /// Is there a page at this address in this version?
    pub fn has_page(&self, address: &str) -> bool {
        self.versions.this().pages.contains(address)
    }

    /// What people call the person or role that a record names; None where it names nobody.
    pub fn called(&self, words: &crate::model::Words) -> Option<String> {
        words.as_ref().map(|words| self.programme.settings.called(&words.value).to_string())
    }

    /// Those whom these words name, and those who hold a role that they name, between bars and each once: how a row says
    /// to the script whose it is.
    pub fn whose<'w>(&self, named: impl IntoIterator<Item = &'w crate::model::Words>) -> String {
        self.whose_named(named.into_iter().flatten().map(|words| words.value.as_str()))
    }

    /// The same of names alone.
    pub fn whose_named<'w>(&self, named: impl IntoIterator<Item = &'w str>) -> String {
        let settings = &self.programme.settings;
        let mut names: Vec<&str> = Vec::new();
        for words in named {
            let role = settings.role(words);
            let holds = |own: &String| role.is_some() && settings.role(own) == role;
            let holders = settings.people.iter().filter(|person| person.roles.iter().any(holds));
            let called = settings.called(words);
            for name in std::iter::once(called).chain(holders.map(|person| person.name.as_str())) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names.join("|")
    }

    /// Where the source of a record is edited; None where no editor is set or the version is frozen.
    pub fn edit(&self, record: &crate::model::Record) -> Option<String> {
        self.edit_file(record.parts.first().map(|part| &*part.path)?)
    }

    /// Where a source is edited; None where no editor is set or the version is frozen.
    pub fn edit_file(&self, path: &str) -> Option<String> {
        let template = self.programme.settings.site.edit_url.as_ref()?;
        if path.is_empty() || self.versions.this().is_frozen() {
            return None;
        }
        // Settings are content: only addresses of the web become links.
        let is_web = template.starts_with("https://") || template.starts_with("http://");
        is_web.then(|| template.replace("{path}", &path.replace(' ', "%20")))
    }
}

impl Sentence {
    pub fn plain(text: impl Into<String>) -> Sentence {
        Sentence(vec![Run::text(text)])
    }
}

/// With a capital first.
pub fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// The name of a state as data has it: `awaiting_acceptance`.
pub fn code(state: &impl Serialize) -> String {
    let value = serde_json::to_value(state).expect("states are plain names");
    value.as_str().unwrap_or_default().to_string()
}
