//! What one more agent does, team by team and hour by hour: subgradients of the service by simulation.
//!
//! A plan is played again with `d` more agents of one team in some hours, on the same random numbers; what each promise
//! gains is its slope there. `d` is 3 where the service is below a half, 2 below 65 %, else 1: far below the target service
//! is a convex function of agents, and a longer step reaches over that (Cezik & L'Ecuyer 2008, "Staffing multiskill call
//! centers via linear programming and simulation"; Atlason, Epelman & Henderson 2004).
//!
//! One play serves many hours: agents are added in every fourth hour of the week, and what changes until the next such
//! hour is laid to the last one. A gain smaller than its own standard error says nothing and counts as none, as does a loss
//! (more agents of one team can only hurt by chance, or by routing that the model has no other word for).

use super::grid::Grid;
use super::problem::Problem;
use crate::experiment::Case;
use crate::random::Seed;
use crate::roster::{Duty, Position, Roster, TeamRoster};
use crate::sim::{self, Ledger};
use crate::time::{HOUR, Tick};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Length of the stretches that are tried one by one.
const BLOCK: Tick = HOUR;
/// Plays a team's week is divided among.
const PHASES: usize = 4;
/// Service below which three, or two, more agents are tried at once.
const STEPS: [(f64, u32); 2] = [(0.5, 3), (0.65, 2)];

/// Contacts that kept each promise and those that counted, by cell: `[promise * cells + cell]`, one replication.
#[derive(Debug, Clone)]
pub struct Observed(Vec<(f64, f64)>);

impl Observed {
    /// Reads a replication.
    #[must_use]
    pub fn new(grid: &Grid, ledger: &Ledger) -> Self {
        let cells = grid.cells();
        let promises = ledger.promises.len() / ledger.interval_count.max(1);
        let mut sums = vec![(0.0, 0.0); promises * cells];
        for (i, kept) in ledger
            .promises
            .iter()
            .enumerate()
            .filter(|(_, k)| k.total > 0)
        {
            let (promise, interval) = (i / ledger.interval_count, i % ledger.interval_count);
            let cell = grid.cell_of(interval as Tick * ledger.interval);
            let sum = &mut sums[promise * cells + cell];
            sum.0 += f64::from(kept.good);
            sum.1 += f64::from(kept.total);
        }
        Self(sums)
    }
}

/// Contacts that kept a promise in a cell, and those that counted, over all replications.
#[must_use]
pub fn in_cell(seen: &[Observed], at: usize) -> (f64, f64) {
    let values = seen.iter().map(|o| o.0[at]);
    values.fold((0.0, 0.0), |sum, v| (sum.0 + v.0, sum.1 + v.1))
}

/// Per group: the share of its contacts that kept the promise, over replications.
#[must_use]
pub fn shares(problem: &Problem, seen: &[Observed]) -> Vec<f64> {
    let cells = problem.grid.cells();
    let mut sums = vec![(0.0, 0.0); problem.groups.len()];
    for (i, one) in seen.iter().flat_map(|o| o.0.iter().enumerate()) {
        let group = problem.group_of[i / cells][i % cells];
        if let Some(sum) = sums.get_mut(group) {
            sum.0 += one.0;
            sum.1 += one.1;
        }
    }
    sums.iter()
        .map(|(g, n)| if *n > 0.0 { g / n } else { 1.0 })
        .collect()
}

/// Slopes of one group's share: `[team][cell]`, per agent on queue in that cell in all weeks of its pattern.
pub type Slopes = Vec<Vec<f64>>;

/// Which plays of a case to compare with.
pub struct Base<'a> {
    /// The case.
    pub case: &'a Case,
    /// Seed of its plays.
    pub seed: u64,
    /// What was observed, from replication 0 on.
    pub seen: &'a [Observed],
}

/// How many more agents are tried at once at a level of service.
#[must_use]
pub fn step(level: f64) -> u32 {
    STEPS.iter().find(|s| level < s.0).map_or(1, |s| s.1)
}

/// Slopes for some groups by `step` more agents of some teams: one entry per group, in order.
#[must_use]
pub fn slopes(
    problem: &Problem,
    base: &Base,
    groups: &[usize],
    teams: &BTreeSet<usize>,
    step: u32,
) -> Vec<Slopes> {
    let shares = shares(problem, base.seen);
    let cells = problem.grid.cells();
    let none = vec![vec![0.0; cells]; problem.scenario.teams.len()];
    let mut out = vec![none; groups.len()];
    for &team in teams.iter().filter(|&&t| problem.staffing.planned[t]) {
        let may = problem.workable(team);
        for phase in 0..PHASES {
            let blocks = blocks(&problem.grid, phase, &may);
            if blocks.is_empty() {
                continue;
            }
            let more = with_more(problem, base.case, team, &blocks, step);
            let after: Vec<Observed> = (0..base.seen.len() as u64)
                .into_par_iter()
                .map(|replication| {
                    let seed = Seed {
                        seed: base.seed,
                        replication,
                    };
                    Observed::new(&problem.grid, &sim::play(&base.case.world, &more, seed))
                })
                .collect();
            let there = present(&base.case.roster.teams[team]) * f64::from(step);
            for (slopes, &group) in out.iter_mut().zip(groups) {
                for block in &blocks {
                    let gain = gain(problem, base.seen, &after, (group, shares[group]), block);
                    let each = gain / (there * block.cells.len() as f64);
                    block.cells.iter().for_each(|&c| slopes[team][c] = each);
                }
            }
        }
    }
    out
}

/// A stretch of a pattern's week with more agents, and the cells in which that is felt.
struct Block {
    cells: Vec<usize>,
    felt: Vec<usize>,
}

/// The stretches of one phase in which a team can work.
fn blocks(grid: &Grid, phase: usize, may: &[bool]) -> Vec<Block> {
    let long = (BLOCK / grid.step).max(1) as usize;
    let mut out = Vec::new();
    for pattern in &grid.patterns {
        let at = |inside: usize| pattern.first + inside % pattern.cells;
        for first in (phase * long..pattern.cells).step_by(PHASES * long) {
            let cells: Vec<usize> = (first..(first + long).min(pattern.cells)).map(at).collect();
            if cells.iter().any(|&c| may[c]) {
                // Who came just before may still be waiting: felt from one cell earlier on.
                let from = first + pattern.cells - 1;
                let felt = (0..(PHASES * long).min(pattern.cells)).map(|i| at(from + i));
                out.push(Block {
                    felt: felt.collect(),
                    cells,
                });
            }
        }
    }
    out
}

/// The roster with so many more agents of a team in these stretches, in all weeks alike.
fn with_more(problem: &Problem, case: &Case, team: usize, blocks: &[Block], step: u32) -> Roster {
    let grid = &problem.grid;
    let mut duties: Vec<Duty> = Vec::new();
    for block in blocks {
        let (Some(&first), Some(&last)) = (block.cells.first(), block.cells.last()) else {
            continue;
        };
        let pattern = &grid.patterns[grid.pattern_of(first)];
        for &week in &pattern.weeks {
            let tick = |cell: usize| grid.starts[week] + (cell - pattern.first) as Tick * grid.step;
            let end = tick(last + 1).min(case.world.length);
            if tick(first) < end {
                duties.push(Duty {
                    start: tick(first),
                    end,
                    cut: 0,
                    offs: Vec::new(),
                });
            }
        }
    }
    duties.sort_unstable_by_key(|d| d.start);
    let mut roster = case.roster.clone();
    let mine = &mut roster.teams[team];
    for _ in 0..step {
        let position = Position {
            contract: None,
            duties: duties.clone(),
        };
        add_position(mine, position);
    }
    roster
}

/// Puts one more person to work in a team.
pub fn add_position(team: &mut TeamRoster, position: Position) {
    team.positions.push(position);
    if !team.terms.is_empty() {
        team.terms.push(None);
    }
    if let Some(people) = &mut team.people {
        people.places.extend(people.places.last().cloned());
    }
}

/// Share of an added agent's time that is neither sick nor late.
fn present(team: &TeamRoster) -> f64 {
    ((1.0 - team.sick) * (1.0 - team.late)).max(1e-9)
}

/// What a group's share gains by a stretch's agents: the mean over replications where it stands out of its own noise, else 0.
///
/// Contacts that count may change too (fewer come again); the share's change is `(d good - share * d counted) / counted`.
fn gain(
    problem: &Problem,
    before: &[Observed],
    after: &[Observed],
    (group, share): (usize, f64),
    block: &Block,
) -> f64 {
    let cells = problem.grid.cells();
    let promise = problem.groups[group].promise;
    let felt: Vec<usize> = block
        .felt
        .iter()
        .filter(|&&c| problem.group_of[promise][c] == group)
        .map(|c| promise * cells + c)
        .collect();
    let all: f64 = before
        .iter()
        .flat_map(|o| (0..cells).map(move |c| (o, c)))
        .filter(|(_, c)| problem.group_of[promise][*c] == group)
        .map(|(o, c)| o.0[promise * cells + c].1)
        .sum::<f64>()
        / before.len().max(1) as f64;
    let change = |(b, a): (&Observed, &Observed)| -> f64 {
        let one = |&i: &usize| (a.0[i].0 - b.0[i].0) - share * (a.0[i].1 - b.0[i].1);
        felt.iter().map(one).sum()
    };
    let changes: Vec<f64> = before.iter().zip(after).map(change).collect();
    let n = changes.len() as f64;
    let mean = changes.iter().sum::<f64>() / n.max(1.0);
    let squares: f64 = changes.iter().map(|v| (v - mean) * (v - mean)).sum();
    let error = (squares / (n * (n - 1.0)).max(1.0)).sqrt();
    if mean > error && all > 0.0 {
        mean / all
    } else {
        0.0
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::optimize::testing::{calls, team};
    use crate::scenario::testing::{load, replaced};

    /// One more person is paid and leaves as the others do, on every date.
    #[test]
    fn an_added_person_goes_by_the_dates_of_the_others() {
        let day = "[shift.day]\ndays = \"Mon-Fri\"\nstart = \"08:00\"\nlength = \"8h\"";
        let turnover = (
            "shrinkage = \"none\"\n",
            "shrinkage = \"none\"\nattrition = { rate = \"50%\" }\nhiring = { lead = \"5 days\" }\n",
        );
        let team = replaced(&team(4, "\"day\"", (1, 9)), &[turnover]);
        let dated = "[[from]]\ndate = 2027-01-18\nset = { \"team.all.attrition.rate\" = \"300%\", \"contract.full.pay\" = \"EUR 30/h\" }";
        let text = calls("4 weeks", "Mon-Fri 08:00-16:00", "500") + day + &team + dated;
        let scenario = load(
            &text.replace("[demand]\n", "people = \"change\"\n[demand]\n"),
            &[],
        );
        let case = Case::new(scenario).unwrap();
        let mut roster = case.roster.clone();
        let position = roster.teams[0].positions[0].clone();
        add_position(&mut roster.teams[0], position);
        let seed = Seed {
            seed: 1,
            replication: 0,
        };
        let paid =
            |roster: &Roster| crate::sim::play(&case.world, roster, seed).teams[0].wages as f64;
        let more = paid(&roster) / paid(&case.roster);
        assert!((1.1..1.4).contains(&more), "{more}");
    }
}
