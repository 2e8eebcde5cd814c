//! Writes words in the notation of the file that they go into.

/// A text as a YAML scalar, quoted where it could be taken for something else.
pub fn scalar(text: &str) -> String {
    let starts = text.starts_with(char::is_alphabetic);
    let is_plain = |letter: char| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_' | '.' | '/' | '(' | ')');
    let is_word = ["null", "true", "false", "yes", "no", "on", "off"].contains(&text.to_lowercase().as_str());
    if starts && text.chars().all(is_plain) && !is_word && text.trim() == text {
        return text.to_string();
    }
    serde_json::Value::from(text).to_string()
}

/// Where the line begins that holds byte `at`.
pub fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// How the lines of a text end.
pub fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}
