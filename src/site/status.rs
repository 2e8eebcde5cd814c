//! The home page: are we going to make it, and what do you need from me?

mod changed;
mod needs;

use chrono::Days;
use serde::Serialize;

use crate::finding::Severity;
use crate::model::milestone::Milestone;
use crate::model::reference::Kind;
use crate::site::View;
use crate::site::material::{Day, Link, Mark, Material, Sentence};
use crate::site::risks;
use crate::site::status::changed::Changed;
use crate::site::status::needs::Need;
use crate::site::todo::first::{self, FirstEdit};
use crate::source::Html;
use crate::status::{Colour, ConditionState, MilestoneStanding, Schedule};

/// Prints to one A4, so each list is cut and says how much is left.
#[derive(Debug, Clone, Serialize)]
pub struct StatusView {
    pub mark: Mark,
    pub lede: Sentence,
    pub is_plan: bool,
    pub method: bool,
    pub finish: Option<Finish>,
    pub counts: Vec<Count>,
    pub confidence: Option<SignedConfidence>,
    pub first: Option<FirstEdit>,
    pub needs: Vec<Need>,
    pub more_needs: String,
    pub changed: Option<Changed>,
    pub milestones: Vec<Row>,
    pub milestones_caption: String,
    /// Those that are complete or stopped, where they are few enough to name.
    pub done: Vec<Link>,
    pub done_lede: String,
    pub milestones_after: String,
    pub risks: Vec<RiskRow>,
    pub risks_after: String,
    pub conditions: Conditions,
    pub quality: String,
    pub has_quality_page: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Finish {
    pub day: Day,
    pub note: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Count {
    pub mark: Mark,
    pub is_zero: bool,
}

/// An opinion: words, signed and dated; it has no shape, so that it is never read as a computed colour.
#[derive(Debug, Clone, Serialize)]
pub struct SignedConfidence {
    pub level: String,
    pub signed: String,
    pub text: String,
    pub divergence: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub id: Link,
    pub name: String,
    pub mark: Mark,
    pub reason: Sentence,
    pub baseline: String,
    pub forecast: String,
    pub moved: String,
    pub is_moved: bool,
    /// Only where it is negative: nothing else says that the finish waits.
    pub float: String,
    /// Baseline over forecast on the range that all rows share; empty without dates.
    pub bars: Html,
}

#[derive(Debug, Clone, Serialize)]
pub struct RiskRow {
    pub id: Link,
    pub title: String,
    pub mark: Mark,
    pub score: String,
    pub is_above: bool,
    pub next: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Conditions {
    pub lede: String,
    pub items: Vec<ConditionLine>,
    pub after: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct ConditionLine {
    pub id: Link,
    pub text: String,
    pub owner: String,
    pub due: Option<Day>,
    pub is_overdue: bool,
}

const SHOWN_NEEDS: usize = 3;
const SHOWN_MILESTONES: usize = 6;
const NAMED_DONE: usize = 8;
const SHOWN_RISKS: usize = 3;
const SHOWN_CONDITIONS: usize = 3;

pub fn page(material: &Material) -> (&'static str, String, View) {
    let standing = &material.standing.programme;
    let mark = material.mark(standing.colour);
    let title = material.words.fill("status.title", &[("state", &mark.word)]);
    let mut needs = needs::of(material);
    let more_needs = more(material, "status.more_needs", needs.len(), SHOWN_NEEDS);
    needs.truncate(SHOWN_NEEDS);
    let (milestones, milestones_caption, milestones_after) = milestones(material);
    let (done, done_lede) = done(material);
    let (risks, risks_after) = risks(material);
    let method = material.has_page("method.html");
    let view = StatusView {
        mark: mark.told_at(method.then(|| "method.html#roll-up".to_string())),
        lede: material.reason(&standing.reason),
        is_plan: standing.is_plan,
        method,
        finish: finish(material),
        counts: counts(material),
        confidence: confidence(material),
        first: if standing.is_plan { first::of(material) } else { None },
        needs,
        more_needs,
        changed: changed::of(material),
        milestones,
        milestones_caption,
        done,
        done_lede,
        milestones_after,
        risks,
        risks_after,
        conditions: conditions(material),
        quality: quality(material),
        has_quality_page: material.has_page("quality.html"),
    };
    ("status.html", title, View::Status(Box::new(view)))
}

/// "2 more are on …"; empty where all are shown.
fn more(material: &Material, key: &str, all: usize, shown: usize) -> String {
    if all <= shown { String::new() } else { material.words.count(key, (all - shown) as i64) }
}

fn finish(material: &Material) -> Option<Finish> {
    let standing = &material.standing.programme;
    let day = material.full_day(standing.finish?);
    let note = match standing.slip {
        None => String::new(),
        Some(0) => material.words.say("status.on_baseline"),
        Some(slip) if slip > 0 => material.words.count("status.after_baseline", slip),
        Some(slip) => material.words.count("status.before_baseline", -slip),
    };
    Some(Finish { day, note })
}

fn counts(material: &Material) -> Vec<Count> {
    let counts = &material.standing.programme.counts;
    let of = |colour: Colour| {
        let number = counts.get(&colour).copied().unwrap_or(0);
        let word = material.words.of("colour_count", colour.code());
        Count { mark: material.state(colour, format!("{number} {word}")), is_zero: number == 0 }
    };
    let (some, none): (Vec<Count>, Vec<Count>) = Colour::ALL.map(of).into_iter().partition(|count| !count.is_zero);
    // A stopped milestone is rare enough that its absence need not be said.
    some.into_iter().chain(none.into_iter().filter(|count| count.mark.colour != Colour::Stopped.code())).collect()
}

fn confidence(material: &Material) -> Option<SignedConfidence> {
    let standing = material.standing.programme.confidence.as_ref()?;
    let signed = material.programme.confidences.iter().find(|signed| signed.record.id == standing.id)?;
    let level = serde_json::to_value(signed.level.as_ref()?.value).ok()?;
    let by = material.called(&signed.by).unwrap_or_else(|| material.words.say("nobody"));
    let date = signed.date.as_ref().map(|date| material.date_text(date.value)).unwrap_or_default();
    Some(SignedConfidence {
        level: material.words.of("confidence_level", level.as_str().unwrap_or_default()),
        signed: material.words.fill("status.signed", &[("by", &by), ("date", &date)]),
        text: signed.text.as_ref().map(|text| text.value.clone()).unwrap_or_default(),
        divergence: standing.divergence.clone(),
    })
}

fn milestones(material: &Material) -> (Vec<Row>, String, String) {
    let until = material.data_date() + Days::new(90);
    let all = material.programme.milestones.iter().filter_map(|milestone| {
        material.standing.milestones.get(&milestone.record.id).map(|standing| (milestone, standing))
    });
    // What has no date may be as near as anything: it is shown.
    let is_near = |standing: &MilestoneStanding| standing.schedule.effective_forecast.is_none_or(|date| date <= until);
    let (mut near, rest): (Vec<_>, Vec<_>) = all.partition(|(_, standing)| !is_done(standing) && is_near(standing));
    // What is reached, and has something against it all the same, comes after what is still to be reached.
    near.sort_by_key(|(_, standing)| {
        let Schedule { actual, effective_forecast, .. } = &standing.schedule;
        (actual.is_some(), effective_forecast.is_none(), *effective_forecast)
    });
    let rows =
        near.iter().take(SHOWN_MILESTONES).map(|(milestone, standing)| row(material, milestone, standing)).collect();
    let later = rest.iter().filter(|(_, standing)| !is_done(standing)).count();
    let mut after = Vec::new();
    if near.len() > SHOWN_MILESTONES {
        after.push(more(material, "status.more_milestones", near.len(), SHOWN_MILESTONES));
    }
    if later > 0 {
        after.push(material.words.count("status.later_milestones", later as i64));
    }
    let caption = material.words.fill("status.milestones_caption", &[("date", &material.full_date_text(until))]);
    (rows, caption, after.join(" "))
}

fn is_done(standing: &MilestoneStanding) -> bool {
    matches!(standing.colour, Colour::Complete | Colour::Stopped)
}

/// What is behind, and in no row: by name while that is a line, then by number.
fn done(material: &Material) -> (Vec<Link>, String) {
    let ids = material.programme.milestones.iter().map(|milestone| &milestone.record.id);
    let done: Vec<_> = ids.filter(|id| material.standing.milestones.get(*id).is_some_and(is_done)).collect();
    let count = done.len() as i64;
    match done.len() {
        0 => (Vec::new(), String::new()),
        1..=NAMED_DONE => (
            done.into_iter().map(|id| material.link(Kind::Milestone, id)).collect(),
            material.words.count("status.done_named", count),
        ),
        _ => (Vec::new(), material.words.count("status.done_milestones", count)),
    }
}

fn row(material: &Material, milestone: &Milestone, standing: &MilestoneStanding) -> Row {
    let schedule = &standing.schedule;
    Row {
        id: material.link(Kind::Milestone, &milestone.record.id),
        name: milestone.name.value.clone(),
        mark: material.mark(standing.colour).told_at(material.why(&milestone.record.id)),
        reason: material.reason_without(&standing.reason, &milestone.record.id),
        baseline: material.window_end(schedule.baseline.as_ref()),
        forecast: schedule
            .effective_forecast
            .map_or_else(|| material.window_end(schedule.forecast.as_ref()), |date| material.date_text(date)),
        moved: material.slip(schedule),
        is_moved: schedule.slip.is_some_and(|slip| slip > 0),
        float: schedule
            .total_float
            .filter(|days| *days < 0)
            .map_or_else(String::new, |days| material.words.fill("status.float", &[("days", &material.signed(days))])),
        bars: crate::site::timeline::bars(material, schedule),
    }
}

fn risks(material: &Material) -> (Vec<RiskRow>, String) {
    let open = material.programme.risks.iter().filter(|risk| risk.is_open());
    let mut open: Vec<_> =
        open.filter_map(|risk| material.standing.risks.get(&risk.record.id).map(|standing| (risk, standing))).collect();
    open.sort_by_key(|(_, standing)| std::cmp::Reverse((standing.above_appetite, standing.score)));
    let after = more(material, "status.more_risks", open.len(), SHOWN_RISKS);
    let rows = open.iter().take(SHOWN_RISKS).map(|(risk, standing)| {
        let next = risk.actions.iter().find(|action| action.done_on.is_none());
        let response = || risk.response.as_ref().map(|response| response.value.clone());
        RiskRow {
            id: material.link(Kind::Risk, &risk.record.id),
            title: risk.title.value.clone(),
            mark: risks::state(material, risk, standing).told_at(material.reason_of(Kind::Risk, &risk.record.id)),
            score: standing.score.map_or_else(|| "–".to_string(), |score| score.to_string()),
            is_above: standing.above_appetite,
            next: next
                .map(|action| action_line(material, action))
                .or_else(response)
                .unwrap_or_else(|| material.words.say("risk.no_response")),
        }
    });
    (rows.collect(), after)
}

/// "Partner terms, Finance lead, Fri 27 Feb".
fn action_line(material: &Material, action: &crate::model::risk::Action) -> String {
    let due = action.due.as_ref().map(|date| material.date_text(date.value));
    let parts = [Some(action.text.value.clone()), material.called(&action.actionee), due];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn conditions(material: &Material) -> Conditions {
    let conditions = material.programme.decisions.iter().flat_map(|decision| &decision.conditions);
    let state = |id| material.standing.conditions.get(id).map(|standing| standing.state);
    let mut open: Vec<_> = conditions
        .filter_map(|condition| state(&condition.id).map(|state| (condition, state)))
        .filter(|(_, state)| *state != ConditionState::Closed)
        .collect();
    open.sort_by_key(|(condition, state)| {
        let due = condition.due.as_ref().map(|date| date.value);
        (*state != ConditionState::Overdue, due.is_none(), due)
    });
    let overdue = open.iter().filter(|(_, state)| *state == ConditionState::Overdue).count();
    let lede = match (overdue, open.len()) {
        (0, 0) => material.words.say("status.no_conditions"),
        (0, open) => material.words.count("status.open_conditions", open as i64),
        (overdue, _) => material.words.count("status.overdue_conditions", overdue as i64),
    };
    let items = open.iter().take(SHOWN_CONDITIONS).map(|(condition, state)| ConditionLine {
        id: material.link(Kind::Condition, &condition.id),
        text: condition.text.as_ref().map(|text| text.value.clone()).unwrap_or_default(),
        owner: material.called(&condition.owner).unwrap_or_else(|| material.words.say("nobody")),
        due: condition.due.as_ref().map(|date| material.day(date.value)),
        is_overdue: *state == ConditionState::Overdue,
    });
    Conditions {
        lede,
        items: items.collect(),
        after: more(material, "status.more_conditions", open.len(), SHOWN_CONDITIONS),
    }
}

fn quality(material: &Material) -> String {
    let words = material.words;
    let live = || material.findings.iter().filter(|finding| finding.allowed.is_none());
    let of = |severity| live().filter(|finding| finding.severity == severity).count() as i64;
    let mut counts: Vec<String> = Vec::new();
    for (severity, key) in
        [(Severity::Error, "finding.error"), (Severity::Warning, "finding.warning"), (Severity::Note, "finding.note")]
    {
        counts.push(words.count(key, of(severity)));
    }
    let allowed = material.findings.len() - live().count();
    let mut sentences = vec![words.fill("status.quality", &[("findings", &words.list(&counts))])];
    if allowed > 0 {
        sentences.push(words.count("status.allowed", allowed as i64));
    }
    let withheld: usize = material.withheld.iter().map(|(_, count)| count).sum();
    if withheld > 0 {
        sentences.push(words.count("status.withheld", withheld as i64));
    }
    sentences.join(" ")
}
