//! Every string of the portal, by key, from the theme's `words.toml`.

use std::collections::BTreeMap;

use crate::source::direction::apart;

/// Dotted key → text with `{placeholders}`. A key that is not there is shown as itself, so that it is seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    texts: BTreeMap<String, String>,
}

impl Words {
    /// Reads a `words.toml`: tables become dots. The error is the parser's message and the bytes it is about.
    pub fn parse(text: &str) -> Result<Words, (String, std::ops::Range<usize>)> {
        let table: toml::Table = text
            .parse()
            .map_err(|error: toml::de::Error| (error.message().to_string(), error.span().unwrap_or(0..0)))?;
        let mut words = Words::default();
        words.gather("", table);
        Ok(words)
    }

    fn gather(&mut self, prefix: &str, table: toml::Table) {
        for (name, value) in table {
            let key = if prefix.is_empty() { name } else { format!("{prefix}.{name}") };
            match value {
                toml::Value::Table(inner) => self.gather(&key, inner),
                toml::Value::String(text) => {
                    self.texts.insert(key, text);
                }
                // Nothing else is a text; the key is shown where one is asked for.
                _ => {}
            }
        }
    }

    /// These words, with those of another file in their place where it has them.
    pub fn overlaid(mut self, over: Words) -> Words {
        self.texts.extend(over.texts);
        self
    }

    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }

    pub fn say(&self, key: &str) -> String {
        self.texts.get(key).cloned().unwrap_or_else(|| key.to_string())
    }

    /// The word of one member of a family: `of("colour", "amber")` is the text of `colour.amber`.
    pub fn of(&self, family: &str, member: &str) -> String {
        self.say(&format!("{family}.{member}"))
    }

    /// The text with its placeholders filled, and with no value that turns the order of the words around it. In one pass:
    /// a value that holds braces is not filled again.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let text = self.say(key);
        let mut filled = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(open) = rest.find('{') {
            filled.push_str(&rest[..open]);
            rest = &rest[open..];
            let name = rest.find('}').map(|close| &rest[1..close]);
            match name.and_then(|name| values.iter().find(|value| value.0 == name)) {
                Some((name, value)) => {
                    filled.push_str(&apart(value));
                    rest = &rest[name.len() + 2..];
                }
                None => {
                    filled.push('{');
                    rest = &rest[1..];
                }
            }
        }
        filled.push_str(rest);
        filled
    }

    /// The text of `key.one` or `key.other`, with `{n}` filled.
    pub fn count(&self, key: &str, number: i64) -> String {
        self.count_with(key, number, &[])
    }

    /// `count` with further placeholders.
    pub fn count_with(&self, key: &str, number: i64, values: &[(&str, &str)]) -> String {
        let form = if number.abs() == 1 { "one" } else { "other" };
        let number = number.to_string();
        let values: Vec<_> = values.iter().copied().chain([("n", number.as_str())]).collect();
        self.fill(&format!("{key}.{form}"), &values)
    }

    /// "a", "a and b", "a, b and c".
    pub fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => self.fill("list.and", &[("first", &first.join(", ")), ("last", last)]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    fn words() -> Words {
        Words::parse("[a]\nb = \"{x} of {y}\"\n[n]\none = \"{n} day\"\nother = \"{n} days\"\n").unwrap()
    }

    #[test]
    fn placeholders_are_filled_once_and_plurals_chosen() {
        assert_eq!(words().fill("a.b", &[("x", "{y}"), ("y", "2")]), "{y} of 2");
        assert_eq!(words().count("n", 1), "1 day");
        assert_eq!(words().count("n", 0), "0 days");
    }

    #[test]
    fn missing_key_and_missing_value_are_seen() {
        assert_eq!(words().say("no.such"), "no.such");
        assert_eq!(words().fill("a.b", &[("x", "1")]), "1 of {y}");
    }

    #[test]
    fn words_that_do_not_parse_say_where() {
        let (_, range) = Words::parse("a = \"x\"\nb = \n").unwrap_err();
        assert!(range.start >= 8);
    }
}
