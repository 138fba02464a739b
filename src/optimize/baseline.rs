//! What the usual spreadsheet would ask for: Erlang C for every skill on its own, and shifts that cover the sum.
//!
//! A *skill* is what a team takes of one channel in one language (and at one tier). Every interval of every skill gets
//! the fewest agents with which Erlang C keeps the promise on the interval's mean arrivals: nobody gives up, nothing
//! carries over, and agents of two skills are added although one pool serves both. Work that may lie, and work without a
//! promise, is divided by an occupancy and rounded up per team and interval, levelled over its due time beforehand (which
//! is kinder than most spreadsheets). Shifts then cover every interval at least cost by the same models, rules of work and
//! heads as a plan's. It is simulated like a plan; should a promise not hold, all its loads are raised by a step and it is
//! built anew, so that both keep the same promises.
//!
//! What proved plans cost less, of everything that the horizon costs, on 60 replications that neither search had seen
//! (`cargo bench --bench savings` measures it; 95 % intervals):
//!
//! | scenario | heads: plan | spreadsheet | saved | share |
//! |---|---|---|---|---|
//! | `bank/optimize.toml` | 17 | 22 | ILS 31,922 ±17 | 22.68 % ±0.01 |
//! | `startup/by-office-hours.toml` | 79 | 105 | EUR 209,539 ±105 | 23.21 % ±0.01 |
//! | `scale-up/by-office-hours.toml` | 94 | 199 | EUR 696,117 ±62 | 48.45 % ±0.01 |
//! | `enterprise/scenario.toml` | 90 | 220 | EUR 689,359 ±78 | 48.60 % ±0.01 |

use super::demand::overhead_s;
use super::goal::Goal;
use super::grid::Grid;
use super::infeasible::Infeasible;
use super::plan::{Baseline, TodayPromise};
use super::problem::{Problem, UNPROMISED_OCCUPANCY};
use super::recommendation::Recommendation;
use super::round::solve_round;
use crate::experiment::{Case, Outcome, Settings, collect};
use crate::measure::Verdict;
use crate::queueing::{ServiceLevel, Station, least_agents};
use crate::roster::load::{Load, load, per_contact};
use crate::roster::{shares, team_load};
use crate::scenario::model::{ChannelKind, Promise, PromiseEvent, Scenario};
use crate::solve::Options;
use crate::stats::{linearised, paired_difference};

/// Step by which loads are raised while a promise does not hold, and the most steps.
const STEP: f64 = 0.05;
const STEPS: u32 = 10;
/// Cells with fewer contacts a week than this need nobody of their own.
const HARDLY_ANY: f64 = 0.05;

/// Builds the spreadsheet's roster for a case, simulates it on the replications of a plan's proof and holds the plan
/// against it.
///
/// # Errors
/// When a solver fails, or its roster cannot be played.
pub fn baseline(case: &Case, plan: &Recommendation, goal: &Goal) -> Result<Baseline, Infeasible> {
    let options = Options {
        solver: goal.solver,
        time_limit: goal.time_limit,
        ..Options::default()
    };
    let settings = &plan.plan.proof.provenance.again();
    let plan = Case::new(plan.scenario.clone()).map_err(|e| Infeasible::no_case(&e))?;
    // Both are held to the same demand.
    let level = plan.scenario.level;
    let levelled = Case::new(Scenario {
        level,
        ..case.scenario.clone()
    });
    let case = &levelled.map_err(|e| Infeasible::no_case(&e))?;
    let load = load(&case.scenario);
    let mut last = None;
    for step in 0..=STEPS {
        let uplift = 1.0 + STEP * f64::from(step);
        let mut problem = Problem::new(case);
        let required = requirement(&case.scenario, &load, &problem.grid, uplift);
        problem.cover_only(&required);
        let tuning = problem.untuned();
        problem.tune(&tuning);
        let candidate =
            solve_round(&problem, &tuning, &options).map_err(|fault| Infeasible::fault(&fault))?;
        let staffed = Case::new(candidate.staff.apply(&case.scenario))
            .map_err(|e| Infeasible::no_case(&e))?;
        // A few replications tell whether another step is needed; the whole proof counts.
        let few = Settings {
            replications: goal.search,
            ..*settings
        };
        let kept = |o: &Outcome| o.promises.iter().all(|p| p.verdict != Verdict::Missed);
        let enough = kept(&collect(&staffed, &few, &()).1);
        last = Some((uplift, staffed, candidate.cost));
        if enough {
            break;
        }
    }
    let (uplift, staffed, cost) = last.ok_or_else(Infeasible::no_round)?;
    let (theirs, outcome) = collect(&staffed, settings, &());
    let (ours, _) = collect(&plan, settings, &());
    let (theirs, ours) = (theirs.total_cost(), ours.total_cost());
    let ratios: Vec<(f64, f64)> = theirs
        .iter()
        .zip(&ours)
        .map(|(theirs, ours)| (theirs - ours, *theirs))
        .collect();
    let share = linearised(&ratios)
        .and_then(|values| crate::stats::mean_estimate(&values, settings.confidence));
    Ok(Baseline {
        uplift,
        heads: heads(&case.scenario, &staffed.scenario),
        cost,
        saving: paired_difference(&theirs, &ours, settings.confidence),
        saving_share: share,
        promises: TodayPromise::of(&outcome),
    })
}

/// Heads of the teams whose roster was made anew.
fn heads(before: &Scenario, after: &Scenario) -> u32 {
    let planned = super::levers::Staffing::new(before).planned;
    let teams = after
        .teams
        .iter()
        .zip(planned)
        .filter(|(_, planned)| *planned);
    teams
        .flat_map(|(team, _)| &team.heads)
        .map(|h| h.count)
        .sum()
}

/// One skill of a team.
struct Skill {
    team: usize,
    channel: usize,
    language: usize,
    promise: usize,
    /// Contacts and agent-seconds per cell.
    contacts: Vec<f64>,
    work: Vec<f64>,
}

/// Agents that the spreadsheet asks for, `[team][cell]`.
fn requirement(scenario: &Scenario, load: &Load, grid: &Grid, uplift: f64) -> Vec<Vec<f64>> {
    let (skills, others) = skills(scenario, load, grid);
    let level = uplift / UNPROMISED_OCCUPANCY;
    let mut required: Vec<Vec<f64>> = others
        .into_iter()
        .map(|team| {
            team.into_iter()
                .map(|erlangs| (erlangs * level - 1e-9).ceil())
                .collect()
        })
        .collect();
    for skill in skills {
        let promise = &scenario.promises[skill.promise];
        let slots = required[skill.team].iter_mut();
        for (slot, (&contacts, &work)) in slots.zip(skill.contacts.iter().zip(&skill.work)) {
            if contacts >= HARDLY_ANY {
                *slot += agents(contacts * uplift / grid.step_s(), work / contacts, promise);
            }
        }
    }
    required
}

/// Erlang C: the fewest agents with which an interval on its own keeps a promise.
fn agents(rate: f64, handle_s: f64, promise: &Promise) -> f64 {
    let enough = Station::new(0, rate, handle_s, 0.0)
        .ok()
        .and_then(|s| least_agents(s, promise.share, promise.within_s, ServiceLevel::Offered));
    enough.map_or((rate * handle_s).ceil(), f64::from)
}

/// Skills with a promise that customers wait for; and per team the erlangs of everything else, levelled.
fn skills(scenario: &Scenario, load: &Load, grid: &Grid) -> (Vec<Skill>, Vec<Vec<f64>>) {
    let mut skills: Vec<Skill> = Vec::new();
    let mut rest = load.clone();
    for (s, stream) in scenario.streams.iter().enumerate() {
        let promise = scenario
            .promises
            .iter()
            .position(|p| p.event != PromiseEvent::Resolution && p.streams.contains(&s));
        let waits = scenario.channels[stream.channel].kind != ChannelKind::Deferred;
        let Some(promise) = promise.filter(|_| waits) else {
            continue;
        };
        // At the first tier; what is handed on has no promise of its own.
        rest.work[s][0].iter_mut().for_each(|w| *w = 0.0);
        let contacts = grid.mean(scenario.horizon.interval(), &load.contacts[s]);
        let (tiers, again) = per_contact(scenario, s);
        let (pieces, seconds) = tiers[0];
        for (team, share) in shares(scenario, s, 0) {
            let each = (seconds * scenario.mean_handle_factor(team, s)
                + pieces * overhead_s(&scenario.teams[team]))
                / again;
            let same = |k: &Skill| {
                (k.team, k.channel, k.language, k.promise)
                    == (team, stream.channel, stream.language, promise)
            };
            let at = skills.iter().position(same).unwrap_or_else(|| {
                skills.push(Skill {
                    team,
                    channel: stream.channel,
                    language: stream.language,
                    promise,
                    contacts: vec![0.0; grid.cells()],
                    work: vec![0.0; grid.cells()],
                });
                skills.len() - 1
            });
            for (cell, n) in contacts.iter().enumerate() {
                skills[at].contacts[cell] += n * share;
                skills[at].work[cell] += n * share * each;
            }
        }
    }
    let per_cell = grid.step as f64 / scenario.horizon.interval() as f64;
    let others = team_load(scenario, &rest).into_iter().map(|erlangs| {
        let mean = grid.mean(scenario.horizon.interval(), &erlangs);
        mean.into_iter().map(|sum| sum / per_cell).collect()
    });
    (skills, others.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load as read;

    #[test]
    fn each_skill_is_staffed_alone() -> Result<(), Box<dyn std::error::Error>> {
        // Two topics on one line are one skill of 20 erlangs: 24 agents by Erlang C.
        let scenario =
            read("tests/optimize/pooled.toml".as_ref()).map_err(|d| format!("{:?}", d.items))?;
        let load = load(&scenario);
        let grid = Grid::new(&scenario, &load);
        let monday = (8 * 2..16 * 2).map(|cell| requirement(&scenario, &load, &grid, 1.0)[0][cell]);
        assert!(monday.into_iter().all(|n| n == 24.0));
        // In two languages they are two of ten each, 14 agents each.
        let two = requirement(&apart(&scenario), &load, &grid, 1.0);
        assert!(
            (8 * 2..16 * 2).all(|cell| two[0][cell] == 28.0),
            "{:?}",
            &two[0][16..20]
        );
        Ok(())
    }

    /// The second topic's customers speak another language.
    fn apart(scenario: &Scenario) -> Scenario {
        let mut apart = scenario.clone();
        apart.streams[1].language = 1;
        apart
    }
}
