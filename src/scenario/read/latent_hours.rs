//! `[channel.*] latent_hours`: what comes in hours that the written volume was not measured in.

use super::cursor::Cursor;
use crate::scenario::arrivals;
use crate::scenario::forms;
use crate::scenario::model::{Scenario, Volume};
use crate::time::WeekHours;
use jiff::civil::Weekday;

/// Least share of a volume that is told of, where it lies in hours with a latent demand.
const TOLD: f64 = 0.001;

/// `latent_hours = { "Sat 09:00-17:00" = "+9%" }`.
pub fn read(channel: &Cursor<'_>) -> Vec<(WeekHours, f64)> {
    let Some(written) = channel.sub("latent_hours") else {
        return Vec::new();
    };
    let mut read: Vec<(WeekHours, f64)> = Vec::new();
    for (key, item) in written.items() {
        let change = item.form("a change", "\"+9%\"", forms::change);
        let hours = WeekHours::parse(key);
        if let Err(problem) = &hours {
            item.error_at_key(
                "wrong-form",
                format!("`{}` is named by no hours of the week", item.path),
                "in which hours would they come?",
                problem,
            );
        }
        let (Some(change), Ok(hours)) = (change, hours) else {
            continue;
        };
        if change < 0.0 {
            item.out_of_range(
                item.text().unwrap_or_default(),
                "more contacts, like \"+9%\"",
            );
        } else if read.iter().any(|(other, _)| overlap(other, &hours)) {
            item.error_at_key(
                "two-latent",
                format!("`{}` overlaps other hours of `latent_hours`", item.path),
                "the same customers would come twice",
                "let the hours lie apart",
            );
        } else {
            read.push((hours, change));
        }
    }
    read
}

/// Whether some minute of the week is in both.
fn overlap(a: &WeekHours, b: &WeekHours) -> bool {
    let mut minutes = (0..7 * 1440_u32).map(|m| (m / 1440, (m % 1440) as u16));
    minutes.any(|(day, minute)| {
        let day = Weekday::Monday.wrapping_add(i64::from(day));
        a.contains(day, minute) && b.contains(day, minute)
    })
}

/// Warns of hours in which customers come already by the profile of the written volume.
pub fn check(document: &Cursor<'_>, scenario: &Scenario) {
    for (name, table) in document.named("channel") {
        let channel = scenario.channels.iter().position(|c| c.name == name);
        let (Some(channel), Some(written)) = (channel, table.sub("latent_hours")) else {
            continue;
        };
        replayed(document, scenario, channel, &table);
        for (key, item) in written.items() {
            let Ok(hours) = WeekHours::parse(key) else {
                continue;
            };
            let share = arrivals::share_in(scenario, channel, &hours);
            if share >= TOLD {
                document.notes.warning(
                    "latent-measured",
                    written.key_span(key),
                    format!(
                        "{:.1}% of `{name}`'s volume comes in the hours of `{}` already, by its profile",
                        100.0 * share,
                        item.path
                    ),
                    "the same customers would come twice",
                    "give these hours no weight in the profile, or remove them from `latent_hours`",
                );
            }
        }
    }
}

/// Warns of streams whose arrivals are replayed: nobody is added to what was measured.
fn replayed(document: &Cursor<'_>, scenario: &Scenario, channel: usize, table: &Cursor<'_>) {
    let replayed = scenario
        .streams
        .iter()
        .filter(|s| s.channel == channel && !matches!(s.volume, Volume::Weekly { .. }));
    let names: Vec<&str> = replayed.map(|s| s.name.as_str()).collect();
    let Some(first) = names.first() else { return };
    let more = match names.len() {
        1 => String::new(),
        n => format!(" and {} more", n - 1),
    };
    document.notes.warning(
        "latent-replayed",
        table.key_span("latent_hours"),
        format!(
            "`{}.latent_hours` brings nobody to `{first}`{more}, which replays what was measured",
            table.path
        ),
        "a replay holds those who came, and is played as it is",
        "write the topic's volume as `per_week`, or add an event with `contacts` in these hours",
    );
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good};
    use crate::scenario::{Scenario, arrivals};
    use crate::time::WeekHours;

    #[test]
    fn hours_bring_their_latent_demand_as_far_as_the_channel_is_open_in_them() {
        let sum = |open: &str| -> f64 { arrivals::expected(&latent(open), 0).iter().sum() };
        assert!((sum("Mon-Fri 08:00-18:00") - 4000.0).abs() < 1e-6);
        let half = sum("Mon-Fri 08:00-18:00, Sat 09:00-13:00");
        assert!((half - 4000.0 * 1.045).abs() < 1e-6, "{half}");
        let means = arrivals::expected(&latent("Mon-Fri 08:00-20:00, Sat 09:00-17:00"), 0);
        assert!((means.iter().sum::<f64>() - 4000.0 * 1.15).abs() < 1e-6);
        // The volume lies in today's hours as it did: 1000 a week over 50 hours; the evenings' 60 over ten.
        assert!((means[8 * 4] - 1000.0 / 200.0).abs() < 1e-9);
        assert!((means[18 * 4] - 60.0 / 40.0).abs() < 1e-9);
    }

    #[test]
    fn longer_hours_from_a_date_on_bring_their_latent_demand_from_then_on() {
        let text = changed(&[(
            "open = \"Mon-Fri 08:00-18:00\"",
            "open = \"Mon-Fri 08:00-18:00\"\nlatent_hours = { \"Sat 09:00-17:00\" = \"+9%\" }",
        )]);
        let text = format!(
            "{text}\n[[from]]\ndate = 2027-01-25\nset = {{ channel.phone.open = \"Mon-Fri 08:00-18:00, Sat 09:00-13:00\" }}\n"
        );
        let scenario = good(&text);
        // Four weeks from the eleventh; the Saturdays of the last two are open for half of those who would come.
        let means = arrivals::expected(&scenario, 0);
        assert!((means.iter().sum::<f64>() - 4000.0 - 2.0 * 45.0).abs() < 1e-6);
        let open = scenario.opening(0, scenario.horizon.length());
        assert_eq!(open.spans().len(), 4 * 5 + 2);
    }

    fn latent(open: &str) -> Scenario {
        let hours =
            "latent_hours = { \"Sat 09:00-17:00\" = \"+9%\", \"Mon-Fri 18:00-20:00\" = \"+6%\" }";
        let open = format!("open = \"{open}\"\n{hours}");
        good(&changed(&[("open = \"Mon-Fri 08:00-18:00\"", &open)]))
    }

    #[test]
    fn the_volume_of_hours_is_their_part_of_the_profile() {
        let share = |hours: &str| {
            let scenario = latent("Mon-Fri 08:00-20:00, Sat 09:00-17:00");
            arrivals::share_in(&scenario, 0, &WeekHours::parse(hours).unwrap())
        };
        // Flat over 50 hours, and none of it where demand is latent.
        assert!(
            (share("Mon 08:00-09:00, Fri 17:20-23:00") - (1.0 + 2.0 / 3.0) / 50.0).abs() < 1e-9
        );
        assert!((share("24/7") - 1.0).abs() < 1e-9);
        assert_eq!(share("Sat 09:00-17:00"), 0.0);
        // Nothing else is open: flat over the latent hours themselves.
        let scenario = latent("Sat 09:00-17:00");
        let saturday = WeekHours::parse("Sat 09:00-13:00").unwrap();
        assert!((arrivals::share_in(&scenario, 0, &saturday) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn mistakes_of_latent_hours_are_named() {
        let with = |hours: &str| {
            let key = format!("kind = \"live\"\nlatent_hours = {{ {hours} }}");
            codes(&changed(&[("kind = \"live\"", &key)]))
        };
        assert_eq!(with("\"evenings\" = \"+9%\""), ["wrong-form"]);
        assert_eq!(with("\"Sat 09:00-17:00\" = \"-9%\""), ["out-of-range"]);
        let twice = "\"Sat 09:00-17:00\" = \"+9%\", \"Sat 16:00-20:00\" = \"+3%\"";
        assert_eq!(with(twice), ["two-latent"]);
    }
}
