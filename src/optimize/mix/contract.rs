//! Rows of a vendor's contract: heads within ramp, lock and notice, units and money billed.

use super::model::{Month, Terms, Writer, by_line, by_time, units_per_head};
use crate::solve::Sense;

impl Writer<'_> {
    /// Vendor heads move from those committed within ramp, lock and notice; they grow, and shrink, from today's.
    pub(super) fn ramp(&mut self, v: usize, m: usize, before: Option<&Month>, month: &Month) {
        let instance = self.instance;
        let terms = &instance.vendors[v];
        let mine = self.entries_of(v);
        let most: f64 = mine
            .iter()
            .map(|&(p, e)| instance.parties[p].entries[e].to)
            .sum();
        let staffed: Terms = mine
            .iter()
            .filter_map(|&(p, _)| Some((month.staffed[p]?, 1.0)))
            .collect();
        let with = |share: f64| -> Terms {
            let plan = mine.iter().map(|&(p, e)| (self.built.heads[p][e], -share));
            staffed.iter().copied().chain(plan).collect()
        };
        let (up, down) = terms.ramp.unwrap_or((0.0, 0.0));
        let since = |fixed: f64| (m as f64 + 0.5 - fixed).max(0.0);
        let (grown, still) = (instance.grown(v, m), instance.committed(v, m).min(most));
        // The larger of plan and what is still committed, by its chord; the smaller of plan and growth, by its own.
        let loose = with(1.0 - still / most.max(1e-9));
        let firm = with((grown / most.max(1e-9)).min(1.0));
        self.row(loose, Sense::AtMost, still + up * since(terms.fixed.0));
        self.row(firm, Sense::AtLeast, -down * since(terms.fixed.1));
        if grown.is_finite() {
            self.row(staffed.clone(), Sense::AtMost, grown);
        }
        if still > 0.0 {
            let mut row = staffed.clone();
            row.push((self.built.used[v], -still.min(grown)));
            self.row(row, Sense::AtLeast, 0.0);
        }
        if let (Some(before), Some((up, down))) = (before, terms.ramp) {
            let mut change = staffed.clone();
            change.extend(
                mine.iter()
                    .filter_map(|&(p, _)| Some((before.staffed[p]?, -1.0))),
            );
            self.row(change.clone(), Sense::AtMost, up);
            self.row(change, Sense::AtLeast, -down);
        }
        for &(p, e) in &mine {
            if let Some(var) = month.staffed[p] {
                let to = instance.parties[p].entries[e].to;
                self.row(
                    vec![(var, 1.0), (self.built.used[v], -to)],
                    Sense::AtMost,
                    0.0,
                );
            }
        }
    }

    /// Automation works on anything once it is used.
    pub(super) fn unlimited(&mut self, party: usize, month: &Month) {
        let instance = self.instance;
        let Some(v) = instance.parties[party].vendor else {
            return;
        };
        let sent = instance.ways.iter().zip(&month.sent);
        let mut row: Terms = sent
            .filter(|(way, _)| way.party == party)
            .map(|(_, &s)| (s, 1.0))
            .collect();
        row.push((self.built.used[v], -instance.most_contacts()));
        self.row(row, Sense::AtMost, 0.0);
    }

    /// Units billed: people's time, or work done; at least the minimum.
    pub(super) fn units(&mut self, v: usize, m: usize, month: &Month) {
        let instance = self.instance;
        let terms = &instance.vendors[v];
        let billed = month.billed[v];
        let least = vec![(billed, 1.0), (self.built.used[v], -terms.minimum)];
        self.row(least, Sense::AtLeast, 0.0);
        let mut row = vec![(billed, 1.0)];
        if by_time(terms) {
            let unit = units_per_head(terms);
            for (p, _) in self.entries_of(v) {
                row.extend(month.staffed[p].map(|s| (s, -unit)));
            }
        } else {
            for (way, &sent) in instance.ways.iter().zip(&month.sent) {
                if instance.parties[way.party].vendor == Some(v) {
                    row.push((sent, -way.units));
                }
            }
        }
        self.row(row, Sense::AtLeast, 0.0);
        if let Some(band) = terms.band.filter(|_| m > 0 || instance.months == 1) {
            let mut row = vec![(self.built.contacts[v], -(1.0 + band))];
            for (way, &sent) in instance.ways.iter().zip(&month.sent) {
                if instance.firsts_of(way, v) {
                    row.push((sent, 1.0));
                }
            }
            self.row(row, Sense::AtMost, 0.0);
        }
    }

    /// Money for units. Where prices only rise with volume the lines of the tariff bound it from below; else the line is
    /// part of the contract, and a price that is paid for all units is had by volumes that reach it alone.
    pub(super) fn bill(&mut self, v: usize, month: &Month) {
        let instance = self.instance;
        let terms = &instance.vendors[v];
        let (units, money) = (month.billed[v], month.bill[v]);
        if !by_line(terms) {
            for (i, line) in terms.tariff.iter().enumerate() {
                let row = vec![(money, 1.0), (units, -line.price)];
                self.row(row, Sense::AtLeast, terms.intercept(i));
            }
            return;
        }
        let most = instance.most_units(v);
        let mut sum = vec![(units, 1.0)];
        let mut price = vec![(money, 1.0)];
        for (i, line) in terms.tariff.iter().enumerate() {
            let chosen = self.built.lines[v][i];
            let part = self.built.model.continuous(0.0, 0.0, f64::INFINITY);
            let next = terms.tariff.get(i + 1);
            let to = next
                .filter(|n| terms.all_units && n.price > line.price)
                .map_or(most, |n| n.above);
            self.row(vec![(part, 1.0), (chosen, -to)], Sense::AtMost, 0.0);
            if terms.all_units {
                let reach = vec![(part, 1.0), (chosen, -line.above)];
                self.row(reach, Sense::AtLeast, 0.0);
            }
            sum.push((part, -1.0));
            price.push((part, -line.price));
            price.push((chosen, -terms.intercept(i)));
        }
        self.row(sum, Sense::Equal, 0.0);
        self.row(price, Sense::AtLeast, 0.0);
    }
}
