//! What a vendor pays back for missing its own promise (`vendor.*.promise = { target, pays }`).
//!
//! Its people answer as it promised while they are enough for that: as many on-queue hours as its service curve asks for at its
//! own share and limit (a base and a slope, read as those of our promises are). In a month of a case in which
//! they are fewer it pays `pays` of the month's bill back. The promise is void in months whose contacts on the streams it
//! serves lie outside the band around the forecast: nothing is paid back then. Work that may lie is done in time wherever it
//! is done at all, so it breaks no promise.
//!
//! ```text
//! missed      only where  hours there <= base + slope x hours of live work   (of all its teams)
//! paid back <= pays x bill,  and nothing unless missed
//! ```

use super::instance::Instance;
use super::model::{Month, Terms, Writer, head_hours};
use crate::solve::{Sense, Var};

/// Hours that are short by less than this share break no promise.
const EDGE: f64 = 1e-3;

/// What a vendor pays back.
#[derive(Debug, Clone, PartialEq)]
pub struct Penalty {
    /// Share of a month's bill.
    pub pays: f64,
    /// `[case][month]`: whether the promise is void, because contacts are outside the band.
    pub void: Vec<Vec<bool>>,
}

impl Instance {
    /// What a vendor pays back in a month of a case when it misses; `None` where it owes nothing then.
    #[must_use]
    pub fn owes(&self, vendor: usize, case: usize, month: usize) -> Option<f64> {
        let penalty = self.vendors[vendor].penalty.as_ref()?;
        let void = penalty.void.get(case).is_some_and(|c| c[month]);
        (!void && penalty.pays > 0.0).then_some(penalty.pays)
    }

    /// Hours that a vendor lacks to keep its own promise, for hours there and hours of live work by party; below nought where
    /// they are enough.
    #[must_use]
    pub fn lacks(&self, vendor: usize, hours: impl Fn(usize) -> (f64, f64)) -> f64 {
        let mut lacks = 0.0;
        for (p, party) in self.parties.iter().enumerate() {
            if party.vendor == Some(vendor) && !party.unlimited {
                let (there, live) = hours(p);
                let (base, slope) = party.own_promise;
                lacks += (1.0 - EDGE) * (base + slope * live) - there;
            }
        }
        lacks
    }
}

impl Writer<'_> {
    /// What each vendor pays back in a month of a case.
    pub(super) fn penalties(&mut self, case: usize, m: usize, month: &mut Month) {
        for v in 0..self.instance.vendors.len() {
            let back = self
                .instance
                .owes(v, case, m)
                .map(|pays| self.penalty(v, pays, month));
            month.paid_back.push(back);
        }
    }

    fn penalty(&mut self, v: usize, pays: f64, month: &Month) -> Var {
        let instance = self.instance;
        let terms = &instance.vendors[v];
        let back = self.built.model.continuous(0.0, 0.0, f64::INFINITY);
        let missed = self.built.model.binary(0.0);
        let share = vec![(back, 1.0), (month.bill[v], -pays)];
        self.row(share, Sense::AtMost, 0.0);
        let most = pays * terms.bill(instance.most_units(v));
        self.row(vec![(back, 1.0), (missed, -most)], Sense::AtMost, 0.0);
        let mut row: Terms = Vec::new();
        let (mut base, mut all) = (0.0, 0.0);
        for (p, party) in instance.parties.iter().enumerate() {
            if party.vendor != Some(v) || party.unlimited {
                continue;
            }
            let (least, slope) = party.own_promise;
            base += (1.0 - EDGE) * least;
            all += party.entries.iter().map(|e| e.to * e.hours).sum::<f64>();
            row.extend(month.staffed[p].map(|s| (s, head_hours(party))));
            for (way, &sent) in instance.ways.iter().zip(&month.sent) {
                if way.party == p && !instance.works[way.work].deferred {
                    row.push((sent, -(1.0 - EDGE) * slope * way.hours));
                }
            }
        }
        // There are never more hours than the most heads have.
        row.push((missed, all));
        self.row(row, Sense::AtMost, base + all);
        back
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::answer::decide;
    use super::super::check::check;
    use super::super::summary::summary;
    use super::super::tests::{EXACT, all_solvers, case, close, far, own, two_parties};
    use super::*;

    /// A vendor that answers calls alone and promised what takes 1.5 hours on queue for each hour of calls; ours take 1.2.
    fn promising(pays: f64) -> Instance {
        let mut instance = two_parties();
        instance.works[0].deferred = false;
        instance.caps.clear();
        instance.parties[0] = own(0.0, 0.0);
        instance.parties[1] = far(1.0, 20.0);
        instance.parties[1].slope = 1.2;
        instance.parties[1].own_promise = (0.0, 1.5);
        instance.vendors[0].minimum = 0.0;
        instance.vendors[0].penalty = Some(Penalty {
            pays,
            void: Vec::new(),
        });
        instance.works[0].late = 1_000.0;
        instance.cases = vec![case("sure", 1.0, 1, 1_000.0)];
        instance
    }

    #[test]
    fn a_vendor_that_misses_its_own_promise_pays_back() {
        // Twelve heads keep ours, and miss the vendor's: 12,000 and 1,000 to manage it, a tenth of the bill back.
        let answer = all_solvers(&promising(0.1));
        assert_eq!(answer.heads[1], [12.0]);
        close(answer.months[0][0].paid_back[0], 1_200.0);
        close(answer.objective, 13_000.0 - 1_200.0);
        let said = summary(&promising(0.1), &answer, None);
        close(said.vendors[0].paid_back, 1_200.0);
        close(said.run_rate, 13_000.0 - 1_200.0);
        // With fifteen it keeps it.
        let mut kept = promising(0.1);
        kept.parties[1].entries[0].from = 15.0;
        let answer = all_solvers(&kept);
        assert_eq!(answer.heads[1], [15.0]);
        close(answer.months[0][0].paid_back[0], 0.0);
        close(answer.objective, 16_000.0);
        // Void where contacts lie outside its band: nothing comes back.
        let mut void = promising(0.1);
        void.vendors[0].penalty = Some(Penalty {
            pays: 0.1,
            void: vec![vec![true]],
        });
        close(all_solvers(&void).objective, 13_000.0);
        // An answer that takes the money of a promise that was kept is found out.
        let answer = decide(&kept, &EXACT).unwrap();
        let mut spoilt = answer.clone();
        spoilt.months[0][0].paid_back[0] = 100.0;
        assert!(check(&kept, &answer).is_empty() && !check(&kept, &spoilt).is_empty());
    }
}
