//! Which of several options is best, and how sure one may be.

use super::running::Running;
use super::student::{t_cdf, t_quantile};

/// Which end of the scale is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// Larger values are better.
    Higher,
    /// Smaller values are better.
    Lower,
}

/// How one option stands against the best of the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AgainstBest {
    /// Its value.
    pub value: f64,
    /// Lower limit of its advantage over the best other option; nought or negative.
    pub low: f64,
    /// Upper limit of that advantage; nought or positive. Nought means it is not the best.
    pub high: f64,
}

/// Hsu's multiple comparisons with the best, on common random numbers.
///
/// `options[i][r]` is the value of option `i` in replication `r` ([`super::linearised`] for ratios).
/// Returns, for each option, limits of its expected value less the best of the others
/// (turned round for [`Better::Lower`], so an advantage is always positive). With probability `confidence` all of
/// them hold together; an option whose upper limit is nought can be dropped. Constrained intervals
/// after Hsu 1984, with paired variances and Bonferroni's t quantile (Nelson & Matejcik 1995), so no
/// assumption on how the options correlate.
///
/// `None` with fewer than two options or replications, or when options differ in replications.
pub fn compare_with_best(
    options: &[Vec<f64>],
    better: Better,
    confidence: f64,
) -> Option<Vec<AgainstBest>> {
    let pairs = Pairs::new(options, better)?;
    let count = options.len();
    // Only comparisons with the (unknown) best option have to hold: count - 1, one-sided.
    let share = 1.0 - (1.0 - confidence) / (count - 1) as f64;
    let t = t_quantile(share, pairs.freedom);
    let margin = |i: usize, j: usize| t * pairs.error(i, j);
    let others = |i: usize| (0..count).filter(move |&j| j != i);
    let highs: Vec<f64> = (0..count)
        .map(|i| {
            let least = others(i)
                .map(|j| pairs.advantage(i, j) + margin(i, j))
                .fold(f64::INFINITY, f64::min);
            least.max(0.0)
        })
        .collect();
    let candidate = |i: usize| highs[i] > 0.0 || leads(&pairs, i, count);
    let low = |i: usize| {
        others(i)
            .filter(|&j| candidate(j))
            .map(|j| pairs.advantage(i, j) - margin(i, j))
            .fold(0.0, f64::min)
    };
    let row = |i: usize| AgainstBest {
        value: pairs.values[i],
        low: low(i),
        high: highs[i],
    };
    Some((0..count).map(row).collect())
}

/// Whether no other option has a better value.
fn leads(pairs: &Pairs, i: usize, count: usize) -> bool {
    (0..count).all(|j| pairs.advantage(i, j) >= 0.0)
}

/// The option with the best value and how probable it is that it is truly the best.
///
/// The probability is `1 - sum over others of P(the other is better)`, each by the t distribution of
/// the paired difference: a lower bound by Bonferroni's inequality (the approximate probability of
/// correct selection of Chen & Lee 2011), not below an equal share. `None` as for [`compare_with_best`].
pub fn probability_of_best(options: &[Vec<f64>], better: Better) -> Option<(usize, f64)> {
    let pairs = Pairs::new(options, better)?;
    let count = options.len();
    let best = (0..count).find(|&i| leads(&pairs, i, count))?;
    let doubt: f64 = (0..count)
        .filter(|&j| j != best)
        .map(|j| {
            let (ahead, error) = (pairs.advantage(best, j), pairs.error(best, j));
            match (ahead > 0.0, error > 0.0) {
                (_, true) => t_cdf(-ahead / error, pairs.freedom),
                (true, false) => 0.0,
                (false, false) => 0.5,
            }
        })
        .sum();
    Some((best, (1.0 - doubt).max(1.0 / count as f64)))
}

/// Paired comparisons of all options with each other.
struct Pairs<'a> {
    options: &'a [Vec<f64>],
    values: Vec<f64>,
    sign: f64,
    freedom: u64,
}

impl<'a> Pairs<'a> {
    fn new(options: &'a [Vec<f64>], better: Better) -> Option<Self> {
        let replications = options.first()?.len();
        let even = options.iter().all(|values| values.len() == replications);
        if options.len() < 2 || replications < 2 || !even {
            return None;
        }
        let mean = |values: &Vec<f64>| values.iter().sum::<f64>() / replications as f64;
        let values: Vec<f64> = options.iter().map(mean).collect();
        values.iter().all(|value| value.is_finite()).then(|| Self {
            options,
            values,
            sign: match better {
                Better::Higher => 1.0,
                Better::Lower => -1.0,
            },
            freedom: replications as u64 - 1,
        })
    }

    /// How far option `i` is ahead of option `j`.
    fn advantage(&self, i: usize, j: usize) -> f64 {
        self.sign * (self.values[i] - self.values[j])
    }

    /// Standard error of that.
    fn error(&self, i: usize, j: usize) -> f64 {
        let mut differences = Running::default();
        differences.extend(
            self.options[i]
                .iter()
                .zip(&self.options[j])
                .map(|(a, b)| a - b),
        );
        let variance = differences.variance().unwrap_or(0.0);
        (variance / (self.freedom + 1) as f64).sqrt()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::stats::fixtures::Draws;

    fn played(draws: &mut Draws, means: &[f64], replications: usize) -> Vec<Vec<f64>> {
        let mut options = vec![Vec::new(); means.len()];
        for _ in 0..replications {
            let common = 3.0 * draws.uniform();
            for (option, mean) in options.iter_mut().zip(means) {
                option.push(mean + common + draws.uniform() - 0.5);
            }
        }
        options
    }

    #[test]
    fn clear_winner_is_found_from_either_end() {
        let options = played(&mut Draws::new(1), &[1.0, 2.0, 5.0], 30);
        let rows = compare_with_best(&options, Better::Higher, 0.95).unwrap();
        assert!(rows[2].low == 0.0 && rows[2].high > 2.5);
        assert!(rows[0].high == 0.0 && rows[0].low < -3.5 && rows[1].high == 0.0);
        let (best, sure) = probability_of_best(&options, Better::Higher).unwrap();
        assert!(best == 2 && sure > 0.999);
        let rows = compare_with_best(&options, Better::Lower, 0.95).unwrap();
        assert!(rows[0].low == 0.0 && rows[0].high > 0.5 && rows[2].high == 0.0);
        assert_eq!(probability_of_best(&options, Better::Lower).unwrap().0, 0);
    }

    #[test]
    fn close_options_stay_undecided() {
        let options = played(&mut Draws::new(2), &[1.0, 1.01, 1.0], 20);
        let rows = compare_with_best(&options, Better::Higher, 0.95).unwrap();
        assert!(rows.iter().all(|row| row.high > 0.0 && row.low < 0.0));
        let (_, sure) = probability_of_best(&options, Better::Higher).unwrap();
        assert!((1.0 / 3.0..0.99).contains(&sure));
    }

    #[test]
    fn all_limits_hold_together_as_often_as_they_say() {
        let mut draws = Draws::new(9);
        let means = [1.0, 1.1, 1.1, 1.25, 0.6];
        let (mut held, trials) = (0, 2000);
        for _ in 0..trials {
            let options = played(&mut draws, &means, 15);
            let rows = compare_with_best(&options, Better::Higher, 0.9).unwrap();
            let truth = |i: usize| {
                let others = (0..means.len()).filter(|&j| j != i).map(|j| means[j]);
                means[i] - others.fold(f64::NEG_INFINITY, f64::max)
            };
            let good = |i: usize| rows[i].low <= truth(i) && truth(i) <= rows[i].high;
            held += i32::from((0..means.len()).all(good));
        }
        let held = f64::from(held) / f64::from(trials);
        assert!(held >= 0.89, "held in {held}");
    }

    #[test]
    fn identical_options_share_the_first_place() {
        let options = vec![vec![1.0, 2.0, 3.0]; 2];
        assert_eq!(
            probability_of_best(&options, Better::Higher),
            Some((0, 0.5))
        );
        let rows = compare_with_best(&options, Better::Higher, 0.95).unwrap();
        assert!(rows.iter().all(|row| row.low == 0.0 && row.high == 0.0));
    }

    #[test]
    fn needs_two_of_everything() {
        assert_eq!(
            compare_with_best(&[vec![1.0, 2.0]], Better::Higher, 0.95),
            None
        );
        assert_eq!(
            probability_of_best(&[vec![1.0], vec![2.0]], Better::Higher),
            None
        );
        let uneven = [vec![1.0, 2.0], vec![1.0]];
        assert_eq!(compare_with_best(&uneven, Better::Higher, 0.95), None);
    }
}
