//! One round: a requirement solved for, as shifts and as people.

use super::employment::pay_per_hour;
use super::fill::fill;
use super::generate;
use super::heads::Staff;
use super::integer;
use super::model::{Built, Coupling, Prices, Scope, build, fee_rows, head_cost, people, there_of};
use super::polish::{polish, trim};
use super::problem::{Problem, Tuning};
use super::proof::over_bounds;
use super::seats::SeatRow;
use crate::solve::{self, Fault, Options, Solution, StoppedBy};

/// Most columns for which the whole integer model is solved at once.
pub const WHOLE_AT_ONCE: usize = 100;

/// A plan for one requirement.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Whole numbers of columns.
    pub x: Vec<f64>,
    /// People and rosters.
    pub staff: Staff,
    /// Money over the horizon for the planned people.
    pub cost: f64,
    /// Least money of any roster for the requirement: the linear model's bound, what is short apart.
    pub bound: f64,
    /// Money over the horizon for the whole of each promise's share, by what a little of it costs; nothing where duals are
    /// not known.
    pub worth: Vec<f64>,
    /// Rules without which the requirement would cost less.
    pub binding: Vec<Coupling>,
    /// Agent-hours a week missing from floors, per pool.
    pub missing_h: Vec<f64>,
    /// Whether even parts of people within their bounds would be too few for what is asked.
    pub short: bool,
    /// Whether a clock ended one of the solves.
    pub by_time: bool,
}

/// Solves for a tuned requirement.
///
/// # Errors
/// When a solver fails in itself.
pub fn solve_round(
    problem: &Problem,
    tuning: &Tuning,
    options: &Options,
) -> Result<Candidate, Fault> {
    let scope = Scope::all(problem);
    let (built, relaxed, penalty) = relax(problem, tuning, &scope, options)?;
    let mut missing_h = vec![0.0; problem.demand.pools.len()];
    for &(pool, _, var) in &built.missing {
        missing_h[pool] += relaxed.value(var) * problem.grid.step_s() / 3600.0;
    }
    let short = !built.nothing_short(problem, tuning, &relaxed);
    let mut by_time = relaxed.stopped_by == StoppedBy::Time;
    let x = built.x(problem, &relaxed);
    let backlogs = built.backlogs(problem, tuning, &relaxed);
    let (whole, prices, room) = match &relaxed.duals {
        Some(duals) => {
            let prices = built.prices(problem, &relaxed, duals);
            let reduced = built.reduced(problem, duals);
            let found = integer::whole(problem, tuning, &x, &reduced, &prices, &backlogs, options)?;
            (found, prices, backlogs.room)
        }
        // Without duals nothing can be priced apart. A small model is solved whole; of a large one the linear answer is
        // rounded, and tidied up below.
        None if problem.columns.len() > WHOLE_AT_ONCE => {
            let rounded = x.iter().map(|n| n.round()).collect();
            (
                rounded,
                plain_prices(problem, &built, &relaxed),
                backlogs.room,
            )
        }
        None => {
            let mut scope = Scope::all(problem);
            scope.whole = true;
            let built = build(problem, tuning, &scope);
            let options = Options {
                gap_limit: 0.005,
                ..options.clone()
            };
            let solution = solve::solve(&built.model, &options)?;
            by_time |= solution.stopped_by == StoppedBy::Time;
            let prices = plain_prices(problem, &built, &solution);
            let room = built.backlogs(problem, tuning, &solution).room;
            (built.x(problem, &solution), prices, room)
        }
    };
    let seats = |x: &[f64]| full(problem, x);
    let seated = trim(problem, tuning, &prices, &room, whole, seats);
    let mut x = polish(problem, tuning, &prices, &room, seated);
    if problem.staffing.hard {
        let over = |x: &[f64]| beyond(problem, x);
        x = trim(problem, tuning, &prices, &room, x, over);
    }
    let heads = Staff::new(problem, &x).heads;
    let x = fill(problem, x, &heads, |x| full(problem, x).is_none());
    let staff = Staff::new(problem, &x);
    Ok(Candidate {
        cost: money(problem, &x, &staff),
        bound: if problem.scenario.decide.distinct_shift > 0.0 {
            lower_bound(problem, tuning, options)?
        } else {
            relaxed.bound - penalty
        },
        worth: worth(problem, tuning, &prices),
        binding: relaxed
            .duals
            .as_ref()
            .map_or_else(Vec::new, |d| built.binding(problem, d)),
        staff,
        x,
        missing_h,
        short,
        by_time,
    })
}

/// Per promise: what its rows and the cuts of its groups cost by a little more of its share, as money for all of it.
fn worth(problem: &Problem, tuning: &Tuning, prices: &Prices) -> Vec<f64> {
    let mut worth = vec![0.0; problem.scenario.promises.len()];
    for (group, served) in problem.groups.iter().zip(&prices.served) {
        worth[group.promise] += served * group.offered;
    }
    for (cut, price) in tuning.cuts.iter().zip(&prices.cuts) {
        worth[problem.groups[cut.group].promise] += price;
    }
    worth
}

/// The columns of a row of seats that has more people than seats.
#[must_use]
pub fn full(problem: &Problem, x: &[f64]) -> Option<Vec<usize>> {
    let people = |row: &SeatRow| row.columns.iter().map(|&c| x[c]).sum::<f64>();
    let row = problem.seats.iter().find(|r| people(r) > r.free + 1e-6)?;
    Some(row.columns.clone())
}

/// The columns of a team and entry that ask for more heads than may be, or all that cost money where there is too little.
fn beyond(problem: &Problem, x: &[f64]) -> Option<Vec<usize>> {
    let staff = Staff::new(problem, x);
    let of = |keep: &dyn Fn(usize) -> bool| (0..x.len()).filter(|&c| keep(c)).collect();
    if let Some(&((team, entry), _)) = over_bounds(problem, &staff).first() {
        let mine = |c: usize| {
            let column = &problem.columns[c];
            (column.team, column.heads) == (team, entry)
        };
        return Some(of(&mine));
    }
    let dear = |budget| money(problem, x, &staff) > budget + 1e-6;
    problem.budget.filter(|&b| dear(b)).map(|_| of(&|_| true))
}

/// The linear model of everything, its answer, and what of its cost is the price of what is short or lies.
fn relax(
    problem: &Problem,
    tuning: &Tuning,
    scope: &Scope,
    options: &Options,
) -> Result<(Built, Solution, f64), Fault> {
    solved(problem, build(problem, tuning, scope), options)
}

/// A built model's answer, and what of its cost is the price of what is short or lies.
fn solved(
    problem: &Problem,
    built: Built,
    options: &Options,
) -> Result<(Built, Solution, f64), Fault> {
    let relaxed = generate::solve(problem, &built, options)?;
    if !relaxed.found() {
        return Err(Fault("the linear model of the roster has no answer".into()));
    }
    let price =
        |var: crate::solve::Var| relaxed.value(var) * built.model.columns()[var.index()].cost;
    let lying = built.backlogs.iter().flatten().flatten().flatten().copied();
    let penalty = built.shortfalls().chain(lying).map(price).sum();
    Ok((built, relaxed, penalty))
}

/// Least money of any roster for a tuned requirement, what is short apart.
///
/// # Errors
/// When a solver fails in itself.
pub fn lower_bound(problem: &Problem, tuning: &Tuning, options: &Options) -> Result<f64, Fault> {
    let problem = problem.all();
    let scope = Scope {
        lying: false,
        ..Scope::all(problem)
    };
    let mut built = build(problem, tuning, &scope);
    fee_rows(problem, &mut built);
    let (_, relaxed, penalty) = solved(problem, built, options)?;
    Ok(relaxed.bound - penalty)
}

/// Prices by hours alone, where a solver gives no duals.
fn plain_prices(problem: &Problem, built: &Built, solution: &Solution) -> Prices {
    let (there, head) = people(problem, &built.heads, solution);
    let scenario = problem.scenario;
    let price = |c: &super::columns::Column| {
        let weeks = problem.times(c);
        let there = there_of(problem, c.team, c.heads);
        let pay = c.row.contract.map_or(0.0, |k| pay_per_hour(scenario, k));
        weeks * (c.cost + c.paid_h * pay / there)
    };
    Prices {
        column: problem.columns.iter().map(price).collect(),
        served: vec![0.0; problem.groups.len()],
        cuts: Vec::new(),
        there,
        x: built.x(problem, solution),
        head,
    }
}

/// Money over the horizon for the planned people: heads' pay and costs, premiums, what vendors bill, changes of published rosters,
/// fees for kinds of shift.
#[must_use]
pub fn money(problem: &Problem, x: &[f64], staff: &Staff) -> f64 {
    let scenario = problem.scenario;
    let weeks = problem.grid.weeks;
    let mut sum = problem.published.price(x) + super::distinct::fees(problem, x);
    for t in 0..scenario.teams.len() {
        if !problem.staffing.planned[t] {
            continue;
        }
        for (h, &count) in staff.heads[t].iter().enumerate() {
            sum += f64::from(count) * head_cost(problem, t, h);
        }
    }
    for (column, &n) in problem.columns.iter().zip(x) {
        sum += n * problem.times(column) * column.cost;
    }
    for (v, billed) in problem.billed_h(x).into_iter().enumerate() {
        if let (Some((seats, hours)), true) = (scenario.vendors[v].minimum, billed > 0.0) {
            sum += scenario.mean_price(v) * (seats * hours * weeks - billed).max(0.0);
        }
    }
    sum
}
