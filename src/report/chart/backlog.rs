//! Contacts waiting and the age of the oldest, over the average week.

use super::axes::{Frame, round_up, tick_label};
use super::canvas::Canvas;
use super::clock::{day_names, hourly, often, when};
use super::look::Paint;
use super::picture::Picture;
use super::{WIDTH, slug};
use crate::experiment::series::ChannelWeek;
use crate::measure::Unit;
use crate::report::figure;
use crate::report::words::Words;

/// Fewer than this many on average at the fullest hour are not worth a picture.
const HARDLY: f64 = 0.5;

/// A channel's backlog and its age; `None` where hardly anybody waits.
#[must_use]
pub fn backlog(channel: &ChannelWeek, per_day: usize) -> Option<Picture> {
    let waiting = hourly(&channel.waiting, per_day);
    let oldest = hourly(&channel.oldest_s, per_day);
    let steps = waiting.len();
    let fullest = (0..steps).max_by(|a, b| waiting[*a].total_cmp(&waiting[*b]))?;
    if waiting[fullest] < HARDLY {
        return None;
    }
    let most_s = oldest.iter().copied().fold(0.0, f64::max);
    let (unit_s, unit) = if most_s > 2.0 * 86_400.0 {
        (
            86_400.0,
            Words::of("age of the oldest, days", "Alter des ältesten, Tage"),
        )
    } else if most_s > 2.0 * 3600.0 {
        (
            3600.0,
            Words::of("age of the oldest, hours", "Alter des ältesten, Stunden"),
        )
    } else {
        (
            60.0,
            Words::of("age of the oldest, minutes", "Alter des ältesten, Minuten"),
        )
    };
    let mut canvas = Canvas::new(WIDTH, 320.0);
    let upper = Frame {
        left: 44.0,
        top: 22.0,
        right: WIDTH - 8.0,
        bottom: 150.0,
    };
    let lower = Frame {
        top: 192.0,
        bottom: 296.0,
        ..upper
    };
    let across = upper.across(0.0, steps as f64);
    let draw = |canvas: &mut Canvas, frame: &Frame, values: &[f64], title: Words, paint: Paint| {
        let up = frame.up(0.0, round_up(values.iter().copied().fold(0.0, f64::max)));
        frame.left_axis(canvas, &up, title, tick_label);
        let names = day_names(steps);
        frame.named_axis(canvas, &across, Words::default(), &names);
        let mut points: Vec<(f64, f64)> = values
            .iter()
            .enumerate()
            .map(|(i, v)| (across.at(i as f64 + 0.5), up.at(*v)))
            .collect();
        canvas.line(points.clone(), 1.5, paint);
        points.push((across.at(steps as f64 - 0.5), frame.bottom));
        points.push((across.at(0.5), frame.bottom));
        canvas.area(points, paint).alpha(0.25);
        frame.ground(canvas, frame.bottom);
    };
    draw(
        &mut canvas,
        &upper,
        &waiting,
        Words::of("contacts waiting", "wartende Kontakte"),
        Paint::Series(0),
    );
    let ages: Vec<f64> = oldest.iter().map(|s| s / unit_s).collect();
    draw(&mut canvas, &lower, &ages, unit, Paint::Series(1));
    for i in 0..steps {
        let (day, minute) = moment(i, steps);
        let at = when(day, minute);
        let age = figure::plain(Unit::Seconds, oldest[i], "");
        let n = tick_label((waiting[i] * 10.0).round() / 10.0);
        let x = across.at(i as f64);
        canvas
            .rect(
                x,
                upper.top,
                across.at(i as f64 + 1.0) - x,
                lower.bottom - upper.top,
                Paint::Clear,
            )
            .tip(Words::of(
                format!("{}: {} waiting, the oldest {}", at.en, n.en, age.en),
                format!("{}: {} warten, der älteste {}", at.de, n.de, age.de),
            ));
    }
    let (day, minute) = moment(fullest, steps);
    let at = often(day, minute);
    let most = waiting[fullest];
    let n = figure::fixed(most, usize::from(most < 20.0));
    let age = figure::plain(Unit::Seconds, most_s, "");
    let name = &channel.name;
    Some(Picture {
        name: format!("backlog-{}", slug(name)),
        title: Words::of(
            format!(
                "{name}: {} wait {}, the most of the week; the oldest reach {}",
                n.en, at.en, age.en
            ),
            format!(
                "{name}: {} warten mit {} die meisten; die ältesten erreichen {}",
                at.de, n.de, age.de
            ),
        ),
        about: Words::of(
            format!(
                "{name}: contacts waiting and age of the oldest, means per hour of the average week."
            ),
            format!(
                "{name}: wartende Kontakte und Alter des ältesten, Mittel je Stunde der Durchschnittswoche."
            ),
        ),
        canvas,
    })
}

/// Weekday and minutes after midnight of a cell.
fn moment(i: usize, steps: usize) -> (usize, f64) {
    let per_day = steps / 7;
    (i / per_day, (i % per_day) as f64 * 1440.0 / per_day as f64)
}
