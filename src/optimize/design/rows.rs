//! The linear model of shift design in difference rows.
//!
//! Coverage in interval t minus coverage in t-1 is what starts at t minus what ends at t, so a shift
//! has two non-zeros instead of one per interval worked. Around a cycle the differences leave the
//! level open; one coverage row in full anchors it.
//!
//! Breaks are placed implicitly ([`super::breaks`]): variables that take coverage away, and rows that
//! give everybody one. Who takes which is read off afterwards.

use super::breaks::{self, Relay};
use super::instance::{Instance, Problem};
use super::layout::{Block, blocks};
use super::limit::largest_staff;
use super::plan::{Staff, evaluate, used_shifts};
use super::unit::{in_units, price_unit};
use crate::solve::{Model, RowId, Sense, Solution, Var};

/// Which shifts may be used and how distinct shifts are charged.
#[derive(Clone, Debug)]
pub enum Fee {
    /// Every used shift costs its price through a yes-or-no variable (zero prices need none).
    Exact,
    /// Linear surrogate: shift s costs `weights[s]` per unit of its largest staff on one day.
    Surrogate(Vec<f64>),
}

/// The model and what its variables mean.
#[derive(Clone, Debug)]
pub struct Rows {
    /// The model.
    pub model: Model,
    /// Staff of every admitted shift and day.
    heads: Vec<(Block, Var)>,
    /// Their breaks.
    relays: Vec<Relay>,
    /// Per shift: the variable that says it is used (or its largest staff, for a surrogate).
    pub used: Vec<Option<Var>>,
    /// Missing agents per interval.
    under: Vec<Var>,
    /// Agents too many per interval.
    over: Vec<Var>,
    /// Multiply objectives of [`model`](Self::model) by this to get money.
    pub unit: f64,
}

/// A stretch of coverage that one unit of a variable adds (or, for a break, takes away).
struct Strip {
    var: Var,
    from: usize,
    to: usize,
    sign: f64,
}

/// Builds the model over the shifts for which `admitted` is true.
#[must_use]
pub fn build(problem: &Problem, admitted: &[bool], fee: &Fee) -> Rows {
    let instance = &problem.instance;
    let unit = price_unit(problem);
    let mut model = Model::new();
    let blocks = blocks(problem)
        .into_iter()
        .filter(|block| admitted[block.shift]);
    let heads: Vec<(Block, Var)> = blocks
        .map(|block| {
            let price = in_units(instance.presence_price(block.span.1 - block.span.0), unit);
            let limit = largest_staff(problem, &block);
            (block, model.integer(price, 0.0, limit))
        })
        .collect();
    let relays = breaks::add(problem, &heads, unit, &mut model);
    let mut deviation = |price: f64| -> Vec<Var> {
        let price = in_units(price, unit);
        (0..instance.intervals())
            .map(|_| model.integer(price, 0.0, f64::INFINITY))
            .collect()
    };
    let under = deviation(instance.under_price());
    let over = deviation(instance.over_price());
    let used = vec![None; instance.shifts.len()];
    let mut rows = Rows {
        model,
        heads,
        relays,
        used,
        under,
        over,
        unit,
    };
    rows.cover(instance);
    match fee {
        Fee::Exact => rows.charge_exactly(instance),
        Fee::Surrogate(weights) => rows.charge_surrogate(weights),
    }
    rows
}

/// The interval that the fewest strips touch makes the shortest full row.
fn anchor(strips: &[Strip], intervals: usize) -> usize {
    let mut count = vec![0_usize; intervals];
    for strip in strips {
        for position in strip.from..strip.to {
            count[position % intervals] += 1;
        }
    }
    (0..intervals)
        .min_by_key(|&position| count[position])
        .unwrap_or(0)
}

impl Rows {
    fn strips(&self) -> Vec<Strip> {
        let present = self.heads.iter().map(|(block, var)| {
            let (from, to) = block.span;
            Strip {
                var: *var,
                from,
                to,
                sign: 1.0,
            }
        });
        let absent = self.relays.iter().flat_map(|relay| {
            relay.breaks().map(|((from, to), var)| Strip {
                var,
                from,
                to,
                sign: -1.0,
            })
        });
        present.chain(absent).collect()
    }

    /// Coverage plus missing minus superfluous agents equals the requirement, in differences.
    fn cover(&mut self, instance: &Instance) {
        let intervals = instance.intervals();
        let strips = self.strips();
        let mut terms: Vec<Vec<(Var, f64)>> = vec![Vec::new(); intervals];
        for strip in strips.iter().filter(|strip| strip.from < strip.to) {
            terms[strip.from % intervals].push((strip.var, strip.sign));
            if instance.cyclic || strip.to < intervals {
                terms[strip.to % intervals].push((strip.var, -strip.sign));
            }
        }
        let anchor = instance.cyclic.then(|| anchor(&strips, intervals));
        for (position, mut row) in terms.into_iter().enumerate() {
            let mut right_side = f64::from(instance.required[position]);
            if Some(position) == anchor {
                row.clear();
                row.extend(strips.iter().flat_map(|strip| {
                    let inside = |at: usize| (strip.from..strip.to).contains(&at);
                    let touches = inside(position) || inside(position + intervals);
                    touches.then_some((strip.var, strip.sign))
                }));
            } else if position > 0 || instance.cyclic {
                let before = (position + intervals - 1) % intervals;
                row.extend([(self.under[before], -1.0), (self.over[before], 1.0)]);
                right_side -= f64::from(instance.required[before]);
            }
            row.extend([(self.under[position], 1.0), (self.over[position], -1.0)]);
            self.model.row(row, Sense::Equal, right_side);
        }
    }

    fn charge_exactly(&mut self, instance: &Instance) {
        let price = in_units(instance.prices.distinct_shift, self.unit);
        if price <= 0.0 {
            return;
        }
        for (block, var) in &self.heads {
            let used = *self.used[block.shift].get_or_insert_with(|| self.model.binary(price));
            let limit = self.model.columns()[var.index()].upper;
            self.model
                .row([(*var, 1.0), (used, -limit)], Sense::AtMost, 0.0);
        }
    }

    fn charge_surrogate(&mut self, weights: &[f64]) {
        for (block, var) in &self.heads {
            let weight = weights[block.shift] / self.unit;
            let largest = *self.used[block.shift]
                .get_or_insert_with(|| self.model.continuous(weight, 0.0, f64::INFINITY));
            self.model
                .row([(*var, 1.0), (largest, -1.0)], Sense::AtMost, 0.0);
        }
    }

    /// The shifts that a solution, whole or not, staffs at all.
    #[must_use]
    pub fn wanted(&self, solution: &Solution) -> Vec<bool> {
        let mut wanted = vec![false; self.used.len()];
        for (block, var) in &self.heads {
            wanted[block.shift] |= solution.value(*var) > 1e-6;
        }
        wanted
    }

    /// The staff of a solution, one number per duty of the problem: heads meet their breaks in order.
    /// Fractions are rounded up; of a relaxed solution some agents may be left without a duty then.
    #[must_use]
    pub fn staff_of(&self, problem: &Problem, solution: &Solution) -> Staff {
        // Solutions are re-checked: whole and between zero and a limit that is a u32.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let whole = |var: Var| (solution.value(var) - 1e-6).ceil().max(0.0) as u32;
        let mut staff = vec![0; problem.duties.len()];
        for (block, var) in &self.heads {
            if block.duties.len() == 1 {
                staff[block.duties.start] = whole(*var);
            }
        }
        for relay in &self.relays {
            relay.hand_out(&self.heads, whole, &mut staff);
        }
        staff
    }

    /// Values of all variables for a known plan, to start a solve from.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // agents in an interval are far below 2^52
    pub fn values_of(&self, problem: &Problem, staff: &[u32]) -> Vec<f64> {
        let mut values = vec![0.0; self.model.columns().len()];
        for (block, var) in &self.heads {
            let heads: u32 = staff[block.duties.clone()].iter().sum();
            values[var.index()] = f64::from(heads);
        }
        for relay in &self.relays {
            relay.fill(&self.heads, staff, &mut values);
        }
        for (var, used) in self.used.iter().zip(used_shifts(problem, staff)) {
            if let Some(var) = var {
                values[var.index()] = f64::from(u8::from(used));
            }
        }
        let coverage = evaluate(problem, staff).coverage;
        for (position, present) in coverage.into_iter().enumerate() {
            let excess = present - i64::from(problem.instance.required[position]);
            values[self.under[position].index()] = (-excess).max(0) as f64;
            values[self.over[position].index()] = excess.max(0) as f64;
        }
        values
    }

    /// Whether every plan costs a whole number of units.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.model
            .columns()
            .iter()
            .all(|column| column.cost.fract() == 0.0)
    }

    /// A lower bound in money; rounded up where every objective is a whole number of units.
    #[must_use]
    pub fn bound_of(&self, solution: &Solution) -> f64 {
        let bound = if self.is_whole() {
            (solution.bound - 1e-6).ceil()
        } else {
            solution.bound
        };
        (bound * self.unit).max(0.0)
    }

    /// Adds "at most `radius` of these shifts are switched on or off"; for local branching.
    pub fn stay_near(&mut self, chosen: &[bool], radius: f64) -> RowId {
        let mut terms = Vec::new();
        let mut right_side = radius;
        for (shift, var) in self.used.iter().enumerate() {
            let Some(var) = *var else { continue };
            if chosen[shift] {
                terms.push((var, -1.0));
                right_side -= 1.0;
            } else {
                terms.push((var, 1.0));
            }
        }
        self.model.row(terms, Sense::AtMost, right_side)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::instance::tests::small;
    use super::*;
    use crate::solve::{Options, Solver, check, solve};

    fn exact(problem: &Problem) -> Rows {
        build(
            problem,
            &vec![true; problem.instance.shifts.len()],
            &Fee::Exact,
        )
    }

    #[test]
    fn differences_say_the_same_as_the_evaluation() {
        for cyclic in [false, true] {
            let problem = Problem::new(small(cyclic));
            let rows = exact(&problem);
            let staff: Staff = (0..problem.duties.len())
                .map(|index| u32::from(index % 5 == 0))
                .collect();
            let values = rows.values_of(&problem, &staff);
            let known = crate::solve::objective(&rows.model, &values) * rows.unit;
            assert!((known - evaluate(&problem, &staff).objective).abs() < 1e-6);
            assert!(check(&rows.model, &values).is_empty());
            let mut wrong = values;
            wrong[rows.under[3].index()] += 1.0;
            assert!(!check(&rows.model, &wrong).is_empty());
        }
    }

    #[test]
    fn the_solvers_find_the_same_optimum() {
        for cyclic in [false, true] {
            let problem = Problem::new(small(cyclic));
            let rows = exact(&problem);
            let objectives: Vec<f64> = Solver::ALL
                .iter()
                .map(|&solver| {
                    let answer = solve(&rows.model, &Options::with(solver)).unwrap();
                    let staff = rows.staff_of(&problem, &answer);
                    let objective = evaluate(&problem, &staff).objective;
                    assert!((rows.bound_of(&answer) - objective).abs() < 1e-6);
                    objective
                })
                .collect();
            assert!(objectives.iter().all(|other| *other == objectives[0]));
        }
    }
}
