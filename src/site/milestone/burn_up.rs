//! The burn-up of one milestone: criteria met of those asked for, from version to version and by the days of acceptance.

use chrono::NaiveDate;
use serde::Serialize;

use crate::chart::lines::{self, Course, End, Line, Lines, Point, Size};
use crate::chart::scale;
use crate::model::id::Id;
use crate::model::milestone::{Milestone, Side};
use crate::site::material::Material;
use crate::site::reports;
use crate::site::timeline::axis;
use crate::source::Html;
use crate::status::{CriterionState, MilestoneStanding};

#[derive(Debug, Clone, Serialize)]
pub struct BurnUpView {
    pub chart: Html,
    /// Oldest first.
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub day: String,
    /// The version that says so; empty for a day on which evidence was accepted.
    pub version: String,
    pub met: usize,
    pub mandatory: usize,
}

/// What held on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Count<'a> {
    date: NaiveDate,
    version: &'a str,
    met: usize,
    mandatory: usize,
}

/// None where nothing is asked for, or all that is known is one day.
pub fn of(material: &Material, milestone: &Milestone) -> Option<BurnUpView> {
    let counts = counts(material, milestone);
    if counts.len() < 2 || counts.iter().all(|count| count.mandatory == 0) {
        return None;
    }
    let rows = counts.iter().map(|count| Row {
        day: material.full_date_text(count.date),
        version: count.version.to_string(),
        met: count.met,
        mandatory: count.mandatory,
    });
    Some(BurnUpView { chart: lines::draw(&chart(material, milestone, &counts)), rows: rows.collect() })
}

/// The two gates together, at each report; between two reports, one more for every day on which proof was accepted.
fn counts<'a>(material: &'a Material, milestone: &Milestone) -> Vec<Count<'a>> {
    let accepted = accepted(material, milestone);
    let mut counts: Vec<Count> = Vec::new();
    for report in reports::of(material) {
        let Some(standing) = report.standing.milestones.get(&milestone.record.id) else { continue };
        let date = reports::data_date(&report);
        let (met, mandatory) = gates(standing);
        let (since, before) = counts.last().map_or((NaiveDate::MIN, 0), |count| (count.date, count.met));
        let between = accepted.iter().filter(|accepted| (since < **accepted) && (**accepted < date));
        for (index, accepted) in between.enumerate() {
            let met = (before + index + 1).min(met);
            counts.retain(|count| count.date != *accepted);
            counts.push(Count { date: *accepted, version: "", met, mandatory });
        }
        counts.push(Count { date, version: reports::version(&report), met, mandatory });
    }
    counts
}

fn gates(standing: &MilestoneStanding) -> (usize, usize) {
    let (entry, exit) = (&standing.entry, &standing.exit);
    (entry.met + exit.met, entry.mandatory + exit.mandatory)
}

/// When the evidence was accepted on which its met criteria rest today, earliest first.
fn accepted(material: &Material, milestone: &Milestone) -> Vec<NaiveDate> {
    let criteria = Side::BOTH.into_iter().flat_map(|side| &milestone.gate(side).criteria);
    let on = |id: &Id| {
        let standing = material.standing.criteria.get(id).filter(|it| it.state == CriterionState::Met)?;
        let evidence = material.index.evidence.get(standing.counting.as_ref()?)?;
        evidence.accepted_on.as_ref().map(|date| date.value)
    };
    let mut dates: Vec<NaiveDate> =
        criteria.filter(|criterion| criterion.mandatory).filter_map(|criterion| on(&criterion.id)).collect();
    dates.sort();
    dates
}

fn chart(material: &Material, milestone: &Milestone, counts: &[Count]) -> Lines {
    let words = material.words;
    let line = |key: &str, of: fn(&Count) -> usize, is_strong: bool| Line {
        points: counts.iter().map(|count| Point { across: scale::end_of(count.date), up: of(count) as f64 }).collect(),
        course: Course::Steps,
        end: End::Open,
        is_strong,
        href: String::new(),
        label: counts.last().map(of).unwrap_or_default().to_string(),
        note: words.say(key),
    };
    let most = counts.iter().map(|count| count.mandatory.max(count.met)).max().unwrap_or_default();
    let (first, last) = (counts[0], counts[counts.len() - 1]);
    let (id, day) = (milestone.record.id.as_str(), material.full_date_text(last.date));
    let (met, mandatory) = (last.met.to_string(), last.mandatory.to_string());
    let values = [("id", id), ("day", &*day), ("met", &*met), ("mandatory", &*mandatory)];
    Lines {
        id: "bu",
        title: words.fill("burn_up.title", &values),
        desc: words.fill("burn_up.desc", &values),
        size: Size::Half,
        across: scale::dates(first.date, last.date, 5, &axis::words(words)),
        up: scale::counts(most as u64),
        across_word: String::new(),
        up_word: words.say("burn_up.up"),
        has_diagonal: false,
        lines: vec![
            line("burn_up.mandatory", |count| count.mandatory, false),
            line("burn_up.met", |count| count.met, true),
        ],
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use expect_test::{Expect, expect};

    use super::BurnUpView;
    use crate::model::Programme;
    use crate::site::register_sample::{programme, snapshot, texts};
    use crate::site::{Versions, View, plan};

    type Change = fn(&mut Programme);

    /// M2 in the sample, and in a version so many days before it that is changed so.
    fn burn_up(before: Option<(u64, Change)>, change: Change) -> Option<BurnUpView> {
        let mut now = programme();
        change(&mut now);
        let earlier = before.map(|(days, change)| {
            let mut then = programme();
            then.settings.version = "0.9".into();
            then.settings.data_date.date = then.settings.data_date.date - Days::new(days);
            change(&mut then);
            snapshot(then)
        });
        let now = snapshot(now);
        let versions = Versions { earlier: earlier.into_iter().collect(), ..Versions::alone(&now) };
        let page = plan(&now, &versions, &texts()).into_iter().find(|page| page.url == "m/M2.html")?;
        match page.view {
            View::Milestone(view) => view.burn_up,
            other => panic!("{other:?}"),
        }
    }

    fn check(view: Option<BurnUpView>, expected: Expect) {
        let rows = view.into_iter().flat_map(|view| view.rows);
        let rows = rows.map(|row| format!("{} {}: {} of {}\n", row.day, row.version, row.met, row.mandatory));
        expected.assert_eq(&rows.collect::<String>());
    }

    #[test]
    fn days_of_acceptance_stand_between_versions() {
        check(
            burn_up(Some((14, |_| ())), |_| ()),
            expect![[r#"
            Fri 6 Feb 2026 0.9: 0 of 7
            Thu 19 Feb 2026 : 2 of 7
            Fri 20 Feb 2026 1.00: 2 of 7
        "#]],
        );
    }

    #[test]
    fn a_criterion_that_was_added_shows_as_more_to_meet() {
        check(
            burn_up(Some((14, |then| then.milestones[1].exit.criteria.truncate(2))), |_| ()),
            expect![[r#"
                Fri 6 Feb 2026 0.9: 0 of 4
                Thu 19 Feb 2026 : 2 of 7
                Fri 20 Feb 2026 1.00: 2 of 7
            "#]],
        );
    }

    #[test]
    fn one_day_is_no_line() {
        assert!(burn_up(None, |now| now.evidence.clear()).is_none());
    }
}
