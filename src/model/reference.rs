//! What one record says of another.

use serde::{Deserialize, Serialize};

use crate::model::id::Id;

/// The kinds of records. See design: content (records).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Milestone,
    Criterion,
    Evidence,
    Decision,
    Condition,
    Waiver,
    Risk,
    Issue,
    Assumption,
    Dependency,
    Review,
    Confidence,
    Change,
}

impl Kind {
    pub fn word(self) -> &'static str {
        match self {
            Kind::Milestone => "milestone",
            Kind::Criterion => "criterion",
            Kind::Evidence => "evidence",
            Kind::Decision => "decision",
            Kind::Condition => "condition",
            Kind::Waiver => "waiver",
            Kind::Risk => "risk",
            Kind::Issue => "issue",
            Kind::Assumption => "assumption",
            Kind::Dependency => "dependency",
            Kind::Review => "review",
            Kind::Confidence => "confidence",
            Kind::Change => "change",
        }
    }
}

/// A record, by kind and id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Reference {
    pub kind: Kind,
    pub id: Id,
}

impl Reference {
    pub fn new(kind: Kind, id: &Id) -> Reference {
        Reference { kind, id: id.clone() }
    }
}
