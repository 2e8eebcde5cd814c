//! Risks, issues, assumptions, dependencies, reviews, confidence and changes.

use crate::finding::Finding;
use crate::model::Words;
use crate::model::assemble::evidence::references;
use crate::model::assemble::governance::texts;
use crate::model::assemble::join::{Joined, Records};
use crate::model::assemble::record;
use crate::model::assemble::sheet::{Desk, Sheet};
use crate::model::change::{Change, Confidence, ConfidenceLevel, Review};
use crate::model::reference::{Kind, Reference};
use crate::model::risk::{Acceptance, Action, Concern, Level, Risk};
use crate::model::settings::Appetite;
use crate::model::window::Window;
use crate::reading::entries::Value;
use crate::reading::fields::{self, ACCEPTANCE, ACTION};
use crate::reading::{scales, words};
use crate::source::Spanned;

pub fn risks(joined: Vec<Joined>, desk: &mut Desk) -> Vec<Risk> {
    joined.into_iter().map(|joined| risk(joined, desk)).collect()
}

fn risk(mut joined: Joined, desk: &mut Desk) -> Risk {
    let mut record = record(&mut joined, desk);
    let sheet = joined.sheet();
    let (cause, event, effect) = (sheet.words(desk, "cause"), sheet.words(desk, "event"), sheet.words(desk, "effect"));
    let title =
        sheet.words(desk, "title").or_else(|| event.clone()).or_else(|| cause.clone()).or_else(|| effect.clone());
    if let Some(reason) = sheet.words(desk, "reason") {
        record.extras.push(("reason".to_string(), reason.value));
    }
    let scores = Scores {
        probability: sheet.level(desk, "probability", scales::probability),
        impact: sheet.level(desk, "impact", scales::impact),
        score: sheet.score(desk, "score"),
        inherent: sheet.score(desk, "inherent"),
        residual: sheet.score(desk, "residual"),
    };
    let score_unread = scores.is_unread(&sheet);
    let Scores { probability, impact, score, inherent, residual } = scores;
    Risk {
        title: title.unwrap_or_else(|| Spanned::new(joined.id.to_string(), joined.id_at.clone())),
        cause,
        event,
        effect,
        category: sheet.words(desk, "category"),
        owner: sheet.words(desk, "owner"),
        raised_on: sheet.date(desk, "raised_on"),
        probability,
        impact,
        score,
        inherent,
        residual,
        score_unread,
        target: sheet.score(desk, "target"),
        proximity: sheet.words(desk, "proximity"),
        response: sheet.words(desk, "response"),
        actions: actions(&sheet, desk),
        milestones: references(&sheet, "milestones", Kind::Milestone, desk),
        status: sheet.openness(desk),
        reviewed_on: sheet.date(desk, "reviewed_on"),
        acceptance: acceptance(&sheet, desk),
        record,
    }
}

/// What a risk is scored by.
struct Scores {
    probability: Option<Spanned<Level>>,
    impact: Option<Spanned<Level>>,
    score: Option<Spanned<u8>>,
    inherent: Option<Spanned<u8>>,
    residual: Option<Spanned<u8>>,
}

impl Scores {
    /// Is what would count written and not understood? In the order of `Risk::score_now`.
    fn is_unread(&self, sheet: &Sheet) -> bool {
        let factors = [("probability", self.probability.is_some()), ("impact", self.impact.is_some())];
        let rest = [("score", self.score.is_some()), ("inherent", self.inherent.is_some())];
        let lost = |(name, read): (&str, bool)| !read && sheet.says_something(name);
        if self.residual.is_some() || lost(("residual", false)) {
            return self.residual.is_none();
        }
        if factors.into_iter().all(|(_, read)| read) || factors.into_iter().any(lost) {
            return factors.into_iter().any(lost);
        }
        rest.into_iter().find(|(name, read)| *read || sheet.says_something(name)).is_some_and(lost)
    }
}

fn actions(risk: &Sheet, desk: &mut Desk) -> Vec<Action> {
    let Some(value) = risk.value("actions") else { return Vec::new() };
    if value.text().is_some_and(|text| words::is_nothing(&text.plain)) {
        return Vec::new();
    }
    let maps = desk.maps(value, ACTION, "text", "an action", risk.subject);
    let mut actions = Vec::with_capacity(maps.len());
    for (at, values) in &maps {
        let sheet = Sheet { fields: values, subject: risk.subject };
        let text = sheet.words(desk, "text");
        let due = sheet.date(desk, "due");
        actions.push(Action {
            text: text.unwrap_or_else(|| Spanned::new(String::new(), at.clone())),
            actionee: sheet.words(desk, "actionee"),
            due_unread: due.is_none() && sheet.is_written("due"),
            due,
            done_on: sheet.date(desk, "done_on"),
        });
    }
    actions
}

/// Who bears the risk as it is: a map, or a name.
fn acceptance(risk: &Sheet, desk: &mut Desk) -> Option<Acceptance> {
    if let Some(Value::Disputed(_)) = risk.value("acceptance") {
        return Some(Acceptance { by: None, until: None, until_unread: true });
    }
    let Some(Value::Node(node)) = risk.value("acceptance") else {
        let by = risk.words(desk, "acceptance")?;
        return Some(Acceptance { by: Some(by), until: None, until_unread: false });
    };
    let values = desk.keys(node, ACCEPTANCE, "`acceptance`", risk.subject);
    let sheet = Sheet { fields: &values, ..*risk };
    let until = sheet.date(desk, "until");
    let until_unread = until.is_none() && sheet.is_written("until");
    Some(Acceptance { by: sheet.signatory(desk, "by"), until, until_unread })
}

/// Finds a category that the appetite does not name, and nearly does: the strictest appetite counts for it. Finding: `unknown-value`.
pub fn near_categories(risks: &[Risk], appetite: &Appetite, desk: &mut Desk) {
    for risk in risks {
        let Some(category) = &risk.category else { continue };
        let Some(near) = appetite.nearly(&category.value) else { continue };
        let message =
            format!("the appetite names no category `{}`, so that the stricter of the two counts", category.value);
        let finding = Finding::new("unknown-value", category.at.clone(), message).label("not named in the appetite");
        let help = format!("did you mean `{near}`? Else name it under `appetite`");
        desk.found(finding.help(help), risk.record.id.as_str());
    }
}

/// Issues, assumptions and dependencies, one kind after the other.
pub fn concerns(records: &mut Records, desk: &mut Desk) -> Vec<Concern> {
    let kinds = [Kind::Issue, Kind::Assumption, Kind::Dependency];
    let joined: Vec<Joined> = kinds.into_iter().flat_map(|kind| records.take(kind)).collect();
    joined.into_iter().map(|joined| concern(joined, desk)).collect()
}

fn concern(mut joined: Joined, desk: &mut Desk) -> Concern {
    let record = record(&mut joined, desk);
    let sheet = joined.sheet();
    let title = sheet.words(desk, "title");
    Concern {
        kind: joined.kind,
        title: title.unwrap_or_else(|| Spanned::new(joined.id.to_string(), joined.id_at.clone())),
        owner: sheet.words(desk, "owner"),
        raised_on: sheet.date(desk, "raised_on"),
        due: sheet.date(desk, "due"),
        severity: severity(&sheet, joined.kind, desk),
        milestones: references(&sheet, "milestones", Kind::Milestone, desk),
        risks: references(&sheet, "risks", Kind::Risk, desk),
        status: sheet.openness(desk),
        resolution: sheet.words(desk, "resolution"),
        record,
    }
}

/// How bad it is, in the author's words. Those of an issue weigh on its milestones, so they must mean something.
fn severity(sheet: &Sheet, kind: Kind, desk: &mut Desk) -> Words {
    let text = sheet.text(desk, "severity")?;
    if kind == Kind::Issue && scales::severity(&text.plain).is_none() {
        sheet.unknown_value(desk, "severity", &text, &["critical", "high", "medium", "low"]);
    }
    Some(Spanned::new(text.plain.trim().to_string(), text.at))
}

pub fn reviews(joined: Vec<Joined>, desk: &mut Desk) -> Vec<Review> {
    joined.into_iter().map(|joined| review(joined, desk)).collect()
}

fn review(mut joined: Joined, desk: &mut Desk) -> Review {
    let record = record(&mut joined, desk);
    let sheet = joined.sheet();
    Review {
        kind: sheet.words(desk, "kind"),
        date: sheet.date(desk, "date"),
        reviewer: sheet.signatory(desk, "reviewer"),
        independent: sheet.flag(desk, "independent"),
        findings: texts(&sheet, "findings", desk),
        record,
    }
}

pub fn confidences(joined: Vec<Joined>, desk: &mut Desk) -> Vec<Confidence> {
    joined.into_iter().map(|joined| confidence(joined, desk)).collect()
}

fn confidence(mut joined: Joined, desk: &mut Desk) -> Confidence {
    let record = record(&mut joined, desk);
    let sheet = joined.sheet();
    let levels = [
        ("green", ConfidenceLevel::Green),
        ("amber green", ConfidenceLevel::AmberGreen),
        ("green amber", ConfidenceLevel::AmberGreen),
        ("amber", ConfidenceLevel::Amber),
        ("amber red", ConfidenceLevel::AmberRed),
        ("red amber", ConfidenceLevel::AmberRed),
        ("red", ConfidenceLevel::Red),
    ];
    Confidence {
        level: sheet.choice(desk, "level", &levels),
        by: sheet.signatory(desk, "by"),
        date: sheet.date(desk, "date"),
        text: sheet.words(desk, "text"),
        record,
    }
}

pub fn changes(joined: Vec<Joined>, desk: &mut Desk) -> Vec<Change> {
    joined.into_iter().map(|joined| change(joined, desk)).collect()
}

fn change(mut joined: Joined, desk: &mut Desk) -> Change {
    let record = record(&mut joined, desk);
    let sheet = joined.sheet();
    let of = sheet.text(desk, "record").and_then(|text| desk.resolve(&text, &Kind::ALL, sheet.subject));
    let of = of.map(|(kind, id)| Spanned::new(Reference { kind, id: id.value }, id.at));
    let field = sheet.words(desk, "field");
    Change {
        of,
        to_window: to_window(&sheet, field.as_ref(), desk),
        field,
        from: sheet.words(desk, "from"),
        to: sheet.words(desk, "to"),
        reason: sheet.words(desk, "reason"),
        impact: sheet.words(desk, "impact"),
        approver: sheet.signatory(desk, "approver"),
        date: sheet.date(desk, "date"),
        record,
    }
}

/// The new baseline, where that is what changed; a changed target window is one too.
fn to_window(sheet: &Sheet, field: Option<&Spanned<String>>, desk: &mut Desk) -> Option<Window> {
    let named = fields::find(Kind::Milestone.fields(), &field?.value)?.name;
    if !matches!(named, "baseline" | "window") {
        return None;
    }
    if let Value::Disputed(_) = sheet.value("to")? {
        return sheet.window(desk, "to").map(|window| window.value);
    }
    let text = sheet.value("to")?.text()?;
    let blank = words::is_nothing(&text.plain) || words::is_placeholder(&text.plain);
    (!blank).then(|| desk.window(text, sheet.subject))
}
