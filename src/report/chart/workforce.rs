//! A team's people over the weeks: at work, vacant positions, newcomers in class.

use super::axes::{Frame, Key, legend, round_up, tick_label};
use super::canvas::Canvas;
use super::look::Paint;
use super::picture::Picture;
use super::{WIDTH, slug};
use crate::experiment::TeamOutcome;
use crate::report::figure;
use crate::report::words::Words;
use crate::stats::Estimate;

/// People by week with the interval of their mean; `None` where nothing about them is stated.
#[must_use]
pub fn workforce(team: &TeamOutcome) -> Option<Picture> {
    let weeks = &team.people;
    if weeks.len() < 2 {
        return None;
    }
    let pick = |of: fn(&crate::experiment::WeekOfPeople) -> Option<Estimate>| -> Vec<Estimate> {
        let one = |w| of(w).unwrap_or(Estimate::exact(0.0));
        weeks.iter().map(one).collect()
    };
    let lines: [(Words, Paint, Vec<Estimate>); 3] = [
        (
            Words::of("employed", "beschäftigt"),
            Paint::Series(0),
            pick(|w| w.working),
        ),
        (
            Words::of("vacant", "unbesetzt"),
            Paint::Series(1),
            pick(|w| w.vacant),
        ),
        (
            Words::of("in class", "in Schulung"),
            Paint::Series(2),
            pick(|w| w.in_class),
        ),
    ];
    let high = |e: &Estimate| if e.high.is_finite() { e.high } else { e.value };
    let low = |e: &Estimate| if e.low.is_finite() { e.low } else { e.value };
    let most = lines
        .iter()
        .flat_map(|l| &l.2)
        .map(high)
        .fold(0.0, f64::max);
    let mut canvas = Canvas::new(WIDTH, 280.0);
    let entries: Vec<_> = lines
        .iter()
        .map(|l| (Key::Line, l.1, 1.0, l.0.clone()))
        .collect();
    let top = legend(&mut canvas, 4.0, 0.0, &entries);
    let frame = Frame::inside(&canvas, 40.0, top + 22.0, 8.0, 38.0);
    let up = frame.up(0.0, round_up(most));
    let across = frame.across(0.0, weeks.len() as f64);
    frame.left_axis(
        &mut canvas,
        &up,
        Words::of("people", "Personen"),
        tick_label,
    );
    let every = weeks.len().div_ceil(6);
    let names: Vec<(f64, Words)> = (0..weeks.len())
        .step_by(every)
        .map(|w| (w as f64 + 0.5, figure::date(&weeks[w].week)))
        .collect();
    frame.named_axis(
        &mut canvas,
        &across,
        Words::of("week from", "Woche ab"),
        &names,
    );
    for (_, paint, values) in &lines {
        let at = |i: usize, v: f64| (across.at(i as f64 + 0.5), up.at(v.max(0.0)));
        let upper = values.iter().enumerate().map(|(i, e)| at(i, high(e)));
        let lower = values.iter().enumerate().rev().map(|(i, e)| at(i, low(e)));
        canvas.area(upper.chain(lower).collect(), *paint).alpha(0.2);
        let line = values.iter().enumerate().map(|(i, e)| at(i, e.value));
        canvas.line(line.collect(), 1.75, *paint);
    }
    frame.ground(&mut canvas, frame.bottom);
    for (i, week) in weeks.iter().enumerate() {
        let one = |l: &(Words, Paint, Vec<Estimate>)| {
            let value = figure::fixed(l.2[i].value, 1);
            Words::same(", ")
                .then(&value)
                .then(&Words::same(" "))
                .then(&l.0)
        };
        let tip = lines
            .iter()
            .map(one)
            .fold(figure::date(&week.week), |a, b| a.then(&b));
        let x = across.at(i as f64);
        canvas
            .rect(
                x,
                frame.top,
                across.at(i as f64 + 1.0) - x,
                frame.height(),
                Paint::Clear,
            )
            .tip(tip);
    }
    let [from, to] = [0, weeks.len() - 1].map(|w| figure::fixed(lines[0].2[w].value, 1));
    let name = &team.name;
    Some(Picture {
        name: format!("people-{}", slug(name)),
        title: Words::of(
            format!(
                "{name}: from {} to {} people over {} weeks",
                from.en,
                to.en,
                weeks.len()
            ),
            format!(
                "{name}: von {} auf {} Personen in {} Wochen",
                from.de,
                to.de,
                weeks.len()
            ),
        ),
        about: Words::of(
            "People on the payroll, positions with nobody and newcomers in class, means per week with their intervals.",
            "Beschäftigte, unbesetzte Stellen und Neue in Schulung, Wochenmittel mit ihren Intervallen.",
        ),
        canvas,
    })
}
