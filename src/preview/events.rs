//! The stream that tells a page when it is out of date: server-sent events, one thread a listener.

use std::io::{self, Write};
use std::time::Duration;

use super::published::{Next, Published, Showing};

/// Where the script in every page listens.
pub const ADDRESS: &str = "/__milepost/events";

const HEAD: &str = "HTTP/1.1 200 OK\r\n\
    Content-Type: text/event-stream\r\n\
    Cache-Control: no-store\r\n\
    X-Content-Type-Options: nosniff\r\n\
    Cross-Origin-Resource-Policy: same-origin\r\n\
    Connection: close\r\n\
    Transfer-Encoding: chunked\r\n\r\n";

/// Tells of everything published until the listener has gone, which is an `Err`, or the preview has ended.
///
/// The library's own responses are held back until a buffer is full, so this writes HTTP itself and flushes each event.
pub fn stream(mut writer: impl Write, published: &Published, heartbeat: Duration) -> io::Result<()> {
    writer.write_all(HEAD.as_bytes())?;
    let mut told = published.showing();
    send(&mut writer, &format!("retry: 500\n{}", event("hello", &told)))?;
    loop {
        match published.next(told.generation, heartbeat) {
            Next::Published(showing) => {
                send(&mut writer, &event("reload", &showing))?;
                told = showing;
            }
            Next::Nothing => send(&mut writer, ": nothing new\n\n")?,
            Next::End => {
                writer.write_all(b"0\r\n\r\n")?;
                return writer.flush();
            }
        }
    }
}

/// One event, in JSON whose values need no escapes: digits, words of ours, hexadecimal.
fn event(name: &str, showing: &Showing) -> String {
    format!(
        "event: {name}\nid: {at}\ndata: {{\"at\":\"{at}\",\"generation\":{},\"kind\":\"{}\",\"sha256\":\"{}\"}}\n\n",
        showing.generation,
        showing.kind.word(),
        showing.sha256,
        at = showing.at,
    )
}

/// One chunk, at once.
fn send(writer: &mut impl Write, text: &str) -> io::Result<()> {
    write!(writer, "{:x}\r\n{text}\r\n", text.len())?;
    writer.flush()
}
