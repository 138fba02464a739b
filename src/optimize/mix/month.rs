//! Rows of a month of a case: contacts in balance, hours that hold the work.

use super::model::{Month, Terms, Writer, head_hours};
use crate::solve::Sense;

impl Writer<'_> {
    pub(super) fn month(&mut self) -> Month {
        let instance = self.instance;
        let model = &mut self.built.model;
        let mut amount = || model.continuous(0.0, 0.0, f64::INFINITY);
        Month {
            sent: instance.ways.iter().map(|_| amount()).collect(),
            late: instance.works.iter().map(|_| amount()).collect(),
            staffed: instance
                .parties
                .iter()
                .map(|p| p.vendor.is_some().then(&mut amount))
                .collect(),
            billed: instance.vendors.iter().map(|_| amount()).collect(),
            bill: instance.vendors.iter().map(|_| amount()).collect(),
            paid_back: Vec::new(),
            overtime: instance.parties.iter().map(|_| amount()).collect(),
        }
    }

    /// What is worked or late is what arrives and what follows from work; shares of ways are kept.
    pub(super) fn balance(&mut self, case: usize, m: usize, month: &Month) {
        let instance = self.instance;
        let mut rows: Vec<Terms> = month.late.iter().map(|&l| vec![(l, 1.0)]).collect();
        for (way, &sent) in instance.ways.iter().zip(&month.sent) {
            rows[way.work].push((sent, 1.0));
            for &(work, share) in &way.follow {
                rows[work].push((sent, -share));
            }
        }
        for (row, &first) in rows.into_iter().zip(&instance.cases[case].demand[m]) {
            self.row(row, Sense::Equal, first);
        }
        for (w, way) in instance.ways.iter().enumerate() {
            let all = |share: f64| -> Terms {
                let mut row: Terms = instance
                    .ways
                    .iter()
                    .zip(&month.sent)
                    .filter(|(o, _)| o.work == way.work)
                    .map(|(_, &sent)| (sent, -share))
                    .collect();
                row.push((month.sent[w], 1.0));
                row
            };
            if way.most < 1.0 {
                self.row(all(way.most), Sense::AtMost, 0.0);
            }
            if way.least > 0.0 {
                self.row(all(way.least), Sense::AtLeast, 0.0);
            }
        }
    }

    /// Hours of a party hold its work, with the waiting that live work needs.
    pub(super) fn capacity(&mut self, m: usize, month: &Month) {
        let instance = self.instance;
        for (p, party) in instance.parties.iter().enumerate() {
            if party.unlimited {
                self.unlimited(p, month);
                continue;
            }
            let mut there: Terms = Vec::new();
            let mut away: Terms = Vec::new();
            match (party.vendor, month.staffed[p]) {
                (Some(_), Some(staffed)) => there.push((staffed, head_hours(party))),
                _ => {
                    for (e, entry) in party.entries.iter().enumerate() {
                        there.push((self.built.heads[p][e], entry.hours));
                        there.push((self.built.beyond[p][e][m], entry.hours));
                        let absent = self.built.missing[p][e].absent[m].iter();
                        away.extend(absent.map(|&(v, n)| (v, -n * entry.hours)));
                    }
                    there.extend(away.iter().copied());
                    let mut most: Terms = there
                        .iter()
                        .map(|t| (t.0, instance.overtime * t.1))
                        .collect();
                    most.push((month.overtime[p], -1.0));
                    self.row(most, Sense::AtLeast, 0.0);
                    there.push((month.overtime[p], 1.0));
                }
            }
            let mut live = there.clone();
            let mut all: Terms = there.iter().map(|t| (t.0, party.occupancy * t.1)).collect();
            for (way, &sent) in instance.ways.iter().zip(&month.sent) {
                if way.party == p {
                    all.push((sent, -way.hours));
                    if !instance.works[way.work].deferred {
                        live.push((sent, -way.hours * party.slope));
                    }
                }
            }
            self.row(all, Sense::AtLeast, 0.0);
            match party.vendor {
                Some(v) => {
                    live.push((self.built.used[v], -instance.base_h(p, m)));
                    self.row(live, Sense::AtLeast, 0.0);
                }
                // Whoever waits for the first contact is planned; while newcomers are still to come, as many as are there do.
                None if away.is_empty() => self.row(live, Sense::AtLeast, party.base_h),
                None => {
                    self.row(live.clone(), Sense::AtLeast, 0.0);
                    live.extend(away.iter().map(|t| (t.0, -t.1)));
                    self.row(live, Sense::AtLeast, party.base_h);
                }
            }
        }
    }
}
