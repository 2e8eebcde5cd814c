//! cli.

pub mod annotations;
pub mod blocks;
pub mod json;
pub mod terminal;
