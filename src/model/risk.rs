//! Risks, and the three other registers of concern: issues, assumptions, dependencies.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::calendar::Calendar;
use crate::model::id::Id;
use crate::model::reference::Kind;
use crate::model::window;
use crate::model::{Date, Record, Words};
use crate::reading::scales;
use crate::reading::windows::{self, Habits};
use crate::source::Spanned;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Risk {
    pub record: Record,
    pub title: Spanned<String>,
    pub cause: Words,
    pub event: Words,
    pub effect: Words,
    pub category: Words,
    pub owner: Words,
    pub raised_on: Date,
    pub probability: Option<Spanned<Level>>,
    pub impact: Option<Spanned<Level>>,
    /// A score the author wrote beside probability and impact.
    pub score: Option<Spanned<u8>>,
    /// Scores, 1–25.
    pub inherent: Option<Spanned<u8>>,
    pub residual: Option<Spanned<u8>>,
    pub target: Option<Spanned<u8>>,
    /// The score that would count, or a factor of it, is written and not understood.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub score_unread: bool,
    pub proximity: Words,
    /// The response word (reduce …) where there is one, and all that was written of it.
    pub response: Words,
    pub actions: Vec<Action>,
    /// Only milestones that exist.
    pub milestones: Vec<Spanned<Id>>,
    pub status: Option<Spanned<RiskStatus>>,
    pub reviewed_on: Date,
    pub acceptance: Option<Acceptance>,
}

/// A step of a five-step scale, and the author's word for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    pub said: String,
    /// 1–5.
    pub step: u8,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Action {
    pub text: Spanned<String>,
    pub actionee: Words,
    pub due: Date,
    /// A due date is written and not understood.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub due_unread: bool,
    pub done_on: Date,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Acceptance {
    pub by: Words,
    pub until: Date,
    /// An end is written and not understood.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub until_unread: bool,
}

/// Whether a risk is still one. `said` is the author's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RiskStatus {
    pub said: String,
    pub open: bool,
}

impl Risk {
    /// Residual, else probability × impact, else inherent. None also where the one that would count is not understood:
    /// another, which may be lower, does not stand in for it. See design: status (risk dimension).
    pub fn score_now(&self) -> Option<u8> {
        if self.score_unread {
            return None;
        }
        let product = self.probability.as_ref().zip(self.impact.as_ref());
        let product = product.map(|(probability, impact)| probability.value.step * impact.value.step);
        let written = |score: &Option<Spanned<u8>>| score.as_ref().map(|score| score.value);
        written(&self.residual).or(product).or(written(&self.score)).or(written(&self.inherent))
    }

    pub fn is_open(&self) -> bool {
        self.status.as_ref().is_none_or(|status| status.value.open)
    }

    /// The last day on which it was expected to strike, where its proximity is a date or a time that has an end.
    pub fn proximity_end(&self, calendar: &Calendar) -> Option<NaiveDate> {
        let habits = Habits { day_first: calendar.day_first, fiscal_year_start: calendar.fiscal_year_start };
        let words = &self.proximity.as_ref()?.value;
        window::resolve(words, &windows::read(words, habits)?, calendar).end
    }

    /// Why it is closed: a reason, a narrative, or more than the one word of its status.
    pub fn says_why_closed(&self) -> bool {
        let reason = self.record.extras.iter().any(|(name, words)| name == "reason" && !words.trim().is_empty());
        reason
            || !self.record.narrative.is_empty()
            || self.status.as_ref().is_some_and(|status| status.value.says_why())
    }
}

impl RiskStatus {
    /// "Closed: the supplier signed", and not "Closed" alone.
    pub fn says_why(&self) -> bool {
        self.said.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count() > 2
    }
}

/// How bad an issue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gravity {
    /// It stops the work.
    Critical,
    Bearable,
    /// Its words mean nothing on the scale.
    Unread,
}

impl Concern {
    /// What its severity means; None where none is given.
    pub fn gravity(&self) -> Option<Gravity> {
        let Some(severity) = &self.severity else {
            return self.record.is_unread("severity", &self.severity).then_some(Gravity::Unread);
        };
        Some(match scales::severity(&severity.value) {
            Some(5) => Gravity::Critical,
            Some(_) => Gravity::Bearable,
            None => Gravity::Unread,
        })
    }

    /// Why it is closed: a resolution, a narrative, or more than the one word of its status.
    pub fn says_why_closed(&self) -> bool {
        let said = self.status.as_ref().is_some_and(|status| status.value.says_why());
        self.resolution.is_some() || !self.record.narrative.is_empty() || said
    }
}

/// An issue, an assumption or an external dependency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Concern {
    pub record: Record,
    pub kind: Kind,
    pub title: Spanned<String>,
    pub owner: Words,
    pub raised_on: Date,
    /// `due`, or `check_by`.
    pub due: Date,
    pub severity: Words,
    pub milestones: Vec<Spanned<Id>>,
    pub risks: Vec<Spanned<Id>>,
    pub status: Option<Spanned<RiskStatus>>,
    pub resolution: Words,
}
