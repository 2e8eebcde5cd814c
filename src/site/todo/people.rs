//! Who has to do what within the next 30 days.

use std::collections::{BTreeMap, HashSet};

use chrono::{Days, NaiveDate};
use serde::Serialize;

use crate::model::reference::{Kind, Reference};
use crate::model::settings::fold;
use crate::site::material::{Day, Material, Sentence};
use crate::site::steps;
use crate::status::{ConditionState, Step};

#[derive(Debug, Clone, Serialize)]
pub struct Person {
    pub name: String,
    /// Whose it is, as the filters take it; see `Material::whose`.
    pub whose: String,
    /// False for what nobody is named for.
    pub is_named: bool,
    pub tasks: Vec<Task>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Task {
    pub day: Option<Day>,
    pub distance: String,
    pub what: Sentence,
    pub is_late: bool,
}

/// By person, those with the soonest task first and nobody last; and how many tasks come later than that.
pub fn of(material: &Material) -> (Vec<Person>, usize) {
    let until = material.data_date() + Days::new(30);
    let mut by_person: BTreeMap<String, (String, Dated)> = BTreeMap::new();
    let mut told = HashSet::new();
    let mut later = 0;
    for (who, date, what) in tasks(material) {
        if date.is_some_and(|date| date > until) {
            later += 1;
            continue;
        }
        let name = who.unwrap_or_default();
        let task = Task {
            day: date.map(|date| material.day(date)),
            distance: date.map(|date| material.distance(date)).unwrap_or_default(),
            what,
            is_late: date.is_some_and(|date| date < material.data_date()),
        };
        let folded = fold(&name);
        // One acceptance may stand on the way of several gates.
        let is_new = told.insert((folded.clone(), task.what.clone()));
        let (_, tasks) = by_person.entry(folded).or_insert((name, Vec::new()));
        if is_new {
            tasks.push((date, task));
        }
    }
    let mut people: Vec<_> = by_person.into_values().collect();
    for (_, tasks) in &mut people {
        tasks.sort_by_key(|(date, _)| (date.is_none(), *date));
    }
    people.sort_by_key(|(name, tasks)| {
        let first = tasks.first().and_then(|(date, _)| *date);
        (name.is_empty(), first.is_none(), first, name.clone())
    });
    let person = |(name, tasks): (String, Dated)| Person {
        whose: material.whose_named(Some(name.as_str()).filter(|name| !name.is_empty())),
        is_named: !name.is_empty(),
        name: if name.is_empty() { material.words.say("todo.unnamed") } else { name },
        tasks: tasks.into_iter().map(|(_, task)| task).collect(),
    };
    (people.into_iter().map(person).collect(), later)
}

/// Tasks with what they are sorted by.
type Dated = Vec<(Option<NaiveDate>, Task)>;

type Open = (Option<String>, Option<NaiveDate>, Sentence);

fn tasks(material: &Material) -> Vec<Open> {
    // In a plan everything is still to do, and saying all of it would say nothing.
    let is_plan = material.standing.programme.is_plan;
    let milestones = material.programme.milestones.iter().filter(|_| !is_plan);
    let standings = milestones.filter_map(|milestone| material.standing.milestones.get(&milestone.record.id));
    let steps = standings.flat_map(|standing| &standing.path_to_green);
    let steps: Vec<&Step> = steps.filter(|step| !is_told_at_its_own_gate(material, step)).collect();
    let told = steps::told(material, steps.iter().copied());
    let mut tasks: Vec<Open> = told.into_iter().map(|told| (told.who, told.by, told.what)).collect();
    tasks.extend(conditions(material, &steps));
    tasks.extend(actions(material));
    tasks
}

/// What a criterion wants of another milestone's exit gate is that milestone's own task, and asked for there, once.
fn is_told_at_its_own_gate(material: &Material, step: &Step) -> bool {
    let of = |kind: Kind| step.rests_on.iter().find(|rest| rest.kind == kind);
    let named = of(Kind::Milestone).and_then(|milestone| material.standing.milestones.get(&milestone.id));
    of(Kind::Criterion).is_some() && named.is_some_and(|named| !named.path_to_green.is_empty())
}

/// Those that no path to green names already.
fn conditions(material: &Material, steps: &[&Step]) -> Vec<Open> {
    let conditions = material.programme.decisions.iter().flat_map(|decision| &decision.conditions);
    let named: HashSet<&Reference> = steps.iter().flat_map(|step| &step.rests_on).collect();
    let open = conditions.filter(|condition| {
        let own = Reference::new(Kind::Condition, &condition.id);
        let standing = material.standing.conditions.get(&condition.id);
        standing.is_some_and(|standing| standing.state != ConditionState::Closed) && !named.contains(&own)
    });
    let task = |condition: &crate::model::decision::Condition| {
        let text = condition.text.as_ref().map(|text| text.value.as_str()).unwrap_or_default();
        let what = material.words.fill("todo.condition", &[("condition", condition.id.as_str()), ("text", text)]);
        let what = material.sentence(&what, &[Reference::new(Kind::Condition, &condition.id)]);
        (material.called(&condition.owner), condition.due.as_ref().map(|date| date.value), what)
    };
    open.map(task).collect()
}

fn actions(material: &Material) -> Vec<Open> {
    let open = material.programme.risks.iter().filter(|risk| risk.is_open());
    let actions = open.flat_map(|risk| risk.actions.iter().map(move |action| (risk, action)));
    let task = |(risk, action): (&crate::model::risk::Risk, &crate::model::risk::Action)| {
        let id = &risk.record.id;
        let what = material.words.fill("todo.action", &[("risk", id.as_str()), ("text", &action.text.value)]);
        let what = material.sentence(&what, &[Reference::new(Kind::Risk, id)]);
        let who = material.called(&action.actionee).or_else(|| material.called(&risk.owner));
        (who, action.due.as_ref().map(|date| date.value), what)
    };
    actions.filter(|(_, action)| action.done_on.is_none()).map(task).collect()
}
