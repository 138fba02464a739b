//! Times of the week in words.

use crate::report::words::{Words, weekday, weekdays};

/// Minutes after midnight as `09:30`; beyond midnight the next day's time.
#[must_use]
pub fn clock(minute: f64) -> String {
    let minute = (minute.round() as i64).rem_euclid(24 * 60);
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// `Mon 09:30`.
#[must_use]
pub fn when(day: usize, minute: f64) -> Words {
    weekday(day).then(&Words::same(format!(" {}", clock(minute))))
}

/// `Mondays 09:30`.
#[must_use]
pub fn often(day: usize, minute: f64) -> Words {
    weekdays(day).then(&Words::same(format!(" {}", clock(minute))))
}

/// An average week's cells as whole hours: means over the cells of each.
#[must_use]
pub fn hourly(cells: &[f64], per_day: usize) -> Vec<f64> {
    let per_hour = per_day / 24;
    if per_hour <= 1 {
        return cells.to_vec();
    }
    let mean = |c: &[f64]| c.iter().sum::<f64>() / c.len() as f64;
    cells.chunks(per_hour).map(mean).collect()
}

/// Names for the middle of each day on an axis of `steps` cells a week.
#[must_use]
pub fn day_names(steps: usize) -> Vec<(f64, Words)> {
    let day = steps as f64 / 7.0;
    (0..7)
        .map(|d| (day * (d as f64 + 0.5), weekday(d)))
        .collect()
}
