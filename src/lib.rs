//! milepost: a function from the files of a programme office to a checked, versioned portal.

pub mod chart;
pub mod cli;
pub mod disk;
pub mod export;
pub mod finding;
pub mod memo;
pub mod model;
pub mod output;
pub mod pipeline;
pub mod preview;
pub mod reading;
pub mod render;
pub mod rules;
pub mod site;
pub mod source;
pub mod status;
pub mod syntax;
pub mod version;
