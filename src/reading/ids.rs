//! Ids in names, and addresses made of ids.

use crate::syntax::Text;

/// The id inside a name and what is left as the name: `M1: Interface design`, `P0 — Discovery`, `**R3** Supplier`.
pub fn in_name(_text: &Text) -> Option<(Text, Text)> {
    None
}

/// A text as part of an address: `M2` stays `M2`, spaces and what no address may hold become `-`. Never empty.
pub fn slug(_text: &str) -> String {
    String::new()
}
