//! The stream that tells a page when it is out of date: server-sent events, one thread a listener.

use std::io::{self, Write};
use std::time::Duration;

use super::published::{Next, Published, Showing};
use super::response::Chunks;

/// Where the script in every page listens.
pub const ADDRESS: &str = "/__milepost/events";

pub const CONTENT_TYPE: &str = "text/event-stream";

/// Tells of everything published until the listener has gone, which is an `Err`, or the preview has ended.
pub fn stream(writer: impl Write, published: &Published, heartbeat: Duration) -> io::Result<()> {
    let mut chunks = Chunks::begin(writer, CONTENT_TYPE)?;
    let mut told = published.showing();
    // The time in milliseconds after which a browser tries again when the server has gone.
    chunks.send(format!("retry: 500\n{}", event("hello", &told)).as_bytes())?;
    loop {
        match published.next(told.generation, heartbeat) {
            Next::Published(showing) => {
                chunks.send(event("reload", &showing).as_bytes())?;
                told = showing;
            }
            Next::Nothing => chunks.send(b": nothing new\n\n")?,
            Next::End => return chunks.end(),
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
