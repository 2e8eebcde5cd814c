//! All tests against the whole of milepost, in one binary: it links once.

mod cli;
mod rules;
mod serve;
mod status;
mod support;
mod versions;
