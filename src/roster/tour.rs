//! One person's week: which days to work one slot on, inside the rules.

use super::calendar::Span;
use crate::time::Tick;

/// Days of a week at most: seven and the day before the horizon.
pub const MOST_DAYS: usize = 8;

/// What bounds a person's week.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Days at most.
    pub days: usize,
    /// Days in a row at most.
    pub in_a_row: u32,
    /// Days worked in a row up to the day before this week.
    pub run: u32,
    /// Rest between two shifts.
    pub rest: Tick,
    /// End of the last shift before this week; 0 where there was none.
    pub rested_from: Tick,
}

/// Days of a week as a set of bits.
pub type Days = u16;

/// The days on which a slot is best worked, as many as `limits` let, with the sum of their worth.
///
/// `worth` has one entry per day, `None` where the slot cannot be worked; `spans` say where it lies.
pub fn best_days(
    worth: &[Option<f64>],
    spans: &[Option<Span>],
    limits: &Limits,
) -> Option<(f64, Days)> {
    let mut order = [0usize; MOST_DAYS];
    let mut open = 0;
    for (day, span) in spans.iter().enumerate() {
        let rested =
            |s: &Span| s.start >= limits.rested_from + limits.rest || limits.rested_from == 0;
        if worth[day].is_some() && span.as_ref().is_some_and(rested) {
            order[open] = day;
            open += 1;
        }
    }
    let open_days = &mut order[..open];
    let value = |day: usize| worth[day].unwrap_or(0.0);
    open_days.sort_unstable_by(|&a, &b| value(b).total_cmp(&value(a)).then(a.cmp(&b)));
    for count in (1..=limits.days.min(open)).rev() {
        let top = open_days[..count]
            .iter()
            .fold(0, |set: Days, &day| set | 1 << day);
        if keeps(top, spans, limits) {
            return Some((sum(top, worth), top));
        }
        let all = open_days.iter().fold(0, |set: Days, &day| set | 1 << day);
        if let Some(found) = best_set(all, count as u32, worth, spans, limits) {
            return Some(found);
        }
    }
    None
}

/// The best set of `count` of the days `all` that keeps the rules.
fn best_set(
    all: Days,
    count: u32,
    worth: &[Option<f64>],
    spans: &[Option<Span>],
    limits: &Limits,
) -> Option<(f64, Days)> {
    let mut best: Option<(f64, Days)> = None;
    for set in 1..(1 << spans.len() as Days) {
        if set & !all == 0 && set.count_ones() == count && keeps(set, spans, limits) {
            let value = sum(set, worth);
            if best.is_none_or(|b| value > b.0) {
                best = Some((value, set));
            }
        }
    }
    best
}

fn sum(set: Days, worth: &[Option<f64>]) -> f64 {
    (0..worth.len())
        .filter(|d| set & 1 << d != 0)
        .map(|d| worth[d].unwrap_or(0.0))
        .sum()
}

/// Whether a set of days keeps the bound on days in a row and the rest between neighbours.
fn keeps(set: Days, spans: &[Option<Span>], limits: &Limits) -> bool {
    let mut run = limits.run;
    let mut last: Option<&Span> = None;
    for (day, span) in spans.iter().enumerate() {
        if set & 1 << day == 0 {
            run = 0;
            continue;
        }
        run += 1;
        let Some(span) = span else { return false };
        let rested = last.is_none_or(|l| span.start >= l.end + limits.rest);
        if run > limits.in_a_row || !rested {
            return false;
        }
        last = Some(span);
    }
    true
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::time::HOUR;
    use proptest::prelude::*;

    fn spans(hours: Tick) -> Vec<Option<Span>> {
        (0..7)
            .map(|d| {
                Some(Span {
                    start: d * 24 * HOUR,
                    end: (d * 24 + hours) * HOUR,
                    cut: 0,
                })
            })
            .collect()
    }

    const FREE: Limits = Limits {
        days: 5,
        in_a_row: 6,
        run: 0,
        rest: 11 * HOUR,
        rested_from: 0,
    };

    #[test]
    fn the_best_days_are_taken_where_the_rules_let() {
        let worth: Vec<Option<f64>> = [1.0, 7.0, 3.0, 4.0, 5.0, 6.0, 2.0].map(Some).to_vec();
        assert_eq!(
            best_days(&worth, &spans(8), &FREE),
            Some((25.0, 0b011_1110))
        );
        // Five days worked before: the first day at most, or a day off first.
        let tired = Limits {
            run: 5,
            in_a_row: 5,
            ..FREE
        };
        assert_eq!(
            best_days(&worth, &spans(8), &tired),
            Some((25.0, 0b011_1110))
        );
        let strict = Limits {
            in_a_row: 2,
            ..FREE
        };
        // Five of seven days with at most two in a row: 1 + 7, 4, 6 + 2.
        assert_eq!(
            best_days(&worth, &spans(8), &strict),
            Some((20.0, 0b110_1011))
        );
    }

    #[test]
    fn rest_that_does_not_fit_between_two_days_leaves_a_day_between() {
        let worth = vec![Some(1.0); 7];
        let (_, days) = best_days(&worth, &spans(14), &FREE).unwrap();
        assert_eq!(days, 0b101_0101, "no two neighbours rest 11 of 24 hours");
        let after_night = Limits {
            rested_from: HOUR,
            ..FREE
        };
        let (_, days) = best_days(&worth, &spans(8), &after_night).unwrap();
        assert_eq!(days & 1, 0, "one hour into the first day is too early");
    }

    proptest! {
        /// The quick way (best days first) finds what trying every set finds.
        #[test]
        fn as_good_as_every_set(
            worth in proptest::collection::vec(proptest::option::weighted(0.8, -5.0..5.0f64), 7),
            hours in 4u64..16,
            days in 1usize..7,
            in_a_row in 1u32..7,
            run in 0u32..6,
        ) {
            let limits = Limits { days, in_a_row, run, ..FREE };
            let spans = spans(hours);
            let all = (0..7).filter(|&d| worth[d].is_some()).fold(0, |s: Days, d| s | 1 << d);
            let slow = (1..=days as u32).rev().find_map(|n| best_set(all, n, &worth, &spans, &limits));
            let quick = best_days(&worth, &spans, &limits);
            match (slow, quick) {
                (Some(a), Some(b)) => {
                    prop_assert_eq!(a.1.count_ones(), b.1.count_ones());
                    prop_assert!((a.0 - b.0).abs() < 1e-9);
                }
                (a, b) => prop_assert_eq!(a, b),
            }
        }
    }
}
