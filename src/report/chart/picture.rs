//! A finished chart: its name, the finding it shows, and the drawing, for a page or as a file.

use super::canvas::{Anchor, Canvas, escaped};
use super::look::Paint;
use crate::report::words::{Language, Words};

/// Room for the title in a file of its own.
const TITLE: f64 = 46.0;
/// Margin around a file's drawing.
const MARGIN: f64 = 12.0;

/// A chart.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Name of its file, without the extension; unique in a report.
    pub name: String,
    /// What it shows, as a finding: "Mondays 09:00 fall to 61%".
    pub title: Words,
    /// What is drawn and how to read it.
    pub about: Words,
    /// The drawing.
    pub canvas: Canvas,
}

impl Picture {
    /// The `svg` element for the inside of a page, named by its finding.
    #[must_use]
    pub fn inline(&self) -> String {
        format!(
            "<svg role=\"img\" class=\"picture\" id=\"svg-{name}\" viewBox=\"{view}\" aria-label=\"{label}\" data-label-en=\"{label}\" data-label-de=\"{other}\">\n{inside}</svg>",
            name = escaped(&self.name),
            view = self.canvas.view_box(),
            label = escaped(&format!("{}. {}", self.title.en, self.about.en)),
            other = escaped(&format!("{}. {}", self.title.de, self.about.de)),
            inside = self.canvas.inline(),
        )
    }

    /// The whole text of an SVG file: white paper, the finding on top.
    #[must_use]
    pub fn file(&self, language: Language) -> String {
        let (wide, high) = (
            self.canvas.width + 2.0 * MARGIN,
            self.canvas.height + TITLE + MARGIN,
        );
        let mut head = Canvas::new(wide, high);
        head.rect(0.0, 0.0, wide, high, Paint::Paper);
        for (i, line) in lines(self.title.get(language), wide - 2.0 * MARGIN)
            .into_iter()
            .enumerate()
        {
            let y = 14.0 + 17.0 * i as f64;
            head.text(MARGIN, y, line, Anchor::Start, Paint::Ink).bold();
        }
        let scale = scale(&head);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}\" height=\"{high}\" viewBox=\"{view}\" role=\"img\">\n<title>{title}</title>\n<desc>{about}</desc>\n{top}<g transform=\"translate({x},{y})\">\n{inside}</g>\n</svg>\n",
            view = head.view_box(),
            title = escaped(self.title.get(language)),
            about = escaped(self.about.get(language)),
            top = head.plain(language),
            x = MARGIN * scale,
            y = TITLE * scale,
            inside = self.canvas.plain(language),
        )
    }
}

/// Units of the view box per pixel.
fn scale(canvas: &Canvas) -> f64 {
    let view = canvas.view_box();
    let wide = view.split(' ').nth(2).and_then(|w| w.parse::<f64>().ok());
    wide.unwrap_or(canvas.width) / canvas.width
}

/// At most two lines of bold text that fit into a width.
fn lines(text: &str, width: f64) -> Vec<String> {
    // Bold is wider than the kit's estimate of ordinary text.
    let fits = |t: &str| super::canvas::text_width(t, super::canvas::TEXT) * 1.04 <= width;
    let mut first = String::new();
    let mut words = text.split(' ').peekable();
    while let Some(word) = words.peek() {
        let longer = format!("{first}{}{word}", if first.is_empty() { "" } else { " " });
        if !fits(&longer) && !first.is_empty() {
            break;
        }
        first = longer;
        words.next();
    }
    let rest: Vec<&str> = words.collect();
    let mut out = vec![first];
    if !rest.is_empty() {
        out.push(super::canvas::fitted(
            &rest.join(" "),
            super::canvas::TEXT,
            width,
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_stand_alone_and_name_the_finding() {
        let mut canvas = Canvas::new(200.0, 100.0);
        canvas.rect(0.0, 0.0, 50.0, 50.0, Paint::Series(1));
        let picture = Picture {
            name: "levels".into(),
            title: Words::of(
                "Mondays 09:00 fall to 61 % & no further than that, as far as one can see",
                "Montags 09:00 fällt es auf 61 %",
            ),
            about: "share of contacts".into(),
            canvas,
        };
        let file = picture.file(Language::English);
        assert!(file.starts_with("<svg xmlns=") && file.contains("<title>Mondays"));
        assert!(file.contains("&amp; no further") && !file.contains("var(--"));
        let inline = picture.inline();
        assert!(inline.contains("viewBox=\"0 0 800 400\"") && inline.contains("role=\"img\""));
        assert!(inline.contains("data-label-de=\"Montags"));
    }
}
