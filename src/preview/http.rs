//! Answers browsers on this machine, and nobody else: pages from memory, assets from the folder, the stream of events.

use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use anyhow::Context;
use tiny_http::{Method, Request};

use crate::output::Content;

use super::Signal;
use super::events;
use super::files::{self, Found};
use super::overlay;
use super::published::{Published, Showing};
use super::response::{self, Response};

/// Where a port is looked for, when none is asked for.
const PORTS: std::ops::Range<u16> = 8000..8100;
/// Threads that answer what is answered at once.
const WORKERS: usize = 4;
/// Streams and copies of assets at one time: each holds a thread for as long as its reader likes.
pub const SEATS: usize = 64;

/// Takes the port on loopback.
pub fn bind(port: Option<u16>) -> anyhow::Result<TcpListener> {
    let Some(port) = port else {
        return PORTS.into_iter().find_map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok()).with_context(
            || format!("no port from {} to {} is free; name one with `--port`", PORTS.start, PORTS.end - 1),
        );
    };
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .with_context(|| format!("cannot listen on port {port} of 127.0.0.1; name another with `--port`"))
}

/// The threads that answer.
pub struct Http {
    address: SocketAddr,
    server: Arc<tiny_http::Server>,
    published: Arc<Published>,
    workers: Vec<JoinHandle<()>>,
}

/// What is needed to answer.
struct Desk {
    folder: PathBuf,
    port: u16,
    published: Arc<Published>,
    heartbeat: Duration,
    /// Counted by its clones, so that a seat is free again however its thread ends.
    seats: Arc<()>,
}

pub fn start(
    listener: TcpListener,
    folder: &Path,
    published: Arc<Published>,
    heartbeat: Duration,
    signals: Sender<Signal>,
) -> anyhow::Result<Http> {
    let address = listener.local_addr().context("cannot tell the address of the preview")?;
    let server = tiny_http::Server::from_listener(listener, None)
        .map_err(|error| anyhow::anyhow!(error))
        .context("cannot serve the portal")?;
    let server = Arc::new(server);
    let folder = folder.to_owned();
    let desk =
        Arc::new(Desk { folder, port: address.port(), published: published.clone(), heartbeat, seats: Arc::default() });
    let mut workers = Vec::new();
    for _ in 0..WORKERS {
        let (server, desk, signals) = (server.clone(), desk.clone(), signals.clone());
        let work = move || work(&server, &desk, &signals);
        workers.push(Builder::new().name("pages".to_owned()).spawn(work).context("cannot serve the portal")?);
    }
    Ok(Http { address, server, published, workers })
}

impl Http {
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Comes and goes as a reader without a request, which frees a reader that the library has forgotten. Called now and then.
    ///
    /// It counts on a waiting thread for each connection, and may count one twice: then a connection lies in its queue
    /// until any other ends, and among streams none does.
    pub fn nudge(&self) {
        drop(TcpStream::connect(self.address));
    }

    /// Ends the streams, then the pages.
    pub fn stop(self) {
        self.published.end();
        for _ in &self.workers {
            self.server.unblock();
        }
        for worker in self.workers {
            // One that panicked has nothing left to end.
            let _ = worker.join();
        }
    }
}

fn work(server: &tiny_http::Server, desk: &Arc<Desk>, signals: &Sender<Signal>) {
    loop {
        match server.recv() {
            Ok(request) => desk.answer(request),
            Err(_) if desk.published.has_ended() => return,
            // The library has given up its listener, and no one will be heard any more.
            Err(error) => {
                let error = anyhow::Error::new(error).context("the system gives the preview no more connections");
                // Nobody hears it where the preview has ended first.
                let _ = signals.send(Signal::Failed(error));
                return;
            }
        }
    }
}

/// What is sent back, or how.
enum Reply {
    Now(Response),
    Copy(File, &'static str),
    Events,
}

impl Desk {
    fn answer(self: &Arc<Desk>, request: Request) {
        match self.reply(&request) {
            Reply::Now(response) => respond(request, &response),
            Reply::Copy(file, content_type) => self.take_seat(request, move |request, _| {
                // An error means that the reader has gone; so below.
                let _ = response::copy(request.into_writer(), file, content_type);
            }),
            Reply::Events => self.take_seat(request, |request, desk| {
                let _ = events::stream(request.into_writer(), &desk.published, desk.heartbeat);
            }),
        }
    }

    fn take_seat(self: &Arc<Desk>, request: Request, sit: impl FnOnce(Request, &Desk) + Send + 'static) {
        let seat = self.seats.clone();
        if Arc::strong_count(&seat) > SEATS + 1 {
            return respond(request, &Response::text(503, "too many readers at one time; close some"));
        }
        let desk = self.clone();
        // A request that no thread takes is dropped, which answers it with an error.
        let _ = Builder::new().name("reader".to_owned()).spawn(move || {
            let _seat = seat;
            sit(request, &desk);
        });
    }

    fn reply(&self, request: &Request) -> Reply {
        if let Err(refusal) = admit(request, self.port) {
            return Reply::Now(refusal);
        }
        let is_head = *request.method() == Method::Head;
        let path = request.url().split(['?', '#']).next().unwrap_or_default();
        if path == events::ADDRESS {
            return if is_head { Reply::Now(Response::in_chunks(events::CONTENT_TYPE)) } else { Reply::Events };
        }
        let showing = self.published.showing();
        let Some(portal) = &showing.portal else {
            return Reply::Now(without_portal(path, &showing));
        };
        match files::find(portal, path) {
            Found::File { address, content: Content::Bytes { bytes, .. } } => {
                Reply::Now(file(200, address, bytes, &showing))
            }
            Found::File { address, content: Content::CopyOf { asset, .. } } => match open(&self.folder, asset) {
                Ok(_) if is_head => Reply::Now(Response::in_chunks(files::content_type(address))),
                Ok(file) => Reply::Copy(file, files::content_type(address)),
                Err(reason) => Reply::Now(Response::text(404, &reason)),
            },
            // It came in a request line and was found in the portal, so that it is a path of ours in ASCII.
            Found::Folder => Reply::Now(Response::text(302, "a folder").with("Location", format!("{path}/"))),
            Found::Nothing => Reply::Now(not_found(path, &showing)),
        }
    }
}

/// Keeps out what no browser of this machine would ask of its own will: a page elsewhere that has its name resolve to
/// this machine gives itself away by its `Host`, a page that asks for ours by its `Origin`.
fn admit(request: &Request, port: u16) -> Result<(), Response> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return Err(Response::text(405, "the preview is read, not written").with("Allow", "GET, HEAD".to_owned()));
    }
    let values = |name: &'static str| {
        request.headers().iter().filter(move |header| header.field.equiv(name)).map(|header| header.value.as_str())
    };
    if values("Host").count() != 1 || !values("Host").all(|host| is_ours(host, port)) {
        return Err(Response::text(403, "the preview answers to localhost and 127.0.0.1 only"));
    }
    if !values("Origin").all(|origin| origin.strip_prefix("http://").is_some_and(|host| is_ours(host, port))) {
        return Err(Response::text(403, "the preview answers its own pages only"));
    }
    Ok(())
}

fn is_ours(host: &str, port: u16) -> bool {
    let (name, given) = match host.rsplit_once(':') {
        // The colons of a bare `[::1]` are its own.
        Some((name, given)) if !given.ends_with(']') => (name, given),
        _ => (host, "80"),
    };
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|ours| name.eq_ignore_ascii_case(ours)) && given == port.to_string()
}

/// A file of the folder, and of nowhere else: a link may lead out of it.
fn open(folder: &Path, asset: &str) -> Result<File, String> {
    let relative = Path::new(asset);
    if !relative.components().all(|component| matches!(component, Component::Normal(_))) {
        return Err(format!("`{asset}` is no file of the folder"));
    }
    let path = std::fs::canonicalize(folder.join(relative)).map_err(|error| format!("`{asset}`: {error}"))?;
    if !path.starts_with(folder) || !path.is_file() {
        return Err(format!("`{asset}` is no file of the folder"));
    }
    File::open(path).map_err(|error| format!("`{asset}`: {error}"))
}

fn file(status: u16, address: &str, bytes: &Arc<[u8]>, showing: &Showing) -> Response {
    match files::content_type(address) {
        files::HTML => page(status, overlay::onto(bytes, showing)),
        content_type => Response::new(status, content_type, bytes.clone()),
    }
}

fn without_portal(path: &str, showing: &Showing) -> Response {
    if !files::is_page(path) {
        return Response::text(404, "there is no portal yet");
    }
    let said = "What is wrong is listed here. This page becomes the portal when that is mended.";
    page(503, overlay::own_page("The portal cannot be built", said, showing))
}

fn not_found(path: &str, showing: &Showing) -> Response {
    if !files::is_page(path) {
        return Response::text(404, "no such file in the portal");
    }
    let portal = showing.portal.as_ref();
    match portal.and_then(|portal| portal.files.get("404.html")) {
        Some(Content::Bytes { bytes, .. }) => file(404, "404.html", bytes, showing),
        _ => page(404, overlay::own_page("No such page", "The portal has no page at this address.", showing)),
    }
}

fn page(status: u16, html: Vec<u8>) -> Response {
    Response::new(status, files::HTML, html)
}

fn respond(request: Request, response: &Response) {
    let is_head = *request.method() == Method::Head;
    let writer = request.into_writer();
    // A browser that goes on to another page hangs up on this one.
    let _ = if is_head { response.write_head(writer) } else { response.write(writer) };
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn only_names_of_this_machine_with_our_port_are_ours() {
        for host in ["localhost:8000", "LocalHost:8000", "127.0.0.1:8000", "[::1]:8000"] {
            assert!(is_ours(host, 8000), "{host}");
        }
        for host in [
            "",
            "localhost",
            "localhost:",
            "localhost:8001",
            "localhost:08000",
            "evil.example:8000",
            "localhost.evil.example:8000",
            "evil.example",
            "[::1]",
            "::1:8000",
            "127.0.0.1:8000/",
            "user@localhost:8000",
        ] {
            assert!(!is_ours(host, 8000), "{host}");
        }
        assert!(is_ours("localhost", 80) && is_ours("[::1]", 80));
    }
}
