//! What couples the parts of a week and its teams: hours and days of heads, vendors' minimums.

use super::super::employment::{pay_per_hour, there, weekly_hours};
use super::super::problem::{Problem, months};
use super::parts::{Built, Coupling, Prices, Scope};
use super::tours::tour_rows;
use crate::roster::dates;
use crate::scenario::model::PriceUnit;
use crate::solve::{Sense, Solution, Var};

/// On no day work more people than there are.
pub fn cap_rows(problem: &Problem, prices: &Prices, built: &mut Built) {
    let key = |c: usize| {
        let column = &problem.columns[c];
        (column.team, column.heads, column.pattern, column.day)
    };
    let mut columns = built.columns.clone();
    columns.sort_by_key(|&(c, _)| key(c));
    for day in columns.chunk_by(|a, b| key(a.0) == key(b.0)) {
        let (team, entry, ..) = key(day[0].0);
        let terms = day.iter().map(|&(_, var)| (var, 1.0));
        built
            .model
            .row(terms, Sense::AtMost, prices.cap(team, entry));
    }
}

/// Hours and days of all columns fit the heads; heads cost their pay; vendors' minimum is paid.
pub fn heads_rows(problem: &Problem, scope: &Scope, built: &mut Built) {
    let scenario = problem.scenario;
    let weeks = problem.grid.weeks;
    for (t, team) in scenario.teams.iter().enumerate() {
        if !problem.staffing.planned[t] {
            continue;
        }
        for (h, heads) in team.heads.iter().enumerate() {
            let contract = heads.contract.map(|c| &scenario.contracts[c]);
            let there = there(scenario, team, heads.contract);
            let hours = weekly_hours(scenario, heads.contract);
            let (least, most) = problem.staffing.bounds[t][h];
            let reach = problem.staffing.reach[t][h];
            // A trifle, so that heads nobody needs are not planned.
            let cost = head_cost(problem, t, h) + 1e-3 * hours * weeks;
            let var = if scope.whole {
                built.model.integer(cost, least, most)
            } else {
                built.model.continuous(cost, least, most)
            };
            built.heads.push((t, h, var));
            let mine: Vec<(usize, Var)> = built
                .columns
                .iter()
                .copied()
                .filter(|(c, _)| problem.columns[*c].team == t && problem.columns[*c].heads == h)
                .collect();
            let key = Coupling::Hours(t, h);
            couple(
                problem,
                built,
                key,
                &mine,
                vec![(var, hours * there * weeks * reach)],
                0.0,
            );
            for (p, hours) in weeks_apart(problem, heads.contract) {
                let key = Coupling::Week(t, h, p);
                let people = vec![(var, hours * there * reach)];
                couple(problem, built, key, &mine, people, 0.0);
            }
            let days = contract.map_or(5.0, |c| f64::from(c.rules.days_per_week));
            for p in 0..problem.grid.patterns.len() {
                let key = Coupling::Days(t, h, p);
                couple(
                    problem,
                    built,
                    key,
                    &mine,
                    vec![(var, days * there * reach)],
                    0.0,
                );
                for day in 0..7 {
                    let key = Coupling::Day(t, h, p, day);
                    couple(problem, built, key, &mine, vec![(var, there)], 0.0);
                }
            }
            if let Some(contract) = contract {
                let people = (var, there * reach);
                tour_rows(problem, built, (t, h), &contract.rules, people, &mine);
            }
        }
    }
    for (v, vendor) in scenario.vendors.iter().enumerate() {
        let hourly = matches!(
            vendor.per,
            PriceUnit::LoggedInHour | PriceUnit::ScheduledHour
        );
        if let (true, Some((seats, hours))) = (hourly, vendor.minimum) {
            // What is not worked of the minimum is paid all the same.
            let idle = built
                .model
                .continuous(scenario.mean_price(v), 0.0, f64::INFINITY);
            built.idle.push((v, idle));
            let mine: Vec<(usize, Var)> = built
                .columns
                .iter()
                .copied()
                .filter(|(c, _)| scenario.teams[problem.columns[*c].team].vendor == Some(v))
                .collect();
            let key = Coupling::Billed(v);
            couple(
                problem,
                built,
                key,
                &mine,
                vec![(idle, 1.0)],
                seats * hours * weeks,
            );
        }
    }
}

/// One coupling row, kept under its key: `extra + sum(use * column) >= right`, where use is negative for what columns take.
pub fn couple(
    problem: &Problem,
    built: &mut Built,
    key: Coupling,
    columns: &[(usize, Var)],
    extra: Vec<(Var, f64)>,
    right: f64,
) {
    let terms = columns
        .iter()
        .map(|&(c, var)| (var, use_of(problem, key, c)))
        .chain(extra);
    let id = built.model.row(terms, Sense::AtLeast, right);
    built.coupling.push((key, id));
}

/// Coefficient of a column in a coupling row.
pub fn use_of(problem: &Problem, key: Coupling, c: usize) -> f64 {
    let column = &problem.columns[c];
    let weeks = problem.times(column);
    let mine = |t: usize, h: usize| column.team == t && column.heads == h;
    match key {
        Coupling::Hours(t, h) if mine(t, h) => -column.paid_h * weeks,
        Coupling::Week(t, h, p) if mine(t, h) && column.pattern == p => -column.paid_h,
        Coupling::Days(t, h, p) if mine(t, h) && column.pattern == p => -1.0,
        Coupling::Day(t, h, p, day) if mine(t, h) && column.pattern == p && column.day == day => {
            -1.0
        }
        Coupling::Rest(t, h, p, day, end) if mine(t, h) && column.pattern == p => {
            let rest = super::tours::rest_of(problem, column);
            let before = column.day == day && column.end() >= end;
            let after =
                column.day == (day + 1) % 7 && super::tours::start_after(column, day) < end + rest;
            if before || after { -1.0 } else { 0.0 }
        }
        Coupling::Row(t, h, p, day, days)
            if mine(t, h) && column.pattern == p && (column.day + 7 - day) % 7 < days =>
        {
            -1.0
        }
        Coupling::Start(t, h, p, day, start)
            if mine(t, h)
                && column.pattern == p
                && column.day == day
                && column.row.start_min % 1440 == start =>
        {
            -1.0
        }
        Coupling::Billed(v) if problem.scenario.teams[column.team].vendor == Some(v) => {
            column.billed_h * weeks
        }
        Coupling::Occupancy { pool, from, to, .. }
            if problem.demand.pool_of[column.team] == pool =>
        {
            let inside = column.covers.iter().filter(|c| (from..to).contains(&c.0));
            inside.map(|c| c.1).sum::<f64>() * problem.on_queue[column.team]
        }
        Coupling::Seat(row) => {
            let row = &problem.seats[row];
            row.columns.binary_search(&c).map_or(0.0, |_| -1.0)
        }
        _ => 0.0,
    }
}

/// Per team and entry: whole people there on a day, and the money of one more.
pub fn people(
    problem: &Problem,
    heads: &[(usize, usize, Var)],
    solution: &Solution,
) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
    let teams = &problem.scenario.teams;
    let mut there: Vec<Vec<f64>> = teams.iter().map(|t| vec![0.0; t.heads.len()]).collect();
    let mut money = there.clone();
    for &(t, h, var) in heads {
        let at_work = there_of(problem, t, h);
        let most = (problem.staffing.bounds[t][h].1 * at_work + 1e-6).floor();
        let people = (solution.value(var) * at_work - 1e-6).ceil();
        there[t][h] = people.min(most).max(0.0);
        money[t][h] = head_cost(problem, t, h) / at_work;
    }
    (there, money)
}

/// Per pattern: hours a week of a contract whose hours differ by dates, those of its shortest week; else nothing.
#[must_use]
pub fn weeks_apart(problem: &Problem, contract: Option<usize>) -> Vec<(usize, f64)> {
    let contract = contract.map(|c| &problem.scenario.contracts[c]);
    let Some(contract) = contract.filter(|c| !c.hours_in.is_empty()) else {
        return Vec::new();
    };
    let zone = problem.scenario.horizon.zone();
    let all: Vec<_> = dates(problem.scenario, zone).map(|d| d.0).collect();
    let of = |week: usize| contract.mean_hours(all.iter().copied().skip(7 * week).take(7));
    let patterns = problem.grid.patterns.iter().enumerate();
    let shortest = |weeks: &[usize]| weeks.iter().map(|&w| of(w)).fold(f64::INFINITY, f64::min);
    patterns.map(|(p, x)| (p, shortest(&x.weeks))).collect()
}

/// Share of its hours for which a head of a team's entry is there.
#[must_use]
pub fn there_of(problem: &Problem, team: usize, entry: usize) -> f64 {
    let plan = &problem.scenario.teams[team];
    there(problem.scenario, plan, plan.heads[entry].contract)
}

/// Money over the horizon of one head of a team's entry: pay, leads, tools.
#[must_use]
pub fn head_cost(problem: &Problem, team: usize, entry: usize) -> f64 {
    let scenario = problem.scenario;
    let plan = &scenario.teams[team];
    let contract = plan.heads[entry].contract;
    let hours = weekly_hours(scenario, contract);
    let (weeks, months) = (problem.grid.weeks, months(scenario));
    let pay = match plan.vendor {
        None => contract.map_or(0.0, |c| pay_per_hour(scenario, c) * hours * weeks),
        Some(v) if scenario.vendors[v].per == PriceUnit::FteMonth => {
            scenario.mean_price(v) * months
        }
        Some(_) => 0.0,
    };
    pay + scenario.cost_per_head_month(team) * months
}
