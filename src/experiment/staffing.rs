//! How few people a structure needs: the least heads that keep its promises, found by simulation.
//!
//! Structures can only be compared at the same quality, and at a volume for which they were not written none of them has
//! the right heads. [`least_heads`] keeps a structure's shape (its teams, contracts in the proportion written, shifts,
//! routes, overheads, rent per seat) and changes the number of people:
//!
//! 1. **All together.** The heads as written times one factor, raised until every promise is kept, then lowered as far as
//!    that lasts (within 5 %).
//! 2. **Team by team**, the dearest hour on queue first: none at all, else in shrinking steps as few as keep the promises,
//!    until no team can give anybody up.
//! 3. **Exchanges.** From a dearer team to a cheaper one that shares work with it, as long as the simulated cost falls.
//!
//! Every question is answered by playing the same few replications (common random numbers); a question is dropped as
//! soon as its answer is certain. Seats follow the heads of their site in the proportion written, as rent does. A promise
//! with `hold` counts as kept when at most a third of the periods fail that may fail; one without when its value
//! is a standard error above its share. And nobody saves the people whose work no promise is about, such as a second tier:
//! what still waits at the quietest moment of a week must not grow from the first week to the last by more than 1 % of a
//! week's contacts, and of what is handed to a tier half must be worked there before the horizon ends or the customer
//! leaves. So that the search does not flatter itself, what is said of the heads it found rests on other replications, from
//! number [`FRESH`] on.
//!
//! This is a local optimum in heads, not a plan: shifts are placed by `fit` as ever, and a cheaper mix of teams may exist. The
//! optimizer's plans know better and take longer.

use super::case::{Case, CaseError};
use super::collected::Collected;
use super::replicate::{Settings, play_up_to};
use crate::measure::{kept_periods, totals};
use crate::roster;
use crate::scenario::model::{Promise, RosterSource, Scenario, Team};
use crate::sim::FLOW_ENDS;
use crate::stats::{linearised, mean_estimate};
use crate::time;
use crate::world;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

/// First replication of what is said of the heads found; the search uses those from 0 on.
pub const FRESH: u64 = 1_000_000;

/// How to look for the least heads.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staffing {
    /// Replications of every question.
    #[serde(default = "usual_replications")]
    pub replications: u64,
    /// At most so many times the heads as written.
    #[serde(default = "usual_most")]
    pub most: f64,
}

fn usual_replications() -> u64 {
    8
}

fn usual_most() -> f64 {
    16.0
}

impl Default for Staffing {
    fn default() -> Self {
        Self {
            replications: usual_replications(),
            most: usual_most(),
        }
    }
}

/// Why no heads were found.
#[derive(Debug)]
pub enum StaffingError {
    /// It cannot be played at all.
    Case(CaseError),
    /// Even so many times the heads as written do not keep this.
    OutOfReach(String, f64),
    /// It was told to stop.
    Interrupted,
}

impl fmt::Display for StaffingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Case(why) => why.fmt(f),
            Self::OutOfReach(what, most) => {
                write!(f, "{most} times the heads as written do not keep {what}")
            }
            Self::Interrupted => f.write_str("interrupted"),
        }
    }
}

impl std::error::Error for StaffingError {}

/// Share of the failures that a promise allows which the search allows.
const ALLOWED: f64 = 1.0 / 3.0;
/// Share of a week's contacts by which what is left lying may grow over the horizon.
const LEFT: f64 = 0.01;
/// Share of what is handed to a tier that must be worked there: calls handed on by night to a tier that works by day are lost
/// however many work there.
const WORKED: f64 = 0.5;
/// The common factor is found this closely.
const CLOSE: f64 = 1.05;
/// Steps of the common factor while it is looked for.
const STRIDE: f64 = 1.5;
/// Least common factor.
const LEAST: f64 = 1.0 / 64.0;
/// Rounds over all teams.
const ROUNDS: usize = 3;

/// The scenario with the least heads that keep its promises, ready to be played.
///
/// `promises` names those that count; all where it is empty. Teams whose roster is given stay as they are. `settings`
/// gives the seed and the first replication of the search.
///
/// # Errors
/// When no heads keep the promises, nobody can be placed, or `stop` was set.
pub fn least_heads(
    scenario: Scenario,
    staffing: &Staffing,
    promises: &[String],
    settings: &Settings,
    stop: &AtomicBool,
) -> Result<Case, StaffingError> {
    let mut search = Search::new(scenario, staffing, promises, settings, stop)?;
    let mut sizes = search.together()?;
    for _ in 0..ROUNDS {
        let before = sizes.clone();
        search.thin(&mut sizes)?;
        search.exchange(&mut sizes)?;
        if sizes == before {
            break;
        }
    }
    search.arrange(&sizes);
    search.place().map_err(StaffingError::Case)?;
    Ok(search.case)
}

/// What heads may fail at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Broken {
    /// A promise.
    Promise(usize),
    /// Work is left lying.
    Work,
    /// Nobody can be placed.
    Rules,
}

/// The answer to a question.
#[derive(Debug, Clone, PartialEq)]
struct Answer {
    /// What is not kept; the first that is found ends the question.
    broken: Option<Broken>,
    /// Mean cost, where all replications were played.
    cost: f64,
}

struct Search<'a> {
    written: Scenario,
    case: Case,
    /// Teams whose size moves.
    teams: Vec<usize>,
    /// Promises that count.
    promises: Vec<usize>,
    staffing: &'a Staffing,
    settings: Settings,
    stop: &'a AtomicBool,
    known: HashMap<Vec<u32>, Answer>,
}

impl<'a> Search<'a> {
    fn new(
        scenario: Scenario,
        staffing: &'a Staffing,
        promises: &[String],
        settings: &Settings,
        stop: &'a AtomicBool,
    ) -> Result<Self, StaffingError> {
        let world =
            world::compile(&scenario).map_err(|e| StaffingError::Case(CaseError::TooLarge(e)))?;
        let counts = |p: &&(usize, &Promise)| promises.is_empty() || promises.contains(&p.1.name);
        let numbered: Vec<(usize, &Promise)> = scenario.promises.iter().enumerate().collect();
        let moves =
            |t: &Team| matches!(t.roster, RosterSource::Fit | RosterSource::Even) && size(t) > 0;
        let teams = scenario.teams.iter().enumerate();
        Ok(Self {
            teams: teams.filter(|(_, t)| moves(t)).map(|(i, _)| i).collect(),
            promises: numbered.iter().filter(counts).map(|p| p.0).collect(),
            case: Case {
                scenario: scenario.clone(),
                world,
                roster: roster::Roster::default(),
            },
            written: scenario,
            staffing,
            settings: *settings,
            stop,
            known: HashMap::new(),
        })
    }

    /// The least common factor on all teams, as sizes.
    fn together(&mut self) -> Result<Vec<u32>, StaffingError> {
        let (mut low, mut high) = if self.keeps(&self.times(1.0))? {
            let mut high = 1.0;
            while high > LEAST && self.keeps(&self.times(high / STRIDE))? {
                high /= STRIDE;
            }
            (high / STRIDE, high)
        } else {
            let mut low = 1.0;
            while !self.keeps(&self.times(low * STRIDE))? {
                low *= STRIDE;
                if low > self.staffing.most {
                    return Err(self.out_of_reach(&self.times(low)));
                }
            }
            (low, low * STRIDE)
        };
        while high / low > CLOSE && self.times(low) != self.times(high) {
            let middle = (low * high).sqrt();
            if self.keeps(&self.times(middle))? {
                high = middle;
            } else {
                low = middle;
            }
        }
        Ok(self.times(high))
    }

    fn out_of_reach(&self, sizes: &[u32]) -> StaffingError {
        let broken = self.known.get(sizes).and_then(|a| a.broken);
        let what = match broken {
            Some(Broken::Promise(p)) => format!("promise {}", self.written.promises[p].name),
            Some(Broken::Work) => "up with the work".to_string(),
            Some(Broken::Rules) | None => "the rules of work".to_string(),
        };
        StaffingError::OutOfReach(what, self.staffing.most)
    }

    /// Takes people away, team by team.
    fn thin(&mut self, sizes: &mut [u32]) -> Result<(), StaffingError> {
        for place in self.dearest_first() {
            if sizes[place] == 0 || self.takes(sizes, place, 0)? {
                continue;
            }
            let mut step = (sizes[place] / 6).max(1);
            loop {
                let fewer = sizes[place].saturating_sub(step);
                if fewer > 0 && self.takes(sizes, place, fewer)? {
                    continue;
                }
                if step == 1 {
                    break;
                }
                step /= 2;
            }
        }
        Ok(())
    }

    /// Sets a team's size if the promises hold.
    fn takes(&mut self, sizes: &mut [u32], place: usize, size: u32) -> Result<bool, StaffingError> {
        let before = std::mem::replace(&mut sizes[place], size);
        let keeps = self.keeps(sizes)?;
        if !keeps {
            sizes[place] = before;
        }
        Ok(keeps)
    }

    /// Moves work from dearer to cheaper teams.
    fn exchange(&mut self, sizes: &mut Vec<u32>) -> Result<(), StaffingError> {
        let order = self.dearest_first();
        for (i, &dear) in order.iter().enumerate() {
            for &cheap in &order[i + 1..] {
                if !self.share_work(dear, cheap) {
                    continue;
                }
                let mut step = (sizes[dear] / 6).max(1);
                while step > 0 && sizes[dear] > 0 && sizes[cheap] > 0 {
                    let mut tried = sizes.clone();
                    tried[dear] = tried[dear].saturating_sub(step);
                    tried[cheap] += step + step.div_ceil(8);
                    let now = self.ask(sizes)?.cost;
                    let then = self.ask(&tried)?;
                    if then.broken.is_none() && then.cost < now {
                        *sizes = tried;
                    } else {
                        step /= 2;
                    }
                }
            }
        }
        Ok(())
    }

    fn share_work(&self, a: usize, b: usize) -> bool {
        let skills = |place: usize| &self.written.teams[self.teams[place]].skills;
        let both = skills(a).iter().zip(skills(b));
        both.into_iter().any(|(x, y)| x.is_some() && y.is_some())
    }

    /// Places of teams by the cost of an hour on queue, the dearest first.
    fn dearest_first(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.teams.len()).collect();
        let cost = |place: usize| hour_on_queue(&self.written, self.teams[place]);
        order.sort_by(|&a, &b| cost(b).total_cmp(&cost(a)).then(a.cmp(&b)));
        order
    }

    /// Sizes as written times a factor, at least one each.
    fn times(&self, factor: f64) -> Vec<u32> {
        let one = |&t: &usize| {
            let size = f64::from(size(&self.written.teams[t])) * factor;
            (size.round() as u32).max(1)
        };
        self.teams.iter().map(one).collect()
    }

    fn keeps(&mut self, sizes: &[u32]) -> Result<bool, StaffingError> {
        Ok(self.ask(sizes)?.broken.is_none())
    }

    /// Plays sizes, unless they were played before.
    fn ask(&mut self, sizes: &[u32]) -> Result<Answer, StaffingError> {
        if let Some(answer) = self.known.get(sizes) {
            return Ok(answer.clone());
        }
        self.arrange(sizes);
        let answer = match self.place() {
            Ok(()) => self.play()?,
            Err(_) => Answer {
                broken: Some(Broken::Rules),
                cost: f64::INFINITY,
            },
        };
        self.known.insert(sizes.to_vec(), answer.clone());
        Ok(answer)
    }

    /// Gives every team its size, and every site seats for it.
    fn arrange(&mut self, sizes: &[u32]) {
        let scenario = &mut self.case.scenario;
        for (&t, &size) in self.teams.iter().zip(sizes) {
            let written: Vec<u32> = self.written.teams[t]
                .heads
                .iter()
                .map(|h| h.count)
                .collect();
            let shares = apportion(size, &written);
            for (heads, count) in scenario.teams[t].heads.iter_mut().zip(shares) {
                heads.count = count;
            }
        }
        for (s, site) in scenario.sites.iter_mut().enumerate() {
            let there =
                |teams: &[Team]| -> u32 { teams.iter().filter(|t| t.site == s).map(size).sum() };
            let (before, now) = (there(&self.written.teams), there(&scenario.teams));
            if let (Some(seats), true) = (self.written.sites[s].seats, before > 0) {
                let scaled = u64::from(seats) * u64::from(now);
                site.seats = Some(scaled.div_ceil(u64::from(before)) as u32);
            }
        }
    }

    fn place(&mut self) -> Result<(), CaseError> {
        self.case.roster = roster::place(&self.case.scenario).map_err(CaseError::NoRoster)?;
        Ok(())
    }

    /// Plays the case until a promise is certainly broken, or all replications.
    fn play(&self) -> Result<Answer, StaffingError> {
        let scenario = &self.case.scenario;
        let mut seen = Collected::new(scenario.channels.len(), scenario.streams.len());
        let all = self.staffing.replications;
        for target in 1..=all {
            if self.stop.load(Ordering::Relaxed) {
                return Err(StaffingError::Interrupted);
            }
            play_up_to(
                &self.case,
                &self.settings,
                target,
                &mut seen,
                &(),
                &mut |_| (),
            );
            if let Some(p) = self.broken(&seen, target, all) {
                return Ok(Answer {
                    broken: Some(Broken::Promise(p)),
                    cost: f64::INFINITY,
                });
            }
        }
        let cost = mean_estimate(&seen.total_cost(), self.settings.confidence);
        let undone = left_lying(scenario, &seen) > LEFT || least_worked(scenario, &seen) < WORKED;
        let broken = undone.then_some(Broken::Work);
        Ok(Answer {
            broken,
            cost: cost.map_or(f64::INFINITY, |e| e.value),
        })
    }

    /// The first promise that cannot be kept any more after `done` of `all` replications.
    fn broken(&self, seen: &Collected, done: u64, all: u64) -> Option<usize> {
        let scenario = &self.case.scenario;
        self.promises.iter().copied().find(|&p| {
            let promise = &scenario.promises[p];
            let samples: Vec<&[(u64, u64)]> =
                seen.promises.iter().map(|r| r[p].as_slice()).collect();
            match promise.hold {
                Some(hold) => {
                    let periods = kept_periods(promise, &samples);
                    let failed: u64 = periods.iter().map(|(kept, judged)| judged - kept).sum();
                    let judged: u64 = periods.iter().map(|p| p.1).sum();
                    let expected = judged as f64 * all as f64 / done as f64;
                    failed as f64 > (ALLOWED * (1.0 - hold) * expected + 1e-9).floor()
                }
                None => falls_short(promise, &samples, done == all),
            }
        })
    }
}

/// By how much what waits at the quietest moment of a week grows from the first whole week after the warm-up to the last, as
/// a share of a week's contacts.
fn left_lying(scenario: &Scenario, seen: &Collected) -> f64 {
    let all = scenario.horizon.intervals();
    let week = (7 * 24 * time::HOUR / scenario.horizon.interval()) as usize;
    let warm = (time::ticks(scenario.warm_up_s) / scenario.horizon.interval()) as usize;
    let weeks = all.saturating_sub(warm) / week.max(1);
    if weeks < 2 {
        return 0.0;
    }
    let waiting = |i: usize| -> u64 { seen.waiting.iter().skip(i).step_by(all).sum() };
    let least = |w: usize| {
        (warm + w * week..warm + (w + 1) * week)
            .map(waiting)
            .min()
            .unwrap_or(0)
    };
    let grown = least(weeks - 1) as f64 - least(0) as f64;
    let offered: u64 = seen.overall.sums.iter().map(|s| s.sums.offered).sum();
    grown / (offered as f64 / weeks as f64).max(1.0)
}

/// The least share, over tiers, of the contacts handed to a tier that were worked there; 1 where nothing is handed on.
fn least_worked(scenario: &Scenario, seen: &Collected) -> f64 {
    let tiers = scenario.tiers.len();
    let flow = |from: usize, column: usize| seen.moved(tiers, from, column);
    let share = |tier: usize| {
        let handed: u64 = (0..tiers)
            .filter(|&from| from != tier)
            .map(|from| flow(from, tier))
            .sum();
        let worked: u64 = (0..tiers + FLOW_ENDS)
            .map(|column| flow(tier, column))
            .sum();
        worked as f64 / handed.max(1) as f64
    };
    let handed_to = |&tier: &usize| (0..tiers).any(|from| from != tier && flow(from, tier) > 0);
    (1..tiers).filter(handed_to).map(share).fold(1.0, f64::min)
}

/// Whether the value of a promise lies below its share: clearly so far, or by less than a standard error above it at
/// the end.
fn falls_short(promise: &Promise, samples: &[&[(u64, u64)]], end: bool) -> bool {
    let Some(values) = linearised(&totals(samples)) else {
        return false;
    };
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
    let error = (squares / (n * (n - 1.0)).max(1.0)).sqrt();
    if end {
        mean - error < promise.share
    } else {
        n >= 3.0 && mean + 4.0 * error < promise.share
    }
}

/// People of a team.
fn size(team: &Team) -> u32 {
    team.heads.iter().map(|h| h.count).sum()
}

/// What an hour on queue of a team costs, about.
fn hour_on_queue(scenario: &Scenario, t: usize) -> f64 {
    let team = &scenario.teams[t];
    let heads = f64::from(size(team));
    let hours = roster::weekly_hours(scenario, team);
    let share = team.shrinkage.on_queue_share().max(0.05);
    let weeks_a_month = 365.25 / 7.0 / 12.0;
    let per_head = team.cost_per_head_month() / weeks_a_month * heads;
    let pay = match team.vendor {
        Some(v) => scenario.vendors[v].price * hours,
        None => scenario.hourly_pay(t).0 * hours,
    };
    (pay + per_head) / (hours * share).max(1e-9)
}

/// A number of people split like `written`, by largest remainders.
fn apportion(total: u32, written: &[u32]) -> Vec<u32> {
    let sum: u64 = written.iter().map(|&n| u64::from(n)).sum();
    if sum == 0 {
        return written.to_vec();
    }
    let exact = |n: u32| u64::from(n) * u64::from(total);
    let mut shares: Vec<u32> = written.iter().map(|&n| (exact(n) / sum) as u32).collect();
    let mut order: Vec<usize> = (0..written.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(exact(written[i]) % sum), i));
    let left = total - shares.iter().sum::<u32>();
    for &i in order.iter().take(left as usize) {
        shares[i] += 1;
    }
    shares
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const SMALL: &str = "tests/cli/small.toml";

    fn found(changes: &[(&str, &str)], promises: &[&str]) -> Result<Case, StaffingError> {
        let changes: Vec<(String, String)> = changes
            .iter()
            .map(|(p, v)| ((*p).to_string(), (*v).to_string()))
            .collect();
        let scenario = crate::scenario::load_with(SMALL.as_ref(), &changes).unwrap();
        let promises: Vec<String> = promises.iter().map(|p| (*p).to_string()).collect();
        let settings = Settings::default();
        let stop = AtomicBool::new(false);
        least_heads(scenario, &Staffing::default(), &promises, &settings, &stop)
    }

    fn heads(case: &Case) -> u32 {
        case.scenario.teams.iter().map(size).sum()
    }

    #[test]
    fn heads_are_split_as_written() {
        assert_eq!(apportion(10, &[60, 12]), [8, 2]);
        assert_eq!(apportion(1, &[60, 12]), [1, 0]);
        assert_eq!(apportion(7, &[1, 1]), [4, 3]);
        assert_eq!(apportion(0, &[4, 3]), [0, 0]);
    }

    #[test]
    fn one_person_fewer_would_break_the_promise() {
        let least = heads(&found(&[], &[]).unwrap());
        // Wherever it starts from, it ends with as many.
        for start in ["1", "30"] {
            let other = found(&[("team.desk.heads.full", start)], &["phone"]).unwrap();
            assert_eq!(heads(&other), least, "from {start}");
        }
        let missed = |count: u32| {
            let count = count.to_string();
            let changes = [("team.desk.heads.full".to_string(), count)];
            let scenario = crate::scenario::load_with(SMALL.as_ref(), &changes).unwrap();
            let case = Case::new(scenario).unwrap();
            let settings = Settings {
                replications: 40,
                first: FRESH,
                ..Settings::default()
            };
            let outcome = crate::experiment::replicate(&case, &settings, &());
            outcome.promises[0].met_probability.unwrap().value
        };
        assert!(missed(least) >= 0.9 && missed(least - 1) < 0.97);
    }

    #[test]
    fn twice_the_callers_need_fewer_than_twice_the_people() {
        let once = heads(&found(&[], &[]).unwrap());
        let twice = heads(&found(&[("topic.orders.per_week", "2600")], &[]).unwrap());
        assert!(twice > once && twice < 2 * once, "{once} and {twice}");
    }

    #[test]
    fn nobody_saves_a_tier_that_no_promise_is_about() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("two-tiers.toml");
        let base = std::fs::canonicalize(SMALL).unwrap();
        let text = format!(
            r#"base = "{}"
            [tier.2]
            handle = "20m"
            ends   = {{ resolved = "100%" }}
            [team.second]
            like = "desk"
            tier = 2
            [set]
            length = "4 weeks"
            "topic.orders.ends" = {{ resolved = "70%", tier2 = "30%" }}
            "#,
            base.display()
        );
        std::fs::write(&path, text).unwrap();
        let scenario = crate::scenario::load(&path).unwrap_or_else(|d| panic!("{:?}", d.items));
        let (staffing, stop) = (Staffing::default(), AtomicBool::new(false));
        let case = least_heads(scenario, &staffing, &[], &Settings::default(), &stop).unwrap();
        // Half of 390 escalations of 20 minutes a week are 65 hours: more than one person's 37.5.
        assert!(size(&case.scenario.teams[1]) >= 2);
    }

    #[test]
    fn what_nobody_can_keep_is_said() {
        let within = "\"80% of phone within 20s\"";
        let never = within.replace("80%", "99.99%").replace("20s", "1s");
        let error = found(
            &[
                ("promise.phone.target", &never),
                ("channel.phone.open", "\"24/7\""),
            ],
            &[],
        );
        let text = error.err().unwrap().to_string();
        assert!(text.contains("do not keep promise phone"), "{text}");
    }
}
