//! Writes answers in HTTP: whole with their length, or in chunks; all with the same safe headers.

use std::fs::File;
use std::io::{self, Read, Write};
use std::sync::Arc;

use tiny_http::StatusCode;

/// An answer that is at hand.
pub struct Response {
    status: u16,
    content_type: &'static str,
    header: Option<(&'static str, String)>,
    /// None is what follows in chunks.
    body: Option<Arc<[u8]>>,
}

impl Response {
    pub fn new(status: u16, content_type: &'static str, body: impl Into<Arc<[u8]>>) -> Response {
        Response { status, content_type, header: None, body: Some(body.into()) }
    }

    /// The head of what `Chunks` sends.
    pub fn in_chunks(content_type: &'static str) -> Response {
        Response { status: 200, content_type, header: None, body: None }
    }

    pub fn text(status: u16, text: &str) -> Response {
        Response::new(status, "text/plain; charset=utf-8", format!("{text}\n").into_bytes())
    }

    /// With one more header; neither part holds a line break.
    pub fn with(self, name: &'static str, value: String) -> Response {
        Response { header: Some((name, value)), ..self }
    }

    pub fn write(&self, mut writer: impl Write) -> io::Result<()> {
        self.write_head(&mut writer)?;
        writer.write_all(self.body.as_deref().unwrap_or_default())?;
        writer.flush()
    }

    /// All but the body.
    ///
    /// Each answer asks for its connection to be closed. The library gives a connection to the next thread that is free;
    /// connections that were kept alive would keep their threads, and a page would wait for its style sheet.
    pub fn write_head(&self, mut writer: impl Write) -> io::Result<()> {
        let phrase = StatusCode(self.status).default_reason_phrase();
        write!(writer, "HTTP/1.1 {} {phrase}\r\n{COMMON}Content-Type: {}\r\n", self.status, self.content_type)?;
        if let Some((name, value)) = &self.header {
            write!(writer, "{name}: {value}\r\n")?;
        }
        match &self.body {
            Some(body) => write!(writer, "Content-Length: {}\r\n\r\n", body.len())?,
            None => write!(writer, "Transfer-Encoding: chunked\r\n\r\n")?,
        }
        writer.flush()
    }
}

const COMMON: &str = "Cache-Control: no-store\r\n\
    X-Content-Type-Options: nosniff\r\n\
    Referrer-Policy: no-referrer\r\n\
    X-Frame-Options: SAMEORIGIN\r\n\
    Cross-Origin-Resource-Policy: same-origin\r\n\
    Connection: close\r\n";

/// An answer that is written bit by bit.
pub struct Chunks<W>(W);

impl<W: Write> Chunks<W> {
    pub fn begin(mut writer: W, content_type: &'static str) -> io::Result<Chunks<W>> {
        Response::in_chunks(content_type).write_head(&mut writer)?;
        Ok(Chunks(writer))
    }

    /// Sent at once. Nothing is nothing: an empty chunk would be the end.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        write!(self.0, "{:x}\r\n", bytes.len())?;
        self.0.write_all(bytes)?;
        self.0.write_all(b"\r\n")?;
        self.0.flush()
    }

    pub fn end(mut self) -> io::Result<()> {
        self.0.write_all(b"0\r\n\r\n")?;
        self.0.flush()
    }
}

/// A file as it is while it is read. Its length may change meanwhile, so that none is promised.
pub fn copy(writer: impl Write, mut file: File, content_type: &'static str) -> io::Result<()> {
    let mut chunks = Chunks::begin(writer, content_type)?;
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return chunks.end(),
            Ok(length) => chunks.send(&buffer[..length])?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                // No length, and so an error to the reader, who must not take a part for the whole.
                chunks.0.write_all(b"unreadable\r\n\r\n")?;
                chunks.0.flush()?;
                return Err(error);
            }
        }
    }
}
