//! How a week's volume spreads over the week: `profile = "profile.csv"` or flat over the opening hours.

use super::cursor::Item;
use super::data::{self, Row};
use crate::scenario::model::{Channel, Profile};
use crate::time::WeekHours;
use jiff::civil::Weekday;

const DAY: u32 = 1440;

/// Flat over a channel's opening hours; those that have a latent demand of their own apart.
pub fn flat(channel: &Channel) -> Profile {
    let at = |m: u32, hours: &WeekHours| {
        let day = Weekday::Monday.wrapping_add((m / DAY) as i64);
        hours.contains(day, (m % DAY) as u16)
    };
    let latent = |m: u32| channel.latent_hours.iter().any(|(hours, _)| at(m, hours));
    let today = |m: u32| at(m, &channel.open) && !latent(m);
    let any = (0..7 * DAY).any(today);
    let minutes = (0..7 * DAY).map(|m| if any { today(m) } else { at(m, &channel.open) });
    // The grid is the coarsest on which every opening and closing time lies.
    let open: Vec<bool> = minutes.collect();
    let edges = (1..open.len())
        .filter(|&m| open[m] != open[m - 1])
        .map(|m| m as u32);
    let grid = edges.fold(DAY, gcd);
    let weights = open
        .chunks(grid as usize)
        .map(|chunk| f64::from(u8::from(chunk[0])))
        .collect();
    scaled(grid, weights)
}

/// Reads the profile of one channel from a file with the columns `channel` (may be empty or missing: all channels),
/// `weekday`, `start`, `weight` on any positive scale.
pub fn read(item: &Item<'_>, channel: &str) -> Option<Profile> {
    let file = data::open(item, &["weekday", "start", "weight"], &["channel"])?;
    let mut own = Vec::new();
    let mut general = Vec::new();
    let mut readable = true;
    for row in file.rows() {
        let name = row.text("channel").unwrap_or_default();
        let Some(slot) = slot(&row) else {
            readable = false;
            continue;
        };
        if name.is_empty() {
            general.push(slot);
        } else if name == channel {
            own.push(slot);
        }
    }
    if !readable {
        return None;
    }
    let slots = if own.is_empty() { general } else { own };
    if slots.iter().map(|s| s.weight).sum::<f64>() <= 0.0 {
        item.error(
            "empty-profile",
            format!("the profile of `{channel}` has no weight anywhere"),
            format!("no rows with a weight for `{channel}`"),
            format!("add rows for `{channel}`, or rows with an empty channel, which hold for all"),
        );
        return None;
    }
    Some(laid(&slots))
}

/// One row of a profile.
#[derive(Debug, Clone, Copy)]
struct Slot {
    /// Minutes after Monday 00:00.
    start: u32,
    weight: f64,
}

fn slot(row: &Row<'_>) -> Option<Slot> {
    let day = row.weekday("weekday");
    let minute = row.time("start");
    let weight = row.amount("weight");
    let day = day?.to_monday_zero_offset() as u32;
    Some(Slot {
        start: day * DAY + minute?,
        weight: weight?,
    })
}

/// Lays rows on a grid: each row lasts for the smallest gap between two rows of a day.
fn laid(slots: &[Slot]) -> Profile {
    let mut starts: Vec<u32> = slots.iter().map(|s| s.start).collect();
    starts.sort_unstable();
    starts.dedup();
    let same_day = starts.windows(2).filter(|w| w[0] / DAY == w[1] / DAY);
    let length = same_day.map(|w| w[1] - w[0]).min().unwrap_or(60);
    let grid = starts
        .iter()
        .fold(gcd(length, DAY), |grid, start| gcd(grid, *start));
    let cells = (7 * DAY / grid) as usize;
    let mut weights = vec![0.0; cells];
    let per_row = (length / grid) as usize;
    for slot in slots {
        let first = (slot.start / grid) as usize;
        for cell in first..first + per_row {
            weights[cell % cells] += slot.weight / per_row as f64;
        }
    }
    scaled(grid, weights)
}

fn scaled(grid: u32, mut weights: Vec<f64>) -> Profile {
    let sum: f64 = weights.iter().sum();
    if sum > 0.0 {
        weights.iter_mut().for_each(|w| *w /= sum);
    }
    Profile {
        interval_min: grid,
        weights,
    }
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_last_for_their_gap_even_off_the_hour() {
        // Hourly rows from 08:30 need a half-hour grid and spread over two cells.
        let slots = [
            Slot {
                start: 510,
                weight: 3.0,
            },
            Slot {
                start: 570,
                weight: 1.0,
            },
        ];
        let profile = laid(&slots);
        assert_eq!(profile.interval_min, 30);
        assert_eq!(profile.weights.len(), 336);
        assert_eq!(
            &profile.weights[16..22],
            &[0.0, 0.375, 0.375, 0.125, 0.125, 0.0]
        );
        assert!((profile.weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }
}
