//! Cases of demand: the level around the forecast, by its distribution or as stated, and each month's own busyness.
//!
//! A drawn level stands for a slice of equal probability of a gamma law with mean 1 and the stated coefficient of
//! variation (its median), and the levels are scaled to a mean of 1, so that a plan is not made for more or less than
//! the forecast. Within a case every month has the mean of its days' busyness factors, drawn by the scenario's own
//! law for every stream (see [`Busyness`](crate::random::Busyness)).

use crate::random::{Law, Seed, stream_key};
use crate::scenario::model::{Outlook, Scenario, Volume};

/// Days of busyness that make a month.
const DAYS: usize = 30;
/// First replication of the busyness of cases, apart from those of simulations.
const FIRST: u64 = 3_000_000;

/// Factors on streams in one case.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// For reports.
    pub name: String,
    /// Probability.
    pub chance: f64,
    /// `[month][stream]`.
    pub factors: Vec<Vec<f64>>,
}

/// The cases of a scenario.
#[must_use]
pub fn cases(scenario: &Scenario, seed: u64) -> Vec<Drawn> {
    let outlook = &scenario.decide.outlook;
    let busyness = crate::world::busyness(scenario);
    let keys: Vec<u64> = scenario
        .streams
        .iter()
        .map(|s| stream_key(&s.name))
        .collect();
    let months = outlook.months as usize;
    let levels = levels(scenario);
    let mut out = Vec::new();
    for (w, (name, chance, level)) in levels.into_iter().enumerate() {
        let seed = Seed {
            seed,
            replication: FIRST + w as u64,
        };
        let daily = busyness
            .as_ref()
            .map(|b| b.factors(seed, &keys, months * DAYS));
        let factor = |month: usize, stream: usize| -> f64 {
            let moody = matches!(scenario.streams[stream].volume, Volume::Weekly { .. });
            let busy = daily.as_ref().filter(|_| moody).map_or(1.0, |d| {
                let days = &d[stream][month * DAYS..(month + 1) * DAYS];
                days.iter().sum::<f64>() / DAYS as f64
            });
            busy * level[stream]
        };
        let month = |m: usize| (0..keys.len()).map(|s| factor(m, s)).collect();
        out.push(Drawn {
            name,
            chance,
            factors: (0..months).map(month).collect(),
        });
    }
    out
}

/// Name, probability and level by stream of every case.
fn levels(scenario: &Scenario) -> Vec<(String, f64, Vec<f64>)> {
    let outlook = &scenario.decide.outlook;
    let streams = &scenario.streams;
    if !outlook.cases.is_empty() {
        let stated = |case: &crate::scenario::model::DemandCase| {
            let level = |topic: usize| {
                let own = case.topics.iter().find(|t| t.0 == topic);
                own.map_or(case.volume, |t| t.1)
            };
            let levels = streams.iter().map(|s| level(s.topic)).collect();
            (case.name.clone(), case.chance, levels)
        };
        return outlook.cases.iter().map(stated).collect();
    }
    let drawn = drawn(outlook);
    let chance = 1.0 / drawn.len() as f64;
    drawn
        .into_iter()
        .map(|level| {
            let name = format!("{:.0} % of forecast", 100.0 * level);
            (name, chance, vec![level; streams.len()])
        })
        .collect()
}

/// Levels of equal probability with mean 1.
fn drawn(outlook: &Outlook) -> Vec<f64> {
    let n = outlook.draws.max(1);
    let law = Law::Gamma {
        mean: 1.0,
        cv: outlook.error,
    };
    let middle = |i: u32| {
        if outlook.error > 0.0 {
            law.quantile((f64::from(i) + 0.5) / f64::from(n))
        } else {
            1.0
        }
    };
    let raw: Vec<f64> = (0..n).map(middle).collect();
    let mean = raw.iter().sum::<f64>() / f64::from(n);
    raw.into_iter().map(|level| level / mean).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawn_levels_have_mean_one_and_the_stated_variation() {
        let levels = drawn(&Outlook {
            error: 0.1,
            draws: 200,
            ..Outlook::default()
        });
        let mean = levels.iter().sum::<f64>() / 200.0;
        let variance = levels.iter().map(|l| (l - mean) * (l - mean)).sum::<f64>() / 200.0;
        assert!((mean - 1.0).abs() < 1e-12);
        // Medians of slices lose a little of the tails.
        assert!((variance.sqrt() - 0.1).abs() < 0.002, "{}", variance.sqrt());
        assert!(levels.windows(2).all(|w| w[0] < w[1]));
    }

    #[test]
    fn without_error_every_case_is_the_forecast() {
        assert_eq!(
            drawn(&Outlook {
                draws: 3,
                ..Outlook::default()
            }),
            [1.0; 3]
        );
    }
}
