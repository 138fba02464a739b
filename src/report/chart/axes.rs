//! Scales, ticks and the frame that all charts with axes share.

use super::canvas::{Anchor, Canvas, words_width};
use super::look::Paint;
use crate::report::figure;
use crate::report::words::Words;

/// A straight map from values to pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// Value at the first pixel.
    pub from: f64,
    /// Value at the last pixel.
    pub to: f64,
    /// Pixel of `from`.
    pub first: f64,
    /// Pixel of `to`.
    pub last: f64,
}

impl Scale {
    /// A scale; equal ends are put a little apart.
    #[must_use]
    pub fn new(from: f64, to: f64, first: f64, last: f64) -> Self {
        let to = if (to - from).abs() < 1e-12 {
            from + 1.0
        } else {
            to
        };
        Self {
            from,
            to,
            first,
            last,
        }
    }

    /// The pixel of a value.
    ///
    /// ```
    /// use staffwright::report::chart::Scale;
    /// assert_eq!(Scale::new(0.0, 10.0, 100.0, 0.0).at(2.5), 75.0);
    /// ```
    #[must_use]
    pub fn at(&self, value: f64) -> f64 {
        self.first + (value - self.from) / (self.to - self.from) * (self.last - self.first)
    }
}

/// Round values inside a range, about as many as asked for: steps of 1, 2, 2.5 or 5 times a power of ten.
///
/// ```
/// use staffwright::report::chart::ticks;
/// assert_eq!(ticks(0.0, 1.0, 4), [0.0, 0.25, 0.5, 0.75, 1.0]);
/// assert_eq!(ticks(3.0, 97.0, 4), [25.0, 50.0, 75.0]);
/// ```
#[must_use]
pub fn ticks(from: f64, to: f64, about: usize) -> Vec<f64> {
    let raw = (to - from) / about.max(1) as f64;
    if !(raw.is_finite() && raw > 0.0) {
        return vec![from];
    }
    let power = libm::pow(10.0, libm::log10(raw).floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .map(|m| m * power)
        .into_iter()
        .find(|s| *s >= raw * 0.999)
        .unwrap_or(10.0 * power);
    let first = (from / step - 1e-9).ceil() as i64;
    let last = (to / step + 1e-9).floor() as i64;
    (first..=last).map(|i| i as f64 * step).collect()
}

/// The least round value at or above the largest, for the end of an axis.
#[must_use]
pub fn round_up(value: f64) -> f64 {
    if value.is_nan() || value <= 0.0 {
        return 1.0;
    }
    let power = libm::pow(10.0, libm::log10(value).floor());
    [1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0]
        .map(|m| m * power)
        .into_iter()
        .find(|v| *v >= value * 0.9999)
        .unwrap_or(10.0 * power)
}

/// A number as short as a tick may be: `0.25`, `1,200`, `1.5M`; in German `0,25`, `1.200`, `1,5 Mio.`.
#[must_use]
pub fn tick_label(value: f64) -> Words {
    let size = value.abs();
    // As many decimals as it takes.
    let short = |value: f64, most: usize| {
        let off = |d: &usize| {
            let scaled = value * libm::pow(10.0, *d as f64);
            (scaled - scaled.round()).abs() < 1e-6 * scaled.abs().max(1.0)
        };
        figure::fixed(value, (0..most).find(off).unwrap_or(most))
    };
    if size >= 1e6 {
        return short(value / 1e6, 2).then(&Words::of("M", " Mio."));
    }
    if size >= 1e4 {
        return short(value / 1e3, 1).then(&Words::of("k", " Tsd."));
    }
    short(value, 3)
}

/// The room inside the axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Frame {
    /// A frame with margins on a canvas: left, top, right, bottom.
    #[must_use]
    pub fn inside(canvas: &Canvas, left: f64, top: f64, right: f64, bottom: f64) -> Self {
        Self {
            left,
            top,
            right: canvas.width - right,
            bottom: canvas.height - bottom,
        }
    }

    /// Width.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Height.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// A scale from left to right.
    #[must_use]
    pub fn across(&self, from: f64, to: f64) -> Scale {
        Scale::new(from, to, self.left, self.right)
    }

    /// A scale from the bottom up.
    #[must_use]
    pub fn up(&self, from: f64, to: f64) -> Scale {
        Scale::new(from, to, self.bottom, self.top)
    }

    /// Horizontal grid lines with labels, and the axis' title with its unit above them.
    pub fn left_axis(
        &self,
        canvas: &mut Canvas,
        scale: &Scale,
        title: Words,
        label: impl Fn(f64) -> Words,
    ) {
        let count = ((self.height() / 40.0) as usize).clamp(2, 6);
        for value in ticks(scale.from, scale.to, count) {
            let y = scale.at(value);
            canvas.line(vec![(self.left, y), (self.right, y)], 0.75, Paint::Rule);
            canvas
                .text(self.left - 6.0, y, label(value), Anchor::End, Paint::Soft)
                .small();
        }
        let y = self.top - 12.0;
        canvas
            .text(4.0_f64.min(self.left), y, title, Anchor::Start, Paint::Soft)
            .small();
    }

    /// Vertical grid lines with labels, and the axis' title with its unit below them.
    pub fn bottom_axis(
        &self,
        canvas: &mut Canvas,
        scale: &Scale,
        title: Words,
        label: impl Fn(f64) -> Words,
    ) {
        let count = ((self.width() / 70.0) as usize).clamp(2, 8);
        for value in ticks(scale.from, scale.to, count) {
            let x = scale.at(value);
            canvas.line(vec![(x, self.top), (x, self.bottom)], 0.75, Paint::Rule);
            canvas
                .text(
                    x,
                    self.bottom + 10.0,
                    label(value),
                    Anchor::Middle,
                    Paint::Soft,
                )
                .small();
        }
        self.below(canvas, title);
    }

    /// Vertical grid lines at given values with given labels; labels that would run into the one before are left out.
    pub fn named_axis(
        &self,
        canvas: &mut Canvas,
        scale: &Scale,
        title: Words,
        names: &[(f64, Words)],
    ) {
        let mut free_from = f64::NEG_INFINITY;
        for (value, name) in names {
            let x = scale.at(*value);
            canvas.line(vec![(x, self.top), (x, self.bottom)], 0.75, Paint::Rule);
            let wide = words_width(name, super::canvas::SMALL);
            if x - wide / 2.0 >= free_from {
                canvas
                    .text(
                        x,
                        self.bottom + 10.0,
                        name.clone(),
                        Anchor::Middle,
                        Paint::Soft,
                    )
                    .small();
                free_from = x + wide / 2.0 + 6.0;
            }
        }
        self.below(canvas, title);
    }

    fn below(&self, canvas: &mut Canvas, title: Words) {
        canvas
            .text(
                f64::midpoint(self.left, self.right),
                self.bottom + 26.0,
                title,
                Anchor::Middle,
                Paint::Soft,
            )
            .small();
    }

    /// The line that bars and curves stand on.
    pub fn ground(&self, canvas: &mut Canvas, y: f64) {
        canvas.line(vec![(self.left, y), (self.right, y)], 1.0, Paint::Soft);
    }
}

/// What a colour of a legend looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A line.
    Line,
    /// An area.
    Area,
}

/// Names of the colours in rows, from the top left; gives the height they took.
pub fn legend(
    canvas: &mut Canvas,
    left: f64,
    top: f64,
    entries: &[(Key, Paint, f64, Words)],
) -> f64 {
    const ROW: f64 = 16.0;
    let (mut x, mut y) = (left, top + ROW / 2.0);
    for (key, paint, alpha, name) in entries {
        let wide = 20.0 + words_width(name, super::canvas::SMALL) + 14.0;
        if x > left && x + wide > canvas.width {
            x = left;
            y += ROW;
        }
        match key {
            Key::Line => canvas.line(vec![(x, y), (x + 14.0, y)], 2.5, *paint),
            Key::Area => canvas.rect(x, y - 5.0, 14.0, 10.0, *paint).alpha(*alpha),
        };
        canvas
            .text(x + 19.0, y, name.clone(), Anchor::Start, Paint::Soft)
            .small();
        x += wide;
    }
    y + ROW / 2.0 - top
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        for (from, to) in [(0.0, 0.37), (-3.0, 8.0), (0.0, 125_000.0), (0.91, 0.93)] {
            let ticks = ticks(from, to, 5);
            assert!((2..=11).contains(&ticks.len()), "{from} {to}: {ticks:?}");
            let slack = 1e-6 * (to - from);
            assert!(ticks.iter().all(|t| *t >= from - slack && *t <= to + slack));
        }
        assert_eq!(ticks(2.0, 2.0, 5), [2.0]);
    }

    #[test]
    fn labels_are_short() {
        for (value, label) in [
            (0.25, "0.25"),
            (0.0, "0"),
            (1200.0, "1,200"),
            (25_000.0, "25k"),
            (1_500_000.0, "1.5M"),
            (-3.0, "-3"),
        ] {
            assert_eq!(tick_label(value).en, label);
        }
        assert_eq!(tick_label(1_500_000.0).de, "1,5 Mio.");
        assert_eq!(tick_label(0.25).de, "0,25");
        assert_eq!(round_up(37.0), 40.0);
        assert_eq!(round_up(0.0), 1.0);
    }
}
