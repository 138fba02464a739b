//! A tornado chart as a picture: one row per dimension, bars from the figure as written, the widest on top.

use super::{Anchor, Canvas, Frame, Paint, Picture, WIDTH, fitted, text_width, tick_label};
use crate::experiment::sweep::{Bar, Tornado};
use crate::measure::Unit;
use crate::report::sweep_tornado::finding;
use crate::report::words::Words;
use crate::report::{described, figure};

/// Height of a bar, and the room between rows.
const BAR: f64 = 13.0;
const GAP: f64 = 7.0;

/// The chart as a picture; changes that may be chance are pale, thin lines are intervals.
#[must_use]
pub fn tornado(tornado: &Tornado) -> Picture {
    let (unit, title) = described(&tornado.metric);
    let scale = if unit == Unit::Share { 100.0 } else { 1.0 };
    let names = tornado.dimensions.iter().filter_map(|bars| bars.first());
    let longest = names.map(|b| text_width(&b.dimension, super::SMALL));
    let left = longest.fold(40.0_f64, f64::max).min(130.0) + 12.0;
    let rows = tornado.dimensions.iter();
    let tall: f64 = rows.map(|bars| BAR * bars.len() as f64 + GAP).sum();
    let mut canvas = Canvas::new(WIDTH, 8.0 + tall + 40.0);
    let frame = Frame::inside(&canvas, left, 8.0, 10.0, 40.0);
    let (low, high) = reach(tornado, scale, frame.width());
    let across = frame.across(low, high);
    let unit_name = match unit {
        Unit::Share | Unit::Points => Words::of("points", "Punkte"),
        Unit::Seconds => Words::of("seconds", "Sekunden"),
        Unit::Hours => Words::of("hours", "Stunden"),
        Unit::Money => Words::same(tornado.currency.clone()),
        Unit::Count => Words::of("number", "Anzahl"),
    };
    let axis = [
        Words::term(&title),
        Words::of(" change, ", ", Änderung, "),
        unit_name,
    ];
    let axis = axis
        .into_iter()
        .reduce(|a, b| a.then(&b))
        .unwrap_or_default();
    frame.bottom_axis(&mut canvas, &across, axis, tick_label);
    let mut y = frame.top;
    for bars in &tornado.dimensions {
        let middle = y + BAR * bars.len() as f64 / 2.0;
        if let Some(first) = bars.first() {
            let name = fitted(&first.dimension, super::SMALL, left - 10.0);
            canvas
                .text(left - 6.0, middle, name, Anchor::End, Paint::Ink)
                .small();
        }
        for bar in bars {
            lane(
                &mut canvas,
                bar,
                &|v| across.at(scale * v),
                (y, 0.35 * frame.width() - 10.0),
                (unit, &tornado.currency),
            );
            y += BAR;
        }
        y += GAP;
    }
    let zero = across.at(0.0);
    canvas.line(
        vec![(zero, frame.top), (zero, frame.bottom)],
        1.0,
        Paint::Ink,
    );
    Picture {
        name: format!(
            "tornado-{}-{}",
            tornado.scenario,
            tornado.metric.replace('_', "-")
        ),
        title: finding(tornado),
        about: Words::of(
            "One change at a time on the same customers; pale where it may be chance, thin lines are intervals.",
            "Eine Änderung zur Zeit bei denselben Kunden; blass, wo es Zufall sein kann, dünne Linien sind Intervalle.",
        ),
        canvas,
    }
}

/// The least and greatest change that is drawn, with room for the levels' names beyond the bars on either side.
fn reach(tornado: &Tornado, scale: f64, wide: f64) -> (f64, f64) {
    let (mut low, mut high) = (0.0_f64, 0.0_f64);
    let (mut left, mut right) = (0.0_f64, 0.0_f64);
    for bar in tornado.dimensions.iter().flatten() {
        let label = text_width(&bar.level, super::SMALL) + 10.0;
        let Ok(e) = &bar.change else {
            right = right.max(label);
            continue;
        };
        if e.value < 0.0 {
            left = left.max(label);
        } else {
            right = right.max(label);
        }
        low = low.min(scale * e.low.max(-1e12));
        high = high.max(scale * e.high.min(1e12));
    }
    let (left, right) = (left.min(0.35 * wide), right.min(0.35 * wide));
    let per_pixel = (high - low).max(1e-9) / (wide - left - right);
    (low - left * per_pixel, high + right * per_pixel)
}

fn lane(
    canvas: &mut Canvas,
    bar: &Bar,
    at: &dyn Fn(f64) -> f64,
    (y, room): (f64, f64),
    (unit, currency): (Unit, &str),
) {
    let middle = y + BAR / 2.0;
    let zero = at(0.0);
    let Ok(e) = &bar.change else {
        canvas
            .text(
                zero + 4.0,
                middle,
                fitted(&format!("{}: -", bar.level), super::SMALL, room),
                Anchor::Start,
                Paint::Soft,
            )
            .small();
        return;
    };
    let end = at(e.value);
    let paint = Paint::Series(usize::from(e.value > 0.0));
    let tip = Words::same(format!("{} {}: ", bar.dimension, bar.level))
        .then(&figure::change(unit, e.value, currency));
    canvas
        .rect(
            zero.min(end),
            y + 1.0,
            (end - zero).abs().max(0.5),
            BAR - 2.0,
            paint,
        )
        .alpha(if e.excludes(0.0) { 0.85 } else { 0.25 })
        .tip(tip);
    canvas.line(
        vec![(at(e.low), middle), (at(e.high), middle)],
        1.0,
        Paint::Ink,
    );
    let (x, anchor) = if e.value < 0.0 {
        (at(e.low).min(zero) - 4.0, Anchor::End)
    } else {
        (at(e.high).max(zero) + 4.0, Anchor::Start)
    };
    canvas
        .text(
            x,
            middle,
            fitted(&bar.level, super::SMALL, room),
            anchor,
            Paint::Soft,
        )
        .small();
}

#[cfg(test)]
mod tests {
    use super::super::sweep_samples::tornado as sample;
    use super::*;
    use crate::report::words::Language;

    #[test]
    fn the_widest_dimension_is_named_and_bars_carry_their_values() {
        let picture = tornado(&sample());
        let svg = picture.file(Language::English);
        assert_eq!(picture.name, "tornado-bank-service-level");
        assert!(
            svg.contains("pauses moves service level most: -8.0 points at 90%, from 55.3%"),
            "{}",
            picture.title.en
        );
        assert!(svg.contains("pauses 50%: +6.0 points"));
        // What may be chance is pale.
        assert!(svg.contains("opacity=\"0.25\""));
    }
}
