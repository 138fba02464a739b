//! Local search on staff: one agent more, one less, or one moved to another duty.
//!
//! A change over a stretch of intervals is priced by prefix sums, so a sweep over all moves of one
//! agent costs no more than reading the duties once.

use super::instance::{Duty, Problem};
use super::plan::{Staff, evaluate};

/// Sweeps at most, a guard against endless rounding.
const SWEEPS: usize = 200;

/// Improves a plan until no single agent can be added, dropped or moved (within the day) at a gain.
pub(super) fn polish(problem: &Problem, staff: Staff) -> Staff {
    let mut bench = Bench::new(problem, staff);
    for _ in 0..SWEEPS {
        let gained = bench.add_or_drop() | bench.move_agents();
        if !gained {
            break;
        }
    }
    bench.staff
}

/// A plan with the prices of changing it.
struct Bench<'a> {
    problem: &'a Problem,
    staff: Staff,
    coverage: Vec<i64>,
    /// Agents per shift over all days: the fee is due from the first one.
    heads: Vec<u32>,
    /// Prefix sums of the price of one more agent per interval, over the horizon twice.
    more: Vec<f64>,
    /// The same for one less.
    less: Vec<f64>,
    /// Duties of each day.
    days: Vec<Vec<usize>>,
}

impl<'a> Bench<'a> {
    fn new(problem: &'a Problem, staff: Staff) -> Self {
        let mut heads = vec![0; problem.instance.shifts.len()];
        let mut days = vec![Vec::new(); problem.instance.days];
        for (index, duty) in problem.duties.iter().enumerate() {
            heads[duty.shift] += staff[index];
            days[duty.day].push(index);
        }
        let coverage = evaluate(problem, &staff).coverage;
        let mut bench = Self {
            problem,
            staff,
            coverage,
            heads,
            more: Vec::new(),
            less: Vec::new(),
            days,
        };
        bench.price();
        bench
    }

    fn price(&mut self) {
        let instance = &self.problem.instance;
        let (under, over) = (instance.under_price(), instance.over_price());
        self.more = vec![0.0];
        self.less = vec![0.0];
        let (mut more, mut less) = (0.0, 0.0);
        for _ in 0..2 {
            for (&present, &required) in self.coverage.iter().zip(&instance.required) {
                let excess = present - i64::from(required);
                more += if excess < 0 { -under } else { over };
                less += if excess > 0 { -over } else { under };
                self.more.push(more);
                self.less.push(less);
            }
        }
    }

    fn along(prefix: &[f64], duty: &Duty) -> f64 {
        duty.pieces
            .iter()
            .map(|&(from, to)| prefix[to] - prefix[from])
            .sum()
    }

    fn cost_of_one_more(&self, index: usize) -> f64 {
        let duty = &self.problem.duties[index];
        let fee = if self.heads[duty.shift] == 0 {
            self.problem.instance.prices.distinct_shift
        } else {
            0.0
        };
        Self::along(&self.more, duty) + self.problem.instance.duty_price(duty) + fee
    }

    fn cost_of_one_less(&self, index: usize) -> f64 {
        let duty = &self.problem.duties[index];
        let fee = if self.heads[duty.shift] == 1 {
            self.problem.instance.prices.distinct_shift
        } else {
            0.0
        };
        Self::along(&self.less, duty) - self.problem.instance.duty_price(duty) - fee
    }

    fn change(&mut self, index: usize, by: i64) {
        let duty = &self.problem.duties[index];
        let changed = |agents: u32| if by > 0 { agents + 1 } else { agents - 1 };
        self.staff[index] = changed(self.staff[index]);
        self.heads[duty.shift] = changed(self.heads[duty.shift]);
        self.problem.instance.cover(duty, by, &mut self.coverage);
        self.price();
    }

    /// Repeats the best addition or removal of an agent; says whether there was any.
    fn add_or_drop(&mut self) -> bool {
        let mut gained = false;
        loop {
            let more = (0..self.staff.len()).map(|index| (self.cost_of_one_more(index), index, 1));
            let less = (0..self.staff.len())
                .filter(|&index| self.staff[index] > 0)
                .map(|index| (self.cost_of_one_less(index), index, -1));
            match more.chain(less).min_by(|a, b| a.0.total_cmp(&b.0)) {
                Some((cost, index, by)) if cost < -1e-9 => self.change(index, by),
                _ => return gained,
            }
            gained = true;
        }
    }

    /// Moves agents to better duties of the same day; says whether any moved.
    fn move_agents(&mut self) -> bool {
        let mut gained = false;
        for index in 0..self.staff.len() {
            while self.staff[index] > 0 && self.move_one(index) {
                gained = true;
            }
        }
        gained
    }

    fn move_one(&mut self, from: usize) -> bool {
        let freed = self.cost_of_one_less(from);
        self.change(from, -1);
        let day = &self.days[self.problem.duties[from].day];
        let best = day
            .iter()
            .map(|&index| (self.cost_of_one_more(index), index))
            .min_by(|a, b| a.0.total_cmp(&b.0));
        match best {
            Some((cost, to)) if freed + cost < -1e-9 => {
                self.change(to, 1);
                true
            }
            _ => {
                self.change(from, 1);
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::instance::tests::small;
    use super::*;

    #[test]
    fn prices_of_moves_are_differences_of_plans() {
        for cyclic in [false, true] {
            let mut instance = small(cyclic);
            instance.prices.paid_minute = 0.25;
            let problem = Problem::new(instance);
            let staff: Staff = (0..problem.duties.len())
                .map(|index| u32::from(index % 4 == 1))
                .collect();
            let before = evaluate(&problem, &staff).objective;
            let bench = Bench::new(&problem, staff.clone());
            for index in 0..staff.len() {
                let mut more = staff.clone();
                more[index] += 1;
                let after = evaluate(&problem, &more).objective;
                assert!((bench.cost_of_one_more(index) - (after - before)).abs() < 1e-6);
                if staff[index] > 0 {
                    let mut less = staff.clone();
                    less[index] -= 1;
                    let after = evaluate(&problem, &less).objective;
                    assert!((bench.cost_of_one_less(index) - (after - before)).abs() < 1e-6);
                }
            }
        }
    }

    #[test]
    fn no_single_change_betters_a_polished_plan() {
        let problem = Problem::new(small(true));
        let staff = polish(&problem, vec![0; problem.duties.len()]);
        let objective = evaluate(&problem, &staff).objective;
        assert!(objective < evaluate(&problem, &vec![0; staff.len()]).objective);
        for index in 0..staff.len() {
            let mut other = staff.clone();
            other[index] += 1;
            assert!(evaluate(&problem, &other).objective >= objective - 1e-6);
        }
    }
}
