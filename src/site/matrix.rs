//! Where is readiness missing?

use serde::Serialize;

use crate::model::milestone::{Criterion, Milestone, Side};
use crate::model::reference::Kind;
use crate::site::View;
use crate::site::material::{Day, Link, Mark, Material, Sentence, capital, code};
use crate::site::pack;
use crate::status::{CriterionStanding, CriterionState, GateStanding, MilestoneStanding};

#[derive(Debug, Clone, Serialize)]
pub struct MatrixView {
    pub lede: String,
    pub has_next: bool,
    pub has_holes: bool,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub id: Link,
    pub name: String,
    pub mark: Mark,
    pub entry: Option<Cell>,
    pub exit: Option<Cell>,
}

/// One gate.
#[derive(Debug, Clone, Serialize)]
pub struct Cell {
    pub mark: Mark,
    pub when: Option<Day>,
    pub is_decided: bool,
    pub met: usize,
    pub mandatory: usize,
    pub strip: Vec<StripMark>,
    pub reason: Sentence,
    /// Where its pack is, while it is to be decided.
    pub pack: Option<String>,
    /// What the filters ask for: "holes", "next".
    pub r#in: String,
    /// Whose it is, as the filters take it; see `Material::whose`.
    pub whose: String,
}

/// A criterion as a mark over its code.
#[derive(Debug, Clone, Serialize)]
pub struct StripMark {
    pub href: String,
    pub colour: &'static str,
    pub id: String,
    /// The part of the id that the row says already.
    pub before: String,
    pub code: String,
    pub word: String,
    /// What stands under the code where the shape alone could be another state.
    pub short: String,
}

pub fn page(material: &Material) -> (&'static str, String, View) {
    let standings = material.programme.milestones.iter().filter_map(|milestone| {
        material.standing.milestones.get(&milestone.record.id).map(|standing| (milestone, standing))
    });
    let rows: Vec<Row> = standings.map(|(milestone, standing)| row(material, milestone, standing)).collect();
    let cells = || rows.iter().flat_map(|row| [&row.entry, &row.exit]).flatten();
    let tagged = |tag: &str| cells().filter(|cell| cell.r#in.split(' ').any(|word| word == tag)).count();
    let view = MatrixView {
        lede: lede(material, tagged("holes"), cells().count()),
        has_next: tagged("next") > 0,
        has_holes: tagged("holes") > 0,
        rows,
    };
    ("matrix.html", material.words.say("nav.matrix"), View::Matrix(Box::new(view)))
}

fn lede(material: &Material, holes: usize, gates: usize) -> String {
    let words = material.words;
    if gates == 0 {
        return words.say("matrix.empty");
    }
    if material.standing.programme.is_plan {
        let criteria = material.programme.criteria().count() as i64;
        return words.count_with("matrix.lede_plan", criteria, &[("gates", &gates.to_string())]);
    }
    if holes == 0 { words.say("matrix.lede_none") } else { words.count("matrix.lede", holes as i64) }
}

fn row(material: &Material, milestone: &Milestone, standing: &MilestoneStanding) -> Row {
    let next = next_gate(standing);
    let cell = |side: Side| {
        let gate = standing.gate(side);
        gate.exists.then(|| cell(material, milestone, side, gate, next == Some(side)))
    };
    Row {
        id: material.link(Kind::Milestone, &milestone.record.id),
        name: milestone.name.value.clone(),
        mark: material.mark(standing.colour).told_at(material.why(&milestone.record.id)),
        entry: cell(Side::Entry),
        exit: cell(Side::Exit),
    }
}

/// The first gate that is not decided.
fn next_gate(standing: &MilestoneStanding) -> Option<Side> {
    let open = |side: &Side| standing.gate(*side).exists && !standing.gate(*side).state.is_decided_go();
    Side::BOTH.into_iter().find(open)
}

fn cell(material: &Material, milestone: &Milestone, side: Side, gate: &GateStanding, is_next: bool) -> Cell {
    let criteria = &milestone.gate(side).criteria;
    let state = |criterion: &Criterion| material.standing.criteria.get(&criterion.id);
    let asks = gate.state.is_decided_go() || gate.is_due;
    let has_hole = asks && criteria.iter().any(|it| it.mandatory && state(it).is_some_and(is_unmet));
    let decided = gate.decision.as_ref().and_then(|id| material.index.decisions.get(id));
    let decided_on = decided.and_then(|decision| decision.date.as_ref()).map(|date| date.value);
    let named = criteria.iter().flat_map(|it| [&it.owner, &it.acceptor]);
    let named = [&milestone.owner, &milestone.gate(side).authority].into_iter().chain(named);
    let tags = [has_hole.then_some("holes"), is_next.then_some("next")];
    Cell {
        mark: material
            .state(gate.colour, capital(&material.gate_word(gate)))
            .told_at(material.gate(&milestone.record.id, side)),
        when: decided_on.or(gate.date).map(|date| material.day(date)),
        is_decided: decided_on.is_some(),
        met: gate.met,
        mandatory: gate.mandatory,
        strip: criteria
            .iter()
            .filter_map(|it| state(it).map(|state| strip_mark(material, milestone, it, state)))
            .collect(),
        reason: material.reason_without(&gate.reason, &milestone.record.id),
        pack: pack::link(material, milestone, side).filter(|_| decided_on.is_none()),
        whose: material.whose(named),
        r#in: tags.into_iter().flatten().collect::<Vec<_>>().join(" "),
    }
}

fn is_unmet(standing: &CriterionStanding) -> bool {
    let accepted = [CriterionState::Met, CriterionState::Waived, CriterionState::NotApplicable];
    !accepted.contains(&standing.state)
}

pub fn strip_mark(
    material: &Material,
    milestone: &Milestone,
    criterion: &Criterion,
    standing: &CriterionStanding,
) -> StripMark {
    let Link { href, text: id } = material.link(Kind::Criterion, &criterion.id);
    let prefix = format!("{}-", milestone.record.id);
    let short = id.strip_prefix(&prefix).filter(|rest| !rest.is_empty() && rest.len() <= 4).map(str::to_string);
    StripMark {
        href,
        colour: standing.mark.code(),
        before: if short.is_some() { prefix } else { String::new() },
        code: short.unwrap_or_else(|| id.clone()),
        id,
        word: criterion_word(material, criterion, standing),
        short: short_word(material, standing),
    }
}

/// "awaiting", "lapsed", "overdue"; nothing for what has a shape of its own: met, open and in time, not applicable.
fn short_word(material: &Material, standing: &CriterionStanding) -> String {
    let has_its_shape =
        matches!(standing.state, CriterionState::Met | CriterionState::Open | CriterionState::NotApplicable);
    let state = (!has_its_shape).then(|| material.words.of("criterion_short", &code(&standing.state)));
    let overdue = standing.overdue.then(|| material.words.say("criterion.overdue"));
    [state, overdue].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// "met", "open, overdue", "met, advisory".
pub fn criterion_word(material: &Material, criterion: &Criterion, standing: &CriterionStanding) -> String {
    let overdue = standing.overdue.then(|| material.words.say("criterion.overdue"));
    let advisory = (!criterion.mandatory).then(|| material.words.say("criterion.advisory"));
    let parts = [Some(material.words.of("criterion_state", &code(&standing.state))), overdue, advisory];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
