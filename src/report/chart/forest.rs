//! Paired differences with their intervals: a forest plot, one figure a picture.

use super::axes::{Frame, ticks};
use super::canvas::{Anchor, Canvas, SMALL, fitted, text_width};
use super::look::{GREY, Paint};
use super::picture::Picture;
use super::{WIDTH, slug};
use crate::experiment::Difference;
use crate::measure::Unit;
use crate::report::figure;
use crate::report::sentence::sentence;
use crate::report::words::Words;

const ROW: f64 = 26.0;

/// All pairs' differences in one figure; `None` without any. Blue differences are real, grey ones are not.
#[must_use]
pub fn forest(differences: &[&Difference], currency: &str) -> Option<Picture> {
    let first = differences.first()?;
    let unit = first.unit;
    let (least, most) = reach(differences);
    let names: Vec<String> = differences
        .iter()
        .map(|d| fitted(&format!("{} − {}", d.a, d.b), SMALL, 150.0))
        .collect();
    let left = names
        .iter()
        .map(|n| text_width(n, SMALL))
        .fold(60.0, f64::max)
        + 14.0;
    let mut canvas = Canvas::new(WIDTH, 12.0 + ROW * differences.len() as f64 + 44.0);
    let frame = Frame::inside(&canvas, left, 8.0, 18.0, 42.0);
    let across = frame.across(least, most);
    let title = Words::term(&first.title);
    let (scale, unit_name) = match unit {
        Unit::Share => (100.0, Words::of("points", "Punkte")),
        Unit::Points => (1.0, Words::of("points", "Punkte")),
        Unit::Seconds if most - least > 2.0 * 3600.0 => {
            (1.0 / 3600.0, Words::of("hours", "Stunden"))
        }
        Unit::Seconds => (1.0, Words::of("seconds", "Sekunden")),
        Unit::Hours => (1.0, Words::of("hours", "Stunden")),
        Unit::Money => (1.0, Words::same(currency)),
        Unit::Count => (1.0, Words::of("number", "Anzahl")),
    };
    let marks: Vec<(f64, Words)> = ticks(least * scale, most * scale, 4)
        .into_iter()
        .map(|t| {
            let minus = |text: String| text.replace('-', "−");
            let label = super::tick_label(t);
            (t / scale, Words::of(minus(label.en), minus(label.de)))
        })
        .collect();
    let axis = title.clone().then(&Words::same(", ")).then(&unit_name);
    frame.named_axis(&mut canvas, &across, axis, &marks);
    canvas.line(
        vec![(across.at(0.0), frame.top), (across.at(0.0), frame.bottom)],
        1.5,
        Paint::Soft,
    );
    for (i, (d, name)) in differences.iter().zip(&names).enumerate() {
        let y = frame.top + ROW * (i as f64 + 0.5);
        let paint = Paint::Series(if d.real { 0 } else { GREY });
        let inside = |v: f64| across.at(v.clamp(least, most));
        canvas
            .text(left - 8.0, y, name.clone(), Anchor::End, Paint::Ink)
            .small();
        let (low, high) = (inside(d.low), inside(d.high));
        canvas.line(vec![(low, y), (high, y)], 2.0, paint);
        for x in [low, high] {
            canvas.line(vec![(x, y - 4.0), (x, y + 4.0)], 1.5, paint);
        }
        canvas.dot(inside(d.value), y, 4.5, paint);
        let size = figure::change(unit, d.value, currency);
        let state = if d.real {
            Words::of("real", "gesichert")
        } else {
            Words::of("not certain", "nicht gesichert")
        };
        canvas
            .rect(left, y - ROW / 2.0, frame.width(), ROW, Paint::Clear)
            .tip(
                Words::same(format!("{} − {}: ", d.a, d.b))
                    .then(&size)
                    .then(&Words::same(", "))
                    .then(&state),
            );
    }
    let largest = differences
        .iter()
        .filter(|d| d.real)
        .max_by(|a, b| a.value.abs().total_cmp(&b.value.abs()));
    let title = match largest {
        Some(d) => Words::of(sentence(d, None, currency), german(d, currency)),
        None => Words::of(
            format!("No difference in {} is certain", title.en),
            format!("{}: kein Unterschied ist gesichert", title.de),
        ),
    };
    Some(Picture {
        name: format!("difference-{}", slug(&first.metric)),
        title,
        about: Words::of(
            "Differences on the same customers with intervals that hold together; blue ones are real, grey ones not certain.",
            "Unterschiede bei denselben Kunden mit Intervallen, die zusammen gelten; Blau ist gesichert, Grau nicht.",
        ),
        canvas,
    })
}

fn german(d: &Difference, currency: &str) -> String {
    let size = figure::difference(d.unit, d.value, currency).de;
    let title = Words::term(&d.title).de;
    match &d.better {
        Some(better) => {
            let other = if *better == d.a { &d.b } else { &d.a };
            format!("{title}: {better} ist um {size} besser als {other}; das ist gesichert")
        }
        None => {
            let (more, less) = if d.value > 0.0 {
                (&d.a, &d.b)
            } else {
                (&d.b, &d.a)
            };
            format!("{title}: {more} hat {size} mehr als {less}; das ist gesichert")
        }
    }
}

/// The least and greatest value that is drawn, nought among them, with a little room.
fn reach(differences: &[&Difference]) -> (f64, f64) {
    let ends = differences.iter().flat_map(|d| [d.value, d.low, d.high]);
    let (low, high) = ends
        .filter(|v| v.is_finite())
        .fold((0.0_f64, 0.0_f64), |(l, h), v| (l.min(v), h.max(v)));
    let room = 0.06 * (high - low).max(1e-9);
    (low - room, high + room)
}
