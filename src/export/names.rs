//! What states and gates are called for machines, and the parts of an address below the portal's.

use serde::Serialize;

use crate::model::milestone::GateName;

/// The name of a state as data has it: `awaiting_acceptance`.
pub fn code(state: &impl Serialize) -> String {
    let value = serde_json::to_value(state).expect("states are plain names");
    value.as_str().unwrap_or_default().to_string()
}

/// `M2 exit`.
pub fn gate_name(gate: &GateName) -> String {
    format!("{} {}", gate.milestone, gate.side.word())
}

/// Where the portal is published, with one `/` at its end; None where that is not an address of the web.
pub fn site_url(url: Option<&String>) -> Option<String> {
    let url = url?.trim_end_matches('/');
    let lower = url.to_ascii_lowercase();
    let is_web = lower.starts_with("https://") || lower.starts_with("http://");
    (is_web && !url.contains(|it: char| it.is_whitespace() || it.is_control())).then(|| format!("{url}/"))
}

/// An address as it stands in XML and feeds: what is not plain ASCII, and what has a meaning there, as percent codes.
pub fn encoded(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => encoded.push(byte.into()),
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    encoded
}

/// Text between tags or in an attribute of XML; what XML cannot hold is left out.
pub fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' => escaped.push(character),
            '\u{fffe}' | '\u{ffff}' => {}
            other if other < ' ' => {}
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{encoded, site_url, xml};

    #[test]
    fn only_addresses_of_the_web_are_published() {
        assert_eq!(site_url(Some(&"https://a.example/b//".to_string())), Some("https://a.example/b/".to_string()));
        assert_eq!(site_url(Some(&"javascript:alert(1)".to_string())), None);
    }

    #[test]
    fn addresses_and_texts_are_escaped() {
        assert_eq!(encoded("m/Phase-β.html"), "m/Phase-%CE%B2.html");
        assert_eq!(xml("a<b & \"c\"\u{0}\u{1b}"), "a&lt;b &amp; &quot;c&quot;");
    }
}
