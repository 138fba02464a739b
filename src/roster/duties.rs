//! Rosters given as duties: how many heads work which shift on which day of which week.
//!
//! Rows say what is worked, not by whom. Duties are handed out day by day to the people of the payroll so that nobody
//! has two at once and, as far as it can be, everybody keeps rest, days and hours of the contract and works at a
//! similar time of day as before. What cannot be kept is found by [`check`](super::check).

use super::calendar::{dates, eve, lay, saturday, saturdays};
use super::cover::Cover;
use super::even_out::even_out;
use super::offs::{self, breaks_at};
use super::person::phase;
use super::types::{Duty, Infeasible, Position};
use super::wanted;
use crate::scenario::model::{Contract, DutyRow, Scenario, Team};
use crate::time::{self, HOUR, Tick};
use jiff::ToSpan;
use jiff::civil::Date;

/// Hours beyond the payroll's that are rounding, as a share.
const ROUNDING: f64 = 0.01;
/// Starts this close are the same time of day.
const SAME_TIME: Tick = 2 * HOUR;
const DAY: Tick = 24 * HOUR;

/// Lays every row out on the team's clock and hands the duties out; planned work off queue goes where the `load`, in
/// erlangs per planning interval, is covered best.
///
/// # Errors
/// When more people are on duty at once, or more hours are worked, than the payroll has.
pub fn positions(
    scenario: &Scenario,
    team: &Team,
    rows: &[DutyRow],
    load: &[f64],
) -> Result<Vec<Position>, Infeasible> {
    let mut people = people(scenario, team, rows)?;
    place_planned(scenario, team, &mut people, load);
    Ok(people)
}

/// Hands every row out in the order that breaks fewest rules; planned work off queue is not placed.
///
/// # Errors
/// When more people are on duty at once, or more hours are worked, than the payroll has.
pub fn people(
    scenario: &Scenario,
    team: &Team,
    rows: &[DutyRow],
) -> Result<Vec<Position>, Infeasible> {
    let mut staff = handed_out(scenario, team, rows, ORDERS[0])?;
    let bound = |p: &Position| {
        let rules = p.contract.map(|c| &scenario.contracts[c].rules);
        rules.is_some_and(|r| r.start_band_s.is_some() || r.weekend_share < 1.0)
    };
    if staff.positions.iter().any(bound) {
        for order in &ORDERS[1..] {
            if staff.broken == 0 {
                break;
            }
            match handed_out(scenario, team, rows, *order) {
                Ok(other) if other.broken < staff.broken => staff = other,
                _ => {}
            }
        }
    }
    staff.within_payroll(scenario, team)?;
    even_out(scenario, team, &mut staff.positions);
    Ok(staff.positions)
}

/// In what order duties are handed out.
#[derive(Debug, Clone, Copy)]
struct Order {
    /// To those first who have worked most of the week, so that as few as can be are bound to a band of starts, and among
    /// those who begin it to who has worked least so far; else evenly over people.
    fill: bool,
    /// A day's late duties before its early ones.
    late_first: bool,
}

/// The orders that are tried where bands of starts or shares of weekends bind; the first is everybody's.
const ORDERS: [Order; 4] = [
    Order {
        fill: false,
        late_first: false,
    },
    Order {
        fill: true,
        late_first: false,
    },
    Order {
        fill: false,
        late_first: true,
    },
    Order {
        fill: true,
        late_first: true,
    },
];

/// Hands every row out, day by day.
fn handed_out(
    scenario: &Scenario,
    team: &Team,
    rows: &[DutyRow],
    order: Order,
) -> Result<Staff, Infeasible> {
    let mut staff = Staff::new(team);
    let saturdays = saturdays(scenario, &team.clock);
    staff.weekends = saturdays.len() as u32;
    staff.fill = order.fill;
    // Rows that hold every week hold on the day before the horizon, too: its night shift reaches into it.
    let before = eve(scenario, &team.clock).map(|date| (date, 0));
    for (date, week) in before.into_iter().chain(dates(scenario, &team.clock)) {
        let today = |r: &&DutyRow| {
            r.heads > 0 && r.day == date.weekday() && r.week.is_none_or(|w| w == week)
        };
        let mut laid: Vec<(Duty, &DutyRow)> = rows
            .iter()
            .filter(today)
            .filter_map(|row| Some((duty(scenario, team, row, date)?, row)))
            .collect();
        laid.sort_by_key(|(d, _)| (d.start, d.end));
        if order.late_first {
            laid.reverse();
        }
        for (duty, row) in laid {
            for _ in 0..row.heads {
                let on = On {
                    date,
                    week,
                    start_min: row.start_min % 1440,
                    saturday: saturday(date).filter(|s| saturdays.contains(s)),
                };
                staff.hand_out(scenario, team, &duty, row.contract, on)?;
            }
        }
    }
    Ok(staff)
}

/// Places planned work off queue, week by week.
fn place_planned(scenario: &Scenario, team: &Team, positions: &mut [Position], load: &[f64]) {
    let horizon = &scenario.horizon;
    let mut cover = Cover::new(horizon.interval(), horizon.intervals());
    let there = offs::attendance(team);
    for duty in positions.iter().flat_map(|p| &p.duties) {
        cover.add(duty.start, duty.end, there);
        for off in &duty.offs {
            cover.add(off.start, off.end, -there);
        }
    }
    let people = cover.people.iter().sum();
    let load = wanted::wanted(scenario, team, load);
    wanted::scale(&load, (0, horizon.length()), people, &mut cover);
    let week = |d: &Duty| d.start / (7 * DAY);
    for (position, number) in positions.iter_mut().zip(0..) {
        let mut owed = offs::planned_head_start(phase(number));
        for duties in position.duties.chunk_by_mut(|a, b| week(a) == week(b)) {
            offs::place_planned(team, duties, &mut owed, &mut cover);
        }
    }
}

/// One duty of a row on a date, with its breaks, cut to the horizon; `None` when nothing of it is left.
fn duty(scenario: &Scenario, team: &Team, row: &DutyRow, date: Date) -> Option<Duty> {
    let span = lay(scenario, &team.clock, date, row.start_min, row.length_min)?;
    let shift = &scenario.shifts[row.shift];
    let mut duty = Duty {
        start: span.start,
        end: span.end,
        cut: span.cut,
        offs: Vec::new(),
    };
    duty.offs = breaks_at(shift, &duty, |i| {
        let middle = shift
            .breaks
            .get(i)
            .map_or(0, |b| u32::midpoint(b.from_min, b.to_min));
        row.breaks_min.get(i).copied().unwrap_or(middle)
    });
    Some(duty)
}

/// A team's people and what each has worked.
struct Staff {
    positions: Vec<Position>,
    accounts: Vec<Account>,
    /// Nobody is on the payroll: there are as many people as duties need.
    open_ended: bool,
    /// Weekends of the horizon.
    weekends: u32,
    /// Whether those come first who have begun their week.
    fill: bool,
    /// Rules broken so far, by weight.
    broken: u32,
}

/// What one head has worked.
#[derive(Clone, Copy, Default)]
struct Account {
    week: u32,
    hours_this_week: f64,
    hours: f64,
    days_this_week: u32,
    run: u32,
    last: Option<(Date, Tick, Tick)>,
    /// Weekends worked, and the Saturday of the last.
    weekends: (u32, Option<Date>),
    /// Starts of this week, minutes after midnight.
    starts: [Option<u32>; 7],
}

/// The day a duty falls on.
#[derive(Clone, Copy)]
struct On {
    date: Date,
    week: u32,
    /// Start by the clock, minutes after midnight.
    start_min: u32,
    /// Saturday of its weekend, where it lies on one of the horizon's.
    saturday: Option<Date>,
}

/// Paid hours of a contract from the horizon's start to the end of a day's week.
fn owed(scenario: &Scenario, contract: &Contract, on: On) -> f64 {
    if contract.hours_in.is_empty() {
        return contract.hours_per_week * f64::from(on.week).min(scenario.horizon.weeks());
    }
    let before = |week: u32| on.date.checked_sub((7 * i64::from(week)).days()).ok();
    let days = (0..on.week).filter_map(before);
    days.map(|day| contract.hours_on(day)).sum()
}

impl Staff {
    fn new(team: &Team) -> Self {
        let mut positions = Vec::new();
        for heads in &team.heads {
            positions.extend((0..heads.count).map(|_| Position {
                contract: heads.contract,
                duties: Vec::new(),
            }));
        }
        Self {
            accounts: vec![Account::default(); positions.len()],
            open_ended: positions.is_empty(),
            weekends: 0,
            fill: false,
            broken: 0,
            positions,
        }
    }

    /// Gives a duty to whoever keeps most of the rules with it.
    fn hand_out(
        &mut self,
        scenario: &Scenario,
        team: &Team,
        duty: &Duty,
        contract: Option<usize>,
        on: On,
    ) -> Result<(), Infeasible> {
        let fits = |i: &usize| contract.is_none() || self.positions[*i].contract == contract;
        let free = |i: &usize| {
            let last = self.positions[*i].duties.last();
            last.is_none_or(|d| d.end <= duty.start)
        };
        let candidates = (0..self.positions.len()).filter(fits).filter(free);
        let chosen = candidates.min_by_key(|&i| self.cost(scenario, i, duty, on));
        let index = match chosen {
            Some(index) => {
                self.broken += self.cost(scenario, index, duty, on).0;
                index
            }
            None if self.open_ended => {
                let default = team.heads.first().and_then(|h| h.contract);
                self.positions.push(Position {
                    contract: contract.or(default),
                    duties: Vec::new(),
                });
                self.accounts.push(Account::default());
                self.positions.len() - 1
            }
            None => return Err(self.too_many(scenario, team, duty, contract)),
        };
        self.accounts[index].work(duty, on);
        self.positions[index].duties.push(duty.clone());
        Ok(())
    }

    /// What a duty costs a person, worst first: rules broken, weekends worked where they are bounded, distance from the
    /// usual time of day, hours this week.
    fn cost(
        &self,
        scenario: &Scenario,
        index: usize,
        duty: &Duty,
        on: On,
    ) -> (u32, u32, bool, Tick, u32, usize) {
        let account = &self.accounts[index];
        let (hours, days) = account.this_week(on.week);
        let run = account.run_up_to(on.date);
        let distance = account.last.map_or(0, |(_, start, _)| {
            let away = (start % DAY).abs_diff(duty.start % DAY);
            away.min(DAY - away) / SAME_TIME
        });
        let another = on.saturday.is_some() && on.saturday != account.weekends.1;
        let mut weekends = 0;
        let broken = self.positions[index].contract.map_or(0, |c| {
            let contract = &scenario.contracts[c];
            let rules = &contract.rules;
            let rest = time::ticks(rules.rest_s);
            let short_rest = account
                .last
                .is_some_and(|(_, _, end)| end + rest > duty.start);
            if another && rules.weekend_share < 1.0 {
                weekends = account.weekends.0 + 1;
            }
            let apart = account
                .starts_of(on.week)
                .any(|start| !rules.near(start, on.start_min));
            let too_long = hours + 0.5 * duty.paid_s() / 3600.0 > contract.hours_on(on.date);
            // Odd hours are carried from week to week; whoever has all that is owed up to now would be a shift ahead.
            let ahead = account.hours > owed(scenario, contract, on) + 1e-6;
            4 * u32::from(short_rest)
                + 2 * u32::from(run >= rules.days_in_a_row || days >= rules.days_per_week)
                + 2 * u32::from(weekends > rules.weekends(self.weekends))
                + 2 * u32::from(apart)
                + 2 * u32::from(ahead)
                + u32::from(too_long)
        });
        let worked = (hours * 4.0) as u32;
        if !self.fill {
            return (broken, weekends, false, distance, worked, index);
        }
        // A Saturday goes to whoever can work the Sunday, too; any other day to whoever has begun the week.
        let contract = self.positions[index].contract;
        let most = contract.map_or(7, |c| scenario.contracts[c].rules.days_per_week);
        let saturday = on.saturday == Some(on.date);
        let later = if saturday { days + 2 > most } else { days == 0 };
        let order = (7 - days.min(7)) << 16 | (account.hours * 4.0).min(65_535.0) as u32;
        (broken, weekends, later, distance, order, index)
    }

    fn too_many(
        &self,
        scenario: &Scenario,
        team: &Team,
        duty: &Duty,
        contract: Option<usize>,
    ) -> Infeasible {
        let of_contract = |p: &&Position| contract.is_none() || p.contract == contract;
        let payroll = self.positions.iter().filter(of_contract).count();
        let when = scenario
            .horizon
            .zoned_in(duty.start, &team.clock)
            .strftime("%a %d %b %Y %H:%M")
            .to_string();
        let named = contract.map_or_else(String::new, |c| {
            format!(" of contract {}", scenario.contracts[c].name)
        });
        Infeasible {
            reason: format!(
                "team {}: its roster has more than {payroll} people{named} at work on {when}, and the payroll has no more",
                team.name
            ),
            remedy: "put fewer heads on the shifts of that day, or more people on the payroll"
                .into(),
        }
    }

    /// Whether all hours together are inside the payroll's.
    fn within_payroll(&self, scenario: &Scenario, team: &Team) -> Result<(), Infeasible> {
        if self.open_ended {
            return Ok(());
        }
        let weeks = scenario.horizon.weeks();
        let duties = self.positions.iter().flat_map(|p| &p.duties);
        let worked = duties.map(Duty::paid_s).sum::<f64>() / 3600.0;
        let payroll = super::weekly_hours(scenario, team) * weeks;
        if worked <= payroll * (1.0 + ROUNDING) {
            return Ok(());
        }
        Err(Infeasible {
            reason: format!(
                "team {}: its roster has {:.0} paid hours a week, and its payroll only {:.0}, leave and sickness included",
                team.name,
                worked / weeks,
                payroll / weeks
            ),
            remedy: "put fewer heads on shifts, or more people on the payroll".into(),
        })
    }
}

impl Account {
    /// Hours and days worked in a week.
    fn this_week(&self, week: u32) -> (f64, u32) {
        if self.week == week {
            (self.hours_this_week, self.days_this_week)
        } else {
            (0.0, 0)
        }
    }

    /// Days worked in a row up to the day before a date.
    fn run_up_to(&self, date: Date) -> u32 {
        match self.last {
            Some((last, ..)) if last.tomorrow().is_ok_and(|next| next == date) => self.run,
            _ => 0,
        }
    }

    /// Starts of a week so far.
    fn starts_of(&self, week: u32) -> impl Iterator<Item = u32> {
        let this = self.week == week;
        self.starts.into_iter().flatten().filter(move |_| this)
    }

    fn work(&mut self, duty: &Duty, on: On) {
        let On { date, week, .. } = on;
        let (hours, days) = self.this_week(week);
        if self.week != week {
            self.starts = [None; 7];
        }
        // One duty a day, seven days a week.
        if let Some(free) = self.starts.iter_mut().find(|s| s.is_none()) {
            *free = Some(on.start_min);
        }
        if on.saturday.is_some() && on.saturday != self.weekends.1 {
            self.weekends = (self.weekends.0 + 1, on.saturday);
        }
        self.run = self.run_up_to(date) + 1;
        self.week = week;
        self.hours += duty.paid_s() / 3600.0;
        self.hours_this_week = hours + duty.paid_s() / 3600.0;
        self.days_this_week = days + 1;
        self.last = Some((date, duty.start, duty.end));
    }
}
