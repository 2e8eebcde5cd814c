//! What is missing, by whom?

pub mod first;
mod lacks;
mod people;

use serde::Serialize;

use crate::site::View;
use crate::site::material::Material;
use crate::site::todo::first::FirstEdit;
use crate::site::todo::lacks::Group;
use crate::site::todo::people::Person;

#[derive(Debug, Clone, Serialize)]
pub struct TodoView {
    pub lede: String,
    /// The one edit that helps most.
    pub first: Option<FirstEdit>,
    /// Who has to do what within the next 30 days.
    pub people: Vec<Person>,
    pub people_note: String,
    /// What the records lack, milestone by milestone.
    pub groups: Vec<Group>,
    pub has_quality_page: bool,
}

pub fn page(material: &Material) -> (&'static str, String, View) {
    let first = first::of(material);
    let (people, later) = people::of(material);
    let groups = lacks::of(material);
    let words = material.words;
    let named = people.iter().filter(|person| person.is_named).count() as i64;
    let steps: usize = people.iter().map(|person| person.tasks.len()).sum();
    let lede = match (steps, &first, groups.is_empty()) {
        (0, None, true) => words.say("todo.lede_nothing"),
        (0, Some(_), _) => words.say("todo.lede_first"),
        (0, None, false) => words.say("todo.lede_records"),
        (steps, ..) => {
            words.count_with("todo.lede", steps as i64, &[("people", &words.count("todo.people_count", named))])
        }
    };
    let people_note = match (people.is_empty(), later) {
        (true, 0) => words.say("todo.nobody"),
        (_, 0) => String::new(),
        (_, later) => words.count("todo.later", later as i64),
    };
    let view =
        TodoView { lede, first, people, people_note, groups, has_quality_page: material.has_page("quality.html") };
    ("todo.html", words.say("nav.todo"), View::Todo(Box::new(view)))
}
