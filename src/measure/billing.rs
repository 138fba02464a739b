//! What vendors bill, by calendar month: units, minimum, price bands, and what they pay back for a missed promise.
//!
//! A month's bill is `price(max(units, minimum))`, where the price may fall in bands of monthly volume. Thresholds and
//! minimum of a month that the horizon holds only in part count in proportion to its length. A vendor that missed its
//! promise in a month pays a share of that month's bill back, unless the month's first contacts on the streams it
//! serves lay outside the band around the forecast (the demand's expected volume): then its promise was void.
//!
//! `[vendor.*] price, per, minimum, bands, bands_price, setup, ramp, training, forecast, promise, manage`: `per` is a
//! logged-in or scheduled hour, a handled minute, a contact, a resolved contact or an FTE month, and is always said. Nothing
//! of it has a default.
//!
//! ```
//! let text = r#"
//! [vendor.bpo]
//! price   = "EUR 3/contact"
//! per     = "contact"
//! minimum = { units = 9_000 }
//! bands   = [{ above = 20_000, price = "EUR 2.50/contact" }]
//! [promise.phone]
//! penalty = "EUR 2_000"            # we pay for each week in which it is missed
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/enterprise/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled enterprise.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let vendor = &scenario.vendors[0];
//! assert_eq!((vendor.price, vendor.bands.len()), (3.0, 1));
//! assert!(scenario.promises.iter().any(|p| p.penalty == 2000.0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::cost::{WEEK_S, hours};
use crate::roster::{FTE_HOURS, Roster};
use crate::scenario::arrivals;
use crate::scenario::model::{Band, BandsPrice, PriceUnit, Scenario, Vendor};
use crate::sim::{Ledger, TeamSums};
use crate::stats::unordered_sum;
use crate::time::{self, MONTH_S, Tick, seconds};

/// What a vendor billed over a horizon.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bill {
    /// Units used, as its contract counts them.
    pub units: f64,
    /// Units billed: at least the minimum of every month.
    pub billed: f64,
    /// Money billed.
    pub amount: f64,
    /// Money it pays back for missed promises.
    pub paid_back: f64,
    /// Months whose promise was judged.
    pub judged: u32,
    /// Of these, missed.
    pub missed: u32,
    /// Months whose promise was void, because the volume lay outside the forecast's band.
    pub void: u32,
}

/// What a vendor billed for a month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct MonthBill {
    /// The month, the warm-up cut off.
    pub from: Tick,
    /// Its end.
    pub to: Tick,
    units: f64,
    billed: f64,
    /// Money billed.
    pub amount: f64,
    /// Money paid back for a missed promise.
    pub paid_back: f64,
    kept: Option<Kept>,
}

/// A calendar month of the horizon, the warm-up cut off.
struct Month {
    from: Tick,
    to: Tick,
    /// Share of a whole month it stands for.
    part: f64,
}

/// What a vendor bills over the counted part of the horizon; `None` where it is not used at all.
#[must_use]
pub fn bill(scenario: &Scenario, roster: &Roster, ledger: &Ledger, vendor: usize) -> Option<Bill> {
    let mut bill = Bill::default();
    for month in month_bills(scenario, roster, ledger, vendor)? {
        bill.units += month.units;
        bill.billed += month.billed;
        bill.amount += month.amount;
        match month.kept {
            Some(Kept::Void) => bill.void += 1,
            Some(Kept::Yes) => bill.judged += 1,
            Some(Kept::No) => {
                bill.judged += 1;
                bill.missed += 1;
                bill.paid_back += month.paid_back;
            }
            None => {}
        }
    }
    Some(bill)
}

/// The same month by month.
pub(super) fn month_bills(
    scenario: &Scenario,
    roster: &Roster,
    ledger: &Ledger,
    vendor: usize,
) -> Option<Vec<MonthBill>> {
    let contract = &scenario.vendors[vendor];
    let teams: Vec<usize> = (0..scenario.teams.len())
        .filter(|&t| scenario.teams[t].vendor == Some(vendor))
        .collect();
    let used = |&t: &usize| {
        let team = &roster.teams[t];
        contract.unlimited
            || !team.positions.is_empty()
            || team.heads > 0.0
            || !team.on_call.is_empty()
    };
    if !teams.iter().any(used) {
        return None;
    }
    // Where people come and go the ledger notes duties as they begin, and heads as they are.
    let moving = teams.iter().any(|&t| roster.teams[t].moves());
    let prices = scenario.vendor_price(vendor);
    let mut bills = Vec::new();
    let (mut before, mut called_before) = (0.0, 0.0);
    for (m, month) in months(scenario).iter().enumerate() {
        let so_far = sums_at(ledger, scenario.teams.len(), m);
        let total = teams.iter().fold(TeamSums::default(), |mut sum, &t| {
            sum += &so_far[t];
            sum
        });
        let units = match contract.per {
            PriceUnit::FteMonth if moving => {
                let per_place = |t: usize| {
                    let team = &roster.teams[t];
                    team.fte / team.positions.len().max(1) as f64
                };
                let worked = |&t: &usize| per_place(t) * seconds(so_far[t].working);
                let all = unordered_sum(teams.iter().map(worked)) / MONTH_S;
                all - std::mem::replace(&mut before, all)
            }
            PriceUnit::ScheduledHour if moving => {
                let all = hours(total.scheduled);
                all - std::mem::replace(&mut before, all)
            }
            PriceUnit::FteMonth => {
                let fte = |&t: &usize| fte_s(scenario, roster, t, month);
                unordered_sum(teams.iter().map(fte)) / MONTH_S
            }
            // As planned: the ledger notes a duty when it is next, which may be months before it begins.
            PriceUnit::ScheduledHour => {
                let ticks = teams.iter().map(|&t| scheduled(scenario, roster, t, month));
                hours(ticks.sum())
            }
            _ => {
                let all = counted_units(contract.per, &total);
                all - std::mem::replace(&mut before, all)
            }
        };
        let called = called_units(contract.per, &total);
        let units = units + called - std::mem::replace(&mut called_before, called);
        let billed = units.max(minimum(contract, month));
        let base = prices.mean(month.from, month.to);
        let amount = price(contract, base, billed, month.part);
        let kept = kept_promise(scenario, ledger, vendor, month);
        let paid_back = match kept {
            Some(Kept::No) => contract.promise.map_or(0.0, |p| p.pays) * amount,
            _ => 0.0,
        };
        bills.push(MonthBill {
            from: month.from,
            to: month.to,
            units,
            billed,
            amount,
            paid_back,
            kept,
        });
    }
    Some(bills)
}

fn months(scenario: &Scenario) -> Vec<Month> {
    let horizon = &scenario.horizon;
    let warm_up = time::ticks(scenario.warm_up_s);
    let periods = time::months(horizon, horizon.zone());
    let month = |i: usize| {
        let (start, to) = periods.span(i);
        let from = start.max(warm_up).min(to);
        let part = if periods.complete[i] && from == start {
            1.0
        } else {
            seconds(to - from) / MONTH_S
        };
        Month { from, to, part }
    };
    (0..periods.len()).map(month).collect()
}

/// What teams had done by the end of month `m`.
fn sums_at(ledger: &Ledger, teams: usize, m: usize) -> &[TeamSums] {
    ledger
        .months
        .get(m * teams..(m + 1) * teams)
        .unwrap_or(&ledger.teams)
}

pub(super) fn counted_units(per: PriceUnit, sums: &TeamSums) -> f64 {
    match per {
        PriceUnit::LoggedInHour => hours(sums.on_queue + sums.paid_break),
        PriceUnit::HandledMinute => hours(sums.session) * 60.0,
        PriceUnit::Contact => sums.items as f64,
        PriceUnit::ResolvedContact => sums.resolved as f64,
        PriceUnit::ScheduledHour | PriceUnit::FteMonth => 0.0,
    }
}

/// Units of calls where these are not counted by what people do on queue.
pub(super) fn called_units(per: PriceUnit, sums: &TeamSums) -> f64 {
    match per {
        PriceUnit::ScheduledHour => hours(sums.called),
        PriceUnit::FteMonth => hours(sums.called) / FTE_HOURS * WEEK_S / MONTH_S,
        _ => 0.0,
    }
}

/// Ticks of the duties of a team that begin in a month; one that the warm-up cuts belongs to the first counted month.
fn scheduled(scenario: &Scenario, roster: &Roster, team: usize, month: &Month) -> Tick {
    let warm_up = time::ticks(scenario.warm_up_s);
    let duties = roster.teams[team].positions.iter().flat_map(|p| &p.duties);
    duties
        .map(|d| (d.start.max(warm_up), d.end))
        .filter(|&(start, end)| (month.from..month.to).contains(&start) && start < end)
        .map(|(start, end)| end - start)
        .sum()
}

/// Seconds of full-time equivalents of a team in a month.
fn fte_s(scenario: &Scenario, roster: &Roster, team: usize, month: &Month) -> f64 {
    let t = &scenario.teams[team];
    let whole = seconds(month.to - month.from);
    match crate::roster::filled_s(scenario, t, month.from, month.to) {
        // Heads that change: each place stands for its part of the team's full strength.
        Some((filled_s, places)) if places > 0 => {
            let per_place = crate::roster::weekly_hours(scenario, t) / f64::from(places);
            filled_s * per_place / FTE_HOURS
        }
        _ => roster.teams[team].fte * whole,
    }
}

/// Units due in a month even if idle.
fn minimum(contract: &Vendor, month: &Month) -> f64 {
    let Some((seats, per_week)) = contract.minimum else {
        return contract.minimum_units * month.part;
    };
    let span = seconds(month.to - month.from);
    match contract.per {
        PriceUnit::FteMonth => seats * per_week / FTE_HOURS * span / MONTH_S,
        _ => seats * per_week * span / WEEK_S,
    }
}

/// Money for units of a month, at a base price and by bands of volume.
fn price(contract: &Vendor, base: f64, units: f64, part: f64) -> f64 {
    let reached = |b: &&Band| units > b.above * part;
    match contract.bands_price {
        BandsPrice::AllUnits => {
            let band = contract.bands.iter().rev().find(reached);
            units * band.map_or(base, |b| b.price)
        }
        BandsPrice::UnitsAbove => {
            let mut sum = 0.0;
            let mut left = units;
            for band in contract.bands.iter().rev() {
                let above = (left - band.above * part).max(0.0);
                sum += above * band.price;
                left -= above;
            }
            sum + left * base
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kept {
    Yes,
    No,
    Void,
}

/// How a vendor's promise was kept in a month; `None` where there is none or nothing was answered.
fn kept_promise(
    scenario: &Scenario,
    ledger: &Ledger,
    vendor: usize,
    month: &Month,
) -> Option<Kept> {
    let contract = &scenario.vendors[vendor];
    let promise = contract.promise?;
    let index = crate::world::vendor_promise(scenario, vendor)?;
    let n = ledger.interval_count;
    let cells = |tick: Tick| (tick / ledger.interval) as usize;
    let span = cells(month.from)..cells(month.to).min(n);
    let row = &ledger.vendor_promises[index * n..(index + 1) * n][span.clone()];
    let (good, total) = row.iter().fold((0, 0), |(g, t), k| {
        (g + u64::from(k.good), t + u64::from(k.total))
    });
    if total == 0 {
        return None;
    }
    if let Some((_, band)) = contract.forecast {
        let came: u64 = ledger.forecasts[index * n..(index + 1) * n][span.clone()]
            .iter()
            .map(|&c| u64::from(c))
            .sum();
        let expected = expected(scenario, vendor, span);
        if expected > 0.0 && (came as f64 / expected - 1.0).abs() > band {
            return Some(Kept::Void);
        }
    }
    Some(if good as f64 >= promise.share * total as f64 - 1e-9 {
        Kept::Yes
    } else {
        Kept::No
    })
}

/// First contacts expected on the streams a vendor serves.
fn expected(scenario: &Scenario, vendor: usize, span: std::ops::Range<usize>) -> f64 {
    let serves = |s: usize| {
        let mut teams = scenario.teams.iter().filter(|t| t.vendor == Some(vendor));
        teams.any(|t| t.skills[s].is_some())
    };
    (0..scenario.streams.len())
        .filter(|&s| serves(s))
        .map(|s| {
            arrivals::expected(scenario, s)[span.clone()]
                .iter()
                .sum::<f64>()
        })
        .sum()
}
