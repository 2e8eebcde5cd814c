//! `milepost accept`: the judgement of evidence, written into its record as it stands there.
//!
//! What would be written is read and judged first. Only where it says what it is meant to say, changes nothing else and
//! makes the evidence count (or be rejected) is the file touched.

use chrono::NaiveDate;

use crate::cli::args::{Accept, Judgement};
use crate::cli::{Exit, clock, print};
use crate::disk::{self, Reader};
use crate::model::assemble::Clock;
use crate::model::evidence::{Evidence, Verdict, is_address};
use crate::model::id::Id;
use crate::model::reference::Kind;
use crate::model::{Date, Programme, Words};
use crate::pipeline::{self, Memory};
use crate::reading::near;
use crate::rewriting::amendment::{self, Amendment, Refusal, Worded};
use crate::rules::listed;
use crate::source::{Inputs, Source, Span, place};
use crate::status::criterion::lowered;
use crate::status::{EvidenceStanding, EvidenceState};
use crate::syntax;
use crate::version::Snapshot;

pub fn run(args: &Accept) -> anyhow::Result<Exit> {
    let clock = clock::read(None)?;
    let inputs = Reader::new(&args.folder).read()?;
    let before = pipeline::check(&inputs, clock, &Memory::default()).snapshot;
    let accepted = match accepted(args, &inputs, &before, clock) {
        Ok(accepted) => accepted,
        Err(Refused { why, help, exit }) => {
            print::error(&format!("error: nothing was written: {why}"));
            print::error(&format!("help: {help}"));
            return Ok(exit);
        }
    };
    let Accepted { source, at, said } = accepted;
    disk::replace(&args.folder.join(&*source.path), &source.text)?;
    let line = place(&source.text, at).line;
    print::result(&format!("{}{}:{line}\n", print::prefix(&args.folder), source.path));
    for line in said {
        print::error(&line);
    }
    Ok(Exit::Fine)
}

/// The file with the judgement in it, where its record begins, and what came of it in words.
struct Accepted {
    source: Source,
    at: u32,
    said: Vec<String>,
}

/// Why nothing is written, and what to do.
struct Refused {
    why: String,
    help: String,
    exit: Exit,
}

impl Refused {
    fn new(why: impl Into<String>, help: impl Into<String>) -> Refused {
        Refused { why: why.into(), help: help.into(), exit: Exit::Wrong }
    }
}

fn accepted(args: &Accept, inputs: &Inputs, before: &Snapshot, clock: Clock) -> Result<Accepted, Refused> {
    let programme = &*before.programme;
    let item = find(programme, &args.evidence)?;
    let date = date(args, programme)?;
    judgeable(args, inputs, programme, item)?;
    let fields = fields(args, programme, item, date)?;
    let words = words(args, programme, item);
    let worded: Vec<Worded> = words.iter().map(|(at, words)| Worded { at, words }).collect();
    let documents: Vec<_> = inputs.sources.iter().map(|source| syntax::parse(source).0).collect();
    // Words that would be read as more than one criterion are left out; the rest is written all the same.
    for words in [worded.as_slice(), &[]] {
        let amendment = Amendment { kind: Kind::Evidence, parts: &item.record.parts, fields: &fields, words };
        let (source, at) =
            amendment::of(&amendment, inputs, &documents).map_err(|refusal| unwritable(item, &refusal, &fields))?;
        let mut read = inputs.clone();
        for known in read.sources.iter_mut().filter(|known| known.path == source.path) {
            *known = source.clone();
        }
        let after = pipeline::check(&read, clock, &Memory::default()).snapshot;
        if is_as_meant(programme, &after.programme, item, &fields, words) {
            let said = told(args, &after, &item.record.id, date)?;
            return Ok(Accepted { source, at, said });
        }
    }
    Err(unwritable(item, &Refusal::Form, &fields))
}

/// The evidence of this id; capitals make no difference where it is the only one.
fn find<'p>(programme: &'p Programme, words: &str) -> Result<&'p Evidence, Refused> {
    let words = words.trim();
    let ids = || programme.evidence.iter().map(|item| item.record.id.as_str());
    let same = programme.evidence.iter().find(|item| item.record.id.as_str() == words);
    let alike = || programme.evidence.iter().find(|item| item.record.id.as_str().eq_ignore_ascii_case(words));
    if let Some(item) = same.or_else(alike) {
        return Ok(item);
    }
    let other = programme.records().find(|(reference, _)| reference.id.as_str() == words);
    let refused = match (other, near::nearest(words, ids())) {
        (Some((reference, _)), _) => Refused::new(
            format!("`{words}` is a {}, and only evidence is accepted", reference.kind.word()),
            "name the evidence, such as `E-014`",
        ),
        (None, Some(near)) => {
            Refused::new(format!("there is no evidence `{words}`"), format!("did you mean `{near}`?"))
        }
        (None, None) => Refused::new(
            format!("there is no evidence `{words}`"),
            "`milepost inspect .` lists what there is; `milepost new evidence` adds one",
        ),
    };
    Err(Refused { exit: Exit::CommandLine, ..refused })
}

/// The day of the judgement: the one that was asked for, else the data date that the programme writes.
fn date(args: &Accept, programme: &Programme) -> Result<NaiveDate, Refused> {
    let data_date = programme.settings.data_date;
    match args.on {
        Some(on) if data_date.written && on > data_date.date => Err(Refused::new(
            format!("{on} is after the data date {}, and nothing counts before its day", data_date.date),
            "move `data_date` in programme.yaml first, or give an earlier day with `--on`",
        )),
        Some(on) => Ok(on),
        None if data_date.written => Ok(data_date.date),
        None => Err(Refused::new(
            "programme.yaml has no `data_date`, so nothing says on which day this is",
            "give the day with `--on`, or write `data_date` in programme.yaml",
        )),
    }
}

/// Is it still to be judged, is its file there, and may this person judge it?
fn judgeable(args: &Accept, inputs: &Inputs, programme: &Programme, item: &Evidence) -> Result<(), Refused> {
    let id = &item.record.id;
    let done = [("accepted", &item.accepted_on), ("rejected", &item.rejected_on), ("withdrawn", &item.withdrawn_on)];
    if let Some((word, date)) = done.iter().find_map(|(word, date)| Some((word, date.as_ref()?))) {
        return Err(Refused::new(
            format!("{id} was {word} on {} already", date.value),
            format!("add a new item that supersedes it: `milepost new evidence`, and `supersedes: {id}` in it"),
        ));
    }
    if args.result == Judgement::Fail {
        return Ok(());
    }
    if let Some(producer) = item.producer.as_ref().filter(|it| programme.settings.may_be_one(&args.by, &it.value)) {
        let why = format!("{id} was produced by `{}`, and nobody accepts their own work", producer.value);
        return Err(Refused::new(why, "ask another person to look at it, and name that person with `--by`"));
    }
    let location = item.location.as_ref().filter(|location| item.asset.is_none() && !is_address(&location.value));
    if let Some(location) = location {
        let unreadable =
            inputs.unreadable.iter().find(|file| file.path.ends_with(location.value.trim_start_matches("./")));
        let why = match unreadable {
            Some(file) => format!("the file of {id}, `{}`, {}", location.value, file.reason),
            None => format!("the file of {id} is not there: `{}`", location.value),
        };
        return Err(Refused::new(why, "put the file into the content folder, or give its address with `https://`"));
    }
    lacks_role(args, programme, item)
}

/// Nobody accepts for a criterion whose role he does not hold; one of several that he may accept for is enough.
fn lacks_role(args: &Accept, programme: &Programme, item: &Evidence) -> Result<(), Refused> {
    let settings = &programme.settings;
    let mut lacked = Vec::new();
    for (_, criterion) in programme.criteria() {
        if item.proves.iter().any(|proof| proof.criterion.value == criterion.id) {
            match &criterion.acceptor {
                Some(role) if !settings.holds(&args.by, &role.value) => lacked.push((criterion, &role.value)),
                _ => return Ok(()),
            }
        }
    }
    let Some((criterion, role)) = lacked.first() else { return Ok(()) };
    let holders = settings.people.iter().filter(|person| settings.holds(&person.id, role));
    let holders: Vec<String> = holders.map(|person| format!("`{}`", person.name)).collect();
    let holders: Vec<&str> = holders.iter().map(String::as_str).collect();
    let help = match holders.as_slice() {
        [] => "give the role to somebody under `people` in programme.yaml".to_string(),
        holders => format!("it is held by {}", listed(holders, "and")),
    };
    let called = settings.called(role);
    let why = format!("{} wants to be accepted by `{called}`, and `{}` does not hold that role", criterion.id, args.by);
    Err(Refused::new(why, help))
}

/// What is to be written beside what the record says already.
fn fields(
    args: &Accept,
    programme: &Programme,
    item: &Evidence,
    date: NaiveDate,
) -> Result<Vec<(&'static str, String)>, Refused> {
    let id = &item.record.id;
    let mut fields = Vec::new();
    match &item.acceptor {
        None => {
            let person = programme.settings.person(&args.by).map(|person| &person.name);
            fields.push(("acceptor", person.unwrap_or(&args.by).clone()));
        }
        Some(named) if programme.settings.same_person(&named.value, &args.by) => {}
        Some(named) => {
            let why = format!("{id} names `{}` as its acceptor", named.value);
            return Err(Refused::new(why, "ask that person, or change `acceptor` in the record first"));
        }
    }
    let (verdict, word, on) = match args.result {
        Judgement::Pass => (Verdict::Pass, "pass", "accepted_on"),
        Judgement::Fail => (Verdict::Fail, "fail", "rejected_on"),
    };
    fields.push((on, date.to_string()));
    match &item.result {
        None => fields.push(("result", word.to_string())),
        Some(said) if said.value == verdict => {}
        Some(_) => {
            let why = format!("{id} says the other result already");
            return Err(Refused::new(
                why,
                format!("change `result` in the record to `{word}` first, or leave it empty"),
            ));
        }
    }
    if let (Judgement::Pass, Some(now)) = (args.result, &item.asset_sha256) {
        match &item.sha256 {
            None => fields.push(("sha256", now.to_string())),
            Some(recorded) if recorded.value == **now => {}
            Some(_) => {
                let why = format!("the file of {id} is not the one whose `sha256` is recorded");
                return Err(Refused::new(why, "if the file is the right one, remove `sha256` from the record first"));
            }
        }
    }
    Ok(fields)
}

/// The words of the criteria that are accepted for, each with the place of the id that they stand behind.
fn words(args: &Accept, programme: &Programme, item: &Evidence) -> Vec<(Span, String)> {
    let unworded = item.proves.iter().filter(|proof| args.result == Judgement::Pass && proof.words.is_none());
    let words = unworded.filter_map(|proof| {
        let (_, criterion) = programme.criteria().find(|(_, criterion)| criterion.id == proof.criterion.value)?;
        Some((proof.criterion.at.clone(), criterion.text.value.replace('\n', " ")))
    });
    words.collect()
}

/// Does the programme, read again, say what was written, and otherwise the same?
fn is_as_meant(
    before: &Programme,
    after: &Programme,
    item: &Evidence,
    fields: &[(&'static str, String)],
    words: &[Worded],
) -> bool {
    let is_it = |known: &&Evidence| known.record.id == item.record.id;
    let Some(now) = after.evidence.iter().find(is_it) else { return false };
    let has = |value: &Words, said: &str| value.as_ref().is_some_and(|value| value.value == said);
    let is_on = |date: &Date, said: &str| date.as_ref().is_some_and(|date| date.value.to_string() == said);
    let is_written = fields.iter().all(|(field, value)| match *field {
        "acceptor" => has(&now.acceptor, value),
        "sha256" => has(&now.sha256, value),
        "accepted_on" => is_on(&now.accepted_on, value),
        "rejected_on" => is_on(&now.rejected_on, value),
        _ => now.result.as_ref().is_some_and(|result| (result.value == Verdict::Pass) == (value == "pass")),
    });
    let is_worded = item.proves.len() == now.proves.len()
        && item.proves.iter().zip(&now.proves).all(|(then, now)| {
            let given = words.iter().find(|words| *words.at == then.criterion.at);
            let same = now.words.as_ref().map(|words| &words.value) == then.words.as_ref().map(|words| &words.value);
            then.criterion.value == now.criterion.value
                && given.map_or(same, |given| now.words.is_some() && now.matches(given.words))
        });
    // What was written is set aside; nothing else may differ. Pages show the registers that stand in them.
    let mut expected = before.clone();
    let mut read = after.clone();
    for programme in [&mut expected, &mut read] {
        programme.narratives.clear();
        for item in programme.evidence.iter_mut().filter(|known| known.record.id == item.record.id) {
            item.proves.clear();
            (item.acceptor, item.accepted_on, item.rejected_on) = (None, None, None);
            (item.result, item.sha256, item.is_unread) = (None, None, false);
        }
    }
    let same = serde_json::to_value(expected).ok() == serde_json::to_value(read).ok();
    is_written && is_worded && same
}

/// What came of it, in words. Refused where an acceptance would not count for anything.
fn told(args: &Accept, after: &Snapshot, id: &Id, date: NaiveDate) -> Result<Vec<String>, Refused> {
    let by = after.programme.settings.called(&args.by);
    let would_not = |standing: &EvidenceStanding| {
        let why = format!("{id} would not count: {}", lowered(&standing.reason.sentence));
        Refused::new(why, format!("mend that first; `milepost explain {id}` says how it stands"))
    };
    let Some(standing) = after.standing.evidence.get(id) else { return Ok(Vec::new()) };
    if args.result == Judgement::Fail {
        return match standing.state {
            EvidenceState::Rejected => Ok(vec![format!("{id} is rejected by {by} on {date}")]),
            _ => Err(would_not(standing)),
        };
    }
    if standing.counts_for.is_empty() && standing.state != EvidenceState::Counts {
        return Err(would_not(standing));
    }
    let counts: Vec<&str> = standing.counts_for.iter().map(Id::as_str).collect();
    let counts = match counts.as_slice() {
        [] => "it names no criterion that it proves".to_string(),
        counts => format!("it counts for {}", listed(counts, "and")),
    };
    let mut said = vec![format!("{id} is accepted by {by} on {date}: {counts}")];
    for (criterion, why) in &standing.obstacles {
        said.push(format!("it does not count for {criterion}: {}", lowered(why)));
    }
    let item = after.programme.evidence.iter().find(|item| item.record.id == *id);
    for proof in item.iter().flat_map(|item| &item.proves).filter(|proof| proof.words.is_none()) {
        let criterion = &proof.criterion.value;
        said.push(format!(
            "the words of {criterion} could not be written behind its id, so a change of them will not show"
        ));
    }
    Ok(said)
}

/// The record is in a form that is left to its author, with the lines to write there.
fn unwritable(item: &Evidence, refusal: &Refusal, fields: &[(&'static str, String)]) -> Refused {
    let id = &item.record.id;
    if let Refusal::Said { field, words } = refusal {
        let why = format!("{id} says `{words}` as its `{field}` already");
        return Refused::new(why, "empty that field first, if it is not what was meant");
    }
    let lines: Vec<String> = fields.iter().map(|(field, value)| format!("`{field}: {value}`")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let why = format!("{id} stands in a form that milepost reads and does not write");
    Refused::new(why, format!("write {} into the record yourself", listed(&lines, "and")))
}
