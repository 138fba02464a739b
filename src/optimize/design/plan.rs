//! A shift plan: staff per duty, re-evaluated by own arithmetic.

use super::instance::Problem;
use crate::solve::StoppedBy;

/// Staff per duty, in the order of [`Instance::duties`](super::instance::Instance).
pub type Staff = Vec<u32>;

/// What a plan does and costs, counted from its staff alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// Cost in the prices of the instance.
    pub objective: f64,
    /// Agent-minutes missing.
    pub understaffed_minutes: u64,
    /// Agent-minutes too many.
    pub overstaffed_minutes: u64,
    /// Agent-minutes paid.
    pub paid_minutes: u64,
    /// Distinct shifts (start and length) with staff on some day.
    pub distinct_shifts: usize,
    /// Agents present in each interval.
    pub coverage: Vec<i64>,
}

/// A plan with the bound that was proved for its problem.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Staff per duty.
    pub staff: Staff,
    /// What it does and costs.
    pub evaluation: Evaluation,
    /// No plan costs less than this.
    pub lower_bound: f64,
    /// Why the search ended.
    pub stopped_by: StoppedBy,
}

impl Plan {
    /// How far the cost may be above the least possible, as a fraction of the cost.
    #[must_use]
    pub fn gap(&self) -> f64 {
        let distance = self.evaluation.objective - self.lower_bound;
        if distance <= 1e-6 {
            0.0
        } else {
            distance / self.evaluation.objective
        }
    }
}

/// Which shifts have staff on some day.
#[must_use]
pub fn used_shifts(problem: &Problem, staff: &[u32]) -> Vec<bool> {
    let mut used = vec![false; problem.instance.shifts.len()];
    for (duty, &staff) in problem.duties.iter().zip(staff) {
        used[duty.shift] |= staff > 0;
    }
    used
}

/// Plays a plan against its requirement, interval by interval.
#[must_use]
pub fn evaluate(problem: &Problem, staff: &[u32]) -> Evaluation {
    let Problem { instance, duties } = problem;
    let mut coverage = vec![0_i64; instance.intervals()];
    let mut paid = 0_u64;
    for (duty, &staff) in duties.iter().zip(staff) {
        if staff > 0 {
            instance.cover(duty, i64::from(staff), &mut coverage);
            paid += u64::from(staff) * duty.paid_intervals as u64;
        }
    }
    let (mut under, mut over) = (0_u64, 0_u64);
    for (&present, &required) in coverage.iter().zip(&instance.required) {
        let excess = present - i64::from(required);
        if excess < 0 {
            under += excess.unsigned_abs();
        } else {
            over += excess.unsigned_abs();
        }
    }
    let minutes = |intervals: u64| intervals * u64::from(instance.interval_min);
    let distinct_shifts = used_shifts(problem, staff)
        .into_iter()
        .filter(|used| *used)
        .count();
    let prices = &instance.prices;
    // Agent-minutes of a plan are far below 2^52.
    #[allow(clippy::cast_precision_loss)]
    let objective = minutes(under) as f64 * prices.understaffing
        + minutes(over) as f64 * prices.overstaffing
        + minutes(paid) as f64 * prices.paid_minute
        + distinct_shifts as f64 * prices.distinct_shift;
    Evaluation {
        objective,
        understaffed_minutes: minutes(under),
        overstaffed_minutes: minutes(over),
        paid_minutes: minutes(paid),
        distinct_shifts,
        coverage,
    }
}

#[cfg(test)]
mod tests {
    use super::super::instance::tests::small;
    use super::*;

    #[test]
    fn every_price_is_counted_once() {
        let mut instance = small(true);
        instance.prices.paid_minute = 0.5;
        let problem = Problem::new(instance);
        let staff: Staff = problem
            .duties
            .iter()
            .map(|duty| u32::from(duty.shift == 1 || (duty.shift == 0 && duty.day == 0)))
            .collect();
        let evaluation = evaluate(&problem, &staff);
        // Coverage 2 2 1 0 1 1 1 0 against 1 2 2 0 1 3 2 1.
        assert_eq!(evaluation.coverage, [2, 2, 1, 0, 1, 1, 1, 0]);
        assert_eq!(evaluation.overstaffed_minutes, 360);
        assert_eq!(evaluation.understaffed_minutes, 5 * 360);
        assert_eq!(evaluation.paid_minutes, 8 * 360);
        assert_eq!(evaluation.distinct_shifts, 2);
        assert_eq!(evaluation.objective, 6.0 * 360.0 + 4.0 * 360.0 + 800.0);
    }
}
