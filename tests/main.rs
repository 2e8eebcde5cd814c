//! All tests against the whole of milepost, in one binary: it links once.
#![expect(clippy::disallowed_methods, reason = "tests make files of their own, and look at the sources")]

mod accept;
mod architecture;
mod authoring;
mod broken;
mod browser;
mod cli;
mod explain;
mod exports;
mod findings;
mod fuzz;
mod gallery;
#[expect(dead_code, reason = "the benchmark uses the rest")]
#[path = "../benches/generate.rs"]
mod generate;
mod greyscale;
mod history;
mod hostile;
mod properties;
mod rules;
mod schemas;
mod serve;
mod status;
mod strings;
mod support;
mod tables;
mod themes;
mod versions;
mod weight;
