//! Decisions at gates, their conditions, and waivers.

use serde::{Deserialize, Serialize};

use crate::model::id::Id;
use crate::model::milestone::GateName;
use crate::model::{Date, Record, Words};
use crate::source::Spanned;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    pub record: Record,
    /// None where the author's words name no gate of a known milestone.
    pub gate: Option<Spanned<GateName>>,
    pub outcome: Option<Spanned<Outcome>>,
    /// A role or a person, as written.
    pub by: Words,
    pub date: Date,
    pub minutes: Words,
    pub on_version: Words,
    pub resume_on: Date,
    pub new_gate_date: Date,
    pub conditions: Vec<Condition>,
    pub overrides: Vec<Override>,
    pub dissent: Vec<Spanned<String>>,
    /// Its outcome or its date is written, is no place to be filled, and is not understood; or two disagree over one of
    /// them or over who decided. It may be any decision.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_unread: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Go,
    ConditionalGo,
    Hold,
    Recycle,
    Kill,
}

impl Outcome {
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Go => "go",
            Outcome::ConditionalGo => "conditional go",
            Outcome::Hold => "hold",
            Outcome::Recycle => "recycle",
            Outcome::Kill => "kill",
        }
    }
}

/// What a conditional go asks for: before the next gate's work (`pre`) or after it (`post`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    pub id: Id,
    pub text: Words,
    pub criterion: Option<Spanned<Id>>,
    pub owner: Words,
    pub due: Date,
    /// A due date is written and not understood.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub due_unread: bool,
    pub timing: Option<Spanned<Timing>>,
    pub closed_on: Date,
    /// A criterion is written, and there is none of that name.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub criterion_unread: bool,
    pub evidence: Vec<Spanned<Id>>,
    #[serde(skip, default = "crate::source::Span::nowhere")]
    pub at: crate::source::Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Timing {
    Pre,
    Post,
}

/// A criterion that a go was taken against, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Override {
    pub criterion: Spanned<Id>,
    pub reason: Words,
}

/// A criterion not met and accepted for now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Waiver {
    pub record: Record,
    pub criterion: Option<Spanned<Id>>,
    pub reason: Words,
    pub approver: Words,
    pub date: Date,
    pub expires_on: Date,
}
