//! The risks: what could stop us?

mod exposure;
mod matrix;
pub mod risk;

use serde::Serialize;

use crate::model::reference::Kind;
use crate::model::risk::{Action, Risk};
use crate::site::View;
use crate::site::material::{Day, Link, Mark, Material, Sentence, capital};
use crate::site::record::{self, Fact};
use crate::site::risks::exposure::ExposureView;
use crate::source::Html;
use crate::status::{Colour, RiskStanding};

#[derive(Debug, Clone, Serialize)]
pub struct RisksView {
    pub lede: Sentence,
    pub is_empty: bool,
    pub matrix: Option<MatrixView>,
    /// None until two versions tell of risks.
    pub exposure: Option<ExposureView>,
    pub above: Vec<Above>,
    /// "3 more above appetite are in the register."
    pub more_above: String,
    pub caption: String,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, Serialize)]
pub struct MatrixView {
    pub title: String,
    pub chart: Html,
    pub notes: Vec<String>,
}

/// A risk above its appetite, told in full.
#[derive(Debug, Clone, Serialize)]
pub struct Above {
    pub id: Link,
    pub title: String,
    pub mark: Mark,
    pub facts: Vec<Fact>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub id: Link,
    pub title: String,
    pub story: String,
    pub mark: Mark,
    pub inherent: String,
    pub now: String,
    pub target: String,
    pub is_above: bool,
    pub owner: String,
    pub milestones: Sentence,
    pub response: String,
    pub reviewed: Day,
    pub is_stale: bool,
    /// Whose it is, as the filters take it; see `Material::whose`.
    pub whose: String,
    /// "38 days": since it was raised, while it is open.
    pub age: String,
}

/// Risks that are told in full; the register has them all.
const TOLD: usize = 2;

/// A risk and where it stands.
pub type Rated<'a> = (&'a Risk, &'a RiskStanding);

pub fn page(material: &Material) -> (&'static str, String, View) {
    let rated = by_score(material);
    let open: Vec<Rated> = rated.iter().copied().filter(|(risk, _)| risk.is_open()).collect();
    let above: Vec<Rated> = open.iter().copied().filter(|(_, standing)| standing.above_appetite).collect();
    let more = above.len().saturating_sub(TOLD);
    let view = RisksView {
        lede: lede(material, &open, &above),
        is_empty: rated.is_empty(),
        matrix: (!open.is_empty()).then(|| matrix::of(material, &open)),
        exposure: exposure::of(material),
        above: above.iter().take(TOLD).map(|(risk, standing)| told(material, risk, standing)).collect(),
        more_above: if more > 0 { material.words.count("risks.more_above", more as i64) } else { String::new() },
        caption: caption(material, &open),
        rows: rated.iter().map(|(risk, standing)| row(material, risk, standing)).collect(),
    };
    ("risks.html", material.words.say("nav.risks"), View::Risks(Box::new(view)))
}

/// Open before closed, above appetite first, then by score, then as people count ids.
fn by_score<'a>(material: &Material<'a>) -> Vec<Rated<'a>> {
    let standings = &material.standing.risks;
    let risks = material.programme.risks.iter();
    let mut rated: Vec<Rated> =
        risks.filter_map(|risk| standings.get(&risk.record.id).map(|standing| (risk, standing))).collect();
    rated.sort_by(|left, right| {
        let rank = |(risk, standing): &Rated| {
            let unscored = standing.score.is_none();
            (!risk.is_open(), !standing.above_appetite, !unscored, std::cmp::Reverse(standing.score))
        };
        rank(left).cmp(&rank(right)).then_with(|| left.0.record.id.cmp(&right.0.record.id))
    });
    rated
}

fn lede(material: &Material, open: &[Rated], above: &[Rated]) -> Sentence {
    let words = material.words;
    if material.programme.risks.is_empty() {
        return Sentence::plain(words.say("risks.empty"));
    }
    if open.is_empty() {
        return Sentence::plain(words.say("risks.all_closed"));
    }
    let total = words.count("risks.open", open.len() as i64);
    let Some((worst, standing)) = above.first() else {
        return Sentence::plain(words.fill("risks.none_above", &[("all", &total)]));
    };
    let id = worst.record.id.as_str();
    let values = [("all", &*total), ("id", id), ("title", &worst.title.value)];
    let key = if above.len() == 1 { "risks.above" } else { "risks.above_worst" };
    let text = words.count_with(key, above.len() as i64, &values);
    let unanswered = above.iter().filter(|(_, standing)| !standing.response_in_date).count();
    let answer = match (above.len(), unanswered) {
        (1, 0) => words.say("risks.answered_one"),
        (_, 0) => words.say("risks.answered_all"),
        (_, unanswered) => words.count("risks.unanswered", unanswered as i64),
    };
    material.sentence(&format!("{text} {answer}"), &standing.reason.rests_on)
}

fn caption(material: &Material, open: &[Rated]) -> String {
    let fresh = open.iter().filter(|(risk, _)| !is_stale(material, risk) && risk.reviewed_on.is_some()).count();
    let cadence = material.programme.settings.cadence_days.to_string();
    let total = open.len().to_string();
    let reviewed = material.words.count_with("risks.reviewed", fresh as i64, &[("all", &total), ("days", &cadence)]);
    let reviewed = if open.is_empty() { String::new() } else { reviewed };
    let oldest = open.iter().filter_map(|(risk, _)| Some((age(material, risk)?, risk.record.id.as_str())));
    // Of those raised on one day, the first on record.
    let oldest = oldest.rev().max_by_key(|(days, _)| *days);
    let oldest = oldest.map(|(days, id)| material.words.count_with("risks.oldest", days, &[("id", id)]));
    let withheld = record::withheld(material, &[Kind::Risk]);
    record::join(&[material.words.say("risks.caption"), reviewed, oldest.unwrap_or_default(), withheld])
}

/// Days since an open risk was raised; None where that is not said.
fn age(material: &Material, risk: &Risk) -> Option<i64> {
    let raised = risk.raised_on.as_ref().filter(|_| risk.is_open())?;
    Some((material.data_date() - raised.value).num_days()).filter(|days| *days >= 0)
}

/// The shape and word of a risk: above or within its appetite, closed, not scored.
pub fn state(material: &Material, risk: &Risk, standing: &RiskStanding) -> Mark {
    let appetite = standing.appetite.to_string();
    let key = match (risk.is_open(), standing.score) {
        (false, _) => "risk.closed",
        (true, None) => "risk.not_scored",
        (true, Some(_)) if standing.above_appetite => "risk.above",
        (true, Some(_)) => "risk.within",
    };
    let colour = if risk.is_open() { standing.colour } else { Colour::Complete };
    material.state(colour, material.words.fill(key, &[("appetite", &appetite)]))
}

fn told(material: &Material, risk: &Risk, standing: &RiskStanding) -> Above {
    let facts = [
        record::words(material, "cause", &risk.cause),
        record::words(material, "event", &risk.event),
        record::words(material, "effect", &risk.effect),
        Some(record::text(material, "score", scores(material, risk, standing))),
        record::person(material, "owner", &risk.owner),
        Some(record::text(material, "response", response(material, risk))),
        record::links(material, "milestones", Kind::Milestone, risk.milestones.iter().map(|id| &id.value)),
    ];
    Above {
        id: material.link(Kind::Risk, &risk.record.id),
        title: risk.title.value.clone(),
        mark: state(material, risk, standing).told_at(material.reason_of(Kind::Risk, &risk.record.id)),
        facts: facts.into_iter().flatten().collect(),
    }
}

/// "inherent 20, now 12, target 8, appetite 9".
fn scores(material: &Material, risk: &Risk, standing: &RiskStanding) -> String {
    let part = |key: &str, score: Option<u8>| {
        score.map(|score| material.words.fill(&format!("risks.score_{key}"), &[("score", &score.to_string())]))
    };
    let written = |score: &Option<crate::source::Spanned<u8>>| score.as_ref().map(|score| score.value);
    let parts = [
        part("inherent", written(&risk.inherent)),
        part("now", standing.score),
        part("target", written(&risk.target)),
        part("appetite", Some(standing.appetite)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn row(material: &Material, risk: &Risk, standing: &RiskStanding) -> Row {
    let score = |score: Option<u8>| score.map_or_else(|| "–".to_string(), |score| score.to_string());
    let written = |field: &Option<crate::source::Spanned<u8>>| score(field.as_ref().map(|score| score.value));
    Row {
        id: material.link(Kind::Risk, &risk.record.id),
        title: risk.title.value.clone(),
        story: story(risk),
        mark: state(material, risk, standing).told_at(material.reason_of(Kind::Risk, &risk.record.id)),
        inherent: written(&risk.inherent),
        now: score(standing.score),
        target: written(&risk.target),
        is_above: standing.above_appetite,
        owner: material.called(&risk.owner).unwrap_or_else(|| material.words.say("nobody")),
        whose: material.whose(risk.actions.iter().map(|action| &action.actionee).chain([&risk.owner])),
        milestones: record::id_list(material, Kind::Milestone, risk.milestones.iter().map(|id| &id.value)),
        response: response(material, risk),
        reviewed: material.day_or(risk.reviewed_on.as_ref().map(|date| date.value), "–"),
        is_stale: risk.is_open() && is_stale(material, risk),
        age: age(material, risk).map_or_else(|| "–".to_string(), |days| material.words.count("risks.age", days)),
    }
}

/// Cause, event and effect in the author's words, one sentence each.
fn story(risk: &Risk) -> String {
    let parts = [&risk.cause, &risk.event, &risk.effect];
    let sentences = parts.into_iter().flatten().map(|words| {
        let text = capital(words.value.trim());
        if text.ends_with(['.', '!', '?', '…']) { text } else { format!("{text}.") }
    });
    sentences.collect::<Vec<_>>().join(" ")
}

/// The response, and the first action that is not done.
fn response(material: &Material, risk: &Risk) -> String {
    let next = risk.actions.iter().find(|action| action.done_on.is_none()).map(|action| action_line(material, action));
    let response = risk.response.as_ref().map(|response| response.value.clone());
    let accepted = risk.acceptance.as_ref().map(|acceptance| {
        let by = material.called(&acceptance.by).unwrap_or_else(|| material.words.say("nobody"));
        let until = acceptance.until.as_ref().map_or_else(|| "–".to_string(), |date| material.date_text(date.value));
        material.words.fill("risks.accepted", &[("by", &by), ("until", &until)])
    });
    let said: Vec<String> = [response, next, accepted].into_iter().flatten().collect();
    match said.is_empty() {
        // Nothing is asked of what is over.
        true if !risk.is_open() => "–".to_string(),
        true => material.words.say("risk.no_response"),
        false => said.join("; "),
    }
}

/// "Partner terms, Finance lead, Fri 27 Feb".
fn action_line(material: &Material, action: &Action) -> String {
    let due = action.due.as_ref().map(|date| material.date_text(date.value));
    let parts = [Some(action.text.value.clone()), material.called(&action.actionee), due];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Last looked at more than a cadence ago.
fn is_stale(material: &Material, risk: &Risk) -> bool {
    let cadence = i64::from(material.programme.settings.cadence_days);
    let age = |date: chrono::NaiveDate| (material.data_date() - date).num_days();
    risk.reviewed_on.as_ref().is_some_and(|date| age(date.value) > cadence)
}

#[cfg(test)]
mod tests {
    use super::RisksView;
    use crate::site::register_sample::{programme, risks, snapshot, texts, with_material};
    use crate::site::{Versions, View, plan};

    fn page(count: usize) -> RisksView {
        let mut programme = programme();
        programme.risks = risks(count);
        with_material(programme, |material| match super::page(material).2 {
            View::Risks(view) => *view,
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn register_holds_every_risk_worst_first() {
        let view = page(100);
        assert_eq!(view.rows.len(), 100);
        let first_within = view.rows.iter().position(|row| !row.is_above).unwrap();
        assert!(view.rows[first_within..].iter().all(|row| !row.is_above));
        let above: Vec<u8> = view.rows[..first_within].iter().map(|row| row.now.parse().unwrap()).collect();
        assert!(above.is_sorted_by(|left, right| left >= right), "{above:?}");
        assert!(view.more_above.starts_with(&(first_within - super::TOLD).to_string()));
        assert_eq!(view.rows.last().unwrap().mark.word, "Closed");
    }

    #[test]
    fn arrows_are_drawn_while_they_can_be_read() {
        let arrows = |count: usize| page(count).matrix.unwrap().chart.as_str().contains("link strong");
        assert!(arrows(8) && !arrows(100));
    }

    #[test]
    fn risks_without_a_score_are_counted_beside_the_matrix() {
        let notes = page(11).matrix.unwrap().notes;
        assert!(notes.iter().any(|note| note.starts_with("1 risk has no place here")), "{notes:?}");
    }

    #[test]
    fn open_risks_say_how_long_they_are_open() {
        let view = page(8);
        let ages: Vec<&str> = view.rows.iter().map(|row| row.age.as_str()).collect();
        expect_test::expect![[r#"
            ["17 days", "17 days", "17 days", "17 days", "17 days", "17 days", "17 days", "17 days"]
            Above appetite first, then by score, highest first; closed ones last. 7 of 8 were reviewed within 7 days. The oldest, R-02, has been open for 17 days."#]].assert_eq(&format!("{ages:?}\n{}", view.caption));
    }

    #[test]
    fn exposure_falls_from_version_to_version() {
        let mut earlier = programme();
        earlier.settings.version = "0.9".into();
        earlier.settings.data_date.date = crate::site::sample::day("2026-02-06");
        earlier.risks = risks(8);
        let mut now = programme();
        now.risks = risks(6);
        let (earlier, now) = (snapshot(earlier), snapshot(now));
        let versions = Versions { earlier: vec![earlier], ..Versions::alone(&now) };
        let pages = plan(&now, &versions, &texts());
        let Some(View::Risks(view)) = pages.into_iter().find(|page| page.url == "risks.html").map(|page| page.view)
        else {
            panic!("risks")
        };
        let rows = view.exposure.unwrap().rows.into_iter().map(|row| {
            format!(
                "{} {} open, {} above, {} in all, {} above\n",
                row.version, row.open, row.above, row.exposure, row.exposure_above
            )
        });
        expect_test::expect![[r#"
            0.9 8 open, 6 above, 68 in all, 66 above
            1.00 6 open, 4 above, 46 in all, 44 above
        "#]]
        .assert_eq(&rows.collect::<String>());
    }

    #[test]
    fn no_risk_and_one_risk_read_well() {
        let none = page(0);
        assert!(none.is_empty && none.matrix.is_none());
        let one = page(1);
        assert_eq!(one.lede.0[0].text, "None of 1 open risk lies above appetite.");
        assert!(one.exposure.is_none());
        assert_eq!(one.matrix.unwrap().title, "Where the open risk stands");
    }
}
