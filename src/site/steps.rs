//! Steps towards green as people read them: those of one person and day that differ only in their last record are one.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::reference::Reference;
use crate::site::material::{Day, Material, Sentence, capital};
use crate::status::{Reason, Step};

/// A step, or several told as one.
#[derive(Debug, Clone)]
pub struct Told {
    /// As people call them; None where nobody is named.
    pub who: Option<String>,
    pub by: Option<NaiveDate>,
    pub what: Sentence,
}

#[derive(Debug, Clone, Serialize)]
pub struct StepView {
    pub day: Option<Day>,
    pub distance: String,
    pub who: String,
    pub what: Sentence,
}

/// In the order in which they first appear.
pub fn told<'s>(material: &Material, steps: impl Iterator<Item = &'s Step>) -> Vec<Told> {
    let mut groups: Vec<Group> = Vec::new();
    let mut places: HashMap<(&Option<String>, Option<NaiveDate>, &str), usize> = HashMap::new();
    let mut objects: HashSet<(usize, &str)> = HashSet::new();
    for step in steps {
        let (verb, object) = step.what.rsplit_once(" for ").unwrap_or((&step.what, ""));
        let place = *places.entry((&step.who, step.by, verb)).or_insert_with(|| {
            groups.push(Group { who: &step.who, by: step.by, verb, objects: Vec::new(), rests_on: Vec::new() });
            groups.len() - 1
        });
        let group = &mut groups[place];
        if !object.is_empty() && objects.insert((place, object)) {
            group.objects.push(object.to_string());
        }
        group.rests_on.extend(step.rests_on.iter().cloned());
    }
    groups.iter().map(|group| group.told(material)).collect()
}

pub fn view(material: &Material, told: &Told) -> StepView {
    StepView {
        day: told.by.map(|date| material.day(date)),
        distance: told.by.map(|date| material.distance(date)).unwrap_or_default(),
        who: told.who.clone().unwrap_or_else(|| capital(&material.words.say("nobody"))),
        what: told.what.clone(),
    }
}

struct Group<'s> {
    who: &'s Option<String>,
    by: Option<NaiveDate>,
    verb: &'s str,
    objects: Vec<String>,
    rests_on: Vec<Reference>,
}

impl Group<'_> {
    fn told(&self, material: &Material) -> Told {
        let what = if self.objects.is_empty() {
            self.verb.to_string()
        } else {
            format!("{} for {}", self.verb, material.words.list(&self.objects))
        };
        let called = |who: &String| material.programme.settings.called(who).to_string();
        let what = material.reason(&Reason::new("step", what, self.rests_on.clone()));
        Told { who: self.who.as_ref().map(called), by: self.by, what }
    }
}
