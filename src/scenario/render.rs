//! Diagnostics for people: file, line and column, the text underlined, and what to write instead.

use super::diagnostic::{Diagnostic, Diagnostics, Repeated, Severity};
use super::node::Span;
use super::source::{Source, Sources};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, normalize_untrusted_str};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::ops::Range;

/// Most of one mistake of one file that is shown; the rest is counted.
const MOST_REPEATS: usize = 20;
/// Widest stretch of a file that is laid out for one diagnostic, in bytes.
const WIDEST: usize = 20_000;

impl Diagnostics {
    /// All of them as text for a terminal, each followed by an empty line, with a line that counts them at the end.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        let renderer = if color {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let renderer = renderer.decor_style(DecorStyle::Ascii);
        let mut out = String::new();
        let mut counts: BTreeMap<Repeated, usize> = BTreeMap::new();
        for diagnostic in &self.items {
            let count = counts.entry(diagnostic.kind()).or_default();
            *count += 1;
            if *count <= MOST_REPEATS {
                out.push_str(&renderer.render(&[group(diagnostic, &self.sources)]));
                out.push_str("\n\n");
            }
        }
        for (kind, count) in counts {
            let hidden = count.saturating_sub(MOST_REPEATS) + self.beyond.get(&kind).unwrap_or(&0);
            if hidden > 0 {
                let name = kind.2.and_then(|f| self.sources.get(f));
                let name = name.map_or("these files", |s| s.name.as_str());
                out.push_str(&format!("... and {hidden} more [{}] in {name}\n\n", kind.1));
            }
        }
        out.push_str(&self.summary());
        out
    }

    fn summary(&self) -> String {
        let part = |severity, one: &str| match self.count(severity) {
            0 => None,
            1 => Some(format!("1 {one}")),
            n => Some(format!("{n} {one}s")),
        };
        let parts: Vec<String> = [
            (Severity::Error, "error"),
            (Severity::Warning, "warning"),
            (Severity::Note, "note"),
        ]
        .into_iter()
        .filter_map(|(severity, word)| part(severity, word))
        .collect();
        if parts.is_empty() {
            String::new()
        } else {
            format!("{}\n", parts.join(", "))
        }
    }

    /// All of them as a list of objects: `code, severity, message, help, places [{file, line, column, end_line,
    /// end_column, text, label}]`; lines and columns count from 1, columns in characters.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let place = |(span, label): &(Span, String)| {
            let (line, column) = self.sources.line_column(*span);
            let (end_line, end_column) = self.sources.line_column(Span {
                start: span.end,
                ..*span
            });
            json!({
                "file": self.sources.get(span.file).map(|s| s.name.as_str()),
                "line": line, "column": column, "end_line": end_line, "end_column": end_column,
                "text": self.sources.text(*span), "label": label,
            })
        };
        let items = self.items.iter().map(|d| {
            json!({
                "code": d.code, "severity": d.severity, "message": d.message, "help": d.help,
                "places": d.places.iter().map(place).collect::<Vec<_>>(),
            })
        });
        Value::Array(items.collect())
    }
}

fn group<'a>(diagnostic: &Diagnostic, sources: &'a Sources) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level
        .primary_title(normalize_untrusted_str(&diagnostic.message))
        .id(diagnostic.code);
    let mut group = Group::with_title(title);
    for (file, places) in by_file(diagnostic) {
        if let Some(source) = sources.get(file) {
            group = group.element(snippet(source, &places, diagnostic));
        }
    }
    match &diagnostic.help {
        Some(help) => group.element(Level::HELP.message(normalize_untrusted_str(help))),
        None => group,
    }
}

/// The places of each file, that of the first place first.
fn by_file(diagnostic: &Diagnostic) -> Vec<(u32, Vec<&(Span, String)>)> {
    let mut files: Vec<(u32, Vec<&(Span, String)>)> = Vec::new();
    for place in &diagnostic.places {
        match files.iter_mut().find(|(file, _)| *file == place.0.file) {
            Some((_, places)) => places.push(place),
            None => files.push((place.0.file, vec![place])),
        }
    }
    files
}

fn snippet<'a>(
    source: &'a Source,
    places: &[&(Span, String)],
    diagnostic: &Diagnostic,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let text = source.text.as_str();
    let first = range(text, places[0].0);
    let all = places.iter().map(|p| range(text, p.0));
    let (start, end) = all.fold((first.start, first.end), |(s, e), r| {
        (s.min(r.start), e.max(r.end))
    });
    let (start, end) = if end - start > WIDEST {
        (first.start, first.end)
    } else {
        (start, end)
    };
    let window = lines_around(text, start, end);
    let line = text[..window.start].matches('\n').count() + 1;
    let mut snippet = Snippet::source(&text[window.clone()])
        .line_start(line)
        .path(source.name.as_str());
    for place in places {
        let range = range(text, place.0);
        if range.start < window.start || range.end > window.end {
            continue;
        }
        let primary = std::ptr::eq(*place, &diagnostic.places[0]);
        let kind = if primary {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        let span = range.start - window.start..range.end - window.start;
        snippet = snippet.annotation(kind.span(span).label(normalize_untrusted_str(&place.1)));
    }
    snippet
}

/// The bytes of a place, within the text; a place that spans lines is cut to its first.
fn range(text: &str, span: Span) -> Range<usize> {
    let start = text.floor_char_boundary(span.start as usize);
    let end = text.floor_char_boundary((span.end as usize).max(start));
    let line_end = text[start..]
        .find(['\n', '\r'])
        .map_or(text.len(), |i| start + i);
    start..end.min(line_end.max(start))
}

/// Whole lines from `start` to `end`, cut where a line is very long.
fn lines_around(text: &str, start: usize, end: usize) -> Range<usize> {
    let line_start = text[..start].rfind('\n').map_or(0, |i| i + 1);
    let line_end = text[end..]
        .find(['\r', '\n'])
        .map_or(text.len(), |i| end + i);
    line_start.max(text.floor_char_boundary(start.saturating_sub(WIDEST)))
        ..line_end.min(text.floor_char_boundary(end + WIDEST))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn sample() -> Diagnostics {
        let mut sources = Sources::default();
        let file = sources.add("a.toml", "ä = 1\n[team.berlin]\nshrinkge = \"none\"\n");
        let mut diagnostics = Diagnostics::default();
        let start = 21;
        diagnostics.error(
            "unknown-key",
            Span {
                file,
                start,
                end: start + 8,
            },
            "there is no key `shrinkge`",
            "unknown key",
            "did you mean `shrinkage`?",
        );
        diagnostics.finish(sources)
    }

    #[test]
    fn the_place_is_shown_and_underlined() {
        let text = sample().render(false);
        assert!(text.contains("a.toml:3:1"), "{text}");
        assert!(text.contains("^^^^^^^^ unknown key"), "{text}");
        assert!(
            text.contains("help: did you mean `shrinkage`?") && text.ends_with("1 error\n"),
            "{text}"
        );
        assert!(!text.contains('\u{1b}') && sample().render(true).contains('\u{1b}'));
    }

    #[test]
    fn json_says_the_same() {
        let json = sample().to_json();
        let place = &json[0]["places"][0];
        assert_eq!(
            (
                place["line"].as_u64(),
                place["column"].as_u64(),
                place["end_column"].as_u64()
            ),
            (Some(3), Some(1), Some(9))
        );
        assert_eq!(
            (&json[0]["severity"], &place["text"]),
            (&json!("error"), &json!("shrinkge"))
        );
    }

    #[test]
    fn places_outside_the_text_do_no_harm() {
        let mut sources = Sources::default();
        let file = sources.add("a.toml", "€");
        let mut diagnostics = Diagnostics::default();
        diagnostics.error(
            "syntax",
            Span {
                file,
                start: 1,
                end: 99,
            },
            "x\u{1b}[31m",
            "y",
            "z",
        );
        diagnostics.error(
            "syntax",
            Span {
                file: 7,
                start: 1,
                end: 99,
            },
            "x",
            "y",
            "z",
        );
        let text = diagnostics.finish(sources).render(false);
        assert!(text.contains("2 errors") && !text.contains('\u{1b}'));
    }

    #[test]
    fn repeats_are_counted_instead_of_shown() {
        let mut sources = Sources::default();
        let file = sources.add("a.csv", "x\n".repeat(50_000));
        let mut diagnostics = Diagnostics::default();
        for i in 0..50_000 {
            diagnostics.error(
                "bad-cell",
                Span {
                    file,
                    start: 2 * i,
                    end: 2 * i + 1,
                },
                "no",
                "no",
                "no",
            );
        }
        let text = diagnostics.finish(sources).render(false);
        assert!(text.contains("... and 49980 more [bad-cell] in a.csv"));
        assert_eq!(text.matches("error[bad-cell]").count(), 20);
        assert!(text.ends_with("50000 errors\n"));
    }
}
