//! Cost against service: which options are worth a look, and which are beaten in both.

use super::WIDTH;
use super::axes::{Frame, tick_label};
use super::canvas::{Anchor, Canvas, SMALL, text_width};
use super::look::{GREY, Paint};
use super::picture::Picture;
use crate::measure::Unit;
use crate::report::number::with_interval;
use crate::report::words::Words;
use crate::stats::Estimate;

/// An option in the plane.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Name.
    pub name: String,
    /// Cost, less is better.
    pub cost: Estimate,
    /// Service level, more is better.
    pub service: Estimate,
    /// The option that beats it, if any.
    pub dominated_by: Option<String>,
}

/// Options by cost per resolved contact and service level; dominated ones are grey. `None` for fewer than two.
#[must_use]
pub fn pareto(choices: &[Choice], currency: &str) -> Option<Picture> {
    if choices.len() < 2 {
        return None;
    }
    let limits = |of: fn(&Choice) -> &Estimate| {
        let ends = choices.iter().flat_map(move |c| {
            let e = of(c);
            [e.value, e.low, e.high]
                .into_iter()
                .filter(|v| v.is_finite())
        });
        let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| {
            (l.min(v), h.max(v))
        });
        let room = ((high - low) * 0.15).max(0.01 * high.abs()).max(1e-6);
        (low - room, high + room)
    };
    let mut canvas = Canvas::new(WIDTH, 300.0);
    let frame = Frame::inside(&canvas, 44.0, 24.0, 16.0, 40.0);
    let (from, to) = limits(|c| &c.cost);
    let across = frame.across(from.max(0.0), to);
    let (low, high) = limits(|c| &c.service);
    let up = frame.up(100.0 * low.max(0.0), 100.0 * high.min(1.0));
    frame.left_axis(
        &mut canvas,
        &up,
        Words::of("% inside the promise", "% in der Zusage"),
        tick_label,
    );
    frame.bottom_axis(
        &mut canvas,
        &across,
        Words::of(
            format!("{currency} per resolved contact"),
            format!("{currency} je gelöstem Kontakt"),
        ),
        tick_label,
    );
    // The frontier: from the cheapest up, whatever serves better than all cheaper ones.
    let mut open: Vec<&Choice> = choices
        .iter()
        .filter(|c| c.dominated_by.is_none())
        .collect();
    open.sort_by(|a, b| a.cost.value.total_cmp(&b.cost.value));
    let mut frontier: Vec<(f64, f64)> = Vec::new();
    let mut best = f64::NEG_INFINITY;
    for c in &open {
        if c.service.value > best {
            best = c.service.value;
            frontier.push((across.at(c.cost.value), up.at(100.0 * c.service.value)));
        }
    }
    if frontier.len() > 1 {
        canvas.line(frontier, 1.25, Paint::Soft);
    }
    for choice in choices {
        let (x, y) = (
            across.at(choice.cost.value),
            up.at(100.0 * choice.service.value),
        );
        let beaten = choice.dominated_by.as_ref();
        let paint = Paint::Series(if beaten.is_some() { GREY } else { 0 });
        let arm = |e: &Estimate, scale: &super::Scale, by: f64| {
            let end = |v: f64| scale.at(by * if v.is_finite() { v } else { e.value });
            (end(e.low), end(e.high))
        };
        let (a, b) = arm(&choice.cost, &across, 1.0);
        canvas.line(vec![(a, y), (b, y)], 1.5, paint);
        let (a, b) = arm(&choice.service, &up, 100.0);
        canvas.line(vec![(x, a), (x, b)], 1.5, paint);
        let (cost, service) = (
            with_interval(Unit::Money, &choice.cost, currency),
            with_interval(Unit::Share, &choice.service, ""),
        );
        let by = beaten.map_or_else(Words::default, |by| {
            Words::of(
                format!(", beaten by {by}"),
                format!(", übertroffen von {by}"),
            )
        });
        canvas
            .dot(x, y, 6.0, paint)
            .tip(Words::same(format!("{}: {cost}, {service}", choice.name)).then(&by));
        let ink = if beaten.is_some() {
            Paint::Soft
        } else {
            Paint::Ink
        };
        let beyond = x + 10.0 + text_width(&choice.name, SMALL) > canvas.width;
        let (at, anchor) = if beyond {
            (x - 10.0, Anchor::End)
        } else {
            (x + 10.0, Anchor::Start)
        };
        canvas
            .text(at, y - 10.0, choice.name.clone(), anchor, ink)
            .small();
    }
    let beaten = choices.len() - open.len();
    let names: Vec<&str> = open.iter().map(|c| c.name.as_str()).collect();
    let title = if beaten == 0 {
        Words::of(
            "No option is beaten in both cost and service",
            "Keine Option ist bei Kosten und Service zugleich unterlegen",
        )
    } else {
        let list = names.join(", ");
        Words::of(
            format!(
                "{list}: not beaten; {beaten} of {} options are beaten in cost and service",
                choices.len()
            ),
            format!(
                "{list}: nicht übertroffen; {beaten} von {} Optionen sind bei Kosten und Service unterlegen",
                choices.len()
            ),
        )
    };
    Some(Picture {
        name: "cost-and-service".into(),
        title,
        about: Words::of(
            "Cost per resolved contact against the share inside the promise, with intervals; grey options are dominated.",
            "Kosten je gelöstem Kontakt gegen den Anteil in der Zusage, mit Intervallen; graue Optionen sind dominiert.",
        ),
        canvas,
    })
}
