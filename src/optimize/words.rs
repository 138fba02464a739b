//! How plans write days and times.

use jiff::civil::Weekday;

/// `Mon` to `Sun`, as roster files name days.
#[must_use]
pub fn day(day: Weekday) -> &'static str {
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][day.to_monday_zero_offset() as usize]
}

/// Minutes after midnight as `08:30`.
#[must_use]
pub fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}
