//! Agents needed against agents there, over the average week.

use super::axes::{Frame, Key, legend, round_up, tick_label};
use super::canvas::Canvas;
use super::clock::{day_names, hourly, often, when};
use super::look::Paint;
use super::picture::Picture;
use super::{WIDTH, slug};
use crate::experiment::series::TeamWeek;
use crate::report::figure;
use crate::report::words::Words;

/// How clear bands are.
const BAND: f64 = 0.28;

/// A team's requirement, its people on queue with the band of eight weeks in ten, and how many are busy; `None` where
/// nobody is needed and nobody there.
#[must_use]
pub fn staffing(team: &TeamWeek, per_day: usize) -> Option<Picture> {
    let hours = |cells: &[f64]| hourly(cells, per_day);
    let required = hours(&team.required);
    let (mean, low, high) = (
        hours(&team.on_queue.mean),
        hours(&team.on_queue.p10),
        hours(&team.on_queue.p90),
    );
    let busy = hours(&team.busy.mean);
    let (busy_low, busy_high) = (hours(&team.busy.p10), hours(&team.busy.p90));
    let most = required.iter().chain(&high).copied().fold(0.0, f64::max);
    if most <= 0.0 {
        return None;
    }
    let steps = mean.len();
    let mut canvas = Canvas::new(WIDTH, 290.0);
    let top = legend(
        &mut canvas,
        4.0,
        0.0,
        &[
            (
                Key::Line,
                Paint::Series(1),
                1.0,
                Words::of("needed by formula", "nach Formel nötig"),
            ),
            (
                Key::Line,
                Paint::Series(0),
                1.0,
                Words::of("on queue", "in der Leitung"),
            ),
            (
                Key::Area,
                Paint::Series(0),
                BAND,
                Words::of(
                    "on queue in 8 weeks of 10",
                    "in der Leitung, 8 von 10 Wochen",
                ),
            ),
            (
                Key::Area,
                Paint::Series(2),
                BAND,
                Words::of("busy in 8 weeks of 10", "beschäftigt, 8 von 10 Wochen"),
            ),
        ],
    );
    let frame = Frame::inside(&canvas, 40.0, top + 22.0, 8.0, 24.0);
    let up = frame.up(0.0, round_up(most));
    let across = frame.across(0.0, steps as f64);
    frame.left_axis(
        &mut canvas,
        &up,
        Words::of("agents", "Personen"),
        tick_label,
    );
    frame.named_axis(&mut canvas, &across, Words::default(), &day_names(steps));
    let outline = |low: &[f64], high: &[f64]| {
        let point = |(i, v): (usize, &f64)| (across.at(i as f64 + 0.5), up.at(*v));
        let mut points: Vec<(f64, f64)> = high.iter().enumerate().map(point).collect();
        points.extend(low.iter().enumerate().map(point).rev());
        points
    };
    canvas
        .area(outline(&busy_low, &busy_high), Paint::Series(2))
        .alpha(BAND);
    canvas
        .area(outline(&low, &high), Paint::Series(0))
        .alpha(BAND);
    let line = |values: &[f64]| {
        let point = |(i, v): (usize, &f64)| (across.at(i as f64 + 0.5), up.at(*v));
        values.iter().enumerate().map(point).collect::<Vec<_>>()
    };
    canvas.line(line(&mean), 1.5, Paint::Series(0));
    canvas.line(line(&required), 1.5, Paint::Series(1));
    frame.ground(&mut canvas, frame.bottom);
    let one = |v: f64| figure::fixed(v, 1);
    for i in (0..steps).filter(|&i| required[i] > 0.0 || high[i] > 0.0) {
        let at = when(i * 7 / steps, hour_of(i, steps));
        let (need, there, work) = (one(required[i]), one(mean[i]), one(busy[i]));
        let band = one(low[i]).then(&Words::same("–")).then(&one(high[i]));
        let x = across.at(i as f64);
        canvas
            .rect(
                x,
                frame.top,
                across.at(i as f64 + 1.0) - x,
                frame.height(),
                Paint::Clear,
            )
            .tip(Words::of(
                format!(
                    "{}: {} needed, {} on queue ({}), {} busy",
                    at.en, need.en, there.en, band.en, work.en
                ),
                format!(
                    "{}: {} nötig, {} in der Leitung ({}), {} beschäftigt",
                    at.de, need.de, there.de, band.de, work.de
                ),
            ));
    }
    let title = finding(&team.name, &required, &mean);
    Some(Picture {
        name: format!("staffing-{}", slug(&team.name)),
        title,
        about: Words::of(
            format!(
                "{}: agents needed and on queue per hour of the average week, with the band that eight weeks in ten lie in.",
                team.name
            ),
            format!(
                "{}: nötige und vorhandene Personen je Stunde der Durchschnittswoche, mit dem Band von acht aus zehn Wochen.",
                team.name
            ),
        ),
        canvas,
    })
}

/// Minutes after midnight of a cell.
fn hour_of(i: usize, steps: usize) -> f64 {
    (i % (steps / 7)) as f64 * 24.0 * 60.0 / (steps / 7) as f64
}

/// Where most people are missing, or how many there are above the need.
fn finding(name: &str, required: &[f64], mean: &[f64]) -> Words {
    let gaps = required.iter().zip(mean).map(|(r, m)| r - m);
    let worst = gaps.enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
    let steps = mean.len();
    match worst {
        Some((i, gap)) if gap >= 0.05 => {
            let at = often(i * 7 / steps, hour_of(i, steps));
            let gap = figure::fixed(gap, 1);
            Words::of(
                format!(
                    "{name}: {} people short {}, the most of the week",
                    gap.en, at.en
                ),
                format!(
                    "{name}: {} fehlen {} Personen, am meisten in der Woche",
                    at.de, gap.de
                ),
            )
        }
        _ => {
            let sum = |v: &[f64]| v.iter().sum::<f64>();
            if sum(required) <= 0.0 {
                return Words::of(
                    format!("{name}: nobody is needed by formula"),
                    format!("{name}: nach Formel ist niemand nötig"),
                );
            }
            let spare = figure::fixed(100.0 * (sum(mean) / sum(required) - 1.0), 0);
            Words::of(
                format!(
                    "{name} has the people needed at all hours, {}% more over the week",
                    spare.en
                ),
                format!(
                    "{name} hat zu jeder Stunde genug Personen, {} % mehr über die Woche",
                    spare.de
                ),
            )
        }
    }
}
