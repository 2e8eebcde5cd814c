//! What is shown at this moment, and everyone who waits for the next.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::output::{Output, sha256};

use super::overlay;
use super::{Build, Problem};

/// One state of the preview. It never changes; the next one takes its place.
#[derive(Debug)]
pub struct Showing {
    /// Grows by one with each state that differs from the one before it; 0 is before the first build.
    pub generation: u64,
    /// This state of this server: a page that was made at another place in time, or by another run, is out of date.
    pub at: String,
    pub kind: Kind,
    /// Of all addresses and contents of the portal; empty where there is none.
    pub sha256: Arc<str>,
    pub portal: Option<Arc<Output>>,
    pub standing: Standing,
    pub problems: Vec<Problem>,
    /// Markup that lies over each page while something is wrong, else empty.
    pub overlay: String,
}

/// What a reader sees change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The pages.
    Portal,
    /// What is wrong.
    Problems,
    /// Nothing is wrong any more.
    Mended,
}

impl Kind {
    pub fn word(self) -> &'static str {
        match self {
            Kind::Portal => "portal",
            Kind::Problems => "problems",
            Kind::Mended => "mended",
        }
    }
}

/// Whether the portal that is shown was ever without problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Good,
    /// As much of one as could be made, for want of a good one.
    Partial,
}

/// The state that is shown. Pages take it as it is; streams wait for the next.
pub struct Published {
    /// Differs from run to run, so that a page notices a server that was started again.
    run: u64,
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    showing: Arc<Showing>,
    ended: bool,
}

/// What came of waiting.
pub enum Next {
    Published(Arc<Showing>),
    Nothing,
    End,
}

impl Published {
    pub fn new() -> Published {
        let run = RandomState::new().build_hasher().finish();
        let showing = Showing {
            generation: 0,
            at: at(run, 0),
            kind: Kind::Portal,
            sha256: "".into(),
            portal: None,
            standing: Standing::Partial,
            problems: Vec::new(),
            overlay: String::new(),
        };
        Published {
            run,
            state: Mutex::new(State { showing: Arc::new(showing), ended: false }),
            changed: Condvar::new(),
        }
    }

    pub fn showing(&self) -> Arc<Showing> {
        self.lock().showing.clone()
    }

    /// Shows what a build gave, and says whether that is any different.
    pub fn publish(&self, build: Build) -> bool {
        let before = self.showing();
        let mut problems = build.problems;
        if problems.is_empty() && build.output.is_none() {
            problems.push(Problem {
                severity: "error".to_owned(),
                message: "no portal was made, and no reason was given".to_owned(),
                ..Problem::default()
            });
        }
        let (portal, standing) = match build.output {
            Some(output) if problems.is_empty() => (Some(Arc::new(output)), Standing::Good),
            Some(output) if before.standing == Standing::Partial => (Some(Arc::new(output)), Standing::Partial),
            _ => (before.portal.clone(), before.standing),
        };
        let sha256 = portal.as_deref().map_or_else(|| "".into(), digest);
        let kind = match () {
            () if problems == before.problems => Kind::Portal,
            () if problems.is_empty() => Kind::Mended,
            () => Kind::Problems,
        };
        let differs = before.generation == 0 || kind != Kind::Portal || sha256 != before.sha256;
        let generation = before.generation + u64::from(differs);
        let at = at(self.run, generation);
        let overlay = overlay::overlay(&problems, portal.as_ref().map(|_| standing));
        // Kept even where it looks the same: an asset may have moved, its copy not.
        let showing = Showing { generation, at, kind, sha256, portal, standing, problems, overlay };
        self.lock().showing = Arc::new(showing);
        if differs {
            self.changed.notify_all();
        }
        differs
    }

    /// Waits until something newer than `generation` is shown, but no longer than `patience`.
    pub fn next(&self, generation: u64, patience: Duration) -> Next {
        let until = Instant::now() + patience;
        let mut state = self.lock();
        loop {
            if state.ended {
                return Next::End;
            }
            if state.showing.generation != generation {
                return Next::Published(state.showing.clone());
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Next::Nothing;
            }
            state = self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Lets everyone go who waits.
    pub fn end(&self) {
        self.lock().ended = true;
        self.changed.notify_all();
    }

    pub fn has_ended(&self) -> bool {
        self.lock().ended
    }

    // The state is replaced as a whole, so that one who panicked cannot have left half of it.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn at(run: u64, generation: u64) -> String {
    format!("{run:016x}-{generation}")
}

fn digest(output: &Output) -> Arc<str> {
    let mut listing = String::new();
    for (address, content) in &output.files {
        listing.push_str(content.sha256());
        listing.push(' ');
        listing.push_str(address);
        listing.push('\n');
    }
    sha256(listing.as_bytes())
}
