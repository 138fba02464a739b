//! The outsourcing mix: own people, vendors and what is committed to them, decided before demand is known.
//!
//! A two-stage stochastic model ([`instance`], `model`): heads, vendors and commitments first; contacts to each vendor,
//! vendor hours, overtime and late contacts afterwards, in every case of demand (`cases`). It works on hours, not on
//! queues: what live work needs beside its own hours comes from the service curves, what shifts cannot fit from the
//! linear model of the roster (`parties`). People who are hired come late (`newcomers`), and a vendor that misses its own promise
//! pays back (`penalty`). Its answer is checked rule by rule (`check`), and said with break-even
//! prices, regret and the value of planning for all cases (`worth`, [`summary`](Mix)). Shares and commitments then go
//! into the search for shifts, and what comes out is proved by simulation like any plan. What the proof teaches about
//! how many people the work takes comes back into the mix ([`Lessons`]).
//!
//! | of | unit | default | source |
//! |---|---|---|---|
//! | months planned for | months | 12 | judgement |
//! | error of the forecast (`demand.error`) | of its level | 0 | stated by the planner |
//! | cases drawn (`demand.cases`) | | 24; 8 where nothing is said of demand | judgement |
//! | `risk` | level, weight | none: the mean | Rockafellar & Uryasev 2000 |
//! | `late` | money per contact | 5 x its work | judgement |
//! | `release.attrition` | of heads per year | 30 % | typical in the field |
//! | `overtime` | of hours at work | 0 | stated by the planner |
//! | time to hire, class, their money | months, money | as the teams say; else there at once (`newcomers`) | stated by the planner |
//! | vendors' own promises | of a month's bill | as the vendors say (`penalty`) | stated by the planner |

mod answer;
#[cfg(test)]
mod bundled_tests;
mod cases;
mod check;
mod conflict;
mod contract;
pub mod instance;
mod lessons;
mod model;
mod month;
mod newcomers;
mod parties;
mod penalty;
#[cfg(test)]
mod scenario_tests;
mod summary;
#[cfg(test)]
mod tests;
mod works;
mod worth;

pub use lessons::Lessons;
pub use summary::{CaseMix, Mix, PartyMix, Step, VendorMix};

use super::goal::{Goal, Progress};
use super::infeasible::Infeasible;
use super::problem::Problem;
use super::recommendation::Recommendation;
use crate::experiment::Case;
use crate::roster::load;
use crate::scenario::model::{KeepMeasure, LeverTarget, RosterSource, Scenario};
use crate::solve::Options;
use answer::{Answer, NoAnswer, decide};
use instance::Instance;
use works::Works;

/// Mixes within this share of the best are as good; money is not known to a thousandth.
const GAP: f64 = 1e-3;
/// Most nodes of one solve.
const NODES: u32 = 2_000;

/// A mix, and the case with its shares and commitments.
pub struct Chosen {
    /// The case.
    pub case: Case,
    /// What the mix says of itself.
    pub mix: Mix,
    instance: Instance,
    answer: Answer,
    beside: Beside,
    /// Customers' own contacts a month as the horizon has them.
    horizon: f64,
}

/// Whether there is a mix to decide: a vendor's heads or share may move.
#[must_use]
pub fn applies(scenario: &Scenario) -> bool {
    scenario
        .decide
        .levers
        .iter()
        .any(|lever| team_of(scenario, lever.target).is_some_and(|t| outside(scenario, t)))
}

fn team_of(scenario: &Scenario, target: LeverTarget) -> Option<usize> {
    match target {
        LeverTarget::Heads(team, _) => Some(team),
        LeverTarget::Share(route, entry) => Some(scenario.routes[route].to[entry].team),
    }
}

fn outside(scenario: &Scenario, team: usize) -> bool {
    scenario.teams[team].vendor.is_some()
}

/// Decides the mix of a case, by what its plans have taught.
///
/// # Errors
/// When no mix keeps the bounds, or a solver fails.
pub fn choose(
    case: &Case,
    goal: &Goal,
    lessons: &Lessons,
    progress: &dyn Progress,
) -> Result<Chosen, Infeasible> {
    let options = options(goal);
    let scenario = &case.scenario;
    let (mut instance, works) = read(scenario, goal.seed, &options)?;
    lessons.apply(&mut instance);
    progress.stage(&format!(
        "mix: {} cases of demand over {} months, {} classes of work, {} teams",
        instance.cases.len(),
        instance.months,
        instance.works.len(),
        instance.parties.len()
    ));
    let answer = decide(&instance, &options)
        .map_err(|e| conflict::explain(scenario, &instance, e, &options))?;
    let beside = Beside::of(&instance, &options).map_err(no_answer)?;
    let mix = tell(scenario, &instance, &answer, &beside, &options)?;
    for vendor in &mix.vendors {
        progress.stage(&format!(
            "mix: {} {} heads, {:.0} % of contacts; cost {:.0} a month",
            vendor.name,
            vendor.heads,
            100.0 * vendor.share,
            mix.run_rate
        ));
    }
    let planned = planned(scenario, &instance, &works, &answer);
    Ok(Chosen {
        case: Case::new(planned).map_err(|e| Infeasible::no_case(&e))?,
        mix,
        horizon: works.volumes.iter().flatten().map(|v| v.1).sum(),
        instance,
        answer,
        beside,
    })
}

/// How the models of a mix are solved.
fn options(goal: &Goal) -> Options {
    Options {
        solver: goal.solver,
        time_limit: goal.time_limit,
        gap_limit: GAP,
        node_limit: Some(NODES),
        ..Options::default()
    }
}

/// What every answer of an instance is held against.
struct Beside {
    /// Today's people and vendors in the same cases; `None` where these cannot be played.
    today: Option<Answer>,
    /// Per vendor: the price at which doing without it costs the same.
    break_even: Vec<Option<f64>>,
}

impl Beside {
    fn of(instance: &Instance, options: &Options) -> Result<Self, NoAnswer> {
        let heads: Vec<Vec<f64>> = instance
            .parties
            .iter()
            .map(|p| p.entries.iter().map(|e| e.today).collect())
            .collect();
        let free = Instance {
            caps: Vec::new(),
            resolved: None,
            budget: None,
            ..worth::committed(instance, &heads)
        };
        let vendors = 0..instance.vendors.len();
        let break_even = vendors.map(|v| worth::break_even(instance, v, options));
        Ok(Self {
            today: decide(&free, options).ok(),
            break_even: break_even.collect::<Result<_, _>>()?,
        })
    }
}

fn no_answer(why: NoAnswer) -> Infeasible {
    match why {
        NoAnswer::Fault(fault) => Infeasible::fault(&fault),
        NoAnswer::Infeasible => Infeasible::no_mix(),
    }
}

/// What there is to say of an answer.
fn tell(
    scenario: &Scenario,
    instance: &Instance,
    answer: &Answer,
    beside: &Beside,
    options: &Options,
) -> Result<Mix, Infeasible> {
    let mut mix = summary::summary(instance, answer, beside.today.as_ref());
    mix.hedging = worth::hedging(instance, answer, options).map_err(no_answer)?;
    let regrets = worth::regret(instance, answer, options).map_err(no_answer)?;
    for (case, regret) in mix.cases.iter_mut().zip(regrets) {
        case.regret = regret;
    }
    for (vendor, price) in mix.vendors.iter_mut().zip(&beside.break_even) {
        vendor.break_even = *price;
    }
    mix.assumptions = assumptions(scenario);
    Ok(mix)
}

/// The mix that a plan makes: its numbers of people held in every case of demand. `chosen` is the mix decided with what the
/// plan has taught. `None` where these people cannot keep the mix's bounds in every case.
#[must_use]
pub fn told(case: &Case, goal: &Goal, chosen: &Chosen, found: &Recommendation) -> Option<Mix> {
    let options = options(goal);
    let instance = &chosen.instance;
    let heads = found.staff.heads.iter();
    let heads: Vec<Vec<f64>> = heads
        .map(|heads| heads.iter().map(|&n| f64::from(n)).collect())
        .collect();
    let held = worth::committed(instance, &heads);
    let answer = Answer {
        bound: chosen.answer.bound,
        ..decide(&held, &options).ok()?
    };
    tell(&case.scenario, instance, &answer, &chosen.beside, &options).ok()
}

/// The instance of a scenario.
fn read(
    scenario: &Scenario,
    seed: u64,
    options: &Options,
) -> Result<(Instance, Works), Infeasible> {
    let fault = |e: crate::solve::Fault| Infeasible::fault(&e);
    let reference = Case::new(reference(scenario)).map_err(|e| Infeasible::no_case(&e))?;
    let mut problem = Problem::new(&reference);
    let tuning = problem.untuned();
    problem.tune(&tuning);
    let lp = Options {
        solver: options.solver,
        time_limit: options.time_limit,
        ..Options::default()
    };
    let parties = parties::parties(scenario, &problem, &lp).map_err(fault)?;
    let works = works::works(scenario, &load::load(scenario));
    let drawn = cases::cases(scenario, seed);
    let mut vendors = parties::vendors(scenario);
    for (v, terms) in vendors.iter_mut().enumerate() {
        if let (Some(penalty), Some(band)) = (terms.penalty.as_mut(), terms.band) {
            penalty.void = void(scenario, &works, &drawn, (v, band));
        }
    }
    let cases = drawn
        .into_iter()
        .map(|drawn| instance::Case {
            name: drawn.name,
            chance: drawn.chance,
            demand: drawn
                .factors
                .iter()
                .map(|month| {
                    let of = |streams: &Vec<(usize, f64)>| {
                        streams.iter().map(|&(s, n)| n * month[s]).sum()
                    };
                    works.volumes.iter().map(of).collect()
                })
                .collect(),
        })
        .collect();
    let decide = &scenario.decide;
    let caps = decide.keep.iter().filter_map(|k| match k.measure {
        KeepMeasure::VendorShare(vendor) => Some((vendor, k.at_most)),
        _ => None,
    });
    let budgets = decide
        .keep
        .iter()
        .filter(|k| k.measure == KeepMeasure::Budget)
        .map(|k| k.at_most - unmoved(scenario));
    let instance = Instance {
        months: decide.outlook.months as usize,
        works: works.works.clone(),
        parties,
        vendors,
        ways: works.ways.clone(),
        cases,
        risk: decide.outlook.risk,
        overtime: decide.outlook.overtime,
        release: decide.outlook.release,
        caps: caps.collect(),
        resolved: decide.floors.iter().map(|f| f.resolved).reduce(f64::max),
        budget: budgets.reduce(f64::min),
    };
    Ok((instance, works))
}

/// `[case][month]`: whether contacts on the streams that a vendor serves lie outside the band around their forecast.
fn void(
    scenario: &Scenario,
    works: &Works,
    drawn: &[cases::Drawn],
    (vendor, band): (usize, f64),
) -> Vec<Vec<bool>> {
    let serves = |s: usize| {
        let mut teams = scenario.teams.iter().filter(|t| t.vendor == Some(vendor));
        teams.any(|t| t.skills[s].is_some())
    };
    let streams = || works.volumes.iter().flatten().filter(|(s, _)| serves(*s));
    let expected: f64 = streams().map(|(_, n)| n).sum();
    let outside = |month: &Vec<f64>| {
        let came: f64 = streams().map(|&(s, n)| n * month[s]).sum();
        expected > 0.0 && (came / expected - 1.0).abs() > band
    };
    let case = |case: &cases::Drawn| case.factors.iter().map(outside).collect();
    drawn.iter().map(case).collect()
}

/// Money a month that no mix changes: rent and overheads.
fn unmoved(scenario: &Scenario) -> f64 {
    let rent = scenario
        .sites
        .iter()
        .map(|s| f64::from(s.seats.unwrap_or(0)) * s.rent_per_seat_month);
    rent.sum::<f64>() + scenario.overheads.iter().map(|o| o.per_month).sum::<f64>()
}

/// The scenario with every lever in its middle, so that every party has people and work to be measured by.
fn reference(scenario: &Scenario) -> Scenario {
    let mut middle = scenario.clone();
    for lever in &scenario.decide.levers {
        let value = f64::midpoint(lever.from, lever.to);
        match lever.target {
            LeverTarget::Heads(team, entry) => {
                let team = &mut middle.teams[team];
                team.heads[entry].count = value.round().max(1.0) as u32;
                team.roster = RosterSource::None;
            }
            LeverTarget::Share(route, entry) => {
                middle.routes[route].to[entry].share = Some(value);
            }
        }
    }
    middle
}

/// The scenario with the mix's shares, and levers that hold what it commits to.
fn planned(scenario: &Scenario, instance: &Instance, works: &Works, answer: &Answer) -> Scenario {
    let mut planned = scenario.clone();
    let mut levers = scenario.decide.levers.clone();
    for lever in &mut levers {
        match lever.target {
            LeverTarget::Share(route, entry) => {
                let team = scenario.routes[route].to[entry].team;
                if outside(scenario, team) {
                    let share = settled_share(instance, works, answer, (route, entry));
                    let capped = !instance.caps.is_empty();
                    let share = on_grid(lever, share, capped);
                    planned.routes[route].to[entry].share = Some(share);
                    (lever.from, lever.to, lever.or) = (share, share, None);
                }
            }
            LeverTarget::Heads(team, entry) => {
                let heads = answer.heads[team][entry];
                match scenario.teams[team].vendor {
                    Some(v) if !answer.used[v] => {
                        (lever.from, lever.to, lever.or) = (0.0, 0.0, None);
                    }
                    Some(_) => (lever.from, lever.or) = (heads, None),
                    // What is kept ready for busier cases stays; contracts of one team stay free among each other.
                    None if scenario.decide.outlook.stated
                        && scenario.teams[team].heads.len() == 1 =>
                    {
                        lever.from = lever.from.max(heads);
                    }
                    None => {}
                }
            }
        }
    }
    planned.decide.levers = levers;
    planned
}

/// Mean share of a lever's work in the second half of the months, when ramps are over.
fn settled_share(
    instance: &Instance,
    works: &Works,
    answer: &Answer,
    lever: (usize, usize),
) -> f64 {
    let mine: Vec<usize> = (0..works.ways.len())
        .filter(|&w| works.levers[w] == Some(lever))
        .collect();
    let classes: Vec<usize> = mine.iter().map(|&w| works.ways[w].work).collect();
    let (mut sent, mut all) = (0.0, 0.0);
    for (case, months) in instance.cases.iter().zip(&answer.months) {
        for done in &months[instance.months / 2..] {
            for (w, way) in works.ways.iter().enumerate() {
                if classes.contains(&way.work) {
                    all += case.chance * done.sent[w];
                    if mine.contains(&w) {
                        sent += case.chance * done.sent[w];
                    }
                }
            }
        }
    }
    sent / f64::max(all, f64::MIN_POSITIVE)
}

/// The value of a lever nearest to a share; where shares are capped, the greatest that is no more than it.
fn on_grid(lever: &crate::scenario::model::Lever, share: f64, capped: bool) -> f64 {
    let inside = share.clamp(lever.from, lever.to);
    let stepped = lever.step.map_or(inside, |step| {
        let steps = (inside - lever.from) / step;
        let steps = if capped {
            (steps + 1e-6).floor()
        } else {
            steps.round()
        };
        (lever.from + steps * step).min(lever.to)
    });
    match lever.or {
        Some(or) if (or - share).abs() < (stepped - share).abs() => or,
        _ => stepped,
    }
}

/// What was not stated and what the fluid model leaves out.
fn assumptions(scenario: &Scenario) -> Vec<String> {
    let outlook = &scenario.decide.outlook;
    let mut out = Vec::new();
    if !outlook.stated {
        out.push(
            "no forecast error stated (`decide.demand`): cases differ by the days' busyness alone"
                .to_owned(),
        );
    }
    if outlook.late.is_none() {
        out.push(
            "a contact not worked in time is priced at five times its work at the dearest pay (judgement; `decide.late`)"
                .to_owned(),
        );
    }
    out.push(format!(
        "own people not needed any more leave by attrition, {:.0} % of heads a year{}",
        100.0 * outlook.release.attrition,
        if outlook.release.severance.is_some() {
            ", or with severance once their notice is over"
        } else {
            ""
        }
    ));
    for team in scenario.teams.iter().filter(|t| t.vendor.is_none()) {
        let (hiring, class) = (&team.workforce.hiring, &team.workforce.class);
        let days = |s: f64| s / 86_400.0;
        let text = if hiring.lead_s > 0.0 || class.is_some() {
            format!(
                "newcomers of {} come after {:.0} days and work after another {:.0}; what they still learn is left to the \
                 plan of shifts",
                team.name,
                days(hiring.lead_s),
                days(class.map_or(0.0, |c| c.length_s))
            )
        } else {
            format!(
                "newcomers of {} are there at once (`team.{}.hiring` is not stated)",
                team.name, team.name
            )
        };
        out.push(text);
    }
    out.push("premiums are left to the plan of shifts".to_owned());
    out.push(
        "teams that only take over what has waited get at most 10 % of it (judgement)".to_owned(),
    );
    out
}
