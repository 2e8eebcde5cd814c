//! The same facts for machines: JSON, the list of versions, and the manifest of what was written.

pub mod json;
pub mod manifest;
pub mod versions;
