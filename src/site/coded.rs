//! Text with names in backticks, as findings and rules have it, cut into what is code and what is not.

use serde::Serialize;

/// A part of a text: words, or a name as somebody would type it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    pub text: String,
    pub is_code: bool,
}

/// The parts in reading order. A backtick without a partner is a character like any other.
pub fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, code, after)) = next_code(rest) {
        push(&mut parts, before, false);
        push(&mut parts, code, true);
        rest = after;
    }
    push(&mut parts, rest, false);
    parts
}

/// Between marks of one length, so that code between two may hold one or three: `` ```text ``.
fn next_code(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_at(text.find('`')?);
    let marks = rest.len() - rest.trim_start_matches('`').len();
    let mut at = marks;
    while let Some(found) = rest[at..].find('`') {
        let start = at + found;
        let run = rest[start..].len() - rest[start..].trim_start_matches('`').len();
        if run == marks {
            return Some((before, rest[marks..start].trim(), &rest[start + run..]));
        }
        at = start + run;
    }
    // Two without a partner are code that says nothing.
    (marks == 2).then(|| (before, "", &rest[2..]))
}

fn push(parts: &mut Vec<Part>, text: &str, is_code: bool) {
    if !text.is_empty() {
        parts.push(Part { text: text.to_string(), is_code });
    }
}

#[cfg(test)]
mod tests {
    use super::parts;

    fn check(text: &str, expected: &str) {
        let told =
            parts(text).into_iter().map(|part| if part.is_code { format!("<{}>", part.text) } else { part.text });
        assert_eq!(told.collect::<String>(), expected);
    }

    #[test]
    fn names_in_backticks_are_code() {
        check("`M2` has no `owner`", "<M2> has no <owner>");
        check("plain", "plain");
        check("a ` alone", "a ` alone");
        check("``", "");
        check("a line of `` ```text `` is `left`", "a line of <```text> is <left>");
    }
}
