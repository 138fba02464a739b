//! What a picture is made of: marks with a paint, a text for the pointer, and words in two languages.
//!
//! Marks are collected first and drawn by plotters at the end, one SVG element each, so that every element can be
//! given what plotters knows nothing of: its hover text, its language, its colour as a CSS variable.

use super::look::{Paint, with_colours, with_variables};
use crate::report::words::{Language, Words};
use plotters::backend::{DrawingBackend, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, ShapeStyle, TextStyle};

/// plotters counts in whole pixels; drawn this much larger, lines sit where they belong.
const FINE: f64 = 4.0;
/// plotters divides font sizes by this.
const FONT: f64 = 1.24;
/// Width of a character in parts of the font size, about.
const GLYPH: f64 = 0.56;

/// Size of ordinary text.
pub const TEXT: f64 = 12.0;
/// Size of small text.
pub const SMALL: f64 = 11.0;

/// Where a text stands relative to its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// It is centred there.
    Middle,
    /// It ends there.
    End,
}

#[derive(Debug, Clone)]
enum Shape {
    Rect(f64, f64, f64, f64),
    Line(Vec<(f64, f64)>, f64),
    Area(Vec<(f64, f64)>),
    Dot(f64, f64, f64),
    Text {
        at: (f64, f64),
        words: Words,
        anchor: Anchor,
        size: f64,
        bold: bool,
    },
}

#[derive(Debug, Clone)]
struct Mark {
    shape: Shape,
    paint: Paint,
    alpha: f64,
    tip: Option<Words>,
}

/// A sheet of a given size in pixels; the origin is at the top left.
#[derive(Debug, Clone)]
pub struct Canvas {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    marks: Vec<Mark>,
}

/// Estimated width of a text in pixels.
#[must_use]
pub fn text_width(text: &str, size: f64) -> f64 {
    text.chars().count() as f64 * size * GLYPH
}

/// Estimated width of the longer of both languages' texts in pixels.
#[must_use]
pub fn words_width(words: &Words, size: f64) -> f64 {
    text_width(&words.en, size).max(text_width(&words.de, size))
}

/// A text cut so that it fits into a width, with an ellipsis where it was cut.
#[must_use]
pub fn fitted(text: &str, size: f64, width: f64) -> String {
    if text_width(text, size) <= width {
        return text.to_owned();
    }
    let most = ((width / (size * GLYPH)).floor() as usize).saturating_sub(1);
    let mut out: String = text.chars().take(most).collect();
    out.push('…');
    out
}

impl Canvas {
    /// An empty sheet.
    #[must_use]
    pub fn new(width: f64, height: f64) -> Self {
        Self {
            width,
            height,
            marks: Vec::new(),
        }
    }

    fn push(&mut self, shape: Shape, paint: Paint) -> &mut Self {
        self.marks.push(Mark {
            shape,
            paint,
            alpha: 1.0,
            tip: None,
        });
        self
    }

    /// A filled rectangle from its top left corner.
    pub fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, paint: Paint) -> &mut Self {
        self.push(Shape::Rect(x, y, x + width, y + height), paint)
    }

    /// A line through points.
    pub fn line(&mut self, points: Vec<(f64, f64)>, width: f64, paint: Paint) -> &mut Self {
        self.push(Shape::Line(points, width), paint)
    }

    /// A filled area inside points.
    pub fn area(&mut self, points: Vec<(f64, f64)>, paint: Paint) -> &mut Self {
        self.push(Shape::Area(points), paint)
    }

    /// A filled circle.
    pub fn dot(&mut self, x: f64, y: f64, radius: f64, paint: Paint) -> &mut Self {
        self.push(Shape::Dot(x, y, radius), paint)
    }

    /// A text whose middle is on the height `y`.
    pub fn text(
        &mut self,
        x: f64,
        y: f64,
        words: impl Into<Words>,
        anchor: Anchor,
        paint: Paint,
    ) -> &mut Self {
        let shape = Shape::Text {
            at: (x, y),
            words: words.into(),
            anchor,
            size: TEXT,
            bold: false,
        };
        self.push(shape, paint)
    }

    /// Makes the last text small.
    pub fn small(&mut self) -> &mut Self {
        if let Some(Shape::Text { size, .. }) = self.marks.last_mut().map(|m| &mut m.shape) {
            *size = SMALL;
        }
        self
    }

    /// Makes the last text bold.
    pub fn bold(&mut self) -> &mut Self {
        if let Some(Shape::Text { bold, .. }) = self.marks.last_mut().map(|m| &mut m.shape) {
            *bold = true;
        }
        self
    }

    /// Lets what lies behind the last mark shine through; 1 is opaque.
    pub fn alpha(&mut self, alpha: f64) -> &mut Self {
        if let Some(mark) = self.marks.last_mut() {
            mark.alpha = alpha;
        }
        self
    }

    /// What the pointer is told at the last mark.
    pub fn tip(&mut self, words: impl Into<Words>) -> &mut Self {
        if let Some(mark) = self.marks.last_mut() {
            mark.tip = Some(words.into());
        }
        self
    }

    /// The drawing for the inside of a page: colours are CSS variables, both languages are there, hover texts are in
    /// `data-en` and `data-de`.
    #[must_use]
    pub fn inline(&self) -> String {
        let mut out = String::new();
        for (mark, element) in self.drawn(&[Language::English, Language::German]) {
            let mut element = with_variables(&element);
            if let Some(tip) = &mark.tip {
                let mut data = format!(" data-en=\"{}\"", escaped(&tip.en));
                if !tip.agree() {
                    data.push_str(&format!(" data-de=\"{}\"", escaped(&tip.de)));
                }
                insert_attributes(&mut element, &data);
            }
            out.push_str(&element);
        }
        out
    }

    /// The drawing for a file of its own in one language: plain colours, hover texts as titles.
    #[must_use]
    pub fn plain(&self, language: Language) -> String {
        let mut out = String::new();
        for (mark, element) in self.drawn(&[language]) {
            let mut element = with_colours(&element);
            if let (Some(tip), Some(at)) = (&mark.tip, element.rfind("/>")) {
                let title = escaped(tip.get(language));
                let name: String = element[1..]
                    .chars()
                    .take_while(char::is_ascii_alphabetic)
                    .collect();
                element.replace_range(at..at + 2, &format!("><title>{title}</title></{name}>"));
            }
            out.push_str(&element);
        }
        out
    }

    /// The view box of the drawing.
    #[must_use]
    pub fn view_box(&self) -> String {
        let (w, h) = self.size();
        format!("0 0 {w} {h}")
    }

    fn size(&self) -> (u32, u32) {
        let whole = |v: f64| (v * FINE).round().max(1.0) as u32;
        (whole(self.width), whole(self.height))
    }

    /// Each mark with its SVG element as plotters writes it; texts that differ in the languages are there for each.
    fn drawn(&self, languages: &[Language]) -> Vec<(&Mark, String)> {
        let mut svg = String::new();
        let mut owners = Vec::new();
        {
            let mut backend = SVGBackend::with_string(&mut svg, self.size());
            for mark in &self.marks {
                let both = match &mark.shape {
                    Shape::Text { words, .. } if languages.len() > 1 => !words.agree(),
                    _ => false,
                };
                let versions = if both { languages } else { &languages[..1] };
                for &language in versions {
                    // Drawing into a string cannot fail; an element that plotters leaves out has no owner either.
                    if draw(&mut backend, mark, language, both) {
                        owners.push(mark);
                    }
                }
            }
        }
        owners.into_iter().zip(elements(&svg)).collect()
    }
}

/// The elements of an SVG as plotters writes it, the outermost apart: one a line, texts on three.
fn elements(svg: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut lines = svg.lines().skip_while(|l| !l.starts_with("<svg")).skip(1);
    while let Some(line) = lines.next() {
        if line.starts_with("<text") {
            let label = lines.next().unwrap_or_default();
            let end = lines.next().unwrap_or_default();
            out.push(format!("{line}{label}{end}\n"));
        } else if line.starts_with('<') && !line.starts_with("</") {
            out.push(format!("{line}\n"));
        }
    }
    for element in &mut out {
        *element = element
            .replace(" opacity=\"1\"", "")
            .replace(" stroke=\"none\"", "")
            .replace(" \"/>", "\"/>");
    }
    out
}

fn insert_attributes(element: &mut String, attributes: &str) {
    let end = element[1..].find(|c: char| !c.is_ascii_alphabetic());
    element.insert_str(1 + end.unwrap_or(0), attributes);
}

/// Text as it may stand in an attribute or an element.
#[must_use]
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// Whether plotters took the mark.
fn draw(backend: &mut SVGBackend<'_>, mark: &Mark, language: Language, both: bool) -> bool {
    let at = |(x, y): (f64, f64)| ((x * FINE).round() as i32, (y * FINE).round() as i32);
    let all = |points: &[(f64, f64)]| points.iter().map(|&p| at(p)).collect::<Vec<_>>();
    let colour = mark.paint.rgb().mix(mark.alpha);
    let filled = ShapeStyle::from(colour).filled();
    let drawn = match &mark.shape {
        Shape::Rect(x, y, right, bottom) => {
            let (from, mut to) = (at((*x, *y)), at((*right, *bottom)));
            // What is there is seen, however small.
            to = (to.0.max(from.0 + 1), to.1.max(from.1 + 1));
            backend.draw_rect(from, to, &filled, true)
        }
        Shape::Line(points, width) => {
            let style = ShapeStyle::from(colour).stroke_width((width * FINE).round() as u32);
            backend.draw_path(all(points), &style)
        }
        Shape::Area(points) => backend.fill_polygon(all(points), &filled),
        Shape::Dot(x, y, radius) => {
            backend.draw_circle(at((*x, *y)), (radius * FINE).round() as u32, &filled, true)
        }
        Shape::Text {
            at: point,
            words,
            anchor,
            size,
            bold,
        } => {
            // The family carries the language to a class of the page's style sheet.
            let family = match (both, language) {
                (false, _) => FontFamily::SansSerif,
                (true, Language::English) => FontFamily::Name("en"),
                (true, Language::German) => FontFamily::Name("de"),
            };
            let style = if *bold {
                FontStyle::Bold
            } else {
                FontStyle::Normal
            };
            let horizontal = match anchor {
                Anchor::Start => HPos::Left,
                Anchor::Middle => HPos::Center,
                Anchor::End => HPos::Right,
            };
            let font = FontDesc::new(family, size * FINE * FONT, style);
            let style = TextStyle::from(font)
                .color(&colour)
                .pos(Pos::new(horizontal, VPos::Center));
            backend.draw_text(&words.get(language).replace('\n', " "), &style, at(*point))
        }
    };
    drawn.is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Canvas {
        let mut canvas = Canvas::new(100.0, 50.0);
        canvas
            .rect(1.0, 2.0, 10.0, 10.0, Paint::Series(0))
            .tip("a < b");
        canvas.line(vec![(0.0, 0.0), (5.0, 5.0)], 1.5, Paint::Ink);
        canvas
            .text(
                3.0,
                4.0,
                Words::of("week", "Woche"),
                Anchor::Start,
                Paint::Soft,
            )
            .small();
        canvas.rect(0.0, 0.0, 9.0, 9.0, Paint::Clear);
        canvas
    }

    #[test]
    fn a_page_gets_variables_both_languages_and_hover_texts() {
        let svg = sample().inline();
        assert!(svg.contains("fill=\"var(--s0)\""), "{svg}");
        assert!(svg.contains("<rect data-en=\"a &lt; b\" "), "{svg}");
        assert!(svg.contains("font-family=\"en\"") && svg.contains("font-family=\"de\""));
        assert!(svg.contains(">week</text>") && svg.contains(">Woche</text>"));
        assert!(svg.contains("fill=\"transparent\""));
        assert!(!svg.contains('#'), "{svg}");
    }

    #[test]
    fn a_file_gets_colours_one_language_and_titles() {
        let svg = sample().plain(Language::German);
        assert!(svg.contains("fill=\"#0072B2\""), "{svg}");
        assert!(svg.contains("<title>a &lt; b</title></rect>"), "{svg}");
        assert!(svg.contains("Woche") && !svg.contains("week"));
    }

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(fitted("short", 12.0, 100.0), "short");
        let cut = fitted("a very long name of a team", 12.0, 60.0);
        assert!(cut.ends_with('…') && text_width(&cut, 12.0) <= 60.0);
    }
}
