//! From when to when each head of a team is there: heads that grow or shrink, sites that open or close.
//!
//! Changes fall on local midnights of the team's site. Where heads grow from `from` to `to` over a time, the k-th
//! newcomer comes after k / (to - from) of it, is trained, and works from then on; where they shrink the last heads go
//! first, at the same even pace.

use super::DAY_S;
use super::types::{Duty, Position};
use crate::scenario::model::{Scenario, Team, TeamRamp};
use crate::time::{self, Tick, seconds};
use jiff::ToSpan;

/// When a head is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Comes onto the payroll (for a vendor's newcomer: begins its training).
    pub comes: Tick,
    /// Works from here on.
    pub from: Tick,
    /// Works until here.
    pub to: Tick,
}

impl Window {
    /// Whether a duty lies inside.
    fn holds(&self, duty: &Duty) -> bool {
        self.from <= duty.start && duty.start < self.to
    }

    /// Ticks of work inside a span.
    pub fn inside(&self, from: Tick, to: Tick) -> Tick {
        self.to.min(to).saturating_sub(self.from.max(from))
    }
}

/// Heads a team's roster has places for: the most it ever has.
pub fn places(team: &Team) -> u32 {
    let heads: u32 = team.heads.iter().map(|h| h.count).sum();
    match &team.ramp_places {
        Some(_) => heads,
        None => heads.max(team.ramp.map_or(0, |r| r.from)),
    }
}

/// The windows of a team's heads in order; `None` where everybody is there from start to end.
pub fn windows(scenario: &Scenario, team: &Team) -> Option<Vec<Window>> {
    let site = &scenario.sites[team.site];
    if team.ramp.is_none() && site.lead_time_s <= 0.0 && site.closes.is_none() {
        return None;
    }
    let midnight = |after_s: f64| midnight_after(scenario, team, after_s);
    let open = midnight(site.lead_time_s);
    let close = site.closes.unwrap_or(scenario.horizon.length());
    let always = Window {
        comes: 0,
        from: open,
        to: close,
    };
    let mut out = vec![always; places(team) as usize];
    let Some(ramp) = team.ramp else {
        return Some(out);
    };
    let heads: u32 = team.heads.iter().map(|h| h.count).sum();
    let group = team.ramp_places.as_ref();
    let to = group.map_or(heads, |g| g.of);
    for (i, window) in out.iter_mut().enumerate() {
        let i = group.map_or(i as u32, |g| g.places[i]);
        if i >= ramp.from {
            let after = pace(ramp, i - ramp.from + 1, to - ramp.from);
            window.comes = midnight(after);
            window.from = midnight(after + ramp.training_s).max(open);
        } else if i >= to {
            window.to = midnight(pace(ramp, ramp.from - i, ramp.from - to)).min(close);
        }
    }
    Some(out)
}

/// Seconds after the start at which the k-th of `all` heads changes.
fn pace(ramp: TeamRamp, k: u32, all: u32) -> f64 {
    ramp.begins_s + ramp.over_s * f64::from(k) / f64::from(all.max(1))
}

/// The first local midnight of the team's site at or after so many seconds.
pub fn midnight_after(scenario: &Scenario, team: &Team, after_s: f64) -> Tick {
    let horizon = &scenario.horizon;
    let zone = &scenario.sites[team.site].zone;
    let days = (after_s / DAY_S - 1e-9).ceil().max(0.0) as i32;
    let first = horizon.zoned_in(0, zone).date();
    let date = first.checked_add(days.days()).ok();
    date.and_then(|d| time::start_of_day(d, zone))
        .map_or(horizon.length(), |t| horizon.tick_of_clamped(t))
}

/// Leaves each position the duties that begin inside its window.
pub fn cut(windows: &[Window], positions: &mut [Position]) {
    for (i, position) in positions.iter_mut().enumerate() {
        // A given roster may have more places than heads; they are there when the site is.
        if let Some(window) = windows.get(i).or(windows.last()) {
            position.duties.retain(|d| window.holds(d));
        }
    }
}

/// Seconds that heads are there between two ticks, and places in all; `None` where everybody is there all the time.
#[must_use]
pub fn filled_s(scenario: &Scenario, team: &Team, from: Tick, to: Tick) -> Option<(f64, u32)> {
    let windows = windows(scenario, team)?;
    let filled = windows.iter().map(|w| seconds(w.inside(from, to))).sum();
    Some((filled, places(team)))
}

/// Seconds that newcomers spend in training between two ticks, over all heads.
#[must_use]
pub fn training_s(scenario: &Scenario, team: &Team, from: Tick, to: Tick) -> f64 {
    if team.ramp.is_none_or(|r| r.training_s <= 0.0) {
        return 0.0;
    }
    let windows = windows(scenario, team).unwrap_or_default();
    let in_training = |w: &Window| w.from.min(to).saturating_sub(w.comes.max(from));
    windows.iter().map(|w| seconds(in_training(w))).sum()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::place;
    use super::super::testing::Sketch;
    use super::*;
    use crate::time::HOUR;

    const DAY: Tick = 24 * HOUR;

    fn ramped(from: u32, begins_days: f64, over_days: f64, training_days: f64) -> Scenario {
        let mut scenario = Sketch::default().scenario();
        scenario.teams[0].ramp = Some(TeamRamp {
            from,
            begins_s: begins_days * DAY_S,
            over_s: over_days * DAY_S,
            training_s: training_days * DAY_S,
        });
        scenario
    }

    #[test]
    fn newcomers_come_at_an_even_pace_and_work_after_their_training() {
        let scenario = ramped(2, 3.0, 10.0, 4.0);
        let team = &scenario.teams[0];
        let heads = places(team);
        let windows = windows(&scenario, team).unwrap();
        assert_eq!(windows.len(), heads as usize);
        assert_eq!(windows[0].from, 0);
        let step = 10.0 / f64::from(heads - 2);
        for (k, w) in windows[2..].iter().enumerate() {
            let comes = (3.0 + step * (k + 1) as f64 - 1e-9).ceil();
            assert_eq!(w.comes, comes as Tick * DAY);
            let from = (7.0 + step * (k + 1) as f64 - 1e-9).ceil();
            assert_eq!(w.from, from as Tick * DAY);
        }
        let days = training_s(&scenario, team, 0, scenario.horizon.length()) / DAY_S;
        assert!((days - 4.0 * f64::from(heads - 2)).abs() <= f64::from(heads - 2));
    }

    #[test]
    fn paid_hours_follow_the_heads() {
        let scenario = ramped(0, 7.0, 0.0, 0.0);
        let full = ramped(places(&scenario.teams[0]), 0.0, 0.0, 0.0);
        let (late, all) = (place(&scenario).unwrap(), place(&full).unwrap());
        let weeks = seconds(scenario.horizon.length()) / (7.0 * DAY_S);
        let part = (weeks - 1.0) / weeks;
        assert!((late.teams[0].paid_s / all.teams[0].paid_s - part).abs() < 1e-9);
        assert!((late.teams[0].heads / all.teams[0].heads - part).abs() < 1e-9);
        for duty in late.teams[0].positions.iter().flat_map(|p| &p.duties) {
            assert!(duty.start >= 7 * DAY);
        }
    }
}
