//! What templates may call: the words of the theme, and text inside a stylesheet.

use std::sync::Arc;

use tera::{Kwargs, State, Tera, TeraResult, Value};

use crate::site::words::Words;
use crate::source::direction::contained;

/// Before any template is added: Tera checks what they call as it reads them.
pub fn register(tera: &mut Tera, words: &Arc<Words>) {
    let say = words.clone();
    tera.register_function("say", move |arguments: Kwargs, _: &State| -> TeraResult<String> {
        let (key, values) = read(&arguments)?;
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        Ok(say.fill(&key, &values))
    });
    let count = words.clone();
    tera.register_function("count", move |arguments: Kwargs, _: &State| -> TeraResult<String> {
        let (key, values) = read(&arguments)?;
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        Ok(count.count_with(&key, arguments.must_get::<i64>("n")?, &values))
    });
    // A template prints nothing that was not made safe, and no text that turns the order of its neighbours.
    tera.set_escape_fn(|text, output| tera::escape_html(&contained(text), output));
    tera.register_filter("css_string", |text: &str, _: Kwargs, _: &State| css_string(text));
}

/// The key and everything beside it, as text.
fn read(arguments: &Kwargs) -> TeraResult<(String, Vec<(String, String)>)> {
    let key = arguments.must_get::<String>("key")?;
    let beside = arguments.iter().filter(|(name, _)| name.as_str() != Some("key"));
    Ok((key, beside.map(|(name, value)| (name.to_string(), text_of(value))).collect()))
}

fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_string)
}

/// Text between the quotes of a stylesheet: everything but letters, digits and spaces as an escape, so that no text ends the string.
fn css_string(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii_alphanumeric() || character == ' ' {
            escaped.push(character);
        } else {
            escaped.push_str(&format!("\\{:x} ", u32::from(character)));
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::css_string;

    #[test]
    fn no_text_ends_a_css_string() {
        assert_eq!(css_string("a\"; } </style>"), "a\\22 \\3b  \\7d  \\3c \\2f style\\3e ");
    }
}
