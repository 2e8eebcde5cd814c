//! Which file of the portal an address means, and of what type it is.

use crate::output::{Content, Output};

/// What lies at an address.
#[derive(Debug, PartialEq, Eq)]
pub enum Found<'a> {
    File {
        address: &'a str,
        content: &'a Content,
    },
    /// A folder asked for without the slash, without which the links of its page would lead elsewhere.
    Folder,
    Nothing,
}

/// Looks up a path as it stands in a request: beginning with `/`, percent-encoded, without its query. Addresses are keys of a
/// map and never paths of a disk, so `..` finds nothing.
pub fn find<'a>(output: &'a Output, path: &str) -> Found<'a> {
    let Some(mut address) = path.strip_prefix('/').and_then(decode) else {
        return Found::Nothing;
    };
    if address.is_empty() || address.ends_with('/') {
        address.push_str("index.html");
    }
    if let Some((address, content)) = output.files.get_key_value(&address) {
        return Found::File { address, content };
    }
    if output.files.contains_key(&format!("{address}/index.html")) {
        return Found::Folder;
    }
    Found::Nothing
}

/// Whether one who asks for this path may expect a page: a folder, an `.html`, a name without a known extension (`v/1.00`).
pub fn is_page(path: &str) -> bool {
    path.ends_with('/') || matches!(content_type(path), HTML | UNKNOWN)
}

/// The type of a page.
pub const HTML: &str = "text/html; charset=utf-8";
const UNKNOWN: &str = "application/octet-stream";

/// By extension; what is not known is offered as a file to keep.
pub fn content_type(address: &str) -> &'static str {
    match extension(address).as_str() {
        "html" | "htm" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "txt" | "yaml" | "yml" | "toml" | "log" => "text/plain; charset=utf-8",
        "md" | "markdown" => "text/markdown; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "atom" => "application/atom+xml",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "mp4" => "video/mp4",
        _ => UNKNOWN,
    }
}

fn extension(address: &str) -> String {
    let name = address.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase())
}

/// None where a percent sign is not followed by two digits, or the bytes are not UTF-8.
fn decode(path: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(path.len());
    let mut bytes = path.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            decoded.push(byte);
            continue;
        }
        let high = char::from(bytes.next()?).to_digit(16)?;
        let low = char::from(bytes.next()?).to_digit(16)?;
        decoded.push((high * 16 + low) as u8);
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use crate::output::Output;

    use super::{Found, content_type, find, is_page};

    fn check(path: &str, expected: &str) {
        let mut output = Output::default();
        for address in ["index.html", "m/M2.html", "v/1.00/index.html", "e/Prüfung 1.pdf", "100%.html"] {
            output.add(address, address.to_owned());
        }
        let found = match find(&output, path) {
            Found::File { address, .. } => address,
            Found::Folder => "folder",
            Found::Nothing => "nothing",
        };
        assert_eq!(found, expected, "{path}");
    }

    #[test]
    fn an_address_finds_its_file() {
        check("/", "index.html");
        check("/m/M2.html", "m/M2.html");
        check("/v/1.00/", "v/1.00/index.html");
        check("/v/1.00", "folder");
        check("/e/Pr%C3%BCfung%201.pdf", "e/Prüfung 1.pdf");
        check("/100%25.html", "100%.html");
    }

    #[test]
    fn what_is_no_address_finds_nothing() {
        for path in [
            "",
            "m/M2.html",
            "//m/M2.html",
            "/m",
            "/m/",
            "/100%.html",
            "/%ff",
            "/%",
            "/%4",
            "/%+1",
            "/../index.html",
            "/m/../index.html",
            "/%2e%2e/index.html",
            "/..%2findex.html",
            "/m%5cM2.html",
            "/index.html%00",
            "http://127.0.0.1/index.html",
        ] {
            check(path, "nothing");
        }
    }

    #[test]
    fn types_follow_the_extension() {
        assert_eq!(content_type("m/M2.html"), "text/html; charset=utf-8");
        assert_eq!(content_type("v/1.00/LOGO.SVG"), "image/svg+xml");
        assert_eq!(content_type("v/1.00/licence"), "application/octet-stream");
        assert!(is_page("/v/1/") && is_page("/m/M2.html") && is_page("/v/1.00"));
        assert!(!is_page("/portal.css"));
    }
}
