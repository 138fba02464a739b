//! Service level by weekday and time of day.

use super::axes::tick_label;
use super::canvas::{Anchor, Canvas};
use super::clock::{clock, when};
use super::look::{LEVEL_COUNT, Paint};
use super::picture::Picture;
use super::{WIDTH, slug};
use crate::experiment::series::ChannelWeek;
use crate::report::figure;
use crate::report::words::{Words, weekday};

/// Points of difference to the promise at which the next level begins.
const STEPS: [f64; LEVEL_COUNT - 1] = [-0.30, -0.15, -0.05, -0.01, 0.01, 0.05, 0.10, 0.15];
/// Cells with fewer contacts than this share of an average one do not make the finding.
const THIN: f64 = 0.2;

/// A channel's service level, interval by weekday, against what was promised; `None` without a promise or contacts.
#[must_use]
pub fn heat_map(channel: &ChannelWeek, per_day: usize, interval_min: f64) -> Option<Picture> {
    let promised = channel.promised?;
    let judged = |day: usize, i: usize| channel.service_level[day * per_day + i];
    let any = |i: &usize| (0..7).any(|day| judged(day, *i).is_some());
    let first = (0..per_day).find(any)?;
    let last = (0..per_day).rev().find(any)?;
    let rows = last - first + 1;
    let high = (360.0 / rows as f64).clamp(3.75, 18.0);
    let (left, top) = (46.0, 26.0);
    let mut canvas = Canvas::new(WIDTH, top + high * rows as f64 + 46.0);
    let wide = (WIDTH - left - 6.0) / 7.0;
    // Between thin rows lines would be all one sees.
    let gap = if high < 7.0 { 0.0 } else { 0.5 };
    for day in 0..7 {
        let x = left + wide * (day as f64 + 0.5);
        canvas.text(x, top - 12.0, weekday(day), Anchor::Middle, Paint::Soft);
    }
    for i in first..=last {
        let minute = i as f64 * interval_min;
        let y = top + high * (i - first) as f64;
        let every = if rows as f64 * interval_min > 960.0 {
            120.0
        } else {
            60.0
        };
        if minute % every == 0.0 {
            canvas
                .text(
                    left - 6.0,
                    y + high.min(10.0) / 2.0,
                    clock(minute),
                    Anchor::End,
                    Paint::Soft,
                )
                .small();
        }
        for day in 0..7 {
            let Some(level) = judged(day, i) else {
                continue;
            };
            let offered = channel.offered[day * per_day + i];
            let x = left + wide * day as f64;
            let paint = Paint::Level(step(level - promised));
            canvas
                .rect(x + 0.75, y + gap / 2.0, wide - 1.5, high - gap, paint)
                .tip(tip(day, minute, level, offered));
        }
    }
    let wanted = figure::asked(promised);
    let under = top + high * rows as f64 + 12.0;
    scale(&mut canvas, left, under, wanted.clone());
    Some(Picture {
        name: format!("service-level-{}", slug(&channel.name)),
        title: finding(channel, per_day, interval_min, promised)?,
        about: Words::of(
            format!(
                "{}: share inside the promise by weekday and time of day, {} promised; blue is above it, orange below.",
                channel.name, wanted.en
            ),
            format!(
                "{}: Anteil in der Zusage nach Wochentag und Uhrzeit, {} zugesagt; Blau liegt darüber, Orange darunter.",
                channel.name, wanted.de
            ),
        ),
        canvas,
    })
}

/// The level of a difference to the promise.
fn step(difference: f64) -> usize {
    STEPS.iter().filter(|s| difference >= **s).count()
}

fn tip(day: usize, minute: f64, level: f64, offered: f64) -> Words {
    let (level, offered) = (
        figure::asked(level),
        tick_label((offered * 10.0).round() / 10.0),
    );
    let at = when(day, minute);
    Words::of(
        format!("{}: {} of {} contacts", at.en, level.en, offered.en),
        format!("{}: {} von {} Kontakten", at.de, level.de, offered.de),
    )
}

/// The colours' meaning in points.
fn scale(canvas: &mut Canvas, left: f64, y: f64, promised: Words) {
    let wide = (WIDTH - left - 6.0) / LEVEL_COUNT as f64;
    for level in 0..LEVEL_COUNT {
        canvas.rect(
            left + wide * level as f64,
            y,
            wide,
            9.0,
            Paint::Level(level),
        );
    }
    for (i, step) in STEPS
        .iter()
        .enumerate()
        .filter(|(i, _)| ![3, 4].contains(i))
    {
        let text = format!("{:+.0}", 100.0 * step).replace('-', "−");
        let x = left + wide * (i as f64 + 1.0);
        canvas
            .text(x, y + 18.0, text, Anchor::Middle, Paint::Soft)
            .small();
    }
    canvas
        .text(
            left + wide * 4.5,
            y + 18.0,
            promised,
            Anchor::Middle,
            Paint::Ink,
        )
        .small();
    canvas
        .text(
            left - 6.0,
            y + 4.5,
            Words::of("points", "Punkte"),
            Anchor::End,
            Paint::Soft,
        )
        .small();
}

/// When service is worst among the intervals that matter.
fn finding(
    channel: &ChannelWeek,
    per_day: usize,
    interval_min: f64,
    promised: f64,
) -> Option<Words> {
    let busy: Vec<f64> = channel
        .offered
        .iter()
        .copied()
        .filter(|n| *n > 0.0)
        .collect();
    let thin = THIN * busy.iter().sum::<f64>() / busy.len().max(1) as f64;
    let judged = channel.service_level.iter().enumerate();
    let (cell, worst) = judged
        .filter(|(cell, _)| channel.offered[*cell] >= thin)
        .filter_map(|(cell, level)| Some((cell, (*level)?)))
        .min_by(|a, b| a.1.total_cmp(&b.1))?;
    let at = super::clock::often(cell / per_day, (cell % per_day) as f64 * interval_min);
    let (name, wanted) = (&channel.name, figure::asked(promised));
    let (worst, shown) = (worst, figure::asked(worst));
    Some(if worst < promised {
        Words::of(
            format!(
                "{name}: {} fall to {}, {} promised",
                at.en, shown.en, wanted.en
            ),
            format!(
                "{name}: {} fällt der Servicelevel auf {}, zugesagt {}",
                at.de, shown.de, wanted.de
            ),
        )
    } else if worst > 0.9995 {
        Words::of(
            format!(
                "{name}: all are inside the promise at all hours, {} promised",
                wanted.en
            ),
            format!(
                "{name}: zu jeder Stunde sind alle in der Zusage, zugesagt {}",
                wanted.de
            ),
        )
    } else {
        Words::of(
            format!(
                "{name} stays above its {} at all hours; {} are lowest with {}",
                wanted.en, at.en, shown.en
            ),
            format!(
                "{name} bleibt stets über {}; {} ist es mit {} am wenigsten",
                wanted.de, at.de, shown.de
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::model::ChannelKind;

    fn week(worst: f64) -> ChannelWeek {
        let mut service_level = vec![None; 168];
        let mut offered = vec![0.0; 168];
        for day in 0..5 {
            for hour in 8..18 {
                service_level[day * 24 + hour] = Some(0.85);
                offered[day * 24 + hour] = 20.0;
            }
        }
        service_level[9] = Some(worst);
        // One contact an hour at night says nothing.
        service_level[3] = Some(0.0);
        offered[3] = 0.1;
        ChannelWeek {
            name: "phone".into(),
            kind: ChannelKind::Live,
            promised: Some(0.8),
            offered,
            service_level,
            abandoned_share: vec![None; 168],
            waiting: vec![0.0; 168],
            oldest_s: vec![0.0; 168],
        }
    }

    #[test]
    fn the_title_names_the_worst_time_that_matters() {
        let picture = heat_map(&week(0.614), 24, 60.0).expect("there are contacts");
        assert_eq!(
            picture.title.en,
            "phone: Mondays 09:00 fall to 61.4%, 80% promised"
        );
        assert!(picture.title.de.contains("montags 09:00"));
        let calm = heat_map(&week(0.83), 24, 60.0).expect("there are contacts");
        assert!(
            calm.title.en.contains("stays above its 80%"),
            "{}",
            calm.title.en
        );
    }

    #[test]
    fn levels_are_symmetrical_around_the_promise() {
        assert_eq!(step(0.0), 4);
        assert_eq!((step(-0.5), step(0.2)), (0, 8));
        assert_eq!((step(-0.02), step(0.02)), (3, 5));
    }
}
