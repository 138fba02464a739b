//! What a replication cost on each day, by kind.
//!
//! Every amount of [`cost`](super::cost()) is shared out over the days of the reporting zone by what it is spent on: salaries
//! and tools by heads, premiums by the duties that earn them, what is counted as it is counted, a vendor's bill of a month by
//! the units used on each of its days (evenly where its minimum is billed for nothing), what a promise costs at the end of
//! the period in which it was missed, the rest evenly. So the days of a kind add up to its amount. What nobody can tell the
//! day of is shared evenly. Work that begins before midnight counts, as everywhere, when it is booked: at its end.

use super::billing::{self, Bill, called_units, counted_units};
use super::cost::{Counted, KINDS, spend};
use super::promise::{judging_periods, kept_periods, periods};
use super::when::When;
use crate::roster::{self, Roster, head_s, paid_in, premium_hours};
use crate::scenario::model::{PriceUnit, Scenario, spans};
use crate::sim::{Ledger, TeamSums};
use crate::stats::unordered_sum;
use crate::time::{self, Tick, seconds};

/// Money per day of the horizon in the reporting zone and kind, in the order of [`KINDS`]; nothing on days of the warm-up.
///
/// `bills` are the vendors', in the scenario's order.
#[must_use]
pub fn day_costs(
    scenario: &Scenario,
    roster: &Roster,
    ledger: &Ledger,
    bills: &[Option<Bill>],
) -> Vec<[f64; KINDS.len()]> {
    let days = time::days(&scenario.horizon, scenario.horizon.zone());
    let counted = Counted::of(scenario);
    let clipped = |d: usize| {
        let (from, to) = days.span(d);
        (from.max(counted.from), to.max(counted.from))
    };
    let days = Days {
        scenario,
        roster,
        ledger,
        spans: (0..days.len()).map(clipped).collect(),
    };
    let mut out = vec![[const { Vec::new() }; KINDS.len()]; days.spans.len()];
    spend(
        scenario,
        roster,
        ledger,
        bills,
        &mut |kind, amount, when| {
            days.share(amount, when, &mut |day, part| {
                out[day][kind as usize].push(part);
            });
        },
    );
    out.into_iter().map(|day| day.map(unordered_sum)).collect()
}

struct Days<'d> {
    scenario: &'d Scenario,
    roster: &'d Roster,
    ledger: &'d Ledger,
    /// The counted part of each day.
    spans: Vec<(Tick, Tick)>,
}

impl Days<'_> {
    /// Shares an amount out.
    fn share(&self, amount: f64, when: When<'_>, add: &mut impl FnMut(usize, f64)) {
        if let When::Parts(parts) = when {
            for &(part, when) in parts {
                self.share(part, when, add);
            }
            return;
        }
        if amount == 0.0 {
            return;
        }
        let mut weights = self.weights(when);
        let mut sum: f64 = weights.iter().sum();
        if sum <= 0.0 {
            weights = self.spans.iter().map(|s| seconds(s.1 - s.0)).collect();
            sum = weights.iter().sum();
        }
        // Nothing is left on days of the warm-up.
        let first = self.day(0);
        for (day, weight) in weights.iter().enumerate().filter(|(_, w)| **w != 0.0) {
            add(day.max(first), amount * weight / sum);
        }
    }

    /// How much of an amount belongs to each day, on any scale.
    fn weights(&self, when: When<'_>) -> Vec<f64> {
        let (scenario, teams) = (self.scenario, &self.roster.teams);
        match when {
            When::Parts(_) => self.nothing(),
            When::Evenly(from, to) => self.over([(from, to, 1.0)]),
            When::At(at) => self.at([(at, 1.0)]),
            When::Heads(t) if teams[t].heads > 0.0 => {
                let heads = |s: &(Tick, Tick)| head_s(scenario, t, &teams[t], s.0, s.1);
                self.spans.iter().map(heads).collect()
            }
            When::Heads(t) => {
                let duties = teams[t].positions.iter().flat_map(|p| &p.duties);
                self.over(duties.map(|d| (d.start, d.end, 1.0)))
            }
            When::Wages(t) => {
                let money = |s: &(Tick, Tick)| paid_in(scenario, t, &teams[t], s.0, s.1).1;
                self.spans.iter().map(money).collect()
            }
            When::Team(t, of) => self.growth(|sums| of(&sums[t]) as f64),
            When::Tools(t) => {
                let prices = scenario.tool_prices(t);
                let tools = |&(from, to): &(Tick, Tick)| {
                    let parts = spans(&prices, scenario.horizon.length());
                    let part = |(begins, ends, price): (Tick, Tick, f64)| {
                        price * head_s(scenario, t, &teams[t], from.max(begins), to.min(ends))
                    };
                    parts.map(part).sum()
                };
                self.spans.iter().map(tools).collect()
            }
            When::LeadsOnDuty(t) => {
                let Some(lead) = scenario.teams[t].lead else {
                    return self.nothing();
                };
                let groups = scenario.members(t);
                let positions = groups.flat_map(|g| &teams[g].positions);
                let levels = roster::lead_levels(&lead, positions, 0);
                let ends = levels.iter().skip(1).map(|l| l.0);
                let steps = levels.iter().zip(ends);
                self.over(steps.map(|(&(from, leads), to)| (from, to, f64::from(leads))))
            }
            When::Standby(t) => {
                let turns = teams[t].on_call.iter().flat_map(|place| {
                    let turns = place.turns.iter();
                    turns.map(|&(from, to)| (from, to, place.standby_per_s))
                });
                self.over(turns)
            }
            When::Retraining(t) => {
                let joining = teams[t].joining.iter();
                let rate = scenario.team_pay(t).0;
                let end = scenario.horizon.length();
                let paid = joining.flat_map(|j| {
                    let steps = rate.steps(end);
                    steps.map(|(from, to, pay)| (j.from.max(from), j.works.min(to), j.paid * pay))
                });
                self.over(paid.filter(|p| p.0 < p.1))
            }
            When::Severance(t) => {
                let leaving = teams[t].leaving.iter();
                self.at(leaving.filter_map(|l| Some((l.until, l.severance?))))
            }
            When::Premiums(t) => {
                let hours = premium_hours(scenario, &scenario.teams[t]);
                let earned = hours.iter().flat_map(|premium| {
                    let people = teams[t].positions.iter();
                    let people = people.filter(|p| p.contract == Some(premium.contract));
                    let duties = people.flat_map(|p| &p.duties);
                    let counted = duties.filter(|d| d.end > self.spans[0].0);
                    counted.map(|d| (d.start, premium.pay(d)))
                });
                self.at(earned)
            }
            When::Billed(v) => self.billed(v),
            When::PaidBack(v) => {
                let months = billing::month_bills(scenario, self.roster, self.ledger, v);
                let months = months.unwrap_or_default().into_iter();
                self.at(months.map(|m| (m.to.saturating_sub(1), m.paid_back)))
            }
            When::VendorTraining(v) => {
                let teams = scenario.teams.iter().filter(|t| t.vendor == Some(v));
                let trained = |s: &(Tick, Tick)| {
                    let of = |t| roster::training_s(scenario, t, s.0, s.1);
                    teams.clone().map(of).sum()
                };
                self.spans.iter().map(trained).collect()
            }
            When::Missed(p) => {
                let promise = &scenario.promises[p];
                let spans = judging_periods(scenario, promise);
                let counts = &periods(scenario, self.ledger)[p];
                let missed = counts.iter().enumerate().map(|(i, &count)| {
                    let (kept, judged) = kept_periods(promise, &[&[count]])[0];
                    (spans.span(i).1.saturating_sub(1), (judged - kept) as f64)
                });
                self.at(missed)
            }
            When::Deflected(d) => {
                let now = &self.ledger.deflected;
                self.noted(&self.ledger.daily.deflected, now, d)
            }
            When::Lost(s) => {
                let lost: Vec<u64> = self.ledger.streams.iter().map(|s| s.lost).collect();
                self.noted(&self.ledger.daily.lost, &lost, s)
            }
        }
    }

    fn nothing(&self) -> Vec<f64> {
        vec![0.0; self.spans.len()]
    }

    /// The day that a tick is counted on; what lies before the first counts on it, what lies behind the last on that.
    fn day(&self, tick: Tick) -> usize {
        let tick = tick.max(self.spans[0].0);
        let behind = self.spans.partition_point(|s| s.1 <= tick);
        behind.min(self.spans.len() - 1)
    }

    /// Weights at single ticks.
    fn at(&self, all: impl IntoIterator<Item = (Tick, f64)>) -> Vec<f64> {
        let mut out = self.nothing();
        for (tick, weight) in all {
            out[self.day(tick)] += weight;
        }
        out
    }

    /// Weights per second of some spans.
    fn over(&self, all: impl IntoIterator<Item = (Tick, Tick, f64)>) -> Vec<f64> {
        let mut out = self.nothing();
        for (from, to, weight) in all {
            for (day, span) in self.spans.iter().enumerate().skip(self.day(from)) {
                if span.0 >= to {
                    break;
                }
                let inside = to.min(span.1).saturating_sub(from.max(span.0));
                out[day] += seconds(inside) * weight;
            }
        }
        out
    }

    /// How much a figure of the teams grew on each day.
    fn growth(&self, of: impl Fn(&[TeamSums]) -> f64) -> Vec<f64> {
        let ledger = self.ledger;
        let teams = ledger.teams.len();
        let mut before = 0.0;
        let grown = |day: usize| {
            let noted = ledger.daily.teams.get(day * teams..(day + 1) * teams);
            let now = of(noted.unwrap_or(&ledger.teams));
            now - std::mem::replace(&mut before, now)
        };
        (0..self.spans.len()).map(grown).collect()
    }

    /// The same of a list that is noted at the end of each day but the last.
    fn noted(&self, days: &[u64], end: &[u64], index: usize) -> Vec<f64> {
        let mut before = 0;
        let grown = |day: usize| {
            let now = *days.get(day * end.len() + index).unwrap_or(&end[index]);
            (now - std::mem::replace(&mut before, now)) as f64
        };
        (0..self.spans.len()).map(grown).collect()
    }

    /// A vendor's bills: each month's by the units used on its days.
    fn billed(&self, vendor: usize) -> Vec<f64> {
        let scenario = self.scenario;
        let per = scenario.vendors[vendor].per;
        let mine = |teams: &[TeamSums]| {
            let own = scenario.teams.iter().zip(teams);
            own.filter(|(t, _)| t.vendor == Some(vendor)).fold(
                TeamSums::default(),
                |mut sum, (_, sums)| {
                    sum += sums;
                    sum
                },
            )
        };
        let used = match per {
            PriceUnit::ScheduledHour | PriceUnit::FteMonth => self.nothing(),
            _ => self.growth(|teams| {
                let sums = mine(teams);
                counted_units(per, &sums) + called_units(per, &sums)
            }),
        };
        let months = billing::month_bills(scenario, self.roster, self.ledger, vendor);
        let mut out = self.nothing();
        for month in months.unwrap_or_default() {
            let inside = |&d: &usize| self.spans[d].0 >= month.from && self.spans[d].0 < month.to;
            let days: Vec<usize> = (0..self.spans.len()).filter(inside).collect();
            let units: f64 = days.iter().map(|&d| used[d]).sum();
            let length: f64 = days.iter().map(|&d| self.length(d)).sum();
            for d in days {
                let part = if units > 0.0 {
                    used[d] / units
                } else {
                    self.length(d) / length.max(f64::MIN_POSITIVE)
                };
                out[d] += month.amount * part;
            }
        }
        out
    }

    fn length(&self, day: usize) -> f64 {
        seconds(self.spans[day].1 - self.spans[day].0)
    }
}
