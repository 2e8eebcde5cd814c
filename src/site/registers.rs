//! The registers without a page of their own for each record: issues, assumptions, dependencies, reviews, signed
//! confidence, changes.

use serde::Serialize;

use crate::model::change::{Change, Confidence, Review};
use crate::model::reference::{Kind, Reference};
use crate::model::risk::Concern;
use crate::model::{Programme, Record};
use crate::site::View;
use crate::site::evidence::item::or_missing;
use crate::site::material::{Mark, Material, code};
use crate::site::record::{self, Fact, Foot};
use crate::status::Colour;

#[derive(Debug, Clone, Serialize)]
pub struct RegistersView {
    pub lede: String,
    pub registers: Vec<Register>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Register {
    /// The id of its heading.
    pub anchor: &'static str,
    pub title: String,
    pub note: String,
    pub entries: Vec<Entry>,
}

/// One record, told in full.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    pub anchor: String,
    pub id: String,
    pub title: String,
    pub mark: Option<Mark>,
    /// Whose it is, as the filters take it; see `Material::whose`.
    pub whose: String,
    pub facts: Vec<Fact>,
    pub list: Vec<String>,
    pub foot: Foot,
}

pub const ADDRESS: &str = "registers.html";

/// Is there a record that this page shows?
pub fn is_used(programme: &Programme) -> bool {
    KINDS.iter().any(|(kind, _)| programme.count(*kind) > 0)
}

const KINDS: [(Kind, &str); 6] = [
    (Kind::Issue, "issues"),
    (Kind::Assumption, "assumptions"),
    (Kind::Dependency, "dependencies"),
    (Kind::Review, "reviews"),
    (Kind::Confidence, "confidence"),
    (Kind::Change, "changes"),
];

pub fn page(material: &Material) -> (&'static str, String, View) {
    let registers: Vec<Register> = KINDS.iter().map(|(kind, anchor)| register(material, *kind, anchor)).collect();
    let registers: Vec<Register> = registers.into_iter().filter(|register| !register.entries.is_empty()).collect();
    let used = KINDS.iter().map(|(kind, _)| (kind, material.programme.count(*kind))).filter(|(_, count)| *count > 0);
    let counts = used.map(|(kind, count)| material.words.count(&format!("kind.{}", kind.word()), count as i64));
    let lede = match registers.len() {
        0 => material.words.say("registers.empty"),
        _ => material.words.fill("registers.lede", &[("records", &material.words.list(&counts.collect::<Vec<_>>()))]),
    };
    ("registers.html", material.words.say("nav.others"), View::Registers(Box::new(RegistersView { lede, registers })))
}

fn register(material: &Material, kind: Kind, anchor: &'static str) -> Register {
    let programme = material.programme;
    let entries = match kind {
        Kind::Review => newest(&programme.reviews, |it| &it.date).map(|it| review(material, it)).collect(),
        Kind::Confidence => newest(&programme.confidences, |it| &it.date).map(|it| confidence(material, it)).collect(),
        Kind::Change => newest(&programme.changes, |it| &it.date).map(|it| change(material, it)).collect(),
        _ => concerns(material, kind),
    };
    let note = record::join(&[material.words.of("registers_note", anchor), record::withheld(material, &[kind])]);
    Register { anchor, title: material.words.of("registers_title", anchor), note, entries }
}

/// Newest first; those without a date last, in the author's order.
fn newest<T>(records: &[T], date: impl Fn(&T) -> &crate::model::Date) -> impl Iterator<Item = &T> {
    let mut records: Vec<&T> = records.iter().collect();
    records.sort_by_key(|record| std::cmp::Reverse(date(record).as_ref().map(|date| date.value)));
    records.into_iter()
}

fn entry(material: &Material, kind: Kind, of: &Record, title: String, facts: Vec<Option<Fact>>) -> Entry {
    let reference = Reference::new(kind, &of.id);
    Entry {
        anchor: material.addresses.anchor_of(&reference).unwrap_or_default().to_string(),
        id: of.id.to_string(),
        title,
        mark: None,
        whose: String::new(),
        facts: facts.into_iter().flatten().collect(),
        list: Vec::new(),
        foot: record::foot(material, of, ADDRESS),
    }
}

/// Open before closed, then by due date.
fn concerns(material: &Material, kind: Kind) -> Vec<Entry> {
    let mut concerns: Vec<&Concern> = material.programme.concerns.iter().filter(|it| it.kind == kind).collect();
    concerns.sort_by_key(|concern| {
        let due = concern.due.as_ref().map(|date| date.value);
        (!is_open(concern), due.is_none(), due)
    });
    concerns.into_iter().map(|concern| concern_entry(material, concern)).collect()
}

fn is_open(concern: &Concern) -> bool {
    concern.status.as_ref().is_none_or(|status| status.value.open)
}

fn concern_entry(material: &Material, concern: &Concern) -> Entry {
    let is_late = concern.due.as_ref().is_some_and(|due| due.value < material.data_date());
    let (colour, code) = match (is_open(concern), is_late) {
        (false, _) => (Colour::Complete, "closed"),
        (true, true) => (Colour::Red, "overdue"),
        (true, false) => (Colour::OnPlan, "open"),
    };
    let due = if concern.kind == Kind::Assumption { "check_by" } else { "due" };
    let status = concern.status.as_ref().map(|status| record::text(material, "status", status.value.said.clone()));
    let facts = vec![
        or_missing(material, "owner", record::person(material, "owner", &concern.owner)),
        record::due(material, due, &concern.due),
        record::words(material, "severity", &concern.severity),
        status,
        record::words(material, "resolution", &concern.resolution),
        record::links(material, "milestones", Kind::Milestone, concern.milestones.iter().map(|id| &id.value)),
        record::links(material, "risks", Kind::Risk, concern.risks.iter().map(|id| &id.value)),
        record::date(material, "raised_on", &concern.raised_on),
    ];
    let mark = Some(material.state(colour, material.words.of("action_state", code)));
    let whose = material.whose([&concern.owner]);
    Entry { mark, whose, ..entry(material, concern.kind, &concern.record, concern.title.value.clone(), facts) }
}

fn review(material: &Material, review: &Review) -> Entry {
    let independent = review.independent.map(|yes| if yes { "yes" } else { "no" });
    let facts = vec![
        record::person(material, "reviewer", &review.reviewer),
        independent.map(|code| record::text(material, "independent", material.words.of("answer", code))),
        record::date(material, "date", &review.date),
    ];
    let kind = review.kind.as_ref().map(|kind| kind.value.clone()).unwrap_or_default();
    let list = review.findings.iter().map(|finding| finding.value.clone()).collect();
    let whose = material.whose([&review.reviewer]);
    Entry { list, whose, ..entry(material, Kind::Review, &review.record, kind, facts) }
}

/// An opinion: words, signed and dated, without a shape.
fn confidence(material: &Material, signed: &Confidence) -> Entry {
    let level = signed.level.as_ref().map(|level| material.words.of("confidence_level", &code(&level.value)));
    let title = level.unwrap_or_default();
    let standing = material.standing.programme.confidence.as_ref();
    let divergence = standing.filter(|it| it.id == signed.record.id).and_then(|it| it.divergence.clone());
    let facts = vec![
        or_missing(material, "by", record::person(material, "by", &signed.by)),
        record::date(material, "date", &signed.date),
        record::words(material, "opinion", &signed.text),
        divergence.map(|divergence| record::text(material, "divergence", divergence)),
    ];
    let whose = material.whose([&signed.by]);
    Entry { whose, ..entry(material, Kind::Confidence, &signed.record, title, facts) }
}

fn change(material: &Material, change: &Change) -> Entry {
    let of = change.of.as_ref().map(|of| &of.value);
    let facts = vec![
        of.and_then(|of| record::links(material, "record", of.kind, [&of.id])),
        record::words(material, "field", &change.field),
        record::words(material, "from", &change.from),
        record::words(material, "to", &change.to),
        record::words(material, "reason", &change.reason),
        record::words(material, "impact_of_change", &change.impact),
        or_missing(material, "approver", record::person(material, "approver", &change.approver)),
        record::date(material, "date", &change.date),
    ];
    let field = change.field.as_ref().map(|field| field.value.clone()).unwrap_or_default();
    let title = of.map_or_else(|| field.clone(), |of| format!("{}: {field}", of.id));
    let whose = material.whose([&change.approver]);
    Entry { whose, ..entry(material, Kind::Change, &change.record, title, facts) }
}

#[cfg(test)]
mod tests {
    use crate::site::View;
    use crate::site::register_sample::{programme, with_material};

    #[test]
    fn registers_in_use_are_shown_with_anchors_for_their_records() {
        let view = with_material(programme(), |material| super::page(material).2);
        let View::Registers(view) = view else { panic!("{view:?}") };
        let said = view.registers.iter().map(|register| {
            let anchors: Vec<&str> = register.entries.iter().map(|entry| entry.anchor.as_str()).collect();
            format!("{} {}", register.anchor, anchors.join(" "))
        });
        let expected = ["issues I-01 I-02", "assumptions A-01", "reviews V-01", "confidence S-01", "changes CH-01"];
        assert_eq!(said.collect::<Vec<_>>(), expected);
        assert_eq!(view.registers[0].entries[0].mark.as_ref().unwrap().word, "Overdue");
        assert!(view.registers[3].entries[0].mark.is_none(), "an opinion has no shape");
    }

    #[test]
    fn programme_without_them_has_no_such_page() {
        assert!(!super::is_used(&crate::site::sample::programme(true)));
    }
}
