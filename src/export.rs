//! The same facts for machines: JSON and its schema, tables, a calendar, a feed, the list of versions, the manifest of
//! what was written; and what authors are given to begin with: schemas, the guide and a first programme.

pub mod calendar;
pub mod crawlers;
pub mod csv;
pub mod feed;
pub mod files;
pub mod guide;
pub mod json;
pub mod json_schema;
pub mod manifest;
pub mod names;
pub mod schema;
pub mod search;
pub mod starter;
pub mod versions;
