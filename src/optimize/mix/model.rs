//! The two-stage model: what is committed before demand is known, and what is done in every case of it.
//!
//! First stage: heads of own people (whole numbers), each vendor used or not, heads committed to each vendor's teams
//! (whole), notices given, people hired. Second stage, per case and month: contacts by way, contacts late, vendor heads
//! within ramp and notice, hours billed, what is paid back for missed promises, overtime. The objective is money over all months,
//! `(1 - weight) mean + weight CVaR`, with `CVaR = eta + sum_w chance_w z_w / (1 - level)`, `z_w >= cost_w - eta`
//! (Rockafellar & Uryasev 2000).

use super::instance::{Instance, VendorTerms};
use super::newcomers::Missing;
use crate::scenario::model::PriceUnit;
use crate::solve::{Model, Sense, Var};

/// A trifle on people beyond the plan, as a share of their cost.
const KEPT: f64 = 1e-4;

/// A model and what its variables mean.
pub struct Built {
    /// The model.
    pub model: Model,
    /// `[party][entry]`: heads.
    pub heads: Vec<Vec<Var>>,
    /// `[vendor]`: used.
    pub used: Vec<Var>,
    /// `[party][entry][month]`: given notice at the end of the month before.
    pub released: Vec<Vec<Vec<Var>>>,
    /// `[party][entry][month]`: own people still paid beyond the plan's heads.
    pub beyond: Vec<Vec<Vec<Var>>>,
    /// `[party][entry]`: own heads that are not there yet.
    pub missing: Vec<Vec<Missing>>,
    /// `[vendor]`: heads trained beyond today's.
    trained: Vec<Var>,
    /// `[vendor]`: contacts a month committed, the mean of what is sent once ramps are over.
    pub contacts: Vec<Var>,
    /// `[vendor][line of the tariff]`: the line it is paid by.
    pub(super) lines: Vec<Vec<Var>>,
    /// `[case][month]`.
    pub months: Vec<Vec<Month>>,
}

/// Second-stage variables of a case and month.
pub struct Month {
    /// Contacts by way.
    pub sent: Vec<Var>,
    /// Late contacts by work.
    pub late: Vec<Var>,
    /// Heads per party; `None` for own people, whose heads are the plan's.
    pub staffed: Vec<Option<Var>>,
    /// Units billed per vendor.
    pub billed: Vec<Var>,
    /// Money billed per vendor.
    pub bill: Vec<Var>,
    /// Money that each vendor pays back; `None` where it owes nothing.
    pub paid_back: Vec<Option<Var>>,
    /// On-queue hours of overtime per party.
    pub overtime: Vec<Var>,
}

/// Whether a vendor bills the time of people.
#[must_use]
pub fn by_time(terms: &VendorTerms) -> bool {
    matches!(
        terms.per,
        PriceUnit::LoggedInHour | PriceUnit::ScheduledHour | PriceUnit::FteMonth
    )
}

/// Units billed a month for one head of a vendor that bills time.
#[must_use]
pub fn units_per_head(terms: &VendorTerms) -> f64 {
    match terms.per {
        PriceUnit::FteMonth => 1.0,
        _ => terms.head_h,
    }
}

/// Whether the line of the tariff must be chosen: a price falls with volume, or is paid for all units.
pub(super) fn by_line(terms: &VendorTerms) -> bool {
    let falls = |w: &[super::instance::Tariff]| w[1].price < w[0].price;
    terms.tariff.len() > 1 && (terms.all_units || terms.tariff.windows(2).any(falls))
}

/// On-queue hours a month of a head of a party whose people are all alike.
#[must_use]
pub fn head_hours(party: &super::instance::Party) -> f64 {
    party.entries.first().map_or(0.0, |e| e.hours)
}

/// Writes the model of an instance.
#[must_use]
pub fn build(instance: &Instance) -> Built {
    let mut writer = Writer {
        instance,
        built: Built {
            model: Model::new(),
            heads: Vec::new(),
            used: Vec::new(),
            released: Vec::new(),
            beyond: Vec::new(),
            missing: Vec::new(),
            trained: Vec::new(),
            contacts: Vec::new(),
            lines: Vec::new(),
            months: Vec::new(),
        },
        first: Vec::new(),
        eta: None,
    };
    writer.first_stage();
    for case in 0..instance.cases.len() {
        writer.case(case);
    }
    writer.commitments();
    writer.budget();
    writer.built
}

/// Terms of an amount.
pub(super) type Terms = Vec<(Var, f64)>;

pub(super) struct Writer<'a> {
    /// What is decided on.
    pub(super) instance: &'a Instance,
    /// What has been written.
    pub(super) built: Built,
    /// Money of the first stage over all months, one-off money included.
    pub(super) first: Terms,
    /// The quantile that CVaR looks beyond.
    eta: Option<Var>,
}

impl Writer<'_> {
    fn first_stage(&mut self) {
        let instance = self.instance;
        let months = instance.months as f64;
        let one = self.built.model.continuous(0.0, 1.0, 1.0);
        if let Some(risk) = instance.risk.filter(|r| r.weight > 0.0) {
            // Money is never negative here, so neither is its quantile.
            let eta = self.built.model.continuous(risk.weight, 0.0, f64::INFINITY);
            self.eta = Some(eta);
        }
        for (v, terms) in instance.vendors.iter().enumerate() {
            let must = instance.parties.iter().any(|p| {
                p.vendor == Some(v) && p.entries.iter().any(|e| e.from > 0.0 && !e.or_none)
            });
            let used = self.built.model.integer(0.0, f64::from(must), 1.0);
            let setup = if terms.used_today { 0.0 } else { terms.setup };
            let exit = instance.exit(v);
            self.first
                .push((used, setup + terms.manage * months - exit));
            self.first.push((one, exit));
            self.built.used.push(used);
            let trained = self.built.model.continuous(0.0, 0.0, f64::INFINITY);
            self.first.push((trained, terms.training.0));
            self.built.trained.push(trained);
            let contacts = self.built.model.continuous(0.0, 0.0, f64::INFINITY);
            self.built.contacts.push(contacts);
            let count = if by_line(terms) {
                terms.tariff.len()
            } else {
                0
            };
            let lines: Vec<Var> = (0..count).map(|_| self.built.model.binary(0.0)).collect();
            if count > 0 {
                let mut row: Terms = lines.iter().map(|&l| (l, 1.0)).collect();
                row.push((used, -1.0));
                self.row(row, Sense::Equal, 0.0);
            }
            self.built.lines.push(lines);
        }
        for party in &instance.parties {
            let (mut heads, mut released, mut beyond) = (Vec::new(), Vec::new(), Vec::new());
            let mut missing = Vec::new();
            for entry in &party.entries {
                let least = if party.vendor.is_some() || entry.or_none {
                    0.0
                } else {
                    entry.from
                };
                let var = self.built.model.integer(0.0, least, entry.to);
                self.first.push((var, entry.cost * months));
                let own = party.vendor.is_none();
                if entry.or_none && own && entry.from > 0.0 {
                    let some = self.built.model.binary(0.0);
                    self.row(vec![(var, 1.0), (some, -entry.to)], Sense::AtMost, 0.0);
                    self.row(vec![(var, 1.0), (some, -entry.from)], Sense::AtLeast, 0.0);
                }
                if let Some(v) = party.vendor {
                    let used = self.built.used[v];
                    self.row(vec![(var, 1.0), (used, -entry.to)], Sense::AtMost, 0.0);
                    self.row(vec![(var, 1.0), (used, -entry.from)], Sense::AtLeast, 0.0);
                }
                heads.push(var);
                let grows = (own && entry.to > entry.today).then(|| self.built.model.binary(0.0));
                let (r, b) = if own {
                    self.leavers(entry, var, grows)
                } else {
                    (Vec::new(), Vec::new())
                };
                released.push(r);
                beyond.push(b);
                let new = self.newcomers(entry, var, grows);
                let unpaid = new.unpaid.iter().flatten();
                self.first
                    .extend(unpaid.map(|&(v, n)| (v, -n * entry.cost)));
                missing.push(new);
            }
            self.built.heads.push(heads);
            self.built.released.push(released);
            self.built.beyond.push(beyond);
            self.built.missing.push(missing);
        }
        for v in 0..instance.vendors.len() {
            let mut row = vec![(self.built.trained[v], 1.0)];
            let mut today = 0.0;
            for (p, e) in self.entries_of(v) {
                row.push((self.built.heads[p][e], -1.0));
                today += instance.parties[p].entries[e].today;
            }
            self.row(row, Sense::AtLeast, -today);
        }
    }

    /// Own people beyond the plan's heads stay until they leave by themselves or their notice is over.
    fn leavers(
        &mut self,
        entry: &super::instance::Entry,
        heads: Var,
        grows: Option<Var>,
    ) -> (Vec<Var>, Vec<Var>) {
        let instance = self.instance;
        let (mut released, mut beyond) = (Vec::new(), Vec::new());
        for month in 0..instance.months {
            let may = instance.release.severance.is_some() && instance.notice_over(month);
            let most = if may { f64::INFINITY } else { 0.0 };
            let gone = self.built.model.continuous(0.0, 0.0, most);
            self.first
                .push((gone, instance.release.severance.unwrap_or(0.0)));
            released.push(gone);
            let still = self.built.model.continuous(0.0, 0.0, f64::INFINITY);
            // As dear as a head of the plan, so what lasts is planned rather than kept.
            self.built.model.set_cost(still, KEPT * entry.cost);
            self.first.push((still, entry.cost));
            let mut row = vec![(still, 1.0), (heads, 1.0)];
            row.extend(released.iter().map(|&g| (g, 1.0)));
            self.row(row.clone(), Sense::AtLeast, instance.staying(entry, month));
            // Those beyond the plan are of today's; where the plan has more than today there are none.
            if let Some(grows) = grows {
                row.push((grows, -entry.to));
                let shut = vec![(still, 1.0), (grows, entry.today)];
                self.row(shut, Sense::AtMost, entry.today);
            }
            self.row(row, Sense::AtMost, entry.today);
            beyond.push(still);
        }
        (released, beyond)
    }

    pub(super) fn row(&mut self, terms: Terms, sense: Sense, right: f64) {
        self.built.model.row(terms, sense, right);
    }

    pub(super) fn entries_of(&self, vendor: usize) -> Vec<(usize, usize)> {
        let parties = self.instance.parties.iter().enumerate();
        parties
            .filter(|(_, p)| p.vendor == Some(vendor))
            .flat_map(|(i, p)| (0..p.entries.len()).map(move |e| (i, e)))
            .collect()
    }

    fn case(&mut self, case: usize) {
        let instance = self.instance;
        let mut months: Vec<Month> = Vec::new();
        for m in 0..instance.months {
            let mut month = self.month();
            self.balance(case, m, &month);
            self.capacity(m, &month);
            for v in 0..instance.vendors.len() {
                self.ramp(v, m, months.last(), &month);
                self.units(v, m, &month);
                self.bill(v, &month);
            }
            self.penalties(case, m, &mut month);
            months.push(month);
        }
        self.quality(&months);
        self.price(case, &months);
        self.built.months.push(months);
    }

    /// Contacts committed to a vendor are the mean of those sent once ramps are over.
    fn commitments(&mut self) {
        let instance = self.instance;
        let from = instance.months / 2;
        let count = (instance.months - from) as f64;
        for v in 0..instance.vendors.len() {
            let mut row = vec![(self.built.contacts[v], count)];
            for (case, months) in instance.cases.iter().zip(&self.built.months) {
                for month in &months[from..] {
                    for (way, &sent) in instance.ways.iter().zip(&month.sent) {
                        if instance.firsts_of(way, v) {
                            row.push((sent, -case.chance));
                        }
                    }
                }
            }
            self.row(row, Sense::Equal, 0.0);
        }
    }

    /// Caps on vendors and the quality floor hold in every case.
    fn quality(&mut self, months: &[Month]) {
        let instance = self.instance;
        let firsts = || {
            months.iter().flat_map(|m| {
                instance
                    .ways
                    .iter()
                    .zip(&m.sent)
                    .filter(|(way, _)| instance.works[way.work].first_tier)
            })
        };
        for &(vendor, cap) in &instance.caps {
            let counts = |party: usize| {
                let of = instance.parties[party].vendor;
                of.is_some() && (vendor.is_none() || of == vendor)
            };
            let term = |(way, sent): (&super::instance::Way, &Var)| {
                (*sent, f64::from(u8::from(counts(way.party))) - cap)
            };
            let row = firsts().map(term).collect();
            self.row(row, Sense::AtMost, 0.0);
        }
        if let Some(floor) = instance.resolved {
            let row = firsts().map(|(way, sent)| (*sent, way.resolved - floor));
            let row = row.collect();
            self.row(row, Sense::AtLeast, 0.0);
        }
    }

    /// Money of the second stage of a case.
    fn recourse(&self, months: &[Month]) -> Terms {
        let instance = self.instance;
        let mut terms = Vec::new();
        for month in months {
            let sent = instance.ways.iter().zip(&month.sent);
            terms.extend(sent.map(|(way, &s)| (s, way.fee)));
            let late = instance.works.iter().zip(&month.late);
            terms.extend(late.map(|(work, &l)| (l, work.late)));
            terms.extend(month.bill.iter().map(|&b| (b, 1.0)));
            terms.extend(month.paid_back.iter().flatten().map(|&b| (b, -1.0)));
            for (party, &o) in instance.parties.iter().zip(&month.overtime) {
                terms.push((o, dearest_overtime(party)));
            }
        }
        terms
    }

    fn price(&mut self, case: usize, months: &[Month]) {
        let instance = self.instance;
        let chance = instance.cases[case].chance;
        let weight = instance.risk.map_or(0.0, |r| r.weight);
        let recourse = self.recourse(months);
        let mut add = |terms: &Terms, factor: f64| {
            for &(var, money) in terms {
                let known = self.built.model.columns()[var.index()].cost;
                self.built.model.set_cost(var, known + factor * money);
            }
        };
        add(&recourse, (1.0 - weight) * chance);
        if case == 0 {
            let first = self.first.clone();
            add(&first, 1.0 - weight);
        }
        if let (Some(risk), Some(eta)) = (instance.risk, self.eta) {
            let over = self.built.model.continuous(
                risk.weight * chance / (1.0 - risk.cvar),
                0.0,
                f64::INFINITY,
            );
            let mut row = vec![(eta, 1.0), (over, 1.0)];
            row.extend(recourse.iter().map(|&(v, m)| (v, -m)));
            row.extend(self.first.iter().map(|&(v, m)| (v, -m)));
            self.row(row, Sense::AtLeast, 0.0);
        }
    }

    /// Money a month in the mean of all cases, one-off money and late contacts apart.
    fn budget(&mut self) {
        let instance = self.instance;
        let Some(budget) = instance.budget else {
            return;
        };
        let months = instance.months as f64;
        let mut row: Terms = Vec::new();
        for (v, terms) in instance.vendors.iter().enumerate() {
            row.push((self.built.used[v], terms.manage * months));
        }
        for (p, party) in instance.parties.iter().enumerate() {
            for (e, entry) in party.entries.iter().enumerate() {
                row.push((self.built.heads[p][e], entry.cost * months));
                let unpaid = self.built.missing[p][e].unpaid.iter().flatten();
                row.extend(unpaid.map(|&(v, n)| (v, -n * entry.cost)));
            }
        }
        for (case, months) in instance.cases.iter().zip(&self.built.months) {
            for month in months {
                for (way, &sent) in instance.ways.iter().zip(&month.sent) {
                    row.push((sent, case.chance * way.fee));
                }
                row.extend(month.bill.iter().map(|&b| (b, case.chance)));
                let back = month.paid_back.iter().flatten();
                row.extend(back.map(|&b| (b, -case.chance)));
                for (party, &overtime) in instance.parties.iter().zip(&month.overtime) {
                    row.push((overtime, case.chance * dearest_overtime(party)));
                }
            }
        }
        self.row(row, Sense::AtMost, budget * months);
    }
}

/// Money for an hour of overtime of a party: its dearest contract's, as who stays longer is not decided here.
#[must_use]
pub fn dearest_overtime(party: &super::instance::Party) -> f64 {
    party.entries.iter().map(|e| e.overtime).fold(0.0, f64::max)
}
