//! The same facts for machines: JSON, the list of versions, the manifest of what was written, schemas; and what authors
//! are given to begin with: the guide and a first programme.

pub mod guide;
pub mod json;
pub mod manifest;
pub mod schema;
pub mod search;
pub mod starter;
pub mod versions;
