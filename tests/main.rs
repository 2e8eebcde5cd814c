//! All integration tests, in one binary: one link, one run.

mod architecture;
mod browser;
mod rules;
