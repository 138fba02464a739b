//! What happened against the band that was simulated for it, period by period.

use super::axes::{Frame, Key, legend, round_up, tick_label};
use super::canvas::Canvas;
use super::look::Paint;
use super::picture::Picture;
use super::{WIDTH, slug};
use crate::experiment::FigureAgainst;
use crate::measure::Unit;
use crate::report::against;
use crate::report::figure;
use crate::report::words::Words;

/// One measured figure of a channel; `None` for fewer than two periods, or where nothing was measured.
#[must_use]
pub fn against(scope: &str, figure: &FigureAgainst, within_s: Option<f64>) -> Option<Picture> {
    let periods = &figure.periods;
    let (scale, unit) = match figure.unit {
        Unit::Share => (100.0, Words::same("%")),
        Unit::Seconds => (1.0, Words::of("seconds", "Sekunden")),
        _ => (1.0, Words::of("number", "Anzahl")),
    };
    let highest = periods
        .iter()
        .flat_map(|p| [p.happened, p.band.map(|b| b.p90)])
        .flatten()
        .fold(0.0, f64::max);
    if periods.len() < 2 || highest <= 0.0 {
        return None;
    }
    let name = against::name(figure, within_s);
    let mut canvas = Canvas::new(WIDTH, 270.0);
    let top = legend(
        &mut canvas,
        4.0,
        0.0,
        &[
            (
                Key::Area,
                Paint::Series(0),
                0.35,
                Words::of("8 replications in 10", "8 von 10 Wiederholungen"),
            ),
            (
                Key::Area,
                Paint::Ink,
                1.0,
                Words::of("happened, inside", "geschehen, innerhalb"),
            ),
            (
                Key::Area,
                Paint::Series(1),
                1.0,
                Words::of("happened, outside", "geschehen, außerhalb"),
            ),
        ],
    );
    let frame = Frame::inside(&canvas, 44.0, top + 22.0, 8.0, 38.0);
    let up = frame.up(0.0, round_up(scale * highest));
    let across = frame.across(0.0, periods.len() as f64);
    let axis = name.clone().then(&Words::same(", ")).then(&unit);
    frame.left_axis(&mut canvas, &up, axis, tick_label);
    let every = periods.len().div_ceil(5);
    let names: Vec<(f64, Words)> = periods
        .iter()
        .enumerate()
        .step_by(every)
        .map(|(i, p)| (i as f64 + 0.5, figure::date(&p.label)))
        .collect();
    frame.named_axis(&mut canvas, &across, Words::default(), &names);
    frame.ground(&mut canvas, frame.bottom);
    let wide = across.at(1.0) - across.at(0.0);
    for (i, period) in periods.iter().enumerate() {
        let x = across.at(i as f64);
        if let Some(band) = period.band {
            let (low, high) = (up.at(scale * band.p10), up.at(scale * band.p90));
            canvas
                .rect(
                    x + 0.1 * wide,
                    high,
                    0.8 * wide,
                    (low - high).max(1.0),
                    Paint::Series(0),
                )
                .alpha(0.35);
        }
        if let Some(happened) = period.happened {
            let outside = period.inside == Some(false);
            let paint = if outside {
                Paint::Series(1)
            } else {
                Paint::Ink
            };
            canvas.dot(
                x + wide / 2.0,
                up.at(scale * happened),
                (0.3 * wide).clamp(1.5, 3.5),
                paint,
            );
        }
        let value = |v: Option<f64>| figure::plain(figure.unit, v.unwrap_or(f64::NAN), "");
        let (low, high) = (
            value(period.band.map(|b| b.p10)),
            value(period.band.map(|b| b.p90)),
        );
        let (date, happened) = (figure::date(&period.label), value(period.happened));
        canvas
            .rect(x, frame.top, wide, frame.height(), Paint::Clear)
            .tip(Words::of(
                format!(
                    "{}: {} happened, {} to {} simulated",
                    date.en, happened.en, low.en, high.en
                ),
                format!(
                    "{}: {} geschehen, {} bis {} simuliert",
                    date.de, happened.de, low.de, high.de
                ),
            ));
    }
    let (inside, all) = (figure.periods_inside, figure.periods_compared);
    Some(Picture {
        name: format!("against-{}-{}", slug(scope), slug(figure.metric)),
        title: Words::of(
            format!(
                "{scope}, {}: {inside} of {all} periods lie inside the simulated band",
                name.en
            ),
            format!(
                "{scope}, {}: {inside} von {all} Zeiträumen liegen im simulierten Band",
                name.de
            ),
        ),
        about: Words::of(
            "What was measured, and the band that eight replications in ten lie in; a model that is right has about eight periods in ten inside.",
            "Was gemessen wurde, und das Band von acht aus zehn Wiederholungen; ein richtiges Modell hat etwa acht von zehn Zeiträumen darin.",
        ),
        canvas,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::PeriodAgainst;
    use crate::stats::Spread;

    #[test]
    fn the_title_counts_what_lies_inside_and_outside_is_marked() {
        let period = |label: &str, happened, inside| PeriodAgainst {
            label: label.into(),
            happened: Some(happened),
            band: Some(Spread {
                p10: 90.0,
                p50: 100.0,
                p90: 110.0,
            }),
            inside: Some(inside),
        };
        let figure = FigureAgainst {
            metric: "offered",
            unit: Unit::Count,
            happened: None,
            simulated: None,
            band: None,
            inside: None,
            periods_inside: 1,
            periods_compared: 2,
            periods: vec![
                period("2027-01-18", 95.0, true),
                period("2027-01-19", 140.0, false),
            ],
        };
        let picture = against("phone", &figure, None).expect("there are two days");
        assert!(
            picture
                .title
                .en
                .starts_with("phone, offered: 1 of 2 periods"),
            "{:?}",
            picture.title
        );
        let svg = picture.inline();
        assert!(
            svg.contains("19.01.2027: 140 geschehen, 90 bis 110 simuliert"),
            "{svg}"
        );
    }
}
