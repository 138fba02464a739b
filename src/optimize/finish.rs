//! The finish: people given up, and exchanged for cheaper ones, as long as the simulation says that everything is still kept.
//!
//! What a model asks for beyond the promises (agents for work that nobody is promised, whole shifts, linear pieces of a
//! curve) costs heads that the simulation may not need. So each kind of people is tried with fewer, the dearest first and in
//! shrinking steps: the shifts whose loss the model minds least go until that many people are enough. Then people of one
//! kind are exchanged for one of another (as few as cost more than that one) on the hours closest to those given up. Where
//! the model misses somebody then, whoever is left works more, unless that takes further people: what the model misses the
//! simulation may not.
//!
//! Every trial is played, with as many replications as a proof has, on random numbers of the search (Cezik & L'Ecuyer 2008
//! end theirs so); what comes out is proved on fresh ones like any other plan. Work without a promise must not suffer: none
//! may pile up, and every tier must have hours for what it is handed. Nor may the hand-out break rules that it kept before.

use super::fill::fill;
use super::goal::{Goal, Progress};
use super::hand_out::{Breaches, breaches};
use super::heads::{Staff, needed};
use super::model::{Prices, head_cost, plain_room};
use super::polish::Thinning;
use super::problem::{Problem, Tuning};
use super::proof::{keeps, over_bounds};
use super::round::{Candidate, full, money};
use super::tune::{Standing, Tuner};
use crate::experiment::Case;
use std::collections::BTreeSet;

/// Most plans that are simulated.
const TRIALS: u32 = 60;
/// Rounds of giving up and exchanging.
const ROUNDS: usize = 3;
/// First step: this part of a kind's people.
const FIRST_STEP: u32 = 8;

/// Plans with fewer or cheaper people than a candidate, which makes the case `planned`: each cheaper than the one before.
pub fn finish(
    problem: &Problem,
    case: &Case,
    tuner: &Tuner,
    (candidate, planned): (&Candidate, &Case),
    goal: &Goal,
    progress: &dyn Progress,
) -> Vec<Finished> {
    let mut finish = Finish {
        problem,
        case,
        tuner,
        goal,
        progress,
        left: TRIALS,
        known: BTreeSet::new(),
        tighter: tighter(problem, candidate),
        breaks: Breaches::of(&breaches(problem, &planned.scenario, &planned.roster)),
        best: candidate.clone(),
        taken: Vec::new(),
    };
    let kinds = finish.kinds();
    for _ in 0..ROUNDS {
        let before = finish.best.cost;
        kinds.iter().for_each(|&kind| finish.fewer(kind));
        for &from in &kinds {
            for &to in kinds.iter().filter(|&&to| to != from) {
                while finish.beside(from.0, to.0) && finish.exchange(from, to) {}
            }
        }
        if finish.best.cost >= before {
            break;
        }
    }
    finish.taken
}

/// A plan that the finish found.
#[derive(Clone)]
pub struct Finished {
    /// The plan.
    pub candidate: Candidate,
    /// The case it makes.
    pub case: Case,
    /// Where its promises stand.
    pub standings: Vec<Option<Standing>>,
}

/// Lets the requirement ask for no more than the finish showed to be enough, so that a bound holds for the plan too:
/// promises at the service the formulas see in it, cuts through it, and agents without a promise as many as it has.
pub fn settle(problem: &mut Problem, tuning: &mut Tuning, candidate: &Candidate) {
    problem.tune(tuning);
    let cover = problem.cover(&candidate.x);
    let served = problem.predict(&cover);
    for (group, served) in problem.groups.iter().zip(&served) {
        if group.offered > 0.0 {
            let aim = &mut tuning.aim[group.promise];
            *aim = aim.min(served / group.offered);
        }
    }
    let mut cuts = std::mem::take(&mut tuning.cuts);
    for cut in &mut cuts {
        let over = cut.need(problem, tuning) - cut.reach(problem, &candidate.x);
        cut.share += over.max(0.0);
    }
    tuning.cuts = cuts;
    for (p, pool) in problem
        .demand
        .pools
        .iter()
        .enumerate()
        .filter(|(_, p)| p.queues.is_empty())
    {
        let floors = problem.tables[p].floor.iter_mut().zip(&cover[p]);
        floors.for_each(|(floor, there)| *floor = floor.min(*there));
        for &t in pool.teams.iter().filter(|&&t| problem.staffing.planned[t]) {
            let found = problem.staffing.bounds[t]
                .iter_mut()
                .zip(&candidate.staff.heads[t]);
            found.for_each(|(bound, &heads)| bound.0 = bound.0.max(f64::from(heads)));
        }
    }
}

/// People of one team on one contract: team and index into its heads.
type Kind = (usize, usize);

struct Finish<'a> {
    problem: &'a Problem<'a>,
    case: &'a Case,
    tuner: &'a Tuner,
    goal: &'a Goal,
    progress: &'a dyn Progress,
    left: u32,
    /// Numbers of people that were tried.
    known: BTreeSet<Vec<u32>>,
    /// Per team and entry: by how many people the plan that is finished does with fewer than its shifts count as.
    tighter: Vec<Vec<u32>>,
    /// How often the plan that is finished breaks each rule when it is handed out.
    breaks: Breaches,
    best: Candidate,
    /// Every plan that was taken, the last is the best.
    taken: Vec<Finished>,
}

/// Per team and entry: by how many people a plan does with fewer than its shifts count as ([`needed`] has whole people on leave;
/// where everybody is by the day, fewer may do).
fn tighter(problem: &Problem, candidate: &Candidate) -> Vec<Vec<u32>> {
    let needed = Staff::new(problem, &candidate.x).heads;
    let teams = needed.iter().zip(&candidate.staff.heads);
    let of = |(needed, heads): (&Vec<u32>, &Vec<u32>)| {
        let entries = needed.iter().zip(heads);
        entries.map(|(n, heads)| n.saturating_sub(*heads)).collect()
    };
    teams.map(of).collect()
}

impl Finish<'_> {
    /// People for whole numbers of columns.
    fn staff(&self, x: &[f64]) -> Staff {
        let mut staff = Staff::new(self.problem, x);
        for (t, heads) in staff.heads.iter_mut().enumerate() {
            for (h, count) in heads.iter_mut().enumerate() {
                let least = self.problem.staffing.bounds[t][h].0.ceil() as u32;
                *count = count
                    .saturating_sub(self.tighter[t][h])
                    .max(least.min(*count));
            }
        }
        staff
    }

    /// Planned kinds of people, the dearest hour on queue first.
    fn kinds(&self) -> Vec<Kind> {
        let problem = self.problem;
        let teams = problem.scenario.teams.iter().enumerate();
        let mut kinds: Vec<Kind> = teams
            .filter(|(t, _)| problem.staffing.planned[*t])
            .flat_map(|(t, team)| (0..team.heads.len()).map(move |h| (t, h)))
            .collect();
        let cost = |&(t, h): &Kind| self.price((t, h)) / problem.on_queue[t].max(1e-9);
        kinds.sort_by(|a, b| cost(b).total_cmp(&cost(a)).then(a.cmp(b)));
        kinds
    }

    fn weekly_hours(&self, (team, entry): Kind) -> f64 {
        let scenario = self.problem.scenario;
        let contract = scenario.teams[team].heads[entry].contract;
        super::employment::weekly_hours(scenario, contract)
    }

    /// Money of an hour paid for, a vendor's bill included.
    fn price(&self, kind: Kind) -> f64 {
        let problem = self.problem;
        let mine = |c: &&super::columns::Column| (c.team, c.heads) == kind;
        let billed = problem.columns.iter().find(mine);
        let by_hour = billed.map_or(0.0, |c| c.cost / c.paid_h.max(1e-9));
        let per_head = head_cost(problem, kind.0, kind.1);
        per_head / (self.weekly_hours(kind) * problem.grid.weeks) + by_hour
    }

    /// Whether two teams take some of the same work.
    fn beside(&self, a: usize, b: usize) -> bool {
        let team = |t: usize| &self.problem.scenario.teams[t];
        let mut skills = team(a).skills.iter().zip(&team(b).skills);
        team(a).tier == team(b).tier && skills.any(|(x, y)| x.is_some() && y.is_some())
    }

    /// Gives people of a kind up, in shrinking steps.
    fn fewer(&mut self, kind: Kind) {
        let heads = |finish: &Self| finish.best.staff.heads[kind.0][kind.1];
        let least = self.problem.staffing.bounds[kind.0][kind.1].0.ceil() as u32;
        let mut step = (heads(self) / FIRST_STEP).max(1);
        loop {
            let Some(target) = heads(self).checked_sub(step).filter(|n| *n >= least) else {
                if step == 1 {
                    return;
                }
                step /= 2;
                continue;
            };
            let fewer = self.without(kind, target, None);
            if self.takes(fewer, kind, None) {
                continue;
            }
            if step == 1 {
                return;
            }
            step /= 2;
        }
    }

    /// One of a kind in the place of as few of another as cost more.
    fn exchange(&mut self, from: Kind, to: Kind) -> bool {
        let price = |kind: Kind| self.price(kind) * self.weekly_hours(kind);
        let many = (price(to) / price(from).max(1e-9)).floor() as u32 + 1;
        let heads = self.best.staff.heads[from.0][from.1];
        let least = self.problem.staffing.bounds[from.0][from.1].0.ceil() as u32;
        let Some(target) = heads.checked_sub(many).filter(|n| *n >= least) else {
            return false;
        };
        let exchanged = self.without(from, target, Some((to, many as usize)));
        self.takes(exchanged, from, Some(to))
    }

    /// Plans with so many people of a kind, and for every so many shifts given up one of another kind: in the first one whoever
    /// is left works where the model then misses somebody; it may take more people than there are, and then the second
    /// is left, in which nobody does.
    fn without(
        &self,
        (team, entry): Kind,
        heads: u32,
        instead: Option<(Kind, usize)>,
    ) -> Vec<Vec<f64>> {
        let tuning = &self.tuner.tuning;
        let room = plain_room(self.problem, tuning);
        let mut people = self.best.staff.heads.clone();
        people[team][entry] = heads;
        if let Some(((team, entry), _)) = instead {
            people[team][entry] += 1;
        }
        let prices = Prices::none(self.problem, &people);
        let mut thinning = Thinning::new(self.problem, tuning, &prices, &room, &self.best.x);
        let mut gone = Vec::new();
        let enough = heads + self.tighter[team][entry];
        while needed(self.problem, thinning.x(), team, entry) > enough {
            match thinning.least(team, entry) {
                Some(column) => gone.push(column),
                None => break,
            }
        }
        if let Some((other, many)) = instead {
            let place = |&c: &usize| {
                let column = &self.problem.columns[c];
                (column.pattern, column.day, column.start, c)
            };
            gone.sort_by_key(place);
            for column in gone.into_iter().step_by(many) {
                match self.closest(column, other) {
                    Some(closest) => thinning.add(closest),
                    None => return Vec::new(),
                }
            }
        }
        let thinned = thinning.x().to_vec();
        thinning.refill();
        vec![thinning.x().to_vec(), thinned]
    }

    /// The column of a kind that covers most of what another covers, the cheapest of those.
    fn closest(&self, column: usize, (team, entry): Kind) -> Option<usize> {
        let columns = &self.problem.columns;
        let of = &columns[column];
        let shared = |o: &super::columns::Column| -> f64 {
            let with = |c: &(usize, f64)| {
                let other = of.covers.iter().find(|x| x.0 == c.0);
                other.map_or(0.0, |x| x.1.min(c.1))
            };
            o.covers.iter().map(with).sum()
        };
        let mine = (0..columns.len()).filter(|&c| {
            let o = &columns[c];
            (o.team, o.heads, o.pattern) == (team, entry, of.pattern)
        });
        let best = mine.map(|c| (shared(&columns[c]), c)).max_by(|a, b| {
            let cheaper = columns[b.1].paid_h.total_cmp(&columns[a.1].paid_h);
            a.0.total_cmp(&b.0).then(cheaper).then(b.1.cmp(&a.1))
        });
        best.filter(|b| b.0 > 0.0).map(|b| b.1)
    }

    /// Plays the first of some plans that can be worked for less, and takes it if everything is kept.
    fn takes(&mut self, plans: Vec<Vec<f64>>, from: Kind, to: Option<Kind>) -> bool {
        let workable = plans.into_iter().find_map(|x| self.workable(x));
        let Some((tried, planned)) = workable.filter(|_| self.left > 0) else {
            return false;
        };
        self.known.insert(tried.staff.heads.concat());
        self.left -= 1;
        let standings = keeps(&planned, self.tuner, self.goal);
        let broken = standings.as_ref().err().map_or("", String::as_str);
        self.progress.stage(&self.line(&tried, from, to, broken));
        let Ok(standings) = standings else {
            return false;
        };
        self.best = tried.clone();
        self.taken.push(Finished {
            candidate: tried,
            case: planned,
            standings,
        });
        true
    }

    /// A plan in which whoever is paid anyway works, if it costs less than the best, with numbers of people that were not tried,
    /// who can work it within the rules.
    fn workable(&self, x: Vec<f64>) -> Option<(Candidate, Case)> {
        let heads = self.staff(&x).heads;
        let x = fill(self.problem, x, &heads, |x| full(self.problem, x).is_none());
        let staff = self.staff(&x);
        let cost = money(self.problem, &x, &staff);
        let dearer = cost >= self.best.cost * (1.0 - 1e-9);
        if dearer || self.known.contains(&staff.heads.concat()) {
            return None;
        }
        let tried = Candidate {
            x,
            staff,
            cost,
            ..self.best.clone()
        };
        if !over_bounds(self.problem, &tried.staff).is_empty() {
            return None;
        }
        let planned = Case::new(tried.staff.apply(&self.case.scenario)).ok()?;
        let found = breaches(self.problem, &planned.scenario, &planned.roster);
        let worse = Breaches::of(&found).worse_than(&self.breaks);
        (!worse).then_some((tried, planned))
    }

    fn line(&self, tried: &Candidate, from: Kind, to: Option<Kind>, broken: &str) -> String {
        let teams = &self.problem.scenario.teams;
        let heads = |(t, h): Kind| tried.staff.heads[t][h];
        let exchanged = to.map_or(String::new(), |kind| {
            format!(", {} of {}", heads(kind), teams[kind.0].name)
        });
        format!(
            "finish: {} of {}{exchanged}, cost {:.0}: {}",
            heads(from),
            teams[from.0].name,
            tried.cost,
            if broken.is_empty() {
                "kept".to_owned()
            } else {
                format!("broken: {broken}")
            }
        )
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::optimize::round::solve_round;
    use crate::optimize::testing::{calls, quick, team};
    use crate::scenario::testing::load;
    use crate::solve::Options;

    #[test]
    fn people_are_given_up_though_the_model_misses_them() {
        let shift = "[shift.day]\nstart = \"09:00\"\nlength = \"8h\"\ndays = \"Mon-Sat\"\n";
        let text =
            calls("2 weeks", "Mon-Sat 09:00-17:00", "1_800") + shift + &team(8, "\"day\"", (1, 20));
        let case = Case::new(load(&text, &[])).unwrap();
        let mut problem = Problem::new(&case);
        let tuner = Tuner::new(&problem);
        problem.tune(&tuner.tuning);
        let best = solve_round(&problem, &tuner.tuning, &Options::default()).unwrap();
        let heads = best.staff.heads[0][0];
        let goal = quick(1, 4, 8);
        let worked = |x: &[f64]| x.iter().sum::<f64>();
        let finish = |best: Candidate| Finish {
            problem: &problem,
            case: &case,
            tuner: &tuner,
            goal: &goal,
            progress: &(),
            left: TRIALS,
            known: BTreeSet::new(),
            tighter: tighter(&problem, &best),
            breaks: Breaches::default(),
            best,
            taken: Vec::new(),
        };
        // The model wants its shifts back, which takes as many people as before; without them one person less is enough.
        let plain = finish(best.clone());
        assert_eq!(plain.tighter, [[0]]);
        let plans = plain.without((0, 0), heads - 1, None);
        assert_eq!(needed(&problem, &plans[0], 0, 0), heads, "{heads}");
        assert_eq!(needed(&problem, &plans[1], 0, 0), heads - 1);
        assert!(worked(&plans[1]) < worked(&best.x) && plain.workable(plans[1].clone()).is_some());
        assert!(plain.workable(plans[0].clone()).is_none(), "not cheaper");

        // One person less works these shifts already: given up is one of those that are there, and nobody is given more.
        let mut tight = best;
        tight.staff.heads[0][0] -= 1;
        let x = tight.x.clone();
        let tight = finish(tight);
        assert_eq!(tight.tighter, [[1]]);
        assert_eq!(tight.staff(&x).heads[0][0], heads - 1);
        let plans = tight.without((0, 0), heads - 2, None);
        assert_eq!(tight.staff(&plans[1]).heads[0][0], heads - 2);
        assert_eq!(needed(&problem, &plans[1], 0, 0), heads - 1);
    }
}
