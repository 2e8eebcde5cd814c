//! What one record says of another.

use serde::{Deserialize, Serialize};

use crate::model::id::Id;
pub use crate::reading::fields::Kind;

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
