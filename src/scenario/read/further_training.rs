//! `further_training` of a team: courses that take hours, make people better, and are forgotten.
//!
//! `further_training = { every, hours, handle, resolved, fades }`: everybody has a course of `hours` `every` so often, spread
//! evenly over the team. Right after it handle times are `handle` of what they are (100 % unless stated) and `resolved`
//! points more are resolved (none unless stated); both fade as `exp(-t / fades)` until the next course. Its hours are a part
//! of shrinkage: `hours / (every x weekly hours)` of paid time, beside `training`. Whoever came after the last course of
//! their place has had none. None of this has a default but those.

use super::cursor::{Cursor, Item};
use super::workforce::weekly_hours;
use crate::scenario::model::{Contract, FurtherTraining, Team};

const WEEK_S: f64 = 7.0 * 86_400.0;

/// Reads the courses of a team.
pub fn read(table: &Cursor<'_>) -> Option<FurtherTraining> {
    let positive = |i: &Item<'_>| {
        let s = i.duration()?;
        i.within(s, 60.0, 1e9, "at least a minute").then_some(s)
    };
    let every = table
        .need("every", "\"180 days\"")
        .and_then(|i| positive(&i));
    let hours = table.need("hours", "\"16h\"").and_then(|i| i.duration());
    let fades = table
        .need("fades", "\"120 days\"")
        .and_then(|i| positive(&i));
    let handle = table.get("handle").map_or(Some(1.0), |i| {
        let handle = i.percent()?;
        i.within(handle, 0.05, 1.0, "between 5% and 100%")
            .then_some(handle)
    });
    let resolved = table.get("resolved").map_or(Some(0.0), |i| {
        let points = i.points()?;
        i.within(points, 0.0, 1.0, "between 0 and 100 points")
            .then_some(points)
    });
    Some(FurtherTraining {
        every_s: every?,
        hours_s: hours?,
        fades_s: fades?,
        handle: handle?,
        resolved: resolved?,
    })
}

/// Lets the courses take their hours.
pub fn take_hours(team: &mut Team, contracts: &[Contract], table: &Cursor<'_>) {
    let Some(training) = team.workforce.further_training else {
        return;
    };
    let Some(weekly) = weekly_hours(&team.heads, contracts) else {
        return;
    };
    let share = training.hours_s / 3600.0 / (training.every_s / WEEK_S * weekly);
    team.shrinkage.training += share;
    if team.shrinkage.on_queue_share() <= 1e-9 {
        table.notes.error(
            "nothing-left",
            table.span,
            format!("`{}.further_training` leaves no time on queue", table.path),
            "too many hours of courses",
            "lower `hours`, or let courses come less often",
        );
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good};

    fn text(courses: &str) -> String {
        changed(&[(
            "heads = 12",
            &format!("heads = 12\nfurther_training = {{ {courses} }}"),
        )])
    }

    #[test]
    fn courses_take_their_hours_from_everybody() {
        let plain = good(&changed(&[])).teams[0].shrinkage.training;
        let scenario = good(&text(
            "every = \"70 days\", hours = \"16h\", fades = \"90 days\", handle = \"95%\"",
        ));
        // Sixteen of the four hundred hours of ten weeks.
        let taken = scenario.teams[0].shrinkage.training - plain;
        assert!((taken - 0.04).abs() < 1e-12, "{taken}");
        let training = scenario.teams[0].workforce.further_training.unwrap();
        assert_eq!((training.handle, training.resolved), (0.95, 0.0));
    }

    #[test]
    fn courses_that_leave_no_time_are_refused() {
        let all = "every = \"7 days\", hours = \"36h\", fades = \"90 days\"";
        assert!(codes(&text(all)).contains(&"nothing-left"));
        let worse = "every = \"70 days\", hours = \"1h\", fades = \"9 days\", handle = \"120%\"";
        assert_eq!(codes(&text(worse)), ["out-of-range"]);
    }
}
