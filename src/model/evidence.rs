//! Evidence: what is offered as proof of a criterion, and who judged it.

use serde::{Deserialize, Serialize};

use crate::model::id::Id;
use crate::model::{Date, Record, Words};
use crate::reading::words::fold;
use crate::source::Spanned;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    pub record: Record,
    pub title: Spanned<String>,
    /// Only criteria that exist.
    pub proves: Vec<Proof>,
    /// test record, report, screenshot …: the author's word.
    pub kind: Words,
    pub producer: Words,
    pub produced_on: Date,
    /// An asset's path or an address.
    pub location: Words,
    /// The path of the asset that `location` names, as in `source::Asset`, where there is one.
    pub asset: Option<std::sync::Arc<str>>,
    /// The sha256 of that asset as it is now.
    pub asset_sha256: Option<std::sync::Arc<str>>,
    /// As recorded at acceptance.
    pub sha256: Words,
    pub result: Option<Spanned<Verdict>>,
    pub acceptor: Words,
    pub accepted_on: Date,
    pub rejected_on: Date,
    pub withdrawn_on: Date,
    pub expires_on: Date,
    /// Only evidence that exists.
    pub supersedes: Vec<Spanned<Id>>,
    /// A date or a result is written and not understood: what it would have said cannot be taken for the better.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_unread: bool,
}

/// One criterion that evidence is for, with the criterion's words if the author gave them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Proof {
    pub criterion: Spanned<Id>,
    pub words: Words,
}

impl Proof {
    /// Do the words that were given still say what the criterion asks? Case, accents, white space, quotes, dashes and a
    /// closing full stop make no difference; any other sign may.
    pub fn matches(&self, criterion: &str) -> bool {
        let plain = |words: &str| fold(words.trim().trim_end_matches('.'));
        self.words.as_ref().is_none_or(|words| plain(&words.value) == plain(criterion))
    }
}

/// Something on the web or in a letter box, which no build looks at. Words with any other scheme are a path.
pub fn is_address(location: &str) -> bool {
    let location = location.trim().to_lowercase();
    ["http://", "https://", "mailto:"].iter().any(|scheme| location.starts_with(scheme))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    Pass,
    Fail,
}
