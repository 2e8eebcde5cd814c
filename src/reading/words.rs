//! Status words and marks onto one vocabulary.

/// What a declared status means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    Complete,
    Green,
    OnPlan,
    Amber,
    Red,
    Stopped,
}

/// `Done`, `✅`, `🟢 on track`, `At risk`, `abgeschlossen` …; None where the words are no status.
pub fn status(_text: &str) -> Option<Said> {
    None
}

/// The outcome of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Go,
    ConditionalGo,
    Hold,
    Recycle,
    Kill,
}

/// `Go`, `conditional go`, `GO with conditions`, `Approved`, `hold` …; None where they are none.
pub fn outcome(_text: &str) -> Option<Outcome> {
    None
}

/// `pass`, `passed`, `✅` → true; `fail`, `failed`, `❌` → false.
pub fn verdict(_text: &str) -> Option<bool> {
    None
}

/// Whether a risk or issue with this status is still open; None where the word is not known.
pub fn is_open(_text: &str) -> Option<bool> {
    None
}

/// `yes`, `true`, `✅`, `ja`, `oui`, `sí` → true, and their opposites.
pub fn yes(_text: &str) -> Option<bool> {
    None
}

/// `TBD`, `TBC`, `?`, `yyyy-mm-dd`, `…`, template text in braces: a place that somebody means to fill.
pub fn is_placeholder(_text: &str) -> bool {
    false
}

/// Words that say there is nothing: the empty text, `-`, `–`, `n/a`, `none`, `keine`.
pub fn is_nothing(_text: &str) -> bool {
    false
}
