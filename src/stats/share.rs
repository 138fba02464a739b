//! A share of periods when several periods come from one replication.

use super::estimate::Estimate;
use super::student::t_quantile;

/// Share of periods kept, with an interval that respects replications.
///
/// `counts` holds (kept, judged) of each replication. Weeks of one replication resemble each other,
/// so they count for less than as many independent weeks. The interval is Wilson's with an
/// effective number of periods, `periods / design effect`, and t in place of the normal quantile
/// (Korn & Graubard 1998; Dean & Pagano 2015 find Wilson's the best of such intervals); the design
/// effect is the delta-method variance of the share over that of independent periods, at least 1.
///
/// When nearly all replications agree their spread says little about clustering: with every period
/// kept it is unknown. The design effect is therefore drawn towards complete clustering (as many
/// effective periods as replications) by weight one against the number of dissenting replications,
/// on a log scale; this is judgement on the safe side, and fades as dissent is seen.
///
/// `None` when no period was judged.
///
/// ```
/// let kept = staffwright::stats::clustered_share(&[(1, 1); 40], 0.95).unwrap();
/// assert_eq!((kept.value, kept.high), (1.0, 1.0));
/// assert!((kept.low - 0.907).abs() < 0.001);
/// ```
pub fn clustered_share(counts: &[(u64, u64)], confidence: f64) -> Option<Estimate> {
    let kept: u64 = counts.iter().map(|count| count.0).sum();
    let judged: u64 = counts.iter().map(|count| count.1).sum();
    if judged == 0 {
        return None;
    }
    let periods = judged as f64;
    let share = kept as f64 / periods;
    let clusters = counts.iter().filter(|count| count.1 > 0).count();
    if clusters < 2 {
        return Some(Estimate::around(share, f64::INFINITY).within(0.0, 1.0));
    }
    let effect = design_effect(counts, share, periods, clusters as f64);
    let t = t_quantile(0.5 * (1.0 + confidence), clusters as u64 - 1);
    Some(wilson(share, periods / effect, t))
}

fn design_effect(counts: &[(u64, u64)], share: f64, periods: f64, clusters: f64) -> f64 {
    let squares: f64 = counts
        .iter()
        .map(|&(kept, judged)| {
            let off = kept as f64 - share * judged as f64;
            off * off
        })
        .sum();
    let variance = clusters / (clusters - 1.0) * squares / (periods * periods);
    let independent = share * (1.0 - share) / periods;
    let seen = if independent > 0.0 {
        (variance / independent).max(1.0)
    } else {
        1.0
    };
    let dissents = |&&(kept, judged): &&(u64, u64)| {
        if share >= 0.5 {
            kept < judged
        } else {
            kept > 0
        }
    };
    let dissenting = counts.iter().filter(dissents).count().max(1) as f64;
    let complete = (periods / clusters).max(1.0);
    libm::pow(seen, dissenting / (dissenting + 1.0)) * libm::pow(complete, 1.0 / (dissenting + 1.0))
}

/// Wilson's interval (1927) for a share among `count` independent trials.
fn wilson(share: f64, count: f64, t: f64) -> Estimate {
    let square = t * t;
    if square.is_infinite() {
        return Estimate::around(share, f64::INFINITY).within(0.0, 1.0);
    }
    let stretch = 1.0 + square / count;
    let middle = (share + square / (2.0 * count)) / stretch;
    let reach =
        t / stretch * (share * (1.0 - share) / count + square / (4.0 * count * count)).sqrt();
    Estimate {
        value: share,
        low: middle - reach,
        high: middle + reach,
        periods: None,
    }
    .within(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::stats::fixtures::Draws;

    #[test]
    fn independent_periods_give_wilsons_interval() {
        // One period to a replication: the design effect is n / (n - 1) at most.
        let counts: Vec<(u64, u64)> = (0..1000).map(|i| (u64::from(i % 5 != 0), 1)).collect();
        let estimate = clustered_share(&counts, 0.95).unwrap();
        let plain = wilson(0.8, 1000.0, 1.959_964);
        assert!((estimate.low - plain.low).abs() < 2e-4);
        assert!((estimate.high - plain.high).abs() < 2e-4);
    }

    #[test]
    fn alike_weeks_of_a_replication_count_once() {
        let together: Vec<(u64, u64)> = (0..100)
            .map(|i| (if i % 5 == 0 { 0 } else { 4 }, 4))
            .collect();
        let apart: Vec<(u64, u64)> = (0..100).map(|i| (u64::from(i % 5 != 0), 1)).collect();
        let together = clustered_share(&together, 0.95).unwrap();
        let apart = clustered_share(&apart, 0.95).unwrap();
        assert!((together.half_width() / apart.half_width() - 1.0).abs() < 0.02);
    }

    #[test]
    fn a_failure_never_raises_the_lower_limit() {
        for (replications, weeks) in [(10, 1), (10, 4), (40, 4), (10, 700), (160, 13)] {
            let mut counts = vec![(weeks, weeks); replications];
            let all = clustered_share(&counts, 0.95).unwrap();
            counts[0].0 -= 1;
            let one_missed = clustered_share(&counts, 0.95).unwrap();
            counts[1].0 -= 1;
            let two_missed = clustered_share(&counts, 0.95).unwrap();
            assert!(all.high == 1.0 && all.low > 0.5 && all.low < 1.0);
            assert!(one_missed.low <= all.low + 1e-3, "{replications} x {weeks}");
            assert!(two_missed.value < one_missed.value && two_missed.high < 1.0);
        }
    }

    #[test]
    fn all_missed_mirrors_all_kept() {
        let kept = clustered_share(&[(3, 3); 20], 0.95).unwrap();
        let missed = clustered_share(&[(0, 3); 20], 0.95).unwrap();
        assert!((kept.low - (1.0 - missed.high)).abs() < 1e-12);
        assert_eq!((missed.value, missed.low), (0.0, 0.0));
    }

    #[test]
    fn too_few_replications() {
        assert_eq!(clustered_share(&[], 0.95), None);
        assert_eq!(clustered_share(&[(0, 0); 9], 0.95), None);
        let one = clustered_share(&[(3, 4)], 0.95).unwrap();
        assert_eq!((one.value, one.low, one.high), (0.75, 0.0, 1.0));
    }

    #[test]
    fn interval_holds_the_share_at_least_as_often_as_it_says() {
        // A replication's weeks share a random chance of being kept.
        let mut draws = Draws::new(5);
        for (power, replications) in [(1.0, 40), (0.1, 40), (0.05, 20)] {
            let truth = 1.0 / (1.0 + power); // mean of u^power
            let (mut held, trials) = (0, 2000);
            for _ in 0..trials {
                let counts: Vec<(u64, u64)> = (0..replications)
                    .map(|_| {
                        let chance = draws.uniform().powf(power);
                        let kept = (0..8).filter(|_| draws.uniform() < chance).count();
                        (kept as u64, 8)
                    })
                    .collect();
                if !clustered_share(&counts, 0.9).unwrap().excludes(truth) {
                    held += 1;
                }
            }
            let held = f64::from(held) / f64::from(trials);
            assert!((0.88..0.97).contains(&held), "{power}: held in {held}");
        }
    }
}
