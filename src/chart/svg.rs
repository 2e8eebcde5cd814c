//! Writes SVG so that no author's word can become markup: names are literals, everything else is escaped.

use std::fmt;

use crate::source::Html;

/// What is said about a chart as a whole. `id` names the drawing; its title and description are `{id}-title` and
/// `{id}-desc`.
pub struct Frame<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub desc: &'a str,
    pub width: f64,
    pub height: f64,
}

/// The width at which the stylesheet shows a chart in full; wider ones ask for more themselves.
pub const PAGE_WIDTH: f64 = 1184.0;

/// A drawing being written.
pub struct Drawing {
    markup: String,
}

/// The value of an attribute, escaped; numbers have at most one decimal.
pub struct Value(Html);

/// The data of a `path` element.
pub struct Path(String);

pub type Attribute = (&'static str, Value);

/// A whole chart.
pub fn chart(frame: &Frame, draw: impl FnOnce(&mut Drawing)) -> Html {
    let mut drawing = Drawing { markup: String::new() };
    let title = format!("{}-title", frame.id);
    let desc = format!("{}-desc", frame.id);
    let mut attributes = vec![
        ("id", frame.id.into()),
        ("viewBox", format!("0 0 {} {}", number(frame.width), number(frame.height)).into()),
        ("role", "group".into()),
        ("aria-labelledby", title.as_str().into()),
        ("aria-describedby", desc.as_str().into()),
    ];
    if frame.width > PAGE_WIDTH {
        // A wide chart scrolls on a screen and shrinks on paper, so that what it asks for is the stylesheet's to grant.
        attributes.push(("style", format!("--wide:{}px", number(frame.width)).into()));
    }
    drawing.inside("svg", &attributes, |drawing| {
        drawing.words("title", &[("id", title.as_str().into())], frame.title);
        drawing.words("desc", &[("id", desc.as_str().into())], frame.desc);
        draw(drawing);
    });
    drawing.finish()
}

/// A small drawing that says nothing of its own: its facts stand beside it.
pub fn decoration(class: &'static str, width: f64, height: f64, draw: impl FnOnce(&mut Drawing)) -> Html {
    let mut drawing = Drawing { markup: String::new() };
    let attributes = [
        ("class", class.into()),
        ("viewBox", format!("0 0 {} {}", number(width), number(height)).into()),
        ("aria-hidden", "true".into()),
    ];
    drawing.inside("svg", &attributes, draw);
    drawing.finish()
}

impl Drawing {
    /// An element without content.
    pub fn mark(&mut self, name: &'static str, attributes: &[Attribute]) {
        self.open(name, attributes);
        self.markup.push_str("/>");
    }

    /// An element that holds text.
    pub fn words(&mut self, name: &'static str, attributes: &[Attribute], words: &str) {
        self.inside(name, attributes, |drawing| drawing.text(words));
    }

    /// An element that holds others.
    pub fn inside(&mut self, name: &'static str, attributes: &[Attribute], draw: impl FnOnce(&mut Drawing)) {
        self.open(name, attributes);
        self.markup.push('>');
        draw(self);
        self.markup.push_str("</");
        self.markup.push_str(name);
        self.markup.push('>');
    }

    pub fn text(&mut self, words: &str) {
        self.markup.push_str(Html::escaped(words).as_str());
    }

    fn open(&mut self, name: &'static str, attributes: &[Attribute]) {
        self.markup.push('<');
        self.markup.push_str(name);
        for (attribute, Value(value)) in attributes {
            self.markup.push(' ');
            self.markup.push_str(attribute);
            self.markup.push_str("=\"");
            self.markup.push_str(value.as_str());
            self.markup.push('"');
        }
    }

    fn finish(self) -> Html {
        Html::from_safe(self.markup)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Value {
        number(value).into()
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Value {
        Value(Html::escaped(value))
    }
}

impl From<String> for Value {
    fn from(value: String) -> Value {
        value.as_str().into()
    }
}

impl From<Path> for Value {
    fn from(path: Path) -> Value {
        path.0.into()
    }
}

impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl Path {
    pub fn from(x: f64, y: f64) -> Path {
        Path(format!("M{} {}", number(x), number(y)))
    }

    pub fn line(mut self, x: f64, y: f64) -> Path {
        self.0.push_str(&format!("L{} {}", number(x), number(y)));
        self
    }

    pub fn across(mut self, x: f64) -> Path {
        self.0.push_str(&format!("H{}", number(x)));
        self
    }

    pub fn down(mut self, y: f64) -> Path {
        self.0.push_str(&format!("V{}", number(y)));
        self
    }

    pub fn close(mut self) -> Path {
        self.0.push('z');
        self
    }

    /// An arrow's head with its point at `x`, `y`, for a line that runs in direction `dx`, `dy` (of length 1).
    pub fn tip(x: f64, y: f64, dx: f64, dy: f64) -> Path {
        let (back_x, back_y) = (x - 8.0 * dx, y - 8.0 * dy);
        let (side_x, side_y) = (-4.5 * dy, 4.5 * dx);
        Path::from(x, y).line(back_x + side_x, back_y + side_y).line(back_x - side_x, back_y - side_y).close()
    }
}

/// At most one decimal, never `-0`; what is no number is 0, since one bad coordinate would blank a whole path.
fn number(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let mut printed = format!("{value:.1}");
    if printed.ends_with(".0") {
        printed.truncate(printed.len() - 2);
    }
    if printed == "-0" { "0".to_owned() } else { printed }
}

#[cfg(test)]
mod tests {
    use super::{Frame, chart, number};

    #[test]
    fn numbers_are_short_and_never_minus_zero() {
        let check = |value: f64, expected: &str| assert_eq!(number(value), expected);
        check(1.0, "1");
        check(-0.04, "0");
        check(-0.06, "-0.1");
        check(1184.25, "1184.2");
        check(f64::NAN, "0");
        check(f64::INFINITY, "0");
    }

    #[test]
    fn hostile_words_stay_words() {
        let hostile = "</title><script>\"'&";
        let frame = Frame { id: "x", title: hostile, desc: hostile, width: 10.0, height: 10.0 };
        let html = chart(&frame, |drawing| {
            drawing.words("text", &[("class", hostile.into())], hostile);
            drawing.mark("use", &[("href", hostile.to_owned().into())]);
        });
        let escaped = "&lt;/title&gt;&lt;script&gt;&quot;&#39;&amp;";
        assert_eq!(html.as_str().matches(escaped).count(), 5);
        assert!(!html.as_str().contains("<script"));
        assert_eq!(html.as_str().matches("</title>").count(), 1);
    }

    #[test]
    fn only_a_wide_chart_asks_for_its_width() {
        let width = |width: f64| chart(&Frame { id: "x", title: "t", desc: "d", width, height: 10.0 }, |_| ());
        assert!(!width(1184.0).as_str().contains("style"));
        assert!(width(1500.0).as_str().contains(" style=\"--wide:1500px\""));
    }
}
