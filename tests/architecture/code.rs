//! Rust source as code alone: comments and the insides of strings blanked, so that a search finds only what is compiled.

/// The same bytes in the same lines, with spaces where a comment or the inside of a literal was.
pub struct Code {
    text: String,
}

impl Code {
    pub fn of(text: &str) -> Code {
        Code { text: blanked(text) }
    }

    /// The same without the items that stand under `#[cfg(test)]`.
    pub fn without_tests(&self) -> Code {
        const MARK: &str = "#[cfg(test)]";
        let mut text = self.text.clone();
        let mut from = 0;
        while let Some(start) = text[from..].find(MARK).map(|at| at + from) {
            let end = end_of_item(&text, start + MARK.len());
            let blank: String = text[start..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
            text.replace_range(start..end, &blank);
            from = start;
        }
        Code { text }
    }

    /// The lines, from 1, on which these words stand as whole words.
    pub fn lines_with(&self, words: &str) -> Vec<usize> {
        self.places_of(words).into_iter().map(|at| self.line(at)).collect()
    }

    /// Every path that begins with one of these names and `::`, braces written out, without the name itself. A name that
    /// is imported alone (`use crate as other`) gives an empty path.
    pub fn paths_from(&self, names: &[&str]) -> Vec<(usize, String)> {
        let mut paths = Vec::new();
        for name in names {
            for at in self.places_of(name) {
                let rest = &self.text[at + name.len()..];
                if let Some(tree) = rest.strip_prefix("::") {
                    let start = at + name.len() + 2;
                    let mut tree = Tree { text: tree, at: 0 };
                    tree.read("", &mut |offset, path| paths.push((self.line(start + offset), path)));
                } else if rest.trim_start().starts_with("as ") {
                    paths.push((self.line(at), String::new()));
                }
            }
        }
        paths.retain(|(_, path)| path != "super" && !path.starts_with("super::"));
        paths
    }

    /// What `pub use` gives on, `pub(crate) use` and its like included.
    pub fn re_exports(&self) -> Vec<(usize, String)> {
        let mut paths = Vec::new();
        for at in self.places_of("use") {
            let before = self.text[..at].trim_end();
            let is_public = before.ends_with("pub")
                || before.strip_suffix(')').and_then(|before| Some(before[..before.rfind('(')?].ends_with("pub")))
                    == Some(true);
            if is_public {
                let start = at + "use".len();
                let mut tree = Tree { text: &self.text[start..], at: 0 };
                tree.read("", &mut |offset, path| paths.push((self.line(start + offset), path)));
            }
        }
        paths
    }

    /// The modules that this file declares, and whether each is there for tests only.
    pub fn modules(&self) -> Vec<(&str, bool)> {
        let places = self.places_of("mod").into_iter();
        let named = places.filter_map(|at| {
            let name = self.text[at + "mod".len()..].trim_start();
            let end = name.find(|c: char| !is_part_of_a_name(c))?;
            let before = self.text[..at].trim_end().trim_end_matches("pub").trim_end();
            Some((&name[..end], before.ends_with("#[cfg(test)]")))
        });
        named.filter(|(name, _)| !name.is_empty()).collect()
    }

    fn places_of(&self, words: &str) -> Vec<usize> {
        let whole = |at: &usize| {
            let before = self.text[..*at].chars().next_back();
            let after = self.text[at + words.len()..].chars().next();
            let starts = !words.starts_with(is_part_of_a_name) || !before.is_some_and(is_part_of_a_name);
            let ends = !words.ends_with(is_part_of_a_name) || !after.is_some_and(is_part_of_a_name);
            starts && ends
        };
        self.text.match_indices(words).map(|(at, _)| at).filter(whole).collect()
    }

    fn line(&self, at: usize) -> usize {
        self.text[..at].matches('\n').count() + 1
    }
}

/// Reads `a::{b, c::{d as e, *}}` into `a::b`, `a::c::d`, `a::c::*`.
struct Tree<'a> {
    text: &'a str,
    at: usize,
}

impl Tree<'_> {
    fn read(&mut self, before: &str, found: &mut impl FnMut(usize, String)) {
        self.skip_space();
        let start = self.at;
        if self.takes('{') {
            loop {
                self.skip_space();
                if self.at >= self.text.len() || self.takes('}') {
                    return;
                }
                let at = self.at;
                self.read(before, found);
                self.skip_until_separator();
                self.takes(',');
                if self.at == at {
                    return;
                }
            }
        }
        let name = if self.takes('*') { "*".to_owned() } else { self.name() };
        let path = if before.is_empty() { name } else { format!("{before}::{name}") };
        if self.text[self.at..].starts_with("::") {
            self.at += 2;
            // A turbofish ends the path.
            if !self.text[self.at..].starts_with('<') {
                return self.read(&path, found);
            }
        }
        found(start, path);
    }

    fn name(&mut self) -> String {
        let rest = &self.text[self.at..];
        let end = rest.find(|c: char| !is_part_of_a_name(c)).unwrap_or(rest.len());
        self.at += end;
        rest[..end].to_owned()
    }

    fn takes(&mut self, wanted: char) -> bool {
        let is_there = self.text[self.at..].starts_with(wanted);
        if is_there {
            self.at += wanted.len_utf8();
        }
        is_there
    }

    fn skip_space(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }

    /// Past `as name`, to the comma or brace that follows.
    fn skip_until_separator(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.find([',', '}']).unwrap_or(rest.len());
    }
}

fn is_part_of_a_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Where the item ends that begins here: at its `;`, or at the brace that closes its first one.
fn end_of_item(text: &str, start: usize) -> usize {
    let mut depth = 0usize;
    for (offset, c) in text[start..].char_indices() {
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && c == '}' {
                    return start + offset + 1;
                }
            }
            ';' if depth == 0 => return start + offset + 1,
            _ => {}
        }
    }
    text.len()
}

fn blanked(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            end_of_comment(rest)
        } else if starts_a_raw_string(rest, &code) {
            end_of_raw_string(rest)
        } else if first == '"' {
            end_of_quoted(rest, '"')
        } else if first == '\'' && is_character(rest) {
            end_of_quoted(rest, '\'')
        } else {
            code.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        // A literal leaves a word behind, so that what stands around it does not join.
        code.extend(rest[..skipped].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        rest = &rest[skipped..];
    }
    code
}

fn end_of_comment(text: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

fn starts_a_raw_string(text: &str, before: &str) -> bool {
    let Some(rest) = text.strip_prefix('r') else { return false };
    // `br"…"` and `cr"…"` have their letter before; a name that ends in r is none.
    let name_before = before.trim_end_matches(['b', 'c']).ends_with(is_part_of_a_name);
    !name_before && rest.trim_start_matches('#').starts_with('"')
}

fn end_of_raw_string(text: &str) -> usize {
    let hashes = text[1..].len() - text[1..].trim_start_matches('#').len();
    let close = format!("\"{}", "#".repeat(hashes));
    let start = 1 + hashes + 1;
    text[start..].find(&close).map_or(text.len(), |at| start + at + close.len())
}

fn end_of_quoted(text: &str, quote: char) -> usize {
    let mut characters = text.char_indices().skip(1);
    while let Some((at, c)) = characters.next() {
        if c == '\\' {
            characters.next();
        } else if c == quote {
            return at + c.len_utf8();
        }
    }
    text.len()
}

/// Whether a quote begins a character: `'a'` and `'\n'` do, the lifetime `'a` does not.
fn is_character(text: &str) -> bool {
    let mut characters = text.chars().skip(1);
    match (characters.next(), characters.next()) {
        (Some('\\'), _) => true,
        (Some(_), Some(next)) => next == '\'',
        _ => false,
    }
}
