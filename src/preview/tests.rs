//! Runs the preview in this process over real folders, and reads it through sockets as a browser would.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::output::{Content, Output, sha256};

use super::{Browser, Build, Event, Options, Pace, Problem, Server, Watching, start, start_at};

/// Nothing takes that long; what never comes is told by a failure and not by a hanging test.
const PATIENCE: Duration = Duration::from_secs(10);

/// Each `.md` is a page, with the last line of it as its text; all else that is not hidden is copied. `broken` in a file is a
/// problem, and `partly` one that leaves an output.
fn build(folder: &Path) -> anyhow::Result<Build> {
    let mut build = Build { summary: "built".to_owned(), ..Build::default() };
    let mut output = Output::default();
    let below = walkdir::WalkDir::new(folder.join("content")).sort_by_file_name().into_iter();
    for entry in below.filter_entry(|entry| !entry.file_name().to_string_lossy().starts_with('.')) {
        let path = entry?.into_path();
        let relative = path.strip_prefix(folder)?.to_str().unwrap().to_owned();
        let address = relative.trim_start_matches("content/");
        if let Some(address) = address.strip_suffix(".md") {
            let text = fs::read_to_string(&path)?;
            let last = text.lines().last().unwrap_or_default();
            output.add(format!("{address}.html"), format!("<body><p>{last}</p></body>\n"));
            assert!(!text.contains("panic"), "{last}");
            anyhow::ensure!(!text.contains("fail"), "the disk is full");
            if text.contains("broken") || text.contains("partly") {
                build.problems.push(Problem { message: text, path: relative, ..Problem::default() });
            }
        } else if path.is_file() {
            output.add(address, Content::CopyOf { asset: relative.as_str().into(), sha256: sha256(&fs::read(&path)?) });
        }
    }
    let is_broken = build.problems.iter().any(|problem| problem.message.contains("broken"));
    build.output = (!is_broken).then_some(output);
    Ok(build)
}

/// A folder with a preview over it.
struct Case {
    folder: TempDir,
    server: Server,
    reports: Receiver<Event>,
}

const QUICK: Pace = Pace {
    quiet: Duration::from_millis(20),
    longest: Duration::from_millis(200),
    look: Duration::from_millis(50),
    heartbeat: Duration::from_millis(50),
    watching: Watching::Events,
};

impl Case {
    fn new(pace: Pace, index: &str) -> Case {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("content/e")).unwrap();
        fs::write(folder.path().join("content/index.md"), index).unwrap();
        let (told, reports) = channel();
        let root = folder.path().to_owned();
        let options = Options { folder: root.clone(), port: Some(0), browser: Browser::Leave };
        let server = start_at(pace, options, move || build(&root), move |event| drop(told.send(event))).unwrap();
        Case { folder, server, reports }
    }

    /// As editors save: beside, then over it. A build never reads half of it.
    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        let aside = path.with_file_name(".aside");
        fs::write(&aside, text).unwrap();
        fs::rename(aside, path).unwrap();
    }

    fn rename(&self, from: &str, to: &str) {
        fs::rename(self.folder.path().join(from), self.folder.path().join(to)).unwrap();
    }

    fn get(&self, path: &str) -> Answer {
        ask(
            self.server.address(),
            &format!("GET {path} HTTP/1.1\r\nConnection: close\r\nHost: {}\r\n\r\n", self.server.address()),
        )
    }

    fn stream(&self) -> Stream {
        let mut socket = connect(self.server.address());
        write!(socket, "GET /__milepost/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.server.address()).unwrap();
        Stream { lines: BufReader::new(socket) }
    }

    /// The events that come until the page is as expected; at least one does.
    fn sees(&self, stream: &mut Stream, path: &str, expected: impl Fn(&Answer) -> bool) -> Vec<Told> {
        let mut told = vec![stream.told("reload")];
        while !expected(&self.get(path)) {
            told.push(stream.told("reload"));
        }
        told
    }

    fn reported(&self, expected: impl Fn(&Event) -> bool) -> Event {
        let until = Instant::now() + PATIENCE;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let event = self.reports.recv_timeout(left).expect("it is reported");
            if expected(&event) {
                return event;
            }
        }
    }
}

fn connect(address: SocketAddr) -> TcpStream {
    let socket = TcpStream::connect(address).unwrap();
    socket.set_read_timeout(Some(PATIENCE)).unwrap();
    socket
}

#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

fn ask(address: SocketAddr, request: &str) -> Answer {
    let mut socket = connect(address);
    socket.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let body = if head.contains("\r\nTransfer-Encoding: chunked") { unchunked(body) } else { body.to_owned() };
    Answer { status, head: head.to_owned(), body }
}

fn unchunked(mut body: &str) -> String {
    let mut whole = String::new();
    loop {
        let (length, rest) = body.split_once("\r\n").unwrap();
        let length = usize::from_str_radix(length, 16).unwrap();
        whole.push_str(&rest[..length]);
        body = rest[length..].strip_prefix("\r\n").unwrap();
        if length == 0 {
            return whole;
        }
    }
}

struct Stream {
    lines: BufReader<TcpStream>,
}

#[derive(Debug, serde::Deserialize)]
struct Told {
    at: String,
    generation: u64,
    kind: String,
    sha256: String,
}

impl Stream {
    /// The next event, which has this name. The lines between events are chunk lengths, comments and reconnection times.
    fn told(&mut self, name: &str) -> Told {
        let mut named = String::new();
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            let mut line = String::new();
            assert!(self.lines.read_line(&mut line).unwrap() > 0, "the stream has ended");
            if let Some(name) = line.strip_prefix("event: ") {
                named = name.trim_end().to_owned();
            }
            if let Some(data) = line.strip_prefix("data: ") {
                assert_eq!(named, name);
                return serde_json::from_str(data).unwrap();
            }
        }
        panic!("no event `{name}` within {PATIENCE:?}");
    }

    fn ends(mut self) -> bool {
        let until = Instant::now() + PATIENCE;
        let mut line = String::new();
        while Instant::now() < until && self.lines.read_line(&mut line).unwrap() > 0 {
            if line == "0\r\n" {
                return true;
            }
            line.clear();
        }
        false
    }
}

/// What a writer does in an afternoon, and what a reader sees of it.
fn afternoon(watching: Watching) {
    let case = Case::new(Pace { watching, ..QUICK }, "first");
    let mut stream = case.stream();
    let hello = stream.told("hello");
    assert_eq!(hello.generation, 1);
    let page = case.get("/");
    assert!(page.body.starts_with("<body><p>first</p>") && page.body.ends_with("</body>\n"), "{page:?}");
    assert!(page.body.contains(&hello.at), "{page:?}");

    fs::write(case.folder.path().join("content/index.md"), "edited").unwrap();
    let told = case.sees(&mut stream, "/", |page| page.body.contains("<p>edited</p>"));
    assert!(told.iter().all(|told| told.kind == "portal" && told.generation > hello.generation), "{told:?}");
    assert_ne!(told.last().unwrap().sha256, hello.sha256);

    case.write("content/index.md", "saved aside");
    case.sees(&mut stream, "/index.html", |page| page.body.contains("<p>saved aside</p>"));

    fs::create_dir_all(case.folder.path().join("content/new/deep")).unwrap();
    case.write("content/new/deep/a.md", "in a new folder");
    case.sees(&mut stream, "/new/deep/a.html", |page| page.body.contains("<p>in a new folder</p>"));
    case.write("content/new/deep/a.md", "again");
    case.sees(&mut stream, "/new/deep/a.html", |page| page.body.contains("<p>again</p>"));

    case.rename("content/new/deep/a.md", "content/b.md");
    case.sees(&mut stream, "/b.html", |page| page.status == 200);
    assert_eq!(case.get("/new/deep/a.html").status, 404);
    case.rename("content/new", "content/old");
    case.write("content/old/deep/c.md", "below a renamed folder");
    case.sees(&mut stream, "/old/deep/c.html", |page| page.status == 200);

    case.write("content/e/proof.bin", "one");
    case.sees(&mut stream, "/e/proof.bin", |file| file.body == "one");

    case.write("content/b.md", "it is broken here");
    let told = case.sees(&mut stream, "/b.html", |page| page.body.contains("it is broken here"));
    assert_eq!(told.last().unwrap().kind, "problems");
    let page = case.get("/");
    assert!(page.body.contains("<p>saved aside</p>") && page.body.contains("it is broken here"), "{page:?}");
    assert!(page.body.contains("What lies below is the last portal that had none."), "{page:?}");
    assert!(case.get("/b.html").body.contains("<p>again</p>"));

    case.write("content/b.md", "mended");
    let told = case.sees(&mut stream, "/b.html", |page| page.body.contains("<p>mended</p>"));
    assert_eq!(told.last().unwrap().kind, "mended");
    assert!(!case.get("/b.html").body.contains("<milepost-problems>"));

    fs::remove_file(case.folder.path().join("content/b.md")).unwrap();
    case.sees(&mut stream, "/b.html", |page| page.status == 404);

    case.server.stop().unwrap();
    assert!(stream.ends());
}

#[test]
fn every_change_is_told_and_shown() {
    afternoon(Watching::Events);
}

#[test]
fn every_change_is_told_and_shown_where_the_system_tells_of_none() {
    afternoon(Watching::Polling);
}

#[test]
fn a_first_build_that_fails_is_a_page_until_it_is_mended() {
    let case = Case::new(QUICK, "broken <script>alert(1)</script>");
    let mut stream = case.stream();
    let hello = stream.told("hello");
    for path in ["/", "/m/M2.html", "/v/1.00"] {
        let page = case.get(path);
        assert_eq!(page.status, 503);
        assert!(page.body.contains("broken &lt;script&gt;alert(1)&lt;/script&gt;"), "{page:?}");
        assert!(!page.body.contains("<script>alert") && page.body.contains(&hello.at), "{page:?}");
    }
    assert_eq!(case.get("/portal.css").status, 404);

    case.write("content/index.md", "now");
    let told = case.sees(&mut stream, "/", |page| page.status == 200);
    assert_eq!(told.last().unwrap().kind, "mended");
    assert!(!case.get("/").body.contains("<milepost-problems>"));
}

#[test]
fn a_portal_in_part_is_shown_only_until_there_is_a_good_one() {
    let case = Case::new(QUICK, "partly one");
    let mut stream = case.stream();
    stream.told("hello");
    let page = case.get("/");
    assert!(page.status == 200 && page.body.contains("as much as could be built"), "{page:?}");
    case.write("content/index.md", "partly two");
    case.sees(&mut stream, "/", |page| page.body.starts_with("<body><p>partly two</p>"));
    case.write("content/index.md", "whole");
    case.sees(&mut stream, "/", |page| page.body.starts_with("<body><p>whole</p>"));
    case.write("content/index.md", "partly three");
    case.sees(&mut stream, "/", |page| page.body.contains("partly three"));
    assert!(case.get("/").body.starts_with("<body><p>whole</p>"));
}

#[test]
fn a_build_that_shows_nothing_new_reloads_nobody() {
    let case = Case::new(QUICK, "same");
    let mut stream = case.stream();
    let hello = stream.told("hello");
    case.reported(|event| matches!(event, Event::Listening { .. }));
    case.write("content/index.md", "a comment\nsame");
    case.reported(|event| matches!(event, Event::Built { published: false, problems: 0, .. }));
    case.write("content/index.md", "a comment\nother");
    let told = case.sees(&mut stream, "/", |page| page.body.contains("other"));
    assert_eq!((told.len(), told[0].generation), (1, hello.generation + 1));
}

#[test]
fn a_build_that_fails_or_panics_is_shown_and_tried_again() {
    let case = Case::new(QUICK, "good");
    let mut stream = case.stream();
    stream.told("hello");
    case.write("content/index.md", "fail");
    case.sees(&mut stream, "/", |page| page.body.contains("the disk is full"));
    case.reported(|event| *event == Event::Trouble { message: "the disk is full".to_owned() });
    case.write("content/index.md", "panic now");
    case.sees(&mut stream, "/", |page| page.body.contains("milepost failed while it built: panic now"));
    assert!(case.get("/").body.starts_with("<body><p>good</p>"));
    case.write("content/index.md", "fine");
    case.sees(&mut stream, "/", |page| page.body.contains("<p>fine</p>"));
}

#[test]
fn a_folder_that_goes_is_told_and_watched_again_when_it_is_back() {
    let case = Case::new(QUICK, "here");
    let (folder, aside) = (case.folder.path().to_owned(), case.folder.path().with_extension("aside"));
    let mut stream = case.stream();
    stream.told("hello");
    fs::rename(&folder, &aside).unwrap();
    case.sees(&mut stream, "/", |page| page.body.contains(" is gone"));
    assert!(case.get("/").body.starts_with("<body><p>here</p>"));
    case.reported(|event| matches!(event, Event::FolderGone { .. }));

    fs::rename(&aside, &folder).unwrap();
    case.sees(&mut stream, "/", |page| !page.body.contains(" is gone"));
    case.write("content/index.md", "back");
    case.sees(&mut stream, "/", |page| page.body.contains("<p>back</p>"));
}

#[test]
fn only_readers_on_this_machine_are_answered() {
    let case = Case::new(QUICK, "mine");
    let address = case.server.address();
    assert!(address.ip().is_loopback());
    let port = address.port();
    let check = |request: &str, expected: u16| {
        let request = request.replace("PORT", &port.to_string());
        assert_eq!(ask(address, &format!("{request}\r\nConnection: close\r\n\r\n")).status, expected, "{request}");
    };
    check("GET / HTTP/1.1\r\nHost: localhost:PORT", 200);
    check("GET / HTTP/1.1\r\nHost: [::1]:PORT\r\nOrigin: http://localhost:PORT", 200);
    check("GET / HTTP/1.1", 403);
    check("GET / HTTP/1.1\r\nHost: evil.example:PORT", 403);
    check("GET / HTTP/1.1\r\nHost: localhost:PORT\r\nHost: evil.example", 403);
    check("GET / HTTP/1.1\r\nHost: localhost:1", 403);
    check("GET / HTTP/1.1\r\nHost: localhost:PORT\r\nOrigin: http://evil.example", 403);
    check("GET / HTTP/1.1\r\nHost: localhost:PORT\r\nOrigin: null", 403);
    check("GET /__milepost/events HTTP/1.1\r\nHost: evil.example", 403);
    check("POST / HTTP/1.1\r\nHost: localhost:PORT\r\nContent-Length: 0", 405);
    check("DELETE / HTTP/1.1\r\nHost: localhost:PORT", 405);
    check("GET /../content/index.md HTTP/1.1\r\nHost: localhost:PORT", 404);
    check("GET /%2e%2e/content/index.md HTTP/1.1\r\nHost: localhost:PORT", 404);
    check("GET //evil.example HTTP/1.1\r\nHost: localhost:PORT", 404);
}

#[test]
fn answers_have_types_and_the_same_safe_headers() {
    let case = Case::new(QUICK, "mine");
    let mut stream = case.stream();
    stream.told("hello");
    case.write("content/e/index.md", "folder");
    case.sees(&mut stream, "/e/", |page| page.body.contains("<p>folder</p>"));
    case.write("content/404.md", "lost");
    case.sees(&mut stream, "/nowhere.html?query", |page| page.status == 404 && page.body.contains("<p>lost</p>"));
    let page = case.get("/index.html?query#fragment");
    for header in [
        "Content-Type: text/html; charset=utf-8",
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
        "Cross-Origin-Resource-Policy: same-origin",
        &format!("Content-Length: {}", page.body.len()),
    ] {
        assert!(page.head.contains(header), "{header}: {}", page.head);
    }
    assert!(case.get("/e").head.contains("Location: /e/\r\n"));
    let head = format!("HEAD / HTTP/1.1\r\nConnection: close\r\nHost: {}\r\n\r\n", case.server.address());
    let head = ask(case.server.address(), &head);
    assert!(head.body.is_empty() && head.head.contains("Content-Length: "), "{head:?}");
}

#[test]
fn assets_come_from_the_folder_and_from_nowhere_else() {
    let case = Case::new(QUICK, "mine");
    let mut stream = case.stream();
    stream.told("hello");
    let long = "0123456789abcdef".repeat(50_000);
    case.write("content/e/long.pdf", &long);
    case.sees(&mut stream, "/e/long.pdf", |file| file.body == long);
    assert!(case.get("/e/long.pdf").head.contains("Content-Type: application/pdf"));
    #[cfg(unix)]
    {
        let outside = tempfile::NamedTempFile::new().unwrap();
        fs::write(outside.path(), "secret").unwrap();
        std::os::unix::fs::symlink(outside.path(), case.folder.path().join("content/e/link.bin")).unwrap();
        case.write("content/index.md", "linked");
        case.sees(&mut stream, "/", |page| page.body.contains("<p>linked</p>"));
        let refused = case.get("/e/link.bin");
        assert!(refused.status == 404 && !refused.body.contains("secret"), "{refused:?}");
        assert!(refused.body.contains("is no file of the folder"), "{refused:?}");
    }
}

#[test]
fn streams_are_counted_and_those_nobody_hears_are_let_go() {
    let case = Case::new(QUICK, "mine");
    let mut streams: Vec<Stream> = (0..super::http::SEATS).map(|_| case.stream()).collect();
    for stream in &mut streams {
        stream.told("hello");
    }
    assert_eq!(case.get("/__milepost/events").status, 503);
    assert_eq!(case.get("/").status, 200);
    drop(streams);
    let until = Instant::now() + PATIENCE;
    loop {
        let mut socket = connect(case.server.address());
        write!(socket, "GET /__milepost/events HTTP/1.1\r\nHost: {}\r\n\r\n", case.server.address()).unwrap();
        let mut line = String::new();
        BufReader::new(socket).read_line(&mut line).unwrap();
        if line.contains(" 200 ") {
            break;
        }
        assert!(Instant::now() < until, "the seats stay taken");
        std::thread::sleep(QUICK.heartbeat);
    }
}

#[test]
fn a_page_of_an_earlier_run_is_out_of_date() {
    let (earlier, later) = (Case::new(QUICK, "same"), Case::new(QUICK, "same"));
    let (earlier, later) = (earlier.stream().told("hello"), later.stream().told("hello"));
    assert_eq!((earlier.generation, &earlier.sha256), (later.generation, &later.sha256));
    assert_ne!(earlier.at, later.at);
}

#[test]
fn a_port_that_is_taken_is_refused_only_where_it_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let begin = |port| {
        let options = Options { folder: folder.path().to_owned(), port, browser: Browser::Leave };
        start(options, || Ok(Build::default()), |_| {})
    };
    let refused = format!("{:#}", begin(Some(port)).err().unwrap());
    assert!(refused.contains(&format!("cannot listen on port {port} of 127.0.0.1")), "{refused}");
    let (first, second) = (begin(None).unwrap(), begin(None).unwrap());
    assert!(first.address().port() >= 8000 && second.address().port() > first.address().port());
    assert!(
        ask(first.address(), &format!("GET / HTTP/1.1\r\nConnection: close\r\nHost: {}\r\n\r\n", first.address()))
            .status
            == 503
    );
    first.stop().unwrap();
    second.stop().unwrap();
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    let options = Options { folder: "no/such/folder".into(), port: Some(0), browser: Browser::Leave };
    let refused = start(options, || Ok(Build::default()), |_| {}).err().unwrap();
    assert_eq!(refused.to_string(), "cannot watch the folder `no/such/folder`");
}
