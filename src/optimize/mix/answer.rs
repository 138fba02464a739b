//! The answer to a mix, read back from the solver and worked out again by own arithmetic.

use super::check::{self, Broken};
use super::instance::Instance;
use super::model::{Built, Terms, build, dearest_overtime};
use super::newcomers::Missing;
use crate::solve::{self, Fault, Options, Status, StoppedBy};

/// A mix and what it does in every case.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// `[party][entry]`: heads.
    pub heads: Vec<Vec<f64>>,
    /// `[vendor]`: used.
    pub used: Vec<bool>,
    /// `[party][entry][month]`: own people given notice.
    pub released: Vec<Vec<Vec<f64>>>,
    /// `[party][entry][month]`: own people still paid beyond the plan's.
    pub beyond: Vec<Vec<Vec<f64>>>,
    /// `[party][entry][month]`: planned own heads not yet on the payroll.
    pub unpaid: Vec<Vec<Vec<f64>>>,
    /// `[party][entry][month]`: planned own heads not yet at work.
    pub absent: Vec<Vec<Vec<f64>>>,
    /// `[case][month]`.
    pub months: Vec<Vec<Done>>,
    /// `(1 - weight) mean + weight CVaR` over all months.
    pub objective: f64,
    /// No mix has a lower one.
    pub bound: f64,
    /// `[case]`: money over all months.
    pub cost: Vec<f64>,
    /// Why the solve ended.
    pub stopped_by: StoppedBy,
}

/// What is done in a month of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    /// Contacts by way.
    pub sent: Vec<f64>,
    /// Late contacts by work.
    pub late: Vec<f64>,
    /// Heads of vendors' parties; 0 for own people.
    pub staffed: Vec<f64>,
    /// Units billed by vendor.
    pub billed: Vec<f64>,
    /// Money paid back by vendor.
    pub paid_back: Vec<f64>,
    /// On-queue hours of overtime by party.
    pub overtime: Vec<f64>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq)]
pub enum NoAnswer {
    /// The rules cannot all hold.
    Infeasible,
    /// The solver failed, or its answer broke a rule.
    Fault(Fault),
}

/// Decides a mix; the answer has been checked.
///
/// # Errors
/// When the rules cannot all hold, or the solver fails.
pub fn decide(instance: &Instance, options: &Options) -> Result<Answer, NoAnswer> {
    let built = build(instance);
    let solution = solve::solve(&built.model, options).map_err(NoAnswer::Fault)?;
    if solution.status == Status::Infeasible {
        return Err(NoAnswer::Infeasible);
    }
    if !solution.found() {
        let stopped = format!("no mix was found before {}", solution.stopped_by.name());
        return Err(NoAnswer::Fault(Fault(stopped)));
    }
    let answer = read(instance, &built, &solution);
    match check::check(instance, &answer).first() {
        None => Ok(answer),
        Some(Broken(rule)) => Err(NoAnswer::Fault(Fault(format!(
            "its mix breaks a rule: {rule}"
        )))),
    }
}

fn read(instance: &Instance, built: &Built, solution: &solve::Solution) -> Answer {
    let value = |v: &solve::Var| solution.value(*v);
    // A rounding error below nought rounds to a negative zero, which nobody wants to read.
    let whole = |v: &solve::Var| solution.value(*v).round() + 0.0;
    let by_month = |all: &Vec<Vec<Vec<solve::Var>>>| -> Vec<Vec<Vec<f64>>> {
        let entry = |e: &Vec<solve::Var>| e.iter().map(value).collect();
        all.iter()
            .map(|party| party.iter().map(entry).collect())
            .collect()
    };
    let done = |m: &super::model::Month| Done {
        sent: m.sent.iter().map(value).collect(),
        late: m.late.iter().map(value).collect(),
        staffed: m
            .staffed
            .iter()
            .map(|s| s.as_ref().map_or(0.0, value))
            .collect(),
        billed: m.billed.iter().map(value).collect(),
        paid_back: m
            .paid_back
            .iter()
            .map(|b| b.as_ref().map_or(0.0, value))
            .collect(),
        overtime: m.overtime.iter().map(value).collect(),
    };
    let heads_by = |of: fn(&Missing) -> &Vec<Terms>| -> Vec<Vec<Vec<f64>>> {
        let sum = |terms: &Terms| terms.iter().map(|(v, n)| n * value(v)).sum::<f64>() + 0.0;
        let entry = |e: &Missing| of(e).iter().map(sum).collect();
        let parties = built.missing.iter();
        parties.map(|p| p.iter().map(entry).collect()).collect()
    };
    let mut answer = Answer {
        heads: built
            .heads
            .iter()
            .map(|p| p.iter().map(whole).collect())
            .collect(),
        used: built.used.iter().map(|u| value(u) > 0.5).collect(),
        released: by_month(&built.released),
        beyond: by_month(&built.beyond),
        unpaid: heads_by(|m| &m.unpaid),
        absent: heads_by(|m| &m.absent),
        months: built
            .months
            .iter()
            .map(|months| months.iter().map(done).collect())
            .collect(),
        objective: 0.0,
        bound: solution.bound,
        cost: Vec::new(),
        stopped_by: solution.stopped_by,
    };
    answer.cost = (0..instance.cases.len())
        .map(|case| answer.cost_of(instance, case))
        .collect();
    answer.objective = weighed(instance, &answer.cost);
    answer.bound = answer.bound.min(answer.objective);
    answer
}

/// `(1 - weight) mean + weight CVaR` of money by case, the worst cases picked by sorting.
#[must_use]
pub fn weighed(instance: &Instance, cost: &[f64]) -> f64 {
    let mean: f64 = instance
        .cases
        .iter()
        .zip(cost)
        .map(|(c, m)| c.chance * m)
        .sum();
    match instance.risk {
        Some(risk) => {
            (1.0 - risk.weight) * mean + risk.weight * tail_mean(instance, cost, risk.cvar)
        }
        None => mean,
    }
}

/// Mean money of the worst `1 - level` of the cases (CVaR); a case is counted in part where the tail ends inside it.
#[must_use]
pub fn tail_mean(instance: &Instance, cost: &[f64], level: f64) -> f64 {
    let mut worst: Vec<(f64, f64)> = instance
        .cases
        .iter()
        .zip(cost)
        .map(|(c, &m)| (m, c.chance))
        .collect();
    worst.sort_by(|a, b| b.0.total_cmp(&a.0));
    let tail = 1.0 - level;
    let (mut left, mut sum) = (tail, 0.0);
    for (money, chance) in worst {
        let part = chance.min(left);
        sum += part * money;
        left -= part;
    }
    sum / (tail - left).max(f64::MIN_POSITIVE)
}

/// Money of a case by what it is for, over all months.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Money {
    /// Pay, leads and tools of the plan's heads.
    pub people: f64,
    /// Pay of own people who are still there beyond the plan's.
    pub beyond: f64,
    /// What vendors bill.
    pub billed: f64,
    /// What they pay back of it for promises they missed.
    pub paid_back: f64,
    /// Managing vendors.
    pub manage: f64,
    /// Overtime and fees per contact.
    pub extra: f64,
    /// Setting vendors up, training, hiring, severance, leaving a vendor.
    pub one_off: f64,
    /// Late contacts at their price.
    pub late: f64,
}

impl Money {
    /// All of it.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.running() + self.beyond + self.one_off + self.late
    }

    /// What runs on, month for month.
    #[must_use]
    pub fn running(&self) -> f64 {
        self.people + self.billed - self.paid_back + self.manage + self.extra
    }
}

impl Answer {
    fn cost_of(&self, instance: &Instance, case: usize) -> f64 {
        (0..instance.months)
            .map(|m| self.money(instance, case, m).total())
            .sum()
    }

    /// Money of a month of a case; one-off money falls into the first month, severance into the month of leaving.
    #[must_use]
    pub fn money(&self, instance: &Instance, case: usize, month: usize) -> Money {
        let done = &self.months[case][month];
        let mut money = Money::default();
        for (p, party) in instance.parties.iter().enumerate() {
            money.extra += done.overtime[p] * dearest_overtime(party);
            for (e, entry) in party.entries.iter().enumerate() {
                money.people += (self.heads[p][e] - self.unpaid[p][e][month]) * entry.cost;
                if month == (entry.hire.lead as usize).min(instance.months - 1) {
                    let hired = instance.newcomers(entry, self.heads[p][e]);
                    money.one_off += hired * entry.hire.once;
                }
                if party.vendor.is_none() {
                    money.beyond += self.beyond[p][e][month] * entry.cost;
                    money.one_off +=
                        self.released[p][e][month] * instance.release.severance.unwrap_or(0.0);
                }
            }
        }
        for (way, sent) in instance.ways.iter().zip(&done.sent) {
            money.extra += sent * way.fee;
        }
        for (work, late) in instance.works.iter().zip(&done.late) {
            money.late += late * work.late;
        }
        for (v, terms) in instance.vendors.iter().enumerate() {
            money.billed += terms.bill(done.billed[v]);
            money.paid_back += done.paid_back[v];
            if self.used[v] {
                money.manage += terms.manage;
            }
            if month == 0 {
                money.one_off += self.once(instance, v);
            }
        }
        money
    }

    /// One-off money for a vendor: set-up and training when it is used, what is still billed when it is left.
    #[must_use]
    pub fn once(&self, instance: &Instance, vendor: usize) -> f64 {
        let terms = &instance.vendors[vendor];
        if !self.used[vendor] {
            return instance.exit(vendor);
        }
        let setup = if terms.used_today { 0.0 } else { terms.setup };
        let more = self.vendor_heads(instance, vendor) - instance.heads_today(vendor);
        setup + terms.training.0 * more.max(0.0)
    }

    /// Heads committed to a vendor.
    #[must_use]
    pub fn vendor_heads(&self, instance: &Instance, vendor: usize) -> f64 {
        let parties = instance.parties.iter().zip(&self.heads);
        let mine = parties.filter(|(p, _)| p.vendor == Some(vendor));
        // Nobody's heads sum up to a negative zero.
        mine.flat_map(|(_, h)| h).sum::<f64>() + 0.0
    }

    /// Customers' own contacts sent to a vendor in a month of a case.
    #[must_use]
    pub fn sent_to(&self, instance: &Instance, case: usize, month: usize, vendor: usize) -> f64 {
        let ways = instance.ways.iter().zip(&self.months[case][month].sent);
        let mine = ways.filter(|(way, _)| instance.firsts_of(way, vendor));
        mine.map(|(_, sent)| sent).sum()
    }

    /// Agent-hours of work of a party in a month of a case.
    #[must_use]
    pub fn worked_h(&self, instance: &Instance, case: usize, month: usize, party: usize) -> f64 {
        let ways = instance.ways.iter().zip(&self.months[case][month].sent);
        let mine = ways.filter(|(way, _)| way.party == party);
        mine.map(|(way, sent)| way.hours * sent).sum()
    }

    /// On-queue hours that a party's work needs in a month of a case, the waiting of live work included.
    #[must_use]
    pub fn needed_h(&self, instance: &Instance, case: usize, month: usize, party: usize) -> f64 {
        let this = &instance.parties[party];
        let ways = instance.ways.iter().zip(&self.months[case][month].sent);
        let mine = ways.filter(|(w, _)| w.party == party && !instance.works[w.work].deferred);
        let live: f64 = mine.map(|(way, sent)| way.hours * sent).sum();
        let all = self.worked_h(instance, case, month, party) / this.occupancy;
        if live > 0.0 {
            all.max(instance.base_h(party, month) + this.slope * live)
        } else {
            all
        }
    }

    /// Contacts a month committed to a vendor: the mean of those sent once ramps are over.
    #[must_use]
    pub fn contacts(&self, instance: &Instance, vendor: usize) -> f64 {
        let from = instance.months / 2;
        let case = |w: usize| -> f64 {
            let months = from..instance.months;
            let sum: f64 = months.map(|m| self.sent_to(instance, w, m, vendor)).sum();
            instance.cases[w].chance * sum / (instance.months - from) as f64
        };
        (0..instance.cases.len()).map(case).sum()
    }
}
