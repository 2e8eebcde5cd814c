//! milepost is a function from files to files: it reads what a programme office keeps in Markdown and YAML, and makes
//! findings and a portal of it. Everything between disk and disk is pure: no clock, no disk, no terminal, no globals.
//!
//! ```text
//! Inputs           sources, assets, frozen versions, themes          disk::Reader
//!   │ version::chain::read    frozen versions, held against their hashes
//!   │ syntax::parse           Document: spanned fields, tables, prose       remembered: path and text
//!   │ model::assemble         Programme: typed, linked, still spanned
//!   │ status::Facts           the programme by what is asked of it
//!   │ status::derive          Standing: state and reason of everything
//!   │ rules::check            Findings of one programme and its standing
//!   │ rules::judge            severity, allowance and place of the findings of all stages
//!   │ version::Snapshot       the working state and every frozen one, alike from here on
//!   │ site::withhold          what the audience may not see is gone
//!   │ site::plan              pages as plain data, charts too
//!   │ render::pages           HTML                                           remembered: theme, shell and page
//! Output           address → bytes                                   disk::Writer, preview
//! ```
//!
//! What must hold, wherever the code is changed:
//!
//! - No finding, severity, allowance or profile changes a colour: `status` knows none of them.
//! - A claim can only lower. What is missing, or written and not understood, is never taken for the better.
//! - Content that is wrong is a [`finding::Finding`], and the stage still returns its value; a disk that is full is an error,
//!   at the edges only.
//! - Nothing frozen is computed again, and nothing above the audience passes `site::withhold`.
//! - The same input gives the same bytes: "today" is the programme's data date.
//!
//! In reading order: [`source`], [`finding`], [`syntax`], [`reading`], [`model`], [`status`], [`rules`], [`version`],
//! [`site`], [`chart`], [`render`], [`export`], [`pipeline`], and [`rewriting`], which alone changes what authors wrote;
//! then the edges, [`disk`], [`preview`] and [`cli`].
//! `tests/architecture.rs` says who may import whom, and holds them to it.

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
pub mod rewriting;
pub mod rules;
pub mod site;
pub mod source;
pub mod status;
pub mod syntax;
pub mod version;
