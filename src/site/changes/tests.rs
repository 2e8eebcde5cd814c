//! What the Changes page says of small differences to the sample programme.

use std::sync::Arc;

use expect_test::{Expect, expect};

use crate::model::milestone::Side;
use crate::model::{Programme, Visibility};
use crate::render::theme::Theme;
use crate::site::changes::ChangesView;
use crate::site::sample::{self, spanned};
use crate::site::{self, Versions, View, withhold};
use crate::status::{Colour, Standing};
use crate::version::Snapshot;

/// The page of the sample after `edit`, compared with the sample as it was.
fn view(edit: impl FnOnce(&mut Programme, &mut Standing)) -> ChangesView {
    let before = sample::snapshot();
    let (mut programme, mut standing) = ((*before.programme).clone(), (*before.standing).clone());
    edit(&mut programme, &mut standing);
    let now = Snapshot { programme: Arc::new(programme), standing: Arc::new(standing), ..before.clone() };
    told(&now, Some(before))
}

fn told(now: &Snapshot, before: Option<Snapshot>) -> ChangesView {
    let versions = Versions { earlier: before.into_iter().collect(), ..Versions::alone(now) };
    let mut pages = site::plan(now, &versions, Theme::embedded().words()).into_iter();
    let page = pages.find(|page| page.url == "changes.html").unwrap();
    let View::Changes(view) = page.view else { panic!("changes.html tells changes") };
    *view
}

fn check(edit: impl FnOnce(&mut Programme, &mut Standing), expected: Expect) {
    let view = view(edit);
    let since = view.since.as_ref().unwrap();
    let mut lines = vec![view.lede.clone()];
    for (moves, name) in [(&since.dates, "date"), (&since.colours, "colour")] {
        lines.extend(moves.rows.iter().map(|row| {
            let record = row.record.as_ref().map_or("", |record| &record.text);
            let reason: String = row.reason.0.iter().map(|run| run.text.as_str()).collect();
            format!("{name}: {record} {}| {} | {} | {} | {reason}", row.what, row.from, row.to, row.moved)
        }));
        lines.push(format!("{name}s: {}", moves.caption));
    }
    lines.extend(since.criteria.rows.iter().map(|row| {
        let reason: String = row.reason.0.iter().map(|run| run.text.as_str()).collect();
        format!("criterion: {} {} ({}) | {} | {reason}", row.change, row.id.text, row.how, row.days)
    }));
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn without_a_frozen_version_there_is_nothing_to_compare_with() {
    let view = told(&sample::snapshot(), None);
    assert!(view.since.is_none());
    assert_eq!(view.lede, "No version is issued, so there is nothing to compare with.");
}

#[test]
fn nothing_but_the_date_differs() {
    check(
        |_, _| {},
        expect![[r#"
        Nothing differs from 1.00 but the data date.
        dates: Forecasts beside those of the version before, in working days; lateness against the baseline is another figure. The forecasts of M1, M2, M3, M4 and M5 did not move.
        colours: M1 stays complete. M3, M4 and M5 stay on plan. M2 stays amber."#]],
    );
}

#[test]
fn lede_tells_the_finish_the_colours_and_what_became_easier() {
    check(
        |programme, standing| {
            standing.programme.finish = Some(sample::day("2026-03-27"));
            let milestone = standing.milestones.get_mut(&programme.milestones[2].record.id).unwrap();
            milestone.schedule.exit_gate_date = Some(sample::day("2026-03-27"));
            milestone.colour = Colour::Red;
            let criteria = &mut programme.milestones[1].exit.criteria;
            criteria.remove(3);
            criteria[0].text = spanned("Pipelines".to_string());
            assert_eq!(programme.milestones[1].gate(Side::Exit).criteria.len(), 4);
        },
        expect![[r#"
            The finish moved 5 working days later, 1 milestone got worse and 2 criteria were removed or weakened.
            date: M3 exit gate| Fri 6 Mar | Fri 27 Mar | +15 | No reason given
            date:  Programme finish| Fri 20 Mar | Fri 27 Mar | +5 | No reason given
            dates: Forecasts beside those of the version before, in working days; lateness against the baseline is another figure. Nothing moved earlier. The forecasts of M1, M2, M4 and M5 did not move.
            colour: M3 | On plan | Red | Worse | M3 stands at its exit gate
            colours: M1 stays complete. M4 and M5 stay on plan. M2 stays amber.
            criterion: Removed M2-X4 () | 5 working days | No reason given; no evidence had been accepted for it
            criterion: Weakened M2-X1 (words dropped) | 5 working days | No reason given; evidence had been accepted for it"#]],
    );
}

#[test]
fn what_is_withheld_is_in_no_change() {
    let mut programme = sample::programme(true);
    programme.risks[1].record.visibility = Visibility::Restricted;
    let full = sample::of(programme.clone());
    programme.risks[1].title = spanned("SECRET".to_string());
    programme.risks[1].residual = Some(spanned(25));
    let now = withhold(sample::of(programme), Visibility::Public);
    let view = told(&now, Some(withhold(full, Visibility::Public)));
    assert_eq!(view.lede, "Nothing differs from 1.00 but the data date.");
    assert!(!format!("{view:?}").contains("R-02"));
}
