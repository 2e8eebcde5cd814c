//! What the working state does to what was frozen, as findings: records that went, gates made easier, names that changed
//! hands, decisions that were written over, dates and colours that moved without a word.
//!
//! They come from the differences that the Changes page tells, so that both say the same. A record that was not public
//! when it was frozen is never named or quoted here: it may be gone, and then nothing else would withhold it.

use std::collections::{BTreeMap, HashSet};

use crate::finding::Finding;
use crate::model::Programme;
use crate::model::decision::{Condition, Decision};
use crate::model::id::Id;
use crate::model::milestone::{Criterion, GateName, Side};
use crate::model::reference::{Kind, Reference};
use crate::model::settings::fold;
use crate::source::Span;
use crate::status::Colour;
use crate::version::chain::Chain;
use crate::version::diff::told::{distance_to_gate, easing_words, field_name, rewriting};
use crate::version::diff::{
    self, Coloured, CriterionChange, CriterionChangeKind, DateMove, Dated, Diff, FieldChange, State, registers,
    rewritten, wording,
};

/// Everything found in the working state beside the version frozen last; and what an older version had, was given up
/// since without a word, and never came back.
///
/// A slip, a colour that turned and an id that shifted are told of the last version alone: the first two are moves from
/// one report to the next, and to shift an id back would shift it once more for who reads the last version.
pub fn findings(now: State, chain: &Chain) -> Vec<Finding> {
    let Some(last) = chain.last() else { return Vec::new() };
    let since = Since { version: &last.info.version, then: State::of(&last.snapshot), now };
    let diff = diff::between(since.then, now);
    let mut findings = since.shifted_criteria(&diff);
    findings.extend(since.shifted_records());
    findings.extend(since.slipped(&diff));
    findings.extend(since.turned_green(&diff));
    findings.extend(given_up(now, chain));
    findings.extend(reused(now.programme, chain));
    findings
}

/// Records that went, criteria that were eased and decisions that were written over between a frozen version and the next,
/// the working state after the last, and are so still. Each is told once, of the latest version that had more.
fn given_up(now: State, chain: &Chain) -> Vec<Finding> {
    let frozen: Vec<(&str, State)> =
        chain.versions.iter().map(|one| (one.info.version.as_str(), State::of(&one.snapshot))).collect();
    let mut findings = Vec::new();
    let (mut gone, mut eased, mut changed) = (HashSet::new(), HashSet::new(), HashSet::new());
    for (index, (version, then)) in frozen.iter().enumerate().rev() {
        let since = Since { version, then: *then, now };
        let (mut disappeared, mut weakened) = (since.disappeared(), since.weakened());
        let mut rewritten = diff::rewritten_between(*then, now);
        let mut dropped = rewritten::dropped(then, &now);
        if let Some((next, after)) = frozen.get(index + 1) {
            // What a later version had or asked as well was not given up here.
            let step = Since { version: next, then: *then, now: *after };
            let (went, eased) = (step.disappeared(), step.weakened());
            disappeared.retain(|(record, _)| went.iter().any(|(one, _)| one == record));
            weakened.retain(|change| eased.iter().any(|one| former(one) == former(change)));
            let over = diff::rewritten_between(*then, *after);
            rewritten.retain(|change| over.iter().any(|one| one.record == change.record && one.field == change.field));
            let less = rewritten::dropped(then, after);
            dropped.retain(|(_, condition)| less.iter().any(|(_, one)| one.id == condition.id));
        }
        let is_put_back =
            |change: &FieldChange| frozen[..index].iter().any(|(_, first)| says_again(now, *first, change));
        rewritten.retain(|change| !is_put_back(change));
        weakened.retain(|change| eased.insert(change.id.clone()));
        disappeared.retain(|(record, _)| {
            !dropped.iter().any(|(_, one)| record.kind == Kind::Condition && record.id == one.id)
        });
        disappeared.retain(|(record, _)| gone.insert(record.clone()));
        dropped.retain(|(_, condition)| gone.insert(Reference::new(Kind::Condition, &condition.id)));
        findings.extend(disappeared.iter().map(|(record, is_public)| since.gone(record, *is_public)));
        findings.extend(weakened.iter().filter_map(|change| since.weaker(change)));
        let records = rewritten.chunk_by(|one, next| one.record == next.record);
        let records = records.filter(|changes| changed.insert(changes[0].record.clone()));
        findings.extend(records.filter_map(|changes| since.written_over(changes)));
        findings.extend(dropped.iter().filter_map(|(decision, condition)| since.dropped(decision, condition)));
    }
    findings
}

/// Does the field that changed say again what it said in an earlier version?
fn says_again(now: State, first: State, change: &FieldChange) -> bool {
    let was_there = change.record.as_ref().is_some_and(|record| place(first.programme, record).is_some());
    let differs = |one: &FieldChange| one.record == change.record && one.field == change.field;
    was_there && !diff::judgements_between(first, now).iter().any(differs)
}

/// What the criterion was called before the change.
fn former(change: &CriterionChange) -> &Id {
    change.former.as_ref().unwrap_or(&change.id)
}

/// A gate that is later by so many working days, for no reason that is given.
fn slip(moved: &DateMove) -> Option<(&GateName, &DateMove, i64)> {
    let Dated::Gate(gate) = &moved.what else { return None };
    let days = moved.days.filter(|days| *days > 0 && moved.given.is_none())?;
    Some((gate, moved, days))
}

/// Two states, the version of the earlier one named.
struct Since<'a> {
    version: &'a str,
    then: State<'a>,
    now: State<'a>,
}

/// Texts with less in common than this, in percent, are two things.
const ALIKE: usize = 50;

/// Do both name one thing, perhaps in other words?
fn is_one(before: &str, after: &str) -> bool {
    fold(before) == fold(after) || wording::likeness(before, after) >= ALIKE
}

/// What records are called, where something calls them, and which ids were made rather than written.
struct Names {
    titles: BTreeMap<Reference, String>,
    /// The titles folded, by kind; none is empty.
    called: HashSet<(Kind, String)>,
    derived: HashSet<Reference>,
    public: HashSet<Reference>,
}

impl Names {
    fn of(programme: &Programme) -> Names {
        let titled = registers::titled(programme).into_iter().map(|one| (one.record, one.title));
        let titles: BTreeMap<Reference, String> = titled.collect();
        let called = titles.iter().map(|(record, title)| (record.kind, fold(title)));
        let called = called.filter(|(_, title)| !title.is_empty()).collect();
        let of = |wanted: fn(&crate::model::Record) -> bool| {
            programme.records().filter(|(_, record)| wanted(record)).map(|(reference, _)| reference).collect()
        };
        let mut public: HashSet<Reference> = of(|record| record.visibility.is_public());
        for decision in &programme.decisions {
            if public.contains(&Reference::new(Kind::Decision, &decision.record.id)) {
                public.extend(decision.conditions.iter().map(|one| Reference::new(Kind::Condition, &one.id)));
            }
        }
        Names { titles, called, derived: of(|record| record.id_derived), public }
    }

    fn has_title(&self, kind: Kind, title: &str) -> bool {
        self.called.contains(&(kind, fold(title)))
    }
}

impl Since<'_> {
    /// Records that are gone, and whether each was public. A record is there as long as its id is, or something is called
    /// as it was. An id that was made is no sign of it: it goes on to the next in line.
    fn disappeared(&self) -> Vec<(Reference, bool)> {
        let (then, now) = (Names::of(self.then.programme), Names::of(self.now.programme));
        let is_gone = |record: &Reference, title: &str| match now.titles.get(record) {
            _ if now.has_title(record.kind, title) => false,
            None => true,
            Some(called) => then.derived.contains(record) && !title.is_empty() && then.has_title(record.kind, called),
        };
        let gone = then.titles.iter().filter(|(record, title)| is_gone(record, title));
        gone.map(|(record, _)| (record.clone(), then.public.contains(record))).collect()
    }

    fn gone(&self, record: &Reference, is_public: bool) -> Finding {
        let (kind, id, version) = (record.kind.word(), &record.id, self.version);
        let help = match record.kind {
            Kind::Milestone => "put it back; what is given up is stopped by a decision with `outcome: kill`",
            Kind::Risk | Kind::Issue | Kind::Assumption | Kind::Dependency => {
                "put it back with `status: closed`: what is closed remains, as closed"
            }
            Kind::Evidence => "put it back with `withdrawn_on` and the date: what was shown once remains, as withdrawn",
            _ => "put it back: what was decided, promised or signed remains on the record",
        };
        let finding = |message: String| Finding::new("record-disappeared", Span::nowhere(), message).help(help);
        if is_public {
            finding(format!("{kind} `{id}` of version `{version}` is not there any more")).about(id.as_str())
        } else {
            finding(format!("a {kind} of version `{version}` that is not public is not there any more"))
        }
    }

    /// Removed or weakened, and no change record says why.
    fn weakened(&self) -> Vec<CriterionChange> {
        let mut changes = diff::criteria_between(self.then, self.now);
        changes.retain(|change| {
            let is_written = criterion(self.then.programme, former(change)).is_some_and(|then| !then.implied);
            change.kind.eases() && change.reason.is_none() && is_written
        });
        changes
    }

    fn weaker(&self, change: &CriterionChange) -> Option<Finding> {
        let (id, version, gate) = (&change.id, self.version, &change.gate);
        let milestone = self.now.programme.milestone(&gate.milestone)?;
        let when = distance_to_gate(change.days_to_gate);
        let (at, message) = match &change.kind {
            CriterionChangeKind::Weakened(easings) => {
                let how: Vec<&str> = easings.iter().map(|easing| easing_words(*easing)).collect();
                let message =
                    format!("criterion `{id}` is easier to meet than in version `{version}`: {}{when}", how.join(", "));
                (criterion(self.now.programme, id)?.text.at.clone(), message)
            }
            _ => {
                let message = format!("criterion `{id}` of version `{version}` was removed{when}");
                (milestone.name.at.clone(), message)
            }
        };
        let label = match criterion(self.then.programme, former(change)) {
            Some(then) if self.was_public(&gate.milestone) => format!("it was: {}", then.text.value),
            _ => "it was more".to_string(),
        };
        let (record, side) = (&gate.milestone, gate.side.word());
        let help = format!(
            "put it back, or say why in a change record with `record: {record}`, `field: {side} criteria` and a `reason`"
        );
        Some(Finding::new("criterion-weakened", at, message).label(label).help(help).about(id.as_str()))
    }

    /// A record that had been decided or judged, by what it says otherwise now.
    fn written_over(&self, changes: &[FieldChange]) -> Option<Finding> {
        let record = changes.first()?.record.as_ref()?;
        let (kind, id, version) = (record.kind.word(), &record.id, self.version);
        let names: Vec<String> = changes.iter().map(|change| field_name(&change.field)).collect();
        let what = match Names::of(self.then.programme).public.contains(record) {
            true => rewriting(changes),
            false => format!("its {}", names.join(", ")),
        };
        let message = format!("{kind} `{id}` of version `{version}` was rewritten: {what}");
        let (rule, help) = match record.kind {
            Kind::Evidence => (
                "acceptance-rewritten",
                "put it back: what was judged stays as it was; evidence that is judged again is an item with an id of its own",
            ),
            Kind::Waiver => (
                "decision-rewritten",
                "put it back, and record what was granted since as a waiver with an id of its own",
            ),
            _ => (
                "decision-rewritten",
                "put it back, and record what was decided since as a decision with an id of its own",
            ),
        };
        let at = place(self.now.programme, record)?;
        let finding = Finding::new(rule, at, message).label("not what was frozen").help(help);
        Some(finding.about(id.as_str()))
    }

    fn dropped(&self, decision: &Decision, condition: &Condition) -> Option<Finding> {
        let (id, version) = (&decision.record.id, self.version);
        let at = place(self.now.programme, &Reference::new(Kind::Decision, id))?;
        let message =
            format!("decision `{id}` of version `{version}` was rewritten: condition `{}` is gone", condition.id);
        let help = "put it back: a condition is closed with `closed_on` and its evidence, or by a decision with an id of its own";
        let finding = Finding::new("decision-rewritten", at, message).label("not what was frozen").help(help);
        Some(finding.about(id.as_str()))
    }

    fn was_public(&self, milestone: &Id) -> bool {
        self.then.programme.milestone(milestone).is_some_and(|then| then.record.visibility.is_public())
    }

    /// Positions that another criterion has taken.
    fn shifted_criteria(&self, diff: &Diff) -> Vec<Finding> {
        let mut findings = Vec::new();
        for change in &diff.criteria {
            let Some(then) = criterion(self.then.programme, &change.id) else { continue };
            let Some(now) = criterion(self.now.programme, &change.id).filter(|now| !now.implied) else { continue };
            let taken = change.former.is_some() || change.kind == CriterionChangeKind::Added;
            let is_shifted = match change.kind {
                CriterionChangeKind::Removed => false,
                _ => taken || !is_one(&then.text.value, &now.text.value),
            };
            if is_shifted && (now.id_derived || then.id_derived) {
                let was = self.was_public(&change.gate.milestone).then_some(then.text.value.as_str());
                findings.push(self.shifted(&change.id, was, &now.text.value, now.text.at.clone()));
            }
        }
        findings
    }

    /// Ids that were made for records, and now name others.
    fn shifted_records(&self) -> Vec<Finding> {
        let (then, now) = (Names::of(self.then.programme), Names::of(self.now.programme));
        let mut findings = Vec::new();
        for (reference, record) in self.now.programme.records() {
            let titles = then.titles.get(&reference).zip(now.titles.get(&reference));
            let Some((was, is)) = titles.filter(|(was, is)| !was.is_empty() && !is.is_empty()) else { continue };
            let is_made = record.id_derived || then.derived.contains(&reference);
            let is_other = !is_one(was, is) || (fold(was) != fold(is) && then.has_title(reference.kind, is));
            if is_made && is_other {
                let was = then.public.contains(&reference).then_some(was.as_str());
                findings.push(self.shifted(&reference.id, was, is, record.at()));
            }
        }
        findings
    }

    fn shifted(&self, id: &Id, was: Option<&str>, is: &str, at: Span) -> Finding {
        let was = was.map_or_else(|| "something else".to_string(), |was| format!("\"{was}\""));
        let message = format!("`{id}` was {was} in version `{}`, and is \"{is}\" now", self.version);
        Finding::new("id-shifted", at, message)
            .label(format!("`{id}` now"))
            .help("write the ids beside the texts, as they were; what cites one would otherwise speak of another")
            .about(id.as_str())
    }

    /// Gates that moved later, and nobody gave a reason; an entry gate where the exit did not move as well.
    fn slipped(&self, diff: &Diff) -> Vec<Finding> {
        let slips: Vec<(&GateName, &DateMove, i64)> = diff.dates.iter().filter_map(slip).collect();
        let is_told = |gate: &GateName| {
            let with_exit =
                |(other, ..): &(&GateName, _, _)| other.milestone == gate.milestone && other.side == Side::Exit;
            gate.side == Side::Exit || !slips.iter().any(with_exit)
        };
        let slips = slips.iter().filter(|(gate, ..)| is_told(gate));
        slips.filter_map(|(gate, moved, days)| self.slip(gate, moved, *days)).collect()
    }

    fn slip(&self, gate: &GateName, moved: &DateMove, days: i64) -> Option<Finding> {
        let milestone = self.now.programme.milestone(&gate.milestone)?;
        let written = milestone.gate(gate.side).date.as_ref().map(|date| &date.at);
        let at = written.or(milestone.forecast_window().map(|window| &window.at));
        let (id, unit) = (&gate.milestone, if days == 1 { "working day" } else { "working days" });
        let what = match gate.side {
            Side::Exit => format!("milestone `{id}`"),
            Side::Entry => format!("the entry gate of milestone `{id}`"),
        };
        let message = format!("{what} slipped {days} {unit} since version `{}`, and nobody says why", self.version);
        let help = format!("write a `reason` beside it, or a change record with `record: {id}` and `field: forecast`");
        let at = at.cloned().unwrap_or_else(|| milestone.record.at());
        let finding = Finding::new("slip-without-reason", at, message).label(format!("was {}", moved.from?));
        Some(finding.help(help).about(id.as_str()))
    }

    /// Red the last time and as good as green now, with no decision between.
    fn turned_green(&self, diff: &Diff) -> Vec<Finding> {
        let mut findings = Vec::new();
        for moved in &diff.colours {
            let Coloured::Milestone(id) = &moved.what else { continue };
            let is_green = matches!(moved.to, Colour::Complete | Colour::Green | Colour::OnPlan);
            let is_decided = diff
                .decisions
                .iter()
                .any(|decision| decision.counts && decision.gate.as_ref().is_some_and(|gate| gate.milestone == *id));
            let milestone = self.now.programme.milestone(id);
            let Some(milestone) = milestone.filter(|_| moved.from == Colour::Red && is_green && !is_decided) else {
                continue;
            };
            let (version, word) = (self.version, moved.to.word());
            let message =
                format!("milestone `{id}` was red in version `{version}` and is {word} now, without a decision");
            findings.push(
                Finding::new("red-to-green-in-one-version", milestone.name.at.clone(), message)
                    .label("two steps at once")
                    .help(format!(
                        "see what it rests on with `milepost explain {id}`, and say in the minutes what changed"
                    ))
                    .about(id.as_str()),
            );
        }
        findings
    }
}

/// Where a record stands that can be written over.
fn place(programme: &Programme, record: &Reference) -> Option<Span> {
    let conditions = programme.decisions.iter().flat_map(|decision| &decision.conditions);
    let condition = || conditions.filter(|one| one.id == record.id).map(|one| one.at.clone()).next();
    let known = programme.records().find(|(reference, _)| reference == record).map(|(_, known)| known.at());
    known.or_else(condition)
}

fn criterion<'a>(programme: &'a Programme, id: &Id) -> Option<&'a Criterion> {
    programme.criteria().map(|(_, criterion)| criterion).find(|criterion| criterion.id == *id)
}

/// Ids that an older version had and the last had not, written again for something else.
fn reused(now: &Programme, chain: &Chain) -> Vec<Finding> {
    let Some((last, older)) = chain.versions.split_last() else { return Vec::new() };
    let held = meanings(&last.snapshot.programme);
    let mut again = meanings(now);
    again.retain(|reference, meaning| !meaning.is_made && !held.contains_key(reference));
    if again.is_empty() {
        return Vec::new();
    }
    let older = older.iter().rev();
    let retired: Vec<(&str, BTreeMap<Reference, Meaning>)> =
        older.map(|one| (one.info.version.as_str(), meanings(&one.snapshot.programme))).collect();
    let mut findings = Vec::new();
    for (reference, after) in &again {
        // The latest version that held it says what it was.
        let then = retired.iter().find_map(|(version, then)| Some((version, then.get(reference)?)));
        let Some((version, before)) = then.filter(|(_, before)| !before.is_made && !before.is_same(after)) else {
            continue;
        };
        let (kind, id) = (reference.kind.word(), &reference.id);
        let called = if before.is_public { format!("\"{}\"", before.said) } else { "another".to_string() };
        let message = format!("{kind} `{id}` was {called} in version `{version}` and was retired after it");
        findings.push(
            Finding::new("id-reused-after-retirement", after.at.clone(), message)
                .label("another record now")
                .help("give it an id that was never used: frozen versions and minutes still mean the old one")
                .about(id.as_str()),
        );
    }
    findings
}

/// What an id stands for.
struct Meaning {
    /// A title or the words; of records that have neither, what they are about: a gate, a criterion, a field.
    said: String,
    is_titled: bool,
    /// The id was made, and not written.
    is_made: bool,
    is_public: bool,
    at: Span,
}

impl Meaning {
    /// Titles may be put in other words; a gate or a criterion is the same one or another.
    fn is_same(&self, other: &Meaning) -> bool {
        let is_unsaid = self.said.is_empty() || other.said.is_empty();
        is_unsaid || fold(&self.said) == fold(&other.said) || self.is_titled && is_one(&self.said, &other.said)
    }
}

/// Every record and criterion that somebody wrote, by its id.
fn meanings(programme: &Programme) -> BTreeMap<Reference, Meaning> {
    let titles = Names::of(programme).titles;
    let about = subjects(programme);
    let mut meanings = BTreeMap::new();
    for (reference, record) in programme.records() {
        let title = titles.get(&reference).filter(|title| !title.is_empty());
        let said = title.or_else(|| about.get(&reference)).cloned().unwrap_or_default();
        let is_public = record.visibility.is_public();
        let (is_titled, is_made, at) = (title.is_some(), record.id_derived, record.at());
        meanings.insert(reference, Meaning { said, is_titled, is_made, is_public, at });
    }
    for (milestone, criterion) in programme.criteria().filter(|(_, criterion)| !criterion.implied) {
        let (said, at) = (criterion.text.value.clone(), criterion.text.at.clone());
        let is_public = milestone.record.visibility.is_public();
        let meaning = Meaning { said, is_titled: true, is_made: criterion.id_derived, is_public, at };
        meanings.insert(Reference::new(Kind::Criterion, &criterion.id), meaning);
    }
    meanings
}

/// What records without a title are about.
fn subjects(programme: &Programme) -> BTreeMap<Reference, String> {
    let mut subjects = BTreeMap::new();
    let mut about = |kind: Kind, id: &Id, said: Option<String>| {
        subjects.extend(said.map(|said| (Reference::new(kind, id), said)));
    };
    for decision in &programme.decisions {
        let gate = decision.gate.as_ref().map(|gate| &gate.value);
        let said = gate.map(|gate| format!("{} {}", gate.milestone, gate.side.word()));
        about(Kind::Decision, &decision.record.id, said);
    }
    for waiver in &programme.waivers {
        about(Kind::Waiver, &waiver.record.id, waiver.criterion.as_ref().map(|criterion| criterion.value.to_string()));
    }
    for change in &programme.changes {
        let field = change.field.as_ref().map(|field| field.value.as_str()).unwrap_or_default();
        let said = change.of.as_ref().map(|of| format!("{} {field}", of.value.id));
        about(Kind::Change, &change.record.id, said);
    }
    for review in &programme.reviews {
        about(Kind::Review, &review.record.id, review.reviewer.as_ref().map(|reviewer| reviewer.value.clone()));
    }
    for confidence in &programme.confidences {
        about(Kind::Confidence, &confidence.record.id, confidence.by.as_ref().map(|by| by.value.clone()));
    }
    subjects
}
