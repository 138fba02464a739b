//! Every mix is checked by own arithmetic, rule by rule, apart from the model it came from.

use super::answer::Answer;
use super::instance::Instance;
use super::model::{by_time, head_hours, units_per_head};
use super::newcomers::share;

/// A rule that an answer breaks, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken(pub String);

/// Relative tolerance, on the scale of the larger side.
const TOLERANCE: f64 = 1e-5;

/// Every rule of the instance that the answer breaks.
#[must_use]
pub fn check(instance: &Instance, answer: &Answer) -> Vec<Broken> {
    let mut checker = Checker {
        instance,
        answer,
        broken: Vec::new(),
    };
    checker.commitments();
    for (case, months) in answer.months.iter().enumerate() {
        for month in 0..months.len() {
            checker.flows(case, month);
            checker.hours(case, month);
            for v in 0..instance.vendors.len() {
                checker.vendor(case, month, v);
            }
        }
        checker.shares(case);
    }
    checker.broken
}

struct Checker<'a> {
    instance: &'a Instance,
    answer: &'a Answer,
    broken: Vec<Broken>,
}

impl Checker<'_> {
    /// Notes the rule unless `less <= more`.
    fn at_most(&mut self, less: f64, more: f64, rule: impl FnOnce() -> String) {
        let scale = less.abs().max(more.abs()).max(1.0);
        if less.is_nan() || more.is_nan() || less > more + TOLERANCE * scale {
            self.broken
                .push(Broken(format!("{} ({less} > {more})", rule())));
        }
    }

    fn commitments(&mut self) {
        for (p, party) in self.instance.parties.iter().enumerate() {
            for (e, entry) in party.entries.iter().enumerate() {
                let heads = self.answer.heads[p][e];
                let used = party.vendor.is_none_or(|v| self.answer.used[v]);
                let none = heads == 0.0 && (entry.or_none || !used);
                let name = || format!("heads of {}", party.name);
                self.at_most(heads, if used { entry.to } else { 0.0 }, name);
                if !none {
                    self.at_most(entry.from, heads, name);
                }
                self.newcomers(p, e);
                if party.vendor.is_none() {
                    let mut gone = 0.0;
                    for month in 0..self.instance.months {
                        gone += self.answer.released[p][e][month];
                        let left = self.instance.staying(entry, month) - heads - gone;
                        let beyond = self.answer.beyond[p][e][month];
                        self.at_most(left, beyond, || {
                            format!("people of {} who have not left", party.name)
                        });
                        let most = (entry.today - heads - gone).max(0.0);
                        self.at_most(beyond, most, || {
                            format!("people of {} beyond the plan", party.name)
                        });
                        if !self.instance.notice_over(month)
                            || self.instance.release.severance.is_none()
                        {
                            self.at_most(self.answer.released[p][e][month], 0.0, || {
                                format!("notice given in {}", party.name)
                            });
                        }
                    }
                }
            }
        }
    }

    /// Nobody hired is there before hiring and class are over, nor sooner than the ceiling lets them.
    fn newcomers(&mut self, p: usize, e: usize) {
        let entry = &self.instance.parties[p].entries[e];
        let hired = self.instance.newcomers(entry, self.answer.heads[p][e]);
        let hire = entry.hire;
        for month in 0..self.instance.months {
            let name = || format!("newcomers of {}", self.instance.parties[p].name);
            let rules = [
                (self.answer.unpaid[p][e][month], hire.lead),
                (self.answer.absent[p][e][month], hire.lead + hire.class),
            ]
            .map(|(missing, after)| {
                let time = (month as f64 + 1.0 - after).max(0.0);
                let may = if hire.most.is_infinite() {
                    hired * share(month, after)
                } else {
                    // They come evenly from month's end to month's end, so a month that is begun counts whole.
                    hired.min(hire.most * time.ceil())
                };
                // Without a ceiling they all come on one day.
                let most = if hire.most.is_infinite() {
                    hired - may
                } else {
                    hired
                };
                (hired - may, missing, most)
            });
            for (least, missing, most) in rules {
                self.at_most(least, missing, name);
                self.at_most(missing, most, name);
            }
        }
    }

    fn flows(&mut self, case: usize, month: usize) {
        let done = &self.answer.months[case][month];
        let mut balance: Vec<f64> = self.instance.cases[case].demand[month].clone();
        let mut total = vec![0.0; balance.len()];
        for (way, &sent) in self.instance.ways.iter().zip(&done.sent) {
            self.at_most(0.0, sent, || "contacts of a way".to_owned());
            total[way.work] += sent;
            for &(work, share) in &way.follow {
                balance[work] += share * sent;
            }
        }
        for (w, work) in self.instance.works.iter().enumerate() {
            let met = total[w] + done.late[w];
            self.at_most(met, balance[w], || format!("contacts of {}", work.name));
            self.at_most(balance[w], met, || format!("contacts of {}", work.name));
        }
        for (way, &sent) in self.instance.ways.iter().zip(&done.sent) {
            let all = total[way.work];
            self.at_most(sent, way.most * all, || "the most of a way".to_owned());
            self.at_most(way.least * all, sent, || "the least of a way".to_owned());
        }
    }

    /// Work and waiting for it fit the on-queue hours.
    fn hours(&mut self, case: usize, month: usize) {
        let done = &self.answer.months[case][month];
        let limited = |p: &(usize, &super::instance::Party)| !p.1.unlimited;
        for (p, party) in self.instance.parties.iter().enumerate().filter(limited) {
            let (live, all) = self.work(case, month, p);
            // Planned newcomers who are not at work yet.
            let mut away = 0.0;
            let there = match party.vendor {
                Some(_) => done.staffed[p] * head_hours(party),
                None => {
                    let entries = party.entries.iter().enumerate();
                    let plain: f64 = entries
                        .map(|(e, entry)| {
                            let absent = self.answer.absent[p][e][month];
                            let heads = self.answer.heads[p][e] + self.answer.beyond[p][e][month];
                            away += absent * entry.hours;
                            (heads - absent) * entry.hours
                        })
                        .sum();
                    let most = self.instance.overtime * plain;
                    self.at_most(done.overtime[p], most, || {
                        format!("overtime of {}", party.name)
                    });
                    plain + done.overtime[p]
                }
            };
            let used = party.vendor.is_none_or(|v| self.answer.used[v]);
            let base = if used {
                self.instance.base_h(p, month)
            } else {
                0.0
            };
            let name = || format!("hours of {}", party.name);
            self.at_most(all, party.occupancy * there, name);
            self.at_most(party.slope * live, there, name);
            self.at_most(base + party.slope * live, there + away, name);
        }
    }

    /// Agent-hours of live and of all work of a party.
    fn work(&self, case: usize, month: usize, party: usize) -> (f64, f64) {
        let mut sums = (0.0, 0.0);
        let done = &self.answer.months[case][month];
        for (way, &sent) in self.instance.ways.iter().zip(&done.sent) {
            if way.party == party {
                sums.1 += sent * way.hours;
                if !self.instance.works[way.work].deferred {
                    sums.0 += sent * way.hours;
                }
            }
        }
        sums
    }

    fn vendor(&mut self, case: usize, month: usize, v: usize) {
        let terms = &self.instance.vendors[v];
        let of = |done: &super::answer::Done| -> f64 {
            let parties = self.instance.parties.iter().zip(&done.staffed);
            parties
                .filter(|(p, _)| p.vendor == Some(v))
                .map(|x| x.1)
                .sum()
        };
        let done = &self.answer.months[case][month];
        let staffed = of(done);
        let plan = self.answer.vendor_heads(self.instance, v);
        let name = || format!("heads of {}", terms.name);
        self.at_most(staffed, self.instance.grown(v, month), name);
        if let (Some((up, down)), Some(before)) = (terms.ramp, month.checked_sub(1)) {
            let before = of(&self.answer.months[case][before]);
            self.at_most(staffed - before, up, name);
            self.at_most(before - staffed, down, name);
        }
        if terms.ramp.is_none() && self.instance.grown(v, month).is_infinite() {
            self.at_most(staffed, plan, name);
            self.at_most(plan, staffed, name);
        }
        let billed = done.billed[v];
        if self.answer.used[v] {
            self.at_most(terms.minimum, billed, || {
                format!("minimum of {}", terms.name)
            });
        } else {
            self.at_most(staffed, 0.0, name);
        }
        let mut units = 0.0;
        for (p, party) in self.instance.parties.iter().enumerate() {
            if party.vendor != Some(v) {
                continue;
            }
            if by_time(terms) {
                units += units_per_head(terms) * done.staffed[p];
            } else {
                let ways = self.instance.ways.iter().zip(&done.sent);
                units += ways
                    .filter(|(way, _)| way.party == p)
                    .map(|(way, sent)| sent * way.units)
                    .sum::<f64>();
            }
        }
        self.at_most(units, billed, || format!("bill of {}", terms.name));
        let back = done.paid_back[v];
        let lacks = self.instance.lacks(v, |p| {
            let party = &self.instance.parties[p];
            let live = self.work(case, month, p).0;
            (done.staffed[p] * head_hours(party), live)
        });
        let owed = self.instance.owes(v, case, month).unwrap_or(0.0) * terms.bill(billed);
        let missed = lacks >= -TOLERANCE * billed.max(1.0);
        let most = if missed { owed } else { 0.0 };
        self.at_most(back, most, || format!("what {} pays back", terms.name));
        if let Some(band) = terms.band.filter(|_| month > 0) {
            let most = (1.0 + band) * self.answer.contacts(self.instance, v);
            let sent = self.answer.sent_to(self.instance, case, month, v);
            self.at_most(sent, most, || {
                format!("contacts committed to {}", terms.name)
            });
        }
    }

    fn shares(&mut self, case: usize) {
        let mut all = 0.0;
        let mut resolved = 0.0;
        let mut by_vendor = vec![0.0; self.instance.vendors.len()];
        for done in &self.answer.months[case] {
            for (way, &sent) in self.instance.ways.iter().zip(&done.sent) {
                if self.instance.works[way.work].first_tier {
                    all += sent;
                    resolved += sent * way.resolved;
                    if let Some(v) = self.instance.parties[way.party].vendor {
                        by_vendor[v] += sent;
                    }
                }
            }
        }
        for &(vendor, cap) in &self.instance.caps {
            let share = vendor.map_or_else(|| by_vendor.iter().sum(), |v| by_vendor[v]);
            self.at_most(share, cap * all, || "share of a vendor".to_owned());
        }
        if let Some(floor) = self.instance.resolved {
            self.at_most(floor * all, resolved, || "contacts resolved".to_owned());
        }
    }
}
