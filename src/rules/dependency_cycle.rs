//! Finds milestones that wait for each other.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use crate::finding::{Finding, Severity};
use crate::model::Programme;
use crate::model::id::Id;
use crate::model::milestone::Milestone;
use crate::rules::{Family, Rule};
use crate::source::Spanned;
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "dependency-cycle",
    family: Family::Consistency,
    severity: Severity::Error,
    documentation: include_str!("dependency_cycle.md"),
    several: None,
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    let mut done = BTreeSet::new();
    let stuck = never_ready(programme);
    for milestone in programme.milestones.iter().filter(|milestone| stuck.contains_key(&milestone.record.id)) {
        if done.contains(&milestone.record.id) {
            continue;
        }
        let Some(ring) = ring_through(&stuck, milestone) else { continue };
        done.extend(ring.iter().map(|(waiting, _)| waiting.record.id.clone()));
        findings.push(told(&ring));
    }
    findings
}

/// The milestones that are in a ring or wait for one: most programmes have none, and need no search.
fn never_ready(programme: &Programme) -> HashMap<&Id, &Milestone> {
    let mut stuck = programme.milestones_by_id();
    let mut waiting: HashMap<&Id, usize> = HashMap::new();
    let mut successors: HashMap<&Id, Vec<&Milestone>> = HashMap::new();
    for milestone in &programme.milestones {
        let known = milestone.depends_on.iter().filter(|id| stuck.contains_key(&id.value));
        for id in known {
            *waiting.entry(&milestone.record.id).or_default() += 1;
            successors.entry(&id.value).or_default().push(milestone);
        }
    }
    let mut ready: Vec<&Id> = stuck.keys().copied().filter(|id| !waiting.contains_key(id)).collect();
    while let Some(id) = ready.pop() {
        stuck.remove(id);
        for successor in successors.remove(id).unwrap_or_default() {
            let count = waiting.entry(&successor.record.id).or_default();
            *count -= 1;
            if *count == 0 {
                ready.push(&successor.record.id);
            }
        }
    }
    stuck
}

/// A milestone, and the place where it names the next one of the ring.
type Link<'a> = (&'a Milestone, &'a Spanned<Id>);

/// The shortest way from a milestone back to itself.
fn ring_through<'a>(milestones: &HashMap<&'a Id, &'a Milestone>, start: &'a Milestone) -> Option<Vec<Link<'a>>> {
    let mut reached: BTreeMap<&Id, Link<'a>> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(milestone) = queue.pop_front() {
        for next in &milestone.depends_on {
            if next.value == start.record.id {
                return Some(way_back(&reached, start, (milestone, next)));
            }
            if let (Some(other), Entry::Vacant(place)) = (milestones.get(&next.value), reached.entry(&next.value)) {
                place.insert((milestone, next));
                queue.push_back(other);
            }
        }
    }
    None
}

fn way_back<'a>(reached: &BTreeMap<&Id, Link<'a>>, start: &Milestone, last: Link<'a>) -> Vec<Link<'a>> {
    let mut ring = vec![last];
    let mut milestone = last.0;
    while milestone.record.id != start.record.id {
        let Some(link) = reached.get(&milestone.record.id) else { break };
        ring.push(*link);
        milestone = link.0;
    }
    ring.reverse();
    ring
}

fn told(ring: &[Link<'_>]) -> Finding {
    let (first, waits_for) = ring[0];
    let names: Vec<String> = ring.iter().map(|(milestone, _)| format!("`{}`", milestone.record.id)).collect();
    let names = format!("{} → {}", names.join(" → "), names[0]);
    let mut finding =
        Finding::new("dependency-cycle", waits_for.at.clone(), format!("milestones wait for each other: {names}"))
            .label(format!("`{}` waits for `{}`", first.record.id, waits_for.value))
            .help("take one of these dependencies away: none of the milestones can start")
            .about(first.record.id.as_str());
    for (milestone, waits_for) in &ring[1..] {
        let note = format!("`{}` waits for `{}`", milestone.record.id, waits_for.value);
        finding = finding.related(waits_for.at.clone(), note);
    }
    finding
}
