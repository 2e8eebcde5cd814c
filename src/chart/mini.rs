//! The small bar of a table row: baseline over forecast on the programme's range, read against the data date.

use crate::chart::Window;
use crate::chart::svg::{Drawing, Path, decoration};
use crate::source::Html;

/// One row's windows on the range that all rows of the table share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mini {
    pub range: Window,
    pub baseline: Option<Window>,
    pub forecast: Option<Window>,
    pub critical: bool,
    /// Where the data date lies; not drawn outside the range.
    pub today: Option<f64>,
}

const WIDTH: f64 = 224.0;

/// Nothing but the bars: the row's other cells say the dates.
pub fn draw(mini: &Mini) -> Html {
    decoration("mini", WIDTH, 20.0, |drawing| {
        if let Some((x, width)) = mini.baseline.and_then(|window| bar(mini.range, window)) {
            // A hollow bar's line is drawn on both sides of its edge: half a pixel in keeps it sharp and of the same length.
            rect(drawing, "baseline", (x + 0.5, 2.5), (width - 1.0, 5.0));
        }
        if let Some((x, width)) = mini.forecast.and_then(|window| bar(mini.range, window)) {
            let class = if mini.critical { "forecast critical" } else { "forecast" };
            rect(drawing, class, (x, 10.0), (width, 6.0));
        }
        // A line in the drawing, since a place given by a style attribute would not pass a strict content policy.
        if let Some(today) = mini.today.and_then(|position| fraction(mini.range, position)) {
            let line = Path::from(today * WIDTH, 0.0).down(20.0);
            drawing.mark("path", &[("class", "today".into()), ("d", line.into())]);
        }
    })
}

/// Where `position` lies on the range, from 0 to 1. None outside the range.
fn fraction(range: Window, position: f64) -> Option<f64> {
    let range = range.in_order()?;
    let fraction = (position - range.start) / (range.end - range.start);
    (0.0..=1.0).contains(&fraction).then_some(fraction)
}

fn rect(drawing: &mut Drawing, class: &'static str, (x, y): (f64, f64), (width, height): (f64, f64)) {
    let attributes =
        [("class", class.into()), ("x", x.into()), ("y", y.into()), ("width", width.into()), ("height", height.into())];
    drawing.mark("rect", &attributes);
}

/// Left edge and width in pixels, at least 4 wide so that a single day is seen; None where the window lies outside the range.
fn bar(range: Window, window: Window) -> Option<(f64, f64)> {
    let (range, window) = (range.in_order()?, window.in_order()?);
    if window.end < range.start || window.start > range.end || range.start == range.end {
        return None;
    }
    let pixels =
        |position: f64| (position.clamp(range.start, range.end) - range.start) / (range.end - range.start) * WIDTH;
    let width = (pixels(window.end) - pixels(window.start)).max(4.0);
    Some((pixels(window.start).min(WIDTH - width), width))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::{Mini, draw, fraction};
    use crate::chart::Window;

    const RANGE: Window = Window { start: 0.0, end: 56.0 };

    fn check(baseline: Option<(f64, f64)>, forecast: Option<(f64, f64)>, expected: Expect) {
        let window = |(start, end)| Window { start, end };
        let mini = Mini {
            range: RANGE,
            baseline: baseline.map(window),
            forecast: forecast.map(window),
            critical: true,
            today: None,
        };
        expected.assert_eq(draw(&mini).as_str());
    }

    #[test]
    fn baseline_lies_over_forecast() {
        check(
            Some((0.0, 19.0)),
            Some((7.0, 26.0)),
            expect![[
                r#"<svg class="mini" viewBox="0 0 224 20" aria-hidden="true"><rect class="baseline" x="0.5" y="2.5" width="75" height="5"/><rect class="forecast critical" x="28" y="10" width="76" height="6"/></svg>"#
            ]],
        );
    }

    #[test]
    fn a_day_is_seen_and_stays_inside() {
        check(
            None,
            Some((55.9, 56.0)),
            expect![[
                r#"<svg class="mini" viewBox="0 0 224 20" aria-hidden="true"><rect class="forecast critical" x="220" y="10" width="4" height="6"/></svg>"#
            ]],
        );
    }

    #[test]
    fn what_is_outside_or_no_number_is_not_drawn() {
        check(
            Some((60.0, 70.0)),
            Some((f64::NAN, 3.0)),
            expect![[r#"<svg class="mini" viewBox="0 0 224 20" aria-hidden="true"></svg>"#]],
        );
    }

    #[test]
    fn data_date_is_a_line() {
        let mini = Mini { range: RANGE, baseline: None, forecast: None, critical: false, today: Some(14.0) };
        let drawing =
            r#"<svg class="mini" viewBox="0 0 224 20" aria-hidden="true"><path class="today" d="M56 0V20"/></svg>"#;
        assert_eq!(draw(&mini).as_str(), drawing);
    }

    #[test]
    fn today_is_a_fraction_of_the_range() {
        assert_eq!(fraction(RANGE, 14.0), Some(0.25));
        assert_eq!(fraction(RANGE, 57.0), None);
        assert_eq!(fraction(Window { start: 1.0, end: 1.0 }, 1.0), None);
    }
}
