//! Every rule by family, with its severity here and its documentation.

use serde::Serialize;

use crate::rules::judge::severity;
use crate::rules::{self, Rule};
use crate::site::coded::{self, Part};
use crate::site::material::{Material, capital};

#[derive(Debug, Clone, Serialize)]
pub struct Family {
    pub name: String,
    pub number: String,
    pub rules: Vec<Row>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub name: &'static str,
    pub severity: String,
    /// Where it is not the rule's own: why.
    pub note: String,
    pub what: Vec<Part>,
    pub why: Vec<Part>,
}

pub fn families(material: &Material) -> Vec<Family> {
    let mut kinds: Vec<rules::Family> = rules::ALL.iter().map(|rule| rule.family).collect();
    kinds.sort();
    kinds.dedup();
    kinds.into_iter().map(|kind| family(material, kind)).collect()
}

fn family(material: &Material, kind: rules::Family) -> Family {
    let rules: Vec<Row> =
        rules::ALL.iter().filter(|rule| rule.family == kind).map(|rule| row(material, rule)).collect();
    Family {
        name: capital(&material.words.of("family", kind.word())),
        number: material.words.count("method.rules", rules.len() as i64),
        rules,
    }
}

fn row(material: &Material, rule: &Rule) -> Row {
    let (words, settings) = (material.words, &material.programme.settings);
    let here = severity(rule.name, settings);
    let own = words.of("severity", rule.severity.word()).to_lowercase();
    let note = match here {
        Some(here) if here == rule.severity => String::new(),
        _ if settings.rules.contains_key(rule.name) => words.fill("method.set_here", &[("severity", &own)]),
        _ => words.fill("method.softened", &[("severity", &own)]),
    };
    Row {
        name: rule.name,
        severity: here.map_or_else(|| words.say("quality.off"), |here| words.of("severity", here.word())),
        note,
        what: coded::parts(rule.what()),
        why: coded::parts(rule.why()),
    }
}
