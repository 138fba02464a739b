//! How many agents a shift can be worth on one day, whatever the others do.

use super::instance::Problem;
use super::layout::Block;

/// Staff of a shift on a day beyond which its last agent is never worth having: in the intervals
/// where fewer are required that agent only adds overstaffing, elsewhere saves understaffing.
///
/// Intervals in which colleagues on the same shift may be on their break say nothing about how many
/// are present; there the agent is taken to save understaffing.
pub(super) fn largest_staff(problem: &Problem, block: &Block) -> f64 {
    let instance = &problem.instance;
    let duties = &problem.duties[block.duties.clone()];
    let mut required: Vec<u32> = problem.required_under(block.span).collect();
    let (under, over) = (instance.under_price(), instance.over_price());
    let cheapest = duties
        .iter()
        .map(|duty| instance.duty_price(duty))
        .fold(f64::INFINITY, f64::min);
    #[allow(clippy::cast_precision_loss)] // a shift has few intervals
    let mut saved = required.len() as f64 * under - cheapest;
    let ceiling = required.iter().map(|&required| f64::from(required)).sum();
    for &(from, to) in &block.pauses {
        for position in from..to {
            required[position - block.span.0] = u32::MAX;
        }
    }
    required.sort_unstable();
    let mut limit = 0;
    for required in required {
        if saved <= 0.0 {
            return f64::from(limit);
        }
        if required == u32::MAX {
            // Every agent but those on a break is present, so this many are never all needed.
            return ceiling;
        }
        limit = required;
        saved -= under + over;
    }
    f64::from(limit)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::instance::tests::small;
    use super::super::instance::{Pause, Variant};
    use super::super::layout::blocks;
    use super::*;

    fn limit(problem: &Problem, shift: usize, day: usize) -> f64 {
        let blocks = blocks(problem);
        let block = blocks
            .iter()
            .find(|block| block.shift == shift && block.day == day);
        largest_staff(problem, block.unwrap())
    }

    #[test]
    fn a_last_agent_must_pay_for_itself() {
        let problem = Problem::new(small(false));
        assert_eq!(
            limit(&problem, 1, 0),
            2.0,
            "required 1 2 2: a second agent saves twice, costs once"
        );
        assert_eq!(
            limit(&problem, 0, 0),
            1.0,
            "required 1 2: a second agent gains nothing"
        );
        assert_eq!(limit(&problem, 2, 1), 2.0, "required 3 2");
    }

    #[test]
    fn breaks_loosen_the_limit() {
        let mut instance = small(false);
        let pause = |offset| {
            Some(Pause {
                offset,
                length: 1,
                paid: true,
            })
        };
        instance.shifts[1].variants = [1, 2]
            .map(|offset| Variant {
                pause: pause(offset),
                days: vec![true; 2],
            })
            .to_vec();
        assert_eq!(limit(&Problem::new(instance), 1, 0), 5.0, "required 1 2 2");
    }
}
