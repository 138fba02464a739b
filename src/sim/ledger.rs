//! The ledger of one replication: everything a metric needs, nothing that grows with the number of contacts.
//!
//! A contact is booked under the planning interval of its **arrival**; only contacts that arrive after the warm-up and
//! inside the horizon are booked.

use super::daily::Daily;
use super::sums::{ContactSums, DaySums, HeadSums, IntervalSums, StaffSums, TeamSums};
use crate::roster::Roster;
use crate::stats::Histogram;
use crate::time::{DAY, Tick, seconds, ticks, whole};
use crate::world::World;

/// One promise's count in one planning interval.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kept {
    /// Contacts that kept it.
    pub good: u32,
    /// Contacts that count.
    pub total: u32,
}

/// Parts that a contact which nobody answered is cut into, so that up to 16 teams share it without a rest.
pub const PART: u64 = 720_720;

/// Ends of work beside the tiers: resolved, returned, with engineering.
pub const FLOW_ENDS: usize = 3;

/// The sums of one replication.
#[derive(Debug, Clone, PartialEq)]
pub struct Ledger {
    /// Per stream.
    pub streams: Vec<ContactSums>,
    /// Per team.
    pub teams: Vec<TeamSums>,
    /// Per tier x (tiers + [`FLOW_ENDS`]): pieces of work that ended at each tier, resolved, returned, and with engineering. Work of a
    /// wrong team ends at the tier itself.
    pub flow: Vec<u64>,
    /// Contacts that passed from somebody of one team to somebody of another, `[from * teams + to]`.
    pub passes: Vec<u64>,
    /// Per channel and planning interval, `[channel * intervals + interval]`.
    pub intervals: Vec<IntervalSums>,
    /// Per team and planning interval, `[team * intervals + interval]`.
    pub staff: Vec<StaffSums>,
    /// Contacts waiting per channel at the end of each planning interval, `[channel * intervals + interval]`.
    pub waiting: Vec<u32>,
    /// Age in ticks of the contact that has waited longest in each channel at the end of each planning interval; 0 where
    /// none waits.
    pub oldest: Vec<Tick>,
    /// Per promise and planning interval, `[promise * intervals + interval]`.
    pub promises: Vec<Kept>,
    /// Answered contacts per promise on them, by the team that was the first to work on them,
    /// `[(promise * teams + team) * streams + stream]`.
    pub first_by: Vec<Kept>,
    /// Answers by what a vendor promised, `[promise * intervals + interval of arrival]`.
    pub vendor_promises: Vec<Kept>,
    /// First contacts of the streams a vendor serves, `[promise * intervals + interval]`.
    pub forecasts: Vec<u32>,
    /// The teams' sums as they stood at the end of each calendar month but the last, `[month * teams + team]`; empty
    /// where no vendor bills by the month.
    pub months: Vec<TeamSums>,
    /// People per team and week of the horizon, `[team * weeks + week]`, where something about people is stated.
    pub heads: Vec<HeadSums>,
    /// Number of weeks in `heads`.
    pub weeks: usize,
    /// Waits in ticks of all offered contacts (abandoners up to leaving), per stream.
    pub waits: Vec<Histogram>,
    /// Time to first reply in ticks, per stream.
    pub replies: Vec<Histogram>,
    /// Waits in ticks of the contacts that each team was the first to work on.
    pub team_waits: Vec<Histogram>,
    /// Per stream and day of the reporting zone, `[stream * day_count + day]`.
    pub days: Vec<DaySums>,
    /// Number of days.
    pub day_count: usize,
    /// Contacts taken by each deflection.
    pub deflected: Vec<u64>,
    /// Waits day by day, and what stood at the end of each day.
    pub daily: Daily,
    /// Number of planning intervals.
    pub interval_count: usize,
    /// Length of a planning interval.
    pub interval: Tick,
    /// Events played, for benchmarks.
    pub events: u64,
}

impl Ledger {
    /// An empty ledger for a world, with the roster's planned hours booked.
    #[must_use]
    pub fn open(world: &World, roster: &Roster) -> Self {
        let n = world.intervals;
        let mut teams = vec![TeamSums::default(); world.teams.len()];
        for (sums, team) in teams.iter_mut().zip(&roster.teams) {
            let counted = (world.length - world.warm_up) as f64 / world.length as f64;
            // Where people come and go, pay follows those who are there.
            if team.people.as_ref().is_none_or(|p| p.midnights.is_empty()) {
                sums.paid = ticks(team.paid_s * counted);
            }
            for leaving in &team.leaving {
                let there = leaving
                    .until
                    .saturating_sub(leaving.from.max(world.warm_up));
                sums.surplus += ticks(leaving.paid * seconds(there));
                let gone = (world.warm_up..world.length).contains(&leaving.until);
                if let Some(money) = leaving.severance.filter(|_| gone) {
                    sums.severed += 1;
                    sums.severance += whole(money * 1e6);
                }
            }
            for joining in &team.joining {
                let works = joining.works.min(world.length);
                let learns = works.saturating_sub(joining.from.max(world.warm_up));
                sums.redeployed += u64::from(joining.from >= world.warm_up);
                sums.retraining += ticks(joining.paid * seconds(learns));
            }
            for place in &team.on_call {
                let turns = place.turns.iter();
                let time: Tick = turns
                    .map(|&(from, to)| to.saturating_sub(from.max(world.warm_up)))
                    .sum();
                let pay = seconds(time) * place.standby_per_s * 1e6;
                sums.standby += time;
                sums.standby_pay += whole(pay);
            }
        }
        let tiers = world.tiers;
        let day_count = world.report_days.last().map_or(0, |&d| d as usize + 1);
        let weeks = if roster.teams.iter().any(|t| t.people.is_some()) {
            world.length.div_ceil(7 * DAY) as usize
        } else {
            0
        };
        Self {
            streams: vec![ContactSums::default(); world.streams.len()],
            teams,
            flow: vec![0; tiers * (tiers + FLOW_ENDS)],
            passes: vec![0; world.teams.len() * world.teams.len()],
            intervals: vec![IntervalSums::default(); world.channels.len() * n],
            staff: vec![StaffSums::default(); world.teams.len() * n],
            waiting: vec![0; world.channels.len() * n],
            oldest: vec![0; world.channels.len() * n],
            promises: vec![Kept::default(); world.promises.len() * n],
            first_by: vec![
                Kept::default();
                world.promises.len() * world.teams.len() * world.streams.len()
            ],
            heads: vec![HeadSums::default(); world.teams.len() * weeks],
            weeks,
            vendor_promises: vec![Kept::default(); world.vendor_promises.len() * n],
            forecasts: vec![0; world.vendor_promises.len() * n],
            months: Vec::new(),
            waits: vec![Histogram::default(); world.streams.len()],
            replies: vec![Histogram::default(); world.streams.len()],
            team_waits: vec![Histogram::default(); world.teams.len()],
            days: vec![DaySums::default(); world.streams.len() * day_count],
            day_count,
            deflected: vec![0; world.deflections.len()],
            daily: Daily::new(world, day_count),
            interval_count: n,
            interval: world.interval,
            events: 0,
        }
    }
}
