//! The way to the least heads: all teams together, team by team, exchanges.

use super::carried::Undone;
use super::judge::{Answer, Broken, Judge};
use super::sizes::{arrange, hour_on_queue, size};
use super::{Case, CaseError, Settings, Staffing, StaffingError};
use crate::roster::{self, load::Load};
use crate::scenario::model::{Promise, RosterSource, Scenario, Team};
use crate::world;
use std::collections::HashMap;
use std::sync::atomic::AtomicBool;

/// The common factor is found this closely.
const CLOSE: f64 = 1.05;
/// Steps of the common factor while it is looked for.
const STRIDE: f64 = 1.5;
/// Least common factor.
const LEAST: f64 = 1.0 / 64.0;
/// Rounds over all teams.
const ROUNDS: usize = 3;

/// A search for the least heads of one scenario.
pub(super) struct Search<'a> {
    written: Scenario,
    case: Case,
    /// Teams whose size moves.
    teams: Vec<usize>,
    judge: Judge<'a>,
    /// The most times the heads as written.
    most: f64,
    /// What heads do not change.
    load: Load,
    known: HashMap<Vec<u32>, Answer>,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        scenario: Scenario,
        staffing: &Staffing,
        promises: &[String],
        settings: &Settings,
        stop: &'a AtomicBool,
    ) -> Result<Self, StaffingError> {
        let world =
            world::compile(&scenario).map_err(|e| StaffingError::Case(CaseError::TooLarge(e)))?;
        let counts = |p: &&(usize, &Promise)| promises.is_empty() || promises.contains(&p.1.name);
        let numbered: Vec<(usize, &Promise)> = scenario.promises.iter().enumerate().collect();
        let moves =
            |t: &Team| matches!(t.roster, RosterSource::Fit | RosterSource::Even) && size(t) > 0;
        let teams = scenario.teams.iter().enumerate();
        Ok(Self {
            teams: teams.filter(|(_, t)| moves(t)).map(|(i, _)| i).collect(),
            judge: Judge {
                promises: numbered.iter().filter(counts).map(|p| p.0).collect(),
                replications: staffing.replications,
                settings: *settings,
                stop,
            },
            most: staffing.most,
            load: roster::load::load(&scenario),
            case: Case {
                scenario: scenario.clone(),
                world,
                roster: roster::Roster::default(),
            },
            written: scenario,
            known: HashMap::new(),
        })
    }

    /// The sizes at which nobody can be given up and no exchange pays.
    ///
    /// # Errors
    /// When no sizes keep what counts, or told to stop.
    pub(super) fn least(&mut self) -> Result<Vec<u32>, StaffingError> {
        let mut sizes = self.together()?;
        for _ in 0..ROUNDS {
            let before = sizes.clone();
            self.thin(&mut sizes)?;
            self.exchange(&mut sizes)?;
            if sizes == before {
                break;
            }
        }
        Ok(sizes)
    }

    /// The case with these sizes, its people placed.
    ///
    /// # Errors
    /// When they cannot be placed under the rules.
    pub(super) fn case(mut self, sizes: &[u32]) -> Result<Case, StaffingError> {
        self.arrange(sizes);
        self.place().map_err(StaffingError::Case)?;
        Ok(self.case)
    }

    /// The least common factor on all teams, as sizes.
    fn together(&mut self) -> Result<Vec<u32>, StaffingError> {
        let (mut low, mut high) = if self.keeps(&self.times(1.0))? {
            let mut high = 1.0;
            while high > LEAST && self.keeps(&self.times(high / STRIDE))? {
                high /= STRIDE;
            }
            (high / STRIDE, high)
        } else {
            let mut low = 1.0;
            while !self.keeps(&self.times(low * STRIDE))? {
                low *= STRIDE;
                if low > self.most {
                    return Err(self.out_of_reach(&self.times(low)));
                }
            }
            (low, low * STRIDE)
        };
        while high / low > CLOSE && self.times(low) != self.times(high) {
            let middle = (low * high).sqrt();
            if self.keeps(&self.times(middle))? {
                high = middle;
            } else {
                low = middle;
            }
        }
        Ok(self.times(high))
    }

    fn out_of_reach(&self, sizes: &[u32]) -> StaffingError {
        let broken = self.known.get(sizes).and_then(|a| a.broken);
        let what = match broken {
            Some(Broken::Promise(p)) => format!("promise {}", self.written.promises[p].name),
            Some(Broken::Undone(Undone::Backlog)) => "up with the work that may wait".to_string(),
            Some(Broken::Undone(Undone::Tier(tier))) => {
                format!("up with the work handed to tier {tier}")
            }
            Some(Broken::Rules) | None => "the rules of work".to_string(),
        };
        StaffingError::OutOfReach(what, self.most)
    }

    /// Takes people away, team by team.
    fn thin(&mut self, sizes: &mut [u32]) -> Result<(), StaffingError> {
        for place in self.dearest_first() {
            if sizes[place] == 0 || self.takes(sizes, place, 0)? {
                continue;
            }
            let mut step = (sizes[place] / 6).max(1);
            loop {
                let fewer = sizes[place].saturating_sub(step);
                if fewer > 0 && self.takes(sizes, place, fewer)? {
                    continue;
                }
                if step == 1 {
                    break;
                }
                step /= 2;
            }
        }
        Ok(())
    }

    /// Sets a team's size if the promises hold.
    fn takes(&mut self, sizes: &mut [u32], place: usize, size: u32) -> Result<bool, StaffingError> {
        let before = std::mem::replace(&mut sizes[place], size);
        let keeps = self.keeps(sizes)?;
        if !keeps {
            sizes[place] = before;
        }
        Ok(keeps)
    }

    /// Moves work from dearer to cheaper teams.
    fn exchange(&mut self, sizes: &mut Vec<u32>) -> Result<(), StaffingError> {
        let order = self.dearest_first();
        for (i, &dear) in order.iter().enumerate() {
            for &cheap in &order[i + 1..] {
                if !self.share_work(dear, cheap) {
                    continue;
                }
                let mut step = (sizes[dear] / 6).max(1);
                while step > 0 && sizes[dear] > 0 && sizes[cheap] > 0 {
                    let mut tried = sizes.clone();
                    tried[dear] = tried[dear].saturating_sub(step);
                    tried[cheap] += step + step.div_ceil(8);
                    let now = self.ask(sizes)?.cost;
                    let then = self.ask(&tried)?;
                    if then.broken.is_none() && then.cost < now {
                        *sizes = tried;
                    } else {
                        step /= 2;
                    }
                }
            }
        }
        Ok(())
    }

    fn share_work(&self, a: usize, b: usize) -> bool {
        let skills = |place: usize| &self.written.teams[self.teams[place]].skills;
        let both = skills(a).iter().zip(skills(b));
        both.into_iter().any(|(x, y)| x.is_some() && y.is_some())
    }

    /// Places of teams by the cost of an hour on queue, the dearest first.
    fn dearest_first(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.teams.len()).collect();
        let cost = |place: usize| hour_on_queue(&self.written, self.teams[place]);
        order.sort_by(|&a, &b| cost(b).total_cmp(&cost(a)).then(a.cmp(&b)));
        order
    }

    /// Sizes as written times a factor, at least one each.
    fn times(&self, factor: f64) -> Vec<u32> {
        let one = |&t: &usize| {
            let size = f64::from(size(&self.written.teams[t])) * factor;
            (size.round() as u32).max(1)
        };
        self.teams.iter().map(one).collect()
    }

    fn keeps(&mut self, sizes: &[u32]) -> Result<bool, StaffingError> {
        Ok(self.ask(sizes)?.broken.is_none())
    }

    /// Plays sizes, unless they were played before.
    fn ask(&mut self, sizes: &[u32]) -> Result<Answer, StaffingError> {
        if let Some(answer) = self.known.get(sizes) {
            return Ok(*answer);
        }
        self.arrange(sizes);
        let answer = match self.place() {
            Ok(()) => self.judge.ask(&self.case)?,
            Err(_) => Answer::broken(Broken::Rules),
        };
        self.known.insert(sizes.to_vec(), answer);
        Ok(answer)
    }

    fn arrange(&mut self, sizes: &[u32]) {
        arrange(&mut self.case.scenario, &self.written, &self.teams, sizes);
    }

    fn place(&mut self) -> Result<(), CaseError> {
        self.case.roster =
            roster::place_to(&self.case.scenario, &self.load).map_err(CaseError::NoRoster)?;
        Ok(())
    }
}
