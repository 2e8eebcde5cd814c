//! What changed since the last version?

mod criteria;
mod fields;
mod moves;
mod registers;
#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::site::View;
use crate::site::changes::criteria::CriteriaView;
use crate::site::changes::fields::FieldsView;
use crate::site::changes::moves::Moves;
use crate::site::changes::registers::Line;
use crate::site::material::{Day, Link, Mark, Material, capital};
use crate::version::diff::{ColourMove, Coloured, Dated, Diff, Direction, State, between};

/// `since` is None where no version is frozen: there is nothing to compare with.
#[derive(Debug, Clone, Serialize)]
pub struct ChangesView {
    pub question: String,
    pub lede: String,
    pub since: Option<Since>,
}

/// In the order of the page. A section that a board asks for says that nothing changed; others are left out.
#[derive(Debug, Clone, Serialize)]
pub struct Since {
    pub before: String,
    pub before_day: Day,
    pub before_sha256: String,
    pub now: String,
    pub now_day: Day,
    /// The Changes page of the version before, seen from the portal's root.
    pub earlier: Option<Link>,
    pub dates: Moves,
    pub colours: Moves,
    pub criteria: CriteriaView,
    pub states: Vec<Group>,
    pub met: String,
    pub decided: Vec<Line>,
    pub evidence: Vec<Group>,
    pub records: Vec<Group>,
    pub pages: Vec<Line>,
    pub fields: FieldsView,
}

/// Records under one heading with a number: "Open to met, 6".
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    pub mark: Option<Mark>,
    pub title: String,
    pub ids: Vec<Link>,
    pub more: String,
}

/// More ids than this in one group are counted.
const LISTED: usize = 24;

pub fn page(material: &Material) -> (&'static str, String, View) {
    let words = material.words;
    let Some(before) = material.versions.before() else {
        let view =
            ChangesView { question: words.say("changes.question_none"), lede: words.say("changes.empty"), since: None };
        return ("changes.html", words.say("nav.changes"), View::Changes(Box::new(view)));
    };
    let now = State { programme: material.programme, standing: material.standing };
    let difference = between(State::of(before), now);
    let from = &difference.from;
    let values = [("version", from.version.as_str()), ("date", &material.date_text(from.data_date))];
    let view = ChangesView {
        question: words.fill("changes.question", &values),
        lede: lede(material, &difference),
        since: Some(since(material, &difference)),
    };
    ("changes.html", words.fill("changes.title", &values), View::Changes(Box::new(view)))
}

fn since(material: &Material, diff: &Diff) -> Since {
    let entries = &material.versions.entries;
    let entry = entries.iter().find(|entry| entry.is_frozen() && entry.info.version == diff.from.version);
    let has_parent = |entry: &&crate::site::Entry| entry.issued.as_ref().is_some_and(|issued| issued.parent.is_some());
    let has_page = entry.filter(has_parent).filter(|entry| entry.pages.contains("changes.html"));
    let earlier = has_page.and_then(|entry| entry.base.as_ref()).map(|base| Link {
        href: format!("{base}changes.html"),
        text: material.words.fill("changes.earlier", &[("version", &diff.from.version)]),
    });
    let met = [
        ("then", diff.from.met.to_string()),
        ("of", diff.from.criteria.to_string()),
        ("now", diff.to.met.to_string()),
        ("of_now", diff.to.criteria.to_string()),
    ];
    let met: Vec<(&str, &str)> = met.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Since {
        before: diff.from.version.clone(),
        before_day: material.full_day(diff.from.data_date),
        before_sha256: entry.and_then(|entry| entry.info.manifest_sha256.clone()).unwrap_or_default(),
        now: diff.to.version.clone(),
        now_day: material.full_day(diff.to.data_date),
        earlier,
        dates: moves::dates(material, diff),
        colours: moves::colours(material, diff),
        criteria: criteria::of(material, diff),
        states: criteria::states(material, diff),
        met: material.words.fill("changes.met", &met),
        decided: registers::decided(material, diff),
        evidence: registers::evidence(material, diff),
        records: registers::records(material, diff),
        pages: registers::pages(material, diff),
        fields: fields::of(material, diff),
    }
}

/// One sentence of what weighs most: the finish, colours, what was decided and written over, criteria that became easier; else that little or nothing changed.
fn lede(material: &Material, diff: &Diff) -> String {
    let words = material.words;
    if diff.is_empty() {
        return words.fill("changes.nothing", &[("version", &diff.from.version)]);
    }
    let mut clauses = vec![finish(material, diff)];
    let towards =
        |direction| diff.colours.iter().filter(|moved| is_milestone(moved) && moved.direction == direction).count();
    for (direction, key) in [(Direction::Worse, "changes.worse"), (Direction::Better, "changes.better")] {
        let number = towards(direction);
        if number > 0 {
            clauses.push(words.count(key, number as i64));
        }
    }
    if clauses.len() == 1 {
        clauses.push(words.say("changes.no_colour"));
    }
    let rewritten = diff.rewritten.chunk_by(|one, next| one.record == next.record).count();
    if rewritten > 0 {
        clauses.push(words.count("changes.rewritten_count", rewritten as i64));
    }
    let eased = diff.criteria.iter().filter(|change| change.kind.eases()).count();
    if eased > 0 {
        clauses.push(words.count("changes.eased", eased as i64));
    }
    clauses.retain(|clause| !clause.is_empty());
    format!("{}.", capital(&words.list(&clauses)))
}

fn is_milestone(moved: &ColourMove) -> bool {
    matches!(moved.what, Coloured::Milestone(_))
}

fn finish(material: &Material, diff: &Diff) -> String {
    let words = material.words;
    let moved = diff.dates.iter().find(|moved| moved.what == Dated::Finish);
    match moved.map(|moved| moved.days) {
        None if material.standing.programme.finish.is_none() => String::new(),
        None => words.say("changes.finish_stays"),
        Some(None) => words.say("changes.finish_known"),
        Some(Some(days)) if days < 0 => words.count("changes.finish_earlier", -days),
        Some(Some(days)) => words.count("changes.finish_later", days),
    }
}

/// A group with its ids as links, cut where they are too many.
fn group(material: &Material, mark: Option<Mark>, title: String, links: Vec<Link>) -> Group {
    let left = links.len().saturating_sub(LISTED);
    let more = if left > 0 { material.words.count("changes.more", left as i64) } else { String::new() };
    Group { mark, title, ids: links.into_iter().take(LISTED).collect(), more }
}
