//! What a mix is decided on: work, parties that can do it, their contracts, and cases of demand.
//!
//! Everything is per month of [`MONTH_WEEKS`] weeks, in contacts, agent-hours and money; nothing here knows files or
//! queues. An on-queue hour is an hour in which somebody is logged in and free or at work.

use super::newcomers::Hire;
use super::penalty::Penalty;
use crate::scenario::model::{PriceUnit, Release, Risk};

/// Weeks in a month.
pub const MONTH_WEEKS: f64 = 365.25 / 7.0 / 12.0;

/// The whole decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Instance {
    /// Months planned for.
    pub months: usize,
    /// Classes of contacts at a tier that the same parties can take.
    pub works: Vec<Work>,
    /// Teams.
    pub parties: Vec<Party>,
    /// Vendors the parties belong to.
    pub vendors: Vec<VendorTerms>,
    /// Who can do what, and what comes of it.
    pub ways: Vec<Way>,
    /// Cases of demand; chances sum to 1.
    pub cases: Vec<Case>,
    /// Weight of the worst cases.
    pub risk: Option<Risk>,
    /// Most overtime, as a share of on-queue hours of own people.
    pub overtime: f64,
    /// How own people leave who are not needed any more.
    pub release: Release,
    /// Shares of tier-1 contacts that vendors (or one) may work on at most: `(vendor, share)`.
    pub caps: Vec<(Option<usize>, f64)>,
    /// Least share of tier-1 contacts resolved for good.
    pub resolved: Option<f64>,
    /// Most money a month in the mean of all cases, one-off money apart.
    pub budget: Option<f64>,
}

/// Contacts at one tier that the same parties can take.
#[derive(Debug, Clone, PartialEq)]
pub struct Work {
    /// For reports.
    pub name: String,
    /// Whether it is customers' own contacts (tier 1); caps and quality are about these.
    pub first_tier: bool,
    /// Whether it may lie: it needs no idle agents, only hours.
    pub deferred: bool,
    /// Price of one that is not worked in time.
    pub late: f64,
}

/// A team as a place where contacts are worked.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    /// Name of the team.
    pub name: String,
    /// Its vendor; `None` for own people.
    pub vendor: Option<usize>,
    /// Its heads by contract.
    pub entries: Vec<Entry>,
    /// On-queue hours a month that must be there before the first contact is worked in time, once it is used.
    pub base_h: f64,
    /// On-queue hours that each hour of live work needs, waiting for contacts included.
    pub slope: f64,
    /// Base and slope of the on-queue hours with which a vendor's people keep the vendor's own promise; nothing where it made
    /// none.
    pub own_promise: (f64, f64),
    /// Hours of work per on-queue hour, at most.
    pub occupancy: f64,
    /// Automation: no people, and room for everything.
    pub unlimited: bool,
}

/// Heads of a party under one contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Least heads.
    pub from: f64,
    /// Greatest heads.
    pub to: f64,
    /// Whether none at all is allowed as well.
    pub or_none: bool,
    /// Heads today.
    pub today: f64,
    /// On-queue hours a month of one head.
    pub hours: f64,
    /// Money a month of one head (for a vendor's people: leads and tools alone).
    pub cost: f64,
    /// Money for an on-queue hour of overtime.
    pub overtime: f64,
    /// How heads beyond today's come; a vendor's come by its ramp.
    pub hire: Hire,
}

/// A vendor's contract.
#[derive(Debug, Clone, PartialEq)]
pub struct VendorTerms {
    /// Name.
    pub name: String,
    /// Price by monthly volume: at least one line, from 0 on, ascending.
    pub tariff: Vec<Tariff>,
    /// Whether a line's price is paid for every unit of the month, not only for those above its threshold.
    pub all_units: bool,
    /// What is billed.
    pub per: PriceUnit,
    /// Units a month billed in any case, once it is used.
    pub minimum: f64,
    /// Billed hours a month of one head.
    pub head_h: f64,
    /// Money once, when it is used and was not before.
    pub setup: f64,
    /// Money for each head trained, and months until it works.
    pub training: (f64, f64),
    /// Heads a month that can be added and taken away; `None`: heads stay as committed.
    pub ramp: Option<(f64, f64)>,
    /// Months before which committed heads cannot be changed upwards (forecast lock) and downwards (notice).
    pub fixed: (f64, f64),
    /// Part by which contacts of a month may exceed those committed (the mean): beyond it the vendor's promise is void, so
    /// no plan counts on more. `None`: nothing is committed.
    pub band: Option<f64>,
    /// Our own money a month to manage it.
    pub manage: f64,
    /// What it pays back when it misses its own promise.
    pub penalty: Option<Penalty>,
    /// Whether it is used today.
    pub used_today: bool,
}

/// A price from a monthly volume on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tariff {
    /// Units a month from which on it holds.
    pub above: f64,
    /// Money per unit.
    pub price: f64,
}

impl VendorTerms {
    /// Money for units of a month.
    #[must_use]
    pub fn bill(&self, units: f64) -> f64 {
        if self.all_units {
            // A solver's volume may miss the threshold it aims at by a rounding error.
            let reached = |t: &&Tariff| units >= t.above * (1.0 - 1e-7);
            let line = self.tariff.iter().rev().find(reached);
            return units * line.map_or(self.tariff[0].price, |t| t.price);
        }
        let mut left = units;
        let mut sum = 0.0;
        for line in self.tariff.iter().rev() {
            let above = (left - line.above).max(0.0);
            sum += above * line.price;
            left -= above;
        }
        sum
    }

    /// Money for no units on the line of a tariff's entry, drawn down to nought.
    #[must_use]
    pub fn intercept(&self, entry: usize) -> f64 {
        if self.all_units {
            return 0.0;
        }
        let at = self.tariff[entry].above;
        self.bill(at) - self.tariff[entry].price * at
    }

    /// The same with every price times a factor.
    #[must_use]
    pub fn priced(&self, factor: f64) -> Self {
        let mut other = self.clone();
        other.tariff.iter_mut().for_each(|t| t.price *= factor);
        other
    }
}

/// A party doing a work.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// Work (index).
    pub work: usize,
    /// Party (index).
    pub party: usize,
    /// Agent-hours per contact.
    pub hours: f64,
    /// Units billed per contact where a vendor bills by work; 0 elsewhere.
    pub units: f64,
    /// Fee per contact.
    pub fee: f64,
    /// Probability that the matter is settled for good.
    pub resolved: f64,
    /// Contacts that follow from it: `(work, per contact)`, returns and hand-offs.
    pub follow: Vec<(usize, f64)>,
    /// Least share of the work that goes this way.
    pub least: f64,
    /// Greatest share of the work that goes this way.
    pub most: f64,
}

/// One way demand may turn out.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// For reports.
    pub name: String,
    /// Probability.
    pub chance: f64,
    /// `[month][work]`: first contacts.
    pub demand: Vec<Vec<f64>>,
}

impl Instance {
    /// The same with a single case, certain to come.
    #[must_use]
    pub fn only(&self, case: usize) -> Self {
        let mut one = self.cases[case].clone();
        one.chance = 1.0;
        let mut only = Self {
            cases: vec![one],
            risk: None,
            ..self.clone()
        };
        for penalty in only.vendors.iter_mut().filter_map(|v| v.penalty.as_mut()) {
            let mine = penalty.void.get(case).cloned();
            penalty.void = mine.into_iter().collect();
        }
        only
    }

    /// The same with the mean of all cases, certain to come: a plan for the forecast.
    #[must_use]
    pub fn mean(&self) -> Self {
        let mut demand = vec![vec![0.0; self.works.len()]; self.months];
        for case in &self.cases {
            for (sum, month) in demand.iter_mut().zip(&case.demand) {
                for (s, d) in sum.iter_mut().zip(month) {
                    *s += case.chance * d;
                }
            }
        }
        let mut mean = Self {
            cases: vec![Case {
                name: "forecast".into(),
                chance: 1.0,
                demand,
            }],
            risk: None,
            ..self.clone()
        };
        // The forecast lies inside every band around it.
        for penalty in mean.vendors.iter_mut().filter_map(|v| v.penalty.as_mut()) {
            penalty.void.clear();
        }
        mean
    }

    /// The same without a vendor.
    #[must_use]
    pub fn without(&self, vendor: usize) -> Self {
        let mut other = self.clone();
        for party in other
            .parties
            .iter_mut()
            .filter(|p| p.vendor == Some(vendor))
        {
            for entry in &mut party.entries {
                (entry.from, entry.to) = (0.0, 0.0);
            }
        }
        other
    }

    /// Heads of an entry of own people that are still there after `month + 1` months if nobody is replaced.
    #[must_use]
    pub fn staying(&self, entry: &Entry, month: usize) -> f64 {
        let stay = 1.0 - self.release.attrition.min(1.0);
        entry.today * libm::pow(stay, (month as f64 + 0.5) / 12.0)
    }

    /// Whether notice given at the start has run out in a month.
    #[must_use]
    pub fn notice_over(&self, month: usize) -> bool {
        month as f64 >= self.release.notice_days / (7.0 * MONTH_WEEKS)
    }

    /// Most heads of a vendor in a month while it grows from today's: nobody works before the training is over.
    #[must_use]
    pub fn grown(&self, vendor: usize, month: usize) -> f64 {
        let terms = &self.vendors[vendor];
        let today = self.heads_today(vendor);
        let worked = (month as f64 + 0.5 - terms.training.1).max(0.0);
        terms
            .ramp
            .map_or(if worked > 0.0 { f64::INFINITY } else { today }, |r| {
                today + r.0 * worked
            })
    }

    /// Heads of a vendor that cannot be given back by a month: today's, shrinking after notice as fast as is agreed.
    #[must_use]
    pub fn committed(&self, vendor: usize, month: usize) -> f64 {
        let terms = &self.vendors[vendor];
        let Some((_, down)) = terms.ramp else {
            return 0.0;
        };
        let gone = down * (month as f64 + 0.5 - terms.fixed.1).max(0.0);
        (self.heads_today(vendor) - gone).max(0.0)
    }

    /// Heads of a vendor today.
    #[must_use]
    pub fn heads_today(&self, vendor: usize) -> f64 {
        let mine = self.parties.iter().filter(|p| p.vendor == Some(vendor));
        mine.flat_map(|p| &p.entries).map(|e| e.today).sum()
    }

    /// What is still billed by a vendor of today that is not used any more.
    #[must_use]
    pub fn exit(&self, vendor: usize) -> f64 {
        let terms = &self.vendors[vendor];
        if !super::model::by_time(terms) {
            return 0.0;
        }
        let unit = super::model::units_per_head(terms);
        (0..self.months)
            .map(|m| terms.bill(unit * self.committed(vendor, m)))
            .sum()
    }

    /// On-queue hours that a party needs in a month before its first contact is in time; while a vendor grows, no more
    /// than it has.
    #[must_use]
    pub fn base_h(&self, party: usize, month: usize) -> f64 {
        let this = &self.parties[party];
        let Some(v) = this.vendor else {
            return this.base_h;
        };
        let entries = this.entries.iter();
        let most = entries.map(|e| e.hours * self.grown(v, month).min(e.to));
        this.base_h.min(most.sum())
    }

    /// Whether a way is a vendor's work on customers' own contacts.
    #[must_use]
    pub fn firsts_of(&self, way: &Way, vendor: usize) -> bool {
        self.works[way.work].first_tier && self.parties[way.party].vendor == Some(vendor)
    }

    /// More contacts than any month can bring.
    #[must_use]
    pub fn most_contacts(&self) -> f64 {
        let months = self.cases.iter().flat_map(|c| &c.demand);
        let most = months.map(|m| m.iter().sum::<f64>()).fold(0.0, f64::max);
        // Returns and hand-offs come on top; a contact causes less than 20 others.
        20.0 * most
    }

    /// More units than a vendor can bill in a month.
    #[must_use]
    pub fn most_units(&self, vendor: usize) -> f64 {
        let terms = &self.vendors[vendor];
        let mine = || self.parties.iter().filter(|p| p.vendor == Some(vendor));
        let heads: f64 = mine().flat_map(|p| &p.entries).map(|e| e.to).sum();
        let by_time = heads * super::model::units_per_head(terms);
        let per = self.ways.iter().map(|w| w.units).fold(0.0, f64::max);
        let reached = terms.tariff.last().map_or(0.0, |t| t.above);
        by_time.max(per * self.most_contacts()).max(terms.minimum) + reached
    }
}
