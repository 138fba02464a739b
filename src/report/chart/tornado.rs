//! A tornado chart as a picture: one row per dimension, bars from the figure as written, the widest on top.

use super::{Anchor, Canvas, Frame, Paint, Picture, WIDTH, fitted, text_width, tick_label};
use crate::experiment::sweep::{Bar, Tornado};
use crate::measure::Unit;
use crate::report::described;
use crate::report::sweep_tornado::{change, finding};
use crate::report::words::Words;

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
    let left = longest.fold(40.0_f64, f64::max).min(170.0) + 12.0;
    let rows = tornado.dimensions.iter();
    let tall: f64 = rows.map(|bars| BAR * bars.len() as f64 + GAP).sum();
    let mut canvas = Canvas::new(WIDTH, 8.0 + tall + 40.0);
    let frame = Frame::inside(&canvas, left, 8.0, 10.0, 40.0);
    let (low, high) = reach(tornado, scale);
    let across = frame.across(low, high);
    let unit_name = match unit {
        Unit::Share | Unit::Points => "points".to_owned(),
        Unit::Seconds => "s".to_owned(),
        Unit::Hours => "h".to_owned(),
        Unit::Money => tornado.currency.clone(),
        Unit::Count => String::new(),
    };
    let axis = [
        Words::term(&title),
        Words::of(" change, ", ", Änderung, "),
        Words::same(unit_name),
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
                y,
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
            "one change at a time on the same customers; pale where it may be chance, thin lines are intervals",
            "eine Änderung zur Zeit bei denselben Kunden; blass, wo es Zufall sein kann, dünne Linien sind Bereiche",
        ),
        canvas,
    }
}

/// The least and greatest change that is drawn, with room for labels on either side.
fn reach(tornado: &Tornado, scale: f64) -> (f64, f64) {
    let all = tornado
        .dimensions
        .iter()
        .flatten()
        .filter_map(|b| b.change.as_ref().ok());
    let (low, high) = all.fold((0.0_f64, 0.0_f64), |(low, high), e| {
        (
            low.min(scale * e.low.max(-1e12)),
            high.max(scale * e.high.min(1e12)),
        )
    });
    let room = 0.28 * (high - low).max(1e-9);
    (low - room, high + room)
}

fn lane(
    canvas: &mut Canvas,
    bar: &Bar,
    at: &dyn Fn(f64) -> f64,
    y: f64,
    (unit, currency): (Unit, &str),
) {
    let middle = y + BAR / 2.0;
    let zero = at(0.0);
    let Ok(e) = &bar.change else {
        canvas
            .text(
                zero + 4.0,
                middle,
                format!("{}: -", bar.level),
                Anchor::Start,
                Paint::Soft,
            )
            .small();
        return;
    };
    let end = at(e.value);
    let paint = Paint::Series(usize::from(e.value > 0.0));
    let tip = format!(
        "{} {}: {}",
        bar.dimension,
        bar.level,
        change(unit, e.value, currency)
    );
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
        .text(x, middle, bar.level.clone(), anchor, Paint::Soft)
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
