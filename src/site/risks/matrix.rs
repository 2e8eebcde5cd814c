//! The open risks as a matrix of probability by impact.

use crate::chart::risk_matrix::{self, Cell, Levels, RiskMatrix, Words};
use crate::model::reference::Kind;
use crate::model::risk::{Level, Risk};
use crate::site::material::Material;
use crate::site::risks::{MatrixView, Rated};
use crate::source::Spanned;

/// Ids that the description names; a longer list is no longer heard.
const NAMED: usize = 12;

/// Where more lie above appetite there are no arrows: they would hide the ids that they lead to.
const MOVED: usize = 8;

/// Highest first, so that those fill a crowded cell first.
pub fn of(material: &Material, open: &[Rated]) -> MatrixView {
    let words = material.words;
    let placed: Vec<(&Rated, Cell)> =
        open.iter().filter_map(|rated| place(rated.0, rated.1.score?).map(|cell| (rated, cell))).collect();
    let above = placed.iter().filter(|(rated, _)| rated.1.above_appetite).count();
    let mark = if above > MOVED { still } else { moved };
    let matrix = RiskMatrix {
        id: "rm",
        title: words.say("risks.chart_title"),
        desc: desc(material, open),
        probability: levels(material, "probability"),
        impact: levels(material, "impact"),
        appetite: material.programme.settings.appetite.default,
        risks: placed.iter().map(|(rated, cell)| mark(material, rated, *cell)).collect(),
        more_href: "#register".to_string(),
        words: Words {
            inherent: words.say("risks.inherent_word"),
            target: words.say("risks.target_word"),
            more: words.say("risks.more_word"),
        },
    };
    let unplaced = open.len() - placed.len();
    let arrows = match above {
        0 => String::new(),
        above if above <= MOVED => words.say("risks.arrows"),
        above => words.count("risks.no_arrows", above as i64),
    };
    let note = words.fill("risks.chart_note", &[("appetite", &matrix.appetite.to_string())]);
    let mut notes: Vec<String> = [note, arrows].into_iter().filter(|note| !note.is_empty()).collect();
    notes.extend(own_appetites(material));
    if unplaced > 0 {
        notes.push(words.count("risks.unplaced", unplaced as i64));
    }
    let title = words.count("risks.matrix_title", open.len() as i64);
    MatrixView { title, chart: risk_matrix::draw(&matrix), notes }
}

/// Without arrows.
fn still(material: &Material, (risk, _): &Rated, residual: Cell) -> risk_matrix::Risk {
    let id = risk.record.id.to_string();
    risk_matrix::Risk {
        title: format!("{id} {}", risk.title.value),
        href: material.link(Kind::Risk, &risk.record.id).href,
        id,
        residual,
        inherent: None,
        target: None,
    }
}

/// With arrows, where it lies above its appetite: where it came from, and where it is to go.
fn moved(material: &Material, rated: &Rated, residual: Cell) -> risk_matrix::Risk {
    let shown = |score: &Option<Spanned<u8>>| {
        let score = score.as_ref().filter(|_| rated.1.above_appetite)?;
        place(rated.0, score.value)
    };
    let (inherent, target) = (shown(&rated.0.inherent), shown(&rated.0.target));
    risk_matrix::Risk { inherent, target, ..still(material, rated, residual) }
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
    let by_impact =
        impact.filter(|impact| score.is_multiple_of(*impact)).and_then(|impact| Cell::new(score / impact, impact));
    let by_probability = probability.filter(|probability| score.is_multiple_of(*probability));
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

#[cfg(test)]
mod tests {
    use super::place;
    use crate::chart::risk_matrix::Cell;
    use crate::site::register_sample::risks;
    use crate::site::sample::spanned;

    #[test]
    fn score_that_is_not_the_product_keeps_its_impact() {
        let mut risk = risks(1).remove(0);
        let set = |step: u8| Some(spanned(crate::model::risk::Level { said: step.to_string(), step }));
        (risk.probability, risk.impact) = (set(5), set(4));
        assert_eq!(place(&risk, 20), Cell::new(5, 4));
        assert_eq!(place(&risk, 12), Cell::new(3, 4));
        assert_eq!(place(&risk, 10), Cell::new(5, 2));
        assert_eq!(place(&risk, 7), None);
        risk.probability = None;
        assert_eq!(place(&risk, 8), Cell::new(2, 4));
    }
}
