//! Latent demand of hours in which a channel is not open today.
//!
//! A volume that was measured while a channel was open says nothing of those who would come at other hours. They are stated
//! by the hours in which they would come, as a share of the channel's weekly volume, and come, evenly over these hours, as far
//! as the channel is open in them: `volume x share x minutes open / minutes` of the hours. So a wider `open` brings demand and
//! not only spreads it, and what longer hours cost can be weighed against what they bring. Where a profile was measured, it
//! should have no weight in these hours: who came then is in the volume already, and `check` warns. There is no default.
//!
//! ```
//! use staffwright::scenario::{Scenario, arrivals};
//! let text = r#"
//! remove = ["demand.profile"]                          # flat over the hours that are open today
//! [channel.phone]
//! open         = "Mon-Fri 08:00-20:00, Sat 09:00-13:00"
//! latent_hours = { "Sat 09:00-17:00" = "+9%", "Mon-Fri 20:00-22:00" = "+6%" }   # half of the Saturday's come
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let mut scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let phone = scenario.streams.iter().position(|s| s.name.contains("/phone"));
//! let phone = phone.ok_or("no stream of calls")?;
//! let callers = |scenario: &Scenario| arrivals::expected(scenario, phone).iter().sum::<f64>();
//! let with = callers(&scenario);
//! scenario.channels.iter_mut().for_each(|c| c.latent_hours.clear());
//! assert!((with / callers(&scenario) - 1.045).abs() < 1e-9);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use crate::scenario::model::{Channel, Profile, Scenario, Stream, Volume};
use crate::time::{Horizon, Tick, WeekHours, seconds, ticks};
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

const DAY: u32 = 1440;

/// Adds the latent demand of the hours that a channel is open in.
pub fn add(horizon: &Horizon, channel: &Channel, per_week: f64, means: &mut [f64]) {
    for (hours, share) in channel.latent_hours.iter().filter(|_| channel.offered) {
        let week = Hours::of(hours, channel);
        let per_minute = per_week * share / f64::from(week.all.max(1));
        for (i, mean) in means.iter_mut().enumerate() {
            *mean += per_minute * week.open_in(horizon, channel, i);
        }
    }
}

/// Share of a channel's written weekly volume that comes in some hours of the scenario's week, by the profiles of its
/// streams. Customers' clocks stand to the scenario's as in the horizon's first week.
#[must_use]
pub fn share_in(scenario: &Scenario, channel: usize, hours: &WeekHours) -> f64 {
    let (mut inside, mut all) = (0.0, 0.0);
    for stream in scenario.streams.iter().filter(|s| s.channel == channel) {
        let Volume::Weekly {
            first_per_week,
            profile,
            ..
        } = &stream.volume
        else {
            continue;
        };
        all += first_per_week;
        inside += first_per_week * weight_in(&scenario.horizon, stream, profile, hours);
    }
    if all > 0.0 { inside / all } else { 0.0 }
}

/// Weight of a stream's profile, in its customers' time, in some hours of the scenario's week.
fn weight_in(horizon: &Horizon, stream: &Stream, profile: &Profile, hours: &WeekHours) -> f64 {
    let step = horizon.interval();
    let week = ticks(7.0 * 86_400.0).min(horizon.length());
    let minute_of = |at: Tick, zone: &TimeZone| {
        let local = horizon.zoned_in(at, zone);
        let day = local.weekday().to_monday_zero_offset() as u32;
        day * DAY + local.hour() as u32 * 60 + local.minute() as u32
    };
    let mut sum = 0.0;
    for from in (0..week).step_by(step as usize) {
        let ours = minute_of(from, horizon.zone());
        let theirs = minute_of(from, &stream.zone);
        let minutes = (seconds(step.min(week - from)) / 60.0).round() as u32;
        for m in 0..minutes {
            let at = (ours + m) % (7 * DAY);
            let day = Weekday::Monday.wrapping_add(i64::from(at / DAY));
            if hours.contains(day, (at % DAY) as u16) {
                let slot = (theirs + m) % (7 * DAY) / profile.interval_min;
                sum += profile.weights[slot as usize] / f64::from(profile.interval_min);
            }
        }
    }
    sum
}

/// Some hours of the week, minute by minute from Monday.
struct Hours {
    /// Minutes in all.
    all: u32,
    /// Minutes before each minute of the week in which the channel is open as well.
    open: Vec<u32>,
}

impl Hours {
    fn of(hours: &WeekHours, channel: &Channel) -> Self {
        let minutes = (0..7 * DAY).map(|m| {
            let day = Weekday::Monday.wrapping_add(i64::from(m / DAY));
            let minute = (m % DAY) as u16;
            let inside = hours.contains(day, minute);
            (inside, inside && channel.open.contains(day, minute))
        });
        let (mut all, mut sum) = (0, 0);
        let mut open = vec![0];
        for (inside, also) in minutes {
            all += u32::from(inside);
            sum += u32::from(also);
            open.push(sum);
        }
        Self { all, open }
    }

    /// Minutes of a planning interval in which the channel is open in these hours; none on its holidays.
    fn open_in(&self, horizon: &Horizon, channel: &Channel, interval: usize) -> f64 {
        let from = interval as Tick * horizon.interval();
        let to = (from + horizon.interval()).min(horizon.length());
        let local = horizon.zoned_in(from, horizon.zone());
        let date: Date = local.date();
        if channel.holidays.on(date).is_some() {
            return 0.0;
        }
        let day = local.weekday().to_monday_zero_offset() as u32;
        let start = day * DAY + local.hour() as u32 * 60 + local.minute() as u32;
        let length = seconds(to - from) / 60.0;
        let end = (start + length.round() as u32).min(7 * DAY);
        f64::from(self.open[end as usize] - self.open[start as usize])
    }
}
