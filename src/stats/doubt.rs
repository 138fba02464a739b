//! How probable a statement about an expectation is, and which of many may be made together.

use super::running::Running;
use super::share::clustered_share;
use super::student::t_cdf;

/// Halvings of an interval of confidence: exact to 1e-12.
const HALVINGS: u32 = 40;

/// How probable it is that the expectation lies above `bar`, by the t distribution of the mean.
///
/// A half where nothing is known (fewer than two values, or all of them equal to `bar`).
///
/// ```
/// let sure = staffwright::stats::chance_above(&[1.1, 0.9, 1.2, 1.0], 0.0);
/// assert!(sure > 0.999);
/// ```
pub fn chance_above(values: &[f64], bar: f64) -> f64 {
    let mut running = Running::default();
    running.extend(values.iter().copied());
    let (Some(mean), Some(variance)) = (running.mean(), running.variance()) else {
        return 0.5;
    };
    let ahead = mean - bar;
    let error = (variance / values.len() as f64).sqrt();
    if error > 0.0 {
        t_cdf(ahead / error, running.count() - 1)
    } else if ahead == 0.0 {
        0.5
    } else {
        f64::from(u8::from(ahead > 0.0))
    }
}

/// How probable it is that the true share of periods is at least `bar`: the confidence with which the interval of
/// [`clustered_share`] just reaches it. `counts` holds (kept, judged) of each replication.
///
/// A half where nothing is known.
///
/// ```
/// use staffwright::stats::chance_of_share;
/// let sure = chance_of_share(&[(1, 1); 40], 0.9);
/// assert!(sure > 0.95 && sure < 0.999);
/// ```
pub fn chance_of_share(counts: &[(u64, u64)], bar: f64) -> f64 {
    let Some(seen) = clustered_share(counts, 0.5) else {
        return 0.5;
    };
    let above = seen.value >= bar;
    let clear = |confidence: f64| {
        clustered_share(counts, confidence)
            .is_some_and(|e| if above { e.low >= bar } else { e.high < bar })
    };
    let (mut least, mut most) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (least + most);
        if clear(middle) {
            least = middle;
        } else {
            most = middle;
        }
    }
    if above {
        0.5 * (1.0 + least)
    } else {
        0.5 * (1.0 - least)
    }
}

/// Which of several hypotheses are rejected so that the probability of any false rejection stays within `error`.
///
/// Holm's step-down procedure (1979): the smallest p value is held against `error / n`, the next against
/// `error / (n - 1)`, and so on until one fails. It assumes nothing on how the p values depend on each other.
///
/// ```
/// let rejected = staffwright::stats::holm(&[0.001, 0.04, 0.02], 0.05);
/// assert_eq!(rejected, [true, true, true]);
/// assert_eq!(staffwright::stats::holm(&[0.03, 0.04, 0.02], 0.05), [false, false, false]);
/// ```
pub fn holm(p_values: &[f64], error: f64) -> Vec<bool> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&i, &j| p_values[i].total_cmp(&p_values[j]));
    let mut rejected = vec![false; p_values.len()];
    for (rank, &i) in order.iter().enumerate() {
        let left = (p_values.len() - rank) as f64;
        if p_values[i].is_nan() || p_values[i] > error / left {
            break;
        }
        rejected[i] = true;
    }
    rejected
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::fixtures::Draws;

    #[test]
    fn chance_is_a_half_without_knowledge_and_sure_without_spread() {
        assert_eq!(chance_above(&[], 1.0), 0.5);
        assert_eq!(chance_above(&[3.0], 1.0), 0.5);
        assert_eq!(chance_above(&[2.0, 2.0], 2.0), 0.5);
        assert_eq!(chance_above(&[2.0, 2.0], 1.0), 1.0);
        assert_eq!(chance_above(&[2.0, 2.0], 3.0), 0.0);
    }

    #[test]
    fn shares_of_periods_are_as_sure_as_their_intervals() {
        let mostly: Vec<(u64, u64)> = (0..20)
            .map(|r| (if r % 4 == 0 { 3 } else { 4 }, 4))
            .collect();
        let sure = chance_of_share(&mostly, 0.85);
        assert!(sure > 0.5 && sure < 1.0);
        let reached = clustered_share(&mostly, 2.0 * sure - 1.0).map(|e| e.low);
        assert!(reached.is_some_and(|low| (low - 0.85).abs() < 1e-9));
        assert!(chance_of_share(&mostly, 0.99) < 0.1);
        assert!(
            chance_of_share(&[(1, 1)], 0.5) < 0.500_001,
            "one replication says nothing"
        );
        assert_eq!(chance_of_share(&[], 0.5), 0.5);
        // All kept, none dissents: still not certain.
        assert!(chance_of_share(&[(2, 2); 20], 0.9) < 0.999);
    }

    #[test]
    fn any_false_rejection_is_as_rare_as_allowed() {
        let mut draws = Draws::new(31);
        let (mut wrong, mut found, trials) = (0, 0, 2000);
        for _ in 0..trials {
            let values = |mean: f64, draws: &mut Draws| -> Vec<f64> {
                (0..12).map(|_| mean + draws.uniform() - 0.5).collect()
            };
            let p: Vec<f64> = [0.0, 0.0, 0.0, 0.0, 0.6]
                .into_iter()
                .map(|mean| {
                    let above = chance_above(&values(mean, &mut draws), 0.0);
                    2.0 * above.min(1.0 - above)
                })
                .collect();
            let rejected = holm(&p, 0.1);
            wrong += i32::from(rejected[..4].contains(&true));
            found += i32::from(rejected[4]);
        }
        let wrong = f64::from(wrong) / f64::from(trials);
        assert!((0.05..=0.12).contains(&wrong), "false in {wrong}");
        assert!(found > trials * 9 / 10);
    }
}
