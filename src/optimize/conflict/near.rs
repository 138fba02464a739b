//! What simulation says of plans that just keep the promises, whatever people and seats that takes.
//!
//! A search whose rules clash ends at a plan in which work drowns, and what formulas have learnt there tells little of the
//! plans that a relaxation makes possible. So before rules are weighed, a few plans are made and simulated for which the most
//! heads and the seats are let go of.

use crate::experiment::Case;
use crate::optimize::goal::Goal;
use crate::optimize::levers::Staffing;
use crate::optimize::played::Played;
use crate::optimize::problem::Problem;
use crate::optimize::proof::{Seen, Tried};
use crate::optimize::round::solve_round;
use crate::optimize::tune::{Standing, Tuner};
use crate::solve::{Fault, Options};

/// Most plans that are made and simulated; of a problem with more columns than the second number, one: there a plan takes
/// minutes.
const PLANS: (u32, usize) = (4, 3_000);

/// A tuner that has seen plans near the promises: such plans, or the plan that was tried where all but its money is kept.
///
/// # Errors
/// When a solver fails.
pub fn near(
    problem: &mut Problem,
    case: &Case,
    tried: &Tried,
    goal: &Goal,
    options: &Options,
) -> Result<Tuner, Fault> {
    if tried.kept {
        return Ok(doubted(problem, tried, goal));
    }
    let mut free = Staffing::new(problem.scenario);
    let levers = free.planned.iter().zip(&mut free.bounds);
    for (_, bounds) in levers.filter(|(planned, _)| **planned) {
        bounds.iter_mut().for_each(|b| b.1 = f64::INFINITY);
    }
    let staffing = std::mem::replace(&mut problem.staffing, free);
    let seats = std::mem::take(&mut problem.seats);
    let budget = problem.budget.take();
    let tuner = plans(problem, case, tried.tuner.clone(), goal, options);
    problem.staffing = staffing;
    problem.seats = seats;
    problem.budget = budget;
    tuner
}

fn plans(
    problem: &mut Problem,
    case: &Case,
    mut tuner: Tuner,
    goal: &Goal,
    options: &Options,
) -> Result<Tuner, Fault> {
    let most = if problem.columns.len() > PLANS.1 {
        1
    } else {
        PLANS.0
    };
    for _ in 0..most {
        problem.tune(&tuner.tuning);
        let candidate = solve_round(problem, &tuner.tuning, options)?;
        let Ok(planned) = Case::new(candidate.staff.apply(&case.scenario)) else {
            break;
        };
        let played = Played::of(problem, &planned, &candidate.x, goal, &());
        let (standings, _) = played.teach(problem, &mut tuner);
        if standings.iter().flatten().all(Standing::holds) {
            break;
        }
        played.cut(problem, &mut tuner, &standings);
    }
    Ok(tuner)
}

/// The tuner of a plan that is kept, with aims that leave room for the doubt of a proof, as far as the plan has it.
fn doubted(problem: &mut Problem, tried: &Tried, goal: &Goal) -> Tuner {
    let mut tuner = tried.tuner.clone();
    problem.tune(&tuner.tuning);
    let served = problem.predict(&problem.cover(&tried.candidate.x));
    let seen = Seen::of(&tried.case, &tuner, goal, goal.search);
    for (p, standing) in seen.standings.iter().enumerate() {
        let Some(standing) = standing else { continue };
        let groups = problem.groups.iter().zip(&served);
        let mine = groups.filter(|(g, _)| g.promise == p && g.offered > 0.0);
        let least = mine.map(|(g, served)| served / g.offered);
        let least = least.fold(f64::INFINITY, f64::min);
        let aim = &mut tuner.tuning.aim[p];
        *aim = aim.max(standing.needed()).min(least);
    }
    tuner
}
