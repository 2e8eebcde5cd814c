//! What waits for what, as a network: every milestone that waits or is waited for; of very many, the critical chain.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

use crate::chart::State;
use crate::chart::network::{self, Edge, Network, Node};
use crate::model::id::Id;
use crate::model::milestone::Milestone;
use crate::model::reference::Kind;
use crate::site::material::Material;
use crate::source::Html;

#[derive(Debug, Clone, Serialize)]
pub struct NetworkView {
    /// Empty where there are too many to draw and no chain of them is critical.
    pub chart: Html,
    /// What is drawn of them, and what is not.
    pub note: String,
}

/// More boxes than this are not read.
const DRAWN: usize = 100;

/// None where nothing waits for anything.
pub fn of(material: &Material) -> Option<NetworkView> {
    let all = &material.programme.milestones;
    let pairs: Vec<(&Id, &Id)> = all.iter().flat_map(|it| needs(material, it)).collect();
    let linked: BTreeSet<&Id> = pairs.iter().flat_map(|(from, to)| [*from, *to]).collect();
    if linked.is_empty() {
        return None;
    }
    let is_whole = linked.len() <= DRAWN;
    let drawn: Vec<&Milestone> = all
        .iter()
        .filter(|milestone| linked.contains(&milestone.record.id))
        .filter(|milestone| is_whole || is_critical(material, &milestone.record.id))
        .take(DRAWN)
        .collect();
    let places: HashMap<&Id, usize> = drawn.iter().enumerate().map(|(place, it)| (&it.record.id, place)).collect();
    let edges: Vec<Edge> = pairs
        .iter()
        .filter_map(|(from, to)| Some(edge(material, (from, *places.get(from)?), (to, *places.get(to)?))))
        .collect();
    let alone = (all.len() - linked.len()) as i64;
    let note = match (is_whole, edges.is_empty()) {
        (true, _) if alone == 0 => material.words.say("network.all"),
        (true, _) => material.words.count("network.alone", alone),
        (false, false) => material.words.count("network.chain", linked.len() as i64),
        (false, true) => material.words.count("network.no_chain", linked.len() as i64),
    };
    if edges.is_empty() {
        return Some(NetworkView { chart: Html::default(), note });
    }
    let chart = network::draw(&Network {
        id: "dn",
        title: material.words.count("network.title", drawn.len() as i64),
        desc: material.words.say("network.desc"),
        boxes: drawn.iter().map(|milestone| node(material, milestone)).collect(),
        edges,
    });
    Some(NetworkView { chart, note })
}

/// Each milestone that it waits for, and itself.
fn needs<'a>(material: &Material, milestone: &'a Milestone) -> Vec<(&'a Id, &'a Id)> {
    let own = &milestone.record.id;
    let known = |id: &&'a Id| *id != own && material.index.milestone(id).is_some();
    milestone.depends_on.iter().map(|id| &id.value).filter(known).map(|id| (id, own)).collect()
}

fn is_critical(material: &Material, id: &Id) -> bool {
    let standing = material.standing.milestones.get(id);
    standing.is_some_and(|standing| material.is_on_critical_path(&standing.schedule))
}

fn edge(material: &Material, (needed, from): (&Id, usize), (id, to): (&Id, usize)) -> Edge {
    let names = [("id", id.as_str()), ("needs", needed.as_str())];
    Edge {
        from,
        to,
        critical: is_critical(material, needed) && is_critical(material, id),
        title: material.words.fill("timeline.dependency", &names),
    }
}

fn node(material: &Material, milestone: &Milestone) -> Node {
    let id = &milestone.record.id;
    let standing = material.standing.milestones.get(id);
    let mark = standing.map(|standing| material.mark(standing.colour));
    let schedule = standing.map(|standing| &standing.schedule);
    let date = schedule.and_then(|schedule| schedule.actual.or(schedule.effective_forecast));
    let weeks = || schedule.and_then(|schedule| schedule.forecast.as_ref()).map(|window| window.text.clone());
    Node {
        id: id.to_string(),
        name: milestone.name.value.clone(),
        href: material.link(Kind::Milestone, id).href,
        state: mark.map_or_else(
            || State { class: "unknown".to_string(), word: String::new() },
            |mark| State { class: mark.colour.to_string(), word: mark.word },
        ),
        when: date.map(|date| material.date_text(date)).or_else(weeks).unwrap_or_default(),
        critical: is_critical(material, id),
    }
}

#[cfg(test)]
mod tests {
    use super::NetworkView;
    use crate::model::id::Id;
    use crate::site::register_sample::{programme, with_material};
    use crate::site::sample::{record, spanned};

    /// The sample with as many more milestones as it takes, each waiting for the one before it.
    fn network(milestones: usize) -> Option<NetworkView> {
        let mut programme = programme();
        let last = programme.milestones[4].clone();
        for number in programme.milestones.len() + 1..=milestones {
            let mut another = last.clone();
            another.record = record(&format!("M{number}"));
            another.depends_on = vec![spanned(Id::new(&format!("M{}", number - 1)))];
            programme.milestones.push(another);
        }
        programme.milestones.truncate(milestones);
        with_material(programme, super::of)
    }

    #[test]
    fn nothing_is_drawn_where_nothing_waits() {
        assert!(network(0).is_none() && network(1).is_none());
    }

    #[test]
    fn all_that_wait_are_drawn_while_they_can_be_read() {
        for count in [5, 60] {
            let view = network(count).unwrap();
            assert_eq!(view.chart.as_str().matches("<a class=\"name\"").count(), count);
        }
    }

    #[test]
    fn of_very_many_the_critical_chain_is_drawn_and_that_is_said() {
        let view = network(300).unwrap();
        assert!(view.chart.as_str().matches("<a class=\"name\"").count() <= super::DRAWN);
        assert!(view.note.starts_with("300 milestones depend on each other"), "{}", view.note);
    }
}
