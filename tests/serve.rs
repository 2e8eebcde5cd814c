//! The live preview over the demo: what a browser sees while its content is written.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::time::Duration;

use milepost::cli::serve::builder;
use milepost::disk::Reader;
use milepost::preview::{self, Browser, Options, Server};

use crate::support::{clock, demo};

fn started(folder: &Path) -> Server {
    let options = Options { folder: folder.to_path_buf(), port: Some(0), browser: Browser::Leave };
    preview::start(options, builder(Reader::new(folder), clock()), |_| {}).unwrap()
}

fn request(address: SocketAddr, path: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    stream
}

fn page(address: SocketAddr, path: &str) -> String {
    let mut text = Vec::new();
    request(address, path).read_to_end(&mut text).unwrap();
    String::from_utf8_lossy(&text).into_owned()
}

/// The stream of events that a page listens to.
struct Events(BufReader<TcpStream>);

impl Events {
    fn of(address: SocketAddr) -> Events {
        let mut events = Events(BufReader::new(request(address, "/__milepost/events")));
        assert!(events.next().contains("hello"));
        events
    }

    /// The next event: its name and its data.
    fn next(&mut self) -> String {
        let mut event = String::new();
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the stream ended after {event:?}");
            if line.starts_with("event:") {
                event = line;
            } else if line.starts_with("data:") && !event.is_empty() {
                return event + &line;
            }
        }
    }
}

#[test]
fn the_reader_of_a_page_sees_each_change_as_it_is_written() {
    let folder = demo();
    let content = folder.path().join("content");
    let server = started(folder.path());
    let address = server.address();
    assert!(page(address, "/m/M2.html").contains("awaits independent acceptance"));
    let mut events = Events::of(address);

    // The QA lead accepts: the page follows.
    let record = content.join("evidence/E-014.md");
    let text = fs::read_to_string(&record).unwrap();
    let judged =
        "location: evidence/files/rehearsal-record.txt\nresult: pass\nacceptor: Amara Doyle\naccepted_on: 2026-02-18\n";
    fs::write(&record, text.replace("location: evidence/files/rehearsal-record.txt\n", judged)).unwrap();
    assert!(events.next().contains("\"kind\":\"portal\""));
    let accepted = page(address, "/m/M2.html");
    assert!(accepted.contains("All 5 mandatory exit criteria are met"), "{accepted}");

    // Broken YAML: the last good portal stays, with what is wrong over it.
    let seals = content.join("evidence/seals.yaml");
    let good = fs::read_to_string(&seals).unwrap();
    fs::write(&seals, "- { id: E-010, sha256: \"never closed }\n").unwrap();
    assert!(events.next().contains("\"kind\":\"problems\""));
    let broken = page(address, "/m/M2.html");
    assert!(broken.contains("All 5 mandatory exit criteria are met"));
    assert!(broken.contains("yaml-does-not-parse") && broken.contains("content/evidence/seals.yaml"), "{broken}");

    // Mended, by an atomic save.
    let aside = content.join("evidence/.seals.yaml.new");
    fs::write(&aside, good).unwrap();
    fs::rename(&aside, &seals).unwrap();
    assert!(events.next().contains("\"kind\":\"mended\""));
    assert!(!page(address, "/m/M2.html").contains("yaml-does-not-parse"));

    // A record file under another name is another record; the name gives the id.
    fs::rename(content.join("risks/R-02.md"), content.join("risks/R-22.md")).unwrap();
    assert!(events.next().contains("\"kind\":\"portal\""));
    assert!(page(address, "/r/R-22.html").starts_with("HTTP/1.1 200"));
    assert!(page(address, "/r/R-02.html").starts_with("HTTP/1.1 404"));

    // And deleted.
    fs::remove_file(content.join("risks/R-22.md")).unwrap();
    assert!(events.next().contains("\"kind\":\"portal\""));
    assert!(page(address, "/r/R-22.html").starts_with("HTTP/1.1 404"));
    server.stop().unwrap();
}

#[test]
fn a_first_build_that_fails_shows_why_and_then_the_portal() {
    let folder = demo();
    let broken = folder.path().join("content/broken.yaml");
    fs::write(&broken, "risks: [\n").unwrap();
    let server = started(folder.path());
    let address = server.address();
    let shown = page(address, "/");
    assert!(shown.contains("yaml-does-not-parse") && shown.contains("content/broken.yaml"), "{shown}");
    let mut events = Events::of(address);
    fs::remove_file(&broken).unwrap();
    assert!(events.next().contains("reload"));
    assert!(page(address, "/").contains("Are we going to make it"));
    server.stop().unwrap();
}
