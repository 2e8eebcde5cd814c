//! All integration tests, in one binary: one link, one run.
#![expect(clippy::disallowed_methods, reason = "tests make files of their own, and look at the sources")]

mod architecture;
mod browser;
mod rules;
