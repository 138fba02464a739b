//! How many agents each team needs in each planning interval, by formula.
//!
//! The load is the demand's expected work, split over teams as the roster's fit splits it. Live work needs the least
//! number of agents with which Erlang A (Mandelbaum & Zeltyn 2007) keeps the strictest promise on it; deferred work
//! fills what they leave idle. So a team needs the larger of the formula's agents and of all work it has to do.

use crate::queueing::{ServiceLevel, Station, effective_abandonment_rate, least_agents_where};
use crate::roster::load::{Load, effort_factor, load, per_contact};
use crate::roster::team_load;
use crate::scenario::model::{ChannelKind, Population, Promise, PromiseEvent, Scenario};
use std::collections::BTreeMap;

/// Loads closer than this ratio are answered once.
const RATIO: f64 = 1.01;

/// `[team][interval]`: agents needed on queue.
#[must_use]
pub fn requirement(scenario: &Scenario) -> Vec<Vec<f64>> {
    let all = load(scenario);
    let mut live = all.clone();
    for (stream, work) in scenario.streams.iter().zip(&mut live.work) {
        if scenario.channels[stream.channel].kind == ChannelKind::Deferred {
            work.iter_mut().flatten().for_each(|w| *w = 0.0);
        }
    }
    let teams = team_load(scenario, &all).into_iter();
    let live = team_load(scenario, &live);
    teams
        .zip(live)
        .enumerate()
        .map(|(t, (all_work, live_work))| {
            let mut needs = Needs::new(scenario, t, &all);
            let pairs = all_work.iter().zip(&live_work);
            pairs
                .map(|(all, live)| needs.agents(*live).max(*all))
                .collect()
        })
        .collect()
}

/// What a team's live work asks for.
struct Needs {
    handle_s: f64,
    /// `(share, limit in seconds, definition, abandonment rate)`.
    promises: Vec<(f64, f64, ServiceLevel, f64)>,
    known: BTreeMap<u32, f64>,
}

impl Needs {
    fn new(scenario: &Scenario, team: usize, load: &Load) -> Self {
        let members = &scenario.teams[team];
        let serves = |s: usize| {
            members.skills[s].is_some()
                && scenario.channels[scenario.streams[s].channel].kind != ChannelKind::Deferred
        };
        let (mut pieces, mut work) = (0.0, 0.0);
        for s in (0..scenario.streams.len()).filter(|&s| serves(s)) {
            let contacts: f64 = load.contacts[s].iter().sum();
            let (n, seconds) = per_contact(scenario, s).0[members.tier];
            pieces += contacts * n;
            work += contacts * seconds * effort_factor(scenario, team, s);
        }
        let promises = scenario.promises.iter().filter_map(|promise| {
            let stream = promise.streams.iter().copied().find(|&s| serves(s))?;
            (promise.event != PromiseEvent::Resolution).then(|| {
                (
                    promise.share,
                    promise.within_s,
                    definition(promise),
                    abandons(scenario, stream, promise.within_s),
                )
            })
        });
        Self {
            handle_s: if pieces > 0.0 { work / pieces } else { 1.0 },
            promises: promises.collect(),
            known: BTreeMap::new(),
        }
    }

    /// Agents for a live load in erlangs.
    fn agents(&mut self, load: f64) -> f64 {
        if load < 1e-6 || self.handle_s <= 0.0 {
            return 0.0;
        }
        let row = (libm::log(load / 1e-6) / libm::log(RATIO)).round() as u32;
        if let Some(&known) = self.known.get(&row) {
            return known.max(load);
        }
        let load = 1e-6 * libm::pow(RATIO, f64::from(row));
        let enough = |&(share, within, of, abandons): &(f64, f64, ServiceLevel, f64)| {
            let good = |n: u32| {
                let station = Station::new(n, load / self.handle_s, self.handle_s, abandons);
                let level = station
                    .ok()
                    .and_then(|s| s.steady().service_level(within, of));
                level.is_some_and(|l| l >= share)
            };
            least_agents_where(load, good).map_or(load, f64::from)
        };
        let needed = self.promises.iter().map(enough).fold(load, f64::max);
        self.known.insert(row, needed);
        needed
    }
}

fn definition(promise: &Promise) -> ServiceLevel {
    match promise.of {
        Population::Offered => ServiceLevel::Offered,
        Population::Answered => ServiceLevel::Answered,
        Population::LessShort { short_s } => ServiceLevel::LessShort {
            short: Some(short_s),
        },
        Population::Credited => ServiceLevel::Credited,
    }
}

/// Abandonment rate per second that stands for a stream's patience (Zeltyn & Mandelbaum 2005).
fn abandons(scenario: &Scenario, stream: usize, within_s: f64) -> f64 {
    let channel = &scenario.channels[scenario.streams[stream].channel];
    let patience = scenario.streams[stream].patience.as_ref();
    patience.or(channel.patience.as_ref()).map_or(0.0, |law| {
        effective_abandonment_rate(|t| law.survival(t), within_s)
            .unwrap_or(1.0 / law.mean().max(1.0))
    })
}
