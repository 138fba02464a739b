//! Means that move over the week: `{ mean = "6m", by_time = "handle-by-hour.csv" }`.
//!
//! The file has the columns `start` and `factor`, and `weekday` where days differ. A row holds from its start until the
//! next row of its day; where no row holds, the mean itself does. Local time is that of the customers.

use super::cursor::{Cursor, Item};
use super::data;
use crate::scenario::model::Course;

const DAY: u32 = 1440;

/// The course written beside a mean, if any.
pub fn read(law: &Item<'_>) -> Option<Course> {
    let item = law.as_table()?.get("by_time")?;
    let file = data::open(&item, &["start", "factor"], &["weekday"])?;
    // Minutes after Monday 00:00, and the factor from there.
    let mut rows: Vec<(u32, f64)> = Vec::new();
    let mut readable = true;
    for row in file.rows() {
        let day = row.optional("weekday", |row, column| row.weekday(column));
        let (start, factor) = (row.time("start"), row.amount("factor"));
        let (Some(day), Some(start), Some(factor)) = (day, start, factor) else {
            readable = false;
            continue;
        };
        readable &= row.must("factor", factor > 0.0, "a factor above 0, like 1.25");
        let days = match day {
            Some(day) => day.to_monday_zero_offset() as u32..day.to_monday_zero_offset() as u32 + 1,
            None => 0..7,
        };
        rows.extend(days.map(|day| (day * DAY + start, factor)));
    }
    (readable && !rows.is_empty()).then(|| laid(rows))
}

/// A step function on the coarsest grid that holds every start.
fn laid(mut rows: Vec<(u32, f64)>) -> Course {
    rows.sort_by_key(|(start, _)| *start);
    let grid = rows.iter().fold(DAY, |grid, (start, _)| gcd(*start, grid));
    let mut factors = vec![1.0; (7 * DAY / grid) as usize];
    for (i, &(start, factor)) in rows.iter().enumerate() {
        let midnight = (start / DAY + 1) * DAY;
        let next = rows.get(i + 1).map_or(midnight, |r| r.0.min(midnight));
        factors[(start / grid) as usize..(next / grid) as usize].fill(factor);
    }
    Course {
        interval_min: grid,
        factors,
    }
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// Refuses a course where only one value is drawn, whenever it is.
pub fn refuse(table: &Cursor<'_>) {
    if table.get("by_time").is_some() {
        table.notes.error(
            "meaningless-key",
            table.key_span("by_time"),
            format!("`by_time` means nothing in `{}`", table.path),
            "handle times and patience move over the week, other durations do not",
            "remove `by_time`",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::laid;

    #[test]
    fn a_row_holds_until_the_next_of_its_day() {
        let course = laid(vec![(600, 1.2), (480, 0.8), (DAY_TWO + 30, 2.0)]);
        assert_eq!(course.interval_min, 30);
        let at = |minute: u32| course.at(minute);
        assert_eq!((at(0), at(480), at(599), at(600)), (1.0, 0.8, 0.8, 1.2));
        assert_eq!(
            (at(DAY_TWO - 1), at(DAY_TWO), at(DAY_TWO + 30)),
            (1.2, 1.0, 2.0)
        );
        assert_eq!(at(2 * DAY_TWO), 1.0);
    }

    const DAY_TWO: u32 = super::DAY;
}
