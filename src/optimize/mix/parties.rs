//! Teams and vendors as a mix sees them: hours of a head, money of a head, and the waiting that live work needs.
//!
//! *Waiting.* Agents who answer at once must often wait for contacts. How many on-queue hours a pool needs is read off
//! its service curves at all of its load and at half of it; the line through the two (a base and a slope) stands for
//! everything between. *Fit.* Shifts never lie exactly where they are needed: the linear model of the roster says how
//! many on-queue hours its shifts bring for each hour that is needed, and heads count for so much less.

use super::instance::{Entry, MONTH_WEEKS, Party, Tariff, VendorTerms};
use super::newcomers::Hire;
use super::penalty::Penalty;
use crate::optimize::columns::{on_queue, present};
use crate::optimize::curve::Curve;
use crate::optimize::employment::{shows_up, there, weekly_hours};
use crate::optimize::formula::{agents, weekly};
use crate::optimize::model::{Scope, build};
use crate::optimize::problem::{Problem, UNPROMISED_OCCUPANCY};
use crate::roster::{FTE_HOURS, paid_hours, working_hours};
use crate::scenario::model::{
    BandsPrice, Heads, KeepMeasure, LeverTarget, Population, PriceUnit, Scenario, Team, Vendor,
};
use crate::solve::{Fault, Options};

/// What shifts bring for each hour needed lies between these, however odd the reference is.
const FITS: (f64, f64) = (0.8, 2.0);
/// Days of a month.
const MONTH_DAYS: f64 = 7.0 * MONTH_WEEKS;

/// Teams in the order of the scenario; `problem` is a reference in which every party has work.
///
/// # Errors
/// When the solver fails.
pub fn parties(
    scenario: &Scenario,
    problem: &Problem,
    options: &Options,
) -> Result<Vec<Party>, Fault> {
    let fits = fits(problem, options)?;
    let waiting: Vec<(f64, f64)> = (0..problem.demand.pools.len())
        .map(|p| waiting(problem, p))
        .collect();
    let one = |(t, team): (usize, &Team)| {
        let pool = problem.demand.pool_of[t];
        let people = |t: usize| -> f64 {
            let heads = &problem.scenario.teams[t].heads;
            heads.iter().map(|h| f64::from(h.count)).sum()
        };
        let all: f64 = problem.demand.pools[pool]
            .teams
            .iter()
            .map(|&t| people(t))
            .sum();
        let (slope, base) = waiting[pool];
        Party {
            name: team.name.clone(),
            vendor: team.vendor,
            entries: (0..team.heads.len())
                .map(|h| entry(scenario, t, h, fits[pool]))
                .collect(),
            base_h: if all > 0.0 {
                base * people(t) / all
            } else {
                0.0
            },
            slope,
            own_promise: own_promise(problem, (t, pool), people(t) / all.max(1.0)),
            occupancy: occupancy(scenario, t),
            unlimited: team.vendor.is_some_and(|v| scenario.vendors[v].unlimited),
        }
    };
    Ok(scenario.teams.iter().enumerate().map(one).collect())
}

/// `keep` on a team's occupancy; else all of its time.
fn occupancy(scenario: &Scenario, team: usize) -> f64 {
    let keep = scenario
        .decide
        .keep
        .iter()
        .filter(|k| matches!(k.measure, KeepMeasure::Occupancy(t, _) if t == team));
    keep.map(|k| k.at_most).fold(1.0, f64::min).max(1e-3)
}

fn entry(scenario: &Scenario, t: usize, h: usize, fit: f64) -> Entry {
    let team = &scenario.teams[t];
    let heads: &Heads = &team.heads[h];
    let today = f64::from(heads.count);
    let lever = scenario
        .decide
        .levers
        .iter()
        .find(|l| l.target == LeverTarget::Heads(t, h));
    let contract = heads.contract.map(|c| &scenario.contracts[c]);
    let paid = weekly_hours(scenario, heads.contract) * MONTH_WEEKS;
    // A freelancer counts as somebody who works all hours of the contract that they turn up for.
    let at_work = there(scenario, team, heads.contract) * shows_up(contract);
    let hours = paid * at_work * productive(scenario, team) * on_queue(team) / fit;
    let hour = heads.contract.map_or(0.0, |c| scenario.mean_pay(c));
    let pay = hour * shows_up(contract);
    Entry {
        from: lever.map_or(today, |l| l.from),
        to: lever.map_or(today, |l| l.to),
        or_none: lever.map_or(today == 0.0, |l| l.or == Some(0.0) || l.from == 0.0),
        today,
        hours,
        cost: pay * paid + scenario.cost_per_head_month(t),
        overtime: contract.map_or(0.0, |c| {
            pay * c.pay.overtime_factor / (productive(scenario, team) * on_queue(team)).max(1e-9)
        }),
        hire: if team.vendor.is_some() {
            Hire::AT_ONCE
        } else {
            hire(team)
        },
    }
}

/// How own people come: by the team's time to hire, its ceiling and its class.
fn hire(team: &Team) -> Hire {
    let hiring = team.workforce.hiring;
    let class = team.workforce.class;
    let stays = 1.0 - class.map_or(0.0, |c| c.drop_out);
    let months = |s: f64| s / (MONTH_DAYS * 86_400.0);
    Hire {
        lead: months(hiring.lead_s),
        class: months(class.map_or(0.0, |c| c.length_s)),
        most: hiring.most_per_week * MONTH_WEEKS,
        once: (hiring.cost + class.map_or(0.0, |c| c.cost)) / stays.max(0.01),
    }
}

/// Base and slope of on-queue hours with which a vendor's team keeps the vendor's own promise, for its part of the pool.
fn own_promise(problem: &Problem, (team, pool): (usize, usize), part: f64) -> (f64, f64) {
    let scenario = problem.scenario;
    let vendor = scenario.teams[team].vendor.map(|v| &scenario.vendors[v]);
    let Some(promise) = vendor.and_then(|v| v.promise) else {
        return (0.0, 0.0);
    };
    let demand = &problem.demand.pools[pool];
    let cv = if demand.busy {
        scenario.busyness.cv
    } else {
        0.0
    };
    let of = Population::Answered;
    let curve = |abandons| Curve::new(demand.handle_s, abandons, promise.within_s, of, cv);
    let curves: Vec<Curve> = demand.queues.iter().map(|q| curve(q.abandons)).collect();
    let at = |q: usize| (&curves[q], promise.share);
    let (slope, base) = line(problem, pool, &at);
    (base * part, slope)
}

/// Hours that are not breaks per paid hour, over a team's shifts.
fn productive(scenario: &Scenario, team: &Team) -> f64 {
    let (mut paid, mut worked) = (0.0, 0.0);
    for &shift in &team.shifts {
        let shift = &scenario.shifts[shift];
        for &length in &shift.lengths_min {
            paid += paid_hours(shift, length);
            worked += working_hours(shift, length);
        }
    }
    if paid > 0.0 { worked / paid } else { 1.0 }
}

/// Slope and base of on-queue hours a month against hours of live work, for our own promises.
fn waiting(problem: &Problem, p: usize) -> (f64, f64) {
    let queues = &problem.demand.pools[p].queues;
    let at = |q: usize| {
        let share = problem.scenario.promises[queues[q].promise].share;
        (&problem.curves[p][q], share)
    };
    line(problem, p, &at)
}

/// Slope and base of on-queue hours a month against hours of live work; `promised` has a queue's curve and share.
fn line<'a>(
    problem: &Problem,
    p: usize,
    promised: &dyn Fn(usize) -> (&'a Curve, f64),
) -> (f64, f64) {
    let pool = &problem.demand.pools[p];
    let live = weekly_h(problem, &pool.load) * MONTH_WEEKS;
    if live <= 0.0 {
        return (1.0, 0.0);
    }
    if pool.queues.is_empty() {
        return (1.0 / UNPROMISED_OCCUPANCY, 0.0);
    }
    let at = |factor: f64| {
        let agents = agents(problem, p, factor, promised);
        weekly_h(problem, &agents) * MONTH_WEEKS
    };
    let (all, half) = (at(1.0), at(0.5));
    let slope = ((all - half) / (0.5 * live)).max(1.0);
    (slope, (all - slope * live).max(0.0))
}

/// Agent-hours of a mean week of agents per cell.
fn weekly_h(problem: &Problem, cells: &[f64]) -> f64 {
    weekly(problem, cells) * problem.grid.step_s() / 3600.0
}

/// Per pool: on-queue hours of the linear model's roster per hour needed.
fn fits(problem: &Problem, options: &Options) -> Result<Vec<f64>, Fault> {
    let scope = Scope {
        lying: false,
        ..Scope::all(problem)
    };
    let built = build(problem, &problem.untuned(), &scope);
    let solution = crate::optimize::generate::solve(problem, &built, options)?;
    if !solution.found() {
        return Err(Fault("the linear model of the roster has no answer".into()));
    }
    let cover = problem.cover(&built.x(problem, &solution));
    let fit = |p: usize| {
        let pool = &problem.demand.pools[p];
        let deferred: f64 = pool
            .flows
            .iter()
            .map(|f| weekly_h(problem, &f.arriving))
            .sum();
        let live = weekly_h(problem, &pool.load);
        let (slope, base) = waiting(problem, p);
        let need = (slope * live + base / MONTH_WEEKS).max(live + deferred);
        if need > 0.0 {
            (weekly_h(problem, &cover[p]) / need).clamp(FITS.0, FITS.1)
        } else {
            1.0
        }
    };
    Ok((0..problem.demand.pools.len()).map(fit).collect())
}

/// Contracts with vendors.
#[must_use]
pub fn vendors(scenario: &Scenario) -> Vec<VendorTerms> {
    let one = |(v, vendor): (usize, &Vendor)| {
        let teams: Vec<&Team> = scenario
            .teams
            .iter()
            .filter(|t| t.vendor == Some(v))
            .collect();
        let today: u32 = teams.iter().flat_map(|t| &t.heads).map(|h| h.count).sum();
        let billed = |team: &Team| {
            let per_paid = match vendor.per {
                PriceUnit::ScheduledHour => elapsed(scenario, team),
                _ => present(team),
            };
            FTE_HOURS * MONTH_WEEKS * (1.0 - team.shrinkage.leave) * per_paid
        };
        let hours: f64 = teams.iter().map(|t| billed(t)).sum();
        let (weeks, price) = vendor.training.unwrap_or((0.0, 0.0));
        let lock = vendor.forecast.map_or(0.0, |f| f.0 / MONTH_WEEKS);
        let notice = vendor.ramp.map_or(0.0, |r| r.notice_days / MONTH_DAYS);
        VendorTerms {
            name: vendor.name.clone(),
            tariff: tariff(vendor),
            all_units: vendor.bands_price == BandsPrice::AllUnits,
            per: vendor.per,
            minimum: match (vendor.minimum, vendor.per) {
                (None, _) => vendor.minimum_units,
                (Some((seats, hours)), PriceUnit::FteMonth) => seats * hours / FTE_HOURS,
                (Some((seats, hours)), _) => seats * hours * MONTH_WEEKS,
            },
            head_h: hours / teams.len().max(1) as f64,
            setup: vendor.setup,
            training: (weeks * FTE_HOURS * price, weeks / MONTH_WEEKS),
            ramp: vendor
                .ramp
                .map(|r| (r.up_per_week * MONTH_WEEKS, r.down_per_week * MONTH_WEEKS)),
            fixed: (lock, notice),
            band: vendor.forecast.map(|f| f.1),
            manage: vendor.manage_per_month,
            penalty: vendor.promise.map(|p| Penalty {
                pays: p.pays,
                void: Vec::new(),
            }),
            used_today: today > 0 || vendor.unlimited,
        }
    };
    scenario.vendors.iter().enumerate().map(one).collect()
}

/// A vendor's price and its bands of volume.
fn tariff(vendor: &Vendor) -> Vec<Tariff> {
    let base = Tariff {
        above: 0.0,
        price: vendor.price,
    };
    let bands = vendor.bands.iter().map(|b| Tariff {
        above: b.above,
        price: b.price,
    });
    std::iter::once(base).chain(bands).collect()
}

/// Elapsed hours of a shift per paid hour.
fn elapsed(scenario: &Scenario, team: &Team) -> f64 {
    let (mut paid, mut all) = (0.0, 0.0);
    for &shift in &team.shifts {
        let shift = &scenario.shifts[shift];
        for &length in &shift.lengths_min {
            paid += paid_hours(shift, length);
            all += f64::from(length) / 60.0;
        }
    }
    if paid > 0.0 { all / paid } else { 1.0 }
}
