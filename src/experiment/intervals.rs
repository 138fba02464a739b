//! What happened interval by interval: for spreadsheets, tables of figures and charts.
//!
//! All figures are means over replications, by the interval a contact arrived in. Summed over the intervals they are
//! the figures of the whole horizon; a service level is the sum of the kept over the sum of the promised.

use super::case::Case;
use super::collected::Collected;
use super::daily::DailyFigures;
use crate::queueing::{ServiceLevel, Station, least_agents};
use crate::roster::{load, staffed};
use crate::scenario::model::{ChannelKind, PromiseEvent, Scenario};
use crate::sim::DaySums;
use crate::time::{SECOND, Tick, seconds, ticks};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Every planning interval of the horizon.
#[derive(Debug, Clone)]
pub struct Intervals {
    /// The zone that results are reported in.
    pub zone: TimeZone,
    /// First instant of every interval.
    pub starts: Vec<Timestamp>,
    /// Length of an interval in seconds; the last may be cut short.
    pub interval_s: f64,
    /// Intervals at the start that are played but left out of every result.
    pub warm_up: usize,
    /// Per channel.
    pub channels: Vec<ChannelIntervals>,
    /// Per team.
    pub teams: Vec<TeamIntervals>,
    /// Waits and money day by day.
    pub daily: DailyFigures,
    /// Per stream, by days of the zone.
    pub streams: Vec<StreamDays>,
}

/// A stream's days.
#[derive(Debug, Clone)]
pub struct StreamDays {
    /// Name.
    pub name: String,
    /// One per day from the horizon's first, the warm-up's included.
    pub days: Vec<StreamDay>,
}

/// A stream on one day; contacts that arrived on it, means over replications.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct StreamDay {
    /// Contacts offered.
    pub offered: f64,
    /// Of these, first contacts.
    pub first_contacts: f64,
    /// Answered.
    pub answered: f64,
    /// Left before an answer.
    pub abandoned: f64,
    /// Whose own promise was decided.
    pub promised: f64,
    /// Of these, kept.
    pub promise_kept: f64,
    /// Seconds waited by all of them.
    pub wait_s: f64,
    /// Resolved.
    pub resolved: f64,
    /// Of these, first contacts.
    pub resolved_first: f64,
    /// Points of satisfaction, summed.
    pub satisfaction: f64,
    /// Contacts that were scored.
    pub scored: f64,
}

/// A channel's intervals.
#[derive(Debug, Clone)]
pub struct ChannelIntervals {
    /// Name.
    pub name: String,
    /// How it queues.
    pub kind: ChannelKind,
    /// What a formula needs to work out its agents; `None` where customers do not wait on the line or nothing was
    /// promised about it.
    pub queue: Option<Queue>,
    /// One per interval.
    pub points: Vec<ChannelPoint>,
}

/// A channel as one queue, the way a planner's spreadsheet sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Queue {
    /// Mean time of an agent per contact at the first tier in seconds: as the scenario says it, of all its streams by
    /// their volume; conversations side by side divide it.
    pub handle_s: f64,
    /// Promised share, a fraction.
    pub share: f64,
    /// ... to be answered within so many seconds.
    pub within_s: f64,
}

/// A channel in one interval; contacts that arrived in it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ChannelPoint {
    /// Contacts offered.
    pub offered: f64,
    /// Answered.
    pub answered: f64,
    /// Left before an answer.
    pub abandoned: f64,
    /// Whose own promise was decided.
    pub promised: f64,
    /// Of these, kept.
    pub promise_kept: f64,
    /// Answered within 20 s.
    pub within_20s: f64,
    /// Seconds waited by all of them.
    pub wait_s: f64,
    /// Contacts waiting at the interval's end.
    pub waiting: f64,
    /// Age of the oldest of them in seconds; 0 where none waits.
    pub oldest_s: f64,
}

/// A team's intervals.
#[derive(Debug, Clone)]
pub struct TeamIntervals {
    /// Name.
    pub name: String,
    /// One per interval.
    pub points: Vec<TeamPoint>,
}

/// A team in one interval; mean numbers of people.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct TeamPoint {
    /// On queue by the roster: breaks and planned work are out, sickness and lateness are not.
    pub rostered: f64,
    /// On queue when it was played.
    pub on_queue: f64,
    /// Of these, with a contact in hand.
    pub busy: f64,
}

impl Intervals {
    /// Reads the collected replications of a case.
    #[must_use]
    pub fn new(case: &Case, collected: &Collected) -> Self {
        let scenario = &case.scenario;
        let horizon = &scenario.horizon;
        let (n, step) = (horizon.intervals(), horizon.interval());
        let queues = queues(scenario, collected);
        let channels = scenario.channels.iter().enumerate();
        let channels = channels.map(|(c, channel)| ChannelIntervals {
            name: channel.name.clone(),
            kind: channel.kind,
            queue: queues[c],
            points: points(collected, c, n),
        });
        let teams = scenario.teams.iter().enumerate().map(|(t, team)| {
            let rostered = staffed(&case.roster.teams[t], step, n);
            TeamIntervals {
                name: team.name.clone(),
                points: team_points(collected, t, step, &rostered),
            }
        });
        Self {
            zone: horizon.zone().clone(),
            starts: (0..n)
                .map(|i| horizon.timestamp_of(i as Tick * step))
                .collect(),
            interval_s: seconds(step),
            warm_up: (ticks(scenario.warm_up_s) / step) as usize,
            channels: channels.collect(),
            teams: teams.collect(),
            streams: stream_days(scenario, collected),
            daily: DailyFigures::new(scenario, collected),
        }
    }
}

fn stream_days(scenario: &Scenario, collected: &Collected) -> Vec<StreamDays> {
    let replications = collected.replications().max(1) as f64;
    let mean = |sum: u64| sum as f64 / replications;
    let day = |sums: &DaySums| StreamDay {
        offered: mean(sums.offered),
        first_contacts: mean(sums.first_contacts),
        answered: mean(sums.answered),
        abandoned: mean(sums.abandoned),
        promised: mean(sums.promised),
        promise_kept: mean(sums.promise_kept),
        wait_s: mean(sums.wait) / SECOND as f64,
        resolved: mean(sums.resolved),
        resolved_first: mean(sums.resolved_first),
        satisfaction: mean(sums.satisfaction) / 1000.0,
        scored: mean(sums.scored),
    };
    let count = collected.days.len() / scenario.streams.len().max(1);
    let streams = scenario.streams_as_written().into_iter();
    let days = |s: usize| collected.days[s * count..(s + 1) * count].iter();
    let streams = streams.map(|s| StreamDays {
        name: scenario.streams[s].name.clone(),
        days: days(s).map(day).collect(),
    });
    streams.collect()
}

/// Per channel whose customers wait on the line and were promised an answer: its queue.
fn queues(scenario: &Scenario, collected: &Collected) -> Vec<Option<Queue>> {
    let of_channel = |c: usize| {
        let on_line = scenario.channels[c].kind != ChannelKind::Deferred;
        let here = |s: &usize| scenario.streams[*s].channel == c;
        let promise = scenario.promises.iter().filter(|_| on_line).find(|p| {
            p.event != PromiseEvent::Resolution && !p.business_hours && p.streams.iter().any(here)
        })?;
        let work = (0..scenario.streams.len()).filter(here).map(|s| {
            let sums = &collected.streams[s].sums;
            let offered: f64 = sums.iter().map(|scope| scope.sums.offered as f64).sum();
            let (items, agent_s) = load::per_contact(scenario, s).0[0];
            (offered, offered * agent_s / items.max(f64::MIN_POSITIVE))
        });
        let (contacts, agent_s) = work.fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1));
        (contacts > 0.0 && agent_s > 0.0).then(|| Queue {
            handle_s: agent_s / contacts,
            share: promise.share,
            within_s: promise.within_s,
        })
    };
    (0..scenario.channels.len()).map(of_channel).collect()
}

fn points(collected: &Collected, channel: usize, n: usize) -> Vec<ChannelPoint> {
    let replications = collected.replications().max(1) as f64;
    let mean = |sum: u64| sum as f64 / replications;
    (channel * n..(channel + 1) * n)
        .map(|cell| {
            let sums = collected.intervals.get(cell).copied().unwrap_or_default();
            ChannelPoint {
                offered: mean(sums.offered),
                answered: mean(sums.answered),
                abandoned: mean(sums.abandoned),
                promised: mean(sums.promised),
                promise_kept: mean(sums.promise_kept),
                within_20s: mean(sums.within_20s),
                wait_s: mean(sums.wait) / SECOND as f64,
                waiting: mean(collected.waiting.get(cell).copied().unwrap_or_default()),
                oldest_s: mean(collected.oldest.get(cell).copied().unwrap_or_default())
                    / SECOND as f64,
            }
        })
        .collect()
}

impl Queue {
    /// Fewest agents that keep the promise at an arrival rate per second, by Erlang C: nobody gives up, every day is as
    /// busy as the mean.
    ///
    /// ```
    /// use staffwright::experiment::Queue;
    /// let queue = Queue { handle_s: 300.0, share: 0.8, within_s: 20.0 };
    /// assert_eq!(queue.agents(33.3 / 300.0), Some(39));
    /// assert_eq!(queue.agents(0.0), Some(0));
    /// ```
    #[must_use]
    pub fn agents(&self, per_second: f64) -> Option<u32> {
        if per_second <= 0.0 {
            return Some(0);
        }
        let station = Station::new(0, per_second, self.handle_s, 0.0).ok()?;
        least_agents(station, self.share, self.within_s, ServiceLevel::Offered)
    }
}

fn team_points(collected: &Collected, team: usize, step: Tick, rostered: &[f64]) -> Vec<TeamPoint> {
    let n = rostered.len();
    let all = collected.replications().max(1) as f64 * step as f64;
    let people = |ticks: u64| ticks as f64 / all;
    let one = |(i, &rostered): (usize, &f64)| {
        let sums = collected.staff.get(team * n + i).copied();
        let sums = sums.unwrap_or_default();
        TeamPoint {
            rostered,
            on_queue: people(sums.on_queue),
            busy: people(sums.handling),
        }
    };
    rostered.iter().enumerate().map(one).collect()
}
