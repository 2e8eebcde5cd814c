//! Where text goes: results to standard output, what happens meanwhile to standard error.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::Exit;
use crate::cli::args::Deny;
use crate::cli::blocks::summary;
use crate::cli::terminal::{self, Ink, Look};
use crate::finding::Severity;
use crate::source::Inputs;
use crate::version::Judged;

/// A result, in which names that authors chose do nothing to a terminal.
pub fn result(text: &str) {
    drawn(&tamed(text));
}

/// A result whose colours and escapes are its own: findings as they are drawn, and what programs read. A closed pipe, as
/// of `| head`, ends it in silence.
pub fn drawn(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// Something that happens meanwhile, on a line of its own.
pub fn error(line: &str) {
    let _ = writeln!(std::io::stderr(), "{}", tamed(line));
}

fn tamed(text: &str) -> String {
    text.split('\n').map(terminal::tame_line).collect::<Vec<_>>().join("\n")
}

/// Findings as people read them, to standard error beside a build.
pub fn findings(findings: &[Judged], inputs: &Inputs, folder: &Path) {
    let prefix = prefix(folder);
    let look = Look { inputs, folder: &prefix, ink: ink(std::io::stderr().is_terminal()), width: width() };
    let text = terminal::human(findings, &look);
    let summary = summary(findings) + "\n";
    // The last line of a build says the same with more.
    let _ = std::io::stderr().write_all(text.strip_suffix(&summary).unwrap_or(&text).as_bytes());
}

/// Colour only on a terminal, and not where `NO_COLOR` asks for none.
pub fn ink(is_terminal: bool) -> Ink {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if is_terminal && !refused { Ink::Coloured } else { Ink::Plain }
}

/// Columns to fill.
pub fn width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    columns.unwrap_or(120).clamp(60, 200)
}

/// What is put before a path so that an editor finds it from here: empty for the current folder.
pub fn prefix(folder: &Path) -> String {
    let folder = folder.to_string_lossy();
    let folder = folder.trim_end_matches('/');
    if matches!(folder, "" | ".") { String::new() } else { format!("{folder}/") }
}

/// Whether findings make a command fail.
pub fn verdict(findings: &[Judged], deny: Option<Deny>) -> Exit {
    let least = if deny == Some(Deny::Warnings) { Severity::Warning } else { Severity::Error };
    let open = findings.iter().filter(|finding| finding.allowed.is_none());
    if open.into_iter().any(|finding| finding.severity >= least) { Exit::Wrong } else { Exit::Fine }
}

/// "0.42 s".
pub fn seconds(took: Duration) -> String {
    format!("{:.2} s", took.as_secs_f64())
}

/// What is being done now, on a terminal only; gone when it is dropped.
pub struct Progress(ProgressBar);

impl Progress {
    pub fn start() -> Progress {
        // Draws on standard error, and only where that is a terminal.
        let bar = ProgressBar::new_spinner().with_style(ProgressStyle::default_spinner());
        bar.enable_steady_tick(Duration::from_millis(120));
        Progress(bar)
    }

    pub fn stage(&self, words: &'static str) {
        self.0.set_message(words);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
