//! The end of a search: today's numbers of people tried, the best plan finished, and its bound.

use super::describe::{describe, line, people};
use super::finish::{Finished, finish, settle};
use super::goal::{Goal, Phase, Playing, Progress};
use super::hand_out::{Breaches, breaches};
use super::heads::Staff;
use super::infeasible::Infeasible;
use super::plan::Round;
use super::problem::Problem;
use super::proof::{Seen, Tried, broken, over_bounds, prove};
use super::round::{Candidate, lower_bound, money, solve_round};
use super::today;
use super::tune::{Standing, Tuner};
use crate::experiment::Case;
use crate::scenario::model::Team;
use crate::solve::Options;

/// What the end of a search goes on from.
pub struct End<'a> {
    /// What is planned for.
    pub case: &'a Case,
    /// What is asked for.
    pub goal: &'a Goal,
    /// How models are solved.
    pub options: &'a Options,
    /// Who is told.
    pub progress: &'a dyn Progress,
    /// Rounds so far.
    pub rounds: &'a mut Vec<Round>,
    /// Proofs so far.
    pub proofs: u64,
}

impl End<'_> {
    /// The plan for as many people as there are today, or else today's own shifts, if that costs less than the best and is
    /// proved: formulas may ask for more than the simulation needs, and nobody should be told to pay more for what is kept
    /// already.
    ///
    /// # Errors
    /// When a solver fails.
    pub fn todays(
        &mut self,
        problem: &mut Problem,
        best: Option<&Tried>,
        latest: &Tuner,
    ) -> Result<Option<Tried>, Infeasible> {
        let dearest = best.map_or(f64::INFINITY, |b| b.candidate.cost);
        let Some(staffing) = today::people(problem, dearest) else {
            return Ok(None);
        };
        let tuner = best.map_or(latest, |b| &b.tuner).clone();
        problem.tune(&tuner.tuning);
        let given = std::mem::replace(&mut problem.staffing, staffing);
        let found = solve_round(problem, &tuner.tuning, self.options);
        problem.staffing = given;
        let mut planned = found.map_err(|fault| Infeasible::fault(&fault))?;
        // That of the requirement, not of so many people.
        planned.bound = match best {
            Some(best) => best.candidate.bound,
            None => lower_bound(problem, &tuner.tuning, self.options)
                .map_err(|fault| Infeasible::fault(&fault))?,
        };
        let own = today::shifts(problem, &self.case.roster).map(|x| {
            // Whoever works them today can.
            let heads = |team: &Team| team.heads.iter().map(|h| h.count).collect();
            let staff = Staff {
                heads: self.case.scenario.teams.iter().map(heads).collect(),
                ..Staff::new(problem, &x)
            };
            Candidate {
                cost: money(problem, &x, &staff),
                staff,
                x,
                ..planned.clone()
            }
        });
        for candidate in [Some(planned), own].into_iter().flatten() {
            let cheaper = candidate.cost < dearest;
            if cheaper && over_bounds(problem, &candidate.staff).is_empty() {
                let kept = self.kept(problem, candidate, best, &tuner);
                if kept.is_some() {
                    return Ok(kept);
                }
            }
        }
        Ok(None)
    }

    /// A plan that keeps everything and is proved; the round it makes is told where it does not.
    fn kept(
        &mut self,
        problem: &Problem,
        candidate: Candidate,
        best: Option<&Tried>,
        tuner: &Tuner,
    ) -> Option<Tried> {
        let planned = Case::new(candidate.staff.apply(&self.case.scenario)).ok()?;
        // So many people may do for the hours, and not for the rules that each of them works by.
        let breaks = |case: &Case| Breaches::of(&breaches(problem, &case.scenario, &case.roster));
        let most = best.map_or_else(Breaches::default, |b| breaks(&b.case));
        if breaks(&planned).worse_than(&most) {
            return None;
        }
        // What is there today may leave work lying that nobody is promised; a plan must not.
        let seen = Seen::of(&planned, tuner, self.goal, self.goal.search);
        if seen.broken(&planned.scenario).is_none() {
            let plan = (candidate, planned, seen.standings);
            return Some(self.proved(problem, plan, tuner.clone())).filter(|t| t.kept);
        }
        let number = self.rounds.len() as u32 + 1;
        let (standings, keep) = (&seen.standings, &seen.keep);
        let mut round = describe(self.case, number, &candidate, tuner, standings, keep, &[]);
        if round.broken.is_empty() {
            round.broken.extend(seen.broken(&planned.scenario));
        }
        self.say(round, &candidate);
        None
    }

    /// Puts a plan to the proof, as a round of its own.
    fn proved(
        &mut self,
        problem: &Problem,
        (candidate, planned, standings): (Candidate, Case, Vec<Option<Standing>>),
        tuner: Tuner,
    ) -> Tried {
        let phase = Playing(self.progress, Phase::Proof);
        let tried = prove(
            problem,
            candidate,
            planned,
            tuner,
            self.goal,
            self.proofs,
            &phase,
        );
        self.proofs += 1;
        let number = self.rounds.len() as u32 + 1;
        let (plan, keep) = (&tried.candidate, &tried.keep);
        let mut round = describe(self.case, number, plan, &tried.tuner, &standings, keep, &[]);
        round.proof = Some(tried.kept);
        round.broken = broken(&tried.proof, keep);
        self.say(round, &tried.candidate);
        tried
    }

    fn say(&mut self, round: Round, candidate: &Candidate) {
        let people = people(self.case, candidate);
        self.progress.stage(&line(&round, &people));
        self.rounds.push(round);
    }

    /// The best plan with people given up and exchanged as far as the proof goes along, and its bound.
    ///
    /// # Errors
    /// When a solver fails.
    pub fn finished(
        &mut self,
        problem: &mut Problem,
        mut best: Tried,
    ) -> Result<Tried, Infeasible> {
        problem.tune(&best.tuner.tuning);
        self.progress.finishing();
        let from = (&best.candidate, &best.case);
        let steps = finish(
            problem,
            self.case,
            &best.tuner,
            from,
            self.goal,
            self.progress,
        );
        let bounds = problem.staffing.bounds.clone();
        // What looks kept on the search's random numbers has been picked by them, the more so the longer the way: the last step is
        // put to the proof, and where that fails the one half way between the last that was kept and the first that was not.
        let tuner = best.tuner.clone();
        let (mut kept, mut at) = (0, steps.len());
        let mut failed = steps.len() + 1;
        while kept + 1 < failed {
            let Finished {
                candidate,
                case,
                standings,
            } = steps[at - 1].clone();
            let tried = self.proved(problem, (candidate, case, standings), tuner.clone());
            if tried.kept {
                best = tried;
                kept = at;
            } else {
                failed = at;
            }
            at = usize::midpoint(kept, failed);
        }
        if kept > 0 {
            settle(problem, &mut best.tuner.tuning, &best.candidate);
        }
        // What was asked of tours is not asked of every roster, and deferred work may lie: the bound is the requirement's alone.
        let reach = &mut problem.staffing.reach;
        reach.iter_mut().flatten().for_each(|r| *r = 1.0);
        let bound = lower_bound(problem, &best.tuner.tuning, self.options)
            .map_err(|fault| Infeasible::fault(&fault))?;
        best.candidate.bound = best.candidate.bound.min(bound);
        problem.staffing.bounds = bounds;
        Ok(best)
    }
}
