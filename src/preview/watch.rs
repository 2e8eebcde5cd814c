//! Hears that something in the folder has changed, and never what: a build looks for itself.

use std::fs::Metadata;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::Sender;

use notify::event::{CreateKind, EventKind, ModifyKind};
use notify::{ErrorKind, RecommendedWatcher, RecursiveMode, Watcher};
use walkdir::WalkDir;

use super::{Signal, Watching};

/// What may have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Content,
    /// A folder came, or the one that is watched moved: the watch must be made again before a build looks.
    Folders,
    /// The system tells of no more changes, and why.
    Blind(String),
}

/// Watches one folder: by the system's events where they come, by looking where they do not.
pub struct Watch {
    folder: PathBuf,
    signals: Sender<Signal>,
    eyes: Eyes,
    noted: Option<Change>,
    fallen_back: Option<String>,
}

enum Eyes {
    /// Held because it watches as long as it lives.
    Events {
        _watcher: RecommendedWatcher,
    },
    Polling {
        seen: u64,
    },
}

impl Watch {
    pub fn new(folder: PathBuf, signals: Sender<Signal>, watching: Watching) -> Watch {
        let mut watch = Watch { folder, signals, eyes: Eyes::Polling { seen: 0 }, noted: None, fallen_back: None };
        match watching {
            Watching::Events => watch.open_eyes(),
            Watching::Polling => watch.renew_if_noted(),
        }
        watch
    }

    /// Remembers what the next `renew_if_noted` has to do.
    pub fn note(&mut self, change: Change) {
        match (&self.noted, change) {
            (Some(Change::Blind(_)), _) | (_, Change::Content) => {}
            (_, change) => self.noted = Some(change),
        }
    }

    /// Makes the watch fit the folders that are there now. Called before a build looks: whatever comes later is heard.
    ///
    /// A folder that comes is watched by the library too, but some time after it has told of it, and a file that is
    /// written between the look of a build and that time would be missed.
    pub fn renew_if_noted(&mut self) {
        match (self.noted.take(), &mut self.eyes) {
            (Some(Change::Blind(reason)), Eyes::Events { .. }) => self.fall_back(reason),
            (Some(Change::Folders), Eyes::Events { .. }) => self.open_eyes(),
            (_, Eyes::Polling { seen }) => *seen = fingerprint(&self.folder),
            _ => {}
        }
    }

    /// Whether the folder is not as it was at the last call or renewal. Where events tell, no, but for a watch that
    /// could not be renewed.
    pub fn looks_different(&mut self) -> bool {
        let Eyes::Polling { seen } = &mut self.eyes else {
            return self.noted.is_some();
        };
        let before = std::mem::replace(seen, fingerprint(&self.folder));
        before != *seen
    }

    /// Why the folder is polled, once.
    pub fn fallen_back(&mut self) -> Option<String> {
        self.fallen_back.take()
    }

    fn open_eyes(&mut self) {
        match listen(&self.folder, &self.signals) {
            Ok(watcher) => self.eyes = Eyes::Events { _watcher: watcher },
            // It is looked for every second, and watched when it is back.
            Err(_) if !self.folder.is_dir() => self.noted = Some(Change::Folders),
            Err(error) => self.fall_back(error.to_string()),
        }
    }

    fn fall_back(&mut self, reason: String) {
        self.eyes = Eyes::Polling { seen: fingerprint(&self.folder) };
        self.fallen_back = Some(reason);
    }
}

/// Whether a path is one that no build reads: an output, a tool's folder, a hidden name, an editor's scratch. Only paths below
/// `folder` can be; how the folder itself is named is its owner's business.
fn is_ignored(folder: &Path, path: &Path) -> bool {
    let Ok(relative) = path.strip_prefix(folder) else {
        return false;
    };
    let mut names = relative.components().filter_map(|component| match component {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    let tools = |name: &str| matches!(name, "output" | "target" | "node_modules");
    relative.components().next().is_some_and(|first| tools(&first.as_os_str().to_string_lossy()))
        || names
            .any(|name| name.starts_with('.') || name.ends_with('~') || name == "4913" || name.starts_with("___jb_"))
}

/// A watch of the folder and of all below it but what is ignored: a `target` alone could use up what the system allows.
fn listen(folder: &Path, signals: &Sender<Signal>) -> notify::Result<RecommendedWatcher> {
    // A folder may go while it is being watched; that is told as an event, and is no reason to give up.
    for _ in 0..4 {
        match try_listen(folder, signals) {
            Err(error) if is_missing(&error) && folder.is_dir() => {}
            outcome => return outcome,
        }
    }
    try_listen(folder, signals)
}

fn try_listen(folder: &Path, signals: &Sender<Signal>) -> notify::Result<RecommendedWatcher> {
    let (root, signals) = (folder.to_owned(), signals.clone());
    let hear = move |event: notify::Result<notify::Event>| {
        if let Some(change) = meaning(&root, event) {
            // The preview has ended where nobody hears it.
            let _ = signals.send(Signal::Changed(change));
        }
    };
    let mut watcher = RecommendedWatcher::new(hear, notify::Config::default().with_follow_symlinks(false))?;
    // First the folder, then what is in it: what comes in between is told.
    watcher.watch(folder, RecursiveMode::NonRecursive)?;
    for entry in std::fs::read_dir(folder).map_err(notify::Error::io)? {
        let entry = entry.map_err(notify::Error::io)?;
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder && !is_ignored(folder, &entry.path()) {
            watcher.watch(&entry.path(), RecursiveMode::Recursive)?;
        }
    }
    Ok(watcher)
}

fn is_missing(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => error.kind() == io::ErrorKind::NotFound,
        _ => false,
    }
}

/// What an event means for the next build; None where it means nothing.
fn meaning(folder: &Path, event: notify::Result<notify::Event>) -> Option<Change> {
    let event = match event {
        Ok(event) => event,
        Err(error) => return Some(Change::Blind(error.to_string())),
    };
    // The system lost count: anything may have come.
    if event.need_rescan() {
        return Some(Change::Folders);
    }
    // Reading is also what a build does.
    if matches!(event.kind, EventKind::Access(_)) {
        return None;
    }
    // A rename names two paths: from a scratch name to a real one is a change.
    if !event.paths.is_empty() && event.paths.iter().all(|path| is_ignored(folder, path)) {
        return None;
    }
    let is_within = matches!(
        event.kind,
        EventKind::Create(CreateKind::File) | EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_))
    );
    let moved = |path: &PathBuf| path == folder || (path.is_dir() && !is_ignored(folder, path));
    if !is_within && event.paths.iter().any(moved) {
        return Some(Change::Folders);
    }
    Some(Change::Content)
}

/// A number that changes when a file or folder comes, goes, or is written.
fn fingerprint(folder: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    let below = WalkDir::new(folder).sort_by_file_name().into_iter();
    for entry in below.filter_entry(|entry| !is_ignored(folder, entry.path())) {
        match entry {
            Ok(entry) => {
                entry.path().hash(&mut hasher);
                let metadata = entry.metadata().ok();
                let is_file = metadata.as_ref().is_some_and(Metadata::is_file);
                metadata
                    .filter(|_| is_file)
                    .map(|metadata| (metadata.len(), metadata.modified().ok()))
                    .hash(&mut hasher);
            }
            Err(error) => error.path().hash(&mut hasher),
        }
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::mpsc::channel;

    use notify::event::{AccessKind, CreateKind, DataChange, EventKind, Flag, ModifyKind, RemoveKind, RenameMode};

    use crate::preview::Watching;

    use super::{Change, Watch, fingerprint, is_ignored, meaning};

    const SAVED: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
    const RENAMED: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::Both));

    fn check(kind: EventKind, paths: &[&Path], expected: Option<Change>) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("content/new")).unwrap();
        let mut event = notify::Event::new(kind);
        for path in paths {
            event = event.add_path(folder.path().join(path));
        }
        assert_eq!(meaning(folder.path(), Ok(event)), expected, "{kind:?} {paths:?}");
    }

    #[test]
    fn events_mean_no_more_than_that_something_changed() {
        let (page, scratch, new) =
            (Path::new("content/a.md"), Path::new("content/.a.md.swp"), Path::new("content/new"));
        check(SAVED, &[page], Some(Change::Content));
        check(EventKind::Remove(RemoveKind::File), &[page], Some(Change::Content));
        check(EventKind::Any, &[], Some(Change::Content));
        check(RENAMED, &[scratch, page], Some(Change::Content));
        check(RENAMED, &[page, scratch], Some(Change::Content));
        check(EventKind::Create(CreateKind::Folder), &[new], Some(Change::Folders));
        check(RENAMED, &[scratch, new], Some(Change::Folders));
        check(EventKind::Remove(RemoveKind::Folder), &[Path::new("")], Some(Change::Folders));
        check(SAVED, &[scratch], None);
        check(EventKind::Access(AccessKind::Any), &[page], None);
    }

    #[test]
    fn a_watch_that_lost_count_or_failed_says_so() {
        let folder = Path::new("folder");
        let lost = notify::Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(meaning(folder, Ok(lost)), Some(Change::Folders));
        let limit = notify::Error::new(notify::ErrorKind::MaxFilesWatch);
        assert!(matches!(meaning(folder, Err(limit)), Some(Change::Blind(_))));
    }

    #[test]
    fn a_watch_that_goes_blind_looks_for_itself() {
        let folder = tempfile::tempdir().unwrap();
        let (signals, _heard) = channel();
        let mut watch = Watch::new(folder.path().to_owned(), signals, Watching::Events);
        assert_eq!(watch.fallen_back(), None);
        watch.note(Change::Blind("too many folders".to_owned()));
        watch.note(Change::Folders);
        watch.renew_if_noted();
        assert_eq!(watch.fallen_back().as_deref(), Some("too many folders"));
        assert_eq!(watch.fallen_back(), None);
        assert!(!watch.looks_different());
        std::fs::write(folder.path().join("a.md"), "a").unwrap();
        assert!(watch.looks_different());
        assert!(!watch.looks_different());
    }

    #[test]
    fn what_no_build_reads_is_ignored() {
        let folder = Path::new("a/.hidden/output");
        for path in
            ["output/index.html", "target/x", "node_modules/x", ".git/index", "content/.x/y", "content/a.md~", "4913"]
        {
            assert!(is_ignored(folder, &folder.join(path)), "{path}");
        }
        for path in ["", "content/a.md", "content/output/a.md", "content/target.md", "themes/mine/x.css"] {
            assert!(!is_ignored(folder, &folder.join(path)), "{path}");
        }
        assert!(!is_ignored(folder, Path::new("elsewhere/output/x")));
    }

    #[test]
    fn a_look_sees_what_came_went_and_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let page = folder.path().join("a.md");
        let mut seen = vec![fingerprint(folder.path())];
        let mut look = |differs: bool| {
            let now = fingerprint(folder.path());
            assert_eq!(now != *seen.last().unwrap(), differs);
            seen.push(now);
        };
        look(false);
        std::fs::write(&page, "a").unwrap();
        look(true);
        std::fs::write(&page, "ab").unwrap();
        look(true);
        std::fs::write(folder.path().join(".a.md.swp"), "ab").unwrap();
        look(false);
        std::fs::rename(&page, folder.path().join("b.md")).unwrap();
        look(true);
        std::fs::create_dir(folder.path().join("new")).unwrap();
        look(true);
        std::fs::remove_file(folder.path().join("b.md")).unwrap();
        look(true);
    }
}
