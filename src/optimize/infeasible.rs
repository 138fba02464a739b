//! Why there is no plan, in the planner's words: the smallest set of rules that clash, and what each would have to
//! become for the others to hold.

use super::model::{Scope, build};
use super::problem::{Problem, Tuning};
use super::round::Candidate;
use crate::experiment::CaseError;
use crate::solve::{self, Fault, Options};
use std::fmt;

/// Contacts short of a promise that count as none, as a share of those it covers.
const NEGLIGIBLE: f64 = 1e-4;

/// No plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Infeasible {
    /// What is the matter, in a sentence.
    pub reason: String,
    /// Rules that cannot all hold; leave out or relax any one of them and the others can.
    pub rules: Vec<Rule>,
    /// Whether the program, not the scenario, is at fault.
    pub internal: bool,
}

/// A rule of the scenario that is part of a clash.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Rule {
    /// Dotted path of the value that says it.
    pub path: String,
    /// What it says.
    pub text: String,
    /// What it would have to become, the others unchanged.
    pub relaxation: String,
}

impl Infeasible {
    fn because(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            rules: Vec::new(),
            internal: false,
        }
    }

    /// There is no team to plan.
    #[must_use]
    pub fn nothing_to_decide() -> Self {
        Self::because(
            "there is nothing to decide: no team with shift templates may move; list levers under [decide] or give a \
             team `shifts`",
        )
    }

    /// A plan cannot be played.
    #[must_use]
    pub fn no_case(error: &CaseError) -> Self {
        Self::because(error.to_string())
    }

    /// No round was asked for.
    #[must_use]
    pub fn no_round() -> Self {
        Self::because("no plan was tried; ask for at least one round")
    }

    /// No mix of own people and vendors keeps its bounds.
    #[must_use]
    pub fn no_mix() -> Self {
        Self::because("no mix of own people and vendors keeps these rules together")
    }

    /// A solver failed.
    #[must_use]
    pub fn fault(fault: &Fault) -> Self {
        Self {
            internal: true,
            ..Self::because(format!("the solver failed: {fault}"))
        }
    }
}

impl fmt::Display for Infeasible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Infeasible {}

/// A rule that may be let go of while a clash is looked for.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Switch {
    Promise(usize),
    Heads(usize, usize),
}

/// The smallest clash that keeps `candidate` from keeping its promises; `None` where none can be shown.
#[must_use]
pub fn explain(
    problem: &mut Problem,
    tuning: &Tuning,
    candidate: &Candidate,
    options: &Options,
) -> Option<Infeasible> {
    problem.tune(tuning);
    problem.staffing = super::levers::Staffing::new(problem.scenario);
    let broken: Vec<usize> = (0..problem.groups.len())
        .filter(|&g| candidate.broken[g] > NEGLIGIBLE * problem.groups[g].offered)
        .map(|g| problem.groups[g].promise)
        .collect();
    let mut clash: Vec<Switch> = (0..problem.scenario.promises.len())
        .filter(|p| broken.contains(p))
        .map(Switch::Promise)
        .collect();
    for (t, entries) in problem.staffing.bounds.iter().enumerate() {
        for (h, bound) in entries.iter().enumerate() {
            if problem.staffing.planned[t] && bound.1.is_finite() {
                clash.push(Switch::Heads(t, h));
            }
        }
    }
    if short(problem, tuning, &clash, options)?.0 <= 0.0 {
        return None;
    }
    let mut at = 0;
    while at < clash.len() {
        let mut fewer = clash.clone();
        fewer.remove(at);
        if short(problem, tuning, &fewer, options)?.0 > 0.0 {
            clash = fewer;
        } else {
            at += 1;
        }
    }
    let rules = clash
        .iter()
        .map(|&s| rule(problem, tuning, &clash, s, options))
        .collect::<Option<Vec<Rule>>>()?;
    Some(Infeasible {
        reason: "no roster within the bounds keeps these rules together; to relax any one of them is enough"
            .to_owned(),
        rules,
        internal: false,
    })
}

/// Contacts short in all with only some rules in force, per group, and heads by team and entry.
fn short(
    problem: &mut Problem,
    tuning: &Tuning,
    rules: &[Switch],
    options: &Options,
) -> Option<(f64, Vec<f64>, Vec<Vec<f64>>)> {
    let mut tuning = tuning.clone();
    for (p, aim) in tuning.aim.iter_mut().enumerate() {
        if !rules.contains(&Switch::Promise(p)) {
            *aim = 0.0;
        }
    }
    let bounds = problem.staffing.bounds.clone();
    for (t, entries) in problem.staffing.bounds.iter_mut().enumerate() {
        for (h, bound) in entries.iter_mut().enumerate() {
            if !rules.contains(&Switch::Heads(t, h)) {
                bound.1 = f64::INFINITY;
            }
        }
    }
    let scope = Scope {
        cells: vec![vec![true; problem.grid.cells()]; problem.demand.pools.len()],
        columns: (0..problem.columns.len()).collect(),
        whole: false,
        parted: None,
    };
    let built = build(problem, &tuning, &scope);
    problem.staffing.bounds = bounds;
    let solution = solve::solve(&built.model, options).ok()?;
    if !solution.found() {
        return None;
    }
    let mut groups = built.broken(problem, &solution);
    for (missing, group) in groups.iter_mut().zip(&problem.groups) {
        let asked = rules.contains(&Switch::Promise(group.promise));
        if !asked || *missing <= NEGLIGIBLE * group.offered {
            *missing = 0.0;
        }
    }
    let mut heads: Vec<Vec<f64>> = problem
        .scenario
        .teams
        .iter()
        .map(|t| vec![0.0; t.heads.len()])
        .collect();
    for &(t, h, var) in &built.heads {
        heads[t][h] = solution.value(var);
    }
    Some((groups.iter().sum(), groups, heads))
}

/// A rule in words, and what it would have to become.
fn rule(
    problem: &mut Problem,
    tuning: &Tuning,
    clash: &[Switch],
    switch: Switch,
    options: &Options,
) -> Option<Rule> {
    let without: Vec<Switch> = clash.iter().copied().filter(|&s| s != switch).collect();
    match switch {
        Switch::Promise(p) => {
            let (_, groups, _) = short(problem, tuning, clash, options)?;
            let promise = &problem.scenario.promises[p];
            let reached = problem
                .groups
                .iter()
                .zip(&groups)
                .filter(|(g, _)| g.promise == p && g.offered > 0.0)
                .map(|(g, missing)| tuning.aim[p] - missing / g.offered)
                .fold(1.0, f64::min);
            let over = tuning.aim[p] - promise.share;
            Some(Rule {
                path: format!("promise.{}.target", promise.name),
                text: promise.text.clone(),
                relaxation: format!(
                    "{:.0} % would have to become about {:.0} %",
                    promise.share * 100.0,
                    ((reached - over) * 100.0).floor().max(0.0)
                ),
            })
        }
        Switch::Heads(t, h) => {
            let (_, _, heads) = short(problem, tuning, &without, options)?;
            let team = &problem.scenario.teams[t];
            let most = problem.staffing.bounds[t][h].1;
            let path = match team.heads[h].contract {
                Some(c) => format!(
                    "team.{}.heads.{}",
                    team.name, problem.scenario.contracts[c].name
                ),
                None => format!("team.{}.heads", team.name),
            };
            Some(Rule {
                text: format!("{path} at most {most:.0}"),
                relaxation: format!(
                    "{most:.0} would have to become about {:.0}",
                    heads[t][h].ceil()
                ),
                path: format!("decide.\"{path}\".to"),
            })
        }
    }
}
