//! Everything on one milestone.

pub mod beside;
mod facts;
pub mod gate;

use serde::Serialize;

use crate::model::id::Id;
use crate::model::milestone::{Milestone, Side};
use crate::model::reference::Kind;
use crate::site::View;
use crate::site::material::{Link, Mark, Material, Sentence, code};
use crate::site::milestone::beside::{ConditionRow, DecisionRow, HistoryRow, RiskRow, WaiverRow};
use crate::site::milestone::facts::Fact;
use crate::site::milestone::gate::GateView;
use crate::site::record;
use crate::site::steps::{self, StepView};
use crate::source::Html;
use crate::status::MilestoneStanding;

#[derive(Debug, Clone, Serialize)]
pub struct MilestoneView {
    pub id: String,
    /// The milestones beside it; empty where there are too many to list.
    pub local: Vec<Local>,
    pub before: Option<Link>,
    pub after: Option<Link>,
    pub name: String,
    pub mark: Mark,
    pub lede: Sentence,
    pub description: String,
    /// "Said: Done", where a person said what the status is.
    pub declared: String,
    pub facts: Vec<Fact>,
    pub why: String,
    pub dimensions: Vec<DimensionRow>,
    pub has_method: bool,
    /// The undecided gate first: it is what is asked for.
    pub gates: Vec<GateView>,
    pub path: Vec<StepView>,
    pub risks: Vec<RiskRow>,
    pub conditions: Vec<ConditionRow>,
    pub waivers: Vec<WaiverRow>,
    pub decisions: Vec<DecisionRow>,
    pub history: Vec<HistoryRow>,
    pub narrative: Html,
    pub extras: Vec<(String, String)>,
    pub edit: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Local {
    pub link: Link,
    pub here: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct DimensionRow {
    pub name: String,
    pub mark: Mark,
    pub reason: Sentence,
    pub counts: bool,
}

/// More milestones than this are not listed on each page; the ones beside it are.
const LISTED: usize = 12;

pub fn page(material: &Material, id: &Id) -> (&'static str, String, View) {
    let milestone = material.index.milestone(id).expect("the outline is made of the programme's milestones");
    let standing = material.standing.milestones.get(id).expect("every milestone has a standing");
    let mark = material.mark(standing.colour);
    let names = [("id", id.as_str()), ("name", milestone.name.value.as_str()), ("state", mark.word.as_str())];
    let title = material.words.fill("milestone.title", &names);
    let view = MilestoneView {
        id: id.to_string(),
        local: local(material, id),
        before: beside(material, id, -1),
        after: beside(material, id, 1),
        name: milestone.name.value.clone(),
        lede: material.reason_without(&standing.reason, id),
        description: milestone.description.as_ref().map(|text| text.value.clone()).unwrap_or_default(),
        declared: declared(material, milestone, standing),
        facts: facts::of(material, milestone, standing),
        why: material.words.fill("milestone.why", &[("state", &material.words.of("colour", standing.colour.code()))]),
        dimensions: dimensions(material, id, standing),
        has_method: material.has_page("method.html"),
        gates: gates(material, milestone, standing),
        path: path(material, standing),
        risks: beside::risks(material, id),
        conditions: beside::conditions(material, id),
        waivers: beside::waivers(material, milestone),
        decisions: beside::decisions(material, id),
        history: beside::history(material, id, standing),
        narrative: record::foot(material, &milestone.record, &material.link(Kind::Milestone, id).href).text,
        extras: milestone.record.extras.clone(),
        edit: material.edit(&milestone.record),
        mark,
    };
    ("milestone.html", title, View::Milestone(Box::new(view)))
}

fn local(material: &Material, id: &Id) -> Vec<Local> {
    let milestones = &material.programme.milestones;
    if milestones.len() > LISTED || milestones.len() < 2 {
        return Vec::new();
    }
    let ids = milestones.iter().map(|milestone| &milestone.record.id);
    ids.map(|other| Local { link: material.link(Kind::Milestone, other), here: other == id }).collect()
}

/// The neighbour in the author's order, where they are not all listed.
fn beside(material: &Material, id: &Id, step: isize) -> Option<Link> {
    let milestones = &material.programme.milestones;
    if milestones.len() <= LISTED {
        return None;
    }
    let (here, _) = *material.index.milestones.get(id)?;
    let other = milestones.get(here.checked_add_signed(step)?)?;
    Some(material.link(Kind::Milestone, &other.record.id))
}

fn declared(material: &Material, milestone: &Milestone, standing: &MilestoneStanding) -> String {
    let Some(declared) = &milestone.declared else { return String::new() };
    let said = [("said", declared.value.said.as_str())];
    let mut sentence = material.words.fill("milestone.said", &said);
    if let Some(reason) = &milestone.declared_reason {
        sentence = format!("{sentence}: {}", reason.value);
    }
    let derived = material.words.of("colour", standing.derived.code());
    let beside = material.words.fill("milestone.derived", &[("state", &derived)]);
    format!("{sentence}. {beside}")
}

fn dimensions(material: &Material, id: &Id, standing: &MilestoneStanding) -> Vec<DimensionRow> {
    let row = |dimension: &crate::status::Dimension| DimensionRow {
        name: material.words.of("dimension", &code(&dimension.name)),
        mark: material.mark(dimension.colour),
        reason: material.reason_without(&dimension.reason, id),
        counts: dimension.counts,
    };
    standing.dimensions.iter().map(row).collect()
}

fn gates(material: &Material, milestone: &Milestone, standing: &MilestoneStanding) -> Vec<GateView> {
    let is_past_entry = !standing.entry.exists || standing.entry.state.is_decided_go();
    let order = if is_past_entry { [Side::Exit, Side::Entry] } else { [Side::Entry, Side::Exit] };
    order.into_iter().map(|side| gate::of(material, milestone, side, standing.gate(side))).collect()
}

/// Nothing in a plan: everything is still to do, and saying all of it would say nothing.
fn path(material: &Material, standing: &MilestoneStanding) -> Vec<StepView> {
    if material.standing.programme.is_plan {
        return Vec::new();
    }
    let told = steps::told(material, standing.path_to_green.iter());
    told.iter().map(|told| steps::view(material, told)).collect()
}
