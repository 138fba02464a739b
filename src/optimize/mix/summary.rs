//! What a mix says of itself, for reports: the object `mix` of a plan.

use super::answer::{Answer, Money, tail_mean, weighed};
use super::instance::Instance;
use super::model::{by_time, head_hours, units_per_head};
use serde::Serialize;

/// A mix of own people and vendors over the months planned for, by the fluid model of hours.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mix {
    /// Months planned for.
    pub months: u32,
    /// Own people and vendors' teams.
    pub parties: Vec<PartyMix>,
    /// Vendors.
    pub vendors: Vec<VendorMix>,
    /// Mean money a month in the last month, when everything has settled.
    pub run_rate: f64,
    /// The same for today's heads and vendors in the same cases; `None` where these cannot be played.
    pub run_rate_today: Option<f64>,
    /// Set-up, training, hiring, severance, leaving a vendor, and pay of people not needed any more until they have left.
    pub one_off: f64,
    /// Mean money over all months, late contacts at their price.
    pub mean_cost: f64,
    /// Mean money of the worst cases, where `risk` asks for it.
    pub cvar: Option<f64>,
    /// `(1 - weight) mean + weight CVaR`: what was made least.
    pub objective: f64,
    /// No mix has a lower objective.
    pub bound: f64,
    /// What a plan for the forecast alone costs more over these cases; `None` where it breaks a bound.
    pub hedging: Option<f64>,
    /// Month by month, in the mean of all cases, against today.
    pub path: Vec<Step>,
    /// Deepest point of the path: `(month, money)`; `None` where it never is below nought.
    pub trough: Option<(u32, f64)>,
    /// First month from which on the change has paid for itself.
    pub payback: Option<u32>,
    /// Case by case.
    pub cases: Vec<CaseMix>,
    /// What was assumed.
    pub assumptions: Vec<String>,
}

/// A team in a mix.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartyMix {
    /// Team.
    pub name: String,
    /// Vendor; `None` for own people.
    pub vendor: Option<String>,
    /// Heads.
    pub heads: f64,
    /// Heads today.
    pub heads_today: f64,
    /// Mean share of the customers' own contacts, of all that are worked.
    pub share: f64,
    /// Work per on-queue hour, in the mean.
    pub occupancy: Option<f64>,
    /// Mean overtime, hours a month.
    pub overtime_h: f64,
}

/// A vendor in a mix.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VendorMix {
    /// Vendor.
    pub name: String,
    /// Whether it is used.
    pub used: bool,
    /// Heads committed.
    pub heads: f64,
    /// Mean share of the customers' own contacts.
    pub share: f64,
    /// Contacts a month in the mean, and within which they may move without a new commitment.
    pub contacts: f64,
    /// Lower end.
    pub contacts_low: f64,
    /// Upper end.
    pub contacts_high: f64,
    /// Mean bill a month.
    pub billed: f64,
    /// Of it, for time and minima that no work stands behind.
    pub stranded: f64,
    /// Mean money a month that it pays back for missing its own promise.
    pub paid_back: f64,
    /// Price per unit today.
    pub price: f64,
    /// Price at which doing without the vendor costs the same; `None` where there is none.
    pub break_even: Option<f64>,
}

/// A month of the way from today to the mix.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Step {
    /// Month from 1.
    pub month: u32,
    /// Own heads on the payroll.
    pub own_heads: f64,
    /// Vendors' heads, in the mean.
    pub vendor_heads: f64,
    /// Money of the month, late contacts at their price.
    pub cost: f64,
    /// Money saved against today since the start; below nought until the change has paid for itself.
    pub saved: Option<f64>,
}

/// A case of demand.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CaseMix {
    /// Name.
    pub name: String,
    /// Probability.
    pub chance: f64,
    /// Money over all months.
    pub cost: f64,
    /// Money above the best mix for this case alone.
    pub regret: f64,
    /// Share of contacts that are late.
    pub late_share: f64,
    /// Vendors' share of the customers' own contacts.
    pub vendor_share: f64,
    /// Overtime, hours a month.
    pub overtime_h: f64,
    /// Billed without work behind it, a month.
    pub stranded: f64,
}

/// Puts the summary together. `today` is the answer for today's heads in the same cases.
#[must_use]
pub fn summary(instance: &Instance, answer: &Answer, today: Option<&Answer>) -> Mix {
    let view = View { instance, answer };
    let last = instance.months - 1;
    let run_rate = |a: &Answer| {
        View {
            instance,
            answer: a,
        }
        .mean(last, |m| m.running() + m.late)
    };
    let path = view.path(today);
    Mix {
        months: instance.months as u32,
        parties: (0..instance.parties.len()).map(|p| view.party(p)).collect(),
        vendors: (0..instance.vendors.len())
            .map(|v| view.vendor(v))
            .collect(),
        run_rate: run_rate(answer),
        run_rate_today: today.map(run_rate),
        one_off: (0..instance.months)
            .map(|m| view.mean(m, |money| money.one_off + money.beyond))
            .sum(),
        mean_cost: view.over_cases(|case| answer.cost[case]),
        cvar: instance
            .risk
            .map(|r| tail_mean(instance, &answer.cost, r.cvar)),
        objective: weighed(instance, &answer.cost),
        bound: answer.bound,
        hedging: None,
        trough: trough(&path),
        payback: payback(&path),
        path,
        cases: (0..instance.cases.len()).map(|c| view.case(c)).collect(),
        assumptions: Vec::new(),
    }
}

/// Deepest point below nought.
fn trough(path: &[Step]) -> Option<(u32, f64)> {
    let saved = path.iter().filter_map(|s| Some((s.month, s.saved?)));
    saved
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .filter(|t| t.1 < 0.0)
}

/// First month at whose end, and ever after, as much is saved as was spent.
fn payback(path: &[Step]) -> Option<u32> {
    let behind = path
        .iter()
        .rposition(|s| s.saved.is_none_or(|saved| saved < 0.0));
    let first = behind.map_or(0, |at| at + 1);
    path.get(first).map(|s| s.month)
}

struct View<'a> {
    instance: &'a Instance,
    answer: &'a Answer,
}

impl View<'_> {
    fn over_cases(&self, of: impl Fn(usize) -> f64) -> f64 {
        let cases = self.instance.cases.iter().enumerate();
        cases.map(|(w, case)| case.chance * of(w)).sum()
    }

    fn mean(&self, month: usize, of: impl Fn(Money) -> f64) -> f64 {
        self.over_cases(|case| of(self.answer.money(self.instance, case, month)))
    }

    /// Mean over cases and months.
    fn monthly(&self, of: impl Fn(usize, usize) -> f64) -> f64 {
        let months = self.instance.months;
        self.over_cases(|case| (0..months).map(|m| of(case, m)).sum::<f64>()) / months as f64
    }

    /// Customers' own contacts in a month of a case that go to some parties.
    fn firsts(&self, case: usize, month: usize, to: impl Fn(usize) -> bool) -> f64 {
        let sent = &self.answer.months[case][month].sent;
        let ways = self.instance.ways.iter().zip(sent);
        ways.filter(|(w, _)| self.instance.works[w.work].first_tier && to(w.party))
            .map(|(_, s)| s)
            .sum()
    }

    fn share(&self, to: impl Fn(usize) -> bool) -> f64 {
        let all = self.monthly(|c, m| self.firsts(c, m, |_| true));
        self.monthly(|c, m| self.firsts(c, m, &to)) / all.max(f64::MIN_POSITIVE)
    }

    fn party(&self, p: usize) -> PartyMix {
        let party = &self.instance.parties[p];
        let work = self.monthly(|c, m| self.answer.worked_h(self.instance, c, m, p));
        let there = self.monthly(|c, m| {
            let done = &self.answer.months[c][m];
            match party.vendor {
                Some(_) => done.staffed[p] * head_hours(party),
                None => {
                    let entries = party.entries.iter().enumerate();
                    let answer = self.answer;
                    let heads = |e: usize| {
                        answer.heads[p][e] + answer.beyond[p][e][m] - answer.absent[p][e][m]
                    };
                    entries.map(|(e, x)| heads(e) * x.hours).sum::<f64>() + done.overtime[p]
                }
            }
        });
        PartyMix {
            name: party.name.clone(),
            vendor: party.vendor.map(|v| self.instance.vendors[v].name.clone()),
            heads: self.answer.heads[p].iter().sum(),
            heads_today: party.entries.iter().map(|e| e.today).sum(),
            share: self.share(|x| x == p),
            occupancy: (there > 0.0).then(|| work / there),
            overtime_h: self.monthly(|c, m| self.answer.months[c][m].overtime[p]),
        }
    }

    fn vendor(&self, v: usize) -> VendorMix {
        let terms = &self.instance.vendors[v];
        let mine = |p: usize| self.instance.parties[p].vendor == Some(v);
        let contacts = self.answer.contacts(self.instance, v);
        let band = terms.band.unwrap_or(0.0);
        VendorMix {
            name: terms.name.clone(),
            used: self.answer.used[v],
            heads: self.answer.vendor_heads(self.instance, v),
            share: self.share(mine),
            contacts,
            contacts_low: contacts * (1.0 - band),
            contacts_high: contacts * (1.0 + band),
            billed: self.monthly(|c, m| terms.bill(self.answer.months[c][m].billed[v])),
            stranded: self.monthly(|c, m| self.stranded(c, m, v)),
            paid_back: self.monthly(|c, m| self.answer.months[c][m].paid_back[v]),
            price: terms.tariff[0].price,
            break_even: None,
        }
    }

    /// Money billed for units that no work stands behind; waiting that live work needs counts as work.
    fn stranded(&self, case: usize, month: usize, v: usize) -> f64 {
        let terms = &self.instance.vendors[v];
        let done = &self.answer.months[case][month];
        let mut needed = 0.0;
        for (p, party) in self.instance.parties.iter().enumerate() {
            if party.vendor != Some(v) {
                continue;
            }
            if by_time(terms) {
                let used = self.answer.needed_h(self.instance, case, month, p);
                needed += used * units_per_head(terms) / head_hours(party).max(1e-9);
            } else {
                let ways = self.instance.ways.iter().zip(&done.sent);
                let mine = ways.filter(|(w, _)| w.party == p);
                needed += mine.map(|(w, s)| w.units * s).sum::<f64>();
            }
        }
        let billed = done.billed[v];
        (terms.bill(billed) - terms.bill(needed.min(billed))).max(0.0)
    }

    fn case(&self, w: usize) -> CaseMix {
        let months = 0..self.instance.months;
        let per_month = self.instance.months as f64;
        let vendors = |p: usize| self.instance.parties[p].vendor.is_some();
        let sum = |of: &dyn Fn(usize) -> f64| months.clone().map(of).sum::<f64>();
        let all = sum(&|m| self.firsts(w, m, |_| true));
        let late = sum(&|m| self.answer.months[w][m].late.iter().sum());
        let worked = sum(&|m| self.answer.months[w][m].sent.iter().sum());
        CaseMix {
            name: self.instance.cases[w].name.clone(),
            chance: self.instance.cases[w].chance,
            cost: self.answer.cost[w],
            regret: 0.0,
            late_share: late / (late + worked).max(f64::MIN_POSITIVE),
            vendor_share: sum(&|m| self.firsts(w, m, vendors)) / all.max(f64::MIN_POSITIVE),
            overtime_h: sum(&|m| self.answer.months[w][m].overtime.iter().sum()) / per_month,
            stranded: (0..self.instance.vendors.len())
                .map(|v| sum(&|m| self.stranded(w, m, v)))
                .sum::<f64>()
                / per_month,
        }
    }

    fn path(&self, today: Option<&Answer>) -> Vec<Step> {
        let mut saved = 0.0;
        let step = |m: usize| {
            let cost = self.mean(m, |money| money.total());
            let now = today.map(|answer| {
                let view = View {
                    instance: self.instance,
                    answer,
                };
                view.mean(m, |money| money.total())
            });
            let own: f64 = self
                .instance
                .parties
                .iter()
                .enumerate()
                .filter(|(_, p)| p.vendor.is_none())
                .flat_map(|(p, party)| (0..party.entries.len()).map(move |e| (p, e)))
                .map(|(p, e)| {
                    let planned = self.answer.heads[p][e] - self.answer.unpaid[p][e][m];
                    planned + self.answer.beyond[p][e][m]
                })
                .sum();
            saved += now.unwrap_or(0.0) - cost;
            Step {
                month: m as u32 + 1,
                own_heads: own,
                vendor_heads: self
                    .over_cases(|case| self.answer.months[case][m].staffed.iter().sum::<f64>()),
                cost,
                saved: now.map(|_| saved),
            }
        };
        (0..self.instance.months).map(step).collect()
    }
}
