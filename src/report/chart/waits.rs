//! How long a channel's customers wait: the share answered by then, with P50, P90 and P95.

use super::axes::{Frame, tick_label};
use super::canvas::{Anchor, Canvas, words_width};
use super::look::Paint;
use super::picture::Picture;
use super::{WIDTH, slug};
use crate::experiment::series::WaitSpread;
use crate::measure::Unit;
use crate::report::figure;
use crate::report::words::Words;
use crate::scenario::model::ChannelKind;

/// The percentiles that are marked.
const MARKED: [usize; 3] = [50, 90, 95];

/// A channel's distribution of waits; `None` without contacts.
#[must_use]
pub fn waits(spread: &WaitSpread) -> Option<Picture> {
    let values = &spread.percentiles_s;
    let p95 = *values.get(95)?;
    let most = values
        .get(98)
        .map_or(p95, |p98| p98.min(p95 * 1.4))
        .max(1.0);
    let (unit_s, unit) = match most {
        s if s > 2.0 * 86_400.0 => (86_400.0, ("days", "Tage")),
        s if s > 2.0 * 3600.0 => (3600.0, ("hours", "Stunden")),
        s if s > 300.0 => (60.0, ("minutes", "Minuten")),
        _ => (1.0, ("seconds", "Sekunden")),
    };
    let first_reply = spread.kind == ChannelKind::Deferred;
    let axis = if first_reply {
        Words::of(
            format!("time to first reply, {}", unit.0),
            format!("Zeit bis zur ersten Antwort, {}", unit.1),
        )
    } else {
        Words::of(
            format!("wait, {}", unit.0),
            format!("Wartezeit, {}", unit.1),
        )
    };
    let mut canvas = Canvas::new(WIDTH, 270.0);
    let frame = Frame::inside(&canvas, 40.0, 24.0, 14.0, 38.0);
    let up = frame.up(0.0, 100.0);
    let across = frame.across(0.0, most / unit_s);
    frame.left_axis(
        &mut canvas,
        &up,
        Words::of("% of contacts", "% der Kontakte"),
        tick_label,
    );
    frame.bottom_axis(&mut canvas, &across, axis, tick_label);
    let shown: Vec<(f64, f64)> = values
        .iter()
        .enumerate()
        .filter(|(_, s)| **s <= most)
        .map(|(p, s)| (across.at(s / unit_s), up.at(p as f64)))
        .collect();
    let mut under = shown.clone();
    under.push((shown.last()?.0, frame.bottom));
    under.push((shown[0].0, frame.bottom));
    canvas.area(under, Paint::Series(0)).alpha(0.18);
    canvas.line(shown, 2.0, Paint::Series(0));
    frame.ground(&mut canvas, frame.bottom);
    for (p, s) in values.iter().enumerate().filter(|(_, s)| **s <= most) {
        let next = values.get(p + 1).copied().unwrap_or(most).min(most);
        let (x, end) = (across.at(s / unit_s), across.at(next / unit_s));
        let wait = figure::plain(Unit::Seconds, *s, "");
        canvas
            .rect(
                x,
                frame.top,
                (end - x).max(1.5),
                frame.height(),
                Paint::Clear,
            )
            .tip(Words::of(
                format!("{p}% within {}", wait.en),
                format!("{p} % innerhalb {}", wait.de),
            ));
    }
    // Percentiles at nought all stand on the axis and say nothing that the title does not.
    for p in MARKED.into_iter().filter(|p| values[*p] > 0.0) {
        let (x, y) = (across.at(values[p] / unit_s), up.at(p as f64));
        canvas.line(vec![(x, y), (x, frame.bottom)], 1.0, Paint::Series(1));
        let wait = figure::plain(Unit::Seconds, values[p], "");
        canvas
            .dot(x, y, 4.0, Paint::Series(1))
            .tip(Words::same(format!("P{p}: ")).then(&wait));
        let label = Words::same(format!("P{p} ")).then(&wait);
        // Labels stand right of their mark, or left of it where the edge is near.
        let beyond = x + 8.0 + words_width(&label, super::SMALL) > frame.right;
        let (at, anchor) = if beyond {
            (x - 8.0, Anchor::End)
        } else {
            (x + 8.0, Anchor::Start)
        };
        // Inside the area, where the curve does not run through them; P95 below P90's height.
        let y = y + if p == 95 { 26.0 } else { 10.0 };
        canvas.text(at, y, label, anchor, Paint::Ink).small();
    }
    let name = &spread.name;
    Some(Picture {
        name: format!("waits-{}", slug(name)),
        title: finding(spread, first_reply),
        about: Words::of(
            "Share of contacts by how long they waited, those who left before an answer included.",
            "Anteil der Kontakte nach ihrer Wartezeit, auch derer, die vor einer Antwort gingen.",
        ),
        canvas,
    })
}

/// What the percentiles say in a sentence; those who are served at once are counted rather than said to wait nought.
fn finding(spread: &WaitSpread, first_reply: bool) -> Words {
    let (name, values) = (&spread.name, &spread.percentiles_s);
    let wait = |p: usize| figure::plain(Unit::Seconds, values[p], "");
    let at_once = values.iter().filter(|s| **s <= 0.0).count();
    let (half, nine, most) = (wait(50), wait(90), wait(95));
    if at_once > 95 {
        Words::of(
            format!("{name}: {at_once}% are answered at once"),
            format!("{name}: {at_once} % werden sofort angenommen"),
        )
    } else if at_once > 50 {
        Words::of(
            format!(
                "{name}: {at_once}% are answered at once, 19 in 20 within {}",
                most.en
            ),
            format!(
                "{name}: {at_once} % werden sofort angenommen, 19 von 20 innerhalb {}",
                most.de
            ),
        )
    } else if first_reply {
        Words::of(
            format!(
                "{name}: half get a reply within {}, nine in ten within {}",
                half.en, nine.en
            ),
            format!(
                "{name}: die Hälfte hat nach {} eine Antwort, neun von zehn nach {}",
                half.de, nine.de
            ),
        )
    } else {
        Words::of(
            format!(
                "{name}: half wait at most {}, nine in ten {}, 19 in 20 {}",
                half.en, nine.en, most.en
            ),
            format!(
                "{name}: die Hälfte wartet höchstens {}, neun von zehn {}, 19 von 20 {}",
                half.de, nine.de, most.de
            ),
        )
    }
}
