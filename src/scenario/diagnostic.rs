//! Mistakes in a scenario: collected all at once, each with its place, what was expected and what to write instead.

use super::node::Span;
use super::source::Sources;
use std::collections::BTreeMap;

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
    /// Where; the first is the offending text, others are context, each with a short label. Empty where a whole file
    /// is missing or refused.
    pub places: Vec<(Span, String)>,
    /// What to write instead.
    pub help: Option<String>,
}

impl Diagnostic {
    /// What it repeats where it is not the only one of its kind.
    pub(super) fn kind(&self) -> Repeated {
        let file = self.places.first().map(|(span, _)| span.file);
        (self.severity, self.code, file)
    }
}

/// Most of one mistake in one file that are kept; a data file may be wrong in every row.
const MOST_KEPT: usize = 1000;

/// A kind of mistake in one file: severity, code, file.
pub(super) type Repeated = (Severity, &'static str, Option<u32>);

/// Everything found in a scenario and its files.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    /// In order of discovery until [`Diagnostics::finish`] sorts them by place.
    pub items: Vec<Diagnostic>,
    /// The files they speak of, indexed by [`Span::file`].
    pub sources: Sources,
    /// Whether a part of the document could not be read: what seems to be missing may stand there.
    pub incomplete: bool,
    /// Tables that lack something because of a mistake that is reported already: the table's place, and the key where
    /// it is known.
    pub gaps: Vec<(Span, Option<String>)>,
    /// How many more of a mistake there were in a file than are kept.
    pub(super) beyond: BTreeMap<Repeated, usize>,
}

impl Diagnostics {
    /// Whether any of them is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|d| d.severity == Severity::Error)
    }

    /// How many there are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        let beyond = self.beyond.iter().filter(|(kind, _)| kind.0 == severity);
        let kept = self.items.iter().filter(|d| d.severity == severity).count();
        kept + beyond.map(|(_, count)| count).sum::<usize>()
    }

    /// Adds one. The same mistake at the same place is kept once: a table copied by `like` repeats its model's.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let same = |d: &Diagnostic| {
            d.code == diagnostic.code
                && d.places == diagnostic.places
                && (!d.places.is_empty() || d.message == diagnostic.message)
        };
        if self.items.iter().any(same) {
            return;
        }
        let kind = diagnostic.kind();
        if self.items.iter().filter(|d| d.kind() == kind).count() < MOST_KEPT {
            self.items.push(diagnostic);
        } else {
            *self.beyond.entry(kind).or_default() += 1;
        }
    }

    /// Adds an error at a place.
    pub fn error(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(
            Severity::Error,
            code,
            span,
            message.into(),
            label.into(),
            help.into(),
        );
    }

    /// Adds a warning at a place.
    pub fn warning(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(
            Severity::Warning,
            code,
            span,
            message.into(),
            label.into(),
            help.into(),
        );
    }

    /// Adds a note at a place.
    pub fn note(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(
            Severity::Note,
            code,
            span,
            message.into(),
            label.into(),
            help.into(),
        );
    }

    fn add(
        &mut self,
        severity: Severity,
        code: &'static str,
        span: Span,
        message: String,
        label: String,
        help: String,
    ) {
        self.push(Diagnostic {
            code,
            severity,
            message,
            places: vec![(span, label)],
            help: (!help.is_empty()).then_some(help),
        });
    }

    /// Puts everything in its final order and takes the files over: by file and place, the worse first at one place.
    ///
    /// What is but the consequence of another mistake is not reported: what seems to be missing where a part of the
    /// document could not be read, and anything else on a line that is not TOML.
    #[must_use]
    pub fn finish(mut self, sources: Sources) -> Diagnostics {
        self.sources = sources;
        let broken = self.broken_lines();
        let (gaps, incomplete) = (std::mem::take(&mut self.gaps), self.incomplete);
        self.items.retain(|d| {
            let absence = super::codes::needs_whole_document(d.code);
            !(absence && (incomplete || fills(&gaps, d))) && !follows(&broken, d)
        });
        let place = |d: &Diagnostic| d.places.first().map(|(span, _)| *span);
        self.items
            .sort_by(|a, b| place(a).cmp(&place(b)).then(a.severity.cmp(&b.severity)));
        self
    }

    /// File and bytes of the lines that hold a syntax error.
    fn broken_lines(&self) -> Vec<Span> {
        let syntax = self.items.iter().filter(|d| d.code == "syntax");
        let spans = syntax.filter_map(|d| d.places.first().map(|(span, _)| *span));
        spans.map(|span| self.sources.line_of(span)).collect()
    }
}

/// Whether a diagnostic speaks of a key whose absence has a known cause.
fn fills(gaps: &[(Span, Option<String>)], diagnostic: &Diagnostic) -> bool {
    diagnostic.places.first().is_some_and(|(place, label)| {
        let names = |key: &Option<String>| {
            key.as_ref()
                .is_none_or(|k| label.contains(&format!("`{k}`")))
        };
        gaps.iter().any(|(span, key)| span == place && names(key))
    })
}

/// Whether a diagnostic other than a syntax error lies on a line that is not TOML.
fn follows(broken: &[Span], diagnostic: &Diagnostic) -> bool {
    let place = diagnostic.places.first().map(|(span, _)| *span);
    let on = |line: &Span| {
        place.is_some_and(|p| {
            p.file == line.file && line.start <= p.start && p.start <= line.end && p.end > 0
        })
    };
    diagnostic.code != "syntax" && broken.iter().any(on)
}
