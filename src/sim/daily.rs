//! The days of a replication: how long contacts waited on each, and what teams had done by its end.
//!
//! Waits are counted by day of arrival in histograms of bounded size: per team; per stream on horizons of up to eight weeks,
//! per channel on longer ones. What costs money is noted as it stands at the end of each day of the reporting zone.

use super::engine::Engine;
use super::sums::TeamSums;
use crate::stats::DayHistogram;
use crate::time::{DAY, HOUR, Tick};
use crate::world::World;

/// Ticks of a wait that count as one: 0.066 s.
pub const GRAIN: Tick = 1 << 16;

/// Streams have days of their own on horizons up to this; the clock may have changed on the way.
const SHORT: Tick = 56 * DAY + HOUR;

/// The days of a replication.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Daily {
    /// Whether [`Daily::waits`] is by stream rather than by channel.
    pub by_stream: bool,
    /// Waits of all who were answered or left before, in [`GRAIN`]s, `[stream or channel][day of arrival]`.
    pub waits: Vec<Vec<DayHistogram>>,
    /// Waits of the contacts that each team was the first to work on, likewise, `[team][day of arrival]`.
    pub team_waits: Vec<Vec<DayHistogram>>,
    /// The teams' sums at the end of each day but the last, `[day * teams + team]`.
    pub teams: Vec<TeamSums>,
    /// Customers lost for good until then, `[day * streams + stream]`.
    pub lost: Vec<u64>,
    /// Contacts taken by each deflection until then, `[day * deflections + deflection]`.
    pub deflected: Vec<u64>,
}

impl Daily {
    /// Nothing yet, for a number of days.
    pub fn new(world: &World, days: usize) -> Self {
        let by_stream = world.length <= SHORT;
        let rows = if by_stream {
            world.streams.len()
        } else {
            world.channels.len()
        };
        Self {
            by_stream,
            waits: vec![vec![DayHistogram::default(); days]; rows],
            team_waits: vec![vec![DayHistogram::default(); days]; world.teams.len()],
            ..Self::default()
        }
    }
}

impl Engine<'_> {
    /// A contact that arrived in an interval has waited, until a team answered it or its customer left.
    #[inline]
    pub(super) fn book_day_wait(
        &mut self,
        stream: usize,
        interval: u32,
        team: Option<usize>,
        wait: Tick,
    ) {
        let day = self.world.report_days[interval as usize] as usize;
        let daily = &mut self.book.daily;
        let row = if daily.by_stream {
            stream
        } else {
            self.world.streams[stream].channel
        };
        daily.waits[row][day].record(wait / GRAIN);
        if let Some(team) = team {
            daily.team_waits[team][day].record(wait / GRAIN);
        }
    }

    /// Notes what stands at the end of a day, if the present interval is its last.
    pub(super) fn book_day_end(&mut self) {
        let days = &self.world.report_days;
        if days.get(self.interval) != days.get(self.interval + 1) {
            if self.people.moves {
                self.book_heads_of_day(self.boundary);
            }
            let book = &mut self.book;
            book.daily.teams.extend_from_slice(&book.teams);
            book.daily.lost.extend(book.streams.iter().map(|s| s.lost));
            book.daily.deflected.extend_from_slice(&book.deflected);
        }
    }
}
