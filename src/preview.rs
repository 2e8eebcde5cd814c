//! Shows the portal in a browser while its content is being written: builds in memory, serves on loopback, builds again
//! on every change, and keeps the last good portal under what is wrong.
#![expect(clippy::disallowed_methods, reason = "the preview is an edge: it watches files and measures time")]

use std::any::Any;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use anyhow::Context;

use crate::output::Output;
use crate::source::Place;

mod browser;
mod events;
mod files;
mod http;
mod overlay;
mod published;
mod response;
mod watch;

#[cfg(test)]
mod tests;

use http::Http;
use published::Published;
use watch::{Change, Watch};

/// What one build gave: the portal, if one could be made, and what keeps it from being shown as good.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Build {
    pub output: Option<Output>,
    /// What blocks only: while there is one, the last portal that had none stays.
    pub problems: Vec<Problem>,
    /// One line for the terminal, handed on in `Event::Built`.
    pub summary: String,
}

/// One thing that is wrong, ready to be shown. All of it is plain text; the page escapes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problem {
    /// The word before the message: `error`.
    pub severity: String,
    /// Empty where no rule found it.
    pub rule: String,
    pub message: String,
    /// Relative to the folder; empty where no file is to blame.
    pub path: String,
    pub place: Option<Place>,
    /// The lines around the place.
    pub frame: Vec<FrameLine>,
    pub help: Option<String>,
}

/// One line of a source, and the columns of it that are meant: from 1, in characters, the end exclusive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrameLine {
    pub line: u32,
    pub text: String,
    pub marked: Option<(u32, u32)>,
}

/// How to serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The programme's folder: what is watched, and what the paths of assets are relative to.
    pub folder: PathBuf,
    /// None is 8000, or the next one that is free; 0 is any that is free.
    pub port: Option<u16>,
    pub browser: Browser,
}

/// Whether a browser is opened at the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Browser {
    Open,
    Leave,
}

/// What happened, for the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The first build is published, and a browser may come.
    Listening {
        url: String,
    },
    /// A build is done. `problems` is how many block; `published` is false where nobody could see a difference.
    Built {
        took: Duration,
        summary: String,
        problems: usize,
        published: bool,
    },
    /// The build could not do its work: the disk, the machine, a bug. The page shows it, the next change tries again.
    Trouble {
        message: String,
    },
    /// The system does not tell of changes; the folder is looked at every second instead.
    Polling {
        reason: String,
    },
    FolderGone {
        folder: PathBuf,
    },
    FolderBack {
        folder: PathBuf,
    },
    BrowserNotOpened {
        reason: String,
    },
}

/// Serves until the process ends. Returns only where that cannot go on: the port is taken, the folder is not there,
/// the system takes no more connections.
pub fn serve(
    options: Options,
    build: impl FnMut() -> anyhow::Result<Build> + Send + 'static,
    report: impl FnMut(Event) + Send + 'static,
) -> anyhow::Result<()> {
    start(options, build, report)?.wait()
}

/// Builds once, publishes that, and returns with the server running. A build that panics is shown as a problem and
/// `build` is called again at the next change, so what it keeps between calls must bear that.
pub fn start(
    options: Options,
    build: impl FnMut() -> anyhow::Result<Build> + Send + 'static,
    report: impl FnMut(Event) + Send + 'static,
) -> anyhow::Result<Server> {
    start_at(Pace::default(), options, build, report)
}

/// A running preview.
pub struct Server {
    address: SocketAddr,
    signals: Sender<Signal>,
    running: JoinHandle<anyhow::Result<()>>,
}

impl Server {
    /// Always on 127.0.0.1.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn url(&self) -> String {
        url(self.address)
    }

    /// Ends the streams, the pages and the watch.
    pub fn stop(self) -> anyhow::Result<()> {
        // A preview that has failed hears nothing, and `wait` says why.
        let _ = self.signals.send(Signal::Stop);
        self.wait()
    }

    /// Returns when the preview has failed.
    pub fn wait(self) -> anyhow::Result<()> {
        self.running.join().unwrap_or_else(|panic| Err(anyhow::anyhow!("the preview failed: {}", panic_text(&*panic))))
    }
}

/// How long things wait.
#[derive(Debug, Clone, Copy)]
struct Pace {
    /// A build begins when nothing has changed for so long,
    quiet: Duration,
    /// or when so long has passed since the first change.
    longest: Duration,
    /// How often the folder is looked at when nothing is heard.
    look: Duration,
    /// How often a silent stream says that it is alive, and so finds out whether anyone listens.
    heartbeat: Duration,
    watching: Watching,
}

impl Default for Pace {
    fn default() -> Pace {
        Pace {
            quiet: Duration::from_millis(60),
            longest: Duration::from_millis(500),
            look: Duration::from_secs(1),
            heartbeat: Duration::from_secs(15),
            watching: Watching::Events,
        }
    }
}

/// How changes are found, until events turn out not to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Watching {
    Events,
    #[cfg_attr(not(test), expect(dead_code, reason = "a preview falls back to it; only a test begins with it"))]
    Polling,
}

/// What the other threads tell the one that builds.
enum Signal {
    Changed(Change),
    BrowserNotOpened(String),
    Failed(anyhow::Error),
    Stop,
}

fn start_at(
    pace: Pace,
    options: Options,
    build: impl FnMut() -> anyhow::Result<Build> + Send + 'static,
    report: impl FnMut(Event) + Send + 'static,
) -> anyhow::Result<Server> {
    let folder = std::fs::canonicalize(&options.folder)
        .with_context(|| format!("cannot watch the folder `{}`", options.folder.display()))?;
    let listener = http::bind(options.port)?;
    let (signals, heard) = channel();
    let published = Arc::new(Published::new());
    // Watched before it is read, so that no change falls between the two.
    let watch = Watch::new(folder.clone(), signals.clone(), pace.watching);
    let mut preview = Preview { pace, folder, build, report, watch, signals: heard, published, gone: false };
    preview.say_if_polling();
    preview.rebuild();

    let http = http::start(listener, &preview.folder, preview.published.clone(), pace.heartbeat, signals.clone())?;
    let address = http.address();
    (preview.report)(Event::Listening { url: url(address) });
    if options.browser == Browser::Open {
        browser::open(url(address), signals.clone());
    }
    let running = std::thread::Builder::new()
        .name("preview".to_owned())
        .spawn(move || {
            let outcome = preview.run(&http);
            http.stop();
            outcome
        })
        .context("cannot start the preview")?;
    Ok(Server { address, signals, running })
}

fn url(address: SocketAddr) -> String {
    format!("http://{address}/")
}

/// The thread that builds.
struct Preview<B, R> {
    pace: Pace,
    folder: PathBuf,
    build: B,
    report: R,
    watch: Watch,
    signals: Receiver<Signal>,
    published: Arc<Published>,
    gone: bool,
}

/// Changes that no build has seen.
struct Pending {
    first: Instant,
    last: Instant,
}

impl<B, R> Preview<B, R>
where
    B: FnMut() -> anyhow::Result<Build>,
    R: FnMut(Event),
{
    fn run(&mut self, http: &Http) -> anyhow::Result<()> {
        let mut pending: Option<Pending> = None;
        loop {
            let now = Instant::now();
            let due = match &pending {
                Some(pending) => (pending.last + self.pace.quiet).min(pending.first + self.pace.longest),
                None => now + self.pace.look,
            };
            // Asked before the next signal is taken: a folder that never rests must not put a build off for ever.
            if pending.is_some() && due <= now {
                pending = None;
                self.rebuild();
                continue;
            }
            match self.signals.recv_timeout(due - now) {
                Ok(Signal::Changed(change)) => {
                    let now = Instant::now();
                    self.watch.note(change);
                    pending.get_or_insert(Pending { first: now, last: now }).last = now;
                }
                Ok(Signal::BrowserNotOpened(reason)) => (self.report)(Event::BrowserNotOpened { reason }),
                Ok(Signal::Failed(error)) => return Err(error),
                Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
                Err(RecvTimeoutError::Timeout) if pending.is_some() => {}
                Err(RecvTimeoutError::Timeout) => {
                    http.nudge();
                    if self.folder.is_dir() == self.gone || self.watch.looks_different() {
                        self.rebuild();
                    }
                }
            }
        }
    }

    fn rebuild(&mut self) {
        if !self.folder.is_dir() {
            return self.lose_folder();
        }
        if self.gone {
            self.gone = false;
            self.watch.note(Change::Folders);
            (self.report)(Event::FolderBack { folder: self.folder.clone() });
        }
        self.watch.renew_if_noted();
        self.say_if_polling();

        let begun = Instant::now();
        let build = match catch_unwind(AssertUnwindSafe(&mut self.build)) {
            Ok(Ok(build)) => build,
            Ok(Err(error)) => self.trouble(format!("{error:#}"), "mend it, then save any file to build again"),
            Err(panic) => self.trouble(
                format!("milepost failed while it built: {}", panic_text(&*panic)),
                "this is a fault of milepost; change what you changed last, or start it again",
            ),
        };
        let (problems, summary) = (build.problems.len(), build.summary.clone());
        let published = self.published.publish(build);
        (self.report)(Event::Built { took: begun.elapsed(), summary, problems, published });
    }

    fn lose_folder(&mut self) {
        if self.gone {
            return;
        }
        self.gone = true;
        self.published.publish(Build {
            problems: vec![Problem {
                severity: "error".to_owned(),
                message: format!("the folder `{}` is gone", self.folder.display()),
                help: Some("bring it back; the portal is built again as soon as it is there".to_owned()),
                ..Problem::default()
            }],
            ..Build::default()
        });
        (self.report)(Event::FolderGone { folder: self.folder.clone() });
    }

    fn trouble(&mut self, message: String, help: &str) -> Build {
        (self.report)(Event::Trouble { message: message.clone() });
        let problem =
            Problem { severity: "error".to_owned(), message, help: Some(help.to_owned()), ..Problem::default() };
        Build { output: None, problems: vec![problem], summary: "nothing could be built".to_owned() }
    }

    fn say_if_polling(&mut self) {
        if let Some(reason) = self.watch.fallen_back() {
            (self.report)(Event::Polling { reason });
        }
    }
}

fn panic_text(panic: &(dyn Any + Send)) -> &str {
    let owned = panic.downcast_ref::<String>().map(String::as_str);
    owned.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no reason given")
}
