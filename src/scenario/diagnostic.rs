//! Mistakes in a scenario: collected all at once, each with its place, what was expected and what to write instead.

use super::node::Span;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The scenario cannot be used.
    Error,
    /// It can, but probably does not mean what it says.
    Warning,
    /// Something worth knowing, e.g. what a replaced key lost.
    Note,
}

/// One mistake.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// Stable code, e.g. `unknown-key`; listed in [`super::codes`].
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence: what is wrong, with the offending text.
    pub message: String,
    /// Where; the first is the offending text, others are context, each with a short label.
    pub places: Vec<(Span, String)>,
    /// What to write instead.
    pub help: Option<String>,
}

/// Everything found in a scenario and its files.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    /// In order of place.
    pub items: Vec<Diagnostic>,
    /// The files they speak of: `(name as given, text)`, indexed by [`Span::file`].
    pub files: Vec<(String, String)>,
}

impl Diagnostics {
    /// Whether any of them is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|d| d.severity == Severity::Error)
    }

    /// Adds an error at a place.
    pub fn error(&mut self, code: &'static str, span: Span, message: impl Into<String>, label: impl Into<String>, help: impl Into<String>) {
        self.items.push(Diagnostic {
            code,
            severity: Severity::Error,
            message: message.into(),
            places: vec![(span, label.into())],
            help: Some(help.into()),
        });
    }
}
