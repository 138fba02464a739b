//! Cost against service: which options are worth a look, and which are beaten in both.

use super::WIDTH;
use super::axes::{Frame, tick_label};
use super::canvas::{Anchor, Canvas, SMALL, fitted, text_width};
use super::look::{GREY, Paint};
use super::picture::Picture;
use crate::measure::Unit;
use crate::report::figure;
use crate::report::words::Words;
use crate::stats::Estimate;

/// Options that are named in the title; of more only the number is said.
const NAMED: usize = 3;
/// Names that a picture has room for; of more options only those that are not beaten have theirs, of more of these only
/// the cheapest and the best.
const LABELLED: usize = 8;

/// An option in the plane.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Name.
    pub name: String,
    /// Cost, less is better.
    pub cost: Estimate,
    /// Service, more is better: a share, or points above the promise.
    pub service: Estimate,
    /// The option that beats it, if any.
    pub dominated_by: Option<String>,
}

/// What the plane's axes are and what stands in it.
#[derive(Debug, Clone)]
pub struct Plane<'a> {
    /// Name of the picture.
    pub name: &'a str,
    /// Currency of the costs.
    pub currency: &'a str,
    /// What is paid for, after the currency: "per resolved contact".
    pub paid_for: Words,
    /// Title of the upright axis.
    pub service: Words,
    /// Whether service is a share (shown in per cent) or in points already.
    pub unit: Unit,
    /// What the points are called: "options", "runs".
    pub things: Words,
}

/// Says of each option which cheaper or equally cheap one serves better, or which equally good one is cheaper.
pub fn judge(choices: &mut [Choice]) {
    let beats = |a: &Choice, b: &Choice| {
        let (cost, service) = (
            a.cost.value - b.cost.value,
            a.service.value - b.service.value,
        );
        cost <= 0.0 && service >= 0.0 && (cost < 0.0 || service > 0.0)
    };
    let by: Vec<Option<String>> = choices
        .iter()
        .map(|c| {
            let better = choices.iter().filter(|other| beats(other, c));
            let best = better.min_by(|a, b| a.cost.value.total_cmp(&b.cost.value));
            best.map(|b| b.name.clone())
        })
        .collect();
    for (choice, by) in choices.iter_mut().zip(by) {
        choice.dominated_by = by;
    }
}

/// Options by cost and service; dominated ones are grey. `None` for fewer than two.
#[must_use]
pub fn pareto(choices: &[Choice], plane: &Plane<'_>) -> Option<Picture> {
    if choices.len() < 2 {
        return None;
    }
    let by = if plane.unit == Unit::Share {
        100.0
    } else {
        1.0
    };
    let limits = |of: fn(&Choice) -> &Estimate, scale: f64| {
        let ends = choices.iter().flat_map(move |c| {
            let e = of(c);
            [e.value, e.low, e.high]
                .into_iter()
                .filter(|v| v.is_finite())
        });
        let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| {
            (l.min(scale * v), h.max(scale * v))
        });
        let room = ((high - low) * 0.15).max(0.01 * high.abs()).max(1e-6);
        (low - room, high + room)
    };
    let mut canvas = Canvas::new(WIDTH, 300.0);
    let frame = Frame::inside(&canvas, 44.0, 24.0, 16.0, 40.0);
    let (from, to) = limits(|c| &c.cost, 1.0);
    let across = frame.across(from.max(0.0), to);
    let (low, high) = limits(|c| &c.service, by);
    let up = match plane.unit {
        Unit::Share => frame.up(low.max(0.0), high.min(100.0)),
        _ => frame.up(low, high),
    };
    frame.left_axis(&mut canvas, &up, plane.service.clone(), tick_label);
    let unit = Words::same(format!("{} ", plane.currency)).then(&plane.paid_for);
    frame.bottom_axis(&mut canvas, &across, unit, tick_label);
    let named = frontier(choices);
    let frontier: Vec<(f64, f64)> = named
        .iter()
        .map(|c| (across.at(c.cost.value), up.at(by * c.service.value)))
        .collect();
    if frontier.len() > 1 {
        canvas.line(frontier, 1.25, Paint::Soft);
    }
    let frontier_ends = [named.first(), named.last()].map(|c| c.map(|c| c.name.as_str()));
    let mut taken: Vec<[f64; 4]> = Vec::new();
    // Those that are beaten lie below, and their names give way.
    let (open, beaten): (Vec<_>, Vec<_>) = choices.iter().partition(|c| c.dominated_by.is_none());
    for choice in beaten.iter().chain(&open) {
        let at = (
            across.at(choice.cost.value),
            up.at(by * choice.service.value),
        );
        point(&mut canvas, choice, plane, (&across, &up, by), at);
    }
    for choice in open.iter().chain(&beaten) {
        let is_open = choice.dominated_by.is_none();
        let shown = if choices.len() <= LABELLED {
            true
        } else if open.len() <= LABELLED {
            is_open
        } else {
            frontier_ends.contains(&Some(choice.name.as_str()))
        };
        if shown {
            let at = (
                across.at(choice.cost.value),
                up.at(by * choice.service.value),
            );
            name(&mut canvas, &choice.name, at, is_open, &mut taken);
        }
    }
    Some(Picture {
        name: plane.name.into(),
        title: finding(choices, &open, plane),
        about: Words::of(
            format!(
                "Cost against service with intervals; grey {} are dominated: another one costs no more and serves no worse.",
                plane.things.en
            ),
            "Kosten gegen Service mit Intervallen; Graues ist dominiert: Anderes kostet nicht mehr und dient nicht schlechter.",
        ),
        canvas,
    })
}

/// From the cheapest up, whatever serves better than all that cost less.
fn frontier(choices: &[Choice]) -> Vec<&Choice> {
    let mut open: Vec<&Choice> = choices
        .iter()
        .filter(|c| c.dominated_by.is_none())
        .collect();
    open.sort_by(|a, b| a.cost.value.total_cmp(&b.cost.value));
    let mut best = f64::NEG_INFINITY;
    open.retain(|c| {
        let better = c.service.value > best;
        best = best.max(c.service.value);
        better
    });
    open
}

/// A point with its intervals as arms.
fn point(
    canvas: &mut Canvas,
    choice: &Choice,
    plane: &Plane<'_>,
    (across, up, by): (&super::Scale, &super::Scale, f64),
    (x, y): (f64, f64),
) {
    let beaten = choice.dominated_by.as_ref();
    let paint = Paint::Series(if beaten.is_some() { GREY } else { 0 });
    let arm = |e: &Estimate, scale: &super::Scale, by: f64| {
        let end = |v: f64| scale.at(by * if v.is_finite() { v } else { e.value });
        (end(e.low), end(e.high))
    };
    let (a, b) = arm(&choice.cost, across, 1.0);
    canvas.line(vec![(a, y), (b, y)], 1.5, paint);
    let (a, b) = arm(&choice.service, up, by);
    canvas.line(vec![(x, a), (x, b)], 1.5, paint);
    let money = figure::with_interval(Unit::Money, &choice.cost, plane.currency);
    let service = figure::with_interval(plane.unit, &choice.service, "");
    let said = Words::same(format!("{}: ", choice.name))
        .then(&money)
        .then(&Words::same(", "))
        .then(&service);
    let by = beaten.map_or_else(Words::default, |by| {
        Words::of(
            format!(", beaten by {by}"),
            format!(", übertroffen von {by}"),
        )
    });
    canvas.dot(x, y, 5.0, paint).tip(said.then(&by));
}

/// A name beside its point, on whichever side there is room; left out where there is none.
fn name(canvas: &mut Canvas, text: &str, at: (f64, f64), open: bool, taken: &mut Vec<[f64; 4]>) {
    let text = fitted(text, SMALL, canvas.width * 0.55);
    let wide = text_width(&text, SMALL);
    let ink = if open { Paint::Ink } else { Paint::Soft };
    for (dx, dy) in [(9.0, -10.0), (9.0, 11.0), (-9.0, -10.0), (-9.0, 11.0)] {
        let (x, y) = (at.0 + dx, at.1 + dy);
        let (left, anchor) = if dx > 0.0 {
            (x, Anchor::Start)
        } else {
            (x - wide, Anchor::End)
        };
        let own = [left, y - 7.0, left + wide, y + 7.0];
        let inside = own[0] > 0.0 && own[2] < canvas.width && own[1] > 16.0;
        let free = |o: &[f64; 4]| own[0] > o[2] || own[2] < o[0] || own[1] > o[3] || own[3] < o[1];
        if inside && taken.iter().all(free) {
            canvas.text(x, y, text, anchor, ink).small();
            taken.push(own);
            return;
        }
    }
}

fn finding(choices: &[Choice], open: &[&Choice], plane: &Plane<'_>) -> Words {
    let (all, things) = (choices.len(), &plane.things);
    let beaten = all - open.len();
    let names: Vec<&str> = open.iter().map(|c| c.name.as_str()).collect();
    let list = names.join(", ");
    match (beaten, open.len()) {
        (0, _) => Words::of(
            format!(
                "None of the {all} {} is beaten in both cost and service",
                things.en
            ),
            format!(
                "Von {all} {} ist bei Kosten und Service zugleich nichts unterlegen",
                things.de
            ),
        ),
        (_, 1..=NAMED) => Words::of(
            format!(
                "Not beaten: {list}; {beaten} of {all} {} are, in cost and service",
                things.en
            ),
            format!(
                "Nicht übertroffen: {list}; {beaten} von {all} {} sind bei Kosten und Service unterlegen",
                things.de
            ),
        ),
        _ => Words::of(
            format!(
                "{beaten} of {all} {} are beaten in cost and service, {} are worth a look",
                things.en,
                open.len()
            ),
            format!(
                "{beaten} von {all} {} sind bei Kosten und Service unterlegen, {} lohnen einen Blick",
                things.de,
                open.len()
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(name: &str, cost: f64, service: f64) -> Choice {
        Choice {
            name: name.into(),
            cost: Estimate::exact(cost),
            service: Estimate::exact(service),
            dominated_by: None,
        }
    }

    #[test]
    fn who_costs_more_and_serves_no_better_is_beaten() {
        let mut choices = [
            choice("cheap", 10.0, 0.7),
            choice("good", 20.0, 0.9),
            choice("bad", 25.0, 0.8),
            choice("twin", 20.0, 0.9),
            choice("dear", 21.0, 0.9),
        ];
        judge(&mut choices);
        let beaten: Vec<Option<&str>> = choices.iter().map(|c| c.dominated_by.as_deref()).collect();
        assert_eq!(beaten, [None, None, Some("good"), None, Some("good")]);
        let plane = Plane {
            name: "cost-and-service",
            currency: "EUR",
            paid_for: Words::of("per resolved contact", "je gelöstem Kontakt"),
            service: Words::of("% inside the promise", "% in der Zusage"),
            unit: Unit::Share,
            things: Words::of("options", "Optionen"),
        };
        let picture = pareto(&choices, &plane).expect("there are several");
        assert_eq!(
            picture.title.en,
            "Not beaten: cheap, good, twin; 2 of 5 options are, in cost and service"
        );
        let svg = picture.inline();
        assert!(
            svg.contains("data-en=\"bad: EUR 25.00, 80.0%, beaten by good\""),
            "{svg}"
        );
        assert!(svg.contains("data-de=\"bad: 25,00 EUR, 80,0 %, übertroffen von good\""));
        assert!(pareto(&choices[..1], &plane).is_none());
    }
}
