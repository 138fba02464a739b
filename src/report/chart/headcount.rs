//! People on duty over the weeks of the horizon.

use super::WIDTH;
use super::axes::{Frame, Key, legend, round_up, tick_label};
use super::canvas::Canvas;
use super::look::{GREY, Paint};
use super::picture::Picture;
use crate::experiment::series::Course;
use crate::report::figure;
use crate::report::words::Words;

/// Teams that are shown by name; the others are one area.
const NAMED: usize = 7;

/// Full-time equivalents on duty, team upon team; `None` for a horizon of one week, or without duties.
#[must_use]
pub fn headcount(course: &Course) -> Option<Picture> {
    let weeks = course.weeks.len();
    if weeks < 2 {
        return None;
    }
    let sum = |v: &[f64]| v.iter().sum::<f64>();
    let mut teams: Vec<(Words, Vec<f64>)> = course
        .teams
        .iter()
        .filter(|t| sum(&t.on_duty_fte) > 0.0)
        .map(|t| (Words::same(t.name.clone()), t.on_duty_fte.clone()))
        .collect();
    teams.sort_by(|a, b| sum(&b.1).total_cmp(&sum(&a.1)));
    if teams.len() > NAMED + 1 {
        let rest = teams.split_off(NAMED);
        let others = (0..weeks).map(|w| rest.iter().map(|t| t.1[w]).sum());
        let name = Words::of(
            format!("{} other teams", rest.len()),
            format!("{} weitere Teams", rest.len()),
        );
        teams.push((name, others.collect()));
    }
    let total: Vec<f64> = (0..weeks)
        .map(|w| teams.iter().map(|t| t.1[w]).sum())
        .collect();
    let most = total.iter().copied().fold(0.0, f64::max);
    if most <= 0.0 {
        return None;
    }
    let paint = |i: usize| Paint::Series(if i < NAMED { i } else { GREY });
    let entries: Vec<_> = teams
        .iter()
        .enumerate()
        .map(|(i, t)| (Key::Area, paint(i), 0.8, t.0.clone()))
        .collect();
    let mut canvas = Canvas::new(WIDTH, 300.0);
    let top = legend(&mut canvas, 4.0, 0.0, &entries);
    let frame = Frame::inside(&canvas, 44.0, top + 22.0, 8.0, 38.0);
    let up = frame.up(0.0, round_up(most));
    let across = frame.across(0.0, weeks as f64);
    frame.left_axis(
        &mut canvas,
        &up,
        Words::of("full-time equivalents", "Vollzeitkräfte"),
        tick_label,
    );
    let every = weeks.div_ceil(6);
    let names: Vec<(f64, Words)> = (0..weeks)
        .step_by(every)
        .map(|w| (w as f64 + 0.5, figure::date(&course.weeks[w])))
        .collect();
    frame.named_axis(
        &mut canvas,
        &across,
        Words::of("week from", "Woche ab"),
        &names,
    );
    let mut base = vec![0.0; weeks];
    for (i, (name, values)) in teams.iter().enumerate() {
        for (w, value) in values.iter().enumerate().filter(|(_, v)| **v > 0.0) {
            let (x, wide) = (across.at(w as f64), across.at(1.0) - across.at(0.0));
            let (low, high) = (up.at(base[w]), up.at(base[w] + value));
            let inset = if wide > 6.0 { wide * 0.08 } else { 0.0 };
            let text = [
                Words::same(", "),
                figure::date(&course.weeks[w]),
                Words::same(": "),
                figure::fixed(*value, 1),
            ];
            canvas
                .rect(x + inset, high, wide - 2.0 * inset, low - high, paint(i))
                .alpha(0.8)
                .tip(text.iter().fold(name.clone(), |a, b| a.then(b)));
            base[w] += value;
        }
    }
    frame.ground(&mut canvas, frame.bottom);
    // Weeks that the horizon cuts short count per whole week, like the others.
    let (least, from, to) = (
        total.iter().copied().fold(f64::INFINITY, f64::min),
        total[0],
        total[weeks - 1],
    );
    let steady = most - least < 0.05 * most;
    let [from, to, least, most] = [from, to, least, most].map(|v| figure::fixed(v, 1));
    let title = if steady {
        Words::of(
            format!(
                "People on duty stay at about {} full-time equivalents",
                from.en
            ),
            format!("Im Dienst sind stets rund {} Vollzeitkräfte", from.de),
        )
    } else {
        Words::of(
            format!(
                "People on duty go from {} to {} full-time equivalents, between {} and {}",
                from.en, to.en, least.en, most.en
            ),
            format!(
                "Im Dienst sind erst {}, am Ende {} Vollzeitkräfte, zwischen {} und {}",
                from.de, to.de, least.de, most.de
            ),
        )
    };
    Some(Picture {
        name: "headcount".into(),
        title,
        about: Words::of(
            "Paid hours of shifts per week over 40, by team; weeks cut short by the horizon are scaled to whole ones.",
            "Bezahlte Schichtstunden je Woche durch 40, nach Team; angeschnittene Wochen sind auf ganze hochgerechnet.",
        ),
        canvas,
    })
}
