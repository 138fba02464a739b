//! Which option is best, how sure one may be, and who is beaten on every count.

use super::case::Case;
use super::collected::Collected;
use super::criterion::Criterion;
use super::difference::{Difference, mean};
use super::outcome::Outcome;
use crate::measure::{Verdict, kept_periods, totals};
use crate::scenario::model::Promise;
use crate::stats::{
    Better, chance_above, chance_of_share, compare_with_best, linearised, probability_of_best,
};
use serde::Serialize;

/// How an option stands with its promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Every promise is met.
    Keeps,
    /// None is missed, at least one is undecided.
    Open,
    /// At least one is missed.
    Misses,
}

/// The option to choose.
///
/// The best in the objective among the options that keep every promise; if there is none, among those that may keep
/// them; if all miss one, the option whose worst promise falls short by least.
#[derive(Debug, Clone, Serialize)]
pub struct Best {
    /// Its name.
    pub name: String,
    /// At least how probable it is that it truly is: 1 less the probabilities that it does not keep its promises and
    /// that another one keeps them and is better (Bonferroni).
    pub probability: f64,
    /// Key of the figure it is chosen by; `shortfall` where every option misses a promise.
    pub objective: String,
    /// How it stands with its promises.
    pub standing: Standing,
    /// Whether every other option is ruled out, or not better by enough to matter, at the confidence asked for.
    pub separated: bool,
}

/// How one option stands.
#[derive(Debug, Clone, Serialize)]
pub struct OptionStanding {
    /// Its name.
    pub name: String,
    /// How it stands with its promises.
    pub standing: Standing,
    /// Limits of its advantage in the objective over the best of the others that keep or may keep their promises, of
    /// all where none does (Hsu's multiple comparisons with the best); `null` where it stands alone or does not contend.
    pub advantage: Option<Advantage>,
    /// The option that is at least as good in cost, service level and every promise, and really better in one.
    pub dominated_by: Option<String>,
}

/// Limits of an advantage; positive is better.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Advantage {
    /// Lower limit.
    pub low: f64,
    /// Upper limit; nought says that it is not the best.
    pub high: f64,
}

/// The class of an outcome.
#[must_use]
pub fn standing(outcome: &Outcome) -> Standing {
    let worst = |verdict| outcome.promises.iter().any(|p| p.verdict == verdict);
    if worst(Verdict::Missed) {
        Standing::Misses
    } else if worst(Verdict::Undecided) {
        Standing::Open
    } else {
        Standing::Keeps
    }
}

/// What is needed to choose.
pub struct Contest<'a> {
    /// The options.
    pub cases: &'a [Case],
    /// Their replications.
    pub collected: &'a [Collected],
    /// What they say.
    pub outcomes: &'a [Outcome],
    /// The criterion to choose by.
    pub objective: &'a Criterion,
    /// From which relative size on a difference matters.
    pub practical: f64,
    /// Confidence.
    pub confidence: f64,
}

impl Contest<'_> {
    /// Chooses; `None` where the objective is undefined for every contender.
    #[must_use]
    pub fn decide(&self) -> Option<(Best, Vec<OptionStanding>)> {
        let standings: Vec<Standing> = self.outcomes.iter().map(standing).collect();
        let class = *standings.iter().min()?;
        let (objective, better, series) = if class == Standing::Misses {
            let shortfalls = (0..self.cases.len()).map(|i| self.shortfall(i));
            ("shortfall", Better::Lower, shortfalls.collect())
        } else {
            let better = self.objective.better.unwrap_or(Better::Lower);
            (
                self.objective.key.as_str(),
                better,
                self.objective.series.clone(),
            )
        };
        // An option that may keep its promises still contends with those that do.
        let widest = if class == Standing::Misses {
            class
        } else {
            Standing::Open
        };
        let contenders: Vec<usize> = (0..standings.len())
            .filter(|&i| standings[i] <= widest && series[i].is_some())
            .collect();
        let values: Vec<Vec<f64>> = contenders
            .iter()
            .filter_map(|&i| series[i].clone())
            .collect();
        let eligible = |&place: &usize| standings[contenders[place]] == class;
        let place = first(&values, better, eligible)?;
        let best = contenders[place];
        let rows = compare_with_best(&values, better, self.confidence);
        let advantage = |i: usize| {
            let row = rows
                .as_ref()?
                .get(contenders.iter().position(|&c| c == i)?)?;
            Some(Advantage {
                low: row.low,
                high: row.high,
            })
        };
        let near = match class {
            Standing::Misses => self.practical,
            _ => self.practical * mean(&values[place]).abs(),
        };
        let ahead = contenders.len() == 1 || advantage(best).is_some_and(|a| a.low >= -near);
        let name = |i: usize| self.outcomes[i].scenario.clone();
        let chosen = Best {
            name: name(best),
            probability: self.probability(best, class, better, &series),
            objective: objective.to_owned(),
            standing: class,
            separated: ahead && class != Standing::Open && self.collected[best].replications() > 1,
        };
        let rest = (0..standings.len()).map(|i| OptionStanding {
            name: name(i),
            standing: standings[i],
            advantage: advantage(i),
            dominated_by: None,
        });
        Some((chosen, rest.collect()))
    }

    /// A lower bound of the probability that `best` is the option to choose.
    fn probability(
        &self,
        best: usize,
        class: Standing,
        better: Better,
        series: &[Option<Vec<f64>>],
    ) -> f64 {
        let both = self.cases.iter().zip(self.collected);
        let chances: Option<Vec<Vec<f64>>> = (class != Standing::Misses)
            .then(|| both.map(|(case, c)| promise_chances(case, c)).collect());
        chance_of_best(best, chances.as_deref(), better, series)
    }

    /// By how much an option's worst promise falls short, per replication.
    fn shortfall(&self, i: usize) -> Option<Vec<f64>> {
        let gaps = self
            .judged(i)
            .into_iter()
            .map(|(series, bar)| -> Vec<f64> { series.into_iter().map(|v| bar - v).collect() });
        gaps.max_by(|a, b| mean(a).total_cmp(&mean(b)))
    }

    /// Per promise of an option: the values its verdict rests on, and what they have to reach.
    fn judged(&self, i: usize) -> Vec<(Vec<f64>, f64)> {
        let case = &self.cases[i];
        let one = |(p, promise): (usize, &Promise)| {
            let pairs = self.collected[i].promise_pairs(case, p, promise.hold.is_some());
            let bar = promise.hold.unwrap_or(promise.share);
            Some((linearised(&pairs)?, bar))
        };
        let promises = case.scenario.promises.iter().enumerate();
        promises.filter_map(one).collect()
    }
}

/// Per promise of a case: the probability that it is kept.
#[must_use]
pub fn promise_chances(case: &Case, collected: &Collected) -> Vec<f64> {
    let one = |(p, promise): (usize, &Promise)| {
        let samples: Vec<&[(u64, u64)]> =
            collected.promises.iter().map(|r| r[p].as_slice()).collect();
        match promise.hold {
            Some(hold) => chance_of_share(&kept_periods(promise, &samples), hold),
            None => linearised(&totals(&samples))
                .map_or(0.5, |series| chance_above(&series, promise.share)),
        }
    };
    case.scenario.promises.iter().enumerate().map(one).collect()
}

/// A lower bound of the probability that option `best` is the one to choose: 1 less the probabilities that it breaks a
/// promise and that another one keeps all of its own and is better (Bonferroni). `chances[i]` holds the probability that
/// option `i` keeps each of its promises; `None` where promises do not count. `series[i]` are its paired values.
#[must_use]
pub fn chance_of_best(
    best: usize,
    chances: Option<&[Vec<f64>]>,
    better: Better,
    series: &[Option<Vec<f64>>],
) -> f64 {
    let breaks: f64 = chances.map_or(0.0, |all| all[best].iter().map(|kept| 1.0 - kept).sum());
    let keeps = |j: usize| chances.map_or(1.0, |all| all[j].iter().copied().fold(1.0, f64::min));
    let ahead = |j: usize| match (&series[best], &series[j]) {
        (Some(a), Some(b)) => match probability_of_best(&[a.clone(), b.clone()], better) {
            Some((0, sure)) => 1.0 - sure,
            Some((_, sure)) => sure,
            None => 0.5,
        },
        _ => 0.0,
    };
    let others = (0..series.len()).filter(|&j| j != best);
    let doubt: f64 = breaks + others.map(|j| ahead(j).min(keeps(j))).sum::<f64>();
    (1.0 - doubt).clamp(0.0, 1.0)
}

/// The eligible option that leads in its mean.
fn first(values: &[Vec<f64>], better: Better, eligible: impl Fn(&usize) -> bool) -> Option<usize> {
    let sign = if better == Better::Higher { -1.0 } else { 1.0 };
    let places = (0..values.len()).filter(eligible);
    places.min_by(|&i, &j| (sign * mean(&values[i])).total_cmp(&(sign * mean(&values[j]))))
}

/// Marks options that another one beats: at least as good in cost per resolved contact, service level and every
/// promise both make, and really better in one of them.
pub fn mark_dominated(standings: &mut [OptionStanding], differences: &[Difference]) {
    let counts = |metric: &str| {
        let promise = metric.starts_with("promise.") && !metric.ends_with(".met");
        promise || metric == super::criterion::COST_PER_RESOLVED || metric == "service_level"
    };
    let names: Vec<String> = standings.iter().map(|s| s.name.clone()).collect();
    for row in standings.iter_mut() {
        let beats = |other: &&String| {
            let between = |d: &&Difference| {
                counts(&d.metric)
                    && [&d.a, &d.b].contains(&&row.name)
                    && [&d.a, &d.b].contains(other)
            };
            let mut between = differences.iter().filter(between).peekable();
            let mut really = false;
            between.peek().is_some()
                && between.all(|d| {
                    let wins = d.better.as_ref() == Some(other);
                    really |= wins && d.real;
                    wins || d.better.is_none()
                })
                && really
        };
        let others = names.iter().filter(|name| **name != row.name);
        row.dominated_by = others.clone().find(beats).cloned();
    }
}

/// The winner by one figure.
#[derive(Debug, Clone, Serialize)]
pub struct Winner {
    /// Key of the figure.
    pub metric: String,
    /// Its title.
    pub title: String,
    /// The option that is best by it.
    pub name: String,
    /// At least how probable it is that it truly is.
    pub probability: f64,
    /// Whether it is the option chosen as best.
    pub agrees: bool,
}

/// Who would have been chosen by each figure alone, of the options in which it is defined.
#[must_use]
pub fn winners(criteria: &[Criterion], names: &[String], best: Option<&Best>) -> Vec<Winner> {
    let one = |criterion: &Criterion| {
        let better = criterion.better?;
        let defined: Vec<usize> = (0..names.len())
            .filter(|&i| criterion.series[i].is_some())
            .collect();
        let values: Vec<Vec<f64>> = defined
            .iter()
            .filter_map(|&i| criterion.series[i].clone())
            .collect();
        let (place, probability) = probability_of_best(&values, better)?;
        let name = names[defined[place]].clone();
        Some(Winner {
            metric: criterion.key.clone(),
            title: criterion.title.clone(),
            agrees: best.is_some_and(|b| b.name == name),
            name,
            probability,
        })
    };
    criteria.iter().filter_map(one).collect()
}
