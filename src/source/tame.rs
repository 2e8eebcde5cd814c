//! Tells the HTML that `syntax` makes from any other: the guard for HTML that comes back from a frozen file.

const ELEMENTS: &[&str] = &[
    "a",
    "blockquote",
    "br",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "input",
    "li",
    "ol",
    "p",
    "pre",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

const ATTRIBUTES: &[&str] =
    &["alt", "checked", "class", "disabled", "href", "id", "scope", "src", "start", "style", "title", "type"];

const STYLES: &[&str] = &["text-align: left", "text-align: center", "text-align: right"];

/// True where every `<` begins a tag of the list above, with listed attributes in double quotes and addresses that are
/// relative or of a safe scheme.
pub fn is_tame(markup: &str) -> bool {
    let mut rest = markup;
    while let Some(start) = rest.find('<') {
        let Some(after) = tag(&rest[start + 1..]) else { return false };
        rest = after;
    }
    true
}

/// What follows a tame tag, given what follows its `<`.
fn tag(text: &str) -> Option<&str> {
    let (closes, text) = text.strip_prefix('/').map_or((false, text), |rest| (true, rest));
    let (name, mut rest) = word(text);
    if !ELEMENTS.contains(&name) {
        return None;
    }
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>").or_else(|| rest.strip_prefix('>')) {
            return Some(after);
        }
        let (name, after) = word(rest);
        if closes || !ATTRIBUTES.contains(&name) {
            return None;
        }
        rest = match after.strip_prefix("=\"") {
            None => after,
            Some(value) => {
                let (value, after) = value.split_once('"')?;
                if !is_tame_value(name, value) {
                    return None;
                }
                after
            }
        };
    }
}

fn word(text: &str) -> (&str, &str) {
    text.split_at(text.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(text.len()))
}

fn is_tame_value(name: &str, value: &str) -> bool {
    match name {
        "href" => is_tame_address(value, &["http", "https", "mailto"]),
        // No page loads anything from elsewhere.
        "src" => is_tame_address(value, &[]),
        "style" => STYLES.contains(&value.trim_end_matches(';')),
        "type" => value == "checkbox",
        _ => !value.contains('<'),
    }
}

fn is_tame_address(value: &str, schemes: &[&str]) -> bool {
    let hidden = |character: char| character.is_control() || character == '\\' || character == '<';
    // A reference could spell a scheme that is not seen here; the ones that honest addresses need are known.
    let spelt = value.replace("&amp;", "").replace("&#x27;", "").replace("&#39;", "");
    if value.contains(hidden) || spelt.contains('&') || value.starts_with("//") {
        return false;
    }
    match value.find([':', '/', '?', '#']) {
        Some(end) if value[end..].starts_with(':') => {
            schemes.iter().any(|scheme| value[..end].eq_ignore_ascii_case(scheme))
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::is_tame;

    #[test]
    fn only_what_syntax_makes_is_tame() {
        let tame = [
            "plain &lt;text&gt;",
            "<h2 id=\"risks-1\">Risks</h2>\n<p>a <strong>b</strong><br />c</p>",
            "<p><a href=\"https://example.org/?a=1&amp;b=2\" title=\"x\">y</a> <a href=\"#z\">z</a></p>",
            "<ul>\n<li><input disabled=\"\" type=\"checkbox\" checked=\"\"/>done</li></ul>",
            "<td style=\"text-align: right\">1</td>",
            "<img src=\"pictures/one.png\" alt=\"one\" />",
        ];
        for markup in tame {
            assert!(is_tame(markup), "{markup}");
        }
        let wild = [
            "<script>alert(1)</script>",
            "<p onclick=\"x()\">a</p>",
            "<a href=\"javascript:x()\">a</a>",
            "<a href=\"&#106;avascript:x()\">a</a>",
            "<a href=\"//elsewhere.example\">a</a>",
            "<img src=\"https://elsewhere.example/p.png\" />",
            "<p style=\"position: fixed\">a</p>",
            "<p class='a'>b</p>",
            "<!-- a -->",
            "a < b",
            "<p",
            "</p onclick=\"x()\">",
            "<svg><use href=\"#a\"/></svg>",
        ];
        for markup in wild {
            assert!(!is_tame(markup), "{markup}");
        }
    }
}
