//! A plan played on the search's random numbers, and what the search learns from it.

use super::cuts;
use super::goal::{Goal, Phase, Progress};
use super::gradient::{Base, Observed, shares};
use super::keep::kept;
use super::plan::Kept;
use super::problem::Problem;
use super::taken::Taken;
use super::tune::{Standing, Tuner};
use crate::experiment::{Case, Collected, Outcome, Settings, collect_with};

/// A plan's replications.
pub struct Played<'a> {
    planned: &'a Case,
    /// Numbers of every column of the plan.
    x: &'a [f64],
    goal: &'a Goal,
    observed: Vec<Observed>,
    taken: Taken,
    seen: Collected,
    outcome: Outcome,
}

impl<'a> Played<'a> {
    /// Plays the case that `x` of every column makes.
    #[must_use]
    pub fn of(
        problem: &Problem,
        planned: &'a Case,
        x: &'a [f64],
        goal: &'a Goal,
        progress: &dyn Progress,
    ) -> Self {
        let settings = Settings {
            seed: goal.seed,
            replications: goal.search,
            confidence: goal.confidence,
            ..Settings::default()
        };
        let (mut observed, mut taken) = (Vec::new(), Taken::default());
        let (seen, outcome) = collect_with(planned, &settings, &mut |ledger| {
            observed.push(Observed::new(&problem.grid, ledger));
            taken.add(ledger);
            progress.replications(Phase::Search, observed.len() as u64, goal.search);
        });
        Self {
            planned,
            x,
            goal,
            observed,
            taken,
            seen,
            outcome,
        }
    }

    /// Corrects formulas, aims and cuts by what was seen; where promises stand, and what `keep` says.
    pub fn teach(
        &self,
        problem: &Problem,
        tuner: &mut Tuner,
    ) -> (Vec<Option<Standing>>, Vec<Kept>) {
        let met = shares(problem, &self.observed);
        cuts::review(problem, &mut tuner.tuning, self.x, &met);
        let watched = (self.observed.as_slice(), &self.taken);
        let proof = self.goal.proof;
        let standings = tuner.learn(problem, self.planned, &self.seen, watched, proof);
        let keep = kept(self.planned, &self.seen, &self.outcome, proof);
        tuner.occupied(problem, self.x, &keep);
        (standings, keep)
    }

    /// Adds cuts for what was not kept; how many.
    pub fn cut(&self, problem: &Problem, tuner: &mut Tuner, standings: &[Option<Standing>]) -> u32 {
        let base = Base {
            case: self.planned,
            seed: self.goal.seed,
            seen: &self.observed,
        };
        let short: Vec<usize> = (0..standings.len())
            .filter(|&p| standings[p].is_some_and(|s| !s.holds()))
            .collect();
        cuts::add(problem, &mut tuner.tuning, self.x, &base, &short)
    }
}
