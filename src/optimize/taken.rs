//! Who takes deferred work in the end, by simulation.
//!
//! Routes say whose work it is and who may take it over after a while. How much is taken over depends on who is there and
//! busy, and no formula says it: letters for people who sleep go to others once the delay is over, and those take the
//! oldest first, whomever it belongs to. So deferred work is planned for the pools that were seen to take it. What one pool
//! alone may take stays with it however late it is, so people it lacks are asked for even while it is too busy to be
//! seen with all that comes to it.

use super::demand::Split;
use super::flows::promises_of;
use super::problem::Problem;
use crate::roster::shares;
use crate::scenario::model::ChannelKind;
use crate::sim::{Kept, Ledger};
use std::collections::BTreeSet;

/// Contacts by the team that was the first to work on them, over replications.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    /// As in the ledger: those that kept their promise, and all.
    sums: Vec<(u64, u64)>,
}

impl Taken {
    /// Adds a replication.
    pub fn add(&mut self, ledger: &Ledger) {
        self.sums.resize(ledger.first_by.len(), (0, 0));
        for (sum, Kept { good, total }) in self.sums.iter_mut().zip(&ledger.first_by) {
            sum.0 += u64::from(*good);
            sum.1 += u64::from(*total);
        }
    }

    fn of(&self, problem: &Problem, promise: usize, team: usize, stream: usize) -> (f64, f64) {
        let scenario = problem.scenario;
        let row = promise * scenario.teams.len() + team;
        let at = row * scenario.streams.len() + stream;
        let (good, all) = self.sums.get(at).copied().unwrap_or_default();
        (good as f64, all as f64)
    }

    /// Share of a stream's contacts that kept a promise, of those that some teams took.
    #[must_use]
    pub fn kept(
        &self,
        problem: &Problem,
        promise: usize,
        teams: &[usize],
        stream: usize,
    ) -> Option<f64> {
        let of = teams.iter().map(|&t| self.of(problem, promise, t, stream));
        let (good, all) = of.fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        (all > 0.0).then(|| good / all)
    }

    /// The split as seen, half of the way from what was known before; streams that one pool alone takes have none.
    #[must_use]
    pub fn split(&self, problem: &Problem, known: &Split) -> Split {
        let streams = 0..problem.scenario.streams.len();
        streams
            .map(|s| {
                let known = known.get(s).map_or(&[][..], Vec::as_slice);
                self.of_stream(problem, s, known).unwrap_or_default()
            })
            .collect()
    }

    fn of_stream(&self, problem: &Problem, stream: usize, known: &[f64]) -> Option<Vec<f64>> {
        let scenario = problem.scenario;
        let channel = scenario.streams[stream].channel;
        if scenario.channels[channel].kind != ChannelKind::Deferred {
            return None;
        }
        let promise = *promises_of(scenario, stream, 0).first()?;
        let teams = 0..scenario.teams.len();
        let seen = teams.map(|t| self.of(problem, promise, t, stream).1);
        let seen: Vec<f64> = seen.collect();
        let all: f64 = seen.iter().sum();
        let routed = shares(scenario, stream, 0).into_iter().map(|t| t.0);
        let took = (0..seen.len()).filter(|&t| seen[t] > 0.0);
        let pool = |t: usize| problem.demand.pool_of[t];
        let pools: BTreeSet<usize> = routed.chain(took).map(pool).collect();
        if pools.len() < 2 || all <= 0.0 {
            return (!known.is_empty()).then(|| known.to_vec());
        }
        let share = |t: usize| seen[t] / all;
        let settled = |t: usize| match known.get(t) {
            Some(before) => f64::midpoint(*before, share(t)),
            None => share(t),
        };
        Some((0..seen.len()).map(settled).collect())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::experiment::{Case, Settings, collect_with};
    use crate::scenario::testing::load;
    use crate::time::HOUR;

    const MAIL: &str = r#"
start  = 2027-01-11
length = "1 week"
zone   = "Europe/Berlin"
[demand]
counted  = "first contacts"
busyness = "none"
[channel.mail]
kind = "deferred"
open = "24/7"
[topic.help]
per_week = 2_000
handle   = "5m"
ends     = { resolved = "100%" }
[promise.mail]
target = "90% of mail first reply within 8h"
[contract.full]
hours = "40h/week"
pay   = "EUR 20/h"
[team.near]
contract  = "full"
roster    = { file = "near.csv" }
shrinkage = "none"
[team.far]
contract  = "full"
roster    = { file = "far.csv" }
shrinkage = "none"
[route.mail]
when = { channels = ["mail"] }
to   = [{ team = "near" }, { team = "far", after = "30m" }]
"#;

    /// The near team works from noon on, so what comes before half past eleven goes to the far one: by routes all of it
    /// would be the near one's.
    #[test]
    fn letters_are_planned_for_those_who_take_them_over() {
        let day = |d: u32| format!("2027-01-{d}T00:00,0\n2027-01-{d}T12:00,30\n");
        let near: String = (11..18).map(day).collect();
        let files = [
            ("near.csv", format!("start,agents\n{near}")),
            ("far.csv", "start,agents\n2027-01-11T00:00,30\n".to_owned()),
        ];
        let files: Vec<(&str, &str)> = files.iter().map(|f| (f.0, f.1.as_str())).collect();
        let case = Case::new(load(MAIL, &files)).unwrap();
        let mut problem = Problem::new(&case);
        let settings = Settings {
            replications: 20,
            ..Settings::default()
        };
        let mut taken = Taken::default();
        collect_with(&case, &settings, &mut |ledger| taken.add(ledger));
        let split = taken.split(&problem, &Split::new());

        let contacts = &crate::roster::load::load(&case.scenario).contacts[0];
        let per_day = 24 * HOUR / case.scenario.horizon.interval();
        let early = per_day * 23 / 48;
        let before = contacts
            .iter()
            .enumerate()
            .filter(|(i, _)| *i as u64 % per_day < early);
        let before: f64 = before.map(|c| c.1).sum();
        let share = before / contacts.iter().sum::<f64>();
        let all: u64 = taken.sums.iter().map(|s| s.1).sum();
        let error = (share * (1.0 - share) / all as f64).sqrt();
        assert!(
            (split[0][1] - share).abs() < 4.0 * error,
            "{split:?} {share} {error}"
        );

        let work = |problem: &Problem, pool: usize| -> f64 {
            problem.demand.pools[pool].flows[0].arriving.iter().sum()
        };
        let whole = work(&problem, 0);
        assert_eq!(work(&problem, 1), 0.0);
        let tuning = super::super::problem::Tuning {
            split: split.clone(),
            ..problem.untuned()
        };
        problem.tune(&tuning);
        assert!((work(&problem, 1) - split[0][1] * whole).abs() < 1e-9 * whole);
        assert!((work(&problem, 0) - split[0][0] * whole).abs() < 1e-9 * whole);
        // Half of the way from what was known.
        let known = vec![vec![1.0, 0.0]];
        let next = taken.split(&problem, &known);
        assert!((next[0][1] - 0.5 * split[0][1]).abs() < 1e-12);
    }
}
