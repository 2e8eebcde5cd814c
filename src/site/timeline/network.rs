//! What waits for what, as a network: every milestone that waits or is waited for; of very many, those of least float.

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
    /// Empty where there are too many, and none of those with the least float waits for another.
    pub chart: Html,
    /// What is drawn of them, and what is not.
    pub note: String,
}

/// More boxes than this are not read.
const DRAWN: usize = 60;

/// None where nothing waits for anything.
pub fn of(material: &Material) -> Option<NetworkView> {
    let all = &material.programme.milestones;
    let pairs: Vec<(&Id, &Id)> = all.iter().flat_map(|it| needs(material, it)).collect();
    let linked: BTreeSet<&Id> = pairs.iter().flat_map(|(from, to)| [*from, *to]).collect();
    if linked.is_empty() {
        return None;
    }
    let mut drawn: Vec<&Milestone> = all.iter().filter(|milestone| linked.contains(&milestone.record.id)).collect();
    drawn.sort_by_key(|milestone| slack(material, &milestone.record.id));
    drawn.truncate(DRAWN);
    // What none of them waits for, and waits for none of them, tells nothing here.
    let kept: BTreeSet<&Id> = drawn.iter().map(|milestone| &milestone.record.id).collect();
    let pairs: Vec<(&Id, &Id)> =
        pairs.into_iter().filter(|(from, to)| kept.contains(from) && kept.contains(to)).collect();
    let paired: BTreeSet<&Id> = pairs.iter().flat_map(|(from, to)| [*from, *to]).collect();
    let drawn: Vec<&Milestone> = all.iter().filter(|milestone| paired.contains(&milestone.record.id)).collect();
    let places: HashMap<&Id, usize> = drawn.iter().enumerate().map(|(place, it)| (&it.record.id, place)).collect();
    let edges: Vec<Edge> = pairs
        .iter()
        .filter_map(|(from, to)| Some(edge(material, (from, *places.get(from)?), (to, *places.get(to)?))))
        .collect();
    let alone = (all.len() - linked.len()) as i64;
    let note = if linked.len() > DRAWN {
        material.words.count_with("network.least_float", linked.len() as i64, &[("drawn", &drawn.len().to_string())])
    } else if alone == 0 {
        material.words.say("network.all")
    } else {
        material.words.count("network.alone", alone)
    };
    if edges.is_empty() {
        let note = material.words.count("network.no_pair", linked.len() as i64);
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

/// The critical path first, then what is to come by its float: what is late is drawn before what has time.
fn slack(material: &Material, id: &Id) -> (bool, bool, bool, Option<i64>) {
    let schedule = material.standing.milestones.get(id).map(|standing| &standing.schedule);
    let float = schedule.and_then(|schedule| schedule.total_float);
    let is_over = schedule.is_some_and(|schedule| schedule.actual.is_some());
    (!is_critical(material, id), is_over, float.is_none(), float)
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
    fn of_very_many_those_of_least_float_are_drawn_and_that_is_said() {
        let view = network(300).unwrap();
        let drawn = view.chart.as_str().matches("<a class=\"name\"").count();
        assert!((2..=super::DRAWN).contains(&drawn), "{drawn}");
        let said = format!("300 milestones depend on each other: {drawn} of those with the least float are drawn");
        assert!(view.note.starts_with(&said), "{}", view.note);
    }
}
