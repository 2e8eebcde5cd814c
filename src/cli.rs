//! The command line: one file a command. The only printing, the only clock, the only environment.
#![expect(clippy::disallowed_methods, reason = "the command line is an edge: it has a clock and an environment")]

pub mod accept;
pub mod annotations;
pub mod args;
pub mod blocks;
pub mod build;
pub mod chain;
pub mod check;
pub mod clock;
pub mod diff;
pub mod explain;
pub mod fmt;
pub mod freeze;
pub mod guide;
pub mod init;
pub mod inspect;
pub mod json;
pub mod new;
pub mod print;
pub mod sarif;
pub mod schema;
pub mod serve;
pub mod terminal;
pub mod verify;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::args::{Arguments, Command};

/// How a command ended, as scripts and CI see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Fine,
    /// Something in the content or the theme is wrong.
    Wrong,
    CommandLine,
    /// The disk, the port or the tool itself.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Fine => 0,
            Exit::Wrong => 1,
            Exit::CommandLine => 2,
            Exit::Failed => 3,
        })
    }
}

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let exit = if error.use_stderr() { Exit::CommandLine } else { Exit::Fine };
            // A closed terminal is no reason to fail while helping.
            let _ = error.print();
            return exit.into();
        }
    };
    let done = match &arguments.command {
        Command::Init(args) => init::run(args),
        Command::New(args) => new::run(args),
        Command::Accept(args) => accept::run(args),
        Command::Build(args) => build::run(args),
        Command::Check(args) => check::run(args),
        Command::Serve(args) => serve::run(args),
        Command::Inspect(args) => inspect::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Fmt(args) => fmt::run(args),
        Command::Freeze(args) => freeze::run(args),
        Command::Diff(args) => diff::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Guide => guide::run(),
        Command::Schema(args) => schema::run(args),
    };
    match done {
        Ok(exit) => exit.into(),
        Err(error) => {
            print::error(&format!("error: {error:#}"));
            Exit::Failed.into()
        }
    }
}
