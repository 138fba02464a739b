//! Few distinct shifts: a fee for every start and length that a team's plan uses (`decide.distinct_shift`).
//!
//! A roster of a hundred starts costs no more in hours than one of ten, but nobody can run it. A *kind* of shift is a start by
//! the clock and a length in one team; every kind that is worked on any day of the horizon costs the fee once. The exact
//! model has a binary `y` per kind and `sum of its columns on a day <= M y` with the most people `M` of a day
//! (see [`kind_rows`](super::model::kind_rows)); its linear relaxation is part of the plan's bound. The kinds themselves are
//! chosen before the search goes round:
//!
//! 1. up to eight linear models in which using a kind costs `fee / (u / u_max + 0.05)` per head, `u` being the heads it
//!    had in the model before: what is little used becomes dear and goes (reweighting, Candès, Wakin & Boyd 2008);
//! 2. of the sets of kinds that these leave, the one with least cost of its own linear model and its fees;
//! 3. the model with a whole number of uses for each of the sixty kinds that were used most in any of them: parts of people, but
//!    no parts of kinds; taken where it is cheaper still;
//! 4. kinds are given up one by one, the least used first, while that is cheaper.
//!
//! The search then knows the kinds that were kept and no others. Fees are in the plan's cost and bound, not in what a run
//! bills.
//!
//! ```toml
//! [decide]
//! distinct_shift = "EUR 500"     # for each start and length that a team uses
//! "team.berlin.heads.full-time" = { from = 30, to = 75 }
//! ```
//!
//! | of | unit | default |
//! |---|---|---|
//! | `decide.distinct_shift` | money for each start and length that a team's plan uses | none |

use super::columns::Column;
use super::generate;
use super::model::{Built, Scope, Terms, build, kind_rows};
use super::plan::DistinctShifts;
use super::problem::{Problem, Tuning};
use super::round::WHOLE_AT_ONCE;
use crate::solve::{self, Fault, Options, Solution, Solver};
use std::collections::{BTreeMap, BTreeSet};

/// Models whose prices follow what the model before used.
const REWEIGHTED: usize = 8;
/// Share of the most used kind's heads that a kind counts as having at least.
const LEAST_USE: f64 = 0.05;
/// Kinds among which the exact model chooses.
const SHORTLIST: usize = 60;
/// Gap at which it stops, and its most nodes.
const EXACT: (f64, u32) = (1e-4, 2_000);
/// Heads below this are none.
const NOBODY: f64 = 1e-6;

/// A start by the clock, in minutes after midnight, and a length in minutes, of a team.
pub type Kind = (usize, u32, u32);

/// The kind of shift that a column is.
#[must_use]
pub fn kind(column: &Column) -> Kind {
    let row = &column.row;
    (column.team, row.start_min % 1440, row.length_min)
}

/// Kinds of shift that a choice of columns uses.
#[must_use]
pub fn used(problem: &Problem, x: &[f64]) -> BTreeSet<Kind> {
    let columns = problem.columns.iter().zip(x);
    let worked = columns.filter(|(_, n)| **n > NOBODY);
    worked.map(|(column, _)| kind(column)).collect()
}

/// Money for the kinds of shift that a choice of columns uses.
#[must_use]
pub fn fees(problem: &Problem, x: &[f64]) -> f64 {
    match problem.scenario.decide.distinct_shift {
        fee if fee > 0.0 => fee * used(problem, x).len() as f64,
        _ => 0.0,
    }
}

/// What a plan says of the kinds of shift it uses; `None` where there is no fee.
#[must_use]
pub fn said(problem: &Problem, x: &[f64]) -> Option<DistinctShifts> {
    let fee = problem.scenario.decide.distinct_shift;
    let count = used(problem, x).len();
    (fee > 0.0).then_some(DistinctShifts {
        count: count as u32,
        fee,
        cost: fee * count as f64,
    })
}

/// The problem with the kinds of shift that are worth their fee; as it is where there is no fee.
///
/// # Errors
/// When a solver fails in itself.
pub fn fewer<'a>(mut problem: Problem<'a>, options: &Options) -> Result<Problem<'a>, Fault> {
    let fee = problem.scenario.decide.distinct_shift;
    if fee <= 0.0 {
        return Ok(problem);
    }
    let tuning = problem.untuned();
    problem.tune(&tuning);
    let kept = choose(&problem, &tuning, fee, options)?;
    Ok(problem.only(|column| kept.contains(&kind(column))))
}

/// The kinds that are kept.
fn choose(
    problem: &Problem,
    tuning: &Tuning,
    fee: f64,
    options: &Options,
) -> Result<BTreeSet<Kind>, Fault> {
    let judge = Judge {
        problem,
        tuning,
        fee,
        options,
    };
    let mut sets: Vec<BTreeSet<Kind>> = Vec::new();
    let mut most_used: BTreeMap<Kind, f64> = BTreeMap::new();
    let mut price: BTreeMap<Kind, f64> = BTreeMap::new();
    for _ in 0..REWEIGHTED {
        let heads = judge.reweighted(&price)?;
        let most = heads.values().copied().fold(NOBODY, f64::max);
        for kind in problem.columns.iter().map(kind) {
            let share = heads.get(&kind).copied().unwrap_or(0.0) / most;
            price.insert(kind, fee / (share + LEAST_USE));
            let used = most_used.entry(kind).or_default();
            *used = used.max(share);
        }
        let set: BTreeSet<Kind> = heads.into_keys().collect();
        if sets.contains(&set) {
            break;
        }
        sets.push(set);
    }
    let mut shortlist: Vec<Kind> = most_used.keys().copied().collect();
    shortlist.sort_by(|a, b| most_used[b].total_cmp(&most_used[a]).then(a.cmp(b)));
    shortlist.truncate(SHORTLIST);
    sets.extend(judge.exact(&shortlist.into_iter().collect())?);
    let mut best: Option<(f64, BTreeSet<Kind>)> = None;
    for set in sets {
        let money = judge.money(&set)?.0;
        if best.as_ref().is_none_or(|b| money < b.0) {
            best = Some((money, set));
        }
    }
    let (mut money, mut kept) = best.unwrap_or_default();
    loop {
        let heads = judge.money(&kept)?.1;
        let heads_of = |kind: &Kind| heads.get(kind).copied().unwrap_or(0.0);
        let mut order: Vec<Kind> = kept.iter().copied().collect();
        order.sort_by(|a, b| heads_of(a).total_cmp(&heads_of(b)).then(a.cmp(b)));
        let before = kept.len();
        for kind in order {
            let mut less = kept.clone();
            less.remove(&kind);
            let without = judge.money(&less)?.0;
            if without < money {
                (money, kept) = (without, less);
            }
        }
        if kept.len() == before {
            return Ok(kept);
        }
    }
}

/// Says what sets of kinds cost.
struct Judge<'p, 'a> {
    problem: &'p Problem<'a>,
    tuning: &'p Tuning,
    fee: f64,
    options: &'p Options,
}

impl Judge<'_, '_> {
    /// Least cost of parts of people on shifts of these kinds, what is short at its price, and their fees; and heads by kind.
    fn money(&self, kinds: &BTreeSet<Kind>) -> Result<(f64, BTreeMap<Kind, f64>), Fault> {
        let solution = self.solved(&self.built(kinds))?;
        Ok((solution.0 + self.fee * kinds.len() as f64, solution.1))
    }

    /// The linear model of shifts of these kinds alone.
    fn built(&self, kinds: &BTreeSet<Kind>) -> Built {
        let all = Scope::all(self.problem);
        let inside = |&c: &usize| kinds.contains(&kind(&self.problem.columns[c]));
        let scope = Scope {
            columns: all.columns.iter().copied().filter(inside).collect(),
            ..all
        };
        build(self.problem, self.tuning, &scope)
    }

    /// Heads by kind where using a kind has a price per head.
    fn reweighted(&self, price: &BTreeMap<Kind, f64>) -> Result<BTreeMap<Kind, f64>, Fault> {
        let mut built = build(self.problem, self.tuning, &Scope::all(self.problem));
        kind_rows(self.problem, &mut built, |kind| Terms {
            price: price.get(&kind).copied().unwrap_or(self.fee),
            allows: 1.0,
            most: f64::INFINITY,
            whole: false,
        });
        Ok(self.solved(&built)?.1)
    }

    /// The kinds among these that are worth their fee when none is used in part; `None` where that is not found in time.
    fn exact(&self, kinds: &BTreeSet<Kind>) -> Result<Option<BTreeSet<Kind>>, Fault> {
        let mut built = self.built(kinds);
        if self.options.solver == Solver::Microlp && built.columns.len() > WHOLE_AT_ONCE {
            return Ok(None);
        }
        let most = self.most(&built)?;
        kind_rows(self.problem, &mut built, |kind| Terms {
            price: self.fee,
            allows: most[kind.0],
            most: 1.0,
            whole: true,
        });
        let options = Options {
            gap_limit: EXACT.0,
            node_limit: Some(EXACT.1),
            ..self.options.clone()
        };
        let solution = solve::solve(&built.model, &options)?;
        Ok(solution
            .found()
            .then(|| self.heads(&built, &solution).into_keys().collect()))
    }

    /// Twice the most people of each team on a day of a linear model without fees: what one kind is taken to have at most.
    fn most(&self, built: &Built) -> Result<Vec<f64>, Fault> {
        let solution = generate::solve(self.problem, built, self.options)?;
        let mut days: BTreeMap<(usize, usize, usize), f64> = BTreeMap::new();
        if solution.found() {
            for &(c, var) in &built.columns {
                let column = &self.problem.columns[c];
                let day = (column.team, column.pattern, column.day);
                *days.entry(day).or_default() += solution.value(var);
            }
        }
        let mut most = vec![1.0; self.problem.scenario.teams.len()];
        for ((team, ..), heads) in days {
            most[team] = f64::max(most[team], 2.0 * heads);
        }
        Ok(most)
    }

    fn solved(&self, built: &Built) -> Result<(f64, BTreeMap<Kind, f64>), Fault> {
        let solution = generate::solve(self.problem, built, self.options)?;
        if !solution.found() {
            return Err(Fault("the linear model of the roster has no answer".into()));
        }
        Ok((solution.objective, self.heads(built, &solution)))
    }

    /// Heads by kind, where there are any.
    fn heads(&self, built: &Built, solution: &Solution) -> BTreeMap<Kind, f64> {
        let mut heads: BTreeMap<Kind, f64> = BTreeMap::new();
        for &(c, var) in &built.columns {
            let n = solution.value(var);
            if n > NOBODY {
                *heads.entry(kind(&self.problem.columns[c])).or_default() += n;
            }
        }
        heads
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::Recommendation;
    use super::super::round::lower_bound;
    use super::super::testing::{self, calls, quick, team};
    use super::*;
    use crate::experiment::Case;
    use crate::scenario::Scenario;
    use crate::scenario::testing::{load, replaced};

    /// Calls on working days, most of them from ten to two; shifts of four hours that begin on every hour from eight to three.
    fn scenario(fee: &str) -> Scenario {
        let staff = r#"
[shift.day]
start  = { from = "08:00", to = "15:00", step = "1h" }
length = "4h"
"#;
        let text = calls("4 weeks", "Mon-Fri 08:00-19:00", "2_000")
            + staff
            + &team(8, "\"day\"", (1, 60))
            + fee;
        let busy = (
            "busyness = \"none\"",
            "busyness = \"none\"\nprofile = \"profile.csv\"",
        );
        let mut profile = String::from("channel,weekday,start,weight\n");
        for day in ["Mon", "Tue", "Wed", "Thu", "Fri"] {
            for hour in 8..19 {
                let weight = if (10..14).contains(&hour) { 4 } else { 1 };
                profile.push_str(&format!("phone,{day},{hour:02}:00,{weight}\n"));
            }
        }
        load(&replaced(&text, &[busy]), &[("profile.csv", &profile)])
    }

    fn planned(fee: &str) -> Recommendation {
        testing::planned(scenario(fee), &quick(5, 6, 20))
    }

    /// Starts and lengths of a plan, counted from what it says.
    fn kinds(plan: &Recommendation) -> usize {
        let teams = &plan.plan.plan.teams;
        let shifts = teams.iter().flat_map(|t| &t.shifts);
        let kinds: BTreeSet<_> = shifts.map(|s| (s.start.clone(), s.length_min)).collect();
        kinds.len()
    }

    #[test]
    fn a_fee_buys_fewer_shifts_for_no_more_than_it_saves() {
        let free = planned("");
        assert!(free.plan.proved && free.plan.distinct_shifts.is_none());
        let mut last = kinds(&free);
        for (text, fee) in [("EUR 5_000", 5_000.0), ("EUR 20_000", 20_000.0)] {
            let plan = planned(&format!("distinct_shift = \"{text}\"\n"));
            assert!(plan.plan.proved, "{text}");
            let said = plan.plan.distinct_shifts.as_ref().unwrap();
            assert_eq!((said.count as usize, said.fee), (kinds(&plan), fee));
            assert_eq!(said.cost, fee * kinds(&plan) as f64);
            assert!(kinds(&plan) <= last, "{} of {last}", kinds(&plan));
            // What the people cost more is not above the fees that are saved.
            let more = plan.plan.cost - said.cost - free.plan.cost;
            let saved = fee * (kinds(&free) - kinds(&plan)) as f64;
            assert!(more <= saved + 1e-6, "{more} more, {saved} saved");
            assert!(plan.plan.bound <= plan.plan.cost + 1e-6);
            last = kinds(&plan);
        }
        // Eleven hours take three shifts of four; a fourth, for the middle of the day, spares people.
        assert!(kinds(&free) > 3);
        assert_eq!(last, 3);
    }

    #[test]
    fn the_kinds_kept_are_the_best_of_all_sets() {
        let options = Options::default();
        for fee in [1_000.0, 20_000.0] {
            let scenario = scenario(&format!("distinct_shift = \"EUR {fee}\"\n"));
            let case = Case::new(scenario).unwrap();
            let mut problem = Problem::new(&case);
            let tuning = problem.untuned();
            problem.tune(&tuning);
            let judge = Judge {
                problem: &problem,
                tuning: &tuning,
                fee,
                options: &options,
            };
            let all: Vec<Kind> = used(&problem, &vec![1.0; problem.columns.len()])
                .into_iter()
                .collect();
            assert_eq!(all.len(), 8);
            let mut best = f64::INFINITY;
            for set in 1..1_usize << all.len() {
                let kinds = (0..all.len()).filter(|i| set >> i & 1 == 1);
                let kinds: BTreeSet<Kind> = kinds.map(|i| all[i]).collect();
                best = best.min(judge.money(&kinds).unwrap().0);
            }
            let kept = choose(&problem, &tuning, fee, &options).unwrap();
            let money = judge.money(&kept).unwrap().0;
            assert!((money / best - 1.0).abs() < 1e-6, "{fee}: {money} {best}");
            // The bound knows of fees and stays below the best of all sets.
            let bound = lower_bound(&problem, &tuning, &options).unwrap();
            assert!(bound <= best * (1.0 + 1e-9), "{bound} {best}");
            let plain = Case::new(self::scenario("")).unwrap();
            let mut plain = Problem::new(&plain);
            plain.tune(&tuning);
            assert!(bound > lower_bound(&plain, &tuning, &options).unwrap());
        }
    }
}
