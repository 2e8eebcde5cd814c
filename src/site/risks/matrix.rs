//! The open risks as a matrix of probability by impact.

use crate::chart::risk_matrix::{self, Cell, Levels, RiskMatrix, Words};
use crate::model::reference::Kind;
use crate::model::risk::{Level, Risk};
use crate::site::material::Material;
use crate::site::risks::{MatrixView, Rated};
use crate::source::Spanned;

/// Ids that the description names; a longer list is no longer heard.
const NAMED: usize = 12;

/// Highest first, so that those fill a crowded cell first.
pub fn of(material: &Material, open: &[Rated]) -> MatrixView {
    let words = material.words;
    let placed: Vec<(&Rated, Cell)> =
        open.iter().filter_map(|rated| place(rated.0, rated.1.score?).map(|cell| (rated, cell))).collect();
    let matrix = RiskMatrix {
        id: "rm",
        title: words.say("risks.chart_title"),
        desc: desc(material, open),
        probability: levels(material, "probability"),
        impact: levels(material, "impact"),
        appetite: material.programme.settings.appetite.default,
        risks: placed.iter().map(|(rated, cell)| mark(material, rated, *cell)).collect(),
        words: Words { inherent: words.say("risks.inherent_word"), target: words.say("risks.target_word") },
    };
    let unplaced = open.len() - placed.len();
    let mut notes = vec![words.fill("risks.chart_note", &[("appetite", &matrix.appetite.to_string())])];
    notes.extend(own_appetites(material));
    if unplaced > 0 {
        notes.push(words.count("risks.unplaced", unplaced as i64));
    }
    let title = words.count("risks.matrix_title", open.len() as i64);
    MatrixView { title, chart: risk_matrix::draw(&matrix), notes }
}

fn mark(material: &Material, (risk, standing): &Rated, residual: Cell) -> risk_matrix::Risk {
    let shown = |score: &Option<Spanned<u8>>| {
        let score = score.as_ref().filter(|_| standing.above_appetite)?;
        place(risk, score.value)
    };
    let id = risk.record.id.to_string();
    risk_matrix::Risk {
        title: format!("{id} {}", risk.title.value),
        href: material.link(Kind::Risk, &risk.record.id).href,
        id,
        residual,
        inherent: shown(&risk.inherent),
        target: shown(&risk.target),
    }
}

/// The cell of a score. Where the score is not the product of the written levels, impact is taken as unchanged if it
/// divides the score, else probability; None where neither does.
fn place(risk: &Risk, score: u8) -> Option<Cell> {
    let step = |level: &Option<Spanned<Level>>| level.as_ref().map(|level| level.value.step).filter(|step| *step > 0);
    let (probability, impact) = (step(&risk.probability), step(&risk.impact));
    if let (Some(probability), Some(impact)) = (probability, impact)
        && probability * impact == score
    {
        return Cell::new(probability, impact);
    }
    let by_impact = impact.filter(|impact| score % impact == 0).and_then(|impact| Cell::new(score / impact, impact));
    let by_probability = probability.filter(|probability| score % probability == 0);
    by_impact.or_else(|| by_probability.and_then(|probability| Cell::new(probability, score / probability)))
}

fn levels(material: &Material, family: &str) -> Levels {
    let level = |step: u8| material.words.of(family, &step.to_string());
    Levels { name: material.words.of(family, "name"), levels: [1, 2, 3, 4, 5].map(level) }
}

fn desc(material: &Material, open: &[Rated]) -> String {
    let stands = |(risk, standing): &Rated| {
        let score = standing.score.map_or_else(|| "–".to_string(), |score| score.to_string());
        material.words.fill("risks.desc_one", &[("id", risk.record.id.as_str()), ("score", &score)])
    };
    let mut named: Vec<String> = open.iter().take(NAMED).map(stands).collect();
    if open.len() > NAMED {
        named.push(material.words.count("risks.desc_more", (open.len() - NAMED) as i64));
    }
    let appetite = material.programme.settings.appetite.default.to_string();
    let above = open.iter().filter(|(_, standing)| standing.above_appetite).count() as i64;
    material.words.count_with("risks.desc", above, &[("appetite", &appetite), ("risks", &material.words.list(&named))])
}

/// Categories whose appetite is another, where an open risk has one: the drawn line is not theirs.
fn own_appetites(material: &Material) -> Option<String> {
    let appetite = &material.programme.settings.appetite;
    let own = appetite.categories.iter().filter(|(_, limit)| **limit != appetite.default);
    let own = own.map(|(category, limit)| {
        material.words.fill("risks.own_appetite", &[("category", category), ("appetite", &limit.to_string())])
    });
    let own: Vec<String> = own.collect();
    (!own.is_empty()).then(|| material.words.fill("risks.own_appetites", &[("list", &material.words.list(&own))]))
}
