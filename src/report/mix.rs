//! What a mix of own people and vendors says: who does how much, what is committed, what a bad case costs, the way there.

use super::grid::Grid;
use super::number::plain;
use super::page::Page;
use crate::measure::Unit;
use crate::optimize::mix::{CaseMix, Mix, VendorMix};
use std::fmt::Write as _;

/// Cases shown of many: the cheapest, the dearest and some between.
const CASES: usize = 6;

/// A mix as text.
#[must_use]
pub fn text(mix: &Mix, currency: &str, page: &Page) -> String {
    let view = View {
        mix,
        currency,
        page,
    };
    [
        view.head(),
        view.parties(),
        view.vendors(),
        view.cases(),
        view.path(),
        view.notes(),
    ]
    .concat()
}

struct View<'a> {
    mix: &'a Mix,
    currency: &'a str,
    page: &'a Page,
}

impl View<'_> {
    fn money(&self, value: f64) -> String {
        plain(Unit::Money, value, self.currency)
    }

    fn head(&self) -> String {
        let mix = self.mix;
        let mut text = format!(
            "mix over {} months and {} cases of demand: {} a month once settled",
            mix.months,
            mix.cases.len(),
            self.money(mix.run_rate)
        );
        if let Some(today) = mix.run_rate_today {
            let _ = write!(text, " (today's heads {})", self.money(today));
        }
        let _ = write!(text, ", {} once", self.money(mix.one_off));
        if let Some(cvar) = mix.cvar {
            let _ = write!(
                text,
                "; {} in the mean, {} in the worst cases",
                self.money(mix.mean_cost),
                self.money(cvar)
            );
        }
        match mix.hedging {
            Some(more) => {
                let _ = write!(
                    text,
                    "; a plan for the forecast alone would cost {} more over these cases",
                    self.money(more)
                );
            }
            None => text.push_str("; a plan for the forecast alone breaks a bound in some case"),
        }
        self.page.wrap(&text, 0)
    }

    fn parties(&self) -> String {
        let head = ["mix", "heads", "today", "of contacts", "occupancy"];
        let mut grid = Grid::new(head.map(str::to_owned).to_vec());
        for party in &self.mix.parties {
            let name = match &party.vendor {
                Some(vendor) => format!("{} ({vendor})", party.name),
                None => party.name.clone(),
            };
            grid.plain(vec![
                name,
                format!("{:.0}", party.heads),
                format!("{:.0}", party.heads_today),
                format!("{:.1}%", 100.0 * party.share.max(0.0)),
                party
                    .occupancy
                    .map_or_else(|| "-".to_owned(), |o| format!("{:.0}%", 100.0 * o)),
            ]);
        }
        grid.render(self.page)
    }

    fn vendors(&self) -> String {
        let line = |v: &VendorMix| {
            let price = match v.break_even {
                Some(even) => format!(
                    "break-even against in-house at {} instead of {} a unit",
                    self.cents(even),
                    self.cents(v.price)
                ),
                None => "worth it at no price".to_owned(),
            };
            let back = if v.paid_back > 0.0 {
                format!(
                    ", {} a month paid back for its own promise missed",
                    self.money(v.paid_back)
                )
            } else {
                String::new()
            };
            let text = if v.used {
                format!(
                    "{}: {:.0} heads, {:.0} contacts a month (without a new commitment {:.0} to {:.0}); billed {} a \
                     month, of it {} for time without work{back}; {price}",
                    v.name,
                    v.heads,
                    v.contacts,
                    v.contacts_low,
                    v.contacts_high,
                    self.money(v.billed),
                    self.money(v.stranded)
                )
            } else {
                format!("{}: not used; {price}", v.name)
            };
            self.page.wrap(&text, 2)
        };
        self.mix.vendors.iter().map(line).collect()
    }

    /// Prices per unit are small: with cents.
    fn cents(&self, value: f64) -> String {
        format!("{} {value:.2}", self.currency)
    }

    fn cases(&self) -> String {
        let mut cases: Vec<&CaseMix> = self.mix.cases.iter().collect();
        cases.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        let n = cases.len();
        let shown: Vec<&CaseMix> = if n > CASES && !self.page.verbose {
            (0..CASES)
                .map(|i| cases[i * (n - 1) / (CASES - 1)])
                .collect()
        } else {
            cases
        };
        let head = [
            "case",
            "chance",
            "cost",
            "regret",
            "by vendors",
            "late",
            "overtime",
            "stranded",
        ];
        let mut grid = Grid::new(head.map(str::to_owned).to_vec());
        for case in shown {
            grid.plain(vec![
                case.name.clone(),
                format!("{:.0}%", 100.0 * case.chance),
                self.money(case.cost),
                self.money(case.regret),
                format!("{:.0}%", 100.0 * case.vendor_share.max(0.0)),
                format!("{:.1}%", 100.0 * case.late_share),
                format!("{:.0} h", case.overtime_h),
                self.money(case.stranded),
            ]);
        }
        grid.render(self.page)
    }

    fn path(&self) -> String {
        let head = [
            "month",
            "own heads",
            "vendors' heads",
            "cost",
            "saved so far",
        ];
        let mut grid = Grid::new(head.map(str::to_owned).to_vec());
        let last = self.mix.months;
        let shown = |month: u32| {
            self.page.verbose || month <= 3 || month.is_multiple_of(3) || month == last
        };
        for step in self.mix.path.iter().filter(|s| shown(s.month)) {
            grid.plain(vec![
                step.month.to_string(),
                format!("{:.1}", step.own_heads),
                format!("{:.1}", step.vendor_heads),
                self.money(step.cost),
                step.saved
                    .map_or_else(|| "-".to_owned(), |saved| self.money(saved)),
            ]);
        }
        let mut out = grid.render(self.page);
        if self.mix.run_rate_today.is_some() {
            let trough = self.mix.trough.map_or_else(
                || "the change never costs more than it has saved".to_owned(),
                |(month, money)| format!("deepest in month {month} at {}", self.money(money)),
            );
            let payback = self.mix.payback.map_or_else(
                || format!("not paid back within {last} months"),
                |month| format!("paid back by the end of month {month}"),
            );
            out.push_str(&self.page.wrap(&format!("{trough}; {payback}"), 2));
        }
        out
    }

    fn notes(&self) -> String {
        let line = |note: &String| self.page.wrap(&format!("assumed: {note}"), 2);
        self.mix.assumptions.iter().map(line).collect()
    }
}
