//! What the plan expects beside what its simulation found, over the average week.

use super::axes::{Frame, Key, legend, round_up, tick_label};
use super::canvas::Canvas;
use super::clock::{day_names, hourly, often, when};
use super::look::Paint;
use super::picture::Picture;
use super::{WIDTH, slug};
use crate::experiment::series::{TeamWeek, Week};
use crate::measure::Unit;
use crate::optimize::{PromiseForecast, TeamForecast};
use crate::report::figure;
use crate::report::words::Words;

/// A curve over the week's hours; gaps where there is nothing.
struct Curve {
    values: Vec<Option<f64>>,
    paint: Paint,
}

/// What both pictures have in common.
struct Pair<'a> {
    name: String,
    axis: Words,
    planned: Curve,
    simulated: Curve,
    /// The band that eight weeks in ten lie in.
    band: Option<(Vec<f64>, Vec<f64>)>,
    most: f64,
    shown: &'a dyn Fn(f64) -> Words,
}

/// A team's agents on queue: planned, and simulated with the band of eight weeks in ten.
#[must_use]
pub fn planned_agents(
    team: &TeamForecast,
    simulated: &TeamWeek,
    per_day: usize,
) -> Option<Picture> {
    let planned = hourly(&team.agents, team.agents.len() / 7);
    let mean = hourly(&simulated.on_queue.mean, per_day);
    let (low, high) = (
        hourly(&simulated.on_queue.p10, per_day),
        hourly(&simulated.on_queue.p90, per_day),
    );
    if planned.len() != mean.len() {
        return None;
    }
    let most = planned.iter().chain(&high).copied().fold(0.0, f64::max);
    let sum = |v: &[f64]| v.iter().sum::<f64>();
    let (plan, found) = (sum(&planned), sum(&mean));
    if most <= 0.0 || plan <= 0.0 {
        return None;
    }
    let off = 100.0 * (found / plan - 1.0);
    let some = |v: Vec<f64>| v.into_iter().map(Some).collect::<Vec<_>>();
    let pair = Pair {
        name: format!("plan-agents-{}", slug(&team.name)),
        axis: Words::of("agents on queue", "Personen in der Leitung"),
        planned: Curve {
            values: some(planned),
            paint: Paint::Series(1),
        },
        simulated: Curve {
            values: some(mean),
            paint: Paint::Series(0),
        },
        band: Some((low, high)),
        most: round_up(most),
        shown: &|v| figure::fixed(v, 1),
    };
    let name = &team.name;
    let (size, more) = (figure::fixed(off.abs(), 1), off >= 0.0);
    Some(pair.picture(Words::of(
        format!(
            "{name}: the simulation has {}% {} people on queue than the plan",
            size.en,
            if more { "more" } else { "fewer" }
        ),
        format!(
            "{name}: in der Simulation sind {} % {} Personen in der Leitung als geplant",
            size.de,
            if more { "mehr" } else { "weniger" }
        ),
    )))
}

/// A promise's service level: expected by the corrected formulas, and simulated.
#[must_use]
pub fn planned_service(promise: &PromiseForecast, week: &Week) -> Option<Picture> {
    let channel = promise.channel.as_ref()?;
    let channel = week.channels.iter().find(|c| c.name == *channel)?;
    let steps = 168;
    let per_step = |len: usize| (len / steps).max(1);
    let mean = |values: &[Option<f64>]| -> Vec<Option<f64>> {
        let chunk = |c: &[Option<f64>]| {
            let known: Vec<f64> = c.iter().copied().flatten().collect();
            (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
        };
        values.chunks(per_step(values.len())).map(chunk).collect()
    };
    let (planned, simulated) = (mean(&promise.level), mean(&channel.service_level));
    if planned.len() != steps || simulated.len() != steps {
        return None;
    }
    let percent = |v: Vec<Option<f64>>| v.into_iter().map(|s| s.map(|s| 100.0 * s)).collect();
    let pair = Pair {
        name: format!("plan-service-{}", slug(&promise.name)),
        axis: Words::of("% inside the promise", "% in der Zusage"),
        planned: Curve {
            values: percent(planned),
            paint: Paint::Series(1),
        },
        simulated: Curve {
            values: percent(simulated),
            paint: Paint::Series(0),
        },
        band: None,
        most: 100.0,
        shown: &|v| figure::plain(Unit::Share, v / 100.0, ""),
    };
    let share = |v: Option<f64>| figure::plain(Unit::Share, v.unwrap_or(f64::NAN), "");
    let (name, plan, found) = (
        &promise.name,
        share(promise.planned),
        share(promise.simulated),
    );
    Some(pair.picture(Words::of(
        format!(
            "{name}: {} expected by formula, {} simulated",
            plan.en, found.en
        ),
        format!(
            "{name}: {} nach Formel erwartet, {} simuliert",
            plan.de, found.de
        ),
    )))
}

impl Pair<'_> {
    fn picture(&self, title: Words) -> Picture {
        let steps = self.planned.values.len();
        let mut canvas = Canvas::new(WIDTH, 270.0);
        let mut entries = vec![
            (
                Key::Line,
                self.planned.paint,
                1.0,
                Words::of("plan", "Plan"),
            ),
            (
                Key::Line,
                self.simulated.paint,
                1.0,
                Words::of("simulation", "Simulation"),
            ),
        ];
        if self.band.is_some() {
            let words = Words::of("8 weeks in 10", "8 von 10 Wochen");
            entries.push((Key::Area, self.simulated.paint, 0.25, words));
        }
        let top = legend(&mut canvas, 4.0, 0.0, &entries);
        let frame = Frame::inside(&canvas, 40.0, top + 22.0, 8.0, 24.0);
        let up = frame.up(0.0, self.most);
        let across = frame.across(0.0, steps as f64);
        frame.left_axis(&mut canvas, &up, self.axis.clone(), tick_label);
        frame.named_axis(&mut canvas, &across, Words::default(), &day_names(steps));
        if let Some((low, high)) = &self.band {
            let point = |(i, v): (usize, &f64)| (across.at(i as f64 + 0.5), up.at(*v));
            let mut outline: Vec<(f64, f64)> = high.iter().enumerate().map(point).collect();
            outline.extend(low.iter().enumerate().map(point).rev());
            canvas.area(outline, self.simulated.paint).alpha(0.25);
        }
        for curve in [&self.simulated, &self.planned] {
            for run in runs(&curve.values) {
                let points = run
                    .into_iter()
                    .map(|(i, v)| (across.at(i as f64 + 0.5), up.at(v)))
                    .collect();
                canvas.line(points, 1.5, curve.paint);
            }
        }
        frame.ground(&mut canvas, frame.bottom);
        let per_day = steps / 7;
        for i in 0..steps {
            let (Some(plan), Some(found)) = (self.planned.values[i], self.simulated.values[i])
            else {
                continue;
            };
            if plan == 0.0 && found == 0.0 {
                continue;
            }
            let minute = (i % per_day) as f64 * 1440.0 / per_day as f64;
            let at = when(i / per_day, minute);
            let (plan, found) = ((self.shown)(plan), (self.shown)(found));
            let x = across.at(i as f64);
            let wide = across.at(i as f64 + 1.0) - x;
            canvas
                .rect(x, frame.top, wide, frame.height(), Paint::Clear)
                .tip(Words::of(
                    format!("{}: {} planned, {} simulated", at.en, plan.en, found.en),
                    format!("{}: {} geplant, {} simuliert", at.de, plan.de, found.de),
                ));
        }
        let apart = |i: &usize| {
            let pair = self.planned.values[*i].zip(self.simulated.values[*i]);
            pair.map_or(0.0, |(p, s)| (p - s).abs())
        };
        let worst = (0..steps).max_by(|a, b| apart(a).total_cmp(&apart(b)));
        let worst = worst.unwrap_or(0);
        let at = often(
            worst / per_day,
            (worst % per_day) as f64 * 1440.0 / per_day as f64,
        );
        Picture {
            name: self.name.clone(),
            title,
            about: Words::of(
                format!(
                    "Plan and simulation per hour of the average week; they are furthest apart {}.",
                    at.en
                ),
                format!(
                    "Plan und Simulation je Stunde der Durchschnittswoche; am weitesten auseinander liegen sie {}.",
                    at.de
                ),
            ),
            canvas,
        }
    }
}

/// Stretches of values without a gap.
fn runs(values: &[Option<f64>]) -> Vec<Vec<(usize, f64)>> {
    let mut out: Vec<Vec<(usize, f64)>> = vec![Vec::new()];
    for (i, value) in values.iter().enumerate() {
        match (value, out.last_mut()) {
            (Some(v), Some(run)) => run.push((i, *v)),
            (None, Some(run)) if !run.is_empty() => out.push(Vec::new()),
            _ => {}
        }
    }
    out.retain(|run| run.len() > 1);
    out
}

#[cfg(test)]
mod tests {
    use super::runs;

    #[test]
    fn gaps_part_a_curve() {
        let values = [None, Some(1.0), Some(2.0), None, None, Some(3.0), Some(4.0)];
        assert_eq!(
            runs(&values),
            [vec![(1, 1.0), (2, 2.0)], vec![(5, 3.0), (6, 4.0)]]
        );
    }
}
