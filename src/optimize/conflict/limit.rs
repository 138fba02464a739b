//! The rules that can clash, and how each is relaxed step by step.
//!
//! A step is the smallest change a planner would make: a head, half an hour, a point of a share. At its last step a rule
//! is let go of altogether.

use super::trial::Trial;
use crate::optimize::problem::Problem;
use crate::scenario::model::{KeepMeasure, LeverTarget, Scenario, ShiftTemplate};
use jiff::civil::Weekday;

/// Most heads, seats or half per cents that a rule is relaxed by before it is let go of.
const MOST: u32 = 1000;
/// Minutes of a step of rest and of working time.
const HALF_HOUR: u32 = 30;
/// Minutes of a day.
const DAY: u32 = 24 * 60;
/// Step of a share of weekends.
pub const WEEKENDS: f64 = 0.05;
/// Step of a budget, as a share of it.
pub const BUDGET: f64 = 0.005;

/// A rule of the scenario that may be part of a clash; indexes are the scenario's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// A promise's target.
    Promise(usize),
    /// A bound of `keep` on occupancy or money.
    Keep(usize),
    /// People at work at least.
    Minimum(usize),
    /// Most heads: a lever.
    Most(usize),
    /// Fewest heads: a lever.
    Fewest(usize),
    /// Seats of a site.
    Seats(usize),
    /// Latest start of a shift template.
    Latest(usize),
    /// Earliest start of a shift template.
    Earliest(usize),
    /// Weekdays of a shift template.
    Days(usize),
    /// Opening hours of a channel that no shift reaches.
    Open(usize),
    /// Hours a week of a contract.
    Hours(usize),
    /// Days a week of a contract.
    DaysPerWeek(usize),
    /// Days in a row of a contract.
    DaysInARow(usize),
    /// Rest between two shifts of a contract.
    Rest(usize),
    /// Working time of a day of a contract.
    DayMax(usize),
    /// Starts in a week near each other.
    StartBand(usize),
    /// Share of weekends of a contract.
    Weekends(usize),
}

/// The rules that bound a plan, those first that a planner would name first.
#[must_use]
pub fn limits(problem: &Problem) -> Vec<Limit> {
    let scenario = problem.scenario;
    let planned = |t: &usize| problem.staffing.planned[*t];
    let teams: Vec<usize> = (0..scenario.teams.len()).filter(planned).collect();
    let mut all = Vec::new();
    let budget = |measure: &KeepMeasure| *measure == KeepMeasure::Budget;
    for (k, keep) in scenario.decide.keep.iter().enumerate() {
        let held = match keep.measure {
            KeepMeasure::Occupancy(team, _) => teams.contains(&team),
            KeepMeasure::Budget => problem.budget.is_some(),
            // What goes to vendors is decided before.
            KeepMeasure::VendorShare(_) => false,
        };
        all.extend(held.then_some(Limit::Keep(k)));
    }
    all.extend(problem.minimums.iter().map(|m| Limit::Minimum(m.index)));
    let limited = scenario.decide.keep.iter().any(|k| budget(&k.measure));
    let levers = scenario.decide.levers.iter().enumerate();
    let heads: Vec<usize> = levers
        .filter(|(_, l)| matches!(l.target, LeverTarget::Heads(team, _) if teams.contains(&team)))
        .map(|(l, _)| l)
        .collect();
    let floor = |l: &&usize| {
        let lever = &scenario.decide.levers[**l];
        limited && lever.from > 0.0 && lever.or != Some(0.0)
    };
    all.extend(heads.iter().filter(floor).map(|&l| Limit::Fewest(l)));
    all.extend((0..scenario.promises.len()).map(Limit::Promise));
    all.extend(heads.into_iter().map(Limit::Most));
    let mut sites: Vec<usize> = teams.iter().map(|&t| scenario.teams[t].site).collect();
    sites.sort_unstable();
    sites.dedup();
    sites.retain(|&s| scenario.sites[s].seats.is_some());
    all.extend(sites.into_iter().map(Limit::Seats));
    let mut shifts: Vec<usize> = teams
        .iter()
        .flat_map(|&t| scenario.teams[t].shifts.clone())
        .collect();
    shifts.sort_unstable();
    shifts.dedup();
    for s in shifts {
        all.extend([Limit::Latest(s), Limit::Earliest(s)]);
        let days = scenario.shifts[s].days.len();
        all.extend((1..7).contains(&days).then_some(Limit::Days(s)));
    }
    all.extend((0..scenario.channels.len()).map(Limit::Open));
    let mut contracts: Vec<usize> = teams
        .iter()
        .flat_map(|&t| scenario.teams[t].heads.iter().filter_map(|h| h.contract))
        .collect();
    contracts.sort_unstable();
    contracts.dedup();
    for c in contracts {
        all.extend([
            Limit::Hours(c),
            Limit::DaysPerWeek(c),
            Limit::DaysInARow(c),
            Limit::Rest(c),
            Limit::DayMax(c),
            Limit::StartBand(c),
            Limit::Weekends(c),
        ]);
    }
    all.retain(|l| l.steps(problem) > 0);
    all
}

/// Minutes between two starts of a template.
#[must_use]
pub fn start_step(shift: &ShiftTemplate) -> u32 {
    let starts = shift.starts_min.windows(2);
    starts.map(|w| w[1] - w[0]).min().unwrap_or(HALF_HOUR)
}

/// Weekdays that a template lacks: each alone, the weekend, all.
#[must_use]
pub fn more_days(shift: &ShiftTemplate) -> Vec<Vec<Weekday>> {
    let week = (0..7).filter_map(|d| Weekday::from_monday_zero_offset(d).ok());
    let missing: Vec<Weekday> = week.filter(|d| !shift.days.contains(d)).collect();
    let mut sets: Vec<Vec<Weekday>> = missing.iter().map(|&d| vec![d]).collect();
    let weekend: Vec<Weekday> = missing
        .iter()
        .copied()
        .filter(|&d| crate::roster::weekend(d))
        .collect();
    sets.extend([weekend, missing]);
    sets.dedup();
    sets.retain(|s| !s.is_empty());
    sets
}

impl Limit {
    /// Steps until it is let go of; none where there is nothing to let go of.
    #[must_use]
    pub fn steps(self, problem: &Problem) -> u32 {
        let scenario = problem.scenario;
        let rules = |c: usize| &scenario.contracts[c].rules;
        let half_hours = |s: f64| (s / 1800.0).max(0.0).ceil() as u32;
        let shift = |s: usize| {
            let shift = &scenario.shifts[s];
            let starts = &shift.starts_min;
            let (first, last) = (starts.first().copied(), starts.last().copied());
            (first.unwrap_or(0), last.unwrap_or(0), start_step(shift))
        };
        match self {
            Limit::Promise(_) => 100,
            Limit::Keep(_) | Limit::Most(_) => MOST,
            Limit::Minimum(m) => scenario.decide.minimums[m].people,
            Limit::Fewest(l) => scenario.decide.levers[l].from as u32,
            Limit::Seats(_) => MOST,
            Limit::Latest(s) => {
                // Nobody begins when all channels are closed.
                let (_, last, step) = shift(s);
                let later = scenario.eras.iter().flat_map(|e| &e.channels);
                let spans = scenario.channels.iter().chain(later);
                let spans = spans.flat_map(|c| &c.open.spans);
                let closes = spans.map(|s| u32::from(s.to)).max().unwrap_or(DAY).min(DAY);
                (closes.saturating_sub(step)).saturating_sub(last) / step
            }
            Limit::Earliest(s) => {
                let (first, _, step) = shift(s);
                first / step
            }
            Limit::Days(s) => more_days(&scenario.shifts[s]).len() as u32,
            Limit::Open(c) => super::opening::unreached(problem, c).most(),
            Limit::Hours(c) => ((168.0 - scenario.contracts[c].hours_per_week) * 2.0) as u32,
            Limit::DaysPerWeek(c) => 7u32.saturating_sub(rules(c).days_per_week),
            Limit::DaysInARow(c) => 7u32.saturating_sub(rules(c).days_in_a_row),
            Limit::Rest(c) => half_hours(rules(c).rest_s),
            Limit::DayMax(c) => half_hours(86_400.0 - rules(c).day_max_s),
            Limit::StartBand(c) => rules(c)
                .start_band_s
                .map_or(0, |band| half_hours(43_200.0 - band).max(1)),
            Limit::Weekends(c) => ((1.0 - rules(c).weekend_share) / WEEKENDS).ceil() as u32,
        }
    }

    /// The contract whose rule it is.
    #[must_use]
    pub fn contract(self) -> Option<usize> {
        match self {
            Limit::Hours(c)
            | Limit::DaysPerWeek(c)
            | Limit::DaysInARow(c)
            | Limit::Rest(c)
            | Limit::DayMax(c)
            | Limit::StartBand(c)
            | Limit::Weekends(c) => Some(c),
            _ => None,
        }
    }

    /// Whether a relaxation by one more step never forbids what one less allows.
    #[must_use]
    pub fn ordered(self) -> bool {
        !matches!(self, Limit::Days(_))
    }

    /// Relaxes it by some steps; by the last it is let go of.
    pub fn relax(self, problem: &Problem, trial: &mut Trial, steps: u32) {
        let gone = steps >= self.steps(problem);
        let n = f64::from(steps);
        let scenario: &mut Scenario = &mut trial.scenario;
        match self {
            Limit::Promise(p) => {
                let aim = trial.aim[p] - 0.01 * n;
                trial.aim[p] = if gone { 0.0 } else { aim.max(0.0) };
                let share = &mut scenario.promises[p].share;
                *share = if gone {
                    0.0
                } else {
                    (*share - 0.01 * n).max(0.0)
                };
            }
            Limit::Keep(k) => {
                let keep = &mut scenario.decide.keep[k];
                if keep.measure == KeepMeasure::Budget {
                    let more = keep.at_most * BUDGET * n * trial.months;
                    trial.budget = trial.budget.filter(|_| !gone).map(|b| b + more);
                } else {
                    keep.at_most = if gone { 1e9 } else { keep.at_most + 0.01 * n };
                }
            }
            Limit::Minimum(m) => {
                let people = &mut scenario.decide.minimums[m].people;
                *people = people.saturating_sub(steps);
            }
            Limit::Most(l) => {
                let lever = &mut scenario.decide.levers[l];
                lever.to = if gone { 1e6 } else { lever.to + n };
            }
            Limit::Fewest(l) => scenario.decide.levers[l].from -= n,
            Limit::Seats(s) => {
                let seats = &mut scenario.sites[s].seats;
                *seats = seats.filter(|_| !gone).map(|there| there + steps);
            }
            Limit::Latest(s) => {
                let shift = &mut scenario.shifts[s];
                let step = start_step(&problem.scenario.shifts[s]);
                let last = problem.scenario.shifts[s].starts_min.last().copied();
                let later = (1..=steps).map(|k| last.unwrap_or(0) + k * step);
                shift.starts_min.extend(later);
            }
            Limit::Earliest(s) => {
                let step = start_step(&problem.scenario.shifts[s]);
                let first = problem.scenario.shifts[s].starts_min.first().copied();
                let earlier = (1..=steps).map(|k| first.unwrap_or(0) - k * step);
                let shift = &mut scenario.shifts[s];
                shift.starts_min.splice(0..0, earlier.rev());
                // Where both ends move, a day has each start once.
                let mut seen = Vec::new();
                shift.starts_min.retain(|m| {
                    let new = !seen.contains(&(m % DAY));
                    seen.push(m % DAY);
                    new
                });
            }
            Limit::Days(s) => {
                let sets = more_days(&problem.scenario.shifts[s]);
                let more = (steps as usize).checked_sub(1).and_then(|i| sets.get(i));
                scenario.shifts[s].days.extend(more.into_iter().flatten());
            }
            Limit::Open(c) => trial.closed.push((c, steps)),
            Limit::Hours(c) => {
                let contract = &mut scenario.contracts[c];
                let before = contract.hours_per_week;
                contract.hours_per_week += 0.5 * n;
                // More hours cost more; hours without bound are not to cost without bound.
                if gone {
                    let factor = before / contract.hours_per_week;
                    contract.pay.per_paid_hour *= factor;
                    for era in &mut scenario.eras {
                        era.pay[c].per_paid_hour *= factor;
                    }
                }
            }
            Limit::DaysPerWeek(c) => scenario.contracts[c].rules.days_per_week += steps,
            Limit::DaysInARow(c) => scenario.contracts[c].rules.days_in_a_row += steps,
            Limit::Rest(c) => {
                let rest = &mut scenario.contracts[c].rules.rest_s;
                *rest = (*rest - 1800.0 * n).max(0.0);
            }
            Limit::DayMax(c) => {
                let day = &mut scenario.contracts[c].rules.day_max_s;
                *day = (*day + 1800.0 * n).min(86_400.0);
            }
            Limit::StartBand(c) => {
                let band = &mut scenario.contracts[c].rules.start_band_s;
                *band = band.filter(|_| !gone).map(|b| b + 1800.0 * n);
            }
            Limit::Weekends(c) => {
                let share = &mut scenario.contracts[c].rules.weekend_share;
                *share = (*share + WEEKENDS * n).min(1.0);
            }
        }
    }
}
