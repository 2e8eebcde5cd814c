//! What changed since the last frozen version: the few lines that a board reads.

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::reference::Kind;
use crate::site::material::{Link, Mark, Material};
use crate::status::MilestoneStanding;

#[derive(Debug, Clone, Serialize)]
pub struct Changed {
    pub since: String,
    pub lines: Vec<Line>,
    pub more: String,
    pub has_page: bool,
}

/// A milestone, and what is no longer as it was.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    pub id: Link,
    pub colours: Option<(Mark, Mark)>,
    /// "forecast Fri 20 Feb to Fri 27 Feb"; or that it is new, or gone.
    pub text: String,
}

const SHOWN: usize = 6;

/// None where there is no version to compare with.
pub fn of(material: &Material) -> Option<Changed> {
    let before = material.versions.before()?;
    let mut lines = Vec::new();
    for milestone in &material.programme.milestones {
        let id = &milestone.record.id;
        let Some(now) = material.standing.milestones.get(id) else { continue };
        let link = material.link(Kind::Milestone, id);
        let Some(then) = before.standing.milestones.get(id) else {
            lines.push(Line { id: link, colours: None, text: material.words.say("changed.new") });
            continue;
        };
        let colours = (then.colour != now.colour).then(|| (material.mark(then.colour), material.mark(now.colour)));
        let end = |standing: &MilestoneStanding| standing.schedule.forecast.as_ref().and_then(|window| window.end);
        let text = moved(material, end(then), end(now));
        if colours.is_some() || !text.is_empty() {
            lines.push(Line { id: link, colours, text });
        }
    }
    for id in before.standing.milestones.keys().filter(|id| material.programme.milestone(id).is_none()) {
        let link = Link { href: String::new(), text: id.to_string() };
        lines.push(Line { id: link, colours: None, text: material.words.say("changed.gone") });
    }
    let left = lines.len().saturating_sub(SHOWN);
    let more = if left > 0 { material.words.count("changed.more", left as i64) } else { String::new() };
    lines.truncate(SHOWN);
    let since = before.programme.settings.version.clone();
    Some(Changed { since, lines, more, has_page: material.has_page("changes.html") })
}

fn moved(material: &Material, then: Option<NaiveDate>, now: Option<NaiveDate>) -> String {
    let (Some(then), Some(now)) = (then, now) else { return String::new() };
    if then == now {
        return String::new();
    }
    let (from, to) = (material.date_text(then), material.date_text(now));
    material.words.fill("changed.forecast", &[("from", &from), ("to", &to)])
}
