//! `milepost serve`: the portal in the browser, kept up to date while its content is written.

use crate::cli::Exit;
use crate::cli::args::Serve;
use crate::cli::blocks::summary;
use crate::cli::{clock, print};
use crate::disk::Reader;
use crate::finding::Severity;
use crate::model::assemble::Clock;
use crate::pipeline::{self, Memory};
use crate::preview::{self, Browser, Event, FrameLine, Options, Problem};
use crate::source::Inputs;
use crate::version::Judged;

pub fn run(args: &Serve) -> anyhow::Result<Exit> {
    let folder = args.place.folder.clone();
    let clock = clock::read(args.place.as_of)?;
    let browser = if args.open { Browser::Open } else { Browser::Leave };
    let options = Options { folder: folder.clone(), port: args.port, browser };
    preview::serve(options, builder(Reader::new(&folder), clock), told)?;
    Ok(Exit::Fine)
}

/// `build` in a loop: the reader and the memory stay.
pub fn builder(mut reader: Reader, clock: Clock) -> impl FnMut() -> anyhow::Result<preview::Build> + Send + 'static {
    let memory = Memory::default();
    move || {
        let inputs = reader.read()?;
        let built = pipeline::build(&inputs, clock, &memory);
        let wrong = built.findings.iter().filter(|finding| finding.allowed.is_none());
        let wrong = wrong.filter(|finding| finding.severity == Severity::Error);
        Ok(preview::Build {
            problems: wrong.map(|finding| problem(finding, &inputs)).collect(),
            summary: summary(&built.findings),
            output: built.output,
        })
    }
}

fn problem(finding: &Judged, inputs: &Inputs) -> Problem {
    Problem {
        severity: finding.severity.word().to_string(),
        rule: finding.rule.clone(),
        message: finding.message.clone(),
        path: finding.path.clone(),
        place: (!finding.path.is_empty()).then_some(finding.start),
        frame: frame(finding, inputs),
        help: finding.help.clone(),
    }
}

/// The line of a finding with one before and one after it.
fn frame(finding: &Judged, inputs: &Inputs) -> Vec<FrameLine> {
    let Some(source) = inputs.source(&finding.path) else { return Vec::new() };
    let Judged { start, end, .. } = finding;
    let first = start.line.saturating_sub(1).max(1);
    let lines = source.text.lines().enumerate().skip(first as usize - 1).take((start.line + 2 - first) as usize);
    let lines = lines.map(|(index, text)| {
        let line = index as u32 + 1;
        let until = if end.line == start.line { end.column } else { text.chars().count() as u32 + 1 };
        let marked = (line == start.line).then_some((start.column, until.max(start.column + 1)));
        FrameLine { line, text: text.to_string(), marked }
    });
    lines.collect()
}

fn told(event: Event) {
    let line = match event {
        Event::Listening { url } => format!("the portal is at {url} (stop with Ctrl-C)"),
        Event::Built { took, summary, problems, published } => {
            let what = match (problems, published) {
                (0, true) => "built",
                (0, false) => "built, nothing changed",
                (_, _) => "not shown as good",
            };
            format!("{what} in {}: {summary}", print::seconds(took))
        }
        Event::Trouble { message } => format!("error: {message}"),
        Event::Polling { reason } => format!("note: looking at the folder every second, since {reason}"),
        Event::FolderGone { folder } => format!("note: `{}` is gone; waiting for it", folder.display()),
        Event::FolderBack { folder } => format!("note: `{}` is back", folder.display()),
        Event::BrowserNotOpened { reason } => format!("note: the browser could not be opened: {reason}"),
    };
    print::error(&line);
}
