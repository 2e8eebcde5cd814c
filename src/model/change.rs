//! What is recorded beside the plan: reviews, signed confidence, approved changes.

use serde::{Deserialize, Serialize};

use crate::model::reference::Reference;
use crate::model::window::Window;
use crate::model::{Date, Record, Words};
use crate::source::Spanned;

/// Independent findings; not a decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Review {
    pub record: Record,
    pub kind: Words,
    pub date: Date,
    pub reviewer: Words,
    pub independent: Option<bool>,
    pub findings: Vec<Spanned<String>>,
}

/// A signed opinion, shown beside the computed colour and never computed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Confidence {
    pub record: Record,
    pub level: Option<Spanned<ConfidenceLevel>>,
    pub by: Words,
    pub date: Date,
    pub text: Words,
}

/// Best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConfidenceLevel {
    Green,
    AmberGreen,
    Amber,
    AmberRed,
    Red,
}

/// An approved change to a field of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    pub record: Record,
    /// The record that is changed, where it is one that exists.
    pub of: Option<Spanned<Reference>>,
    pub field: Words,
    pub from: Words,
    pub to: Words,
    /// `to` as a window, where `field` is a baseline.
    pub to_window: Option<Window>,
    pub reason: Words,
    pub impact: Words,
    pub approver: Words,
    pub date: Date,
}
