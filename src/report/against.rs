//! What `run --against` prints: happened, simulated, and whether the one lies inside the other's band.

use super::grid::Grid;
use super::number::{UNDEFINED, optional, plain};
use super::page::{Page, Tone};
use super::run::period;
use super::words::Words;
use crate::experiment::{Against, FigureAgainst, PeriodAgainst, ScopeAgainst};
use crate::measure::Unit;
use crate::stats::Spread;
use std::fmt::Write;

/// Marks what happened where it lies outside the band.
const OUTSIDE: &str = "!";

/// Everything about what happened, as text.
#[must_use]
pub fn text(against: &Against, page: &Page) -> String {
    let mut out = String::new();
    for scope in &against.scopes {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&whole(against, scope, page));
        out.push('\n');
        out.push_str(&by_period(against, scope, page));
    }
    let every = period(against.every);
    let mut note = format!(
        "band: eight in ten replications; {OUTSIDE} marks what happened outside it. A model that is right has about \
         eight {every}s in ten inside; only time with measured rows is compared."
    );
    if against.rows_outside > 0 {
        // Writing to a string cannot fail.
        let _ = write!(
            note,
            " {} rows lie outside the time simulated and are left out.",
            against.rows_outside
        );
    }
    out.push_str(&page.paint(Tone::Faint, page.wrap(&note, 0).trim_end()));
    out.push('\n');
    out
}

/// The whole time: one row per figure.
fn whole(against: &Against, scope: &ScopeAgainst, page: &Page) -> String {
    let every = period(against.every);
    let head = [
        scope.name.clone(),
        "happened".to_owned(),
        "simulated".to_owned(),
        "band".to_owned(),
        "inside".to_owned(),
        format!("{every}s inside"),
    ];
    let mut grid = Grid::new(head.to_vec());
    for figure in &scope.figures {
        let tone = tone(figure.inside);
        let inside = match figure.inside {
            Some(true) => "yes",
            Some(false) => "no",
            None => UNDEFINED,
        };
        grid.row(vec![
            (title(figure, against.within_s), Tone::Plain),
            (happened(figure.unit, figure.happened), Tone::Plain),
            (
                optional(figure.unit, figure.simulated.as_ref(), ""),
                Tone::Plain,
            ),
            (band(figure.unit, figure.band), Tone::Plain),
            (inside.to_owned(), tone),
            (
                format!("{} of {}", figure.periods_inside, figure.periods_compared),
                Tone::Plain,
            ),
        ]);
    }
    grid.render(page)
}

/// One row per period, what happened with the band beside it.
fn by_period(against: &Against, scope: &ScopeAgainst, page: &Page) -> String {
    let titles = scope.figures.iter().map(|f| title(f, against.within_s));
    let first = format!("{} from", period(against.every));
    let first = if first.starts_with("day") {
        "day".to_owned()
    } else {
        first
    };
    let mut grid = Grid::new(std::iter::once(first).chain(titles).collect());
    let count = scope.figures.first().map_or(0, |f| f.periods.len());
    for p in 0..count {
        let label = scope.figures[0].periods[p].label.clone();
        let cells = scope.figures.iter().map(|f| cell(f.unit, &f.periods[p]));
        grid.row(std::iter::once((label, Tone::Plain)).chain(cells).collect());
    }
    grid.render(page)
}

/// `10.1% (9.2–11.4)`, with a mark where it lies outside.
fn cell(unit: Unit, period: &PeriodAgainst) -> (String, Tone) {
    let mark = if period.inside == Some(false) {
        OUTSIDE
    } else {
        " "
    };
    let text = format!(
        "{} ({}){mark}",
        happened(unit, period.happened),
        band(unit, period.band).replace('%', "")
    );
    (text, tone(period.inside))
}

fn tone(inside: Option<bool>) -> Tone {
    if inside == Some(false) {
        Tone::Bad
    } else {
        Tone::Plain
    }
}

fn happened(unit: Unit, value: Option<f64>) -> String {
    value.map_or_else(|| UNDEFINED.to_owned(), |v| plain(unit, v, ""))
}

/// `9.2–11.4%`; one figure where both ends look the same.
fn band(unit: Unit, band: Option<Spread>) -> String {
    let Some(band) = band else {
        return UNDEFINED.to_owned();
    };
    let (low, high) = (plain(unit, band.p10, ""), plain(unit, band.p90, ""));
    if low == high {
        return high;
    }
    let bare = |text: &str| text.trim_end_matches(['%', 's', ' ']).to_owned();
    // Seconds below a minute lose their unit before another such figure only.
    let short = if low.contains(" m ") || high.contains(" m ") {
        low
    } else {
        bare(&low)
    };
    format!("{short}–{high}")
}

/// What a figure is called, in both languages.
#[must_use]
pub fn name(figure: &FigureAgainst, within_s: Option<f64>) -> Words {
    match (figure.metric, within_s) {
        ("answered_within_share", Some(s)) => {
            Words::of(format!("within {s} s"), format!("innerhalb {s} s"))
        }
        _ => Words::term(&title(figure, within_s)),
    }
}

fn title(figure: &FigureAgainst, within_s: Option<f64>) -> String {
    match (figure.metric, within_s) {
        ("abandoned_share", _) => "abandonment".to_owned(),
        ("answered_within_share", Some(s)) => format!("within {s} s"),
        ("mean_wait_s", _) => "mean wait".to_owned(),
        (key, _) => key.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_short() {
        let show = |unit, p10, p90| {
            let p50 = f64::midpoint(p10, p90);
            band(unit, Some(Spread { p10, p50, p90 }))
        };
        assert_eq!(show(Unit::Share, 0.092, 0.114), "9.2–11.4%");
        assert_eq!(show(Unit::Count, 1909.0, 1909.0), "1,909");
        assert_eq!(show(Unit::Seconds, 19.2, 32.8), "19.2–32.8 s");
        assert_eq!(show(Unit::Seconds, 56.9, 69.0), "56.9 s–1 m 09 s");
        assert_eq!(band(Unit::Share, None), UNDEFINED);
    }
}
