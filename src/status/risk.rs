//! Risks against appetite. See design: status (risk dimension).

use crate::model::reference::{Kind, Reference};
use crate::model::risk::Risk;
use crate::status::facts::{Facts, day};
use crate::status::{Colour, Reason, RiskStanding};

/// Where a risk stands today.
pub fn standing(facts: &Facts, risk: &Risk) -> RiskStanding {
    let score = risk.score_now();
    let appetites = &facts.programme.settings.appetite;
    let appetite = match risk.record.is_unread("category", &risk.category) {
        true => appetites.strictest(),
        false => appetites.of(risk.category.as_ref().map(|category| category.value.as_str())),
    };
    let above = risk.is_open() && score.is_some_and(|score| score > appetite);
    let late = overdue(facts, risk);
    let in_date = risk.response.is_some() && late.is_none();
    let id = &risk.record.id;
    let told = |colour: Colour, code: &str, sentence: String| RiskStanding {
        score,
        appetite,
        above_appetite: above,
        response_in_date: in_date,
        colour,
        reason: Reason::new(code, sentence, vec![Reference::new(Kind::Risk, id)]),
    };
    if !risk.is_open() {
        return told(Colour::Complete, "closed", format!("{id} is closed"));
    }
    if risk.score_unread {
        return told(Colour::Unknown, "score_unread", format!("{id} has a score that is not understood"));
    }
    let Some(score) = score else {
        return told(Colour::Unknown, "not_scored", format!("{id} has no score"));
    };
    if !above {
        return told(
            Colour::Green,
            "within_appetite",
            format!("{id} stands at {score}, within the appetite of {appetite}"),
        );
    }
    let stands = format!("{id} stands at {score}, above the appetite of {appetite}");
    match (&risk.response, late) {
        (None, _) => told(Colour::Red, "above_without_response", format!("{stands}, with no response")),
        (Some(_), Some(late)) => told(Colour::Red, "above_response_late", format!("{stands}; {late}")),
        (Some(_), None) => told(Colour::Amber, "above_with_response", format!("{stands}, with a response in date")),
    }
}

/// What of its response is past due, in words.
fn overdue(facts: &Facts, risk: &Risk) -> Option<String> {
    let is_past = |date: &crate::model::Date| date.as_ref().is_some_and(|date| date.value < facts.today);
    let done = |date: &crate::model::Date| date.as_ref().is_some_and(|date| date.value <= facts.today);
    let late = risk.actions.iter().filter(|action| is_past(&action.due) && !done(&action.done_on));
    let late = late.filter_map(|action| action.due.as_ref().map(|date| date.value)).min();
    if let Some(due) = late {
        return Some(format!("an action was due {}", day(due)));
    }
    if risk.actions.iter().any(|action| action.due_unread && !done(&action.done_on)) {
        return Some("the date of an action is not understood".to_string());
    }
    if risk.acceptance.as_ref().is_some_and(|acceptance| acceptance.until_unread) {
        return Some("the end of its acceptance is not understood".to_string());
    }
    let acceptance = risk.acceptance.as_ref().and_then(|acceptance| acceptance.until.as_ref());
    let ended = acceptance.filter(|until| until.value < facts.today);
    ended.map(|until| format!("its acceptance ended {}", day(until.value)))
}

/// Does the risk exist at the data date, and is it open?
pub fn is_current(facts: &Facts, risk: &Risk) -> bool {
    risk.is_open() && risk.raised_on.as_ref().is_none_or(|date| date.value <= facts.today)
}
