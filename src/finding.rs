//! One thing that an author should know, as plain data; the terminal, the annotations and the portal draw it.

use crate::source::Span;

/// How much a finding matters. Set once, by `rules::judge`; it never changes a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Note,
    Warning,
    Error,
}

impl Severity {
    pub fn word(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A finding before it is judged. `message` says what is wrong, `at` points at the smallest place that is, `label` is
/// the few words under it, `help` says what to do: lower case, no full stop, names in backticks. See design: style, 7.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Finding {
    /// The rule's name; `rules` holds its family, default severity and documentation.
    pub rule: &'static str,
    pub message: String,
    pub at: Span,
    pub label: String,
    /// Other places that belong to it, each with what stands there.
    pub related: Vec<(Span, String)>,
    pub help: Option<String>,
    /// Where it is graver than its rule: a rule may have two thresholds.
    pub severity: Option<Severity>,
    /// The id it is about, in the author's words; several findings of one rule in one table are told as a list of these.
    pub subject: Option<String>,
}

impl Finding {
    pub fn new(rule: &'static str, at: Span, message: impl Into<String>) -> Finding {
        Finding {
            rule,
            message: message.into(),
            at,
            label: String::new(),
            related: Vec::new(),
            help: None,
            severity: None,
            subject: None,
        }
    }

    pub fn label(mut self, label: impl Into<String>) -> Finding {
        self.label = label.into();
        self
    }

    pub fn help(mut self, help: impl Into<String>) -> Finding {
        self.help = Some(help.into());
        self
    }

    pub fn related(mut self, at: Span, note: impl Into<String>) -> Finding {
        self.related.push((at, note.into()));
        self
    }

    pub fn graver(mut self, severity: Severity) -> Finding {
        self.severity = Some(severity);
        self
    }

    pub fn about(mut self, subject: impl Into<String>) -> Finding {
        self.subject = Some(subject.into());
        self
    }
}
