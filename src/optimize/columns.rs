//! Shifts that somebody of a team could work in a week: the columns of the model.

use super::employment::{pay_per_duty, shows_up};
use super::grid::Grid;
use super::levers::Staffing;
use crate::roster::{
    Duty, Off, OffKind, PremiumHours, dates, paid_hours, premium_hours, usable, working_hours,
    works_on,
};
use crate::scenario::model::{DutyRow, PriceUnit, Scenario, ShiftTemplate, Team};
use crate::time::{self, Tick};
use jiff::civil::Date;

/// Most columns per team and day; breaks are placed on a coarser grid before there are more.
const PER_DAY: usize = 400;
/// Break grids tried, minutes.
const GRIDS: [u32; 4] = [15, 30, 60, 120];

/// One shift on one day of a pattern week.
#[derive(Debug, Clone)]
pub struct Column {
    /// Team (index).
    pub team: usize,
    /// Index into the team's heads.
    pub heads: usize,
    /// Pattern of weeks.
    pub pattern: usize,
    /// Day of the team's week, 0 to 6.
    pub day: usize,
    /// What a roster file says of it; `heads` and `week` are filled in later.
    pub row: DutyRow,
    /// Start in ticks from the pattern week's start, for rest rules; may be negative.
    pub start: i64,
    /// Share of each cell spent at work and not on a break, `(cell, share)`, times the share of duties that somebody turns
    /// up for.
    pub covers: Vec<(usize, f64)>,
    /// Paid hours.
    pub paid_h: f64,
    /// Money per time it is worked, beyond the pay of heads: premiums, freelancers' pay, or a vendor's hours.
    pub cost: f64,
    /// Hours a vendor bills for it.
    pub billed_h: f64,
}

impl Column {
    /// End in ticks from the pattern week's start.
    #[must_use]
    pub fn end(&self) -> i64 {
        self.start + i64::from(self.row.length_min) * time::MINUTE as i64
    }

    /// Whether it begins on a Saturday or Sunday.
    #[must_use]
    pub fn weekend(&self) -> bool {
        crate::roster::weekend(self.row.day)
    }
}

/// All columns of the teams that may be planned.
#[must_use]
pub fn columns(scenario: &Scenario, grid: &Grid, staffing: &Staffing) -> Vec<Column> {
    let mut out = Vec::new();
    for (t, team) in scenario.teams.iter().enumerate() {
        if !staffing.planned[t] {
            continue;
        }
        let premiums = premium_hours(scenario, team);
        let all: Vec<Date> = dates(scenario, &team.clock).map(|d| d.0).collect();
        for (p, pattern) in grid.patterns.iter().enumerate() {
            let week = pattern.example();
            for (day, &date) in all.iter().skip(week * 7).take(7).enumerate() {
                let place = Place {
                    scenario,
                    grid,
                    team: t,
                    pattern: p,
                    day,
                    date,
                    premiums: &premiums,
                };
                place.add(&mut out);
            }
        }
    }
    out
}

/// A team on a date of a pattern week.
struct Place<'a> {
    scenario: &'a Scenario,
    grid: &'a Grid,
    team: usize,
    pattern: usize,
    day: usize,
    date: Date,
    premiums: &'a [PremiumHours],
}

impl Place<'_> {
    fn team(&self) -> &Team {
        &self.scenario.teams[self.team]
    }

    fn add(&self, out: &mut Vec<Column>) {
        let team = self.team();
        if self.scenario.sites[team.site]
            .holidays
            .on(self.date)
            .is_some()
        {
            return;
        }
        let mut choices: Vec<(usize, usize)> = Vec::new();
        for (h, heads) in team.heads.iter().enumerate() {
            let contract = heads.contract.map(|c| &self.scenario.contracts[c]);
            for template in usable(self.scenario, team, contract) {
                if works_on(
                    self.scenario,
                    team,
                    &self.scenario.shifts[template],
                    self.date,
                ) {
                    choices.push((h, template));
                }
            }
        }
        let count = |grid: u32| -> usize {
            let of = |&(_, t): &(usize, usize)| {
                let shift = &self.scenario.shifts[t];
                shift.starts_min.len()
                    * shift
                        .lengths_min
                        .iter()
                        .map(|&l| placements(shift, l, grid).len())
                        .sum::<usize>()
            };
            choices.iter().map(of).sum()
        };
        let fits = |g: &&u32| count(**g) <= PER_DAY;
        let breaks = GRIDS.iter().find(fits).unwrap_or(&GRIDS[3]);
        for (heads, template) in choices {
            self.template(heads, template, *breaks, out);
        }
    }

    fn template(&self, heads: usize, template: usize, break_grid: u32, out: &mut Vec<Column>) {
        let shift = &self.scenario.shifts[template];
        let contract = self.team().heads[heads].contract;
        let rules = contract.map(|c| &self.scenario.contracts[c].rules);
        let legal = |length: &&u32| {
            let work = working_hours(shift, **length) * 3600.0;
            rules.is_none_or(|r| work <= r.day_max_s + 1.0)
        };
        for &length_min in shift.lengths_min.iter().filter(legal) {
            let places = placements(shift, length_min, break_grid);
            for &start_min in &shift.starts_min {
                for breaks_min in &places {
                    let row = DutyRow {
                        week: None,
                        day: self.date.weekday(),
                        shift: template,
                        start_min,
                        length_min,
                        breaks_min: breaks_min.clone(),
                        heads: 0,
                        contract,
                    };
                    out.extend(self.column(heads, row));
                }
            }
        }
    }

    fn column(&self, heads: usize, row: DutyRow) -> Option<Column> {
        let shift = &self.scenario.shifts[row.shift];
        let horizon = &self.scenario.horizon;
        let zero = horizon.start().as_microsecond()
            + self.grid.starts[self.grid.patterns[self.pattern].example()] as i64;
        let at = |minute: u32| {
            time::instant(self.date, minute, &self.team().clock).map(|t| t.as_microsecond() - zero)
        };
        let (start, end) = (at(row.start_min)?, at(row.start_min + row.length_min)?);
        let mut on = vec![(start, end, 1.0)];
        for (pause, &from) in shift.breaks.iter().zip(&row.breaks_min) {
            on.push((
                at(row.start_min + from)?,
                at(row.start_min + from + pause.length_min)?,
                -1.0,
            ));
        }
        let mut column = Column {
            team: self.team,
            heads,
            pattern: self.pattern,
            day: self.day,
            paid_h: paid_hours(shift, row.length_min),
            row,
            start,
            covers: self.covers(&on),
            cost: 0.0,
            billed_h: 0.0,
        };
        self.price(&mut column, zero, &on);
        (!column.covers.is_empty()).then_some(column)
    }

    /// Share of each cell covered by stretches of time, weeks repeating where the pattern is a whole week.
    fn covers(&self, on: &[(i64, i64, f64)]) -> Vec<(usize, f64)> {
        let pattern = &self.grid.patterns[self.pattern];
        let step = self.grid.step as i64;
        let cells = pattern.cells as i64;
        let whole = cells * step >= 7 * 24 * time::HOUR as i64 - 2 * time::HOUR as i64;
        let mut covers: Vec<(usize, f64)> = Vec::new();
        for &(from, to, sign) in on {
            let mut at = from;
            while at < to {
                let cell = at.div_euclid(step);
                let next = ((cell + 1) * step).min(to);
                if whole || (0..cells).contains(&cell) {
                    let index = pattern.first + cell.rem_euclid(cells) as usize;
                    let part = sign * (next - at) as f64 / step as f64;
                    match covers.iter_mut().find(|c| c.0 == index) {
                        Some(known) => known.1 += part,
                        None => covers.push((index, part)),
                    }
                }
                at = next;
            }
        }
        covers.retain(|c| c.1 > 1e-9);
        covers.sort_unstable_by_key(|c| c.0);
        covers
    }

    /// Premiums of own staff, or what a vendor bills.
    fn price(&self, column: &mut Column, zero: i64, on: &[(i64, i64, f64)]) {
        let start = self.scenario.horizon.start().as_microsecond();
        let tick = |t: i64| (t + zero - start).max(0) as Tick;
        let offs = on[1..]
            .iter()
            .zip(&self.scenario.shifts[column.row.shift].breaks)
            .map(|(o, b)| Off {
                start: tick(o.0),
                end: tick(o.1),
                kind: if b.paid {
                    OffKind::PaidBreak
                } else {
                    OffKind::UnpaidBreak
                },
            });
        let duty = Duty {
            start: tick(on[0].0),
            end: tick(on[0].1),
            cut: 0,
            offs: offs.collect(),
        };
        let Some(vendor) = self.team().vendor else {
            let mine = |p: &&PremiumHours| Some(p.contract) == column.row.contract;
            let premiums = self.premiums.iter().filter(mine).map(|p| p.pay(&duty));
            let contract = column.row.contract;
            let by_duty = contract.map_or(0.0, |c| pay_per_duty(self.scenario, c, column.paid_h));
            let contract = contract.map(|c| &self.scenario.contracts[c]);
            column.cost = premiums.sum::<f64>() + by_duty;
            column
                .covers
                .iter_mut()
                .for_each(|c| c.1 *= shows_up(contract));
            return;
        };
        let price = self.scenario.mean_price(vendor);
        let vendor = &self.scenario.vendors[vendor];
        column.billed_h = match vendor.per {
            PriceUnit::LoggedInHour => column.paid_h * present(self.team()),
            PriceUnit::ScheduledHour => f64::from(column.row.length_min) / 60.0,
            _ => 0.0,
        };
        column.cost = column.billed_h * price;
    }
}

/// Share of scheduled time that people turn up for.
#[must_use]
pub fn present(team: &Team) -> f64 {
    let s = &team.shrinkage;
    let at_work = (1.0 - s.leave).max(1e-9);
    (1.0 - s.sick / at_work) * (1.0 - s.late / (at_work - s.sick).max(1e-9))
}

/// Share of scheduled time, breaks apart, that people are on queue.
#[must_use]
pub fn on_queue(team: &Team) -> f64 {
    let s = &team.shrinkage;
    let planned = (s.training + s.meetings + s.other_work) / (1.0 - s.leave - s.sick).max(1e-9);
    present(team) * (1.0 - planned)
}

/// Every placement of a shift's breaks on a grid, in order and without overlap.
fn placements(shift: &ShiftTemplate, length_min: u32, grid: u32) -> Vec<Vec<u32>> {
    let mut out: Vec<Vec<u32>> = vec![Vec::new()];
    for (i, pause) in shift.breaks.iter().enumerate() {
        let mut longer = Vec::new();
        for placed in &out {
            let free = placed
                .last()
                .map_or(0, |&f| f + shift.breaks[i - 1].length_min);
            for from in (pause.from_min..=pause.to_min).step_by(grid as usize) {
                if from >= free && from + pause.length_min < length_min {
                    longer.push([placed.as_slice(), &[from]].concat());
                }
            }
        }
        out = longer;
    }
    out
}
