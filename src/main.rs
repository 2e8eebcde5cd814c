//! Runs the command line and hands its exit code to the system.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A build is a million small texts: the system's own allocator took a quarter of it.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    milepost::cli::run()
}
